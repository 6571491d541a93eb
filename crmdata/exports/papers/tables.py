"""Tables on a page: rows that fold their texts, under a head that every page repeats.

fpdf2's own tables set each cell three times to know its height, which made up most of the time
of a report; here the width of a word is measured once.
"""

from collections.abc import Sequence

from fpdf import FPDF

from crmdata.palette import PALETTES

_PALETTE = PALETTES["light"]
_SIZE = 7.0
_LINE = 3.2
_PAD = 0.8

Widths = dict[tuple[str, float, str], float]


class Measure:
    """The widths of words in the fonts of a document, each measured once."""

    def __init__(self, page: FPDF) -> None:
        self.page = page
        self.known: Widths = {}

    def width(self, text: str) -> float:
        """Return the width in mm of a text in the font that is set."""
        key = (self.page.font_style, float(self.page.font_size_pt), text)
        if key not in self.known:
            self.known[key] = float(self.page.get_string_width(text))
        return self.known[key]

    def lines(self, text: str, width: float) -> list[str]:
        """Return a text folded at a width in mm; what is longer than a line is broken."""
        found = []
        space = self.width(" ")
        for paragraph in text.split("\n"):
            line, used = "", 0.0
            for word in self._words(paragraph, width):
                wide = self.width(word)
                if line and used + space + wide > width:
                    found.append(line)
                    line, used = word, wide
                else:
                    line, used = (f"{line} {word}", used + space + wide) if line else (word, wide)
            found.append(line)
        return found

    def _words(self, text: str, width: float) -> list[str]:
        found = []
        for word in text.split(" "):
            rest = word
            while self.width(rest) > width and len(rest) > 1:
                part = self._beginning(rest, width)
                found.append(part)
                rest = rest[len(part) :]
            found.append(rest)
        return [word for word in found if word]

    def _beginning(self, text: str, width: float) -> str:
        used = 0.0
        for place, letter in enumerate(text):
            used += self.width(letter)
            if used > width and place:
                return text[:place]
        return text


def draw(
    page: FPDF,
    measure: Measure,
    font: str,
    rows: Sequence[Sequence[str]],
    columns: Sequence[tuple[float, str]],
) -> None:
    """Draw rows, the first of them the head; `columns` are shares of the line, and L or R."""
    total = sum(share for share, _ in columns)
    sizes = [(page.epw * share / total, side) for share, side in columns]
    page.set_line_width(0.15)
    page.set_draw_color(_PALETTE.rule)
    head, *body = rows
    page.set_font(font, "B", _SIZE)
    title = _folded(measure, head, sizes)
    page.set_font(font, "", _SIZE)
    folded = [_folded(measure, row, sizes) for row in body]
    room = _height(title) + (_height(folded[0]) if folded else 0)
    if page.will_page_break(room):
        page.add_page()
    _head(page, font, title, sizes)
    for row in folded:
        if page.will_page_break(_height(row)):
            page.add_page()
            _head(page, font, title, sizes)
        _row(page, row, sizes)


def _folded(
    measure: Measure, row: Sequence[str], sizes: Sequence[tuple[float, str]]
) -> list[list[str]]:
    cells = zip(row, sizes, strict=True)
    return [measure.lines(text, width - 2 * _PAD) for text, (width, _) in cells]


def _height(row: Sequence[Sequence[str]]) -> float:
    return _LINE * max(map(len, row)) + 2 * _PAD


def _head(
    page: FPDF, font: str, row: Sequence[Sequence[str]], sizes: Sequence[tuple[float, str]]
) -> None:
    page.set_font(font, "B", _SIZE)
    page.set_fill_color(_PALETTE.band_strong)
    page.rect(page.l_margin, page.get_y(), page.epw, _height(row), style="F")
    _row(page, row, sizes)
    page.set_font(font, "", _SIZE)


def _row(page: FPDF, row: Sequence[Sequence[str]], sizes: Sequence[tuple[float, str]]) -> None:
    x, y, height = page.l_margin, page.get_y(), _height(row)
    for lines, (width, side) in zip(row, sizes, strict=True):
        for place, line in enumerate(lines):
            page.set_xy(x + _PAD, y + _PAD + place * _LINE)
            page.cell(width - 2 * _PAD, _LINE, line, align=side)
        x += width
    page.set_draw_color(_PALETTE.rule)
    page.line(page.l_margin, y + height, page.l_margin + page.epw, y + height)
    page.set_xy(page.l_margin, y + height)
