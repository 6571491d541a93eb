"""Groups one under the other: a native table, and over its empty columns native charts.

Composition is a chart of stacked bars; interval and progress, where they stand beside it, are one
of points, a thick line for each interval and a dot for each progress. Both fill their column, a
row of theirs on a row of the table, and hold their data: who edits the deck changes numbers, not
drawings.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.oxml.ns import qn
from pptx.util import Pt

from crmdata.content.parts import Reach, StateBar, StateBars
from crmdata.exports.deck import drawing, fitting, legend, tables
from crmdata.exports.deck.slide_canvas import (
    PALETTE,
    Align,
    Box,
    Dash,
    Paragraph,
    SlideCanvas,
    Stroke,
    describe,
    dress,
    ink_on,
)
from crmdata.exports.deck.tables import TableCell
from crmdata.i18n import Words
from crmdata.labels import NOT_APPLICABLE, label
from crmdata.terms import COUNTED, SIN_REPORTE

SIZES = (14, 13, 12, 11, 10)
_ROW = 0.62
_DIGIT = 0.13
"""Inches that a digit takes in a bar; a narrower part shows no number."""

_LONG = 40

_SAID, _PROGRESS = 2.15, 1.15
"""Widths of the columns of n of N and of progress, in inches."""

_ALIGN = (Align.LEFT, Align.LEFT, Align.RIGHT, Align.CENTER, Align.RIGHT)

_WHOLE_NUMBER = "#,##0"


class _Columns(NamedTuple):
    """The widths of the table, in inches."""

    name: float
    stack: float
    ratio: float
    interval: float
    progress: float


def show(paper: SlideCanvas, box: Box, part: StateBars, words: Words, summary: str) -> float:
    """Draw legend, table and charts within a box; return the height they took, in inches."""
    used = legend.show(paper, box, legend.of_states(words)) + 0.06
    rest = box.below(used)
    high = min(_ROW, rest.height / (len(part.bars) + 1))
    frame = rest._replace(height=high * (len(part.bars) + 1))
    columns = _columns(part, box.width)
    text = f"{part.title}. {summary}"
    _table(paper, frame, columns, part, words, text)
    over = Box(frame.left + columns.name, frame.top + high, columns.stack, frame.height - high)
    _composition(paper, over, part, words, text)
    if columns.interval:
        beside = over.left + columns.stack + columns.ratio
        over = Box(beside, over.top, columns.interval, over.height)
        _intervals(paper, over, part, words, summary)
    return used + frame.height


def _columns(part: StateBars, width: float) -> _Columns:
    long = any(len(bar.name.called) > _LONG for bar in part.bars)
    name = 0.4 * width if long else min(3.4, 0.27 * width)
    if not any(bar.reach for bar in part.bars):
        return _Columns(name, width - name - _SAID, _SAID, 0, 0)
    rest = width - name - _SAID - _PROGRESS
    return _Columns(name, 0.6 * rest, _SAID, 0.4 * rest, _PROGRESS)


def _table(
    paper: SlideCanvas, box: Box, columns: _Columns, part: StateBars, words: Words, text: str
) -> None:
    high = box.height / (len(part.bars) + 1)
    interval = words("Interval (0–{hundred})", hundred=words.percent(100))
    heads = ["", words("What was reported"), words("Reported"), interval, words("Progress")]
    rows = [
        heads,
        *([bar.name.called, bar.why, bar.total, "", _progress(bar)] for bar in part.bars),
    ]
    # Without progress there are three columns.
    widths = [width for width in columns if width]
    rooms = [
        (text, width - 2 * tables.CELL, high - 0.03)
        for row in rows
        for text, width in zip(row, columns, strict=True)
        if width
    ]
    size = fitting.size_of_cells(rooms, SIZES, bold=True)
    strong = [True, *(bar.together for bar in part.bars)]
    cells = [
        [
            TableCell(Paragraph(text, size, bold=bold), _ALIGN[at],
                      PALETTE.rule if bold else PALETTE.grid)
            for at, text in enumerate(row[: len(widths)])
        ]
        for bold, row in zip(strong, rows, strict=True)
    ]  # fmt: skip
    tables.show(paper, box, widths, cells, name=part.title, text=text)


def _progress(bar: StateBar) -> str:
    return bar.reach.progress_text if bar.reach else NOT_APPLICABLE


def _composition(paper: SlideCanvas, box: Box, part: StateBars, words: Words, text: str) -> None:
    data = CategoryChartData(number_format=_WHOLE_NUMBER)
    data.categories = [bar.name.called for bar in part.bars]
    for state in map(str, COUNTED):
        counts = [bar.counts.get(state, 0) if bar.counts else None for bar in part.bars]
        data.add_series(label(words, state), counts)
    frame = paper.shapes.add_chart(XL_CHART_TYPE.BAR_STACKED_100, *box.emu, data)
    describe(frame, text, words("What was reported"))
    chart = frame.chart
    bare(chart, chart.value_axis, chart.category_axis)
    chart.category_axis.reverse_order = True
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, 1
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 35, 100
    for state, series in zip(map(str, COUNTED), plot.series, strict=True):
        look = PALETTE.states[state]
        dress(series.format, drawing.filled(look), Stroke(look.ink))
        _numbers(series, state, part.bars, box.width)


def _numbers(series: Any, state: str, bars: Sequence[StateBar], width: float) -> None:
    """Write the counts into the parts of the bars that have room for them."""
    look, labels = PALETTE.states[state], series.data_labels
    labels.show_value, labels.number_format_is_linked = True, False
    labels.number_format = _WHOLE_NUMBER
    labels.position = XL_LABEL_POSITION.CENTER
    labels.font.size, labels.font.bold = Pt(11), True
    labels.font.color.rgb = RGBColor.from_string(ink_on(look).removeprefix("#").upper())
    if look.pattern:
        _ground(labels, look.ground if look.ground.startswith("#") else PALETTE.background)
    hidden = []
    for place, bar in enumerate(bars):
        count, expected = bar.counts.get(state, 0), sum(bar.counts.values())
        room = width * count / expected if expected else 0
        if room < _DIGIT * len(str(count)) + 0.04:
            hidden.append(place)
    for place in reversed(hidden):
        point = f'<c:dLbl><c:idx val="{place}"/><c:delete val="1"/></c:dLbl>'
        labels._element.insert(0, drawing.element(point))


def _ground(labels: Any, ground: str) -> None:
    """Give numbers a plain ground, so that they read on a pattern."""
    shape = drawing.element(f"<c:spPr>{drawing.solid(ground)}</c:spPr>")
    labels._element.find(qn("c:txPr")).addprevious(shape)


def _intervals(paper: SlideCanvas, box: Box, part: StateBars, words: Words, summary: str) -> None:
    data = XyChartData(number_format="0.0")
    count = len(part.bars)
    due = [(count - place - 0.5, bar, bar.reach) for place, bar in enumerate(part.bars)
           if bar.reach]  # fmt: skip
    for height, bar, reach in due:
        # Low end, progress, high end. LibreOffice draws no line where series differ in length.
        series = data.add_series(words("Interval: {name}", name=bar.name.called))
        middle = reach.low if reach.progress is None else reach.progress
        for value in (reach.low, middle, reach.high):
            series.add_data_point(round(value, 1), height)
    frame = paper.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, *box.emu, data)
    describe(
        frame,
        words("Interval and reported progress of each row, from 0 to 100 percent.") + f" {summary}",
        words("Interval"),
    )
    chart = frame.chart
    bare(chart, chart.value_axis, chart.category_axis, inset=0.04)
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, count
    percents(chart.category_axis)
    for series, (_, bar, reach) in zip(chart.plots[0].series, due, strict=True):
        _interval(series, bar, reach)


def percents(axis: Any) -> None:
    """Make an axis one of 0–100 with a line in its middle."""
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, 100, 50
    axis.has_major_gridlines = True
    dress(axis.major_gridlines.format, "", Stroke(PALETTE.grid))


def _interval(series: Any, bar: StateBar, reach: Reach) -> None:
    """Draw a thick line, dotted where nothing was reported, and a dot where progress is known."""
    series.smooth = False
    series.marker.style = XL_MARKER_STYLE.NONE
    if set(bar.counts) <= {SIN_REPORTE} or bar.counts[SIN_REPORTE] == sum(bar.counts.values()):
        dotted = Stroke(PALETTE.states[SIN_REPORTE].ink, 3, Dash.DOTTED)
        dress(series.format, "", dotted)
        return
    thick = Stroke(PALETTE.scale[2], 7)
    dress(series.format, "", thick)
    if reach.progress is not None:
        point = series.points[1]
        dress(point.format, "", thick)
        point.marker.style, point.marker.size = XL_MARKER_STYLE.CIRCLE, 11
        dress(point.marker.format, drawing.solid(PALETTE.series[0]), Stroke(PALETTE.background, 1))


def bare(chart: Any, *axes: Any, inset: float = 0) -> None:
    """Take away all but the marks, which fill the chart but for an inset at left and right."""
    chart.has_legend = chart.has_title = False
    chart.font.size = Pt(11)
    for axis in axes:
        axis.visible = axis.has_major_gridlines = False
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    values = {"layoutTarget": "inner", "xMode": "edge", "yMode": "edge", "x": inset, "y": 0,
              "w": 1 - 2 * inset, "h": 1}  # fmt: skip
    manual = "".join(f'<c:{name} val="{value}"/>' for name, value in values.items())
    layout = f"<c:layout><c:manualLayout>{manual}</c:manualLayout></c:layout>"
    area.insert(0, drawing.element(layout))
