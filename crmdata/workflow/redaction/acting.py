"""The act: everything proved, texts changed, and what they leave signed, in one transaction."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select, text, update

from crmdata.errors import N_, Problem, RedactionRefused
from crmdata.store import db, queries
from crmdata.store.db import Known
from crmdata.store.models import Audit, Cooperation, Observation, Redaction, Report, Table
from crmdata.store.queries.frames import table
from crmdata.terms import tombstone
from crmdata.workflow import snapshots
from crmdata.workflow.proving import proved
from crmdata.workflow.redaction.places import Spot


@dataclass(frozen=True)
class Taken:
    """What an act took out: its number, and every place."""

    act: int
    spots: tuple[Spot, ...]

    @property
    def texts(self) -> int:
        """How many texts they are: one in a table and in the chain is one."""
        return len([spot for spot in self.spots if spot.table != "audit"]) or len(self.spots)


@dataclass(frozen=True)
class Why:
    """Who takes texts out, and the reason that everybody reads, in both languages."""

    actor: str
    role: str
    identity: str
    reason_es: str
    reason_en: str
    more: Mapping[str, Any] = field(default_factory=dict)


def take_out(session: Known, spots: list[Spot], why: Why) -> Taken:
    """Take the texts out in a writer's transaction, with the act that signs what is left.

    Nothing is done to a store that is not in order: what is wrong there would be signed anew.
    Raise StoreError.
    """
    _in_order(session)
    act = queries.data_version(session) + 1
    taken = Taken(act, tuple(spots))
    before = _signed(session, spots)
    rows = [
        {"seq": act, "position": position, "table_name": spot.table, "row_id": spot.row,
         "column_name": spot.column}
        for position, spot in enumerate(spots, start=1)
    ]  # fmt: skip
    session.execute(insert(table(Redaction)), rows)
    _change(session, act, spots)
    after = _now(session, list(before))
    db.audit(
        session,
        actor=why.actor,
        action=db.REDACT_ACTION,
        object="texts",
        detail={
            "role": why.role,
            "identity": why.identity,
            "reason_es": why.reason_es,
            "reason_en": why.reason_en,
            "texts": taken.texts,
            "targets": [list(spot) for spot in spots],
            "changed": {
                name: [hash_before, after[name]]
                for name, hash_before in before.items()
                if hash_before != after[name]
            },
            **why.more,
        },
    )
    if session.get_bind().dialect.name == "postgresql":
        # A table with a key still to be looked at cannot be moved, as a restore does.
        session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    _in_order(session)
    return taken


def _in_order(session: Known) -> None:
    if problems := proved(session):
        raise RedactionRefused(
            [
                Problem(
                    "not_in_order",
                    N_("The store is not in order, so nothing can be redacted in it."),
                    N_("Look at it with `crmdata status` first. Nothing was done."),
                ),
                *problems[:3],
            ]
        )


# What is signed, before and after


def _signed(session: Known, spots: Iterable[Spot]) -> dict[str, str]:
    """Return the hashes that the chain holds of all that the change may touch."""
    hashes, changes = db.signatures(session), db.redacted(session)
    signed = {name: hashes[name][-1] for name in _batches(session, spots)}
    for seq in sorted({spot.row for spot in spots if spot.table == "audit"}):
        row = session.get_one(Audit, seq)
        signed[f"audit:{seq}"] = db.now_signed(row.hash, changes.get(f"audit:{seq}", ()))
    for known in queries.every_snapshot(session):
        signed[f"snapshot:{known.snapshot}"] = snapshots.signed(session, known)
    return signed


def _now(session: Known, names: Iterable[str]) -> dict[str, str]:
    """Return the hashes of the same as they stand."""
    known = {
        f"snapshot:{snapshot.snapshot}": snapshot for snapshot in queries.every_snapshot(session)
    }
    hashes = {}
    for name in names:
        kind, _, number = name.partition(":")
        if kind == "batch":
            hashes[name] = db.batch_content_sha256(session, int(number))
        elif kind == "audit":
            hashes[name] = db.chain_hash(session.get_one(Audit, int(number)))
        else:
            with queries.knowing(session, known[name]):
                hashes[name] = snapshots.content_sha256(session, known[name])
    return hashes


def _batches(session: Known, spots: Iterable[Spot]) -> list[str]:
    numbers = {spot.row for spot in spots if spot.table == "batch"}
    for model in (Report, Cooperation, Observation):
        rows = table(model)
        mine = {spot.row for spot in spots if spot.table == rows.name}
        for row in sorted(mine):
            query = select(rows.c.batch_id).where(rows.c.id == row)
            numbers.add(session.execute(query).scalar_one())
    return [f"batch:{number}" for number in sorted(numbers)]


# The change itself


def _change(session: Known, act: int, spots: Iterable[Spot]) -> None:
    """Change the texts, as the guards of the tables allow it for what `redaction` names."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT crmdata_redact(:act)"), {"act": act})
        session.expire_all()
        return
    for spot in spots:
        rows = Table.metadata.tables[spot.table]
        (key,) = rows.primary_key.columns
        if spot.table == "audit":
            values = {"detail": _without(session.get_one(Audit, spot.row), spot.column, act)}
        else:
            values = {spot.column: tombstone(act)} | ({"salt": ""} if "salt" in rows.c else {})
        session.execute(update(rows).where(key == spot.row).values(values))
        session.expire_all()


def _without(row: Audit, column: str, act: int) -> str:
    """Return the detail of a row of the chain without one of its words, and its salt."""
    detail = json.loads(row.detail)
    detail[column.partition(".")[2]] = tombstone(act)
    if "salt" in detail:
        detail["salt"] = ""
    return json.dumps(detail, ensure_ascii=False, sort_keys=True)
