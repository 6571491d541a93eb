"""The store: engines and sessions, migrations, the audit chain, backup and restore."""

from crmdata.db.audit import (
    AGREEMENT_ACTIONS,
    CLOSINGS,
    SIGN_ACTION,
    SNAPSHOT_ACTION,
    STEPS,
    audit,
    snapped,
)
from crmdata.db.backup import backup, restore
from crmdata.db.engine import connect, explanation, reading, writing
from crmdata.db.proofs import checked, prove, verify, verify_plan
from crmdata.db.replica import freshness
from crmdata.db.schema import head_revision, revision, upgrade
from crmdata.db.shape import verify_schema
from crmdata.db.signed import batch_content_sha256, sha256_of
from crmdata.db.signing import signed_now

__all__ = [
    "AGREEMENT_ACTIONS",
    "CLOSINGS",
    "SIGN_ACTION",
    "SNAPSHOT_ACTION",
    "STEPS",
    "audit",
    "backup",
    "batch_content_sha256",
    "checked",
    "connect",
    "explanation",
    "freshness",
    "head_revision",
    "prove",
    "reading",
    "restore",
    "revision",
    "sha256_of",
    "signed_now",
    "snapped",
    "upgrade",
    "verify",
    "verify_plan",
    "verify_schema",
    "writing",
]
