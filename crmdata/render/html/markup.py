"""HTML of our own, made of elements and texts: it is escaped here and nowhere else."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

SHORT_TEXT = 14
"""Characters up to which a cell is not broken, such as a date."""

LONG_TEXT = 30
"""Characters of a cell beyond which its table becomes a list on a phone."""

MANY_COLUMNS = 5
"""Columns from which a table becomes a list on a phone."""

LONG_WORD = 24
"""Letters of one word beyond which it breaks anywhere, such as an address of the web."""

LINK = "crm-link"
"""The class of links inside the app, which are followed without loading it anew."""

Target = Callable[[int | None, int], str | None]
"""Gives the address that the cell of a row and a column leads to, counted from 0.

The head of a column stands in no row: None.
"""


@dataclass(frozen=True)
class Linked:
    """A cell of a table that leads somewhere; in a download it is its text alone."""

    text: str
    href: str

    def __str__(self) -> str:
        return self.text


def element(name: str, text: str, /, *, css: str = "", **attributes: str) -> str:
    """Return an element that holds `text` as it stands; `css` is its class."""
    if css:
        attributes = {"class": css, **attributes}
    written = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>{escape(text)}</{name}>"


def text(words: str) -> str:
    """Return a text as it stands, beside other elements."""
    return escape(words)


def field(**attributes: str) -> str:
    """Return an input of a form."""
    return element("input", "", **attributes).removesuffix("</input>")


def image(source: str, css: str) -> str:
    """Return an image that says nothing beside the words around it."""
    return element("img", "", css=css, src=source, alt="").removesuffix("</img>")


def column(css: str) -> str:
    """Return a column of a table, whose width the style sheet sets by its class."""
    return element("col", "", css=css).removesuffix("</col>")


def wrapped(name: str, inner: Iterable[str], /, *, css: str = "", **attributes: str) -> str:
    """Return an element around others that are HTML already."""
    start = element(name, "", css=css, **attributes).removesuffix(f"</{name}>")
    return f"{start}{''.join(inner)}</{name}>"


def marked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return `text` with the hits of a search marked; `spans` lie in order and apart."""
    parts, at = [], 0
    for start, end in spans:
        parts += [escape(text[at:start]), element("mark", text[start:end])]
        at = end
    return "".join([*parts, escape(text[at:])])


def paragraphs(text: str, css: str = "") -> str:
    """Return each line of `text` as a paragraph."""
    lines = [line for line in text.split("\n") if line.strip()]
    return "".join(element("p", line, css=css) for line in lines)


def folded(title: str, inner: str, *, opened: bool = False) -> str:
    """Return HTML that unfolds under its title, by mouse, finger or keyboard."""
    attributes = {"open": ""} if opened else {}
    return wrapped("details", [element("summary", title), inner], css="crm-folded", **attributes)


def table(rows: pd.DataFrame, caption: str, target: Target | None = None) -> str:
    """Return a frame as a table that a screen reader, a keyboard and a printer can use.

    The first column heads its row; numbers stand to the right. The caption is for those who
    do not see what stands above it. A cell with a `target` is a link.
    """
    headers = [str(column) for column in rows.columns]
    numeric = [pd.api.types.is_numeric_dtype(rows[column]) for column in rows.columns]
    sides = ["number" if number else "" for number in numeric]
    head = (
        wrapped(
            "th",
            [_linked(header, target(None, place) if target else None)],
            css=side or _kind_of_head(header),
            scope="col",
        )
        for place, (header, side) in enumerate(zip(headers, sides, strict=True))
    )
    body = (
        _row(place, row, headers, sides, target)
        for place, row in enumerate(rows.itertuples(index=False))
    )
    parts = (
        element("caption", caption),
        wrapped("thead", [wrapped("tr", head)]),
        wrapped("tbody", body),
    )
    css = "crm-table crm-long" if _has_long_text(rows) else "crm-table"
    # A region that scrolls must be reachable by keyboard.
    return wrapped(
        "div", [wrapped("table", parts)], css=css, role="region", tabindex="0",
        **{"aria-label": caption},
    )  # fmt: skip


def _has_long_text(rows: pd.DataFrame) -> bool:
    """Tell whether a phone should read the rows as a list rather than scroll them sideways."""
    if len(rows.columns) >= MANY_COLUMNS:
        return True
    longest = [rows[column].astype(str).str.len().max() for column in rows.columns]
    return any(length > LONG_TEXT for length in longest)


def _row(
    place: int, row: Sequence[object], headers: list[str], sides: list[str], target: Target | None
) -> str:
    targets = [target(place, column) if target else None for column in range(len(row))]
    cells = [_cell(*each) for each in zip(row, headers, sides, targets, strict=True)][1:]
    first = _text(row[0])
    way = row[0].href if isinstance(row[0], Linked) else targets[0]
    head = wrapped("th", [_linked(first, way)], css=_kind(first), scope="row")
    return wrapped("tr", [head, *cells])


def _cell(value: object, header: str, side: str, target: str | None) -> str:
    text = _text(value)
    css = side or _kind(text)
    if isinstance(value, Linked):
        target = value.href
    return wrapped("td", [_linked(text, target)], css=css, **{"data-label": header})


def _kind(text: str) -> str:
    """Return the class that says how a cell may break and how narrow it may become."""
    if len(text) <= SHORT_TEXT:
        return "short"
    if max(map(len, text.split()), default=0) > LONG_WORD:
        return "unbroken"
    return "prose" if len(text) > 2 * LONG_TEXT else ""


def _kind_of_head(text: str) -> str:
    """Return the class of a head that would break at a hyphen, such as a period's name."""
    return "short" if len(text) <= SHORT_TEXT and "-" in text else ""


def _linked(text: str, target: str | None) -> str:
    """Return a text as HTML, as a link where it leads somewhere."""
    if target is None or not text:
        return escape(text)
    return element("a", text, css=LINK, href=target)


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]  # pandas: scalars
