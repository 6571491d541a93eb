"""A batch that waits, row by row: each is accepted, or sent back with a comment of its own."""

from typing import Any

import pandas as pd
import streamlit as st

from crmdata import clock
from crmdata.files import Subject
from crmdata.terms import Step
from crmdata.web.choices.chosen import Chosen
from crmdata.web.kit import components
from crmdata.web.review import desk, desk_differences
from crmdata.web.shell import acting
from crmdata.web.shell.acting import ActPlace, Deed, Fields
from crmdata.workflow import review

_OPEN, _ACCEPT, _BACK = "open", "accept", "back"


def show_switch(chosen: Chosen, batch: dict[Any, Any]) -> bool:
    """Draw the switch to a decision on each row, where there are several; tell whether it is on."""
    if batch["subject"] == Subject.MEETINGS or batch["counts"].get(Step.SUBMITTED, 0) < 2:
        return False
    return st.toggle(chosen.words("Decide row by row"), key=f"by-row-{batch['batch_id']}")


def show(chosen: Chosen, batch: dict[Any, Any], place: ActPlace) -> None:
    """Draw each row that waits with its choice, and the button that does what is marked."""
    words, number = chosen.words, int(batch["batch_id"])
    every = desk_differences.rows_of(batch)
    rows = every.loc[every["step"].eq(Step.SUBMITTED)]
    ids = rows["row"].tolist()
    with st.container(key=f"mark-{number}", horizontal=True):
        st.button(words("Mark every row as accepted"), key=f"mark-accept-{number}",
                  on_click=_mark, args=(number, ids, _ACCEPT))  # fmt: skip
        st.button(words("Mark every row as sent back"), key=f"mark-back-{number}",
                  on_click=_mark, args=(number, ids, _BACK))  # fmt: skip
        st.button(words("Leave every row open"), key=f"mark-open-{number}",
                  on_click=_mark, args=(number, ids, _OPEN))  # fmt: skip
    for n, row in enumerate(rows.to_dict("records")):
        with st.container(border=True, key=f"decided-{number}-{row['row']}"):
            _show_row(chosen, number, rows.iloc[[n]], row)
    _show_deed(chosen, batch, place, ids)


def _choice(number: int, row: int) -> str:
    return f"choice-{number}-{row}"


def _comment(number: int, row: int) -> str:
    return f"comment-{number}-{row}"


def _mark(number: int, rows: list[int], choice: str) -> None:
    for row in rows:
        st.session_state[_choice(number, row)] = choice


def _show_row(chosen: Chosen, number: int, said: pd.DataFrame, row: dict[Any, Any]) -> None:
    words = chosen.words
    period = row["semester"] if "semester" in row else row["semester_from"]
    about = {"activity": row["activity"], "semester": words.period(period)}
    caption = words("What is said on {activity}, {semester}", **about)
    components.rows(desk_differences.table(chosen, said), words=words, caption=caption)
    labels = {_OPEN: words("Leave open"), _ACCEPT: words("Accept"), _BACK: words("Send back")}
    key = _choice(number, row["row"])
    picked = st.radio(
        words("Decision on {activity}, {semester}", **about), list(labels), key=key,
        format_func=lambda choice: labels[choice], horizontal=True,
    )  # fmt: skip
    if picked == _BACK:
        st.text_area(
            words("What is to be mended on {activity}, {semester}", **about),
            key=_comment(number, row["row"]), height=80, max_chars=2000,
        )  # fmt: skip


def _marked(number: int, rows: list[int]) -> dict[str, dict[int, str]]:
    """Return what is chosen now: the rows to accept, and those to send back with their comments."""
    state = st.session_state
    choices = {row: state.get(_choice(number, row)) for row in rows}
    back = {row: str(state.get(_comment(number, row)) or "")
            for row, choice in choices.items() if choice == _BACK}  # fmt: skip
    accepted = {row: "" for row, choice in choices.items() if choice == _ACCEPT}
    return {"accepted": accepted, "returned": back}


def _show_deed(chosen: Chosen, batch: dict[Any, Any], place: ActPlace, rows: list[int]) -> None:
    words, number = chosen.words, int(batch["batch_id"])
    marked = _marked(number, rows)
    taken, back = len(marked["accepted"]), len(marked["returned"])
    left = len(rows) - taken - back
    done = [
        desk.about(chosen, batch),
        words.plural("{n} row accepted", "{n} rows accepted", taken),
        words.plural("{n} row sent back", "{n} rows sent back", back),
        words.plural("{n} row left open", "{n} rows left open", left),
    ]
    then = words(
        "What is accepted counts from today, {day}. What is sent back does not count: its country "
        "reads the comment and hands those rows in anew.",
        day=words.date(clock.today()),
    )
    size = " · ".join(done)
    comments = tuple(_comment(number, row) for row in marked["returned"])
    question = words("Decide these rows of batch {batch}?", batch=number)
    receipt = words("Rows of batch {batch} were decided.", batch=number)
    acting.show(
        words, place, desk.who,
        Deed(
            f"decide-{number}", words("Decide what is marked"),
            f"{question}\n{size}\n{then}", words("Yes, decide them"),
            f"{receipt}\n{size}\n{then}", review.decide, (number,),
            Fields(lambda: _marked(number, rows), comments),
        ),
    )  # fmt: skip
