"""A file's first row: which subject it announces, and what is wrong with it."""

from collections.abc import Iterator, Sequence

from crmdata.errors import N_, Problem
from crmdata.files import COLUMNS, DATA_KIND, Subject

_COLUMNS_TO_RECOGNISE = 3


def subject_of(header: Sequence[str]) -> Subject | None:
    """Return the subject whose columns the header mostly has, or None where it has too few."""
    found = {subject: len(set(header) & set(columns)) for subject, columns in COLUMNS.items()}
    best = max(found, key=lambda subject: found[subject])
    return best if found[best] >= _COLUMNS_TO_RECOGNISE else None


def header_problems(header: Sequence[str], subject: Subject | None, row: int) -> Iterator[Problem]:
    """Yield what is wrong with the header, which stands in `row`."""
    if subject is None:
        yield _no_header(header, row)
        return
    known = (*COLUMNS[subject], DATA_KIND)
    for column in COLUMNS[subject]:
        if column not in header:
            yield Problem(
                "missing_column",
                N_("The column is missing."),
                N_("Add it; it may be empty where a rule allows that."),
                row=row,
                field=column,
            )
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


def _no_header(header: Sequence[str], row: int) -> Problem:
    only = header[0] if len(header) == 1 else ""
    for separator, shown in ((";", ";"), ("\t", "TAB")):
        if subject_of(only.split(separator)) is not None:
            return Problem(
                "wrong_separator",
                N_("The file has “{separator}” between its columns; a comma is expected."),
                N_("Save it as “CSV UTF-8 (comma delimited)”."),
                row=row,
                values={"separator": shown},
            )
    return Problem(
        "no_header",
        N_("The first row is not the header of reports, cooperation or meetings."),
        N_("Begin the file with the names of the columns; nothing may stand above them."),
        row=row,
        value=",".join(header),
    )
