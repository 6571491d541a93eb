"""The bars: what is planned, and on the second track what was reported or is supported."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from crmdata.figures import names, style, wording
from crmdata.figures.calendar import spans
from crmdata.figures.calendar.layout import Board, RowPlace
from crmdata.figures.calendar.slots import STATES, SlotReports, said, slot_hover
from crmdata.figures.names import activity_text, shown
from crmdata.figures.records import points, records
from crmdata.labels import SYMBOLS, label
from crmdata.terms import Reading

INSET = 0.05
"""Space before and after a bar, in periods."""

PLANNED = 8
REPORTED = 14
_ALONE = 16
"""Heights of the tracks in px: above, below, and a planned track with none below."""

_ABOVE = 9
_BELOW = 5
_BELOW_SPOTS = 10


READING_SIGNS = {Reading.INFERRED.value: "†", Reading.SHARED.value: "‡"}
"""The small mark of a row that was read rather than printed; an exact one has none."""

_HOVER = "%{hovertext}<extra></extra>"


class Piece(NamedTuple):
    """A rectangle: from, to, at which height."""

    start: float
    end: float
    y: float


def bars(pieces: Iterable[Piece], **own: Any) -> go.Bar:
    """Return rectangles as one trace of horizontal bars."""
    found = list(pieces)
    return go.Bar(
        orientation="h",
        base=points([round(piece.start, 4) for piece in found]),
        x=points([round(piece.end - piece.start, 4) for piece in found]),
        y=points([piece.y for piece in found]),
        **own,
    )


def planned_at(board: Board, middle: float) -> float:
    """Return where the planned track of a row lies."""
    return middle - _ABOVE if board.layers.two_tracks else middle


def reported_at(middle: float) -> float:
    """Return where the second track of a row lies."""
    return middle + _BELOW


def planned(board: Board) -> list[go.Bar | go.Scatter]:
    """Return the planned bars, and an arrow at each end that the source leaves open."""
    palette, words = board.canvas.palette, board.canvas.words
    rows = board.activities
    found = [
        (planned_at(board, rows[span.activity].middle), span)
        for span in spans.spans(board.plan.marks, board.plan)
        if span.activity in rows
    ]
    opened = [(y, span) for y, span in found if span.open_end]
    return [
        bars(
            (Piece(span.start + INSET, span.end - INSET, y) for y, span in found),
            name=words("Planned"),
            showlegend=True,
            width=PLANNED if board.layers.two_tracks else _ALONE,
            marker={"color": palette.planned, "line": {"color": palette.rule, "width": 1}},
            hoverinfo="skip",
        ),
        go.Scatter(
            mode="markers",
            name=words("No end given"),
            showlegend=bool(opened),
            x=points([span.end + 0.14 for _, span in opened]),
            y=points([y for y, _ in opened]),
            marker={"symbol": "triangle-right", "size": 10, "color": palette.rule},
            hoverinfo="skip",
        ),
    ]


def reported(board: Board) -> list[go.Bar | go.Scatter]:
    """Return what was reported of each slot, stacked by state; of one country its symbol too."""
    cells = board.cells
    if cells is None:
        return []
    pieces: dict[str, list[Piece]] = {state: [] for state in STATES}
    symbols: list[tuple[float, float, str]] = []
    for start, end, y, one in _spoken(board, cells):
        for state, piece in _stacked(start, end, y, one):
            pieces[state].append(piece)
            if one.cells == 1 and end - start == 1:
                symbols.append(((start + end) / 2, y, state))
    found: list[go.Bar | go.Scatter] = [
        bars(
            pieces[state],
            name=board.canvas.state(state),
            showlegend=bool(pieces[state]),
            width=REPORTED,
            marker=style.bar_marker(board.canvas.palette.states[state]),
            hoverinfo="skip",
        )
        for state in STATES
        if pieces[state]
    ]
    return [*found, _symbols(symbols, board)] if symbols else found


def _spoken(board: Board, cells: pd.DataFrame) -> Iterator[tuple[float, float, float, SlotReports]]:
    """Yield start, end, height and contents of each slot's bar, and of folded lines' periods."""
    for place in board.slots:
        if one := board.said.get((place.activity, place.period)):
            y = reported_at(board.activities[place.activity].middle)
            yield place.start, place.end, y, one
    for level in ("axis", "line"):
        folded = {
            place.code: place
            for place in board.bands
            if place.level == level and board.folded(place)
        }
        if not folded:
            continue
        own = cells.loc[cells[level].astype(str).isin(list(folded))]
        for (code, period), one in said(own, level).items():
            start = float(board.plan.place(period))
            yield start, start + 1, under(folded[str(code)]), one


def under(band: RowPlace) -> float:
    """Return where the second track of a folded band lies: under its span and spots."""
    return band.middle + _BELOW_SPOTS


def _stacked(start: float, end: float, y: float, one: SlotReports) -> Iterator[tuple[str, Piece]]:
    """Yield a piece a state, each as wide as its share of the countries."""
    inset = min(INSET, (end - start) / 10)
    at, room = start + inset, end - start - 2 * inset
    for state in STATES:
        if count := one.counts.get(state, 0):
            width = room * count / one.cells
            yield state, Piece(at, at + width, y)
            at += width


def _symbols(symbols: list[tuple[float, float, str]], board: Board) -> go.Scatter:
    palette = board.canvas.palette
    grounds = {state: look.ground for state, look in palette.states.items()}
    return go.Scatter(
        mode="text",
        x=[x for x, _, _ in symbols],
        y=[y for _, y, _ in symbols],
        text=[f"<b>{SYMBOLS[state]}</b>" for _, _, state in symbols],
        textfont={
            "size": style.SMALL,
            "color": [
                palette.text if grounds[state] == style.CLEAR else style.text_on(grounds[state])
                for _, _, state in symbols
            ],
        },
        hoverinfo="skip",
        showlegend=False,
    )


def targets(board: Board) -> list[go.Bar]:
    """Return clear bars over bands, rows and slots, in one trace: what a hover or a click hits.

    Of several under the pointer plotly takes the shortest: the slot before its row. A hover
    over a row beside its slots tells its whole text, one over a band its title.
    """
    rows, slots = board.activities, board.slots
    places = [*board.bands, *rows.values()]
    ends = (board.lane[1] if place.level == "activity" else board.plan.width for place in places)
    found = [
        *((Piece(0, end, place.middle), place.row.height)
          for place, end in zip(places, ends, strict=True)),
        *((Piece(slot.start, slot.end, rows[slot.activity].middle), rows[slot.activity].row.height)
          for slot in slots),
    ]  # fmt: skip
    texts = {row.activity: row_hover(board, row) for row in records(board.plan.activities)}
    texts |= _titles(board)
    return [
        bars(
            (piece for piece, _ in found),
            width=[height - 2 for _, height in found],
            marker={"color": style.CLEAR},
            customdata=[
                *([place.code, place.level] for place in places),
                *([slot.activity, slot.period] for slot in slots),
            ],
            hovertext=[
                *(texts[place.code] for place in places),
                *(slot_hover(slot, board.said.get((slot.activity, slot.period)), board.canvas)
                  for slot in slots),
            ],
            hovertemplate=_HOVER,
            unselected={"marker": {"opacity": 1}},
            showlegend=False,
        )
    ]  # fmt: skip


def _titles(board: Board) -> dict[str, str]:
    """Return the whole titles of axes and lines by code."""
    words, plan = board.canvas.words, board.plan
    named = [*names.of_axes(plan.axes, words).items(), *names.of_lines(plan.lines, words).items()]
    return {str(code): board.canvas.hover(name.full) for code, name in named}


def row_hover(board: Board, activity: Any) -> str:
    """Return an activity's whole text, how its row was read, and the other reading."""
    words = board.canvas.words
    text = board.canvas.hover(activity_text(words, activity.text, activity.text_en))
    found = [f"<b>{wording.escape(activity.activity)}</b>", text]
    sign = READING_SIGNS.get(activity.reading)
    if sign:
        found.append(f"{sign} {label(words, activity.reading)}")
    if note := shown(words, activity.note, activity.note_en):
        found.append(board.canvas.hover(note))
    return "<br>".join(found)


def summaries(board: Board) -> list[go.Bar]:
    """Return for each band the span from the first to the last dated mark beneath it."""
    palette = board.canvas.palette
    ends: dict[str, list[int]] = {}
    codes = (board.plan.activities[name].tolist() for name in ("activity", "line", "axis"))
    above = {activity: (line, str(axis)) for activity, line, axis in zip(*codes, strict=True)}
    for place in spans.slot_places(board.plan.marks, board.plan).values():
        for code in above.get(place.activity, ()):
            ends.setdefault(code, []).append(int(place.start))
    found = [
        Piece(min(ends[band.code]) + INSET, max(ends[band.code]) + 1 - INSET, board.above(band))
        for band in board.bands
        if band.code in ends
    ]
    return [bars(found, width=4, marker={"color": palette.rule}, hoverinfo="skip",
                 showlegend=False)]  # fmt: skip
