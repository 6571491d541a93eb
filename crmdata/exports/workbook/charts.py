"""Native charts on the sheets: the states with the screen's patterns, the interval, the trend.

Their numbers stand in a sheet of their own, where a missing one is an empty cell: a chart takes
a text such as `··` for 0.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from crmdata.exports.workbook.book import FIRST_ROW, Book
from crmdata.exports.workbook.parts import ChartKind, Drawn, Part
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.measures import Measured
from crmdata.palette import PALETTES, Look
from crmdata.terms import COUNTED, SIN_REPORTE

_PALETTE = PALETTES["light"]
_PATTERNS = {"/": "wide_upward_diagonal", "|": "light_vertical", "-": "light_horizontal",
             ".": "percent_20"}  # fmt: skip
"""Excel's patterns for charts that come nearest to the screen's."""

_WIDTH, _HEIGHT, _ROW = 620, 150, 26
"""Px of a chart, and of each of its bars."""

_TOGETHER = 9
"""Rows of a table that stands with its charts on one page."""

_SMALL = {"size": 9}


class _Series(NamedTuple):
    """A column of the numbers, from which a chart is drawn."""

    title: str
    values: Sequence[float | None]


class Charts:
    """The charts of a workbook, and the sheet of what they are drawn from."""

    def __init__(self, book: Book, words: Words) -> None:
        self.book = book
        self.words = words
        self.name = words("Data of the charts")
        self.column = 0
        self.page: Worksheet | None = None

    def draw(self, page: Worksheet, part: Part) -> None:
        """Draw the charts of a sheet side by side beneath its table."""
        figures = [chart for chart in part.charts if chart.groups]
        row = FIRST_ROW + len(part.rows) + len(part.notes) + 3
        if figures and len(part.rows) > _TOGETHER:
            # On paper the charts have a page of their own: none is cut.
            page.set_h_pagebreaks([row])
        for place, figure in enumerate(figures):
            make = {
                ChartKind.COMPOSITION: self._composition,
                ChartKind.INTERVAL: self._intervals,
                ChartKind.TREND: self._trend,
            }[figure.draws]
            chart = make(figure)
            self._finish(chart, figure)
            page.insert_chart(row, 0, chart, {
                "x_offset": 4 + place * (_WIDTH + 16), "object_position": 2,
                "description": f"{figure.title}. {self.book.head.of}",
            })  # fmt: skip

    def _composition(self, figure: Drawn) -> Chart:
        """Draw a bar a group, its expected reports stacked by state."""
        chart = self.book.file.add_chart({"type": "bar", "subtype": "stacked"})
        self._add_states(chart, figure)
        chart.set_y_axis({"reverse": True, "num_font": _SMALL, "line": _line(_PALETTE.rule)})
        chart.set_x_axis({
            "name": self.words("Expected reports (N)"), "name_font": _SMALL, "num_font": _SMALL,
            "major_gridlines": {"visible": True, "line": _line(_PALETTE.grid)},
            "num_format": "#,##0", "label_position": "low",
        })  # fmt: skip
        return chart

    def _add_states(self, chart: Chart, figure: Drawn) -> None:
        words = self.words
        series = [
            _Series(label(words, state), [getattr(group.measured, str(state))
                                          for group in figure.groups])
            for state in COUNTED
        ]  # fmt: skip
        for state, place in zip(COUNTED, self._written(figure, series), strict=True):
            chart.add_series({**place, **_look(_PALETTE.states[str(state)]), "gap": 45})

    def _intervals(self, figure: Drawn) -> Chart:
        """Draw what the progress may lie in as a floating column, and the progress as a dot."""
        words = self.words
        measured = [group.measured for group in figure.groups]
        series = [
            _Series(words("Interval: from"), [_or_none(m.expected, m.low) for m in measured]),
            _Series(
                words("Interval"),
                [_or_none(m.expected and m.reported, m.high - m.low) for m in measured],
            ),
            _Series(
                words("Interval without any report"),
                [_or_none(m.expected and not m.reported, m.high - m.low) for m in measured],
            ),
            _Series(words("Reported progress"), [_progress(m) for m in measured]),
        ]
        low, span, silent, progress = self._written(figure, series)
        chart = self.book.file.add_chart({"type": "column", "subtype": "stacked"})
        chart.add_series({**low, "fill": {"none": True}, "border": {"none": True}, "gap": 70})
        chart.add_series({**span, "fill": {"color": _PALETTE.planned},
                          "border": _line(_PALETTE.rule)})  # fmt: skip
        chart.add_series({**silent, **_look(_PALETTE.states[SIN_REPORTE])})
        dots = self.book.file.add_chart({"type": "line"})
        ink = _PALETTE.series[0]
        dots.add_series({**progress, "line": {"none": True}, "marker": {
            "type": "circle", "size": 8, "fill": {"color": ink}, "border": {"color": "#ffffff"},
        }})  # fmt: skip
        chart.combine(dots)
        # What the columns float on is no thing of its own.
        chart.set_legend({"position": "bottom", "font": _SMALL, "delete_series": [0]})
        self._upright(chart, words("Progress in percent"), 100)
        return chart

    def _trend(self, figure: Drawn) -> Chart:
        """Draw the expected reports of each period stacked by state, coverage as a line."""
        words = self.words
        chart = self.book.file.add_chart({"type": "column", "subtype": "stacked"})
        self._add_states(chart, figure)
        shares = [_or_none(g.measured.expected, 100 * g.measured.coverage) for g in figure.groups]
        (coverage,) = self._written(figure, [_Series(words("Coverage in percent"), shares)])
        line = self.book.file.add_chart({"type": "line"})
        ink = _PALETTE.text
        line.add_series({
            **coverage, "y2_axis": True, "line": {"color": ink, "width": 1.75},
            "marker": {"type": "diamond", "size": 7, "fill": {"color": "#ffffff"},
                       "border": {"color": ink}},
        })  # fmt: skip
        chart.combine(line)
        line.set_y2_axis({"name": words("Coverage in percent"), "min": 0, "max": 100,
                          "name_font": _SMALL, "num_font": _SMALL, "num_format": "0",
                          "major_gridlines": {"visible": False}})  # fmt: skip
        self._upright(chart, words("Expected reports (N)"), None)
        return chart

    def _upright(self, chart: Chart, title: str, most: float | None) -> None:
        axis: dict[str, Any] = {
            "name": title, "name_font": _SMALL, "num_font": _SMALL, "num_format": "#,##0",
            "min": 0, "major_gridlines": {"visible": True, "line": _line(_PALETTE.grid)},
        }  # fmt: skip
        chart.set_y_axis(axis | ({} if most is None else {"max": most, "major_unit": 25}))
        chart.set_x_axis({"num_font": _SMALL, "line": _line(_PALETTE.rule)})

    def _finish(self, chart: Chart, figure: Drawn) -> None:
        head = self.book.head
        mark = head.mark.partition(":")[0].rstrip(".")
        title = " · ".join(filter(None, (figure.title, head.of, head.selection, mark)))
        chart.set_title({"name": title, "name_font": {"size": 10, "bold": True},
                         "overlay": False})  # fmt: skip
        if figure.draws is not ChartKind.INTERVAL:
            chart.set_legend({"position": "bottom", "font": _SMALL})
        upright = figure.draws is not ChartKind.COMPOSITION
        height = 380 if upright else _HEIGHT + _ROW * max(len(figure.groups), 5)
        chart.set_size({"width": _WIDTH, "height": max(height, 380)})
        chart.show_blanks_as("gap")
        chart.set_chartarea({"border": _line(_PALETTE.grid)})

    def _written(self, figure: Drawn, series: Sequence[_Series]) -> list[dict[str, Any]]:
        """Write the numbers of series beside those before; return where each is drawn from."""
        page, first = self._sheet(), FIRST_ROW + 1
        last = FIRST_ROW + len(figure.groups)
        page.write_string(FIRST_ROW - 1, self.column, figure.title, self.book.formats["note"])
        page.write_string(FIRST_ROW, self.column, figure.of, self.book.formats["head"])
        for row, group in enumerate(figure.groups, first):
            page.write_string(row, self.column, group.label)
        places = []
        for place, each in enumerate(series, self.column + 1):
            page.write_string(FIRST_ROW, place, each.title, self.book.formats["head"])
            for row, value in enumerate(each.values, first):
                if value is not None:
                    page.write_number(row, place, value)
            places.append({
                "name": [self.name, FIRST_ROW, place],
                "categories": [self.name, first, self.column, last, self.column],
                "values": [self.name, first, place, last, place],
            })  # fmt: skip
        self.column += len(series) + 2
        return places

    def _sheet(self) -> Worksheet:
        if self.page is None:
            part = Part(self.name, self.words("What the charts are drawn from"), (), ())
            self.page = self.book.add(part)
        return self.page


def _look(look: Look) -> dict[str, Any]:
    """Return ground, pattern and outline of a state."""
    ground = look.ground if look.ground.startswith("#") else "#ffffff"
    formats: dict[str, Any] = {"border": {"color": look.ink, "width": 0.75}}
    if look.pattern:
        pattern = {"pattern": _PATTERNS[look.pattern], "fg_color": look.mark, "bg_color": ground}
        return formats | {"pattern": pattern}
    return formats | {"fill": {"color": ground}}


def _line(colour: str) -> dict[str, Any]:
    return {"color": colour, "width": 0.75}


def _or_none(there: object, value: float) -> float | None:
    return value if there else None


def _progress(measured: Measured) -> float | None:
    return _or_none(measured.reported and not measured.withheld, measured.progress)
