"""Reports and cooperation as of a cut-off, and their whole history."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Label,
    Select,
    Subquery,
    and_,
    func,
    or_,
    select,
)

from crmdata.fields import TEXTS, WRITTEN, Type
from crmdata.files import FIELDS, SEPARATOR, Subject
from crmdata.store.db import Known
from crmdata.store.models import (
    Agreement,
    Audit,
    Cooperation,
    CooperationCountry,
    Observation,
    Report,
    ReportPartner,
)
from crmdata.store.queries.closings import after_closing
from crmdata.store.queries.frames import frame, table
from crmdata.store.queries.rows_that_count import (
    Provisional,
    batch_parts,
    counting,
    counts_at,
    counts_from,
    ever_counted,
    part_of,
    withdrawn_by_now,
)
from crmdata.terms import TEXT_WITHDRAWN

_REPORT, _COOPERATION = table(Report), table(Cooperation)

_SLOT = ("country", "activity", "semester")

_ORDER = (*_SLOT, "reported_on", "id")
"""The order of the index that the reports of a slot are found by."""

_HIDDEN = ("id", "salt")
"""Columns that no frame has under their own name: salts say nothing to anybody."""

_AT_ONCE = 10_000
"""Rows that one question may name: SQLite takes 32,766 parameters."""


def _with_codes(
    session: Known, rows: pd.DataFrame, key: str, pairs: Iterable[Select[Any]], name: str
) -> pd.DataFrame:
    """Add the codes linked to each row as one text, separated by `;`."""
    linked: dict[int, list[str]] = {}
    for question in pairs:
        for owner, code in session.execute(question):
            linked.setdefault(owner, []).append(code)
    codes = [SEPARATOR.join(linked.get(owner, ())) for owner in rows[key]]
    return rows.assign(**{name: pd.Series(codes, index=rows.index, dtype=object)})


def _columns(session: Known, steps: Subquery, *more: ColumnElement[Any]) -> Select[Any]:
    """Select what a frame of reports holds, joined with how they stand."""
    columns = select(
        _REPORT.c.id.label("report_id"),
        *(column for column in _REPORT.c if column.name not in _HIDDEN),
        counts_from(_REPORT, steps).label("counts_from"),
        steps.c.withdrawn_on,
        steps.c.waiting.label("provisional"),
        steps.c.entered,
        *more,
    )
    return columns.select_from(_REPORT).join(steps, part_of(session, _REPORT, steps))


def _same_slot(report: FromClause, other: FromClause) -> ColumnElement[bool]:
    return and_(*(report.c[name] == other.c[name] for name in _SLOT))


def _one_of_each_slot() -> CTE:
    """Return the `id` of one report of every slot, each found from the one before it."""

    def first_of(reports: FromClause, *beyond: ColumnElement[bool]) -> ColumnElement[int]:
        order = (reports.c[name] for name in _ORDER)
        return select(reports.c.id).where(*beyond).order_by(*order).limit(1).scalar_subquery()

    slots = select(first_of(_REPORT, _REPORT.c.country > "").label("id")).cte(
        "slots", recursive=True
    )
    at, after = _REPORT.alias("at"), _REPORT.alias("after")
    same = [after.c[name] == at.c[name] for name in _SLOT]
    more = [after.c[name] > at.c[name] for name in _SLOT]
    # One comparison of all three at once would be looked up by the country alone on SQLite.
    following = func.coalesce(
        first_of(after, *same[:2], more[2]), first_of(after, same[0], more[1]),
        first_of(after, more[0]),
    )  # fmt: skip
    return slots.union_all(select(following).select_from(slots).join(at, at.c.id == slots.c.id))


def _one_of_each(
    session: Known, cutoff: date, provisional: Provisional | None, *, newest: bool = True
) -> Subquery:
    """Return the `report_id` of each slot's newest or oldest report that counts.

    The slots that were ever reported on are walked from one to the next, and in each one
    report is looked up. So corrections are passed over, not read: what this costs follows from
    the slots, however long their history.
    """
    slots = _one_of_each_slot()
    head, report = _REPORT.alias("head"), _REPORT.alias("one")
    order = (report.c.reported_on, report.c.id)
    wanted = (
        select(report.c.id)
        .where(_same_slot(report, head), counting(session, report, cutoff, provisional))
        .order_by(*(column.desc() if newest else column for column in order))
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(wanted.label("report_id"))
        .select_from(slots)
        .join(head, head.c.id == slots.c.id)
        .subquery("of_each_slot")
    )


def _corrected(
    session: Known, cutoff: date, provisional: Provisional | None, *, newest: bool
) -> Label[int]:
    """Count the reports that count on the same slot and came before one.

    Before the `newest` came all others, and nothing of the rows but their batch is looked at.
    """
    report = _REPORT.alias("other")
    earlier = or_(
        report.c.reported_on < _REPORT.c.reported_on,
        and_(report.c.reported_on == _REPORT.c.reported_on, report.c.id < _REPORT.c.id),
    )
    before = report.c.id != _REPORT.c.id if newest else earlier
    return (
        select(func.count())
        .select_from(report)
        .where(_same_slot(report, _REPORT), before, counting(session, report, cutoff, provisional))
        .scalar_subquery()
        .label("earlier")
    )


_NUMBERS = {
    Subject.REPORTS: "report_id",
    Subject.COOPERATION: "cooperation_id",
    Subject.OBSERVATIONS: "observation_id",
}
"""What the number of a row is called in the frames of each subject."""


def without_withdrawn(session: Known, rows: pd.DataFrame, subject: Subject) -> pd.DataFrame:
    """Take the texts out of rows that are withdrawn by now; say that one was there.

    Links go without a word: what stands there is read as addresses.
    """
    batches, named = withdrawn_by_now(session, subject)
    number = _NUMBERS[subject]
    gone = rows["batch_id"].isin(batches) | rows[number].isin(named)
    if not gone.any():
        return rows
    said = {}
    for field in FIELDS[subject]:
        if field.type in WRITTEN and field.code in rows:
            texts = rows[field.code]
            instead = "" if field.type == Type.LINKS else TEXT_WITHDRAWN
            said[field.code] = texts.mask(gone & texts.ne(""), instead)
    return rows.assign(**said)


def reports_in_force(
    session: Known, cutoff: date, *, provisional: Provisional | None = None
) -> pd.DataFrame:
    """Return the report in force of each country × activity × period at a cut-off.

    Columns `report_id batch_id`, those of `crmdata.fields.REPORT`, and `counts_from withdrawn_on
    provisional after_closing earlier`; `earlier` counts the reports it corrects, `counts_from` is
    the day on which it came into the picture (`queries.rows_that_count`). The region's reports
    (`CRM`) are among them. With `provisional` those that wait for the secretariat count too, and
    say so. The texts of a batch that is withdrawn by now are left out.
    """
    steps, numbers = batch_parts(session), _one_of_each(session, cutoff, provisional)
    query = _columns(session, steps, _corrected(session, cutoff, provisional, newest=True)).join(
        numbers, numbers.c.report_id == _REPORT.c.id
    )
    return _finished(session, frame(session, _by_slot(query)))


def states_in_force(
    session: Known, cutoff: date, *, provisional: Provisional | None = None
) -> pd.DataFrame:
    """Return what cells are made of: `reports_in_force` without texts, partners and history.

    Columns `report_id country activity semester state percent reported_on`.
    """
    columns = (*_SLOT, "state", "percent", "reported_on")
    numbers = _one_of_each(session, cutoff, provisional)
    query = select(_REPORT.c.id.label("report_id"), *(_REPORT.c[name] for name in columns))
    states = frame(session, _by_slot(query.join(numbers, numbers.c.report_id == _REPORT.c.id)))
    return states.assign(percent=states["percent"].astype(float))


def first_days(
    session: Known, cutoff: date, *, provisional: Provisional | None = None
) -> pd.DataFrame:
    """Return when each slot was first reported on: `country activity semester reported_on`."""
    numbers = _one_of_each(session, cutoff, provisional, newest=False)
    query = select(*(_REPORT.c[name] for name in (*_SLOT, "reported_on")))
    return frame(session, _by_slot(query.join(numbers, numbers.c.report_id == _REPORT.c.id)))


def reports_numbered(session: Known, numbers: Iterable[int]) -> pd.DataFrame:
    """Return what certain reports say.

    Columns `report_id batch_id reported_on partners`, and its texts, in no order to rely on.
    """
    columns = ("batch_id", "reported_on", *TEXTS)
    wanted = sorted(set(numbers))
    query = select(_REPORT.c.id.label("report_id"), *(_REPORT.c[name] for name in columns))
    parts = [
        frame(session, query.where(_REPORT.c.id.in_(some)).order_by(_REPORT.c.id))
        for some in _some_at_once(wanted) or [[]]
    ]
    reports = pd.concat(parts, ignore_index=True)
    reports = without_withdrawn(session, reports, Subject.REPORTS)
    return with_partners(session, reports)


def _by_slot(query: Select[Any]) -> Select[Any]:
    return query.order_by(*(_REPORT.c[name] for name in _SLOT))


def report_history(
    session: Known,
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
    those that counted on an earlier day, until their `withdrawn_on`, and all with their texts:
    that is for the proof of pictures of that day, and for nobody to read.
    """
    steps = batch_parts(session)
    if limit is not None and not withdrawn:
        # Only the rows that are kept look for what they correct.
        report = _REPORT.alias("kept")
        newest_ids = (
            select(report.c.id)
            .where(
                counting(session, report, cutoff, provisional), *_filters(report, country, activity)
            )
            .order_by(report.c.reported_on.desc(), report.c.id.desc())
            .limit(limit)
        )
        earlier = _corrected(session, cutoff, provisional, newest=False)
        query = _columns(session, steps, earlier).where(_REPORT.c.id.in_(newest_ids))
    else:
        slot = [_REPORT.c[name] for name in _SLOT]
        order = (_REPORT.c.reported_on, _REPORT.c.id)
        place = func.row_number().over(partition_by=slot, order_by=order)
        # The rows of a country or an activity are whole slots, so the places stay what they are.
        query = _columns(session, steps, (place - 1).label("earlier")).where(
            ever_counted(_REPORT, steps, cutoff)
            if withdrawn
            else counts_at(_REPORT, steps, cutoff, provisional),
            *_filters(_REPORT, country, activity),
        )
    newest = query.order_by(_REPORT.c.reported_on.desc(), _REPORT.c.id.desc())
    return _finished(session, frame(session, newest.limit(limit)), with_texts=withdrawn)


def _filters(
    rows: FromClause, country: str | None, activity: str | None
) -> Iterator[ColumnElement[bool]]:
    if country is not None:
        yield rows.c.country == country
    if activity is not None:
        yield rows.c.activity == activity


def _finished(session: Known, reports: pd.DataFrame, *, with_texts: bool = False) -> pd.DataFrame:
    if not with_texts:
        reports = without_withdrawn(session, reports, Subject.REPORTS)
    complete = with_partners(session, reports)
    return complete.assign(
        percent=complete["percent"].astype(float),
        earlier=complete["earlier"].astype(int),
        provisional=complete["provisional"].astype(bool),
        after_closing=after_closing(session, complete),
    ).drop(columns="entered")


def with_partners(session: Known, rows: pd.DataFrame, number: str = "report_id") -> pd.DataFrame:
    """Add `partners` to rows, of the reports that a column numbers."""
    return _with_codes(session, rows, number, _partners(rows[number]), "partners")


def _partners(reports: Iterable[int]) -> Iterator[Select[Any]]:
    """Yield the questions for the partners of reports, each about no more than it may name."""
    link = table(ReportPartner)
    pairs = select(link.c.report_id, link.c.partner).order_by(link.c.report_id, link.c.position)
    for some in _some_at_once([int(number) for number in reports]):
        yield pairs.where(link.c.report_id.in_(some))


def _some_at_once(numbers: list[int]) -> list[list[int]]:
    return [numbers[at : at + _AT_ONCE] for at in range(0, len(numbers), _AT_ONCE)]


def cooperation_in_force(
    session: Known,
    cutoff: date,
    *,
    provisional: Provisional | None = None,
    with_texts: bool = False,
) -> pd.DataFrame:
    """Return the lines of cooperation as last stated on or before a cut-off.

    Columns `cooperation_id batch_id partner activity countries semester_from semester_to
    modality state text evidence reported_on provisional`. A later row with the same partner,
    activity, countries, modality and first period takes the place of an earlier one. Texts as
    in `report_history`.
    """
    steps = batch_parts(session)
    query = (
        select(_COOPERATION.c.id.label("cooperation_id"),
               *(column for column in _COOPERATION.c if column.name not in _HIDDEN),
               steps.c.waiting.label("provisional"))
        .select_from(_COOPERATION)
        .join(steps, part_of(session, _COOPERATION, steps))
        .where(counts_at(_COOPERATION, steps, cutoff, provisional))
        .order_by(_COOPERATION.c.reported_on, _COOPERATION.c.id)
    )  # fmt: skip
    stated = with_countries(session, frame(session, query))
    # The order in which a file names the countries makes no other line of cooperation of it.
    sorted_codes = [SEPARATOR.join(sorted(codes.split(SEPARATOR))) for codes in stated["countries"]]
    same = ["partner", "activity", "modality", "semester_from", "_countries"]
    repeated = stated.assign(_countries=sorted_codes).duplicated(same, keep="last")
    lines = stated[~repeated].reset_index(drop=True)
    if not with_texts:
        lines = without_withdrawn(session, lines, Subject.COOPERATION)
    return lines.assign(provisional=lines["provisional"].astype(bool))


def salts(session: Known) -> dict[tuple[str, int], str]:
    """Return the salts of reports, lines of cooperation, observations and agreements.

    By the name of the number in their frames, and the number.
    """
    salt_of = {
        (f"{each.name}_id", number): salt
        for each in (_REPORT, _COOPERATION, table(Observation))
        for number, salt in session.execute(select(each.c.id, each.c.salt).where(each.c.salt != ""))
    }
    audit, agreement = table(Audit), table(Agreement)
    acts = select(audit.c.seq, audit.c.detail).join(agreement, agreement.c.seq == audit.c.seq)
    for number, detail in session.execute(acts):
        if salt := json.loads(detail).get("salt"):
            salt_of["agreement", number] = salt
    return salt_of


def cooperation_of_batch(session: Known, batch_id: int) -> pd.DataFrame:
    """Return the lines of cooperation of a batch, counted or not, in the order of its file.

    Columns as `cooperation_in_force`, without `provisional`.
    """
    query = (
        select(
            _COOPERATION.c.id.label("cooperation_id"),
            *(column for column in _COOPERATION.c if column.name not in _HIDDEN),
        )
        .where(_COOPERATION.c.batch_id == batch_id)
        .order_by(_COOPERATION.c.id)
    )
    return with_countries(session, frame(session, query))


def with_countries(session: Known, lines: pd.DataFrame) -> pd.DataFrame:
    """Add `countries` to lines of cooperation, of those that `cooperation_id` numbers."""
    link = table(CooperationCountry)
    pairs = select(link.c.cooperation_id, link.c.country).order_by(
        link.c.cooperation_id, link.c.position
    )
    return _with_codes(session, lines, "cooperation_id", [pairs], "countries")
