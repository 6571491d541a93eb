"""What the secretariat works with: what a batch changes, and the audit trail."""

import json
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from crmdata.fields import CONTENT
from crmdata.store.db import Known
from crmdata.store.models import Audit, Redaction, Report, ReviewAct
from crmdata.store.queries.frames import frame, table
from crmdata.store.queries.reports import with_partners
from crmdata.store.queries.rows_that_count import accepted, batch_parts, part_of
from crmdata.terms import Step

_ACT, _REPORT = table(ReviewAct), table(Report)

_COLUMNS = (*CONTENT, "reported_on")
SAID = (*_COLUMNS, "partners")
"""What a difference shows of a report, before and now."""


def differences(session: Known, batch_id: int) -> pd.DataFrame:
    """Return the reports of a batch, each beside what stood before it.

    Columns `report_id country activity semester`; of each of `SAID` its value, the one
    `…_before` of the report that it would correct or corrected, and the one `…_last` of the
    country's last report on the activity in an earlier period, `semester_last`. They are
    missing where there is none. In the order of the file.
    """
    own = table(Report).alias("own")
    own_rows = _content(_REPORT).where(_REPORT.c.batch_id == batch_id)
    rows = with_partners(session, frame(session, own_rows))
    for suffix, period in (
        ("before", _REPORT.c.semester == own.c.semester),
        ("last", _REPORT.c.semester < own.c.semester),
    ):
        newest = _newest_earlier(session, own, period, batch_id)
        names = {name: f"{name}_{suffix}" for name in (*SAID, "semester")}
        rows = rows.merge(newest.rename(columns=names), how="left", on="report_id")
    rows = rows.drop(columns="semester_before")
    return rows.sort_values("report_id", ignore_index=True)


def _newest_earlier(
    session: Known, own: Any, period: ColumnElement[bool], batch_id: int
) -> pd.DataFrame:
    """Return for each report of a batch the newest that counts of those that came before it.

    They speak of the same country and activity, and of a period as the condition wants.
    """
    steps = batch_parts(session)
    earlier = or_(
        _REPORT.c.reported_on < own.c.reported_on,
        and_(_REPORT.c.reported_on == own.c.reported_on, _REPORT.c.id < own.c.id),
    )
    columns = [_REPORT.c.id.label("number"), *(_REPORT.c[name] for name in ("semester", *_COLUMNS))]
    query = (
        select(own.c.id.label("report_id"), *columns)
        .select_from(_REPORT)
        .join(own, and_(_REPORT.c.country == own.c.country, _REPORT.c.activity == own.c.activity))
        .join(steps, part_of(session, _REPORT, steps))
        .where(own.c.batch_id == batch_id, _REPORT.c.batch_id != batch_id)
        .where(period, earlier, accepted(steps))
        .order_by(_REPORT.c.semester, _REPORT.c.reported_on, _REPORT.c.id)
    )
    newest = frame(session, query).drop_duplicates("report_id", keep="last")
    return with_partners(session, newest, "number").drop(columns="number")


def _content(reports: Any) -> Select[Any]:
    names = ("country", "activity", "semester", *_COLUMNS)
    return select(reports.c.id.label("report_id"), *(reports.c[name] for name in names))


def audit_trail(session: Known, *, limit: int | None = None) -> pd.DataFrame:
    """Return the rows of the audit chain, newest first: `seq at actor action object detail`.

    `detail` is a dict. Names and comments are in it: `workflow.review` says who may see them.
    """
    row = table(Audit)
    names = ("seq", "at", "actor", "action", "object", "detail")
    query = select(*(row.c[name] for name in names)).order_by(row.c.seq.desc()).limit(limit)
    rows = frame(session, query)
    details = [json.loads(detail) for detail in rows["detail"]]
    return rows.assign(detail=pd.Series(details, index=rows.index, dtype=object))


def last_refusal(session: Known) -> int:
    """Return the row of the chain in which something was last sent back or withdrawn, or 0."""
    refused = _ACT.c.step.in_([Step.SENT_BACK, Step.WITHDRAWN])
    return session.execute(select(func.max(_ACT.c.seq)).where(refused)).scalar() or 0


def last_text_gone(session: Known) -> int:
    """Return the row of the chain in which texts were last redacted or withdrawn, or 0.

    Of the store as it is now, whatever a picture knows.
    """
    withdrawn = select(func.max(_ACT.c.seq)).where(_ACT.c.step == Step.WITHDRAWN)
    redacted = select(func.max(table(Redaction).c.seq))
    return max(session.execute(query).scalar() or 0 for query in (withdrawn, redacted))
