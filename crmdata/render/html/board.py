"""The plan board: the calendar as one table, from `Schedule`.

Axes, lines and activities stand as rows, periods as columns, years above; a bar in each cell tells
how many countries say what. What folds, filters and colours is done in the browser by `board.js`,
which reads the letters of the cells and fills the same sentences; without it all can be read, and
links lead on. Where the script is sure to run, it draws bars and writes labels the first time too:
half of the bytes and nodes go over the line.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from crmdata.content.calendar import phrases
from crmdata.content.calendar.extract import Extract
from crmdata.content.calendar.results import circled
from crmdata.content.calendar.schedule import (
    NO_MARK,
    SUPPORT_STATES,
    BoardRow,
    Picked,
    Schedule,
    SlotCell,
    counts,
    shown_rows,
    supported,
)
from crmdata.content.calendar.slots import DRAWN
from crmdata.content.cooperation.support import SUPPORTING
from crmdata.content.destinations import Way
from crmdata.content.due import sheet
from crmdata.i18n import Words
from crmdata.labels import LEVELS, READING_SIGNS, label
from crmdata.render.html import bars, markup
from crmdata.render.html.links import Link, anchor, compact
from crmdata.terms import SIN_REPORTE, Period, Reading, State

STYLE = (Path(__file__).parent / "board.css").read_text("utf-8")
SCRIPT = (Path(__file__).parent / "board.js").read_text("utf-8")

_NOTED = "*"
"""The sign of a row that was printed as it stands, and of which there is something to say."""

LETTERS = dict(zip(DRAWN, "cens-xp.", strict=True))
"""A letter for what a party says of a slot: of a row of them the browser colours a cell."""


def board(schedule: Schedule, picked: Picked, link: Link, *, scripted: bool = False) -> str:
    """Return the table, and beside it the place of the panel that a cell opens.

    A `scripted` one has neither bars nor labels: `board.js` makes them from the letters.
    """
    return _Board(schedule, picked, link, scripted=scripted).html()


def key(words: Words, *, by_support: bool, hidden: bool = False) -> str:
    """Return what the bars mean, in one line: of reports, or of support."""
    states = SUPPORT_STATES if by_support else DRAWN
    attributes = {"data-key-of": "support" if by_support else "reports"}
    if hidden:
        attributes["hidden"] = ""
    signs = [
        (markup.element("i", "", css="k-cut"), words("Cut-off")),
        (markup.element("b", "◇"), words("Meeting")),
        (markup.element("b", "①"), words("Result to be delivered")),
        (markup.element("i", "", css="k-apart"), words("Outside the calendar")),
        *((markup.element("b", sign), label(words, reading))
          for reading, sign in READING_SIGNS.items()),
    ]  # fmt: skip
    return bars.key(words, states, late=not by_support, signs=signs, **attributes)


def extract(part: Extract, link: Link) -> str:
    """Return some activities as a table under what it is called, and what its bars mean."""
    words, schedule = link.words, part.schedule
    board = _Board(replace(schedule, rows=part.rows), Picked(), link, scripted=False)
    slots = [slot for row in part.rows for slot in (row.slots or {}).values()]
    states = set(counts(schedule, slots))
    late = any(
        SIN_REPORTE in slot.states and code in board.late
        for row in part.rows
        for code, slot in (row.slots or {}).items()
    )
    cut = [(markup.element("i", "", css="k-cut"), words("Cut-off"))]
    table = board.table(
        [markup.element("caption", part.title)], role="treegrid", **{"aria-label": part.title}
    )
    return table + bars.key(words, states, late=late, signs=cut)


class _Board:
    """One drawing of a calendar."""

    def __init__(self, schedule: Schedule, picked: Picked, link: Link, *, scripted: bool) -> None:
        self.scripted = scripted
        self.cell_role = {} if scripted else {"role": "gridcell"}
        self.schedule = schedule
        self.picked = picked
        self.words = link.words
        self.link = link
        self.chosen = {row.code for row in shown_rows(schedule, picked)}
        self.under: dict[str, list[BoardRow]] = {}
        for row in schedule.rows:
            for code in row.above if row.slots is not None else ():
                self.under.setdefault(code, []).append(row)
        self.undefined = any(row.undefined or row.kinds == {NO_MARK} for row in schedule.rows)
        self.late = {period.code for period in schedule.periods if schedule.overdue(period)}

    def html(self) -> str:
        words = self.words
        table = self.table(
            [], role="treegrid",
            **{"aria-label": words("Calendar of the plan: activities by semester")},
        )  # fmt: skip
        panel = markup.wrapped(
            "aside", [], css="crm-beside", hidden="",
            **{"aria-label": words("What the chosen cell holds")},
        )  # fmt: skip
        scroller = markup.wrapped("div", [table], css="crm-board-rows", **{"data-main": ""})
        return markup.wrapped(
            "div", [scroller, panel], css="crm-board", **{"data-board": compact(self._data())}
        )

    def table(self, over: Sequence[str], **attributes: str) -> str:
        """Return the table alone, `over` it a caption if it has one."""
        inner = [*over, self._widths(), markup.wrapped("thead", self._head()), *self._bodies()]
        style = f"--periods: {len(self.schedule.periods)}"
        return markup.wrapped("table", inner, css="crm-board-table", style=style, **attributes)

    def _data(self) -> dict[str, Any]:
        """Return what the browser colours cells and fills sentences from."""
        schedule, words = self.schedule, self.words
        return {
            "parties": [[code, name.text] for code, name in schedule.parties.items()],
            "partners": {code: name.short for code, name in schedule.partners.items()},
            "periods": [
                [period.code, period.label, int(schedule.cutoff > period.ends),
                 int(period.code in self.late), phrases.pending_since(schedule, period, words)]
                for period in schedule.periods
            ],
            "next": [
                [period.code, words.date(period.ends, "medium")] for period in schedule.upcoming
            ],
            "letters": {letter: state for state, letter in LETTERS.items()},
            "supports": SUPPORT_STATES,
            "backing": SUPPORTING,
            "states": phrases.state_words(words),
            "said": phrases.templates(words),
            "language": words.language,
            "open": words("Open the sheet of {code}", code="{code}"),
            "close": words("Close"),
            "mark": words("Mark in the plan: {mark}", mark="«{mark}»"),
        }  # fmt: skip

    def _widths(self) -> str:
        """Return the columns, whose widths the style sheet sets: by kind, not by the first row."""
        kinds = ["crm-col-label"]
        kinds += ["crm-col-no" if isinstance(each, int) else "" for each in self._columns()]
        kinds += ["crm-col-open"] if self.undefined else []
        return markup.wrapped("colgroup", map(markup.column, [*kinds, "crm-col-total"]))

    def _head(self) -> Iterator[str]:
        words, schedule, level = self.words, self.schedule, LEVELS["activity"]
        first = [_th(words(level.word), rowspan="2", css="crm-label")]
        second = []
        for year in schedule.years:
            if year in schedule.empty_years:
                title = words("The source has no column for {year}", year=year)
                first.append(_th(str(year), rowspan="2", css="crm-no-column", title=title))
                continue
            first.append(_th(str(year), colspan=str(Period.A_YEAR), css="crm-year"))
            second += [self._period(period) for period in Period.of_year(year)]
        if self.undefined:
            first.append(_th(words("To be defined"), rowspan="2", css="crm-open-years"))
        templates = phrases.templates(words)
        total = templates["with_support" if self.picked.by_support else "with_reports"]
        first.append(_th(total, rowspan="2", css="crm-total"))
        yield markup.wrapped("tr", first)
        yield markup.wrapped("tr", second)

    def _period(self, period: Period) -> str:
        """Return the head of a period: its sign, the meetings in it, the cut-off's line."""
        stops = [
            self._stop(stop.day, stop.name)
            for stop in self.schedule.meetings
            if period.starts <= stop.day <= period.ends
        ]
        return markup.wrapped(
            "th", [markup.element("span", period.sign), *stops], scope="col",
            css=self._at(period), **{"aria-label": period.label} | self._cut(period),
        )  # fmt: skip

    def _stop(self, day: date, name: str) -> str:
        words = self.words
        here = day == self.schedule.cutoff
        text = words("Cut-off {day}: {meeting}", day=words.date(day, "medium"), meeting=name)
        return anchor(
            "◆" if here else "◇", Way("", {"corte": day.isoformat()}), self.link, css="crm-stop",
            title=text, **{"aria-label": text}, **({"aria-current": "true"} if here else {}),
        )  # fmt: skip

    def _at(self, period: Period) -> str:
        """Return the classes of a period's cells: where a year begins, where the cut-off lies."""
        names = ["crm-begins"] if period == Period.of_year(period.year)[0] else []
        if self.schedule.cut_in(period) is not None:
            names.append("crm-cut")
        return " ".join(names)

    def _cut(self, period: Period) -> dict[str, str]:
        """Return where in a period the cut-off lies."""
        share = self.schedule.cut_in(period)
        return {} if share is None else {"style": f"--cut: {100 * share:.0f}%"}

    def _bodies(self) -> Iterator[str]:
        """Yield a body of rows for each axis, which paper begins a sheet with."""
        own: list[str] = []
        hidden = True
        for row in self.schedule.rows:
            if row.level == "axis" and own:
                yield self._body(own, hidden=hidden)
                own, hidden = [], True
            visible = self._is_visible(row)
            hidden = hidden and not visible
            own.append(self._row(row, visible=visible))
        if own:
            yield self._body(own, hidden=hidden)

    def _body(self, rows: Sequence[str], *, hidden: bool) -> str:
        return markup.wrapped("tbody", rows, **({"hidden": ""} if hidden else {}))

    def _is_visible(self, row: BoardRow) -> bool:
        folded = self.picked.folded
        if row.slots is None:
            among = {each.code for each in self.under.get(row.code, ())}
            return bool(among & self.chosen) and not set(row.above) & folded
        return row.code in self.chosen and not set(row.above) & folded

    def _row(self, row: BoardRow, *, visible: bool) -> str:
        level = [*LEVELS].index(row.level) if row.level != "activity" else 2
        attributes = {"aria-level": str(level + 1), "data-code": row.code}
        if not visible:
            attributes["hidden"] = ""
        if row.slots is None:
            attributes["aria-expanded"] = "false" if row.code in self.picked.folded else "true"
            cells = [self._band(row), *self._band_cells(row)]
        else:
            attributes |= {"data-above": " ".join(row.above), "data-kinds": " ".join(row.kinds)}
            if row.support and not self.link.on_wall:
                attributes["data-support"] = compact([list(each) for each in row.support])
            cells = [self._activity(row), *self._cells(row)]
        return markup.wrapped("tr", cells, css=f"crm-{row.level}", **attributes)

    def _band(self, row: BoardRow) -> str:
        """Return the head of an axis or a line, which folds what is beneath it."""
        folded = self.picked.folded ^ {row.code}
        bands = [each.code for each in self.schedule.rows if each.slots is None]
        way = Way("", {"plegado": ",".join(code for code in bands if code in folded)})
        name = anchor(phrases.band_name(row, self.words), way, self.link, css="crm-fold-band",
                      title=row.name.text)  # fmt: skip
        whole = markup.element(
            "span", phrases.band_name(row, self.words, whole=True), css="crm-whole"
        )
        return markup.wrapped("th", [name, whole], scope="row", role="rowheader")

    def _activity(self, row: BoardRow) -> str:
        """Return the head of an activity: its code leads to its sheet."""
        code = anchor(row.code, sheet(row.code), self.link, css="crm-code")
        title = {} if self.scripted else {"title": row.name.text}
        inner = [code, " ", markup.element("span", row.name.brief, css="crm-brief", **title)]
        if not self.link.on_wall:
            inner += [
                markup.element("span", row.name.text, css="crm-whole"),
                *self._reading_note(row),
            ]
        return markup.wrapped("th", inner, scope="row", role="rowheader")

    def _reading_note(self, row: BoardRow) -> Iterator[str]:
        """Yield how a row was read, and what an earlier version of the plan said of it."""
        exact = row.reading == Reading.EXACT
        read = ". ".join(filter(None, ["" if exact else label(self.words, row.reading), row.note]))
        if read:
            sign = READING_SIGNS.get(row.reading, _NOTED)
            yield markup.element("sup", sign, title=read, **{"aria-label": read})
            yield markup.element("small", f"{sign} {read}", css="crm-whole")
        if row.earlier:
            text = self.words("Earlier version: {marks}", marks="; ".join(row.earlier))
            yield markup.element("small", text, css="crm-whole")

    def _band_cells(self, row: BoardRow) -> Iterator[str]:
        rows = [each for each in self.under.get(row.code, ()) if each.code in self.chosen]
        for period in self._columns():
            if isinstance(period, int):
                yield markup.element("td", "", css="crm-no-column")
                continue
            due = (row.deliveries or {}).get(period.code, ())
            inner = [] if self.scripted else [self._band_bar(rows, period)]
            if due:
                text = self.words("Result to be delivered: {results}", results=", ".join(due))
                inner.append(markup.element("b", circled(due), title=text, css="crm-delivery"))
            attributes = self.cell_role | self._cut(period)
            yield markup.wrapped("td", inner, css=self._at(period), **attributes)
        if self.undefined:
            open_years = sum(bool(each.undefined) for each in rows)
            text = self.words.number(open_years) if open_years else ""
            yield markup.element("td", text, css="crm-open-years")
        yield self._total(rows)

    def _band_bar(self, rows: Sequence[BoardRow], period: Period) -> str:
        if self.picked.by_support:
            states = [supported(row, period.code, self.picked.partner) for row in rows]
            totals = {state: states.count(state) for state in SUPPORT_STATES}
            return bars.bar({code: n for code, n in totals.items() if n} | {"": states.count("")})
        slots = [row.slots[period.code] for row in rows if row.slots and period.code in row.slots]
        return self._bar(counts(self.schedule, slots, self.picked.party), period)

    def _cells(self, row: BoardRow) -> Iterator[str]:
        for period in self._columns():
            yield (
                self._no_column(row, period) if isinstance(period, int) else self._cell(row, period)
            )
        if self.undefined:
            unscheduled = row.kinds == {NO_MARK}
            text = self.words("No mark") if unscheduled else row.undefined
            yield markup.element("td", text, css="crm-open-years",
                                 **{"data-label": self.words("To be defined")})  # fmt: skip
        yield self._total([row])

    def _columns(self) -> Iterator[Period | int]:
        """Yield the period of each column, or the year where the source has no column for it."""
        for year in self.schedule.years:
            if year in self.schedule.empty_years:
                yield year
            else:
                yield from Period.of_year(year)

    def _no_column(self, row: BoardRow, year: int) -> str:
        """Return the cell of a year without a column: reports may be of it all the same."""
        codes = [period.code for period in Period.of_year(year)]
        apart = sum((row.outside or {}).get(code, 0) for code in codes)
        attributes = {}
        if apart:
            outside = phrases.templates(self.words)["outside"].format(n=apart)
            text = f"{row.code}, {year}: {outside}"
            attributes = {"data-o": str(apart), "title": text, "aria-label": text}
        return markup.element("td", "", css="crm-no-column", **attributes)

    def _cell(self, row: BoardRow, period: Period) -> str:
        slots = row.slots or {}
        slot, apart = slots.get(period.code), (row.outside or {}).get(period.code, 0)
        attributes = self.cell_role | self._cut(period)
        names = [self._at(period)]
        inner = []
        if slot is not None:
            names.append("crm-slot")
            attributes |= self._for_script(slot)
            if slot.share < 1:
                attributes["style"] = f"{attributes.get('style', '')}; --share: {slot.share:.0%}"
        if period.code in row.dropped:
            names.append("crm-earlier")
        if apart:
            attributes["data-o"] = str(apart)
        if not self.scripted:
            if text := self._cell_text(row, slot, period, apart):
                attributes["aria-label"] = text
            inner.append(self._cell_bar(row, slot, period))
        if slot is not None and not self.link.on_wall:
            inner.append(markup.element("small", slot.mark, css="crm-mark"))
        return markup.wrapped("td", inner, css=" ".join(filter(None, names)), **attributes)

    def _cell_bar(self, row: BoardRow, slot: SlotCell | None, period: Period) -> str:
        if self.picked.by_support:
            state = supported(row, period.code, self.picked.partner)
            return bars.bar({state: 1}) if state else ""
        return "" if slot is None else self._slot_bar(slot, period)

    def _for_script(self, slot: SlotCell) -> dict[str, str]:
        """Return what the browser colours a cell from; on the wall nothing is coloured anew."""
        if self.link.on_wall:
            return {}
        return {
            "data-m": slot.mark,
            "data-s": "".join(LETTERS[state] for state in slot.states),
            "data-v": ",".join(_entered(self.words, value) for value in slot.percents),
        }

    def _cell_text(self, row: BoardRow, slot: SlotCell | None, period: Period, apart: int) -> str:
        """Return what a cell says to those who hear it, and in its tip; empty for an empty one."""
        words, picked = self.words, self.picked
        parts = []
        if slot is not None:
            parts.append(f"«{slot.mark}»")
        if picked.by_support:
            if text := phrases.of_support(self.schedule, row, period.code, picked.partner, words):
                parts.append(text)
        elif slot is not None:
            parts.append(phrases.of_slot(self.schedule, slot, period.code, picked.party, words))
        if apart and not picked.by_support:
            parts.append(phrases.templates(words)["outside"].format(n=apart))
        return f"{row.code}, {period.label}: {'; '.join(parts)}" if parts else ""

    def _slot_bar(self, slot: SlotCell, period: Period) -> str:
        party = self.picked.party
        if not party:
            return self._bar(counts(self.schedule, [slot]), period)
        at = [*self.schedule.parties].index(party)
        percent = slot.percents[at]
        if slot.states[at] == State.EN_CURSO and percent is not None:
            return bars.bar({State.EN_CURSO: percent, State.NO_INICIADA: 100 - percent})
        return self._bar({slot.states[at]: 1}, period)

    def _bar(self, by_state: Mapping[str, int], period: Period) -> str:
        return bars.bar(by_state, late=period.code in self.late)

    def _total(self, rows: Sequence[BoardRow]) -> str:
        if self.picked.by_support:
            n = sum(row.is_backed(self.picked.partner) for row in rows)
            template = phrases.templates(self.words)["of"]
            text = template.format(n=n, N=len(rows)) if len(rows) != 1 else ("✓" if n else "")
        else:
            text = phrases.total(self.schedule, rows, self.picked.party, self.words)
        return markup.element("td", text, css="crm-total")


def _entered(words: Words, value: float | None) -> str:
    return "" if value is None else words.number(value, 2).replace(",", "")


def _th(text: str, *, css: str, **attributes: str) -> str:
    return markup.element("th", text, css=css, scope="col", **attributes)
