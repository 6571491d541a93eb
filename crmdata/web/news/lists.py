"""The tables of Novedades: report by report, what fell due, what the plan itself changed."""

from datetime import date
from typing import Any

import pandas as pd

from crmdata import measures
from crmdata.content import names
from crmdata.content.names import Names
from crmdata.content.news import movements, other_news, rows
from crmdata.content.news.kinds import SAID, SYMBOLS
from crmdata.content.wording import described, text_of
from crmdata.errors import N_
from crmdata.files import SEPARATOR
from crmdata.i18n import Words
from crmdata.labels import NO_REPORT, label
from crmdata.terms import State
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data.made_once import made_once
from crmdata.web.kit import report_rows
from crmdata.web.news import changes

KINDS = {
    "newly_reported": N_("New report"),
    "corrected": N_("Correction"),
    "gone_back": N_("Fell back"),
    "advanced": N_("Advanced"),
}
"""What a report of the list is, in the words of one."""


@made_once
def of_kind(chosen: Chosen, first: date, flag: str) -> pd.DataFrame:
    """Return the reports that are changes of a kind, newest first, in words."""
    brought = measures.by_report(changes.between(chosen, first).changes)
    return table(chosen, brought.loc[brought[flag].astype(bool)])


def table(chosen: Chosen, brought: pd.DataFrame) -> pd.DataFrame:
    """Return a report a row, with what stood there before it, in words."""
    words = chosen.words
    countries = names.of_countries(chosen.frame("countries"), words)
    activities = names.of_activities(chosen.frame("activities"), words)
    partners = names.of_partners(chosen.frame("partners"), words)
    return pd.DataFrame([
        {
            words("Country"): countries[row["country"]].full,
            words("Activity"): activities[row["activity"]].full,
            words("Semester"): words.period(row["semester"]),
            words("Change"): _kinds(row, words),
            words("Before"): value(row, words, "_before"),
            words("Reported on, before"): day(row["reported_on_before"], words),
            words("Now"): value(row, words, ""),
            words("Reported on"): day(row["reported_on"], words),
            words("What the report says"): described(words, row),
            words("Partners"): _partners(row["partners"], partners),
        }
        for row in brought.to_dict("records")
    ])  # fmt: skip


def _kinds(row: dict[Any, Any], words: Words) -> str:
    return "\n".join(f"{SYMBOLS[flag]} {words(KINDS[flag])}" for flag in SAID if row[flag])


def value(row: dict[Any, Any], words: Words, when: str) -> str:
    """Return state and percent; of another period with its name, since they compare."""
    state = row[f"state{when}"]
    if pd.isna(state):
        return NO_REPORT
    text = report_rows.state(words, state)
    if state != State.NO_APLICA:
        text = f"{text} {words.entered(row[f'percent{when}'])}"
    if when and row["semester_before"] != row["semester"]:
        period = words.period(row["semester_before"])
        return words("{value} (in {semester})", value=text, semester=period)
    return text


def day(reported_on: object, words: Words) -> str:
    """Return the day of a report; nothing where there is none."""
    if not isinstance(reported_on, date) or pd.isna(reported_on):
        return ""
    return words.date(reported_on, "medium")


def _partners(codes: str, partners: Names) -> str:
    return ", ".join(partners[code].short for code in text_of(codes).split(SEPARATOR) if code)


@made_once
def fallen_due(chosen: Chosen, first: date) -> pd.DataFrame:
    """Return what fell due, an activity and period a row, in words."""
    words = chosen.words
    fallen = rows.fallen_due(changes.between(chosen, first).changes)
    activities = names.of_activities(chosen.frame("activities"), words)
    countries = names.of_countries(chosen.frame("countries"), words)
    return pd.DataFrame([
        {
            words("Activity"): activities[row["activity"]].full,
            words("Semester"): words.period(row["semester"]),
            words("No report from"): movements.everybody(words, row["silent"], countries),
            words("Reported by"): movements.everybody(words, row["reported"], countries),
        }
        for row in fallen.to_dict("records")
    ])  # fmt: skip


@made_once
def outside(chosen: Chosen, first: date) -> pd.DataFrame:
    """Return the reports outside the calendar that arrived, in words."""
    return report_rows.table(chosen, changes.between(chosen, first).outside)


@made_once
def of_plan(chosen: Chosen, first: date) -> pd.DataFrame:
    """Return a change of the plan a row, in words; both texts as they stand."""
    words, changed = chosen.words, other_news.plan_changes(chosen.view, first) or []
    return pd.DataFrame([
        {
            words("Code"): row["code"],
            words("In force from"): words.date(row["in_force_from"], "medium"),
            words("Change"): label(words, row["kind"]),
            words("Field"): row["field"],
            words("Before"): row["before"],
            words("After"): row["after"],
        }
        for row in changed
    ])  # fmt: skip
