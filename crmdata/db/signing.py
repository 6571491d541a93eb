"""What the audit chain holds of each object, and the act that signs what it does not hold."""

import json
from collections.abc import Iterable, Iterator

from sqlmodel import Session, col, select

from crmdata.db.audit import SIGN_ACTION, STORING, audit
from crmdata.db.signed import content_hash, version_of
from crmdata.models import Audit, Batch, PlanVersion, Store


def chain(session: Session) -> Iterable[Audit]:
    """Return the rows of the chain, oldest first."""
    return session.exec(select(Audit).order_by(col(Audit.seq)))


def signatures(session: Session) -> dict[str, list[str]]:
    """Return the hashes that the chain holds of each object, oldest first."""
    held: dict[str, list[str]] = {}
    for row in chain(session):
        if row.action in STORING:
            held.setdefault(row.object, []).append(row.content_sha256)
        for name, signature in json.loads(row.detail).get("signed", {}).items():
            held.setdefault(name, []).append(signature)
    return held


def objects(session: Session) -> Iterator[str]:
    """Yield the names of all objects that the store holds, as the chain names them."""
    if session.get(Store, 1) is not None:
        yield from ("store", "places")
    for number in session.exec(select(PlanVersion.id).order_by(col(PlanVersion.id))):
        yield f"plan_version:{number}"
    for batch in session.exec(select(Batch.id).order_by(col(Batch.id))):
        yield f"batch:{batch}"


def signs_all(held: list[str]) -> bool:
    """Tell whether one of an object's hashes signs every column: the first version did not."""
    return any(version_of(signature) != 1 for signature in held)


def signed_now(session: Session, *names: str) -> dict[str, str]:
    """Return what a row of the chain holds to sign objects as the store holds them now."""
    return {name: content_hash(session, name) for name in names}


def sign_unsigned(session: Session) -> None:
    """Sign what the store holds and the chain does not sign whole: what an earlier version left.

    From then on every change of it is found. Nothing is written where all is signed, and what
    is not as its first signature says stays without a new one.
    """
    held = signatures(session)
    unsigned = [
        name
        for name in objects(session)
        if not signs_all(held.get(name, [])) and _as_signed_first(session, name, held.get(name))
    ]
    if unsigned:
        audit(
            session,
            actor="crmdata",
            action=SIGN_ACTION,
            object="store",
            detail={"signed": signed_now(session, *unsigned)},
        )


def _as_signed_first(session: Session, name: str, held: list[str] | None) -> bool:
    """Tell whether an object is as the first version signed it, which signed batches only."""
    if not name.startswith("batch:"):
        return True
    return bool(held) and all(each == content_hash(session, name, 1) for each in held or ())
