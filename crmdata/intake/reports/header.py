"""A file's first row: which subject it announces, and what is wrong with it."""

import re
from collections.abc import Iterator, Sequence

from crmdata.errors import N_, Problem, row_ranges
from crmdata.files import COLUMNS, FIELDS, Subject
from crmdata.i18n import words_for
from crmdata.intake.reports import periods, template_mark
from crmdata.intake.reports.headings import (
    called_by_offices,
    columns_meant,
    columns_of,
    known_columns,
    named_within,
    read_loosely,
)
from crmdata.intake.reports.rows import trimmed

_COLUMNS_TO_RECOGNISE = 3
_FOREIGN = 4
"""So many columns have no like in a table of somebody's own: to name each leads nowhere."""
_NAMES_TO_RECOGNISE = 5
"""Of an office's own words more are needed than of ours."""


def subject_of(header: Sequence[str]) -> Subject | None:
    """Return the subject whose columns the header mostly has, or None where it has too few."""
    shared = {subject: len(set(header) & set(columns)) for subject, columns in COLUMNS.items()}
    best = max(shared, key=lambda subject: shared[subject])
    if shared[best] >= _COLUMNS_TO_RECOGNISE:
        return best
    reports = shared[Subject.REPORTS] + called_by_offices(header)
    return Subject.REPORTS if reports >= _NAMES_TO_RECOGNISE else None


def is_header(row: Sequence[str]) -> bool:
    """Tell whether a row names columns of a subject."""
    return subject_of(columns_of(row)) is not None


def header_problems(header: Sequence[str], subject: Subject, row: int | None) -> Iterator[Problem]:
    """Yield what is wrong with the header, which stands in `row`: one problem a column."""
    known = known_columns(subject)
    strange = [column for column in header if column not in known]
    missing = [
        field.code for field in FIELDS[subject] if field.code not in header and not field.optional
    ]
    suggestions = columns_meant(missing, strange)
    if len(set(missing) - set(suggestions)) >= _FOREIGN:
        yield not_the_template(row)
        return
    for column in missing:
        yield (
            _renamed(column, suggestions[column], row)
            if column in suggestions
            else _missing(column, row)
        )
    for place, column in enumerate(header):
        if column in known and column in header[:place]:
            yield Problem(
                "duplicate_column",
                N_("The column stands in the header twice."),
                N_("Leave one of them."),
                row=row,
                field=column,
            )
        elif column not in known and column not in suggestions.values():
            yield Problem(
                "unknown_column",
                N_("The template has no column of this name."),
                N_("Rename it as in the template, or remove it."),
                row=row,
                field=column,
            )


def not_the_template(row: int | None, value: str | None = None) -> Problem:
    """Say of a table of somebody's own how it comes in."""
    return Problem(
        "no_header",
        N_("This is not the template: its columns are not those of the template."),
        N_(
            "Download the template of the country from Informar and copy into it what stands here: "
            "each activity has a row there, with its code, and each kind of data a column."
        ),
        row=row,
        value=value,
    )


def in_two_rows(
    problems: Sequence[Problem], first: int, second: int, below: Sequence[str]
) -> list[Problem]:
    """Return the one problem of a header whose missing names stand in the row below it.

    Return the problems as they are where that row names none of them.
    """
    missing = {problem.field for problem in problems if problem.rule == "missing_column"}
    if missing.isdisjoint(columns_of(below)):
        return list(problems)
    return [
        Problem(
            "header_in_two_rows",
            N_("The names of the columns stand in two rows, {first} and {second}."),
            N_("Write all of them in one row, each over its column, and delete the other row."),
            row=first,
            values={"first": first, "second": second},
        )
    ]


def loose_notes(
    written: Sequence[str], header: Sequence[str], subject: Subject, row: int | None
) -> Iterator[Problem]:
    """Yield a note for each heading that was read although it is not as in the template."""
    for name, column in zip(written, header, strict=True):
        if column in known_columns(subject) and read_loosely(name, column):
            yield Problem(
                "read_as",
                N_("The heading “{heading}” is read as this column."),
                row=row,
                field=column,
                values={"heading": trimmed(name)},
                warning=True,
            )


def readable(problems: Sequence[Problem]) -> bool:
    """Tell whether rows can be checked in spite of the header's problems."""
    return all(problem.rule == "unknown_column" or lacks_country(problem) for problem in problems)


def lacks_country(problem: Problem) -> bool:
    """Tell whether a column is missing that who hands in a file may stand for."""
    return problem.rule == "missing_column" and problem.field == "country" and not problem.values


def _is_run_together(cells: Sequence[str]) -> bool:
    """Tell whether a row's one cell names as many columns as make a header."""
    texts = [text for text in map(trimmed, cells) if text]
    return len(texts) == 1 and named_within(texts[0]) > _COLUMNS_TO_RECOGNISE


_DELETE_ONE = N_("Delete row {rows}, so that the names of the columns come first.")
_DELETE_SEVERAL = N_("Delete rows {rows}, so that the names of the columns come first.")


def no_header(rows: Sequence[tuple[int, Sequence[str]]]) -> Problem:
    """Say that the first row is no header, and where one stands if it does."""
    row, first = rows[0]
    below = next((number for number, cells in rows[1:20] if is_header(cells)), None)
    if below is not None:
        return Problem(
            "title_above",
            N_("The names of the columns stand in row {below}; something stands above them."),
            _DELETE_ONE if below == 2 else _DELETE_SEVERAL,
            row=row,
            value=" ".join(filter(None, first)),
            values={"below": below, "rows": row_ranges(range(1, below))},
        )
    if is_header([trimmed(next(iter(cells), "")) for _, cells in rows]):
        return Problem(
            "names_in_column",
            N_("The names of the columns stand one below the other, in the first column."),
            N_(
                "Turn the table: in Excel copy it, choose Paste Special and Transpose on an empty "
                "sheet, and send that sheet."
            ),
            row=row,
        )
    pasted = next((number for number, cells in rows[:20] if _is_run_together(cells)), None)
    if pasted is not None:
        return Problem(
            "run_together",
            N_(
                "The names of the columns stand together in one cell, as they do where a table is "
                "copied from a PDF."
            ),
            N_(
                "Write or copy each value into its own cell of the template. Excel can also fetch "
                "the table with its columns: Data, Get Data, From File, From PDF."
            ),
            row=pasted,
        )
    language = template_mark.instructions_in(text for _, cells in rows[:3] for text in cells)
    if language:
        return _instructions(row, language)
    if is_report(first):
        return _names_missing(row)
    return not_the_template(row, ",".join(filter(trimmed, first)))


def is_report(row: Sequence[str]) -> bool:
    """Tell whether a row has an activity and a period, each in a cell of its own."""
    texts = list(map(trimmed, row))
    return any(map(_CODE.fullmatch, texts)) and any(map(periods.read, texts))


_CODE = re.compile(r"[IVXLC]{1,5}\.[0-9]{1,2}\.[0-9]{1,2}")


def _names_missing(row: int | None) -> Problem:
    return Problem(
        "names_missing",
        N_("The row with the names of the columns is missing: the first row is a report already."),
        N_("Put the names of the columns, as in the template, into a row above the reports."),
        row=row,
    )


def _instructions(row: int | None, language: str) -> Problem:
    return Problem(
        "instructions_sheet",
        N_("This is the sheet of instructions; the reports stand on another sheet, “{sheet}”."),
        N_("Send the workbook itself. As CSV only the sheet is saved that is open just then."),
        row=row,
        values={"sheet": words_for(language)(template_mark.REPORTS)},
    )


def _renamed(column: str, written: str, row: int | None) -> Problem:
    return Problem(
        "missing_column",
        N_("The column is missing; “{meant}” stands there."),
        N_("Write the name of the column in the place of “{meant}”."),
        row=row,
        field=column,
        values={"meant": written},
    )


def _missing(column: str, row: int | None) -> Problem:
    return Problem(
        "missing_column",
        N_("The column is missing."),
        N_("Add it; it may be empty where a rule allows that."),
        row=row,
        field=column,
    )
