"""Small multiples: the same picture for every line or country, period by period, one scale."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Unpack

import pandas as pd
import plotly.graph_objects as go

from crmdata.content import composition, measured_rows, wording
from crmdata.content.names import Names
from crmdata.content.records import points
from crmdata.figures import rows as labels
from crmdata.figures import style
from crmdata.figures.canvas import Canvas, Drawing, Margins
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.measures import Measured
from crmdata.palette import CLEAR
from crmdata.terms import COUNTED

_PLOT = 92
_TITLE = 62
_FOOT = 26
_GAP = 0.9
"""Px of a panel's columns, of the title above and the periods below; periods between two."""

_COLUMNS = 4
_NARROW_COLUMNS = 2

NAMES = "names"
"""Tells the trace that writes the names of the panels from those beside it."""


@dataclass(frozen=True)
class Panels:
    """Where the panel of each group stands: all of them on one pair of axes."""

    groups: list[Any]
    periods: list[Any]
    columns: int
    top: float

    @property
    def rows(self) -> int:
        """How many rows of panels there are."""
        return -(-len(self.groups) // self.columns)

    @property
    def height(self) -> float:
        """The height of all panels in px."""
        return self.rows * (_PLOT + _TITLE + _FOOT)

    @property
    def width(self) -> float:
        """The width of all panels in periods."""
        return self.columns * (len(self.periods) + _GAP) - _GAP

    def corner(self, group: Any) -> tuple[float, float]:
        """Return the left end of a panel's base line and its height; px count upwards."""
        row, column = divmod(self.groups.index(group), self.columns)
        left = column * (len(self.periods) + _GAP)
        return left, self.height - (row + 1) * (_PLOT + _TITLE + _FOOT) + _FOOT


def figure(
    measures: pd.DataFrame,
    groups: Names,
    periods: Names,
    *,
    by: str,
    share: bool = False,
    **how: Unpack[Drawing],
) -> go.Figure:
    """Draw a panel a group with its due slots of each period stacked by state.

    `measures` has a row a `by` × `semester`. All panels share one scale, the largest N of any,
    or 100 % with `share`. A click gives `customdata = [group, semester]`.
    """
    canvas = Canvas(**how)
    crossed = dict(
        measured_rows.each(measured_rows.crossed(measures, (by, "semester"), (groups, periods)))
    )
    largest = max((slot.expected for slot in crossed.values()), default=0) or 1
    columns = _NARROW_COLUMNS if canvas.narrow else _COLUMNS
    panels = Panels(list(groups), list(periods), columns, 100 if share else largest)
    heading = _heading(canvas.words, largest, share=share)
    margins = Margins(top=canvas.legend_room(len(COUNTED), heading=heading))
    fig = canvas.figure(
        panels.height + margins.top + margins.bottom,
        margins,
        xaxis=canvas.axis(range=[0, panels.width], showticklabels=False),
        yaxis=canvas.axis(range=[0, panels.height], showticklabels=False),
        shapes=[_base_lines(panels, canvas)],
    )
    for state in map(str, COUNTED):
        fig.add_trace(_columns_of(state, crossed, panels, canvas, share=share))
    fig.add_trace(_targets(crossed, panels, groups, periods, canvas))
    fig.add_traces(_texts(crossed, panels, groups, periods, canvas))
    return canvas.finish(fig, heading=heading)


def _heading(words: Words, largest: int, *, share: bool) -> str:
    if share:
        return words("Share of the expected reports of each semester")
    return words("One scale: the highest column is {count} expected reports",
                 count=words.number(largest))  # fmt: skip


def _base_lines(panels: Panels, canvas: Canvas) -> dict[str, Any]:
    corners = [panels.corner(group) for group in panels.groups]
    path = " ".join(f"M{x},{y} L{x + len(panels.periods)},{y}" for x, y in corners)
    return {
        "type": "path", "path": path or "M0,0", "xref": "x", "yref": "y",
        "line": {"color": canvas.palette.rule, "width": 1},
    }  # fmt: skip


Crossed = dict[tuple[Any, Any], Measured]


def _placed(crossed: Crossed, panels: Panels) -> Iterator[tuple[float, float, Any, Measured]]:
    """Yield place, base, key and measures of each column of all panels."""
    places = {period: number for number, period in enumerate(panels.periods)}
    corners = {group: panels.corner(group) for group in panels.groups}
    for (group, period), slot in crossed.items():
        left, base = corners[group]
        yield left + places[period] + 0.5, base, [group, period], slot


def _columns_of(
    state: str, crossed: Crossed, panels: Panels, canvas: Canvas, *, share: bool
) -> go.Bar:
    before = [str(other) for other in COUNTED[: list(map(str, COUNTED)).index(state)]]
    xs, bases, heights = [], [], []
    for x, base, _, slot in _placed(crossed, panels):
        if count := getattr(slot, state):
            scale = _PLOT / (slot.expected if share else panels.top)
            xs.append(x)
            bases.append(base + scale * sum(getattr(slot, other) for other in before))
            heights.append(scale * count)
    return go.Bar(
        name=canvas.state(state),
        showlegend=True,
        x=points(xs),
        y=points(heights),
        base=points(bases),
        width=0.8,
        marker=style.bar_marker(canvas.palette.states[state]),
        hoverinfo="skip",
    )


def _targets(
    crossed: Crossed, panels: Panels, groups: Names, periods: Names, canvas: Canvas
) -> go.Bar:
    placed = list(_placed(crossed, panels))
    return go.Bar(
        x=[x for x, _, _, _ in placed],
        y=[_PLOT] * len(placed),
        base=[base for _, base, _, _ in placed],
        width=1,
        marker={"color": CLEAR},
        customdata=[key for _, _, key, _ in placed],
        hovertext=[
            _hover(f"{groups[key[0]].full} · {periods[key[1]].full}", slot, canvas)
            for _, _, key, slot in placed
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        unselected={"marker": {"opacity": 1}},
        showlegend=False,
    )


def _hover(name: str, measured: Measured, canvas: Canvas) -> str:
    words = canvas.words
    counts = [
        f"{label(words, state)}: {words.number(getattr(measured, str(state)))}"
        for state in COUNTED
        if getattr(measured, str(state))
    ]
    coverage = wording.escape(wording.arrived_share(words, measured))
    return "<br>".join((f"<b>{canvas.hover(name)}</b>",
                        words("Arrived: {coverage}", coverage=coverage), *counts))  # fmt: skip


def _texts(
    crossed: Crossed, panels: Panels, groups: Names, periods: Names, canvas: Canvas
) -> list[go.Scatter]:
    """Return title and n/N over each panel, first and last period under it."""
    titles, first, last = [], [], []
    length = len(panels.periods)
    for group in panels.groups:
        left, base = panels.corner(group)
        own = [slot for (key, _), slot in crossed.items() if key == group]
        titles.append((left, base + _PLOT + _TITLE / 2 - 4, _title(group, own, groups, canvas)))
        first.append((left, base - 12, wording.escape(periods[panels.periods[0]].short)))
        last.append((left + length, base - 12, wording.escape(periods[panels.periods[-1]].short)))
    return [
        _text(titles, style.SIZE, canvas.palette.text, "middle right").update(meta=NAMES),
        _text(first, style.SMALL, canvas.palette.muted, "middle right"),
        _text(last, style.SMALL, canvas.palette.muted, "middle left"),
    ]


def _title(group: Any, own: list[Measured], groups: Names, canvas: Canvas) -> str:
    name = groups[group]
    sums = measured_rows.total(pd.DataFrame(own, columns=list(Measured._fields)))
    width = 22 if canvas.narrow else 26
    full = labels.plain(name)
    lines = [wording.escape(line) for line in wording.wrapped(full, width=width, lines=2)]
    head = "<br>".join(lines)
    if name.numbered:
        short = wording.escape(name.short)
        head = f"<b>{short}</b>{head[len(short) :]}"
    coverage = wording.escape(wording.arrived_share(canvas.words, sums))
    return f'{head}<br><span style="font-size:{style.SMALL}px">{coverage}</span>'


def _text(
    texts: list[tuple[float, float, str]], size: float, colour: str, position: str
) -> go.Scatter:
    return go.Scatter(
        mode="text",
        x=[x for x, _, _ in texts],
        y=[y for _, y, _ in texts],
        text=[text for _, _, text in texts],
        textposition=position,
        textfont={"size": size, "color": colour},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )


def summary(measures: pd.DataFrame, groups: Names, *, by: str, words: Words, cutoff: date) -> str:
    """Say of the groups what `composition.summary` says; `measures` has a row a group."""
    return composition.summary(measures, groups, by=by, words=words, cutoff=cutoff)


def table(
    measures: pd.DataFrame, groups: Names, periods: Names, *, by: str, group: str, words: Words
) -> pd.DataFrame:
    """Return a row a group × period: n, N, coverage, the counts by state."""
    crossed = measured_rows.crossed(measures, (by, "semester"), (groups, periods))
    return pd.DataFrame([
        {
            group: groups[key[0]].full,
            words("Semester"): periods[key[1]].full,
            **measured_rows.count_columns(measured, words),
            words("Coverage"): wording.share(words, measured),
        }
        for key, measured in measured_rows.each(crossed)
    ])  # fmt: skip
