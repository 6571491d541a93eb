"""The store: engines and sessions, migrations, the audit chain, backup and restore."""

from crmdata.db.audit import (
    AGREEMENT_ACTIONS,
    CLOSINGS,
    SNAPSHOT_ACTION,
    STEPS,
    audit,
    batch_content_sha256,
    sha256_of,
    snapped,
    verify,
)
from crmdata.db.backup import backup, restore
from crmdata.db.engine import connect, explanation, reading, writing
from crmdata.db.replica import freshness
from crmdata.db.schema import head_revision, revision, upgrade

__all__ = [
    "AGREEMENT_ACTIONS",
    "CLOSINGS",
    "SNAPSHOT_ACTION",
    "STEPS",
    "audit",
    "backup",
    "batch_content_sha256",
    "connect",
    "explanation",
    "freshness",
    "head_revision",
    "reading",
    "restore",
    "revision",
    "sha256_of",
    "snapped",
    "upgrade",
    "verify",
    "writing",
]
