"""What Novedades says first: what fell back, what is newly pending, what came in, by name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from crmdata import measures
from crmdata.content import due, findings, names, wording
from crmdata.content.names import Name, Names
from crmdata.content.news import rows
from crmdata.content.parts import Entries, Finding, ListEntry, Section
from crmdata.i18n import Words
from crmdata.labels import NOT_APPLICABLE, label
from crmdata.terms import State
from crmdata.view import View

FIRST = 10
"""Entries of what fell back that stand open: they are why somebody comes."""


@dataclass(frozen=True)
class Between:
    """What changed in a part of the plan; its frames are shared and never changed."""

    first: date
    cells_then: pd.DataFrame
    cells_now: pd.DataFrame
    changes: pd.DataFrame
    outside: pd.DataFrame
    country: str | None = None
    """The country that it is of, whose name goes without saying; all without one."""


def fell_back(view: View, words: Words, between: Between) -> Section:
    """Return what moved in sentences, and what fell back by country and activity."""
    changes = between.changes
    finding = Finding((
        findings.moved(words, changes, between.first),
        findings.newly_pending(words, changes),
    ))  # fmt: skip
    down = _by_country(changes.loc[changes["gone_back"].astype(bool)], view, words)
    entries = _joined(_compared(view, words, down, between.country))
    title = words.plural("Fell back: {n} report", "Fell back: {n} reports", len(down))
    part = Entries(title, entries, FIRST, words("Nothing fell back."))
    return Section("movido", words("What moved"), finding, [part], main=True)


def pending(view: View, words: Words, between: Between) -> Section:
    """Return what is newly pending: an activity with its periods and whose they are."""
    new = rows.fallen_due(between.changes)
    new = new.loc[new["silent"].map(len) > 0]
    called = names.of_activities(view.frame("activities"), words)
    countries = names.of_countries(view.frame("countries"), words)
    entries = _joined(
        ListEntry(called[row["activity"]], _pending(view, words, row, countries, between.country),
                  due.sheet(row["activity"]))
        for row in new.to_dict("records")
    )  # fmt: skip
    count = int(between.changes["newly_silent"].sum())
    title = words.plural("Newly pending: {n} report", "Newly pending: {n} reports", count)
    nothing = words("Nothing is newly pending: what fell due was reported.")
    part = Entries("", entries, due.FIRST, nothing)
    return Section("pendientes", title, None, [part])


def _joined(entries: Iterable[ListEntry]) -> list[ListEntry]:
    """Return an entry for each thing that entries are of, with the notes of all its periods."""
    by_name: dict[Name, ListEntry] = {}
    for each in entries:
        before = by_name.get(each.name)
        note = f"{before.note}; {each.note}" if before else each.note
        by_name[each.name] = each._replace(note=note)
    return [*by_name.values()]


def _pending(
    view: View, words: Words, row: dict[Any, Any], countries: Names, country: str | None
) -> str:
    """Say of which period a report is pending, since when, and from whom."""
    parts = [
        words.period(row["semester"]),
        findings.pending_since(words, row["semester"], view.cutoff),
    ]
    if country is None:
        parts.append(everybody(words, row["silent"], countries))
    return " · ".join(parts)


def everybody(words: Words, codes: list[str], countries: Names) -> str:
    """Name countries, alphabetically; all of them in two words."""
    if not codes:
        return NOT_APPLICABLE
    if len(codes) == len(countries):
        return words("All countries")
    return wording.joined(words, [name.text for code, name in countries.items() if code in codes])


def came_in(view: View, words: Words, between: Between) -> Section:
    """Return how many reports arrived and were corrected, and the newest of them."""
    newest = measures.by_report(between.changes)
    entries = [*_compared(view, words, newest.head(due.FIRST), between.country, dated=True)]
    finding = Finding((findings.came_in(words, between.changes),))
    part = Entries(words("The newest"), entries, due.FIRST) if entries else None
    return Section("reportes", words("New reports and corrections"), finding,
                   [part] if part else [])  # fmt: skip


def _compared(
    view: View, words: Words, changes: pd.DataFrame, country: str | None, *, dated: bool = False
) -> Iterator[ListEntry]:
    """Yield a report an entry: whose, on which activity, what it said before and says now."""
    called = names.of_activities(view.frame("activities"), words)
    countries = names.of_countries(view.frame("countries"), words)
    for row in changes.to_dict("records"):
        name: Name = called[row["activity"]]
        if country is None:
            name = name._replace(short=f"{countries[row['country']].text} · {name.short}")
        note = _movement(row, words)
        if dated:
            note = f"{note} · {words.date(row['reported_on'], 'medium')}"
        yield ListEntry(name, note, due.sheet(row["activity"]))


def _movement(row: dict[Any, Any], words: Words) -> str:
    """Write `60 % (2018-II) → 40 % (2019-I)`; the states too where they differ."""
    same = row["state_before"] == row["state"]
    now = f"{_value(row, words, '', bare=same)} ({words.period(row['semester'])})"
    if pd.isna(row["state_before"]):
        return now
    before = _value(row, words, "_before", bare=same)
    if row["semester_before"] != row["semester"]:
        before = f"{before} ({words.period(row['semester_before'])})"
    return f"{before} → {now}"


def _value(row: dict[Any, Any], words: Words, when: str, *, bare: bool) -> str:
    """Write the percent of a report, `bare` without its state; a state without one alone."""
    state = row[f"state{when}"]
    if state == State.NO_APLICA:
        return label(words, state)
    percent = words.entered(row[f"percent{when}"])
    return percent if bare else f"{label(words, state)} {percent}"


def _by_country(changes: pd.DataFrame, view: View, words: Words) -> pd.DataFrame:
    """Return changes by country in the order of their names, then as they stood."""
    order = {code: at for at, code in enumerate(names.of_countries(view.frame("countries"), words))}
    return changes.iloc[changes["country"].map(order).argsort(kind="stable")]
