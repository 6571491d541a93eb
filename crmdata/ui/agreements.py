"""What meetings agreed on, as a table, and the form in which the secretariat notes it."""

from typing import Any

import pandas as pd
import streamlit as st

from crmdata import agreements, measures
from crmdata.access import Action, may
from crmdata.agreements import Pins
from crmdata.errors import CrmdataError
from crmdata.figures import names
from crmdata.figures.names import Names
from crmdata.figures.wording import given
from crmdata.i18n import Words
from crmdata.ui import cache, components
from crmdata.ui.actor import current_actor
from crmdata.ui.chosen import Chosen

_DONE, _WITHDRAWN = "crmdata_agreement_noted", "crmdata_agreement_withdrawn"


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
            words("Number"): words.number(row["agreement"]),
            words("Agreed on"): words.date(row["agreed_on"], "medium"),
            words("About"): about(words, row, countries),
            words("Agreement"): row["text"],
            words("State"): _standing(words, row),
        }
        for row in rows.to_dict("records")
    ])  # fmt: skip


def about(words: Words, row: dict[Any, Any], countries: Names) -> str:
    """Return the line, activity and country that an agreement is pinned to."""
    line = words("Line {line}", line=row["line"]) if given(row["line"]) else ""
    country = countries[row["country"]].full if given(row["country"]) else ""
    return " · ".join(filter(None, (line, given(row["activity"]), country)))


def _standing(words: Words, row: dict[Any, Any]) -> str:
    if row["withdrawn_on"] is None:
        return words("Stands")
    day = words.date(row["withdrawn_on"], "medium")
    return words("Withdrawn on {day}: {reason}", day=day, reason=row["withdrawn_reason"])


def show_form(chosen: Chosen) -> None:
    """Draw the form for a new agreement, for whom the rules allow to note one."""
    words = chosen.words
    if chosen.source.snapshot or not may(current_actor(), Action.NOTE_AGREEMENT):
        return
    if number := st.session_state.pop(_DONE, None):
        components.notice(words("Agreement {n} is noted.", n=words.number(number)))
    with st.form("agreement", clear_on_submit=False):
        text = st.text_area(
            words("Agreement"),
            key="agreement-text",
            max_chars=agreements.LONGEST,
            placeholder=words("What was agreed on, as it is to be read aloud"),
        )
        with st.container(horizontal=True):
            pins = _pins(chosen)
        if st.form_submit_button(words("Note the agreement")):
            _note(chosen, text, pins)


def show_withdrawal(chosen: Chosen) -> None:
    """Draw the form that withdraws an agreement shown here, for whom the rules allow it."""
    words = chosen.words
    if chosen.source.snapshot or not may(current_actor(), Action.WITHDRAW_AGREEMENT):
        return
    if number := st.session_state.pop(_WITHDRAWN, None):
        components.notice(words("Agreement {n} is withdrawn.", n=words.number(number)))
    rows = of_meeting(chosen)
    standing = rows.loc[rows["withdrawn_on"].isna()]
    if standing.empty:
        return
    said = {row["agreement"]: f"{row['agreement']}. {row['text']}"
            for row in standing.to_dict("records")}  # fmt: skip
    fold = st.expander(words("Withdraw an agreement"), key="agreement-withdraw")
    with fold, st.form("agreement-withdrawal", clear_on_submit=False):
        number = st.selectbox(words("Agreement"), list(said), format_func=said.__getitem__,
                              key="agreement-number", filter_mode="contains")  # fmt: skip
        reason = st.text_input(words("Reason"), key="agreement-reason",
                               max_chars=agreements.LONGEST)  # fmt: skip
        if st.form_submit_button(words("Withdraw it")):
            _withdraw(chosen, int(number), reason)


def _withdraw(chosen: Chosen, number: int, reason: str) -> None:
    try:
        agreements.withdraw(cache.engine(), current_actor(), number, reason=reason)
    except CrmdataError as error:
        components.notice(error.text(chosen.words))
        return
    st.session_state[_WITHDRAWN] = number
    for key in ("number", "reason"):
        st.session_state.pop(f"agreement-{key}", None)
    st.rerun()


def _pins(chosen: Chosen) -> Pins:
    words = chosen.words
    return Pins(
        line=_one(words("Line"), "line", names.of_lines(chosen.frame("lines"), words)),
        activity=_one(
            words("Activity"), "activity", names.of_activities(chosen.frame("activities"), words)
        ),
        country=_one(
            words("Country"), "country", names.of_countries(chosen.frame("countries"), words)
        ),
    )


def _one(title: str, key: str, named: Names) -> str:
    picked = st.selectbox(
        title,
        ["", *named],
        format_func=lambda code: "—" if code == "" else named[code].full,
        key=f"agreement-{key}",
        filter_mode="contains",
    )
    return str(picked or "")


def _note(chosen: Chosen, text: str, pins: Pins) -> None:
    meeting = measures.meeting_at(chosen.frame("meetings"), chosen.cutoff)
    try:
        number = agreements.note(
            cache.engine(), current_actor(), text, pins,
            meeting=str(meeting["meeting"]) if meeting else "",
        )  # fmt: skip
    except CrmdataError as error:
        components.notice(error.text(chosen.words))
        return
    st.session_state[_DONE] = number
    for key in ("text", "line", "activity", "country"):
        st.session_state.pop(f"agreement-{key}", None)
    st.rerun()
