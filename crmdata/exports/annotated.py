"""The file that somebody sent, back as a workbook in which every remark stands at its cell.

A workbook comes back as it was, but for marks, comments, a sheet of all remarks, and formulas,
which become the texts that they are written as. Of any other file a workbook is made.
"""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from xlsxwriter.worksheet import Worksheet

from crmdata.errors import Problem
from crmdata.exports.xlsx import begin
from crmdata.i18n import Words
from crmdata.intake import workbooks
from crmdata.intake.reports import CheckedFile, Source
from crmdata.intake.reports.kinds import FileKind, kind_of
from crmdata.intake.reports.remarks import SHEET, activities, in_words, kind, remarks

_LONGEST = 32_767
_COMMENT = {"author": "crmdata", "x_scale": 2.5, "y_scale": 1.5}


def annotated(data: bytes, files: Sequence[CheckedFile], words: Words) -> bytes:
    """Return the workbook for a file's bytes and what was found in its subjects."""
    problems = [problem for file in files for problem in (*file.problems, *file.warnings)]
    table = remarks(problems, words, activities(file.source for file in files))
    rows = [list(map(str, table.columns)), *(list(map(str, row)) for row in table.to_numpy())]
    if kind_of(data) == FileKind.XLSX:
        marks = [mark for file in files for mark in _marks(file, words)]
        same = workbooks.annotated(data, marks, {"title": SHEET, "rows": rows})
        if same:
            return same
    return _workbook(files, rows, words)


def _marks(file: CheckedFile, words: Words) -> Iterator[Mapping[str, Any]]:
    for problem in _each(file):
        if problem.row is None:
            continue
        yield {
            "sheet": problem.sheet,
            "row": problem.row,
            "column": file.source.places.get((problem.sheet, problem.field), 1),
            "text": _text(problem, words),
            "warning": problem.warning,
        }


def _each(file: CheckedFile) -> Iterator[Problem]:
    """Yield what was found, at each of its cells."""
    for problem in (*file.problems, *file.warnings):
        yield from problem.each()


def _text(problem: Problem, words: Words) -> str:
    sentences = " ".join(filter(None, in_words(words, problem).sentences(words)))
    return f"{kind(words, problem)}: {sentences}"


def _workbook(files: Sequence[CheckedFile], rows: list[list[str]], words: Words) -> bytes:
    target = BytesIO()
    with begin(target) as book:
        looks = {
            True: book.add_format({"bg_color": "#FFEB9C", "text_wrap": True, "valign": "top"}),
            False: book.add_format({"bg_color": "#FFC7CE", "text_wrap": True, "valign": "top"}),
        }
        head = book.add_format({"bold": True, "text_wrap": True})
        for file in files:
            if file.source.subject is not None:
                page = book.add_worksheet(str(file.source.subject))
                _write_rows(page, file.source, head)
                _write_marks(page, file, looks, words)
        page = book.add_worksheet(SHEET)
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                page.write_string(number, column, text, head if number == 0 else None)
        page.set_column(0, len(rows[0]) - 1, 24)
    return target.getvalue()


def _write_rows(page: Worksheet, source: Source, head: Any) -> None:
    shift = _shift(source)
    for place, column in enumerate(source.columns):
        page.write_string(0, place, source.headings.get(("", column), column), head)
    page.set_column(0, max(0, len(source.columns) - 1), 18)
    for row in source.rows:
        for place, column in enumerate(source.columns):
            cell = row.cells.get(column, "")[:_LONGEST]
            if cell:
                page.write_string(row.number + shift, place, cell)


def _write_marks(
    page: Worksheet, file: CheckedFile, looks: Mapping[bool, Any], words: Words
) -> None:
    source, shift = file.source, _shift(file.source)
    cells = {
        (row.number, column): text for row in source.rows for column, text in row.cells.items()
    }
    problems_at: dict[tuple[int, int], list[Problem]] = {}
    texts: dict[tuple[int, int], str] = {}
    for problem in _each(file):
        if problem.row is None:
            continue
        place = source.places.get(("", problem.field), 1) - 1
        problems_at.setdefault((problem.row + shift, place), []).append(problem)
        texts[problem.row + shift, place] = cells.get((problem.row, problem.field), "")
    for (row, place), problems in problems_at.items():
        look = looks[all(problem.warning for problem in problems)]
        header = source.columns[place] if row == 0 and place < len(source.columns) else ""
        page.write_string(row, place, (texts[row, place] or header)[:_LONGEST], look)
        comment = "\n".join(_text(problem, words) for problem in problems)
        page.write_comment(row, place, comment[:_LONGEST], _COMMENT)


def _shift(source: Source) -> int:
    """Return what leads from a row's number to its place from 0 under the header.

    The rows of a CSV are numbered as a spreadsheet does, those of JSON from 1.
    """
    first = min((row.number for row in source.rows), default=2)
    return 0 if first == 1 else -1
