"""Who did what, when: one row an act in the act's own transaction, chained by hash.

A row's hash covers the hash before it, so a row changed, dropped or put in later breaks
every row behind it; an import's row also holds the hash of what it stored. Steps of the
review and closings of semesters are rows of their own too, which must say what the chain
says.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, Table, select
from sqlmodel import Session, col
from sqlmodel import select as select_model

from crmdata import clock
from crmdata.errors import N_, Problem
from crmdata.models import (
    Agreement,
    Audit,
    Batch,
    ClosingAct,
    Cooperation,
    CooperationCountry,
    Meeting,
    Report,
    ReportPartner,
    ReviewAct,
    Snapshot,
)
from crmdata.terms import AgreementStep, Closing, Step

STEPS: dict[str, Step] = {
    "import": Step.RECORDED,
    "submit": Step.SUBMITTED,
    "submit_again": Step.SUBMITTED,
    "accept": Step.ACCEPTED,
    "send_back": Step.SENT_BACK,
    "withdraw": Step.WITHDRAWN,
}
"""What the chain calls the steps of a batch; the first two store it."""

CLOSINGS: dict[str, Closing] = {"close": Closing.CLOSED, "reopen": Closing.REOPENED}
"""What the chain calls the closings of a semester."""

AGREEMENT_ACTIONS: dict[AgreementStep, str] = {
    AgreementStep.NOTED: "note_agreement",
    AgreementStep.WITHDRAWN: "withdraw_agreement",
}
"""What the chain calls the steps of an agreement."""

SNAPSHOT_ACTION = "snapshot"
"""What the chain calls the making of a snapshot."""

_SNAPPED = ("snapshot", "name", "meeting", "corte", "until", "version_id", "threshold",
            "grace_days", "places", "role", "identity")  # fmt: skip
"""What a snapshot's row in the chain holds of it."""

_AGREED = ("role", "identity", "meeting", "text", "line", "activity", "country")

STORING = ("import", "submit")


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def sha256_of(rows: Iterable[Iterable[object]]) -> str:
    """Return the SHA-256 of rows, each written as one JSON array."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(json.dumps([_plain(value) for value in row], ensure_ascii=False).encode())
        digest.update(b"\n")
    return digest.hexdigest()


def _hash(row: Audit) -> str:
    return sha256_of(
        [[row.previous, row.seq, row.at, row.actor, row.action, row.object, row.detail,
          row.content_sha256]]
    )  # fmt: skip


def audit(
    session: Session,
    *,
    actor: str,
    action: str,
    object: str,  # noqa: A002 - the column's name, as in every audit trail
    detail: Mapping[str, Any],
    content_sha256: str = "",
) -> Audit:
    """Add the row for an act to the caller's transaction and return it.

    The caller holds the writer lock (`writing`), so the chain cannot fork.
    """
    last = session.exec(select_model(Audit).order_by(col(Audit.seq).desc()).limit(1)).first()
    row = Audit(
        seq=last.seq + 1 if last else 1,
        at=clock.utc_now(),
        actor=actor,
        action=action,
        object=object,
        detail=json.dumps(detail, ensure_ascii=False, sort_keys=True),
        content_sha256=content_sha256,
        previous=last.hash if last else "",
        hash="",
    )
    row.hash = _hash(row)
    session.add(row)
    session.flush()
    return row


def _table(model: Any) -> Table:
    table: Table = model.__table__
    return table


def _contents(session: Session, model: Any, link: Any | None, batch_id: int) -> Iterator[list[Any]]:
    """Yield a batch's rows in order, without ids, each with the codes linked to it."""
    table = _table(model)
    columns = [column for column in table.c if column.name not in {"id", "batch_id"}]
    query: Select[Any] = (
        select(table.c.id, *columns).where(table.c.batch_id == batch_id).order_by(table.c.id)
    )
    linked: dict[int, list[str]] = {}
    if link is not None:
        there = _table(link)
        owner, code = list(there.primary_key.columns)
        pairs = (
            select(owner, code)
            .join(table, table.c.id == owner)
            .where(table.c.batch_id == batch_id)
            .order_by(owner, there.c.position)
        )
        for key, value in session.execute(pairs):
            linked.setdefault(key, []).append(value)
    for key, *values in session.execute(query):
        yield [*values, ";".join(linked.get(key, ()))]


def batch_content_sha256(session: Session, batch_id: int) -> str:
    """Return the hash of everything that a batch stored, computed from the database."""

    def rows() -> Iterator[list[Any]]:
        for model, link in (
            (Report, ReportPartner),
            (Cooperation, CooperationCountry),
            (Meeting, None),
        ):
            yield [_table(model).name]
            yield from _contents(session, model, link, batch_id)

    return sha256_of(rows())


def verify(session: Session) -> list[Problem]:
    """Return what breaks the chain: an altered row, a gap, a batch that is not as imported."""
    return [
        *_broken_links(session),
        *_altered_batches(session),
        *_altered_acts(session),
        *_altered_agreements(session),
        *_altered_snapshots(session),
    ]


def _audit_rows(session: Session) -> Iterable[Audit]:
    return session.exec(select_model(Audit).order_by(col(Audit.seq)))


def _broken_links(session: Session) -> Iterator[Problem]:
    previous = ""
    for place, row in enumerate(_audit_rows(session), start=1):
        if row.seq != place or row.previous != previous or row.hash != _hash(row):
            yield Problem(
                "broken_chain",
                N_("Audit row {seq} is not as it was written."),
                N_("Restore a backup with `crmdata restore`."),
                values={"seq": row.seq},
            )
            return
        previous = row.hash


def _altered_batches(session: Session) -> Iterator[Problem]:
    signed = {
        row.object: row.content_sha256 for row in _audit_rows(session) if row.action in STORING
    }
    batches = _table(Batch)
    for (batch_id,) in session.execute(select(batches.c.id).order_by(batches.c.id)).all():
        if signed.pop(f"batch:{batch_id}", None) != batch_content_sha256(session, batch_id):
            yield _not_as_imported(f"batch:{batch_id}")
    for missing in signed:
        yield _not_as_imported(missing)


def _altered_acts(session: Session) -> Iterator[Problem]:
    """Yield the acts that do not say what the chain says, on either side."""
    told = {
        row.seq: _told(row)
        for row in _audit_rows(session)
        if row.action in STEPS or row.action in CLOSINGS
    }
    acts: list[ReviewAct | ClosingAct] = [
        *session.exec(select_model(ReviewAct)),
        *session.exec(select_model(ClosingAct)),
    ]
    for act in acts:
        if told.pop(act.seq, None) != _says(act):
            yield _not_as_decided(act.seq)
    yield from map(_not_as_decided, told)


def _told(row: Audit) -> tuple[object, ...]:
    """Return what an act must say; imports from before the review said less."""
    detail: dict[str, str] = json.loads(row.detail)
    return (
        STEPS.get(row.action) or CLOSINGS[row.action],
        row.object,
        detail.get("day", row.at[:10]),
        row.at,
        row.actor,
        detail.get("role", "operator"),
        detail.get("identity", row.actor.casefold()),
        detail.get("text", ""),
    )


def _says(act: ReviewAct | ClosingAct) -> tuple[object, ...]:
    about = (
        f"batch:{act.batch_id}"
        if isinstance(act, ReviewAct)
        else f"semester:{act.country}:{act.semester}"
    )
    written = (act.at, act.actor, act.role, act.identity, act.text)
    return (act.step, about, act.day.isoformat(), *written)


def _altered_agreements(session: Session) -> Iterator[Problem]:
    """Yield the agreements that do not say what the chain says, on either side."""
    steps = {action: step for step, action in AGREEMENT_ACTIONS.items()}
    told = {
        row.seq: (steps[row.action], row.at, row.actor, _agreement(row))
        for row in _audit_rows(session)
        if row.action in steps
    }
    for one in session.exec(select_model(Agreement)):
        held = {name: value for name in _AGREED if (value := getattr(one, name)) is not None}
        held |= {"day": one.day.isoformat(), "agreement": one.agreement}
        if told.pop(one.seq, None) != (one.step, one.at, one.actor, held):
            yield _not_as_decided(one.seq)
    yield from map(_not_as_decided, told)


def _agreement(row: Audit) -> dict[str, Any]:
    """Return what an agreement's own row must hold."""
    told: dict[str, Any] = json.loads(row.detail)
    of = row.object.partition(":")[2]
    return told | {"agreement": int(of) if of else row.seq}


def _altered_snapshots(session: Session) -> Iterator[Problem]:
    """Yield the snapshots that do not say what the chain says, on either side."""
    told = {
        row.seq: (row.at, row.actor, row.content_sha256, json.loads(row.detail))
        for row in _audit_rows(session)
        if row.action == SNAPSHOT_ACTION
    }
    for one in session.exec(select_model(Snapshot)):
        if told.pop(one.seq, None) != (one.at, one.actor, one.content_sha256, snapped(one)):
            yield _not_as_decided(one.seq)
    yield from map(_not_as_decided, told)


def snapped(one: Snapshot) -> dict[str, Any]:
    """Return what the audit chain says of a snapshot."""
    return {name: _plain(getattr(one, name)) for name in _SNAPPED}


def _not_as_decided(seq: int) -> Problem:
    return Problem(
        "altered_act",
        N_("What the store holds of the decision in audit row {seq} is not what was decided."),
        N_("Restore a backup with `crmdata restore`."),
        values={"seq": seq},
    )


def _not_as_imported(what: str) -> Problem:
    return Problem(
        "altered_batch",
        N_("What the store holds of {what} is not what was imported."),
        N_("Restore a backup with `crmdata restore`."),
        values={"what": what},
    )
