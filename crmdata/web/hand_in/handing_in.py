"""Handing in reports: for whom, what is pending today, a file from hand to review."""

from collections.abc import Callable, Iterable, Sequence
from typing import Concatenate, ParamSpec, TypeVar

import pandas as pd
import streamlit as st
from sqlalchemy import Engine

from crmdata import clock, logs, settings
from crmdata.access import Action, Actor, Role, may
from crmdata.content import names
from crmdata.exports.template import begun_periods, default_period
from crmdata.files import Subject
from crmdata.i18n import Words
from crmdata.intake.reports import Checked, Expected, Source, Stored
from crmdata.render.html import markup
from crmdata.settings import ServeMode
from crmdata.store import db
from crmdata.terms import Reporting
from crmdata.view import View
from crmdata.web.choices import links
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.links import Links
from crmdata.web.data import cache
from crmdata.web.hand_in import upload
from crmdata.web.kit import components
from crmdata.web.shell import acts
from crmdata.web.shell.actor import current_actor
from crmdata.web.shell.acts import ActPlace
from crmdata.workflow import review

Given = ParamSpec("Given")
Made = TypeVar("Made")

FILE, FORM, NO_CHANGES, OFFER, OBSERVATION = map(
    ActPlace, ("file", "form", "no-changes", "offer", "observation")
)
"""Where something is handed in."""

_LED = "hand-in-led"
_PERIOD, _PERIOD_CHOSEN = "template-semester", "template-semester-chosen"

LISTED = "entregado"
"""The anchor of the list of what was handed in."""


def is_open(chosen: Chosen) -> bool:
    """Tell whether whoever looks at the page may hand something in."""
    own = chosen.actor
    return may(own, Action.SUBMIT, country=own.country, partner=own.partner)


def show_way_in(chosen: Chosen) -> None:
    """Say why nothing can be handed in here, and how to get to where it can."""
    words = chosen.words
    if settings.serve_mode() is ServeMode.SECRETARIAT:
        sentence = words(
            "Here countries and partners hand in their reports. Log in with an account that the "
            "secretariat has given a role; to get one, write to the secretariat."
        )
    else:
        sentence = words(
            "Here countries and partners hand in their reports, but not on this server: it only "
            "reads. Ask the secretariat for the address where you can log in."
        )
    components.notice(sentence)


def country_of(chosen: Chosen) -> str:
    """Return the country that is reported for: the account's own, else the one chosen."""
    if chosen.actor.role in {Role.FOCAL_POINT, Role.PARTNER}:
        return chosen.actor.country
    return chosen.choices.pais or ""


def preselect(chosen: Chosen, key: str) -> bool:
    """Choose in a form the activity that its address names, once for each way to it.

    Tell whether this was done now.
    """
    activity = chosen.choices.actividad
    # A form that was handed in stays empty; one that is opened anew has no such key yet.
    if not activity or (key in st.session_state and st.session_state.get(_LED) == activity):
        return False
    st.session_state[key], st.session_state[_LED] = activity, activity
    return True


def overview() -> review.StandingOfReports:
    """Return where every country stands today, and the batches that this person may see."""
    with db.reading(cache.engine()) as session:
        return review.overview(session, current_actor(), clock.today())


def view_of_today() -> View:
    """Return the store as it stands today, whatever cut-off was chosen."""
    return cache.view(lambda _: clock.today())


def reports_of(country: str) -> pd.DataFrame:
    """Return the reports of a country that are in force today."""
    reports = view_of_today().frame("reports")
    return reports.loc[reports["country"].eq(country)]


def pending(country: str) -> pd.DataFrame:
    """Return the slots of a country that are due or open today and not reported, as `cells`."""
    cells = view_of_today().frame("cells")
    missing = cells["reporting"].isin([Reporting.SIN_REPORTE.value, Reporting.EN_PLAZO.value])
    return cells.loc[cells["country"].eq(country) & missing]


# Files


def show_template(chosen: Chosen, country: str) -> str:
    """Draw the choice of a period, newest first, and the button that gives its workbook.

    Return the period that somebody chose: a file knows its own, and what stands there at first,
    to be downloaded, is held against none.
    """
    words = chosen.words
    with db.reading(cache.engine()) as session:
        begun, usual = begun_periods(session), default_period(session)
    period = st.selectbox(
        words("Semester of the template"),
        begun,
        index=begun.index(usual) if usual in begun else None,
        format_func=words.period,
        key=_PERIOD,
        placeholder=words("No semester chosen"),
        on_change=_note_period,
    )
    if period:
        upload.template_button(words, "hand-in", country, period, chosen.kind)
    return period if period and period == st.session_state.get(_PERIOD_CHOSEN) else ""


def _note_period() -> None:
    st.session_state[_PERIOD_CHOSEN] = st.session_state[_PERIOD]


def show_upload(chosen: Chosen, country: str, period: str) -> None:
    """Draw the way of a file: choose it, see everything that is wrong or new, submit it."""
    words, expected = chosen.words, Expected(country, period)
    activities = names.of_activities(chosen.frame("activities"), words)
    upload.show(
        words,
        "hand-in",
        lambda sources: _checked(sources, expected),
        lambda sources, note, confirmed: act(
            words,
            FILE,
            lambda stored: receipt(words, stored),
            review.submit,
            sources,
            note=note,
            confirmed=confirmed,
            expected=expected,
        ),
        about=expected,
        confirm=words("Hand it in"),
        activities={str(code): name.called for code, name in activities.items()},
    )
    show_receipt(words, FILE)


def _checked(sources: Sequence[Source], expected: Expected) -> Checked:
    """Return what files would do, for who is there now."""
    checked = review.dry_run(cache.engine(), current_actor(), sources, expected=expected)
    logs.log.info("file checked", errors=len(checked.problems), warnings=len(checked.warnings))
    return checked


# What a click does


def act(
    words: Words,
    place: ActPlace,
    outcome_text: Callable[[Made], str],
    do: Callable[Concatenate[Engine, Actor, Given], Made],
    *about: Given.args,
    **how: Given.kwargs,
) -> bool:
    """Do something to the store as `acting.act`, in the name of who is logged in now."""
    return acts.act(words, place, outcome_text, do, current_actor(), *about, **how)


def receipt(words: Words, stored: Iterable[Stored]) -> str:
    """Return what became of what was handed in: what happens next, and a line a batch."""
    stored = list(stored)
    waits = any(batch.subject != Subject.MEETINGS for batch in stored)
    next_ = (
        words("Handed in. It counts once the secretariat has accepted it.")
        if waits
        else words("Recorded. Meetings count at once.")
    )
    lines = (
        words(
            "Batch {batch}, {file}: {new} new, {corrections} corrections, {unchanged} unchanged.",
            batch=batch.batch_id, file=batch.file, new=words.number(batch.new),
            corrections=words.number(batch.corrections),
            unchanged=words.number(batch.unchanged_of_file),
        )
        for batch in stored
    )  # fmt: skip
    return "\n".join((next_, *lines))


def show_receipt(words: Words, place: ActPlace) -> None:
    """Draw what became of the last act at a place, and the way to what each batch now says."""

    def ways(made: Stored | list[Stored]) -> str:
        stored = made if isinstance(made, list) else [made]
        return "".join(markup.wrapped("p", [_way(words, batch.batch_id)]) for batch in stored)

    acts.show_outcome(place, ways)


def _way(words: Words, number: int) -> str:
    text = words("See what was handed in: batch {batch}", batch=number)
    return links.link(text, opened(links.here(), number))


def panel(number: int) -> str:
    """Return what is open on the page where a batch is."""
    return f"lote-{number}"


def opened(ways: Links, number: int) -> str:
    """Return the address of the page with a batch open."""
    return f"{ways.href(abierto=panel(number))}#{LISTED}"
