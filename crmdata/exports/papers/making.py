"""What all documents are made of: names, numbers, charts and lists of a view."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from textwrap import shorten
from typing import Any

import pandas as pd

from crmdata import measures
from crmdata.content import composition, findings, frames, names, progress, wording
from crmdata.content.names import Names
from crmdata.content.wording import described, given, listed
from crmdata.exports.papers.blocks import (
    Block,
    Composition,
    Heading,
    Intervals,
    Items,
    Paper,
    TableBlock,
    TextBlock,
)
from crmdata.files import SEPARATOR
from crmdata.i18n import Words
from crmdata.labels import DEMONSTRATION, LEVELS, SYMBOLS, label
from crmdata.measures import Measured
from crmdata.terms import Reporting, State
from crmdata.view import View


@dataclass(frozen=True)
class PaperMaking:
    """A view, and the language in which a document speaks of it."""

    view: View
    words: Words

    @cached_property
    def axes(self) -> Names:
        """The axes by number."""
        return names.of_axes(self.view.frame("axes"), self.words)

    @cached_property
    def lines(self) -> Names:
        """The lines by code."""
        return names.of_lines(self.view.frame("lines"), self.words)

    @cached_property
    def activities(self) -> Names:
        """The activities by code."""
        return names.of_activities(self.view.frame("activities"), self.words)

    @cached_property
    def countries(self) -> Names:
        """The members, alphabetically."""
        return names.of_countries(self.view.frame("countries"), self.words)

    @cached_property
    def reporters(self) -> Names:
        """The members and, last, the region, which may report too."""
        return {**self.countries, **names.of_party(self.view.region, self.words)}

    @cached_property
    def partners(self) -> Names:
        """The partners by acronym."""
        return names.of_partners(self.view.frame("partners"), self.words)

    def named(self, level: str, line: str) -> Names:
        """Name the items of a level, `result` or `activity`, that are of a line."""
        rows = self.view.frame(LEVELS[level].frame)
        return names.of_level(LEVELS[level], rows.loc[rows["line"] == line], self.words)

    @property
    def cutoff(self) -> str:
        """The cut-off in words."""
        return self.words.date(self.view.cutoff)

    def paper(self, title: str, filters: str, blocks: Iterator[Block]) -> Paper:
        """Return a document of these parts."""
        words = self.words
        plan = words.pick(*self.view.plan.short_title)
        of = words("Cut-off {day}.", day=self.cutoff)
        foot = [plan, of.rstrip("."), filters]
        if self.view.snapshot:
            foot.append(words("Snapshot {id}", id=self.view.snapshot))
        foot.append(words("Record {head}", head=self.view.chain_head))
        return Paper(
            title=title,
            subtitle=f"{plan}. {of}",
            foot=" · ".join(filter(None, foot)),
            mark=words(DEMONSTRATION) if self.view.demo else "",
            language=words.language,
            cutoff=self.view.cutoff,
            blocks=list(blocks),
        )

    def numbers(self, cells: pd.DataFrame) -> Iterator[Block]:
        """Yield coverage, progress and what is fulfilled, or why there are none."""
        words = self.words
        heads = [words("Measure"), words("Value"), words("Of what"), words("Note")]
        rows = _numbers(words, self.view.whole(cells)) if cells["due"].any() else []
        if not rows:
            yield TextBlock(words("No report was expected yet."))
            return
        table = pd.DataFrame(rows, columns=heads)
        yield TableBlock(words("Numbers"), table, (2, 1.2, 3, 3))

    def bars(
        self, kind: type[Composition] | type[Intervals], cells: pd.DataFrame, by: str,
        named: Names, header: str, title: str,
    ) -> Block:  # fmt: skip
        """Return a chart of groups of cells."""
        groups = self.view.measured(cells, by)
        said = composition if kind is Composition else progress
        summary = said.summary(groups, named, by=by, words=self.words, cutoff=self.view.cutoff)
        return kind(title, header, named, frames.aligned(groups, by, named), summary)

    def silent(self, cells: pd.DataFrame) -> Iterator[Block]:
        """Name the countries of which a report is pending, alphabetically, and since when."""
        words, oldest = self.words, measures.silent(cells).groupby("country")["semester"].min()
        found = [
            words("{country} ({since})", country=name.full,
                  since=findings.since(words, oldest[code], self.view.cutoff))
            for code, name in self.countries.items() if code in oldest
        ]  # fmt: skip
        if found:
            yield TextBlock(words("Reports pending from {names}.", names=listed(words, found)))

    def ahead(self, cells: pd.DataFrame, *, full: bool = True) -> Iterator[Block]:
        """Yield what falls due next, and which of it has not come: with its text, or as codes."""
        words = self.words
        yield Heading(words("What falls due next"), 3)
        ahead = measures.next_due(cells, self.view.cutoff)
        if ahead.empty:
            yield TextBlock(words("Nothing falls due any more: the plan has ended."))
            return
        missing = ahead.loc[ahead["reporting"] != Reporting.REPORTADO]
        yield TextBlock(
            words(
                "Semester {semester} ends on {day}: {expected} reports fall due, {arrived} of them "
                "have arrived already.",
                semester=words.period(ahead["semester"].iloc[0]),
                day=words.date(ahead["ends"].iloc[0]),
                expected=words.number(len(ahead)),
                arrived=words.number(len(ahead) - len(missing)),
            )
        )
        codes = dict.fromkeys(missing["activity"])
        if codes and not full:
            yield TextBlock(words("Activities: {codes}.", codes=", ".join(codes)), quiet=True)
        elif codes:
            yield Items([self.activities[code].full for code in codes], quiet=True)

    def narratives(
        self, reports: pd.DataFrame, most: int, *, who: bool, longest: int = 0
    ) -> Iterator[Block]:
        """Yield what the newest reports tell, one of each activity.

        What is longer than `longest` characters ends in an ellipsis; without it none does.
        """
        words = self.words
        told = reports.loc[reports["narrative"].fillna("").ne("")]
        told = told.sort_values(["reported_on", "report_id"], ascending=False)
        newest = told.drop_duplicates("activity").head(most)
        yield Heading(words("The newest narratives"), 3)
        if newest.empty:
            yield TextBlock(words("No report tells anything yet."))
        for report in newest.to_dict("records"):
            head = words(
                "{activity} · {semester} · {state}, reported on {day}",
                activity=report["activity"],
                semester=words.period(report["semester"]),
                state=self.state(report),
                day=words.date(report["reported_on"], "medium"),
            )
            name = self.reporters[report["country"]].full
            yield TextBlock(f"{name} · {head}" if who else head, strong=True)
            said = described(words, report).replace("\n", " ")
            yield TextBlock(shorten(said, longest, placeholder=" …") if longest else said)

    def cooperation(self, rows: pd.DataFrame) -> Iterator[Block]:
        """Yield lines of cooperation as a table."""
        words = self.words
        yield Heading(words("Cooperation"), 3)
        if rows.empty:
            yield TextBlock(words("No cooperation was reported up to this cut-off."))
            return
        order = {code: place for place, code in enumerate(self.activities)}
        rows = rows.loc[rows["activity"].isin(order)]
        rows = rows.sort_values("activity", key=lambda codes: codes.map(order), kind="stable")
        table = pd.DataFrame([
            {
                words("Activity"): row["activity"],
                words("Partner"): self.partner(row["partner"]),
                words("For"): self._who(row["countries"]),
                words("Modality"): label(words, row["modality"]),
                words("State"): label(words, row["state"]),
                words("From"): words.period(row["semester_from"]),
                words("To"): words.period(row["semester_to"]),
            }
            for row in rows.to_dict("records")
        ])  # fmt: skip
        yield TableBlock(words("Cooperation"), table, (1.1, 1.3, 4, 1.7, 1.5, 1.1, 1.1))

    def partner(self, code: object) -> str:
        """Return a partner's acronym, or that there is none yet."""
        return self.partners[given(code)].short if given(code) else self.words("Nobody yet")

    def _who(self, codes: str) -> str:
        found = set(codes.split(SEPARATOR))
        return ", ".join(name.full for code, name in self.reporters.items() if code in found)

    def state(self, report: dict[Any, Any], suffix: str = "") -> str:
        """Return symbol, name and percent of what a report says."""
        state = report[f"state{suffix}"]
        text = f"{SYMBOLS[state]} {label(self.words, state)}"
        if state == State.NO_APLICA:
            return text
        return f"{text} {self.words.entered(report[f'percent{suffix}'])}"

    def how_to_read(self) -> Iterator[Block]:
        """Yield the symbols, and when a figure of progress is withheld."""
        words = self.words
        meanings = "; ".join(f"{symbol} {label(words, state)}" for state, symbol in SYMBOLS.items())
        symbols = words("Symbols: {meanings}.", meanings=meanings)
        rule = words(
            "Progress is the mean of what was reported; under {threshold} coverage only its "
            "interval is given: where it would lie with the missing reports at 0 or at 100%.",
            threshold=words.entered(100 * self.view.threshold),
        )
        yield TextBlock(f"{symbols} {rule}", quiet=True)

    def measures_table(self, by: str, named: Names, cells: pd.DataFrame, header: str) -> TableBlock:
        """Return a group a row: N, n, coverage, the counts of states, progress and interval."""
        words = self.words
        rows = frames.aligned(self.view.measured(cells, by), by, named)
        table = pd.DataFrame([
            {
                header: named[key].full,
                **{self._short(title): count
                   for title, count in frames.count_columns(one, words).items()},
                words("Coverage"): wording.share(words, one),
                words("Progress"): wording.single(words, one),
                words("Interval"): wording.interval(words, one),
            }
            for key, one in frames.each(rows)
        ])  # fmt: skip
        return TableBlock(header, table, (7, *([0.62] * 8), 1.4, 1.5, 1.8))

    def _short(self, title: str) -> str:
        """Return the symbol for a state's count: columns are narrow, a note says the symbols."""
        words = self.words
        shorts = {label(words, state): symbol for state, symbol in SYMBOLS.items()}
        shorts |= {words("Expected (N)"): "N", words("Reported (n)"): "n"}
        return shorts.get(title, title)


def _numbers(words: Words, whole: Measured) -> list[tuple[str, str, str, str]]:
    """Return coverage, progress and what is fulfilled; nothing where no report was expected."""
    if not whole.expected:
        return []
    ratio = wording.ratio(words, whole)
    if not whole.reported:
        note = words("Nothing was reported: it could be anything.")
    elif whole.sin_reporte:
        interval = wording.interval(words, whole)
        note = words("With what is missing: {interval}", interval=interval)
    else:
        note = words("Nothing is missing.")
    return [
        (
            words("Coverage"),
            wording.share(words, whole),
            words("{ratio} expected reports", ratio=ratio),
            words.plural("{n} report is missing", "{n} reports are missing", whole.sin_reporte),
        ),
        (
            words("Reported progress"),
            wording.progress(words, whole),
            words("mean of {ratio} reports", ratio=ratio),
            note,
        ),
        (
            words("Reports that say “fulfilled”"),
            wording.percent(words, 100 * whole.cumplida / whole.expected),
            words(
                "{count}/{expected} expected reports",
                count=words.number(whole.cumplida),
                expected=words.number(whole.expected),
            ),
            words.plural("{n} in progress", "{n} in progress", whole.en_curso),
        ),
    ]
