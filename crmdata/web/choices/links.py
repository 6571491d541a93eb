"""Links inside a page: addresses with what else was chosen, followed without loading anew."""

import json
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from crmdata.web.choices import address
from crmdata.web.kit import markup

_FOLLOW = (Path(__file__).parent / "follow_links.js").read_text("utf-8")


def href(page: str = "", /, **changes: str | None) -> str:
    """Return the address of what is shown, with changes; None lets go of a choice.

    `page` names another page; the choices go along to it.
    """
    params = dict(here())
    params |= {name: value or "" for name, value in changes.items()}
    return f"{page}?{urlencode({name: value for name, value in params.items() if value})}"


def here() -> tuple[tuple[str, str], ...]:
    """Return what stands in the address of what is shown, which every link carries along."""
    return tuple((name, text) for name, text in st.query_params.items() if name in address.NAMES)


def link(text: str, target: str, **attributes: str) -> str:
    """Return a link with `text` as it stands, as HTML."""
    return markup.element("a", text, css=markup.LINK, href=target, **attributes)


def outward(address: str) -> str:
    """Return evidence as HTML: a link out where it is an address of the web, else its text."""
    if not address.startswith(("https://", "http://")):
        return markup.element("span", address)
    return markup.element("a", address, href=address, target="_blank", rel="noopener noreferrer")


def follow(target: str) -> None:
    """Take the reader to an address, as a click on a link would; the page must `stay`.

    Streamlit's own switch of pages leaves an address between the two in the history.
    """
    with st.container(key="follow"):
        written = json.dumps(target).replace("<", "\\u003c")
        markup.show(f"<script>window.crmFollow({written})</script>", scripts=True)


def stay() -> None:
    """Make the links of this page change the address without loading the app anew."""
    with st.container(key="links"):
        markup.show(f"<script>{_FOLLOW}</script>", scripts=True)
