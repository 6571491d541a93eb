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
from crmdata.db.backup import backup
from crmdata.db.causes import explanation
from crmdata.db.confirming import confirm_clock
from crmdata.db.engine import connect, reading, writing
from crmdata.db.manifest import Contents, contents, head_mark
from crmdata.db.order import (
    CONFIRM_CLOCK,
    CORRECT_CLOCK,
    clock_problem,
    moment,
)
from crmdata.db.proofs import checked, prove, verify, verify_plan
from crmdata.db.replica import freshness
from crmdata.db.restoring import Restored, check_backup, restore
from crmdata.db.schema import (
    head_revision,
    known_revisions,
    revision,
    unknown_schema,
    upgrade,
)
from crmdata.db.shape import verify_schema
from crmdata.db.signed import batch_content_sha256, sha256_of
from crmdata.db.signing import signed_now

__all__ = [
    "AGREEMENT_ACTIONS",
    "CLOSINGS",
    "CONFIRM_CLOCK",
    "CORRECT_CLOCK",
    "SIGN_ACTION",
    "SNAPSHOT_ACTION",
    "STEPS",
    "Contents",
    "Restored",
    "audit",
    "backup",
    "batch_content_sha256",
    "check_backup",
    "checked",
    "clock_problem",
    "confirm_clock",
    "connect",
    "contents",
    "explanation",
    "freshness",
    "head_mark",
    "head_revision",
    "known_revisions",
    "moment",
    "prove",
    "reading",
    "restore",
    "revision",
    "sha256_of",
    "signed_now",
    "snapped",
    "unknown_schema",
    "upgrade",
    "verify",
    "verify_plan",
    "verify_schema",
    "writing",
]
