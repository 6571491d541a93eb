"""A document as DOCX, to be worked on: headings, lists and tables of the word processor's own."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import pandas as pd
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell

from crmdata.content import composition, progress
from crmdata.exports.papers.blocks import (
    Block,
    CalendarBlock,
    Composition,
    Heading,
    Intervals,
    Items,
    NewPage,
    Paper,
    TableBlock,
    TextBlock,
)
from crmdata.i18n import words_for
from crmdata.palette import PALETTES
from crmdata.render.timeless import timeless

_PALETTE = PALETTES["light"]
_LINE = 180.0
"""Width of a line in mm."""

_MARGIN = "40"
"""Beside the text of a cell, in twentieths of a point."""

_BESIDE = 1.8
"""Both margins of a cell and its rule in mm."""

_LETTER = 1.95
"""Width of a letter of a table in mm, a wide one of a font that stands in for Calibri."""

_MOST_ABREAST = 12
"""How many periods have room for year and sign beside each other."""


def docx(paper: Paper) -> bytes:
    """Return the file's bytes. A chart stands as the table of its numbers and its summary."""
    made = _Docx(paper)
    for block in paper.blocks:
        made.write(block)
    target = BytesIO()
    made.file.save(target)
    return timeless(target.getvalue(), paper.cutoff)


class _Docx:
    """The document as it is written."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.words = words_for(paper.language)
        self.file: Any = Document()
        self._set_up()
        self.file.add_heading(_clean(paper.title), 0).runs[0].font.size = Pt(18)
        self.file.add_paragraph(_clean(paper.subtitle))

    def _set_up(self) -> None:
        paper, section = self.paper, self.file.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(15)
        section.top_margin = section.bottom_margin = Mm(18)
        style = self.file.styles["Normal"]
        style.font.name, style.font.size = "Calibri", Pt(10)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "es-419" if paper.language == "es" else "en-US")
        style.element.get_or_add_rPr().append(language)
        properties = self.file.core_properties
        properties.title, properties.language = paper.title, paper.language
        properties.subject, properties.author = paper.mark or paper.subtitle, "crmdata"
        day = paper.cutoff
        made = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the format knows no zone
        properties.created = properties.modified = made
        if paper.mark:
            head = section.header.paragraphs[0].add_run(paper.mark)
            head.bold = True
        foot = section.footer.paragraphs[0]
        foot.add_run(f"{paper.foot} · ").font.size = Pt(8)
        _page_number(foot)

    def write(self, block: Block) -> None:
        """Write a part; a list of contents is the word processor's own business."""
        if isinstance(block, Heading):
            self.file.add_heading(_clean(block.text), block.level)
        elif isinstance(block, TextBlock):
            self._text(block)
        elif isinstance(block, Items):
            for text in block.texts:
                self.file.add_paragraph(_clean(text), style="List Bullet")
        elif isinstance(block, TableBlock):
            self._table(block.title, block.table, list(block.widths))
        elif isinstance(block, Composition | Intervals):
            self._chart(block)
        elif isinstance(block, CalendarBlock):
            self._schedule(block)
        elif isinstance(block, NewPage):
            self.file.add_page_break()

    def _text(self, text: TextBlock) -> None:
        run = self.file.add_paragraph().add_run(_clean(text.text))
        run.bold = text.strong
        if text.quiet:
            run.font.size = Pt(8.5)
            run.font.color.rgb = RGBColor.from_string(_PALETTE.muted.removeprefix("#"))

    def _chart(self, bars: Composition | Intervals) -> None:
        said = composition if isinstance(bars, Composition) else progress
        measures = bars.measures.reset_index(names="group")
        table = said.table(measures, bars.names, by="group", group=bars.header, words=self.words)
        self.file.add_heading(_clean(bars.title), 3)
        self._table(bars.title, table, [4.0, *([1.2] * (len(table.columns) - 1))])
        self._text(TextBlock(bars.summary, quiet=True))

    def _schedule(self, schedule: CalendarBlock) -> None:
        heads = {period.code: period.label for period in schedule.periods}
        if len(heads) > _MOST_ABREAST:
            heads = {code: head.replace("-", "\n") for code, head in heads.items()}
        table = pd.DataFrame([
            {
                self.words("Activity"): f"{row.code}. {row.text}",
                **{head: row.slots[code].text or "○" if code in row.slots else ""
                   for code, head in heads.items()},
            }
            for row in schedule.rows
        ])  # fmt: skip
        self._table(schedule.title, table, [8.0, *([1.0] * len(schedule.periods))])

    def _table(self, title: str, table: pd.DataFrame, widths: list[float]) -> None:
        drawn = self.file.add_table(rows=1, cols=len(table.columns), style="Table Grid")
        drawn.autofit = False
        _describe(drawn, title)
        _narrow_margins(drawn)
        said = [[str(column), *map(self._cell, table[column])] for column in table.columns]
        sizes = [Mm(size) for size in sizes_of(said, widths)]
        for cell, column in zip(drawn.rows[0].cells, table.columns, strict=True):
            _write(cell, str(column), bold=True)
            _ground(cell, _PALETTE.band_strong)
        _repeat(drawn.rows[0])
        for values in table.itertuples(index=False, name=None):
            for cell, value in zip(drawn.add_row().cells, values, strict=True):
                _write(cell, self._cell(value), right=_is_number(value))
        # Word reads the cells' widths, LibreOffice those of the columns.
        for column, size in zip(drawn.columns, sizes, strict=True):
            column.width = size
        for row in drawn.rows:
            for cell, size in zip(row.cells, sizes, strict=True):
                cell.width = size
        self.file.add_paragraph()

    def _cell(self, value: Any) -> str:
        return self._said(value) if _is_number(value) else str(value)

    def _said(self, value: Any) -> str:
        return "" if pd.isna(value) else self.words.number(float(value), 2).rstrip(".")


def sizes_of(columns: Sequence[Sequence[str]], widths: Sequence[float]) -> list[float]:
    """Return the widths in mm of columns, `widths` their shares; no word of a cell is broken.

    What a narrow column needs beyond its share is taken from those that have more than they
    need, as far as they have it.
    """
    shares = [_LINE * width / sum(widths) for width in widths]
    least = [
        _BESIDE + _LETTER * max((len(word) for text in texts for word in text.split()), default=0)
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


def _is_number(value: Any) -> bool:
    return hasattr(value, "item") or isinstance(value, (int, float))


def _narrow_margins(table: Any) -> None:
    """Leave less beside the text of a cell than Word does: it would break two digits."""
    margins = _element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", w=_MARGIN, type="dxa"))
    table._tbl.tblPr.append(margins)  # noqa: SLF001 - the library has no door to it


def _clean(text: str) -> str:
    """Return a text that XML can hold: a control character stands as a space."""
    return "".join(letter if letter == "\n" or letter.isprintable() else " " for letter in text)


def _write(cell: _Cell, text: str, *, bold: bool = False, right: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(_clean(text))
    run.bold, run.font.size = bold, Pt(8)
    paragraph.paragraph_format.space_after = Pt(0)
    if right:
        paragraph.alignment = 2


def _element(name: str, **values: str) -> Any:
    found = OxmlElement(name)
    for key, value in values.items():
        found.set(qn(f"w:{key}"), value)
    return found


def _ground(cell: _Cell, colour: str) -> None:
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - the library has no door to it
    properties.append(_element("w:shd", val="clear", color="auto", fill=colour.removeprefix("#")))


def _repeat(row: Any) -> None:
    """Make a row the head of its table on every page."""
    row._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))  # noqa: SLF001 - likewise


def _describe(table: Any, title: str) -> None:
    """Give a table the name that a screen reader says."""
    table._tbl.tblPr.append(_element("w:tblCaption", val=_clean(title)))  # noqa: SLF001 - likewise


def _page_number(paragraph: Any) -> None:
    run = paragraph.add_run()
    run.font.size = Pt(8)
    for part in (_element("w:fldChar", fldCharType="begin"), _instruction(),
                 _element("w:fldChar", fldCharType="end")):  # fmt: skip
        run._r.append(part)  # noqa: SLF001 - likewise


def _instruction() -> Any:
    found = _element("w:instrText")
    found.text = "PAGE"
    return found
