"""What is text on a slide: its lead, its numbers set large, its lists."""

from collections.abc import Sequence

from crmdata.content.parts import Entries, Figure
from crmdata.exports.deck import fitting
from crmdata.exports.deck.slide_canvas import PALETTE, Box, Paragraph, SlideCanvas, Stroke

_LEAD = (20, 18, 16, 14)
_LISTS = (22, 20, 18, 16, 15, 14, 13, 12, 11, 10)
NUMBERS = 1.22
"""Height of a row of numbers, in inches."""

_BETWEEN = 0.3

_SMALL, _ONE_LINE = (13, 12, 11, 10, 9), 0.25


def lead(paper: SlideCanvas, box: Box, text: str) -> float:
    """Write the lead at the top of the box; return the height it took, in inches."""
    size = fitting.size([text], box.width, 0.75, _LEAD)
    high = fitting.height([text], box.width, size)
    paper.text(box._replace(height=high), [Paragraph(text, size, colour=PALETTE.muted)])
    return high + 0.1


def numbers(paper: SlideCanvas, box: Box, figures: Sequence[Figure]) -> float:
    """Set the numbers side by side; return the height they took, in inches."""
    width = (box.width - _BETWEEN * (len(figures) - 1)) / len(figures)
    room = width - 0.15
    label = _size([figure.label for figure in figures], room, bold=True)
    small = _size([figure.note for figure in figures], room)
    for place, figure in enumerate(figures):
        left = box.left + place * (width + _BETWEEN)
        bar = Box(left, box.top + 0.04, 0.05, NUMBERS - 0.2)
        paper.shape(bar, PALETTE.series[0], Stroke(PALETTE.series[0]))
        paragraphs = [
            Paragraph(figure.value, 26, bold=True, colour=PALETTE.series[0]),
            Paragraph(figure.label, label, bold=True),
            *([Paragraph(figure.note, small, colour=PALETTE.muted)] if figure.note else []),
        ]
        paper.text(Box(left + 0.15, box.top, room, NUMBERS - 0.1), paragraphs, name=figure.label)
    return NUMBERS


def _size(texts: Sequence[str], width: float, *, bold: bool = False) -> float:
    """Return the largest size at which each text stands on one line."""
    return fitting.size_of_cells(((text, width, _ONE_LINE) for text in texts), _SMALL, bold=bold)


def write_list(paper: SlideCanvas, box: Box, part: Entries) -> None:
    """Write a list, as large as it fits."""
    size = next((size for size in _LISTS if _high(part, box.width, size) <= box.height), _LISTS[-1])
    paper.text(box, _paragraphs(part, size))


def _paragraphs(part: Entries, size: float) -> list[Paragraph]:
    after = 0.3 * size
    title = [Paragraph(part.title, size, bold=True, after=after / 2)] if part.title else []
    items = [Paragraph(entry.name.called, size, after=after, bullet=True) for entry in part.entries]
    return [*title, *items]


def _high(part: Entries, width: float, size: float) -> float:
    """Return how high the list is at a size, with the space after each paragraph."""
    high = 0.0
    for paragraph in _paragraphs(part, size):
        room = width - size / fitting.POINTS if paragraph.bullet else width
        high += fitting.height([paragraph.text], room, size, bold=paragraph.bold)
        high += paragraph.after / fitting.POINTS
    return high
