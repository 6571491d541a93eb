"""What the audit chain holds of each object, and the act that signs what it does not hold."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import inspect
from sqlmodel import col, select

from crmdata.store.db.audit import (
    KEEP_SALTS,
    KEEP_WORDS,
    REDACT_ACTION,
    SIGN_ACTION,
    STORING,
    audit,
)
from crmdata.store.db.known import Known
from crmdata.store.db.signed import content_hash, table_of, version_of
from crmdata.store.models import (
    Audit,
    Batch,
    Cooperation,
    OtherName,
    PlanVersion,
    PlanWord,
    Report,
    Store,
)


def chain(session: Known) -> Iterable[Audit]:
    """Return the rows of the chain, oldest first."""
    return session.exec(select(Audit).order_by(col(Audit.seq)))


def signatures(session: Known) -> dict[str, list[str]]:
    """Return the hashes that the chain holds of each object, oldest first.

    Where a redaction changed the object, only the one that it signed.
    """
    hashes: dict[str, list[str]] = {}
    for row in chain(session):
        if row.action in STORING:
            hashes.setdefault(row.object, []).append(row.content_sha256)
        detail = json.loads(row.detail)
        for name, signature in detail.get("signed", {}).items():
            hashes.setdefault(name, []).append(signature)
        for name, (before, after) in _changed(row.action, detail):
            # One that does not follow upon what was signed is no signature of anything.
            follows = hashes.get(name, [])[-1:] == [before]
            if name.partition(":")[0] in SIGNED_HERE:
                hashes[name] = [after] if follows else [*hashes.get(name, []), after]
    return hashes


SIGNED_HERE = frozenset({"batch"})
"""Of what a redaction changes, the objects that acts before it signed here."""


def _changed(action: str, detail: Mapping[str, Any]) -> Iterable[tuple[str, list[str]]]:
    changed: Mapping[str, list[str]] = detail.get("changed", {}) if action == REDACT_ACTION else {}
    return changed.items()


def redacted(session: Known) -> dict[str, list[tuple[int, str, str]]]:
    """Return what redactions signed of each object: the act, the hash before and after it."""
    changes: dict[str, list[tuple[int, str, str]]] = {}
    for row in chain(session):
        for name, (before, after) in _changed(row.action, json.loads(row.detail)):
            changes.setdefault(name, []).append((row.seq, before, after))
    return changes


def now_signed(first: str, changes: Iterable[tuple[int, str, str]], after: int = 0) -> str:
    """Return the hash that redactions leave of an object whose `first` hash was signed by an act.

    Empty where one of them does not follow upon what stood before it, or is not later than `after`.
    """
    stands = first
    for act, before, then in changes:
        if before != stands or act <= after:
            return ""
        stands = then
    return stands


def objects(session: Known) -> Iterator[str]:
    """Yield the names of all objects that the store holds, as the chain names them."""
    if session.get(Store, 1) is not None:
        yield from ("store", "places", "words")
    for number in session.exec(select(PlanVersion.id).order_by(col(PlanVersion.id))):
        yield f"plan_version:{number}"
    for batch in session.exec(select(Batch.id).order_by(col(Batch.id))):
        yield f"batch:{batch}"


def signs_all(hashes: list[str]) -> bool:
    """Tell whether one of an object's hashes signs every column: the first version did not."""
    return any(version_of(signature) != 1 for signature in hashes)


def signed_now(session: Known, *names: str) -> dict[str, str]:
    """Return what a row of the chain holds to sign objects as the store holds them now."""
    return {name: content_hash(session, name) for name in names}


def sign_unsigned(session: Known) -> None:
    """Sign what the store holds and the chain does not sign whole: what an earlier version left.

    From then on every change of it is found. Nothing is written where all is signed, and what
    is not as its first signature says stays without a new one.
    """
    hashes = signatures(session)
    unsigned = [
        name
        for name in objects(session)
        if not signs_all(hashes.get(name, [])) and _as_signed_first(session, name, hashes.get(name))
    ]
    if unsigned:
        audit(
            session,
            actor="crmdata",
            action=SIGN_ACTION,
            object="store",
            detail={"signed": signed_now(session, *unsigned)},
        )


def _as_signed_first(session: Known, name: str, hashes: list[str] | None) -> bool:
    """Tell whether an object is as the first version signed it, which signed batches only."""
    if not name.startswith("batch:"):
        return True
    return bool(hashes) and all(each == content_hash(session, name, 1) for each in hashes or ())


def keep_for_the_way_up(session: Known) -> None:
    """Write down in the chain what is signed and an earlier schema has no place for."""
    there = inspect(session.connection())
    salts = {
        table.name: {
            str(row): salt
            for row, salt in session.execute(select(table.c.id, table.c.salt))
            if salt
        }
        for table in map(table_of, (Report, Cooperation))
        if "salt" in {column["name"] for column in there.get_columns(table.name)}
    }
    if any(salts.values()):
        audit(session, actor="crmdata", action=KEEP_SALTS, object="store", detail={"salts": salts})
    words = {
        table.name: [dict(row) for row in session.execute(table.select()).mappings()]
        for table in map(table_of, (PlanWord, OtherName))
        if there.has_table(table.name)
    }
    if any(words.values()):
        audit(session, actor="crmdata", action=KEEP_WORDS, object="words", detail=words)
