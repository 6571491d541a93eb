"""What becomes of the rows of a batch: each step follows from their last, or is refused in words.

A step may name rows, by their ids in the store; without any it is of all rows from whose last
step it follows. Rows never move to another batch: what is corrected comes as a new one.
"""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Engine

from crmdata import clock
from crmdata.access import Action, Actor
from crmdata.errors import N_, AccessDenied, Problem, ReviewRefused
from crmdata.intake.reports.held_texts import settle_texts
from crmdata.intake.reports.steps import Act, take_step
from crmdata.store import db
from crmdata.store.db import Known
from crmdata.store.models import ReviewAct
from crmdata.terms import Step
from crmdata.workflow.review.choosing import (
    ChosenRows,
    Rows,
    called,
    chosen_rows,
    nothing_chosen,
    stands_at,
)


def accept(  # noqa: PLR0913 - each is said by its name
    engine: Engine,
    actor: Actor,
    batch_id: int,
    *,
    rows: Rows = None,
    comment: str = "",
    today: date | None = None,
    rehearse: bool = False,
    confirmed: bool = False,
) -> None:
    """Let submitted rows count from today.

    Where the deployment has two editors, nobody accepts what they submitted themselves at any
    time. Raise AccessDenied, or ReviewRefused where a row does not wait (any more),
    Held where the text looks like one person's data and is not `confirmed` to be
    none; to `rehearse` is to raise what would be raised of the rows, and to do nothing.
    """
    with db.writing(engine) as session:
        chosen = _waiting(session, actor, batch_id, rows)
        if not rehearse:
            _take(session, chosen, Act(actor, "accept", comment.strip(), today, confirmed))


def send_back(  # noqa: PLR0913 - each is said by its name
    engine: Engine,
    actor: Actor,
    batch_id: int,
    *,
    rows: Rows = None,
    comment: str,
    today: date | None = None,
    rehearse: bool = False,
    confirmed: bool = False,
) -> None:
    """Give submitted rows back to who sent them, with what is to be done. Raise as `accept`."""
    with db.writing(engine) as session:
        chosen = _to_send_back(session, actor, batch_id, rows, comment)
        if not rehearse:
            _take(session, chosen, Act(actor, "send_back", comment.strip(), today, confirmed))


def decide(  # noqa: PLR0913 - each is said by its name
    engine: Engine,
    actor: Actor,
    batch_id: int,
    *,
    accepted: Mapping[int, str],
    returned: Mapping[int, str],
    today: date | None = None,
    rehearse: bool = False,
    confirmed: bool = False,
) -> None:
    """Accept some rows and send back others, each with its comment: all of it, or nothing.

    Raise as `accept`.
    """
    with db.writing(engine) as session:
        if not (accepted or returned):
            raise nothing_chosen()
        accepting = [(text, _waiting(session, actor, batch_id, rows))
                     for text, rows in _by_text(accepted)]  # fmt: skip
        back = [(text, _to_send_back(session, actor, batch_id, rows, text))
                for text, rows in _by_text(returned)]  # fmt: skip
        if rehearse:
            return
        # All of them before the first is written, so that one answer names what each holds.
        settle_texts([*accepted.values(), *returned.values()], confirmed=confirmed)
        for text, chosen in accepting:
            _take(session, chosen, Act(actor, "accept", text, today, confirmed))
        for text, chosen in back:
            _take(session, chosen, Act(actor, "send_back", text, today, confirmed))


def _by_text(comments: Mapping[int, str]) -> list[tuple[str, list[int]]]:
    """Return the rows of each comment: what is said once is one act."""
    rows: dict[str, list[int]] = {}
    for row, text in comments.items():
        rows.setdefault(text.strip(), []).append(row)
    return list(rows.items())


def submit_again(
    engine: Engine,
    actor: Actor,
    batch_id: int,
    *,
    rows: Rows = None,
    comment: str = "",
    today: date | None = None,
    confirmed: bool = False,
) -> None:
    """Submit rows that were sent back, as they stand. Raise as `accept`."""
    action = Action.SUBMIT if rows is None else Action.SUBMIT_ROWS_AGAIN
    with db.writing(engine) as session:
        chosen = chosen_rows(session, actor, action, batch_id, rows, stands_at(Step.SENT_BACK))
        _take(session, chosen, Act(actor, "submit_again", comment.strip(), today, confirmed))


def withdraw(  # noqa: PLR0913 - each is said by its name
    engine: Engine,
    actor: Actor,
    batch_id: int,
    *,
    rows: Rows = None,
    reason: str,
    today: date | None = None,
    rehearse: bool = False,
    confirmed: bool = False,
) -> None:
    """Take rows out of the picture from today; earlier pictures and the record stay.

    Raise as `accept`.
    """
    action = Action.WITHDRAW if rows is None else Action.WITHDRAW_ROWS
    with db.writing(engine) as session:
        day = today or clock.day_of(db.moment(session))
        stands = stands_at(Step.RECORDED, Step.ACCEPTED, Step.SUBMITTED)

        def follows(last: ReviewAct) -> bool:
            # A wrong clock dated the withdrawal ahead: until then the row is in the picture.
            return stands(last) or (last.step == Step.WITHDRAWN and last.day > day)

        chosen = chosen_rows(session, actor, action, batch_id, rows, follows)
        text = required(
            reason, N_("A batch is withdrawn with a reason."), N_("Say why it is withdrawn.")
        )
        if not rehearse:
            _take(session, chosen, Act(actor, "withdraw", text, today, confirmed))


def _waiting(session: Known, actor: Actor, batch_id: int, rows: Rows) -> ChosenRows:
    """Return rows to accept, none of which the actor ever submitted where two editors are."""
    action = Action.ACCEPT if rows is None else Action.ACCEPT_ROWS
    chosen = chosen_rows(session, actor, action, batch_id, rows, stands_at(Step.SUBMITTED))
    own = [row for row in chosen.rows if actor.identity in chosen.batch.submitters(row)]
    if own and actor.editors > 1:
        raise _own_submission(session, chosen, own)
    return chosen


def _own_submission(session: Known, chosen: ChosenRows, own: list[int]) -> AccessDenied:
    way_out = N_("Ask another person of the secretariat.")
    if len(own) == len(chosen.rows):
        message = N_("Nobody accepts what they submitted themselves.")
        return AccessDenied(Problem("own_submission", message, way_out))
    return AccessDenied(
        Problem(
            "own_submission",
            N_(
                "Nobody accepts what they submitted themselves: {activity}, {semester}, is among "
                "it."
            ),
            way_out,
            values=called(session, chosen.batch.number, own[0]),
        )
    )


def _take(session: Known, chosen: ChosenRows, act: Act) -> None:
    take_step(session, act, chosen.batch.number, rows=chosen.named_rows)


def _to_send_back(
    session: Known, actor: Actor, batch_id: int, rows: Rows, comment: str
) -> ChosenRows:
    """Return rows to send back, with a comment that must say something."""
    action = Action.SEND_BACK if rows is None else Action.SEND_BACK_ROWS
    chosen = chosen_rows(session, actor, action, batch_id, rows, stands_at(Step.SUBMITTED))
    way_out = N_("Say what is to be mended.")
    if rows is not None and not comment.strip():
        message = N_("A row is sent back with a comment: {activity}, {semester}, has none.")
        values = called(session, batch_id, chosen.rows[0])
        raise ReviewRefused(Problem("text_required", message, way_out, values=values))
    required(comment, N_("A batch is sent back with a comment."), way_out)
    return chosen


def required(text: str, message: str, way_out: str) -> str:
    """Return a text that must say something. Raise ReviewRefused."""
    stripped = text.strip()
    if not stripped:
        raise ReviewRefused(Problem("text_required", message, way_out))
    return stripped
