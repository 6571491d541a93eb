"""What stands in a workbook's cells, by openpyxl, once its parts were found harmless."""

import re
import sys
import warnings
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from crmdata.errors import N_, Problem
from crmdata.intake.workbooks import links, parts, strict
from crmdata.intake.workbooks.scan import BLANK, PartFacts, last_place, scanned

ROWS = 5_000
COLUMNS = 40
CHARACTERS = 20_000_000
"""Of all texts together: one shared text may stand in every cell."""

_ABOVE = 1
"""The header."""

_BEGINNING = 20
"""Rows by which it is known what a sheet is."""

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

Cell = str | list[str] | None


def read(data: bytes) -> dict[str, Any]:
    """Return `problems` and `sheets` of a workbook, as they are written to JSON.

    What is wrong with one sheet alone is said with that sheet: it matters only if it is read.
    """
    problems = list(parts.directory_problems(data))
    if problems:
        return _answer(problems)
    data = strict.transitional(data)
    facts, problems = scanned(data)
    if problems:
        return _answer(problems)
    try:
        return {"problems": [], "sheets": _sheets(data, facts)}
    except MemoryError:
        raise
    except Exception:
        return _answer([parts.damaged()])


def _answer(problems: list[Problem]) -> dict[str, Any]:
    return {"problems": _said(problems), "sheets": []}


def _said(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    return [
        {
            "rule": one.rule, "message": one.message, "way_out": one.way_out,
            "sheet": one.sheet, "values": dict(one.values),
        }
        for one in problems
    ]  # fmt: skip


def keep_small() -> None:
    """Keep out what openpyxl can do without: it would take much of the memory allowed."""
    for name in ("numpy", "lxml"):
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # None keeps it from import


def _sheets(data: bytes, facts: dict[str, PartFacts]) -> list[dict[str, Any]]:
    keep_small()
    import openpyxl  # noqa: PLC0415 - not before the parts were found harmless

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, keep_links=False)
        texts = _Texts()
        struck = _Struck(book, facts)
        found = []
        for sheet in book.worksheets:
            part = sheet._worksheet_path.lstrip("/")  # noqa: SLF001 - openpyxl has no public name for a sheet's part
            fact = facts.get(part, PartFacts())
            problems = list(_sheet_problems(sheet.title, fact))
            # Of what is too long so much is read as shows whether it would be read at all.
            last = min(fact.last_row, _BEGINNING) if problems else fact.last_row
            columns = min(fact.last_column, COLUMNS)
            linked = links.behind(data, part) if part in facts else {}
            read = _rows(sheet, last, columns, texts, struck) if last else ()
            rows = [_linked(row, linked) for row in read]
            if texts.left < 0:
                problems.append(_too_much_text(sheet.title))
                rows = rows[:_BEGINNING]
                texts.left = 0
            found.append(_sheet(sheet, fact, rows, problems, [*struck.taken(), *fact.struck_cells]))
        return found


def _sheet(
    sheet: Any,
    fact: PartFacts,
    rows: list[tuple[int, list[Cell]]],
    problems: list[Problem],
    struck: list[tuple[int, int]],
) -> dict[str, Any]:
    return {
        "name": sheet.title,
        "state": sheet.sheet_state,
        "rows": rows,
        "problems": _said(problems),
        "beside": {
            "hidden_rows": sorted(fact.hidden_rows),
            "hidden_columns": fact.hidden_columns,
            "merged": fact.merged,
            "comments": fact.comments,
            "pictures": fact.pictures,
            "shapes": fact.shapes,
            "struck": struck,
        },
    }


def _sheet_problems(name: str, fact: PartFacts) -> Iterator[Problem]:
    declared, _ = last_place(fact.declared)
    if fact.rows > ROWS + _ABOVE:
        yield Problem(
            "too_many_rows",
            N_("The sheet has {rows} rows; {limit} are the most."),
            N_("Divide it into several files."),
            sheet=name,
            values={"rows": fact.rows, "limit": ROWS},
        )
    elif ":" in fact.declared and fact.last_row > declared:
        yield Problem(
            "outside_declared_range",
            N_("The sheet declares {declared} rows, but holds {rows}."),
            parts.AGAIN,
            sheet=name,
            values={"declared": declared, "rows": fact.last_row},
        )
    if fact.last_column > COLUMNS:
        yield Problem(
            "too_many_columns",
            N_("The sheet has {columns} columns; {limit} are the most."),
            N_("Delete the columns that are not needed."),
            sheet=name,
            values={"columns": fact.last_column, "limit": COLUMNS},
        )


def _too_much_text(sheet: str) -> Problem:
    return Problem(
        "too_much_text",
        N_("The texts of the workbook are longer than {limit} characters together."),
        N_("Divide it into several files."),
        sheet=sheet,
        values={"limit": CHARACTERS},
    )


class _Struck:
    """Which cells are struck through, in part or whole."""

    def __init__(self, book: Any, facts: dict[str, PartFacts]) -> None:
        fonts = book._fonts  # noqa: SLF001 - openpyxl has no public name for a book's styles
        styles = enumerate(book._cell_styles)  # noqa: SLF001 - as above
        self._styles = {place for place, style in styles if fonts[style.fontId].strike}
        self._texts = {text for fact in facts.values() for text in fact.struck}
        self._found: list[tuple[int, int]] = []

    def __bool__(self) -> bool:
        return bool(self._styles or self._texts)

    def look(self, cell: Any) -> None:
        """Note the place of a cell that is struck through."""
        if cell.value is None:
            return
        if cell._style_id in self._styles or cell.value in self._texts:  # noqa: SLF001 - as above
            self._found.append((cell.row, cell.column))

    def taken(self) -> list[tuple[int, int]]:
        """Return the places that were noted since the last time."""
        found, self._found = self._found, []
        return found


class _Texts:
    """How much text may still come."""

    def __init__(self) -> None:
        self.left = CHARACTERS

    def take(self, text: str) -> str:
        self.left -= len(text)
        return text if self.left >= 0 else ""


def _rows(
    sheet: Any, last: int, columns: int, texts: _Texts, struck: _Struck
) -> Iterator[tuple[int, list[Cell]]]:
    """Yield the number and the cells of every row that says anything."""
    # Without this the range that the file declares would be believed.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(min_row=1, max_row=last, max_col=columns)
    empty = None
    for number, row in enumerate(rows, start=1):
        if row is empty:
            continue  # one of a million rows that the file does not even name
        cells = [_cell(cell, texts) for cell in row]
        if any(cell is not None for cell in cells):
            if struck:
                for cell in row:
                    struck.look(cell)
            yield number, cells
        else:
            empty = row


def _linked(
    row: tuple[int, list[Cell]], linked: dict[tuple[int, int], str]
) -> tuple[int, list[Cell]]:
    """Return a row whose linked words have the target behind them; the first is a header."""
    number, cells = row
    if not linked or number == 1:
        return row
    return number, [
        ["h", f"{linked[number, column]}\n{cell}"]
        if isinstance(cell, str) and linked.get((number, column))
        else cell
        for column, cell in enumerate(cells, start=1)
    ]


def _cell(cell: Any, texts: _Texts) -> Cell:
    value, kind = cell.value, cell.data_type
    if value is None:
        return None
    if kind in ("f", "e"):
        # The formula of a range or a table is an object that holds its text.
        return [kind, texts.take(str(getattr(value, "text", value)))]
    if isinstance(value, str):
        text = texts.take(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), value))
        return text if text.strip(BLANK) else None
    return _value(value, cell.number_format)


def _value(value: Any, number_format: str) -> Cell:
    if isinstance(value, bool):
        return ["b", "TRUE" if value else "FALSE"]
    if isinstance(value, (date, time, timedelta)):
        return _moment(value)
    return _number(value, "%" in _bare_format(number_format))


def _moment(value: date | time | timedelta) -> Cell:
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return ["d", value.date().isoformat()] if midnight else ["t", value.isoformat(" ")]
    return ["d", value.isoformat()] if isinstance(value, date) else ["t", str(value)]


def _number(value: float, percent: bool) -> Cell:
    if percent:
        return ["%", _written(value * 100)]
    return ["n", _written(value)]


def _written(value: float) -> str:
    """Return a number as a spreadsheet would show it: 15 digits, so that 0.1 + 0.2 is 0.3."""
    return str(value) if isinstance(value, int) else f"{value:.15g}"


def _bare_format(number_format: str) -> str:
    """Return a number format without the texts that stand in it."""
    return re.sub(r'"[^"]*"|\\.', "", number_format or "")
