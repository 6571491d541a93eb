"""Making a snapshot: one transaction, with its row in the audit chain."""

import json
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from sqlalchemy import Engine, select

from crmdata import clock
from crmdata.access import Action, Actor, require
from crmdata.errors import N_, Problem, SnapshotRefused
from crmdata.i18n import Words
from crmdata.intake.reports.held_texts import settle_text
from crmdata.store import db, queries
from crmdata.store.db import Known
from crmdata.store.models import Country, Partner, Snapshot
from crmdata.store.queries import Pinned
from crmdata.store.queries.frames import table
from crmdata.workflow.snapshots.content import content_sha256

LONGEST_NAME = 120
"""Characters of a snapshot's name: it stands in the head of pages and in citations."""

_ID_HEX = 10
"""Hexadecimal digits of the hash in an id: beside the cut-off enough to tell any two apart."""


def create(
    engine: Engine,
    actor: Actor,
    *,
    name: str = "",
    meeting: str = "",
    cutoff: date | None = None,
    confirmed: bool = False,
) -> Pinned:
    """Make a snapshot of what the store says now of a cut-off; return it.

    `meeting` is a meeting's code; without `cutoff` it is the meeting's, else the latest. Where
    the same name already shows the same, nothing is written and that one returned. Raise
    AccessDenied for who may not, SnapshotRefused with every error, Held where the
    name looks like one person's data and is not `confirmed` to be none.
    """
    require(actor, Action.MAKE_SNAPSHOT)
    title = " ".join(name.split())
    with db.writing(engine) as session:
        days = {row["meeting"]: row["corte"] for row in _records(queries.meetings(session))}
        if problems := _problems(title, meeting, days):
            raise SnapshotRefused(problems)
        settle_text("name", title, confirmed=confirmed)
        day = cutoff or days.get(meeting) or queries.default_cutoff(session)
        wanted = _of_now(session, title, meeting, day)
        if queries.find_snapshot(session, wanted.snapshot) is not None:
            return queries.snapshot(session, wanted.snapshot)
        return _written(session, actor, wanted)


def title(known: Pinned, words: Words, meetings: Any) -> str:
    """Return a snapshot's name, else its meeting's, as `queries.meetings` of it has it."""
    if known.name:
        return known.name
    for row in _records(meetings):
        if row["meeting"] == known.meeting:
            return words.pick(row["name_es"], row["name_en"])
    return known.meeting


def citation(known: Pinned, words: Words, author: str, plan: str, called: str) -> str:
    """Return how to cite a snapshot: who, what plan, what it is called, its id and days."""
    return words(
        "{author}: {plan}. “{name}”, snapshot {id}, cut-off {day}, made on {made}.",
        author=author,
        plan=plan.rstrip("."),
        name=called,
        id=known.snapshot,
        day=known.corte.isoformat(),
        made=clock.day_of(known.at).isoformat(),
    )


def _of_now(session: Known, name: str, meeting: str, day: date) -> Pinned:
    """Return the snapshot that would be made now."""
    thresholds = queries.thresholds(session)
    pinned = Pinned(
        snapshot="",
        content_sha256="",
        name=name,
        meeting=meeting,
        corte=day,
        at="",
        until=queries.data_version(session),
        version_id=int(queries.plan_versions(session)["version_id"].max()),
        threshold=thresholds.coverage,
        grace_days=thresholds.grace_days,
        places=json.dumps(
            {model.__name__.lower(): _all(session, model) for model in (Country, Partner)},
            ensure_ascii=False,
        ),
    )
    pinned = replace(pinned, content_sha256=content_sha256(session, pinned))
    return replace(pinned, snapshot=f"{day.isoformat()}-{pinned.digest[:_ID_HEX]}")


def _all(session: Known, model: Any) -> list[dict[str, Any]]:
    rows = table(model)
    query = select(rows).order_by(*rows.primary_key.columns)
    return [dict(row) for row in session.execute(query).mappings()]


def _written(session: Known, actor: Actor, pinned: Pinned) -> Pinned:
    """Write the snapshot's row in the audit chain and its own; return it as it stands there."""
    own = {**asdict(pinned), "actor": actor.name, "role": actor.role.value,
           "identity": actor.identity}  # fmt: skip
    row = db.audit(
        session,
        actor=actor.name,
        action=db.SNAPSHOT_ACTION,
        object=f"snapshot:{pinned.snapshot}",
        detail=db.snapped(Snapshot(seq=0, **own)),
        content_sha256=pinned.content_sha256,
    )
    session.add(Snapshot(**own | {"seq": row.seq, "at": row.at}))
    session.flush()
    return replace(pinned, at=row.at)


def _problems(name: str, meeting: str, days: dict[str, date]) -> list[Problem]:
    problems = []
    if not name and not meeting:
        problems.append(Problem("no_name", N_("The snapshot has no name."),
                                N_("Give a name, or the code of a meeting.")))  # fmt: skip
    if len(name) > LONGEST_NAME:
        problems.append(Problem("name_too_long",
                                N_("The name of the snapshot is longer than {most} characters."),
                                N_("Shorten it."), values={"most": LONGEST_NAME}))  # fmt: skip
    if meeting and meeting not in days:
        problems.append(Problem("unknown_meeting", N_("There is no meeting “{value}”."),
                                N_("Import the meeting first."),
                                values={"value": meeting}))  # fmt: skip
    return problems


def _records(rows: Any) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = rows.to_dict("records")
    return records
