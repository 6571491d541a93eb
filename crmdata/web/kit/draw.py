"""Draws HTML on a page: never Markdown, which would fetch images of what data say."""

import streamlit as st


class _Written(str):
    """HTML as it stands. Streamlit takes a plain text apart first, and looks for a file of it."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


def html(text: str, *, scripts: bool = False) -> None:
    """Draw HTML made by `crmdata.render.html`; with `scripts` of our own, run them."""
    st.html(_Written(text), unsafe_allow_javascript=scripts)
