"""Where things lead, as links: the page says how an address is written, and in which language."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from crmdata.content.destinations import Way
from crmdata.content.names import Name
from crmdata.i18n import Words
from crmdata.render.html import markup


@dataclass(frozen=True)
class Link:
    """What makes links: the reader's words, and the address of a page with choices changed."""

    words: Words
    address: Callable[[str, Mapping[str, str]], str] | None
    """Of the page itself under an empty name. None where nothing leads anywhere: on the wall."""

    @property
    def on_wall(self) -> bool:
        """Whether it is read from the back of a hall, and nobody there can follow anything."""
        return self.address is None


def compact(value: object) -> str:
    """Return JSON for an attribute, in as few letters as it has.

    The browser's cleaning takes away a whole attribute in which markup stands, whatever it is for.
    """
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return written.replace("<", "\\u003c").replace(">", "\\u003e")


def anchor(
    text: str, opens: Way, link: Link, *, inner: str = "", css: str = "", **attributes: str
) -> str:
    """Return a link; `inner` stands in the place of its text, HTML already.

    What it changes stands beside its address, for a page that has changed since it was drawn.
    """
    if link.address is None:
        return _unlinked(text, inner, css, attributes)
    apart = {"target": "_blank", "rel": "noopener"} if opens.apart else {}
    attributes = {
        "href": link.address(opens.page, opens.changes) + (opens.section and f"#{opens.section}"),
        "data-changes": compact(dict(opens.changes)),
        **apart,
        **attributes,
    }
    if inner and "title" in attributes:
        attributes["aria-label"] = attributes["title"]
    css = f"{markup.LINK} {css}".strip()
    if inner:
        return markup.wrapped("a", [inner], css=css, **attributes)
    return markup.element("a", text, css=css, **attributes)


def _unlinked(text: str, inner: str, css: str, attributes: Mapping[str, str]) -> str:
    """Return what a link is called, where it leads nowhere."""
    # What has no role bears no name of its own: a title tells the same.
    attributes = {name: value for name, value in attributes.items() if name != "aria-label"}
    if inner:
        return markup.wrapped("span", [inner], css=css, **attributes)
    return markup.element("span", text, css=css, **attributes)


def name_of(name: Name, opens: Way | None, link: Link) -> str:
    """Return a name in short, its whole text a touch away; a link where it leads somewhere."""
    if opens is None:
        return markup.element("span", name.called, title=name.text)
    return anchor(name.called, opens, link, title=name.text)


def outward(text: str) -> str:
    """Return evidence as HTML: a link out where it is an address of the web, else its text."""
    if not text.startswith(("https://", "http://")):
        return markup.element("span", text)
    return markup.element("a", text, href=text, target="_blank", rel="noopener noreferrer")
