"""The switch that lets submitted reports count before they are accepted, and the mark it leaves."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from crmdata.errors import N_
from crmdata.render.html import markup
from crmdata.store import db, queries
from crmdata.store.queries import Provisional
from crmdata.web.choices import choices
from crmdata.web.choices.address import PROVISIONAL
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data import cache
from crmdata.web.kit import draw
from crmdata.workflow import review

NOT_ALLOWED = N_(
    "Reports that are not accepted yet are shown to the secretariat, and to the country or "
    "partner they are from. What was accepted is shown."
)


ROOM = 28
"""Px of the row of the mark over a figure."""


def word(chosen: Chosen) -> str:
    """Return the mark itself."""
    return chosen.words("Provisional")


def show(chosen: Chosen) -> None:
    """Draw the switch for who may use it, and the sentence that says what waits or is let in."""
    words, key = chosen.words, "choose-provisional"
    if chosen.view.snapshot or review.provisional_for(chosen.actor) is None:
        return
    st.session_state[key] = chosen.provisional

    def write() -> None:
        choices.choose(provisional=PROVISIONAL if st.session_state[key] else None)

    st.toggle(words("Show submitted reports too (provisional)"), key=key, on_change=write)
    if not chosen.provisional:
        if sentence := waiting(chosen):
            draw.html(markup.element("p", sentence, css="crm-note crm-waiting"))
        return
    count = int(chosen.frame("reports")["provisional"].sum())
    sentence = words.plural(
        "Provisional: {n} report in force here was submitted and not accepted yet.",
        "Provisional: {n} reports in force here were submitted and not accepted yet.",
        count,
    )
    draw.html(markup.element("p", sentence, css="crm-notice crm-provisional", role="status"))


def waiting(chosen: Chosen, country: str = "") -> str:
    """Say how much of what was sent waits for the secretariat, to who may know; else nothing.

    Of a country alone where one is named.
    """
    whose = review.provisional_for(chosen.actor)
    if whose is None:
        return ""
    if country and not whose.partner:
        whose = Provisional(country)
    latest = cache.view(lambda _: None).data_version

    def counted() -> tuple[int, int]:
        with db.reading(cache.engine()) as session:
            return queries.rows_waiting(session, whose)

    reports, lines = chosen.memo.get(("waiting", latest, whose), counted)
    words = chosen.words
    return " ".join([
        *([words.plural(
            "{n} report that was sent waits for the secretariat; it counts once it is accepted.",
            "{n} reports that were sent wait for the secretariat; they count once accepted.",
            reports,
        )] if reports else []),
        *([words.plural(
            "{n} line of cooperation that was sent waits for the secretariat.",
            "{n} lines of cooperation that were sent wait for the secretariat.",
            lines,
        )] if lines else []),
    ])  # fmt: skip


def marked(figure: go.Figure, chosen: Chosen) -> go.Figure:
    """Return a copy of a figure that says it is provisional; the shared one stays as it is.

    The mark has a row of its own above legend and plot; a figure without a legend, such as the
    rows of the calendar under their header, bears it within.
    """
    copy = go.Figure(figure)
    top = copy.layout.margin.t
    if top:
        _make_room(copy)
    copy.add_annotation(
        text=f"<b>{word(chosen)}</b>", xref="paper", yref="paper", x=1, y=1, xanchor="right",
        yanchor="top", yshift=top + ROOM - 4 if top else -4, showarrow=False, bgcolor="#ffe08a",
        bordercolor="#6b4e00", borderpad=3, font={"color": "#3d2c00"},
    )  # fmt: skip
    return copy


def _make_room(figure: go.Figure) -> None:
    """Move all of a figure down by the row of the mark."""
    layout = figure.layout
    before = layout.height
    layout.height, layout.margin.t = before + ROOM, layout.margin.t + ROOM
    for key in {trace.legend or "legend" for trace in figure.data if trace.showlegend}:
        # From the top of the figure, of which it is a share.
        layout[key].y = 1 - ((1 - layout[key].y) * before + ROOM) / layout.height


def said_of(table: pd.DataFrame, chosen: Chosen) -> pd.DataFrame:
    """Return a table to take along, every row of it marked where it is provisional."""
    if not chosen.provisional:
        return table
    return table.assign(**{word(chosen): word(chosen)})
