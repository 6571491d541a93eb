"""The second track as cooperation: who supports an activity from when to when."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from crmdata.figures import style, wording
from crmdata.figures.calendar.inputs import Layers
from crmdata.figures.calendar.layout import Board, RowPlace
from crmdata.figures.calendar.tracks import INSET, Piece, bars, reported_at, under
from crmdata.figures.cooperation.support import SUPPORTING
from crmdata.figures.records import records
from crmdata.figures.wording import given
from crmdata.files import SEPARATOR
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.terms import CooperationState

_HEIGHT = 16

_STRONGEST_FIRST = (*SUPPORTING, CooperationState.SOLICITADA.value)
"""What an activity with support in several states is counted as."""


class _Bar(NamedTuple):
    piece: Piece
    height: float
    key: list[str]
    hover: str


def supported(board: Board) -> list[go.Bar]:
    """Return a bar for each line of cooperation, one trace a state; cancelled ones stay out.

    A folded band shows for each period how many of its activities have support then.
    """
    cooperation = board.layers.cooperation
    if cooperation is None:
        return []
    found: dict[str, list[_Bar]] = defaultdict(list)
    for state, bar in (*_of_activities(board, cooperation), *_of_bands(board, cooperation)):
        found[state].append(bar)
    return [
        bars(
            (bar.piece for bar in found[state]),
            name=label(board.canvas.words, state),
            showlegend=True,
            width=[bar.height for bar in found[state]],
            marker=style.bar_marker(board.canvas.palette.support[state]),
            customdata=[bar.key for bar in found[state]],
            hovertext=[bar.hover for bar in found[state]],
            hovertemplate="%{hovertext}<extra></extra>",
            unselected={"marker": {"opacity": 1}},
        )
        for state in map(str, CooperationState)
        if found[state]
    ]


def _of_activities(board: Board, cooperation: pd.DataFrame) -> Iterator[tuple[str, _Bar]]:
    """Yield state and bar of each line of cooperation, those that overlap in lanes."""
    rows, words = board.activities, board.canvas.words
    for activity, own in kept(cooperation, rows).groupby("activity", sort=False):
        lanes = _lanes(list(records(own.sort_values("semester_from"))), board)
        height = _HEIGHT / len(lanes)
        top = reported_at(rows[str(activity)].middle) - _HEIGHT / 2
        for number, lane in enumerate(lanes):
            for start, end, row in lane:
                piece = Piece(start + INSET, end - INSET, top + (number + 0.5) * height)
                key = [row.activity, "cooperation"]
                yield row.state, _Bar(piece, height - 1, key, _hover(row, words))


def _of_bands(board: Board, cooperation: pd.DataFrame) -> Iterator[tuple[str, _Bar]]:
    """Yield state and bar of each period of a folded band: its share of the activities."""
    activities = board.plan.activities
    for band in filter(board.folded, board.bands):
        codes = activities.loc[activities[band.level].astype(str) == band.code, "activity"]
        for period, states in sorted(_then(board, kept(cooperation, codes)).items()):
            counts = Counter(states.values())
            hover = _band_hover(board, band, period, counts, len(codes))
            at, room = period + INSET, 1 - 2 * INSET
            for state in filter(counts.get, _STRONGEST_FIRST):
                width = room * counts[state] / len(codes)
                piece = Piece(at, at + width, under(band))
                yield state, _Bar(piece, _HEIGHT - 2, [band.code, band.level], hover)
                at += width


def _then(board: Board, cooperation: pd.DataFrame) -> dict[int, dict[str, str]]:
    """Return by place of a period the activities with support then, in its strongest state."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for row in records(cooperation):
        start, end = _extent(row, board)
        for period in range(int(start), int(end)):
            before = found[period].get(row.activity, row.state)
            state = min(before, row.state, key=_STRONGEST_FIRST.index)
            found[period][row.activity] = state
    return found


def _band_hover(board: Board, band: RowPlace, period: int, counts: Counter[str], every: int) -> str:
    words = board.canvas.words
    then = words.period(board.plan.period_at(period).code)
    said = words(
        "{count} of {among} activities with support or a request",
        count=counts.total(), among=every,
    )  # fmt: skip
    each = [
        f"{label(words, state)}: {counts[state]}" for state in filter(counts.get, _STRONGEST_FIRST)
    ]
    return "<br>".join([f"<b>{wording.escape(band.code)} · {then}</b>", said, " · ".join(each)])


def kept(cooperation: pd.DataFrame, activities: Iterable[str]) -> pd.DataFrame:
    """Return the lines of cooperation with these activities that were not cancelled."""
    return cooperation.loc[
        cooperation["activity"].isin(list(activities))
        & (cooperation["state"] != CooperationState.CANCELADA)
    ]


def told(layers: Layers, words: Words, *, within: str = "") -> dict[str, list[str]]:
    """Say of each activity who supports it from when to when; or in one period only."""
    found: dict[str, list[str]] = defaultdict(list)
    if layers.cooperation is None:
        return found
    for row in records(kept(layers.cooperation, layers.cooperation["activity"])):
        start, end = given(row.semester_from), given(row.semester_to)
        if within and not (start or within) <= within <= (end or within):
            continue
        partner = given(row.partner) or words("no partner yet")
        when = "–".join(words.period(period) if period else "…" for period in (start, end))
        found[row.activity].append(f"{partner}, {label(words, row.state)} ({when})")
    return found


def _lanes(rows: list[Any], board: Board) -> list[list[tuple[float, float, Any]]]:
    """Set lines of cooperation that overlap in time one under the other."""
    lanes: list[list[tuple[float, float, Any]]] = []
    for row in rows:
        start, end = _extent(row, board)
        free = next((lane for lane in lanes if lane[-1][1] <= start), None)
        if free is None:
            lanes.append(free := [])
        free.append((start, end, row))
    return lanes


def _extent(row: Any, board: Board) -> tuple[float, float]:
    """Return from where to where support lasts; without an end it goes on to the last one."""
    last = board.plan.width
    start = board.plan.place(row.semester_from) if given(row.semester_from) else 0
    end = board.plan.place(row.semester_to) + 1 if given(row.semester_to) else last
    return float(max(start, 0)), float(min(end, last))


def _hover(row: Any, words: Words) -> str:
    partner = given(row.partner) or words("no partner yet")
    found = [
        f"<b>{wording.escape(row.activity)} · {wording.escape(partner)}</b>",
        f"{label(words, row.state)} · {label(words, row.modality)}",
        words("Countries: {countries}",
              countries=wording.escape(given(row.countries).replace(SEPARATOR, ", "))),
    ]  # fmt: skip
    return "<br>".join(found)
