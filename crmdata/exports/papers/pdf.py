"""A document as PDF: text that can be searched, drawings as vectors, bookmarks and page numbers."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, time
from typing import Any

import pandas as pd
from fpdf import FPDF, ViewerPreferences
from fpdf.enums import XPos, YPos
from fpdf.outline import OutlineSection

from crmdata.exports.papers import charts, tables
from crmdata.exports.papers.blocks import (
    Block,
    CalendarBlock,
    Composition,
    ContentsList,
    Heading,
    Intervals,
    Items,
    NewPage,
    Paper,
    TableBlock,
    TextBlock,
)
from crmdata.exports.papers.letters import FONTS, clean
from crmdata.exports.steps import Step, no_step
from crmdata.i18n import Words, words_for
from crmdata.palette import PALETTES

FONT = "DejaVu"

_MARGIN = 15.0
_SIZES = {1: 15.0, 2: 12.0, 3: 10.0}
_TEXT = 8.5
_QUIET = 7.5
_SHORT = 14
"""Characters of a number with its sign."""
_PALETTE = PALETTES["light"]


def pdf(paper: Paper, step: Step = no_step) -> bytes:
    """Return the file's bytes; `step` is told of every part, and may raise to end the work."""
    return _written(paper, step)[0]


def pdf_within(papers: Iterable[Paper], pages: int, step: Step = no_step) -> bytes:
    """Return the first of the papers that has no more than so many pages; else the last one."""
    content = b""
    for paper in papers:
        content, count = _written(paper, step)
        if count <= pages:
            break
    return content


def _written(paper: Paper, step: Step) -> tuple[bytes, int]:
    """Return the file's bytes, and how many pages it has."""
    page = _Pdf(paper, words_for(paper.language))
    page.write_title()
    for place, block in enumerate(paper.blocks):
        step(place, len(paper.blocks))
        page.put(block, paper.blocks[place + 1 : place + 3])
    content = bytes(page.output())
    return content, page.page


class _Pdf(FPDF):
    """The pages as they are written."""

    def __init__(self, paper: Paper, words: Words) -> None:
        super().__init__(format="A4")
        self.paper = paper
        self.words = words
        self.measure = tables.Measure(self)
        for style, name in (("", "DejaVuSansCondensed.ttf"), ("B", "DejaVuSansCondensed-Bold.ttf")):
            self.add_font(FONT, style, FONTS / name)
        self.set_margins(_MARGIN, 17, _MARGIN)
        self.set_auto_page_break(auto=True, margin=17)
        self.set_lang("es" if paper.language == "es" else "en")
        self.set_title(f"{paper.title} · {paper.subtitle}")
        self.set_subject(paper.mark or paper.subtitle)
        self.set_creator("crmdata")
        # Of the cut-off, not of the clock: the same document gives the same bytes.
        self.set_creation_date(datetime.combine(paper.cutoff, time(), UTC))
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.add_page()

    def header(self) -> None:
        """Say at the head of every page that data are of a demonstration."""
        if not self.paper.mark:
            return
        self.set_xy(_MARGIN, 7)
        self._font(7.5, bold=True)
        self.set_fill_color(_PALETTE.highlight)
        self.cell(self.epw, 5.5, self.paper.mark, fill=True, align="C")
        self.set_xy(_MARGIN, self.t_margin)

    def footer(self) -> None:
        """Say at the foot of every page what its numbers are of."""
        self.set_y(-13)
        self._font(6.5)
        self.set_text_color(_PALETTE.muted)
        self.set_draw_color(_PALETTE.rule)
        self.line(_MARGIN, self.get_y(), self.w - _MARGIN, self.get_y())
        self.set_y(-12)
        self.multi_cell(self.epw - 18, 3, self.paper.foot, align="L",
                        new_x=XPos.RIGHT, new_y=YPos.TOP)  # fmt: skip
        self.cell(18, 3, f"{self.page_no()} / {{nb}}", align="R")
        self.set_text_color(0)

    def write_title(self) -> None:
        """Write title and subtitle at the head of the first page."""
        self._font(18, bold=True)
        self.multi_cell(self.epw, 8, clean(self.paper.title), align="L", new_x=XPos.LMARGIN,
                        new_y=YPos.NEXT)  # fmt: skip
        self._font(9)
        self.multi_cell(self.epw, 5, clean(self.paper.subtitle), align="L", new_x=XPos.LMARGIN,
                        new_y=YPos.NEXT)  # fmt: skip
        self.ln(2)

    def put(self, block: Block, following: Sequence[Block] = ()) -> None:
        """Write a part; a heading stands on the page on which what is `following` begins."""
        if isinstance(block, Heading) and self.will_page_break(_beginning([block, *following])):
            self.add_page()
        writers: dict[type, Callable[[Any], None]] = {
            Heading: self._heading,
            TextBlock: self._text,
            Items: self._items,
            TableBlock: self._rows,
            Composition: self._chart,
            Intervals: self._chart,
            CalendarBlock: self._schedule,
            NewPage: lambda _: self.add_page(),
            ContentsList: self._contents,
        }
        writers[type(block)](block)

    def _font(self, size: float, *, bold: bool = False) -> None:
        self.set_font(FONT, "B" if bold else "", size)

    def _heading(self, heading: Heading) -> None:
        self.ln({1: 2.0, 2: 4.0, 3: 2.5}[heading.level])
        if heading.level < 3:
            self.start_section(clean(heading.text), level=heading.level - 1)
        size = _SIZES[heading.level]
        self._font(size, bold=True)
        self.multi_cell(self.epw, size * 0.45, clean(heading.text), align="L",
                        new_x=XPos.LMARGIN, new_y=YPos.NEXT)  # fmt: skip
        self.ln(1)

    def _text(self, text: TextBlock) -> None:
        size = _QUIET if text.quiet else _TEXT
        self._font(size, bold=text.strong)
        if text.quiet:
            self.set_text_color(_PALETTE.muted)
        if text.strong and self.will_page_break(14):
            self.add_page()
        self.multi_cell(self.epw, size * 0.48, clean(text.text), align="L", new_x=XPos.LMARGIN,
                        new_y=YPos.NEXT)  # fmt: skip
        self.set_text_color(0)
        self.ln(0.4 if text.strong else 1.4)

    def _items(self, items: Items) -> None:
        size = _QUIET if items.quiet else _TEXT
        self._font(size)
        for text in items.texts:
            self.set_x(_MARGIN)
            self.cell(4, size * 0.47, "•")
            self.multi_cell(self.epw - 4, size * 0.47, clean(text), align="L",
                            new_x=XPos.LMARGIN, new_y=YPos.NEXT)  # fmt: skip
            self.ln(0.3)
        self.ln(1.2)

    def _rows(self, rows: TableBlock) -> None:
        table = rows.table
        sides = ["L", *(_side(table[column]) for column in table.columns[1:])]
        texts = [[clean(str(column)) for column in table.columns]]
        texts += [
            [self._cell(value) for value in values]
            for values in table.itertuples(index=False, name=None)
        ]
        tables.draw(self, self.measure, FONT, texts, list(zip(rows.widths, sides, strict=True)))
        self.ln(3)

    def _cell(self, value: Any) -> str:
        if isinstance(value, (int, float)) or hasattr(value, "item"):
            return "" if pd.isna(value) else self.words.number(float(value), 2).rstrip(".")
        return clean(str(value))

    def _chart(self, bars: Composition | Intervals) -> None:
        if self.will_page_break(_beginning([bars])):
            self.add_page()
        self._font(9, bold=True)
        self.multi_cell(self.epw, 5, clean(bars.title), align="L", new_x=XPos.LMARGIN,
                        new_y=YPos.NEXT)  # fmt: skip
        charts.draw(self, bars, self.words, demo=bool(self.paper.mark))
        self._text(TextBlock(bars.summary, quiet=True))

    def _schedule(self, schedule: CalendarBlock) -> None:
        charts.draw_schedule(self, schedule, self.words, demo=bool(self.paper.mark))

    def _contents(self, contents: ContentsList) -> None:
        self._font(_SIZES[2], bold=True)
        self.ln(3)
        self.cell(self.epw, 7, contents.title, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.insert_toc_placeholder(_write_contents, pages=1, allow_extra_pages=True)


def _beginning(blocks: Sequence[Block]) -> float:
    """Return how much of a page, in mm, the first part wants with what must not leave it."""
    first, rest = blocks[0], blocks[1:]
    if isinstance(first, Heading):
        own = {1: 13.0, 2: 11.0, 3: 8.0}[first.level]
        return own + (_beginning(rest) if rest else 0)
    if isinstance(first, Composition | Intervals):
        return 5 + charts.room(first) + 4
    return {CalendarBlock: 40.0, TableBlock: 15.0}.get(type(first), 8.0)


def _side(column: pd.Series) -> str:
    """Return where a column's text stands: numbers, and texts as short as one, to the right."""
    if pd.api.types.is_numeric_dtype(column):
        return "R"
    short = all(len(str(value)) <= _SHORT and "\n" not in str(value) for value in column)
    digits = any(letter.isdigit() for value in column for letter in str(value))
    return "R" if short and digits else "L"


def _write_contents(page: FPDF, outline: list[OutlineSection]) -> None:
    """Write the list of contents, each entry a link to its page."""
    for section in outline:
        page.set_font(FONT, "" if section.level else "B", 8)
        link = page.add_link(page=section.page_number)
        indent = 6.0 * section.level
        text = charts.shortened(page, section.name, page.epw - indent - 14)
        page.set_x(page.l_margin + indent)
        page.cell(page.epw - indent - 12, 4.5, text, link=link)
        page.cell(12, 4.5, str(section.page_number), align="R", link=link, new_x=XPos.LMARGIN,
                  new_y=YPos.NEXT)  # fmt: skip
