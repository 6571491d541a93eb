"""The progress report of the whole plan at a cut-off: cover and findings, then axis by axis."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

import pandas as pd

from crmdata import measures, method
from crmdata.content import composition, findings, heat, home, tables_of_all
from crmdata.content.calendar import Extract, Schedule, schedule
from crmdata.content.cell_tables import Telling
from crmdata.content.named import ViewNames
from crmdata.content.names import Names, in_language
from crmdata.content.news import movements
from crmdata.content.news.crossing import crossing
from crmdata.content.news.movements import Between
from crmdata.content.papers import line as lines
from crmdata.content.papers.line import LinePart
from crmdata.content.papers.paper import (
    Chapter,
    Cover,
    Paper,
    how_to_read,
    in_full,
    meeting_of,
    paper,
)
from crmdata.content.parts import Choice, Finding, Note, Records, Section, Terms
from crmdata.i18n import Words
from crmdata.view import View

TOLD = 3
"""Narratives of each line: the sheets of lines and countries hold more."""


def progress_report(view: View, words: Words) -> Paper:
    """Return the whole report."""
    report = _Report(view, words)
    return paper(view, words, words("Progress report"), words("The whole plan"),
                 [*report.chapters()], report.cover)  # fmt: skip


class _Report(ViewNames):
    """The chapters, from what they share."""

    @cached_property
    def board(self) -> Schedule:
        return schedule(self.view, self.words)

    @cached_property
    def cells(self) -> pd.DataFrame:
        return self.view.frame("cells")

    @property
    def cover(self) -> Cover:
        words, view = self.words, self.view
        day = words("As reported up to {day}", day=words.date(view.cutoff))
        under = filter(None, [meeting_of(view, words), day])
        return Cover(words.pick(*view.plan.title), [*under], words("What the report finds"),
                     words("Contents"))  # fmt: skip

    def chapters(self) -> Iterator[Chapter]:
        words = self.words
        yield Chapter(words("Where the plan stands"), [*self._standing()], own_page=True)
        yield Chapter(words("Countries"), [*self._countries()])
        yield Chapter(words("What changed since the last meeting"), [*self._changes()])
        for axis, name in self.axes.items():
            title = words("Axis {axis}", axis=name.full.rstrip(" .,;"))
            short = words("Axis {axis}", axis=name.called)
            yield Chapter(title, [*self._axis(int(axis))], short=short, own_page=True)
            yield from self._lines_of(int(axis))
        yield Chapter(words("Cooperation"), [*self._cooperation()])
        yield Chapter(words("How the numbers are made"), [*self._method()])

    def _standing(self) -> Iterator[Section]:
        """Yield what Inicio says of the region; after its picture that of the lines."""
        words, view = self.words, self.view
        objective = Note(words.pick(*view.plan.objective))
        for section in home.of_region(view, words):
            if all(isinstance(part, Choice) for part in section.parts):
                continue
            whole = in_full(section)
            yield replace(whole, parts=[*whole.parts, objective]) if section.main else whole
            if section.main:
                title = words("What was reported, line by line")
                yield self._bars("lineas", "line", self.lines, title, self.cells)

    def _bars(self, key: str, by: str, named: Names, title: str, cells: pd.DataFrame) -> Section:
        """Return the bars of groups with their progress; where nothing is due, only that."""
        if not cells["due"].any():
            nothing = Finding((findings.arrival(self.words, self.view.whole(cells)),))
            return Section(key, title, nothing, [])
        bars = composition.bars(
            self.view.measured(cells, by), named, by=by, title=title, words=self.words,
            ways=lambda _: None, reach=True,
        )  # fmt: skip
        return Section(key, title, None, [bars])

    def _countries(self) -> Iterator[Section]:
        words, view = self.words, self.view
        title = words("What was reported, country by country")
        bars = self._bars("paises", "country", self.countries, title, self.cells)
        if bars.finding is None:
            found = Finding((findings.who_reported(words, self.cells),))
            bars = replace(bars, finding=found)
        yield bars
        if not self.cells["due"].any():
            return
        on_map = tables_of_all.on_map(self, view.measured(self.cells, "country"))
        yield Section("mapa", on_map.title, None, [on_map])
        how = Telling(words, words("Reported progress, line by line and country by country"),
                      lambda _: None)  # fmt: skip
        crossed = heat.cells(view.measured(self.cells, "line", "country"), self.lines,
                             self.countries, how=how)  # fmt: skip
        yield Section("lineas-paises", how.title, None, [crossed, tables_of_all.codes(self)])

    def _changes(self) -> Iterator[Section]:
        words, view, first = self.words, self.view, self.view.before
        if first is None:
            nothing = Finding((words("There was no meeting before this cut-off."),))
            yield Section("cambios", words("What moved"), nothing, [])
            return
        changes = measures.change_between(view.cells_before, self.cells)
        between = Between(first, view.cells_before, self.cells, changes, changes.iloc[:0])
        yield in_full(movements.fell_back(view, words, between))
        yield in_full(movements.pending(view, words, between))
        yield movements.came_in(view, words, between)
        table = tables_of_all.changes(self, changes)
        across = [Note(text) for text in [crossing(view, words, first)] if text]
        yield Section("por-pais", table.title, None, [*across, table])

    def _axis(self, axis: int) -> Iterator[Section]:
        words, view = self.words, self.view
        axes = view.frame("axes")
        row = axes.loc[axes["axis"] == axis].to_dict("records")[0]
        cells = self.cells.loc[self.cells["axis"] == axis]
        own: Names = {line: self.lines[line] for line in self._codes_of(axis)}
        bars = self._bars("lineas", "line", own, words("What was reported, line by line"), cells)
        found = Finding((findings.arrival(words, view.whole(cells)),))
        objective = in_language(words, row["objective"], row["objective_en"])
        yield replace(bars, finding=found, quotation=objective)
        title = words("Calendar")
        on_it = [
            each for each in self.board.rows
            if each.slots is not None and each.above[0] == str(axis)
        ]  # fmt: skip
        yield Section("calendario", title, None, [Extract(title, self.board, on_it)])

    def _codes_of(self, axis: int) -> list[str]:
        rows_of = self.view.frame("lines")
        return list(rows_of.loc[rows_of["axis"] == axis, "line"])

    def _lines_of(self, axis: int) -> Iterator[Chapter]:
        words = self.words
        for line in self._codes_of(axis):
            part = LinePart(self.view, words, line, self.board, TOLD)
            title = words("Line {line}", line=part.name.full.rstrip(" .,;"))
            short = words("Line {line}", line=part.name.called)
            # The calendar of the axis has the line's rows already.
            own = [each for each in lines.sections(part) if each.key != "calendario"]
            yield Chapter(title, own, level=2, short=short)

    def _cooperation(self) -> Iterator[Section]:
        words, view = self.words, self.view
        support = tables_of_all.support(self, view.frame("cooperation"))
        found = Finding((findings.by_partner(
            words, [*map(str, self.activities)], view.frame("cooperation"), self.partners
        ),))  # fmt: skip
        yield Section("apoyo", support.title, found, [support])
        yield home.nobody(view, words)

    def _method(self) -> Iterator[Section]:
        words, view = self.words, self.view
        yield how_to_read(view, words)
        terms = method.rules(words, view.thresholds)
        yield Section("terminos", words("Terms"), None, [Terms(terms)])
        title = words("States and symbols")
        unofficial = [Note(words("The English text of the plan is an unofficial translation."))]
        parts = [Records(title, method.symbols_table(words))]
        yield Section("estados", title, None,
                      [*parts, *(unofficial if words.language != "es" else [])])  # fmt: skip
