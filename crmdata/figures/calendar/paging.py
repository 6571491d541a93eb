"""The calendar in pages for a projector, on which every row is seen whole."""

from itertools import groupby
from typing import Unpack

from crmdata.figures.calendar.inputs import Layers, Plan
from crmdata.figures.calendar.layout import board
from crmdata.figures.canvas import Canvas, Drawing
from crmdata.figures.records import records

LABELS = 560
LABEL_LINES = 12
"""Px and lines for the labels of a page: the room for the whole text of every activity."""


def pages(plan: Plan, room: float, **how: Unpack[Drawing]) -> list[Plan]:
    """Return the plan in pages whose unfolded rows take at most `room` px.

    A page never has two axes, and a line is not torn apart unless it alone is too high.
    """
    wide: Drawing = {**how, "label_width": LABELS, "label_lines": LABEL_LINES}
    made = board(plan, Layers(), Canvas(**wide))
    heights = {(place.level, place.code): place.row.height for place in made.places}
    found: list[list[str]] = []
    for axis, of_axis in groupby(records(plan.activities), key=lambda row: row.axis):
        band, used = heights["axis", str(axis)], room
        for line, rows in groupby(of_axis, key=lambda row: row.line):
            codes = [row.activity for row in rows]
            own = [heights["activity", code] for code in codes]
            head = heights["line", line]
            if used + head + sum(own) > room:
                found.append([])
                used = band
            used += head
            for code, height in zip(codes, own, strict=True):
                if used + height > room and found[-1]:
                    found.append([])
                    used = band + head
                found[-1].append(code)
                used += height
    activities = plan.activities
    return [plan.only(activities[activities["activity"].isin(page)]) for page in found]
