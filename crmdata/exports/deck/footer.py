"""What no slide goes without: the mark of a demonstration, cut-off, n/N, link and number."""

from io import BytesIO
from typing import Any
from urllib.parse import urlencode, urlsplit

import segno
from lxml import etree
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from crmdata.exports.deck import fitting
from crmdata.exports.deck.paper import (
    PALETTE,
    Box,
    Paper,
    Said,
    colour,
    describe,
    outline,
    solid,
    write,
)
from crmdata.exports.deck.stock import FOOTER, number_box
from crmdata.i18n import Words
from crmdata.slides import Deck, Slide

_MARK, _CODE, _LINE = 2.5, 0.6, 0.27
_SIZES = (12, 11, 10, 9)
_NUMBER = "\x00"


def show(page: Any, paper: Paper, deck: Deck, slide: Slide, count: int, base: str) -> None:
    """Draw the footer; without an address of the app there is no link and no code."""
    words, left = deck.words, FOOTER.left
    facts = [fact for fact in slide.footer if fact != words("Demonstration data")]
    if deck.demo:
        _mark(paper, Box(left, FOOTER.top + 0.02, _MARK, _LINE), words)
        left += _MARK + 0.15
    room = Box(left, FOOTER.top + 0.02, number_box().left - left - 0.1, _LINE)
    text = " · ".join(facts)
    size = fitting.size([text], room.width, _LINE, _SIZES)
    paper.text(room, [Said(text, size, colour=PALETTE.muted)], anchor=MSO_ANCHOR.MIDDLE)
    _number(page, words, count)
    if base:
        _link(page, paper, link(slide, base), words)


def link(slide: Slide, base: str) -> str:
    """Return the address of the live view of what a slide shows."""
    return f"{base}/{slide.page}?{urlencode(slide.query)}"


def reached(base: str) -> str:
    """Return the address of the app, or nothing where it leads to the reader's own machine."""
    return "" if urlsplit(base).hostname in {"127.0.0.1", "localhost", "::1", None} else base


def _mark(paper: Paper, box: Box, words: Words) -> None:
    shape = paper.shape(box)
    solid(shape.fill, PALETTE.highlight)
    outline(shape.line, PALETTE.rule)
    text = words("Demonstration data")
    size = fitting.size([text], box.width - 0.1, box.height, _SIZES, bold=True)
    write(shape.text_frame, [Said(text, size, bold=True)], align=PP_ALIGN.CENTER,
          anchor=MSO_ANCHOR.MIDDLE)  # fmt: skip


def _link(page: Any, paper: Paper, address: str, words: Words) -> None:
    box = Box(FOOTER.left, FOOTER.top + 0.31, number_box().left - FOOTER.left - 0.1, _LINE)
    shown = address.split("://", 1)[-1]
    size = fitting.size([shown], box.width, _LINE, _SIZES)
    shape = paper.text(box, [Said(shown, size)], anchor=MSO_ANCHOR.MIDDLE)
    run = shape.text_frame.paragraphs[0].runs[0]
    run.hyperlink.address = address
    made = BytesIO()
    segno.make(address, micro=False, error="m").save(made, kind="png", scale=4, border=2)
    side = Box(FOOTER.left + FOOTER.width - _CODE, FOOTER.top, _CODE, _CODE)
    picture = page.shapes.add_picture(made, *side.emu)
    said = words("QR code of the address {address}", address=address)
    describe(picture, said, words("Live view"))
    picture.click_action.hyperlink.address = address


def _number(page: Any, words: Words, count: int) -> None:
    """Write the slide's number as a field, which stays right when slides are moved."""
    box = number_box()
    left, top, width, height = box.emu
    shape = parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="9000" name="{words("Slide")}"/>'
        '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        '<p:nvPr><p:ph type="sldNum" sz="quarter" idx="12"/></p:nvPr></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/>'
        "</a:xfrm></p:spPr>"
        '<p:txBody><a:bodyPr lIns="0" rIns="0" tIns="0" bIns="0" anchor="ctr"/>'
        '<a:lstStyle/><a:p><a:pPr algn="r"/></a:p></p:txBody></p:sp>'
    )
    page.shapes._spTree.append(shape)
    before, after = words("{n} of {all}", n=_NUMBER, all=count).split(_NUMBER)
    paragraph = page.shapes[-1].text_frame.paragraphs[0]
    for text in filter(None, (before, after)):
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.color.rgb = Pt(12), colour(PALETTE.text)
    _field(paragraph, at=1 if before else 0)


def _field(paragraph: Any, at: int) -> None:
    field = etree.Element(qn("a:fld"), id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", type="slidenum")
    properties = etree.SubElement(field, qn("a:rPr"), sz="1200")
    ink = etree.SubElement(etree.SubElement(properties, qn("a:solidFill")), qn("a:srgbClr"))
    ink.set("val", PALETTE.text.removeprefix("#"))
    etree.SubElement(field, qn("a:t")).text = "‹#›"
    paragraph._p.insert(at + 1, field)
