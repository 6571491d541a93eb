"""What offices do to rows, columns and sheets."""

from collections.abc import Callable
from copy import deepcopy
from itertools import pairwise
from random import Random
from typing import Any

from openpyxl.styles import Font

from tests.habits.sent import Cell, Line, Sent

Habit = Callable[[Sent, Random], None]

_LOCKED = ("activity", "about", "semester", "due", "before", "base")
"""What a template has filled in, so that a slip there can be told."""


def sorts_whole_rows(sent: Sent, random: Random) -> None:
    column = random.choice([column for column in sent.columns if column])
    backwards = random.random() < 0.5
    if sent.merged:
        return  # spreadsheets sort no rows that share a cell
    sent.lines.sort(key=lambda line: str(sent.cell(line, column).value or ""), reverse=backwards)


def sorts_one_column_alone(sent: Sent, random: Random) -> None:
    if not sent.template:
        return  # in a table of one's own nothing tells
    column = random.choice([column for column in _LOCKED if column in sent.columns])
    place = sent.place(column)
    cells = sorted((line.cells[place] for line in sent.lines), key=lambda cell: str(cell.value))
    for line, cell in zip(sent.lines, reversed(cells), strict=True):
        line.cells[place] = cell
    sent.doubt()


def leaves_empty_rows(sent: Sent, random: Random) -> None:
    for _ in range(random.randint(1, 3)):
        at = random.randint(0, len(sent.lines))
        sent.lines.insert(at, sent.blank())


def takes_rows_out(sent: Sent, random: Random) -> None:
    """Nothing is meant by what no longer stands there; one row stays."""
    for line in random.sample(sent.lines, min(len(sent.lines) - 1, random.randint(1, 5))):
        if line.key in sent.meant and len(sent.meant) > 1:
            del sent.meant[line.key]
        elif line.key in sent.meant:
            continue
        sent.lines.remove(line)


def hides_rows(sent: Sent, random: Random) -> None:
    _hide(sent, random, low=False)


def makes_rows_too_low_to_see(sent: Sent, random: Random) -> None:
    _hide(sent, random, low=True)


def _hide(sent: Sent, random: Random, *, low: bool) -> None:
    for line in sent.some(random):
        line.hidden, line.low = not low, low
        assert line.key
        sent.named[line.key] = ""
    sent.doubt()


def filters(sent: Sent, random: Random) -> None:
    """Leave a filter on, through which only rows of some states are seen."""
    states = sorted({str(sent.cell(line, "state").value) for line in sent.filled()})
    gone = random.choice(states)
    for line in sent.filled():
        if str(sent.cell(line, "state").value) == gone:
            line.hidden = True
            assert line.key
            sent.named[line.key] = ""
    place, last = sent.place("state"), len(sent.whole())

    def mark(_: Any, sheet: Any) -> None:
        sheet.auto_filter.ref = f"A1:{sheet.cell(1, len(sent.columns)).column_letter}{last}"
        sheet.auto_filter.add_filter_column(place, [state for state in states if state != gone])

    sent.more.append(mark)
    sent.doubt()


def hides_what_is_filled_in(sent: Sent, random: Random) -> None:
    column = random.choice(("percent", "narrative", "partners", "state"))
    sent.hidden_columns.add(column)
    sent.named |= {
        line.key: column
        for line in sent.filled()
        if line.key and sent.cell(line, column).value is not None
    }
    sent.doubt()


def hides_what_is_only_shown(sent: Sent, random: Random) -> None:
    if sent.template:
        sent.hidden_columns |= {random.choice(("before", "due", "about"))}


def takes_out_what_is_only_shown(sent: Sent, random: Random) -> None:
    if sent.template:
        _remove(sent, random.choice(("before", "due")))


def takes_out_hidden_columns(sent: Sent, random: Random) -> None:
    """As Excel's inspection of a document offers to."""
    if sent.template and "base" in sent.columns:
        _remove(sent, "base")
        sent.doubt()


def _remove(sent: Sent, column: str) -> None:
    if column in sent.columns:
        place = sent.place(column)
        for line in sent.whole():
            del line.cells[place]
        del sent.columns[place]


def inserts_a_column_of_ones_own(sent: Sent, random: Random) -> None:
    at, filled = random.randint(0, len(sent.columns)), sent.filled()
    heading = random.choice(("Observaciones internas", "N.º", "Responsable"))
    sent.columns.insert(at, "")
    for number, line in enumerate(sent.whole(), start=1):
        said = heading if line.cells is sent.header else number if line in filled else None
        line.cells.insert(at, Cell(said))
    sent.doubt()


def puts_columns_in_another_order(sent: Sent, random: Random) -> None:
    first, second = random.sample(range(len(sent.columns)), 2)
    sent.columns.insert(second, sent.columns.pop(first))
    for line in sent.whole():
        line.cells.insert(second, line.cells.pop(first))


def writes_a_title_above(sent: Sent, random: Random) -> None:
    title = sent.blank()
    title.cells[random.randint(0, 2)].value = "Secretaría de Relaciones Exteriores, informe"
    sent.above += [title, *(sent.blank() for _ in range(random.randint(0, 1)))]
    sent.doubt()


def repeats_the_header(sent: Sent, random: Random) -> None:
    """Between pages, or with the units under it."""
    if random.random() < 0.5:
        cells = deepcopy(sent.header)
    else:
        cells = [Cell("%" if column == "percent" else "(texto)") for column in sent.columns]
    sent.lines.insert(random.choice((0, len(sent.lines) // 2)), Line(cells))
    sent.doubt()


def writes_below(sent: Sent, random: Random) -> None:
    total = sent.blank()
    said = random.choice(("TOTAL", "Fuente: Unidad de Planificación", "* cifras preliminares"))
    total.cells[0].value = said
    if random.random() < 0.5:
        sent.cell(total, "percent").value = 43.2
    sent.below += [*(sent.blank() for _ in range(random.randint(0, 2))), total]
    sent.doubt()


def merges_cells(sent: Sent, random: Random) -> None:
    """Write the semester once for rows that stand under each other."""
    filled = sent.filled()
    for first, second in pairwise(filled):
        if sent.lines.index(second) == sent.lines.index(first) + 1:
            sent.cell(second, "semester").value = None
            sent.merged.append(([first, second], "semester"))
            sent.doubt()
            return


def copies_a_row(sent: Sent, random: Random) -> None:
    """Copy a row, and change nothing, the percent, or the activity in the copy."""
    line = random.choice(sent.filled())
    copy = Line(deepcopy(line.cells))
    sent.lines.insert(sent.lines.index(line) + random.randint(0, 1), copy)
    if random.random() < 0.6:
        sent.cell(copy, "percent").value = 99.0
    sent.doubt()


def copies_the_sheet(sent: Sent, random: Random) -> None:
    """Keep a draft of the sheet behind it, shown or hidden, where other figures stand."""
    hidden, changed = random.random() < 0.4, random.random() < 0.6
    place = sent.place("percent") + 1

    def copy(book: Any, sheet: Any) -> None:
        draft = book.copy_worksheet(sheet)
        draft.title = f"{sheet.title[:20]} (2)"
        if hidden:
            draft.sheet_state = "hidden"
        for row in range(2, draft.max_row + 1):
            cell = draft.cell(row, place)
            if changed and isinstance(cell.value, float):
                cell.value = min(99.0, cell.value + 1)

    sent.more.append(copy)
    sent.doubt()


def keeps_other_sheets(sent: Sent, random: Random) -> None:
    """Keep notes of one's own beside it, merged cells and all."""
    merged = random.random() < 0.5

    def add(book: Any, _: Any) -> None:
        notes = book.create_sheet("Notas internas")
        notes.append(["Pendientes", "Quién"])
        notes.append(["Pedir firma", "Jefatura"])
        if merged:
            notes.merge_cells("A5:C6")

    sent.more.append(add)


def renames_the_sheet(sent: Sent, random: Random) -> None:
    name = random.choice(("Hoja1", "Final", "HND II sem 2019", "Reportes FINAL (3)"))

    def rename(_: Any, sheet: Any) -> None:
        sheet.title = name

    sent.more.append(rename)


def paints(sent: Sent, random: Random) -> None:
    """Change how it looks, and nothing else."""

    def change(_: Any, sheet: Any) -> None:
        sheet.freeze_panes = "C2"
        sheet.auto_filter.ref = sheet.dimensions
        sheet.print_title_rows = "1:1"
        for row in sheet.iter_rows(max_row=5):
            for cell in row:
                cell.font = Font(bold=True, color="FF0000")
        sheet.column_dimensions["B"].width = 3

    sent.more.append(change)


HABITS: tuple[Habit, ...] = (
    sorts_whole_rows, sorts_one_column_alone, leaves_empty_rows, takes_rows_out, hides_rows,
    makes_rows_too_low_to_see, filters, hides_what_is_filled_in, hides_what_is_only_shown,
    takes_out_what_is_only_shown, takes_out_hidden_columns, inserts_a_column_of_ones_own,
    puts_columns_in_another_order, writes_a_title_above, repeats_the_header, writes_below,
    merges_cells, copies_a_row, copies_the_sheet, keeps_other_sheets, renames_the_sheet, paints,
)  # fmt: skip
