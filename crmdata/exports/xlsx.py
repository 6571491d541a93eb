"""How every workbook that we write begins: its texts stay texts, its day is that of the data."""

from datetime import date, datetime
from io import BytesIO
from textwrap import shorten

import xlsxwriter

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "remove_timezone": True,
}

_HEAD = 110
"""Characters that the head of a printed page has room for, beside mark and number."""


def begin(target: BytesIO) -> xlsxwriter.Workbook:
    """Return a new workbook, to be closed when everything is in it."""
    return xlsxwriter.Workbook(target, _OPTIONS)


def created(day: date) -> datetime:
    """Return when a workbook was made; without it a file would differ with every download."""
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a workbook knows no time zone


def page_head(kind: str, title: str) -> str:
    """Return the head of printed pages: the kind of data, what they show, the page of how many.

    In it `&` begins a command; a long title ends after a word.
    """
    mark, of = (each.replace("&", "&&") for each in (kind, shorten(title, _HEAD, placeholder=" …")))
    return f"&L{mark}&C{of}&R&P / &N"
