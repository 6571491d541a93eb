"""The calendar put together: whole, or header and body apart with the same margins."""

from typing import Unpack

import plotly.graph_objects as go

from crmdata.figures.calendar import beside, ground, lanes, results, support, tracks
from crmdata.figures.calendar.inputs import Layers, Plan
from crmdata.figures.calendar.layout import HEADER, Board, board
from crmdata.figures.canvas import Canvas, Drawing, Margins

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
    return _drawn(made, head=True, rows=True)


def header(plan: Plan, layers: Layers | None = None, **how: Unpack[Drawing]) -> go.Figure:
    """Draw legend and header alone, to stand still over `body`."""
    made = board(plan, layers or Layers(), Canvas(**how))
    return _drawn(made, head=True, rows=False)


def body(plan: Plan, layers: Layers | None = None, **how: Unpack[Drawing]) -> go.Figure:
    """Draw the rows alone, to scroll under `header`."""
    made = board(plan, layers or Layers(), Canvas(**how))
    return _drawn(made, head=False, rows=True)


def _drawn(made: Board, *, head: bool, rows: bool) -> go.Figure:
    traces = _row_traces(made)
    entries = sum(bool(trace.showlegend) for trace in traces)
    entries += head and made.layers.meetings is not None
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
    if not rows:
        # The header shows what the bars of the body mean, but none of them.
        traces = [_only_in_legend(trace) for trace in traces if trace.showlegend]
    fig.add_traces(traces)
    if head:
        fig.add_traces(ground.header_traces(made))
    elif rows:
        for trace in fig.data:
            trace.showlegend = False
    return canvas.finish(fig, wide=_LEGEND_COLUMNS)


def _row_traces(made: Board) -> list[go.Bar | go.Scatter]:
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
    return trace.update(x=[None], y=[None], base=None, width=None, text=None, customdata=None,
                        hovertext=None) if trace.type == "bar" else trace.update(
        x=[None], y=[None], customdata=None, hovertext=None)  # fmt: skip
