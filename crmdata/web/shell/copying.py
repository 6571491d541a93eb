"""Buttons that copy: the address of what is shown, or a text that stands on the page."""

import json
from collections.abc import Mapping
from pathlib import Path

from crmdata.i18n import Words
from crmdata.web.kit import markup

_SCRIPT = (Path(__file__).parent / "copy.js").read_text("utf-8")


def show_link(words: Words, params: Mapping[str, str]) -> None:
    """Draw the button that copies the address, these choices written out even where not chosen."""
    _show(words, words("Copy link"), {"kind": "link", "text": None, "params": dict(params)})


def show_text(words: Words, text: str) -> None:
    """Draw a text and the button that copies it; there may be one on a page."""
    letter = markup.element("pre", text, css="crm-letter", tabindex="0")
    _show(words, words("Copy the text"), {"kind": "text", "text": text}, before=letter)


def _show(words: Words, title: str, settings: dict[str, object], before: str = "") -> None:
    kind = settings["kind"]
    button = markup.element("button", title, type="button", css=f"crm-copy crm-copies-{kind}")
    told = markup.element("span", "", css=f"crm-copied crm-copied-{kind}", role="status")
    # What a reader typed to search, or wrote in a report, must not end the script.
    written = json.dumps(settings | {"done": words("Copied")}).replace("<", "\\u003c")
    script = _SCRIPT.replace("SETTINGS", written)
    markup.show(f"{before}{button}{told}<script>{script}</script>", scripts=True)
