"""Charts as vectors on a page: the looks, symbols and words of the screen."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from fpdf import FPDF

from crmdata.content import frames, wording
from crmdata.exports.papers.blocks import (
    BarsBlock,
    CalendarBlock,
    CalendarSlot,
    Composition,
    ScheduleRow,
)
from crmdata.exports.papers.tables import Measure
from crmdata.i18n import Words
from crmdata.labels import NO_REPORT, SYMBOLS, label
from crmdata.measures import Measured
from crmdata.palette import PALETTES, Look
from crmdata.terms import COUNTED, SIN_REPORTE, State

FONT = "DejaVu"
_PALETTE = PALETTES["light"]
_LABEL = 66.0
"""Width, mm, of a row's name."""
_BEHIND = 27.0
"""Width, mm, of the numbers behind a bar."""
_ROW = 8.4
_SCALE = 3.6
_TOGETHER = 5
"""Rows up to which a chart is kept on one page."""
_BAR = 5.6
_CODE, _NAME, _SLOT = 11.0, 71.0, 8.1
_LEAST_NAME = 45.0
_SCHEDULE_SIZE = 6.2
_PATTERN_EVERY = 1.5


def room(bars: BarsBlock) -> float:
    """Return how much of a page, in mm, a chart wants before it begins: all of it if it is short.

    A long one begins where three of its rows have room, and goes on overleaf.
    """
    count = len(bars.names)
    whole = _SCALE + count * _ROW + _key_height(composed=isinstance(bars, Composition))
    return whole if count <= _TOGETHER else _SCALE + 3 * _ROW


def draw(page: FPDF, bars: BarsBlock, words: Words, *, demo: bool) -> None:
    """Draw measured groups one under the other, with the key beneath."""
    composed = isinstance(bars, Composition)
    rows = list(frames.each(bars.measures))
    top = max((one.expected for _, one in rows), default=0) or 1
    for place, (key, one) in enumerate(rows):
        # The key stands under the last row, never alone on a page.
        last = _key_height(composed=composed) if place == len(rows) - 1 else 0
        if place == 0 or page.will_page_break(_ROW + last):
            if place:
                page.add_page()
            _scale(page, words, composed=composed)
        y = page.get_y()
        _row_name(page, bars.names[key].full, y)
        if composed:
            _stack(page, one, y, top, words)
        else:
            _interval(page, one, y, words)
        _behind(page, _numbers(words, one, composed=composed), y)
        if demo and place % 4 == 1:
            _mark(page, words, y)
        page.set_xy(page.l_margin, y + _ROW)
    _key(page, words, composed=composed)


def _numbers(words: Words, one: Measured, *, composed: bool) -> str:
    if composed:
        return wording.coverage(words, one)
    return f"{wording.interval(words, one)}\n{wording.ratio(words, one)}" if one.expected else "—"


def _width(page: FPDF) -> float:
    return float(page.epw) - _LABEL - _BEHIND - 2


def _left(page: FPDF) -> float:
    return float(page.l_margin) + _LABEL


def _scale(page: FPDF, words: Words, *, composed: bool) -> None:
    """Write what the bars count, and for intervals the scale 0–100."""
    page.set_font(FONT, "", 6)
    page.set_text_color(_PALETTE.muted)
    y = page.get_y()
    if composed:
        page.set_xy(_left(page), y)
        page.cell(_width(page), 3, words("Expected reports (N), by what was reported"))
    else:
        for value in (0, 25, 50, 75, 100):
            page.set_xy(_left(page) + _width(page) * value / 100 - 8, y)
            page.cell(16, 3, words.percent(value), align="C")
    page.set_xy(page.l_margin + page.epw - _BEHIND, y)
    title = words("n/N (coverage)") if composed else words("Interval and n/N")
    page.cell(_BEHIND, 3, title, align="R")
    page.set_text_color(0)
    page.set_xy(page.l_margin, y + _SCALE)


def _row_name(page: FPDF, name: str, y: float) -> None:
    page.set_font(FONT, "", 7)
    lines = folded(page, name, _LABEL - 2, 2)
    top = y + (_ROW - 3 * len(lines)) / 2 - 0.4
    for place, line in enumerate(lines):
        page.set_xy(page.l_margin, top + 3 * place)
        page.cell(_LABEL - 2, 3, line)


def _behind(page: FPDF, text: str, y: float) -> None:
    page.set_font(FONT, "B", 7)
    lines = text.split("\n")
    top = y + (_ROW - 3 * len(lines)) / 2 - 0.4
    for place, line in enumerate(lines):
        page.set_xy(page.l_margin + page.epw - _BEHIND, top + 3 * place)
        page.cell(_BEHIND, 3, line, align="R")


def _stack(page: FPDF, one: Measured, y: float, top: int, words: Words) -> None:
    """Draw the counts of states side by side, on one scale for all rows."""
    left, top_of_bar = _left(page), y + (_ROW - _BAR) / 2 - 0.4
    if not one.expected:
        page.set_font(FONT, "", 6.5)
        page.set_text_color(_PALETTE.muted)
        page.set_xy(left, top_of_bar)
        page.cell(_width(page), _BAR, words("No report was expected yet."))
        page.set_text_color(0)
        return
    for state in COUNTED:
        count = getattr(one, str(state))
        if not count:
            continue
        width = _width(page) * count / top
        fill(page, _PALETTE.states[state], left, top_of_bar, width, _BAR)
        _inside(page, f"{SYMBOLS[state]} {words.number(count)}", (left, top_of_bar, width))
        left += width


def _inside(page: FPDF, text: str, box: tuple[float, float, float]) -> None:
    """Write a count in its part of a bar, on a ground of its own, where there is room."""
    left, top, width = box
    page.set_font(FONT, "B", 6.5)
    needed = page.get_string_width(text) + 1.6
    if needed > width - 0.6:
        return
    page.set_fill_color(255)
    page.rect(left + (width - needed) / 2, top + 1, needed, _BAR - 2, style="F")
    page.set_xy(left, top)
    page.cell(width, _BAR, text, align="C")


def _interval(page: FPDF, one: Measured, y: float, words: Words) -> None:
    """Draw the interval, and the reported progress in it unless it is withheld."""
    left, width, middle = _left(page), _width(page), y + _ROW / 2 - 0.4
    page.set_draw_color(_PALETTE.grid)
    page.set_line_width(0.15)
    for value in (0, 25, 50, 75, 100):
        x = left + width * value / 100
        page.line(x, y - 0.4, x, y + _ROW - 0.4)
    if not one.expected:
        page.set_font(FONT, "", 6.5)
        page.set_xy(left, y)
        page.cell(width, _ROW - 0.8, words("No report was expected yet."))
        return
    start, end = left + width * one.low / 100, left + width * one.high / 100
    if one.reported:
        page.set_fill_color(_PALETTE.scale[1])
        page.set_draw_color(_PALETTE.series[0])
        page.rect(start, middle - 1.7, max(0.3, end - start), 3.4, style="DF")
    else:
        fill(page, _PALETTE.states[SIN_REPORTE], start, middle - 1.7, end - start, 3.4)
    if one.reported and not one.withheld:
        page.set_fill_color(_PALETTE.series[0])
        page.set_draw_color(255)
        page.circle(left + width * one.progress / 100, middle, 1.5, style="DF")
        page.set_draw_color(0)


def _mark(page: FPDF, words: Words, y: float) -> None:
    """Write over a chart that its data are of a demonstration, so that no crop can lose it."""
    page.set_font(FONT, "B", 8)
    with page.local_context(fill_opacity=0.32):
        page.set_text_color(_PALETTE.muted)
        page.set_xy(_left(page), y + _ROW - 2.2)
        page.cell(_width(page), 3, words("Demonstration data"), align="C")
    page.set_text_color(0)


def _key_height(*, composed: bool) -> float:
    return 5.2 if composed else 7.8


def _key(page: FPDF, words: Words, *, composed: bool) -> None:
    page.set_font(FONT, "", 6.5)
    y = page.get_y() + 0.8
    x = page.l_margin
    if not composed:
        page.set_xy(x, y)
        said = words("Dot: reported progress, the mean of the n reports. Bar: where it would lie "
                     "with every missing report at 0 or at 100%. Hatched: nothing "
                     "reported.")  # fmt: skip
        page.multi_cell(page.epw, 3, said, new_x="LMARGIN", new_y="NEXT")
        page.ln(1)
        return
    for state in COUNTED:
        text = f"{SYMBOLS[state]} {label(words, state)}"
        fill(page, _PALETTE.states[state], x, y, 5, 3)
        page.set_xy(x + 5.5, y)
        width = page.get_string_width(text) + 5
        page.cell(width, 3, text)
        x += 5.5 + width
    page.set_xy(page.l_margin, y + 4.4)


def fill(page: FPDF, look: Look, x: float, y: float, width: float, height: float) -> None:
    """Draw a part in a state's look: ground, pattern and outline."""
    page.set_line_width(0.2)
    page.set_draw_color(look.ink)
    ground = look.ground if look.ground.startswith("#") else "#ffffff"
    page.set_fill_color(ground)
    page.rect(x, y, width, height, style="DF")
    if look.pattern:
        with page.rect_clip(x, y, width, height):
            _pattern(page, look, x, y, (width, height))
    page.set_draw_color(0)


def _pattern(page: FPDF, look: Look, x: float, y: float, size: tuple[float, float]) -> None:
    width, height = size
    page.set_draw_color(look.mark)
    page.set_fill_color(look.mark)
    if look.pattern == "-":
        for at in _steps(height):
            page.line(x, y + at, x + width, y + at)
    elif look.pattern == "|":
        for at in _steps(width):
            page.line(x + at, y, x + at, y + height)
    elif look.pattern == "/":
        for at in _steps(width + height):
            page.line(x + at - height, y + height, x + at, y)
    else:
        for row, down in enumerate(_steps(height)):
            for across in _steps(width):
                shift = _PATTERN_EVERY / 2 * (row % 2)
                page.circle(x + across + shift, y + down, 0.22, style="F")


def _steps(length: float) -> Iterator[float]:
    at = _PATTERN_EVERY / 2
    while at < length:
        yield at
        at += _PATTERN_EVERY


@dataclass(frozen=True)
class _Columns:
    """How wide, in mm, the columns of a calendar are: its codes, its texts, each period."""

    code: float
    name: float
    slot: float

    @classmethod
    def of(cls, page: FPDF, schedule: CalendarBlock) -> "_Columns":
        """Return the usual widths; narrower periods where so many would not fit the page."""
        page.set_font(FONT, "B", _SCHEDULE_SIZE)
        longest = max((page.get_string_width(row.code) for row in schedule.rows), default=0)
        code = max(_CODE, longest + 1.5)
        room = page.epw - code
        slot = min(_SLOT, (room - _LEAST_NAME) / len(schedule.periods))
        return cls(code, min(_NAME, room - slot * len(schedule.periods)), slot)

    def left(self, page: FPDF) -> float:
        """Return where the periods begin."""
        return float(page.l_margin + self.code + self.name)


def draw_schedule(page: FPDF, schedule: CalendarBlock, words: Words, *, demo: bool) -> None:
    """Draw the calendar of an axis: what is planned when, with n/N where it is due."""
    if page.will_page_break(40):
        page.add_page()
    page.set_font(FONT, "B", 10)
    page.cell(page.epw, 6, schedule.title, new_x="LMARGIN", new_y="NEXT")
    columns = _Columns.of(page, schedule)
    _schedule_head(page, schedule, columns)
    for place, row in enumerate(schedule.rows):
        page.set_font(FONT, "B" if row.band else "", _SCHEDULE_SIZE)
        lines = folded(page, row.text, columns.name - 1.5, 2 if row.band else 4)
        height = max(4.4, 2.7 * (len(lines) + bool(row.undated)) + 1.2)
        if page.will_page_break(height + (8 if row.band else 0)):
            page.add_page()
            _schedule_head(page, schedule, columns)
        _schedule_row(page, schedule, columns, row, lines, height)
        if demo and place % 6 == 3:
            _schedule_mark(page, columns, words)
    _schedule_key(page, words)


def _schedule_head(page: FPDF, schedule: CalendarBlock, columns: _Columns) -> None:
    y, left, slot = page.get_y(), columns.left(page), columns.slot
    page.set_fill_color(_PALETTE.band_strong)
    page.set_draw_color(_PALETTE.rule)
    page.set_line_width(0.15)
    page.set_font(FONT, "B", 6.5)
    for place, (year, own) in enumerate(groupby(schedule.periods, lambda period: period.year)):
        across = len(list(own)) * slot
        page.set_xy(left + across * place, y)
        page.cell(across, 3.6, str(year), border=1, fill=True, align="C")
    for place, period in enumerate(schedule.periods):
        page.set_xy(left + slot * place, y + 3.6)
        page.cell(slot, 3.4, period.sign, border=1, fill=True, align="C")
    page.set_xy(page.l_margin, y + 7)


def _schedule_row(
    page: FPDF,
    schedule: CalendarBlock,
    columns: _Columns,
    row: ScheduleRow,
    lines: list[str],
    height: float,
) -> None:
    y, left = page.get_y(), columns.left(page)
    page.set_font(FONT, "B" if row.band else "", _SCHEDULE_SIZE)
    if row.band:
        page.set_fill_color(_PALETTE.band)
        page.rect(page.l_margin, y, page.epw, height, style="F")
    page.set_xy(page.l_margin, y + 0.6)
    page.cell(columns.code, 2.7, row.code)
    for place, line in enumerate(lines):
        page.set_xy(page.l_margin + columns.code, y + 0.6 + 2.7 * place)
        page.cell(columns.name, 2.7, line)
    if row.undated:
        page.set_font(FONT, "B", 5.8)
        page.set_xy(page.l_margin + columns.code, y + 0.6 + 2.7 * len(lines))
        page.cell(columns.name, 2.7, row.undated)
    for place, period in enumerate(schedule.periods):
        if period.code in row.slots:
            _slot(
                page, row.slots[period.code], left + columns.slot * place, y, columns.slot, height
            )
    page.set_draw_color(_PALETTE.grid)
    page.line(page.l_margin, y + height, page.l_margin + page.epw, y + height)
    page.set_xy(page.l_margin, y + height)


def _slot(page: FPDF, slot: CalendarSlot, x: float, y: float, wide: float, height: float) -> None:
    box = (x + 0.3, y + 0.5, wide - 0.6, height - 1)
    if slot.due and not slot.reported:
        fill(page, _PALETTE.states[SIN_REPORTE], *box)
    else:
        page.set_draw_color(_PALETTE.rule)
        page.set_fill_color(_PALETTE.scale[0] if slot.due else _PALETTE.planned)
        page.rect(*box, style="DF")
    if slot.text:
        page.set_font(FONT, "B", 5.8)
        width = page.get_string_width(slot.text) + 0.8
        page.set_fill_color(255)
        page.rect(x + (wide - width) / 2, y + height / 2 - 1.3, width, 2.6, style="F")
        page.set_xy(x, y + height / 2 - 1.3)
        page.cell(wide, 2.6, slot.text, align="C")


def _schedule_mark(page: FPDF, columns: _Columns, words: Words) -> None:
    page.set_font(FONT, "B", 8)
    y = page.get_y()
    with page.local_context(fill_opacity=0.3):
        page.set_text_color(_PALETTE.muted)
        page.set_xy(columns.left(page), y - 3)
        page.cell(page.epw - columns.code - columns.name, 3, words("Demonstration data"), align="C")
    page.set_text_color(0)
    page.set_xy(page.l_margin, y)


def _schedule_key(page: FPDF, words: Words) -> None:
    page.set_font(FONT, "", 6.5)
    page.ln(1)
    none = f"{SYMBOLS[SIN_REPORTE]}" or NO_REPORT
    said = words(
        "n/N: countries that reported, of those expected (less {dash} not applicable). Plain grey: "
        "planned, not yet due. Hatched ({none}): due, no country reported.",
        dash=SYMBOLS[State.NO_APLICA],
        none=none,
    )
    page.multi_cell(page.epw, 3, said, align="L", new_x="LMARGIN", new_y="NEXT")
    page.ln(2)


def shortened(page: FPDF, text: str, width: float) -> str:
    """Return a text cut with an ellipsis to a width in mm, in the font that is set."""
    if page.get_string_width(text) <= width:
        return text
    while text and page.get_string_width(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def folded(page: FPDF, text: str, width: float, most: int) -> list[str]:
    """Return a text folded at a width in mm; what is beyond `most` lines ends in an ellipsis."""
    lines = Measure(page).lines(text, width)
    if len(lines) > most:
        lines = [*lines[: most - 1], shortened(page, " ".join(lines[most - 1 :]), width)]
    return [shortened(page, line, width) for line in lines]
