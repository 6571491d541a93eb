"""Questions to the store: a Session in, a DataFrame out; one function a question.

Columns are named as in the tables. Dates are Python `date` objects; missing text (a request
without a partner) and missing percent are NaN. Rows of the plan come in the plan's order.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Select, Table, func, select
from sqlmodel import Session, col
from sqlmodel import select as select_model

from crmdata.errors import N_, Problem, StoreError
from crmdata.models import (
    Audit,
    Axis,
    Batch,
    Cooperation,
    CooperationCountry,
    Country,
    Line,
    Mark,
    Meeting,
    Partner,
    PlanChange,
    PlanMention,
    PlannedActivity,
    PlanVersion,
    Report,
    ReportPartner,
    Result,
    SemesterRow,
    Slot,
    Store,
)
from crmdata.terms import DataKind


def _table(model: Any) -> Table:
    table: Table = model.__table__
    return table


_AXIS, _LINE, _RESULT = _table(Axis), _table(Line), _table(Result)
_PLANNED, _MARK, _SLOT = _table(PlannedActivity), _table(Mark), _table(Slot)
_REPORT, _COOPERATION = _table(Report), _table(Cooperation)


def _frame(session: Session, query: Select[Any]) -> pd.DataFrame:
    found = session.execute(query)
    # dtype=object keeps None as None and dates as dates; numbers are inferred afterwards.
    rows = pd.DataFrame(found.all(), columns=list(found.keys()), dtype=object)
    return rows.infer_objects()


# The store


def data_version(session: Session) -> int:
    """Return a number that grows with every change of the data, for caches (0 when empty)."""
    return session.execute(select(func.max(_table(Audit).c.seq))).scalar() or 0


def data_kind(session: Session) -> DataKind:
    """Return what the database holds. Raise StoreError where no plan was loaded yet."""
    store = session.get(Store, 1)
    if store is None:
        raise StoreError(
            Problem("empty", N_("The database holds no plan yet."), N_("Run `crmdata load`."))
        )
    return DataKind(store.kind)


def version_at(session: Session, cutoff: date) -> PlanVersion:
    """Return the plan version in force at a cut-off: the newest of those not adopted later.

    Before the first adoption it is the first version. Raise StoreError without any plan.
    """
    versions = select_model(PlanVersion).order_by(col(PlanVersion.id).desc())
    in_force = session.exec(versions.where(col(PlanVersion.in_force_from) <= cutoff)).first()
    version = in_force or session.exec(select_model(PlanVersion).order_by("id")).first()
    if version is None:
        raise StoreError(
            Problem("empty", N_("The database holds no plan yet."), N_("Run `crmdata load`."))
        )
    return version


def default_cutoff(session: Session) -> date:
    """Return the cut-off shown unless the reader chooses one.

    The latest meeting's, else the date of the latest report, else the end of the plan.
    """
    known = meetings(session)
    if len(known):
        latest: date = known["corte"].iloc[-1]
        return latest
    reported: date | None = session.execute(select(func.max(_REPORT.c.reported_on))).scalar()
    last: date | None = session.execute(select(func.max(_table(SemesterRow).c.ends))).scalar()
    return reported or last or date.max


# The plan


def _of_version(table: Table, version_id: int) -> Select[Any]:
    columns = [column for column in table.c if column.name != "version_id"]
    return select(*columns).where(table.c.version_id == version_id)


def axes(session: Session, version_id: int) -> pd.DataFrame:
    """Return `axis title title_en objective objective_en`."""
    return _frame(session, _of_version(_AXIS, version_id).order_by(_AXIS.c.axis))


def lines(session: Session, version_id: int) -> pd.DataFrame:
    """Return `axis line position title title_en`."""
    return _frame(session, _of_version(_LINE, version_id).order_by(_LINE.c.position))


def results(session: Session, version_id: int) -> pd.DataFrame:
    """Return `axis line result position title title_en`."""
    query = (
        _of_version(_RESULT, version_id)
        .add_columns(_LINE.c.axis)
        .join(_LINE, _same_version(_RESULT, _LINE, "line"))
        .order_by(_RESULT.c.position)
    )
    return _frame(session, query)


def _same_version(there: Table, here: Table, key: str) -> ColumnElement[bool]:
    return (there.c.version_id == here.c.version_id) & (there.c[key] == here.c[key])


def _placed(query: Select[Any]) -> Select[Any]:
    """Join a query over planned activities to axis, line and result."""
    return (
        query.add_columns(_LINE.c.axis, _LINE.c.line, _RESULT.c.result)
        .join(_RESULT, _same_version(_PLANNED, _RESULT, "result"))
        .join(_LINE, _same_version(_RESULT, _LINE, "line"))
    )


def activities(session: Session, version_id: int) -> pd.DataFrame:
    """Return `axis line result activity position text text_en responsible … note note_en`."""
    texts = [c for c in _PLANNED.c if c.name not in {"version_id", "result"}]
    query = _placed(select(*texts).where(_PLANNED.c.version_id == version_id).select_from(_PLANNED))
    return _frame(session, query.order_by(_PLANNED.c.position))


def marks(session: Session, version_id: int) -> pd.DataFrame:
    """Return the filled year cells: `activity year mark kind`."""
    query = _of_version(_MARK, version_id).join(
        _PLANNED, _same_version(_MARK, _PLANNED, "activity")
    )
    return _frame(session, query.order_by(_PLANNED.c.position, _MARK.c.year))


def slots(session: Session, version_id: int) -> pd.DataFrame:
    """Return `axis line result activity semester quarter`, one row a slot."""
    query = _placed(
        select(_SLOT.c.activity, _SLOT.c.semester, _SLOT.c.quarter)
        .where(_SLOT.c.version_id == version_id)
        .join(_PLANNED, _same_version(_SLOT, _PLANNED, "activity"))
    )
    return _frame(session, query.order_by(_PLANNED.c.position, _SLOT.c.semester))


def mentions(session: Session, version_id: int) -> pd.DataFrame:
    """Return where the plan itself names a partner: `partner activity quote`."""
    mention = _table(PlanMention)
    query = _of_version(mention, version_id).order_by(mention.c.partner, mention.c.activity)
    return _frame(session, query)


def plan_versions(session: Session) -> pd.DataFrame:
    """Return `version_id in_force_from loaded_at loaded_by first_year changes`, newest first."""
    version, change = _table(PlanVersion), _table(PlanChange)
    counted = select(func.count()).where(change.c.version_id == version.c.id).scalar_subquery()
    query = select(
        version.c.id.label("version_id"),
        version.c.in_force_from,
        version.c.loaded_at,
        version.c.loaded_by,
        version.c.first_year,
        counted.label("changes"),
    )
    return _frame(session, query.order_by(version.c.id.desc()))


def plan_changes(session: Session, version_id: int) -> pd.DataFrame:
    """Return what a version changed: `position kind level code field before after`."""
    change = _table(PlanChange)
    return _frame(session, _of_version(change, version_id).order_by(change.c.position))


# Countries, partners, meetings


def countries(session: Session) -> pd.DataFrame:
    """Return the members: `country name_es name_en tile_row tile_column`, by code."""
    country = _table(Country)
    columns = [column for column in country.c if column.name != "member"]
    query = select(*columns).where(country.c.member.is_(True)).order_by(country.c.country)
    return _frame(session, query)


def region(session: Session) -> Country | None:
    """Return the row of the region itself, which is no country."""
    return session.exec(select_model(Country).where(col(Country.member).is_(False))).first()


def partners(session: Session) -> pd.DataFrame:
    """Return `partner acronym_en name_es name_en`, by code."""
    partner = _table(Partner)
    return _frame(session, select(partner).order_by(partner.c.partner))


def meetings(session: Session) -> pd.DataFrame:
    """Return the named cut-offs, earliest first: `meeting name_es name_en held_on corte`."""
    meeting = _table(Meeting)
    newest = select(func.max(meeting.c.id)).group_by(meeting.c.meeting)
    columns = [column for column in meeting.c if column.name not in {"id", "batch_id"}]
    query = select(*columns).where(meeting.c.id.in_(newest))
    return _frame(session, query.order_by(meeting.c.corte, meeting.c.meeting))


# Reports and cooperation


def _with_codes(
    session: Session, rows: pd.DataFrame, key: str, pairs: Select[Any], name: str
) -> pd.DataFrame:
    """Add the codes linked to each row as one text, separated by `;`."""
    linked: dict[int, list[str]] = {}
    for owner, code in session.execute(pairs):
        linked.setdefault(owner, []).append(code)
    codes = [";".join(linked.get(owner, ())) for owner in rows[key]]
    return rows.assign(**{name: pd.Series(codes, index=rows.index, dtype=object)})


def _report_columns() -> list[ColumnElement[Any]]:
    return [
        _REPORT.c.id.label("report_id"),
        *(column for column in _REPORT.c if column.name != "id"),
    ]


def _earlier() -> ColumnElement[Any]:
    """Count the reports on the same slot that a report corrects."""
    slot = (_REPORT.c.country, _REPORT.c.activity, _REPORT.c.semester)
    return (
        func.row_number()
        .over(partition_by=slot, order_by=(_REPORT.c.reported_on, _REPORT.c.id))
        .label("earlier")
    )


def reports_in_force(session: Session, cutoff: date) -> pd.DataFrame:
    """Return the report in force of each country × activity × semester at a cut-off.

    Columns `report_id batch_id country activity semester state percent narrative reason
    evidence partners reported_on earlier`; `earlier` counts the reports it corrects. The
    region's reports (`CRM`) are among them.
    """
    slot = (_REPORT.c.country, _REPORT.c.activity, _REPORT.c.semester)
    newest = (
        func.row_number()
        .over(partition_by=slot, order_by=(_REPORT.c.reported_on.desc(), _REPORT.c.id.desc()))
        .label("newest")
    )
    ranked = (
        select(*_report_columns(), _earlier(), newest)
        .where(_REPORT.c.reported_on <= cutoff)
        .subquery()
    )
    columns = [column for column in ranked.c if column.name != "newest"]
    query = select(*columns).where(ranked.c.newest == 1)
    order = (ranked.c.country, ranked.c.activity, ranked.c.semester)
    return _finished(session, _frame(session, query.order_by(*order)), cutoff)


def report_history(
    session: Session,
    cutoff: date,
    *,
    country: str | None = None,
    activity: str | None = None,
    limit: int | None = None,
) -> pd.DataFrame:
    """Return every report up to a cut-off, corrected ones too, newest first.

    Columns as `reports_in_force`; `limit` keeps the newest rows only.
    """
    ranked = (
        select(*_report_columns(), _earlier()).where(_REPORT.c.reported_on <= cutoff).subquery()
    )
    query = select(ranked).order_by(ranked.c.reported_on.desc(), ranked.c.report_id.desc())
    if country is not None:
        query = query.where(ranked.c.country == country)
    if activity is not None:
        query = query.where(ranked.c.activity == activity)
    return _finished(session, _frame(session, query.limit(limit)), cutoff)


def _finished(session: Session, reports: pd.DataFrame, cutoff: date) -> pd.DataFrame:
    link = _table(ReportPartner)
    pairs = (
        select(link.c.report_id, link.c.partner)
        .join(_REPORT, link.c.report_id == _REPORT.c.id)
        .where(_REPORT.c.reported_on <= cutoff)
        .order_by(link.c.report_id, link.c.position)
    )
    named = _with_codes(session, reports, "report_id", pairs, "partners")
    return named.assign(
        percent=named["percent"].astype(float), earlier=named["earlier"].astype(int) - 1
    )


def cooperation_in_force(session: Session, cutoff: date) -> pd.DataFrame:
    """Return the lines of cooperation as last stated on or before a cut-off.

    Columns `cooperation_id batch_id partner activity countries semester_from semester_to
    modality state text evidence reported_on`. A later row with the same partner, activity,
    countries, modality and first semester takes the place of an earlier one.
    """
    query = (
        select(_COOPERATION.c.id.label("cooperation_id"),
               *(column for column in _COOPERATION.c if column.name != "id"))
        .where(_COOPERATION.c.reported_on <= cutoff)
        .order_by(_COOPERATION.c.reported_on, _COOPERATION.c.id)
    )  # fmt: skip
    link = _table(CooperationCountry)
    pairs = select(link.c.cooperation_id, link.c.country).order_by(
        link.c.cooperation_id, link.c.position
    )
    stated = _with_codes(session, _frame(session, query), "cooperation_id", pairs, "countries")
    same: Sequence[str] = ("partner", "activity", "countries", "modality", "semester_from")
    return stated.drop_duplicates(list(same), keep="last").reset_index(drop=True)


# History of imports


def batches(session: Session) -> pd.DataFrame:
    """Return the imported files, newest first: `batch_id subject imported_at imported_by …`."""
    batch = _table(Batch)
    columns = [column for column in batch.c if column.name != "id"]
    query = select(batch.c.id.label("batch_id"), *columns).order_by(batch.c.id.desc())
    return _frame(session, query)
