"""Rows against the rules, each other and the store: every error and warning at once."""

import gc
import re
import shutil
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdata import plan, settings
from crmdata.errors import ImportRefused
from crmdata.i18n import words_for
from crmdata.intake.reports import Expected, check, import_files, prose, read_bytes, read_files
from crmdata.intake.reports.personal import TextReading
from crmdata.intake.reports.prose import in_other_language, markup_in
from crmdata.intake.reports.remarks import in_words
from crmdata.search import plain
from crmdata.store import db
from crmdata.terms import DataKind
from scripts import catalogues
from tests.sheets import REPORT, ROWS, a_file, text_of
from tests.support import changed, copied_plan, examples


@pytest.fixture(scope="module")
def store(sqlite_with_plan):
    """Return a database with the plan that no test writes to."""
    engine = db.connect(f"sqlite:///{sqlite_with_plan}")
    yield engine
    engine.dispose()


@pytest.fixture
def own_store(sqlite_with_plan, tmp_path):
    """Return a database of the test's own."""
    engine = db.connect(f"sqlite:///{shutil.copy(sqlite_with_plan, tmp_path / 'own.sqlite3')}")
    yield engine
    engine.dispose()


def checked(engine, *changes, subject="reports", today=None):
    rows = [ROWS[subject] | change for change in changes or ({},)]
    source = read_bytes(f"{subject}.csv", text_of(rows, subject).encode())
    return check(engine, [source], today=today)


def errors(engine, subject="reports", /, **change) -> list[tuple[str, str]]:
    """Return rule and column of every error in the right row with these changes."""
    found = checked(engine, change, subject=subject).problems
    return [(problem.rule, problem.field) for problem in found]


def warnings(engine, subject="reports", /, **change) -> list[tuple[str, str]]:
    result = checked(engine, change, subject=subject)
    assert result.problems == ()
    return [(problem.rule, problem.field) for problem in result.warnings]


def said(engine, subject="reports", /, **change) -> str:
    (problem,) = checked(engine, change, subject=subject).problems
    return problem.text()


@pytest.mark.parametrize("subject", ROWS)
def test_a_right_row_is_neither_wrong_nor_doubtful(store, subject):
    result = checked(store, subject=subject)
    assert (result.problems, result.warnings, result.new) == ((), (), 1)


# Codes


@pytest.mark.parametrize(
    ("written", "meant"),
    [("HON", "HND"), ("GUA", "GTM"), ("ESA", "SLV"), ("NCA", "NIC"), ("CRC", "CRI"),
     ("BIZ", "BLZ"), ("Mejico", "MEX"), ("EE.UU.", "USA"), ("MX", "MEX"), ("Hondurs", "HND"),
     ("Región", "CRM")],
)  # fmt: skip
def test_a_wrong_country_is_told_the_right_code(store, written, meant):
    assert f"Did you mean {meant}?" in said(store, country=written)


@pytest.mark.parametrize(
    ("field", "written", "read"),
    [
        ("country", "HND - Honduras", "HND"), ("country", "Honduras (HND)", "HND"),
        ("country", "HND/Honduras", "HND"), ("country", "HND-Honduras", "HND"),
        ("country", "Belice / Belize", "BLZ"), ("country", "República de Honduras (HND)", "HND"),
        ("state", "En curso / In progress", "en_curso"),
        ("state", "EN CURSO (in progress)", "en_curso"),
        ("state", "en_curso: En curso", "en_curso"), ("state", "En curso – en curso", "en_curso"),
        ("semester", "2018-1 (primer semestre de 2018)", "2018-1"),
        ("semester", "2018-1 - I semestre 2018", "2018-1"),
        ("semester", "2018-1 (enero a junio de 2018)", "2018-1"),
    ],
)  # fmt: skip
def test_what_a_cell_says_twice_in_two_ways_is_read_once(store, field, written, read):
    result = checked(store, {field: written})
    assert result.files[0].changes[0].entry.values[field] == read
    assert [(note.rule, note.field) for note in result.warnings] == [("read_as", field)]


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("country", "HND - Guatemala"), ("country", "HND (país)"), ("country", "HND/HON"),
        ("state", "En curso / Fulfilled"), ("state", "En curso (no)"), ("state", "No - cumplida"),
        ("semester", "2018-1 (segundo semestre de 2018)"), ("semester", "2018-1 (2019-1)"),
        ("semester", "2018-1 (feb-18)"),
    ],
)  # fmt: skip
def test_what_a_cell_says_twice_otherwise_is_refused(store, field, written):
    assert [column for _, column in errors(store, **{field: written})] == [field]


def test_a_country_that_looks_like_none_gets_no_suggestion(store):
    assert "Did you mean" not in said(store, country="ZZZZ")


def test_the_region_may_report(store):
    assert errors(store, country="CRM") == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [("IV.9.9", "IV.5.3"), ("I.1.9", "I.1.4")],
)  # fmt: skip
def test_a_wrong_activity_is_told_the_nearest(store, written, meant):
    assert f"Did you mean {meant}?" in said(store, activity=written)


@pytest.mark.parametrize("written", ["VL.1.1", "IIII.1.1", "XVII.1.1", "Q.1.1"])
def test_no_activity_of_another_line_is_ever_suggested(store, written):
    assert "Did you mean" not in said(store, activity=written)


def test_an_activity_without_its_line_is_told_so(store):
    assert errors(store, activity="1.1") == [("activity_without_line", "activity")]


@pytest.mark.parametrize("field", ["country", "activity", "semester", "state", "reported_on"])
def test_a_required_cell_may_not_be_empty(store, field):
    assert errors(store, **{field: ""}) == [("required", field)]


@pytest.mark.parametrize(
    ("field", "written"),
    [("country", " HND\u00a0"), ("country", "H\u200bND"), ("activity", "I.1\u2060.1"),
     ("semester", "2018-1\u200f"), ("state", "en_\u00adcurso"), ("percent", "45\u200b"),
     ("partners", "\u200eOIM"), ("reported_on", "\ufeff2018-07-15")],
)  # fmt: skip
def test_what_nobody_sees_in_a_code_is_read_past_and_mentioned(store, field, written):
    assert warnings(store, **{field: written}) == [("invisible", field)]


def test_what_nobody_sees_is_mentioned_once_for_all_columns(store):
    (found,) = checked(store, {"country": "HND\u200b", "semester": "2018-1\u200b"}).warnings
    assert "Row 2 (column “country”" in found.text()
    assert "Row 2 (column “semester”" in found.text()


def test_a_text_keeps_what_nobody_sees(store):
    text = "Taller 👩\u200d👧; super\u00advisión"
    result = checked(store, {"narrative": text})
    assert result.warnings == ()
    assert result.files[0].changes[0].entry.values["narrative"] == text


@pytest.mark.parametrize(
    ("partners", "expected"),
    [("OIM;UNICEF", []), ("OIM;XX;YY", ["unknown_partners"]), ("CRUZ ROJA", ["unknown_partners"])],
)
def test_partners_are_known(store, partners, expected):
    assert [rule for rule, _ in errors(store, partners=partners)] == expected


@pytest.mark.parametrize(
    ("written", "read"),
    [("OIM, UNICEF", "OIM;UNICEF"), ("OIM y UNICEF", "OIM;UNICEF"), ("OIM/ACNUR", "OIM;ACNUR"),
     ("UNICEF e IOM", "UNICEF;OIM"), ("OIM\nUNICEF", "OIM;UNICEF"),
     ("- OIM\n- UNICEF", "OIM;UNICEF"),
     ("OIM & UNHCR", "OIM;ACNUR"), ("IOM", "OIM"), ("unhcr", "ACNUR"), ("OIM;OIM", "OIM"),
     ("Organización Internacional para las Migraciones (OIM)", "OIM"), ("OIM, IOM", "OIM"),
     ("UN Refugee Agency", "ACNUR"), ("ACNUR, OIM y UNICEF.", "ACNUR;OIM;UNICEF")],
)  # fmt: skip
def test_the_partners_that_people_write_are_read_and_mentioned(store, written, read):
    (found,) = checked(store, {"partners": written}).warnings
    assert (found.rule, found.values["read"]) == ("read_as", read)


@pytest.mark.parametrize(
    ("written", "read"),
    [("ACNUR y UNICEF", "ACNUR;UNICEF"), ("ACNUR, UNICEF e OIM", "ACNUR;UNICEF;OIM"),
     ("ACNUR / OIM", "ACNUR;OIM"), ("acnur & unicef", "ACNUR;UNICEF"), ("ACNUR; OIM", "ACNUR;OIM"),
     ("UNHCR and IOM", "ACNUR;OIM"), ("IOM, UNHCR, and UNICEF", "OIM;ACNUR;UNICEF"),
     ("OIM, ACNUR, y UNICEF", "OIM;ACNUR;UNICEF"), ("la OIM y el ACNUR", "OIM;ACNUR"),
     ("OIM-ACNUR", "OIM;ACNUR"), ("OIM ACNUR UNICEF", "OIM;ACNUR;UNICEF"),
     ("Apoyo de la OIM y del ACNUR", "OIM;ACNUR"),
     ("with support from IOM and the UNHCR", "OIM;ACNUR"),
     ("Organización Internacional para las Migraciones (OIM) y ACNUR", "OIM;ACNUR"),
     ("la Organización Internacional para las Migraciones, UNICEF", "OIM;UNICEF"),
     ("International Organization for Migration (IOM) and UNICEF", "OIM;UNICEF")],
)  # fmt: skip
def test_a_list_of_known_partners_is_read_plainly_and_need_not_be_looked_at(store, written, read):
    result = checked(store, {"partners": written})
    assert (result.problems, result.held) == ((), ())
    (note,) = result.warnings
    assert (note.rule, note.values["read"], note.values["plainly"]) == ("read_as", read, True)


@pytest.mark.parametrize(
    ("written", "unknown"),
    [("OIM y Cruz Roja", ["Cruz Roja"]), ("OIM, Save the Children y ACNUR", ["Save the Children"]),
     ("OIM-Cruz Roja", ["OIM-Cruz Roja"]), ("OIM y/o ACNUR", ["OIM y/o ACNUR"]),
     ("OIM o ACNUR", ["OIM o ACNUR"]), ("OIM, OEA y OIT", ["OEA", "OIT"]),
     ("OIM, ACNUR and others", ["others"]), ("no OIM", ["no OIM"])],
)  # fmt: skip
def test_of_a_list_of_partners_the_unknown_ones_are_named_and_no_others(store, written, unknown):
    problems = checked(store, {"partners": written}).problems
    named = [each.values["code"] for problem in problems for each in problem.each()]
    assert named == unknown


@pytest.mark.parametrize("written", ["-", "N/A", "Ninguno", "—", "n.a."])
def test_a_mark_or_a_word_for_nobody_names_no_partner(store, written):
    result = checked(store, {"partners": written})
    assert (result.problems, result.files[0].changes[0].entry.codes) == ((), ())


def test_of_partners_only_the_unknown_one_is_named_and_none_is_suggested(store):
    text = said(store, partners="OIM, Cruz Roja")
    assert "There is no “Cruz Roja”. Use one of these: ACNUR, OIM, UNICEF." in text


# Semesters and dates


@pytest.mark.parametrize("written", ["2018-02", "2-2018", "feb-18", "Feb 2018", "01/02/2018"])
def test_a_semester_that_may_be_a_month_is_told_both(store, written):
    text = said(store, semester=written)
    assert "2018-2, of which Excel makes this month, or 2018-1, in which" in text


@pytest.mark.parametrize("written", ["2018", "II Semestre", "2018-3", "marzo-abril 2018"])
def test_what_is_no_semester_is_refused(store, written):
    assert errors(store, semester=written) == [("no_semester", "semester")]


@pytest.mark.parametrize("written", ["2016-2", "2023-1"])
def test_a_semester_outside_the_plan_is_refused(store, written):
    assert errors(store, semester=written) == [("outside_plan", "semester")]


def test_a_semester_that_has_not_begun_is_refused(store):
    found = checked(
        store, {"semester": "2019-1", "reported_on": "2018-12-31"}, today=date(2018, 12, 31)
    )
    assert [problem.rule for problem in found.problems] == ["semester_in_future"]


def test_a_report_from_before_its_semester_is_refused(store):
    expected = [("reported_before_semester", "reported_on")]
    assert errors(store, reported_on="2017-12-31") == expected


def test_a_report_on_the_semesters_first_day_is_taken(store):
    assert errors(store, reported_on="2018-01-01") == []


def test_a_report_dated_later_than_today_is_refused(store):
    found = checked(store, {"reported_on": "2018-07-16"}, today=date(2018, 7, 15)).problems
    assert [problem.rule for problem in found] == ["date_in_future"]


def test_a_report_dated_today_is_taken(store):
    assert checked(store, today=date(2018, 7, 15)).problems == ()


@pytest.mark.parametrize(
    ("written", "rule"),
    [("03/04/2019", "ambiguous_date"),
     ("2019-02-30", "no_day"), ("2019-W10-1", "no_date"), ("31/06/2019", "no_day"),
     ("30 de febrero de 2019", "no_day"), ("abril", "no_date"), ("23558", "no_date"),
     ("90000", "no_date"), ("noviembre de 2019", "no_date"), ("nov-19", "no_date"),
     ("2019", "no_date"), ("11/2019", "no_date"), ("IV trimestre 2019", "no_date"),
     ("05-06-18", "ambiguous_date"), ("lunes, 15 de noviembre de 2019", "wrong_weekday")],
)  # fmt: skip
def test_a_date_without_one_reading_is_refused(store, written, rule):
    assert errors(store, reported_on=written) == [(rule, "reported_on")]


def test_an_empty_date_offers_the_day_that_it_is(store):
    (problem,) = checked(store, {"reported_on": ""}, today=date(2018, 8, 1)).problems
    assert "today is 2018-08-01" in problem.text()


@pytest.mark.parametrize("written", ["I.1.\n1", "I\n1\n1", "I.1.\r\n1", "I.1.\u2009\n1", "1.\t1.1"])
def test_a_code_that_a_line_break_parts_is_read(store, written):
    assert warnings(store, activity=written) == [("read_as", "activity")]


@pytest.mark.parametrize(
    "written",
    ["Actividad I.1.1", "ACT. I.1.1", "Código: I.1.1", "Actividad n.º I.1.1", "cod 1-1-1",
     "Código de la actividad I.1.1", "Activity No. I.1.1"],
)  # fmt: skip
def test_a_code_behind_the_word_for_it_is_read(store, written):
    assert warnings(store, activity=written) == [("read_as", "activity")]


@pytest.mark.parametrize("written", ["1.º semestre 2018", "1.ª mitad de 2018"])
def test_the_sign_of_an_ordinal_number_is_no_letter_of_another_script(store, written):
    assert warnings(store, semester=written) == [("read_as", "semester")]


@pytest.mark.parametrize("written", ["N/A", "s/d", "No aplica", "—"])
def test_a_sign_for_nothing_is_no_percentage(store, written):
    change = {"state": "no_aplica", "percent": written, "reason": "No es competencia."}
    assert errors(store, **change) == []
    assert errors(store, percent=written) == [("percent_required", "percent")]


def test_a_space_that_nobody_sees_in_a_code_read_otherwise_is_told_once(store):
    assert warnings(store, semester="2018\u202f-\u202f1") == [("read_as", "semester")]


CUT = "Fortalecer las campañas existentes a nivel nacional"


@pytest.mark.parametrize(
    "written",
    [f"I.1.1 {CUT}", f"I.1.1. {CUT}…", f"1-1-1: {CUT}", f"I.1.1 – {CUT.upper()}", f"i.1.1) {CUT}"],
)
def test_a_code_with_the_beginning_of_its_own_text_is_read(store, written):
    assert warnings(store, activity=written) == [("read_as", "activity")]


@pytest.mark.parametrize(
    "written", ["I.1.2 Fortalecer las campañas", "I.1.1 Ver nota", "I.1.1 For"]
)
def test_a_code_before_a_text_that_is_not_its_own_is_refused(store, written):
    assert errors(store, activity=written) == [("text_beside_code", "activity")]


@pytest.mark.parametrize(
    "written",
    ["Honduras C.A.", "Honduras, C. A.", "República de Honduras", "HONDURAS (Centroamérica)",
     "Gobierno de la República de Honduras", "Rep. de Honduras, Centro América"],
)  # fmt: skip
def test_a_country_with_what_and_where_it_is_is_read(store, written):
    assert warnings(store, country=written) == [("read_as", "country")]


@pytest.mark.parametrize("written", ["Honduras y Guatemala", "HON", "Centroamérica", "República"])
def test_what_is_no_countrys_name_is_refused(store, written):
    assert errors(store, country=written) == [("unknown_country", "country")]


def test_an_unknown_country_is_said_once_where_one_is_bound(store):
    source = read_bytes("r.csv", text_of([ROWS["reports"] | {"country": "Hondura S"}]).encode())
    found = check(store, [source], expected=Expected("HND")).problems
    assert [problem.rule for problem in found] == ["unknown_country"]


def of_column(store, *days, semester="2018-1"):
    """Return what is said of the dates of a column, and the days that are stored."""
    rows = [
        {"activity": code, "semester": semester, "reported_on": day}
        for code, day in zip(("I.1.1", "I.1.2", "I.1.3", "I.2.1"), days, strict=False)
    ]
    found = checked(store, *rows)
    stored = [str(change.entry.values["reported_on"]) for change in found.files[0].changes]
    return found, stored


@pytest.mark.parametrize(
    ("days", "meant"),
    [(("13/05/2018", "12/05/2018"), "2018-05-12"), (("05/13/2018", "05/12/2018"), "2018-05-12"),
     (("13.5.18", "12.5.18"), "2018-05-12")],
)  # fmt: skip
def test_a_date_with_two_readings_is_asked_about_in_the_order_of_its_column(store, days, meant):
    found, stored = of_column(store, *days)
    assert [(problem.rule, problem.row) for problem in found.held] == [("order_of_column", 3)]
    assert stored[1] == meant


def test_a_column_of_both_orders_tells_none(store):
    found, _ = of_column(store, "13/05/2018", "05/13/2018", "03/04/2018")
    assert [problem.rule for problem in found.problems] == ["ambiguous_date"]


def test_the_dates_of_another_column_tell_no_order(store):
    found = checked(store, {"narrative": "13/05/2018", "reported_on": "03/04/2018"})
    assert [problem.rule for problem in found.problems] == ["ambiguous_date"]


def test_an_ellipsis_is_no_letter_that_looks_like_ours(store):
    rules = {rule for rule, _ in warnings(store, activity=f"I.1.1 {CUT}…")}
    assert "foreign_letter" not in rules


def test_an_ambiguous_date_is_told_both_readings(store):
    text = said(store, reported_on="03/04/2019")
    assert "2019-04-03" in text
    assert "2019-03-04" in text


# What is written otherwise and has one reading only


@pytest.mark.parametrize(
    ("field", "written", "read"),
    [("country", "hnd", "HND"), ("activity", "iv.3.2", "IV.3.2"), ("activity", "IV-3-2", "IV.3.2"),
     ("activity", "IV 3.2", "IV.3.2"), ("semester", "2018-I", "2018-1"),
     ("semester", "2018-II", "2018-2"), ("semester", "2018/1", "2018-1"),
     ("semester", "II Semestre 2018", "2018-2"), ("semester", "I semestre de 2018", "2018-1"),
     ("semester", "2018-01", "2018-1"), ("semester", "1-2018", "2018-1"),
     ("semester", "1° semestre 2018", "2018-1"), ("semester", "ene-18", "2018-1"),
     ("semester", "jul-18", "2018-2"), ("semester", "2018–2", "2018-2"),
     ("semester", "segundo semestre de 2018", "2018-2"),
     ("semester", "enero a junio 2018", "2018-1"),
     ("country", "Honduras", "HND"), ("country", "república dominicana", "DOM"),
     ("country", "United States", "USA"),
     ("activity", "4.3.2", "IV.3.2"), ("activity", "lV.3.2", "IV.3.2"),
     ("state", "En cursos", "en_curso"), ("percent", "45,5", "45.5"), ("percent", "+45", "45"),
     ("percent", "45 por ciento", "45"), ("percent", "45,5 %", "45.5"), ("partners", "oim", "OIM"),
     ("reported_on", "15/11/2019", "2019-11-15"), ("reported_on", "4/4/2019", "2019-04-04"),
     ("reported_on", "20190403", "2019-04-03"), ("reported_on", "2019-04-03T00:00", "2019-04-03"),
     ("reported_on", "15 de noviembre de 2019", "2019-11-15"),
     ("reported_on", "viernes, 15 de noviembre de 2019", "2019-11-15"),
     ("reported_on", "43784", "2019-11-15")],
)  # fmt: skip
def test_what_has_one_reading_is_read_and_mentioned(store, field, written, read):
    result = checked(store, {"reported_on": "2019-11-15"} | {field: written})
    assert result.problems == ()
    notes = [problem for problem in result.warnings if problem.rule == "read_as"]
    assert [(note.field, note.value, note.values["read"]) for note in notes] == [
        (field, written, read)
    ]


@pytest.mark.parametrize(
    ("field", "written", "stored"),
    [("country", "hnd", "HND"), ("activity", "IV-3-2", "IV.3.2"), ("semester", "2018-I", "2018-1"),
     ("state", "En curso", "en_curso"), ("state", "In progress", "en_curso"),
     ("state", "EN CURSO", "en_curso"), ("percent", "45,5 %", 45.5), ("percent", "45%", 45),
     ("reported_on", "15/11/2019", date(2019, 11, 15))],
)  # fmt: skip
def test_what_is_stored_is_what_was_read(store, field, written, stored):
    result = checked(store, {"reported_on": "2019-11-15"} | {field: written})
    assert result.files[0].changes[0].entry.values[field] == stored


@pytest.mark.parametrize("written", ["0.45", "0,45", ".45", "0.450"])
def test_a_column_of_fractions_is_asked_about_once_and_read_as_percentages(store, written):
    result = checked(store, {"percent": written}, {"activity": "I.1.2", "percent": "1"})
    (found,) = result.held
    assert (found.rule, found.rows) == ("fractions", "2, 3")
    assert [change.entry.values["percent"] for change in result.files[0].changes] == [45, 100]


def test_a_percentage_under_one_among_others_is_asked_about_as_it_stands(store):
    result = checked(store, {"percent": "0.45"}, {"activity": "I.1.2", "percent": "60"})
    assert [(found.rule, found.rows) for found in result.held] == [("small_percent", "2")]
    assert result.files[0].changes[0].entry.values["percent"] == 0.45


def test_a_percentage_under_one_with_its_sign_is_what_it_says(store):
    result = checked(store, {"percent": "0,45 %"}, {"activity": "I.1.2", "percent": "1 %"})
    assert result.held == ()
    assert [change.entry.values["percent"] for change in result.files[0].changes] == [0.45, 1]


@pytest.mark.parametrize(
    ("written", "stored"), [("33.333", 33.33), ("66,6666666666667 %", 66.67), ("8.335", 8.34)]
)
def test_more_than_two_decimals_are_rounded_and_mentioned(store, written, stored):
    result = checked(store, {"percent": written})
    assert [found.rule for found in result.warnings] == ["rounded"]
    assert result.files[0].changes[0].entry.values["percent"] == stored


# Percent and state


@pytest.mark.parametrize("written", ["0", "7", "07", "33.33", "99.9", "100", "100.00"])
def test_a_percentage_has_up_to_two_decimals(store, written):
    assert errors(store, percent=written) == []


@pytest.mark.parametrize(
    ("written", "rule"),
    [("101", "percent_range"), ("-1", "percent_range"), ("100.5", "percent_range"),
     ("100,5", "percent_range"),
     ("101 %", "percent_range"), ("100.01", "percent_range"), ("45-50", "no_number"),
     ("NaN", "no_number"), ("inf", "no_number"), ("1e1", "no_number"), ("4_5", "no_number"),
     ("45 %%", "no_number"), ("TRUE", "no_number"), ("=40+5", "no_number"), ("~45", "no_number")],
)  # fmt: skip
def test_what_is_no_percentage_is_refused(store, written, rule):
    assert errors(store, percent=written) == [(rule, "percent")]


@pytest.mark.parametrize(
    ("state", "percent", "expected"),
    [
        ("no_iniciada", "", []),
        ("no_iniciada", "0", []),
        ("no_iniciada", "5", ["percent_of_state"]),
        ("cumplida", "", []),
        ("cumplida", "100", []),
        ("cumplida", "90", ["percent_of_state"]),
        ("en_curso", "", ["percent_required"]),
        ("en_curso", "0", []),
        ("suspendida", "", ["percent_required"]),
        ("suspendida", "20", []),
        ("no_aplica", "", []),
        ("no_aplica", "0", ["percent_not_applicable"]),
    ],
)
def test_percent_and_state_agree(store, state, percent, expected):
    found = errors(store, state=state, percent=percent, reason="Falta de fondos")
    assert found == [(rule, "percent") for rule in expected]


@pytest.mark.parametrize(("state", "percent"), [("suspendida", "20"), ("no_aplica", "")])
@pytest.mark.parametrize("reason", ["", " \n", "-", "—", "...", "¿?", "N/A", "n/a", "ninguna"])
def test_suspended_and_not_applicable_need_a_reason(store, state, percent, reason):
    found = errors(store, state=state, percent=percent, reason=reason)
    assert found == [("reason_required", "reason")]


@pytest.mark.parametrize("reason", ["-Falta presupuesto", "Ver nota 3.", "Art. 5"])
def test_a_short_reason_is_one(store, reason):
    assert errors(store, state="suspendida", percent="20", reason=reason) == []


def test_a_state_of_no_list_is_told_the_words_of_the_list_and_the_nearest(store):
    text = said(store, state="en ejecución")
    assert "“en ejecución” is not in the list: did you mean en_curso?" in text
    assert "Choose Not started, In progress, Fulfilled, Suspended or Not applicable." in text


@pytest.mark.parametrize(
    ("state", "percent", "stored"),
    [
        ("Cumplida (100%)", "", ("cumplida", 100)), ("100% cumplida", "100", ("cumplida", 100)),
        ("Cumplido al 100 %", "", ("cumplida", 100)), ("No iniciada (0 %)", "", ("no_iniciada", 0)),
        ("En curso (60 %)", "", ("en_curso", 60)), ("In progress - 60%", "60", ("en_curso", 60)),
        ("Suspendida: 45,5 %", "45.5", ("suspendida", 45.5)),
        ("En curso (60 %)", "60%", ("en_curso", 60)), ("En curso (75 %)", "3/4", ("en_curso", 75)),
    ],
)  # fmt: skip
def test_a_percentage_beside_the_state_is_read_and_said(store, state, percent, stored):
    result = checked(store, {"state": state, "percent": percent, "reason": "Falta de fondos",
                             "evidence": "https://a.org"})  # fmt: skip
    values = result.files[0].changes[0].entry.values
    assert (values["state"], values["percent"]) == stored
    assert {(note.rule, note.asks) for note in result.warnings} == {("read_as", False)}


def test_a_percentage_that_fills_the_empty_column_is_told_with_the_state(store):
    (note,) = checked(store, {"state": "En curso (60 %)", "percent": ""}).warnings
    assert "Leído como “En curso”, 60 %." in in_words(words_for("es"), note).text(words_for("es"))


def test_a_percentage_beside_the_state_that_is_not_the_columns_is_asked_about(store):
    result = checked(store, {"state": "En curso (60 %)", "percent": "45"})
    assert result.files[0].changes[0].entry.values["percent"] == 45
    (question,) = result.held
    assert (question.rule, question.field) == ("two_percents", "percent")
    assert "Beside the state stands 60 %, here 45 %. Is 45 % right?" in question.text()


@pytest.mark.parametrize(
    ("state", "percent", "expected"),
    [
        ("Cumplida (80%)", "", [("percent_of_state", "state")]),
        ("Cumplida (80%)", "80", [("percent_of_state", "state")]),
        ("No iniciada (10 %)", "", [("percent_of_state", "state")]),
        ("No aplica (0 %)", "", [("percent_not_applicable", "state")]),
        ("Cumplida (100%)", "80", [("percent_of_state", "percent")]),
        ("En curso (150 %)", "", [("unknown_state", "state")]),
        ("Cumplida parcialmente (60 %)", "", [("unknown_state", "state")]),
        ("No cumplida (60 %)", "", [("unknown_state", "state")]),
        ("En curso (40-60 %)", "50", [("unknown_state", "state")]),
        ("En curso (casi 60 %)", "60", [("unknown_state", "state")]),
        ("En curso (60)", "60", [("unknown_state", "state")]),
        ("Cumplida (100 %) / en curso", "", [("unknown_state", "state")]),
    ],
)
def test_a_percentage_beside_the_state_that_contradicts_it_is_refused(
    store, state, percent, expected
):
    assert errors(store, state=state, percent=percent, reason="Falta de fondos") == expected


@pytest.mark.parametrize(
    ("state", "percent", "stored"),
    [
        ("en_curso", "60 % (en curso)", ("en_curso", 60)),
        ("Cumplida", "100% cumplida", ("cumplida", 100)),
        ("En curso", "en curso - 60%", ("en_curso", 60)),
        ("En curso", "60 por ciento, en curso", ("en_curso", 60)),
        ("In progress", "60% in progress", ("en_curso", 60)),
        ("In progress", "In progress: 60 percent", ("en_curso", 60)),
        ("Suspendida", "45,5 % (suspendido)", ("suspendida", 45.5)),
        ("Not started", "0% - not started", ("no_iniciada", 0)),
        ("En curso", "60 (en curso)", ("en_curso", 60)),
        ("En curso", "60% de avance", ("en_curso", 60)),
        ("En curso", "avance: 60%", ("en_curso", 60)),
        ("En curso (60 %)", "60 % (en curso)", ("en_curso", 60)),
        ("Cumplida", "cumplida", ("cumplida", 100)),
        ("No iniciada", "Not started", ("no_iniciada", 0)),
    ],
)  # fmt: skip
def test_a_state_beside_the_percentage_that_is_the_rows_is_read_without_a_tick(
    store, state, percent, stored
):
    result = checked(store, {"state": state, "percent": percent, "reason": "Falta de fondos",
                             "evidence": "https://a.org"})  # fmt: skip
    values = result.files[0].changes[0].entry.values
    assert (values["state"], values["percent"]) == stored
    (note,) = [each for each in result.warnings if each.field == "percent"]
    assert (note.rule, note.asks, note.values["plainly"]) == ("read_as", False, True)


def test_a_state_beside_the_percentage_fills_the_empty_column_and_is_said(store):
    result = checked(store, {"state": "", "percent": "60 % (en curso)"})
    values = result.files[0].changes[0].entry.values
    assert (values["state"], values["percent"]) == ("en_curso", 60)
    (note,) = result.warnings
    assert "Leído como “En curso”, 60 %." in in_words(words_for("es"), note).text(words_for("es"))


@pytest.mark.parametrize(
    ("state", "percent", "stored"),
    [
        ("Suspendida", "60 % (en curso)", ("suspendida", 60)),
        ("Cumplida", "60 % (en curso)", ("en_curso", 60)),
        ("In progress", "100% fulfilled", ("cumplida", 100)),
        ("No iniciada", "en curso, 15 %", ("en_curso", 15)),
        ("No aplica", "60 % (en curso)", ("en_curso", 60)),
    ],
)
def test_a_state_beside_the_percentage_that_is_not_the_rows_is_asked_about(
    store, state, percent, stored
):
    result = checked(store, {"state": state, "percent": percent, "reason": "Falta de fondos",
                             "evidence": "https://a.org"})  # fmt: skip
    assert result.problems == ()
    values = result.files[0].changes[0].entry.values
    assert (values["state"], values["percent"]) == stored
    (question,) = result.held
    assert (question.rule, question.field) == ("two_states", "percent")


def test_the_question_about_two_states_names_both_and_what_is_read(store):
    words = words_for("es")
    (question,) = checked(store, {"state": "Suspendida", "percent": "60 % (en curso)",
                                  "reason": "Falta de fondos"}).held  # fmt: skip
    assert (
        in_words(words, question)
        .text(words)
        .endswith(
            "Aquí está el estado “En curso” y en su propia columna “Suspendida”. ¿Es correcto "
            "“Suspendida”, 60 %? Si no, deje aquí solo el número y corrija el estado."
        )
    )


@pytest.mark.parametrize(
    "percent",
    ["60 % (no cumplida)", "60 % (casi en curso)", "60 % de los municipios",
     "60 % o 70 % (en curso)", "casi 60 % (en curso)",
     "0,6 (en curso)", "en curso", "40-60 % (en curso)", "¿60 % en curso?",
     "60 % (en curso / cumplida)", "más de 60 % (en curso)"],
)  # fmt: skip
def test_words_beside_the_percentage_that_are_no_state_are_refused(store, percent):
    assert errors(store, state="En curso", percent=percent) == [("no_number", "percent")]


def test_a_percentage_out_of_range_beside_a_state_is_told_so(store):
    assert errors(store, percent="150 % (en curso)") == [("percent_range", "percent")]


# Evidence


@pytest.mark.parametrize("written", ["'=2+3", "'- viñeta", "''-1"])
def test_an_apostrophe_that_keeps_a_text_from_being_calculated_is_left_out_and_said(store, written):
    result = checked(store, {"narrative": written})
    assert result.files[0].changes[0].entry.values["narrative"] == written[1:]
    assert [(note.rule, note.field) for note in result.warnings] == [("apostrophe", "narrative")]


@pytest.mark.parametrize("written", ["'Sí', dijo", "'", "''", "'20 talleres"])
def test_an_apostrophe_of_the_text_stays(store, written):
    result = checked(store, {"narrative": written})
    assert result.files[0].changes[0].entry.values["narrative"] == written
    assert result.warnings == ()


@pytest.mark.parametrize(
    "links",
    ["https://a.org", "http://a.org/b?c=d#e;https://ñandú.org/x", "https://a.org:8080/(x)"],
)
def test_links_to_the_web_are_evidence(store, links):
    assert errors(store, evidence=links) == []


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "data:text/html,x", "ftp://a.org", "https://", "https://a.org b",
     "https://a.org/<script>", "file:///etc/passwd", "https://[a", "javascript://www.a.org/x",
     "www.", "www.a", "a.org", "informe.v2/final", "DG.SV/12-2019", "Of.No/123", "servidor/acta",
     "www.a.org/<script>", "www.a.org/x y", "www.informe.pdf", "www.a.org@b.org/x"],
)  # fmt: skip
def test_other_links_are_refused(store, link):
    assert errors(store, evidence=link) == [("no_link", "evidence")]


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("mailto:oficina@example.org", "correo"), ("oficina@example.org", "correo"),
        ("file:///C:/Reportes/acta.pdf", "computadora"), ("C:\\Reportes\\acta.pdf", "computadora"),
        ("\\\\servidor\\reportes\\acta.pdf", "computadora"), ("../2019/acta.pdf", "computadora"),
        ("Acta de la reunión.docx", "computadora"), ("Reportes/acta.pdf", "computadora"),
        ("#Anexos!A1", "este libro"),
    ],
)  # fmt: skip
def test_what_only_the_sender_can_open_is_said_to_be_so(store, link, said):
    (problem,) = checked(store, {"evidence": link}).problems
    assert (problem.rule, said in problem.text(words_for("es"))) == ("no_link", True)


@pytest.mark.parametrize(
    ("written", "links"),
    [
        ("www.a.org", "https://www.a.org"), ("WWW.A.org/Acta.pdf", "https://WWW.A.org/Acta.pdf"),
        ("www.a.org:8080/x?y=1#z", "https://www.a.org:8080/x?y=1#z"),
        ("www.ñandú.org", "https://www.ñandú.org"), ("www.a.org.", "https://www.a.org"),
        ("mides.gob.gt/informe", "https://mides.gob.gt/informe"),
        ("drive.google.com/file/d/1/view", "https://drive.google.com/file/d/1/view"),
        ("HTTPS://a.org/X", "https://a.org/X"), ("Http://a.org", "http://a.org"),
        ("https//a.org/x", "https://a.org/x"), ("https:/a.org/x", "https://a.org/x"),
        ("https:www.a.org", "https://www.a.org"), ("htps://a.org/x", "https://a.org/x"),
        ("ttps://a.org/x", "https://a.org/x"), ("http:///a.org/x", "http://a.org/x"),
        ("https://https://a.org/x", "https://a.org/x"),
        ("www.a.org; www.b.org", "https://www.a.org;https://www.b.org"),
        ("www.a.org, www.b.org", "https://www.a.org;https://www.b.org"),
        ("https://a.org\nwww.b.org", "https://a.org;https://www.b.org"),
        ("<https://a.org/x>", "https://a.org/x"), ("(https://a.org/(x))", "https://a.org/(x)"),
        ("“www.a.org”", "https://www.a.org"), ('"https://a.org"; https://b.org',
         "https://a.org;https://b.org"),
    ],
)  # fmt: skip
def test_an_address_is_completed_where_only_its_beginning_lacks_and_that_is_said(
    store, written, links
):
    result = checked(store, {"evidence": written})
    assert result.files[0].changes[0].entry.values["evidence"] == links
    assert [(note.rule, note.field, note.asks) for note in result.warnings] == [
        ("read_as", "evidence", False)
    ]


def test_of_several_addresses_the_completed_one_is_told_whole(store):
    long = "www.a.org/" + "informe-" * 10
    (note,) = checked(store, {"evidence": f"https://b.org;{long}"}).warnings
    assert f"Read as “https://{long}”." in note.text()


@pytest.mark.parametrize(
    "written",
    ["https://a.org y https://b.org", "https://a.org, https://b.org", "https://a.org | https://b.org",
     "- https://a.org\n- https://b.org", "1) https://a.org 2) https://b.org",
     "• https://a.org\n• https://b.org", "(https://a.org) - https://b.org"],
)  # fmt: skip
def test_addresses_with_a_word_or_a_mark_between_are_two(store, written):
    result = checked(store, {"evidence": written})
    assert result.files[0].changes[0].entry.values["evidence"] == "https://a.org;https://b.org"


@pytest.mark.parametrize("link", ["servidor.local/acta.pdf", "ver el informe", "https://a.org b"])
def test_what_is_no_address_for_another_reason_is_not_said_to_be_on_a_computer(store, link):
    (problem,) = checked(store, {"evidence": link}).problems
    assert "no es una dirección web" in problem.text(words_for("es"))


# Warnings


def test_fulfilled_without_evidence_is_worth_a_look(store):
    found = warnings(store, state="cumplida", percent="")
    assert found == [("no_evidence", "evidence")]


def test_a_report_outside_the_calendar_is_welcome_and_mentioned(store):
    assert warnings(store, activity="I.1.4") == [("outside_calendar", "semester")]


@pytest.mark.parametrize(
    "text",
    ["Escribir a ana@correo.hn", "Llamar al 2222-3333", "+504 9999-9999", "(504) 2222-3333",
     "Identidad 0801-1990-12345", "DUI 01234567-8", "Expediente 123456789", "José López, 12 años",
     "Pasaporte C123456", "cédula 1234567", "Tel. 9988 7766", "WhatsApp: 99887766",
     "el niño de Copán llamado José", "J. L., de 12 años", "Ana López (14)",
     "María José Paz (14 años)", "Ana, de 9 años, llegó sola", "John Smith, aged 12"],
)  # fmt: skip
@pytest.mark.parametrize("field", ["narrative", "reason"])
def test_what_looks_like_personal_data_is_worth_a_look(store, field, text):
    assert warnings(store, **{field: text}) == [("personal_data", field)]


@pytest.mark.parametrize(
    "text",
    ["En 2019-2020 se atendió a 12 000 menores de 18 años", "Costó $1,200,000 o 1200000 lempiras",
     "Adolescentes de 15 a 17 años", "Decreto 12-2018, artículo 45", "Sin cambios desde 2018-07-03",
     "Niñas y niños de 12 años en 3 centros", "Acuerdo Ministerial 123-2019 y Ley 4 de 2018",
     "Se atendió a 1500 niñas (60 %) en San Pedro Sula (12 centros)",
     "el programa llamado Bienvenidos"],
)  # fmt: skip
def test_years_amounts_and_ages_of_groups_are_not_personal(store, text):
    assert warnings(store, narrative=text) == []


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "ver <b>esto</b>", "![x](https://example.org/x.png)",
     "[aquí](javascript:alert(1))", "javascript:alert(1)", "data:text/html,x", "**negrita**",
     "# Título", "<img src=x onerror=alert(1)>"],
)  # fmt: skip
def test_code_in_a_narrative_is_kept_and_worth_a_look(store, text):
    result = checked(store, {"narrative": text})
    assert [(p.rule, p.field) for p in result.warnings] == [("markup_in_text", "narrative")]
    assert result.files[0].changes[0].entry.values["narrative"] == text


@pytest.mark.parametrize(
    "text",
    ["a < b y c > d", "costo $5 y $6 millones", "- viñeta", "* punto", "5 > 3", "NA", "#1",
     "k'iche'", "=40+5", "+cmd", "@SUM(A1)", "[sic]", "2 * 3 * 4", "ver https://example.org"],
)  # fmt: skip
def test_signs_in_running_text_are_no_code(store, text):
    assert warnings(store, narrative=text) == []


@pytest.mark.parametrize(
    "text",
    ["Les enfants et les adolescents ont reçu un accompagnement dans les centres de la région",
     "As crianças e os adolescentes foram atendidos nos centros da região com o apoio do governo",
     "Дети и подростки получили помощь в центрах региона при поддержке правительства страны",
     "lorem ipsum dolor sit amet consectetur adipiscing elit sed eiusmod tempor"],
)  # fmt: skip
def test_a_narrative_in_neither_language_is_worth_a_look(store, text):
    assert warnings(store, narrative=text) == [("other_language", "narrative")]


@pytest.mark.parametrize(
    "text",
    ["Se capacitó a 40 funcionarios consulares", ("Staff of 12 consulates were trained in the new "
     "procedure and the list of focal points was updated"), "Pendiente", "Taller OIM ACNUR UNICEF",
     "Firma de acuerdo, compra de equipo, contratación de personal, apertura de tres centros"],
)  # fmt: skip
def test_a_narrative_in_one_of_the_two_is_not(store, text):
    assert warnings(store, narrative=text) == []


def test_the_demonstration_texts_are_in_one_of_the_two():
    folder = settings.demo_folder()
    found = [
        row.cells["narrative"]
        for source in read_files(sorted(folder.glob("reports-*.csv")))
        for row in source.rows
        if in_other_language(TextReading(row.cells["narrative"]).words)
        or markup_in(row.cells["narrative"])
    ]
    assert found == []


def test_a_withdrawn_activity_may_still_be_reported(own_store, tmp_path):
    folder = copied_plan(tmp_path)
    rows = (folder / "activities.csv").read_text("utf-8").splitlines(keepends=True)
    last = [row for row in rows if row.startswith("XVI.2.5,")]
    changed(folder, "activities.csv", last[0], "")
    english = (folder / "english.csv").read_text("utf-8").splitlines(keepends=True)
    kept = [row for row in english if not row.startswith("XVI.2.5,")]
    (folder / "english.csv").write_text("".join(kept), "utf-8")
    plan.load(own_store, folder, by="test")
    assert warnings(own_store, activity="XVI.2.5") == [("withdrawn_activity", "activity")]


def test_a_file_without_rows_is_worth_a_look_beside_one_with_rows(store):
    files = [
        read_bytes("e.csv", text_of([]).encode()),
        read_bytes("r.csv", text_of([REPORT]).encode()),
    ]
    found = check(store, files)
    assert (found.problems, [problem.rule for problem in found.warnings]) == ((), ["no_rows"])


# Against what is stored


def test_lower_progress_is_asked_about(own_store, tmp_path):
    import_files(own_store, [a_file(tmp_path)], by="test")
    found = warnings(own_store, percent="30", reported_on="2018-08-01")
    assert found == [("lower_progress", "percent")]


def test_lower_progress_is_seen_inside_one_file_too(store):
    rows = {"percent": "30", "reported_on": "2018-08-01"}, {}
    found = checked(store, *rows).held
    assert [(problem.rule, problem.row) for problem in found] == [("lower_progress", 2)]


def test_lower_progress_is_seen_from_one_semester_to_the_next(own_store, tmp_path):
    import_files(own_store, [a_file(tmp_path)], by="test")
    later = {"semester": "2018-2", "reported_on": "2019-01-15", "percent": "30"}
    (found,) = checked(own_store, later).held
    assert "I.1.1: 30 % now, after 45 % in 2018-1." in found.text()
    assert checked(own_store, later | {"reason": "Se amplió la meta."}).held == ()
    assert checked(own_store, later | {"percent": "45"}).held == ()


def test_lower_progress_than_in_a_later_semester_is_none(own_store, tmp_path):
    later = {"semester": "2018-2", "reported_on": "2019-01-15", "percent": "80"}
    import_files(own_store, [a_file(tmp_path, later)], by="test")
    assert checked(own_store, {"percent": "30"}).held == ()


def test_a_report_older_than_the_one_in_force_is_worth_a_look(own_store, tmp_path):
    import_files(own_store, [a_file(tmp_path)], by="test")
    found = warnings(own_store, percent="30", reported_on="2018-07-01")
    assert found == [("stays_in_force", "reported_on")]


def test_a_correction_of_the_same_day_is_asked_about_with_old_and_new(own_store, tmp_path):
    import_files(own_store, [a_file(tmp_path)], by="Ana Paz")
    (found,) = checked(own_store, {"percent": "50"}).held
    assert found.rule == "correction"
    assert "I.1.1, 2018-1: Ana Paz reported on it on " in found.text()
    assert "percent: 45.0 → 50.0" in found.text()


def test_new_corrected_and_unchanged_rows_are_told_apart(own_store, tmp_path):
    import_files(own_store, [a_file(tmp_path)], by="test")
    found = checked(
        own_store, {}, {"reported_on": "2018-09-01"}, {"country": "GTM"}, {"country": "CRM"}
    )
    assert (found.new, found.corrections, found.unchanged) == (2, 1, 1)


def test_a_change_shows_what_was_said_before(own_store, tmp_path):
    import_files(own_store, [a_file(tmp_path)], by="test")
    (change,) = checked(own_store, {"percent": "60", "reported_on": "2018-09-01"}).files[0].changes
    assert change.before.values["percent"] == 45.0


def test_a_check_writes_nothing(own_store, tmp_path):
    with db.reading(own_store) as session:
        before = list(session.connection().exec_driver_sql("SELECT seq, hash FROM audit"))
    checked(own_store)
    with db.reading(own_store) as session:
        assert list(session.connection().exec_driver_sql("SELECT seq, hash FROM audit")) == before
        assert session.connection().exec_driver_sql("SELECT count(*) FROM report").scalar() == 0


def without_countries(*changes) -> list:
    rows = [{**REPORT, **change} for change in changes or ({},)]
    lines = (line.split(",", 1)[1] for line in text_of(rows).splitlines())
    return [read_bytes("r.csv", "\n".join(lines).encode())]


def test_a_table_without_countries_is_of_the_one_that_is_known(store):
    result = check(store, without_countries(), expected=Expected("HND"))
    assert (result.problems, result.new) == ((), 1)
    assert result.files[0].changes[0].entry.values["country"] == "HND"


def test_a_table_without_countries_is_asked_for_them_once_where_none_is_known(store):
    (problem,) = check(store, without_countries({}, {"activity": "I.1.2"})).problems
    assert (problem.rule, problem.field) == ("missing_column", "country")


# What a row lacks is said at once


def asked(engine, *changes) -> list[tuple[str, str]]:
    changes = [{"activity": f"I.1.{n}", **change} for n, change in enumerate(changes, start=1)]
    result = checked(engine, *changes)
    assert result.problems == ()
    return [(problem.rule, problem.rows) for problem in result.held]


def test_a_1_beside_fractions_and_percentages_is_asked_about(store):
    assert asked(store, {"percent": "0.75"}, {"percent": "60"}, {"percent": "1"}) == [
        ("small_percent", "2, 4")
    ]


def test_a_1_beside_percentages_alone_is_one_per_cent(store):
    assert asked(store, {"percent": "75"}, {"percent": "1"}) == []


def test_a_1_of_what_is_fulfilled_is_all_of_it(store):
    done = {"state": "cumplida", "percent": "1", "evidence": "https://example.org/a"}
    rows = [{"percent": "60"}, {"activity": "I.1.2", **done}]
    result = checked(store, *rows)
    assert (result.problems, result.held) == ((), ())
    assert [change.entry.values["percent"] for change in result.files[0].changes] == [60, 100]
    assert ("read_as", "percent") in [(note.rule, note.field) for note in result.warnings]


@pytest.mark.parametrize(
    ("state", "percent", "meant"),
    [("cumplida", "60", "en_curso"), ("no_iniciada", "10", "en_curso"),
     ("no_iniciada", "100", "cumplida"), ("cumplida", "0", "no_iniciada"),
     ("cumplida", "1 %", "en_curso")],
)  # fmt: skip
def test_a_percentage_against_the_state_names_the_state_that_has_it(store, state, percent, meant):
    (problem,) = checked(store, {"state": state, "percent": percent}).problems
    assert (problem.rule, problem.values["meant"]) == ("percent_of_state", meant)
    assert "eave the cell empty" not in problem.text()


@pytest.mark.parametrize("written", ["", "?", "45-50", "entre 40 y 50 %", "la mitad"])
def test_who_does_not_know_the_percentage_reads_that_the_row_may_stay_empty(store, written):
    assert "leave the row empty" in said(store, percent=written)


@pytest.mark.parametrize("written", ["45-50", "45 a 50", "45–50 %", "entre 40 y 50"])
def test_a_range_is_said_to_be_two_numbers(store, written):
    assert "Two numbers" in said(store, percent=written)


def test_with_the_state_that_may_be_meant_goes_what_it_lacks(store):
    assert errors(store, state="en marcha", percent="") == [
        ("unknown_state", "state"), ("percent_required", "percent"),
    ]  # fmt: skip
    assert errors(store, state="detenida", percent="20") == [
        ("unknown_state", "state"), ("reason_required", "reason"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "percent", "meant"),
    [("pendiente", "10", ""), ("pendiente", "0", "no_iniciada"), ("pendiente", "", "no_iniciada"),
     ("atrasado", "10", "en_curso"), ("atrasado", "0", ""), ("ya está", "60", ""),
     ("ya está", "1", "cumplida"), ("finalizado", "100 %", "cumplida")],
)  # fmt: skip
def test_no_state_is_suggested_against_the_percentage_of_its_row(store, state, percent, meant):
    problems = checked(store, {"state": state, "percent": percent}).problems
    (unknown,) = (one for one in problems if one.rule == "unknown_state")
    assert unknown.values["meant"] == meant


def notes(engine, **change) -> list[tuple[str, object]]:
    """Return how each cell of a row was read, and whether nobody could doubt it."""
    result = checked(engine, change, today=date(2020, 1, 1))
    assert result.problems == ()
    read = [note for note in result.warnings if note.rule == "read_as"]
    return [(str(note.values["read"]), note.values["plainly"]) for note in read]


@pytest.mark.parametrize(
    ("change", "read", "plainly"),
    [
        ({"reported_on": "30/6/19"}, "2019-06-30", True),
        ({"reported_on": "30 de junio de 2019"}, "2019-06-30", True),
        ({"reported_on": "6/30/19"}, "2019-06-30", False),
        ({"reported_on": "43646"}, "2019-06-30", False),
        ({"percent": "37,5"}, "37.5", True),
        ({"percent": "80 por ciento"}, "80", True),
        ({"percent": "ochenta"}, "80", False),
        ({"state": "En cursos"}, "en_curso", False),
        ({"evidence": "https://a.org/x, https://a.org/y"}, "https://a.org/x;https://a.org/y", True),
        ({"evidence": "https://a.org/x\nhttps://a.org/y"}, "https://a.org/x;https://a.org/y", True),
    ],
)
def test_what_is_read_otherwise_is_noted_and_said_to_be_plain_where_it_is(
    store, change, read, plainly
):
    assert notes(store, **change) == [(read, plainly)]


@pytest.mark.parametrize(
    "links",
    ["https://a.org/x", "https://a.org/x;https://a.org/y", "https://a.org/x; https://a.org/y;"],
)
def test_links_as_the_template_asks_for_them_are_no_note(store, links):
    assert notes(store, evidence=links) == []


def test_a_sentence_that_quotes_the_value_is_not_preceded_by_it(store):
    assert said(store, state="xyz").count("xyz") == 1
    assert said(store, country="XYZ").count("XYZ") == 1
    (problem,) = checked(store, {"state": "xyz"}, {"state": "zyx", "activity": "I.1.2"}).problems
    assert (problem.text().count("xyz"), problem.text().count("zyx")) == (1, 1)


# Rows against each other


def test_the_same_report_twice_is_refused(store):
    (problem,) = checked(store, {}, {"percent": "50"}).problems
    assert (problem.rule, problem.row, problem.values["other_row"]) == ("said_twice", 3, 2)


@pytest.mark.parametrize("subject", ROWS)
def test_a_row_that_was_pasted_twice_is_stored_once_and_named(store, subject):
    result = checked(store, {}, {}, {}, subject=subject)
    assert (result.problems, result.new) == ((), 1)
    assert [(note.rule, note.rows) for note in result.warnings] == [("repeated_row", "3, 4")]


def test_a_row_repeated_in_another_file_is_stored_once_and_named(store, tmp_path):
    other = {"activity": "I.1.2"}
    files = [a_file(tmp_path), a_file(tmp_path, {}, other, name="s.csv")]
    result = check(store, read_files(files))
    assert (result.problems, [file.count("new") for file in result.files]) == ((), [1, 1])
    (note,) = result.warnings
    assert (note.rule, note.file, note.values["other_file"]) == ("repeated_row", "s.csv", "r.csv")


def test_of_a_wrong_row_nobody_says_that_it_is_repeated(store):
    wrong = {"percent": "x"}, {"percent": "y"}
    assert "said_twice" in [p.rule for p in checked(store, *wrong).problems]


@pytest.mark.parametrize(
    "wrong",
    [{"percent": "450"}, {"state": "listo"}, {"evidence": "ver el acta"},
     {"partners": "Cruz Roja", "percent": "x", "evidence": "y"}],
)  # fmt: skip
def test_a_wrong_row_that_was_pasted_twice_is_told_its_errors_once(store, wrong):
    result = checked(store, wrong, wrong, wrong)
    assert {(problem.rule, problem.rows) for problem in result.problems} == {
        (problem.rule, "2–4") for problem in checked(store, wrong).problems
    }
    assert [(note.rule, note.rows) for note in result.warnings] == [("repeated_row", "3, 4")]


def test_a_wrong_row_in_two_files_is_no_contradiction(store, tmp_path):
    wrong, other = {"percent": "450"}, {"activity": "I.1.2"}
    files = [a_file(tmp_path, wrong), a_file(tmp_path, wrong, other, name="s.csv")]
    assert {p.rule for p in check(store, read_files(files)).problems} == {"percent_range"}


def test_the_same_report_in_two_files_is_refused(store, tmp_path):
    files = [a_file(tmp_path), a_file(tmp_path, {"percent": "50"}, name="s.csv")]
    (problem,) = check(store, read_files(files)).problems
    assert (problem.rule, problem.file, problem.values["other_file"]) == (
        "said_twice", "s.csv", "r.csv",
    )  # fmt: skip


def test_a_correction_on_a_later_day_may_stand_in_the_same_file(store):
    assert checked(store, {}, {"reported_on": "2018-07-16"}).problems == ()


def test_the_same_file_named_twice_is_refused(store, tmp_path):
    files = [a_file(tmp_path), a_file(tmp_path, name="s.csv")]
    assert [p.rule for p in check(store, read_files(files)).problems] == ["same_file_twice"]


# Cooperation


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"partner": ""}, [("required", "partner")]),
        ({"partner": "", "state": "solicitada"}, []),
        ({"partner": "IOM"}, []),
        ({"partner": "XX"}, [("unknown_partner", "partner")]),
        ({"partner": "OIM y ACNUR"}, [("several_partners", "partner")]),
        ({"countries": ""}, [("required", "countries")]),
        ({"countries": "CRM"}, []),
        ({"countries": "CRM;HND"}, [("region_and_countries", "countries")]),
        ({"countries": "HND;HON"}, [("unknown_countries", "countries")]),
        ({"countries": "HND;HND"}, []),
        ({"countries": "Honduras y Guatemala"}, []),
        ({"countries": "HND, Costa Rica, y ZZZZ"}, [("unknown_countries", "countries")]),
        ({"semester_from": "2019-1"}, [("period_reversed", "semester_to")]),
        ({"semester_to": "2030-1"}, [("outside_plan", "semester_to")]),
        ({"modality": "otra"}, [("unknown_modality", "modality")]),
        ({"modality": ""}, [("required", "modality")]),
        ({"state": "cumplida"}, [("unknown_state", "state")]),
        ({"text": " "}, [("required", "text")]),
        ({"evidence": "x"}, [("no_link", "evidence")]),
        ({"reported_on": "1018-02-01"}, [("date_before_plan", "reported_on")]),
        ({"reported_on": "2999-02-01"}, [("date_in_future", "reported_on")]),
    ],
)
def test_cooperation_keeps_its_rules(store, change, expected):
    assert errors(store, "cooperation", **change) == expected


def test_cooperation_may_begin_in_the_future(store):
    change = {"semester_from": "2022-2", "semester_to": "2022-2"}
    assert checked(store, change, subject="cooperation", today=date(2018, 3, 1)).problems == ()


def test_cooperation_with_the_same_countries_in_another_order_is_the_same(store):
    rows = {}, {"countries": "GTM;HND", "text": "Otra"}
    assert [p.rule for p in checked(store, *rows, subject="cooperation").problems] == ["said_twice"]


# Meetings


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"meeting": ""}, [("required", "meeting")]),
        ({"meeting": "CRM 2018"}, [("meeting_code", "meeting")]),
        ({"name_es": ""}, [("required", "name_es")]),
        ({"name_en": ""}, [("required", "name_en")]),
        ({"name_en": "a\nb"}, [("line_break", "name_en")]),
        ({"held_on": "03/04/2019"}, [("ambiguous_date", "held_on")]),
        ({"corte": ""}, [("required", "corte")]),
        ({"corte": "2018-11-16"}, [("corte_after_meeting", "corte")]),
        ({"corte": "2016-11-16"}, [("date_before_plan", "corte")]),
        ({"held_on": "2999-01-01"}, []),
    ],
)
def test_meetings_keep_their_rules(store, change, expected):
    assert errors(store, "meetings", **change) == expected


# Kinds of data


@pytest.mark.parametrize("subject", ROWS)
def test_demonstration_data_does_not_enter_a_database_for_real_data(store, subject):
    found = errors(store, subject, data_kind="demostracion")
    assert found == [("kinds_never_mix", "data_kind")]


def test_one_row_of_another_kind_is_enough(store):
    found = checked(store, {"data_kind": ""}, {"country": "GTM", "data_kind": "demostracion"})
    assert [(p.rule, p.row) for p in found.problems] == [("kinds_never_mix", 3)]


@pytest.mark.parametrize("kind", ["real", ""])
def test_real_data_may_say_so(store, kind):
    assert errors(store, data_kind=kind) == []


def test_another_kind_of_data_does_not_exist(store):
    assert errors(store, data_kind="prueba") == [("unknown_data_kind", "data_kind")]


@pytest.mark.parametrize("change", [{}, {"data_kind": "real"}, {"data_kind": ""}])
def test_real_data_does_not_enter_a_demonstration_database(tmp_path, change):
    engine = db.connect(f"sqlite:///{tmp_path / 'demo.sqlite3'}")
    db.upgrade(engine)
    plan.load(engine, settings.plan_folder(), by="test", kind=DataKind.DEMO)
    (problem,) = checked(engine, change).problems
    assert problem.rule == "kinds_never_mix"
    assert "They belong at another address: ask the secretariat for it." in problem.text()
    engine.dispose()


# Everything at once


def test_a_row_with_ten_errors_lists_all_ten(store):
    found = errors(
        store, country="HON", activity="1.1", semester="2019-02", state="listo", percent="450",
        evidence="x", partners="XX", reported_on="03/04/2019", data_kind="x", reason="a\u202e",
    )  # fmt: skip
    assert len(found) == 10


WRONG = [
    {"country": "HON"}, {"country": ""}, {"country": "ZZZ"}, {"activity": "1.1"},
    {"activity": "IV.9.9"}, {"activity": ""}, {"activity": "XX"}, {"semester": "2018-02"},
    {"semester": ""}, {"semester": "2016-2"}, {"semester": "nunca"}, {"state": "listo"},
    {"state": ""}, {"state": "en ejecución"}, {"percent": "101"}, {"percent": "-1"},
    {"percent": "100,5"}, {"percent": "450%"}, {"percent": "NaN"}, {"percent": "45-50"},
    {"percent": ""}, {"state": "cumplida", "percent": "90"}, {"state": "no_iniciada"},
    {"state": "no_aplica", "reason": "x"}, {"state": "suspendida"},
    {"state": "suspendida", "percent": "", "reason": "x"}, {"evidence": "ftp://a.org"},
    {"evidence": "https://a.org;b"}, {"partners": "XX"}, {"partners": "OIM;YY"},
    {"reported_on": "03/04/2019"}, {"reported_on": "25/04"}, {"reported_on": "2019-02-30"},
    {"reported_on": "ayer"}, {"reported_on": ""}, {"reported_on": "2017-12-31"},
    {"reported_on": "2999-01-01"}, {"narrative": "a\u202eb"}, {"narrative": "x" * 10_001},
    {"data_kind": "prueba"},
]  # fmt: skip


def test_a_file_with_forty_different_errors_lists_all_forty(store):
    rows = [
        {"reported_on": f"2018-08-{day % 28 + 1:02}"} | wrong for day, wrong in enumerate(WRONG)
    ]
    rows[28:] = [{"country": "GTM"} | row for row in rows[28:]]
    found = checked(store, *rows).problems
    assert {one.row for problem in found for one in problem.each()} == set(range(2, 42))
    assert len({one.text() for problem in found for one in problem.each()}) == 40


def test_problems_come_in_the_order_of_the_rows(store):
    text = text_of([REPORT | {"country": "X"}]) + "corta\n" + text_of([REPORT]).splitlines()[1]
    found = check(store, [read_bytes("r.csv", text.encode())]).problems
    assert [problem.row for problem in found] == [2, 3]


def test_one_cause_in_a_column_is_one_sentence_that_names_every_row(store):
    (found,) = checked(store, *[{"reported_on": f"2018-08-{day:02}", "percent": ""}
                                for day in (1, 2, 3, 5)]).problems  # fmt: skip
    assert (found.rule, found.rows) == ("percent_required", "2–5")
    assert found.text().startswith("reports.csv: Rows 2–5, column “percent”: The state ")


def test_rows_that_differ_in_a_sentence_are_told_apart_and_the_way_out_is_said_once(store):
    days = {"2018-07-31": "101", "2018-08-01": "-1", "2018-08-02": "101"}
    (found,) = checked(store, *[{"reported_on": day, "percent": percent}
                                for day, percent in days.items()]).problems  # fmt: skip
    text = found.text()
    assert "Rows 2, 4 (value “101”): A percentage lies between 0 and 100." in text
    assert "Row 3 (value “-1”): A percentage lies between 0 and 100." in text
    assert text.count("Write a number from 0 to 100") == 1


# Whatever comes


@examples(150)
@given(st.binary(max_size=400))
def test_no_bytes_bring_a_check_down(store, data):
    check(store, [read_bytes("r.csv", data)])


cells = st.text(max_size=25) | st.sampled_from(
    ["HND", "I.1.1", "2018-1", "en_curso", "cumplida", "45", "2018-07-15", "OIM;", ";", "CRM",
     "https://a.org", "0", "١٢", "2018-07-00", "9999-12-31", "0001-01-01", "1/1/1", "99/99/9999"]
)  # fmt: skip


@pytest.mark.parametrize("subject", ROWS)
@examples(150)
@given(data=st.data())
def test_no_cells_bring_a_check_down(store, subject, data):
    row = {name: data.draw(cells) for name in ROWS[subject]}
    checked(store, row, subject=subject)


def test_every_message_stands_in_the_catalogue_of_the_code(store):
    known = {message.id for message in catalogues.extracted()}
    found = checked(store, *WRONG)
    shown = [text for p in (*found.problems, *found.warnings) for text in (p.message, p.way_out)]
    assert {text for text in shown if text} <= known


@given(st.text(st.sampled_from("el la de the of with para les não 1-,.;\n\u00a0x"), max_size=300))
def test_the_language_of_a_text_is_counted_word_by_word(text):
    read = [plain(word) for word in re.findall(r"[^\W\d_]+", text)]
    counts = {of: sum(word in known for word in read) for of, known in prose._WORDS.items()}
    ours, others = max(counts["es"], counts["en"]), max(counts["fr"], counts["pt"])
    expected = len(read) >= 8 and (ours * 12 < len(read) or others > ours + 1)
    assert in_other_language(TextReading(text).words) == expected


def test_the_collector_runs_again_after_an_import_that_was_refused(engine):
    with pytest.raises(ImportRefused):
        import_files(engine, ["no such file.csv"], by="tests")
    assert gc.isenabled()


def test_a_row_of_words_in_place_of_codes_is_one_error(store):
    about = {"country": "tres letras", "activity": "según el plan", "semester": "año y semestre"}
    what = {"state": "elegir de la lista", "percent": "0 a 100", "reported_on": "dd/mm/aaaa"}
    assert errors(store, **about, **what) == [("no_row", "")]


@pytest.mark.parametrize("mark", ["-", ".", "—"])
def test_a_mark_in_place_of_a_reason_that_none_needs_is_empty(store, mark):
    result = checked(store, {"reason": mark})
    assert result.problems == ()
    assert result.files[0].changes[0].entry.values["reason"] == ""


def test_a_wrong_day_of_the_week_is_told_with_the_right_one(store):
    (problem,) = checked(store, {"reported_on": "lunes, 15 de noviembre de 2019"}).problems
    assert "Nov 15, 2019 is a Friday" in in_words(words_for("en"), problem).text(words_for("en"))
