"""What stands in a workbook's cells, by openpyxl, once its parts were found harmless."""

import re
import sys
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from crmdata.errors import N_, Problem
from crmdata.intake.workbooks import links, parts

ROWS = 5_000
COLUMNS = 40
CHARACTERS = 20_000_000
"""Of all texts together: one shared text may stand in every cell."""

_ABOVE = 1
"""The header."""

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

Cell = str | list[str] | None


def read(data: bytes) -> dict[str, Any]:
    """Return `problems` and `sheets` of a workbook, as they are written to JSON."""
    problems = list(parts.directory_problems(data))
    if problems:
        return _answer(problems)
    facts, problems = parts.scanned(data)
    if problems:
        return _answer(problems)
    try:
        return _read(data, facts)
    except MemoryError:
        raise
    except Exception:
        return _answer([parts.damaged()])


def _answer(problems: list[Problem], sheets: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    said = [
        {
            "rule": one.rule, "message": one.message, "way_out": one.way_out,
            "sheet": one.sheet, "values": dict(one.values),
        }
        for one in problems
    ]  # fmt: skip
    return {"problems": said, "sheets": sheets or []}


def keep_small() -> None:
    """Keep out what openpyxl can do without: it would take much of the memory allowed."""
    for name in ("numpy", "lxml"):
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # None keeps it from import


def _read(data: bytes, facts: dict[str, parts.SheetFacts]) -> dict[str, Any]:
    keep_small()
    import openpyxl  # noqa: PLC0415 - not before the parts were found harmless

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, keep_links=False)
        problems: list[Problem] = []
        found: list[tuple[Any, parts.SheetFacts, dict[tuple[int, int], str]]] = []
        for sheet in book.worksheets:
            part = sheet._worksheet_path.lstrip("/")  # noqa: SLF001 - openpyxl has no public name for a sheet's part
            fact = facts.get(part, parts.SheetFacts())
            problems.extend(_sheet_problems(sheet.title, fact))
            found.append((sheet, fact, links.behind(data, part)))
        if problems:
            return _answer(problems)
        texts = _Texts()
        sheets = [
            {
                "name": sheet.title,
                "state": sheet.sheet_state,
                "rows": [_linked(row, linked) for row in _rows(sheet, fact, texts)],
            }
            for sheet, fact, linked in found
        ]
    if texts.left < 0:
        return _answer(
            [
                Problem(
                    "too_much_text",
                    N_("The texts of the workbook are longer than {limit} characters together."),
                    N_("Divide it into several files."),
                    values={"limit": CHARACTERS},
                )
            ]
        )
    return _answer([], sheets)


def _sheet_problems(name: str, fact: parts.SheetFacts) -> Iterator[Problem]:
    declared, _ = parts.last_place(fact.declared)
    if max(fact.last_row, declared) > ROWS + _ABOVE:
        yield Problem(
            "too_many_rows",
            N_("The sheet reaches to row {rows}; {limit} rows are the most."),
            N_("Delete the empty rows at the end."),
            sheet=name,
            values={"rows": max(fact.last_row, declared), "limit": ROWS},
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
    for merged in fact.merged[:20]:
        yield Problem(
            "merged_cells",
            N_("The cells {cells} are merged."),
            N_("Separate them and repeat the value in each."),
            sheet=name,
            values={"cells": merged},
        )


class _Texts:
    """How much text may still come."""

    def __init__(self) -> None:
        self.left = CHARACTERS

    def take(self, text: str) -> str:
        self.left -= len(text)
        return text if self.left >= 0 else ""


def _rows(sheet: Any, fact: parts.SheetFacts, texts: _Texts) -> Iterator[tuple[int, list[Cell]]]:
    """Yield the number and the cells of every row that says anything."""
    if not fact.last_row:
        return
    # Without this the range that the file declares would be believed.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(min_row=1, max_row=fact.last_row, max_col=fact.last_column)
    for number, row in enumerate(rows, start=1):
        cells = [_cell(cell, texts) for cell in row]
        if any(cell is not None for cell in cells):
            yield number, cells


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
        return texts.take(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)) or None
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
