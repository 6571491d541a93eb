"""Reported progress and how far it can be trusted: a dot on the interval it may lie in."""

from typing import Any, Unpack

import pandas as pd
import plotly.graph_objects as go

from crmdata.content import measured_rows, sentences, wording
from crmdata.content.names import Names
from crmdata.content.records import points
from crmdata.figures import rows, style
from crmdata.figures.canvas import Canvas, Drawing, Margins
from crmdata.figures.ticks import percents
from crmdata.measures import Measured
from crmdata.terms import SIN_REPORTE

_BAR = 12
_BOTTOM = 44


def figure(measures: pd.DataFrame, names: Names, *, by: str, **how: Unpack[Drawing]) -> go.Figure:
    """Draw for each group the interval as a bar and the reported progress as a dot on it.

    The interval spans what the progress would be if every silent slot were 0 % or were 100 %.
    Under the coverage threshold there is no dot and the text at the right says so; n/N always
    stands there. A click gives `customdata = [key]`.
    """
    canvas = Canvas(**how)
    groups = measured_rows.aligned(measures, by, names)
    placed = rows.labelled(names, canvas, height=48 if canvas.narrow else 40)
    right = [_right_label(measured, canvas) for _, measured in measured_rows.each(groups)]
    margins = Margins(
        placed.label_width, rows.right_width(right), canvas.legend_room(2, wide=2), _BOTTOM
    )
    fig = canvas.figure(
        placed.total + margins.top + margins.bottom,
        margins,
        xaxis=scale(canvas, canvas.words("Progress in percent")),
        yaxis=placed.axis(canvas),
        yaxis2=placed.right_axis(canvas, right),
    )
    for silent in (False, True):
        fig.add_trace(_spans(groups, placed, names, canvas, silent=silent))
    fig.add_trace(_dots(groups, placed, names, canvas))
    fig.add_trace(rows.why_empty(groups, placed, canvas, margins))
    return canvas.finish(fig, wide=2)


def scale(canvas: Canvas, title: str) -> dict[str, Any]:
    """Return the x axis of a progress, 0–100 %, with room for a dot at either end."""
    tickvals, ticktext = percents(canvas.words, 50 if canvas.narrow else 25)
    return canvas.axis(
        range=[-2, 102], showgrid=True, tickvals=tickvals, ticktext=ticktext,
        title={"text": title, "standoff": 6, "font": {"size": style.SMALL}},
        tickfont={"size": style.SMALL, "color": canvas.palette.muted},
    )  # fmt: skip


def _right_label(measured: Measured, canvas: Canvas) -> str:
    words = canvas.words
    if not measured.expected:
        return wording.escape(wording.coverage(words, measured))
    ratio = wording.arrived(words, measured)
    if not measured.reported:
        first = words("No report")
    elif measured.withheld:
        first = words("Withheld")
    else:
        first = f"<b>{wording.escape(wording.percent(words, measured.progress))}</b>"
    return f"{first}<br>{ratio}"


def _interval_name(canvas: Canvas) -> str:
    words = canvas.words
    return words("Interval: what is missing at {none}, or at {all}",
                 none=words.percent(0), all=words.percent(100))  # fmt: skip


def _spans(
    groups: pd.DataFrame, placed: rows.LabelledRows, names: Names, canvas: Canvas, *, silent: bool
) -> go.Bar:
    """Draw the intervals of the groups that reported, or hatched those of the silent ones."""
    palette = canvas.palette
    plain = {"color": palette.planned, "line": {"color": palette.rule, "width": 1}}
    bars = [
        (row.middle, key, measured)
        for row, (key, measured) in zip(placed.rows, measured_rows.each(groups), strict=True)
        if measured.expected and silent == (not measured.reported)
    ]
    return go.Bar(
        orientation="h",
        name=_interval_name(canvas),
        showlegend=not silent,
        base=[measured.low for _, _, measured in bars],
        # A complete group has no interval; a hair of a bar keeps it in sight and in reach.
        x=points([max(measured.high - measured.low, 0.4) for _, _, measured in bars]),
        y=points([middle for middle, _, _ in bars]),
        width=_BAR,
        marker=style.bar_marker(palette.states[SIN_REPORTE]) if silent else plain,
        customdata=[[key] for _, key, _ in bars],
        hovertext=[hover(measured, names[key].full, canvas) for _, key, measured in bars],
        hovertemplate="%{hovertext}<extra></extra>",
        unselected={"marker": {"opacity": 1}},
    )


def _dots(
    groups: pd.DataFrame, placed: rows.LabelledRows, names: Names, canvas: Canvas
) -> go.Scatter:
    dots = [
        (row.middle, key, measured)
        for row, (key, measured) in zip(placed.rows, measured_rows.each(groups), strict=True)
        if measured.reported and not measured.withheld
    ]
    return go.Scatter(
        mode="markers",
        name=canvas.words("Reported progress: mean of the reports that arrived"),
        showlegend=True,
        x=points([measured.progress for _, _, measured in dots]),
        y=points([middle for middle, _, _ in dots]),
        marker={
            "size": 16,
            "color": canvas.palette.series[0],
            "line": {"color": canvas.palette.background, "width": 2},
        },
        customdata=[[key] for _, key, _ in dots],
        hovertext=[hover(measured, names[key].full, canvas) for _, key, measured in dots],
        hovertemplate="%{hovertext}<extra></extra>",
        unselected={"marker": {"opacity": 1}},
        cliponaxis=False,
    )


def hover(measured: Measured, name: str, canvas: Canvas) -> str:
    """Return the hover text of a group: progress, interval, n/N."""
    _, *lines = sentences.of_measure(measured, name, canvas.words)
    return "<br>".join([f"<b>{canvas.hover(name)}</b>", *map(wording.escape, lines)])
