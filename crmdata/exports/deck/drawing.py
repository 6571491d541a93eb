"""Shapes, texts and tables as DrawingML, written out whole.

python-pptx sets one attribute at a time, and looks through a slide and a group anew for every
shape in it. A calendar has a hundred shapes and a deck a thousand, so they are written as text
and read once.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches, Pt

from crmdata.palette import CLEAR, PALETTES, Look

PALETTE = PALETTES["contrast"]

PATTERNS = {"/": "wdUpDiag", "|": "ltVert", "-": "ltHorz", ".": "pct20"}
"""DrawingML's patterns that come nearest to the screen's."""

_UNREADABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")

_NAMESPACES = nsdecls("p", "a", "r", "c")


class Align(StrEnum):
    """Where a line of text stands in its box."""

    LEFT = "l"
    CENTER = "ctr"
    RIGHT = "r"


class Anchor(StrEnum):
    """Where the text as a whole stands in its box."""

    TOP = "t"
    MIDDLE = "ctr"


class Outline(StrEnum):
    """The outline of a shape."""

    RECTANGLE = "rect"
    ARROW = "homePlate"


class Dash(StrEnum):
    """How a line is drawn."""

    SOLID = "solid"
    DASHED = "dash"
    DOTTED = "sysDash"


class Box(NamedTuple):
    """A room on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.top + self.height

    @property
    def emu(self) -> tuple[Inches, Inches, Inches, Inches]:
        """The same in the unit of the file."""
        return Inches(self.left), Inches(self.top), Inches(self.width), Inches(self.height)

    def below(self, height: float) -> "Box":
        """Return what is left under so much of it."""
        return Box(self.left, self.top + height, self.width, self.height - height)


class Paragraph(NamedTuple):
    """A paragraph: its text, and how it is set; `link` is the id of an address it leads to."""

    text: str
    size: float
    bold: bool = False
    colour: str = PALETTE.text
    after: float = 0
    bullet: bool = False
    link: str = ""


class Stroke(NamedTuple):
    """The outline of a shape or a line by itself; its width is in points."""

    ink: str
    width: float = 0.75
    dash: Dash = Dash.SOLID


def element(xml: str) -> Any:
    """Return the element of a text whose outermost tag says no namespaces yet."""
    name, rest = re.split(r"(?=[\s/>])", xml, maxsplit=1)
    return parse_xml(f"{name} {_NAMESPACES}{rest}")


def colour(ink: str) -> str:
    """Write a colour `#rrggbb`."""
    return f'<a:srgbClr val="{ink.removeprefix("#").upper()}"/>'


def solid(ground: str) -> str:
    """Write a fill of one colour."""
    return f"<a:solidFill>{colour(ground)}</a:solidFill>"


def filled(look: Look) -> str:
    """Write the ground and pattern of a state."""
    ground = PALETTE.background if look.ground == CLEAR else look.ground
    if not look.pattern:
        return solid(ground)
    return (
        f'<a:pattFill prst="{PATTERNS[look.pattern]}"><a:fgClr>{colour(look.mark)}</a:fgClr>'
        f"<a:bgClr>{colour(ground)}</a:bgClr></a:pattFill>"
    )


def line(stroke: Stroke, tag: str = "a:ln") -> str:
    """Write an outline."""
    dash = "" if stroke.dash is Dash.SOLID else f'<a:prstDash val="{stroke.dash}"/>'
    return f'<{tag} w="{Pt(stroke.width)}">{solid(stroke.ink)}{dash}</{tag}>'


def place(box: Box, tag: str = "a:xfrm") -> str:
    """Write where a shape stands."""
    left, top, width, height = box.emu
    return f'<{tag}><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></{tag}>'


def paragraphs(texts: Iterable[Paragraph], align: Align) -> str:
    """Write paragraphs; a text body has at least one."""
    return "".join(_paragraph(paragraph, align) for paragraph in texts) or "<a:p/>"


def _paragraph(paragraph: Paragraph, align: Align) -> str:
    indent = round(Pt(paragraph.size) * 0.9)
    margin, bullet = "", ""
    if paragraph.bullet:
        margin, bullet = f' marL="{indent}" indent="{-indent}"', '<a:buChar char="•"/>'
    size = round(paragraph.size * 100)
    link = f'<a:hlinkClick r:id="{paragraph.link}"/>' if paragraph.link else ""
    run = (
        f'<a:r><a:rPr sz="{size}" b="{int(paragraph.bold)}">{solid(paragraph.colour)}{link}</a:rPr>'
        f"<a:t>{written(paragraph.text)}</a:t></a:r>"
    )
    # An empty paragraph would be as high as the default's without a size of its own.
    return (
        f'<a:p><a:pPr algn="{align}"{margin}><a:spcBef><a:spcPts val="0"/></a:spcBef>'
        f'<a:spcAft><a:spcPts val="{round(paragraph.after * 100)}"/></a:spcAft>'
        f"{bullet}</a:pPr>"
        f'{run if paragraph.text else ""}<a:endParaRPr sz="{size}"/></a:p>'
    )


def body(
    texts: Iterable[Paragraph],
    align: Align,
    anchor: Anchor,
    *,
    wrap: bool = True,
    tag: str = "p:txBody",
) -> str:
    """Write the text of a shape, without margins."""
    fold = "square" if wrap else "none"
    return (
        f'<{tag}><a:bodyPr wrap="{fold}" lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"/>'
        f"<a:lstStyle/>{paragraphs(texts, align)}</{tag}>"
    )


def identity(number: int, name: str, text: str = "") -> str:
    """Write number and name of a shape, and what is read aloud of it."""
    described = f" descr={attribute(text)}" if text else ""
    return f'<p:cNvPr id="{number}" name={attribute(name)}{described}/>'


def written(text: str) -> str:
    """Write a text between tags; what XML cannot hold becomes a space."""
    return escape(_UNREADABLE.sub(" ", text))


def attribute(text: str) -> str:
    """Write a text as an attribute."""
    return quoteattr(_UNREADABLE.sub(" ", text), {"\n": "&#10;"})
