"""Buttons that copy: the address of what is shown, or a text that stands on the page.

`head.js` does it, for every button of the class.
"""

import json
from collections.abc import Mapping

from crmdata.i18n import Words
from crmdata.render.html import markup
from crmdata.web.kit import draw


def link_button(words: Words, params: Mapping[str, str], *, with_name: bool = False) -> str:
    """Return the button that copies the address, these choices written out even if not chosen.

    The head shows a sign of it; elsewhere it stands `with_name`.
    """
    title = words("Copy link")
    return _button(words, title if with_name else "", "link", json.dumps(dict(params)), title)


def show_text(words: Words, text: str) -> None:
    """Draw a text and the button that copies it."""
    letter = markup.element("pre", text, css="crm-letter", tabindex="0")
    title = words("Copy the text")
    button = _button(words, title, "text", "", title)
    draw.html(markup.wrapped("div", [letter, button], css="crm-copied-from"))


def show_letters(words: Words, letters: Mapping[str, str]) -> None:
    """Draw a line for each text under its name: a button that copies it, and the text to unfold."""
    draw.html(markup.wrapped("ul", [_letter(words, *each) for each in letters.items()],
                             css="crm-letters"))  # fmt: skip


def _letter(words: Words, name: str, text: str) -> str:
    title = words("Copy the text: {name}", name=name)
    return markup.wrapped("li", [
        markup.wrapped("details", [markup.element("summary", name),
                                   markup.element("pre", text, css="crm-letter", tabindex="0")]),
        _button(words, words("Copy the text"), "text", "", title),
    ], css="crm-copied-from")  # fmt: skip


def _button(words: Words, text: str, kind: str, params: str, title: str) -> str:
    """Return a button named by its title; one without a text is a sign of the style sheet's."""
    button = markup.element(
        "button", text, type="button", css="crm-copy", title=title,
        **{"aria-label": title, "data-copies": kind, "data-params": params,
           "data-done": words("Copied")},
    )  # fmt: skip
    return button + markup.element("span", "", css=f"crm-copied crm-copied-{kind}", role="status")
