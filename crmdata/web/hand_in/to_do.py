"""What there is to do on Informar, first of all: what is pending, what is asked for, for whom."""

from dataclasses import replace
from typing import Any

import pandas as pd

from crmdata import clock, measures
from crmdata.content import due, findings, names
from crmdata.content.cooperation import dossier
from crmdata.content.cooperation.gaps import ChosenCooperation
from crmdata.content.destinations import Way
from crmdata.content.parts import Choice, Entries, Finding, Section
from crmdata.i18n import Words
from crmdata.labels import NOT_APPLICABLE, label
from crmdata.terms import Period, Stage
from crmdata.web.choices.chosen import Chosen
from crmdata.web.hand_in import handing_in
from crmdata.web.kit import components, draw, page_sections
from crmdata.web.shell import provisional
from crmdata.workflow import review

_NOT_DONE = (Stage.OVERDUE, Stage.DUE, Stage.SENT_BACK, Stage.OPEN, Stage.SUBMITTED)


def show_pending(chosen: Chosen, country: str, reports: review.StandingOfReports) -> None:
    """Draw what a country has to do, the longest pending first; folded, its periods one by one."""
    words = chosen.words
    draw.html(page_sections.piece(chosen, _to_do(chosen, country)).html)
    stages = reports.stages.loc[reports.stages["country"].eq(country)]
    oldest_first = stages.sort_values("semester", kind="stable").to_dict("records")
    if mine := [row for row in oldest_first if Stage(row["stage"]) in _NOT_DONE]:
        missing = handing_in.pending(country)
        table = pd.DataFrame([_period_row(words, row, missing) for row in mine])
        components.folded_table(chosen, "debe", words("Semesters that are not done"), table)


def show_countries(chosen: Chosen) -> None:
    """Draw the countries to choose from, for whoever reports for any of them."""
    words = chosen.words
    countries = names.of_countries(chosen.frame("countries"), words)
    options = [(name.text, Way("informar", {"pais": str(code)}))
               for code, name in countries.items()]  # fmt: skip
    found = Finding((
        words("Choose the country that is reported for."),
        words("What it has pending and the ways to hand it in follow here."),
    ))  # fmt: skip
    section = Section("pais", words("Countries"), found, [Choice(words("Countries"), options)])
    draw.html(page_sections.piece(chosen, section).html)


def show_requests(chosen: Chosen) -> None:
    """Draw what countries ask of any partner today, each with the way to offer it."""
    words, today = chosen.words, handing_in.view_of_today()
    every = ChosenCooperation(today.frame("cooperation"), today.frame("activities"))
    asked = dossier.requests(today, words, every, may_offer=True)
    count = len(asked.entries)
    found = words.plural(
        "For {n} activity countries ask any partner for support.",
        "For {n} activities countries ask any partner for support.",
        count,
    )  # fmt: skip
    section = Section("solicitudes", asked.title, Finding((found,)), [replace(asked, title="")])
    draw.html(page_sections.piece(chosen, section if count else replace(section, parts=[])).html)


def _to_do(chosen: Chosen, country: str) -> Section:
    words, today = chosen.words, handing_in.view_of_today()
    who = names.of_countries(chosen.frame("countries"), words)[country].full
    title = words("What {country} has pending today", country=who)
    missing = handing_in.pending(country).sort_values("semester", kind="stable")
    silent = measures.silent(missing)
    if silent.empty:
        found = words("Nothing is pending: every report that is due is in.")
    else:
        oldest = silent["semester"].min()
        found = f"{findings.pending_count(words, len(silent), oldest, today.cutoff)}."
    entries = [*due.owed(today, words, missing, country, may_report=True)]
    said = [title, found, provisional.waiting(chosen, country)]
    finding = Finding(tuple(filter(None, said)))
    return Section("pendiente", title, finding, [Entries("", entries, due.FIRST)])


def _period_row(words: Words, row: dict[Any, Any], missing: pd.DataFrame) -> dict[str, str]:
    own = missing.loc[missing["semester"].eq(row["semester"]), "activity"]
    ended = Period.parse(row["semester"]).ends < clock.today()
    since = (
        findings.pending_since(words, row["semester"], clock.today()) if ended else NOT_APPLICABLE
    )
    return {
        words("Semester"): words.period(row["semester"]),
        words("Stands at"): label(words, row["stage"]),
        words("Until"): words.date(row["deadline"], "medium"),
        words("Since when"): since,
        words("Reported"): words(
            "{n} of {N}", n=words.number(row["reported"]), N=words.number(row["expected"])
        ),
        words("Missing activities"): ", ".join(own) or "—",
    }
