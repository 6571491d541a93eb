"""The rows of the calendar with their labels, and the lanes beside the periods."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any, Literal

import pandas as pd

from crmdata.figures import names, rows, style, wording
from crmdata.figures.calendar import spans
from crmdata.figures.calendar.inputs import Layers, Plan
from crmdata.figures.calendar.slots import SlotReports, said
from crmdata.figures.canvas import Canvas
from crmdata.figures.records import records

NO_BREAK = "\N{NO-BREAK SPACE}"

_DOT = f"·{NO_BREAK}"

Level = Literal["axis", "line", "activity"]

LABEL_WIDTH = 344
NARROW_LABEL_WIDTH = 58
HEADER = 86
"""Px of the header above the rows: cut-off, years, periods, meetings."""

GUTTER = 0.45
"""Room before the first period for the mark of a reading."""

_LANE_GAP = 0.25
_LANE = 2.1
_NARROW_LANE = 1.7

_RAISED = 9
"""Px by which a folded band's span and spots give way to what was reported."""

_BAND_LINES = 3

_AXIS_HEIGHT = 40
_LINE_HEIGHT = 34
_ACTIVITY_HEIGHT = 36


@dataclass(frozen=True)
class RowPlace:
    """A row: what it is, its code, where it stands."""

    level: Level
    code: str
    row: rows.LabelledRow

    @property
    def middle(self) -> float:
        """The row's middle, in px."""
        return self.row.middle


@dataclass(frozen=True)
class Board:
    """All rows of a calendar and the extent of its axis."""

    plan: Plan
    layers: Layers
    canvas: Canvas
    placed: rows.LabelledRows
    places: list[RowPlace]

    @cached_property
    def activities(self) -> dict[str, RowPlace]:
        """The rows of activities by code."""
        return {place.code: place for place in self.places if place.level == "activity"}

    @cached_property
    def slots(self) -> list[spans.SlotPlace]:
        """The places of all slots that have a row."""
        every = spans.slot_places(self.plan.marks, self.plan).values()
        return [place for place in every if place.activity in self.activities]

    @cached_property
    def said(self) -> dict[tuple[str, str], SlotReports]:
        """What the cells say of each slot."""
        return {} if self.cells is None else said(self.cells)

    @cached_property
    def cells(self) -> pd.DataFrame | None:
        """The cells of the activities shown here, folded or not."""
        cells = self.layers.cells
        if cells is None:
            return None
        return cells.loc[cells["activity"].isin(self.plan.activities["activity"])]

    @property
    def bands(self) -> list[RowPlace]:
        """The rows of axes and lines."""
        return [place for place in self.places if place.level != "activity"]

    def folded(self, place: RowPlace) -> bool:
        """Tell whether a band hides its rows."""
        return place.level != "activity" and place.code in self.layers.folded

    def above(self, band: RowPlace) -> float:
        """Return where a band's span and spots lie: in the middle, or over what was reported."""
        gives_way = self.folded(band) and self.layers.two_tracks
        return band.middle - _RAISED if gives_way else band.middle

    @property
    def lane(self) -> tuple[float, float]:
        """Where the lane of `Por definir` begins and ends on the axis."""
        start = self.plan.width + _LANE_GAP
        return start, start + (_NARROW_LANE if self.canvas.narrow else _LANE)

    @property
    def label_width(self) -> int:
        """The room for row labels in px."""
        return self.placed.label_width


def board(plan: Plan, layers: Layers, canvas: Canvas) -> Board:
    """Set the rows: a band for each axis and line that has activities here, then those."""
    width = canvas.label_width or (NARROW_LABEL_WIDTH if canvas.narrow else LABEL_WIDTH)
    wanted = list(_wanted(plan, layers, canvas, width))
    placed = rows.stacked(((f"{level}:{code}", text, height)
                           for level, code, text, height in wanted), width)  # fmt: skip
    places = [
        RowPlace(level, code, row)
        for (level, code, _, _), row in zip(wanted, placed.rows, strict=True)
    ]
    return Board(plan, layers, canvas, placed, places)


def _wanted(
    plan: Plan, layers: Layers, canvas: Canvas, width: int
) -> Iterator[tuple[Level, str, str, float]]:
    axes, lines = names.of_axes(plan.axes, canvas.words), names.of_lines(plan.lines, canvas.words)
    texts = names.of_activities(plan.activities, canvas.words)
    activities = list(records(plan.activities))
    bands = _Bands(layers, canvas, width)
    for axis, of_axis in _by(activities, "axis"):
        label = bands.label(axes[axis], str(axis), len(of_axis), level="axis")
        yield "axis", str(axis), label, _height(label, _AXIS_HEIGHT)
        for line, of_line in () if str(axis) in layers.folded else _by(of_axis, "line"):
            label = bands.label(lines[line], line, len(of_line), level="line")
            yield "line", line, label, _height(label, _LINE_HEIGHT)
            for row in () if line in layers.folded else of_line:
                label = rows.label(texts[row.activity], width, canvas, lines=canvas.label_lines)
                label = _linked(label, layers.addresses.get(row.activity))
                yield "activity", row.activity, label, _height(label, _ACTIVITY_HEIGHT)


def _by(activities: list[Any], code: str) -> Iterator[tuple[Any, list[Any]]]:
    """Yield each code with its activities, in their order."""
    for key, own in groupby(activities, key=lambda row: getattr(row, code)):
        yield key, list(own)


def _height(label: str, least: float) -> float:
    return max(least, rows.LINE_HEIGHT * (label.count("<br>") + 1) + 8)


def _linked(label: str, address: str | None) -> str:
    """Return a row's label with its code, or its first line, as a link.

    Plotly breaks a link that goes over several lines into as many.
    """
    if address is None:
        return label
    code, mark, rest = label.partition("</b>")
    return f'<a href="{address}" target="_self">{code}{mark}</a>{rest}'


@dataclass(frozen=True)
class _Bands:
    """What labels the bands of a calendar."""

    layers: Layers
    canvas: Canvas
    width: int

    def label(self, name: names.Name, code: str, count: int, *, level: str) -> str:
        """Return the label of a band: code, title and how many activities it has."""
        canvas, sign = self.canvas, self._sign(code)
        short = canvas.words("Axis {number}", number=name.short) if level == "axis" else name.short
        size = style.SIZE + 1 if level == "axis" else style.SIZE
        if canvas.narrow:
            lines = [f"{sign}{short}"]
        else:
            counted = canvas.words.plural("{n} activity", "{n} activities", count)
            room = int(self.width / (0.485 * size))
            lines = _titled(f"{sign}{short}. {name.text}", counted, room)
        first, *rest = (f"<b>{wording.escape(line)}</b>" for line in lines)
        label = "<br>".join([_linked(first, self.layers.addresses.get(code)), *rest])
        return label if canvas.narrow else f'<span style="font-size:{size}px">{label}</span>'

    def _sign(self, code: str) -> str:
        """Return the sign of a band that is folded or can be."""
        if not self.layers.folded and code not in self.layers.addresses:
            return ""
        return "▸ " if code in self.layers.folded else "▾ "


def _titled(title: str, counted: str, width: int) -> list[str]:
    """Fold title and count into three lines; what does not fit is left out of the title."""
    words = title.split()
    for kept in range(len(words), 0, -1):
        shown = " ".join(words[:kept]) + ("" if kept == len(words) else " …")
        lines = textwrap.wrap(f"{shown} {_DOT}{counted.replace(' ', NO_BREAK)}", width=width)
        if len(lines) <= _BAND_LINES:
            return [line.removeprefix(_DOT) for line in lines]
    return [counted]
