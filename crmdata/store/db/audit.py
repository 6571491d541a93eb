"""Who did what, when: one row an act in the act's own transaction, chained by hash.

A row's hash covers the hash before it, so a row changed, dropped or put in later breaks
every row behind it; an import's row also holds the hash of what it stored, a load of the plan
those of what it brought (`db.signed`). `db.proofs` holds the store against it.
"""

import json
import secrets
from collections.abc import Mapping
from typing import Any

from sqlmodel import col, select

from crmdata import clock
from crmdata.fields import REDACTABLE
from crmdata.store.db.committing import remember
from crmdata.store.db.known import Known
from crmdata.store.db.order import UNDATED, moment
from crmdata.store.db.signed import chain_hash
from crmdata.store.models import Audit, Snapshot
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
"""What the chain calls the closings of a period."""

AGREEMENT_ACTIONS: dict[AgreementStep, str] = {
    AgreementStep.NOTED: "note_agreement",
    AgreementStep.DONE: "complete_agreement",
    AgreementStep.REOPENED: "reopen_agreement",
    AgreementStep.WITHDRAWN: "withdraw_agreement",
}
"""What the chain calls the steps of an agreement."""

SNAPSHOT_ACTION = "snapshot"
"""What the chain calls the making of a snapshot."""

SIGN_ACTION = "sign"
"""What the chain calls signing what an earlier version of this software left unsigned."""

REDACT_ACTION = "redact"
"""What the chain calls the redaction of texts."""

KEEP_SALTS = "keep_salts"
"""What the chain calls the salts that a way back to an earlier schema would lose."""

KEEP_WORDS = "keep_words"
"""What the chain calls the plan's words that a way back to an earlier schema would lose."""

LOAD_WORDS = "load_words"
"""What the chain calls a load that brings other words of the same plan."""

TEXTS = frozenset(
    column.partition(".")[2]
    for table, _, column in (place.partition(".") for place in REDACTABLE)
    if table == "audit"
)
"""Keys of a row's detail under which stands what people wrote."""

STORING = ("import", "submit")
"""The acts that store a batch, whose content they sign."""


def audit(
    session: Known,
    *,
    actor: str,
    action: str,
    object: str,  # noqa: A002 - the column's name, as in every audit trail
    detail: Mapping[str, Any],
    content_sha256: str = "",
) -> Audit:
    """Add the row for an act to the caller's transaction and return it.

    The caller holds the writer lock (`writing`), so the chain cannot fork. With a text in the
    detail goes a salt of its own. Raise StoreError where the clock does not follow upon the last
    act.
    """
    if any(detail.get(key) for key in TEXTS):
        detail = {**detail, "salt": new_salt()}
    last = session.exec(select(Audit).order_by(col(Audit.seq).desc()).limit(1)).first()
    row = Audit(
        seq=last.seq + 1 if last else 1,
        at=clock.utc_now() if action in UNDATED else moment(session),
        actor=actor,
        action=action,
        object=object,
        detail=json.dumps(detail, ensure_ascii=False, sort_keys=True),
        content_sha256=content_sha256,
        previous=last.hash if last else "",
        hash="",
    )
    row.hash = chain_hash(row)
    session.add(row)
    session.flush()
    remember(session, row)
    return row


def new_salt() -> str:
    """Return random digits that are hashed with a text, and go with it."""
    return secrets.token_hex(16)


def snapped(snapshot: Snapshot) -> dict[str, Any]:
    """Return what the audit chain says of a snapshot; its words stay when a column is renamed."""
    return {
        "snapshot": snapshot.snapshot,
        "name": snapshot.name,
        "meeting": snapshot.meeting,
        "corte": snapshot.corte.isoformat(),
        "until": snapshot.until,
        "version_id": snapshot.version_id,
        "threshold": snapshot.threshold,
        "grace_days": snapshot.grace_days,
        "places": snapshot.places,
        "role": snapshot.role,
        "identity": snapshot.identity,
    }
