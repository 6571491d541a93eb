"""What no slide goes without: cut-off, n/N, link and number, above all that data are invented."""

from io import BytesIO
from typing import Any
from urllib.parse import urlencode, urlsplit

import segno
from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from crmdata.exports.deck import drawing, fitting
from crmdata.exports.deck.empty_deck import FOOTER, number_box
from crmdata.exports.deck.slide_canvas import (
    PALETTE,
    WIDTH,
    Anchor,
    Box,
    Paragraph,
    SlideCanvas,
    Stroke,
    describe,
)
from crmdata.i18n import Words
from crmdata.labels import DEMONSTRATION
from crmdata.slides import Deck, Slide

_MARK = Box(0, 0, WIDTH, 0.26)
"""At the top of a slide, over nothing that it shows."""

_CODE, _LINE = 0.6, 0.27
_SIZES = (12, 11, 10, 9)
_NUMBER = "\x01"


def show(page: Any, paper: SlideCanvas, deck: Deck, slide: Slide, base: str) -> None:
    """Draw the footer; without an address of the app there is no link and no code."""
    words = deck.words
    facts = [fact for fact in slide.footer if fact != words("Demonstration data")]
    if deck.demo:
        _mark(paper, words)
    room = Box(FOOTER.left, FOOTER.top + 0.02, number_box().left - FOOTER.left - 0.1, _LINE)
    text = " · ".join(facts)
    size = fitting.size([text], room.width, _LINE, _SIZES)
    paper.text(room, [Paragraph(text, size, colour=PALETTE.muted)], anchor=Anchor.MIDDLE)
    _number(paper, words, len(deck.slides))
    if base:
        _link(page, paper, link(slide, base), words)


def link(slide: Slide, base: str) -> str:
    """Return the address of the live view of what a slide shows."""
    return f"{base}/{slide.page}?{urlencode(slide.query)}"


def reached(base: str) -> str:
    """Return the address of the app, or nothing where it leads to the reader's own machine."""
    return "" if urlsplit(base).hostname in {"127.0.0.1", "localhost", "::1", None} else base


def _mark(paper: SlideCanvas, words: Words) -> None:
    """Say on the slide itself, where no table hides it, that its data are of a demonstration."""
    paragraph = Paragraph(words(DEMONSTRATION), _SIZES[0], bold=True)
    paper.shape(_MARK, PALETTE.highlight, Stroke(PALETTE.highlight), paragraph=paragraph)


def _link(page: Any, paper: SlideCanvas, address: str, words: Words) -> None:
    box = Box(FOOTER.left, FOOTER.top + 0.31, number_box().left - FOOTER.left - 0.1, _LINE)
    text = address.split("://", 1)[-1]
    size = fitting.size([text], box.width, _LINE, _SIZES)
    leads = page.part.relate_to(address, RT.HYPERLINK, is_external=True)
    paper.text(box, [Paragraph(text, size, link=leads)], anchor=Anchor.MIDDLE)
    image = BytesIO()
    segno.make(address, micro=False, error="m").save(image, kind="png", scale=4, border=2)
    side = Box(FOOTER.left + FOOTER.width - _CODE, FOOTER.top, _CODE, _CODE)
    picture = page.shapes.add_picture(image, *side.emu)
    description = words("QR code of the address {address}", address=address)
    describe(picture, description, words("Live view"))
    picture.click_action.hyperlink.address = address


def _number(paper: SlideCanvas, words: Words, count: int) -> None:
    """Write the slide's number as a field, which stays right when slides are moved."""
    ink = drawing.solid(PALETTE.text)
    before, after = (
        f'<a:r><a:rPr sz="1200">{ink}</a:rPr><a:t>{drawing.written(text)}</a:t></a:r>'
        if text
        else ""
        for text in words("{n} of {all}", n=_NUMBER, all=count).split(_NUMBER)
    )
    field = (
        '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
        f'<a:rPr sz="1200">{ink}</a:rPr><a:t>‹#›</a:t></a:fld>'
    )
    paper.add(
        f"<p:sp><p:nvSpPr>{drawing.identity(paper.number(), words('Slide'))}"
        '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        '<p:nvPr><p:ph type="sldNum" sz="quarter" idx="12"/></p:nvPr></p:nvSpPr>'
        f"<p:spPr>{drawing.place(number_box())}</p:spPr>"
        '<p:txBody><a:bodyPr lIns="0" rIns="0" tIns="0" bIns="0" anchor="ctr"/>'
        f'<a:lstStyle/><a:p><a:pPr algn="r"/>{before}{field}{after}</a:p></p:txBody></p:sp>'
    )
