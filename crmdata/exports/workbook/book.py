"""A workbook as it is written: typed cells under a head that says what they are of."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, chain, repeat, takewhile
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from crmdata.exports.one_sheet import cut
from crmdata.exports.workbook.parts import Column, ColumnKind, Part
from crmdata.exports.xlsx import page_head
from crmdata.palette import PALETTES

FIRST_ROW = 6
"""The row, from 0, of the headers: title and what it is of stand above them."""

_PALETTE = PALETTES["light"]

_HEAD = {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1, "font_size": 10,
         "bg_color": _PALETTE.band_strong}  # fmt: skip

_NUMBERS = frozenset({ColumnKind.COUNT, ColumnKind.SHARE, ColumnKind.ENTERED})

_TEXTS = frozenset({ColumnKind.NAME, ColumnKind.LONG, ColumnKind.WORD})
"""What stands apart from a number before it, header and text."""

_MOST_PRINTED = 400
"""Rows that are printed: more would be dozens of pages, and are for work on the screen."""

_FULL = 1.05
"""Characters of a text that a width of one holds."""

_UNSET = 8.43
"""The width of a column of which nothing is said."""

_BOLD = 1.15
"""Widths of a plain character that a bold one takes."""

_LINE, _MOST_LINES = 13.0, 12
"""Points of a line of text, and lines of the highest row: the whole text stands in the cell."""


@dataclass(frozen=True)
class Head:
    """What every sheet says of itself: the plan, cut-off and selection, the mark of a kind."""

    plan: str
    of: str
    selection: str
    mark: str


class Book:
    """The file that sheets are added to."""

    def __init__(self, file: xlsxwriter.Workbook, head: Head) -> None:
        self.file = file
        self.head = head
        top = {"valign": "top", "font_size": 10}
        self.formats: dict[object, Format] = {
            "title": file.add_format({"bold": True, "font_size": 14}),
            "above": file.add_format({"font_color": _PALETTE.muted}),
            "folded": file.add_format(
                {"font_color": _PALETTE.muted, "text_wrap": True, "valign": "top"}
            ),
            "mark": file.add_format({"bold": True, "bg_color": _PALETTE.highlight}),
            "part": file.add_format(
                {"bold": True, "font_size": 12, "font_color": _PALETTE.series[0]}
            ),
            "found": file.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            "text": file.add_format({**top, "text_wrap": True}),
            "list": file.add_format({"bold": True, "font_size": 10}),
            "figure": file.add_format(
                {"bold": True, "font_size": 18, "font_color": _PALETTE.series[0], "align": "left"}
            ),
            "head": file.add_format(_HEAD),
            "number head": file.add_format({**_HEAD, "align": "right"}),
            "text head": file.add_format({**_HEAD, "indent": 1}),
            "missing": file.add_format({**top, "align": "right", "font_color": _PALETTE.muted}),
            "note": file.add_format({**top, "text_wrap": True}),
            ColumnKind.CODE: file.add_format({**top, "align": "left"}),
            # Programs set in from the left only what is said to stand there.
            **{
                kind: file.add_format({**top, "text_wrap": True, "align": "left", "indent": 1})
                for kind in _TEXTS
            },
            ColumnKind.COUNT: file.add_format({**top, "num_format": "#,##0"}),
            ColumnKind.SHARE: file.add_format({**top, "num_format": "0.0%"}),
            ColumnKind.ENTERED: file.add_format({**top, "num_format": "0.0#%"}),
            ColumnKind.DATE: file.add_format({**top, "num_format": "yyyy-mm-dd", "align": "left"}),
        }  # fmt: skip

    def add(self, part: Part) -> Worksheet:
        """Write a sheet; return it, for its charts."""
        page: Worksheet = self.file.add_worksheet(part.name)
        self.write_above(page, part.title, [_width(column) for column in part.columns])
        page.set_row(FIRST_ROW, 30)
        for place, column in enumerate(part.columns):
            page.write_string(FIRST_ROW, place, column.header, self.formats[_head(column.kind)])
            page.set_column(place, place, _width(column))
        for row, values in enumerate(part.rows, FIRST_ROW + 1):
            page.set_row(row, _height(part.columns, values))
            for place, (value, column) in enumerate(zip(values, part.columns, strict=True)):
                self._write(page, row, place, value, column.kind)
        last = FIRST_ROW + len(part.rows)
        self._write_notes(page, part, last + 2)
        self._set_up(page, part, last)
        return page

    def write_above(self, page: Worksheet, title: str, widths: Iterable[float]) -> None:
        """Write what a sheet is of, over columns of these widths."""
        head = self.head
        page.write_string(0, 0, title, self.formats["title"])
        for row, text in enumerate((head.plan, head.of, head.selection), start=1):
            page.write_string(row, 0, text, self.formats["above"])
        if head.mark:
            page.write_string(4, 0, head.mark, self.formats["mark"])
            # Its ground goes as far as its text.
            every = chain(widths, repeat(_UNSET))
            room = takewhile(lambda wide: wide < _BOLD * len(head.mark), accumulate(every))
            for column, _ in enumerate(room, start=1):
                page.write_blank(4, column, None, self.formats["mark"])

    def _write_notes(self, page: Worksheet, part: Part, first: int) -> None:
        """Write notes folded under the columns: beyond them they would make the print small."""
        room = sum(map(_width, part.columns)) * _FULL
        for row, note in enumerate(part.notes, start=first):
            page.merge_range(row, 0, row, len(part.columns) - 1, note, self.formats["note"])
            page.set_row(row, 2 + _LINE * math.ceil(len(note) / room))

    def _write(self, page: Worksheet, row: int, place: int, value: Any, kind: ColumnKind) -> None:
        if hasattr(value, "item"):  # a number of numpy
            value = value.item()
        if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
            page.write_blank(row, place, None, self.formats[kind])
        elif isinstance(value, int | float):
            page.write_number(row, place, value, self.formats[kind])
        elif isinstance(value, date):
            page.write_datetime(row, place, value, self.formats[kind])
        else:
            look = self.formats["missing" if kind in _NUMBERS else kind]
            page.write_string(row, place, cut(str(value)), look)

    def _set_up(self, page: Worksheet, part: Part, last: int) -> None:
        page.freeze_panes(FIRST_ROW + 1, part.fixed)
        page.autofilter(FIRST_ROW, 0, last, len(part.columns) - 1)
        page.repeat_rows(FIRST_ROW)
        self.print_on(page, part.title)
        if len(part.rows) > _MOST_PRINTED:
            last, folded = len(part.columns) - 1, self.formats["folded"]
            page.merge_range(FIRST_ROW - 1, 0, FIRST_ROW - 1, last, part.too_many, folded)
            page.set_row(FIRST_ROW - 1, 2 * _LINE + 4)
            page.print_area(0, 0, FIRST_ROW, last)

    def print_on(self, page: Worksheet, title: str, tall: int = 0) -> None:
        """Set a sheet up for A4: as wide as one page, and with `tall` as high as so many."""
        page.set_landscape()
        page.set_paper(9)  # A4
        page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.5)
        page.fit_to_pages(1, tall)
        kind = _mark(self.head) if self.head.mark else ""
        page.set_header(page_head(kind, f"{title} · {self.head.of}"))


def _head(kind: ColumnKind) -> str:
    """Return the format of the header of a column."""
    return "number head" if kind in _NUMBERS else "text head" if kind in _TEXTS else "head"


def _mark(head: Head) -> str:
    """Return the mark's first words: a printed head is short."""
    return head.mark.partition(":")[0]


def _height(columns: Sequence[Column], values: Sequence[object]) -> float:
    """Return the height of a row in points: not every program fits it to folded texts."""
    lines = max(
        (
            sum(
                max(1, math.ceil(len(line) / (_width(column) * _FULL)))
                for line in value.split("\n")
            )
            for column, value in zip(columns, values, strict=True)
            if isinstance(value, str)
        ),
        default=1,
    )
    return 2 + _LINE * min(lines, _MOST_LINES)


def _width(column: Column) -> float:
    # A header folds at its spaces, and the button of the filter needs its room.
    word = max((len(part) for part in column.header.split()), default=0)
    return max(float(column.kind.value), word * 1.1 + 3)
