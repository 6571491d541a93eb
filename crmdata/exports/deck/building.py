"""The deck put together: every slide of the model, each drawn natively."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from crmdata import slides
from crmdata.exports.deck import bars, calendar, fitting, footer, grids, stock, texts
from crmdata.exports.deck.paper import (
    PALETTE,
    Align,
    Anchor,
    Box,
    Paragraph,
    SlideCanvas,
    on,
    write,
)
from crmdata.exports.steps import Step, no_step
from crmdata.exports.timeless import timeless
from crmdata.i18n import Words
from crmdata.slides import Bars, Deck, Plenary, Slide

MIME = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

_TITLES = (26, 24, 22, 20, 18, 16)
_TOPIC = 13
_GAP = 0.3


def presentation(
    data: Plenary, words: Words, sections: Iterable[str] = (), *, base: str = "",
    step: Step = no_step,
) -> bytes:  # fmt: skip
    """Return the PowerPoint file of a deck's slides, with nothing in it that is a picture of data.

    `base` is the address under which others find the app: each slide links to its live view.
    `step` is told of every slide, and may raise to end the work.
    """
    deck = slides.deck(data, words, sections)
    made = stock.opened(deck)
    address = footer.reached(base)
    for place, slide in enumerate(deck.slides):
        step(place, len(deck.slides))
        _add(made, data, deck, slide, address)
    target = BytesIO()
    made.save(target)
    return timeless(target.getvalue(), deck.cutoff)


def _add(made: Any, data: Plenary, deck: Deck, slide: Slide, base: str) -> None:
    drawn = made.slides.add_slide(made.slide_layouts[0])
    drawn.name = slide.key
    paper = on(drawn)
    cover = slide.section == "portada"
    _title(drawn, slide, cover=cover)
    body = stock.BODY._replace(top=3.2, height=3.2) if cover else stock.BODY
    _body(paper, body, slide, deck.words)
    for part in slide.parts:
        page = calendar.page(data, part, deck.words)
        calendar.show(paper, body, page, deck.words, " ".join(slide.notes))
    footer.show(drawn, paper, deck, slide, base)
    notes = drawn.notes_slide
    link = [footer.link(slide, base)] if base else []
    notes.notes_text_frame.text = "\n".join([*slide.notes, " · ".join(slide.footer), *link])
    for part in (drawn, notes):
        stock.set_language(part.element, deck.words)


def _title(drawn: Any, slide: Slide, *, cover: bool) -> None:
    """Write what the slide finds, and above it in small what it is of."""
    shape, box = drawn.shapes.title, stock.TITLE
    if cover:
        box = Box(box.left, 1.2, box.width, 1.9)
        shape.left, shape.top, shape.width, shape.height = box.emu
    topic = [Paragraph(slide.topic, _TOPIC, colour=PALETTE.muted)] if slide.topic else []
    room = box.height - fitting.height([slide.topic] if topic else [], box.width, _TOPIC)
    sizes = (36, 32, *_TITLES) if cover else _TITLES
    size = fitting.size([slide.title], box.width, room, sizes, bold=True)
    said = [*topic, Paragraph(slide.title, size, bold=True)]
    write(shape, said, Align.LEFT, Anchor.MIDDLE)


def _body(paper: SlideCanvas, box: Box, slide: Slide, words: Words) -> None:
    """Draw lead and numbers, and under them the chart with the lists beside or beneath it."""
    if slide.lead:
        box = box.below(texts.lead(paper, box, slide.lead))
    if slide.numbers:
        box = box.below(texts.numbers(paper, box, slide.numbers))
    if not slide.charts:
        if slide.texts:
            texts.lists(paper, box, slide.texts)
        return
    (chart,) = slide.charts
    if isinstance(chart, Bars):
        width = 0.68 * box.width if slide.texts else box.width
        bars.show(paper, box._replace(width=width), chart, words)
        beside = Box(box.left + width + _GAP, box.top, box.width - width - _GAP, box.height)
    else:
        room = box if not slide.texts else box._replace(height=0.62 * box.height)
        used = grids.show(paper, room, chart, words)
        beside = box.below(used + 0.15)
    if slide.texts:
        texts.lists(paper, beside, slide.texts, beside=True)
