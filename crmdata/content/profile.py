"""A country's profile: how it stands, what it has to do, what moved, who stands by it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from crmdata import measures
from crmdata.content import agreements, due, findings, names, observations, strips, totals, wording
from crmdata.content.names import Name, Names
from crmdata.content.news.crossing import crossing
from crmdata.content.parts import (
    Choice,
    Entries,
    Finding,
    ListEntry,
    Note,
    Section,
)
from crmdata.content.records import records
from crmdata.i18n import Words
from crmdata.labels import NO_REPORT, label
from crmdata.measures import briefing
from crmdata.terms import SIN_REPORTE
from crmdata.view import View

TOLD = 5
"""How many of the newest descriptions stand there, one of them open: they are long."""

FEW = 3
"""Entries that stand open of a list that is not of what is pending."""


def _everything(rows: pd.DataFrame) -> pd.DataFrame:
    return rows


@dataclass(frozen=True)
class Profile:
    """What is said of one country, of the whole plan or of the activities that `within` leaves."""

    view: View
    words: Words
    country: str
    may_report: bool = False
    """Whether the reader is offered the way to report what is pending."""
    within: Callable[[pd.DataFrame], pd.DataFrame] = _everything

    @cached_property
    def name(self) -> Name:
        """What the country is called."""
        return names.of_countries(self.view.frame("countries"), self.words)[self.country]

    @cached_property
    def cells(self) -> pd.DataFrame:
        """Its cells."""
        return self._rows_of_country(self.view.frame("cells"))

    @cached_property
    def _rows(self) -> pd.DataFrame:
        return self.within(self.view.frame("activities"))

    @cached_property
    def _activities(self) -> Names:
        return names.of_activities(self._rows, self.words)

    def _rows_of_country(self, rows: pd.DataFrame) -> pd.DataFrame:
        return rows.loc[rows["country"].eq(self.country) & rows["activity"].isin(self._activities)]

    def sections(self) -> list[Section]:
        """Return all of it."""
        return [self.overview(), self.to_do(), self.moved(), self.cooperation(), self.numbers(),
                self.narratives()]  # fmt: skip

    def overview(self) -> Section:
        """Return how it stands: three sentences, and a line a row what it said in each period."""
        view, words, who = self.view, self.words, self.name.text
        activities, states = (
            list(map(str, self._activities)),
            self._rows_of_country(view.frame("states")),
        )
        finding = Finding(tuple(filter(None, [
            findings.stand(words, states, activities, self.country, who),
            findings.arrival(words, view.whole(self.cells), who),
            findings.longest_pending(words, self.cells, view.cutoff),
        ])))  # fmt: skip
        picture = strips.of_country(view, words, self.cells, self.country)
        left_out = strips.left_out(view, words, self.cells, self._rows)
        said = observations.sentence(view, words, self.country)
        beneath = [Note(text) for text in (said, left_out) if text]
        return Section("lineas", who, finding, [picture, *beneath], main=True)

    def to_do(self) -> Section:
        """Return what is pending, the oldest first, what was agreed on, what falls due next."""
        words = self.words
        ahead, missing = briefing.falling_due(self.cells, self.view.cutoff)
        pending = self.cells.loc[self.cells["reporting"].eq(SIN_REPORTE)]
        pending = pending.sort_values("semester", kind="stable")
        until = ahead["ends"].iloc[0] if len(ahead) else None
        title = words("To do by {day}", day=words.date(until)) if until else words("To do")
        return Section("pendiente", title, None, [
            self._owed(words.plural("Pending: {n} report", "Pending: {n} reports", len(pending)),
                       pending, findings.nothing_pending(words, self.cells), due.FIRST),
            *self._unchanged(pending),
            *self._agreed(),
            self._soon(missing),
        ])  # fmt: skip

    def _unchanged(self, pending: pd.DataFrame) -> Iterator[Choice]:
        """Yield the way to where all that stands as it stood is reported at once."""
        if self.may_report and len(pending):
            yield Choice(self.words("Several at once"), [due.to_repeat(self.words, self.country)])

    def _agreed(self) -> Iterator[Entries]:
        """Yield the open agreements that name it, if there are any; whatever the filter."""
        rows = agreements.of_country(agreements.still_open(self.view), self.country)
        if len(rows):
            yield agreements.to_do(self.view, self.words, rows)

    def _soon(self, cells: pd.DataFrame) -> Entries:
        words = self.words
        title = words.plural(
            "Falls due next: {n} report", "Falls due next: {n} reports", len(cells)
        )
        return self._owed(title, cells, words("Nothing falls due next."), FEW)

    def _owed(self, title: str, cells: pd.DataFrame, empty: str, first: int) -> Entries:
        entries = [*due.owed(self.view, self.words, cells, self.country,
                             may_report=self.may_report)]  # fmt: skip
        return Entries(title, entries, first, empty)

    def moved(self) -> Section:
        """Return what moved since the last meeting: what fell back by name, then the newest."""
        words, title = self.words, self.words("What changed since the last meeting")
        first = self.view.before
        if first is None:
            nothing = Finding((words("There was no meeting before this cut-off."),))
            return Section("cambios", title, nothing, [])
        changes = measures.change_between(self._rows_of_country(self.view.cells_before), self.cells)
        back = changes.loc[changes["gone_back"]]
        newest = measures.by_report(changes)
        lists = [
            (words.plural("Reported progress fell: {n} report",
                          "Reported progress fell: {n} reports", len(back)), back),
            (words("New and corrected reports: {n}", n=words.number(len(newest))), newest),
        ]  # fmt: skip
        finding = Finding((
            findings.moved(words, changes, first),
            findings.newly_pending(words, changes),
            *filter(None, [crossing(self.view, words, first)]),
        ))  # fmt: skip
        return Section("cambios", title, finding, [
            Entries(name, [*map(self._change, records(rows))], FEW)
            for name, rows in lists if len(rows)
        ])  # fmt: skip

    def _change(self, row: Any) -> ListEntry:
        words = self.words
        note = words("{period}: {now}; before: {before}", period=words.period(row.semester),
                     now=wording.value(words, row.state, row.percent),
                     before=self._before(row))  # fmt: skip
        return ListEntry(self._activities[row.activity], note, due.sheet(row.activity))

    def _before(self, row: Any) -> str:
        """Say what stood there before; of another period with its name, since they compare."""
        words = self.words
        if pd.isna(row.state_before):
            return NO_REPORT
        text = wording.value(words, row.state_before, row.percent_before)
        if row.semester_before == row.semester:
            return text
        period = words.period(row.semester_before)
        return words("{value} (in {semester})", value=text, semester=period)

    def cooperation(self) -> Section:
        """Return the lines of cooperation that name it, then those for the whole region."""
        words, view = self.words, self.view
        codes = list(map(str, self._activities))
        own, region = briefing.cooperation(
            view.frame("cooperation"), self.country, codes, region=view.region.code
        )
        lists = [
            (words.plural("With {country}: {n} line of cooperation",
                          "With {country}: {n} lines of cooperation", len(own),
                          country=self.name.text), own),
            (words.plural("For the whole region: {n} line of cooperation",
                          "For the whole region: {n} lines of cooperation", len(region)), region),
        ]  # fmt: skip
        reports = self._rows_of_country(view.frame("reports"))
        finding = Finding((findings.backed_in(words, codes, own, reports, self.name.text),))
        return Section("cooperacion", words("Its cooperation"), finding, [
            Entries(name, [*self._support(rows)], FEW)
            for name, rows in lists if len(rows)
        ])  # fmt: skip

    def _support(self, rows: pd.DataFrame) -> Iterator[ListEntry]:
        words = self.words
        partners = names.of_partners(self.view.frame("partners"), words)
        for row in records(rows):
            code = wording.text_of(row.partner)
            note = words(
                "{partner}, {modality}, {state}, {when}",
                partner=partners[code].short if code else words("Nobody yet"),
                modality=label(words, row.modality).lower(),
                state=label(words, row.state).lower(),
                when=wording.span(words, row.semester_from, row.semester_to),
            )
            yield ListEntry(self._activities[row.activity], note, due.sheet(row.activity))

    def numbers(self) -> Section:
        """Return its reports counted: by axis, all together, and those that count nowhere."""
        words, view = self.words, self.view
        whole = view.whole(self.cells)
        figures = [totals.numbers(words, whole)] if whole.expected else []
        notes = [
            _outside(words, len(self._rows_of_country(view.frame("outside")))),
            words(
                "Progress is the mean of what was reported; under {threshold} coverage only its "
                "interval is given: where it would lie with the missing reports at 0 or at 100%.",
                threshold=words.entered(100 * view.thresholds.coverage),
            ),
        ]
        title = words("What was reported, by axis")
        return Section("ejes", title, None, [
            totals.by_axis(view, words, self.cells, self._rows), *figures, *map(Note, notes),
        ])  # fmt: skip

    def narratives(self) -> Section:
        """Return what its newest reports tell."""
        words = self.words
        reports = self._rows_of_country(self.view.frame("reports"))
        newest = briefing.newest_narratives(reports, TOLD).to_dict("records")
        title = words("Its newest narratives")
        entries = [
            ListEntry(
                self._activities[row["activity"]],
                words("{semester}, {value}, reported on {day}: {text}",
                      semester=words.period(row["semester"]),
                      value=wording.value(words, row["state"], row["percent"]),
                      day=words.date(row["reported_on"], "medium"),
                      text=wording.described(words, row)),
                due.sheet(row["activity"]),
            )
            for row in newest
        ]  # fmt: skip
        empty = words("No report tells anything yet.")
        return Section("relatos", title, None, [Entries("", entries, 1, empty)])


def _outside(words: Words, count: int) -> str:
    if not count:
        return words("No report outside the calendar.")
    return words.plural(
        "Outside the calendar: {n} report on work that the plan does not schedule in that "
        "semester. It counts in no share.",
        "Outside the calendar: {n} reports on work that the plan does not schedule in that "
        "semester. They count in no share.",
        count,
    )
