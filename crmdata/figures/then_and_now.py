"""From one cut-off to another: progress then and now, where both were reported."""

from datetime import date
from typing import Unpack

import pandas as pd
import plotly.graph_objects as go

from crmdata.content import wording
from crmdata.content.names import Names
from crmdata.content.records import points
from crmdata.content.then_and_now import Pair, difference, pairs, ratios, why
from crmdata.figures import interval, rows
from crmdata.figures.canvas import Canvas, Drawing, Margins
from crmdata.i18n import Words
from crmdata.labels import NOT_APPLICABLE

_BOTTOM = 44

_SIZES = (20, 11)
"""Px of the points then and now: one is a ring around the other where both are alike."""


def figure(
    then: pd.DataFrame,
    now: pd.DataFrame,
    names: Names,
    *,
    by: str,
    dates: tuple[date, date],
    **how: Unpack[Drawing],
) -> go.Figure:
    """Draw for each group its progress at both cut-offs, joined by a line.

    `dates` are the cut-offs of `then` and `now`. A group stands empty where either end has no
    report or is withheld, and says so; n/N of both stand at the right. A click gives
    `customdata = [key]`.
    """
    canvas = Canvas(**how)
    words = canvas.words
    both = pairs(then, now, names, by)
    placed = rows.labelled(names, canvas, height=48)
    right = [_right_label(pair, words) for pair in both]
    margins = Margins(placed.label_width, rows.right_width(right),
                      canvas.legend_room(2, wide=2), _BOTTOM)  # fmt: skip
    fig = canvas.figure(
        placed.total + margins.top + margins.bottom,
        margins,
        xaxis=interval.scale(canvas, words("Progress in percent")),
        yaxis=placed.axis(canvas),
        yaxis2=placed.right_axis(canvas, right),
    )
    comparable = [(row.middle, pair) for row, pair in zip(placed.rows, both, strict=True)
                  if pair.comparable]  # fmt: skip
    fig.add_trace(_joins(comparable, canvas))
    for end, day in enumerate(dates):
        fig.add_trace(_ends(comparable, names, canvas, end=end, day=day))
    fig.add_trace(_why_not(placed, both, canvas, margins))
    return canvas.finish(fig, wide=2)


def _right_label(pair: Pair, words: Words) -> str:
    of_all = ratios(pair, words)
    if of_all == NOT_APPLICABLE:
        return of_all
    if not pair.comparable:
        return f"{NOT_APPLICABLE}<br>{of_all}"
    return f"<b>{wording.escape(difference(pair, words))}</b><br>{of_all}"


def _joins(comparable: list[tuple[float, Pair]], canvas: Canvas) -> go.Scatter:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for y, pair in comparable:
        xs += [pair.then.progress, pair.now.progress, None]
        ys += [y, y, None]
    return go.Scatter(
        mode="lines", x=points(xs), y=points(ys), hoverinfo="skip", showlegend=False,
        line={"color": canvas.palette.rule, "width": 3},
    )  # fmt: skip


def _ends(
    comparable: list[tuple[float, Pair]], names: Names, canvas: Canvas, *, end: int, day: date
) -> go.Scatter:
    palette, words = canvas.palette, canvas.words
    fill = palette.background if end == 0 else palette.series[0]
    written = words.date(day, "medium")
    cutoff = words("Cut-off: {date}", date=written)
    return go.Scatter(
        mode="markers",
        name=written,
        showlegend=True,
        x=points((pair.now if end else pair.then).progress for _, pair in comparable),
        y=points(y for y, _ in comparable),
        marker={
            "size": _SIZES[end],
            "color": fill,
            "line": {"color": palette.series[0], "width": 2},
        },
        customdata=[[pair.key] for _, pair in comparable],
        hovertext=[
            f"{interval.hover(pair.now if end else pair.then, names[pair.key].full, canvas)}"
            f"<br>{cutoff}"
            for _, pair in comparable
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        unselected={"marker": {"opacity": 1}},
        cliponaxis=False,
    )


def _why_not(
    placed: rows.LabelledRows, both: list[Pair], canvas: Canvas, margins: Margins
) -> go.Scatter:
    reasons = [
        (row.middle, why(pair, canvas.words))
        for row, pair in zip(placed.rows, both, strict=True)
        if not pair.comparable
    ]
    return rows.notes([y for y, _ in reasons], [text for _, text in reasons], canvas, margins)
