"""A table to take along: as CSV for programs, as a workbook for people."""

import pandas as pd
import streamlit as st

from crmdata.exports import sheet
from crmdata.exports.sheet import Sheet
from crmdata.ui import components, provisional
from crmdata.ui.chosen import Chosen

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(chosen: Chosen, key: str, title: str, table: pd.DataFrame) -> None:
    """Draw the two buttons; the file is written when asked for."""
    words = chosen.words
    if chosen.provisional:
        title = f"{title} · {provisional.word(chosen)}"
    made = Sheet(title, provisional.said_of(table, chosen), chosen.cutoff, demo=chosen.demo)
    with st.container(key=f"downloads-{key}", horizontal=True):
        components.download(chosen, key, table)
        st.download_button(
            words("Download the table (XLSX)"),
            data=lambda: sheet.workbook(made, words),
            file_name=f"{chosen.file_name(key)}.xlsx",
            mime=_XLSX,
            key=f"xlsx-{key}",
            on_click="ignore",
        )


def open_table(chosen: Chosen, key: str, title: str, table: pd.DataFrame) -> None:
    """Draw a frame whose headers and cells are words already, and its two downloads."""
    components.rows(table, words=chosen.words, caption=title)
    show(chosen, key, title, table)


def folded_table(chosen: Chosen, key: str, title: str, table: pd.DataFrame) -> None:
    """Draw a table folded, with its two downloads."""
    with st.expander(chosen.words("Table: {title}", title=title), key=f"table-{key}"):
        open_table(chosen, key, title, table)
