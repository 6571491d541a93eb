"""Checked files to the store: one batch a file, all files or nothing, in one transaction.

Rows that are stored already, word for word, are counted and not stored a second time, so a
file sent again with three more rows adds three reports. Every batch has its row in the
audit chain, with the hash of what it stored.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Table, insert, select

from crmdata.access import Action, Actor, operator
from crmdata.errors import ImportRefused, Problem
from crmdata.files import Subject
from crmdata.intake.reports.authority import authorise
from crmdata.intake.reports.becoming import becoming_batches
from crmdata.intake.reports.checked import CheckedFile
from crmdata.intake.reports.checking import check
from crmdata.intake.reports.entries import SHELVES, Entry
from crmdata.intake.reports.held_texts import CellPlace, held_text, place_of, settle
from crmdata.intake.reports.history import Effect
from crmdata.intake.reports.reading import Source, read_files
from crmdata.intake.reports.scope import ANY, Expected
from crmdata.intake.reports.steps import Act, take_step
from crmdata.store import db
from crmdata.store.db import Known
from crmdata.store.models import Batch


@dataclass(frozen=True)
class Stored:
    """What became of a file: its batch, and how many of its rows did what."""

    batch_id: int
    file: str
    subject: Subject
    new: int
    corrections: int
    unchanged: int
    warnings: tuple[Problem, ...]
    unchanged_beside: int = 0
    """Of the file's other subjects, which say nothing new and make no batch."""

    @property
    def unchanged_of_file(self) -> int:
        """Return how many rows of the file were stored already, as its check counts them."""
        return self.unchanged + self.unchanged_beside


def import_files(  # noqa: PLR0913 - each is said by its name
    engine: Engine,
    paths: Iterable[Path | str],
    *,
    by: Actor | str,
    note: str = "",
    today: date | None = None,
    submit: bool = False,
    confirmed: Collection[CellPlace] = (),
    expected: Expected = ANY,
) -> list[Stored]:
    """Read, check and store files. Raise ImportRefused with every error of every file.

    `by` is who imports; a name alone is the operator's, at whose machine the paths lie. What
    is imported counts at once, unless `submit` leaves it to the review. The check runs again
    inside the writing transaction, so two people at once cannot store the same file, or
    contradict each other unnoticed. Raise AccessDenied for who may not, StoreError where
    another import holds the database for too long, or where no plan is loaded, Held where a
    question waits, or a text looks like one person's data, and is not among the `confirmed`.
    """
    actor = operator(by) if isinstance(by, str) else by
    means = Action.SUBMIT if submit else Action.RECORD
    return store(
        engine, read_files(paths), by=actor, note=note, today=today, means=means,
        confirmed=confirmed, expected=expected,
    )  # fmt: skip


def store(  # noqa: PLR0913 - each is said by its name
    engine: Engine,
    sources: Sequence[Source],
    *,
    by: Actor,
    note: str = "",
    today: date | None = None,
    means: Action = Action.RECORD,
    confirmed: Collection[CellPlace] = (),
    expected: Expected = ANY,
) -> list[Stored]:
    """Check and store files that were read before, as `import_files` does.

    `means` is what the actor does: `RECORD` counts at once; `SUBMIT`, `EDIT_REPORT`,
    `SIN_CAMBIOS`, `OFFER` and `OBSERVE` wait for the secretariat. Meetings are recorded in
    either case. `expected` is what the files are to be about.
    """
    with db.writing(engine) as session:
        db.moment(session)  # else a wrong clock would find fault with the file's days
        waits = means != Action.RECORD
        checked = check(session, sources, today=today, expected=expected, waits=waits)
        if checked.problems:
            raise ImportRefused(checked.problems)
        authorise(session, by, checked, means, note=note)
        settled = settle([*checked.held, *held_text("note", note)], confirmed)
        given = _Given(by, note, means, today, settled)
        kept = becoming_batches(checked.files)
        stored = [
            replace(_stored(session, file, given), unchanged_beside=beside)
            for file, beside in kept.batches
        ]
        # What is told of a file that is no batch is told beside the first one.
        return [replace(one, warnings=kept.notes + one.warnings) for one in stored[:1]] + stored[1:]


@dataclass(frozen=True)
class _Given:
    """Who stores, what is said with it, and what was confirmed to be no person's data."""

    actor: Actor
    note: str
    means: Action
    day: date | None
    settled: Collection[str]


def _stored(session: Known, file: CheckedFile, order: _Given) -> Stored:
    source = file.source
    assert source.subject is not None  # noqa: S101 - a file without subject has problems
    entries = [change.entry for change in file.changes if change.effect != Effect.UNCHANGED]
    batch = Batch(
        subject=source.subject,
        imported_at=db.moment(session),
        imported_by=order.actor.name,
        file_name=source.name,
        file_sha256=source.sha256,
        rows=len(entries),
        note=order.note,
    )
    session.add(batch)
    session.flush()
    assert batch.id is not None  # noqa: S101 - the flush gave it
    _insert(session, source.subject, batch.id, entries)
    _give_way(session, file, order)
    outcome = Stored(
        batch.id,
        source.name,
        source.subject,
        file.count(Effect.NEW),
        file.count(Effect.CORRECTION),
        file.count(Effect.UNCHANGED),
        # Of what was confirmed nothing more is said: the words go into no log.
        tuple(problem for problem in file.warnings if not problem.asks),
    )
    waits = order.means != Action.RECORD and source.subject != Subject.MEETINGS
    take_step(
        session,
        Act(order.actor, "submit" if waits else "import", day=order.day),
        batch.id,
        detail=_detail(source, outcome, order.note)
        | {"means": order.means.value}
        | _confirmed(file, order.settled),
        content_sha256=db.batch_content_sha256(session, batch.id),
    )
    return outcome


REPLACED = "Reemplazado por una versión posterior / Replaced by a later version"
"""Why a row no longer waits, for readers of either language."""


def _give_way(session: Known, file: CheckedFile, order: _Given) -> None:
    """Take back what waits and what the file takes the place of."""
    rows: dict[int, list[int]] = {}
    for change in file.changes:
        if change.replaces is not None:
            rows.setdefault(change.replaces.batch_id, []).append(change.replaces.entry.row)
    for batch, mine in rows.items():
        act = Act(order.actor, "withdraw", REPLACED, order.day)
        take_step(session, act, batch, rows=mine)


def _detail(source: Source, outcome: Stored, note: str) -> dict[str, Any]:
    return {
        "subject": outcome.subject,
        "file": source.name,
        "file_sha256": source.sha256,
        "new": outcome.new,
        "corrections": outcome.corrections,
        "unchanged": outcome.unchanged,
        "warnings": len(outcome.warnings),
        "note": note,
    }


def _confirmed(file: CheckedFile, settled: Collection[str]) -> dict[str, list[str]]:
    """Return what of a file somebody confirmed: rows, columns and questions, never the words."""
    own = {place_of(problem).name for problem in file.warnings if problem.asks} | {"note"}
    mine = [name for name in settled if name in own]
    return {"confirmed": mine} if mine else {}


def _insert(session: Known, subject: Subject, batch_id: int, entries: Sequence[Entry]) -> None:
    """Store the entries of a batch in their order, and the codes that belong to them."""
    if not entries:
        return
    shelf = SHELVES[subject]
    table: Table = shelf.model.__table__
    salted = "salt" in table.c
    rows = [
        {"batch_id": batch_id, **each.values, **({"salt": db.new_salt()} if salted else {})}
        for each in entries
    ]
    session.execute(insert(table), rows)
    if shelf.link is None:
        return
    # Ids rise in the order of the rows: nobody else writes while this transaction does.
    in_order = select(table.c.id).where(table.c.batch_id == batch_id).order_by(table.c.id)
    ids = session.execute(in_order).scalars()
    links = [
        {shelf.owner: key, shelf.code: code, "position": position}
        for key, each in zip(ids, entries, strict=True)
        for position, code in enumerate(each.codes, start=1)
    ]
    if links:
        session.execute(insert(shelf.link.__table__), links)
