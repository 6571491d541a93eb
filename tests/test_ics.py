"""The calendar file, read back: due semesters and meetings, with identities that last."""

from datetime import date, timedelta

import icalendar
import pytest

from crmdata import view
from crmdata.content import findings
from crmdata.exports import ics
from crmdata.i18n import words_for
from crmdata.store import db
from crmdata.terms import Period
from tests.support import a_report

NOVEMBER, JUNE = date(2019, 11, 15), date(2019, 6, 7)


@pytest.fixture(scope="module")
def pictures(demo_engine):
    with db.reading(demo_engine) as session:
        return {day: view.read(session, day) for day in (NOVEMBER, JUNE)}


def events(taken, country=None, language="es"):
    file = icalendar.Calendar.from_ical(ics.calendar(taken, words_for(language), country))
    return list(file.walk("VEVENT"))


def first_half_of_2018(taken, language="es") -> str:
    """Return what the file says of the last day of 2018-I to Honduras."""
    (found,) = [
        event
        for event in events(taken, "HND", language)
        if event["dtstart"].dt == date(2018, 6, 30)
    ]
    return str(found["description"])


def test_a_country_has_the_last_day_of_every_semester_with_slots(pictures):
    semesters = sorted(set(pictures[NOVEMBER].frame("slots")["semester"]))
    found = events(pictures[NOVEMBER], "HND")[: len(semesters)]
    assert [event["dtstart"].dt for event in found] == [
        Period.parse(code).ends for code in semesters
    ]


def test_every_activity_that_falls_due_is_named(pictures):
    slots = pictures[NOVEMBER].frame("slots")
    first = slots.loc[slots["semester"] == "2018-1", "activity"]
    said = first_half_of_2018(pictures[NOVEMBER])
    assert [code for code in first if f" {code}. " not in said] == []


def test_arrived_reports_are_counted_as_on_screen(pictures):
    cells = pictures[NOVEMBER].frame("cells")
    own = cells.loc[(cells["country"] == "HND") & (cells["semester"] == "2018-1")]
    said = first_half_of_2018(pictures[NOVEMBER], "en")
    assert f"{len(own)} reports are expected." in said
    count = (own["reporting"] == "reportado").sum()
    assert f"Reports that arrived up to November 15, 2019: {count}." in said


def test_the_meetings_stand_on_their_day(pictures):
    days = set(pictures[NOVEMBER].frame("meetings")["held_on"])
    assert days <= {event["dtstart"].dt for event in events(pictures[NOVEMBER])}


def test_deadlines_remind_and_meetings_do_not(pictures):
    for event in events(pictures[NOVEMBER], "HND"):
        before = [-alarm["trigger"].dt for alarm in event.walk("VALARM")]
        due = event["dtstart"].dt.month in {6, 12} and event["dtstart"].dt.day > 29
        assert before == ([timedelta(days=30), timedelta(days=7)] if due else [])


@pytest.mark.parametrize("country", [None, "HND"])
def test_an_event_is_the_same_in_every_language_and_at_every_cutoff(pictures, country):
    found = [
        [event["uid"] for event in events(pictures[day], country, language)]
        for day in pictures
        for language in ("es", "en")
    ]
    assert all(uids == found[0] for uids in found)
    assert len(set(found[0])) == len(found[0])


def test_a_later_cutoff_takes_the_place_of_an_earlier_one(pictures):
    numbers = [events(pictures[day])[0]["sequence"] for day in (JUNE, NOVEMBER)]
    assert numbers[0] < numbers[1]


def test_words_that_change_at_the_same_cutoff_change_the_sequence(engine):
    texts, numbers = [], []
    for activity in ("IV.3.2", "IV.4.1"):
        a_report(engine, country="HND", activity=activity)
        with db.reading(engine) as session:
            [event] = [each for each in events(view.read(session, NOVEMBER), "HND")
                       if each["dtstart"].dt == date(2018, 6, 30)]  # fmt: skip
        texts.append(str(event["description"]))
        numbers.append(event["sequence"])
    assert texts[0] != texts[1]
    assert numbers[0] < numbers[1]


@pytest.mark.parametrize("country", [None, "HND"])
def test_what_is_pending_says_since_when(pictures, country):
    words, cells = words_for("en"), pictures[NOVEMBER].frame("cells")
    for event in events(pictures[NOVEMBER], country, "en"):
        code = Period.of(event["dtstart"].dt).code
        own = cells.loc[(cells["semester"] == code) & (cells["reporting"] == "sin_reporte")]
        if country:
            own = own.loc[own["country"] == country]
        if event.walk("VALARM"):
            since = findings.pending_since(words, code, NOVEMBER)
            count = f"{len(own)} report{'s' if len(own) > 1 else ''}"
            said = f"Pending: {count} ({since})." in str(event["description"])
            assert said == bool(len(own))


def test_the_same_picture_gives_the_same_bytes(pictures):
    words = words_for("es")
    made = [ics.calendar(pictures[JUNE], words, "MEX") for _ in range(2)]
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("language", "mark"), [("es", "Datos de demostración"), ("en", "Demonstration data")]
)
def test_every_event_names_demonstration_data(pictures, language, mark):
    for event in events(pictures[JUNE], language=language):
        assert str(event["summary"]).startswith(f"[{mark}]")
        assert str(event["description"]).startswith(mark)


def test_real_data_carry_no_mark(engine):
    with db.reading(engine) as session:
        found = events(view.read(session, JUNE), "HND", "en")
    assert found
    assert not [event for event in found if "emonstration" in event.to_ical().decode()]
