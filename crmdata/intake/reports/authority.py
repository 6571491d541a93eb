"""Whether an actor may do what a checked file says, country by country and row by row."""

from collections.abc import Iterator
from typing import Any

from crmdata.access import Action, Actor, Role, require
from crmdata.errors import N_, AccessDenied, Problem
from crmdata.files import Subject
from crmdata.intake.reports.checked import Checked, CheckedFile
from crmdata.intake.reports.history import Change, Effect
from crmdata.store.db import Known
from crmdata.store.queries import closed_periods

Closed = frozenset[tuple[str, str]]
"""Country and period of what is closed now."""


def authorise(
    session: Known, actor: Actor, checked: Checked, means: Action, *, note: str | None = ""
) -> None:
    """Raise AccessDenied unless the actor may do to every row what the file says.

    A correction by the secretariat itself says why, in `note`: no one else checks it. None is
    one that is asked for later.
    """
    periods = closed_periods(session)
    closed = frozenset(zip(periods["country"], periods["semester"], strict=True))
    for file in checked.files:
        if file.source.subject == Subject.MEETINGS:
            require(actor, Action.NAME_MEETING)
            continue
        wanted = sorted(_wanted(file, means, closed), key=repr)
        for action, about in wanted:
            require(actor, action, **dict(about))
        if not wanted:
            require(actor, means, country=actor.country, partner=actor.partner)
    corrects = any(change.effect == Effect.CORRECTION for change in _of_reports(checked))
    if corrects and actor.role == Role.SECRETARIAT and note is not None and not note.strip():
        raise AccessDenied(
            Problem(
                "reason_for_correction",
                N_("The secretariat corrects a country's report only with a reason."),
                N_("Say in the remark why it is corrected."),
            )
        )


def _of_reports(checked: Checked) -> Iterator[Change]:
    for file in checked.files:
        if file.source.subject == Subject.REPORTS:
            yield from file.changes


def _wanted(
    file: CheckedFile, means: Action, closed: Closed
) -> set[tuple[Action, tuple[tuple[str, Any], ...]]]:
    """Return each thing that the rows ask for once, however many rows ask for it."""
    requests = set()
    for change in file.changes:
        if change.effect == Effect.UNCHANGED and file.source.subject == Subject.COOPERATION:
            # A country's template shows what it shares with others, and may come back with it.
            continue
        corrects = change.effect == Effect.CORRECTION
        for about in _subjects(file, change, closed):
            requests.add((means, about))
            if corrects:
                requests.add((Action.CORRECT, about))
    return requests


def _subjects(
    file: CheckedFile, change: Change, closed: Closed
) -> Iterator[tuple[tuple[str, Any], ...]]:
    values = change.entry.values
    if file.source.subject == Subject.COOPERATION:
        for country in change.entry.codes:
            shut = (country, values["semester_from"]) in closed
            yield (("closed", shut), ("country", country), ("partner", values["partner"] or ""))
    elif file.source.subject == Subject.OBSERVATIONS:
        yield (("country", values["country"]),)
    else:
        slot = (values["country"], values["semester"])
        yield (("country", slot[0]), ("closed", slot in closed))
