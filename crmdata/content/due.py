"""What falls due next and what is pending, activity by activity."""

from collections.abc import Iterable, Iterator
from datetime import date

import pandas as pd

from crmdata import measures
from crmdata.content import findings, names, wording
from crmdata.content.destinations import Way
from crmdata.content.parts import Entries, Finding, ListEntry, Section
from crmdata.i18n import Words
from crmdata.terms import Period, Reporting
from crmdata.view import View

UNCHANGED = "sin-cambios"
"""What is open on the page of a country's reports where several stand unchanged."""

FIRST = 8
"""Entries of a list that stand open."""


def next_due(view: View, words: Words, cells: pd.DataFrame) -> Section:
    """Return when reports on these cells fall due next, and which are still to come."""
    ahead = measures.next_due(cells, view.cutoff)
    title = words("What falls due next")
    if ahead.empty:
        nothing = words("Nothing falls due any more: the plan has ended.")
        return Section("vence", title, Finding((nothing,)), [])
    return Section(
        "vence",
        title,
        Finding((falls_due(words, ahead),)),
        [Entries(title, [*_by_activity(view, words, ahead)], FIRST)],
    )


def falls_due(words: Words, ahead: pd.DataFrame) -> str:
    """Say when a period ends, and how much is still to come."""
    missing = int((ahead["reporting"] != Reporting.REPORTADO).sum())
    return words.out_of(
        "{period} ends on {day}, with {activities}: {n} of {N} report is still to come.",
        "{period} ends on {day}, with {activities}: {n} of {N} reports are still to come.",
        missing, len(ahead),
        period=words.period(ahead["semester"].iloc[0]), day=words.date(ahead["ends"].iloc[0]),
        activities=wording.groups_counted(words, "activity", ahead["activity"].nunique()),
    )  # fmt: skip


def scheduled(words: Words, semesters: Iterable[str], cutoff: date) -> str:
    """Say of which periods the plan expects reports, and by when: next, or for the last time."""
    codes = sorted(set(semesters))
    if not codes:
        return words("The plan schedules no semester for it: no report is expected.")
    ends = [Period.parse(code).ends for code in codes]
    ahead = [day for day in ends if day >= cutoff]
    values = {"periods": wording.periods(words, codes),
              "day": words.date(ahead[0] if ahead else ends[-1], "medium")}  # fmt: skip
    if ahead:
        return words("By the plan: {periods}; next due on {day}.", **values)
    return words("By the plan: {periods}; last due on {day}.", **values)


def _by_activity(view: View, words: Words, ahead: pd.DataFrame) -> Iterator[ListEntry]:
    called = names.of_activities(view.frame("activities"), words)
    arrived = ahead["reporting"].eq(Reporting.REPORTADO)
    counts = arrived.groupby(ahead["activity"], sort=False).agg(["sum", "size"])
    for code, n, among in counts.itertuples():
        note = words.out_of("{n} of {N} country has reported", "{n} of {N} countries have reported",
                            n, among)  # fmt: skip
        yield ListEntry(called[code], note, sheet(code))


def sheet(code: str) -> Way:
    """Return where an activity's sheet is."""
    line = code.split(".", maxsplit=1)[0]
    return Way("actividades", {"eje": "", "linea": line, "actividad": code, "buscar": ""})


def owed(
    view: View, words: Words, cells: pd.DataFrame, country: str, *, may_report: bool
) -> Iterator[ListEntry]:
    """Yield an entry for each activity of a country's cells: since when, and what to do."""
    called = names.of_activities(view.frame("activities"), words)
    for code, codes in cells.groupby("activity", sort=False)["semester"]:
        activity = str(code)
        note = wording.periods(words, codes)
        if view.cutoff > Period.parse(codes.min()).ends:
            note = f"{note}, {findings.pending_since(words, codes.min(), view.cutoff)}"
        actions = [to_report(words, country, activity)] if may_report else ()
        yield ListEntry(called[activity], note, sheet(activity), actions)


def to_report(words: Words, country: str, activity: str) -> tuple[str, Way]:
    """Return the action that leads to where a country reports on an activity."""
    return words("Report"), Way("informar", {"pais": country, "actividad": activity})


def to_repeat(words: Words, country: str) -> tuple[str, Way]:
    """Return the action that leads to where a country says that several stand unchanged."""
    return words("No changes"), Way(
        "informar", {"pais": country, "actividad": "", "abierto": UNCHANGED}
    )


def oldest(cells: pd.DataFrame) -> dict[str, str]:
    """Return of each activity with a silence the period of the oldest one."""
    first = measures.silent(cells).groupby("activity")["semester"].min()
    return {str(activity): str(period) for activity, period in first.items()}


def pending_notes(view: View, words: Words, cells: pd.DataFrame) -> dict[str, str]:
    """Say of each activity of these cells since when a report is pending, else when one falls due.

    Of the cells of several countries it says how many of them owe one.
    """
    missing = measures.silent(cells)
    first = oldest(cells)
    owing = missing.groupby("activity")["country"].nunique().to_dict()
    ahead = cells.loc[~cells["due"]].groupby("activity")["semester"].min().to_dict()
    several = cells["country"].nunique() > 1
    notes = {}
    for activity in cells["activity"].unique():
        if activity in first:
            note = findings.pending_since(words, first[activity], view.cutoff)
            if several:
                note = words.plural("{since}, in {n} country", "{since}, in {n} countries",
                                    owing[activity], since=note)  # fmt: skip
        elif activity in ahead:
            day = words.date(Period.parse(ahead[activity]).ends, "medium")
            note = words("nothing pending; falls due on {day}", day=day)
        else:
            note = words("nothing is pending")
        notes[str(activity)] = note
    return notes
