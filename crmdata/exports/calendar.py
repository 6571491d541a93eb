"""The whole calendar as a workbook without pictures: the bands, marks and patterns of the screen.

Three sheets: the calendar, with its axes and lines as rows that fold; the source's marks word
by word, beside those of an earlier version; and the results with the period of their
delivery. Texts are written as texts, whatever they begin with.
"""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from crmdata.content.calendar import Picked, Plan, Schedule, phrases, results, schedule
from crmdata.content.calendar.schedule import BoardRow, SlotCell, counts, shown_rows, whole_plan
from crmdata.content.calendar.slots import expected
from crmdata.content.names import in_language
from crmdata.content.records import records
from crmdata.content.wording import text_of
from crmdata.errors import N_
from crmdata.exports.xlsx import begin, created, page_head
from crmdata.i18n import Words
from crmdata.labels import DEMONSTRATION, NO_REPORT, NOT_APPLICABLE, SYMBOLS, label
from crmdata.palette import PALETTES, Look
from crmdata.terms import SIN_REPORTE, Period, Reading, State
from crmdata.view import View

_PATTERNS = {"": 1, "/": 14, "|": 12, "-": 11, ".": 17}
"""Excel's numbers for the screen's patterns: solid, thin diagonal, vertical, horizontal, dots."""

_DOTTED = 4
"""Excel's number for a dotted border."""

_RESULT = 90
"""Characters of a line of a result."""

SHEETS: Mapping[str, str] = {
    N_("Calendar"): N_("When each activity is foreseen, and how many of how many reported on it"),
    N_("Marks of the source"): N_("The marks of each year, word for word"),
    N_("Deliveries of results"): N_("When each result is to be delivered"),
}
"""What each of its sheets holds."""

_ACTIVITY = 62
"""Width of the column of activities."""

_LETTERS, _LINE = 1.2, 15
"""Letters on a unit of a column's width; the height of a line. Not every program fits rows."""

_BESIDE = (14, 12, 40, 16, 60)
"""Widths of the columns behind the periods: what has no date, n of N, since when, reading, note."""

_FIRST_ROW = 5
_FIRST_PERIOD = 2


def calendar_workbook(view: View, words: Words, picked: Picked) -> bytes:
    """Return the workbook's bytes: what was picked of a calendar, by reports."""
    target = BytesIO()
    with begin(target) as book:
        book.set_properties({"created": created(view.cutoff)})
        write_into(book, view, words, picked, words.pick(*view.plan.short_title))
    return target.getvalue()


def write_into(
    book: xlsxwriter.Workbook, view: View, words: Words, picked: Picked, title: str
) -> None:
    """Add the three sheets to a workbook."""
    board = schedule(view, words)
    rows, activities = shown_rows(board, picked), view.frame("activities")
    here = {row.code for row in rows}
    plan = whole_plan(view).only(activities.loc[activities["activity"].isin(here)])
    sheets = [_Calendar(book, view, words, board, picked.party).write(title, rows),
              _write_marks(book, plan, rows, words), _write_results(book, plan, words)]  # fmt: skip
    for sheet in filter(None, sheets):
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        kind = words("Demonstration data") if view.demo else ""
        sheet.set_header(page_head(kind, title))


class _Calendar:
    """The first sheet."""

    def __init__(
        self, book: xlsxwriter.Workbook, view: View, words: Words, board: Schedule, party: str
    ) -> None:
        self.book = book
        self.view = view
        self.words = words
        self.board = board
        self.party = party
        self.sheet: Worksheet = book.add_worksheet(words("Calendar"))
        every = [period for year in board.years for period in Period.of_year(year)]
        self.column = {period.code: _FIRST_PERIOD + at for at, period in enumerate(every)}
        self.beside = _FIRST_PERIOD + len(every)
        """The first column behind the periods."""
        self.palette = PALETTES["light"]
        self.formats: dict[str, Format] = {}

    def write(self, title: str, rows: Sequence[BoardRow]) -> Worksheet:
        """Write axes and lines over their activities; each axis begins a page."""
        self._set_up()
        self._write_head(title)
        row, breaks = _FIRST_ROW, []
        above = {each.code: each for each in self.board.rows if each.slots is None}
        shown: tuple[str, ...] = ()
        for activity in rows:
            for level, code in enumerate(activity.above):
                if shown[: level + 1] != activity.above[: level + 1]:
                    if not level and row > _FIRST_ROW:
                        breaks.append(row)
                    own = [each for each in rows if each.above[level] == code]
                    self._write_band(row, above[code], own)
                    row += 1
            shown = activity.above
            self._write_activity(row, activity)
            row += 1
        self.sheet.set_h_pagebreaks(breaks)
        self._write_legend(row + 1, rows)
        return self.sheet

    def _format(self, name: str, **properties: Any) -> Format:
        if name not in self.formats:
            base = {"font_name": "Calibri", "font_size": 10, "valign": "vcenter"}
            self.formats[name] = self.book.add_format(base | properties)
        return self.formats[name]

    def _set_up(self) -> None:
        sheet, beside = self.sheet, self.beside
        sheet.set_column(0, 0, 12)
        sheet.set_column(1, 1, _ACTIVITY)
        sheet.set_column(_FIRST_PERIOD, beside - 1, 6.5)
        for place, width in enumerate(_BESIDE):
            sheet.set_column(beside + place, beside + place, width)
        sheet.freeze_panes(_FIRST_ROW, _FIRST_PERIOD)
        sheet.outline_settings(visible=True, symbols_below=False)
        sheet.repeat_rows(_FIRST_ROW - 2, _FIRST_ROW - 1)

    def _write_head(self, title: str) -> None:
        words, sheet, plain = self.words, self.sheet, self._format("plain")
        sheet.write_string(0, 0, title, self._format("title", bold=True, font_size=14))
        subtitle = words("Cut-off: {day}.", day=words.date(self.board.cutoff))
        if self.party:
            subtitle = f"{self.board.parties[self.party].full}. {subtitle}"
        sheet.write_string(1, 0, subtitle, plain)
        if self.view.demo:
            warning = self._format("demo", bold=True, bg_color=self.palette.highlight)
            sheet.write_string(2, 0, words(DEMONSTRATION), warning)
            sheet.write_blank(2, 1, None, warning)
        head = self._format(
            "head", bold=True, align="center", bg_color=self.palette.band_strong, border=1
        )
        for year in self.board.years:
            first, *_, last = (self.column[each.code] for each in Period.of_year(year))
            sheet.merge_range(3, first, 3, last, str(year), head)
        for code, column in self.column.items():
            sheet.write_string(4, column, Period.parse(code).sign, head)
        titles = {
            0: words("Code"), 1: words("Activity"), self.beside: words("To be defined"),
            self.beside + 1: words("Reported"), self.beside + 2: words("Pending"),
            self.beside + 3: words("Reading"), self.beside + 4: words("Note"),
        }  # fmt: skip
        for column, text in titles.items():
            sheet.merge_range(3, column, 4, column, text, head)

    def _write_band(self, row: int, item: BoardRow, activities: Sequence[BoardRow]) -> None:
        """Write a band: its title, the count of its slots, and the results to be delivered."""
        sheet, of_axis = self.sheet, item.level == "axis"
        ground = self.palette.band_strong if of_axis else self.palette.band
        size = 11 if of_axis else 10
        band = self._format(item.level, bold=True, font_size=size, bg_color=ground, text_wrap=True)
        counted = self._format(f"{item.level} counted", bold=True, font_size=size, bg_color=ground,
                               align="center")  # fmt: skip
        title = phrases.band_name(item, self.words, whole=True)
        sheet.merge_range(row, 0, row, 1, title, band)
        for code, column in self.column.items():
            here = sum(code in (each.slots or {}) for each in activities)
            due = results.circled((item.deliveries or {}).get(code, ()))
            if due:
                sheet.write_string(row, column, f"{here or ''} {due}".strip(), counted)
            elif here:
                sheet.write_number(row, column, here, counted)
            else:
                sheet.write_blank(row, column, None, band)
        texts = ("", phrases.total(self.board, activities, self.party, self.words), "", "", "")
        for place, text in enumerate(texts, start=self.beside):
            sheet.write_string(row, place, text, band)
        sheet.set_row(row, 30, None, {} if of_axis else {"level": 1})

    def _write_activity(self, row: int, activity: BoardRow) -> None:
        words, board, sheet = self.words, self.board, self.sheet
        wrap = self._format("wrap", text_wrap=True, valign="top")
        sheet.write_string(row, 0, activity.code, self._format("code", valign="top"))
        sheet.write_string(row, 1, activity.name.text, wrap)
        for code, slot in (activity.slots or {}).items():
            text, state = self._slot_text(Period.parse(code), slot)
            sheet.write_string(row, self.column[code], text, self._state_format(state))
        for code in activity.dropped:
            sheet.write_blank(row, self.column[code], None, self._earlier_format())
        exact = activity.reading == Reading.EXACT
        beside = (
            activity.undefined, phrases.total(board, [activity], self.party, words),
            phrases.pending_from(board, activity, self.party, words),
            "" if exact else label(words, activity.reading), activity.note,
        )  # fmt: skip
        for place, said in enumerate(beside, start=self.beside):
            sheet.write_string(row, place, said, wrap)
        columns = [(activity.name.text, _ACTIVITY), *zip(beside, _BESIDE, strict=True)]
        lines = max(1 + int(len(said) / (_LETTERS * wide)) for said, wide in columns)
        sheet.set_row(row, _LINE * min(8, lines), None, {"level": 2})

    def _slot_text(self, period: Period, slot: SlotCell) -> tuple[str, str]:
        """Return what was reported of a slot and its look: a party's state, or n/N of all."""
        words, due = self.words, self.board.cutoff > period.ends
        if self.party:
            at = [*self.board.parties].index(self.party)
            state, percent = slot.states[at], slot.percents[at]
            if state in SYMBOLS and state != SIN_REPORTE:
                said = words.entered(percent) if percent is not None else ""
                return f"{SYMBOLS[state]} {said}".strip(), state
            return (NO_REPORT, SIN_REPORTE) if due else ("", "planned")
        if not due:
            return "", "planned"
        n, among = expected(counts(self.board, [slot]))
        return f"{n}/{among}", SIN_REPORTE if among and not n else "partly"

    def _state_format(self, state: str) -> Format:
        common = {"align": "center", "border": 1, "border_color": self.palette.rule}
        if state in {"planned", "partly"}:
            ground = self.palette.planned if state == "planned" else self.palette.scale[0]
            return self._format(state, bg_color=ground, **common)
        return self._format(f"state {state}", **common, **_fill(self.palette.states[state]))

    def _earlier_format(self) -> Format:
        return self._format("earlier", border=_DOTTED, border_color=self.palette.text)

    def _write_legend(self, row: int, rows: Sequence[BoardRow]) -> None:
        words, sheet, plain = self.words, self.sheet, self._format("plain")
        sheet.write_string(row, 1, words("Key"), self._format("bold", bold=True))
        entries: list[tuple[str, str, str]] = [("", "planned", words("Planned, not yet due"))]
        if self.party:
            states: Iterable[str] = (*State, SIN_REPORTE)
            entries += [(SYMBOLS[state], state, label(words, state)) for state in states]
        else:
            entries.append(("n/N", "partly", words("Countries that reported, of those expected")))
            entries.append(("0/N", SIN_REPORTE, words("Due, no country reported")))
        for place, (text, state, meaning) in enumerate(entries, start=1):
            sheet.write_string(row + place, 1, meaning, plain)
            sheet.write_string(row + place, _FIRST_PERIOD, text, self._state_format(state))
        row += len(entries) + 1
        sheet.write_string(row, 1, words("Delivery of a result, by its number"), plain)
        sheet.write_string(row, _FIRST_PERIOD, results.circled(["1"]), plain)
        if any(each.dropped for each in rows):
            sheet.write_string(row + 1, 1, words("Only in the earlier version"), plain)
            sheet.write_blank(row + 1, _FIRST_PERIOD, None, self._earlier_format())


def _fill(look: Look) -> dict[str, Any]:
    """Return the screen's look of a state in Excel's terms."""
    ground = look.ground if look.ground.startswith("#") else "#ffffff"
    dark = look.pattern in {"", "."} and look.ground.startswith("#") and look.ground != "#ffffff"
    return {
        "pattern": _PATTERNS[look.pattern],
        # In a patterned cell Excel calls the lines foreground and the ground background.
        "fg_color": look.mark if look.pattern else ground,
        "bg_color": ground,
        "font_color": "#ffffff" if dark else "#000000",
        "bold": True,
    }


def _write_marks(
    book: xlsxwriter.Workbook, plan: Plan, rows: Sequence[BoardRow], words: Words
) -> Worksheet:
    """Write the source's marks, word by word, one column a year; last, the earlier version's."""
    sheet: Worksheet = book.add_worksheet(words("Marks of the source"))
    years, earlier = plan.column_years, any(row.earlier for row in rows)
    heads = [words("Code"), *map(str, years), words("Reading")]
    _write_heads(book, sheet, [*heads, *([words("Earlier version")] if earlier else [])])
    marks = {(mark.activity, mark.year): mark.mark for mark in records(plan.marks)}
    for row, activity in enumerate(rows, start=1):
        own = (marks.get((activity.code, year), "") for year in years)
        texts = [activity.code, *own, label(words, activity.reading), "; ".join(activity.earlier)]
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text)
    sheet.set_column(0, len(heads), 18)
    return sheet


def _write_results(book: xlsxwriter.Workbook, plan: Plan, words: Words) -> Worksheet | None:
    """Write the results in full, each with its spot and the period of its delivery."""
    shown_here = results.shown_results(plan)
    if not shown_here:
        return None
    sheet: Worksheet = book.add_worksheet(words("Deliveries of results"))
    _write_heads(book, sheet, [words("Code"), "", words("Result"), words("Delivery")])
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for row, result in enumerate(shown_here, start=1):
        when = words.period(result.semester) if text_of(result.semester) else NOT_APPLICABLE
        title = in_language(words, result.title, result.title_en)
        texts = (result.result, results.circled([result.result]), title, when)
        # Not every program fits a row to its folded text.
        sheet.set_row(row, 15 * (1 + len(title) // _RESULT))
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, wrap)
    sheet.set_column(2, 2, _RESULT)
    sheet.set_column(3, 3, 18)
    return sheet


def _write_heads(book: xlsxwriter.Workbook, sheet: Worksheet, texts: Iterable[str]) -> None:
    head = book.add_format({"bold": True, "bottom": 1})
    for column, text in enumerate(texts):
        sheet.write_string(0, column, text, head)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
