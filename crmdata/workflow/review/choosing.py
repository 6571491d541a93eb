"""What a step of the review is about: the rows from whose last act it follows."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col
from sqlmodel import select as select_model

from crmdata.access import Action, Actor, require
from crmdata.errors import N_, Problem, ReviewRefused
from crmdata.store import queries
from crmdata.store.db import Known
from crmdata.store.models import Batch, ReviewAct, ReviewRow
from crmdata.store.queries.frames import table
from crmdata.terms import Step

Rows = Collection[int] | None
"""Rows by their ids in the store; None for all from which a step follows."""

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
        return (act for act, rows in self.acts if not rows or row in rows)

    def last(self, row: int) -> ReviewAct:
        *_, last = self.of(row)
        return last

    def submitters(self, row: int) -> set[str]:
        """Return the identities of all who ever submitted a row."""
        return {act.identity for act in self.of(row) if act.step == Step.SUBMITTED}


@dataclass(frozen=True)
class ChosenRows:
    """What a step is about."""

    batch: _Batch
    rows: list[int]

    @property
    def named_rows(self) -> list[int]:
        """The rows that the act names: none where it is about the whole batch."""
        return [] if len(self.rows) == len(self.batch.rows) else self.rows


Follows = Callable[[ReviewAct], bool]
"""Whether a step may follow upon a row's last one."""


def stands_at(*steps: Step) -> Follows:
    """Return that the last step was one of these."""
    return lambda last: last.step in steps


def chosen_rows(
    session: Known, actor: Actor, action: Action, batch_id: int, rows: Rows, follows: Follows
) -> ChosenRows:
    """Return what a step is about, if the actor may take it on all of that."""
    for country, partner in _subjects(session, batch_id):
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
        return ChosenRows(batch, chosen)
    chosen = sorted(set(rows))
    if not chosen:
        raise nothing_chosen()
    for row in chosen:
        if row not in batch.rows or not row:
            raise _no_row(batch_id)
        last = batch.last(row)
        if not follows(last):
            which = called(session, batch_id, row)
            raise _not_next(_ROW_STANDS[last.step], batch_id, last, **which)
    return ChosenRows(batch, chosen)


def _not_next(message: str, batch_id: int, last: ReviewAct, **more: str) -> ReviewRefused:
    values = {"batch": batch_id, "by": last.actor, "day": last.day, **more}
    return ReviewRefused(
        Problem("not_the_next_step", message, N_("Nothing was done."), values=values)
    )


def nothing_chosen() -> ReviewRefused:
    """Return the refusal of a step about nothing."""
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


def called(session: Known, batch_id: int, row: int) -> dict[str, str]:
    """Return a row's activity and period, which tell people which it is."""
    rows = queries.batch_rows(session, batch_id).set_index("row")
    return {name: str(rows.loc[row, name]) for name in ("activity", "semester")}


def _batch(session: Known, batch_id: int) -> _Batch:
    steps = select_model(ReviewAct).where(col(ReviewAct.batch_id) == batch_id)
    acts = session.exec(steps.order_by(col(ReviewAct.seq))).all()
    rows = select_model(ReviewRow).where(col(ReviewRow.seq).in_([act.seq for act in acts]))
    rows_of: dict[int, set[int]] = {}
    for each in session.exec(rows):
        rows_of.setdefault(each.seq, set()).add(each.row)
    ids = queries.batch_rows(session, batch_id)["row"].tolist() or [0]
    return _Batch(batch_id, ids, [(act, frozenset(rows_of.get(act.seq, ()))) for act in acts])


def _subjects(session: Known, batch_id: int) -> list[tuple[str, str]]:
    """Return whom a batch is about; nobody where it has no rows, which nobody owns."""
    slots = queries.batch_slots(session, [batch_id])
    countries = sorted(set(slots["country"])) or [""]
    subject = session.execute(
        select(table(Batch).c.subject).where(table(Batch).c.id == batch_id)
    ).scalar()
    if subject == "cooperation":
        return queries.batch_partners(session, batch_id)
    return [(country, "") for country in countries]
