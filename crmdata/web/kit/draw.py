"""Draws HTML on a page: never Markdown, which would fetch images of what data say."""

import streamlit as st


class _Written(str):
    """HTML as it stands. Streamlit takes a plain text apart first, and looks for a file of it."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


def html(text: str) -> None:
    """Draw HTML made by `crmdata.render.html`."""
    st.html(_Written(text))
