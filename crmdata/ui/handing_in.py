"""Handing in reports: for whom, what is owed today, a file from hand to review."""

import hashlib
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

import pandas as pd
import streamlit as st
from sqlalchemy import Engine

from crmdata import db, logs, review, settings
from crmdata.access import Action, Actor, Role, may
from crmdata.errors import AccessDenied, CrmdataError, Problem
from crmdata.figures import names
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.reports import Checked
from crmdata.reports.known import today_utc
from crmdata.reports.reading import read_bytes
from crmdata.settings import ServeMode
from crmdata.terms import Reporting, Stage
from crmdata.ui import cache, components, markup
from crmdata.ui.actor import current_actor
from crmdata.ui.chosen import Chosen

Given = ParamSpec("Given")

MOST_SAID = 100
"""How many errors and warnings of a file stand on the page."""

_SAID = "crmdata_handed_in"
_OWED = (Stage.OVERDUE, Stage.DUE, Stage.SENT_BACK, Stage.OPEN, Stage.SUBMITTED)


def is_open(chosen: Chosen) -> bool:
    """Tell whether whoever looks at the page may hand something in."""
    own = chosen.actor
    return may(own, Action.SUBMIT, country=own.country, partner=own.partner)


def show_way_in(chosen: Chosen) -> None:
    """Say why nothing can be handed in here, and how to get to where it can."""
    words = chosen.words
    if settings.serve_mode() is ServeMode.SECRETARIAT:
        said = words(
            "Here countries and partners hand in their reports. Log in with an account that the "
            "secretariat has given a role; to get one, write to the secretariat."
        )
    else:
        said = words(
            "Here countries and partners hand in their reports, but not on this server: it only "
            "reads. Ask the secretariat for the address where you can log in."
        )
    components.notice(said)


def country_of(chosen: Chosen) -> str:
    """Return the country that is reported for: the account's own, else the one chosen."""
    if chosen.actor.role in {Role.FOCAL_POINT, Role.PARTNER}:
        return chosen.actor.country
    return chosen.choices.pais or ""


def title(chosen: Chosen, country: str) -> str:
    """Return whose debts these are."""
    named = names.of_countries(chosen.frame("countries"), chosen.words)
    return chosen.words("What {country} owes today", country=named[country].full)


def standing() -> review.Standing:
    """Return where every country stands today, and the batches that this person may see."""
    with db.reading(cache.engine()) as session:
        return review.overview(session, current_actor(), today_utc(), grace=settings.grace_days())


def cells_today() -> pd.DataFrame:
    """Return all countries × slots as they stand today."""
    return cache.source(lambda _: today_utc()).frame("cells")


def reports_today() -> pd.DataFrame:
    """Return the reports in force today."""
    return cache.source(lambda _: today_utc()).frame("reports")


def owed(country: str) -> pd.DataFrame:
    """Return the slots of a country that are due or open today and not reported, as `cells`."""
    cells = cells_today()
    missing = cells["reporting"].isin([Reporting.SIN_REPORTE.value, Reporting.EN_PLAZO.value])
    return cells.loc[cells["country"].eq(country) & missing]


def show_owed(chosen: Chosen, country: str, found: review.Standing) -> None:
    """Draw the country's semesters that are not done, what is missing in each, and since when."""
    words = chosen.words
    stages = found.stages.loc[found.stages["country"].eq(country)]
    mine = [row for row in stages.to_dict("records") if Stage(row["stage"]) in _OWED]
    if not mine:
        components.paragraph(words("Nothing is owed: every report is in."), "crm-empty")
        return
    missing = owed(country)
    table = pd.DataFrame([_owed_row(words, row, missing) for row in mine])
    components.open_table(chosen, "debe", words("Semesters that are not done"), table)


def _owed_row(words: Words, row: dict[Any, Any], missing: pd.DataFrame) -> dict[str, str]:
    own = missing.loc[missing["semester"].eq(row["semester"]), "activity"]
    return {
        words("Semester"): words.semester(row["semester"]),
        words("Stands at"): label(words, row["stage"]),
        words("Until"): words.date(row["deadline"], "medium"),
        words("Reported"): f"{words.number(row['reported'])}/{words.number(row['expected'])}",
        words("Missing activities"): ", ".join(own) or "—",
    }


# Files


def show_upload(chosen: Chosen) -> None:
    """Draw the way of a file: choose it, see everything that is wrong or new, submit it."""
    words = chosen.words
    file = st.file_uploader(
        words("Workbook, CSV or JSON, up to 5 MB"),
        type=["xlsx", "csv", "json"], key="hand-in-file",
    )  # fmt: skip
    if file is None:
        return
    checked = _checked(words, chosen.actor, file.name, file.getvalue())
    if checked is None:
        return
    _show_problems(words, checked)
    if checked.problems:
        return
    components.paragraph(
        words(
            "No errors. New: {new}; corrections: {corrections}; unchanged: {unchanged}.",
            new=words.number(checked.new),
            corrections=words.number(checked.corrections),
            unchanged=words.number(checked.unchanged),
        )
    )
    sources = [each.source for each in checked.files]
    done = words("Handed in. It counts once the secretariat has accepted it.")
    st.text_input(words("Remark to the secretariat"), key="hand-in-note", max_chars=500)
    st.button(
        words("Hand it in"), key="hand-in", disabled=not checked.new
        and not checked.corrections,
        on_click=lambda: act(words, done, review.submit, sources,
                             note=st.session_state.get("hand-in-note", "")),
    )  # fmt: skip


def _checked(words: Words, someone: Actor, name: str, data: bytes) -> Checked | None:
    """Return what a file would do; the same file in the same session is checked once."""
    version = cache.source(lambda _: None).data_version
    key = (hashlib.sha256(data).hexdigest(), version, someone.identity, someone.role)
    kept = st.session_state.get("crmdata_checked")
    if kept is None or kept[0] != key:
        try:
            checked = review.dry_run(cache.engine(), someone, [read_bytes(name, data)])
        except CrmdataError as error:
            components.notice(error.text(words))
            return None
        logs.log.info("file checked", bytes=len(data), errors=len(checked.problems),
                      warnings=len(checked.warnings))  # fmt: skip
        kept = st.session_state["crmdata_checked"] = (key, checked)
    found: Checked = kept[1]
    return found


def _show_problems(words: Words, checked: Checked) -> None:
    for title_, found in (
        (words.plural("{n} error", "{n} errors", len(checked.problems)), checked.problems),
        (words.plural("{n} thing to look at", "{n} things to look at", len(checked.warnings)),
         checked.warnings),
    ):  # fmt: skip
        if found:
            components.heading(title_, 3)
            markup.show(_list(words, found))


def _list(words: Words, problems: tuple[Problem, ...]) -> str:
    said = [problem.text(words) for problem in problems[:MOST_SAID]]
    more = len(problems) - len(said)
    if more > 0:
        said.append(words.plural("{n} more.", "{n} more.", more))
    return markup.wrapped("ul", [markup.element("li", line) for line in said], css="crm-list")


# What a click does


def act(
    words: Words,
    done: str,
    do: Callable[Concatenate[Engine, Actor, Given], object],
    *about: Given.args,
    **how: Given.kwargs,
) -> None:
    """Do something to the store, from a widget's callback; `show_outcome` then says `done`.

    Who acts is asked anew: a role may have been taken away since the page was drawn.
    """
    someone = current_actor()
    try:
        do(cache.engine(), someone, *about, **how)
    except AccessDenied as error:
        rules = [problem.rule for problem in error.problems]
        logs.log.warning("refused", role=str(someone.role), rules=rules)
        st.session_state[_SAID] = error.text(words)
    except CrmdataError as error:
        st.session_state[_SAID] = error.text(words)
    else:
        st.session_state[_SAID] = done


def show_outcome() -> None:
    """Say once what became of the last click."""
    said = st.session_state.pop(_SAID, None)
    if said:
        components.notice(said)
