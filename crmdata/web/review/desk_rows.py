"""A batch that waits, row by row: some are sent back with a comment each, the others accepted."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from crmdata import clock
from crmdata.files import Subject
from crmdata.terms import Step
from crmdata.web.choices.chosen import Chosen
from crmdata.web.hand_in import batch_rows
from crmdata.web.kit import components
from crmdata.web.review import desk
from crmdata.web.shell import acts
from crmdata.web.shell.acts import ActPlace, Deed, Fields
from crmdata.workflow import review

_FEW = 20
"""Rows up to which each is a button of its own; more are found by writing."""


@dataclass(frozen=True)
class Marks:
    """The rows of a batch that wait, and what was marked of them: all others are accepted."""

    rows: pd.DataFrame
    back: tuple[int, ...]
    left_open: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.back or self.left_open)


def show(chosen: Chosen, batch: dict[Any, Any]) -> Marks:
    """Draw what marks rows that are sent back or left open, where there are several."""
    every = batch_rows.rows_of(batch)
    rows = every.loc[every["step"].eq(Step.SUBMITTED)]
    if batch["subject"] == Subject.MEETINGS or len(rows) < 2:
        return Marks(rows, (), ())
    words, number = chosen.words, int(batch["batch_id"])
    named = _names(chosen, rows)
    back = _choose(words("Send back only these rows"), f"back-rows-{number}", named)
    for row in back:
        st.text_area(
            words("What is to be mended on {row}", row=named[row]), key=_comment(number, row),
            height=80, max_chars=2000,
        )  # fmt: skip
    rest = {row: name for row, name in named.items() if row not in back}
    left_open = _choose(words("Leave these rows open"), f"open-rows-{number}", rest)
    return Marks(rows, back, left_open)


def _names(chosen: Chosen, rows: pd.DataFrame) -> dict[int, str]:
    """Name each row by its activity and period, and by its country where there are several."""
    words, countries = chosen.words, desk.country_names(chosen)
    several = "country" in rows and rows["country"].nunique() > 1
    return {
        int(row["row"]): ", ".join(filter(None, [
            row["activity"],
            words.period(row["semester"] if "semester" in row else row["semester_from"]),
            countries.get(row["country"], row["country"]) if several else "",
        ]))
        for row in rows.to_dict("records")
    }  # fmt: skip


def _choose(title: str, key: str, named: dict[int, str]) -> tuple[int, ...]:
    """Draw a choice of rows, and return those that are chosen."""
    if not named:
        return ()
    if len(named) <= _FEW:
        chosen = st.pills(
            title, list(named), selection_mode="multi", format_func=named.__getitem__, key=key
        )
    else:
        chosen = st.multiselect(
            title, list(named), format_func=named.__getitem__, key=key, placeholder=""
        )
    return tuple(row for row in named if row in chosen)


def _comment(number: int, row: int) -> str:
    return f"comment-{number}-{row}"


def _marked(number: int, marks: Marks) -> dict[str, dict[int, str]]:
    """Return the rows to accept, and those to send back with what their fields say now."""
    back = {row: str(st.session_state.get(_comment(number, row)) or "") for row in marks.back}
    decided = {*marks.back, *marks.left_open}
    accepted = {row: "" for row in map(int, marks.rows["row"]) if row not in decided}
    return {"accepted": accepted, "returned": back}


def show_deed(chosen: Chosen, batch: dict[Any, Any], place: ActPlace, marks: Marks) -> None:
    """Draw the button that accepts and sends back as it is marked, and what that will be."""
    words, number = chosen.words, int(batch["batch_id"])
    taken = len(marks.rows) - len(marks.back) - len(marks.left_open)
    done = [
        desk.subject(chosen, batch),
        words.plural("{n} row accepted", "{n} rows accepted", taken),
        words.plural("{n} row sent back", "{n} rows sent back", len(marks.back)),
        words.plural("{n} row left open", "{n} rows left open", len(marks.left_open)),
    ]
    then = words(
        "What is accepted counts from today, {day}. What is sent back does not count: its country "
        "reads the comment and hands those rows in anew.",
        day=words.date(clock.today()),
    )
    size = " · ".join(done)
    comments = tuple(_comment(number, row) for row in marks.back)
    question = words("Decide these rows of batch {batch}?", batch=number)
    receipt = words("Rows of batch {batch} were decided.", batch=number)
    components.paragraph(words("Marked: {size}", size=" · ".join(done[1:])))
    acts.show(
        words, place, desk.who,
        Deed(
            f"decide-{number}", words("Decide what is marked"),
            f"{question}\n{size}\n{then}", words("Yes, decide them"),
            f"{receipt}\n{size}\n{then}", review.decide, (number,),
            Fields(lambda: _marked(number, marks), comments),
        ),
    )  # fmt: skip
