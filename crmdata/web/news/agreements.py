"""What meetings agreed on, as a table, and the form in which the secretariat notes it."""

from dataclasses import fields
from typing import Any

import pandas as pd
import streamlit as st

from crmdata import measures
from crmdata.access import Action, may
from crmdata.content import names
from crmdata.content.names import Names
from crmdata.content.news import beside
from crmdata.errors import N_, Problem
from crmdata.i18n import Words
from crmdata.store import db, queries
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data import cache
from crmdata.web.kit import components
from crmdata.web.shell import acting
from crmdata.web.shell.acting import ActPlace
from crmdata.web.shell.actor import current_actor
from crmdata.workflow import agreements
from crmdata.workflow.agreements import Pins

_PINS = tuple(field.name for field in fields(Pins))

_DONE = "crmdata_agreement_done"
"""Holds the fields to empty when they are drawn next: this page's part that runs alone gives way
to a run of the whole page, which would forget what a callback had written into them."""

_NOTING, _WITHDRAWAL = ActPlace("agreement"), ActPlace("agreement-withdrawal")


def of_meeting(chosen: Chosen) -> pd.DataFrame:
    """Return the agreements of the cut-off's meeting; all noted so far where it is no meeting's."""
    rows = chosen.frame("agreements")
    meeting = measures.meeting_at(chosen.frame("meetings"), chosen.cutoff)
    return rows if meeting is None else rows.loc[rows["meeting"] == meeting["meeting"]]


def between(chosen: Chosen, first: Any) -> pd.DataFrame:
    """Return what was agreed on after a date and up to the cut-off, in the chosen part."""
    rows = chosen.frame("agreements")
    rows = rows.loc[[first < day <= chosen.cutoff for day in rows["agreed_on"]]]
    choices = chosen.choices
    line_of = chosen.frame("activities").set_index("activity")["line"]
    lines = rows["line"].where(rows["line"].notna(), rows["activity"].map(line_of))
    if choices.eje is not None:
        axis_of = chosen.frame("lines").set_index("line")["axis"]
        rows, lines = _kept(rows, lines, lines.map(axis_of) == choices.eje)
    if choices.linea is not None:
        rows, lines = _kept(rows, lines, lines == choices.linea)
    if choices.pais is not None:
        rows = rows.loc[rows["country"].isna() | (rows["country"] == choices.pais)]
    return rows


def _kept(
    rows: pd.DataFrame, lines: "pd.Series[Any]", mine: "pd.Series[Any]"
) -> tuple[pd.DataFrame, "pd.Series[Any]"]:
    return rows.loc[mine], lines.loc[mine]


def show(chosen: Chosen, rows: pd.DataFrame, nothing: str) -> None:
    """Draw agreements as a table with its downloads, or say that there are none."""
    if rows.empty:
        components.paragraph(nothing)
        return
    title = chosen.words("Agreements")
    components.open_table(chosen, "acuerdos", title, table(chosen, rows))


def table(chosen: Chosen, rows: pd.DataFrame) -> pd.DataFrame:
    """Return an agreement a row, in words."""
    words = chosen.words
    countries = names.of_countries(chosen.frame("countries"), words)
    return pd.DataFrame([
        {
            words("No."): words.number(row["number"]),
            words("Agreed on"): words.date(row["agreed_on"], "medium"),
            words("About"): beside.about(words, row, countries),
            words("Agreement"): row["text"],
            words("State"): beside.standing(words, row),
        }
        for row in rows.to_dict("records")
    ])  # fmt: skip


def show_form(chosen: Chosen) -> None:
    """Draw the form for a new agreement, for whom the rules allow to note one."""
    words = chosen.words
    if chosen.view.snapshot or not may(current_actor(), Action.NOTE_AGREEMENT):
        return
    for name in st.session_state.pop(_DONE, ()):
        st.session_state[f"agreement-{name}"] = ""
    with st.form("agreement", clear_on_submit=False):
        st.text_area(
            words("Agreement"),
            key="agreement-text",
            max_chars=agreements.LONGEST,
            placeholder=words("What was agreed on, as it is to be read aloud"),
        )
        with st.container(horizontal=True):
            _show_pins(chosen)
        st.form_submit_button(words("Note the agreement"), on_click=_note, args=(chosen,))
    acting.show_outcome(_NOTING)


def show_withdrawal(chosen: Chosen) -> None:
    """Draw the form that withdraws an agreement shown here, for whom the rules allow it."""
    words = chosen.words
    if chosen.view.snapshot or not may(current_actor(), Action.WITHDRAW_AGREEMENT):
        return
    rows = of_meeting(chosen)
    standing = rows.loc[rows["withdrawn_on"].isna()]
    said = {row["agreement"]: f"{row['number']}. {row['text']}"
            for row in standing.to_dict("records")}  # fmt: skip
    if said:
        fold = st.expander(words("Withdraw an agreement"), key="agreement-withdraw")
        with fold, st.form("agreement-withdrawal", clear_on_submit=False):
            # Of several none is proposed: the one to withdraw is chosen.
            st.selectbox(words("Agreement"), list(said), index=0 if len(said) == 1 else None,
                         format_func=said.__getitem__, key="agreement-number",
                         filter_mode="contains", placeholder=words("Choose"))  # fmt: skip
            st.text_input(words("Reason"), key="agreement-reason", max_chars=agreements.LONGEST)
            components.paragraph(
                words("It stays to be read, marked as withdrawn, with the day and the reason. "
                      "This can't be undone; the same may be noted anew."),
                "crm-note",
            )  # fmt: skip
            st.form_submit_button(words("Withdraw it"), on_click=_withdraw, args=(words, said))
    acting.show_outcome(_WITHDRAWAL)


def _withdraw(words: Words, said: dict[int, str]) -> None:
    number: int | None = st.session_state["agreement-number"]
    if number is None:
        chosen_none = Problem("no_agreement", N_("No agreement is chosen."),
                              N_("Choose the one to withdraw."))  # fmt: skip
        acting.refuse(words, _WITHDRAWAL, chosen_none)
        return
    done = "\n".join((words("The agreement is withdrawn."), said[number]))
    reason = st.session_state["agreement-reason"]
    if acting.act(words, _WITHDRAWAL, lambda _: done, agreements.withdraw, current_actor(),
                  number, reason=reason):  # fmt: skip
        st.session_state[_DONE] = ("reason",)


def _show_pins(chosen: Chosen) -> None:
    words = chosen.words
    _one(words("Line"), "line", names.of_lines(chosen.frame("lines"), words))
    _one(words("Activity"), "activity", names.of_activities(chosen.frame("activities"), words))
    _one(words("Country"), "country", names.of_countries(chosen.frame("countries"), words))


def _one(title: str, key: str, named: Names) -> None:
    st.selectbox(
        title,
        ["", *named],
        format_func=lambda code: "—" if code == "" else named[code].full,
        key=f"agreement-{key}",
        filter_mode="contains",
    )


def _note(chosen: Chosen) -> None:
    words, text = chosen.words, st.session_state["agreement-text"]
    meeting = measures.meeting_at(chosen.frame("meetings"), chosen.cutoff)
    pins = Pins(**{name: st.session_state[f"agreement-{name}"] or "" for name in _PINS})
    if acting.act(
        words, _NOTING, lambda row: f"{_noted(words, row)}\n{text}", agreements.note,
        current_actor(), text, pins, meeting=str(meeting["meeting"]) if meeting else "",
    ):  # fmt: skip
        st.session_state[_DONE] = ("text", *_PINS)


def _noted(words: Words, row: int) -> str:
    with db.reading(cache.engine()) as session:
        rows = queries.agreements(session)
    number = int(rows.loc[rows["agreement"] == row, "number"].iloc[0])
    return words("Agreement {n} is noted.", n=words.number(number))
