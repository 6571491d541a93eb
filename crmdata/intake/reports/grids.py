"""Sheets of cells to tables: which columns the header names, and whether rows can be read."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from string import ascii_uppercase

from crmdata.errors import N_, Problem
from crmdata.fields import SHOWN
from crmdata.files import BASE, Subject
from crmdata.intake.reports.bare import without_hidden
from crmdata.intake.reports.body import read_body
from crmdata.intake.reports.header import (
    header_problems,
    in_two_rows,
    loose_notes,
    no_header,
    readable,
    subject_of,
)
from crmdata.intake.reports.headings import (
    columns_of,
    known_columns,
    language_of,
    read_loosely,
)
from crmdata.intake.reports.rows import trimmed
from crmdata.intake.reports.sheet_grid import Cells, ReadTable, SheetGrid, says, text_of


def table(grid: SheetGrid, most: int) -> ReadTable:
    """Read a grid of at most `most` rows."""
    place, first = grid.rows[0]
    written = list(map(text_of, first))
    while written and not trimmed(written[-1]):
        written.pop()  # behind the last heading other columns' rests may stand
    header = columns_of(written)
    subject = subject_of(header)
    if subject is not None:
        known = known_columns(subject)
        header = tuple(
            column if column in known else trimmed(name)
            for column, name in zip(header, written, strict=True)
        )
    sheet_table = ReadTable(grid.sheet, grid.copied, subject, header)
    sheet_table.headings = {
        column: trimmed(without_hidden(name))
        for column, name in zip(header, written, strict=True)
        if column != trimmed(name) and not read_loosely(name, column)
    }
    if sheet_table.subject is None:
        errors = [problem for problem in grid.problems if not problem.warning]
        sheet_table.problems.extend(errors or [no_header(_texts(grid.rows))])
        return sheet_table
    for problem in grid.problems:
        sheet_table.complain(problem)
    reports = sheet_table.subject == Subject.REPORTS
    body = grid.rows[1:]
    columns = (*_of_template(grid, header, reports=reports), *_named(header, body))
    problems = list(header_problems(columns, sheet_table.subject, place))
    if body:
        problems = in_two_rows(problems, place, body[0][0], list(map(text_of, body[0][1])))
    sheet_table.problems.extend(problems)
    sheet_table.notes.extend(loose_notes(written, header, sheet_table.subject, place))
    if len(body) > most:
        sheet_table.problems.append(_too_many(len(body), most))
    elif readable(problems) and all(problem.warning for problem in grid.problems):
        read_body(grid, body, sheet_table)
    return sheet_table


def _of_template(grid: SheetGrid, header: Sequence[str], *, reports: bool) -> tuple[str, ...]:
    """Return the column of reports that a template leaves out, since all of it is one country's."""
    return ("country",) if reports and grid.own and "country" not in header else ()


def of_copy(grids: Sequence[SheetGrid]) -> list[SheetGrid]:
    """Return sheets as those of a copied template, if one of them has what only templates have."""
    headers = [list(map(text_of, grid.rows[0][1])) for grid in grids]
    header = next(filter(_is_of_template, headers), None)
    if header is None:
        return list(grids)
    language = language_of(header)
    return [replace(grid, copied=True, language=language) for grid in grids]


def _is_of_template(written: Sequence[str]) -> bool:
    """Tell whether a header has columns that a template alone has.

    With a column of countries, which no template has, one of them is no sure sign.
    """
    header = set(columns_of(written))
    subject = subject_of(tuple(header))
    if subject == Subject.COOPERATION:
        return BASE in header
    shown = header & {field.code for field in SHOWN}
    if "country" not in header:
        shown |= header & {BASE}
    return subject == Subject.REPORTS and len(shown) >= (2 if "country" in header else 1)


def _named(header: Sequence[str], body: Sequence[tuple[int, Cells]]) -> Iterator[str]:
    """Yield the names of columns; one without a name is called by its letter.

    Where nothing stands in it, it only keeps others apart, and is left out.
    """
    for place, column in enumerate(header):
        if column:
            yield column
        elif any(says(cells[place]) for _, cells in body if place < len(cells)):
            yield _letters(place)


def _letters(place: int) -> str:
    """Return what a spreadsheet calls the column at a place from 0."""
    tens, last = divmod(place, 26)
    return (_letters(tens - 1) if tens else "") + ascii_uppercase[last]


def _texts(rows: Sequence[tuple[int, Cells]]) -> list[tuple[int, list[str]]]:
    return [(number, list(map(text_of, cells))) for number, cells in rows[:20]]


def _too_many(rows: int, most: int) -> Problem:
    return Problem(
        "too_many_rows",
        N_("The file has {rows} rows; {limit} are the most."),
        N_("Divide it into several files."),
        values={"rows": rows, "limit": most},
    )
