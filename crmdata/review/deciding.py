"""What becomes of the rows of a batch: each step follows from their last, or is refused in words.

A step may name rows, by their ids in the store; without any it is of all rows from whose last
step it follows. Rows never move to another batch: what is corrected comes as a new one.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, select
from sqlmodel import Session, col
from sqlmodel import select as select_model

from crmdata import clock, db, queries
from crmdata.access import Action, Actor, require
from crmdata.errors import N_, AccessDenied, Problem, ReviewRefused
from crmdata.models import Batch, ReviewAct, ReviewRow
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

_ROW_STANDS: dict[str, str] = {
    Step.RECORDED: N_(
        "{activity}, {semester} (batch {batch}) counts already: {by} recorded it on {day}."
    ),
    Step.SUBMITTED: N_(
        "{activity}, {semester} (batch {batch}) waits for the secretariat: {by} submitted it on "
        "{day}."
    ),
    Step.ACCEPTED: N_("{activity}, {semester} (batch {batch}) was accepted by {by} on {day}."),
    Step.SENT_BACK: N_("{activity}, {semester} (batch {batch}) was sent back by {by} on {day}."),
    Step.WITHDRAWN: N_("{activity}, {semester} (batch {batch}) was withdrawn by {by} on {day}."),
}

Rows = Collection[int] | None


def accept(
    engine: Engine,
    actor: Actor,
    batch_id: int,
    *,
    rows: Rows = None,
    comment: str = "",
    today: date | None = None,
    rehearse: bool = False,
) -> None:
    """Let submitted rows count from today.

    Where the deployment has two editors, nobody accepts what they submitted themselves at any
    time. Raise AccessDenied, or ReviewRefused where a row does not wait (any more); to `rehearse`
    is to raise what would be raised, and to do nothing.
    """
    with db.writing(engine) as session:
        chosen = _waiting(session, actor, batch_id, rows)
        if not rehearse:
            _accept(session, actor, chosen, comment, today)


def send_back(
    engine: Engine,
    actor: Actor,
    batch_id: int,
    *,
    rows: Rows = None,
    comment: str,
    today: date | None = None,
    rehearse: bool = False,
) -> None:
    """Give submitted rows back to who sent them, with what is to be done. Raise as `accept`."""
    with db.writing(engine) as session:
        chosen = _to_send_back(session, actor, batch_id, rows, comment)
        if not rehearse:
            _send_back(session, actor, chosen, comment, today)


def decide(
    engine: Engine,
    actor: Actor,
    batch_id: int,
    *,
    accepted: Mapping[int, str],
    returned: Mapping[int, str],
    today: date | None = None,
    rehearse: bool = False,
) -> None:
    """Accept some rows and send back others, each with its comment: all of it, or nothing.

    Raise as `accept`.
    """
    with db.writing(engine) as session:
        if not (accepted or returned):
            raise _nothing_chosen()
        taken = [(text, _waiting(session, actor, batch_id, rows))
                 for text, rows in _by_text(accepted)]  # fmt: skip
        back = [(text, _to_send_back(session, actor, batch_id, rows, text))
                for text, rows in _by_text(returned)]  # fmt: skip
        if rehearse:
            return
        for text, chosen in taken:
            _accept(session, actor, chosen, text, today)
        for text, chosen in back:
            _send_back(session, actor, chosen, text, today)


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
) -> None:
    """Submit rows that were sent back, as they stand. Raise as `accept`."""
    action = Action.SUBMIT if rows is None else Action.SUBMIT_ROWS_AGAIN
    with db.writing(engine) as session:
        chosen = _chosen(session, actor, action, batch_id, rows, _stands_at(Step.SENT_BACK))
        act = Act(actor, "submit_again", comment.strip(), today)
        take_step(session, act, batch_id, rows=chosen.named)


def withdraw(
    engine: Engine,
    actor: Actor,
    batch_id: int,
    *,
    rows: Rows = None,
    reason: str,
    today: date | None = None,
    rehearse: bool = False,
) -> None:
    """Take rows out of the picture from today; earlier pictures and the record stay.

    Raise as `accept`.
    """
    action = Action.WITHDRAW if rows is None else Action.WITHDRAW_ROWS
    with db.writing(engine) as session:
        day = today or clock.day_of(db.moment(session))
        stands = _stands_at(Step.RECORDED, Step.ACCEPTED, Step.SUBMITTED)

        def follows(last: ReviewAct) -> bool:
            # A wrong clock dated the withdrawal ahead: until then the row is in the picture.
            return stands(last) or (last.step == Step.WITHDRAWN and last.day > day)

        chosen = _chosen(session, actor, action, batch_id, rows, follows)
        said = required(
            reason, N_("A batch is withdrawn with a reason."), N_("Say why it is withdrawn.")
        )
        if not rehearse:
            act = Act(actor, "withdraw", said, today)
            take_step(session, act, batch_id, rows=chosen.named)


def _waiting(session: Session, actor: Actor, batch_id: int, rows: Rows) -> "_Chosen":
    """Return rows to accept, none of which the actor ever submitted where two editors are."""
    action = Action.ACCEPT if rows is None else Action.ACCEPT_ROWS
    chosen = _chosen(session, actor, action, batch_id, rows, _stands_at(Step.SUBMITTED))
    own = [row for row in chosen.rows if actor.identity in chosen.batch.submitters(row)]
    if own and actor.editors > 1:
        raise _own_submission(session, chosen, own)
    return chosen


def _own_submission(session: Session, chosen: "_Chosen", own: list[int]) -> AccessDenied:
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
            values=_called(session, chosen.batch.number, own[0]),
        )
    )


def _accept(
    session: Session, actor: Actor, chosen: "_Chosen", comment: str, day: date | None
) -> None:
    act = Act(actor, "accept", comment.strip(), day)
    take_step(session, act, chosen.batch.number, rows=chosen.named)


def _to_send_back(
    session: Session, actor: Actor, batch_id: int, rows: Rows, comment: str
) -> "_Chosen":
    """Return rows to send back, with a comment that must say something."""
    action = Action.SEND_BACK if rows is None else Action.SEND_BACK_ROWS
    chosen = _chosen(session, actor, action, batch_id, rows, _stands_at(Step.SUBMITTED))
    way_out = N_("Say what is to be mended.")
    if rows is not None and not comment.strip():
        message = N_("A row is sent back with a comment: {activity}, {semester}, has none.")
        values = _called(session, batch_id, chosen.rows[0])
        raise ReviewRefused(Problem("text_required", message, way_out, values=values))
    required(comment, N_("A batch is sent back with a comment."), way_out)
    return chosen


def _send_back(
    session: Session, actor: Actor, chosen: "_Chosen", comment: str, day: date | None
) -> None:
    act = Act(actor, "send_back", comment.strip(), day)
    take_step(session, act, chosen.batch.number, rows=chosen.named)


def required(text: str, message: str, way_out: str) -> str:
    """Return a text that must say something. Raise ReviewRefused."""
    said = text.strip()
    if not said:
        raise ReviewRefused(Problem("text_required", message, way_out))
    return said


@dataclass(frozen=True)
class _Batch:
    """A batch's rows, and the acts on it with the rows that they name, in their order.

    A batch that has no rows of its own to name, as one of meetings, is a single row: 0.
    """

    number: int
    rows: list[int]
    acts: list[tuple[ReviewAct, frozenset[int]]]

    def of(self, row: int) -> Iterator[ReviewAct]:
        """Yield the acts that a row's standing follows from."""
        return (act for act, named in self.acts if not named or row in named)

    def last(self, row: int) -> ReviewAct:
        *_, last = self.of(row)
        return last

    def submitters(self, row: int) -> set[str]:
        """Return the identities of all who ever submitted a row."""
        return {act.identity for act in self.of(row) if act.step == Step.SUBMITTED}


@dataclass(frozen=True)
class _Chosen:
    """What a step is about."""

    batch: _Batch
    rows: list[int]

    @property
    def named(self) -> list[int]:
        """The rows that the act names: none where it is about the whole batch."""
        return [] if len(self.rows) == len(self.batch.rows) else self.rows


_Follows = Callable[[ReviewAct], bool]
"""Whether a step may follow upon a row's last one."""


def _stands_at(*steps: Step) -> _Follows:
    return lambda last: last.step in steps


def _chosen(
    session: Session, actor: Actor, action: Action, batch_id: int, rows: Rows, follows: _Follows
) -> _Chosen:
    """Return what a step is about, if the actor may take it on all of that."""
    for country, partner in _about(session, batch_id):
        require(actor, action, country=country, partner=partner)
    batch = _batch(session, batch_id)
    if not batch.acts:
        raise ReviewRefused(
            Problem(
                "no_batch",
                N_("There is no batch {batch}."),
                N_("`crmdata review list` names the batches."),
                values={"batch": batch_id},
            )
        )
    if rows is None:
        chosen = [row for row in batch.rows if follows(batch.last(row))]
        if not chosen:
            last = batch.acts[-1][0]
            raise _not_next(_STANDS[last.step], batch_id, last)
        return _Chosen(batch, chosen)
    chosen = sorted(set(rows))
    if not chosen:
        raise _nothing_chosen()
    for row in chosen:
        if row not in batch.rows or not row:
            raise _no_row(batch_id)
        last = batch.last(row)
        if not follows(last):
            called = _called(session, batch_id, row)
            raise _not_next(_ROW_STANDS[last.step], batch_id, last, **called)
    return _Chosen(batch, chosen)


def _not_next(message: str, batch_id: int, last: ReviewAct, **more: str) -> ReviewRefused:
    values = {"batch": batch_id, "by": last.actor, "day": last.day, **more}
    return ReviewRefused(
        Problem("not_the_next_step", message, N_("Nothing was done."), values=values)
    )


def _nothing_chosen() -> ReviewRefused:
    return ReviewRefused(
        Problem("no_rows", N_("Nothing was chosen."), N_("Choose one row at least."))
    )


def _no_row(batch_id: int) -> ReviewRefused:
    return ReviewRefused(
        Problem(
            "no_row",
            N_("Batch {batch} has no such row."),
            N_("`crmdata review show {batch}` lists its rows."),
            values={"batch": batch_id},
        )
    )


def _called(session: Session, batch_id: int, row: int) -> dict[str, str]:
    """Return a row's activity and semester, which tell people which it is."""
    rows = queries.batch_rows(session, batch_id).set_index("row")
    return {name: rows.loc[row, name] for name in ("activity", "semester")}


def _batch(session: Session, batch_id: int) -> _Batch:
    steps = select_model(ReviewAct).where(col(ReviewAct.batch_id) == batch_id)
    acts = session.exec(steps.order_by(col(ReviewAct.seq))).all()
    rows = select_model(ReviewRow).where(col(ReviewRow.seq).in_([act.seq for act in acts]))
    named: dict[int, set[int]] = {}
    for each in session.exec(rows):
        named.setdefault(each.seq, set()).add(each.row)
    ids = queries.batch_rows(session, batch_id)["row"].tolist() or [0]
    return _Batch(batch_id, ids, [(act, frozenset(named.get(act.seq, ()))) for act in acts])


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
