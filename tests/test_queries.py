"""Questions to the store: what is in force at a cut-off, on both databases."""

from datetime import date

import pytest
from sqlalchemy import insert

from crmdata.store import db, queries
from crmdata.store.models import Cooperation, CooperationCountry, Meeting, Report, ReportPartner
from tests.support import a_batch

SUMMER, AUTUMN, LATER = date(2018, 7, 15), date(2018, 10, 1), date(2020, 1, 1)


def batch(session, name: str) -> int:
    return a_batch(session, name)


def report(session, name: str, **values) -> int:
    row = {
        "batch_id": batch(session, name), "country": "HND", "activity": "I.1.1",
        "semester": "2018-1", "state": "en_curso", "percent": 40.0, "narrative": name,
        "reason": "", "evidence": "", "reported_on": SUMMER,
    } | values  # fmt: skip
    return session.execute(insert(Report).returning(Report.id), row).scalar_one()


def meeting(session, name: str, corte: date, code: str = "m") -> None:
    values = {"batch_id": batch(session, name), "meeting": code, "name_es": name, "name_en": name,
              "held_on": corte, "corte": corte}  # fmt: skip
    session.execute(insert(Meeting), values)


def in_force(engine, cutoff: date) -> dict[str, int]:
    with db.reading(engine) as session:
        rows = queries.reports_in_force(session, cutoff)
    return dict(zip(rows["narrative"], rows["earlier"], strict=True))


def test_the_latest_report_on_or_before_the_cut_off_is_in_force(engine):
    with db.writing(engine) as session:
        report(session, "first")
        report(session, "correction", reported_on=AUTUMN)
    assert in_force(engine, AUTUMN) == {"correction": 1}


def test_an_earlier_cut_off_shows_the_earlier_report(engine):
    with db.writing(engine) as session:
        report(session, "first")
        report(session, "correction", reported_on=AUTUMN)
    assert in_force(engine, SUMMER) == {"first": 0}


def test_nothing_is_in_force_before_the_first_report(engine):
    with db.writing(engine) as session:
        report(session, "first")
    assert in_force(engine, date(2018, 7, 14)) == {}


def test_of_two_reports_of_one_day_the_one_imported_later_is_in_force(engine):
    with db.writing(engine) as session:
        report(session, "morning")
        report(session, "evening")
    assert in_force(engine, SUMMER) == {"evening": 1}


def test_a_report_corrects_only_its_own_slot(engine):
    with db.writing(engine) as session:
        report(session, "here")
        report(session, "other country", country="PAN")
        report(session, "other semester", semester="2017-2")
        report(session, "other activity", activity="I.1.2")
    assert len(in_force(engine, SUMMER)) == 4


def test_the_history_keeps_every_report_newest_first(engine):
    with db.writing(engine) as session:
        report(session, "first")
        report(session, "correction", reported_on=AUTUMN)
        report(session, "elsewhere", country="PAN", reported_on=AUTUMN)
    with db.reading(engine) as session:
        history = queries.report_history(session, LATER, country="HND")
    assert list(history["narrative"]) == ["correction", "first"]


def test_the_partners_of_a_report_come_in_the_order_of_the_file(engine):
    with db.writing(engine) as session:
        number = report(session, "first")
        named = [{"report_id": number, "partner": "UNICEF", "position": 1},
                 {"report_id": number, "partner": "ACNUR", "position": 2}]  # fmt: skip
        session.execute(insert(ReportPartner), named)
    with db.reading(engine) as session:
        (row,) = queries.reports_in_force(session, LATER).itertuples()
    assert row.partners == "UNICEF;ACNUR"


def cooperation(session, name: str, reported_on: date, countries: tuple[str, ...]) -> None:
    number = session.execute(
        insert(Cooperation).returning(Cooperation.id),
        {"batch_id": batch(session, name), "partner": "OIM", "activity": "VI.1.4",
         "semester_from": "2018-1", "semester_to": "2018-2", "modality": "tecnica",
         "state": "ofrecida", "text": name, "evidence": "", "reported_on": reported_on},
    ).scalar_one()  # fmt: skip
    rows = [
        {"cooperation_id": number, "country": code, "position": place}
        for place, code in enumerate(countries, start=1)
    ]
    session.execute(insert(CooperationCountry), rows)


@pytest.mark.parametrize(("cutoff", "expected"), [(SUMMER, "offer"), (AUTUMN, "in progress")])
def test_a_later_statement_takes_the_place_of_a_line_of_cooperation(engine, cutoff, expected):
    with db.writing(engine) as session:
        cooperation(session, "offer", SUMMER, ("HND", "PAN"))
        cooperation(session, "in progress", AUTUMN, ("PAN", "HND"))
    with db.reading(engine) as session:
        rows = queries.cooperation_in_force(session, cutoff)
    assert list(rows["text"]) == [expected]


def test_cooperation_with_other_countries_is_another_line(engine):
    with db.writing(engine) as session:
        cooperation(session, "one", SUMMER, ("HND",))
        cooperation(session, "other", AUTUMN, ("PAN",))
    with db.reading(engine) as session:
        assert len(queries.cooperation_in_force(session, LATER)) == 2


def test_without_meetings_and_reports_the_cut_off_is_the_end_of_the_plan(engine):
    with db.reading(engine) as session:
        assert queries.default_cutoff(session) == date(2022, 12, 31)


def test_without_meetings_the_cut_off_is_the_date_of_the_latest_report(engine):
    with db.writing(engine) as session:
        report(session, "first", reported_on=AUTUMN)
    with db.reading(engine) as session:
        assert queries.default_cutoff(session) == AUTUMN


def test_with_meetings_the_cut_off_is_the_latest_ones(engine):
    with db.writing(engine) as session:
        report(session, "first", reported_on=LATER)
        meeting(session, "one", SUMMER)
        meeting(session, "two", AUTUMN, code="n")
    with db.reading(engine) as session:
        assert queries.default_cutoff(session) == AUTUMN


def test_a_meeting_still_to_come_is_not_the_cut_off(engine):
    with db.writing(engine) as session:
        meeting(session, "held", SUMMER)
        meeting(session, "planned", LATER, code="n")
    with db.reading(engine) as session:
        assert queries.default_cutoff(session, today=AUTUMN) == SUMMER


def test_a_meeting_imported_again_replaces_the_earlier_row(engine):
    with db.writing(engine) as session:
        meeting(session, "draft", SUMMER)
        meeting(session, "final", AUTUMN)
    with db.reading(engine) as session:
        assert list(queries.meetings(session)["name_es"]) == ["final"]


def test_the_plan_comes_in_its_own_order(engine):
    with db.reading(engine) as session:
        lines = list(queries.lines(session, 1)["line"])
        activities = list(queries.activities(session, 1)["activity"])
    assert (lines[3], lines[8], activities[:2], len(activities)) == (
        "IV", "IX", ["I.1.1", "I.1.2"], 97,
    )  # fmt: skip


def test_there_are_slots_for_every_mark_that_is_dated(engine):
    with db.reading(engine) as session:
        marks, slots = queries.marks(session, 1), queries.slots(session, 1)
    dated = marks[marks["kind"] != "undefined"]
    assert set(dated["activity"]) == set(slots["activity"])


def test_the_region_is_no_country(engine):
    with db.reading(engine) as session:
        codes, region = set(queries.countries(session)["country"]), queries.region(session)
    assert (len(codes), region.code in codes) == (11, False)


def test_the_data_version_grows_with_every_change(engine):
    with db.reading(engine) as session:
        before = queries.data_version(session)
    with db.writing(engine) as session:
        db.audit(session, actor="test", action="note", object="x", detail={})
    with db.reading(engine) as session:
        assert queries.data_version(session) > before
