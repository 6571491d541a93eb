"""What fits a wall: a hall reads seven rows, so what has more is shown in turn.

A part with nothing in it is shown in no turn at all.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import singledispatch
from typing import TypeVar

from crmdata.content.calendar import Extract, extract, phrases
from crmdata.content.cell_tables import FaceCell, FaceTable, Kind, Tiles
from crmdata.content.names import Name
from crmdata.content.parts import (
    Choice,
    Entries,
    GroupedBars,
    GroupedEntries,
    ListEntry,
    Note,
    Numbers,
    Part,
    ProgressChanges,
    ProgressIntervals,
    Records,
    SideBySide,
    SmallTrends,
    StateBars,
    Statements,
    Strips,
    Terms,
    Trend,
)
from crmdata.i18n import Words

ROWS = 7
"""As many rows a hall reads at once."""

BESIDE = 2
"""As many columns of bars stand side by side."""

BENEATH = (Numbers, Note)
"""What stands under a picture rather than in its place."""

Row = TypeVar("Row")

Compound = GroupedBars | GroupedEntries | SideBySide | SmallTrends | Statements | Terms | Records
"""The parts that are made of others."""


def evenly(rows: Sequence[Row], most: int = ROWS) -> Iterator[Sequence[Row]]:
    """Yield the rows in turn, as few times as needed and about as many each time."""
    times = -(-len(rows) // most)
    for turn in range(times):
        yield rows[turn * len(rows) // times : (turn + 1) * len(rows) // times]


@singledispatch
def turns(part: Part) -> Iterator[Part]:
    """Yield the part as it is shown in turn. Raise TypeError for a kind that nobody shows."""
    raise TypeError(type(part).__name__)


@turns.register
def _(part: StateBars) -> Iterator[Part]:
    if any(bar.counts for bar in part.bars):
        yield from (replace(part, bars=bars) for bars in evenly(part.bars, BESIDE * ROWS))


@turns.register
def _(part: ProgressIntervals) -> Iterator[Part]:
    if any(bar.reach for bar in part.bars):
        yield from (replace(part, bars=bars) for bars in evenly(part.bars))


@turns.register
def _(part: ProgressChanges) -> Iterator[Part]:
    if any(change.now is not None for change in part.changes):
        yield from (replace(part, changes=changes) for changes in evenly(part.changes))


@turns.register
def _(part: Trend) -> Iterator[Part]:
    if any(bar.counts for bar in part.periods):
        yield part


@turns.register
def _(part: FaceTable) -> Iterator[Part]:
    if _any_face(part.cells.values()):
        for keys in evenly(list(part.rows)):
            yield replace(part, rows={key: part.rows[key] for key in keys})


@turns.register
def _(part: Tiles) -> Iterator[Part]:
    if _any_face(tile.cell for tile in part.tiles):
        yield part


def _any_face(cells: Iterable[FaceCell]) -> bool:
    return any(cell.face.kind != Kind.NOTHING for cell in cells)


@turns.register
def _(part: Strips) -> Iterator[Part]:
    if any(square for row in part.rows for square in row.squares):
        yield from (replace(part, rows=rows) for rows in evenly(part.rows))


@turns.register
def _(part: Entries) -> Iterator[Part]:
    for entries in evenly(part.entries):
        yield replace(part, entries=entries, first=len(entries))


@turns.register
def _(part: Extract) -> Iterator[Part]:
    yield from (replace(part, rows=rows) for rows in evenly(part.rows))


@turns.register
def _(part: Numbers) -> Iterator[Part]:
    if part.figures:
        yield part


@turns.register
def _(part: Note) -> Iterator[Part]:
    yield part


@turns.register(Compound)
def _(part: Compound) -> Iterator[Part]:
    for each in simple(part):
        yield from turns(each)


@singledispatch
def simple(part: Compound) -> Iterator[Part]:
    """Yield what a part of parts is made of: of bars and lists, which a wall has room for."""
    raise TypeError(type(part).__name__)


@simple.register
def _(part: GroupedBars) -> Iterator[Part]:
    for group in part.groups:
        yield StateBars(f"{part.title}: {group.name.called}", group.bars)


@simple.register
def _(part: SmallTrends) -> Iterator[Part]:
    for panel in part.panels:
        yield Trend(f"{part.title}: {panel.name.called}", panel.bars)


@simple.register
def _(part: SideBySide) -> Iterator[Part]:
    for group in part.groups:
        yield ProgressIntervals(f"{part.title}: {group.name.called}", group.bars)


@simple.register
def _(part: GroupedEntries) -> Iterator[Part]:
    for group in part.groups:
        if group.entries:
            yield Entries(f"{group.name.called}: {group.total}", group.entries)
    others = [ListEntry(group.name, group.total) for group in part.groups if not group.entries]
    yield Entries(part.title, others)


@simple.register
def _(part: Statements) -> Iterator[Part]:
    yield Entries("", [
        ListEntry(speaker.name, ". ".join(filter(None, [statement.head, statement.text])))
        for speaker in part.speakers
        for statement in speaker.statements[:1]
    ])  # fmt: skip


@simple.register
def _(part: Terms) -> Iterator[Part]:
    yield Entries("", [ListEntry(Name("", term), meaning) for term, meaning in part.terms])


@simple.register
def _(part: Records) -> Iterator[Part]:
    rows = part.rows.astype(str).to_dict("records")
    yield Entries(part.title, [
        ListEntry(Name("", first), "; ".join(f"{head}: {cell}" for head, cell in rest if cell))
        for (_, first), *rest in (row.items() for row in rows)
    ])  # fmt: skip


@turns.register
def _(_part: Choice) -> Iterator[Part]:
    # Nobody in a hall has anything to choose with.
    yield from ()


@singledispatch
def lines(part: Part, words: Words) -> Iterator[str]:
    """Yield what a part says, row by row, for who speaks or cannot see it."""
    raise TypeError(type(part).__name__, words)


@lines.register(StateBars | ProgressIntervals | Trend)
def _(part: StateBars | ProgressIntervals | Trend, words: Words) -> Iterator[str]:
    for bar in part.periods if isinstance(part, Trend) else part.bars:
        states = phrases.state_counts(bar.counts, words) or bar.why
        if bar.reach is None or not bar.counts:
            yield words("{name}: reported {said}; {states}.",
                        name=bar.name.full, said=bar.total, states=states)  # fmt: skip
        else:
            yield words(
                "{name}: reported {said}; progress {progress}; interval {interval}; {states}.",
                name=bar.name.full, said=bar.total, progress=bar.reach.progress_text,
                interval=bar.reach.interval, states=states,
            )  # fmt: skip


@lines.register
def _(part: ProgressChanges, words: Words) -> Iterator[str]:
    for each in part.changes:
        if each.then is None or each.now is None:
            yield words("{name}: {cells}", name=each.name.full, cells=each.why)
        else:
            yield words(
                "{name}: progress {then}, then {now} ({change}); reported {said}.",
                name=each.name.full, then=words.percent(round(each.then)),
                now=words.percent(round(each.now)), change=each.change, said=each.total,
            )  # fmt: skip


@lines.register
def _(part: FaceTable, words: Words) -> Iterator[str]:
    for key, row in part.rows.items():
        cells = ((name.short, part.cells[key, at]) for at, name in part.columns.items())
        text = "; ".join(f"{short} {_face(cell)}" for short, cell in cells)
        yield words("{name}: {cells}", name=row.full, cells=text)


@lines.register
def _(part: Tiles, words: Words) -> Iterator[str]:
    for tile in part.tiles:
        yield words("{name}: {cells}", name=tile.cell.details[0], cells=_face(tile.cell))


def _face(cell: FaceCell) -> str:
    note = cell.face.note.replace("\n", ", ")
    return f"{cell.face.main} ({note})" if note else cell.face.main


@lines.register
def _(part: Strips, words: Words) -> Iterator[str]:
    for row in part.rows:
        yield words("{name}: {cells}", name=row.name.full, cells=row.total)


@lines.register
def _(part: Entries, words: Words) -> Iterator[str]:
    for entry in part.entries:
        if entry.note:
            yield words("{name}: {cells}", name=entry.name.full, cells=entry.note)
        else:
            yield entry.name.full


@lines.register
def _(part: Extract, words: Words) -> Iterator[str]:
    yield from extract.notes(part, words)


@lines.register
def _(part: Numbers, words: Words) -> Iterator[str]:
    for figure in part.figures:
        text = f"{figure.value} {figure.label}"
        yield words("{name}: {cells}", name=text, cells=figure.note) if figure.note else text


@lines.register
def _(part: Note, _words: Words) -> Iterator[str]:
    yield part.text


@lines.register(Compound)
def _(part: Compound, words: Words) -> Iterator[str]:
    for each in simple(part):
        yield from lines(each, words)


@lines.register
def _(_part: Choice, _words: Words) -> Iterator[str]:
    yield from ()
