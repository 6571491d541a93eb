"""Each kind of part as native shapes, charts and tables."""

from dataclasses import dataclass
from functools import singledispatch

from crmdata.content import walls
from crmdata.content.calendar import Extract
from crmdata.content.cell_tables import FaceTable, Tiles
from crmdata.content.parts import (
    Entries,
    Note,
    Numbers,
    Part,
    ProgressChanges,
    ProgressIntervals,
    StateBars,
    Strips,
    Trend,
)
from crmdata.exports.deck import bars, calendar, changes, fitting, grids, texts
from crmdata.exports.deck.slide_canvas import PALETTE, Box, Paragraph, SlideCanvas
from crmdata.i18n import Words

_NOTE = 11


@dataclass(frozen=True)
class Making:
    """What a part is drawn on, and in which words."""

    paper: SlideCanvas
    words: Words

    def spoken(self, part: Part) -> str:
        """Return what a part says to who cannot see it."""
        return " ".join(walls.lines(part, self.words))


@singledispatch
def draw(part: Part, making: Making, box: Box) -> float:
    """Draw a part within a box; return the height it took. Raise TypeError for an unknown kind."""
    raise TypeError(type(part).__name__, making, box)


def height(part: Part) -> float:
    """Return how much room what stands beneath a picture takes, in inches."""
    if isinstance(part, Numbers):
        return texts.NUMBERS
    return _NOTE * fitting.LINE * 2 / fitting.POINTS if isinstance(part, Note) else 0


@draw.register
def _(part: StateBars, making: Making, box: Box) -> float:
    return bars.show(making.paper, box, part, making.words, making.spoken(part))


@draw.register
def _(part: ProgressIntervals, making: Making, box: Box) -> float:
    return draw(StateBars(part.title, part.bars), making, box)


@draw.register
def _(part: ProgressChanges, making: Making, box: Box) -> float:
    return changes.show(making.paper, box, part, making.words, making.spoken(part))


@draw.register
def _(part: Trend, making: Making, box: Box) -> float:
    # A period a row: the native chart of states can be edited, and says n of N beside each.
    return draw(StateBars(part.title, part.periods), making, box)


@draw.register
def _(part: FaceTable, making: Making, box: Box) -> float:
    return grids.show(making.paper, box, part, making.spoken(part))


@draw.register
def _(part: Tiles, making: Making, box: Box) -> float:
    return grids.show_tiles(making.paper, box, part, making.spoken(part))


@draw.register
def _(part: Strips, making: Making, box: Box) -> float:
    return grids.show_strips(making.paper, box, part, making.spoken(part))


@draw.register
def _(part: Entries, making: Making, box: Box) -> float:
    if any(entry.note for entry in part.entries):
        return grids.show_entries(making.paper, box, part, making.spoken(part))
    texts.write_list(making.paper, box, part)
    return box.height


@draw.register
def _(part: Extract, making: Making, box: Box) -> float:
    calendar.show(making.paper, box, part, making.words, making.spoken(part))
    return box.height


@draw.register
def _(part: Numbers, making: Making, box: Box) -> float:
    return texts.numbers(making.paper, box, part.figures)


@draw.register
def _(part: Note, making: Making, box: Box) -> float:
    making.paper.text(box, [Paragraph(part.text, _NOTE, colour=PALETTE.muted)])
    return height(part)
