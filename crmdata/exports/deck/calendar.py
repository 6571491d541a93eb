"""The calendar of an axis as shapes: the plan's bars, and in them what arrived of each slot."""

from collections.abc import Iterator

from crmdata.content import cell_tables
from crmdata.content.calendar import Extract, Schedule
from crmdata.content.calendar.schedule import BoardRow, counts
from crmdata.content.calendar.slots import Arrived, expected
from crmdata.content.names import Name
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
from crmdata.terms import SIN_REPORTE, Period

_LABEL, _LANE, _HEAD, _MOST = 4.5, 1.05, 0.5, 0.6
_SIZE, _CELL_SIZE = 13, 11


def show(paper: SlideCanvas, box: Box, part: Extract, words: Words, summary: str) -> None:
    """Draw legend and calendar within a box, the calendar a group that is read as `summary`."""
    used = legend.show(paper, box, _legend(words)) + 0.06
    frame = box.below(used)
    high = min(_MOST, (frame.height - _HEAD) / len(part.rows))
    frame = frame._replace(height=_HEAD + high * len(part.rows))
    group = paper.group(frame, words("Calendar"), f"{part.title}. {summary}")
    wide = (box.width - _LABEL - _LANE) / (Period.A_YEAR * len(part.schedule.years))
    _head(group, frame, part.schedule, wide, words)
    for place, activity in enumerate(part.rows):
        row = Box(frame.left, frame.top + _HEAD + place * high, frame.width, high)
        _label(group, row, activity.name)
        _row(group, row, part.schedule, activity, wide, words)
    _cutoff(group, frame, part.schedule, wide)


def _columns(schedule: Schedule) -> Iterator[tuple[int, Period]]:
    """Yield each period of the axis with its place, those of years without a column too."""
    return enumerate(period for year in schedule.years for period in Period.of_year(year))


def _legend(words: Words) -> list[legend.LegendEntry]:
    return [
        legend.LegendEntry(words("Planned"), legend.ground(PALETTE.planned)),
        legend.LegendEntry(words("Reports that arrived, of those expected (n/N):")),
        *legend.of_scale(words),
        legend.LegendEntry(f"{NO_REPORT} {label(words, SIN_REPORTE)}",
                     legend.state(PALETTE.states[SIN_REPORTE])),
        legend.LegendEntry(f"┆ {words('Cut-off')}"),
    ]  # fmt: skip


def _head(paper: SlideCanvas, box: Box, schedule: Schedule, wide: float, words: Words) -> None:
    """Draw two levels, years over periods, and the lane of what has no date."""
    left, high = box.left + _LABEL, _HEAD / 2
    for place, year in enumerate(schedule.years):
        across = Box(left + place * Period.A_YEAR * wide, box.top, Period.A_YEAR * wide, high)
        _band(paper, across, str(year), PALETTE.band_strong, bold=True)
    for place, period in _columns(schedule):
        each = Box(left + place * wide, box.top + high, wide, high)
        _band(paper, each, period.sign, PALETTE.band)
    lane = Box(box.left + box.width - _LANE, box.top, _LANE, _HEAD)
    _band(paper, lane, words("To be defined"), PALETTE.band, size=_CELL_SIZE)


def _band(
    paper: SlideCanvas, box: Box, text: str, ground: str, *, bold: bool = False, size: float = _SIZE
) -> None:
    paper.shape(box, ground, Stroke(PALETTE.background), paragraph=Paragraph(text, size, bold=bold))


def _label(paper: SlideCanvas, row: Box, name: Name) -> None:
    room = _LABEL - 0.15
    most = max(1, int(row.height / (_SIZE * fitting.LINE / fitting.POINTS)))
    text = fitting.shortened(name.called, room, _SIZE, most)
    paper.text(row._replace(width=room), [Paragraph(text, _SIZE)], anchor=Anchor.MIDDLE)
    paper.line(Box(row.left, row.bottom, row.width, 0), Stroke(PALETTE.grid, 0.5))


def _row(
    paper: SlideCanvas, row: Box, schedule: Schedule, activity: BoardRow, wide: float, words: Words
) -> None:
    left = row.left + _LABEL
    for span in activity.bars:
        kind = Outline.ARROW if span.open_end else Outline.RECTANGLE
        more = 0.3 * wide if span.open_end else 0
        length = (span.end - span.start) * wide + more
        bar = Box(left + span.start * wide, row.top + 0.05, length, row.height - 0.1)
        paper.shape(bar, PALETTE.planned, Stroke(PALETTE.rule), kind=kind)
    for place, period in _columns(schedule):
        slot = (activity.slots or {}).get(period.code)
        if slot is not None and (arrived := expected(counts(schedule, [slot]))).expected:
            box = Box(left + place * wide + 0.02, row.top + 0.09, slot.share * wide - 0.04,
                      row.height - 0.18)  # fmt: skip
            _slot(paper, box, arrived, words, due=schedule.cutoff > period.ends)
    lane = row._replace(left=row.left + row.width - _LANE, width=_LANE)
    if activity.undefined:
        text = Paragraph(activity.undefined, _CELL_SIZE)
        paper.text(lane, [text], align=Align.CENTER, anchor=Anchor.MIDDLE)
    elif not activity.bars:
        text = Paragraph(words("unscheduled"), _SIZE, colour=PALETTE.muted)
        paper.text(row._replace(left=left, width=3), [text], anchor=Anchor.MIDDLE)


def _slot(paper: SlideCanvas, box: Box, slot: Arrived, words: Words, *, due: bool) -> None:
    """Draw a slot of which reports have come or were due: n/N, or hatched where none came."""
    ground: str | Look = PALETTE.states[SIN_REPORTE]
    ink = PALETTE.text
    text = f"{words.number(slot.reported)}/{words.number(slot.expected)}"
    if not due:
        # Not due yet: early reports have a count, and no N that they could be of.
        text, ground = words.number(slot.reported), PALETTE.background
    elif slot.reported:
        ground = PALETTE.scale[cell_tables.step(100 * slot.reported / slot.expected)]
        ink = text_on(ground)
    size = fitting.size([text], box.width, 1, (_CELL_SIZE, 9, 8, 7))
    fitted = text if fitting.lines(text, box.width, size) == 1 else ""
    paragraph = Paragraph(fitted, size, bold=not slot.reported, colour=ink)
    paper.shape(box, ground, Stroke(PALETTE.rule), paragraph=paragraph, wrap=False)


def _cutoff(paper: SlideCanvas, box: Box, schedule: Schedule, wide: float) -> None:
    """Draw the line of the cut-off, where it lies within the plan's years."""
    for place, period in _columns(schedule):
        if (share := schedule.cut_in(period)) is not None:
            left = box.left + _LABEL + (place + share) * wide
            line = Box(left, box.top + _HEAD / 2, 0, box.height - _HEAD / 2)
            paper.line(line, Stroke(PALETTE.states["suspendida"].ink, 2, Dash.DASHED))
