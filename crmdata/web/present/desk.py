"""The desk: a window beside the stage, for whoever presents and whoever writes down."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from crmdata.access import Action, may
from crmdata.content import agreements
from crmdata.content.parts import Entries
from crmdata.render.html import sections
from crmdata.render.html.links import Link
from crmdata.slides import named
from crmdata.web.choices.chosen import Chosen
from crmdata.web.kit import components, draw
from crmdata.web.news import changes
from crmdata.web.present import agreement_forms, drawing, minutes, stage
from crmdata.web.shell import frame
from crmdata.web.shell.actor import current_actor

_HEARD = "crmdata_desk_heard"
"""Holds the number of what the script asked for last: it asks again until it is heard."""

_SHEET = (Path(__file__).parent / "desk.css").read_text("utf-8")


def is_asked_for() -> bool:
    """Tell whether the address asks for the desk."""
    return stage.DESK in st.query_params


def show() -> None:
    """Draw what is on the wall and what comes next; beside it what is noted and handed out."""
    chosen = frame.open_stage("presentar")
    draw.html(f"<style>{_SHEET}</style>")
    slides, notes = st.columns([3, 2], gap="medium")
    with slides:
        _show_slides(chosen)
    with notes:
        _show_agreements(chosen)
        minutes.show(chosen)


@st.fragment(run_every=stage.LOOK_AGAIN)
def _show_slides(chosen: Chosen) -> None:
    words, shown = chosen.words, stage.now_in_view(chosen)
    deck = stage.deck_of(words, shown.choices, shown.view)
    asked = stage.mount(
        stage.common_data(chosen, shown)
        | {
            "slides": stage.drawn(words, shown),
            "desk": drawing.desk(deck),
            "leads": [slide.lead for slide in deck.slides],
            "numbers": [drawing.numbers(slide) for slide in deck.slides],
            "about": [named.subject(slide) for slide in deck.slides],
            "wish": st.query_params[stage.DESK],
            "heard": st.session_state.get(_HEARD, 0),
        },
        on_asked_change=_nothing,
    )
    number, about = what_is_asked(asked.asked)
    if number and number != st.session_state.get(_HEARD):
        st.session_state[_HEARD] = number
        agreement_forms.propose(about)
        # What stands beside the slides is drawn by a run of the whole page.
        st.rerun()


def what_is_asked(told: object) -> tuple[int, dict[str, str]]:
    """Return the number of what the script asks for, and what that is about.

    Anybody may send anything: the number is 0 where nothing is asked for that can be meant.
    """
    if not isinstance(told, Mapping):
        return 0, {}
    number, about = told.get("id"), told.get("about")
    if not isinstance(number, int | float) or not 0 < number < minutes.LAST:
        return 0, {}
    pins = about.items() if isinstance(about, Mapping) else ()
    return int(number), {
        name: code for name, code in pins
        if isinstance(name, str) and isinstance(code, str) and len(code) <= minutes.LONGEST
    }  # fmt: skip


def _nothing(*_: Any) -> None:
    """Stand for what is done once the script has asked: the run itself reads what for."""


def _show_agreements(chosen: Chosen) -> None:
    words = chosen.words
    components.heading(words("Agreements of this meeting"))
    if not may(current_actor(), Action.NOTE_AGREEMENT):
        components.paragraph(
            words("The secretariat notes agreements, where it is logged in."), "crm-note"
        )
    agreement_forms.show_noting(chosen)
    # As a list: a table would lie half beyond the edge. It leads nowhere, as the slides do not.
    noted = agreements.entries(
        chosen.view, words, agreements.at_meeting(chosen.view, changes.first_day(chosen))
    )
    empty = words("No agreement has been noted yet.")
    draw.html(sections.draw(Entries("", noted, len(noted), empty), Link(words, None)))
