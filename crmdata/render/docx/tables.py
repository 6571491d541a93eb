"""Tables of the word processor's own: a head that every page repeats, no word broken."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import _Cell

from crmdata.palette import PALETTES, text_on

_PALETTE = PALETTES["light"]
_LINE = 180.0
"""Width of a line in mm."""

_MARGIN = "40"
"""Beside the text of a cell, in twentieths of a point."""

_BESIDE = 1.8
"""Both margins of a cell and its rule in mm."""

_LETTER = 1.95
"""Width of a letter of a table in mm, a wide one of a font that stands in for Calibri."""

_MOST_TOGETHER = 14
"""Rows of a table that is not split: half a page."""

_NO_BREAK = "\N{NO-BREAK SPACE}"
"""What keeps a number with its sign; for Python no printable letter."""

_BREAK = re.compile(r"[ \n]")
"""Where a line may end."""

Cell = tuple[str, str]
"""A text, and the colour of its ground; empty for none."""


def write(
    file: Any, title: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]],
    right: Sequence[bool], widths: Sequence[float] = (),
) -> None:  # fmt: skip
    """Write a table; `right` says which columns stand to the right, `widths` are shares."""
    drawn = file.add_table(rows=1 + len(rows), cols=len(heads), style="Table Grid")
    drawn.autofit = False
    _describe(drawn, title)
    _narrow_margins(drawn)
    columns = [[head, *(row[at][0] for row in rows)] for at, head in enumerate(heads)]
    sizes = [Mm(size) for size in sizes_of(columns, widths or shares_of(columns))]
    # Asked for once: the library looks through the whole table for the cells of each row.
    cells = iter(drawn._cells)  # noqa: SLF001 - the library has no door to it
    for head, size in zip(heads, sizes, strict=True):
        _write(cell := next(cells), head, size, bold=True)
        _ground(cell, _PALETTE.band_strong)
    for values in rows:
        for (text, ground), size, aside in zip(values, sizes, right, strict=True):
            ink = text_on(ground) if ground else ""
            _write(cell := next(cells), text, size, right=aside, ink=ink)
            if ground:
                _ground(cell, ground)
    first, *others = drawn._tbl.tr_lst  # noqa: SLF001 - likewise
    _repeat(first)
    for row in others:
        _keep_whole(row)
    _keep_together([first, *others])
    # Word reads the cells' widths, LibreOffice those of the columns.
    for column, size in zip(drawn.columns, sizes, strict=True):
        column.width = size
    file.add_paragraph()


def shares_of(columns: Sequence[Sequence[str]]) -> list[float]:
    """Return how wide columns are to be by how much they say."""
    return [max(4.0, min(60.0, max(map(len, texts)))) for texts in columns]


def sizes_of(columns: Sequence[Sequence[str]], widths: Sequence[float]) -> list[float]:
    """Return the widths in mm of columns, `widths` their shares; no word of a cell is broken.

    What a narrow column needs beyond its share is taken from those that have more than they
    need, as far as they have it.
    """
    shares = [_LINE * width / sum(widths) for width in widths]
    least = [
        _BESIDE + _LETTER * max(len(word) for text in texts for word in _BREAK.split(text))
        for texts in columns
    ]
    wanting = sum(max(0.0, need - share) for need, share in zip(least, shares, strict=True))
    spare = sum(max(0.0, share - need) for need, share in zip(least, shares, strict=True))
    if wanting > spare:
        return [_LINE * need / sum(least) for need in least]
    taken = wanting / spare if spare else 0.0
    return [
        need if share < need else share - taken * (share - need)
        for need, share in zip(least, shares, strict=True)
    ]


def clean(text: str) -> str:
    """Return a text that XML can hold: a control character stands as a space."""
    kept = {"\n", _NO_BREAK}
    return "".join(each if each in kept or each.isprintable() else " " for each in text)


def _narrow_margins(table: Any) -> None:
    """Leave less beside the text of a cell than Word does: it would break two digits."""
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=_MARGIN, type="dxa"))
    table._tbl.tblPr.append(margins)  # noqa: SLF001 - the library has no door to it


def _write(
    cell: _Cell, text: str, width: Length, *, bold: bool = False, right: bool = False,
    ink: str = "",
) -> None:  # fmt: skip
    cell.width = width
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(clean(text))
    run.bold, run.font.size = bold, Pt(8)
    if ink:
        run.font.color.rgb = RGBColor.from_string(ink.removeprefix("#"))
    paragraph.paragraph_format.space_after = Pt(0)
    if right:
        paragraph.alignment = 2


def element(name: str, **values: str) -> Any:
    """Return an element of the format's own, for which the library has no door."""
    found = OxmlElement(name)
    for key, value in values.items():
        found.set(qn(f"w:{key}"), value)
    return found


def _ground(cell: _Cell, colour: str) -> None:
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - the library has no door to it
    properties.append(element("w:shd", val="clear", color="auto", fill=colour.removeprefix("#")))


def _repeat(row: Any) -> None:
    """Make a row the head of its table on every page."""
    row.get_or_add_trPr().append(element("w:tblHeader", val="true"))


def _keep_whole(row: Any) -> None:
    """Let no page end within a row."""
    row.get_or_add_trPr().append(element("w:cantSplit", val="true"))


def hold_last(file: Any) -> None:
    """Keep the table that was written last, if nothing follows it, on the page of what comes."""
    # The last element of all says how the pages are.
    drawn, after = file.element.body[-3:-1]
    if drawn.tag == qn("w:tbl") and not after.text:
        _hold([drawn.tr_lst[-1], after])


def _keep_together(rows: Sequence[Any]) -> None:
    """Hold a small table whole, of a long one head and first row."""
    _hold(rows[:-1] if len(rows) <= _MOST_TOGETHER else rows[:1])


def _hold(elements: Iterable[Any]) -> None:
    """Keep texts on the page of what follows them; of rows Word asks the same."""
    for paragraph in (each for element in elements for each in element.iter(qn("w:p"))):
        paragraph.get_or_add_pPr().keepNext_val = True


def _describe(table: Any, title: str) -> None:
    """Give a table the name that a screen reader says."""
    table._tbl.tblPr.append(element("w:tblCaption", val=clean(title)))  # noqa: SLF001 - likewise
