"""The secretariat's desk: what a click does to the store, and what is said of it afterwards."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec

import pandas as pd
import streamlit as st
from sqlalchemy import Engine

from crmdata import clock, db, review, settings
from crmdata.access import Action, Actor, may
from crmdata.errors import CrmdataError
from crmdata.figures import names
from crmdata.i18n import Words
from crmdata.labels import step_label
from crmdata.ui import cache, components, markup
from crmdata.ui.actor import current_actor
from crmdata.ui.chosen import Chosen

Given = ParamSpec("Given")

_SAID = "crmdata_desk_said"

HISTORY = 200
"""How many batches and acts are listed; the shell lists all."""


def is_open(chosen: Chosen) -> bool:
    """Tell whether the desk is for whoever looks at it; say so in a sentence if not."""
    if may(current_actor(), Action.ACCEPT):
        return True
    components.notice(
        chosen.words("This page is the secretariat's: here it accepts what the countries submit.")
    )
    return False


def standing() -> review.Standing:
    """Return what waits and who is late, today."""
    with db.reading(cache.engine()) as session:
        return review.overview(
            session, current_actor(), clock.today(), grace=settings.grace_days(), limit=HISTORY
        )


def asked(question: Callable[..., pd.DataFrame], *about: object) -> pd.DataFrame:
    """Return the answer to a question to the store, as it stands now."""
    with db.reading(cache.engine()) as session:
        return question(session, *about)


def act(
    words: Words,
    done: str,
    do: Callable[Concatenate[Engine, Actor, Given], object],
    *about: Given.args,
    **how: Given.kwargs,
) -> None:
    """Do something to the store, from a widget's callback; `show_outcome` then says `done`.

    What is refused is said in the reader's language.
    """
    try:
        do(cache.engine(), current_actor(), *about, **how)
    except CrmdataError as error:
        st.session_state[_SAID] = error.text(words)
    else:
        st.session_state[_SAID] = done


def show_outcome() -> None:
    """Say once what became of the last click."""
    said = st.session_state.pop(_SAID, None)
    if said:
        components.notice(said)


def country_names(chosen: Chosen) -> dict[str | int, str]:
    """Return the full names of the countries by code, alphabetically."""
    named = names.of_countries(chosen.frame("countries"), chosen.words)
    return {code: name.full for code, name in named.items()}


def title(chosen: Chosen, batch: dict[str, object]) -> str:
    """Return a batch in one line: number, countries, semesters, and where it stands."""
    words, named = chosen.words, country_names(chosen)
    countries = _list(batch["countries"])
    semesters = [words.semester(code) for code in _list(batch["semesters"])]
    about = [
        words("Batch {batch}", batch=batch["batch_id"]),
        ", ".join(named.get(code, code) for code in countries),
        ", ".join(semesters),
        step_label(words, str(batch["step"])),
    ]
    return " · ".join(filter(None, about))


def _list(value: object) -> list[str]:
    return list(value) if isinstance(value, list) else []


def show_title(chosen: Chosen, batch: dict[str, object]) -> None:
    """Draw the line of a batch as a heading."""
    markup.show(markup.element("h3", title(chosen, batch)))
