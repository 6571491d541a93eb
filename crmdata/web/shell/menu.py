"""The pages and the menu. Every page calls it through the frame; `dashboard.py` runs it."""

from collections.abc import Iterator
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from crmdata.access import Action, Actor, may
from crmdata.errors import N_
from crmdata.i18n import Words
from crmdata.settings import ROOT

TITLES = {
    "inicio": N_("Home"),
    "calendario": N_("Calendar"),
    "lineas": N_("Lines"),
    "actividades": N_("Activities"),
    "paises": N_("Countries"),
    "cooperacion": N_("Cooperation"),
    "novedades": N_("News"),
    "presentar": N_("Present"),
    "descargas": N_("Downloads"),
    "informar": N_("Hand in"),
    "revision": N_("Review"),
    "metodo": N_("Method and sources"),
}
"""The pages, named as in the address, in the order of the menu."""

NEEDS: dict[str, Action] = {"informar": Action.SUBMIT, "revision": Action.ACCEPT}
"""What somebody must be allowed to do for a page to stand in the menu; each page asks itself."""

FIRST = "inicio"

_CALLED = "crmdata_menu_called"
_TRIED = "crmdata_menu_tried"
_PAGES = "crmdata_menu_pages"


def pages(words: Words) -> dict[str, StreamlitPage]:
    """Return Streamlit's page objects by name; they need a running script.

    A session keeps them: each looks for its file when it is made.
    """
    by_language: dict[str, dict[str, StreamlitPage]] = st.session_state.setdefault(_PAGES, {})
    if words.language not in by_language:
        by_language[words.language] = {
            name: st.Page(_file(name), title=words(title), url_path=name)
            for name, title in TITLES.items()
        }
    return by_language[words.language]


def _file(name: str) -> Path:
    return ROOT / "pages" / f"{name}.py"


def navigation(words: Words) -> StreamlitPage:
    """Tell Streamlit the pages and return the one that the reader is at."""
    # The root of the address shows the first page too; as the default page itself it would not
    # answer to its own name (/inicio).
    root = st.Page(_file(FIRST), title=words(TITLES[FIRST]), url_path="portada", default=True,
                   visibility="hidden")  # fmt: skip
    st.session_state[_CALLED] = True
    # Hidden, since Streamlit's own menu drops the filters from the address; the head keeps them.
    return st.navigation([*pages(words).values(), root], position="hidden")


def ensure(words: Words) -> None:
    """Start the run anew through `dashboard.py` unless this page was called by it.

    A folder named `pages/` makes a freshly started Streamlit run a deep-linked page by itself,
    with a menu of file names, until any session has called `st.navigation`. Calling it ends
    that for the whole server; the second run is the usual one. Once a session is enough: where
    a page is the main script itself (in a test), there is no `dashboard.py` to come back to.
    """
    called = st.session_state.pop(_CALLED, False)
    if called or st.session_state.get(_TRIED):
        return
    st.session_state[_TRIED] = True
    navigation(words)
    st.session_state.pop(_CALLED)
    st.rerun()


def offered(current: str, someone: Actor) -> Iterator[str]:
    """Yield the pages that somebody may open, and the current one."""
    for name in TITLES:
        if is_offered(name, current, someone):
            yield name


def is_offered(name: str, current: str, someone: Actor) -> bool:
    """Tell whether somebody may open a page, or is there."""
    return name not in NEEDS or name == current or may_enter(name, someone)


def may_enter(name: str, someone: Actor) -> bool:
    """Tell whether somebody may do what a page of `NEEDS` is for."""
    return may(someone, NEEDS[name], country=someone.country, partner=someone.partner)
