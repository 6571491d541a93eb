"""Sheets of cells to rows by column: the header, the limits, typed cells, lines that are no rows.

Cells come out as they were written, whatever they begin with: a narrative may start with
`=` or `-`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase

from crmdata.errors import N_, Problem, Quoted
from crmdata.fields import COOPERATION, REPORT, SHOWN, Type
from crmdata.files import BASE, COLUMNS, DATA_KIND, OPTIONAL, UNCHANGED, Subject, unshielded
from crmdata.intake.reports import typed
from crmdata.intake.reports.bare import without_hidden
from crmdata.intake.reports.beside import beside_problems, merged_places, merged_problems
from crmdata.intake.reports.characters import read_cell
from crmdata.intake.reports.header import (
    header_problems,
    in_two_rows,
    loose_notes,
    no_header,
    readable,
    subject_of,
)
from crmdata.intake.reports.headings import columns_of, known_columns, read_loosely
from crmdata.intake.reports.not_rows import FEW_CELLS, is_broken_off, line_problem
from crmdata.intake.reports.rows import Row, trimmed
from crmdata.intake.workbooks import NOTHING_BESIDE, Beside, Typed
from crmdata.terms import LANGUAGES

Cells = Sequence[str | Typed]


@dataclass(frozen=True)
class SheetGrid:
    """A sheet, or a whole CSV (`sheet` is empty), with the numbers of its rows.

    `country` is the one that a template of ours was made for: its sheets do not repeat it.
    """

    sheet: str
    rows: Sequence[tuple[int, Cells]]
    country: str = ""
    language: str = LANGUAGES[0]
    beside: Beside = NOTHING_BESIDE
    problems: tuple[Problem, ...] = ()
    """Why the sheet cannot be read whole, or notes of how it was made into rows."""
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
    written = [cell.words if isinstance(cell, Typed) else cell for cell in first]
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
    sheet_table = ReadTable(grid.sheet, subject, header)
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
    columns = (*(("country",) if grid.country and reports else ()), *_named(header, body))
    problems = list(header_problems(columns, sheet_table.subject, place))
    if body:
        problems = in_two_rows(problems, place, body[0][0], list(map(_text, body[0][1])))
    sheet_table.problems.extend(problems)
    sheet_table.notes.extend(loose_notes(written, header, sheet_table.subject, place))
    if len(body) > most:
        sheet_table.problems.append(_too_many(len(body), most))
    elif readable(problems) and all(problem.warning for problem in grid.problems):
        _read(grid, body, sheet_table)
    return sheet_table


def _named(header: Sequence[str], body: Sequence[tuple[int, Cells]]) -> Iterator[str]:
    """Yield the names of columns; one without a name is called by its letter.

    Where nothing stands in it, it only keeps others apart, and is left out.
    """
    for place, column in enumerate(header):
        if column:
            yield column
        elif any(_says(cells[place]) for _, cells in body if place < len(cells)):
            yield _letters(place)


def _letters(place: int) -> str:
    """Return what a spreadsheet calls the column at a place from 0."""
    tens, last = divmod(place, 26)
    return (_letters(tens - 1) if tens else "") + ascii_uppercase[last]


def _texts(rows: Sequence[tuple[int, Cells]]) -> list[tuple[int, list[str]]]:
    return [
        (number, [cell.words if isinstance(cell, Typed) else cell for cell in cells])
        for number, cells in rows[:20]
    ]


def _read(grid: SheetGrid, body: Sequence[tuple[int, Cells]], table_read: ReadTable) -> None:
    header = grid.rows[0][0]
    last = body[-1][0] if body else header
    passed_over: set[int] = set()
    full = next((number for number, cells in reversed(body) if not _fills_few(cells)), 0)
    for number, record in body:
        squared = _squared(grid, number, record, table_read)
        line = None
        if squared is not None:
            # Of a row begun in a template, which names its code, nothing may be passed over.
            words = not grid.country or _has_words_for_code(table_read.columns, squared)
            last_ones = number > full and words
            line = _line(grid, number, record, squared, table_read, last=last_ones)
        row = (
            _row(grid, number, squared, table_read)
            if squared is not None and line is None
            else None
        )
        if line is not None:
            passed_over.add(number)
            table_read.complain(line)
        elif row is not None:
            table_read.rows.append(row)
    width = len(table_read.columns)
    table_read.problems.extend(
        merged_problems(grid.beside, range(header, last + 1), width, passed_over)
    )
    if grid.country and _lost_its_base(table_read):
        table_read.complain(_no_base(header))
    for problem in beside_problems(grid.beside, table_read.columns, table_read.rows):
        table_read.complain(problem)


def _squared(grid: SheetGrid, number: int, record: Cells, found: ReadTable) -> Cells | None:
    """Return a row with a cell for each column: what is missing at its end is empty.

    Complain where something stands beyond the last column.
    """
    width = len(found.columns)
    beyond = [_text(cell) for cell in record[width:] if _says(cell)]
    if beyond:
        unnamed = grid.sheet or len(grid.rows[0][1]) >= len(record)
        found.problems.append(
            _beyond(number, beyond) if unnamed else _width(number, len(record), width)
        )
        if not unnamed:
            return None
    return [*record[:width], *[""] * (width - len(record))]


def _line(
    grid: SheetGrid, number: int, record: Cells, squared: Cells, found: ReadTable, *, last: bool
) -> Problem | None:
    """Return why a line is not read as a row: it is none, or a line break broke it off."""
    texts = list(map(_text, squared))
    line = line_problem(number, found.columns, texts, last=last)
    short = not grid.sheet and len(record) < len(found.columns)
    if line is None and short and is_broken_off(found.columns, texts):
        return _width(number, len(record), len(found.columns))
    return line


def _has_words_for_code(columns: Sequence[str], record: Cells) -> bool:
    """Tell whether words stand where a row of a template has the code of an activity."""
    texts = dict(zip(columns, map(_text, record), strict=True))
    return sum(map(str.isalpha, texts.get("activity", ""))) >= _SHORTEST_WORD


_SHORTEST_WORD = 4
"""Letters; the longest number of a line and a slip of the hand have fewer."""


def _fills_few(cells: Cells) -> bool:
    return sum(map(_says, cells)) <= FEW_CELLS


def _text(cell: str | Typed) -> str:
    return cell.words if isinstance(cell, Typed) else cell


def _says(cell: str | Typed) -> bool:
    return isinstance(cell, Typed) or bool(trimmed(cell))


def _row(grid: SheetGrid, number: int, record: Cells, read_table: ReadTable) -> Row | None:
    cells: dict[str, str] = {}
    flaws: list[Problem] = []
    real: list[str] = []
    for column, raw in zip(read_table.columns, record, strict=True):
        cells[column], problems = _cell(raw, column, number, grid)
        flaws.extend(problems)
        if isinstance(raw, Typed) and typed.is_day(raw, column):
            real.append(column)
    if grid.country:
        if _untouched(cells, read_table):
            if trimmed(cells.get(BASE, "")) not in {"", "0"}:
                read_table.complain(_was_emptied(number))
            return None
        _fill_in(cells, grid, read_table.subject)
    for problem in flaws:
        read_table.complain(problem)
    flawed = {problem.field for problem in flaws if not problem.warning}
    for place in merged_places(grid.beside, number):
        flawed.update(read_table.columns[place - 1 : place])
    if "country" not in cells and read_table.subject == Subject.REPORTS:
        flawed.add("country")  # which is said of the header
    return Row(
        number, cells, frozenset(flawed), grid.sheet, bool(grid.country), grid.language,
        frozenset(real),
    )  # fmt: skip


def _cell(raw: str | Typed, column: str, row: int, grid: SheetGrid) -> tuple[str, list[Problem]]:
    if isinstance(raw, Typed):
        text, problem = typed.text_of(raw, column, row)
        return text, [] if problem is None else [problem]
    bare = raw if grid.verbatim else unshielded(raw)
    cell, said = read_cell(bare, column, row)
    return cell, said if bare == raw else [_bare(row, column, cell), *said]


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


def _untouched(cells: Mapping[str, str], read_table: ReadTable) -> bool:
    """Tell whether nothing was filled into a row of a template."""
    assert read_table.subject is not None  # noqa: S101 - only a recognised table has rows
    own = {*COLUMNS[read_table.subject], *OPTIONAL[read_table.subject]} - {BASE, DATA_KIND}
    if trimmed(cells.get(BASE, "")) or _lost_its_base(read_table):
        own -= _LOCKED
    return not any(trimmed(cells.get(column, "")) for column in own)


def _lost_its_base(found: ReadTable) -> bool:
    """Tell whether a sheet of the template that shows what is to be reported lacks its base."""
    shows = {UNCHANGED, *(field.code for field in SHOWN)} & set(found.columns)
    return bool(shows) and BASE not in found.columns


def _no_base(row: int) -> Problem:
    return Problem(
        "no_base_column",
        N_(
            "The template's hidden column is missing, so it cannot be seen whether somebody else "
            "has reported since. Rows in which nothing was filled in are left out."
        ),
        row=row,
        warning=True,
    )


def _was_emptied(number: int) -> Problem:
    return Problem(
        "emptied",
        N_("The row was emptied; what was reported before stays as it is."),
        N_("To take something back, correct it, or ask the secretariat to withdraw it."),
        row=number,
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


def _beyond(number: int, texts: Sequence[str]) -> Problem:
    return Problem(
        "beyond_header",
        N_("“{text}” stands to the right of the last column that has a name."),
        N_("Give its column a name, or delete it."),
        row=number,
        values={"text": Quoted(" ".join(texts))},
    )


def _too_many(rows: int, most: int) -> Problem:
    return Problem(
        "too_many_rows",
        N_("The file has {rows} rows; {limit} are the most."),
        N_("Divide it into several files."),
        values={"rows": rows, "limit": most},
    )


def _width(number: int, width: int, expected: int) -> Problem:
    return Problem(
        "row_width",
        N_("The row has {found} cells; the header has {expected}."),
        N_("Put a text with a comma or a quotation mark into quotation marks."),
        row=number,
        values={"found": width, "expected": expected},
    )
