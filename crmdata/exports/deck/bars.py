"""Groups one under the other: a native table, and over its empty columns two native charts.

Composition is a chart of stacked bars; interval and progress are one of points, a thick line
for each interval and a dot for each progress. Both fill their column, a row of theirs on a row
of the table, and hold their data: who edits the deck changes numbers, not drawings.
"""

from typing import Any, NamedTuple

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.oxml.ns import qn
from pptx.util import Pt

from crmdata.content import frames, wording
from crmdata.exports.deck import drawing, fitting, legend, tables
from crmdata.exports.deck.paper import (
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
from crmdata.labels import label
from crmdata.measures import Measured
from crmdata.slides import WHOLE, Bars
from crmdata.terms import COUNTED, SIN_REPORTE

SIZES = (14, 13, 12, 11, 10)
_ROW = 0.62
_DIGIT = 0.13
"""Inches that a digit takes in a bar; a narrower part shows no number."""

_LONG = 40

_WHOLE_NUMBER = "#,##0"


class _Columns(NamedTuple):
    """The widths of the table, in inches."""

    name: float
    stack: float
    ratio: float
    interval: float
    progress: float


def show(paper: SlideCanvas, box: Box, chart: Bars, words: Words) -> None:
    """Draw legend, table and both charts within a box."""
    used = legend.show(paper, box, legend.of_states(words)) + 0.06
    rows = list(frames.each(chart.measures))
    left = box.below(used)
    high = min(_ROW, left.height / (len(rows) + 1))
    frame = left._replace(height=high * (len(rows) + 1))
    columns = _columns(chart, box.width)
    _table(paper, frame, columns, chart, rows, words)
    over = Box(frame.left + columns.name, frame.top + high, columns.stack, frame.height - high)
    _composition(paper, over, chart, rows, words)
    over = Box(over.left + columns.stack + columns.ratio, over.top, columns.interval, over.height)
    _intervals(paper, over, chart, rows, words)


def _columns(chart: Bars, width: float) -> _Columns:
    long = any(len(name.full) > _LONG for name in chart.names.values())
    ratio, progress = (1.85, 0.95) if width > 9 else (1.42, 0.75)
    name = 0.4 * width if long else min(2.4, 0.2 * width)
    rest = width - name - ratio - progress
    return _Columns(name, 0.6 * rest, ratio, 0.4 * rest, progress)


def _table(
    paper: SlideCanvas, box: Box, columns: _Columns, chart: Bars, rows: list[Any], words: Words
) -> None:
    high = box.height / (len(rows) + 1)
    interval = words("Interval (0–{hundred})", hundred=words.percent(100))
    heads = [chart.header, words("What was reported"), words("n/N"), interval, words("Progress")]
    texts = [heads, *(_texts(chart, key, one, words) for key, one in rows)]
    rooms = [
        (text, width - 2 * tables.CELL, high - 0.03)
        for row in texts
        for text, width in zip(row, columns, strict=True)
    ]
    size = fitting.size_of_cells(rooms, SIZES, bold=True)
    keys = [None, *(key for key, _ in rows)]
    cells = [
        [
            TableCell(Paragraph(text, size, bold=key in {None, WHOLE}),
                 Align.RIGHT if column in {2, 4} else Align.LEFT,
                 PALETTE.rule if key in {None, WHOLE} else PALETTE.grid)
            for column, text in enumerate(row)
        ]
        for key, row in zip(keys, texts, strict=True)
    ]  # fmt: skip
    alt = f"{chart.title}. {chart.summary}"
    tables.show(paper, box, columns, cells, name=chart.title, text=alt)


def _texts(chart: Bars, key: Any, one: Measured, words: Words) -> list[str]:
    nothing = words("Not applicable") if one.no_aplica else words("Nothing was due")
    return [
        chart.names[key].full,
        "" if one.expected else nothing,
        wording.coverage(words, one),
        "",
        wording.progress(words, one),
    ]


def _composition(paper: SlideCanvas, box: Box, chart: Bars, rows: list[Any], words: Words) -> None:
    data = CategoryChartData(number_format=_WHOLE_NUMBER)
    data.categories = [chart.names[key].full for key, _ in rows]
    for state in COUNTED:
        counts = [getattr(one, str(state)) if one.expected else None for _, one in rows]
        data.add_series(label(words, state), counts)
    frame = paper.shapes.add_chart(XL_CHART_TYPE.BAR_STACKED_100, *box.emu, data)
    describe(frame, f"{chart.title}. {chart.summary}", words("What was reported"))
    drawn = frame.chart
    _bare(drawn, drawn.value_axis, drawn.category_axis)
    drawn.category_axis.reverse_order = True
    drawn.value_axis.minimum_scale, drawn.value_axis.maximum_scale = 0, 1
    plot = drawn.plots[0]
    plot.gap_width, plot.overlap = 35, 100
    for state, series in zip(COUNTED, plot.series, strict=True):
        look = PALETTE.states[str(state)]
        dress(series.format, drawing.filled(look), Stroke(look.ink))
        _numbers(series, state, [one for _, one in rows], box.width)


def _numbers(series: Any, state: str, rows: list[Measured], width: float) -> None:
    """Write the counts into the parts of the bars that have room for them."""
    look, labels = PALETTE.states[str(state)], series.data_labels
    labels.show_value, labels.number_format_is_linked = True, False
    labels.number_format = _WHOLE_NUMBER
    labels.position = XL_LABEL_POSITION.CENTER
    labels.font.size, labels.font.bold = Pt(11), True
    labels.font.color.rgb = RGBColor.from_string(ink_on(look).removeprefix("#").upper())
    if look.pattern:
        _ground(labels, look.ground if look.ground.startswith("#") else PALETTE.background)
    hidden = []
    for place, one in enumerate(rows):
        count = getattr(one, str(state))
        room = width * count / one.expected if one.expected else 0
        if room < _DIGIT * len(str(count)) + 0.04:
            hidden.append(place)
    for place in reversed(hidden):
        point = f'<c:dLbl><c:idx val="{place}"/><c:delete val="1"/></c:dLbl>'
        labels._element.insert(0, drawing.element(point))


def _ground(labels: Any, ground: str) -> None:
    """Give numbers a plain ground, so that they read on a pattern."""
    shape = drawing.element(f"<c:spPr>{drawing.solid(ground)}</c:spPr>")
    labels._element.find(qn("c:txPr")).addprevious(shape)


def _intervals(paper: SlideCanvas, box: Box, chart: Bars, rows: list[Any], words: Words) -> None:
    data = XyChartData(number_format="0.0")
    due = [(len(rows) - place - 0.5, key, one) for place, (key, one) in enumerate(rows)
           if one.expected]  # fmt: skip
    for height, key, one in due:
        # Low end, progress, high end. LibreOffice draws no line where series differ in length.
        series = data.add_series(words("Interval: {name}", name=chart.names[key].full))
        for value in (one.low, one.progress if _single(one) else one.low, one.high):
            series.add_data_point(round(value, 1), height)
    frame = paper.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, *box.emu, data)
    describe(
        frame,
        words("Interval and reported progress of each row, from 0 to 100 percent.")
        + f" {' '.join(chart.lines(words))}",
        words("Interval"),
    )
    drawn = frame.chart
    _bare(drawn, drawn.value_axis, drawn.category_axis, inset=0.04)
    drawn.value_axis.minimum_scale, drawn.value_axis.maximum_scale = 0, len(rows)
    _percents(drawn.category_axis)
    for series, (_, _, one) in zip(drawn.plots[0].series, due, strict=True):
        _interval(series, one)


def _single(one: Measured) -> bool:
    """Tell whether there is one figure of progress to show."""
    return bool(one.reported) and not one.withheld


def _percents(axis: Any) -> None:
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, 100, 50
    axis.has_major_gridlines = True
    dress(axis.major_gridlines.format, "", Stroke(PALETTE.grid))


def _interval(series: Any, one: Measured) -> None:
    """Draw a thick line, dotted where nothing was reported, and a dot where progress is known."""
    series.smooth = False
    series.marker.style = XL_MARKER_STYLE.NONE
    if not one.reported:
        dotted = Stroke(PALETTE.states[SIN_REPORTE].ink, 3, Dash.DOTTED)
        dress(series.format, "", dotted)
        return
    thick = Stroke(PALETTE.scale[2], 7)
    dress(series.format, "", thick)
    if _single(one):
        point = series.points[1]
        dress(point.format, "", thick)
        point.marker.style, point.marker.size = XL_MARKER_STYLE.CIRCLE, 11
        dress(point.marker.format, drawing.solid(PALETTE.series[0]), Stroke(PALETTE.background, 1))


def _bare(chart: Any, *axes: Any, inset: float = 0) -> None:
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
