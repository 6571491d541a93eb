"""A workbook on its way through an office: its rows, and what its sender meant by them.

What was meant is written down before anything is changed, and changes with a habit only where
the sender means something else by it: who takes a row out no longer reports it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from random import Random
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font

Key = tuple[str, str, str]
"""Country, activity and semester."""


@dataclass
class Cell:
    """What stands in a cell, and what a person sees of it beside that."""

    value: Any = None
    form: str = "General"
    comment: str = ""
    struck: bool = False
    link: str = ""
    formula: bool = False


@dataclass
class Line:
    """A row: its cells, what it was written for, and whether it can be seen."""

    cells: list[Cell]
    key: Key | None = None
    hidden: bool = False
    low: bool = False
    """Made so low that nobody sees it, which is another thing in the file."""


@dataclass
class Sent:
    """A workbook. `columns` are the codes of its columns, an empty one for a foreign column."""

    columns: list[str]
    header: list[Cell]
    lines: list[Line]
    meant: dict[Key, dict[str, str]]
    template: bytes = b""
    sheet: str = "Reportes"
    above: list[Line] = field(default_factory=list)
    below: list[Line] = field(default_factory=list)
    hidden_columns: set[str] = field(default_factory=set)
    merged: list[tuple[list[Line], str]] = field(default_factory=list)
    """The lines that share one cell, and its column."""
    more: list[Callable[[Any, Any], None]] = field(default_factory=list)
    """What is done at the end to the workbook and its sheet."""
    named: dict[Key, str] = field(default_factory=dict)
    """What must be told of if it is stored, with the column where one note does for all."""
    one_reading: bool = True
    """Whether nothing about it is doubtful, so that it must be taken."""
    habits: list[str] = field(default_factory=list)
    saved_by: str = ""

    # What habits ask

    def place(self, column: str) -> int:
        """Return where a column stands, from 0."""
        return self.columns.index(column)

    def cell(self, line: Line, column: str) -> Cell:
        """Return the cell of a line."""
        return line.cells[self.place(column)]

    def filled(self) -> list[Line]:
        """Return the lines that say something."""
        return [line for line in self.lines if line.key in self.meant]

    def some(self, random: Random, most: int = 3) -> list[Line]:
        """Return a few of the lines that say something."""
        filled = self.filled()
        return random.sample(filled, min(len(filled), random.randint(1, most)))

    def doubt(self) -> None:
        """Say that the file may be refused."""
        self.one_reading = False

    def blank(self) -> Line:
        """Return a line that says nothing."""
        return Line([Cell() for _ in self.columns])

    # What comes of it

    def whole(self) -> list[Line]:
        """Return every line in its order, the header among them."""
        return [*self.above, Line(self.header), *self.lines, *self.below]

    def row_of(self, key: Key) -> int:
        """Return the row on which something is reported, 0 where it no longer is."""
        rows = (row for row, line in enumerate(self.whole(), start=1) if line.key == key)
        return next(rows, 0)

    def book(self) -> Any:
        """Return the workbook as it would be saved."""
        if self.template:
            book = openpyxl.load_workbook(BytesIO(self.template))
            sheet = book[self.sheet]
            sheet.protection.sheet = False
            for row in sheet.iter_rows():
                for cell in row:
                    cell.value = None
        else:
            book = openpyxl.Workbook()
            sheet = book.active
            sheet.title = self.sheet
        self._fill(sheet)
        for change in self.more:
            change(book, sheet)
        return book

    def bytes(self) -> bytes:
        """Return the saved workbook."""
        target = BytesIO()
        self.book().save(target)
        return target.getvalue()

    def _fill(self, sheet: Any) -> None:
        for row, line in enumerate(self.whole(), start=1):
            sheet.row_dimensions[row].hidden = line.hidden
            if line.low:
                sheet.row_dimensions[row].height = 0.75
            for column, cell in enumerate(line.cells, start=1):
                _put(sheet.cell(row, column), cell)
        for place, column in enumerate(self.columns, start=1):
            letter = sheet.cell(1, place).column_letter
            sheet.column_dimensions[letter].hidden = column in self.hidden_columns
        rows = {id(line): row for row, line in enumerate(self.whole(), start=1)}
        for lines, column in self.merged:
            place = self.place(column) + 1
            stand = [rows[id(line)] for line in lines if id(line) in rows]
            if len(stand) > 1:  # rows that are taken out make the cell smaller
                sheet.merge_cells(
                    start_row=min(stand), end_row=max(stand), start_column=place, end_column=place
                )


def _put(cell: Any, given: Cell) -> None:
    cell.value = given.value
    if isinstance(given.value, str) and not given.formula:
        cell.data_type = "s"  # whatever it begins with
    if given.value is not None:
        cell.number_format = given.form
    if given.comment:
        cell.comment = Comment(given.comment, "Unidad de Planificación")
    if given.struck:
        cell.font = Font(strike=True)
    if given.link:
        cell.hyperlink = given.link


def every_cell(sent: Sent) -> Iterator[tuple[str, Cell]]:
    """Yield the cells of the lines that say something, each with its column."""
    for line in sent.filled():
        yield from zip(sent.columns, line.cells, strict=True)
