"""What somebody may ask for, and the sentence for who may not have it."""

from enum import StrEnum

from crmdata.errors import N_


class Action(StrEnum):
    """Everything that the rules decide on; each has its row in `authz.csv`."""

    SEE_PUBLISHED = "see_published"
    SEE_SUBMITTED = "see_submitted"
    SEE_RETURNED = "see_returned"
    CHECK_FILE = "check_file"
    SUBMIT = "submit"
    SUBMIT_ROWS_AGAIN = "submit_rows_again"
    CORRECT = "correct"
    EDIT_REPORT = "edit_report"
    SIN_CAMBIOS = "sin_cambios"
    OFFER = "offer"
    OBSERVE = "observe"
    RECORD = "record"
    NAME_MEETING = "name_meeting"
    ACCEPT = "accept"
    ACCEPT_ROWS = "accept_rows"
    SEND_BACK = "send_back"
    SEND_BACK_ROWS = "send_back_rows"
    WITHDRAW = "withdraw"
    WITHDRAW_ROWS = "withdraw_rows"
    CLOSE = "close"
    REOPEN = "reopen"
    NOTE_AGREEMENT = "note_agreement"
    COMPLETE_AGREEMENT = "complete_agreement"
    REOPEN_AGREEMENT = "reopen_agreement"
    WITHDRAW_AGREEMENT = "withdraw_agreement"
    MAKE_SNAPSHOT = "make_snapshot"
    REDACT = "redact"
    CONFIRM_CLOCK = "confirm_clock"
    CORRECT_CLOCK = "correct_clock"
    SEE_AUDIT = "see_audit"
    SEE_AUDIT_NAMES = "see_audit_names"


REFUSALS: dict[Action, str] = {
    Action.SEE_PUBLISHED: N_("You may not see what is published."),
    Action.SEE_SUBMITTED: N_("You may not see reports that are not accepted yet."),
    Action.SEE_RETURNED: N_("You may not see reports that were sent back, nor the comments."),
    Action.CHECK_FILE: N_("You may not have a file checked here."),
    Action.SUBMIT: N_("You may not submit these reports."),
    Action.SUBMIT_ROWS_AGAIN: N_("You may not submit these reports."),
    Action.CORRECT: N_("You may not correct these reports."),
    Action.EDIT_REPORT: N_("You may not fill in this report."),
    Action.SIN_CAMBIOS: N_("You may not report “no changes” here."),
    Action.OFFER: N_("You may not offer cooperation here."),
    Action.OBSERVE: N_("You may not add an observation to these figures."),
    Action.RECORD: N_("You may not import reports without a review."),
    Action.NAME_MEETING: N_("You may not name meetings."),
    Action.ACCEPT: N_("You may not accept reports."),
    Action.ACCEPT_ROWS: N_("You may not accept reports."),
    Action.SEND_BACK: N_("You may not send reports back."),
    Action.SEND_BACK_ROWS: N_("You may not send reports back."),
    Action.WITHDRAW: N_("You may not withdraw reports."),
    Action.WITHDRAW_ROWS: N_("You may not withdraw reports."),
    Action.CLOSE: N_("You may not close a semester."),
    Action.REOPEN: N_("You may not reopen a semester."),
    Action.NOTE_AGREEMENT: N_("You may not note agreements."),
    Action.COMPLETE_AGREEMENT: N_("You may not mark agreements as done."),
    Action.REOPEN_AGREEMENT: N_("You may not open agreements again."),
    Action.WITHDRAW_AGREEMENT: N_("You may not withdraw agreements."),
    Action.MAKE_SNAPSHOT: N_("You may not make snapshots."),
    Action.REDACT: N_("You may not search for texts to redact, nor redact them."),
    Action.CONFIRM_CLOCK: N_("You may not say that the clock is right."),
    Action.CORRECT_CLOCK: N_("Only an operator may say that a wrong clock dated the last act."),
    Action.SEE_AUDIT: N_("You may not see the audit trail."),
    Action.SEE_AUDIT_NAMES: N_("You may not see who did what."),
}
