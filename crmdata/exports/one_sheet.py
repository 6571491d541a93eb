"""Any table as a workbook of one sheet: typed cells, texts as texts, and what the numbers are of.

Three lines stand above the table: its title, the cut-off, and for demonstration data that they
are one. Demonstration data are named in every row too, so that no excerpt loses it.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from crmdata.exports.xlsx import begin, created, page_head
from crmdata.files import DATA_KIND
from crmdata.i18n import Words
from crmdata.labels import DEMONSTRATION
from crmdata.palette import PALETTES

FIRST_ROW = 4
"""The row, from 0, of the headers: three lines stand above them, and one is empty."""

_LONGEST = 32_767
"""The characters that a cell of a workbook can hold; the writer drops a longer text."""

_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
_WIDEST = 60
_NARROWEST = 8


@dataclass(frozen=True)
class Sheet:
    """A table whose headers and cells are words or numbers already, and what it is of.

    `notes` are sentences that stand beneath the table; `snapshot` is the id of the snapshot that
    it is of.
    """

    title: str
    table: pd.DataFrame
    cutoff: date
    demo: bool
    notes: Sequence[str] = ()
    snapshot: str = ""


def workbook(sheet: Sheet, words: Words) -> bytes:
    """Return the workbook's bytes; the same table gives the same bytes."""
    target = BytesIO()
    with begin(target) as book:
        book.set_properties({"title": sheet.title, "created": created(sheet.cutoff)})
        _OneSheet(book, sheet, words).write()
    return target.getvalue()


class _OneSheet:
    """The sheet as it is written."""

    def __init__(self, book: xlsxwriter.Workbook, sheet: Sheet, words: Words) -> None:
        self.sheet = sheet
        self.words = words
        self.table = sheet.table
        if sheet.demo:
            self.table = sheet.table.assign(**{DATA_KIND: words("Demonstration data")})
        self.page: Worksheet = book.add_worksheet(_name(sheet.title))
        palette = PALETTES["light"]
        top = {"valign": "top"}
        self.formats: dict[str, Format] = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "demo": book.add_format({"bold": True, "bg_color": palette.highlight}),
            "head": book.add_format(
                {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1,
                 "bg_color": palette.band_strong}
            ),
            "text": book.add_format({**top, "text_wrap": True}),
            "whole": book.add_format({**top, "num_format": "#,##0"}),
            "number": book.add_format({**top, "num_format": "#,##0.##"}),
            "date": book.add_format({**top, "num_format": "yyyy-mm-dd", "align": "left"}),
        }  # fmt: skip

    def write(self) -> None:
        self._write_above()
        for column, header in enumerate(map(str, self.table.columns)):
            self.page.write_string(FIRST_ROW, column, header, self.formats["head"])
            self.page.set_column(column, column, _width(header, self.table.iloc[:, column]))
        for row, values in enumerate(self.table.itertuples(index=False, name=None), FIRST_ROW + 1):
            for column, value in enumerate(values):
                self._write_cell(row, column, value)
        last = FIRST_ROW + len(self.table)
        for place, note in enumerate(self.sheet.notes, start=last + 2):
            self.page.write_string(place, 0, note)
        self._set_up(last)

    def _write_above(self) -> None:
        words, sheet = self.words, self.sheet
        self.page.write_string(0, 0, sheet.title, self.formats["title"])
        of = [words("Cut-off: {day}.", day=words.date(sheet.cutoff))]
        of += [words("Snapshot {id}", id=sheet.snapshot)] if sheet.snapshot else []
        self.page.write_string(1, 0, " ".join(of))
        if sheet.demo:
            self.page.write_string(2, 0, words(DEMONSTRATION), self.formats["demo"])

    def _write_cell(self, row: int, column: int, value: Any) -> None:
        page, formats = self.page, self.formats
        if hasattr(value, "item"):  # a number of numpy
            value = value.item()
        if _missing(value):
            page.write_blank(row, column, None, formats["text"])
        elif isinstance(value, bool):
            page.write_boolean(row, column, value, formats["text"])
        elif isinstance(value, int):
            page.write_number(row, column, value, formats["whole"])
        elif isinstance(value, float):
            page.write_number(row, column, value, formats["number"])
        elif isinstance(value, date):
            page.write_datetime(row, column, value, formats["date"])
        else:
            page.write_string(row, column, cut(str(value)), formats["text"])

    def _set_up(self, last: int) -> None:
        page, columns = self.page, len(self.table.columns)
        page.freeze_panes(FIRST_ROW + 1, 1)
        if columns:
            page.autofilter(FIRST_ROW, 0, last, columns - 1)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.repeat_rows(FIRST_ROW)
        kind = self.words("Demonstration data") if self.sheet.demo else ""
        page.set_header(page_head(kind, self.sheet.title))


def _missing(value: Any) -> bool:
    """Tell whether there is nothing that a cell could say: None, NaN, NaT, NA or infinity."""
    if isinstance(value, float):
        return not math.isfinite(value)
    return value is None or value is pd.NA or value is pd.NaT


def cut(text: str) -> str:
    """Return a text that a cell can hold: the writer drops a longer one whole."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _name(title: str) -> str:
    """Return a name that a sheet may have: at most 31 characters, some of them forbidden."""
    name = _NOT_IN_A_NAME.sub(" ", title)[:31].strip().strip("'")
    return name if name and name.casefold() != "history" else "crmdata"


def _width(header: str, values: pd.Series) -> float:
    longest = max((len(str(value)) for value in values if not _missing(value)), default=0)
    # A header folds at its spaces.
    word = max((len(part) for part in header.split()), default=0)
    return max(_NARROWEST, min(_WIDEST, max(longest, word) * 1.1 + 2))
