"""The store: engines and sessions, migrations, the audit chain, backup and restore."""

from crmdata.store.db.audit import (
    AGREEMENT_ACTIONS,
    CLOSINGS,
    LOAD_WORDS,
    REDACT_ACTION,
    SIGN_ACTION,
    SNAPSHOT_ACTION,
    STEPS,
    STORING,
    audit,
    new_salt,
    snapped,
)
from crmdata.store.db.backup import backup
from crmdata.store.db.causes import explanation
from crmdata.store.db.confirming import confirm_clock
from crmdata.store.db.engine import LOCK_SECONDS, connect, reading, writing
from crmdata.store.db.known import Known, Pinned
from crmdata.store.db.manifest import SUFFIX as MANIFEST_SUFFIX
from crmdata.store.db.manifest import Contents, contents, head_mark, manifest_of
from crmdata.store.db.order import CONFIRM_CLOCK, CORRECT_CLOCK, clock_problem, moment
from crmdata.store.db.proofs import checked, prove, verify, verify_plan
from crmdata.store.db.replica import freshness
from crmdata.store.db.restoring import Restored, check_backup, restore
from crmdata.store.db.schema import (
    head_revision,
    known_revisions,
    revision,
    unknown_schema,
    upgrade,
)
from crmdata.store.db.shape import verify_schema
from crmdata.store.db.signed import (
    batch_content_sha256,
    chain_hash,
    sha256_of,
    version_of,
    with_version,
)
from crmdata.store.db.signing import now_signed, redacted, signatures, signed_now
from crmdata.store.db.unfinished import free_name, unfinished

__all__ = [
    "AGREEMENT_ACTIONS",
    "CLOSINGS",
    "CONFIRM_CLOCK",
    "CORRECT_CLOCK",
    "LOAD_WORDS",
    "LOCK_SECONDS",
    "MANIFEST_SUFFIX",
    "REDACT_ACTION",
    "SIGN_ACTION",
    "SNAPSHOT_ACTION",
    "STEPS",
    "STORING",
    "Contents",
    "Known",
    "Pinned",
    "Restored",
    "audit",
    "backup",
    "batch_content_sha256",
    "chain_hash",
    "check_backup",
    "checked",
    "clock_problem",
    "confirm_clock",
    "connect",
    "contents",
    "explanation",
    "free_name",
    "freshness",
    "head_mark",
    "head_revision",
    "known_revisions",
    "manifest_of",
    "moment",
    "new_salt",
    "now_signed",
    "prove",
    "reading",
    "redacted",
    "restore",
    "revision",
    "sha256_of",
    "signatures",
    "signed_now",
    "snapped",
    "unfinished",
    "unknown_schema",
    "upgrade",
    "verify",
    "verify_plan",
    "verify_schema",
    "version_of",
    "with_version",
    "writing",
]
