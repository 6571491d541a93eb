"""The reader's screen, for which figures are drawn: narrow as a phone's or not, light or dark."""

from pathlib import Path

import streamlit as st

NARROW = 700
"""Px; narrower windows get codes in place of names, and lists in place of wide pictures."""

_SESSION = "crmdata_narrow"
_KEY = "screen"

_ASK = (Path(__file__).parent / "screen.js").read_text("utf-8")


def narrow() -> bool:
    """Return whether the window is a phone's: as last told by it, else as its name suggests."""
    if _SESSION not in st.session_state:
        st.session_state[_SESSION] = "Mobi" in st.context.headers.get("User-Agent", "")
    known: bool = st.session_state[_SESSION]
    ask = st.components.v2.component("crmdata_screen", js=_ASK)
    ask(
        key=_KEY,
        data={"narrow": known, "below": NARROW},
        on_narrow_change=_take_width,
        # To be told of it is all: the page runs anew, and finds the theme in its context.
        on_scheme_change=_nothing,
    )
    return known


def theme() -> str:
    """Return `light` or `dark`, as the page is shown now."""
    return st.context.theme.type or "light"


def _nothing() -> None:
    """Do nothing."""


def _take_width() -> None:
    narrow = st.session_state[_KEY].get("narrow")
    if narrow is not None:
        st.session_state[_SESSION] = bool(narrow)
