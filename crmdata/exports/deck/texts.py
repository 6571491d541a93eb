"""What is text on a slide: its lead, its numbers set large, its lists."""

from collections.abc import Sequence

from crmdata.exports.deck import fitting
from crmdata.exports.deck.paper import PALETTE, Box, Paragraph, SlideCanvas, Stroke
from crmdata.slides import Number, Text

_LEAD = (20, 18, 16, 14)
_LISTS = (22, 20, 18, 16, 15, 14, 13, 12, 11, 10)
_BESIDE = 16
"""The largest size of lists beside a chart."""

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


def numbers(paper: SlideCanvas, box: Box, found: Sequence[Number]) -> float:
    """Set the numbers side by side; return the height they took, in inches."""
    width = (box.width - _BETWEEN * (len(found) - 1)) / len(found)
    room = width - 0.15
    title = _size([one.title for one in found], room, bold=True)
    small = _size([text for one in found for text in (one.of, one.note)], room)
    for place, one in enumerate(found):
        left = box.left + place * (width + _BETWEEN)
        bar = Box(left, box.top + 0.04, 0.05, NUMBERS - 0.2)
        paper.shape(bar, PALETTE.series[0], Stroke(PALETTE.series[0]))
        said = [
            Paragraph(one.title, title, bold=True),
            Paragraph(one.value, 26, bold=True, colour=PALETTE.series[0]),
            *(Paragraph(text, small, colour=PALETTE.muted) for text in (one.of, one.note) if text),
        ]
        paper.text(Box(left + 0.15, box.top, room, NUMBERS - 0.1), said, name=one.title)
    return NUMBERS


def _size(found: Sequence[str], width: float, *, bold: bool = False) -> float:
    """Return the largest size at which each text stands on one line."""
    return fitting.size_of_cells(((text, width, _ONE_LINE) for text in found), _SMALL, bold=bold)


def lists(paper: SlideCanvas, box: Box, found: Sequence[Text], *, beside: bool = False) -> None:
    """Write the lists one under the other, as large as they fit."""
    sizes = [size for size in _LISTS if not beside or size <= _BESIDE]
    size = next((size for size in sizes if _high(found, box.width, size) <= box.height), sizes[-1])
    said = [one for text in found for one in _paragraphs(text, size)]
    paper.text(box, said)


def _paragraphs(text: Text, size: float) -> list[Paragraph]:
    after = 0.3 * size
    title = [Paragraph(text.title, size, bold=True, after=after / 2)] if text.title else []
    items = [Paragraph(item, size, after=after, bullet=True) for item in text.items]
    if items:
        items[-1] = items[-1]._replace(after=0.8 * size)
    return [*title, *items]


def _high(found: Sequence[Text], width: float, size: float) -> float:
    """Return how high the lists are at a size, with the space after each paragraph."""
    high = 0.0
    for text in found:
        for one in _paragraphs(text, size):
            room = width - size / fitting.POINTS if one.bullet else width
            high += fitting.height([one.text], room, size, bold=one.bold)
            high += one.after / fitting.POINTS
    return high
