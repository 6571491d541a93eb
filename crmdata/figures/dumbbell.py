"""From one cut-off to another: progress then and now, where both were reported."""

from datetime import date
from typing import Any, NamedTuple, Unpack

import pandas as pd
import plotly.graph_objects as go

from crmdata.content import measured_rows, wording
from crmdata.content.names import Names
from crmdata.content.records import points
from crmdata.figures import interval, rows
from crmdata.figures.canvas import Canvas, Drawing, Margins
from crmdata.i18n import Words
from crmdata.labels import NOT_APPLICABLE
from crmdata.measures import Measured

_BOTTOM = 44

_SIZES = (20, 11)
"""Px of the points then and now: one is a ring around the other where both are alike."""


class Pair(NamedTuple):
    """The measures of a group at both cut-offs."""

    key: Any
    then: Measured
    now: Measured

    @property
    def comparable(self) -> bool:
        """Whether both ends show a progress."""
        return all(end.reported and not end.withheld for end in (self.then, self.now))


def pairs(then: pd.DataFrame, now: pd.DataFrame, names: Names, by: str) -> list[Pair]:
    """Return both measures of each name, in its order."""
    before = dict(measured_rows.each(measured_rows.aligned(then, by, names)))
    return [
        Pair(key, before[key], after)
        for key, after in measured_rows.each(measured_rows.aligned(now, by, names))
    ]


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
    if not pair.then.expected and not pair.now.expected:
        return NOT_APPLICABLE
    ratios = f"{wording.ratio(words, pair.then)} → {wording.ratio(words, pair.now)}"
    if not pair.comparable:
        return f"{NOT_APPLICABLE}<br>{ratios}"
    return f"<b>{wording.escape(difference(pair, words))}</b><br>{ratios}"


def difference(pair: Pair, words: Words) -> str:
    """Write the change in percentage points with its sign."""
    change = round(pair.now.progress) - round(pair.then.progress)
    sign = "+" if change > 0 else ("\N{MINUS SIGN}" if change < 0 else "±")
    return words.plural("{sign}{n} point", "{sign}{n} points", abs(change), sign=sign)


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


def why(pair: Pair, words: Words) -> str:
    """Say why a group cannot be compared."""
    if not pair.now.expected:
        return words("Nothing was due")
    if not pair.then.expected:
        return words("Nothing was due at the first cut-off")
    if not pair.then.reported or not pair.now.reported:
        return words("Not reported at both cut-offs")
    return words("Coverage is too low to compare")


def summary(
    then: pd.DataFrame, now: pd.DataFrame, names: Names, *, by: str, dates: tuple[date, date],
    words: Words,
) -> str:  # fmt: skip
    """Say how many groups can be compared, and how many rose, fell or stayed."""
    both = [pair for pair in pairs(then, now, names, by) if pair.comparable]
    changes = [round(pair.now.progress) - round(pair.then.progress) for pair in both]
    return wording.sentences(
        words("Between {first} and {last}, {count} of {all} can be compared.",
              first=words.date(dates[0]), last=words.date(dates[1]),
              count=words.number(len(both)), all=words.number(len(names))),
        words("Reported progress rose in {rose}, fell in {fell} and stayed in {stayed}.",
              rose=words.number(sum(change > 0 for change in changes)),
              fell=words.number(sum(change < 0 for change in changes)),
              stayed=words.number(sum(change == 0 for change in changes))) if both else "",
    )  # fmt: skip


def table(
    then: pd.DataFrame, now: pd.DataFrame, names: Names, *, by: str, dates: tuple[date, date],
    group: str, words: Words,
) -> pd.DataFrame:  # fmt: skip
    """Return a row a group: progress and n/N at both cut-offs, and the change if comparable."""
    first, last = (words.date(day, "medium") for day in dates)
    return pd.DataFrame([
        {
            group: names[pair.key].full,
            words("Progress, {date}", date=first): wording.single(words, pair.then),
            words("n/N, {date}", date=first): wording.ratio(words, pair.then),
            words("Progress, {date}", date=last): wording.single(words, pair.now),
            words("n/N, {date}", date=last): wording.ratio(words, pair.now),
            words("Change"): difference(pair, words) if pair.comparable else why(pair, words),
        }
        for pair in pairs(then, now, names, by)
    ])  # fmt: skip
