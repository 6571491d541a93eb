"""What Novedades says beside the reports: agreements, what no slot foresees, the plan itself."""

from datetime import date
from typing import Any

import pandas as pd

from crmdata.content import agreements, due
from crmdata.content.names import Name
from crmdata.content.news import rows
from crmdata.content.parts import Entries, Finding, ListEntry, Section
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.terms import ChangeKind
from crmdata.view import View


def agreed(view: View, words: Words, rows: pd.DataFrame) -> Section:
    """Return what was agreed on, done or is open, each with who answers and how it stands."""
    title = words("Agreements: {n}", n=words.number(len(rows)))
    nothing = words("Nothing was agreed on between the dates, nor done of what was, nor is open.")
    part = Entries("", agreements.entries(view, words, rows), due.FIRST, nothing)
    return Section("acuerdos", title, None, [part])


def outside(words: Words, reports: pd.DataFrame) -> Section:
    """Return how many reports arrived that no slot foresees."""
    title = words("Outside the calendar")
    if reports.empty:
        nothing = words("No report outside the calendar arrived between the dates.")
        return Section("fuera", title, None, [Entries("", [], empty=nothing)])
    sentence = words.plural(
        "{n} report arrived on work that the plan does not schedule in that semester, or "
        "from the region itself. It is in none of the counts above.",
        "{n} reports arrived on work that the plan does not schedule in that semester, or "
        "from the region itself. They are in none of the counts above.",
        len(reports),
    )
    return Section("fuera", title, Finding((title, sentence)), [])


def plan_changes(view: View, first: date) -> list[dict[Any, Any]] | None:
    """Return what the versions of the plan changed that came in force since a day.

    None where the same version was in force at both dates.
    """
    before = view.at(first).plan.version_id
    versions = rows.versions_between(view.frame("plan_versions"), before, view.plan.version_id)
    if not versions:
        return None
    return [
        {**change, "in_force_from": day}
        for version, day in versions
        for change in view.plan_changes(version).to_dict("records")
    ]


def plan(words: Words, changed: list[dict[Any, Any]] | None) -> Section:
    """Return what changed in the plan itself, of the whole plan whatever is chosen."""
    title = words("Versions of the plan")
    if changed is None:
        nothing = words("The same version of the plan was in force at both dates.")
        return Section("plan", title, None, [Entries("", [], empty=nothing)])
    kinds = [row["kind"] for row in changed]
    sentence = words(
        "The plan itself changed: added: {added}; withdrawn: {withdrawn}; reworded: "
        "{reworded}; rescheduled: {rescheduled}. This is of the whole plan, whatever is "
        "chosen above.",
        **{str(kind): words.number(kinds.count(kind)) for kind in ChangeKind},
    )
    entries = [_change(words, row) for row in changed]
    part = Entries("", entries, due.FIRST)
    return Section("plan", title, Finding((title, sentence)), [part] if entries else [])


def _change(words: Words, row: dict[Any, Any]) -> ListEntry:
    """Return a change of the plan, both texts as they stand."""
    name = Name(row["code"], label(words, row["kind"]), numbered=True)
    texts = " → ".join(filter(None, (row["before"], row["after"])))
    return ListEntry(name, f"{row['field']}: {texts}" if row["field"] else texts)
