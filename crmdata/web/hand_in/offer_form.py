"""One line of cooperation filled in by hand: what a partner offers for an activity."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from crmdata.content import names, wording
from crmdata.content.cooperation import gaps
from crmdata.content.names import Names
from crmdata.content.wording import text_of
from crmdata.fields import COOPERATION
from crmdata.files import SEPARATOR
from crmdata.labels import label
from crmdata.store import db
from crmdata.terms import CooperationState, Modality, Step, periods
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data import cache
from crmdata.web.hand_in import handing_in
from crmdata.web.shell.actor import current_actor
from crmdata.workflow import review

_FORM = "offer-"
_HEADINGS = {field.code: field.heading or field.name for field in COOPERATION}
_COUNTRIES = _HEADINGS["countries"]
_EVIDENCE = next(field for field in COOPERATION if field.code == "evidence")
_TEXTS = ("text", "evidence")
_ONE_OF = ("activity", "semester_from", "semester_to", "modality")
_REQUEST, _RETURNED = "offer-request", "offer-returned"


def show(chosen: Chosen, partner: str) -> None:
    """Draw the form of one offer; its partner is the account's and no field of it.

    An address that names an activity has chosen it here, with what is asked for of it; so does a
    request that is taken up, and an offer that was sent back.
    """
    words = chosen.words
    activities = names.of_activities(chosen.frame("activities"), words)
    countries = names.of_countries(chosen.frame("countries"), words)
    everybody = names.of_party(chosen.view.region, words) | countries
    asked = _requests(chosen, activities)
    if handing_in.preselect(chosen, _key("activity")):
        _take_up_the_only_one(asked, str(chosen.choices.actividad))
    _show_filling(chosen, _REQUEST, words("Take up a request that no partner has"), asked)
    _show_filling(chosen, _RETURNED, words("Correct an offer that was sent back"),
                  _returned(activities))  # fmt: skip
    with st.form(_FORM, border=True):
        _choice(chosen, "activity", list(activities), lambda code: activities[code].full)
        st.multiselect(
            words(_COUNTRIES), list(everybody), key=_key("countries"),
            format_func=lambda code: everybody[code].text, placeholder=words("Choose"),
        )  # fmt: skip
        with st.container(key="offer-form", horizontal=True, vertical_alignment="bottom"):
            years = chosen.plan.years
            every = [period.code for period in periods(years[0], years[-1])]
            for name in ("semester_from", "semester_to"):
                _choice(chosen, name, every, words.period)
            _choice(chosen, "modality", [*map(str, Modality)], lambda code: label(words, code))
        st.text_area(words("What is offered"), key=_key("text"), max_chars=10_000)
        st.text_area(words(_EVIDENCE.prompt), key=_key("evidence"), height=80, max_chars=5000)
        st.form_submit_button(words("Hand in this offer"), on_click=_send, args=(chosen, partner))
    handing_in.show_receipt(words, handing_in.OFFER)


Lines = Mapping[int, dict[Any, Any]]
"""Lines of cooperation by their numbers."""


def _requests(chosen: Chosen, activities: Names) -> Lines:
    """Return what is asked of anybody today, what stands for the activity of the address first."""
    rows = chosen.frame("cooperation")
    asked = rows["partner"].isna() & rows["state"].eq(CooperationState.SOLICITADA)
    found = rows.loc[asked & rows["activity"].isin(list(activities))]
    led = found["activity"].eq(chosen.choices.actividad or "")
    return _numbered(pd.concat([found.loc[led], found.loc[~led]]))


def _returned(activities: Names) -> Lines:
    """Return what was sent back of the partner's lines, and of which it has said nothing since."""
    with db.reading(cache.engine()) as session:
        lines = review.lines_of(session, current_actor())
    back = lines["step"].eq(Step.SENT_BACK) & ~lines["answered"].astype(bool)
    own = lines.loc[back & lines["activity"].isin(list(activities))]
    return _numbered(own.assign(text=own["what"]))


def _numbered(rows: pd.DataFrame) -> Lines:
    return {int(row["cooperation_id"]): row for row in rows.to_dict("records")}


def _show_filling(chosen: Chosen, key: str, title: str, lines: Lines) -> None:
    """Draw the choice of a line whose words the form is then filled with, where there is any."""
    if not lines:
        return
    words = chosen.words
    activities = names.of_activities(chosen.frame("activities"), words)

    def called(number: int) -> str:
        row = lines[number]
        countries = names.of_countries(chosen.frame("countries"), words)
        who = wording.joined(words, gaps.whom(chosen.view, words, row["countries"], countries))
        return f"{activities[row['activity']].called} · {who} · {text_of(row['text'])}"

    st.selectbox(
        title, list(lines), index=None, key=key, placeholder=words("Choose"),
        format_func=called, filter_mode="contains", on_change=_fill, args=(key, lines),
    )  # fmt: skip


def _fill(key: str, lines: Lines) -> None:
    number = st.session_state.get(key)
    if number is not None:
        _fill_from(lines[number], with_texts=key == _RETURNED)


def _fill_from(line: dict[Any, Any], *, with_texts: bool) -> None:
    """Fill the form with a line; of a request the words are the country's, not the partner's."""
    state = st.session_state
    for name in _ONE_OF:
        state[_key(name)] = line[name]
    state[_key("countries")] = line["countries"].split(SEPARATOR)
    if with_texts:
        state[_key("text")] = text_of(line["text"])
        state[_key("evidence")] = text_of(line["evidence"]).replace(SEPARATOR, "\n")


def _take_up_the_only_one(lines: Lines, activity: str) -> None:
    """Fill the form with what is asked for of an activity, where only one request is."""
    own = [line for line in lines.values() if line["activity"] == activity]
    if len(own) == 1:
        _fill_from(own[0], with_texts=False)


def _choice(chosen: Chosen, name: str, options: list[Any], text_of: Callable[[Any], str]) -> None:
    words = chosen.words
    st.selectbox(
        words(_HEADINGS[name]), options, key=_key(name), index=None, format_func=text_of,
        placeholder=words("Choose"), filter_mode="contains",
    )  # fmt: skip


def _key(name: str) -> str:
    return f"{_FORM}{name}"


def _send(chosen: Chosen, partner: str) -> None:
    words, state = chosen.words, st.session_state
    line = {name: str(state.get(_key(name)) or "") for name in _ONE_OF}
    line["text"] = str(state.get(_key("text")) or "").strip()
    links = str(state.get(_key("evidence")) or "").splitlines()
    line["evidence"] = SEPARATOR.join(filter(None, map(str.strip, links)))
    line["countries"] = SEPARATOR.join(state.get(_key("countries")) or [])
    line["partner"] = partner
    if handing_in.act(
        words, handing_in.OFFER, lambda stored: handing_in.receipt(words, [stored]),
        review.offer, line,
    ):  # fmt: skip
        for name in (*map(_key, _ONE_OF), _REQUEST, _RETURNED):
            state[name] = None
        state[_key("countries")] = []
        for name in _TEXTS:
            state[_key(name)] = ""
