"""The rows under a header: each with a cell for each column, or told why it is none.

Cells come out as they were written, whatever they begin with: a narrative may start with
`=` or `-`.
"""

from collections.abc import Sequence

from crmdata.errors import N_, Problem, Quoted
from crmdata.files import BASE, Subject, unshielded
from crmdata.intake.reports import own_rows, typed
from crmdata.intake.reports.beside import beside_problems, merged_places, merged_problems
from crmdata.intake.reports.characters import read_cell
from crmdata.intake.reports.not_rows import FEW_CELLS, is_broken_off, line_problem
from crmdata.intake.reports.rows import Row, trimmed
from crmdata.intake.reports.sheet_grid import Cells, ReadTable, SheetGrid, says, text_of
from crmdata.intake.workbooks import Typed


def read_body(grid: SheetGrid, body: Sequence[tuple[int, Cells]], table_read: ReadTable) -> None:
    """Read the rows under the header of a grid."""
    header = grid.rows[0][0]
    last = body[-1][0] if body else header
    passed_over: set[int] = set()
    full = next((number for number, cells in reversed(body) if not _fills_few(cells)), 0)
    for number, record in body:
        squared = _squared(grid, number, record, table_read)
        line = None
        if squared is not None:
            # Of a row begun in a template, which names its code, nothing may be passed over.
            words = not grid.own or _has_words_for_code(table_read.columns, squared)
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
    if grid.own and own_rows.lost_its_base(table_read):
        table_read.complain(own_rows.no_base(header))
    for problem in beside_problems(grid.beside, table_read.columns, table_read.rows):
        table_read.complain(problem)


def _squared(grid: SheetGrid, number: int, record: Cells, found: ReadTable) -> Cells | None:
    """Return a row with a cell for each column: what is missing at its end is empty.

    Complain where something stands beyond the last column.
    """
    width = len(found.columns)
    beyond = [text_of(cell) for cell in record[width:] if says(cell)]
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
    texts = list(map(text_of, squared))
    line = line_problem(number, found.columns, texts, last=last)
    short = not grid.sheet and len(record) < len(found.columns)
    if line is None and short and is_broken_off(found.columns, texts):
        return _width(number, len(record), len(found.columns))
    return line


def _has_words_for_code(columns: Sequence[str], record: Cells) -> bool:
    """Tell whether words stand where a row of a template has the code of an activity."""
    texts = dict(zip(columns, map(text_of, record), strict=True))
    return sum(map(str.isalpha, texts.get("activity", ""))) >= _SHORTEST_WORD


_SHORTEST_WORD = 4
"""Letters; the longest number of a line and a slip of the hand have fewer."""


def _fills_few(cells: Cells) -> bool:
    return sum(map(says, cells)) <= FEW_CELLS


def _row(grid: SheetGrid, number: int, record: Cells, read_table: ReadTable) -> Row | None:
    cells: dict[str, str] = {}
    flaws: list[Problem] = []
    real: list[str] = []
    for column, raw in zip(read_table.columns, record, strict=True):
        cells[column], problems = _cell(raw, column, number, grid)
        flaws.extend(problems)
        if isinstance(raw, Typed) and typed.is_day(raw, column):
            real.append(column)
    if grid.own:
        if own_rows.untouched(cells, read_table):
            if grid.copied:
                read_table.untouched.append(Row(number, cells))
            if trimmed(cells.get(BASE, "")) not in {"", "0"}:
                read_table.complain(own_rows.was_emptied(number))
            return None
        own_rows.fill_in(cells, grid, read_table.subject)
    for problem in flaws:
        read_table.complain(problem)
    flawed = {problem.field for problem in flaws if not problem.warning}
    for place in merged_places(grid.beside, number):
        flawed.update(read_table.columns[place - 1 : place])
    if "country" not in cells and read_table.subject == Subject.REPORTS:
        flawed.add("country")  # which is said of the header
    return Row(
        number, cells, frozenset(flawed), grid.sheet, grid.own, grid.language, grid.copied,
        frozenset(real),
    )  # fmt: skip


def _cell(raw: str | Typed, column: str, row: int, grid: SheetGrid) -> tuple[str, list[Problem]]:
    if isinstance(raw, Typed):
        text, problem = typed.text_of(raw, column, row)
        return text, [] if problem is None else [problem]
    bare = raw if grid.verbatim else unshielded(raw)
    cell, said = read_cell(bare, column, row)
    return cell, said if bare == raw else [_bare(row, column, cell), *said]


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


def _width(number: int, width: int, expected: int) -> Problem:
    return Problem(
        "row_width",
        N_("The row has {found} cells; the header has {expected}."),
        N_("Put a text with a comma or a quotation mark into quotation marks."),
        row=number,
        values={"found": width, "expected": expected},
    )
