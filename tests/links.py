"""The links on a page, found by their words and followed in AppTest as a click follows them."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlsplit


class _Reader(HTMLParser):
    """Collects the words and addresses of links."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._href: str | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._href, self._text = dict(attrs).get("href") or "", []

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._href is not None:
            self.found.append(("".join(self._text), self._href))
            self._href = None


def links(html: str) -> list[tuple[str, str]]:
    """Return words and address of each link."""
    reader = _Reader()
    reader.feed(html)
    return reader.found


def head_of(app: Any) -> str:
    """Return the HTML of the head; the style sheet, which names its class too, is none."""
    bodies = (block.proto.body for block in app.get("html"))
    return next(body for body in bodies if body.startswith("<header"))


def title_of(app: Any) -> str:
    """Return the title of a page, its one heading of the first level."""
    html = "".join(block.proto.body for block in app.get("html"))
    [title] = re.findall(r"<h1>(.*?)</h1>", html)
    return unescape(title)


def query_of(html: str, words: str) -> dict[str, str]:
    """Return the choices that the first link leads to whose words begin so."""
    address = next(href for text, href in links(html) if text.startswith(words))
    return dict(parse_qsl(urlsplit(address).query))


def fold_of(html: str, key: str) -> str:
    """Return the HTML of the fold of this key, a filter's or one of the head's."""
    begins = html.index(f'data-key="{key}"')
    return html[begins : html.index("</details>", begins)]


def picked(app: Any, key: str) -> str:
    """Return the words of what a filter says is chosen; empty where nothing is."""
    html = "".join(block.proto.body for block in app.get("html"))
    found = re.search(r"<summary>.*?<b[^>]*>(.*?)</b></summary>", fold_of(html, key))
    return unescape(found[1]) if found else ""


def choose(app: Any, key: str, words: str) -> Any:
    """Choose the first value of a filter, or of the head, whose words begin so."""
    html = "".join(block.proto.body for block in app.get("html"))
    return _open(app, query_of(fold_of(html, key), words))


def follow(app: Any, words: str) -> Any:
    """Follow the first link in the head whose words begin so, to the same page."""
    return _open(app, query_of(head_of(app), words))


def _open(app: Any, query: dict[str, str]) -> Any:
    app.query_params.clear()
    app.query_params.update(query)
    return app.run()
