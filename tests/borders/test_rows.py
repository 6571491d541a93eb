"""Rows at their borders: days of semesters and of today, percents from 0 to 100, links."""

import shutil
from dataclasses import replace
from datetime import date, timedelta

import pytest

from crmdata.errors import Problem
from crmdata.intake.reports import check, codes, days, import_files, read_bytes
from crmdata.intake.reports.cells import Cells
from crmdata.intake.reports.history import Effect
from crmdata.intake.reports.known import known
from crmdata.intake.reports.rows import Row
from crmdata.store import db
from crmdata.terms import tombstone
from tests.sheets import ROWS, a_file, text_of

TODAY = date(2019, 11, 15)


@pytest.fixture(scope="module")
def store(sqlite_with_plan):
    """Return a database with the plan that no test writes to."""
    engine = db.connect(f"sqlite:///{sqlite_with_plan}")
    yield engine
    engine.dispose()


def checked(engine, today=TODAY, subject="reports", **change):
    text = text_of([ROWS[subject] | change], subject)
    return check(engine, [read_bytes(f"{subject}.csv", text.encode())], today=today)


def stored(engine, today=TODAY, **change):
    """Return what would be stored of a right row with these changes."""
    found = checked(engine, today, **change)
    assert found.problems == ()
    return found.files[0].changes[0].entry.values


def errors(engine, today=TODAY, **change) -> list[tuple[str, str]]:
    return [(problem.rule, problem.field) for problem in checked(engine, today, **change).problems]


def warnings(engine, today=TODAY, **change) -> list[str]:
    found = checked(engine, today, **change)
    assert found.problems == ()
    return [problem.rule for problem in found.warnings]


# The days of a semester, and today


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2018-06-30", [("reported_before_semester", "reported_on")]),
        ("2018-07-01", []),
        ("2018-12-31", []),
        ("2019-01-01", []),
    ],
)
def test_a_report_is_taken_from_its_semesters_first_day_on(store, day, expected):
    assert errors(store, semester="2018-2", reported_on=day) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2018, 12, 31), [("semester_in_future", "semester")]),
        (date(2019, 1, 1), []),
        (date(2019, 1, 2), []),
    ],
)
def test_a_semester_is_reported_on_from_its_first_day_on(store, today, expected):
    day = min(today, date(2019, 1, 1)).isoformat()
    assert errors(store, today, semester="2019-1", reported_on=day) == expected


def test_of_a_semester_ahead_the_day_is_told_on_which_it_begins(store):
    (found,) = checked(store, semester="2020-1", reported_on="2019-11-01").problems
    assert found.values["starts"] == date(2020, 1, 1)


def test_of_a_date_before_its_semester_the_day_is_told_on_which_that_begins(store):
    (found,) = checked(store, semester="2018-2", reported_on="2018-06-30").problems
    assert found.values["starts"] == date(2018, 7, 1)


def test_of_a_report_outside_the_calendar_activity_and_semester_are_told(store):
    (found,) = checked(store, activity="II.1.1", semester="2017-1",
                       reported_on="2019-01-02").warnings  # fmt: skip
    assert found.rule == "outside_calendar"
    assert (found.values["activity"], found.values["semester"]) == ("II.1.1", "2017-1")


def test_on_the_first_day_of_a_semester_a_report_outside_the_calendar_is_one_already(store):
    first = date(2017, 1, 1)
    found = checked(store, first, activity="II.1.1", semester="2017-1", reported_on="2017-01-01")
    assert "outside_calendar" in [problem.rule for problem in found.warnings]


def test_of_a_semester_outside_the_plan_its_first_and_last_are_told(store):
    (found,) = checked(store, semester="2030-1").problems
    assert found.values == {"first": "2017-1", "last": "2022-2"}


def test_of_a_semester_ahead_only_that_is_told(store):
    found = errors(store, date(2018, 7, 15), semester="2019-1", reported_on="2018-07-15")
    assert found == [("semester_in_future", "semester")]


@pytest.mark.parametrize(
    ("days", "expected"), [(-1, []), (0, []), (1, [("date_in_future", "reported_on")])]
)
def test_a_report_is_dated_today_at_the_latest(store, days, expected):
    day = (TODAY + timedelta(days=days)).isoformat()
    assert errors(store, reported_on=day) == expected


@pytest.mark.parametrize(
    ("number", "day"),
    [
        (42735, None),  # 2016-12-31
        (42736, date(2017, 1, 1)),
        (43784, TODAY),
        (43785, None),
    ],
)
def test_a_spreadsheets_day_number_is_read_from_the_plans_first_day_to_today(store, number, day):
    change = {"semester": "2017-1", "reported_on": str(number)}
    if day is None:
        assert errors(store, **change) == [("no_date", "reported_on")]
    else:
        assert stored(store, **change)["reported_on"] == day


@pytest.mark.parametrize("number", ["4378", "437840", "0043784", "-43784"])
def test_a_day_number_has_five_digits(store, number):
    assert errors(store, reported_on=number) == [("no_date", "reported_on")]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("12/12/2018", date(2018, 12, 12)),
        ("13/12/2018", date(2018, 12, 13)),
        ("12/13/2018", date(2018, 12, 13)),
        ("31.1.2019", date(2019, 1, 31)),
        ("1-31-2019", date(2019, 1, 31)),
    ],
)
def test_a_date_of_which_one_reading_only_is_a_day_is_that_day(store, written, day):
    assert stored(store, reported_on=written)["reported_on"] == day


@pytest.mark.parametrize("written", ["13/13/2018", "31/11/2018", "29/2/2019", "0/1/2019"])
def test_a_date_that_is_no_day_in_either_reading_is_none(store, written):
    assert errors(store, reported_on=written) == [("no_day", "reported_on")]


def test_the_two_readings_of_a_date_come_day_first(store):
    (problem,) = checked(store, reported_on="11/12/2018").problems
    assert problem.rule == "ambiguous_date"
    assert problem.values["first"] == date(2018, 12, 11)
    assert problem.values["second"] == date(2018, 11, 12)


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2016-12-31", [("date_before_plan", "reported_on")]), ("2017-01-01", [])],
)
def test_cooperation_is_dated_from_the_plans_first_day_on(store, day, expected):
    assert errors(store, subject="cooperation", reported_on=day) == expected


def test_a_date_before_the_plan_is_told_its_first_semester(store):
    (problem,) = checked(store, subject="cooperation", reported_on="2016-12-31").problems
    assert problem.values["first"] == "2017-1"


@pytest.mark.parametrize(
    ("written", "found"),
    [("15/11/2019", date(2019, 11, 15)), ("viernes 15 nov 2019", date(2019, 11, 15)),
     ("03/04/2019", "ambiguous_date"), ("lunes 15 nov 2019", "wrong_weekday"),
     ("31/06/2019", "no_day"), ("ayer", "no_date")],
)  # fmt: skip
def test_a_day_outside_of_a_file_is_read_by_the_same_rules(written, found):
    read = days.day_or_problem(written)
    assert (read.rule if isinstance(read, Problem) else read) == found


def checked_rows(engine, *changes: dict[str, str], **marks):
    """Check right rows with these changes; more is known of the first one than its cells."""
    source = read_bytes("r.csv", text_of([ROWS["reports"] | c for c in changes]).encode())
    first, *others = source.rows
    return check(engine, [replace(source, rows=(replace(first, **marks), *others))], today=TODAY)


@pytest.mark.parametrize(
    ("day", "other"),
    [("2019-10-12", None), ("2019-10-11", "2019-11-10"), ("2019-10-13", None),
     ("2019-10-10", None)],
)  # fmt: skip
def test_a_real_day_that_may_be_turned_round_is_told_with_the_other_and_the_text(store, day, other):
    beside = {"activity": "I.1.2", "reported_on": "15/10/2019"}
    real = frozenset({"reported_on"})
    found = checked_rows(store, {"reported_on": day}, beside, real_dates=real)
    told = {"day": date.fromisoformat(day), "text": "15/10/2019"}
    expected = [told | {"other": date.fromisoformat(other)}] if other else []
    assert [problem.values for problem in found.held] == expected


@pytest.mark.parametrize(
    ("written", "day"), [("2018-07-15", date(2018, 7, 15)), ("15/07/2018", date(2018, 7, 15)),
                         ("", TODAY)]
)  # fmt: skip
def test_a_row_of_a_template_is_of_its_day_and_without_one_of_today(store, written, day):
    found = checked_rows(store, {"reported_on": written}, own=True)
    assert found.problems == ()
    assert found.files[0].changes[0].entry.values["reported_on"] == day


def test_a_row_of_a_template_whose_semester_cannot_be_read_is_told_that_alone(store):
    found = checked_rows(store, {"semester": "xx", "due": "2018-06-30"}, own=True)
    assert [problem.rule for problem in (*found.problems, *found.warnings)] == ["no_semester"]


# Percents


@pytest.mark.parametrize(
    ("written", "percent", "expected"),
    [
        ("0", 0.0, []),
        ("0.00", 0.0, []),
        ("0.01", 1.0, ["fractions"]),
        ("0.5", 50.0, ["fractions"]),
        ("0.99", 99.0, ["fractions"]),
        ("0.99 %", 0.99, []),
        ("1", 1.0, []),
        ("1.00", 1.0, []),
        ("1.01", 1.01, []),
        ("99.99", 99.99, []),
        ("100", 100.0, []),
        ("100.00", 100.0, []),
    ],
)
def test_only_what_lies_between_0_and_1_may_have_been_meant_as_a_share(
    store, written, percent, expected
):
    assert stored(store, percent=written)["percent"] == percent
    assert warnings(store, percent=written) == expected


@pytest.mark.parametrize(
    ("written", "percent"),
    [("(0.45)", 45.0), ("'0,45'", 45.0), ("+0.45", 45.0), ("0.45\u200b", 45.0),
     ("0.455", 45.5), ("٠.٤٥", 45.0), ("−0", 0.0)],
)  # fmt: skip
def test_a_share_in_another_form_is_that_share(store, written, percent):
    assert stored(store, percent=written)["percent"] == percent


@pytest.mark.parametrize(("written", "read"), [("0.45", "45"), ("0.05", "5"), ("0.99", "99")])
def test_a_share_is_told_as_the_percentage_it_may_mean(store, written, read):
    (problem,) = checked(store, percent=written).warnings
    assert problem.values["read"] == read


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("100.01", "percent_range"),
        ("100.1", "percent_range"),
        ("-0.01", "percent_range"),
        ("+101", "percent_range"),
        ("-1 %", "percent_range"),
        ("100,01", "percent_range"),
        ("1,2,3", "no_number"),
        ("45 %%", "no_number"),
    ],
)
def test_out_of_range_and_in_another_form_are_told_apart(store, written, rule):
    assert errors(store, percent=written) == [(rule, "percent")]


@pytest.mark.parametrize(
    ("written", "percent", "expected"),
    [
        ("100 %", 100.0, []),
        ("7%", 7.0, []),
        ("99,99", 99.99, ["read_as"]),
        ("0,5%", 0.5, ["read_as"]),
        ("-0", 0.0, ["read_as"]),
        ("+100", 100.0, ["read_as"]),
        ("100.000", 100.0, []),
        ("000", 0.0, []),
        ("100,001", 100.0, ["rounded"]),
        ("33.333", 33.33, ["rounded"]),
    ],
)
def test_a_number_in_another_form_is_that_number(store, written, percent, expected):
    assert stored(store, percent=written)["percent"] == percent
    assert warnings(store, percent=written) == expected


def test_a_rounded_percent_is_told_as_it_is_stored(store):
    (found,) = checked(store, percent="33.333").warnings
    assert found.values["read"] == "33.33"


def test_a_percent_under_one_is_told_beside_what_it_would_be_as_a_share(store):
    rows = [ROWS["reports"] | change for change in
            ({"percent": "0.45"}, {"activity": "I.1.2", "percent": "60"})]  # fmt: skip
    found = check(store, [read_bytes("r.csv", text_of(rows, "reports").encode())], today=TODAY)
    (asked,) = found.held
    assert (asked.values["read"], asked.values["meant"]) == ("0.45", "45")


@pytest.mark.parametrize(
    ("state", "written", "percent", "expected"),
    [
        ("no_iniciada", "", 0.0, []),
        ("no_iniciada", "0.00", 0.0, []),
        ("no_iniciada", "0.01", None, ["percent_of_state"]),
        ("cumplida", "", 100.0, []),
        ("cumplida", "100.00", 100.0, []),
        ("cumplida", "99.99", None, ["percent_of_state"]),
        ("cumplida", "0", None, ["percent_of_state"]),
        ("en_curso", "0", 0.0, []),
        ("en_curso", "100", 100.0, []),
        ("suspendida", "0", 0.0, []),
        ("no_aplica", "", None, []),
        ("no_aplica", "0", None, ["percent_not_applicable"]),
        ("no_aplica", "100", None, ["percent_not_applicable"]),
        ("no_iniciada", "x", None, ["no_number"]),
        ("no_aplica", "x", None, ["no_number"]),
        ("en_curso", "x", None, ["no_number"]),
    ],
)
def test_a_state_and_its_percent_agree_to_the_hundredth(store, state, written, percent, expected):
    change = {"state": state, "percent": written, "reason": "Falta de fondos"}
    assert [rule for rule, _ in errors(store, **change)] == expected
    if not expected:
        assert stored(store, **change)["percent"] == percent


def test_without_a_state_the_percent_is_not_judged_by_one(store):
    found = [rule for rule, _ in errors(store, state="", percent="45")]
    assert found == ["required"]


# Reason, evidence, calendar


@pytest.mark.parametrize("state", ["no_iniciada", "en_curso", "cumplida"])
def test_other_states_need_no_reason(store, state):
    percent = "45" if state == "en_curso" else ""
    assert errors(store, state=state, percent=percent, reason="") == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"state": "cumplida", "percent": ""}, ["no_evidence"]),
        ({"state": "cumplida", "percent": "", "evidence": "https://a.org"}, []),
        ({"state": "en_curso", "percent": "100"}, []),
    ],
)
def test_evidence_is_missed_of_what_is_fulfilled_only(store, change, expected):
    assert warnings(store, **change) == expected


def test_a_wrong_semester_is_not_called_outside_the_calendar_too(store):
    found = checked(store, semester="2018", reported_on="2018-07-15")
    assert [problem.rule for problem in (*found.problems, *found.warnings)] == ["no_semester"]


def test_a_wrong_activity_is_not_called_outside_the_calendar_too(store):
    found = checked(store, activity="IV.9.9")
    assert [problem.rule for problem in found.warnings] == []
    assert len(found.problems) == 1


@pytest.mark.parametrize(
    ("written", "links"),
    [("", ""), ("https://a.org", "https://a.org"), ("https://a.org; http://b.org/x",
     "https://a.org;http://b.org/x")],
)  # fmt: skip
def test_links_are_kept_in_their_order(store, written, links):
    assert stored(store, evidence=written)["evidence"] == links


@pytest.mark.parametrize("link", ["https://a.org/\u200bx", "http://", "https:///x", "https://[::1"])
def test_a_link_without_a_host_or_with_a_hidden_sign_is_none(store, link):
    assert errors(store, evidence=link) == [("no_link", "evidence")]


def test_every_link_that_is_none_is_named(store):
    (found,) = checked(store, evidence="x;https://a.org;y").problems
    assert [problem.values["link"] for problem in found.each()] == ["x", "y"]


def test_words_in_the_place_of_a_link_are_named_together(store):
    (found,) = checked(store, evidence="véase el acta").problems
    assert [problem.values["link"] for problem in found.each()] == ["véase el acta"]


def test_what_stands_for_a_redacted_link_comes_back_as_it_is(store):
    assert stored(store, evidence=tombstone(12))["evidence"] == tombstone(12)


@pytest.mark.parametrize("sign", ["; ", "\n", " ", ", ", "\n\n"])
def test_links_may_stand_apart_in_any_way(store, sign):
    written = f"https://a.org/x,y{sign}https://b.org"
    assert stored(store, evidence=written)["evidence"] == "https://a.org/x,y;https://b.org"


@pytest.mark.parametrize("mark", ["-", "N/A", "ninguna", "—"])
def test_a_mark_for_nothing_is_no_link(store, mark):
    assert stored(store, evidence=mark)["evidence"] == ""


# Codes


def test_an_activity_that_does_not_exist_is_copied_and_a_country_chosen_from_the_list(store):
    (activity,), (country,) = (
        checked(store, activity="Q.1.1").problems, checked(store, country="ZZZZ").problems
    )  # fmt: skip
    assert "Copy the code" in activity.text()
    assert "Use one of these: BLZ," in country.text()


@pytest.mark.parametrize("written", ["OIT", "UNIFEM"])
def test_another_organisation_is_no_slip_of_the_hand(store, written):
    (found,) = checked(store, partners=written).problems
    assert found.rule == "unknown_partners"
    assert not found.values.get("meant")


@pytest.mark.parametrize("written", ["OIM (UNICEF)", "Amigos (OIM)", "OIM (Amigos)"])
def test_a_name_and_an_acronym_of_two_are_no_partner(store, written):
    assert errors(store, partners=written) == [("unknown_partners", "partners")]


def test_without_a_country_cooperation_is_told_the_code_of_the_region_too(store):
    (found,) = checked(store, subject="cooperation", countries="").problems
    assert "CRM for the whole region" in found.text()


def test_a_country_with_an_and_in_its_name_is_one(store):
    with db.reading(store) as session:
        codes_known = known(session, TODAY)
    both = {**codes_known.countries, "ATG": ("Antigua y Barbuda", "Antigua and Barbuda")}
    cells = Cells(Row(2, {"countries": "Antigua y Barbuda"}), replace(codes_known, countries=both))
    assert codes.countries(cells, "countries") == ("ATG",)
    assert cells.errors == []


# Rows that repeat a report, or were made from one


@pytest.fixture(scope="module")
def told(sqlite_with_plan, tmp_path_factory):
    """Return a database with a report of 45 %, corrected to 60 % on 20 July: 1 and 2."""
    folder = tmp_path_factory.mktemp("told")
    engine = db.connect(f"sqlite:///{shutil.copy(sqlite_with_plan, folder / 'told.sqlite3')}")
    for name, change in (("1.csv", {}), ("2.csv", {"percent": "60", "reported_on": "2018-07-20"})):
        import_files(engine, [a_file(folder, change, name=name)], by="Ana Paz")
    yield engine
    engine.dispose()


EMPTY = {"state": "", "percent": ""}


def test_a_row_without_change_says_again_what_was_last_reported(told):
    values = stored(told, unchanged="yes", **EMPTY)
    assert (values["state"], values["percent"]) == ("en_curso", 60)


def test_a_row_without_change_and_a_semester_that_cannot_be_read_names_the_semester(told):
    found = errors(told, unchanged="yes", semester="xx", **EMPTY)
    assert found[0] == ("no_semester", "semester")


def test_a_row_without_change_where_nothing_was_reported_says_so(told):
    found = errors(told, unchanged="yes", country="GTM", **EMPTY)
    assert found[0] == ("nothing_to_repeat", "unchanged")


def test_a_row_without_change_that_changes_something_says_so(told):
    assert errors(told, unchanged="yes", percent="50") == [("change_in_repeated", "percent")]


@pytest.mark.parametrize(
    ("base", "percent", "day", "asked"),
    [
        # Made from what is in force.
        ("2", "70", "2018-08-01", False),
        # Made from what was corrected since, or when there was nothing.
        ("1", "70", "2018-08-01", True),
        ("0", "70", "2018-08-01", True),
        ("9", "70", "2018-08-01", True),
        # What is in force already, on its day and on another.
        ("1", "60", "2018-07-20", False),
        ("1", "60", "2018-07-21", True),
        # As its template showed it, and changed.
        ("1", "45", "", False),
        ("1", "66", "", True),
        ("9", "66", "", True),
    ],
)
def test_a_row_is_asked_about_where_something_was_reported_since_it_was_made(
    told, base, percent, day, asked
):
    found = checked(told, base=base, percent=percent, reported_on=day)
    assert [problem.rule for problem in found.held] == (["correction"] if asked else [])


def test_a_correction_tells_who_reported_when_and_how_it_differs(told):
    (found,) = checked(told, base="1", percent="70", reported_on="2018-08-01").held
    assert "I.1.1, 2018-1: Ana Paz reported on it on " in found.text()
    assert found.text().count("percent: 60.0 → 70.0") == 1


def test_a_row_that_repeats_is_not_taken_for_one_that_nobody_touched(told):
    found = checked(told, unchanged="yes", base="1", narrative="Otra cosa", percent="",
                    reported_on="", state="")  # fmt: skip
    assert "correction" in [problem.rule for problem in found.warnings]


def test_a_row_that_is_in_force_already_says_nothing_new(told):
    found = checked(told, base="1", percent="60", reported_on="2018-07-20")
    assert [change.effect for change in found.files[0].changes] == [Effect.UNCHANGED]
