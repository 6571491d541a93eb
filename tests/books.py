"""Workbooks as tests need them: sheets of values, and the parts of an XLSX changed by hand."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl

from tests.sheets import REPORT


def book(
    rows: Iterable[Sequence[Any]] | None = None,
    *,
    header: Sequence[str] = tuple(REPORT),
    title: str = "Reportes",
    change: Callable[[Any], None] | None = None,
) -> bytes:
    """Return a workbook of one sheet; `change` gets the openpyxl workbook before it is saved."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = title
    sheet.append(list(header))
    for row in [tuple(REPORT.values())] if rows is None else rows:
        sheet.append(list(row))
    for cell in (cell for row in sheet.iter_rows() for cell in row):
        if isinstance(cell.value, str) and cell.value.startswith("="):
            cell.data_type = "s"  # a text, unless a test asks for a formula
    if change is not None:
        change(made)
    return saved(made)


def saved(made: Any) -> bytes:
    """Return the bytes of an openpyxl workbook."""
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def report_book(**changes: Any) -> bytes:
    """Return a workbook with one right report and these changes, values of any type."""
    return book([tuple({**REPORT, **changes}.values())])


def with_parts(data: bytes, parts: Mapping[str, bytes | Callable[[bytes], bytes] | None]) -> bytes:
    """Return a workbook with parts added, rewritten by a function, or (None) taken out."""
    target = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        names = old.namelist()
        for name in names:
            change = parts.get(name, old.read(name))
            if change is not None:
                new.writestr(name, change(old.read(name)) if callable(change) else change)
        for name, content in parts.items():
            if name not in names and isinstance(content, bytes):
                new.writestr(name, content)
    return target.getvalue()


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """Return a change of a part that must find `old` in it."""

    def change(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new, 1)

    return change


SHEET = "xl/worksheets/sheet1.xml"
