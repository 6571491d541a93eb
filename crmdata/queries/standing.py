"""Which batches count, and from when: the steps of the review, one row a batch.

A report counts at a cut-off where it was reported on or before it, and its batch was recorded
at once or accepted on or before it, and not withdrawn on or before it. So what is accepted
after a meeting never changes the picture of that meeting, and what is withdrawn stays in the
pictures of the days before.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Subquery,
    Table,
    and_,
    case,
    func,
    or_,
    select,
)
from sqlmodel import Session

from crmdata.models import CooperationCountry, ReviewAct
from crmdata.queries.frames import table
from crmdata.queries.pinned import known_acts, pinned
from crmdata.terms import Step

_ACT = table(ReviewAct)


@dataclass(frozen=True)
class Provisional:
    """Whose submitted rows are shown beside the accepted ones: everybody's where both are empty."""

    country: str = ""
    partner: str = ""


def _newest(step: Step, column: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.max(case((_ACT.c.step == step, column)))


def standing(batches: Select[Any] | None = None) -> Subquery:
    """Return `batch_id entered recorded submitted_on accepted_on withdrawn_on waiting last`.

    `entered` and `last` are rows of the audit chain. `recorded` and `waiting` (submitted, and
    nothing decided since) are 1 or 0; a day is NULL where there was no such step. Steps that
    are not known (`crmdata.queries.pinned`) were not taken.
    """
    submitted = func.coalesce(_newest(Step.SUBMITTED, _ACT.c.seq), 0)
    # Whatever else was decided lies behind the last submission, or there is nothing waiting.
    decided = func.max(case((_ACT.c.step != Step.SUBMITTED, _ACT.c.seq), else_=0))
    steps = select(
        _ACT.c.batch_id,
        func.min(_ACT.c.seq).label("entered"),
        func.max(_ACT.c.seq).label("last"),
        func.max(case((_ACT.c.step == Step.RECORDED, 1), else_=0)).label("recorded"),
        _newest(Step.SUBMITTED, _ACT.c.day).label("submitted_on"),
        _newest(Step.ACCEPTED, _ACT.c.day).label("accepted_on"),
        # The first day: a withdrawal that a wrong clock dated ahead is followed by another.
        func.min(case((_ACT.c.step == Step.WITHDRAWN, _ACT.c.day))).label("withdrawn_on"),
        case((submitted > decided, 1), else_=0).label("waiting"),
    ).group_by(_ACT.c.batch_id)
    if pinned() is not None:
        steps = steps.where(known_acts(_ACT.c.seq))
    if batches is not None:
        steps = steps.where(_ACT.c.batch_id.in_(batches))
    return steps.subquery()


def accepted(steps: Subquery) -> ColumnElement[bool]:
    """Tell which batches count at all, now."""
    return and_(
        or_(steps.c.recorded == 1, steps.c.accepted_on.is_not(None)),
        steps.c.withdrawn_on.is_(None),
    )


def counted(
    rows: Table, steps: Subquery, cutoff: date, provisional: Provisional | None = None
) -> ColumnElement[bool]:
    """Tell which rows of a dated table count at a cut-off."""
    entered: list[ColumnElement[bool]] = [steps.c.recorded == 1, steps.c.accepted_on <= cutoff]
    if provisional is not None:
        waiting = and_(steps.c.waiting == 1, steps.c.submitted_on <= cutoff)
        entered.append(and_(waiting, *_of(rows, provisional)))
    standing_then = or_(steps.c.withdrawn_on.is_(None), steps.c.withdrawn_on > cutoff)
    return and_(rows.c.reported_on <= cutoff, or_(*entered), standing_then)


def counting(
    rows: FromClause, cutoff: date, provisional: Provisional | None = None
) -> ColumnElement[bool]:
    """Tell the same of rows that stand by themselves: their batch is one of those that count.

    For questions that look rows up by an index, one slot after the other: which batches count
    is asked once, and each row is then only looked up in the answer.
    """
    steps = standing()
    standing_then = or_(steps.c.withdrawn_on.is_(None), steps.c.withdrawn_on > cutoff)
    entered = or_(steps.c.recorded == 1, steps.c.accepted_on <= cutoff)
    # A sum is not looked up by an index: SQLite would look every batch up in every slot.
    batch = rows.c.batch_id + 0
    chosen: ColumnElement[bool] = batch.in_(select(steps.c.batch_id).where(entered, standing_then))
    if provisional is not None:
        waiting = and_(steps.c.waiting == 1, steps.c.submitted_on <= cutoff, standing_then)
        mine = batch.in_(select(steps.c.batch_id).where(waiting))
        chosen = or_(chosen, and_(mine, *_of(rows, provisional)))
    return and_(rows.c.reported_on <= cutoff, chosen)


def ever_counted(rows: Table, steps: Subquery, cutoff: date) -> ColumnElement[bool]:
    """Tell which rows counted on any day up to a cut-off, withdrawn ones too."""
    entered = or_(steps.c.recorded == 1, steps.c.accepted_on <= cutoff)
    return and_(rows.c.reported_on <= cutoff, entered)


def counts_from(rows: Table, steps: Subquery) -> ColumnElement[date]:
    """Return the day from which a row counts: what was reviewed not before it was accepted."""
    reviewed = and_(steps.c.recorded == 0, steps.c.accepted_on > rows.c.reported_on)
    return case((reviewed, steps.c.accepted_on), else_=rows.c.reported_on)


def _of(rows: FromClause, whose: Provisional) -> Iterable[ColumnElement[bool]]:
    """Yield what limits submitted rows to those of a country or a partner."""
    if not (whose.country or whose.partner):
        return
    if "partner" in rows.c:
        link = table(CooperationCountry)
        named = select(link.c.cooperation_id).where(link.c.country == whose.country)
        yield or_(rows.c.partner == whose.partner, rows.c.id.in_(named))
    else:
        yield rows.c.country == whose.country


def batches_withdrawn_by_now(session: Session) -> set[int]:
    """Return the batches that are withdrawn, as the store knows now, whatever a picture knows.

    Their numbers stay in earlier pictures; their texts are public in none.
    """
    steps = select(_ACT.c.batch_id).where(_ACT.c.step == Step.WITHDRAWN).distinct()
    return set(session.execute(steps).scalars())
