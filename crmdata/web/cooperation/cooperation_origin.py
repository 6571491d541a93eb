"""Where the numbers of Cooperación come from: what counts as support, and which rows say so."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from crmdata.content import names
from crmdata.content.cooperation import gaps
from crmdata.content.cooperation.support import SUPPORTING, supported, supports
from crmdata.content.wording import joined
from crmdata.errors import N_
from crmdata.figures.formulas import Equation
from crmdata.figures.formulas import table as table_of
from crmdata.labels import NOT_APPLICABLE, label
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.chosen_groups import names_of
from crmdata.web.cooperation import selected
from crmdata.web.kit import components, report_rows
from crmdata.web.origin import headlines, provenance
from crmdata.web.origin.headlines import Counted, OfHeadline

_EVERY = ""
"""Stands for every line and partner among their codes."""


@dataclass(frozen=True)
class OfCooperation:
    """Counts of activities that partners accompany, by line of the plan and partner.

    `lines` are those of the chosen partner, or of everybody whatever partner is chosen.
    """

    lines: Callable[[Chosen], pd.DataFrame] = selected.chosen_ones

    def show(self, chosen: Chosen, key: str) -> None:
        """Draw the count of the line and partner that the reader picks, and its rows."""
        words = chosen.words
        lines = names_of(chosen, "line")
        partners = names.of_partners(chosen.frame("partners"), words)
        with st.container(key=f"parts-{key}", horizontal=True):
            line = _pick(chosen, words("Line"), lines, f"line-{key}")
            partner = _pick(chosen, words("Partner"), partners, f"partner-{key}")
        rows, activities = self.lines(chosen), selected.activities(chosen)
        picked = []
        if line != _EVERY:
            rows, activities = (
                rows.loc[rows["line"] == line],
                activities.loc[activities["line"] == line],
            )
            picked.append(lines[line].full)
        if partner != _EVERY:
            rows = rows.loc[rows["partner"] == partner]
            picked.append(partners[partner].short)
        _show(chosen, key, rows, activities, picked)


def _pick(chosen: Chosen, title: str, known: names.Names, key: str) -> str | int:
    everything = chosen.words("All together")
    picked: str | int = st.selectbox(
        title, [_EVERY, *known], key=key, filter_mode="contains",
        format_func=lambda code: everything if code == _EVERY else known[code].full,
    )  # fmt: skip
    return picked


def _show(
    chosen: Chosen, key: str, rows: pd.DataFrame, activities: pd.DataFrame, picked: list[str]
) -> None:
    words = chosen.words
    provenance.show_facts(chosen, picked)
    title = words("How it is made")
    components.heading(title, 3)
    components.rows(formulas(chosen, rows, activities), words=words, caption=title)
    states = joined(words, [label(words, state) for state in SUPPORTING])
    components.paragraph(words(
        "An activity is supported where a partner has a line of cooperation for it in one of "
        "these states: {states}. A request without a partner is not support.", states=states,
    ))  # fmt: skip
    title = words.plural("{n} line of cooperation behind it",
                         "{n} lines of cooperation behind it", len(rows))  # fmt: skip
    components.heading(title, 3)
    if len(rows):
        components.open_table(chosen, f"detras-{key}", title, table(chosen, rows))


def formulas(chosen: Chosen, rows: pd.DataFrame, activities: pd.DataFrame) -> pd.DataFrame:
    """Return how the counts are made of the rows listed.

    A partner's headline begins with what it gives, everybody's with what is given or offered.
    """
    words, every, codes = chosen.words, len(activities), {*activities["activity"]}
    by_pair = supports(rows)
    backed = supported(by_pair) & codes
    given = {code for (_, code), each in by_pair.items() if not each.is_offered} & codes
    unnamed = int(rows["partner"].isna().sum())
    whole = headlines.share(
        words, words("Activities with support, given or offered"),
        words("activities with support"), len(backed), every,
    )  # fmt: skip
    parts = [
        headlines.share(words, words("Activities with support given"),
                        words("activities with support in progress or concluded"),
                        len(given), every),
        headlines.share(words, words("Activities with support offered"),
                        words("activities with support that is offered and not given yet"),
                        len(backed - given), every),
    ]  # fmt: skip
    equations = [
        *([*parts, whole] if chosen.choices.socio else [whole, *parts]),
        Equation(words("Activities without a partner"),
                 words("all activities − activities with support"),
                 f"{words.number(every)} − {words.number(len(backed))}",
                 words.number(every - len(backed))),
        headlines.share(words, words("Requests without a partner"),
                        words("lines of cooperation that name no partner"), unnamed, len(rows)),
    ]  # fmt: skip
    return table_of(equations, words)


def table(chosen: Chosen, rows: pd.DataFrame) -> pd.DataFrame:
    """Return a line of cooperation a row, its activity linked, the day, who handed it in."""
    words = chosen.words
    lines = report_rows.cooperation_table(chosen, rows)
    sheets = [provenance.sheet(chosen, code) for code in rows["activity"]]
    lines[words("Activity")] = pd.Series(sheets, dtype=object)
    lines[words("Reported on")] = [words.date(day, "medium") for day in rows["reported_on"]]
    lines[words("Handed in by")] = provenance.handed_in(chosen, rows)
    return lines


def _without_partner(chosen: Chosen) -> Counted:
    words, whole = chosen.words, selected.cooperation(chosen)
    alone, every = list(whole.alone["activity"]), len(whole.activities)
    called = names.of_activities(whole.activities, words)
    asked = {code: gaps.asking(chosen.view, words, whole.rows, code) for code in alone}
    equations = [
        headlines.share(words, words("Activities without a partner"),
                        words("all activities − activities with support"), len(alone), every),
        headlines.share(words, words("Support is asked for"),
                        words("of these, those for which a country asks for support"),
                        sum(map(bool, asked.values())), len(alone)),
    ]  # fmt: skip
    rows = [
        {
            words("Activity"): provenance.sheet(chosen, code, called[code].called),
            words("Asked for"): asked[code] or NOT_APPLICABLE,
        }
        for code in sorted(alone, key=lambda code: not asked[code])
    ]
    return Counted(equations, headlines.activities_behind(words, len(rows)), pd.DataFrame(rows))


WITHOUT_PARTNER = OfHeadline(
    N_("Activities without a partner"), _without_partner, OfCooperation(selected.everybodys)
)
"""The gaps, which are everybody's whatever partner is chosen."""
