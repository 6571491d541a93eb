"""Paper: what a page looks like when the browser prints it."""

import json
from typing import Literal

Orientation = Literal["portrait", "landscape"]


def style(orientation: Orientation, foot: str) -> str:
    """Return how the page prints: of all that stands on it, `.crm-paper` and the page's title.

    `foot` stands at the lower left of every sheet, the page's number at the right; the frame
    sets the mark of demonstration data above.
    """
    return f"<style>{_sheet(orientation, foot)}</style>"


def _sheet(orientation: Orientation, foot: str) -> str:
    margin = "13mm 11mm" if orientation == "portrait" else "13mm 10mm 12mm"
    font = "font: 8pt sans-serif; color: #1a1a1a;"
    return (
        f"@page {{ size: A4 {orientation}; margin: {margin};"
        f" @top-center {{ {font} font-weight: bold; }}"
        f" @bottom-left {{ content: {css_string(foot)}; {font} }}"
        f' @bottom-right {{ content: counter(page) " / " counter(pages); {font} }} }}'
    )


def css_string(text: str) -> str:
    """Return a text as a string of a style sheet, which ends neither the string nor the sheet."""
    # JSON's own escapes for letters beyond ASCII would mean something else in a style sheet.
    return json.dumps(text, ensure_ascii=False).replace("<", "\\3c ")
