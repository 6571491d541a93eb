"""What is one partner's own: what names it, where exactly, and whom it supports."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from crmdata.content import due, names, wording
from crmdata.content.cooperation import gaps
from crmdata.content.cooperation.gaps import ChosenCooperation
from crmdata.content.cooperation.support import Support, places, requested, supports
from crmdata.content.names import Names
from crmdata.content.parts import Entries, Finding, ListEntry
from crmdata.errors import N_
from crmdata.files import SEPARATOR
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.view import View

_APPEARS_AS = (
    N_("{n} with support in progress or concluded"),
    N_("{n} with support offered"),
    N_("{n} with support requested or cancelled"),
    N_("{n} where only reports name it (of {all} where they do)"),
    N_("{n} where only the plan names it"),
)
"""As what a partner appears in activities, the strongest first."""


def finding(
    view: View, words: Words, partner: str, chosen: ChosenCooperation, reports: pd.DataFrame
) -> Finding:
    """Say what is a partner's own, and what is asked of anybody."""
    sought = requested(chosen.rows).intersection(chosen.activities["activity"])
    return Finding((
        *of_its_own(view, words, partner, chosen, reports),
        words.plural("For {n} activity a country asks for support of any partner.",
                     "For {n} activities countries ask for support of any partner.",
                     len(sought)),
    ))  # fmt: skip


def of_its_own(
    view: View, words: Words, partner: str, chosen: ChosenCooperation, reports: pd.DataFrame
) -> list[str]:
    """Say how much a partner supports, where its name stands otherwise, where in the plan."""
    sentences = (
        how_much(view, words, partner, chosen),
        where_named(view, words, partner, chosen, reports),
        named_by_plan(view, words, partner, chosen),
    )
    return [sentence for sentence in sentences if sentence]


def how_much(view: View, words: Words, partner: str, chosen: ChosenCooperation) -> str:
    """Say how many activities a partner supports, and how many more it offers to."""
    own, every = supports_of(partner, chosen), len(chosen.activities)
    who = _short(view, words, partner)
    offered = sum(support.is_offered for support in own.values())
    if not offered:
        return words.out_of(
            "{who} supports {n} of {N} activity.", "{who} supports {n} of {N} activities.",
            len(own), every, who=who,
        )  # fmt: skip
    return words.out_of(
        "{who} supports {n} of {N} activity and offers support for {offered} more.",
        "{who} supports {n} of {N} activities and offers support for {offered} more.",
        len(own) - offered, every, who=who, offered=words.number(offered),
    )  # fmt: skip


def where_named(
    view: View, words: Words, partner: str, chosen: ChosenCooperation, reports: pd.DataFrame
) -> str:
    """Say in how many activities a partner appears, and as what: each counts once, the strongest.

    So the counts of its support, of the reports that name it and of the plan add up. Empty where it
    appears in none.
    """
    own, codes = supports_of(partner, chosen), {*chosen.activities["activity"]}
    offered = {code for code, support in own.items() if support.is_offered}
    lines = {*chosen.rows.loc[chosen.rows["partner"] == partner, "activity"]} & codes
    told, plan = {*_telling(reports, partner)} & codes, {*quotes_of(view, partner)} & codes
    counts = (
        len(own) - len(offered), len(offered), len(lines - set(own)), len(told - lines),
        len(plan - told - lines),
    )  # fmt: skip
    parts = [words(message, n=words.number(count), all=words.number(len(told)))
             for message, count in zip(_APPEARS_AS, counts, strict=True) if count]  # fmt: skip
    if not parts:
        return ""
    who, listing = _short(view, words, partner), wording.joined(words, parts)
    return words.plural(
        "{who} appears in {n} activity: {parts}.",
        "{who} appears in {n} activities: {parts}.",
        len(lines | told | plan),
        who=who,
        parts=listing,
    )


def named_by_plan(view: View, words: Words, partner: str, chosen: ChosenCooperation) -> str:
    """Say in how many activities the plan names a partner, and how many have its support."""
    own, who = supports_of(partner, chosen), _short(view, words, partner)
    plan = {*quotes_of(view, partner)}.intersection(chosen.activities["activity"])
    count, backed = len(plan), len(plan & set(own))
    if not count:
        return words("The plan names {who} in no activity.", who=who)
    if not backed:
        return words.plural(
            "The plan names {who} in {n} activity, without support reported.",
            "The plan names {who} in {n} activities, without support reported in any.",
            count, who=who,
        )  # fmt: skip
    if count == 1:
        return words(
            "The plan names {who} in one activity, with its support given or offered.", who=who
        )
    return words(
        "The plan names {who} in {n} activities, {supported} of these with its support given or "
        "offered.",
        n=words.number(count), supported=words.number(backed), who=who,
    )  # fmt: skip


def _short(view: View, words: Words, partner: str) -> str:
    return names.of_partners(view.frame("partners"), words)[partner].short


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
            parts.append(_support_in_words(words, own.get(code)))
            notes[code] = "; ".join(parts)
    # What the plan itself says stands before what reports do.
    notes = {code: notes[code] for code in sorted(notes, key=lambda code: code not in quotes)}
    title = words("Where the plan and reports name {who}", who=name.short)
    return activity_entries(words, title, notes, _called(words, chosen))


def _support_in_words(words: Words, support: Support | None) -> str:
    if support is None:
        return words("its support is not registered")
    return words("its support is offered") if support.is_offered else words("with its support")


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
    title = words("With support of {who}, given or offered", who=name.short)
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


def only_supported(view: View, words: Words, partner: str, own: Collection[str]) -> str:
    """Say that something is of the activities with support of a partner, and of how many."""
    who, every = _short(view, words, partner), len(view.frame("activities"))
    return words.out_of(
        "Only of the {n} of {N} activity with support of {who}, given or offered.",
        "Only of the {n} of {N} activities with support of {who}, given or offered.",
        len(own), every, who=who,
    )  # fmt: skip


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
