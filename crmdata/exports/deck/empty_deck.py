"""The empty presentation: 16:9, one layout."""

from typing import Any

import pptx
from pptx.oxml.ns import qn
from pptx.util import Inches

from crmdata.exports.deck.slide_canvas import HEIGHT, MARGIN, WIDTH, Box
from crmdata.i18n import Words
from crmdata.slides import Deck

TITLE = Box(MARGIN, 0.32, WIDTH - 2 * MARGIN, 0.96)
BODY = Box(MARGIN, 1.34, WIDTH - 2 * MARGIN, 5.22)
FOOTER = Box(MARGIN, 6.76, WIDTH - 2 * MARGIN, 0.58)

LANGUAGES = {"es": "es-MX", "en": "en-US"}
"""Languages as office programs know them: for Latin America as a whole they have no speller."""

_TITLE_ONLY = 5


def empty(deck: Deck) -> Any:
    """Return a presentation without a slide."""
    file = pptx.Presentation()
    file.slide_width, file.slide_height = Inches(WIDTH), Inches(HEIGHT)
    layout = file.slide_layouts[_TITLE_ONLY]
    for other in list(file.slide_layouts):
        if other is not layout:
            file.slide_layouts.remove(other)
    for part in (file.slide_master, layout):
        _place(part)
    _properties(file, deck)
    return file


def _place(part: Any) -> None:
    """Give the title its room, and take away the places that a slide fills itself."""
    for shape in list(part.placeholders):
        if shape.placeholder_format.type == 1:  # the title
            _set(shape, TITLE)
            shape.text_frame.margin_left = shape.text_frame.margin_right = 0
            shape.text_frame.margin_top = shape.text_frame.margin_bottom = 0
        elif shape.placeholder_format.type == 13:  # the slide's number
            _set(shape, number_box())
        elif part.placeholders and shape.placeholder_format.type == 2:  # the master's body
            _set(shape, BODY)
        else:
            shape.element.getparent().remove(shape.element)


def number_box() -> Box:
    """Return where the slide's number stands: at the left of the code."""
    return Box(FOOTER.left + FOOTER.width - 2.0, FOOTER.top + 0.14, 1.25, 0.3)


def _set(shape: Any, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = box.emu


def _properties(file: Any, deck: Deck) -> None:
    properties = file.core_properties
    properties.title = f"{deck.title} · {deck.words.date(deck.cutoff)}"
    properties.language = LANGUAGES[deck.words.language]
    properties.author, properties.keywords = "crmdata", deck.cutoff.isoformat()
    properties.subject = deck.words("Demonstration data") if deck.demo else deck.filters
    properties.comments = ""


def set_language(element: Any, words: Words) -> None:
    """Say of every run of a slide in which language it is written."""
    language = LANGUAGES[words.language]
    for tag in ("a:rPr", "a:endParaRPr", "a:defRPr"):
        for properties in element.iter(qn(tag)):
            properties.set("lang", language)
