"""Reports and cooperation as of a cut-off, and their whole history."""

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Select, func, select
from sqlmodel import Session

from crmdata.models import Cooperation, CooperationCountry, Report, ReportPartner
from crmdata.queries.frames import frame, table

_REPORT, _COOPERATION = table(Report), table(Cooperation)


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
    return _finished(session, frame(session, query.order_by(*order)), cutoff)


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
    return _finished(session, frame(session, query.limit(limit)), cutoff)


def _finished(session: Session, reports: pd.DataFrame, cutoff: date) -> pd.DataFrame:
    link = table(ReportPartner)
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
    link = table(CooperationCountry)
    pairs = select(link.c.cooperation_id, link.c.country).order_by(
        link.c.cooperation_id, link.c.position
    )
    stated = _with_codes(session, frame(session, query), "cooperation_id", pairs, "countries")
    # The order in which a file names the countries makes no other line of cooperation of it.
    sorted_codes = [";".join(sorted(codes.split(";"))) for codes in stated["countries"]]
    same = ["partner", "activity", "modality", "semester_from", "_countries"]
    repeated = stated.assign(_countries=sorted_codes).duplicated(same, keep="last")
    return stated[~repeated].reset_index(drop=True)
