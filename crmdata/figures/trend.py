"""Period by period: what was reported of each, and how much of it arrived at all."""

import math
from datetime import date
from html import unescape
from typing import Any, Unpack

import pandas as pd
import plotly.graph_objects as go

from crmdata.content import measured_rows, sentences, wording
from crmdata.content.names import Names
from crmdata.figures import stacks, style
from crmdata.figures.canvas import PHONE, Canvas, Drawing, Margins
from crmdata.figures.ticks import counts_up_to, percents
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.measures import Measured
from crmdata.terms import COUNTED

_BODY = 340
_UPPER = (0.38, 1.0)
_LOWER = (0.0, 0.24)

_LEFT, _RIGHT = 48, 12
_APART = 6
"""Px at the sides of the plot, and between the labels of two periods."""

_TURNED_GAP = "\N{NO-BREAK SPACE}" * 3

_BENEATH = 14.0
"""How far the scale of the coverage goes on under 0 %: its dot must not touch the labels."""


def figure(
    measures: pd.DataFrame, names: Names, *, share: bool = False, **how: Unpack[Drawing]
) -> go.Figure:
    """Draw the due slots of each period stacked by state, and under it the coverage.

    `measures` has the column `semester` (as of `measures.trend`); `names` are the periods to
    show (`names.of_periods`). Each period's coverage and n/N stand under it. With `share`
    all columns are as high as 100 %. A click gives `customdata = [semester, state]`.
    """
    canvas = Canvas(**how)
    periods = measured_rows.aligned(measures, "semester", names)
    top = 100 if share else max(1, int(periods["expected"].max()))
    labels = _labels(periods, names, canvas)
    margins = Margins(_LEFT, _RIGHT, canvas.legend_room(5) + 22, _room_below(labels, canvas))
    fig = canvas.figure(
        _BODY + margins.top + margins.bottom,
        margins,
        barmode="stack",
        uniformtext={"mode": "hide", "minsize": style.SMALL},
        xaxis=_period_axis(labels, canvas),
        yaxis=_counts_axis(top, canvas, share=share),
        yaxis2=_coverage_axis(canvas),
        annotations=_headings(canvas, share=share),
    )
    for state in COUNTED:
        fig.add_trace(_columns(periods, names, canvas, state=str(state), share=share))
    fig.add_trace(_coverage(periods, names, canvas))
    return canvas.finish(fig)


def _labels(periods: pd.DataFrame, names: Names, canvas: Canvas) -> list[list[str]]:
    """Return the lines under each period: its name, n/N, the share."""
    labels = []
    for key, measured in measured_rows.each(periods):
        coverage = wording.coverage(canvas.words, measured)
        ratio, _, percent = coverage.partition(" (")
        lines = [names[key].short, ratio, percent.rstrip(")")]
        labels.append([wording.escape(line) for line in lines if line])
    return labels


def _turned(labels: list[list[str]], canvas: Canvas) -> bool:
    """Tell whether the labels would meet on a phone unless they are turned."""
    room = (PHONE - _LEFT - _RIGHT) / max(1, len(labels)) - _APART
    return canvas.narrow and any(_width(line) > room for lines in labels for line in lines)


def _width(text: str) -> float:
    return wording.BOLD * wording.text_width(unescape(text), style.SMALL)


def _room_below(labels: list[list[str]], canvas: Canvas) -> int:
    if not _turned(labels, canvas):
        return 18 * 3 + 8
    return math.ceil(max(_width(_TURNED_GAP.join(lines)) for lines in labels)) + 12


def _period_axis(labels: list[list[str]], canvas: Canvas) -> dict[str, Any]:
    turned = _turned(labels, canvas)
    between = _TURNED_GAP if turned else "<br>"
    texts = [between.join((f"<b>{name}</b>", *rest)) for name, *rest in labels]
    return canvas.axis(
        range=[-0.5, len(texts) - 0.5], tickvals=list(range(len(texts))), ticktext=texts,
        # Downwards, so that the periods stand in a row under the axis.
        anchor="y2", tickangle=90 if turned else 0,
        tickfont={"size": style.SMALL if canvas.narrow else style.SIZE,
                  "color": canvas.palette.text},
    )  # fmt: skip


def _counts_axis(top: float, canvas: Canvas, *, share: bool) -> dict[str, Any]:
    tickvals, ticktext = percents(canvas.words) if share else counts_up_to(top, canvas.words, 5)
    return _vertical(canvas, top, _UPPER, tickvals, ticktext)


def _coverage_axis(canvas: Canvas) -> dict[str, Any]:
    tickvals, ticktext = percents(canvas.words, 50)
    return _vertical(canvas, 100, _LOWER, tickvals, ticktext, beneath=_BENEATH)


def _vertical(
    canvas: Canvas, top: float, domain: tuple[float, float], values: list[float], texts: list[str],
    *, beneath: float = 0,
) -> dict[str, Any]:  # fmt: skip
    return canvas.axis(
        range=[-beneath, top * 1.04], domain=domain, showgrid=True, tickvals=values, ticktext=texts,
        tickfont={"size": style.SMALL, "color": canvas.palette.muted},
    )  # fmt: skip


def _headings(canvas: Canvas, *, share: bool) -> list[dict[str, Any]]:
    words = canvas.words
    upper = (
        words("Share of the expected reports (N)")
        if share
        else words("Expected reports (N) by what was reported")
    )
    lower = words("Coverage: reports of those expected")
    return [
        {"text": f"<b>{text}</b>", "xref": "paper", "yref": "paper", "x": 0, "y": y,
         "xanchor": "left", "yanchor": "bottom", "showarrow": False, "xshift": -40, "yshift": 2,
         "font": {"size": style.SMALL if canvas.narrow else style.SIZE}}
        for text, y in ((upper, _UPPER[1]), (lower, _LOWER[1]))
    ]  # fmt: skip


def _columns(
    periods: pd.DataFrame, names: Names, canvas: Canvas, *, state: str, share: bool
) -> go.Bar:
    return stacks.stacked(
        periods,
        canvas,
        state,
        lambda key, measured: _hover(measured, names[key].full, canvas, state),
        x=list(range(len(periods))),
        y=stacks.lengths(periods, state, share=share),
        width=0.62,
    )


def _hover(measured: Measured, name: str, canvas: Canvas, state: str) -> str:
    words = canvas.words
    return "<br>".join((
        f"<b>{wording.escape(name)}</b>",
        words("{state}: {count} of {expected} expected", state=label(words, state),
              count=words.number(getattr(measured, state)),
              expected=words.number(measured.expected)),
        words("Arrived: {coverage}",
              coverage=wording.escape(wording.arrived_share(words, measured))),
    ))  # fmt: skip


def _coverage(periods: pd.DataFrame, names: Names, canvas: Canvas) -> go.Scatter:
    palette = canvas.palette
    shares = [
        100 * period.reported / period.expected if period.expected else None
        for _, period in measured_rows.each(periods)
    ]
    return go.Scatter(
        mode="lines+markers",
        yaxis="y2",
        x=list(range(len(shares))),
        y=shares,
        connectgaps=False,
        line={"color": palette.text, "width": 2},
        marker={"size": 9, "color": palette.text},
        cliponaxis=False,
        hovertext=[
            f"<b>{wording.escape(names[key].full)}</b><br>"
            + canvas.words("Arrived: {coverage}",
                           coverage=wording.escape(wording.arrived_share(canvas.words, period)))
            for key, period in measured_rows.each(periods)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        showlegend=False,
    )  # fmt: skip


def summary(measures: pd.DataFrame, names: Names, *, words: Words, cutoff: date) -> str:
    """Say the coverage of the first and the last period due, and of the least reported."""
    periods = measured_rows.aligned(measures, "semester", names)
    due = periods.loc[periods["expected"] > 0]
    opening = sentences.arrival(measured_rows.total(periods), words, cutoff)
    if due.empty:
        return opening
    rows = list(measured_rows.each(due))
    (first, earliest), (last, other) = rows[0], rows[-1]
    least, fewest = min(rows, key=lambda row: row[1].reported / row[1].expected)
    return wording.sentences(
        opening,
        words("Coverage was {first_share} for {first} and {last_share} for {last}.",
              first=names[first].full, first_share=wording.coverage(words, earliest),
              last=names[last].full, last_share=wording.coverage(words, other)),
        words("It was lowest for {least}: {share}.",
              least=names[least].full, share=wording.coverage(words, fewest)),
    )  # fmt: skip


def table(measures: pd.DataFrame, names: Names, *, words: Words) -> pd.DataFrame:
    """Return a row a period: N, n, coverage, counts by state, progress, interval."""
    rows = []
    for key, measured in measured_rows.each(measured_rows.aligned(measures, "semester", names)):
        rows.append({
            words("Semester"): names[key].full,
            **measured_rows.count_columns(measured, words),
            words("Coverage"): wording.share(words, measured),
            words("Reported progress"): wording.single(words, measured),
            words("Interval"): wording.interval(words, measured),
        })  # fmt: skip
    return pd.DataFrame(rows)
