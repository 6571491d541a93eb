"""What a comparison of two cut-offs crosses: a change of the plan, or of who is a member."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from crmdata.content import names, wording
from crmdata.content.news.other_news import plan_changes
from crmdata.i18n import Words
from crmdata.terms import ChangeKind
from crmdata.view import View

_OF_DUE = frozenset({ChangeKind.ADDED, ChangeKind.WITHDRAWN, ChangeKind.RESCHEDULED})
"""The kinds of change after which other work is due."""


_YEARS = frozenset({"first_year", "year_columns"})
"""What of the plan moves all that is due."""


def crossing(view: View, words: Words, first: date) -> str:
    """Say what changed of plan and members between a day and the cut-off; empty if nothing did.

    Until then other work was due, or from others: what is counted at both dates is not the same.
    """
    changed = plan_changes(view, first)
    if not changed:
        return ""
    return wording.sentences(*_sentences(view, words, changed))


def _sentences(view: View, words: Words, changed: list[dict[Any, Any]]) -> Iterator[str]:
    # Other words for the same work change nothing of what is due.
    activities = [row["kind"] for row in changed if row["level"] == "planned_activity"]
    counts = {str(kind): words.number(activities.count(kind)) for kind in _OF_DUE}
    moved = any(row["level"] == "plan" and row["field"] in _YEARS for row in changed)
    if moved or _OF_DUE & set(activities):
        yield words(
            "Between the two dates the plan changed (in force from {day}); activities added: "
            "{added}, withdrawn: {withdrawn}, rescheduled: {rescheduled}. Not the same is due at "
            "both dates.",
            day=words.date(changed[-1]["in_force_from"], "medium"), **counts,
        )  # fmt: skip
    members = [row for row in changed if row["level"] == "country"]
    joined = [row for row in members if row["kind"] == ChangeKind.ADDED]
    left = [row for row in members if row["kind"] == ChangeKind.WITHDRAWN]
    if joined:
        yield words("Among the members from then on: {names}.", names=_named(view, words, joined))
    if left:
        yield words("No longer among the members: {names}.", names=_named(view, words, left))


def _named(view: View, words: Words, rows: list[dict[Any, Any]]) -> str:
    """Name countries in the reader's language; one that is gone as the plan called it."""
    named = names.of_countries(view.frame("countries"), words)
    return wording.joined(words, [
        named[row["code"]].text if row["code"] in named else row["after"] or row["before"]
        for row in rows
    ])  # fmt: skip
