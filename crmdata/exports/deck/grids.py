"""Tables of faces as native tables, with the fills and patterns of the screen."""

from typing import Any

from pptx.enum.text import PP_ALIGN

from crmdata.exports.deck import fitting, legend, tables
from crmdata.exports.deck.paper import PALETTE, Box, Paper, Said, fill, solid
from crmdata.figures import style
from crmdata.figures.grid import Face, Kind
from crmdata.i18n import Words
from crmdata.slides import WHOLE, Grid
from crmdata.terms import SIN_REPORTE

SIZES = (16, 14, 13, 12, 11, 10, 9)
_ROW = 0.5
_HEADING = 14


def show(paper: Paper, box: Box, chart: Grid, words: Words) -> float:
    """Draw heading, table and legend within a box; return the height they took, in inches."""
    top = fitting.height([chart.heading], box.width, _HEADING) + 0.08
    paper.text(box._replace(height=top), [Said(chart.heading, _HEADING, colour=PALETTE.muted)])
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


def _table(paper: Paper, box: Box, chart: Grid) -> None:
    widths, high = _widths(chart, box.width), box.height / (len(chart.rows) + 1)
    heads = [chart.header, *(one.short for one in chart.columns.values())]
    texts = [heads, *(_texts(chart, key) for key in chart.rows)]
    rooms = [
        (text, width - 2 * tables.CELL, high - 0.03)
        for row in texts
        for text, width in zip(row, widths, strict=True)
    ]
    size = fitting.size_of_cells(rooms, SIZES, bold=True)
    alt = f"{chart.heading}. {chart.summary}"
    table = tables.added(paper, box, widths, len(texts), alt, chart.title)
    for column, text in enumerate(heads):
        text_column = column == 0 or list(chart.columns)[column - 1] in chart.wide
        tables.put(table.cell(0, column), Said(text, size, bold=True),
                   PP_ALIGN.LEFT if text_column else PP_ALIGN.CENTER)  # fmt: skip
        tables.rule(table.cell(0, column), PALETTE.rule)
    for place, key in enumerate(chart.rows, start=1):
        head = table.cell(place, 0)
        tables.put(head, Said(texts[place][0], size, bold=key == WHOLE))
        tables.rule(head, PALETTE.grid)
        for column, other in enumerate(chart.columns, start=1):
            _face(table.cell(place, column), chart.faces[key, other], size,
                  strong=key == WHOLE, wide=other in chart.wide)  # fmt: skip


def _texts(chart: Grid, key: str | int) -> list[str]:
    return [chart.rows[key].full, *(chart.faces[key, other].main for other in chart.columns)]


def _face(cell: Any, face: Face, size: float, *, strong: bool, wide: bool) -> None:
    ink = PALETTE.text
    if face.kind == Kind.VALUE:
        ground = PALETTE.scale[face.step]
        ink = style.text_on(ground)
        solid(cell.fill, ground)
    elif face.kind == Kind.SILENT:
        fill(cell.fill, PALETTE.states[SIN_REPORTE])
    silent = face.kind == Kind.SILENT
    tables.put(cell, Said(face.main, size, bold=strong or silent, colour=ink),
               PP_ALIGN.LEFT if wide else PP_ALIGN.CENTER)  # fmt: skip
    tables.rule(cell, PALETTE.background if face.kind == Kind.VALUE else PALETTE.grid)
