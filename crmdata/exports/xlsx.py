"""How every workbook that we write begins: its texts stay texts, its day is that of the data."""

from datetime import date, datetime
from io import BytesIO

import xlsxwriter

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "remove_timezone": True,
}


def begin(target: BytesIO) -> xlsxwriter.Workbook:
    """Return a new workbook, to be closed when everything is in it."""
    return xlsxwriter.Workbook(target, _OPTIONS)


def created(day: date) -> datetime:
    """Return when a workbook was made; without it a file would differ with every download."""
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a workbook knows no time zone
