"""Native tables: plain rows under a rule, each row as high as it was given."""

from collections.abc import Sequence
from typing import NamedTuple

from pptx.util import Inches

from crmdata.exports.deck import drawing
from crmdata.exports.deck.slide_canvas import PALETTE, Align, Box, Paragraph, SlideCanvas
from crmdata.palette import Look

_PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's name of the style without fills and lines."""

_TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"

CELL = 0.05
"""Margin at either side of a cell, in inches; above and beneath there is nearly none."""


class TableCell(NamedTuple):
    """What a cell says, the rule under it, and its ground if it has one."""

    paragraph: Paragraph
    align: Align = Align.LEFT
    rule: str = PALETTE.grid
    ground: str | Look = ""


def show(
    paper: SlideCanvas, box: Box, widths: Sequence[float], rows: Sequence[Sequence[TableCell]],
    *, name: str, text: str,
) -> None:  # fmt: skip
    """Draw a table whose rows share the height of the box; the first one is its header."""
    columns = "".join(f'<a:gridCol w="{Inches(width)}"/>' for width in widths)
    high = Inches(box.height / len(rows))
    grid = "".join(f'<a:tr h="{high}">{"".join(map(_cell, row))}</a:tr>' for row in rows)
    paper.add(
        f"<p:graphicFrame><p:nvGraphicFramePr>{drawing.identity(paper.number(), name, text)}"
        '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/>'
        f"</p:nvGraphicFramePr>{drawing.place(box, 'p:xfrm')}"
        f'<a:graphic><a:graphicData uri="{_TABLE}"><a:tbl><a:tblPr firstRow="1">'
        f"<a:tableStyleId>{_PLAIN}</a:tableStyleId></a:tblPr><a:tblGrid>{columns}</a:tblGrid>"
        f"{grid}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


def _cell(cell: TableCell) -> str:
    side, edge = Inches(CELL), Inches(0.01)
    if isinstance(cell.ground, str):
        ground = drawing.solid(cell.ground) if cell.ground else ""
    else:
        ground = drawing.filled(cell.ground)
    # The line comes before the fill, or PowerPoint mends the file.
    return (
        "<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>"
        f"{drawing.paragraphs(_lines(cell.paragraph), cell.align)}</a:txBody>"
        f'<a:tcPr marL="{side}" marR="{side}" marT="{edge}" marB="{edge}" anchor="ctr">'
        f"{drawing.line(drawing.Stroke(cell.rule), 'a:lnB')}{ground}</a:tcPr></a:tc>"
    )


def _lines(paragraph: Paragraph) -> list[Paragraph]:
    """Return each line of a text as a paragraph."""
    return [paragraph._replace(text=line) for line in paragraph.text.split("\n")]
