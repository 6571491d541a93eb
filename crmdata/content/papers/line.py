"""The sheet of one line: its results and activities, who is pending, what was told."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from crmdata.content import composition, due, findings, names, totals
from crmdata.content.activities import sheet, statements
from crmdata.content.calendar import Extract, Schedule, schedule
from crmdata.content.names import Name, Names, in_language
from crmdata.content.papers.paper import Chapter, Paper, how_to_read, in_full, paper
from crmdata.content.parts import (
    Entries,
    Finding,
    ListEntry,
    Note,
    Section,
    Terms,
)
from crmdata.i18n import Words
from crmdata.labels import LEVELS
from crmdata.view import View

MOST_TOLD = 6
"""Narratives on the sheet of a line."""


class LinePart(NamedTuple):
    """A line at a cut-off, and what of it is said."""

    view: View
    words: Words
    line: str
    board: Schedule
    told: int = MOST_TOLD
    """How many of the newest narratives stand there."""

    @property
    def cells(self) -> pd.DataFrame:
        """Its cells."""
        return self._own(self.view.frame("cells"))

    def named(self, level: str) -> Names:
        """Name its items of a level."""
        return names.of_level(LEVELS[level], self._own(self.view.frame(LEVELS[level].frame)),
                              self.words)  # fmt: skip

    def _own(self, rows: pd.DataFrame) -> pd.DataFrame:
        return rows.loc[rows["line"] == self.line]

    @property
    def name(self) -> Name:
        """What it is called."""
        return names.of_lines(self.view.frame("lines"), self.words)[self.line]


def line_sheet(view: View, words: Words, line: str) -> Paper:
    """Return the document of a line. Raise KeyError for an unknown one."""
    part = LinePart(view, words, line, schedule(view, words))
    title = words("Line {line}", line=part.name.full.rstrip(" .,;"))
    first, *others = sections(part)
    own = [replace(first, quotation=_of_axis(part)), *others, how_to_read(view, words)]
    return paper(view, words, title, words("Line {line}", line=line), [Chapter("", own)])


def _of_axis(part: LinePart) -> str:
    """Return the axis that the line is of, and what the plan wants of it."""
    words, axes, lines = part.words, part.view.frame("axes"), part.view.frame("lines")
    axis = lines.loc[lines["line"] == part.line, "axis"].iloc[0]
    row = axes.loc[axes["axis"] == axis].to_dict("records")[0]
    name = words("Axis {axis}", axis=names.of_axes(axes, words)[axis].full.rstrip(" .,;"))
    return f"{name}. {in_language(words, row['objective'], row['objective_en'])}"


def sections(part: LinePart) -> Iterator[Section]:
    """Yield what there is to say of a line."""
    words, cells = part.words, part.cells
    yield _standing(part)
    if len(cells) and cells["due"].any():
        yield _bars(part, "resultados", "result", part.named("result"),
                    words("What was reported, result by result"))  # fmt: skip
        countries = names.of_countries(part.view.frame("countries"), words)
        yield _bars(part, "paises", "country", countries,
                    words("What was reported, country by country"))  # fmt: skip
    own = [row for row in part.board.rows if row.slots is not None and row.above[1] == part.line]
    title = words("Calendar")
    yield Section("calendario", title, None, [Extract(title, part.board, own)])
    if len(cells):
        yield in_full(due.next_due(part.view, words, cells))
    yield _plan(part)
    yield from _written(part)


def _standing(part: LinePart) -> Section:
    """Return how the line stands: what arrived, who is pending, activity by activity."""
    words, view, cells = part.words, part.view, part.cells
    title = words("What was reported, activity by activity")
    if cells.empty:
        nothing = words(
            "The plan schedules nothing here: its marks are “to be defined” or missing, so no "
            "report is expected."
        )
        return Section("actividades", title, Finding((nothing,)), [])
    arrived = findings.arrival(words, view.whole(cells), part.name.called)
    countries = names.of_countries(view.frame("countries"), words)
    finding = Finding(
        tuple(filter(None, [arrived, findings.owing(words, cells, countries, view.cutoff)]))
    )
    if not cells["due"].any():
        return Section("actividades", title, finding, [])
    bars = composition.bars(
        view.measured(cells, "activity"), part.named("activity"), by="activity", title=title,
        words=words, ways=lambda code: due.sheet(str(code)), reach=True,
    )  # fmt: skip
    numbers = totals.with_fulfilled(words, view.whole(cells))
    return Section("actividades", title, finding, [bars, numbers], main=True)


def _bars(part: LinePart, key: str, by: str, named: Names, title: str) -> Section:
    bars = composition.bars(
        part.view.measured(part.cells, by), named, by=by, title=title, words=part.words,
        ways=lambda _: None, reach=True,
    )  # fmt: skip
    return Section(key, title, None, [bars])


def _plan(part: LinePart) -> Section:
    """Return the activities in the words of the plan, each with when it is due."""
    slots = part.view.frame("slots")
    periods = slots.groupby("activity")["semester"].apply(list).to_dict()
    terms = [
        (name.short, f"{name.text}\n{_due(part, periods.get(code, []))}")
        for code, name in part.named("activity").items()
    ]
    return Section("plan", part.words("In the words of the plan"), None, [Terms(terms)])


def _due(part: LinePart, periods: list[str]) -> str:
    return due.scheduled(part.words, periods, part.view.cutoff)


def _written(part: LinePart) -> Iterator[Section]:
    """Yield what the newest reports tell, and who supports the line."""
    words, view, activities = part.words, part.view, part.named("activity")
    if part.told:
        reports = view.frame("reports")
        own = reports.loc[reports["activity"].isin(activities)]
        told = statements.newest(view, words, own, part.told)
        nothing = Note(words("No report tells anything yet."))
        parts = [told if told.speakers else nothing]
        yield Section("relatos", words("Its newest narratives"), None, parts)
    rows = view.frame("cooperation")
    named = rows.loc[rows["activity"].isin(activities)]
    backed = findings.alone(words, [*map(str, activities)], named)
    entries = [
        ListEntry(Name(str(code), f"{name.brief} · {entry.name.text}", numbered=True), entry.note)
        for code, name in activities.items()
        for entry in sheet.supports(view, words, str(code))
    ]
    listed = Entries("", entries, len(entries), words("No cooperation was offered or asked for."))
    yield Section("cooperacion", words("Cooperation"), Finding((backed,)), [listed])
