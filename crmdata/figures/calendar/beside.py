"""Beside plan and report: the ghost of an earlier plan, and reports without a slot."""

from collections import Counter, defaultdict

import pandas as pd
import plotly.graph_objects as go

from crmdata.figures.calendar import spans
from crmdata.figures.calendar.inputs import Layers, Plan
from crmdata.figures.calendar.layout import Board
from crmdata.figures.calendar.tracks import INSET, PLANNED, planned_at, reported_at
from crmdata.figures.records import points, records
from crmdata.labels import NOT_APPLICABLE


def ghosts(board: Board) -> list[go.Scatter]:
    """Return dotted outlines where an earlier plan version had other bars."""
    earlier = board.layers.earlier_marks
    if earlier is None:
        return []
    now = set(spans.spans(board.plan.marks, board.plan))
    xs: list[float | None] = []
    ys: list[float | None] = []
    for span in spans.spans(earlier, board.plan):
        if span in now or span.activity not in board.activities:
            continue
        y = planned_at(board, board.activities[span.activity].middle)
        a, b, half = span.start + INSET, span.end - INSET, PLANNED / 2 + 2
        xs += [a, b, b, a, a, None]
        ys += [y - half, y - half, y + half, y + half, y - half, None]
    return [
        go.Scatter(
            mode="lines",
            name=board.canvas.words("Earlier version"),
            showlegend=bool(xs),
            x=points(xs),
            y=points(ys),
            line={"color": board.canvas.palette.text, "width": 1, "dash": "dot"},
            hoverinfo="skip",
        )
    ]


def earlier(plan: Plan, layers: Layers) -> dict[str, list[str]]:
    """Return what the earlier plan version said otherwise: `2018: «Continuo»`, by activity."""
    if layers.earlier_marks is None:
        return {}
    now = _verbatim(plan.marks)
    before = _verbatim(layers.earlier_marks)
    found: dict[str, list[str]] = defaultdict(list)
    for activity, year in sorted({*now, *before}):
        was = before.get((activity, year), "")
        if was != now.get((activity, year), ""):
            found[activity].append(f"{year}: «{was}»" if was else f"{year}: {NOT_APPLICABLE}")
    return found


def dropped(plan: Plan, layers: Layers) -> dict[str, list[str]]:
    """Return by activity the periods that the earlier version scheduled and this one does not."""
    if layers.earlier_marks is None:
        return {}
    shown, now = set(plan.activities["activity"]), spans.slot_places(plan.marks, plan)
    found: dict[str, list[str]] = defaultdict(list)
    for activity, period in spans.slot_places(layers.earlier_marks, plan):
        if activity in shown and (activity, period) not in now:
            found[activity].append(period)
    return found


def _verbatim(marks: pd.DataFrame) -> dict[tuple[str, int], str]:
    return {(mark.activity, int(mark.year)): mark.mark for mark in records(marks)}


def outside(board: Board) -> list[go.Scatter]:
    """Return a cross for each activity and period with reports that fill no slot.

    Where there is a slot, they are the region's own; the cross then stands on the planned bar
    and leaves what the countries said in sight.
    """
    reports = board.layers.outside
    if reports is None:
        return []
    rows, words = board.activities, board.canvas.words
    planned = {(place.activity, place.period): place for place in board.slots}
    counted = Counter(zip(reports["activity"].tolist(), reports["semester"].tolist(), strict=True))
    xs, ys, hovers, keys = [], [], [], []
    for (activity, period), count in counted.items():
        start = board.plan.place(period)
        if activity not in rows or not 0 <= start < board.plan.width:
            continue
        slot, middle = planned.get((activity, period)), rows[activity].middle
        xs.append((slot.start + slot.end) / 2 if slot else start + 0.5)
        ys.append(planned_at(board, middle) if slot else reported_at(middle))
        keys.append([activity, period])
        text = words.plural(
            "{n} report outside the calendar, not counted",
            "{n} reports outside the calendar, not counted",
            count,
        )
        hovers.append(f"<b>{activity} · {words.period(period)}</b><br>{text}")
    return [
        go.Scatter(
            mode="markers", name=words("Outside the calendar"), showlegend=bool(xs),
            x=points(xs), y=points(ys), customdata=keys, hovertext=hovers,
            hovertemplate="%{hovertext}<extra></extra>",
            marker={"symbol": "cross-thin-open", "size": 7, "color": board.canvas.palette.text,
                    "line": {"width": 1.5}},
            unselected={"marker": {"opacity": 1}},
        )
    ]  # fmt: skip
