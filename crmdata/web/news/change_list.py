"""The lists of Novedades: report by report, what fell due, what the plan itself changed."""

from datetime import date
from typing import Any

import pandas as pd

from crmdata.content import names
from crmdata.content.names import Names
from crmdata.content.wording import described, given, listed
from crmdata.errors import N_
from crmdata.figures.changes import SAID, SYMBOLS
from crmdata.files import SEPARATOR
from crmdata.i18n import Words
from crmdata.labels import NO_REPORT, NOT_APPLICABLE, label
from crmdata.render.html import markup
from crmdata.terms import ChangeKind, State
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data.kept import kept
from crmdata.web.kit import components, downloads, draw, report_rows
from crmdata.web.news import change_rows, changes

MOST_FOLDED = 1000
"""Beyond this many reports the list is drawn as one scrolling grid, not group by group."""

KINDS = {
    "newly_reported": N_("New report"),
    "corrected": N_("Correction"),
    "gone_back": N_("Gone back"),
    "advanced": N_("Advanced"),
}
"""What a report of the list is, in the words of one."""


def show(chosen: Chosen, first: date) -> None:
    """Draw every report that changed a cell, folded by group, and the downloads of all."""
    words, whole = chosen.words, _every_report(chosen, first)
    title = words("Every report that changed something")
    if whole.empty:
        components.paragraph(words("No report was added or corrected between the two dates."))
        return
    if len(whole) > MOST_FOLDED:
        components.rows(whole, words=words, caption=title)
    else:
        draw.html(_folded(chosen, first))
    downloads.show(chosen, "reportes", title, whole)


@kept
def _every_report(chosen: Chosen, first: date) -> pd.DataFrame:
    return table(chosen, change_rows.by_report(changes.between(chosen, first).changes))


@kept
def _folded(chosen: Chosen, first: date) -> str:
    words, by = chosen.words, changes.grouped_by(chosen)
    brought = change_rows.by_report(changes.between(chosen, first).changes)
    of_group = dict(list(changes.by_group(chosen, brought).groupby(by, sort=False)))
    parts = []
    for key, name in changes.group_names(chosen).items():
        if key not in of_group:
            continue
        own = of_group[key]
        title = words.plural("{name}: {n} report", "{name}: {n} reports", len(own),
                             name=name.full.rstrip("."))  # fmt: skip
        rows = table(chosen, own)
        if by == "country":
            rows = rows.drop(columns=words("Country"))
        # A column that says nothing in any row only takes room.
        rows = rows.loc[:, [bool(rows[column].ne("").any()) for column in rows]]
        parts.append(markup.folded(title, markup.table(rows, title), opened=len(of_group) == 1))
    return "".join(parts)


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
    return ", ".join(partners[code].short for code in given(codes).split(SEPARATOR) if code)


def show_due(chosen: Chosen, first: date) -> None:
    """Draw which activities and periods fell due, with who has and has not reported."""
    words = chosen.words
    title = words("What fell due between the two dates")
    if fallen_due(chosen, first).empty:
        components.paragraph(words("No semester with work of the plan ended between the dates."))
        return
    components.kept_table(chosen, "vencidos", title, fallen_due, first, folded=True)


@kept
def fallen_due(chosen: Chosen, first: date) -> pd.DataFrame:
    """Return what fell due, an activity and period a row, in words."""
    words = chosen.words
    rows = change_rows.fallen_due(changes.between(chosen, first).changes)
    activities = names.of_activities(chosen.frame("activities"), words)
    countries = names.of_countries(chosen.frame("countries"), words)
    return pd.DataFrame([
        {
            words("Activity"): activities[row["activity"]].full,
            words("Semester"): words.period(row["semester"]),
            words("No report from"): _countries(row["silent"], countries, words),
            words("Reported by"): _countries(row["reported"], countries, words),
        }
        for row in rows.to_dict("records")
    ])  # fmt: skip


def _countries(codes: list[str], countries: Names, words: Words) -> str:
    if not codes:
        return NOT_APPLICABLE
    if len(codes) == len(countries):
        return words("All countries")
    return listed(words, [name.full for code, name in countries.items() if code in codes])


def show_outside(chosen: Chosen, first: date) -> None:
    """Draw the reports outside the calendar that arrived in between, counted apart."""
    words, found = chosen.words, changes.between(chosen, first)
    if found.outside.empty:
        components.paragraph(words("No report outside the calendar arrived between the dates."))
        return
    components.paragraph(
        words.plural(
            "{n} report arrived on work that the plan does not schedule in that semester, or "
            "from the region itself. It is in none of the counts above.",
            "{n} reports arrived on work that the plan does not schedule in that semester, or "
            "from the region itself. They are in none of the counts above.",
            len(found.outside),
        )
    )
    title = words("Reports outside the calendar")
    components.kept_table(chosen, "fuera", title, _outside, first, folded=True)


@kept
def _outside(chosen: Chosen, first: date) -> pd.DataFrame:
    return report_rows.table(chosen, changes.between(chosen, first).outside)


def show_plan(chosen: Chosen, first: date) -> None:
    """Draw what changed in the plan itself, where another version came in force in between."""
    words, before = chosen.words, chosen.view.at(first).plan
    versions = change_rows.versions_between(
        chosen.frame("plan_versions"), before.version_id, chosen.plan.version_id
    )
    if not versions:
        components.paragraph(words("The same version of the plan was in force at both dates."))
        return
    rows = [
        {**change, "in_force_from": day}
        for version, day in versions
        for change in chosen.view.plan_changes(version).to_dict("records")
    ]
    kinds = [row["kind"] for row in rows]
    components.paragraph(
        words(
            "The plan itself changed: added: {added}; withdrawn: {withdrawn}; reworded: "
            "{reworded}; rescheduled: {rescheduled}. This is of the whole plan, whatever is "
            "chosen above.",
            **{str(kind): words.number(kinds.count(kind)) for kind in ChangeKind},
        )
    )
    if rows:
        title = words("What changed in the plan")
        components.folded_table(chosen, "plan", title, plan_table(words, rows))


def plan_table(words: Words, rows: list[dict[Any, Any]]) -> pd.DataFrame:
    """Return a change of the plan a row, in words; both texts as they stand."""
    return pd.DataFrame([
        {
            words("Code"): row["code"],
            words("In force from"): words.date(row["in_force_from"], "medium"),
            words("Change"): label(words, row["kind"]),
            words("Field"): row["field"],
            words("Before"): row["before"],
            words("After"): row["after"],
        }
        for row in rows
    ])  # fmt: skip
