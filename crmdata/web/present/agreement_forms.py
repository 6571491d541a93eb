"""The forms in which the secretariat notes what is agreed on, and says what became of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from crmdata import measures
from crmdata.access import Action, may
from crmdata.content import names
from crmdata.content.names import Names
from crmdata.content.records import records
from crmdata.errors import N_, Problem
from crmdata.i18n import Words
from crmdata.intake.reports.days import day_or_problem
from crmdata.store import db, queries
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data import cache
from crmdata.web.kit import components
from crmdata.web.shell import acts
from crmdata.web.shell.actor import current_actor
from crmdata.web.shell.acts import ActPlace
from crmdata.workflow import agreements
from crmdata.workflow.agreements import Pins

_PINS = tuple(field.name for field in fields(Pins))

_DONE = "crmdata_agreement_done"
"""Holds the fields to empty when they are drawn next: this page's part that runs alone gives way
to a run of the whole page, which would forget what a callback had written into them."""

_PROPOSED = "crmdata_agreement_proposed"
"""Holds what the next agreement is about, as an address says it, until the form is drawn."""

_NOTING = ActPlace("agreement")


def propose(about: Mapping[str, str]) -> None:
    """Fill in what the next agreement is about: the slide on the wall has a line or a country."""
    st.session_state[_PROPOSED] = dict(about)


def show_noting(chosen: Chosen) -> None:
    """Draw the form for a new agreement, for whom the rules allow to note one."""
    words = chosen.words
    if chosen.view.snapshot or not may(current_actor(), Action.NOTE_AGREEMENT):
        return
    for name in st.session_state.pop(_DONE, ()):
        st.session_state[f"agreement-{name}"] = ""
    _fill_in_proposed(chosen)
    with st.form("agreement", clear_on_submit=False):
        st.text_area(
            words("Agreement"),
            key="agreement-text",
            max_chars=agreements.LONGEST,
            placeholder=words("What was agreed on, as it is to be read aloud"),
        )
        with st.container(key="agreement-about", horizontal=True):
            _show_pins(chosen)
        with st.container(key="agreement-duty", horizontal=True):
            _one(words("Who answers for it"), "responsible", _parties(chosen))
            _show_day(words, words("By when"), "due")
        st.form_submit_button(words("Note the agreement"), on_click=_note, args=(chosen,))
    # Only now: a run that gave way to another one before it came here has filled in nothing.
    st.session_state.pop(_PROPOSED, None)
    acts.show_outcome(_NOTING)


def _fill_in_proposed(chosen: Chosen) -> None:
    about = st.session_state.get(_PROPOSED)
    if about is None:
        return
    known = {"line": ("linea", chosen.frame("lines")["line"]),
             "country": ("pais", chosen.frame("countries")["country"])}  # fmt: skip
    for name, (choice, codes) in known.items():
        code = about.get(choice, "")
        st.session_state[f"agreement-{name}"] = code if code in set(codes) else ""


def _show_pins(chosen: Chosen) -> None:
    words = chosen.words
    _one(words("Line"), "line", names.of_lines(chosen.frame("lines"), words))
    _one(words("Activity"), "activity", names.of_activities(chosen.frame("activities"), words))
    _one(words("Country"), "country", names.of_countries(chosen.frame("countries"), words))


def _parties(chosen: Chosen) -> Names:
    """Name who may answer for an agreement: the countries, the region, the partners."""
    words, region = chosen.words, chosen.view.region
    return {
        **names.of_countries(chosen.frame("countries"), words),
        **(names.of_party(region, words) if region.code else {}),
        **names.of_partners(chosen.frame("partners"), words),
    }


def _one(title: str, key: str, named: Names) -> None:
    st.selectbox(
        title,
        ["", *named],
        format_func=lambda code: "—" if code == "" else named[code].full,
        key=f"agreement-{key}",
        filter_mode="contains",
    )


def _show_day(words: Words, title: str, key: str) -> None:
    st.text_input(title, key=f"agreement-{key}", max_chars=10,
                  placeholder=words("year-month-day"))  # fmt: skip


def _day(key: str) -> date | Problem | None:
    """Return the day that was written into a field, None for none, or why it is no day."""
    written = str(st.session_state.get(f"agreement-{key}") or "").strip()
    return day_or_problem(written) if written else None


def _note(chosen: Chosen) -> None:
    words, text = chosen.words, st.session_state["agreement-text"]
    due = _day("due")
    if isinstance(due, Problem):
        acts.refuse(words, _NOTING, due)
        return
    meeting = measures.meeting_at(chosen.frame("meetings"), chosen.cutoff)
    pins = Pins(**{name: st.session_state[f"agreement-{name}"] or "" for name in _PINS})
    if acts.act(
        words, _NOTING, lambda row: f"{_noted(words, row)}\n{text}", agreements.note,
        current_actor(), text, pins,
        responsible=st.session_state["agreement-responsible"] or "", due_on=due,
        meeting=str(meeting["meeting"]) if meeting else "",
    ):  # fmt: skip
        st.session_state[_DONE] = ("text", *_PINS, "responsible", "due")


def _noted(words: Words, row: int) -> str:
    with db.reading(cache.engine()) as session:
        rows = queries.agreements(session)
    number = int(rows.loc[rows["agreement"] == row, "number"].iloc[0])
    return words("Agreement {n} is noted.", n=words.number(number))


# What becomes of one


@dataclass(frozen=True)
class _Ending:
    """A step that an agreement may take: who may, the form's words, and what it does.

    `text` is the word by which `do` takes what is written; `day` asks for a day as well.
    """

    name: str
    action: Action
    title: str
    asks: str
    warns: str
    button: str
    receipt: str
    do: Callable[..., None]
    text: str
    day: bool = False


_COMPLETION = _Ending(
    "done", Action.COMPLETE_AGREEMENT,
    N_("Mark an agreement as done"), N_("How it was done, in a word"),
    N_("It is shown as done from that day; it can be opened again."),
    N_("Mark it as done"), N_("The agreement is marked as done."),
    agreements.complete, "how", day=True,
)  # fmt: skip
_REOPENING = _Ending(
    "reopening", Action.REOPEN_AGREEMENT,
    N_("Open an agreement again"), N_("Why it is not done"),
    N_("It is shown as open again, as if it had never been done; the audit trail keeps both."),
    N_("Open it again"), N_("The agreement is open again."),
    agreements.reopen, "reason",
)  # fmt: skip
_WITHDRAWAL = _Ending(
    "withdrawal", Action.WITHDRAW_AGREEMENT,
    N_("Withdraw an agreement"), N_("Why it is withdrawn"),
    N_("It stays to be read, marked as withdrawn, with the day and the reason. "
       "This can't be undone; the same may be noted anew."),
    N_("Withdraw it"), N_("The agreement is withdrawn."),
    agreements.withdraw, "reason",
)  # fmt: skip


def show_endings(chosen: Chosen) -> None:
    """Draw what may become of agreements of any meeting, for whom the rules allow it."""
    rows = chosen.frame("agreements")
    standing = rows.loc[rows["withdrawn_on"].isna()]
    done = standing["done_on"].notna()
    _show_ending(chosen, _COMPLETION, standing.loc[~done])
    _show_ending(chosen, _REOPENING, standing.loc[done])
    _show_ending(chosen, _WITHDRAWAL, standing)


def _show_ending(chosen: Chosen, ending: _Ending, rows: pd.DataFrame) -> None:
    """Draw the form of one step under its title, where there is an agreement to take it."""
    words, key = chosen.words, f"agreement-{ending.name}"
    if chosen.view.snapshot or not may(current_actor(), ending.action):
        return
    said = {row.agreement: f"{row.number}. {row.text}" for row in records(rows)}
    if said:
        fold = st.expander(words(ending.title), key=f"{key}-fold")
        with fold, st.form(key, clear_on_submit=False):
            # Of several none is proposed: the one that it is about is chosen.
            st.selectbox(words("Agreement"), list(said), index=0 if len(said) == 1 else None,
                         format_func=said.__getitem__, key=f"{key}-number",
                         filter_mode="contains", placeholder=words("Choose"))  # fmt: skip
            st.text_input(words(ending.asks), key=f"{key}-text", max_chars=agreements.LONGEST)
            if ending.day:
                _show_day(words, words("On what day; today if it stays empty"),
                          f"{ending.name}-day")  # fmt: skip
            components.paragraph(words(ending.warns), "crm-note")
            st.form_submit_button(words(ending.button), on_click=_end, args=(words, ending, said))
    acts.show_outcome(ActPlace(key))


def _end(words: Words, ending: _Ending, said: dict[int, str]) -> None:
    key, place = f"agreement-{ending.name}", ActPlace(f"agreement-{ending.name}")
    number: int | None = st.session_state[f"{key}-number"]
    if number is None:
        acts.refuse(words, place, Problem("no_agreement", N_("No agreement is chosen."),
                                          N_("Choose the one that it is about.")))  # fmt: skip
        return
    day = _day(f"{ending.name}-day") if ending.day else None
    if isinstance(day, Problem):
        acts.refuse(words, place, day)
        return
    receipt = "\n".join((words(ending.receipt), said[number]))
    how: dict[str, Any] = {ending.text: st.session_state[f"{key}-text"]}
    if ending.day:
        how["done_on"] = day
    if acts.act(words, place, lambda _: receipt, ending.do, current_actor(), number, **how):
        emptied: Iterable[str] = ("text", "day") if ending.day else ("text",)
        st.session_state[_DONE] = tuple(f"{ending.name}-{name}" for name in emptied)
