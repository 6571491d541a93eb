"""Tables of faces as native tables, with the fills and patterns of the screen."""

from crmdata.content.faces import Face, Kind
from crmdata.exports.deck import fitting, legend, tables
from crmdata.exports.deck.paper import PALETTE, Align, Box, Paragraph, SlideCanvas
from crmdata.exports.deck.tables import TableCell
from crmdata.i18n import Words
from crmdata.palette import text_on
from crmdata.slides import WHOLE, Grid
from crmdata.terms import SIN_REPORTE

SIZES = (16, 14, 13, 12, 11, 10, 9)
_ROW = 0.5
_HEADING = 14


def show(paper: SlideCanvas, box: Box, chart: Grid, words: Words) -> float:
    """Draw heading, table and legend within a box; return the height they took, in inches."""
    top = fitting.height([chart.heading], box.width, _HEADING) + 0.08
    paper.text(box._replace(height=top), [Paragraph(chart.heading, _HEADING, colour=PALETTE.muted)])
    foot = legend.ROW + 0.1 if chart.scaled else 0
    rows = len(chart.rows) + 1
    room = box.height - top - foot
    limit = _ROW * (2 if chart.wide else 1)
    frame = Box(box.left, box.top + top, box.width, min(room, limit * rows))
    _table(paper, frame, chart)
    if chart.scaled:
        place = Box(box.left, frame.bottom + 0.1, box.width, legend.ROW)
        legend.show(paper, place, legend.of_grid(chart, words))
    return top + frame.height + foot


def _widths(chart: Grid, width: float) -> list[float]:
    """Return the widths of the columns: text takes what numbers leave."""
    count = len(chart.columns)
    if chart.wide:
        narrow = 1.9
        rest = width - narrow * (count - len(chart.wide))
        first = 0.55 * rest
        wide = (rest - first) / len(chart.wide)
        return [first, *(wide if key in chart.wide else narrow for key in chart.columns)]
    first = 1.85 if count > 8 else 2.6
    return [first, *[(width - first) / count] * count]


def _table(paper: SlideCanvas, box: Box, chart: Grid) -> None:
    widths, high = _widths(chart, box.width), box.height / (len(chart.rows) + 1)
    heads = [chart.header, *(one.short for one in chart.columns.values())]
    texts = [heads, *(_texts(chart, key) for key in chart.rows)]
    rooms = [
        (text, width - 2 * tables.CELL, high - 0.03)
        for row in texts
        for text, width in zip(row, widths, strict=True)
    ]
    size = fitting.size_of_cells(rooms, SIZES, bold=True)
    text_columns = {0, *(at for at, key in enumerate(chart.columns, start=1) if key in chart.wide)}
    head = [
        TableCell(Paragraph(text, size, bold=True), _align(at in text_columns), PALETTE.rule)
        for at, text in enumerate(heads)
    ]
    rows = [
        [
            TableCell(Paragraph(chart.rows[key].full, size, bold=key == WHOLE)),
            *(
                _face(chart.faces[key, other], size, strong=key == WHOLE, wide=other in chart.wide)
                for other in chart.columns
            ),
        ]
        for key in chart.rows
    ]
    alt = f"{chart.heading}. {chart.summary}"
    tables.show(paper, box, widths, [head, *rows], name=chart.title, text=alt)


def _align(text_column: bool) -> Align:
    return Align.LEFT if text_column else Align.CENTER


def _texts(chart: Grid, key: str | int) -> list[str]:
    return [chart.rows[key].full, *(chart.faces[key, other].main for other in chart.columns)]


def _face(face: Face, size: float, *, strong: bool, wide: bool) -> TableCell:
    ink, rule, ground = PALETTE.text, PALETTE.grid, ""
    if face.kind == Kind.VALUE:
        ground, rule = PALETTE.scale[face.step], PALETTE.background
        ink = text_on(ground)
    silent = face.kind == Kind.SILENT
    return TableCell(
        Paragraph(face.main, size, bold=strong or silent, colour=ink),
        _align(wide), rule, PALETTE.states[SIN_REPORTE] if silent else ground,
    )  # fmt: skip
