"""What the store is: its kind and version of data, the plan and the cut-off in force."""

from collections.abc import Collection
from datetime import date

import pandas as pd
from sqlalchemy import func, or_, select
from sqlmodel import col
from sqlmodel import select as select_model

from crmdata import clock
from crmdata.errors import N_, Problem, StoreError
from crmdata.store.db import Known, head_mark
from crmdata.store.models import (
    Agreement,
    Audit,
    Batch,
    ClosingAct,
    Cooperation,
    PlanVersion,
    Report,
    ReviewAct,
    SemesterRow,
    Store,
)
from crmdata.store.queries.frames import frame, table
from crmdata.store.queries.places import meetings
from crmdata.store.queries.rows_that_count import accepted, batch_parts, part_of, standing_so
from crmdata.store.queries.snapshots import known_versions
from crmdata.terms import DataKind, Step


def data_version(session: Known) -> int:
    """Return a number that grows with every change of the data, for caches (0 when empty).

    That of a snapshot is the last that it knows.
    """
    if (known := session.pin) is not None:
        return known.until
    return session.execute(select(func.max(table(Audit).c.seq))).scalar() or 0


def recorded_at(session: Known) -> str:
    """Return when the newest act was recorded that is known; empty where there are no data."""
    at = select(table(Audit).c.at).where(table(Audit).c.seq == data_version(session))
    return session.execute(at).scalar() or ""


def chain_hashes(session: Known, versions: Collection[int]) -> dict[int, str]:
    """Return the hashes of the newest version of the data and of those given that exist.

    Each stands for all versions before it; empty where there are no data.
    """
    audit = table(Audit)
    newest = select(func.max(audit.c.seq)).scalar_subquery()
    wanted = or_(audit.c.seq == newest, audit.c.seq.in_(versions))
    return dict(session.execute(select(audit.c.seq, audit.c.hash).where(wanted)).all())


def plan_id(session: Known) -> str:
    """Return which plan the store is of; empty before one is loaded."""
    newest = select_model(PlanVersion.plan_id).order_by(col(PlanVersion.id).desc())
    return session.exec(newest).first() or ""


def data_kind(session: Known) -> DataKind:
    """Return what the database holds. Raise StoreError where no plan was loaded yet."""
    store = session.get(Store, 1)
    if store is None:
        raise StoreError(
            Problem("empty", N_("The database holds no plan yet."), N_("Run `crmdata load`."))
        )
    return DataKind(store.kind)


def version_at(session: Known, cutoff: date) -> PlanVersion:
    """Return the plan version in force at a cut-off: the newest of those not adopted later.

    Before the first adoption it is the first version. Raise StoreError without any plan.
    """
    known = select_model(PlanVersion).where(
        known_versions(session.version_id, table(PlanVersion).c.id)
    )
    versions = known.order_by(col(PlanVersion.id).desc())
    in_force = session.exec(versions.where(col(PlanVersion.in_force_from) <= cutoff)).first()
    version = in_force or session.exec(select_model(PlanVersion).order_by("id")).first()
    if version is None:
        raise StoreError(
            Problem("empty", N_("The database holds no plan yet."), N_("Run `crmdata load`."))
        )
    return version


def chain_head(session: Known, cutoff: date | None = None) -> str:
    """Return the head of the audit chain as of what a picture knows: `57-3f9a1c0b77d2`.

    It is printed where people keep it: a chain that no longer holds it was cut or replaced. At a
    cut-off it is the last act that the picture follows from, so that what comes later changes
    no file of it; a snapshot's is the last it knows; without either it is the newest of all.
    Empty where there are no data.
    """
    number = data_version(session)
    if cutoff is not None and session.pin is None:
        number = _last_act(session, cutoff)
    return head_mark(number, chain_hashes(session, [number]).get(number, ""))


def _last_act(session: Known, cutoff: date) -> int:
    act, audit = table(ReviewAct), table(Audit)
    rows = [table(model) for model in (Report, Cooperation)]
    dated = [
        act.c.batch_id.in_(select(each.c.batch_id).where(each.c.reported_on <= cutoff))
        for each in rows
    ]
    recorded = act.c.step == Step.RECORDED
    plan = f"plan_version:{version_at(session, cutoff).id}"
    last = [
        # What was recorded counts from the days in its rows, all else from the day of the act.
        select(func.max(act.c.seq)).where(recorded, or_(*dated)),
        select(func.max(act.c.seq)).where(~recorded, act.c.day <= cutoff),
        *(
            select(func.max(each.c.seq)).where(each.c.day <= cutoff)
            for each in (table(ClosingAct), table(Agreement))
        ),
        select(func.max(audit.c.seq)).where(audit.c.object == plan),
    ]
    return max(session.execute(query).scalar() or 0 for query in last)


def default_cutoff(session: Known, today: date | None = None) -> date:
    """Return the cut-off shown unless the reader chooses one.

    A snapshot's own; else the latest meeting's, else the day on which the latest report came
    into the picture, else the end of the plan. A meeting whose cut-off lies after `today`
    (the day that it is, if None) is planned, and not yet one.
    """
    if (pin := session.pin) is not None:
        return pin.corte
    today = today or clock.today()
    known = [day for day in meetings(session)["corte"] if day <= today]
    if known:
        latest: date = max(known)
        return latest
    reported = _last_report(session)
    last: date | None = session.execute(select(func.max(table(SemesterRow).c.ends))).scalar()
    return reported or last or date.max


def _last_report(session: Known) -> date | None:
    """Return the last day on which a report began to count, as of `counts_from`.

    That is the last day of a report that counts, or on which reports were accepted.
    """
    report, steps = table(Report), batch_parts(session)
    newest = (
        select(report.c.reported_on)
        # The newest are looked at one by one until one counts.
        .where(standing_so(session, report, accepted))
        .order_by(report.c.reported_on.desc(), report.c.id.desc())
        .limit(1)
    )
    any_report = select(report.c.id).where(part_of(session, report, steps)).limit(1)
    holds_reports = any_report.scalar_subquery().is_not(None)
    reviewed = select(func.max(steps.c.accepted_on)).where(
        accepted(steps), steps.c.recorded == 0, holds_reports
    )
    days = (session.execute(newest).scalar(), session.execute(reviewed).scalar())
    return max((day for day in days if day is not None), default=None)


def batches(session: Known) -> pd.DataFrame:
    """Return the imported files, newest first: `batch_id subject imported_at imported_by …`."""
    batch = table(Batch)
    columns = [column for column in batch.c if column.name != "id"]
    query = select(batch.c.id.label("batch_id"), *columns).order_by(batch.c.id.desc())
    return frame(session, query)
