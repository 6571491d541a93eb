"""One CSV file of the plan as rows that know their place."""

import csv
import io
import re
from pathlib import Path

from crmdata.errors import N_, Problem


class PlanRow(dict[str, str]):
    """A row by column name, with its file, its number (header = 1) and its year columns."""

    def __init__(self, cells: dict[str, str], file: str, number: int, years: tuple[str, ...]):
        super().__init__(cells)
        self.file = file
        self.number = number
        self.years = years


def read_sheet(
    file: Path, columns: tuple[str, ...], optional: tuple[str, ...] = (), *, years: bool
) -> tuple[list[PlanRow], list[Problem]]:
    """Return the rows of a file with exactly these columns, and what is wrong with it.

    It may lack those that are `optional`: there were files before there were such columns.

    `years`: the columns `y1`, `y2` … stand among them, at least one, without a gap. Cells
    are stripped of white space at their ends.
    """
    try:
        text = file.read_text("utf-8-sig")
    except FileNotFoundError:
        return [], [Problem("missing_file", N_("the file is missing."), file=file.name)]
    except UnicodeDecodeError:
        return [], [Problem("not_utf8", N_("the file is not UTF-8."), file=file.name)]
    try:
        header, *records = list(csv.reader(io.StringIO(text, newline=""), strict=True)) or [[]]
    except csv.Error as error:
        broken = N_("the file is not well-formed CSV ({detail}).")
        return [], [Problem("not_csv", broken, file=file.name, values={"detail": error})]
    year_columns = tuple(name for name in header if years and re.fullmatch(r"y[0-9]+", name))
    wanted = {*columns, *year_columns, *(name for name in optional if name in header)}
    numbered = year_columns == tuple(f"y{n}" for n in range(1, len(year_columns) + 1))
    if (
        set(header) != wanted
        or len(header) != len(wanted)
        or not numbered
        or years != bool(year_columns)
    ):
        return [], [_wrong_header(file.name, header, (*columns, "y1…") if years else columns)]
    rows, problems = [], []
    for number, record in enumerate(records, start=2):
        if len(record) != len(header):
            problems.append(_wrong_length(file.name, number, len(record), len(header)))
            continue
        cells = dict(zip(header, (cell.strip() for cell in record), strict=True))
        rows.append(PlanRow(cells, file.name, number, year_columns))
    return rows, problems


def _wrong_header(file: str, header: list[str], columns: tuple[str, ...]) -> Problem:
    return Problem(
        "header",
        N_("the columns are “{found}”."),
        N_("They must be “{expected}”."),
        file,
        1,
        values={"found": ",".join(header), "expected": ",".join(columns)},
    )


def _wrong_length(file: str, number: int, length: int, expected: int) -> Problem:
    return Problem(
        "fields",
        N_("has {found} fields; {expected} are expected."),
        N_("Look for a missing quotation mark or comma."),
        file,
        number,
        values={"found": length, "expected": expected},
    )
