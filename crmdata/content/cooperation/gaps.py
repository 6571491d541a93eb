"""Where no partner is, line by line: what is asked for or named by the plan stands by its name."""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from crmdata.content import due, names, wording
from crmdata.content.cooperation.support import requested, supported, supports
from crmdata.content.destinations import Way
from crmdata.content.names import Name, Names
from crmdata.content.parts import EntryGroup, GroupedEntries, ListEntry
from crmdata.files import SEPARATOR
from crmdata.i18n import Words
from crmdata.terms import CooperationState
from crmdata.view import View


@dataclass(frozen=True)
class ChosenCooperation:
    """The lines of cooperation of all partners and the activities that were chosen."""

    rows: pd.DataFrame
    activities: pd.DataFrame

    @property
    def alone(self) -> pd.DataFrame:
        """The activities by which no partner stands."""
        backed = supported(supports(self.rows))
        return self.activities.loc[~self.activities["activity"].isin(backed)]


SECTION = "nadie"
"""The section of a page that says where nobody is."""


def way(words: Words, chosen: ChosenCooperation, *, here: bool = False) -> tuple[str, Way] | None:
    """Return the way to where nobody is, with how many activities that are; None for none.

    `here` the page has a section of it.
    """
    n, every = len(chosen.alone), len(chosen.activities)
    if not n:
        return None
    text = words.out_of(
        "Without support: {n} of {N} activity", "Without support: {n} of {N} activities", n, every
    )
    return text, Way("" if here else "cooperacion", {}, section=SECTION)


def groups(
    view: View, words: Words, chosen: ChosenCooperation, *, whole: bool, may_offer: bool
) -> GroupedEntries:
    """Return the lines with activities that nobody supports.

    By name stand those for which support is asked or of which the plan names a partner; all of
    them if `whole`. Who `may_offer` is led to where that is said.
    """
    alone = chosen.alone
    notes = {code: _why(view, words, chosen.rows, code) for code in alone["activity"]}
    by_name = {code for code, note in notes.items() if whole or note}
    called = names.of_activities(alone, words)
    lines = names.of_lines(view.frame("lines"), words)
    every = chosen.activities.groupby("line")["activity"].size()
    line_groups = []
    for line, own in alone.groupby("line", sort=False)["activity"]:
        entries = [ListEntry(called[code], notes[code], due.sheet(code),
                             [offer(words, code)] if may_offer else ())
                   for code in own if code in by_name]  # fmt: skip
        share = words("{n} of {N}", n=words.number(len(own)), N=words.number(int(every[line])))
        way = Way("cooperacion", {"eje": "", "linea": str(line)})
        line_groups.append(EntryGroup(lines[str(line)], share, entries, way))
    return GroupedEntries(
        words("Activities that no partner supports or offers to"), line_groups,
        total=words("Without support"),
        of=words("Activities") if whole
        else words("Support is asked for, or the plan names a partner"),
        empty=words("Nothing is missing: every activity shown here has support, given or offered."),
    )  # fmt: skip


def offer(words: Words, activity: str) -> tuple[str, Way]:
    """Return the action that leads to where a partner offers its support of an activity."""
    return words("Offer"), Way("informar", {"actividad": activity})


def _why(view: View, words: Words, rows: pd.DataFrame, activity: str) -> str:
    """Say who asks for support of an activity, and whom the plan names; nothing for neither."""
    return "; ".join(filter(None, [asking(view, words, rows, activity), *(
        words("the plan names {who}: {quote}", who=who, quote=quote)
        for who, quote in mentioned(view, words, activity)
    )]))  # fmt: skip


def asking(view: View, words: Words, rows: pd.DataFrame, activity: str) -> str:
    """Say which countries ask for support of an activity; nothing where nobody does."""
    if activity not in requested(rows):
        return ""
    requests = rows.loc[
        rows["activity"].eq(activity) & rows["state"].eq(CooperationState.SOLICITADA)
    ]
    who = whom(view, words, SEPARATOR.join(requests["countries"]),
               names.of_countries(view.frame("countries"), words))  # fmt: skip
    return words("asked for by {countries}", countries=wording.joined(words, who))


def whom(view: View, words: Words, countries: str, called: Names) -> list[str]:
    """Name the parties whose codes a line of cooperation lists, the region last."""
    codes = set(countries.split(SEPARATOR))
    region = [words("the whole region")] if view.region.code in codes else []
    return [*names_of(called, codes), *region]


def names_of(called: Names, codes: Collection[str]) -> list[str]:
    """Return the names of these codes in the order of the names."""
    return [name.text for code, name in called.items() if code in codes]


def mentioned(view: View, words: Words, activity: str) -> list[tuple[str, str]]:
    """Return the partners that the plan names in an activity, each with the plan's words."""
    rows, called = view.frame("mentions"), names.of_partners(view.frame("partners"), words)
    own = rows.loc[rows["activity"] == activity]
    pairs: list[tuple[Name, str]] = [
        (called[row["partner"]], f"«{row['quote']}»") for row in own.to_dict("records")
    ]
    return [(name.short, quote) for name, quote in pairs]
