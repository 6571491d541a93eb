"""A file's first row: which subject it announces, and what is wrong with it."""

from collections.abc import Iterator, Sequence

from crmdata.errors import N_, Problem
from crmdata.files import COLUMNS, FIELDS, Subject
from crmdata.intake.reports.headings import column_meant, columns_of, known_columns

_COLUMNS_TO_RECOGNISE = 3


def subject_of(header: Sequence[str]) -> Subject | None:
    """Return the subject whose columns the header mostly has, or None where it has too few."""
    found = {subject: len(set(header) & set(columns)) for subject, columns in COLUMNS.items()}
    best = max(found, key=lambda subject: found[subject])
    return best if found[best] >= _COLUMNS_TO_RECOGNISE else None


def is_header(row: Sequence[str]) -> bool:
    """Tell whether a row names columns of a subject."""
    return subject_of(columns_of(row)) is not None


def header_problems(header: Sequence[str], subject: Subject, row: int | None) -> Iterator[Problem]:
    """Yield what is wrong with the header, which stands in `row`."""
    known = known_columns(subject)
    strange = [column for column in header if column not in known]
    for field in FIELDS[subject]:
        if field.code not in header and not field.optional:
            yield _missing(field.code, column_meant(field.code, strange), row)
    for place, column in enumerate(header):
        if column not in known:
            yield Problem(
                "unknown_column",
                N_("A file of {subject} has no such column."),
                N_("Rename or remove it."),
                row=row,
                field=column or f"#{place + 1}",
                values={"subject": subject},
            )
        elif column in header[:place]:
            yield Problem(
                "duplicate_column",
                N_("The column stands in the header twice."),
                N_("Leave one of them."),
                row=row,
                field=column,
            )


def readable(problems: Sequence[Problem]) -> bool:
    """Tell whether rows can be checked in spite of the header's problems."""
    return all(problem.rule == "unknown_column" for problem in problems)


def no_header(rows: Sequence[tuple[int, Sequence[str]]]) -> Problem:
    """Say that the first row is no header, and where one stands if it does."""
    row, first = rows[0]
    below = next((number for number, cells in rows[1:20] if is_header(cells)), None)
    if below is not None:
        return Problem(
            "title_above",
            N_("The names of the columns stand in row {below}; something stands above them."),
            N_("Delete the rows above it."),
            row=row,
            value=" ".join(filter(None, first)),
            values={"below": below},
        )
    return Problem(
        "no_header",
        N_("The first row is not the header of reports, cooperation or meetings."),
        N_("Begin the file with the names of the columns; nothing may stand above them."),
        row=row,
        value=",".join(first),
    )


def _missing(column: str, meant: str, row: int | None) -> Problem:
    message = N_("The column is missing.")
    if meant:
        way_out = N_("Was “{meant}” meant? Rename it.")
        return Problem(
            "missing_column", message, way_out, row=row, field=column, values={"meant": meant}
        )
    way_out = N_("Add it; it may be empty where a rule allows that.")
    return Problem("missing_column", message, way_out, row=row, field=column)
