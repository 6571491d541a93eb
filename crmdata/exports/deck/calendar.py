"""The calendar of an axis as shapes: the plan's bars, and in them what arrived of each slot."""

from dataclasses import dataclass

from crmdata.content import cell_tables, names
from crmdata.content.calendar import Extract, Plan, slots, spans
from crmdata.content.calendar.slots import SlotReports as Slot
from crmdata.content.calendar.spans import PlannedBar, SlotPlace
from crmdata.exports.deck import fitting, legend
from crmdata.exports.deck.slide_canvas import (
    PALETTE,
    Align,
    Anchor,
    Box,
    Dash,
    Outline,
    Paragraph,
    SlideCanvas,
    Stroke,
)
from crmdata.i18n import Words
from crmdata.labels import NO_REPORT, label
from crmdata.palette import Look, text_on
from crmdata.slides import Plenary
from crmdata.terms import SIN_REPORTE, Period, Reporting

_LABEL, _LANE, _HEAD, _MOST = 4.5, 1.05, 0.5, 0.6
_SIZE, _CELL_SIZE = 13, 11


@dataclass(frozen=True)
class Page:
    """The activities of one slide, by code, with their texts and what to draw of each."""

    title: str
    plan: Plan
    activities: names.Names
    bars: dict[str, list[PlannedBar]]
    slots: dict[str, list[tuple[SlotPlace, Slot | None]]]
    undefined: dict[str, list[int]]
    cutoff: float


def page(data: Plenary, extract: Extract, words: Words) -> Page:
    """Return what is drawn of some activities: the plan's bars, and what came of each slot."""
    plan, own = _plan(data), data.view.frame("activities")
    return _page(data, extract.title, plan.only(own[own["activity"].isin(extract.codes)]), words)


def _plan(data: Plenary) -> Plan:
    return Plan.of(
        data.view.plan,
        axes=data.view.frame("axes"),
        lines=data.view.frame("lines"),
        activities=data.view.frame("activities"),
        marks=data.view.frame("marks"),
    )


def _page(data: Plenary, title: str, plan: Plan, words: Words) -> Page:
    activities = names.of_activities(plan.activities, words)
    bars: dict[str, list[PlannedBar]] = {}
    for span in spans.spans(plan.marks, plan):
        bars.setdefault(span.activity, []).append(span)
    reports = slots.slot_reports(data.cells.loc[data.cells["activity"].isin(set(activities))])
    placed: dict[str, list[tuple[SlotPlace, Slot | None]]] = {}
    for key, place in spans.slot_places(plan.marks, plan).items():
        placed.setdefault(place.activity, []).append((place, reports.get(key)))
    years = spans.undefined_years(plan.marks)
    return Page(title, plan, activities, bars, placed, years, plan.place_of_day(data.view.cutoff))


def show(paper: SlideCanvas, box: Box, page: Page, words: Words, summary: str) -> None:
    """Draw legend and calendar within a box, the calendar a group that is read as `summary`."""
    used = legend.show(paper, box, _legend(words)) + 0.06
    frame = box.below(used)
    high = min(_MOST, (frame.height - _HEAD) / len(page.activities))
    frame = frame._replace(height=_HEAD + high * len(page.activities))
    group = paper.group(frame, words("Calendar"), f"{page.title}. {summary}")
    wide = (box.width - _LABEL - _LANE) / page.plan.width
    _head(group, frame, page, wide, words)
    for place, (code, name) in enumerate(page.activities.items()):
        row = Box(frame.left, frame.top + _HEAD + place * high, frame.width, high)
        _label(group, row, name)
        _row(group, row, page, str(code), wide, words)
    _cutoff(group, frame, page, wide)


def _legend(words: Words) -> list[legend.LegendEntry]:
    return [
        legend.LegendEntry(words("Planned"), legend.ground(PALETTE.planned)),
        legend.LegendEntry(words("Reported of expected (n/N):")),
        *legend.of_scale(words),
        legend.LegendEntry(f"{NO_REPORT} {label(words, SIN_REPORTE)}",
                     legend.state(PALETTE.states[SIN_REPORTE])),
        legend.LegendEntry(f"┆ {words('Cut-off')}"),
    ]  # fmt: skip


def _head(paper: SlideCanvas, box: Box, page: Page, wide: float, words: Words) -> None:
    """Draw two levels, years over periods, and the lane of what has no date."""
    left, high = box.left + _LABEL, _HEAD / 2
    for year in page.plan.years:
        at = left + page.plan.place_of_year(year) * wide
        across = Box(at, box.top, Period.A_YEAR * wide, high)
        _band(paper, across, str(year), PALETTE.band_strong, bold=True)
        for place, period in enumerate(Period.of_year(year)):
            each = Box(at + place * wide, box.top + high, wide, high)
            _band(paper, each, period.sign, PALETTE.band)
    lane = Box(box.left + box.width - _LANE, box.top, _LANE, _HEAD)
    _band(paper, lane, words("To be defined"), PALETTE.band, size=_CELL_SIZE)


def _band(
    paper: SlideCanvas, box: Box, text: str, ground: str, *, bold: bool = False, size: float = _SIZE
) -> None:
    paper.shape(box, ground, Stroke(PALETTE.background), paragraph=Paragraph(text, size, bold=bold))


def _label(paper: SlideCanvas, row: Box, name: names.Name) -> None:
    room = _LABEL - 0.15
    most = max(1, int(row.height / (_SIZE * fitting.LINE / fitting.POINTS)))
    text = fitting.shortened(name.called, room, _SIZE, most)
    paper.text(row._replace(width=room), [Paragraph(text, _SIZE)], anchor=Anchor.MIDDLE)
    paper.line(Box(row.left, row.bottom, row.width, 0), Stroke(PALETTE.grid, 0.5))


def _row(paper: SlideCanvas, row: Box, page: Page, code: str, wide: float, words: Words) -> None:
    left = row.left + _LABEL
    for span in page.bars.get(code, []):
        kind = Outline.ARROW if span.open_end else Outline.RECTANGLE
        more = 0.3 * wide if span.open_end else 0
        length = (span.end - span.start) * wide + more
        bar = Box(left + span.start * wide, row.top + 0.05, length, row.height - 0.1)
        paper.shape(bar, PALETTE.planned, Stroke(PALETTE.rule), kind=kind)
    for place, slot in page.slots.get(code, []):
        if slot is not None and slot.expected:
            box = Box(left + place.start * wide + 0.02, row.top + 0.09,
                      (place.end - place.start) * wide - 0.04, row.height - 0.18)  # fmt: skip
            _slot(paper, box, slot, words)
    years_undefined = ""
    if years := page.undefined.get(code):
        years_undefined = spans.years_text(years)
    lane = row._replace(left=row.left + row.width - _LANE, width=_LANE)
    if years_undefined:
        paper.text(
            lane, [Paragraph(years_undefined, _CELL_SIZE)], align=Align.CENTER, anchor=Anchor.MIDDLE
        )
    elif code not in page.bars:
        first = page.plan.place_of_year(page.plan.first_year)
        at = row._replace(left=left + first * wide, width=3)
        paper.text(
            at, [Paragraph(words("unscheduled"), _SIZE, colour=PALETTE.muted)], anchor=Anchor.MIDDLE
        )


def _slot(paper: SlideCanvas, box: Box, slot: Slot, words: Words) -> None:
    """Draw a slot of which reports have come or were due: n/N, or hatched where none came."""
    ground: str | Look = PALETTE.states[SIN_REPORTE]
    ink = PALETTE.text
    text = f"{words.number(slot.reported)}/{words.number(slot.expected)}"
    if slot.reporting != Reporting.SIN_REPORTE:
        # Not due yet: early reports have a count, and no N that they could be of.
        text, ground = words.number(slot.reported), PALETTE.background
    elif slot.reported:
        ground = PALETTE.scale[cell_tables.step(100 * slot.reported / slot.expected)]
        ink = text_on(ground)
    size = fitting.size([text], box.width, 1, (_CELL_SIZE, 9, 8, 7))
    fitted = text if fitting.lines(text, box.width, size) == 1 else ""
    paragraph = Paragraph(fitted, size, bold=not slot.reported, colour=ink)
    paper.shape(box, ground, Stroke(PALETTE.rule), paragraph=paragraph, wrap=False)


def _cutoff(paper: SlideCanvas, box: Box, page: Page, wide: float) -> None:
    """Draw the line of the cut-off, where it lies within the plan's years."""
    if not 0 <= page.cutoff <= page.plan.width:
        return
    left = box.left + _LABEL + page.cutoff * wide
    line = Box(left, box.top + _HEAD / 2, 0, box.height - _HEAD / 2)
    paper.line(line, Stroke(PALETTE.states["suspendida"].ink, 2, Dash.DASHED))
