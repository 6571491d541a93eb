"""The calendar for paper: a table an axis, the plan's marks over what was reported of them.

On screen it is hidden; in print it stands in the place of the picture, which paper would cut.
"""

from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from crmdata.figures import calendar, names, style
from crmdata.figures.calendar import beside, results
from crmdata.figures.calendar.slots import STATES, SlotReports, said
from crmdata.figures.calendar.tracks import READING_SIGNS
from crmdata.figures.names import activity_text, shown
from crmdata.figures.records import records
from crmdata.files import XLSX_TYPE
from crmdata.i18n import Words
from crmdata.labels import NO_REPORT, NOT_APPLICABLE, SYMBOLS, label
from crmdata.terms import DATED, SIN_REPORTE, SPELLED, MarkKind, Period, Reporting
from crmdata.web.calendar import calendar_layers
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data.kept import kept
from crmdata.web.kit import markup
from crmdata.web.shell import paper

_GROUNDS = {
    "": "",
    "/": "repeating-linear-gradient(135deg, {mark} 0 .25mm, transparent .25mm 1.1mm)",
    "|": "repeating-linear-gradient(90deg, {mark} 0 .25mm, transparent .25mm 1.1mm)",
    "-": "repeating-linear-gradient(0deg, {mark} 0 .2mm, transparent .2mm 1.1mm)",
    ".": "radial-gradient({mark} 30%, transparent 32%) 0 0 / .9mm .9mm",
}
"""The patterns of `crmdata.figures.style` as grounds of a cell."""


@dataclass(frozen=True)
class Printed:
    """What is printed: the plan, its cells of one country or of all, and whose they are.

    The plan has the results with their deliveries; `earlier_marks` are an earlier version's.
    """

    plan: calendar.Plan
    cells: pd.DataFrame
    place: str
    demo: bool
    earlier_marks: pd.DataFrame | None = None

    @property
    def of_region(self) -> bool:
        """Whether a slot has the cells of several countries."""
        return bool(self.cells["country"].nunique() > 1)

    @property
    def layers(self) -> calendar.Layers:
        """What lies over the plan, as on screen."""
        return calendar.Layers(cells=self.cells, earlier_marks=self.earlier_marks)


def show(chosen: Chosen) -> None:
    """Draw the workbook's download, the button to print, and what is printed (hidden)."""
    words = chosen.words
    day = words.date(chosen.cutoff)
    title = words.pick(*chosen.plan.short_title)
    paper.show("landscape", words("{title}. Cut-off {day}", title=title, day=day))
    markup.show(f"<style>{grounds()}</style>")
    with st.container(key="calendar-files", horizontal=True, vertical_alignment="center"):
        st.download_button(
            words("Download the calendar (XLSX)"),
            data=lambda: _workbook(chosen),
            file_name=f"{chosen.file_name('calendario')}.xlsx",
            mime=XLSX_TYPE,
            key="csv-calendario-xlsx",
            on_click="ignore",
        )
        paper.show_button(words, title=words("Print the calendar, a table for each axis"))
    markup.show(_drawn(chosen))


def _place(chosen: Chosen) -> str:
    country = chosen.choices.pais
    if country is None:
        return chosen.words.pick(*chosen.view.region.name)
    return names.of_countries(chosen.frame("countries"), chosen.words)[country].full


def _workbook(chosen: Chosen) -> bytes:
    from crmdata.exports.calendar import (  # noqa: PLC0415 - few readers take a workbook
        CalendarView,
        calendar_workbook,
    )

    plan, slots = calendar_layers.plan(chosen), chosen.frame("slots")
    view = CalendarView(
        title=chosen.words.pick(*chosen.plan.short_title),
        plan=plan,
        slots=slots[slots["activity"].isin(plan.activities["activity"])],
        cells=calendar_layers.cells(chosen),
        cutoff=chosen.cutoff,
        demo=chosen.demo,
        country=_place(chosen) if chosen.choices.pais else None,
        earlier_marks=chosen.view.earlier_marks(),
    )
    return calendar_workbook(view, chosen.words)


@kept
def _drawn(chosen: Chosen) -> str:
    plan, cells = calendar_layers.plan(chosen), calendar_layers.cells(chosen)
    summary = calendar.summary(
        plan, calendar.Layers(cells=cells, cutoff=chosen.cutoff), words=chosen.words
    )
    earlier = chosen.view.earlier_marks()
    printed = Printed(plan, cells, _place(chosen), chosen.demo, earlier)
    return html(printed, summary, chosen.words)


def html(printed: Printed, summary: str, words: Words) -> str:
    """Return the calendar for paper: what it is of, the key, and a table for each axis."""
    intro = [
        markup.element("h2", printed.place),
        markup.element("p", summary),
        markup.element("p", key(printed, words)),
    ]
    tables = _Tables(printed, words)
    axes = printed.plan.axes
    present = axes[axes["axis"].isin(printed.plan.activities["axis"])]
    inner = [*intro, *(tables.of_axis(axis) for axis in records(present))]
    return markup.wrapped("div", inner, css="crm-paper crm-paper-only")


def key(printed: Printed, words: Words) -> str:
    """Return the sentences that explain the cells."""
    meanings = "; ".join(f"{symbol} {label(words, state)}" for state, symbol in SYMBOLS.items())
    signs = "; ".join(f"{sign} {label(words, reading)}" for reading, sign in READING_SIGNS.items())
    if printed.of_region:
        below = words(
            "Below it, for each semester that is due: countries that reported, of those expected "
            "(n/N), and the number of countries by state; before that, the reports that came early."
        )
    else:
        below = words("Below it, for each semester: the state reported and the percent.")
    found = [
        words("Upper row of each activity: the mark of the plan, verbatim."), below,
        words("Symbols: {meanings}.", meanings=meanings),
        words("Readings of the source: {signs}.", signs=signs),
    ]  # fmt: skip
    if results.shown_results(printed.plan):
        found.append(words("①, ②…: delivery of a result, by its number within its line."))
    if beside.dropped(printed.plan, printed.layers):
        found.append(words("Dotted: a semester that only the earlier version of the plan has."))
    if words.language != "es":
        marks = "; ".join(
            f"{', '.join(spelled)} = {label(words, kind)}" for kind, spelled in SPELLED.items()
        )
        found.append(words("Marks of the plan: {marks}.", marks=marks))
    return " ".join(found)


def grounds() -> str:
    """Return the grounds of the states, from the same palette as the screen's."""
    rules = []
    for state, look in style.PALETTES["light"].states.items():
        pattern = _GROUNDS[look.pattern].format(mark=look.mark)
        ground = f"{pattern}, {look.ground}" if pattern else look.ground
        layers = ground.removesuffix(f", {style.CLEAR}")
        rules.append(f".crm-axis .crm-{state} {{ background: {layers}; }}")
    return f"@media print {{ {' '.join(rules)} }}"


class _Tables:
    """The tables of one printing."""

    def __init__(self, printed: Printed, words: Words) -> None:
        self.printed = printed
        self.words = words
        self.plan = printed.plan
        self.said = said(printed.cells)
        self.earlier = beside.earlier(printed.plan, printed.layers)
        self.dropped = beside.dropped(printed.plan, printed.layers)
        self.marks = {(mark.activity, int(mark.year)): mark for mark in records(printed.plan.marks)}
        self.columns = 2 + sum(
            1 if year in self.plan.empty_years else 2 for year in self.plan.years
        )

    def of_axis(self, axis: Any) -> str:
        words = self.words
        title = words("Axis {number}. {title}", number=axis.axis,
                      title=shown(words, axis.title, axis.title_en))  # fmt: skip
        own = self.plan.activities[self.plan.activities["axis"] == axis.axis]
        lines = self.plan.lines[self.plan.lines["line"].isin(own["line"])]
        parts = [markup.element("caption", title), self._widths(), self._head(title)]
        for line in records(lines):
            parts.append(self._band(line))
            parts += map(self._activity, records(own[own["line"] == line.line]))
        table = markup.wrapped("table", parts)
        return markup.wrapped("section", [table], css="crm-axis")

    def _widths(self) -> str:
        longest = max(map(len, self.plan.activities["activity"]))
        widths = [f"{max(4.5, 0.6 * longest):.1f}%", "27%"]
        for year in self.plan.years:
            widths += ["3.5%"] if year in self.plan.empty_years else [""] * Period.A_YEAR
        columns = (f'<col style="width: {width}">' if width else "<col>" for width in widths)
        return f"<colgroup>{''.join(columns)}</colgroup>"

    def _head(self, title: str) -> str:
        words = self.words
        if self.printed.demo:
            title = f"{title} · {words('Demonstration data')}"
        years, signs = [_th(words("Code"), rows=2), _th(words("Activity"), rows=2)], []
        for year in self.plan.years:
            if year in self.plan.empty_years:
                years.append(_th(str(year), rows=2))
            else:
                years.append(_th(str(year), columns=Period.A_YEAR))
                signs += [_th(period.sign) for period in Period.of_year(year)]
        rows = [[_th(title, columns=self.columns, css="crm-title")], years, signs]
        return markup.wrapped("thead", [markup.wrapped("tr", row) for row in rows])

    def _band(self, line: Any) -> str:
        title = f"{line.line}. {shown(self.words, line.title, line.title_en)}"
        rows = [[_th(title, columns=self.columns, scope="rowgroup")]]
        if due := results.by_period(self.plan, line.line):
            rows.append(self._deliveries(due))
        inner = [markup.wrapped("tr", row) for row in rows]
        return markup.wrapped("tbody", inner, css="crm-line")

    def _deliveries(self, due: dict[str, list[str]]) -> list[str]:
        """Return the cells of a row with the spots of a line's results."""
        found = [_th(self.words("Delivery of results"), columns=2, scope="row")]
        for year in self.plan.years:
            if year in self.plan.empty_years:
                found.append("<td></td>")
                continue
            for period in Period.of_year(year):
                spots = results.circled(due.get(period.code, ()))
                found.append(markup.element("td", spots, css="crm-spots"))
        return found

    def _activity(self, row: Any) -> str:
        """Return the two rows of an activity, which stay together on a sheet."""
        words = self.words
        sign = READING_SIGNS.get(row.reading, "")
        note = shown(words, row.note, row.note_en)
        text = escape(activity_text(words, row.text, row.text_en))
        if note:
            text += markup.element("small", f"{sign} {note}".strip())
        if earlier := "; ".join(self.earlier.get(row.activity, ())):
            text += markup.element("small", words("Earlier version: {marks}", marks=earlier))
        planned = [
            _th(f"{row.activity}{sign}", rows=2, scope="row", css="crm-code"),
            f'<td rowspan="2" class="crm-text">{text}</td>',
        ]
        reported = []
        for year in self.plan.years:
            if year in self.plan.empty_years:
                planned.append(f'<td rowspan="2">{NOT_APPLICABLE}</td>')
                continue
            mark = self.marks.get((row.activity, year))
            planned.append(_mark(mark))
            reported += [
                self._period(row.activity, period, mark) for period in Period.of_year(year)
            ]
        rows = [markup.wrapped("tr", planned), markup.wrapped("tr", reported)]
        return markup.wrapped("tbody", rows)

    def _period(self, activity: str, period: Period, mark: Any) -> str:
        """Return what was reported of a period, or where only an earlier plan has a slot."""
        if mark is None or period not in Period.of_mark(MarkKind(mark.kind), period.year):
            ghost = period.code in self.dropped.get(activity, ())
            return '<td class="crm-earlier"></td>' if ghost else "<td></td>"
        one = self.said.get((activity, period.code), SlotReports())
        if not one.counts:
            return '<td class="crm-mark"></td>'
        if self.printed.of_region:
            return _of_region(one)
        state = next(iter(one.counts))
        percent = "" if one.percent is None or pd.isna(one.percent) else f" {one.percent:g}"
        return f'<td class="crm-said crm-{state}"><b>{SYMBOLS[state]}{percent}</b></td>'


def _of_region(one: SlotReports) -> str:
    """Return n/N and the counts by state; before the slot is due there is no N yet."""
    counts = "".join(
        f"<span>{SYMBOLS[state]}\N{THIN SPACE}{one.counts[state]}</span>"
        for state in STATES
        if one.counts.get(state)
    )
    if one.reporting != Reporting.SIN_REPORTE:
        return f'<td class="crm-said crm-mark">{counts}</td>'
    if not one.reported and one.expected:
        return f'<td class="crm-said crm-{SIN_REPORTE}"><b>0/{one.expected} {NO_REPORT}</b></td>'
    share = f"{one.reported}/{one.expected}" if one.expected else NOT_APPLICABLE
    return f'<td class="crm-said crm-region"><b>{share}</b><br>{counts}</td>'


def _mark(mark: Any) -> str:
    if mark is None:
        return f'<td colspan="{Period.A_YEAR}"></td>'
    # Without a period there is no bar: the year stays open.
    css = "crm-mark" if MarkKind(mark.kind) in DATED else ""
    return markup.element("td", mark.mark, css=css, colspan=str(Period.A_YEAR))


def _th(text: str, *, rows: int = 1, columns: int = 1, scope: str = "col", css: str = "") -> str:
    spans = {"rowspan": rows, "colspan": columns}
    attributes = {name: str(span) for name, span in spans.items() if span > 1}
    return markup.element("th", text, css=css, scope=scope, **attributes)
