"""The sheets of a template: what is written into them, what may be changed, what is offered."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from crmdata import fields
from crmdata.errors import N_
from crmdata.fields import COOPERATION, EVERY, REPORT, SHOWN, Field, Type
from crmdata.files import BASE, DATA_KIND, SEPARATOR, UNCHANGED, doubly_shielded
from crmdata.i18n import Words
from crmdata.intake.reports import template_mark
from crmdata.intake.reports.earlier_reports import Before, CooperationLine
from crmdata.intake.reports.headings import heading
from crmdata.intake.reports.rows import TemplateMark
from crmdata.labels import DEMONSTRATION, label
from crmdata.palette import PALETTES
from crmdata.terms import DataKind, Period, State

BLANK_ROWS = 60
"""For reports outside the calendar, and for cooperation."""

_WIDTHS = {
    Type.ACTIVITY: 12,
    Type.PERIOD: 10,
    Type.ANY_PERIOD: 11,
    Type.YES: 9,
    Type.STATE: 15,
    Type.COOPERATION_STATE: 15,
    Type.PERCENT: 9,
    Type.TEXT: 46,
    Type.REASON: 30,
    Type.LINKS: 30,
    Type.PARTNERS: 18,
    Type.COUNTRIES: 16,
    Type.MODALITY: 15,
    Type.DAY: 13,
    Type.KIND: 14,
}
_SHOWN_WIDTHS = {"about": 46, "due": 16, "before": 26}
_COLUMN_WIDTHS = {
    field.code: _SHOWN_WIDTHS.get(field.code) or _WIDTHS.get(field.type, 12) for field in EVERY
}

_OFFERED = {
    Type.YES: "yes",
    Type.STATE: "states",
    Type.COOPERATION_STATE: "cooperation_states",
    Type.PARTNERS: "partner_sets",
    Type.PARTNER: "partners",
    Type.ACTIVITY: "activities",
    Type.PERIOD: "periods",
    Type.ANY_PERIOD: "all_periods",
    Type.MODALITY: "modalities",
}
"""The list of `Lists` that a cell chooses from."""

_ACTIVITY, _PERIOD = (field for field in REPORT if field.key and field.type != Type.COUNTRY)
_CONTENT = tuple(field for field in REPORT if not field.key)
_ABOUT, _DUE, _BEFORE = SHOWN

_HIDDEN = frozenset({BASE})
_LOCKED_ELSEWHERE = frozenset({BASE, DATA_KIND})
_LOCKED_IN_CALENDAR = _LOCKED_ELSEWHERE | {field.code for field in (_ACTIVITY, _PERIOD, *SHOWN)}
_LOCKED_IN_COOPERATION = _LOCKED_ELSEWHERE | {field.code for field in COOPERATION if field.key}
"""What a line of cooperation is about: with another one it would be another line."""

IN_CALENDAR = (
    *(_ACTIVITY, _ABOUT, _PERIOD, _DUE, _BEFORE),
    *(fields.UNCHANGED, *_CONTENT, fields.BASE),
)
OUTSIDE = (_ACTIVITY, _PERIOD, *_CONTENT)
IN_COOPERATION = (*COOPERATION, fields.BASE)

STEPS = (
    N_(
        "Sheet “{calendar}”: a row for each activity on which a report is due. Fill in state, "
        "progress and narrative; leave a row empty to say nothing."
    ),
    N_(
        "What was reported already stands in its row. Change it and it becomes a correction; "
        "leave it and it stays as it is."
    ),
    N_(
        "“{unchanged}”: choose “{yes}” where nothing has changed since the last report. That is a "
        "real report, and different from silence."
    ),
    N_("Progress is a number from 0 to 100. It may be empty where the state says it already."),
    N_("A reason is needed for “{suspended}” and “{not_applicable}”."),
    N_("Evidence: links that begin with http:// or https://, several separated by “;”."),
    N_("A semester is written “{code}” in this file and “{semester}” on the screens."),
    N_("Without a date a report is of the day on which the file is sent."),
    N_(
        "Sheet “{outside}”: for what was done outside the plan's calendar, or in an earlier "
        "semester. Such reports are shown apart."
    ),
    N_(
        "Sheet “{cooperation}”: what a partner offers or does, or what is asked for. What is in "
        "force stands there already; what is shared with other countries is locked, since it is "
        "not one country's to change."
    ),
    N_(
        "Write nothing about a single person: no names, ages, numbers of documents, phones or "
        "e-mail addresses. The subject is children."
    ),
    N_(
        "The grey cells are locked, without a password, so that no code changes by a slip. "
        "Formulas are not accepted; texts are kept as they are written."
    ),
    N_(
        "Send the file by the page “{page}”: it says what is wrong or doubtful before anything is "
        "stored."
    ),
)
"""The instructions, in their order."""


@dataclass(frozen=True)
class Lists:
    """What the drop-down lists offer."""

    yes: Sequence[str]
    states: Sequence[str]
    partner_sets: Sequence[str]
    partners: Sequence[str]
    activities: Sequence[str]
    periods: Sequence[str]
    all_periods: Sequence[str]
    modalities: Sequence[str]
    cooperation_states: Sequence[str]
    first_day: date


@dataclass(frozen=True)
class TemplateSlot:
    """A line of the first sheet: `now` is the report in force, `last` that of the activity."""

    activity: str
    text: str
    period: Period
    now: Before | None
    last: Before | None


class Filling:
    """A template while it is being written."""

    def __init__(
        self,
        book: xlsxwriter.Workbook,
        words: Words,
        made_for: TemplateMark,
        lists: Lists,
        names: tuple[str, str],
    ) -> None:
        self.book = book
        self.words = words
        self.made_for = made_for
        self.lists = lists
        self.country = words.pick(*names)
        self.demo = made_for.kind == DataKind.DEMO
        self.names = {
            "instructions": words("Instructions"),
            "calendar": words(template_mark.REPORTS),
            "outside": words("Outside the calendar"),
            "cooperation": words("Cooperation"),
            "lists": words("Lists"),
        }
        self._formats = _formats(book)
        self._ranges: dict[str, str] = {}

    def write(self, slots: Sequence[TemplateSlot], lines: Sequence[CooperationLine]) -> None:
        """Write every sheet: the slots, and the lines of cooperation in force."""
        self._write_instructions(self.book.add_worksheet(self.names["instructions"]))
        pages = {
            name: self.book.add_worksheet(self.names[name])
            for name in ("calendar", "outside", "cooperation")
        }
        self._write_lists(self.book.add_worksheet(self.names["lists"]))
        self._write_calendar(pages["calendar"], slots)
        self._write_blank(pages["outside"], OUTSIDE)
        self._write_blank(pages["cooperation"], IN_COOPERATION, map(self._line, lines))
        self._write_mark(self.book.add_worksheet(template_mark.SHEET))
        pages["calendar"].activate()
        pages["calendar"].set_first_sheet()

    # Sheets

    def _write_instructions(self, page: Worksheet) -> None:
        words = self.words
        page.hide_gridlines(2)
        page.set_column(0, 0, 4)
        page.set_column(1, 1, 110)
        title = words(template_mark.TITLE, country=self.country,
                      semester=words.period(self.made_for.period))  # fmt: skip
        page.write_string(0, 1, title, self._formats["title"])
        plan = words(template_mark.PLAN, version=self.made_for.plan_version)
        page.write_string(1, 1, plan, self._formats["plain"])
        row = 3
        if self.demo:
            page.write_string(2, 1, words(DEMONSTRATION), self._formats["demo"])
        values = {
            **self.names, "unchanged": heading(words, UNCHANGED), "yes": self.lists.yes[0],
            "suspended": label(words, State.SUSPENDIDA),
            "not_applicable": label(words, State.NO_APLICA),
            "page": words("Hand in"), "code": self.made_for.period,
            "semester": words.period(self.made_for.period),
        }  # fmt: skip
        for number, step in enumerate(STEPS, start=1):
            page.write_number(row, 0, number, self._formats["plain"])
            text = words(step, **values)
            page.set_row(row, _LINE * max(1, -(-len(text) // 105)))
            page.write_string(row, 1, text, self._formats["plain"])
            row += 1
        page.protect("", _MAY)
        self._set_up(page)

    def _write_lists(self, page: Worksheet) -> None:
        """Write what drop-downs offer on a sheet of its own: a rule holds 255 characters."""
        lists = vars(self.lists)
        for column, (name, values) in enumerate(
            (name, values) for name, values in lists.items() if name != "first_day"
        ):
            for row, value in enumerate(values):
                page.write_string(row, column, value, self._formats["text"])
            letter = chr(ord("A") + column)
            sheet = self.names["lists"].replace("'", "''")
            self._ranges[name] = f"='{sheet}'!${letter}$1:${letter}${max(1, len(values))}"
        page.hide()

    def _write_mark(self, page: Worksheet) -> None:
        sheets = {
            template_mark.LISTS: self.names["lists"],
            template_mark.INSTRUCTIONS: self.names["instructions"],
        }
        for row, pair in enumerate(template_mark.written(self.made_for, sheets)):
            for column, text in enumerate(pair):
                page.write_string(row, column, text)
        page.very_hidden()

    def _write_calendar(self, page: Worksheet, slots: Sequence[TemplateSlot]) -> None:
        columns = self._with_kind(IN_CALENDAR)
        self._head(page, columns)
        for row, slot in enumerate(slots, start=1):
            cells = self._cells_of(slot)
            page.set_row(row, _height(cells))
            for place, field in enumerate(columns):
                locked = field.code in _LOCKED_IN_CALENDAR
                self._cell(page, row, place, field, cells.get(field.code), locked=locked)
        self._offer(page, columns, _LOCKED_IN_CALENDAR, last=len(slots))
        # The code, its text and the period stay in sight.
        page.freeze_panes(1, 3)
        self._finish(page)

    def _cells_of(self, slot: TemplateSlot) -> dict[str, Any]:
        words, now = self.words, slot.now
        cells: dict[str, Any] = {
            "activity": slot.activity,
            "about": slot.text,
            "semester": slot.period.code,
            "due": words.date(slot.period.ends, "medium"),
            "before": self._last_of(slot.last),
            BASE: str(now.number if now else 0),
            DATA_KIND: self.made_for.kind,
        }
        if now is not None:
            cells |= {
                **now.values,
                "state": label(words, now.values["state"]),
                "partners": SEPARATOR.join(now.partners),
            }
        return cells

    def _last_of(self, last: Before | None) -> str:
        if last is None:
            return "··"
        words, percent = self.words, last.values["percent"]
        parts = [
            words.period(last.period),
            label(words, last.values["state"]),
            *([] if percent is None else [words.entered(percent)]),
            last.reported_on.isoformat(),
        ]
        return ", ".join(parts)

    def _line(self, line: CooperationLine) -> tuple[dict[str, Any], Collection[str]]:
        """Return the cells of a line of cooperation, and which of them are locked.

        Without a date: who changes a line does so on the day on which the file is sent.
        """
        words, shared = self.words, line.countries != (self.made_for.country,)
        cells = {
            **line.values,
            "countries": SEPARATOR.join(line.countries),
            "modality": label(words, line.values["modality"]),
            "state": label(words, line.values["state"]),
            "reported_on": None,
            BASE: str(line.number),
        }
        return cells, tuple(cells) if shared else _LOCKED_IN_COOPERATION

    def _write_blank(
        self,
        page: Worksheet,
        columns: Sequence[Field],
        filled: Iterable[tuple[Mapping[str, Any], Collection[str]]] = (),
    ) -> None:
        """Write rows that stand there already, and empty ones behind them."""
        columns = self._with_kind(columns)
        self._head(page, columns)
        rows = [*filled, *[({}, _LOCKED_ELSEWHERE)] * BLANK_ROWS]
        kind = {DATA_KIND: self.made_for.kind}
        for row, (cells, shut) in enumerate(rows, start=1):
            if cells:
                page.set_row(row, _height(cells))
            for place, field in enumerate(columns):
                locked = field.code in shut or field.code in _LOCKED_ELSEWHERE
                value = {**kind, **cells}.get(field.code)
                self._cell(page, row, place, field, value, locked=locked)
        self._offer(page, columns, _LOCKED_ELSEWHERE, last=len(rows))
        page.freeze_panes(1, 1)
        self._finish(page)

    # Their parts

    def _with_kind(self, columns: Sequence[Field]) -> tuple[Field, ...]:
        """Name invented data in every row, so that no excerpt loses it."""
        return (*columns, fields.DATA_KIND) if self.demo else tuple(columns)

    def _head(self, page: Worksheet, columns: Sequence[Field]) -> None:
        for place, field in enumerate(columns):
            page.write_string(0, place, heading(self.words, field.code), self._formats["head"])
            page.set_row(0, 3.2 * _LINE)
            hidden = {"hidden": True} if field.code in _HIDDEN else {}
            page.set_column(place, place, _COLUMN_WIDTHS[field.code], None, hidden)

    def _cell(
        self, page: Worksheet, row: int, place: int, field: Field, value: Any, *, locked: bool
    ) -> None:
        kind = "locked" if locked else _KINDS.get(field.type, "text")
        form = self._formats[kind]
        if value is None or value == "":
            page.write_blank(row, place, None, form)
        elif isinstance(value, float):
            page.write_number(row, place, value, form)
        else:
            page.write_string(row, place, doubly_shielded(str(value)), form)

    def _offer(
        self, page: Worksheet, columns: Sequence[Field], locked: frozenset[str], *, last: int
    ) -> None:
        """Lay lists and limits over the columns that are filled in."""
        for place, field in enumerate(columns):
            rule = None if field.code in locked or not last else self._rule(field)
            if rule is not None:
                page.data_validation(1, place, last, place, rule)

    def _rule(self, field: Field) -> dict[str, Any] | None:
        words = self.words
        rule: dict[str, Any]
        match field.type:
            case kind if kind in _OFFERED:
                rule = {"validate": "list", "source": self._ranges[_OFFERED[kind]]}
                way_out = words("Choose one from the list.")
            case Type.PERCENT:
                rule = {"validate": "decimal", "minimum": 0, "maximum": 100}
                way_out = words("Write a number from 0 to 100, such as 45 or 45.5.")
            case Type.DAY:
                first, last = self.lists.first_day, date(2100, 1, 1)
                rule = {"validate": "date", "minimum": first, "maximum": last}
                way_out = words("Write it as year-month-day, such as 2019-04-03.")
            case _:
                return None
        if "minimum" in rule:
            rule["criteria"] = "between"
        title = heading(words, field.code)[:32]
        return {**rule, "error_title": title, "error_message": way_out}

    def _finish(self, page: Worksheet) -> None:
        page.protect("", _MAY)
        self._set_up(page)
        page.repeat_rows(0)

    def _set_up(self, page: Worksheet) -> None:
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        kind = self.words("Demonstration data") if self.demo else ""
        page.set_header(
            f"&L{kind}&C{self.country.replace('&', '&&')} {self.made_for.period}&R&P / &N"
        )


_LINE = 15.5
"""The height of a line in points. Not every program finds the height of a row by itself."""

_TALLEST = 20


def _height(cells: Mapping[str, Any]) -> float:
    """Return the height in which every cell of a row can be read."""
    lines = (
        sum(-(-max(1, len(line)) // (_COLUMN_WIDTHS[column] - 4)) for line in text.split("\n"))
        for column, text in cells.items()
        if isinstance(text, str) and column not in _HIDDEN
    )
    return _LINE * min(_TALLEST, max(lines, default=1))


_MAY = {
    "format_cells": True, "format_columns": True, "format_rows": True, "autofilter": True,
    "select_locked_cells": True, "select_unlocked_cells": True,
}  # fmt: skip
"""What a locked sheet still allows."""

_KINDS = {Type.PERCENT: "number", Type.DAY: "date"}


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    palette = PALETTES["light"]
    cell = {"valign": "top", "border": 1, "border_color": "#c9ced6"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "plain": book.add_format({"text_wrap": True, "valign": "top"}),
        "demo": book.add_format({"bold": True, "bg_color": palette.highlight}),
        "head": book.add_format(
            {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1,
             "bg_color": palette.band_strong}
        ),
        "text": book.add_format({**cell, "text_wrap": True, "num_format": "@", "locked": False}),
        # A general format lets “45%” typed into it be seen as a percentage, and read as 45.
        "number": book.add_format({**cell, "locked": False}),
        "date": book.add_format({**cell, "num_format": "yyyy-mm-dd", "locked": False}),
        "locked": book.add_format(
            {**cell, "text_wrap": True, "num_format": "@", "bg_color": "#eef1f5"}
        ),
    }  # fmt: skip
