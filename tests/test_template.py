"""Templates: what is in them, how they are read back, and what happens to a stale one."""

import csv
import shutil
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from openpyxl.styles import Font

from crmdata import settings
from crmdata.access import Actor, Role
from crmdata.errors import ImportRefused
from crmdata.exports import export
from crmdata.exports.annotated import annotated
from crmdata.exports.template import template
from crmdata.i18n import words_for
from crmdata.intake.reports import (
    Expected,
    check,
    import_files,
    periods,
    read_files,
    read_upload,
)
from crmdata.intake.reports.remarks import SHEET as REMARKS
from crmdata.intake.reports.remarks import in_words
from crmdata.store import db
from crmdata.workflow import review
from tests import office
from tests.sheets import REPORT, a_file, text_of
from tests.support import EVERY_PLACE, changed, copied_plan

TODAY = date(2018, 8, 1)


@pytest.fixture
def own_store(sqlite_with_plan, tmp_path):
    """Return a database with the plan and one report, of the test's own."""
    engine = db.connect(f"sqlite:///{shutil.copy(sqlite_with_plan, tmp_path / 'own.sqlite3')}")
    import_files(engine, [a_file(tmp_path)], by="test")
    yield engine
    engine.dispose()


def made(engine, country="HND", semester="2018-1", language="es", today=TODAY) -> bytes:
    with db.reading(engine) as session:
        return template(session, country, semester, words_for(language), today=today)


class Filled:
    """A template being filled in, by what its header calls the columns."""

    def __init__(self, data: bytes, sheet: str = "Reportes") -> None:
        self.book = openpyxl.load_workbook(BytesIO(data))
        self.sheet = self.book[sheet]
        self.columns = {cell.value: cell.column for cell in self.sheet[1]}

    def row_of(self, activity: str, semester: str = "2018-1") -> int:
        for row in range(2, self.sheet.max_row + 1):
            if (self.value(row, "Código de la actividad"), self.value(row, "Semestre")) == (
                activity, semester,
            ):  # fmt: skip
                return row
        raise KeyError(activity)

    def value(self, row: int, heading: str):
        return self.sheet.cell(row, self.columns[heading]).value

    def put(self, row: int, **cells) -> "Filled":
        names = {
            "state": "Estado", "percent": "Avance (%)", "narrative": "Descripción",
            "reason": "Motivo", "unchanged": "Sin cambios", "reported_on": "Reportado el",
            "activity": "Código de la actividad", "semester": "Semestre",
        }  # fmt: skip
        for column, value in cells.items():
            self.sheet.cell(row, self.columns[names[column]]).value = value
        return self

    def bytes(self) -> bytes:
        target = BytesIO()
        self.book.save(target)
        return target.getvalue()


def checked(engine, data: bytes, **named):
    return check(engine, read_upload("t.xlsx", data), today=TODAY, **named)


def rules(engine, data: bytes, **named) -> list[str]:
    return [problem.rule for problem in checked(engine, data, **named).problems]


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_template_that_nobody_touched_changes_nothing(own_store, language):
    found = checked(own_store, made(own_store, language=language))
    assert (found.problems, found.new, found.corrections) == ((), 0, 0)


def test_the_report_in_force_stands_in_its_row(own_store):
    filled = Filled(made(own_store))
    row = filled.row_of("I.1.1")
    assert [filled.value(row, name) for name in ("Estado", "Avance (%)", "Descripción")] == [
        "En curso", 45, "La campaña sigue.",
    ]  # fmt: skip


def test_earlier_slots_without_a_report_stand_behind_those_of_the_semester(own_store):
    filled = Filled(made(own_store))
    semesters = [filled.value(row, "Semestre") for row in range(2, filled.sheet.max_row + 1)]
    assert set(semesters) == {"2017-1", "2017-2", "2018-1"}
    behind = semesters[semesters.count("2018-1") :]
    assert behind == sorted(behind)


def test_a_filled_row_is_a_report_of_today(own_store):
    filled = Filled(made(own_store))
    row = filled.row_of("I.1.2")
    filled.put(row, state="En curso", percent=20, narrative="Empezó")
    (change,) = [
        one for one in checked(own_store, filled.bytes()).files[0].changes if one.effect == "new"
    ]
    said = change.entry.values
    assert (said["country"], said["activity"], said["percent"], said["reported_on"]) == (
        "HND", "I.1.2", 20.0, TODAY,
    )  # fmt: skip


def test_a_percentage_typed_with_its_sign_is_read(own_store):
    filled = Filled(made(own_store))
    row = filled.row_of("I.1.2")
    filled.put(row, state="En curso", percent=0.2)
    filled.sheet.cell(row, filled.columns["Avance (%)"]).number_format = "0%"
    found = checked(own_store, filled.bytes())
    assert (found.problems, found.warnings) == ((), ())


def test_a_changed_row_is_a_correction(own_store):
    filled = Filled(made(own_store))
    filled.put(filled.row_of("I.1.1"), percent=60)
    found = checked(own_store, filled.bytes())
    assert (found.problems, found.new, found.corrections) == ((), 0, 1)


def test_no_change_is_a_real_report_of_the_same(own_store, tmp_path):
    semester = "2018-2"
    data = made(own_store, semester=semester)
    filled = Filled(data)
    filled.put(filled.row_of("I.1.1", semester), unchanged="sí")
    found = checked(own_store, filled.bytes())
    (change,) = [one for one in found.files[0].changes if one.effect == "new"]
    said = change.entry.values
    assert (said["state"], said["percent"], said["narrative"], said["semester"]) == (
        "en_curso", 45.0, "Sin cambios desde el último reporte.", "2018-2",
    )  # fmt: skip


def test_no_change_where_nothing_was_reported_is_refused(own_store):
    filled = Filled(made(own_store))
    filled.put(filled.row_of("I.1.2"), unchanged="sí")
    assert rules(own_store, filled.bytes()) == ["nothing_to_repeat"]


def with_a_second_row(own_store, **other) -> tuple[bytes, int]:
    """Return a template in which a slot has a row of its own and another under all rows."""
    filled = Filled(made(own_store))
    row, last = filled.row_of("I.1.2"), filled.sheet.max_row + 1
    one = {"state": "En curso", "percent": 35, "narrative": "Siete.", "reported_on": "2018-07-15"}
    filled.put(row, **one)
    filled.put(last, activity="I.1.2", semester="2018-1", **{**one, **other})
    return filled.bytes(), row


def test_a_second_row_on_a_slot_of_a_template_with_another_date_is_asked_about(own_store):
    data, row = with_a_second_row(own_store, percent=55, reported_on="2018-07-30")
    (question,) = checked(own_store, data).held
    said = in_words(words_for("es"), question).text(words_for("es"))
    assert question.rule == "two_dates"
    assert f"ila {row} " in said
    assert "35 → 55" in said


def test_a_second_row_on_a_slot_of_a_template_with_the_same_date_says_what_differs(own_store):
    data, row = with_a_second_row(own_store, percent=55)
    (problem,) = checked(own_store, data).problems
    said = in_words(words_for("es"), problem).text(words_for("es"))
    assert (problem.rule, problem.values["other_row"]) == ("said_twice", row)
    assert "35 → 55" in said


def test_a_second_row_that_says_the_same_with_the_same_date_is_stored_once(own_store):
    data, _ = with_a_second_row(own_store)
    found = checked(own_store, data)
    assert (found.problems, found.held, found.new) == ((), (), 1)


def test_two_templates_that_report_on_a_slot_with_two_dates_are_asked_about(own_store):
    files = []
    for name, percent, day in (("a.xlsx", 50, "2018-07-20"), ("b.xlsx", 10, "2018-07-15")):
        filled = Filled(made(own_store))
        values = {"state": "En curso", "percent": percent, "reported_on": day}
        filled.put(filled.row_of("I.1.2"), **values)
        files += read_upload(name, filled.bytes())
    (question,) = (
        one for one in check(own_store, files, today=TODAY).held if one.rule == "two_dates"
    )
    assert question.values["other_file"] == "a.xlsx, Reportes"
    assert "10 → 50" in in_words(words_for("es"), question).text(words_for("es"))


def test_what_two_templates_only_show_is_not_asked_about(own_store):
    changed_one = Filled(made(own_store))
    changed_one.put(changed_one.row_of("I.1.1"), percent=60, reported_on="2018-07-30")
    untouched = Filled(made(own_store))
    untouched.put(untouched.row_of("I.1.2"), state="En curso", percent=20)
    files = [
        source
        for name, filled in (("a.xlsx", changed_one), ("b.xlsx", untouched))
        for source in read_upload(name, filled.bytes())
    ]
    assert "two_dates" not in [one.rule for one in check(own_store, files, today=TODAY).held]


def asked_of_narrative(own_store, narrative: str, **more) -> list:
    """Return what is asked of a row of 2017-2 with a narrative, reported in July 2018."""
    filled = Filled(made(own_store))
    for semester, cells in {"2017-2": {"narrative": narrative}, **more}.items():
        row = filled.row_of("I.1.1", semester)
        values = {"state": "En curso", "percent": 40, "reported_on": "2018-07-30", **cells}
        filled.put(row, **values)
    found = checked(own_store, filled.bytes())
    return [one for one in found.held if one.rule == "semester_of_narrative"]


@pytest.fixture
def without_reports(sqlite_with_plan, tmp_path):
    engine = db.connect(f"sqlite:///{shutil.copy(sqlite_with_plan, tmp_path / 'none.sqlite3')}")
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    "narrative",
    [
        "En el primer semestre de 2018 se revisaron 2 de 5 capítulos.",
        "Durante el I semestre 2018, 2 de 5 capítulos.",
        "1er semestre de 2018: 2 de 5 capítulos.",
        "Enero - junio 2018: se revisaron dos capítulos.",
        "2018-I: dos capítulos.",
        "In the first half of 2018 two chapters were reviewed.",
    ],
)
def test_a_narrative_that_begins_with_another_semester_is_asked_about(without_reports, narrative):
    (question,) = asked_of_narrative(without_reports, narrative)
    said = in_words(words_for("es"), question).text(words_for("es"))
    assert "2017-II" in said
    assert "2018-I" in said


@pytest.mark.parametrize(
    "narrative",
    [
        "En el segundo semestre de 2017 se revisaron 2 de 5 capítulos.",
        "Se duplicó la cobertura del primer semestre de 2018.",
        "En el primer semestre de 2018 se publicará lo que se hizo.",
        "En el primer semestre de 2018 está previsto continuar.",
        "En el segundo semestre de 2018 se harán otros tres.",
        "En el primer semestre de 2018, como en el segundo semestre de 2017, hubo dos talleres.",
        "En el primer semestre de 2030 hubo dos talleres.",
        "En 2018 se continuó.",
    ],
)
def test_a_narrative_that_compares_or_plans_is_not_asked_about(without_reports, narrative):
    assert asked_of_narrative(without_reports, narrative) == []


def test_a_narrative_on_a_semester_that_has_a_row_of_its_own_is_not_asked_about(without_reports):
    narrative = "En el primer semestre de 2018 se revisaron 2 de 5 capítulos."
    own = {"2018-1": {"narrative": "Otro texto."}}
    assert asked_of_narrative(without_reports, narrative, **own) == []


def test_a_narrative_on_a_semester_that_was_reported_on_is_not_asked_about(own_store):
    narrative = "En el primer semestre de 2018 se revisaron 2 de 5 capítulos."
    filled = Filled(made(own_store))
    row = filled.row_of("I.1.1", "2017-2")
    filled.put(row, state="En curso", percent=40, narrative=narrative)
    assert checked(own_store, filled.bytes()).held == ()


def test_no_narrative_of_the_demonstration_begins_with_another_semester():
    files = read_files((settings.ROOT / "data" / "demo").glob("reports-*.csv"))
    rows = [row.cells for file in files for row in file.rows]
    assert len(rows) > 100
    assert [
        row["narrative"]
        for row in rows
        if (spoken := periods.opening(row["narrative"])) and spoken.code != row["semester"]
    ] == []


@pytest.mark.parametrize("written", ["sin novedad", "Sin cambios.", "igual", "No hay cambios"])
def test_words_that_can_only_mean_no_change_are_read_and_noted(own_store, written):
    filled = Filled(made(own_store, semester="2018-2"))
    filled.put(filled.row_of("I.1.1", "2018-2"), unchanged=written)
    found = checked(own_store, filled.bytes())
    assert (found.problems, found.new) == ((), 1)
    assert ("read_as", "unchanged") in [(note.rule, note.field) for note in found.warnings]


@pytest.mark.parametrize("written", ["sí", "sin novedad", "quizás"])
def test_where_nothing_was_reported_no_change_is_told_at_once_what_the_row_lacks(
    own_store, written
):
    filled = Filled(made(own_store))
    filled.put(filled.row_of("I.1.2"), unchanged=written, reported_on="2018-07-30")
    found = checked(own_store, filled.bytes())
    (problem,) = found.problems
    assert (problem.rule, found.warnings) == ("nothing_to_repeat", ())
    assert "the state, with its percentage" in problem.text()


def test_neither_yes_nor_no_is_one_sentence(own_store):
    filled = Filled(made(own_store, semester="2018-2"))
    filled.put(filled.row_of("I.1.1", "2018-2"), unchanged="quizás")
    assert rules(own_store, filled.bytes()) == ["no_yes"]


@pytest.mark.parametrize("below", [1, 4])
def test_a_total_under_the_rows_of_a_template_is_named_and_not_read(own_store, below):
    filled = Filled(made(own_store))
    filled.put(filled.row_of("I.1.2"), state="En curso", percent=20)
    row = filled.sheet.max_row + below
    filled.put(row, activity="TOTAL DE ACTIVIDADES REPORTADAS", state="=COUNTA(G2:G9)",
               percent="=AVERAGE(H2:H9)")  # fmt: skip
    filled.sheet.merge_cells(f"A{row}:F{row}")
    found = checked(own_store, filled.bytes())
    assert (found.problems, found.new) == ((), 1)
    assert [(note.rule, note.row) for note in found.warnings] == [("no_report", row)]


@pytest.mark.parametrize(
    "words", ["Grand total", "Gran total", "Overall", "Promedio general", "Conteo", "Elaboró: Ana"]
)
def test_a_total_in_any_words_under_the_rows_of_a_template_is_one_note(own_store, words):
    filled = Filled(made(own_store))
    filled.put(filled.row_of("I.1.2"), state="En curso", percent=20)
    row = filled.sheet.max_row + 2
    filled.put(row, activity=words, percent="=AVERAGE(H2:H9)")
    found = checked(own_store, filled.bytes())
    assert (found.problems, found.new) == ((), 1)
    assert [(note.rule, note.row) for note in found.warnings] == [("no_report", row)]


@pytest.mark.parametrize("activity", [None, "I.1", "XVI"])
def test_a_row_begun_outside_the_calendar_is_never_passed_over(own_store, activity):
    filled = Filled(made(own_store), "Fuera de calendario")
    filled.put(2, activity=activity, state="En curso", percent=20)
    assert rules(own_store, filled.bytes())


def test_headings_that_were_copied_into_a_template_are_named_and_not_read(own_store):
    filled = Filled(made(own_store))
    filled.sheet.append([cell.value for cell in filled.sheet[1]])
    found = checked(own_store, filled.bytes())
    assert found.problems == ()
    assert [note.rule for note in found.warnings] == ["heading_again"]


def test_a_row_of_a_template_whose_code_was_lost_is_no_note(own_store):
    filled = Filled(made(own_store))
    filled.put(filled.row_of("I.1.2"), activity=None, state="En curso", percent=20)
    assert rules(own_store, filled.bytes()) == ["required"]


@pytest.mark.parametrize("day", ["2018-07-25", "2018-07-20"])
def test_a_correction_with_a_lower_percentage_is_asked_about_once(own_store, tmp_path, day):
    filled = Filled(made(own_store))
    later = a_file(tmp_path, {"percent": "60", "reported_on": "2018-07-20"})
    import_files(own_store, [later], by="test")
    filled.put(filled.row_of("I.1.1"), percent=50, reported_on=day)
    (question,) = checked(own_store, filled.bytes()).held
    assert question.rule == "correction"
    assert "60 → 50" in in_words(words_for("es"), question).text(words_for("es"))


def dated(own_store, day: date):
    """Return what is said of a real date in a template, where another stayed text."""
    filled = Filled(made(own_store))
    for code, when in (("I.1.2", "15/03/2018"), ("I.1.3", day)):
        filled.put(filled.row_of(code), state="En curso", percent=20, reported_on=when)
    found = checked(own_store, filled.bytes())
    days = [change.entry.values["reported_on"] for change in found.files[0].changes]
    return [(problem.rule, problem.row) for problem in found.held], days, filled.row_of("I.1.3")


def test_a_real_date_that_could_be_turned_round_is_asked_about(own_store):
    said, days, row = dated(own_store, date(2018, 3, 5))
    assert (said, days[-1]) == ([("turned_date", row)], date(2018, 3, 5))


def test_a_real_date_that_turned_round_would_be_too_late_is_right(own_store):
    said, days, _ = dated(own_store, date(2018, 3, 12))
    assert (said, days[-1]) == ([], date(2018, 3, 12))


def test_a_real_date_that_can_only_be_right_turned_round_is_turned_and_asked_about(own_store):
    said, days, row = dated(own_store, date(2018, 12, 4))
    assert (said, days[-1]) == ([("turned_back", row)], date(2018, 4, 12))


def beside(own_store, day: date, other: date) -> list[tuple[str, int]]:
    """Return what is asked of a real date in a template of 2018-1 beside another real one."""
    filled = Filled(made(own_store))
    for code, when in (("I.1.2", other), ("I.1.3", day)):
        filled.put(filled.row_of(code), state="En curso", percent=20, reported_on=when)
    return [(one.rule, one.row) for one in checked(own_store, filled.bytes()).held]


def test_a_real_date_within_its_semester_that_turned_round_lies_behind_it_is_asked_about(own_store):
    row = Filled(made(own_store)).row_of("I.1.3")
    asked = beside(own_store, date(2018, 1, 7), date(2018, 7, 15))
    assert asked == [("turned_date", row)]


@pytest.mark.parametrize(
    ("day", "other"),
    [
        (date(2018, 1, 7), date(2018, 6, 15)),  # no other lies behind the semester
        (date(2018, 1, 5), date(2018, 7, 15)),  # turned round it lies within it too
        (date(2018, 1, 9), date(2018, 7, 15)),  # turned round it is still to come
        (date(2018, 7, 1), date(2018, 7, 15)),
        (date(2018, 1, 20), date(2018, 7, 15)),
    ],
)
def test_a_real_date_that_can_only_be_right_is_not_asked_about(own_store, day, other):
    assert beside(own_store, day, other) == []


def test_a_row_that_is_struck_through_is_asked_about_once(own_store):
    filled = Filled(made(own_store))
    row = filled.row_of("I.1.2")
    filled.put(row, state="En curso", percent=20)
    for cell in filled.sheet[row][:9]:
        cell.font = Font(strike=True)
    asked = [(note.rule, note.row) for note in checked(own_store, filled.bytes()).held]
    assert asked == [("struck_through", row)]


def test_no_change_beside_a_change_is_refused(own_store):
    filled = Filled(made(own_store))
    filled.put(filled.row_of("I.1.1"), unchanged="sí", percent=70)
    assert rules(own_store, filled.bytes()) == ["change_in_repeated"]


def test_an_emptied_row_is_worth_a_look_and_takes_nothing_back(own_store):
    filled = Filled(made(own_store))
    filled.put(filled.row_of("I.1.1"), state=None, percent=None, narrative=None)
    found = checked(own_store, filled.bytes())
    assert [note.rule for note in found.warnings] == ["emptied"]
    assert [problem.rule for problem in found.problems] == ["no_rows"]


def test_the_sheet_outside_the_calendar_takes_any_activity(own_store):
    filled = Filled(made(own_store), "Fuera de calendario")
    filled.put(2, activity="I.1.4", semester="2018-1", state="En curso", percent=10)
    found = checked(own_store, filled.bytes())
    assert (found.problems, found.new) == ((), 1)
    assert [note.rule for note in found.warnings] == ["outside_calendar"]


def test_a_template_with_both_subjects_is_imported_whole(own_store, tmp_path):
    filled = Filled(made(own_store))
    filled.put(filled.row_of("I.1.2"), state="En curso", percent=20)
    sheet = filled.book["Cooperación"]
    for column, value in enumerate(
        ("OIM", "VI.1.4", None, "2018-1", "2018-2", "Técnica", "Ofrecida", "Asistencia."), start=1
    ):
        sheet.cell(2, column).value = value
    file = tmp_path / "t.xlsx"
    file.write_bytes(filled.bytes())
    stored = import_files(own_store, [file], by="test")
    assert [(one.subject, one.new) for one in stored] == [("reports", 1), ("cooperation", 1)]


# Cooperation

SHARED = {"text": "Para los dos países.", "activity": "VI.1.3"}
OWN = {"countries": "HND", "text": "Asistencia para el protocolo."}
OTHERS = {"countries": "GTM", "text": "Para Guatemala."}


@pytest.fixture
def with_cooperation(own_store, tmp_path):
    """Return a store with a line of Honduras alone, one that it shares, and one of another."""
    file = a_file(tmp_path, OWN, SHARED, OTHERS, name="k.csv", subject="cooperation")
    import_files(own_store, [file], by="test")
    return own_store


def lines(data: bytes) -> Filled:
    return Filled(data, "Cooperación")


def test_the_cooperation_in_force_stands_in_the_template_of_each_country_it_names(
    with_cooperation,
):
    filled = lines(made(with_cooperation))
    assert [filled.value(row, "Qué se ofrece, se hace o se solicita") for row in (2, 3, 4)] == [
        OWN["text"], SHARED["text"], None,
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["es", "en"])
def test_cooperation_that_nobody_touched_changes_nothing(with_cooperation, language):
    found = checked(with_cooperation, made(with_cooperation, language=language))
    assert (found.problems, found.new, found.corrections, found.unchanged) == ((), 0, 0, 3)


def test_a_line_of_cooperation_is_locked_in_what_it_is_about_and_one_shared_altogether(
    with_cooperation,
):
    filled = lines(made(with_cooperation))

    def free(row: int) -> set[str]:
        cells = {name: filled.sheet.cell(row, place) for name, place in filled.columns.items()}
        return {name for name, cell in cells.items() if not cell.protection.locked}

    assert free(2) == {
        "Hasta el semestre", "Estado", "Qué se ofrece, se hace o se solicita",
        "Evidencia (enlaces)", "Reportado el",
    }  # fmt: skip
    assert free(3) == set()
    assert free(4) == set(filled.columns) - {"Reporte de base"}


def test_a_changed_line_of_cooperation_takes_the_place_of_the_one_it_was_made_from(
    with_cooperation,
):
    filled = lines(made(with_cooperation)).put(2, state="Concluida")
    found = checked(with_cooperation, filled.bytes())
    assert (found.problems, found.new, found.corrections) == ((), 0, 1)


@pytest.mark.parametrize(("state", "found"), [(None, []), ("Cancelada", ["correction"])])
def test_a_line_of_cooperation_that_somebody_has_updated_is_corrected_only_if_that_is_meant(
    with_cooperation, tmp_path, state, found
):
    filled = lines(made(with_cooperation))
    later = OWN | {"state": "en_curso", "reported_on": "2018-07-20"}
    import_files(
        with_cooperation, [a_file(tmp_path, later, name="l.csv", subject="cooperation")], by="x"
    )
    if state:
        filled.put(2, state=state)
    held = checked(with_cooperation, filled.bytes()).held
    assert [problem.rule for problem in held] == found


def test_a_focal_point_may_send_back_what_is_shared_untouched(with_cooperation):
    focal = Actor("Ana", Role.FOCAL_POINT, country="HND")
    filled = lines(made(with_cooperation)).put(2, state="Concluida")
    sources = read_upload("t.xlsx", filled.bytes())
    stored = review.submit(with_cooperation, focal, sources, today=TODAY)
    # The reports, which say nothing new, are no batch that would wait for the secretariat.
    assert [(one.subject, one.corrections, one.unchanged) for one in stored] == [
        ("cooperation", 1, 1)
    ]


def test_what_is_handed_in_counts_as_unchanged_what_its_check_does(with_cooperation):
    focal = Actor("Ana", Role.FOCAL_POINT, country="HND")
    filled = Filled(made(with_cooperation))
    filled.put(filled.row_of("I.1.2"), state="En curso", percent=20)
    sources = read_upload("t.xlsx", filled.bytes())
    found = review.dry_run(with_cooperation, focal, sources, today=TODAY)
    stored = review.submit(with_cooperation, focal, sources, today=TODAY)
    # One report and two lines of cooperation, which are no batch of their own.
    assert found.unchanged == sum(batch.unchanged_of_file for batch in stored) == 3


@pytest.mark.parametrize("names", [("a.xlsx", "b.xlsx"), ("GTM/a.xlsx", "HND/a.xlsx")])
def test_of_several_files_each_has_a_batch_even_one_that_says_nothing_new(
    own_store, tmp_path, names
):
    first, second = (tmp_path / name for name in names)
    for file in (first, second):
        file.parent.mkdir(exist_ok=True)
    same, more = made(own_store), Filled(made(own_store, "GTM"))
    more.put(more.row_of("I.1.2"), state="En curso", percent=20)
    first.write_bytes(more.bytes())
    second.write_bytes(same)
    stored = import_files(own_store, [first, second], by="test", today=TODAY)
    assert [(one.file, one.new, one.unchanged_of_file) for one in stored] == [
        (first.name, 1, 0), (second.name, 0, 1),
    ]  # fmt: skip


def test_a_template_filled_in_further_adds_what_was_added(own_store, tmp_path):
    filled = Filled(made(own_store))
    filled.put(filled.row_of("I.1.2"), state="En curso", percent=20, narrative="Empezó.")
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    first.write_bytes(filled.bytes())
    import_files(own_store, [first], by="test", today=TODAY)
    filled.put(filled.row_of("I.1.3"), state="En curso", percent=30, narrative="Empezó también.")
    second.write_bytes(filled.bytes())
    (stored,) = import_files(own_store, [second], by="test", today=date(2018, 8, 9))
    assert (stored.new, stored.corrections, stored.unchanged) == (1, 0, 2)


# Stale and foreign ones


def test_a_row_that_somebody_else_has_updated_is_asked_about(own_store, tmp_path):
    filled = Filled(made(own_store))
    change = {"percent": "50", "reported_on": "2018-07-20"}
    import_files(own_store, [a_file(tmp_path, change, name="s.csv")], by="other")
    filled.put(filled.row_of("I.1.1"), percent=60)
    (problem,) = checked(own_store, filled.bytes()).held
    assert (problem.rule, problem.values["sender"]) == ("correction", "other")
    assert "percent: 50.0 → 60.0" in problem.text()


def test_a_slot_that_somebody_else_has_reported_first_is_asked_about(own_store, tmp_path):
    filled = Filled(made(own_store))
    import_files(own_store, [a_file(tmp_path, {"activity": "I.1.2"}, name="s.csv")], by="other")
    filled.put(filled.row_of("I.1.2"), state="En curso", percent=60)
    held = checked(own_store, filled.bytes()).held
    assert [problem.rule for problem in held] == ["correction"]


@pytest.mark.parametrize("day", ["2018-07-15", "2018-07-20"])
def test_an_untouched_row_that_somebody_else_has_updated_changes_nothing(own_store, tmp_path, day):
    data = made(own_store)
    change = {"percent": "50", "reported_on": day}
    import_files(
        own_store, [a_file(tmp_path, change, name="s.csv")], by="other", confirmed=EVERY_PLACE
    )
    found = checked(own_store, data)
    assert (found.problems, found.new, found.corrections) == ((), 0, 0)


def test_a_template_of_an_older_plan_is_refused_with_what_to_do(own_store, tmp_path):
    from crmdata import plan  # noqa: PLC0415 - one test only

    data = made(own_store)
    folder = copied_plan(tmp_path)
    rows = (folder / "activities.csv").read_text("utf-8").splitlines(keepends=True)
    last = next(row for row in rows if row.startswith("XVI.2.5,"))
    changed(folder, "activities.csv", last, last.replace("a", "á", 1))
    plan.load(own_store, folder, by="test")
    assert rules(own_store, data) == ["plan_version"]


def test_a_template_of_another_version_is_refused(own_store):
    filled = Filled(made(own_store))
    filled.book["crmdata"]["B1"] = "99"
    assert rules(own_store, filled.bytes()) == ["template_version"]


def test_a_template_of_another_country_is_refused_before_all_else(own_store):
    assert rules(own_store, made(own_store), expected=Expected("GTM"))[0] == "other_template"


def test_a_template_of_another_semester_than_the_one_chosen_is_asked_about(own_store):
    found = checked(own_store, made(own_store), expected=Expected(period="2018-2"))
    assert (found.problems, found.held[0].rule) == ((), "other_semester_template")


def test_rows_of_another_country_are_refused_where_one_is_bound(own_store):
    sources = read_upload("r.csv", text_of([REPORT | {"country": "GTM"}]).encode())
    found = check(own_store, sources, expected=Expected("HND"))
    assert [(problem.rule, problem.row) for problem in found.problems] == [("other_country", 2)]


@pytest.mark.parametrize(
    ("country", "semester", "rule"),
    [("HON", "2018-1", "unknown_country"), ("HND", "2027-1", "outside_plan"),
     ("HND", "2019-1", "semester_in_future")],
)  # fmt: skip
def test_no_template_is_made_for_what_cannot_be_reported(own_store, country, semester, rule):
    with pytest.raises(ImportRefused) as refused:
        made(own_store, country, semester)
    assert [problem.rule for problem in refused.value.problems] == [rule]


# The workbook itself


def test_codes_are_locked_and_what_is_filled_in_is_not(own_store):
    filled = Filled(made(own_store))
    locked = {
        name: filled.sheet.cell(2, place).protection.locked
        for name, place in filled.columns.items()
    }
    assert filled.sheet.protection.sheet
    assert {name for name, is_locked in locked.items() if is_locked} == {
        "Código de la actividad", "Texto de la actividad", "Semestre", "Vence", "Último reporte",
        "Reporte de base",
    }  # fmt: skip


def test_lists_and_limits_lie_over_the_cells_to_fill_in(own_store):
    filled = Filled(made(own_store))
    kinds = [rule.type for rule in filled.sheet.data_validations.dataValidation]
    assert sorted(kinds) == ["date", "decimal", "list", "list", "list"]


def test_demonstration_data_say_so_in_every_row(demo_engine):
    with db.reading(demo_engine) as session:
        data = template(session, "HND", "2019-1", words_for("es"), today=date(2020, 1, 1))
    filled = Filled(data)
    rows = range(2, filled.sheet.max_row + 1)
    assert {filled.value(row, "Tipo de datos") for row in rows} == {"demostracion"}


@pytest.mark.office
def test_libreoffice_opens_it_and_saves_what_reads_back_the_same(own_store, tmp_path):
    file = tmp_path / "t.xlsx"
    file.write_bytes(made(own_store))
    found = checked(own_store, office.converted(file, "xlsx").read_bytes())
    assert (found.problems, found.new, found.corrections) == ((), 0, 0)


@pytest.mark.office
def test_what_is_filled_in_with_libreoffice_comes_out_of_the_export_and_is_new_only_once(
    own_store, tmp_path
):
    (tmp_path / "t.xlsx").write_bytes(made(own_store))
    filled = Filled((tmp_path / "t.xlsx").read_bytes())
    text = "Empezó en «Gracias», con = y ñ."

    def at(sheet: str, row: int, **cells) -> list[office.Cell]:
        there = Filled((tmp_path / "t.xlsx").read_bytes(), sheet)
        return [
            (sheet, there.sheet.cell(row, there.columns[name]).coordinate, value)
            for name, value in cells.items()
        ]

    typed = [
        *at("Reportes", filled.row_of("I.1.2"), **{"Estado": "En curso", "Avance (%)": 45.5,
                                                   "Descripción": text}),
        *at("Fuera de calendario", 2, **{"Código de la actividad": "I.1.4", "Semestre": "2018-1",
                                         "Estado": "Cumplida"}),
        *at("Cooperación", 2, **{"Organismo cooperante": "OIM", "Código de la actividad": "VI.1.4",
                                 "Desde el semestre": "2018-1", "Hasta el semestre": "2018-2",
                                 "Modalidad": "Técnica", "Estado": "Ofrecida",
                                 "Qué se ofrece, se hace o se solicita": "Asistencia."}),
    ]  # fmt: skip
    for number in (1, 2):  # the second is saved anew, so it is another file that says the same
        office.fill(tmp_path / "t.xlsx", tmp_path / f"filled-{number}.xlsx", typed)
    stored = import_files(own_store, [tmp_path / "filled-1.xlsx"], by="test", today=TODAY)
    assert [(one.subject, one.new) for one in stored] == [("reports", 2), ("cooperation", 1)]
    with db.reading(own_store) as session:
        export(session, tmp_path / "out")
    reports, cooperation = (
        list(csv.DictReader((tmp_path / "out" / name).open(encoding="utf-8-sig")))
        for name in ("reports.csv", "cooperation.csv")
    )
    assert [
        (row["activity"], row["state"], row["percent"], row["narrative"], row["reported_on"])
        for row in reports
    ] == [
        ("I.1.1", "en_curso", "45", "La campaña sigue.", "2018-07-15"),
        ("I.1.2", "en_curso", "45.5", text, "2018-08-01"),
        ("I.1.4", "cumplida", "100", "", "2018-08-01"),
    ]
    assert [(row["partner"], row["countries"], row["text"]) for row in cooperation] == [
        ("OIM", "HND", "Asistencia.")
    ]
    sources = read_upload("t.xlsx", (tmp_path / "filled-2.xlsx").read_bytes())
    again = check(own_store, sources, today=date(2018, 8, 9))
    assert (again.problems, again.new, again.corrections) == ((), 0, 0)


# The file back with remarks


def returned(engine, data: bytes):
    """Return the annotated workbook, opened."""
    found = checked(engine, data)
    return openpyxl.load_workbook(BytesIO(annotated(data, found.files, words_for("es"))))


def test_every_remark_stands_at_its_cell_and_in_the_list(own_store):
    filled = Filled(made(own_store))
    row = filled.row_of("I.1.2")
    filled.put(row, state="casi", percent=450)
    book = returned(own_store, filled.bytes())
    cell = book["Reportes"].cell(row, filled.columns["Avance (%)"])
    assert cell.comment.text.startswith("Error: Un porcentaje está entre 0 y 100.")
    assert cell.fill.start_color.rgb.endswith("FFC7CE")
    assert book[REMARKS].max_row == 3


def test_what_comes_back_can_be_sent_again(own_store):
    filled = Filled(made(own_store))
    row = filled.row_of("I.1.2")
    filled.put(row, state="En curso", percent=450)
    data = filled.bytes()
    back = Filled(annotated(data, checked(own_store, data).files, words_for("es")))
    back.put(row, percent=45)
    found = checked(own_store, back.bytes())
    assert (found.problems, found.warnings, found.new) == ((), (), 1)


def test_nothing_is_calculated_in_what_comes_back(own_store):
    filled = Filled(made(own_store))
    row = filled.row_of("I.1.2")
    filled.put(row, state="En curso", percent="=40+5", narrative='=HYPERLINK("http://a.org")')
    book = returned(own_store, filled.bytes())
    kinds = {cell.data_type for sheet in book for line in sheet.iter_rows() for cell in line}
    assert "f" not in kinds


@pytest.mark.parametrize("narrative", ["=40+5", "+cmd", "-1", "@SUM(A1)"])
def test_a_csv_comes_back_as_a_workbook_of_texts(own_store, narrative):
    data = text_of([REPORT | {"country": "HON", "narrative": narrative}]).encode()
    found = check(own_store, read_upload("r.csv", data), today=TODAY)
    book = openpyxl.load_workbook(BytesIO(annotated(data, found.files, words_for("es"))))
    sheet = book["reports"]
    assert "¿Quiso decir HND?" in sheet["A2"].comment.text
    assert (sheet["F2"].value, sheet["F2"].data_type) == (narrative, "s")


def test_of_a_file_that_cannot_be_opened_the_list_comes_back(own_store):
    book = returned(own_store, made(own_store)[:-300])
    assert book.sheetnames == [REMARKS]
