"""What the secretariat works with: batches and their steps, differences, the audit trail."""

import json
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlmodel import Session

from crmdata.models import (
    Audit,
    Batch,
    Cooperation,
    CooperationCountry,
    Redaction,
    Report,
    ReviewAct,
)
from crmdata.queries.frames import frame, table
from crmdata.queries.standing import accepted, standing
from crmdata.terms import Step

_ACT, _BATCH, _REPORT = table(ReviewAct), table(Batch), table(Report)

SAID = ("state", "percent", "narrative", "reason", "evidence", "reported_on")
"""What a difference shows of a report, before and now."""


def submissions(session: Session, *, limit: int | None = None) -> pd.DataFrame:
    """Return every batch with where it stands, newest first.

    Columns `batch_id subject file_name imported_at imported_by rows note step last decided_by
    decided_at text recorded submitted_on accepted_on withdrawn_on countries semesters
    partners`;
    `step` is the last one, taken by `decided_by` with the comment or reason `text`.
    """
    steps, newest = standing(), _ACT.alias("newest")
    columns = [column for column in _BATCH.c if column.name not in {"id", "file_sha256"}]
    query = (
        select(
            _BATCH.c.id.label("batch_id"),
            *columns,
            newest.c.step,
            steps.c.last,
            newest.c.actor.label("decided_by"),
            newest.c.at.label("decided_at"),
            newest.c.text,
            steps.c.recorded,
            steps.c.submitted_on,
            steps.c.accepted_on,
            steps.c.withdrawn_on,
        )
        .join(steps, steps.c.batch_id == _BATCH.c.id)
        .join(newest, newest.c.seq == steps.c.last)
        .order_by(_BATCH.c.id.desc())
        .limit(limit)
    )
    found = frame(session, query)
    about = batch_slots(session, found["batch_id"].tolist())
    for name in ("country", "semester"):
        codes = about.groupby("batch_id")[name].agg(lambda values: sorted(set(values)))
        lists = [codes.get(batch, []) for batch in found["batch_id"]]
        found[{"country": "countries", "semester": "semesters"}[name]] = pd.Series(
            lists, index=found.index, dtype=object
        )
    lent: dict[int, list[str]] = {}
    line = table(Cooperation)
    partners = select(line.c.batch_id, func.coalesce(line.c.partner, "")).distinct()
    for batch, partner in session.execute(
        partners.where(line.c.batch_id.in_(found["batch_id"].tolist()))
    ):
        lent.setdefault(batch, []).append(partner)
    lists = [sorted(lent.get(batch, [])) for batch in found["batch_id"]]
    return found.assign(partners=pd.Series(lists, index=found.index, dtype=object))


def batch_slots(session: Session, batches: list[int] | None = None) -> pd.DataFrame:
    """Return what batches report on: `batch_id country semester step last`, once each."""
    steps, newest = standing(), _ACT.alias("newest")
    about = select(_REPORT.c.batch_id, _REPORT.c.country, _REPORT.c.semester).distinct()
    line, link = table(Cooperation), table(CooperationCountry)
    lent = (
        select(line.c.batch_id, link.c.country, line.c.semester_from.label("semester"))
        .join(link, link.c.cooperation_id == line.c.id)
        .distinct()
    )
    if batches is not None:
        about = about.where(_REPORT.c.batch_id.in_(batches))
        lent = lent.where(line.c.batch_id.in_(batches))
    else:
        # A stage speaks of reports alone.
        lent = lent.where(line.c.id.is_(None))
    slots = about.union(lent).subquery()
    query = (
        select(slots, newest.c.step, steps.c.last)
        .join(steps, steps.c.batch_id == slots.c.batch_id)
        .join(newest, newest.c.seq == steps.c.last)
    )
    return frame(session, query)


def review_acts(session: Session, batch_id: int) -> pd.DataFrame:
    """Return the steps of a batch in their order: `step day at actor role text`."""
    names = ("step", "day", "at", "actor", "role", "text")
    query = select(*(_ACT.c[name] for name in names)).where(_ACT.c.batch_id == batch_id)
    return frame(session, query.order_by(_ACT.c.seq))


def differences(session: Session, batch_id: int) -> pd.DataFrame:
    """Return the reports of a batch, each beside what stood before it.

    Columns `report_id country activity semester`; of each of `SAID` its value, the one
    `…_before` of the report that it would correct or corrected, and the one `…_last` of the
    country's last report on the activity in an earlier semester, `semester_last`. They are
    missing where there is none. In the order of the file.
    """
    own = table(Report).alias("own")
    found = frame(session, _said(_REPORT).where(_REPORT.c.batch_id == batch_id))
    for suffix, semester in (
        ("before", _REPORT.c.semester == own.c.semester),
        ("last", _REPORT.c.semester < own.c.semester),
    ):
        newest = _newest_earlier(session, own, semester, batch_id)
        names = {name: f"{name}_{suffix}" for name in (*SAID, "semester")}
        found = found.merge(newest.rename(columns=names), how="left", on="report_id")
    found = found.drop(columns="semester_before")
    return found.sort_values("report_id", ignore_index=True)


def _newest_earlier(
    session: Session, own: Any, semester: ColumnElement[bool], batch_id: int
) -> pd.DataFrame:
    """Return for each report of a batch the newest that counts of those that came before it.

    They speak of the same country and activity, and of a semester as the condition wants.
    """
    steps = standing()
    earlier = or_(
        _REPORT.c.reported_on < own.c.reported_on,
        and_(_REPORT.c.reported_on == own.c.reported_on, _REPORT.c.id < own.c.id),
    )
    said = [_REPORT.c[name] for name in ("semester", *SAID)]
    query = (
        select(own.c.id.label("report_id"), *said)
        .join(own, and_(_REPORT.c.country == own.c.country, _REPORT.c.activity == own.c.activity))
        .join(steps, steps.c.batch_id == _REPORT.c.batch_id)
        .where(own.c.batch_id == batch_id, _REPORT.c.batch_id != batch_id)
        .where(semester, earlier, accepted(steps))
        .order_by(_REPORT.c.semester, _REPORT.c.reported_on, _REPORT.c.id)
    )
    return frame(session, query).drop_duplicates("report_id", keep="last")


def _said(reports: Any) -> Select[Any]:
    names = ("country", "activity", "semester", *SAID)
    return select(reports.c.id.label("report_id"), *(reports.c[name] for name in names))


def audit_trail(session: Session, *, limit: int | None = None) -> pd.DataFrame:
    """Return the rows of the audit chain, newest first: `seq at actor action object detail`.

    `detail` is a dict. Names and comments are in it: `crmdata.review` says who may see them.
    """
    row = table(Audit)
    names = ("seq", "at", "actor", "action", "object", "detail")
    query = select(*(row.c[name] for name in names)).order_by(row.c.seq.desc()).limit(limit)
    found = frame(session, query)
    details = [json.loads(detail) for detail in found["detail"]]
    return found.assign(detail=pd.Series(details, index=found.index, dtype=object))


def batch_partners(session: Session, batch_id: int) -> list[tuple[str, str]]:
    """Return each country and partner (empty for a request) that a batch's cooperation names."""
    line, link = table(Cooperation), table(CooperationCountry)
    # One expression in both places: PostgreSQL takes two with parameters of their own for two.
    partner = func.coalesce(line.c.partner, "").label("partner")
    query = (
        select(link.c.country, partner)
        .join(line, link.c.cooperation_id == line.c.id)
        .where(line.c.batch_id == batch_id)
        .distinct()
        .order_by(link.c.country, partner)
    )
    return [(country, named) for country, named in session.execute(query)]


def last_refusal(session: Session) -> int:
    """Return the row of the chain in which something was last sent back or withdrawn, or 0."""
    refused = _ACT.c.step.in_([Step.SENT_BACK, Step.WITHDRAWN])
    return session.execute(select(func.max(_ACT.c.seq)).where(refused)).scalar() or 0


def last_text_gone(session: Session) -> int:
    """Return the row of the chain in which texts were last redacted or withdrawn, or 0.

    Of the store as it is now, whatever a picture knows.
    """
    withdrawn = select(func.max(_ACT.c.seq)).where(_ACT.c.step == Step.WITHDRAWN)
    redacted = select(func.max(table(Redaction).c.seq))
    return max(session.execute(query).scalar() or 0 for query in (withdrawn, redacted))


def batches_waiting(session: Session) -> int:
    """Return how many batches wait for the secretariat."""
    steps = standing()
    query = select(func.count()).select_from(steps).where(steps.c.waiting == 1)
    return int(session.execute(query).scalar_one())
