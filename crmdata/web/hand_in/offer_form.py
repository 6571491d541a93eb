"""One line of cooperation filled in by hand: what a partner offers for an activity."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from crmdata.content import names
from crmdata.fields import COOPERATION
from crmdata.files import SEPARATOR
from crmdata.labels import label
from crmdata.terms import Modality, periods
from crmdata.web.choices.chosen import Chosen
from crmdata.web.hand_in import handing_in
from crmdata.workflow import review

_FORM = "offer-"
_HEADINGS = {field.code: field.heading or field.name for field in COOPERATION}
_COUNTRIES = _HEADINGS["countries"]
_EVIDENCE = next(field for field in COOPERATION if field.code == "evidence")
_TEXTS = ("text", "evidence")
_ONE_OF = ("activity", "semester_from", "semester_to", "modality")


def show(chosen: Chosen, partner: str) -> None:
    """Draw the form of one offer; its partner is the account's and no field of it.

    An address that names an activity has chosen it here.
    """
    words = chosen.words
    activities = names.of_activities(chosen.frame("activities"), words)
    countries = names.of_countries(chosen.frame("countries"), words)
    everybody = names.of_party(chosen.view.region, words) | countries
    handing_in.preselect(chosen, _key("activity"))
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


def _choice(chosen: Chosen, name: str, options: list[Any], said: Callable[[Any], str]) -> None:
    words = chosen.words
    st.selectbox(
        words(_HEADINGS[name]), options, key=_key(name), index=None, format_func=said,
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
        for name in _ONE_OF:
            state[_key(name)] = None
        state[_key("countries")] = []
        for name in _TEXTS:
            state[_key(name)] = ""
