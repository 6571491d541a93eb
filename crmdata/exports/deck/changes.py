"""Progress then and now: a native table, and over its empty column a native chart of points.

Each row that can be compared is a series of two points, joined: who edits the deck changes
numbers, not drawings.
"""

from typing import Any

from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE

from crmdata.content.parts import ProgressChange, ProgressChanges
from crmdata.exports.deck import bars, drawing, fitting, tables
from crmdata.exports.deck.slide_canvas import (
    PALETTE,
    Align,
    Box,
    Paragraph,
    SlideCanvas,
    Stroke,
    describe,
    dress,
)
from crmdata.exports.deck.tables import TableCell
from crmdata.i18n import Words

_ROW = 0.62
_CHANGE, _TOTAL = 1.5, 2.15
"""Widths of the columns of the change and of n of N, in inches."""

_KEY = 12
_ALIGN = (Align.LEFT, Align.LEFT, Align.RIGHT, Align.RIGHT)


def show(paper: SlideCanvas, box: Box, part: ProgressChanges, words: Words, summary: str) -> float:
    """Draw key, table and chart within a box; return the height they took, in inches."""
    first, last = part.days
    key = " · ".join(filter(None, [f"○ {first} → ● {last}", paper.mark]))
    used = fitting.height([key], box.width, _KEY) + 0.06
    paper.text(box._replace(height=used), [Paragraph(key, _KEY, colour=PALETTE.muted)])
    rest = box.below(used)
    high = min(_ROW, rest.height / (len(part.changes) + 1))
    frame = rest._replace(height=high * (len(part.changes) + 1))
    name = min(3.4, 0.27 * box.width)
    widths = [name, box.width - name - _CHANGE - _TOTAL, _CHANGE, _TOTAL]
    text = f"{part.title}. {summary}"
    _table(paper, frame, widths, part, words, text)
    over = Box(frame.left + name, frame.top + high, widths[1], frame.height - high)
    _points(paper, over, part, words, text)
    return used + frame.height


def _table(
    paper: SlideCanvas, box: Box, widths: list[float], part: ProgressChanges, words: Words,
    text: str,
) -> None:  # fmt: skip
    high = box.height / (len(part.changes) + 1)
    scale = words("Progress (0–{hundred})", hundred=words.percent(100))
    heads = ["", scale, words("Change"), words("Reported")]
    rows = [heads, *([each.name.called, each.why, each.change, each.total]
                     for each in part.changes)]  # fmt: skip
    rooms = [
        (cell, width - 2 * tables.CELL, high - 0.03)
        for row in rows
        for cell, width in zip(row, widths, strict=True)
    ]
    size = fitting.size_of_cells(rooms, bars.SIZES, bold=True)
    cells = [
        [
            TableCell(Paragraph(cell, size, bold=at == 0), align,
                      PALETTE.rule if at == 0 else PALETTE.grid)
            for cell, align in zip(row, _ALIGN, strict=True)
        ]
        for at, row in enumerate(rows)
    ]  # fmt: skip
    tables.show(paper, box, widths, cells, name=part.title, text=text)


def _points(paper: SlideCanvas, box: Box, part: ProgressChanges, words: Words, text: str) -> None:
    count = len(part.changes)
    data = XyChartData(number_format="0.0")
    placed = [(count - at - 0.5, each) for at, each in enumerate(part.changes)
              if each.now is not None]  # fmt: skip
    for height, each in placed:
        series = data.add_series(each.name.called)
        for value in _ends(each):
            series.add_data_point(round(value, 1), height)
    frame = paper.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, *box.emu, data)
    describe(frame, text, words("Progress"))
    chart = frame.chart
    bars.bare(chart, chart.value_axis, chart.category_axis, inset=0.04)
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, count
    bars.percents(chart.category_axis)
    for series in chart.plots[0].series:
        _dress(series)


def _ends(change: ProgressChange) -> tuple[float, ...]:
    return tuple(end for end in (change.then, change.now) if end is not None)


def _dress(series: Any) -> None:
    """Draw a ring where it was, a dot where it is, and the line between them."""
    series.smooth = False
    series.marker.style = XL_MARKER_STYLE.NONE
    line = Stroke(PALETTE.rule, 3)
    dress(series.format, "", line)
    edge = Stroke(PALETTE.series[0], 2)
    for point, size, fill in ((0, 13, PALETTE.background), (1, 8, PALETTE.series[0])):
        marked = series.points[point]
        dress(marked.format, "", line)
        marked.marker.style, marked.marker.size = XL_MARKER_STYLE.CIRCLE, size
        dress(marked.marker.format, drawing.solid(fill), edge)
