"""The rows of the calendar with their labels, and the lanes beside the semesters."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any, Literal

from crmdata.figures import names, rows, style, wording
from crmdata.figures.calendar import spans
from crmdata.figures.calendar.inputs import Layers, Plan
from crmdata.figures.calendar.slots import Said, said
from crmdata.figures.canvas import Canvas
from crmdata.figures.records import records

NO_BREAK = "\N{NO-BREAK SPACE}"

Level = Literal["axis", "line", "activity"]

LABEL_WIDTH = 344
NARROW_LABEL_WIDTH = 58
HEADER = 86
"""Px of the header above the rows: cut-off, years, semesters, meetings."""

GUTTER = 0.45
"""Room before the first semester for the mark of a reading."""

_LANE_GAP = 0.25
_LANE = 2.1
_NARROW_LANE = 1.7

_AXIS_HEIGHT = 40
_LINE_HEIGHT = 34
_ACTIVITY_HEIGHT = 36


@dataclass(frozen=True)
class Place:
    """A row: what it is, its code, where it stands."""

    level: Level
    code: str
    row: rows.Row

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
    placed: rows.Rows
    places: list[Place]

    @cached_property
    def activities(self) -> dict[str, Place]:
        """The rows of activities by code."""
        return {place.code: place for place in self.places if place.level == "activity"}

    @cached_property
    def slots(self) -> list[spans.SlotPlace]:
        """The places of all slots that have a row."""
        every = spans.slot_places(self.plan.marks, self.plan).values()
        return [place for place in every if place.activity in self.activities]

    @cached_property
    def said(self) -> dict[tuple[str, str], Said]:
        """What the cells say of each slot."""
        return {} if self.layers.cells is None else said(self.layers.cells)

    @property
    def bands(self) -> list[Place]:
        """The rows of axes and lines."""
        return [place for place in self.places if place.level != "activity"]

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
        Place(level, code, row)
        for (level, code, _, _), row in zip(wanted, placed.rows, strict=True)
    ]
    return Board(plan, layers, canvas, placed, places)


def _wanted(
    plan: Plan, layers: Layers, canvas: Canvas, width: int
) -> Iterator[tuple[Level, str, str, float]]:
    axes, lines = names.of_axes(plan.axes, canvas.words), names.of_lines(plan.lines, canvas.words)
    texts = names.of_activities(plan.activities, canvas.words)
    activities = list(records(plan.activities))
    for axis, of_axis in _by(activities, "axis"):
        label = _band(axes[axis], len(of_axis), canvas, width, level="axis")
        yield "axis", str(axis), label, _height(label, _AXIS_HEIGHT)
        for line, of_line in _by(of_axis, "line"):
            folded = line in layers.folded if layers.folded else None
            label = _band(lines[line], len(of_line), canvas, width, level="line", folded=folded)
            yield "line", line, label, _height(label, _LINE_HEIGHT)
            for row in () if folded else of_line:
                label = rows.label(texts[row.activity], width, canvas, lines=3)
                yield "activity", row.activity, label, _height(label, _ACTIVITY_HEIGHT)


def _by(activities: list[Any], code: str) -> Iterator[tuple[Any, list[Any]]]:
    """Yield each code with its activities, in their order."""
    for key, own in groupby(activities, key=lambda row: getattr(row, code)):
        yield key, list(own)


def _height(label: str, least: float) -> float:
    return max(least, rows.LINE_HEIGHT * (label.count("<br>") + 1) + 8)


def _band(
    name: names.Name, count: int, canvas: Canvas, width: int, *, level: Level,
    folded: bool | None = None,
) -> str:  # fmt: skip
    """Return the label of a band: code, title and how many activities it has."""
    sign = "" if folded is None else ("▸ " if folded else "▾ ")
    short = canvas.words("Axis {number}", number=name.short) if level == "axis" else name.short
    if canvas.narrow:
        return f"<b>{sign}{wording.escape(short)}</b>"
    counted = canvas.words.plural("{n} activity", "{n} activities", count)
    size = style.SIZE + 1 if level == "axis" else style.SIZE
    lines = _titled(f"{sign}{short}. {name.text}", counted, int(width / (0.485 * size)))
    text = "<br>".join(wording.escape(line) for line in lines)
    return f'<b><span style="font-size:{size}px">{text}</span></b>'


def _titled(title: str, counted: str, width: int) -> list[str]:
    """Fold title and count into two lines; what does not fit is left out of the title."""
    words = title.split()
    for kept in range(len(words), 0, -1):
        shown = " ".join(words[:kept]) + ("" if kept == len(words) else " …")
        lines = textwrap.wrap(f"{shown} ·{NO_BREAK}{counted.replace(' ', NO_BREAK)}", width=width)
        if len(lines) <= 2:
            return lines
    return [counted]
