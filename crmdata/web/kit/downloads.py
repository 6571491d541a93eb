"""A table to take along: as CSV for programs, as a workbook for people."""

import pandas as pd
import streamlit as st

from crmdata.files import BYTE_ORDER_MARK, DATA_KIND, XLSX_TYPE, shielded
from crmdata.i18n import Words
from crmdata.render.html import markup
from crmdata.terms import DataKind
from crmdata.web.choices.chosen import Chosen
from crmdata.web.shell import cutoff_words, provisional


def show(chosen: Chosen, key: str, title: str, table: pd.DataFrame) -> None:
    """Draw the two buttons; the file is written when asked for."""
    words = chosen.words
    table = table.map(lambda cell: cell.text if isinstance(cell, markup.Linked) else cell)
    with st.container(key=f"downloads-{key}", horizontal=True):
        show_csv(chosen, key, table)
        st.download_button(
            words("Download the table (XLSX)"),
            data=lambda: _workbook(chosen, title, table),
            file_name=f"{chosen.file_name(key)}.xlsx",
            mime=XLSX_TYPE,
            key=f"xlsx-{key}",
            on_click="ignore",
        )


def _workbook(chosen: Chosen, title: str, table: pd.DataFrame) -> bytes:
    """Return the workbook of a table; beneath it stands what was chosen."""
    from crmdata.exports import one_sheet  # noqa: PLC0415 - few readers take a workbook

    if chosen.provisional:
        title = f"{title} · {provisional.word(chosen)}"
    content = one_sheet.Sheet(
        title, provisional.said_of(table, chosen), chosen.cutoff, demo=chosen.demo,
        notes=cutoff_words.choices(chosen), snapshot=chosen.view.snapshot,
    )  # fmt: skip
    return one_sheet.workbook(content, chosen.words)


def show_csv(chosen: Chosen, key: str, table: pd.DataFrame) -> None:
    """Draw the button for the CSV file alone; it is written when asked for."""
    words = chosen.words
    st.download_button(
        words("Download the table (CSV)"),
        data=lambda: csv(provisional.said_of(table, chosen), words, chosen.kind),
        file_name=f"{chosen.file_name(key)}.csv",
        mime="text/csv",
        key=f"csv-{key}",
        on_click="ignore",
    )


def csv(table: pd.DataFrame, words: Words, kind: DataKind) -> bytes:
    """Return a table as a CSV file for a spreadsheet.

    Demonstration data are named as such in every row, so that no excerpt loses it. A text
    that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    safe = table.map(lambda value: shielded(value) if isinstance(value, str) else value)
    if kind == DataKind.DEMO:
        safe = safe.assign(**{DATA_KIND: words("Demonstration data")})
    return (BYTE_ORDER_MARK + safe.to_csv(index=False)).encode()
