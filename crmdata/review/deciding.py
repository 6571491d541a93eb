"""What becomes of a batch: each step follows from the last one, or is refused with a sentence."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Engine, select
from sqlmodel import Session, col
from sqlmodel import select as select_model

from crmdata import clock, db, queries
from crmdata.access import Action, Actor, require
from crmdata.errors import N_, AccessDenied, Problem, ReviewRefused
from crmdata.models import Batch, ReviewAct
from crmdata.queries.frames import table
from crmdata.reports.steps import Act, take_step
from crmdata.terms import Step

_STANDS: dict[str, str] = {
    Step.RECORDED: N_("Batch {batch} counts already: {by} recorded it on {day}."),
    Step.SUBMITTED: N_("Batch {batch} waits for the secretariat: {by} submitted it on {day}."),
    Step.ACCEPTED: N_("Batch {batch} was accepted by {by} on {day}."),
    Step.SENT_BACK: N_("Batch {batch} was sent back by {by} on {day}."),
    Step.WITHDRAWN: N_("Batch {batch} was withdrawn by {by} on {day}."),
}


def accept(
    engine: Engine,
    actor: Actor,
    batch_id: int,
    *,
    comment: str = "",
    today: date | None = None,
    rehearse: bool = False,
    confirmed: bool = False,
) -> None:
    """Let a submitted batch count from today.

    Where the deployment has two editors, nobody accepts what they submitted themselves. Raise
    AccessDenied, or ReviewRefused where the batch does not wait (any more), PersonalDataHeld where
    the text looks like one person's data and is not `confirmed` to be none; to `rehearse` is to
    raise what would be raised of the batch, and to do nothing.
    """
    with db.writing(engine) as session:
        last = _next_step(session, actor, Action.ACCEPT, batch_id, {Step.SUBMITTED})
        if last.identity == actor.identity and actor.editors > 1:
            raise AccessDenied(
                Problem(
                    "own_submission",
                    N_("Nobody accepts what they submitted themselves."),
                    N_("Ask another person of the secretariat."),
                )
            )
        if not rehearse:
            take_step(session, Act(actor, "accept", comment.strip(), today, confirmed), batch_id)


def send_back(
    engine: Engine,
    actor: Actor,
    batch_id: int,
    *,
    comment: str,
    today: date | None = None,
    rehearse: bool = False,
    confirmed: bool = False,
) -> None:
    """Give a submitted batch back to who sent it, with what is to be done. Raise as `accept`."""
    with db.writing(engine) as session:
        _next_step(session, actor, Action.SEND_BACK, batch_id, {Step.SUBMITTED})
        said = required(
            comment, N_("A batch is sent back with a comment."), N_("Say what is to be mended.")
        )
        if not rehearse:
            take_step(session, Act(actor, "send_back", said, today, confirmed), batch_id)


def submit_again(
    engine: Engine,
    actor: Actor,
    batch_id: int,
    *,
    comment: str = "",
    today: date | None = None,
    confirmed: bool = False,
) -> None:
    """Submit a batch that was sent back, as it stands. Raise as `accept`."""
    with db.writing(engine) as session:
        _next_step(session, actor, Action.SUBMIT, batch_id, {Step.SENT_BACK})
        take_step(session, Act(actor, "submit_again", comment.strip(), today, confirmed), batch_id)


def withdraw(
    engine: Engine,
    actor: Actor,
    batch_id: int,
    *,
    reason: str,
    today: date | None = None,
    rehearse: bool = False,
    confirmed: bool = False,
) -> None:
    """Take a batch out of the picture from today; earlier pictures and the record stay.

    Raise as `accept`.
    """
    with db.writing(engine) as session:
        allowed = {Step.RECORDED, Step.ACCEPTED, Step.SUBMITTED}
        last, day = _last_step(session, batch_id), today or clock.day_of(db.moment(session))
        if last is not None and last.day > day:
            # A wrong clock dated the withdrawal ahead: until then the batch is in the picture.
            allowed.add(Step.WITHDRAWN)
        _next_step(session, actor, Action.WITHDRAW, batch_id, allowed)
        said = required(
            reason, N_("A batch is withdrawn with a reason."), N_("Say why it is withdrawn.")
        )
        if not rehearse:
            take_step(session, Act(actor, "withdraw", said, today, confirmed), batch_id)


def required(text: str, message: str, way_out: str) -> str:
    """Return a text that must say something. Raise ReviewRefused."""
    said = text.strip()
    if not said:
        raise ReviewRefused(Problem("text_required", message, way_out))
    return said


def _next_step(
    session: Session, actor: Actor, action: Action, batch_id: int, after: Collection[Step]
) -> ReviewAct:
    """Return the batch's last step, if the actor may take the next one from there."""
    last = _last_step(session, batch_id)
    for country, partner in _about(session, batch_id):
        require(actor, action, country=country, partner=partner)
    if last is None:
        raise ReviewRefused(
            Problem(
                "no_batch",
                N_("There is no batch {batch}."),
                N_("`crmdata review list` names the batches."),
                values={"batch": batch_id},
            )
        )
    if last.step not in after:
        values = {"batch": batch_id, "by": last.actor, "day": last.day}
        raise ReviewRefused(
            Problem("not_the_next_step", _STANDS[last.step], N_("Nothing was done."), values=values)
        )
    return last


def _last_step(session: Session, batch_id: int) -> ReviewAct | None:
    steps = select_model(ReviewAct).where(col(ReviewAct.batch_id) == batch_id)
    return session.exec(steps.order_by(col(ReviewAct.seq).desc()).limit(1)).first()


def _about(session: Session, batch_id: int) -> list[tuple[str, str]]:
    """Return whom a batch is about; nobody where it has no rows, which nobody owns."""
    slots = queries.batch_slots(session, [batch_id])
    countries = sorted(set(slots["country"])) or [""]
    subject = session.execute(
        select(table(Batch).c.subject).where(table(Batch).c.id == batch_id)
    ).scalar()
    if subject == "cooperation":
        return queries.batch_partners(session, batch_id)
    return [(country, "") for country in countries]
