"""Tables of faces, strips and lists as native tables, the map of tiles as shapes."""

from collections.abc import Sequence

from crmdata.content.calendar.slots import expected
from crmdata.content.cell_tables import Face, FaceTable, Kind, Tiles
from crmdata.content.parts import Entries, Square, Strips
from crmdata.exports.deck import fitting, legend, tables
from crmdata.exports.deck.legend import LegendEntry
from crmdata.exports.deck.slide_canvas import PALETTE, Align, Box, Paragraph, SlideCanvas, Stroke
from crmdata.exports.deck.tables import TableCell
from crmdata.labels import NOT_APPLICABLE
from crmdata.palette import Look, text_on
from crmdata.terms import SIN_REPORTE

SIZES = (18, 16, 14, 13, 12, 11, 10, 9)
_ROW = 0.6
_HEADING = 14
_GAP = 0.06
"""Between tiles, in inches."""

_ABOVE_KEY = 0.1
"""Between a picture and its legend, in inches."""


def show(paper: SlideCanvas, box: Box, part: FaceTable, summary: str) -> float:
    """Draw heading, table and legend within a box; return the height they took, in inches."""
    top = fitting.height([part.heading], box.width, _HEADING) + 0.08
    paper.text(box._replace(height=top), [Paragraph(part.heading, _HEADING, colour=PALETTE.muted)])
    heads = ["", *(name.short for name in part.columns.values())]
    rows = [
        [TableCell(Paragraph(name.called, 0)),
         *(_face(part.cells[row, column].face) for column in part.columns)]
        for row, name in part.rows.items()
    ]  # fmt: skip
    first = 2.6 if len(part.columns) > 8 else 0.3 * box.width
    widths = [first, *[(box.width - first) / len(part.columns)] * len(part.columns)]
    return top + _table(
        paper, box.below(top), [*zip(heads, widths, strict=True)], rows, name=part.title,
        text=f"{part.heading}. {summary}", key=legend.of_key(part.key),
    )  # fmt: skip


def show_strips(paper: SlideCanvas, box: Box, part: Strips, summary: str) -> float:
    """Draw a row a strip, each of its squares as n/N; return the height it took."""
    heads = ["", *(name.short for name in part.columns), part.total]
    rows = [
        [TableCell(Paragraph(row.name.called, 0)),
         *(TableCell(Paragraph(_square(each), 0), Align.CENTER) for each in row.squares),
         TableCell(Paragraph(row.total, 0), Align.RIGHT)]
        for row in part.rows
    ]  # fmt: skip
    first, last = 0.3 * box.width, 0.12 * box.width
    each = (box.width - first - last) / max(1, len(part.columns))
    widths = [first, *[each] * len(part.columns), last]
    columns = [*zip(heads, widths, strict=True)]
    return _table(paper, box, columns, rows, name=part.title, text=summary)


def _square(square: Square | None) -> str:
    if square is None:
        return ""
    reported, among = expected(square.counts)
    return f"{reported}/{among}" if among else NOT_APPLICABLE


def show_entries(paper: SlideCanvas, box: Box, part: Entries, summary: str) -> float:
    """Draw a row an entry: what it is about, and what is said of it; return its height."""
    rows = [
        [TableCell(Paragraph(entry.name.called, 0)), TableCell(Paragraph(entry.note, 0))]
        for entry in part.entries
    ]
    columns = [(part.title, 0.4 * box.width), ("", 0.6 * box.width)]
    return _table(paper, box, columns, rows, name=part.title or "Table", text=summary)


def _table(
    paper: SlideCanvas, box: Box, columns: Sequence[tuple[str, float]],
    rows: Sequence[Sequence[TableCell]], *, name: str, text: str, key: Sequence[LegendEntry] = (),
) -> float:  # fmt: skip
    """Draw a table in one size of type, the largest that fits, and its legend; return the height.

    `columns` are their heads and widths.
    """
    heads, widths = zip(*columns, strict=True)
    foot = legend.height(paper, box, key)
    room = box.height - foot - (_ABOVE_KEY if foot else 0)
    high = min(room / (len(rows) + 1), _ROW)
    first = [TableCell(Paragraph(head, 0, bold=True), Align.CENTER if at else Align.LEFT,
                       PALETTE.rule) for at, head in enumerate(heads)]  # fmt: skip
    cells = [first, *rows]
    rooms = [
        (cell.paragraph.text, width - 2 * tables.CELL, high - 0.03)
        for row in cells
        for cell, width in zip(row, widths, strict=True)
    ]
    size = fitting.size_of_cells(rooms, SIZES, bold=True)
    sized = [
        [cell._replace(paragraph=cell.paragraph._replace(size=size)) for cell in row]
        for row in cells
    ]
    frame = box._replace(height=high * len(cells))
    tables.show(paper, frame, widths, sized, name=name, text=text)
    if not foot:
        return frame.height
    return frame.height + _ABOVE_KEY + legend.show(paper, box.below(frame.height + _ABOVE_KEY), key)


def _face(face: Face) -> TableCell:
    ink, ground = _look(face)
    rule = PALETTE.background if face.kind == Kind.VALUE else PALETTE.grid
    strong = face.kind == Kind.SILENT
    paragraph = Paragraph(_text(face), 0, bold=strong, colour=ink)
    return TableCell(paragraph, Align.CENTER, rule, ground)


def _text(face: Face) -> str:
    return "\n".join(filter(None, (face.main, face.note)))


def _look(face: Face) -> tuple[str, str | Look]:
    """Return the colour of a face's text, and its ground."""
    if face.kind == Kind.SILENT:
        return PALETTE.text, PALETTE.states[SIN_REPORTE]
    if face.kind != Kind.VALUE:
        return PALETTE.text, ""
    ground = PALETTE.scale[face.step]
    return text_on(ground), ground


def show_tiles(paper: SlideCanvas, box: Box, part: Tiles, summary: str) -> float:
    """Draw a shape a member, roughly where it lies; return the height they took."""
    key = legend.of_key(part.key)
    foot = legend.height(paper, box, key) + _ABOVE_KEY
    room = box._replace(height=box.height - foot)
    rows, columns = (
        max(place) for place in zip(*((t.row, t.column) for t in part.tiles), strict=True)
    )
    high, wide = room.height / rows, min(1.9, room.width / columns)
    left = room.left + (room.width - wide * columns) / 2
    group = paper.group(room, part.title, summary)
    for tile in part.tiles:
        ink, ground = _look(tile.cell.face)
        text = " ".join(filter(None, (tile.code, *tile.cell.face[1:3])))
        place = Box(left + (tile.column - 1) * wide, room.top + (tile.row - 1) * high,
                    wide - _GAP, high - _GAP)  # fmt: skip
        size = fitting.size([text], place.width - 0.1, place.height, SIZES, bold=True)
        group.shape(place, ground or PALETTE.band, Stroke(PALETTE.rule),
                    paragraph=Paragraph(text, size, bold=True, colour=ink))  # fmt: skip
    legend.show(paper, Box(box.left, room.bottom + _ABOVE_KEY, box.width, foot), key)
    return box.height
