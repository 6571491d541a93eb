"""What other programs make of a workbook when it is saved with them."""

import csv
from datetime import datetime
from io import StringIO
from pathlib import Path

from tests import office
from tests.habits.sent import Cell, Sent

EXCEL = ("excel;", "excel,", "excel-ansi;", "excel-cut,", "excel-wide;", "excel-utf16\t")
"""Excel's CSV of a locale: the separator, Windows' letters where it does not say UTF-8, empty
cells at the end left out or too many, and its “Unicode text”."""

LIBREOFFICE = ("xlsx", "ods")
"""Saved by LibreOffice, the second time from its own format."""


def saved(sent: list[Sent], folder: Path) -> list[tuple[str, bytes]]:
    """Return names and bytes of files, each saved by the program that is its own."""
    made: dict[int, tuple[str, bytes]] = {}
    for number, one in enumerate(sent):
        if one.saved_by in EXCEL:
            made[number] = (f"{number}.csv", excel_csv(one))
        else:
            made[number] = (f"{number}.xlsx", one.bytes())
    for number, name, data in _by_libreoffice(sent, made, folder):
        made[number] = (name, data)
    return [made[number] for number in range(len(sent))]


def drop(sent: Sent) -> None:
    """Take out of what was meant what the program that saves a workbook does not keep.

    OpenDocument has no vertical tab, which is what Word pastes for a line break.
    """
    for line in sent.filled():
        if sent.saved_by == "ods" and "_x000B_" in str(sent.cell(line, "narrative").value):
            assert line.key
            meant = sent.meant[line.key]
            meant["narrative"] = meant["narrative"].replace("\n", "")


def _by_libreoffice(sent, made, folder: Path):
    for form in LIBREOFFICE:
        numbers = [number for number, one in enumerate(sent) if one.saved_by == form]
        files = []
        for number in numbers:
            files.append(folder / made[number][0])
            files[-1].write_bytes(made[number][1])
        if form == "ods" and files:
            files = office.convert(files, "ods")
        for number, file in zip(numbers, office.convert(files, "xlsx"), strict=True):
            yield number, made[number][0], file.read_bytes()


def excel_csv(sent: Sent) -> bytes:
    """Return a sheet as Excel saves it as CSV: as it is shown, with what stands hidden."""
    form, separator = sent.saved_by[:-1], sent.saved_by[-1]
    text = StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    for row, line in enumerate(sent.whole()):
        cells = [_shown(cell, separator) for cell in line.cells]
        while form == "excel-cut" and row > 1 and cells and not cells[-1]:
            cells.pop()
        writer.writerow([*cells, "", ""] if form == "excel-wide" else cells)
    encodings = {"excel-ansi": "cp1252", "excel-utf16": "utf-16"}
    return text.getvalue().encode(encodings.get(form, "utf-8-sig"), "replace")


def _shown(cell: Cell, separator: str) -> str:
    value = cell.value
    if isinstance(value, datetime):
        shown = "%m/%d/%Y" if cell.form.startswith("mm/") else "%d/%m/%Y"
        return value.strftime("%b-%y" if cell.form == "mmm-yy" else shown)
    if isinstance(value, float):
        text = f"{value:g}"
        if "%" in cell.form:
            text = f"{value * 100:.{2 if '.' in cell.form else 0}f}%"
        return text.replace(".", ",") if separator == ";" else text
    return "" if value is None else str(value).replace("_x000B_", "\v").replace("_x0007_", "\a")
