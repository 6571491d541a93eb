"""A slide to draw on: native shapes in inches, colours of the figures, texts read aloud.

Colours and patterns are those of `crmdata.palette`, in its theme for projectors.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from crmdata.exports.deck import drawing
from crmdata.exports.deck.drawing import (
    PALETTE,
    Align,
    Anchor,
    Box,
    Dash,
    Outline,
    Paragraph,
    Stroke,
)
from crmdata.palette import CLEAR, Look, text_on

__all__ = [
    "PALETTE",
    "Align",
    "Anchor",
    "Box",
    "Dash",
    "Outline",
    "Paragraph",
    "SlideCanvas",
    "Stroke",
]

WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.5
"""Of a slide of 16:9, in inches."""


@dataclass(frozen=True)
class SlideCanvas:
    """A slide, or a group on it, that shapes are drawn on."""

    shapes: Any
    """Those of the slide: charts and pictures are added to them."""

    tree: Any
    """The element that takes what is drawn."""

    mark: str = ""
    """Stands beside the legend of every picture; empty for real data."""

    def text(
        self, box: Box, paragraphs: Iterable[Paragraph], *, align: Align = Align.LEFT,
        anchor: Anchor = Anchor.TOP, name: str = "",
    ) -> None:  # fmt: skip
        """Write paragraphs into a box without margins."""
        number = self.number()
        self.add(
            f"<p:sp><p:nvSpPr>{drawing.identity(number, name or f'Text {number}')}"
            '<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
            f'<p:spPr>{drawing.place(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            f"<a:noFill/></p:spPr>{drawing.body(paragraphs, align, anchor)}</p:sp>"
        )

    def shape(
        self, box: Box, ground: str | Look, line: Stroke, *, paragraph: Paragraph | None = None,
        kind: Outline = Outline.RECTANGLE, wrap: bool = True,
    ) -> None:  # fmt: skip
        """Draw a shape of a colour or a state's look, with a text in its middle if there is one."""
        number = self.number()
        fill = drawing.solid(ground) if isinstance(ground, str) else drawing.filled(ground)
        text = drawing.body(
            [paragraph] if paragraph else [], Align.CENTER, Anchor.MIDDLE, wrap=wrap
        )
        self.add(
            f"<p:sp><p:nvSpPr>{drawing.identity(number, f'Shape {number}')}<p:cNvSpPr/><p:nvPr/>"
            f'</p:nvSpPr><p:spPr>{drawing.place(box)}<a:prstGeom prst="{kind}"><a:avLst/>'
            f"</a:prstGeom>{fill}{drawing.line(line)}</p:spPr>{text}</p:sp>"
        )

    def swatch(self, box: Box, look: Look) -> None:
        """Draw a sample of a state."""
        self.shape(box, look, Stroke(look.ink))

    def line(self, box: Box, line: Stroke) -> None:
        """Draw a line from a box's top left to its bottom right."""
        number = self.number()
        self.add(
            f"<p:cxnSp><p:nvCxnSpPr>{drawing.identity(number, f'Line {number}')}<p:cNvCxnSpPr/>"
            f"<p:nvPr/></p:nvCxnSpPr><p:spPr>{drawing.place(box)}"
            f'<a:prstGeom prst="line"><a:avLst/></a:prstGeom>{drawing.line(line)}</p:spPr>'
            "</p:cxnSp>"
        )

    def group(self, box: Box, name: str, text: str) -> "SlideCanvas":
        """Return the paper of a group that fills a box and is read aloud as a text."""
        left, top, width, height = box.emu
        element = self.add(
            f"<p:grpSp><p:nvGrpSpPr>{drawing.identity(self.number(), name, text)}<p:cNvGrpSpPr/>"
            f'<p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="{left}" y="{top}"/>'
            f'<a:ext cx="{width}" cy="{height}"/><a:chOff x="{left}" y="{top}"/>'
            f'<a:chExt cx="{width}" cy="{height}"/></a:xfrm></p:grpSpPr></p:grpSp>'
        )
        return SlideCanvas(self.shapes, element, self.mark)

    def number(self) -> int:
        """Return a number that no shape of the slide has yet."""
        number: int = self.shapes._next_shape_id
        return number

    def add(self, xml: str) -> Any:
        """Add an element as the topmost one and return it."""
        element = drawing.element(xml)
        self.tree.append(element)
        return element


def on(page: Any, mark: str = "") -> SlideCanvas:
    """Return the paper of a slide; `mark` says of its pictures that data are of a demonstration."""
    # Its shapes are counted once, not anew for each that is added.
    page.shapes.turbo_add_enabled = True
    return SlideCanvas(page.shapes, page.shapes._spTree, mark)


def write(shape: Any, paragraphs: Iterable[Paragraph], align: Align, anchor: Anchor) -> None:
    """Write a shape's text in place of the one it has."""
    old = shape.element.txBody
    old.getparent().replace(old, drawing.element(drawing.body(paragraphs, align, anchor)))


def dress(looks: Any, fill: str, line: Stroke) -> None:
    """Give a part of a chart its fill and outline; `looks` is its format in python-pptx."""
    own = looks._element.get_or_add_spPr()
    own.getparent().replace(own, drawing.element(f"<c:spPr>{fill}{drawing.line(line)}</c:spPr>"))


def ink_on(look: Look) -> str:
    """Return the colour in which a number reads on a state."""
    return PALETTE.text if look.ground == CLEAR else text_on(look.ground)


def describe(shape: Any, text: str, name: str = "") -> None:
    """Give a shape its alternative text, for readers that speak."""
    properties = shape.element.xpath(".//p:cNvPr")[0]
    properties.set("descr", text)
    if name:
        properties.set("name", name)
