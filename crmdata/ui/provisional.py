"""The switch that lets submitted reports count before they are accepted, and the mark it leaves."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from crmdata import review
from crmdata.errors import N_
from crmdata.ui import choices, markup
from crmdata.ui.address import PROVISIONAL
from crmdata.ui.chosen import Chosen

NOT_ALLOWED = N_(
    "Reports that are not accepted yet are shown to the secretariat, and to the country or "
    "partner they are from. What was accepted is shown."
)


def word(chosen: Chosen) -> str:
    """Return the mark itself."""
    return chosen.words("Provisional")


def show(chosen: Chosen) -> None:
    """Draw the switch for who may use it, and the sentence that names what it lets in."""
    words, key = chosen.words, "choose-provisional"
    if review.provisional_for(chosen.actor) is None:
        return
    st.session_state[key] = chosen.provisional

    def write() -> None:
        choices.choose(provisional=PROVISIONAL if st.session_state[key] else None)

    st.toggle(words("Show submitted reports too (provisional)"), key=key, on_change=write)
    if not chosen.provisional:
        return
    counted = int(chosen.frame("reports")["provisional"].sum())
    told = words.plural(
        "Provisional: {n} report in force here was submitted and not accepted yet.",
        "Provisional: {n} reports in force here were submitted and not accepted yet.",
        counted,
    )
    markup.show(markup.element("p", told, css="crm-notice crm-provisional", role="status"))


def marked(figure: go.Figure, chosen: Chosen) -> go.Figure:
    """Return a copy of a figure that says it is provisional; the shared one stays as it is."""
    copy = go.Figure(figure)
    copy.add_annotation(
        text=f"<b>{word(chosen)}</b>", xref="paper", yref="paper", x=1, y=1, xanchor="right",
        yanchor="bottom", showarrow=False, bgcolor="#ffe08a", bordercolor="#6b4e00",
        borderpad=3, font={"color": "#3d2c00"},
    )  # fmt: skip
    return copy


def said_of(table: pd.DataFrame, chosen: Chosen) -> pd.DataFrame:
    """Return a table to take along, every row of it marked where it is provisional."""
    if not chosen.provisional:
        return table
    return table.assign(**{word(chosen): word(chosen)})
