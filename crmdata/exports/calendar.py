"""The whole calendar as a workbook without pictures: the bands, marks and patterns of the screen.

Three sheets: the calendar, with its axes and lines as rows that fold; the source's marks word
by word, beside those of an earlier version; and the results with the period of their
delivery. Texts are written as texts, whatever they begin with.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from crmdata.content.calendar import Layers, Plan, earlier_version, results
from crmdata.content.names import activity_text, in_language
from crmdata.content.wording import text_of
from crmdata.exports.xlsx import begin
from crmdata.i18n import Words
from crmdata.labels import DEMONSTRATION, NO_REPORT, NOT_APPLICABLE, SYMBOLS, label
from crmdata.palette import PALETTES, Look
from crmdata.terms import SIN_REPORTE, MarkKind, Period, Reading, State

_PATTERNS = {"": 1, "/": 14, "|": 12, "-": 11, ".": 17}
"""Excel's numbers for the screen's patterns: solid, thin diagonal, vertical, horizontal, dots."""

_DOTTED = 4
"""Excel's number for a dotted border."""

_FIRST_ROW = 5
_FIRST_PERIOD = 2


@dataclass(frozen=True)
class CalendarView:
    """What the workbook shows: the frames of the contract and what was chosen.

    `plan` has the results with their deliveries. `cells` may be those of one country
    (`country` names it) or of all. `earlier_marks` are those of an earlier plan version.
    """

    title: str
    plan: Plan
    slots: pd.DataFrame
    cells: pd.DataFrame
    cutoff: date
    demo: bool
    country: str | None = None
    earlier_marks: pd.DataFrame | None = None

    @property
    def layers(self) -> Layers:
        """What lies over the plan, as on screen."""
        return Layers(cells=self.cells, earlier_marks=self.earlier_marks)


def calendar_workbook(view: CalendarView, words: Words) -> bytes:
    """Return the workbook's bytes."""
    target = BytesIO()
    with begin(target) as book:
        write_into(book, view, words)
    return target.getvalue()


def write_into(book: xlsxwriter.Workbook, view: CalendarView, words: Words) -> None:
    """Add the three sheets to a workbook."""
    _Calendar(book, view, words).write()
    _write_marks(book, view, words)
    _write_results(book, view, words)


class _Calendar:
    """The first sheet."""

    def __init__(self, book: xlsxwriter.Workbook, view: CalendarView, words: Words) -> None:
        self.book = book
        self.view = view
        self.words = words
        self.sheet: Worksheet = book.add_worksheet(words("Calendar"))
        self.plan = view.plan
        self.periods = view.plan.periods
        self.column = {
            period.code: _FIRST_PERIOD + place for place, period in enumerate(self.periods)
        }
        self.undefined_column = _FIRST_PERIOD + len(self.periods)
        self.palette = PALETTES["light"]
        self.formats: dict[str, Format] = {}
        self.dropped = earlier_version.dropped(view.plan, view.layers)
        # Asked for once a slot: to look through all cells each time took most of the time.
        self.reported = dict(iter(view.cells.groupby(["activity", "semester"])))

    def write(self) -> None:
        self._set_up()
        self._write_head()
        row = _FIRST_ROW
        breaks = []
        present = self.plan.axes["axis"].isin(self.plan.activities["axis"])
        for axis in _each(self.plan.axes[present]):
            if row > _FIRST_ROW:
                breaks.append(row)
            row = self._write_axis(row, axis)
        self.sheet.set_h_pagebreaks(breaks)
        self._write_legend(row + 1)

    def _format(self, name: str, **properties: Any) -> Format:
        if name not in self.formats:
            base = {"font_name": "Calibri", "font_size": 10, "valign": "vcenter"}
            self.formats[name] = self.book.add_format(base | properties)
        return self.formats[name]

    def _set_up(self) -> None:
        sheet, last = self.sheet, self.undefined_column + 2
        sheet.set_column(0, 0, 12)
        sheet.set_column(1, 1, 62)
        sheet.set_column(_FIRST_PERIOD, self.undefined_column - 1, 6.5)
        sheet.set_column(self.undefined_column, self.undefined_column, 14)
        sheet.set_column(last - 1, last - 1, 16)
        sheet.set_column(last, last, 60)
        sheet.freeze_panes(_FIRST_ROW, _FIRST_PERIOD)
        sheet.outline_settings(visible=True, symbols_below=False)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_FIRST_ROW - 2, _FIRST_ROW - 1)
        kind = self.words("Demonstration data") if self.view.demo else ""
        sheet.set_header(f"&L{kind}&R&P / &N")

    def _write_head(self) -> None:
        words, view = self.words, self.view
        sheet = self.sheet
        sheet.write_string(0, 0, view.title, self._format("title", bold=True, font_size=14))
        subtitle = words("Cut-off: {day}.", day=words.date(view.cutoff))
        if view.country:
            subtitle = f"{view.country}. {subtitle}"
        sheet.write_string(1, 0, subtitle, self._format("plain"))
        if view.demo:
            warning = self._format("demo", bold=True, bg_color=self.palette.highlight)
            sheet.write_string(2, 0, words(DEMONSTRATION), warning)
        head = self._format(
            "head", bold=True, align="center", bg_color=self.palette.band_strong, border=1
        )
        for year in self.plan.years:
            column = _FIRST_PERIOD + self.plan.place_of_year(year)
            sheet.merge_range(3, column, 3, column + Period.A_YEAR - 1, str(year), head)
        for place, period in enumerate(self.periods):
            sheet.write_string(4, _FIRST_PERIOD + place, period.sign, head)
        titles = (words("Code"), words("Activity"))
        for column, text in enumerate(titles):
            sheet.merge_range(3, column, 4, column, text, head)
        beside = (words("To be defined"), words("Reading"), words("Note"))
        for place, text in enumerate(beside):
            sheet.merge_range(
                3, self.undefined_column + place, 4, self.undefined_column + place, text, head
            )

    def _write_axis(self, row: int, axis: Any) -> int:
        words, plan = self.words, self.plan
        band = self._format(
            "axis", bold=True, font_size=11, bg_color=self.palette.band_strong, text_wrap=True
        )
        of_axis = plan.activities[plan.activities["axis"] == axis.axis]
        title = words(
            "Axis {number}. {title}",
            number=axis.axis,
            title=in_language(words, axis.title, axis.title_en),
        )
        self._write_band(row, title, of_axis["activity"], band, {})
        row += 1
        for line in _each(plan.lines[plan.lines["line"].isin(of_axis["line"])]):
            row = self._write_line(row, line)
        return row

    def _write_line(self, row: int, line: Any) -> int:
        words, plan = self.words, self.plan
        band = self._format("line", bold=True, bg_color=self.palette.band, text_wrap=True)
        of_line = plan.activities[plan.activities["line"] == line.line]
        title = f"{line.line}. {in_language(words, line.title, line.title_en)}"
        spots = results.by_period(plan, line.line)
        self._write_band(row, title, of_line["activity"], band, spots)
        self.sheet.set_row(row, 30, None, {"level": 1})
        row += 1
        for activity in _each(of_line):
            self._write_activity(row, activity)
            row += 1
        return row

    def _write_band(
        self,
        row: int,
        title: str,
        activities: pd.Series,
        band: Format,
        spots: Mapping[str, list[str]],
    ) -> None:
        """Write a band: its title, the count of its slots, and the results to be delivered."""
        sheet, view = self.sheet, self.view
        sheet.merge_range(row, 0, row, 1, title, band)
        for column in range(_FIRST_PERIOD, self.undefined_column + 3):
            sheet.write_blank(row, column, None, band)
        slots = view.slots[view.slots["activity"].isin(activities)]
        for code, count in slots["semester"].value_counts().items():
            sheet.write_number(row, self.column[str(code)], int(count), band)
        for code, due in spots.items():
            here = slots["semester"].eq(code).sum()
            text = f"{here or ''} {results.circled(due)}".strip()
            sheet.write_string(row, self.column[code], text, band)
        sheet.set_row(row, 30)

    def _write_activity(self, row: int, activity: Any) -> None:
        words, view, sheet = self.words, self.view, self.sheet
        text = activity_text(words, activity.text, activity.text_en)
        wrap = self._format("wrap", text_wrap=True, valign="top")
        sheet.set_row(row, 15 * min(8, 1 + len(text) // 78), None, {"level": 2})
        sheet.write_string(row, 0, activity.activity, self._format("code", valign="top"))
        sheet.write_string(row, 1, text, wrap)
        for slot in _each(view.slots[view.slots["activity"] == activity.activity]):
            self._write_slot(row, activity.activity, slot)
        for period in self.dropped.get(activity.activity, ()):
            sheet.write_blank(row, self.column[period], None, self._earlier_format())
        marks = self.plan.marks
        undefined = marks[
            (marks["activity"] == activity.activity) & (marks["kind"] == MarkKind.UNDEFINED)
        ]
        years = ", ".join(str(year) for year in undefined["year"])
        sheet.write_string(row, self.undefined_column, years, wrap)
        if activity.reading != Reading.EXACT:
            sheet.write_string(row, self.undefined_column + 1, label(words, activity.reading), wrap)
        note = in_language(words, activity.note, activity.note_en)
        sheet.write_string(row, self.undefined_column + 2, note, wrap)

    def _write_slot(self, row: int, activity: str, slot: Any) -> None:
        """Write what was reported of one slot: a state of one country, n/N of the region."""
        here = self.reported.get((activity, slot.semester), self.view.cells.iloc[:0])
        column = self.column[slot.semester]
        text, state = self._slot_text(here)
        self.sheet.write_string(row, column, text, self._state_format(state))

    def _slot_text(self, here: pd.DataFrame) -> tuple[str, str]:
        reported = here[here["state"].notna()]
        if self.view.country is not None:
            if len(reported):
                (cell,) = _each(reported)
                percent = "" if pd.isna(cell.percent) else f" {cell.percent:g}"
                return f"{SYMBOLS[cell.state]}{percent}", cell.state
            return (NO_REPORT, SIN_REPORTE) if here["due"].any() else ("", "planned")
        if not here["due"].any():
            return "", "planned"
        expected = int((here["due"] & here["state"].ne(State.NO_APLICA)).sum())
        count = int((here["due"] & here["state"].notna() & here["state"].ne(State.NO_APLICA)).sum())
        return f"{count}/{expected}", SIN_REPORTE if expected and not count else "partly"

    def _state_format(self, state: str) -> Format:
        common = {"align": "center", "border": 1, "border_color": self.palette.rule}
        if state in {"planned", "partly"}:
            ground = self.palette.planned if state == "planned" else self.palette.scale[0]
            return self._format(state, bg_color=ground, **common)
        return self._format(f"state {state}", **common, **_fill(self.palette.states[state]))

    def _earlier_format(self) -> Format:
        return self._format("earlier", border=_DOTTED, border_color=self.palette.text)

    def _write_legend(self, row: int) -> None:
        words, sheet = self.words, self.sheet
        sheet.write_string(row, 1, words("Key"), self._format("bold", bold=True))
        entries: list[tuple[str, str, str]] = [("", "planned", words("Planned, not yet due"))]
        if self.view.country is None:
            entries.append(("n/N", "partly", words("Countries that reported, of those expected")))
            entries.append(("0/N", SIN_REPORTE, words("Due, no country reported")))
        else:
            states: Iterable[str] = (*State, SIN_REPORTE)
            entries += [(SYMBOLS[state], state, label(words, state)) for state in states]
        for place, (text, state, meaning) in enumerate(entries, start=1):
            sheet.write_string(row + place, 1, meaning, self._format("plain"))
            sheet.write_string(row + place, _FIRST_PERIOD, text, self._state_format(state))
        row += len(entries) + 1
        if results.shown_results(self.plan):
            meaning = words("Delivery of a result, by its number")
            sheet.write_string(row, 1, meaning, self._format("plain"))
            sheet.write_string(row, _FIRST_PERIOD, results.circled(["1"]), self._format("plain"))
            row += 1
        if self.dropped:
            sheet.write_string(row, 1, words("Only in the earlier version"), self._format("plain"))
            sheet.write_blank(row, _FIRST_PERIOD, None, self._earlier_format())


def _each(rows: pd.DataFrame) -> Iterator[Any]:
    """Yield rows with their columns as attributes, whose types no checker can know."""
    return iter(rows.itertuples(index=False))


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


def _write_marks(book: xlsxwriter.Workbook, view: CalendarView, words: Words) -> None:
    """Write the source's marks, word by word, one column a year; last, the earlier version's."""
    sheet = book.add_worksheet(words("Marks of the source"))
    years = view.plan.column_years
    earlier = earlier_version.earlier(view.plan, view.layers)
    heads = [words("Code"), *map(str, years), words("Reading")]
    _write_heads(book, sheet, [*heads, *([words("Earlier version")] if earlier else [])])
    marks: Mapping[tuple[str, int], str] = {
        (mark.activity, mark.year): mark.mark for mark in _each(view.plan.marks)
    }
    for row, activity in enumerate(_each(view.plan.activities), start=1):
        sheet.write_string(row, 0, activity.activity)
        for column, year in enumerate(years, start=1):
            sheet.write_string(row, column, marks.get((activity.activity, year), ""))
        sheet.write_string(row, len(years) + 1, label(words, activity.reading))
        if activity.activity in earlier:
            sheet.write_string(row, len(years) + 2, "; ".join(earlier[activity.activity]))
    sheet.set_column(0, len(heads), 18)
    _mark_as_demo(sheet, view, words)


def _write_results(book: xlsxwriter.Workbook, view: CalendarView, words: Words) -> None:
    """Write the results in full, each with its spot and the period of its delivery."""
    shown_here = results.shown_results(view.plan)
    if not shown_here:
        return
    sheet = book.add_worksheet(words("Deliveries of results"))
    _write_heads(book, sheet, [words("Code"), "", words("Result"), words("Delivery")])
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for row, result in enumerate(shown_here, start=1):
        when = words.period(result.semester) if text_of(result.semester) else NOT_APPLICABLE
        title = in_language(words, result.title, result.title_en)
        texts = (result.result, results.circled([result.result]), title, when)
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, wrap)
    sheet.set_column(2, 2, 90)
    sheet.set_column(3, 3, 18)
    _mark_as_demo(sheet, view, words)


def _write_heads(book: xlsxwriter.Workbook, sheet: Worksheet, texts: Iterable[str]) -> None:
    head = book.add_format({"bold": True, "bottom": 1})
    for column, text in enumerate(texts):
        sheet.write_string(0, column, text, head)
    sheet.freeze_panes(1, 1)


def _mark_as_demo(sheet: Worksheet, view: CalendarView, words: Words) -> None:
    """Mark a sheet of the plan's own words: the file as a whole is still of a demonstration."""
    if view.demo:
        sheet.set_header(f"&L{words('Demonstration data')}")
