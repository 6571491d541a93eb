"""The calendar put together: whole, or header and body apart with the same margins."""

from typing import NamedTuple, Unpack

import plotly.graph_objects as go

from crmdata.figures.calendar import beside, ground, lanes, results, support, tracks
from crmdata.figures.calendar.inputs import Layers, Plan
from crmdata.figures.calendar.layout import HEADER, Board, board
from crmdata.figures.canvas import Canvas, Drawing, Margins

Traces = list[go.Bar | go.Scatter]

_LOOKS = (
    "name",
    "showlegend",
    "mode",
    "orientation",
    "marker",
    "line",
    "hoverinfo",
    "hovertemplate",
    "unselected",
)
"""What a trace has in the legend without any of its points."""

_LEGEND_COLUMNS = 4
_RIGHT = 10


def figure(plan: Plan, layers: Layers | None = None, **how: Unpack[Drawing]) -> go.Figure:
    """Draw the calendar of a plan, or of the activities it was narrowed to.

    A click gives `customdata`: `[activity, semester]` on a slot, `[activity, "activity"]` at a
    row beside its slots, `[activity, "reading"]` on the sign of a reading, `[code, "axis"]` or
    `[code, "line"]` on a band, `[code, "result"]` on a spot, `[code, "undefined"]` in the lane,
    `[meeting, "meeting"]` on a diamond, `[activity, "cooperation"]` on support.
    """
    made = board(plan, layers or Layers(), Canvas(**how))
    return _drawn(made, _row_traces(made), head=True, rows=True)


class Halves(NamedTuple):
    """The calendar in two: legend and header, to stand still; the rows, to scroll under them."""

    header: go.Figure
    body: go.Figure


def halves(plan: Plan, layers: Layers | None = None, **how: Unpack[Drawing]) -> Halves:
    """Draw the calendar in two with the same margins."""
    made = board(plan, layers or Layers(), Canvas(**how))
    traces = _row_traces(made)
    return Halves(
        _drawn(made, traces, head=True, rows=False), _drawn(made, traces, head=False, rows=True)
    )


def _drawn(made: Board, traces: Traces, *, head: bool, rows: bool) -> go.Figure:
    named = [trace for trace in traces if trace.showlegend]
    entries = len(named) + (head and made.layers.meetings is not None)
    top = -HEADER if head else 0
    bottom = made.placed.total if rows else 0
    canvas = made.canvas
    margins = Margins(
        made.label_width,
        _RIGHT,
        canvas.legend_room(entries, wide=_LEGEND_COLUMNS) if head else 0,
        8 if rows else 0,
    )
    fig = canvas.figure(
        bottom - top + margins.top + margins.bottom,
        margins,
        xaxis=canvas.axis(range=ground.axis_range(made), showticklabels=False),
        yaxis=made.placed.axis(canvas) | {"range": [bottom, top]},
        shapes=ground.shapes(made, top=top, bottom=bottom),
        annotations=ground.notes(made, bottom) if rows else [],
    )
    # The header shows what the bars of the body mean, but none of them.
    fig.add_traces(traces if rows else [_only_in_legend(trace) for trace in named])
    if head:
        fig.add_traces(ground.header_traces(made))
    else:
        for trace in fig.data:
            trace.showlegend = False
    return canvas.finish(fig, wide=_LEGEND_COLUMNS)


def _row_traces(made: Board) -> Traces:
    return [
        *tracks.summaries(made),
        *tracks.planned(made),
        *beside.ghosts(made),
        *tracks.reported(made),
        *lanes.unscheduled(made),
        *lanes.undefined(made),
        *tracks.targets(made),
        *results.spots(made),
        *support.supported(made),
        *beside.outside(made),
        *lanes.readings(made),
    ]


def _only_in_legend(trace: go.Bar | go.Scatter) -> go.Bar | go.Scatter:
    own = trace.to_plotly_json()
    looks = {name: own[name] for name in _LOOKS if name in own}
    return type(trace)(**looks, x=[None], y=[None])
