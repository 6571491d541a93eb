"""Reports and cooperation as of a cut-off, and their whole history."""

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Select, Subquery, func, select
from sqlmodel import Session

from crmdata.models import Cooperation, CooperationCountry, Report, ReportPartner
from crmdata.queries.closings import after_closing
from crmdata.queries.frames import frame, table
from crmdata.queries.standing import (
    Provisional,
    counted,
    counts_from,
    ever_counted,
    standing,
)

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


def _counted(
    steps: Subquery, condition: ColumnElement[bool], *more: ColumnElement[Any]
) -> Select[Any]:
    """Select the reports that a condition on their batch's standing lets count."""
    slot = (_REPORT.c.country, _REPORT.c.activity, _REPORT.c.semester)
    earlier = func.row_number().over(
        partition_by=slot, order_by=(_REPORT.c.reported_on, _REPORT.c.id)
    )
    return (
        select(
            _REPORT.c.id.label("report_id"),
            *(column for column in _REPORT.c if column.name != "id"),
            counts_from(_REPORT, steps).label("counts_from"),
            steps.c.withdrawn_on,
            steps.c.waiting.label("provisional"),
            steps.c.entered,
            earlier.label("earlier"),
            *more,
        )
        .join(steps, steps.c.batch_id == _REPORT.c.batch_id)
        .where(condition)
    )


def reports_in_force(
    session: Session, cutoff: date, *, provisional: Provisional | None = None
) -> pd.DataFrame:
    """Return the report in force of each country × activity × semester at a cut-off.

    Columns `report_id batch_id country activity semester state percent narrative reason
    evidence partners reported_on counts_from withdrawn_on provisional after_closing earlier`;
    `earlier` counts the reports it corrects, `counts_from` is the day on which it came into
    the picture (`crmdata.queries.standing`). The region's reports (`CRM`) are among them.
    With `provisional` those that wait for the secretariat count too, and say so.
    """
    slot = (_REPORT.c.country, _REPORT.c.activity, _REPORT.c.semester)
    newest = func.row_number().over(
        partition_by=slot, order_by=(_REPORT.c.reported_on.desc(), _REPORT.c.id.desc())
    )
    steps = standing()
    condition = counted(_REPORT, steps, cutoff, provisional)
    ranked = _counted(steps, condition, newest.label("newest")).subquery()
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
    provisional: Provisional | None = None,
    withdrawn: bool = False,
) -> pd.DataFrame:
    """Return every report that counts at a cut-off, corrected ones too, newest first.

    Columns as `reports_in_force`; `limit` keeps the newest rows only. With `withdrawn` come
    those that counted on an earlier day, until their `withdrawn_on`, for pictures of that day.
    """
    steps = standing()
    condition = (
        ever_counted(_REPORT, steps, cutoff)
        if withdrawn
        else counted(_REPORT, steps, cutoff, provisional)
    )
    ranked = _counted(steps, condition).subquery()
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
        percent=named["percent"].astype(float),
        earlier=named["earlier"].astype(int) - 1,
        provisional=named["provisional"].astype(bool),
        after_closing=after_closing(session, named),
    ).drop(columns="entered")


def cooperation_in_force(
    session: Session, cutoff: date, *, provisional: Provisional | None = None
) -> pd.DataFrame:
    """Return the lines of cooperation as last stated on or before a cut-off.

    Columns `cooperation_id batch_id partner activity countries semester_from semester_to
    modality state text evidence reported_on provisional`. A later row with the same partner,
    activity, countries, modality and first semester takes the place of an earlier one.
    """
    steps = standing()
    query = (
        select(_COOPERATION.c.id.label("cooperation_id"),
               *(column for column in _COOPERATION.c if column.name != "id"),
               steps.c.waiting.label("provisional"))
        .join(steps, steps.c.batch_id == _COOPERATION.c.batch_id)
        .where(counted(_COOPERATION, steps, cutoff, provisional))
        .order_by(_COOPERATION.c.reported_on, _COOPERATION.c.id)
    )  # fmt: skip
    stated = _with_countries(session, frame(session, query))
    # The order in which a file names the countries makes no other line of cooperation of it.
    sorted_codes = [";".join(sorted(codes.split(";"))) for codes in stated["countries"]]
    same = ["partner", "activity", "modality", "semester_from", "_countries"]
    repeated = stated.assign(_countries=sorted_codes).duplicated(same, keep="last")
    lines = stated[~repeated].reset_index(drop=True)
    return lines.assign(provisional=lines["provisional"].astype(bool))


def cooperation_of_batch(session: Session, batch_id: int) -> pd.DataFrame:
    """Return the lines of cooperation of a batch, counted or not, in the order of its file.

    Columns as `cooperation_in_force`, without `provisional`.
    """
    query = (
        select(
            _COOPERATION.c.id.label("cooperation_id"),
            *(column for column in _COOPERATION.c if column.name != "id"),
        )
        .where(_COOPERATION.c.batch_id == batch_id)
        .order_by(_COOPERATION.c.id)
    )
    return _with_countries(session, frame(session, query))


def _with_countries(session: Session, lines: pd.DataFrame) -> pd.DataFrame:
    link = table(CooperationCountry)
    pairs = select(link.c.cooperation_id, link.c.country).order_by(
        link.c.cooperation_id, link.c.position
    )
    return _with_codes(session, lines, "cooperation_id", pairs, "countries")
