"""Sheets of cells to rows by column: the header, the limits, characters, typed cells.

Cells come out as they were written, whatever they begin with: a narrative may start with
`=` or `-`. Only a line break inside a cell is made `\\n`, however the file writes it, and
accents are composed.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from crmdata.errors import N_, Problem
from crmdata.fields import COOPERATION, REPORT, Type
from crmdata.files import BASE, CELL_CHARACTERS, COLUMNS, DATA_KIND, OPTIONAL, Subject, unshielded
from crmdata.intake.reports import typed
from crmdata.intake.reports.header import header_problems, no_header, readable, subject_of
from crmdata.intake.reports.headings import columns_of
from crmdata.intake.reports.rows import Row, trimmed
from crmdata.intake.workbooks import Typed
from crmdata.terms import LANGUAGES

Cells = Sequence[str | Typed]

_IN_TEXTS = "\n\t"
# They turn the reading direction round and so can show a text other than the stored one.
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class SheetGrid:
    """A sheet, or a whole CSV (`sheet` is empty), with the numbers of its rows.

    `country` is the one that a template of ours was made for: its sheets do not repeat it.
    """

    sheet: str
    rows: Sequence[tuple[int, Cells]]
    country: str = ""
    language: str = LANGUAGES[0]
    verbatim: bool = False
    """Whether a program wrote it: no spreadsheet's apostrophe stands before its texts."""


@dataclass
class ReadTable:
    """What a grid was read as."""

    sheet: str
    subject: Subject | None = None
    columns: tuple[str, ...] = ()
    headings: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def complain(self, problem: Problem) -> None:
        """Keep an error or a note."""
        (self.notes if problem.warning else self.problems).append(problem)


def table(grid: SheetGrid, most: int) -> ReadTable:
    """Read a grid of at most `most` rows."""
    place, first = grid.rows[0]
    written = [cell.text if isinstance(cell, Typed) else cell for cell in first]
    while grid.sheet and written and not trimmed(written[-1]):
        written.pop()  # behind the last heading a workbook may hold other columns' rests
    header = columns_of(written)
    found = ReadTable(grid.sheet, subject_of(header), header)
    found.headings = {
        column: trimmed(name)
        for column, name in zip(header, written, strict=True)
        if column != trimmed(name)
    }
    if found.subject is None:
        found.problems.append(no_header(_texts(grid.rows)))
        return found
    reports = found.subject == Subject.REPORTS
    given = ("country", *header) if grid.country and reports else header
    problems = list(header_problems(given, found.subject, place))
    found.problems.extend(problems)
    body = grid.rows[1:]
    if len(body) > most:
        found.problems.append(_too_many(len(body), most))
    elif readable(problems):
        _read(grid, body, found)
    return found


def _texts(rows: Sequence[tuple[int, Cells]]) -> list[tuple[int, list[str]]]:
    return [
        (number, [cell.text if isinstance(cell, Typed) else cell for cell in cells])
        for number, cells in rows[:20]
    ]


def _read(grid: SheetGrid, body: Sequence[tuple[int, Cells]], found: ReadTable) -> None:
    width = len(found.columns)
    for number, record in body:
        if grid.sheet:
            beyond = any(_says(cell) for cell in record[width:])
            record = [*record[:width], *[""] * (width - len(record))]  # noqa: PLW2901 - squared
            if beyond:
                found.problems.append(_beyond(number))
        elif len(record) != width:
            found.problems.append(_width(number, len(record), width))
            continue
        row = _row(grid, number, record, found)
        if row is not None:
            found.rows.append(row)


def _says(cell: str | Typed) -> bool:
    return isinstance(cell, Typed) or bool(trimmed(cell))


def _row(grid: SheetGrid, number: int, record: Cells, found: ReadTable) -> Row | None:
    cells: dict[str, str] = {}
    said: list[Problem] = []
    for column, raw in zip(found.columns, record, strict=True):
        cell, problem = _cell(raw, column, number, grid)
        if problem is not None:
            said.append(problem)
        cells[column] = cell
        said.extend(_flaws(number, column, cell))
    if grid.country:
        if _untouched(cells, found):
            if trimmed(cells.get(BASE, "")) not in {"", "0"}:
                found.complain(_was_emptied(number))
            return None
        _fill_in(cells, grid, found.subject)
    for problem in said:
        found.complain(problem)
    flawed = frozenset(problem.field for problem in said if not problem.warning)
    real = frozenset(
        column
        for column, raw in zip(found.columns, record, strict=True)
        if isinstance(raw, Typed) and typed.is_day(raw, column)
    )
    return Row(number, cells, flawed, grid.sheet, bool(grid.country), grid.language, real)


def _cell(raw: str | Typed, column: str, row: int, grid: SheetGrid) -> tuple[str, Problem | None]:
    if isinstance(raw, Typed):
        return typed.text_of(raw, column, row)
    bare = raw if grid.verbatim else unshielded(raw)
    cell = unicodedata.normalize("NFC", bare)
    problem = None if bare == raw else _bare(row, column, cell)
    if cell != bare:
        problem = _composed(row, column, cell)
    return cell.replace("\r\n", "\n"), problem


def _fill_in(cells: dict[str, str], grid: SheetGrid, subject: Subject | None) -> None:
    """Say in a template's row what the whole template is for."""
    if subject == Subject.REPORTS:
        cells.setdefault("country", grid.country)
    elif not trimmed(cells.get("countries", grid.country)):
        cells["countries"] = grid.country


_LOCKED = frozenset(
    field.code for field in (*REPORT, *COOPERATION) if field.key and field.type != Type.COUNTRY
)
"""What a template has filled in of what a row is about: it says nothing by itself."""


def _untouched(cells: Mapping[str, str], found: ReadTable) -> bool:
    """Tell whether nothing was filled into a row of a template."""
    assert found.subject is not None  # noqa: S101 - only a recognised table has rows
    own = {*COLUMNS[found.subject], *OPTIONAL[found.subject]} - {BASE, DATA_KIND}
    if trimmed(cells.get(BASE, "")):
        own -= _LOCKED
    return not any(trimmed(cells.get(column, "")) for column in own)


def _was_emptied(number: int) -> Problem:
    return Problem(
        "emptied",
        N_("The row was emptied; what was reported before stays as it is."),
        N_("To take something back, correct it, or ask the secretariat to withdraw it."),
        row=number,
        warning=True,
    )


def _composed(number: int, column: str, read: str) -> Problem:
    return Problem(
        "read_as",
        N_("Read as “{read}”, with the accents joined to their letters."),
        row=number,
        field=column,
        values={"read": read},
        warning=True,
    )


def _bare(number: int, column: str, read: str) -> Problem:
    return Problem(
        "apostrophe",
        N_("The apostrophe before the text is taken as a spreadsheet's sign, and left out."),
        N_("If it belongs to the text, write another one before it."),
        row=number,
        field=column,
        value=read,
        warning=True,
    )


def _beyond(number: int) -> Problem:
    return Problem(
        "beyond_header",
        N_("Something stands to the right of the last column that has a name."),
        N_("Give its column a name, or delete it."),
        row=number,
    )


def _too_many(rows: int, most: int) -> Problem:
    return Problem(
        "too_many_rows",
        N_("The file has {rows} rows; {limit} are the most."),
        N_("Divide it into several files."),
        values={"rows": rows, "limit": most},
    )


def _width(number: int, found: int, expected: int) -> Problem:
    return Problem(
        "row_width",
        N_("The row has {found} cells; the header has {expected}."),
        N_("Put a text with a comma or a quotation mark into quotation marks."),
        row=number,
        values={"found": found, "expected": expected},
    )


def _flaws(number: int, column: str, cell: str) -> Iterator[Problem]:
    if len(cell) > CELL_CHARACTERS:
        yield Problem(
            "cell_too_long",
            N_("The text has {characters} characters; {limit} are the most."),
            N_("Shorten it."),
            row=number,
            field=column,
            values={"characters": len(cell), "limit": CELL_CHARACTERS},
        )
    if cell.isprintable():
        return
    strange = next(filter(_forbidden, cell), None)
    if strange is not None:
        yield Problem(
            "control_character",
            N_("The character {character} is not allowed."),
            N_("Delete it."),
            row=number,
            field=column,
            values={"character": strange},
        )


def _forbidden(char: str) -> bool:
    if char in _IN_TEXTS:
        return False
    return char in _DIRECTION or unicodedata.category(char) in {"Cc", "Cs"}
