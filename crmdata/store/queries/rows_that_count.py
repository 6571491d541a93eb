"""Which rows count, and from when: the steps of the review, by the parts of a batch.

A report counts at a cut-off where it was reported on or before it, and recorded at once or
accepted on or before it, and not withdrawn on or before it. So what is accepted after a meeting
never changes the picture of that meeting, and what is withdrawn stays in the pictures of the
days before.

What becomes of a row follows from the acts on its whole batch and those that name it. Few acts
name rows: each such row is a part of its batch by itself, and all the others together are one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    FromClause,
    Select,
    Subquery,
    Table,
    TextualSelect,
    and_,
    case,
    column,
    func,
    literal,
    or_,
    select,
    text,
    true,
    union_all,
)

from crmdata.files import Subject
from crmdata.store.db import Known
from crmdata.store.models import Batch, CooperationCountry, ReviewAct, ReviewRow
from crmdata.store.queries.frames import table
from crmdata.store.queries.snapshots import known_acts
from crmdata.terms import Step

_ACT, _NAMED, _BATCH = table(ReviewAct), table(ReviewRow), table(Batch)

REST = 0
"""The `row` of a part that is all that no act names: ids begin with 1."""


@dataclass(frozen=True)
class Provisional:
    """Whose submitted rows are shown beside the accepted ones: everybody's where both are empty."""

    country: str = ""
    partner: str = ""


def _newest(step: Step, column: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.max(case((_ACT.c.step == step, column)))


def batch_parts(session: Known) -> Subquery:
    """Return `batch_id row entered recorded submitted_on accepted_on withdrawn_on waiting last`.

    A row a part: `row` is the id that acts name, or `REST`; a batch whose rows are all named has
    no such part. `entered` and `last` are rows of the audit chain. `recorded` and `waiting`
    (submitted, and nothing decided since) are 1 or 0; a day is NULL where there was no such
    step. Steps that are not known (`crmdata.store.queries.snapshots`) were not taken.
    """
    return _written(session.until, _parts).subquery()


def _parts(until: int | None) -> CompoundSelect[Any]:
    return union_all(_rest(until), _named_parts(until))


def _rest(until: int | None) -> Select[Any]:
    emptied = (
        select(_ACT.c.batch_id)
        .join(_NAMED, _NAMED.c.seq == _ACT.c.seq)
        .join(_BATCH, _BATCH.c.id == _ACT.c.batch_id)
        .where(known_acts(until, _ACT.c.seq))
        .group_by(_ACT.c.batch_id, _BATCH.c.rows)
        .having(func.count(_NAMED.c.row.distinct()) >= _BATCH.c.rows)
    )
    with_rest = _ACT.c.batch_id.not_in(emptied)
    return _summed(until, literal(REST)).where(_whole(), with_rest).group_by(_ACT.c.batch_id)


def _named_parts(until: int | None, subject: Subject | None = None) -> Select[Any]:
    acts = (
        select(_ACT.c.batch_id, _NAMED.c.row)
        .join(_NAMED, _NAMED.c.seq == _ACT.c.seq)
        .where(known_acts(until, _ACT.c.seq), _of_subject(subject))
        .distinct()
        .subquery("told")
    )
    naming = _NAMED.alias("naming")
    return (
        _summed(until, acts.c.row)
        .join(acts, acts.c.batch_id == _ACT.c.batch_id)
        .outerjoin(naming, and_(naming.c.seq == _ACT.c.seq, naming.c.row == acts.c.row))
        .where(or_(naming.c.row.is_not(None), _whole()))
        .group_by(_ACT.c.batch_id, acts.c.row)
    )


def _names(until: int | None, subject: Subject) -> Select[Any]:
    """Select the ids of those rows of a subject that known acts name."""
    rows = select(_NAMED.c.row).join(_ACT, _ACT.c.seq == _NAMED.c.seq)
    return rows.where(known_acts(until, _ACT.c.seq), _of_subject(subject))


def _of_subject(subject: Subject | None) -> ColumnElement[bool]:
    """Tell which acts are on batches of a subject: ids are those of one table only."""
    batches = select(_BATCH.c.id).where(_BATCH.c.subject == str(subject))
    return true() if subject is None else _ACT.c.batch_id.in_(batches)


def _whole() -> ColumnElement[bool]:
    """Tell which acts are of their whole batch."""
    return _ACT.c.seq.not_in(select(_NAMED.c.seq))


def _summed(until: int | None, row: ColumnElement[int]) -> Select[Any]:
    submitted = func.coalesce(_newest(Step.SUBMITTED, _ACT.c.seq), 0)
    # Whatever else was decided lies behind the last submission, or there is nothing waiting.
    decided = func.max(case((_ACT.c.step != Step.SUBMITTED, _ACT.c.seq), else_=0))
    steps = select(
        _ACT.c.batch_id,
        row.label("row"),
        func.min(_ACT.c.seq).label("entered"),
        func.max(_ACT.c.seq).label("last"),
        func.max(case((_ACT.c.step == Step.RECORDED, 1), else_=0)).label("recorded"),
        _newest(Step.SUBMITTED, _ACT.c.day).label("submitted_on"),
        _newest(Step.ACCEPTED, _ACT.c.day).label("accepted_on"),
        # The first day: a withdrawal that a wrong clock dated ahead is followed by another.
        func.min(case((_ACT.c.step == Step.WITHDRAWN, _ACT.c.day))).label("withdrawn_on"),
        case((submitted > decided, 1), else_=0).label("waiting"),
    )
    return steps.select_from(_ACT).where(known_acts(until, _ACT.c.seq))


@lru_cache(maxsize=128)
def _written(
    until: int | None, build: Callable[..., Select[Any] | CompoundSelect[Any]], *about: Any
) -> TextualSelect:
    """Return a question that is always the same as text.

    To build it anew, and to compare it with those compiled before, would take several times as
    long as the database takes to answer it.
    """
    query = build(until, *about)
    columns = (column(str(each.key), each.type) for each in query.selected_columns)
    return text(str(query.compile(compile_kwargs={"literal_binds": True}))).columns(*columns)


def part_of(session: Known, rows: FromClause, steps: Subquery) -> ColumnElement[bool]:
    """Join rows with the part of their batch that they belong to."""
    by_name = rows.c.id.in_(_written(session.until, _names, _subject(rows)))
    part = case((by_name, rows.c.id), else_=REST)
    return and_(steps.c.batch_id == rows.c.batch_id, steps.c.row == part)


def _subject(rows: FromClause) -> Subject:
    own = {"partner": Subject.COOPERATION, "observation": Subject.OBSERVATIONS,
           "meeting": Subject.MEETINGS}  # fmt: skip
    return next((own[name] for name in own if name in rows.c), Subject.REPORTS)


def accepted(steps: FromClause) -> ColumnElement[bool]:
    """Tell which parts count at all, now."""
    return and_(
        or_(steps.c.recorded == 1, steps.c.accepted_on.is_not(None)),
        steps.c.withdrawn_on.is_(None),
    )


def counts_at(
    rows: Table, steps: Subquery, cutoff: date, provisional: Provisional | None = None
) -> ColumnElement[bool]:
    """Tell which rows of a dated table count at a cut-off."""
    entered: list[ColumnElement[bool]] = [steps.c.recorded == 1, steps.c.accepted_on <= cutoff]
    if provisional is not None:
        waiting = and_(steps.c.waiting == 1, steps.c.submitted_on <= cutoff)
        entered.append(and_(waiting, *of_whom(rows, provisional)))
    standing_then = or_(steps.c.withdrawn_on.is_(None), steps.c.withdrawn_on > cutoff)
    return and_(rows.c.reported_on <= cutoff, or_(*entered), standing_then)


def counting(
    session: Known, rows: FromClause, cutoff: date, provisional: Provisional | None = None
) -> ColumnElement[bool]:
    """Tell the same of rows that stand by themselves: their part is one of those that count.

    For questions that look rows up by an index, one slot after the other: which parts count
    is asked once, and each row is then only looked up in the answer.
    """

    def standing_then(steps: FromClause) -> ColumnElement[bool]:
        return or_(steps.c.withdrawn_on.is_(None), steps.c.withdrawn_on > cutoff)

    def entered(steps: FromClause) -> ColumnElement[bool]:
        known = or_(steps.c.recorded == 1, steps.c.accepted_on <= cutoff)
        return and_(known, standing_then(steps))

    def waiting(steps: FromClause) -> ColumnElement[bool]:
        sent = and_(steps.c.waiting == 1, steps.c.submitted_on <= cutoff)
        return and_(sent, standing_then(steps))

    chosen = standing_so(session, rows, entered)
    if provisional is not None:
        chosen = or_(chosen, and_(standing_so(session, rows, waiting), *of_whom(rows, provisional)))
    return and_(rows.c.reported_on <= cutoff, chosen)


def standing_so(
    session: Known, rows: FromClause, so: Callable[[FromClause], ColumnElement[bool]]
) -> ColumnElement[bool]:
    """Tell which rows stand as is asked of parts (`accepted`), each only looked up."""
    subject = _subject(rows)
    rest = _written(session.until, _rest).subquery()
    named_rows = _written(session.until, _named_parts, subject).subquery()
    # A sum is not looked up by an index: SQLite would look every batch up in every slot.
    batch, row = rows.c.batch_id + 0, rows.c.id + 0
    among_rest = batch.in_(select(rest.c.batch_id).where(so(rest)))
    by_name = select(named_rows.c.row).where(so(named_rows))
    return or_(
        and_(among_rest, row.not_in(_written(session.until, _names, subject))), row.in_(by_name)
    )


def ever_counted(rows: Table, steps: Subquery, cutoff: date) -> ColumnElement[bool]:
    """Tell which rows counted on any day up to a cut-off, withdrawn ones too."""
    entered = or_(steps.c.recorded == 1, steps.c.accepted_on <= cutoff)
    return and_(rows.c.reported_on <= cutoff, entered)


def counts_from(rows: Table, steps: Subquery) -> ColumnElement[date]:
    """Return the day from which a row counts: what was reviewed not before it was accepted."""
    reviewed = and_(steps.c.recorded == 0, steps.c.accepted_on > rows.c.reported_on)
    return case((reviewed, steps.c.accepted_on), else_=rows.c.reported_on)


def of_whom(rows: FromClause, whose: Provisional) -> Iterable[ColumnElement[bool]]:
    """Yield what limits submitted rows to those of a country or a partner."""
    if not (whose.country or whose.partner):
        return
    if "partner" in rows.c:
        link = table(CooperationCountry)
        lines = select(link.c.cooperation_id).where(link.c.country == whose.country)
        yield or_(rows.c.partner == whose.partner, rows.c.id.in_(lines))
    else:
        yield rows.c.country == whose.country


def withdrawn_by_now(session: Known, subject: Subject) -> tuple[set[int], set[int]]:
    """Return the batches that are withdrawn whole, and the rows of others, as the store knows now.

    Whatever a picture knows: their numbers stay in earlier ones; their texts are public in none.
    """
    acts = select(_ACT.c.batch_id).where(_ACT.c.step == Step.WITHDRAWN, _of_subject(subject))
    acts_on_rows = select(_NAMED.c.row).join(_ACT, _ACT.c.seq == _NAMED.c.seq)
    rows = acts_on_rows.where(_ACT.c.step == Step.WITHDRAWN, _of_subject(subject))
    return (
        set(session.execute(acts.where(_whole())).scalars()),
        set(session.execute(rows).scalars()),
    )
