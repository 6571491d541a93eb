"""The empty presentation: 16:9, one layout, the demonstration mark behind everything."""

from typing import Any

import pptx
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.oxml.shapes.autoshape import CT_Shape
from pptx.shapes.autoshape import Shape
from pptx.util import Inches, Pt

from crmdata.exports.deck.paper import HEIGHT, MARGIN, WIDTH, Box, colour
from crmdata.i18n import Words
from crmdata.slides import Deck

TITLE = Box(MARGIN, 0.28, WIDTH - 2 * MARGIN, 0.98)
BODY = Box(MARGIN, 1.34, WIDTH - 2 * MARGIN, 5.3)
FOOTER = Box(MARGIN, 6.76, WIDTH - 2 * MARGIN, 0.58)

LANGUAGES = {"es": "es-MX", "en": "en-US"}
"""Languages as office programs know them: for Latin America as a whole they have no speller."""

_TITLE_ONLY = 5


def opened(deck: Deck) -> Any:
    """Return a presentation without a slide."""
    made = pptx.Presentation()
    made.slide_width, made.slide_height = Inches(WIDTH), Inches(HEIGHT)
    layout = made.slide_layouts[_TITLE_ONLY]
    for other in list(made.slide_layouts):
        if other is not layout:
            made.slide_layouts.remove(other)
    for part in (made.slide_master, layout):
        _place(part)
    _properties(made, deck)
    if deck.demo:
        _mark(made.slide_master, deck.words)
    return made


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


def _properties(made: Any, deck: Deck) -> None:
    properties = made.core_properties
    properties.title = f"{deck.title} · {deck.words.date(deck.cutoff)}"
    properties.language = LANGUAGES[deck.words.language]
    properties.author, properties.keywords = "crmdata", deck.cutoff.isoformat()
    properties.subject = deck.words("Demonstration data") if deck.demo else deck.filters
    properties.comments = ""


def _mark(master: Any, words: Words) -> None:
    """Write the mark across the ground, behind what every slide holds."""
    for left, top in ((0.8, 1.9), (6.4, 4.2)):
        shape = _textbox(master, Box(left, top, 6.2, 0.9))
        frame = shape.text_frame
        frame.word_wrap = False
        paragraph = frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.CENTER
        run = paragraph.add_run()
        run.text = words("Demonstration data")
        run.font.size, run.font.bold = Pt(36), True
        run.font.color.rgb = colour("#ececec")
        shape.rotation = -14


def _textbox(master: Any, box: Box) -> Any:
    """Add a text box to the master, of which python-pptx only reads the shapes."""
    tree = master.shapes._spTree
    element = CT_Shape.new_textbox_sp(100 + len(tree), "mark", *box.emu)
    # Before the places of title and number: behind them.
    tree.insert(2, element)
    return Shape(element, master.shapes)


def set_language(element: Any, words: Words) -> None:
    """Say of every run of a slide in which language it is written."""
    language = LANGUAGES[words.language]
    for tag in ("a:rPr", "a:endParaRPr", "a:defRPr"):
        for properties in element.iter(qn(tag)):
            properties.set("lang", language)
