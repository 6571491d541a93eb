"""What a reader of the rows would miss of a sheet, or take for what it is not.

Hidden rows and columns, text that is struck through, merged cells, comments and pictures: only
where they touch the table that is read.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from crmdata.errors import N_, Problem, Quoted, row_ranges
from crmdata.files import COLUMNS
from crmdata.intake.reports.rows import Row, trimmed
from crmdata.intake.workbooks import Beside

_STORED = frozenset(column for columns in COLUMNS.values() for column in columns)
_CELLS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def beside_problems(
    beside: Beside, columns: Sequence[str], rows: Sequence[Row]
) -> Iterator[Problem]:
    """Yield what is to be said of a sheet of which `rows` are read."""
    yield from _hidden_rows(beside, rows)
    yield from _hidden_columns(beside, columns, rows)
    yield from _struck(beside, columns, rows)
    if beside.comments:
        yield Problem(
            "comments",
            N_("There are comments at {cells}; they are not read."),
            N_("If one holds what is right, write it into its cell and send the file again."),
            values={"cells": Quoted(", ".join(beside.comments))},
            warning=True,
        )
    if beside.pictures:
        yield Problem(
            "pictures",
            N_("Pictures lie on the sheet ({n}); they are not read or kept."),
            N_("If they are evidence, publish them and give their links in the file."),
            values={"n": beside.pictures},
            warning=True,
        )
    if beside.shapes:
        yield Problem(
            "shapes",
            N_("Text boxes or shapes lie on the sheet ({n}); what they say is not read."),
            N_("If it belongs to a report, write it into a cell and send the file again."),
            values={"n": beside.shapes},
            warning=True,
        )


def merged_problems(
    beside: Beside, rows: range, width: int, passed_over: Collection[int]
) -> Iterator[Problem]:
    """Yield that cells are merged within a table of `width` columns, but in rows passed over."""
    within = [
        cells
        for cells in beside.merged[:_MOST_MERGED]
        for first, end in [_corners(cells)]
        if first[1] <= width
        and any(row in rows and row not in passed_over for row in range(first[0], end[0] + 1))
    ]
    if within:
        yield Problem(
            "merged_cells",
            N_("Cells are merged: {cells}."),
            N_("Separate them and repeat the value in each."),
            values={"cells": Quoted(", ".join(within))},
        )


def merged_places(beside: Beside, row: int) -> frozenset[int]:
    """Return the columns, from 1, in which cells of a row are merged with others."""
    return frozenset(
        place
        for cells in beside.merged[:_MOST_MERGED]
        for first, end in [_corners(cells)]
        if first[0] <= row <= end[0]
        for place in range(first[1], end[1] + 1)
    )


_MOST_MERGED = 20


def _corners(cells: str) -> tuple[tuple[int, int], tuple[int, int]]:
    return _place(cells.partition(":")[0]), _place(cells.rpartition(":")[2])


def _hidden_rows(beside: Beside, rows: Sequence[Row]) -> Iterator[Problem]:
    hidden = [row.number for row in rows if row.number in beside.hidden_rows]
    if hidden:
        yield Problem(
            "hidden_rows",
            N_("Hidden rows (by a filter, a group or by hand), which would be stored too: {rows}."),
            N_("Show them and look; delete those that are not meant, or say yes."),
            values={"rows": Quoted(row_ranges(hidden))},
            warning=True,
            asks=True,
        )


def _hidden_columns(
    beside: Beside, columns: Sequence[str], rows: Sequence[Row]
) -> Iterator[Problem]:
    for place, column in enumerate(columns, start=1):
        stored = column in _STORED and _within(place, beside.hidden_columns)
        if stored and _is_filled(column, rows):
            yield Problem(
                "hidden_column",
                N_("The column is hidden; what stands in it would be stored too."),
                N_("Show it and look; empty what is not meant, or say yes."),
                field=column,
                warning=True,
                asks=True,
            )


def _struck(beside: Beside, columns: Sequence[str], rows: Sequence[Row]) -> Iterator[Problem]:
    """Yield each row with something struck through once, with its column where it is one cell."""
    read = {row.number for row in rows}
    struck: dict[int, list[str]] = {}
    for row, place in beside.struck:
        if row in read and place <= len(columns):
            struck.setdefault(row, []).append(columns[place - 1])
    for row, fields in struck.items():
        yield Problem(
            "struck_through",
            N_("What is struck through would be stored as if it were not."),
            N_("Delete what no longer holds, or say yes."),
            row=row,
            field=fields[0] if len(fields) == 1 else "",
            warning=True,
            asks=True,
        )


def _within(place: int, stretches: Iterable[tuple[int, int]]) -> bool:
    return any(first <= place <= last for first, last in stretches)


def _is_filled(column: str, rows: Collection[Row]) -> bool:
    return any(trimmed(row.cells.get(column, "")) for row in rows)


def _place(cell: str) -> tuple[int, int]:
    match = _CELLS.fullmatch(cell.replace("$", ""))
    if match is None:
        return 0, 0
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column
