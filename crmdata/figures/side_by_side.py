"""Two to four countries side by side, line by line, before the region's range."""

from collections.abc import Mapping
from typing import Any, Unpack

import pandas as pd
import plotly.graph_objects as go

from crmdata.content import measured_rows, sentences, wording
from crmdata.content.names import Names
from crmdata.content.records import points, records
from crmdata.figures import interval, rows, style
from crmdata.figures.canvas import Canvas, Drawing, Margins
from crmdata.measures import Measured
from crmdata.terms import SIN_REPORTE

MOST = len(style.SERIES_SYMBOLS)
"""More countries at once could not be told apart."""

_TRACK = 19
_NARROW_TRACK = 34
_PADDING = 12
_BAR = 6


def figure(
    measures: pd.DataFrame,
    lines: Names,
    chosen: Names,
    region: pd.DataFrame,
    *,
    by: str = "line",
    **how: Unpack[Drawing],
) -> go.Figure:
    """Draw for each line and chosen country the interval, the progress as a dot, and n/N.

    `measures` has a row a line × country; `chosen` are the countries, at most `MOST` (ValueError
    beyond); `region` is `measures.region_range(…, [by])`: `lowest` and `highest` progress of
    all countries that show one, drawn as a band behind. A click gives
    `customdata = [line, country]`.
    """
    if not 1 <= len(chosen) <= MOST:
        raise ValueError(f"{len(chosen)} countries: at least 1, at most {MOST}")
    canvas = Canvas(**how)
    measured = dict(
        measured_rows.each(measured_rows.crossed(measures, (by, "country"), (lines, chosen)))
    )
    track = _NARROW_TRACK if canvas.narrow else _TRACK
    placed = rows.labelled(lines, canvas, height=track * len(chosen) + _PADDING, lines=3)
    tracks = _tracks(placed, chosen, track)
    right = {
        key: _right_label(each, chosen[key[1]].short, canvas) for key, each in measured.items()
    }
    margins = Margins(placed.label_width, rows.right_width(right.values(), style.SMALL),
                      canvas.legend_room(len(chosen) + 2, wide=3), 44)  # fmt: skip
    fig = canvas.figure(
        placed.total + margins.top + margins.bottom,
        margins,
        xaxis=interval.scale(canvas, canvas.words("Progress in percent")),
        yaxis=placed.axis(canvas),
        yaxis2=canvas.axis(
            range=[placed.total, 0], overlaying="y", side="right", ticklabelstandoff=6,
            tickvals=list(tracks.values()), ticktext=[right[key] for key in tracks],
            tickfont={"size": style.SMALL, "color": canvas.palette.text},
        ),
        shapes=[_rules(placed, canvas)],
    )  # fmt: skip
    fig.add_trace(_region(region, by, placed, canvas))
    fig.add_trace(_silent(measured, tracks, lines, chosen, canvas))
    fig.add_trace(_nothing(measured, placed, chosen, canvas, margins))
    for place, country in enumerate(chosen):
        mine = {key: each for key, each in measured.items() if key[1] == country}
        fig.add_trace(_intervals(mine, tracks, lines, chosen, canvas, place=place))
        fig.add_trace(_dots(mine, tracks, lines, chosen, canvas, place=place))
    return canvas.finish(fig, wide=3)


def _tracks(
    placed: rows.LabelledRows, chosen: Names, track: int
) -> dict[tuple[str | int, str | int], float]:
    """Return where each country's track lies within each line's row."""
    first = -(len(chosen) - 1) / 2
    return {
        (row.key, country): row.middle + (first + place) * track
        for row in placed.rows
        for place, country in enumerate(chosen)
    }


def _right_label(measured: Measured, code: str, canvas: Canvas) -> str:
    text = wording.single(canvas.words, measured)
    if measured.withheld and measured.reported:
        text = wording.interval(canvas.words, measured)
    name, text = f"<b>{wording.escape(code)}</b>", wording.escape(text)
    if not measured.expected:
        return f"{name} {text}"
    ratio = wording.arrived(canvas.words, measured)
    return f"{name} {text}<br>{ratio}" if canvas.narrow else f"{name} {text} ({ratio})"


def _rules(placed: rows.LabelledRows, canvas: Canvas) -> dict[str, Any]:
    """Return one path with a rule between each two lines."""
    path = " ".join(f"M0,{row.top} L1,{row.top}" for row in placed.rows[1:])
    return {
        "type": "path", "path": path or "M0,0", "xref": "paper", "yref": "y", "layer": "below",
        "line": {"color": canvas.palette.grid, "width": 1},
    }  # fmt: skip


def _region(region: pd.DataFrame, by: str, placed: rows.LabelledRows, canvas: Canvas) -> go.Bar:
    words = canvas.words
    ranges = {
        getattr(row, by): row
        for row in records(region)
        if row.countries and not pd.isna(row.lowest)
    }
    bands = [(row, ranges[row.key]) for row in placed.rows if row.key in ranges]
    return go.Bar(
        orientation="h",
        name=words("The region’s range"),
        showlegend=True,
        base=points([ends.lowest for _, ends in bands]),
        x=points([max(ends.highest - ends.lowest, 0.4) for _, ends in bands]),
        y=points([row.middle for row, _ in bands]),
        # A bar of nothing has a width all the same: plotly takes no missing one.
        width=[row.height - 4 for row, _ in bands] or [0],
        marker={
            "color": canvas.palette.band_strong,
            "line": {"color": canvas.palette.rule, "width": 1},
        },
        hovertext=[
            words("Region: {lowest} to {highest}, over {count} countries",
                  lowest=wording.escape(wording.percent(words, ends.lowest)),
                  highest=wording.escape(wording.percent(words, ends.highest)),
                  count=words.number(int(ends.countries)))
            for _, ends in bands
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        unselected={"marker": {"opacity": 1}},
    )  # fmt: skip


Mine = Mapping[tuple[Any, Any], Measured]


def _bars(
    groups: Mine, tracks: Mapping[Any, float], lines: Names, chosen: Names, canvas: Canvas,
    marker: dict[str, Any],
) -> go.Bar:  # fmt: skip
    return go.Bar(
        orientation="h",
        base=points([group.low for group in groups.values()]),
        x=points([max(group.high - group.low, 0.4) for group in groups.values()]),
        y=points([tracks[key] for key in groups]),
        width=_BAR,
        marker=marker,
        customdata=[list(key) for key in groups],
        hovertext=[_hover(key, group, lines, chosen, canvas) for key, group in groups.items()],
        hovertemplate="%{hovertext}<extra></extra>",
        unselected={"marker": {"opacity": 1}},
        showlegend=False,
    )


def _hover(
    key: tuple[Any, Any], measured: Measured, lines: Names, chosen: Names, canvas: Canvas
) -> str:
    return interval.hover(measured, f"{chosen[key[1]].full} · {lines[key[0]].full}", canvas)


def _intervals(
    mine: Mine, tracks: Mapping[Any, float], lines: Names, chosen: Names, canvas: Canvas,
    *, place: int,
) -> go.Bar:  # fmt: skip
    line = {"color": canvas.palette.series[place], "width": 1.2}
    groups = {key: group for key, group in mine.items() if group.reported}
    marker = {"color": canvas.palette.background, "line": line}
    return _bars(groups, tracks, lines, chosen, canvas, marker)


def _silent(
    measured: Mine, tracks: Mapping[Any, float], lines: Names, chosen: Names, canvas: Canvas
) -> go.Bar:
    """Draw hatched where something was due and nothing reported: it could be anything."""
    groups = {
        key: group for key, group in measured.items() if group.expected and not group.reported
    }
    marker = style.bar_marker(canvas.palette.states[SIN_REPORTE])
    bars = _bars(groups, tracks, lines, chosen, canvas, marker)
    bars.name, bars.showlegend = canvas.state(SIN_REPORTE), bool(groups)
    return bars


def _nothing(
    measured: Mine, placed: rows.LabelledRows, chosen: Names, canvas: Canvas, margins: Margins
) -> go.Scatter:
    """Say in the rows of which nothing is expected why they are empty, on the labels' axis."""
    own = {key: group for key, group in measured.items() if key[1] in chosen}
    due = {line for (line, _), group in own.items() if group.expected}
    why = {line: sentences.why_nothing(group, canvas.words) for (line, _), group in own.items()}
    empty = [row for row in placed.rows if row.key not in due]
    texts = [why[row.key] for row in empty]
    return rows.notes([row.middle for row in empty], texts, canvas, margins)


def _dots(
    mine: Mine, tracks: Mapping[Any, float], lines: Names, chosen: Names, canvas: Canvas,
    *, place: int,
) -> go.Scatter:  # fmt: skip
    country = list(chosen)[place]
    groups = [(key, group) for key, group in mine.items() if group.reported and not group.withheld]
    return go.Scatter(
        mode="markers",
        name=wording.escape(chosen[country].full),
        showlegend=True,
        x=points([group.progress for _, group in groups]),
        y=points([tracks[key] for key, _ in groups]),
        marker={
            "symbol": style.SERIES_SYMBOLS[place],
            "size": 13,
            "color": canvas.palette.series[place],
            "line": {"color": canvas.palette.background, "width": 1},
        },
        customdata=[list(key) for key, _ in groups],
        hovertext=[_hover(key, group, lines, chosen, canvas) for key, group in groups],
        hovertemplate="%{hovertext}<extra></extra>",
        unselected={"marker": {"opacity": 1}},
        cliponaxis=False,
    )
