"""What is one partner's own: what names it, where exactly, and whom it supports."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from crmdata.content import due, names, wording
from crmdata.content.cooperation import gaps
from crmdata.content.cooperation.gaps import ChosenCooperation
from crmdata.content.cooperation.support import Support, places, requested, supports
from crmdata.content.names import Names
from crmdata.content.parts import Entries, Finding, ListEntry
from crmdata.files import SEPARATOR
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.view import View


def finding(view: View, words: Words, partner: str, chosen: ChosenCooperation) -> Finding:
    """Say how much a partner supports, where the plan names it, and what is asked of anybody."""
    name = names.of_partners(view.frame("partners"), words)[partner]
    own, codes = supports_of(partner, chosen), list(chosen.activities["activity"])
    plan = [code for code in quotes_of(view, partner) if code in codes]
    backed = [code for code in plan if code in own]
    sought = requested(chosen.rows).intersection(codes)
    return Finding((
        words.out_of("{who} supports {n} of {N} activity.", "{who} supports {n} of {N} activities.",
                     len(own), len(codes), who=name.short),
        _mentioned(words, name.short, len(plan), len(backed)),
        words.plural("For {n} activity a country asks for support of any partner.",
                     "For {n} activities countries ask for support of any partner.",
                     len(sought)),
    ))  # fmt: skip


def _mentioned(words: Words, who: str, count: int, backed: int) -> str:
    """Say in how many activities the plan names a partner, and how many of these it supports."""
    if not count:
        return words("The plan names {who} in no activity.", who=who)
    if not backed:
        return words.plural(
            "The plan names {who} in {n} activity, without support reported.",
            "The plan names {who} in {n} activities, without support reported in any.",
            count, who=who,
        )  # fmt: skip
    if count == 1:
        return words("The plan names {who} in one activity, and it supports that one.", who=who)
    return words(
        "The plan names {who} in {n} activities, and it supports {supported} of these.",
        n=words.number(count), supported=words.number(backed), who=who,
    )  # fmt: skip


def naming(
    view: View,
    words: Words,
    partner: str,
    chosen: ChosenCooperation,
    reports: pd.DataFrame,
) -> Entries:
    """Return where the plan names a partner, by its words, and which countries' `reports` do."""
    name = names.of_partners(view.frame("partners"), words)[partner]
    own, quotes = supports_of(partner, chosen), quotes_of(view, partner)
    countries = names.of_countries(view.frame("countries"), words)
    telling = _telling(reports, partner)
    notes = {}
    for code in chosen.activities["activity"]:
        parts = []
        if code in quotes:
            parts.append(words("in the plan: {quote}", quote=f"«{quotes[code]}»"))
        if code in telling:
            who = wording.joined(words, gaps.names_of(countries, telling[code]))
            parts.append(words("in reports of: {countries}", countries=who))
        if parts:
            parts.append(
                words("with its support") if code in own else words("its support is not registered")
            )
            notes[code] = "; ".join(parts)
    # What the plan itself says stands before what reports do.
    notes = {code: notes[code] for code in sorted(notes, key=lambda code: code not in quotes)}
    title = words("Where the plan and reports name {who}", who=name.short)
    return activity_entries(words, title, notes, _called(words, chosen))


def supporting(view: View, words: Words, partner: str, chosen: ChosenCooperation) -> Entries:
    """Return what a partner supports, in what state, and for which countries."""
    name = names.of_partners(view.frame("partners"), words)[partner]
    countries = names.of_countries(view.frame("countries"), words)
    own, region = supports_of(partner, chosen), view.region.code
    notes = {
        code: words("{state}: {places}", state=label(words, own[code].state),
                    places=places(own[code].countries, countries, words, region=region))
        for code in chosen.activities["activity"] if code in own
    }  # fmt: skip
    title = words("With support of {who}", who=name.short)
    return activity_entries(words, title, notes, _called(words, chosen))


def requests(view: View, words: Words, chosen: ChosenCooperation, *, may_offer: bool) -> Entries:
    """Return what countries ask of any partner; who `may_offer` is led to where that is said."""
    sought = requested(chosen.rows)
    notes = {code: gaps.asking(view, words, chosen.rows, code)
             for code in chosen.activities["activity"] if code in sought}  # fmt: skip
    found = activity_entries(words, words("Requests to any partner"), notes, _called(words, chosen))
    if not may_offer:
        return found
    entries = [entry._replace(actions=[gaps.offer(words, str(code))])
               for code, entry in zip(notes, found.entries, strict=True)]  # fmt: skip
    return replace(found, entries=entries)


def activity_entries(words: Words, title: str, notes: Mapping[Any, str], called: Names) -> Entries:
    """Return activities as a list with what is said of each, their number in its title."""
    entries = [ListEntry(called[code], note, due.sheet(str(code))) for code, note in notes.items()]
    heading = words.plural(
        "{title}: {n} activity", "{title}: {n} activities", len(entries), title=title
    )
    return Entries(heading, entries, due.FIRST, words("None."))


def supports_of(partner: str, chosen: ChosenCooperation) -> dict[str, Support]:
    """Return what a partner does for each of the chosen activities that it supports."""
    by_pair, codes = supports(chosen.rows), set(chosen.activities["activity"])
    return {code: support for (who, code), support in by_pair.items()
            if who == partner and code in codes}  # fmt: skip


def quotes_of(view: View, partner: str) -> dict[str, str]:
    """Return the words by which the plan names a partner, by activity."""
    rows = view.frame("mentions")
    own = rows.loc[rows["partner"] == partner]
    return dict(zip(own["activity"], own["quote"], strict=True))


def _telling(reports: pd.DataFrame, partner: str) -> dict[str, set[str]]:
    """Return the countries whose reports name a partner, by activity."""
    who = reports["partners"].fillna("").str.split(SEPARATOR)
    own = reports.loc[[partner in codes for codes in who]]
    return {str(code): set(rows) for code, rows in own.groupby("activity")["country"]}


def _called(words: Words, chosen: ChosenCooperation) -> Names:
    return names.of_activities(chosen.activities, words)
