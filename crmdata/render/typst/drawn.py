"""Each kind of part as what the setter draws: texts, shares and the names of looks, no markup.

What is a picture comes with its alternative text; `paper.typ` has a function for each `kind`.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import singledispatch
from typing import Any

import pandas as pd

from crmdata.content.calendar import Extract, phrases
from crmdata.content.cell_tables import Face, FaceCell, FaceTable, KeyEntry, Kind, Tiles
from crmdata.content.names import Name, beyond
from crmdata.content.parts import (
    BarGroup,
    Choice,
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
    Speaker,
    Square,
    StateBar,
    StateBars,
    Statements,
    Strips,
    Terms,
    Trend,
)
from crmdata.i18n import Words
from crmdata.render.typst import board, looks
from crmdata.render.typst.bars import Drawn, bar_of, key

LONGEST_HEAD = 12
"""Letters of a name over a narrow column; where one is longer all are said by their codes."""

MANY = 8
"""Of more columns the names have no room either."""

_SHORT = 14
"""Characters of a number with its sign: a column of such stands to the right."""


@singledispatch
def drawn(part: Part, words: Words) -> Drawn | None:
    """Return a part for the setter, None for nothing. Raise TypeError for an unknown kind."""
    raise TypeError(type(part).__name__, words)


def _named(name: Name) -> Drawn:
    """Return a name as a list or a row has it: its code, if it is numbered, and the words."""
    return {"code": name.short if name.numbered else "", "text": name.brief}


@drawn.register
def _(part: StateBars, words: Words) -> Drawn:
    return _bars(part.title, part.bars, words)


@drawn.register
def _(part: ProgressIntervals, words: Words) -> Drawn:
    return _bars(part.title, part.bars, words)


@drawn.register
def _(part: ProgressChanges, words: Words) -> Drawn:
    return {
        "kind": "changes", "title": part.title, "days": [*part.days],
        "heads": [words("Progress in percent"), words("Change"), words("Reported")],
        "rows": [_change_row(change, words) for change in part.changes],
    }  # fmt: skip


def _change_row(change: ProgressChange, words: Words) -> Drawn:
    ends = None
    if change.then is not None and change.now is not None:
        alt = f"{words.percent(round(change.then))} → {words.percent(round(change.now))}"
        ends = {"then": change.then, "now": change.now, "alt": alt}
    return {"name": _named(change.name), "ends": ends, "why": change.why,
            "change": change.change, "total": change.total}  # fmt: skip


@drawn.register
def _(part: SideBySide, words: Words) -> Drawn:
    return {"kind": "several", "parts": [
        {**_bars(group.name.called, group.bars, words),
         "said": words("{name}: {cells}", name=part.span_name, cells=group.span)}
        for group in part.groups
    ]}  # fmt: skip


@drawn.register
def _(part: Trend, words: Words) -> Drawn:
    # A period a row: its states say more on paper than a line between a few dots.
    return _bars(part.title, part.periods, words)


@drawn.register
def _(part: SmallTrends, words: Words) -> Drawn:
    return _several(part.panels, words)


@drawn.register
def _(part: GroupedBars, words: Words) -> Drawn:
    return _several(part.groups, words, part.noted)


def _several(groups: Iterable[BarGroup], words: Words, noted: str = "") -> Drawn:
    return {"kind": "several", "parts": [
        {**_bars(group.name.called, group.bars, words, noted), "said": group.total}
        for group in groups
    ]}  # fmt: skip


def _bars(title: str, rows: Sequence[StateBar], words: Words, noted: str = "") -> Drawn:
    states = {state for bar in rows for state in bar.counts}
    return {
        "kind": "bars", "title": title,
        "heads": [words("Share of the expected reports"), words("Reported")],
        "reach": words("Progress") if any(bar.reach for bar in rows) else "",
        "noted": noted, "rows": [_bar_row(bar, words) for bar in rows],
        "key": key(words, states),
    }  # fmt: skip


def _bar_row(bar: StateBar, words: Words) -> Drawn:
    reach = bar.reach
    return {
        "name": _named(bar.name), "said": bar.total, "why": bar.why, "note": bar.note,
        "together": bar.together, "bar": bar_of(bar.counts, words),
        "alt": phrases.state_counts(bar.counts, words),
        "reach": None if reach is None else {
            "low": reach.low, "high": reach.high, "at": reach.progress, "said": reach.progress_text,
            "interval": reach.interval if reach.interval != reach.progress_text else "",
            "alt": words("Interval: {interval}", interval=reach.interval),
        },
        "passages": [{"place": each.place, "text": each.text} for each in bar.passages],
    }  # fmt: skip


@drawn.register
def _(part: Strips, words: Words) -> Drawn:
    squares = [square for row in part.rows for square in row.squares if square]
    late = any(square.late for square in squares)
    return {
        "kind": "strips", "title": part.title, "columns": [name.short for name in part.columns],
        "total": part.total,
        "rows": [
            {"name": _named(row.name), "total": row.total,
             "squares": [_square(each) for each in row.squares]}
            for row in part.rows
        ],
        "key": key(words, {state for each in squares for state in each.counts}, late=late),
    }  # fmt: skip


def _square(square: Square | None) -> Drawn | None:
    if square is None:
        return None
    return {"bar": bar_of(square.counts, late=square.late), "alt": square.text}


@drawn.register
def _(part: Entries, words: Words) -> Drawn:
    more = beyond(words, (entry.name for entry in part.entries[part.first :]))
    return {"kind": "entries", "title": part.title, "empty": part.empty, "more": more,
            "entries": [*map(_entry, part.entries[: part.first])]}  # fmt: skip


def _entry(entry: ListEntry) -> Drawn:
    return {"name": _named(entry.name), "note": entry.note}


@drawn.register
def _(part: GroupedEntries, _words: Words) -> Drawn:
    if not part.groups:
        return {"kind": "entries", "title": part.title, "empty": part.empty, "more": "",
                "entries": []}  # fmt: skip
    return {"kind": "several", "parts": [
        {"kind": "entries", "title": f"{group.name.called}: {group.total}", "empty": "", "more": "",
         "entries": [*map(_entry, group.entries)]}
        for group in part.groups
    ]}  # fmt: skip


@drawn.register
def _(part: Numbers, _words: Words) -> Drawn | None:
    if not part.figures:
        return None
    return {"kind": "numbers", "figures": [figure._asdict() for figure in part.figures]}


@drawn.register
def _(part: Statements, _words: Words) -> Drawn:
    return {"kind": "statements", "speakers": [*map(_speaker, part.speakers)]}


def _speaker(speaker: Speaker) -> Drawn:
    return {"name": speaker.name.text, "note": speaker.note,
            "statements": [each._asdict() for each in speaker.statements]}  # fmt: skip


@drawn.register
def _(part: Terms, _words: Words) -> Drawn:
    return {"kind": "terms", "terms": [*part.terms]}


@drawn.register
def _(part: Records, words: Words) -> Drawn | None:
    rows = part.rows
    if rows.empty:
        return None
    return {
        "kind": "records", "title": part.title, "heads": [*map(str, rows.columns)],
        "right": [_is_short(rows[name]) for name in rows.columns],
        "rows": [[cell_text(cell, words) for cell in row]
                 for row in rows.itertuples(index=False, name=None)],
    }  # fmt: skip


def cell_text(cell: Any, words: Words) -> str:
    """Write what stands in a cell of a table; a number as the language does."""
    if isinstance(cell, str):
        return cell
    return "" if pd.isna(cell) else words.number(float(cell), 2).rstrip(".")


def _is_short(column: pd.Series) -> bool:
    """Tell whether a column holds numbers, or texts as short as one."""
    if pd.api.types.is_numeric_dtype(column):
        return True
    texts = column.astype(str)
    short = bool(texts.str.len().le(_SHORT).all())
    return short and bool(texts.str.contains(r"\d").any())


@drawn.register
def _(_part: Choice, _words: Words) -> None:
    # Nobody can choose on paper.
    return None


@drawn.register
def _(part: Note, _words: Words) -> Drawn:
    return {"kind": "note", "text": part.text}


@drawn.register
def _(part: FaceTable, _words: Words) -> Drawn:
    columns = part.columns.values()
    in_short = len(columns) > MANY or any(len(name.text) > LONGEST_HEAD for name in columns)
    return {
        "kind": "faces", "title": part.title, "heading": part.heading,
        "columns": [name.short if in_short else name.text for name in columns],
        "rows": [
            {"name": _named(name), "cells": [_face(part.cells[row, at]) for at in part.columns]}
            for row, name in part.rows.items()
        ],
        "key": [*map(_meaning, part.key)],
    }  # fmt: skip


def _face(cell: FaceCell) -> Drawn:
    return {"look": _look(cell.face), "main": cell.face.main, "note": cell.face.note}


def _look(face: Face | KeyEntry) -> str:
    return looks.step(face.step) if face.kind == Kind.VALUE else str(face.kind)


def _meaning(entry: KeyEntry) -> Drawn:
    return {"look": _look(entry), "text": entry.text}


@drawn.register
def _(part: Tiles, _words: Words) -> Drawn:
    return {
        "kind": "tiles", "title": part.title, "heading": part.heading,
        "tiles": [
            {**_face(tile.cell), "row": tile.row, "column": tile.column, "code": tile.code}
            for tile in part.tiles
        ],
        "key": [*map(_meaning, part.key)],
    }  # fmt: skip


@drawn.register
def _(part: Extract, words: Words) -> Drawn | None:
    return board.extract(part, words) if part.rows else None


def all_of(parts: Iterable[Part], words: Words) -> Iterator[Drawn]:
    """Yield the parts that show anything."""
    for part in parts:
        if (shown := drawn(part, words)) is not None:
            yield shown
