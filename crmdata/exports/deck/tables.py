"""Native tables: plain rows under a rule, each row as high as it was given."""

from collections.abc import Sequence
from typing import Any

from lxml import etree
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from crmdata.exports.deck.paper import PALETTE, Box, Paper, Said, describe, write

_PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's name of the style without fills and lines."""

CELL = 0.05
"""Margin at either side of a cell, in inches; above and beneath there is nearly none."""


def added(paper: Paper, box: Box, widths: Sequence[float], rows: int, alt: str, name: str) -> Any:
    """Add a table whose rows share the height of the box; the first one is its header."""
    frame = paper.shapes.add_table(rows, len(widths), *box.emu)
    describe(frame, alt, name)
    table = frame.table
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = _PLAIN
    table.first_row, table.horz_banding = True, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Inches(width)
    for row in table.rows:
        row.height = Inches(box.height / rows)
    return table


def put(cell: Any, said: Said, align: PP_ALIGN = PP_ALIGN.LEFT) -> None:
    """Write a cell's text."""
    write(cell.text_frame, [said], align=align)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_left = cell.margin_right = Inches(CELL)
    cell.margin_top = cell.margin_bottom = Inches(0.01)


def rule(cell: Any, ink: str = PALETTE.grid, width: float = 0.75) -> None:
    """Draw a line under a cell."""
    properties = cell._tc.get_or_add_tcPr()
    line = etree.Element(qn("a:lnB"), w=str(Pt(width)))
    colour = etree.SubElement(etree.SubElement(line, qn("a:solidFill")), qn("a:srgbClr"))
    colour.set("val", ink.removeprefix("#").upper())
    # Lines come before the fill, or PowerPoint mends the file.
    properties.insert(0, line)
