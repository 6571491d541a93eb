"""From a country's hand to the picture: submitting, accepting, sending back, withdrawing, closing.

Every function asks `crmdata.access` itself, and writes in one transaction with its row in the
audit chain. Functions that take an engine write; those that take a session only read.
"""

from crmdata.workflow.review.audit import audit_for
from crmdata.workflow.review.closing import close, reopen
from crmdata.workflow.review.deciding import accept, decide, send_back, submit_again, withdraw
from crmdata.workflow.review.forms import edit_report, observe, offer, sin_cambios
from crmdata.workflow.review.overview import StandingOfReports, lines_of, overview, provisional_for
from crmdata.workflow.review.reminders import Reminder, reminders
from crmdata.workflow.review.sending import dry_run, record, submit

__all__ = [
    "Reminder",
    "StandingOfReports",
    "accept",
    "audit_for",
    "close",
    "decide",
    "dry_run",
    "edit_report",
    "lines_of",
    "observe",
    "offer",
    "overview",
    "provisional_for",
    "record",
    "reminders",
    "reopen",
    "send_back",
    "sin_cambios",
    "submit",
    "submit_again",
    "withdraw",
]
