"""What was handed in: every batch, its steps, and where each of its rows stands."""

from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, func, literal, select

from crmdata.fields import CONTENT
from crmdata.store.db import Known
from crmdata.store.models import (
    Batch,
    Cooperation,
    CooperationCountry,
    Observation,
    Report,
    ReviewAct,
    ReviewRow,
)
from crmdata.store.queries.frames import frame, table
from crmdata.store.queries.reports import with_countries, with_partners
from crmdata.store.queries.rows_that_count import (
    REST,
    Provisional,
    batch_parts,
    of_whom,
    part_of,
    standing_so,
)
from crmdata.terms import Step

_ACT, _BATCH, _REPORT, _LINE = (table(model) for model in (ReviewAct, Batch, Report, Cooperation))
_NAMED, _SAID = table(ReviewRow), table(Observation)

_SLOT = ("batch_id", "country", "semester")

_OPEN_FIRST = (Step.SUBMITTED, Step.SENT_BACK, Step.RECORDED, Step.ACCEPTED, Step.WITHDRAWN)
"""What a batch is said to stand at whose rows stand differently: what somebody has still to do."""


def submissions(session: Known, *, limit: int | None = None) -> pd.DataFrame:
    """Return every batch with where it stands, newest first.

    Columns `batch_id subject file_name imported_at imported_by rows note step counts last
    decided_by decided_at text countries semesters partners`; `counts` says how many rows stand at
    which step, and `step` is the one of them that leaves most to do. `last` is the last act, taken
    by `decided_by` with the comment or reason `text`.
    """
    columns = [column for column in _BATCH.c if column.name not in {"id", "file_sha256"}]
    query = select(_BATCH.c.id.label("batch_id"), *columns).order_by(_BATCH.c.id.desc())
    batches = frame(session, query.limit(limit))
    numbers = batches["batch_id"].tolist()
    parts = _parts(session).groupby("batch_id")
    stands = pd.DataFrame(
        [
            _batch_stands(batch["rows"], parts.get_group(batch["batch_id"]))
            for batch in batches.to_dict("records")
        ],
        columns=["step", "counts", "last", "decided_by", "decided_at", "text"],
    )
    batches = pd.concat([batches, stands], axis=1)
    about = batch_slots(session, numbers)
    for name, codes in (("countries", "country"), ("semesters", "semester")):
        lists = about.groupby("batch_id")[codes].agg(lambda values: sorted(set(values) - {""}))
        batches[name] = _each(batches, lists)
    lent: dict[int, list[str]] = {}
    partners = select(_LINE.c.batch_id, func.coalesce(_LINE.c.partner, "")).distinct()
    for batch, partner in session.execute(partners.where(_LINE.c.batch_id.in_(numbers))):
        lent.setdefault(batch, []).append(partner)
    return batches.assign(partners=_each(batches, {batch: sorted(lent[batch]) for batch in lent}))


def _each(batches: pd.DataFrame, lists: dict[int, list[str]] | pd.Series) -> pd.Series:
    """Return the list of each batch; an empty one where it has none."""
    values = [lists.get(batch, []) for batch in batches["batch_id"]]
    return pd.Series(values, index=batches.index, dtype=object)


def _parts(session: Known) -> pd.DataFrame:
    """Return where each part of each batch stands, in the order of the acts."""
    steps = batch_parts(session)
    query = (
        select(steps.c.batch_id, steps.c.row, steps.c.last, *_by())
        .select_from(_ACT)
        .join(steps, _ACT.c.seq == steps.c.last)
        .order_by(steps.c.last, steps.c.row)
    )
    return frame(session, query)


def _by() -> list[ColumnElement[Any]]:
    """Return the step that an act is, by whom, when, and what was said."""
    columns = {"actor": "decided_by", "at": "decided_at"}
    return [_ACT.c[name].label(columns.get(name, name)) for name in ("step", "actor", "at", "text")]


def _batch_stands(rows: int, parts: pd.DataFrame) -> dict[str, Any]:
    """Return the columns of a batch that follow from where its parts stand."""
    by_row = parts["row"].ne(REST)
    sizes = by_row.astype(int).where(by_row, rows - by_row.sum())
    counts = sizes.groupby(parts["step"]).sum().to_dict()
    newest = parts.iloc[-1]
    step = next(each.value for each in _OPEN_FIRST if each in counts)
    names = ("last", "decided_by", "decided_at", "text")
    return {"step": step, "counts": counts, **{name: newest[name] for name in names}}


def batch_slots(session: Known, batches: list[int] | None = None) -> pd.DataFrame:
    """Return what batches report on: `batch_id country semester step`, once each.

    An observation is of no semester: `""`.
    """
    steps = batch_parts(session)
    link = table(CooperationCountry)
    about = (
        select(_REPORT.c.batch_id, _REPORT.c.country, _REPORT.c.semester, steps.c.last)
        .select_from(_REPORT)
        .join(steps, part_of(session, _REPORT, steps))
        .distinct()
    )
    lent = (
        select(_LINE.c.batch_id, link.c.country, _LINE.c.semester_from.label("semester"),
               steps.c.last)
        .select_from(_LINE)
        .join(link, link.c.cooperation_id == _LINE.c.id)
        .join(steps, part_of(session, _LINE, steps))
        .distinct()
    )  # fmt: skip
    said = (
        select(_SAID.c.batch_id, _SAID.c.country, literal("").label("semester"), steps.c.last)
        .select_from(_SAID)
        .join(steps, part_of(session, _SAID, steps))
        .distinct()
    )
    if batches is not None:
        said = said.where(_SAID.c.batch_id.in_(batches))
        about = about.where(_REPORT.c.batch_id.in_(batches))
        lent = lent.where(_LINE.c.batch_id.in_(batches))
    else:
        # A stage speaks of reports alone.
        lent = lent.where(_LINE.c.id.is_(None))
        said = said.where(_SAID.c.id.is_(None))
    slots = about.union(lent, said).subquery()
    query = (
        select(*(slots.c[name] for name in _SLOT), _ACT.c.step)
        .join(_ACT, _ACT.c.seq == slots.c.last)
        .distinct()
    )
    return frame(session, query)


def answered_slots(session: Known) -> pd.DataFrame:
    """Return `batch_slots` of all reports, with whether what was sent back is `answered`.

    It is where all of it was reported on again in a later batch.
    """
    slots, back = batch_slots(session), returned(session)
    open_slots = set(zip(*(back[name] for name in _SLOT), strict=True))
    slot = zip(*(slots[name] for name in _SLOT), strict=True)
    return slots.assign(answered=[each not in open_slots for each in slot])


def returned(session: Known) -> pd.DataFrame:
    """Return the reports that were sent back and not reported on again since, oldest first.

    Columns `report_id batch_id country activity semester`, what it says, and of the act
    `last step decided_by decided_at text`. Reported on again is what a later batch speaks of
    that was not withdrawn.
    """
    steps, later = batch_parts(session), table(Report).alias("later")
    about = ("batch_id", "country", "activity", "semester", *CONTENT, "reported_on")
    content = [_REPORT.c[name] for name in about]
    same = [later.c[name] == _REPORT.c[name] for name in ("country", "activity", "semester")]
    stays = standing_so(session, later, lambda parts: parts.c.withdrawn_on.is_(None))
    again = select(later.c.id).where(*same, later.c.batch_id > _REPORT.c.batch_id, stays)
    query = (
        select(_REPORT.c.id.label("report_id"), *content, steps.c.last, *_by())
        .select_from(_REPORT)
        .join(steps, part_of(session, _REPORT, steps))
        .join(_ACT, _ACT.c.seq == steps.c.last)
        .where(_ACT.c.step == Step.SENT_BACK, ~again.exists())
        .order_by(steps.c.last, _REPORT.c.id)
    )
    return with_partners(session, frame(session, query))


def lines_of(session: Known, partner: str) -> pd.DataFrame:
    """Return every line of cooperation of a partner with where it stands, newest first.

    Columns `cooperation_id batch_id partner activity countries semester_from semester_to modality
    state what evidence reported_on`, of the last act `last step decided_by decided_at text`, and
    whether what was sent back is `answered`: a later line on the same activity speaks for it.
    """
    steps = batch_parts(session)
    about = ("batch_id", "partner", "activity", "semester_from", "semester_to", "modality",
             "state", "evidence", "reported_on")  # fmt: skip
    said = [_LINE.c.id.label("cooperation_id"), *(_LINE.c[name] for name in about),
            _LINE.c.text.label("what")]  # fmt: skip
    query = (
        select(*said, steps.c.last, *_by(), _said_again(session).label("answered"))
        .select_from(_LINE)
        .join(steps, part_of(session, _LINE, steps))
        .join(_ACT, _ACT.c.seq == steps.c.last)
        .where(_LINE.c.partner == partner)
        .order_by(_LINE.c.id.desc())
    )
    return with_countries(session, frame(session, query))


def _said_again(session: Known) -> ColumnElement[bool]:
    """Tell which lines of cooperation a later batch, not withdrawn, speaks of again."""
    later = table(Cooperation).alias("later_lines")
    whose = func.coalesce(later.c.partner, "") == func.coalesce(_LINE.c.partner, "")
    stays = standing_so(session, later, lambda parts: parts.c.withdrawn_on.is_(None))
    again = select(later.c.id).where(
        whose, later.c.activity == _LINE.c.activity, later.c.batch_id > _LINE.c.batch_id, stays
    )
    return again.exists()


def unanswered(session: Known) -> set[int]:
    """Return the batches with a line of cooperation or an observation sent back and not answered.

    Answered is what a later batch speaks of that was not withdrawn.
    """
    later = table(Observation).alias("later_observations")
    stays = standing_so(session, later, lambda parts: parts.c.withdrawn_on.is_(None))
    same = [later.c[name] == _SAID.c[name] for name in ("country", "meeting")]
    again = select(later.c.id).where(*same, later.c.batch_id > _SAID.c.batch_id, stays).exists()
    found: set[int] = set()
    for rows, answered in ((_LINE, _said_again(session)), (_SAID, again)):
        steps = batch_parts(session)
        query = (
            select(rows.c.batch_id)
            .distinct()
            .select_from(rows)
            .join(steps, part_of(session, rows, steps))
            .join(_ACT, _ACT.c.seq == steps.c.last)
            .where(_ACT.c.step == Step.SENT_BACK, ~answered)
        )
        found.update(session.execute(query).scalars())
    return found


def batch_rows(session: Known, batch_id: int) -> pd.DataFrame:
    """Return where each row of a batch stands, in the order of its file.

    Columns `row activity semester step last decided_by decided_at text`; `row` is its id.
    Meetings, which are decided as a whole, have no rows here; an observation is of no activity
    and semester: it has its country and meeting in their place.
    """
    frames = []
    for rows, activity, period in (
        (_REPORT, "activity", "semester"),
        (_LINE, "activity", "semester_from"),
        (_SAID, "country", "meeting"),
    ):
        steps = batch_parts(session)
        query = (
            select(rows.c.id.label("row"), rows.c[activity].label("activity"),
                   rows.c[period].label("semester"), steps.c.last, *_by())
            .select_from(rows)
            .join(steps, part_of(session, rows, steps))
            .join(_ACT, _ACT.c.seq == steps.c.last)
            .where(rows.c.batch_id == batch_id)
            .order_by(rows.c.id)
        )  # fmt: skip
        frames.append(frame(session, query))
    return next((rows for rows in frames if len(rows)), frames[0])


def deliveries(session: Known) -> pd.DataFrame:
    """Return how each batch came in: `batch_id role at file_name`; no name of a person."""
    first = select(func.min(_ACT.c.seq)).group_by(_ACT.c.batch_id)
    query = select(_ACT.c.batch_id, _ACT.c.role, _ACT.c.at, _BATCH.c.file_name)
    query = query.join(_BATCH, _BATCH.c.id == _ACT.c.batch_id).where(_ACT.c.seq.in_(first))
    return frame(session, query.order_by(_ACT.c.batch_id))


def review_acts(session: Known, batch_id: int) -> pd.DataFrame:
    """Return the steps of a batch in their order: `step day at actor role text rows`.

    `rows` is how many rows a step names; 0 where it is of the whole batch.
    """
    names = ("step", "day", "at", "actor", "role", "text")
    rows_named = select(func.count()).where(_NAMED.c.seq == _ACT.c.seq).scalar_subquery()
    columns = [*(_ACT.c[name] for name in names), rows_named.label("rows")]
    query = select(*columns).where(_ACT.c.batch_id == batch_id)
    return frame(session, query.order_by(_ACT.c.seq))


def batches_waiting(session: Known) -> int:
    """Return of how many batches something waits for the secretariat."""
    steps = batch_parts(session)
    query = select(func.count(steps.c.batch_id.distinct())).where(steps.c.waiting == 1)
    return int(session.execute(query).scalar_one())


def rows_waiting(session: Known, whose: Provisional) -> tuple[int, int]:
    """Return how many reports and how many lines of cooperation wait for the secretariat.

    Only those of `whose` country or partner.
    """
    reports, lines = (
        session.execute(
            select(func.count())
            .select_from(rows)
            .where(standing_so(session, rows, lambda parts: parts.c.waiting == 1))
            .where(*of_whom(rows, whose))
        ).scalar_one()
        for rows in (_REPORT, _LINE)
    )
    return int(reports), int(lines)


def batch_partners(session: Known, batch_id: int) -> list[tuple[str, str]]:
    """Return each country and partner (empty for a request) that a batch's cooperation names."""
    line, link = _LINE, table(CooperationCountry)
    # One expression in both places: PostgreSQL takes two with parameters of their own for two.
    partner = func.coalesce(line.c.partner, "").label("partner")
    query = (
        select(link.c.country, partner)
        .join(line, link.c.cooperation_id == line.c.id)
        .where(line.c.batch_id == batch_id)
        .distinct()
        .order_by(link.c.country, partner)
    )
    return [(country, code) for country, code in session.execute(query)]
