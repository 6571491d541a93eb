"""A slide to draw on: native shapes in inches, colours of the figures, texts read aloud.

Colours and patterns are those of `crmdata.figures.style`, in its theme for projectors.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from pptx.dml.color import RGBColor
from pptx.dml.fill import FillFormat
from pptx.enum.dml import MSO_PATTERN
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt

from crmdata.figures import style
from crmdata.figures.style import CLEAR, PALETTES, Look

PALETTE = PALETTES["contrast"]

WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.5
"""Of a slide of 16:9, in inches."""

_PATTERNS = {
    "/": MSO_PATTERN.WIDE_UPWARD_DIAGONAL,
    "|": MSO_PATTERN.LIGHT_VERTICAL,
    "-": MSO_PATTERN.LIGHT_HORIZONTAL,
    ".": MSO_PATTERN.PERCENT_20,
}
"""PowerPoint's patterns that come nearest to the screen's."""


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


class Said(NamedTuple):
    """A paragraph: its text, and how it is set."""

    text: str
    size: float
    bold: bool = False
    colour: str = PALETTE.text
    after: float = 0
    bullet: bool = False


@dataclass
class Paper:
    """The shapes of a slide, or of a group on it."""

    shapes: Any

    def text(
        self, box: Box, said: Iterable[Said], *, align: PP_ALIGN | None = None,
        anchor: MSO_ANCHOR = MSO_ANCHOR.TOP, name: str = "",
    ) -> Any:  # fmt: skip
        """Write paragraphs into a box without margins."""
        shape = self.shapes.add_textbox(*box.emu)
        if name:
            shape.name = name
        write(shape.text_frame, said, align=align, anchor=anchor)
        return shape

    def shape(self, box: Box, kind: MSO_SHAPE = MSO_SHAPE.RECTANGLE) -> Any:
        """Draw a shape without a shadow; fill and outline are the caller's."""
        shape = self.shapes.add_shape(kind, *box.emu)
        shape.shadow.inherit = False
        return shape

    def swatch(self, box: Box, look: Look) -> None:
        """Draw a sample of a state."""
        shape = self.shape(box)
        fill(shape.fill, look)
        outline(shape.line, look.ink)


def write(
    frame: Any, said: Iterable[Said], *, align: PP_ALIGN | None = None,
    anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
) -> None:  # fmt: skip
    """Write paragraphs into a frame and take its margins away."""
    frame.word_wrap = True
    frame.vertical_anchor = anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for place, one in enumerate(said):
        paragraph = frame.paragraphs[0] if not place else frame.add_paragraph()
        paragraph.alignment = align
        paragraph.space_after = Pt(one.after)
        paragraph.space_before = Pt(0)
        if one.bullet:
            _bullet(paragraph, one.size)
        if one.text:
            _set(paragraph.add_run(), one)
        _end(paragraph, one.size)


def _set(run: Any, said: Said) -> None:
    run.text = said.text
    run.font.size, run.font.bold = Pt(said.size), said.bold
    run.font.color.rgb = colour(said.colour)


def _end(paragraph: Any, size: float) -> None:
    """Set the size of the paragraph's end: an empty one would be as high as the default's."""
    end = paragraph._p.get_or_add_endParaRPr()
    end.set("sz", str(round(size * 100)))


def _bullet(paragraph: Any, size: float) -> None:
    properties = paragraph._p.get_or_add_pPr()
    indent = round(Pt(size) * 0.9)
    properties.set("marL", str(indent))
    properties.set("indent", str(-indent))
    properties.append(properties.makeelement(
        "{http://schemas.openxmlformats.org/drawingml/2006/main}buChar", {"char": "•"}
    ))  # fmt: skip


def colour(text: str) -> RGBColor:
    """Return a colour `#rrggbb` of the palette."""
    return RGBColor(*bytes.fromhex(text.removeprefix("#")))


def fill(target: FillFormat, look: Look) -> None:
    """Fill with a state's ground and pattern."""
    ground = PALETTE.background if look.ground == CLEAR else look.ground
    if look.pattern:
        target.patterned()
        target.pattern = _PATTERNS[look.pattern]
        target.fore_color.rgb, target.back_color.rgb = colour(look.mark), colour(ground)
    else:
        solid(target, ground)


def solid(target: FillFormat, ground: str) -> None:
    """Fill with one colour."""
    target.solid()
    target.fore_color.rgb = colour(ground)


def outline(line: Any, ink: str, width: float = 0.75) -> None:
    """Set the outline; its width is in points."""
    line.color.rgb = colour(ink)
    line.width = Pt(width)


def ink_on(look: Look) -> str:
    """Return the colour in which a number reads on a state."""
    return PALETTE.text if look.ground == CLEAR else style.text_on(look.ground)


def describe(shape: Any, text: str, name: str = "") -> None:
    """Give a shape its alternative text, for readers that speak."""
    properties = shape.element.xpath(".//p:cNvPr")[0]
    properties.set("descr", text)
    if name:
        properties.set("name", name)
