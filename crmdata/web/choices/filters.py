"""The widgets by which the reader chooses. Each writes a code into the choices and nothing else."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from crmdata.figures import names
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.terms import LANGUAGES, MarkKind
from crmdata.view import View
from crmdata.web.choices import address, choices, listed
from crmdata.web.choices.address import Choices
from crmdata.web.data.kept import kept

NONE = ""
"""Stands for "all" among the codes of a list."""

OTHER_DAY = "otra"

_OTHER_DAY_WANTED = "crmdata_other_day"

_LANGUAGE_NAMES = {"es": "Español", "en": "English"}


def one(field: str, title: str, named: names.Names, chosen: Choices, *, every: str) -> None:
    """Draw a list to choose one code or none from; `every` is the word for none."""
    key = f"choose-{field}"
    value = getattr(chosen, field)
    st.session_state[key] = value if value in named else NONE

    def write() -> None:
        picked = st.session_state[key]
        choices.choose(**{field: None if picked == NONE else picked})

    st.selectbox(
        title,
        [NONE, *named],
        format_func=lambda code: every if code == NONE else named[code].full,
        key=key,
        on_change=write,
        filter_mode="contains",
    )


def language(words: Words) -> None:
    """Draw the switch of the language."""
    key = "choose-idioma"
    st.session_state[key] = words.language
    st.segmented_control(
        words("Language"),
        LANGUAGES,
        format_func=lambda code: _LANGUAGE_NAMES[code],
        key=key,
        required=True,
        label_visibility="collapsed",
        on_change=lambda: choices.choose(idioma=st.session_state[key]),
    )


def cutoff(words: Words, view: View) -> None:
    """Draw the list of meetings, and a calendar for any other date."""
    days, named = view.meeting_days, meetings(words, view)
    at_meeting = next((code for code in named if days[code] == view.cutoff), OTHER_DAY)
    if st.session_state.get(_OTHER_DAY_WANTED):
        at_meeting = OTHER_DAY
    key = "choose-corte"
    st.session_state[key] = at_meeting

    def write() -> None:
        picked = st.session_state[key]
        st.session_state[_OTHER_DAY_WANTED] = picked == OTHER_DAY
        choices.choose(corte=days.get(picked, view.cutoff))

    st.selectbox(
        words("Cut-off"),
        [*named, OTHER_DAY],
        format_func=lambda code: named.get(code, words("Another date")),
        key=key,
        on_change=write,
        filter_mode=None,
        width=360,
    )
    if at_meeting == OTHER_DAY:
        _day(words, view)


@kept
def meetings(words: Words, view: View) -> Mapping[str, str]:
    """Return the meetings by code, newest first: the day of their cut-off and their name."""
    return {
        row["meeting"]: words(
            "{day}: {meeting}",
            day=words.date(row["corte"], "medium"),
            meeting=words.pick(row["name_es"], row["name_en"]),
        )
        for row in view.frame("meetings").iloc[::-1].to_dict("records")
    }


def _day(words: Words, view: View) -> None:
    key = "choose-day"
    st.session_state[key] = view.cutoff
    first = date(view.plan.first_year, 1, 1)
    last = max(date(view.plan.period_to + 1, 12, 31), view.cutoff)

    def write() -> None:
        day = st.session_state[key]
        if day is not None:
            choices.choose(corte=day)

    st.date_input(
        words("Date"),
        key=key,
        min_value=min(first, view.cutoff),
        max_value=last,
        format="DD/MM/YYYY" if words.language == "es" else "YYYY-MM-DD",
        on_change=write,
        width=160,
    )


def axis(words: Words, chosen: Choices, view: View) -> None:
    """Draw the list of axes."""
    named = listed.named(words, view, "axes")
    one("eje", words("Axis"), named, chosen, every=words("All axes"))


def line(words: Words, chosen: Choices, view: View, *, every: str) -> None:
    """Draw the list of lines, those of the chosen axis only."""
    named = listed.named(words, view, "lines", chosen.eje)
    one("linea", words("Line"), named, chosen, every=every)


def activity(words: Words, chosen: Choices, view: View) -> None:
    """Draw the list of the chosen line's activities."""
    own = listed.named(words, view, "activities", chosen.linea)
    one("actividad", words("Activity"), own, chosen, every=words("All activities"))


def country(words: Words, chosen: Choices, view: View, *, every: str) -> None:
    """Draw the list of countries, in alphabetical order of the shown language."""
    named = listed.named(words, view, "countries")
    one("pais", words("Country"), named, chosen, every=every)


def countries(words: Words, chosen: Choices, view: View) -> None:
    """Draw the list of countries to compare."""
    key = "choose-paises"
    named = listed.named(words, view, "countries")
    st.session_state[key] = list(chosen.paises)
    st.multiselect(
        words("Countries side by side"),
        list(named),
        format_func=lambda code: named[code].full,
        key=key,
        max_selections=address.MOST_COUNTRIES,
        placeholder=words("Choose two to four countries"),
        select_all=False,
        filter_mode="contains",
        on_change=lambda: choices.choose(paises=tuple(st.session_state[key])),
    )


def partner(words: Words, chosen: Choices, view: View) -> None:
    """Draw the list of partners."""
    partners = listed.named(words, view, "partners")
    acronyms: names.Names = {
        code: names.Name(name.short, name.short) for code, name in partners.items()
    }
    one("socio", words("Partner"), acronyms, chosen, every=words("All partners"))


def switch(name: str, title: str, shown: Mapping[str, str], current: str) -> None:
    """Draw a switch between the values of a choice, each by its words."""
    key = f"choose-{name}"
    st.session_state[key] = current
    st.segmented_control(
        title,
        list(shown),
        format_func=shown.__getitem__,
        key=key,
        required=True,
        on_change=lambda: choices.choose(**{name: st.session_state[key]}),
    )


def measure(words: Words, chosen: Choices) -> None:
    """Draw the switch between progress and coverage."""
    shown = {"avance": words("Reported progress"), "cobertura": words("Coverage")}
    switch("medida", words("Cells show"), shown, chosen.measure)


def order(words: Words, chosen: Choices) -> None:
    """Draw the switch of the order of countries."""
    shown = {
        "alfabetico": words("Alphabetical"),
        "cobertura": words("By coverage"),
        "avance": words("By reported progress"),
    }
    switch("orden", words("Order of the countries"), shown, chosen.order)


def mark(words: Words, chosen: Choices) -> None:
    """Draw the list of kinds of mark, and last the lack of any."""
    labels = {kind.value: label(words, kind) for kind in MarkKind}
    labels[address.UNSCHEDULED] = words("Without any mark")
    named: dict[str | int, names.Name] = {
        code: names.Name(text, text) for code, text in labels.items()
    }
    one("marca", words("Mark"), named, chosen, every=words("All marks"))
