"""The second track as cooperation: who supports an activity from when to when."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from crmdata.figures import style, wording
from crmdata.figures.calendar.inputs import Layers
from crmdata.figures.calendar.layout import Board
from crmdata.figures.calendar.tracks import INSET, Piece, bars, reported_at
from crmdata.figures.records import records
from crmdata.figures.wording import given
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.terms import CooperationState

_HEIGHT = 16


def supported(board: Board) -> list[go.Bar]:
    """Return a bar for each line of cooperation, one trace a state; cancelled ones stay out."""
    cooperation = board.layers.cooperation
    if cooperation is None:
        return []
    rows, words = board.activities, board.canvas.words
    pieces: dict[str, list[tuple[Piece, float, Any]]] = defaultdict(list)
    for activity, own in kept(cooperation, rows).groupby("activity", sort=False):
        lanes = _lanes(list(records(own.sort_values("semester_from"))), board)
        height = _HEIGHT / len(lanes)
        top = reported_at(rows[str(activity)].middle) - _HEIGHT / 2
        for number, lane in enumerate(lanes):
            for start, end, row in lane:
                piece = Piece(start + INSET, end - INSET, top + (number + 0.5) * height)
                pieces[row.state].append((piece, height - 1, row))
    return [
        bars(
            (piece for piece, _, _ in pieces[state]),
            name=label(words, state),
            showlegend=True,
            width=[height for _, height, _ in pieces[state]],
            marker=style.bar_marker(board.canvas.palette.support[state]),
            customdata=[[row.activity, "cooperation"] for _, _, row in pieces[state]],
            hovertext=[_hover(row, words) for _, _, row in pieces[state]],
            hovertemplate="%{hovertext}<extra></extra>",
            unselected={"marker": {"opacity": 1}},
        )
        for state in map(str, CooperationState)
        if pieces[state]
    ]


def kept(cooperation: pd.DataFrame, activities: Iterable[str]) -> pd.DataFrame:
    """Return the lines of cooperation with these activities that were not cancelled."""
    return cooperation.loc[
        cooperation["activity"].isin(list(activities))
        & (cooperation["state"] != CooperationState.CANCELADA)
    ]


def told(layers: Layers, words: Words, *, within: str = "") -> dict[str, list[str]]:
    """Say of each activity who supports it from when to when; or in one semester only."""
    found: dict[str, list[str]] = defaultdict(list)
    if layers.cooperation is None:
        return found
    for row in records(kept(layers.cooperation, layers.cooperation["activity"])):
        start, end = given(row.semester_from), given(row.semester_to)
        if within and not (start or within) <= within <= (end or within):
            continue
        partner = given(row.partner) or words("no partner yet")
        when = "–".join(words.semester(half) if half else "…" for half in (start, end))
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
              countries=wording.escape(given(row.countries).replace(";", ", "))),
    ]  # fmt: skip
    return "<br>".join(found)
