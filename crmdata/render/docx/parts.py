"""Each kind of part as DOCX: pictures as tables of their numbers, which can be worked on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

import pandas as pd
from docx.shared import Pt, RGBColor

from crmdata.content.calendar import Extract, phrases
from crmdata.content.calendar.schedule import BAR_ORDER, NO_MARK, BoardRow, Schedule, counts
from crmdata.content.calendar.slots import expected
from crmdata.content.cell_tables import FaceCell, FaceTable, Kind, Tiles
from crmdata.content.parts import (
    BarGroup,
    Choice,
    ComparedGroup,
    Entries,
    GroupedBars,
    GroupedEntries,
    ListEntry,
    Note,
    Numbers,
    Part,
    ProgressChange,
    ProgressChanges,
    ProgressIntervals,
    Records,
    SideBySide,
    SmallTrends,
    StateBar,
    StateBars,
    Statements,
    Strips,
    Terms,
    Trend,
)
from crmdata.i18n import Words
from crmdata.labels import LEVELS, NOT_APPLICABLE, label
from crmdata.palette import PALETTES
from crmdata.render.docx import tables
from crmdata.render.docx.tables import Cell, clean

_PALETTE = PALETTES["light"]

_MOST_ABREAST = 8
"""How many periods have room for year and sign beside each other."""


@dataclass(frozen=True)
class Draft:
    """Where parts are written, in which words, and under which heading."""

    file: Any
    words: Words
    level: int
    """Of the headings of parts."""
    section: str
    """What is said over them already."""

    def head(self, title: str) -> None:
        """Write what a part is called, if the section is not called so."""
        if title and title != self.section:
            self.file.add_heading(clean(title), self.level)

    def quiet(self, text: str, *, leads: bool = False) -> None:
        """Write a note in small type; what it `leads` to stands on the same page."""
        paragraph = self.file.add_paragraph()
        paragraph.paragraph_format.keep_with_next = leads or None
        run = paragraph.add_run(clean(text))
        run.font.size = Pt(8.5)
        run.font.color.rgb = RGBColor.from_string(_PALETTE.muted.removeprefix("#"))

    def table(
        self, title: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]], texts: int = 1,
        widths: Sequence[float] = (),
    ) -> None:  # fmt: skip
        """Write a table; beyond so many columns of `texts` they are numbers, to the right."""
        right = [at >= texts for at in range(len(heads))]
        tables.write(self.file, title or self.section, heads, rows, right, widths)


def leading(file: Any, text: str, *, bold: bool = True, held: bool = True) -> None:
    """Write what leads to what follows: no page ends with it, if it is `held`."""
    paragraph = file.add_paragraph()
    paragraph.add_run(clean(text)).bold = bold
    paragraph.paragraph_format.keep_with_next = held or None


@singledispatch
def written(part: Part, draft: Draft) -> None:
    """Write a part. Raise TypeError for a kind that nobody writes."""
    raise TypeError(type(part).__name__, draft)


def _plain(*texts: str) -> list[Cell]:
    return [(text, "") for text in texts]


@written.register
def _(part: StateBars, draft: Draft) -> None:
    draft.head(part.title)
    _bars(part.title, part.bars, draft)


@written.register
def _(part: ProgressIntervals, draft: Draft) -> None:
    draft.head(part.title)
    _bars(part.title, part.bars, draft)


@written.register
def _(part: ProgressChanges, draft: Draft) -> None:
    words = draft.words
    draft.head(part.title)
    first, last = (words("Progress, {date}", date=day) for day in part.days)
    heads = ["", first, last, words("Change"), words("Reported")]
    rows = [_plain(*_change(change, words)) for change in part.changes]
    draft.table(part.title, heads, rows, widths=(5, 1.6, 1.6, 1.8, 2.8))


def _change(change: ProgressChange, words: Words) -> Iterator[str]:
    yield "\n".join(filter(None, [change.name.called, change.why]))
    for end in (change.then, change.now):
        yield NOT_APPLICABLE if end is None else words.percent(round(end))
    yield change.change
    yield change.total


@written.register
def _(part: SideBySide, draft: Draft) -> None:
    _several([_of_span(group, part.span_name, draft.words) for group in part.groups], draft)


def _of_span(group: ComparedGroup, span_name: str, words: Words) -> BarGroup:
    """Return a group with the range of all where others have their total."""
    span = words("{name}: {cells}", name=span_name, cells=group.span)
    return BarGroup(group.name, span, group.bars)


@written.register
def _(part: Trend, draft: Draft) -> None:
    draft.head(part.title)
    _bars(part.title, part.periods, draft)


@written.register
def _(part: SmallTrends, draft: Draft) -> None:
    _several(part.panels, draft)


@written.register
def _(part: GroupedBars, draft: Draft) -> None:
    _several(part.groups, draft, part.noted)


def _several(groups: Iterable[BarGroup], draft: Draft, noted: str = "") -> None:
    for group in groups:
        draft.head(group.name.called)
        draft.quiet(group.total, leads=True)
        _bars(group.name.called, group.bars, draft, noted)


def _bars(title: str, bars: Sequence[StateBar], draft: Draft, noted: str = "") -> None:
    words = draft.words
    states = [state for state in BAR_ORDER if any(bar.counts.get(state) for bar in bars)]
    reach = any(bar.reach for bar in bars)
    heads = ["", *(label(words, state) for state in states), words("Reported")]
    heads += [words("Progress"), words("Interval")] if reach else []
    heads += [noted] if noted else []
    rows = [_plain(*_bar(bar, states, draft, reach=reach, noted=bool(noted))) for bar in bars]
    widths = (4.6, *([1] * len(states)), 3, *((1.2, 1.5) if reach else ()))
    draft.table(title, heads, rows, widths=(*widths, 3) if noted else widths)


def _bar(
    bar: StateBar, states: Sequence[str], draft: Draft, *, reach: bool, noted: bool
) -> Iterator[str]:
    words = draft.words
    passages = (f"{each.place}: {each.text}" for each in bar.passages)
    yield "\n".join([bar.name.called, *filter(None, [bar.why]), *passages])
    for state in states:
        yield words.number(bar.counts.get(state, 0)) if bar.counts else ""
    yield bar.total
    if reach:
        yield bar.reach.progress_text if bar.reach else ""
        yield bar.reach.interval if bar.reach else ""
    if noted:
        yield bar.note


@written.register
def _(part: Strips, draft: Draft) -> None:
    draft.head(part.title)
    heads = ["", *_abreast([name.short for name in part.columns]), part.total]
    rows = [
        _plain(row.name.called, *(_square(each.counts) if each else "" for each in row.squares),
               row.total)
        for row in part.rows
    ]  # fmt: skip
    draft.table(part.title, heads, rows, widths=(5, *([1] * len(part.columns)), 1.6))
    draft.quiet(draft.words("n/N: activities that were reported, of those expected."))


def _abreast(labels: Sequence[str]) -> Sequence[str]:
    """Return periods as heads of columns: of many each stands in two lines."""
    many = len(labels) > _MOST_ABREAST
    return [text.replace("-", "\n") for text in labels] if many else labels


def _square(counted: Any) -> str:
    """Return n/N of a cell; nothing where nothing is expected."""
    n, among = expected(counted)
    return f"{n}/{among}" if among else ""


@written.register
def _(part: Entries, draft: Draft) -> None:
    draft.head(part.title)
    if not part.entries and part.empty:
        draft.file.add_paragraph(clean(part.empty))
    for entry in part.entries:
        _entry(entry, draft)


def _entry(entry: ListEntry, draft: Draft) -> None:
    paragraph = draft.file.add_paragraph(style="List Bullet")
    paragraph.add_run(clean(entry.name.called))
    if entry.note:
        paragraph.add_run(clean(f" — {entry.note}"))
    paragraph.paragraph_format.space_after = Pt(2)


@written.register
def _(part: GroupedEntries, draft: Draft) -> None:
    if not part.groups:
        draft.file.add_paragraph(clean(part.empty))
    for group in part.groups:
        draft.head(f"{group.name.called}: {group.total}")
        for entry in group.entries:
            _entry(entry, draft)


@written.register
def _(part: Numbers, draft: Draft) -> None:
    if part.figures:
        rows = [_plain(figure.label, figure.value, figure.note) for figure in part.figures]
        words = draft.words
        heads = [words("Measure"), words("Value"), words("Of what")]
        tables.hold_last(draft.file)
        draft.table("", heads, rows, 3, (3, 1, 4))


@written.register
def _(part: Statements, draft: Draft) -> None:
    for speaker in part.speakers:
        leading(draft.file, speaker.name.text)
        if speaker.note:
            draft.quiet(speaker.note, leads=True)
        for said in speaker.statements:
            draft.quiet(said.head, leads=True)
            if said.text:
                draft.file.add_paragraph(clean(said.text))
            for text in said.evidence:
                draft.file.add_paragraph(clean(text), style="List Bullet")


@written.register
def _(part: Terms, draft: Draft) -> None:
    for term, meaning in part.terms:
        paragraph = draft.file.add_paragraph()
        paragraph.add_run(clean(term)).bold = True
        paragraph.add_run(clean(f" — {meaning}"))
        paragraph.paragraph_format.space_after = Pt(3)


@written.register
def _(part: Records, draft: Draft) -> None:
    if part.rows.empty:
        return
    draft.head(part.title)
    rows = [_plain(*(_text(cell, draft.words) for cell in row))
            for row in part.rows.itertuples(index=False, name=None)]  # fmt: skip
    heads = [*map(str, part.rows.columns)]
    draft.table(part.title, heads, rows, len(heads))


def _text(cell: Any, words: Words) -> str:
    if isinstance(cell, str):
        return cell
    return "" if pd.isna(cell) else words.number(float(cell), 2).rstrip(".")


@written.register
def _(_part: Choice, _draft: Draft) -> None:
    # Nobody can choose on paper.
    return


@written.register
def _(part: Note, draft: Draft) -> None:
    tables.hold_last(draft.file)
    draft.quiet(part.text)


@written.register
def _(part: FaceTable, draft: Draft) -> None:
    draft.head(part.title)
    draft.quiet(part.heading, leads=True)
    heads = ["", *(name.short for name in part.columns.values())]
    rows = [
        [(name.called, ""), *(_face(part.cells[row, at]) for at in part.columns)]
        for row, name in part.rows.items()
    ]
    draft.table(part.title, heads, rows, widths=(4, *([1] * len(part.columns))))


def _face(cell: FaceCell) -> Cell:
    face = cell.face
    ground = _PALETTE.scale[face.step] if face.kind == Kind.VALUE else ""
    return "\n".join(filter(None, [face.main, face.note])), ground


@written.register
def _(part: Tiles, draft: Draft) -> None:
    draft.head(part.title)
    rows = [[(tile.cell.details[0], ""), _face(tile.cell)] for tile in part.tiles]
    draft.table(part.title, ["", part.heading], rows)


@written.register
def _(part: Extract, draft: Draft) -> None:
    draft.head(part.title)
    words, schedule, level = draft.words, part.schedule, LEVELS["activity"]
    labels = _abreast([period.label for period in schedule.periods])
    heads = [words(level.word), *labels, words("To be defined"), words("Reported")]
    rows = [_plain(*_board_row(schedule, row, words)) for row in part.rows]
    draft.table(part.title, heads, rows, 1, (8, *([1.0] * len(labels)), 2, 2))


def _board_row(schedule: Schedule, row: BoardRow, words: Words) -> Iterator[str]:
    yield f"{row.code}. {row.name.brief}"
    slots = row.slots or {}
    for period in schedule.periods:
        slot = slots.get(period.code)
        if slot is None:
            yield ""
        elif schedule.cutoff > period.ends:
            yield _square(counts(schedule, [slot])) or "—"
        else:
            yield "○"
    yield words("No mark") if row.kinds == {NO_MARK} else row.undefined
    yield phrases.total(schedule, [row], "", words)
