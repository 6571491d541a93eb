"""Rows that stand whole in one cell: a CSV that was opened with another separator than its own."""

import csv
from collections.abc import Sequence
from typing import NamedTuple

from crmdata.errors import N_, Problem
from crmdata.intake.reports.header import is_header
from crmdata.intake.reports.rows import trimmed
from crmdata.intake.workbooks import Typed

SEPARATORS = (",", ";", "\t", "|")
SHOWN_SEPARATORS = {"\t": "TAB"}

Cells = Sequence[str | Typed]
Rows = Sequence[tuple[int, Cells]]


class Unfolded(NamedTuple):
    """The rows as they were meant, and what is said of it."""

    rows: Rows
    note: Problem | None = None
    problem: Problem | None = None


def unfolded(rows: Rows) -> Unfolded:
    """Return rows as they are, or apart where each stands whole in its first cell."""
    separator = _separator(rows[0][1]) if rows else ""
    if not separator:
        return Unfolded(rows)
    apart = [(number, _apart(cells, separator)) for number, cells in rows]
    width = len(apart[0][1])
    values: dict[str, object] = {"separator": SHOWN_SEPARATORS.get(separator, separator)}
    if any(len(cells) != width for _, cells in apart):
        return Unfolded(rows, problem=_not_apart(rows[0][0], values))
    note = Problem(
        "read_as",
        N_("Every row stood whole in one cell (column A); it was taken apart at “{separator}”."),
        values=values,
        warning=True,
    )
    return Unfolded(apart, note)


def _separator(first: Cells) -> str:
    """Return what stands between the names of the columns in the first cell, or ''."""
    if not first or not isinstance(first[0], str) or any(map(_says, first[1:])):
        return ""
    for separator in SEPARATORS:
        if separator in first[0] and is_header(_parsed(first[0], separator)):
            return separator
    return ""


def _says(cell: str | Typed) -> bool:
    return isinstance(cell, Typed) or bool(trimmed(cell))


def _apart(cells: Cells, separator: str) -> list[str]:
    """Return a row's cells; where commas broke it over several, they are put back."""
    texts = [cell.words if isinstance(cell, Typed) else cell for cell in cells]
    while len(texts) > 1 and not texts[-1]:
        texts.pop()
    joined = texts[0] if separator == "," else ",".join(texts)
    return _parsed(joined, separator)


def _parsed(text: str, separator: str) -> list[str]:
    return next(csv.reader([text], delimiter=separator), [])


def _not_apart(row: int, values: dict[str, object]) -> Problem:
    return Problem(
        "one_cell",
        N_("The whole row stands in one cell (column A), with “{separator}” between the values."),
        N_(
            "In Excel, select column A, choose Data, Text to Columns, Delimited and "
            "“{separator}”, and save the file as “Excel workbook (.xlsx)”."
        ),
        row=row,
        values=values,
    )
