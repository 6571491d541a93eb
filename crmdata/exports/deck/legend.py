"""Legends: a sample and its words, side by side, folded where the room ends."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from crmdata.content import cell_tables
from crmdata.content.cell_tables import KeyEntry, Kind
from crmdata.content.wording import text_width
from crmdata.exports.deck.fitting import POINTS
from crmdata.exports.deck.slide_canvas import PALETTE, Box, Paragraph, SlideCanvas, Stroke
from crmdata.i18n import Words
from crmdata.labels import SYMBOLS, label
from crmdata.palette import Look
from crmdata.terms import COUNTED, SIN_REPORTE

SIZE, ROW = 11, 0.24
"""Of the type in points, and of a line in inches."""

_SAMPLE, _GAP, _BETWEEN = 0.26, 0.06, 0.16
_BOLD = 1.1
"""How much wider bold type is."""

Sample = Callable[[SlideCanvas, Box], None]


class LegendEntry(NamedTuple):
    """What is drawn as a sample, if anything, and what it means."""

    text: str
    sample: Sample | None = None
    bold: bool = False


def show(paper: SlideCanvas, box: Box, entries: Iterable[LegendEntry]) -> float:
    """Draw the entries from the box's top left, then the mark; return the height they took."""
    bottom = box.top
    for entry, place in _placed(paper, box, entries):
        lead = _lead(entry)
        if entry.sample:
            entry.sample(paper, Box(place.left, place.top + 0.04, _SAMPLE, ROW - 0.08))
        text = Box(place.left + lead, place.top, place.width - lead, ROW)
        paper.text(text, [Paragraph(entry.text, SIZE, bold=entry.bold)])
        bottom = place.top + ROW
    return bottom - box.top


def height(paper: SlideCanvas, box: Box, entries: Iterable[LegendEntry]) -> float:
    """Return the height that entries take within a box, in inches."""
    return max((place.top + ROW - box.top for _, place in _placed(paper, box, entries)), default=0)


def _placed(
    paper: SlideCanvas, box: Box, entries: Iterable[LegendEntry]
) -> Iterator[tuple[LegendEntry, Box]]:
    """Yield each entry, and the mark of a demonstration at their end, with its place."""
    left, top = box.left, box.top
    marks = [LegendEntry(paper.mark, bold=True)] if paper.mark else []
    for entry in (*entries, *marks):
        strong = _BOLD if entry.bold else 1
        wide = _lead(entry) + text_width(entry.text, SIZE) * 1.2 * strong / POINTS + 0.05
        if left > box.left and left + wide > box.left + box.width:
            left, top = box.left, top + ROW
        yield entry, Box(left, top, wide, ROW)
        left += wide + _BETWEEN


def _lead(entry: LegendEntry) -> float:
    return _SAMPLE + _GAP if entry.sample else 0


def state(look: Look) -> Sample:
    """Return the sample of a state."""
    return lambda paper, box: paper.swatch(box, look)


def ground(colour: str) -> Sample:
    """Return the sample of a plain colour."""
    return lambda paper, box: paper.shape(box, colour, Stroke(PALETTE.rule))


def of_states(words: Words, states: Sequence[str] = tuple(map(str, COUNTED))) -> list[LegendEntry]:
    """Return the entries of the states, with their symbols."""
    return [
        LegendEntry(f"{SYMBOLS[each]} {label(words, each)}", state(PALETTE.states[each]))
        for each in states
    ]


def of_scale(words: Words) -> list[LegendEntry]:
    """Return the entries of the sequential scale."""
    labelled = zip(cell_tables.step_labels(words), PALETTE.scale, strict=True)
    return [LegendEntry(text, ground(colour)) for text, colour in labelled]


def of_key(key: Iterable[KeyEntry]) -> list[LegendEntry]:
    """Return the entries of a table of faces or of tiles."""
    return [LegendEntry(entry.text, _sample(entry)) for entry in key]


def _sample(entry: KeyEntry) -> Sample | None:
    if entry.kind == Kind.VALUE:
        return ground(PALETTE.scale[entry.step])
    return state(PALETTE.states[SIN_REPORTE]) if entry.kind == Kind.SILENT else None
