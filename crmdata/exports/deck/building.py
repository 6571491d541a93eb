"""The deck put together: every slide of the model, each drawn natively."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from crmdata import slides
from crmdata.exports.deck import drawn_parts as drawing_of
from crmdata.exports.deck import empty_deck, fitting, footer, texts
from crmdata.exports.deck.drawn_parts import Making
from crmdata.exports.deck.slide_canvas import (
    PALETTE,
    Align,
    Anchor,
    Box,
    Paragraph,
    on,
    write,
)
from crmdata.i18n import Words
from crmdata.render.repeatable import timeless
from crmdata.slides import Deck, Plenary, Slide
from crmdata.steps import Step, no_step

MIME = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

_TITLES = (26, 24, 22, 20, 18, 16)
_TOPIC = 13
_GAP = 0.15


def presentation(
    data: Plenary, words: Words, sections: Iterable[str] = (), *, base: str = "",
    step: Step = no_step,
) -> bytes:  # fmt: skip
    """Return the PowerPoint file of a deck's slides, with nothing in it that is a picture of data.

    `base` is the address under which others find the app: each slide links to its live view.
    `step` is told of every slide, and may raise to end the work.
    """
    deck = slides.deck(data, words, sections)
    file = empty_deck.empty(deck)
    address = footer.reached(base)
    for place, slide in enumerate(deck.slides):
        step(place, len(deck.slides))
        _add(file, deck, slide, address)
    target = BytesIO()
    file.save(target)
    return timeless(target.getvalue(), deck.cutoff)


def _add(file: Any, deck: Deck, slide: Slide, base: str) -> None:
    page = file.slides.add_slide(file.slide_layouts[0])
    page.name = slide.key
    paper = on(page, deck.words("Demonstration data") if deck.demo else "")
    cover = slide.section == "portada"
    _title(page, slide, cover=cover)
    body = empty_deck.BODY._replace(top=3.2, height=3.2) if cover else empty_deck.BODY
    _body(Making(paper, deck.words), body, slide)
    footer.show(page, paper, deck, slide, base)
    notes = page.notes_slide
    link = [footer.link(slide, base)] if base else []
    notes.notes_text_frame.text = "\n".join([*slide.notes, " · ".join(slide.footer), *link])
    for part in (page, notes):
        empty_deck.set_language(part.element, deck.words)


def _title(page: Any, slide: Slide, *, cover: bool) -> None:
    """Write what the slide finds, and above it in small what it is of."""
    shape, box = page.shapes.title, empty_deck.TITLE
    if cover:
        box = Box(box.left, 1.2, box.width, 1.9)
        shape.left, shape.top, shape.width, shape.height = box.emu
    topic = [Paragraph(slide.topic, _TOPIC, colour=PALETTE.muted)] if slide.topic else []
    room = box.height - fitting.height([slide.topic] if topic else [], box.width, _TOPIC)
    sizes = (36, 32, *_TITLES) if cover else _TITLES
    size = fitting.size([slide.title], box.width, room, sizes, bold=True)
    paragraphs = [*topic, Paragraph(slide.title, size, bold=True)]
    write(shape, paragraphs, Align.LEFT, Anchor.MIDDLE)


def _body(making: Making, box: Box, slide: Slide) -> None:
    """Draw the lead, and under it the picture with what stands beneath it."""
    if slide.lead:
        box = box.below(texts.lead(making.paper, box, slide.lead))
    for place, part in enumerate(slide.parts):
        rest = sum(drawing_of.height(other) for other in slide.parts[place + 1 :])
        used = drawing_of.draw(part, making, box._replace(height=box.height - rest))
        box = box.below(used + _GAP)
