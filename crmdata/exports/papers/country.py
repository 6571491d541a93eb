"""The sheet of one country: a delegate's briefing, one or two pages where it can be."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd

from crmdata import measures
from crmdata.content import observations
from crmdata.content.wording import sentences
from crmdata.exports.papers.blocks import (
    Block,
    Composition,
    Heading,
    Items,
    Paper,
    TableBlock,
    TextBlock,
)
from crmdata.exports.papers.making import PaperMaking
from crmdata.exports.papers.pdf import pdf_within
from crmdata.exports.steps import Step, no_step
from crmdata.i18n import Words
from crmdata.labels import NO_REPORT
from crmdata.measures import briefing
from crmdata.terms import Period
from crmdata.view import View

PAGES = 2
"""A delegate's briefing is a sheet of paper."""

LONGEST = 400
"""Characters of a narrative on it; the screen has all."""


class Amount(NamedTuple):
    """How many of the newest changes and narratives stand on a sheet."""

    changes: int
    narratives: int


AMOUNTS = (Amount(6, 4), Amount(5, 3), Amount(4, 2), Amount(3, 1), Amount(2, 0))
"""The least has no narrative; what was owed and what falls due is never cut."""


def country_sheet(view: View, words: Words, country: str, amount: Amount = AMOUNTS[0]) -> Paper:
    """Return the document of a country. Raise KeyError for an unknown one."""
    sheet = _Sheet(PaperMaking(view, words), country, amount)
    name = sheet.making.countries[country].full
    return sheet.making.paper(name, name, sheet.blocks())


def country_pdf(view: View, words: Words, country: str, step: Step = no_step) -> bytes:
    """Return the sheet as PDF, with as many changes and narratives as `PAGES` have room for."""
    sheets = (country_sheet(view, words, country, amount) for amount in AMOUNTS)
    return pdf_within(sheets, PAGES, step)


class _Sheet:
    """A country's rows, section by section."""

    def __init__(self, making: PaperMaking, country: str, amount: Amount) -> None:
        self.making = making
        self.amount = amount
        self.words = making.words
        self.country = country
        self.cells = self.of(making.view.frame("cells"))
        self.before = self.of(making.view.cells_before)

    def of(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of the country."""
        return rows.loc[rows["country"] == self.country]

    def blocks(self) -> Iterator[Block]:
        """Yield the sections."""
        yield from self._numbers()
        yield from self._owed()
        yield from self.making.ahead(self.cells, full=False)
        yield from self._changes()
        own, region = briefing.cooperation(
            self.making.view.frame("cooperation"),
            self.country,
            list(map(str, self.making.activities)),
            region=self.making.view.region.code,
        )
        yield from self.making.cooperation(own)
        if len(region):
            codes = ", ".join(dict.fromkeys(region["activity"]))
            said = self.words("For the whole region, activities: {codes}.", codes=codes)
            yield TextBlock(said, quiet=True)
        reports = self.of(self.making.view.frame("reports"))
        if self.amount.narratives:
            most = self.amount.narratives
            yield from self.making.narratives(reports, most, who=False, longest=LONGEST)
        yield from self.making.how_to_read()

    def _numbers(self) -> Iterator[Block]:
        words, making = self.words, self.making
        yield Heading(words("What it was to do and what it reported"))
        if not self.cells["due"].any():
            yield TextBlock(words("No report was expected yet."))
            return
        yield from making.numbers(self.cells)
        if said := observations.sentence(making.view, words, self.country):
            yield TextBlock(said)
        yield making.bars(Composition, self.cells, "axis", making.axes, words("Axis"),
                          words("What was reported, by axis"))  # fmt: skip
        yield making.measures_table("axis", making.axes, self.cells, words("Axis"))
        outside = len(self.of(making.view.frame("outside")))
        said = words.plural(
            "Outside the calendar: {n} report on work that the plan does not schedule in that "
            "semester. It counts in no share.",
            "Outside the calendar: {n} reports on work that the plan does not schedule in that "
            "semester. They count in no share.",
            outside,
        )
        yield TextBlock(said if outside else words("No report outside the calendar."))

    def _owed(self) -> Iterator[Block]:
        words = self.words
        yield Heading(words("What it has not reported"))
        owed = briefing.owed(self.cells)
        if owed.empty:
            yield TextBlock(words("Nothing is missing: every report that was due has arrived."))
            return
        items = []
        for line, own in owed.groupby("line", sort=False):
            codes = (f"{row['activity']} ({self._periods(row['semesters'])})"
                     for row in own.to_dict("records"))  # fmt: skip
            items.append(f"{self.making.lines[str(line)].full.rstrip('.')}: {'; '.join(codes)}")
        yield Items(items, quiet=True)

    def _periods(self, runs: list[tuple[Period, Period]]) -> str:
        words = self.words
        return ", ".join(
            words.period(first) if first == last else f"{words.period(first)}–{words.period(last)}"
            for first, last in runs
        )

    def _changes(self) -> Iterator[Block]:
        words, view = self.words, self.making.view
        yield Heading(words("What changed since the last meeting"))
        meeting = measures.meeting_before(view.frame("meetings"), view.cutoff)
        if meeting is None:
            yield TextBlock(words("There was no meeting before this cut-off."))
            return
        found = measures.change_between(self.before, self.cells)
        counts = briefing.change_counts(found).items()
        yield TextBlock(sentences(words(
            "Since {meeting} (cut-off {day}), reports added: {newly_reported}; corrected: "
            "{corrected}; progress advanced: {advanced}; gone back: {gone_back}; newly due: "
            "{newly_due}; of these without a report: {newly_silent}.",
            meeting=words.pick(str(meeting["name_es"]), str(meeting["name_en"])),
            day=words.date(meeting["corte"]),
            **{name: words.number(count) for name, count in counts},
        )))  # fmt: skip
        newest = briefing.newest_changes(found, self.cells, self.amount.changes)
        if len(newest):
            yield TableBlock(
                words("The most recent changes"), self._table(newest), (8, 1.5, 1.7, 3.2, 2.2)
            )

    def _table(self, changes: pd.DataFrame) -> pd.DataFrame:
        words = self.words
        return pd.DataFrame([
            {
                words("Activity"): self.making.activities[row["activity"]].full,
                words("Semester"): words.period(row["semester"]),
                words("Reported on"): words.date(row["reported_on"], "medium"),
                words("Before"): self._value(row, "_before"),
                words("Now"): self._value(row, ""),
            }
            for row in changes.to_dict("records")
        ])  # fmt: skip

    def _value(self, row: dict[Any, Any], when: str) -> str:
        """Return state and percent; of another period with its name, since they compare."""
        if pd.isna(row[f"state{when}"]):
            return NO_REPORT
        text = self.making.state(row, when)
        period = str(row["semester_before"])
        if when and period != row["semester"]:
            period = self.words.period(period)
            return self.words("{value} (in {semester})", value=text, semester=period)
        return text
