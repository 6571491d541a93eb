"""What must go, goes: texts found everywhere they stand, taken out by one act, for good.

Numbers, ids and the proof stay. `finding` finds, `acting` takes out, `ledger` keeps what was taken
out for backups that still hold it, `remains` deletes the copies that would.
"""

from crmdata.workflow.redaction import wording
from crmdata.workflow.redaction.acting import Taken
from crmdata.workflow.redaction.finding import TextPlace, find
from crmdata.workflow.redaction.ledger import NAME as LEDGER
from crmdata.workflow.redaction.ledger import apply_ledger, complete_ledger
from crmdata.workflow.redaction.places import Spot
from crmdata.workflow.redaction.remains import kept_copies, prune, scrub
from crmdata.workflow.redaction.requests import LONGEST, Done, redact

__all__ = [
    "LEDGER",
    "LONGEST",
    "Done",
    "Spot",
    "Taken",
    "TextPlace",
    "apply_ledger",
    "complete_ledger",
    "find",
    "kept_copies",
    "prune",
    "redact",
    "scrub",
    "wording",
]
