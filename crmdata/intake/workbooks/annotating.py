"""A workbook with remarks: cells marked and commented, and nothing in it that is calculated."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from crmdata.intake.workbooks import content, parts, strict
from crmdata.intake.workbooks.scan import scanned

_COLOURS = {True: "FFEB9C", False: "FFC7CE"}
"""Warning and error; the comment says which, since a colour alone would not do."""

_WIDEST = 60


def annotated(data: bytes, marks: Sequence[Mapping[str, Any]], remarks: Mapping[str, Any]) -> bytes:
    """Return the workbook with its marks and a sheet of remarks, or b"" where it cannot be opened.

    A mark has `sheet row column text warning`; `remarks` has `title` and `rows`, the first of
    which is the header.
    """
    if list(parts.directory_problems(data)):
        return b""
    data = strict.transitional(data)
    facts, problems = scanned(data)
    greatest = max((fact.last_row for fact in facts.values()), default=0)
    if problems or greatest > content.ROWS + 1:
        return b""
    content.keep_small()
    import openpyxl  # noqa: PLC0415 - not before the parts were found harmless

    book = openpyxl.load_workbook(BytesIO(data), keep_links=False)
    for sheet in book.worksheets:
        _make_texts(sheet)
    for mark in marks:
        if mark["sheet"] in book.sheetnames:
            _mark(book[mark["sheet"]], mark)
    _remark(book, remarks)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _make_texts(sheet: Any) -> None:
    """Turn formulas into the texts that they are written as."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                written = getattr(cell.value, "text", cell.value)
                _write(cell, str(written))


def _write(cell: Any, text: str) -> None:
    """Write a text that stays one whatever it begins with."""
    cell.value = text
    cell.data_type = "s"
    if text[:1] in "=+-@":
        cell.quotePrefix = True


def _mark(sheet: Any, mark: Mapping[str, Any]) -> None:
    from openpyxl.cell.cell import MergedCell  # noqa: PLC0415 - as above
    from openpyxl.comments import Comment  # noqa: PLC0415 - as above
    from openpyxl.styles import PatternFill  # noqa: PLC0415 - as above

    cell = sheet.cell(mark["row"], mark["column"])
    if isinstance(cell, MergedCell):
        return
    before = f"{cell.comment.text}\n" if cell.comment is not None else ""
    comment = Comment(f"{before}{mark['text']}", "crmdata")
    comment.width, comment.height = 340, 150
    cell.comment = comment
    if not (mark["warning"] and before):
        colour = _COLOURS[mark["warning"]]
        cell.fill = PatternFill("solid", start_color=colour, end_color=colour)


def _remark(book: Any, remarks: Mapping[str, Any]) -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - as above

    if remarks["title"] in book.sheetnames:
        del book[remarks["title"]]
    sheet = book.create_sheet(remarks["title"])
    for number, row in enumerate(remarks["rows"], start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            _write(cell, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font = Font(bold=True)
    for place, texts in enumerate(zip(*remarks["rows"], strict=True), start=1):
        longest = max(map(len, texts))
        letter = sheet.cell(1, place).column_letter
        sheet.column_dimensions[letter].width = max(8, min(_WIDEST, longest * 1.1 + 2))
    sheet.freeze_panes = "A2"
