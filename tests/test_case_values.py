"""Files as people made them (`tests/read/`): what is stored, asked and said of values and of rows.

The number before a file's name is its row in the table of the cases.
"""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from crmdata.access import Actor, Role, operator
from crmdata.errors import Held, ImportRefused
from crmdata.i18n import words_for
from crmdata.intake.reports import Expected, check, read_upload
from crmdata.intake.reports.batches import store as stored_by
from crmdata.intake.reports.remarks import in_words
from crmdata.store import db, queries
from crmdata.terms import Step
from crmdata.workflow import review
from tests.support import EVERY_PLACE, it_is

pytestmark = pytest.mark.slow(reason="each workbook is read by a process of its own")

FOLDER = Path(__file__).parent / "read"
HONDURAS = Expected("HND", "2019-2")
ANA = Actor("Ana Paz", Role.FOCAL_POINT, country="HND", email="ana@hnd.example")


@pytest.fixture
def own_store(sqlite_with_plan, tmp_path):
    engine = db.connect(f"sqlite:///{shutil.copy(sqlite_with_plan, tmp_path / 'own.sqlite3')}")
    yield engine
    engine.dispose()


def sources(name: str):
    return read_upload(name, (FOLDER / name).read_bytes())


def sentences(checked) -> list[str]:
    """Return what the page says, in Spanish, the errors first."""
    words = words_for("es")
    return [
        replace(in_words(words, problem), file="").text(words)
        for problem in (*checked.problems, *checked.warnings)
    ]


def entries(checked) -> list:
    return [change.entry for file in checked.files for change in file.changes]


def values(checked, field: str) -> list:
    return [entry.values[field] for entry in entries(checked)]


def is_asked(engine, name: str, rule: str, rows: str) -> str:
    """Return the only question of a file, of which nothing is stored without an answer."""
    checked = check(engine, sources(name))
    assert checked.problems == ()
    (question,) = checked.held
    assert (question.rule, question.rows) == (rule, rows)
    with pytest.raises(Held):
        stored_by(engine, sources(name), by=operator("prueba"))
    stored_by(engine, sources(name), by=operator("prueba"), confirmed=EVERY_PLACE)
    words = words_for("es")
    return in_words(words, question).text(words)


def is_refused(engine, name: str) -> list[str]:
    with pytest.raises(ImportRefused):
        stored_by(engine, sources(name), by=operator("prueba"), confirmed=EVERY_PLACE)
    return sentences(check(engine, sources(name)))


def test_01_dates_that_may_be_turned_round_are_asked_about_beside_text(own_store):
    text = is_asked(own_store, "01-fechas.xlsx", "turned_date", "2, 4")
    assert "“Reportado el”" in text
    assert "12 oct 2019 y no del 10 dic 2019" in text
    assert "“15/12/2019” quedó como texto" in text


def test_03_a_column_of_fractions_is_one_question(own_store):
    text = is_asked(own_store, "03-fracciones-coma.csv", "fractions", "2–4")
    assert "Fila 2 (valor “0,25”): ¿Quiere decir 25 %?" in text
    with db.reading(own_store) as session:
        assert sorted(queries.reports_in_force(session, date.max)["percent"]) == [25, 50, 100]


@pytest.mark.parametrize(
    ("name", "percents"), [("04-tercio.xlsx", [33.33, 66.67]), ("04-tercio-general.xlsx", [33.33])]
)
def test_04_a_third_is_rounded_and_said(own_store, name, percents):
    checked = check(own_store, sources(name))
    assert (checked.problems, checked.held) == ((), ())
    assert values(checked, "percent") == percents
    assert any("Se redondea a 33.33 %." in text for text in sentences(checked))


def test_07_states_are_told_in_the_words_of_the_list_with_the_nearest(own_store):
    text = is_refused(own_store, "07-estados.xlsx")[0]
    assert "“En proceso” no está en la lista: ¿quiso decir En curso?" in text
    assert "“Finalizado” no está en la lista: ¿quiso decir Cumplida?" in text
    assert text.count("Elija No iniciada, En curso, Cumplida, Suspendida o No aplica.") == 1
    assert "en_curso" not in text


def test_67_nothing_is_suggested_across_a_negation(own_store):
    text = is_refused(own_store, "67-estados.xlsx")[0]
    for trap in ("No cumplida", "Incumplida", "Aplica"):
        assert f"“{trap}” no está en la lista." in text


def test_08_dates_with_one_reading_are_read_and_what_names_no_day_is_refused(own_store):
    refused, read = is_refused(own_store, "08-fechas.xlsx")
    assert "fila 5, columna “Reportado el” (valor “nov-19”): Aquí no hay un día" in refused
    assert read.count("Leído como “2019-11-15”.") == 6


def test_68_an_impossible_day_is_said_to_be_none(own_store):
    said = is_refused(own_store, "68-fechas.xlsx")
    assert any("(valor “31/06/2019”): Ese día no existe en el calendario." in one for one in said)
    assert not any("Leído" in one for one in said)


def test_16_a_month_is_read_where_both_readings_agree_and_else_told(own_store):
    said = is_refused(own_store, "16-vuelta.csv")
    assert "fila 3" in said[0].lower()
    assert "2019-2, que Excel convierte en este mes, o 2019-1" in said[0]
    assert any("(valor “jul-19”): Leído como “2019-2”." in one for one in said)
    both = is_refused(own_store, "16-vuelta2.csv")[0]
    assert both.startswith("Filas 2, 3, columna “Semestre”")


def test_17_what_nobody_sees_in_codes_is_read_past_and_said_once(own_store):
    checked = check(own_store, sources("17-invisibles.xlsx"))
    assert (checked.problems, len(entries(checked))) == ((), 7)
    assert {entry.values["semester"] for entry in entries(checked)} == {"2019-2"}
    assert sum("invisible" in text for text in sentences(checked)) == 1


def test_25_a_text_of_another_activity_beside_a_code_is_found(own_store):
    (text,) = is_refused(own_store, "25-ordenado.xlsx")
    assert "Filas 2–5".lower() in text.lower()
    assert "Junto a I.1.1 está el texto de I.2.1" in text


def test_29_the_link_behind_words_is_read_and_said(own_store):
    checked = check(own_store, sources("29-hiperenlace.xlsx"))
    assert values(checked, "evidence") == ["https://example.org/informe-2019.pdf"]
    assert any("“Ver informe”" in text and "informe-2019.pdf" in text
               for text in sentences(checked))  # fmt: skip


def test_30_partners_are_told_apart_and_known_by_their_other_names(own_store):
    checked = check(own_store, sources("30-socios.xlsx"))
    assert checked.problems == ()
    assert [entry.codes for entry in entries(checked)] == [
        ("OIM", "UNICEF"), ("OIM", "UNICEF"), ("OIM", "ACNUR"), ("OIM",), ("ACNUR",), ("UNICEF",),
        (), (),
    ]  # fmt: skip


def test_38_a_mark_is_no_reason(own_store):
    (text,) = is_refused(own_store, "38-guion.xlsx")
    assert text.startswith("Hoja “Reportes”, filas 2–4, columna “Motivo”")


def test_44_a_semester_other_than_the_templates_own_is_asked_about(own_store):
    text = is_asked(own_store, "44-semestre-mixto.xlsx", "semester_of_template", "2")
    assert "¿Se trata de 2020-I? En la plantilla, esta fila es de 2019-II." in text


def test_56_a_report_without_a_date_is_of_the_day_where_the_data_are(own_store, monkeypatch):
    it_is(monkeypatch, datetime(2026, 12, 2, 2, tzinfo=UTC))  # eight in the evening of the 1st
    monkeypatch.setenv("CRMDATA_TIME_ZONE", "America/Tegucigalpa")
    checked = check(own_store, sources("56-sin-fecha.xlsx"))
    assert values(checked, "reported_on") == [date(2026, 12, 1)]


def test_61a_another_countrys_template_is_told_first(own_store):
    checked = review.dry_run(own_store, ANA, sources("61-gtmf.xlsx"), expected=HONDURAS)
    assert sentences(checked)[0].startswith("La plantilla es de Guatemala; aquí reporta Honduras.")


def test_61a_another_semester_than_the_one_chosen_is_asked_about_first(own_store):
    expected = Expected("HND", "2020-1")
    checked = review.dry_run(own_store, ANA, sources("61-a.xlsx"), expected=expected)
    assert (checked.problems, checked.warnings[0].rule) == ((), "other_semester_template")
    assert "2019-II; aquí está elegido 2020-I" in sentences(checked)[0]
    with pytest.raises(Held):
        review.submit(own_store, ANA, sources("61-a.xlsx"), expected=expected)


# 61c: the own file, corrected


def corrected(**cells) -> list:
    """Return the own file with other cells in its first row."""
    book = openpyxl.load_workbook(FOLDER / "61-a.xlsx")
    sheet = book["Reportes"]
    places = {cell.value: cell.column for cell in sheet[1]}
    for heading, value in cells.items():
        sheet.cell(2, places[heading]).value = value
    target = BytesIO()
    book.save(target)
    return read_upload("a2.xlsx", target.getvalue())


def percents(engine) -> dict[str, list[float]]:
    """Return what counts, by activity."""
    with db.reading(engine) as session:
        reports = queries.report_history(session, date.max)
        return {str(code): list(own) for code, own in reports.groupby("activity")["percent"]}


def test_61c_what_counts_is_offered_as_a_correction_with_old_and_new(own_store):
    stored_by(own_store, sources("61-a.xlsx"), by=operator("Ana Paz"))
    again = corrected(**{"Avance (%)": 60, "Relato": "Avance mayor."})
    checked = check(own_store, again)
    (question,) = checked.held
    assert (question.rule, checked.corrections, checked.unchanged) == ("correction", 1, 2)
    text = sentences(checked)[0]
    assert "I.1.1, 2019-II: Ana Paz ya reportó el" in text
    assert "Avance (%): 45 → 60; Descripción: Avance. → Avance mayor." in text
    assert "otra persona" not in text.lower()
    stored_by(own_store, again, by=operator("Ana Paz"), confirmed=EVERY_PLACE)
    assert percents(own_store)["I.1.1"] == [60, 45]


def test_61c_an_answer_does_for_what_was_asked_and_not_for_what_was_stored_since(own_store):
    stored_by(own_store, sources("61-a.xlsx"), by=operator("Ana Paz"))
    again = corrected(**{"Avance (%)": 60})
    (question,) = check(own_store, again).held
    confirmed = [review_place(question)]
    stored_by(own_store, corrected(**{"Avance (%)": 50}), by=operator("Eva"), confirmed=EVERY_PLACE)
    with pytest.raises(Held):
        stored_by(own_store, again, by=operator("Ana Paz"), confirmed=confirmed)


def review_place(question):
    from crmdata.intake.reports import place_of  # noqa: PLC0415 - here only

    return place_of(question)


def test_61c_what_still_waits_gives_way_to_the_file_that_is_sent_after_it(own_store):
    review.submit(own_store, ANA, sources("61-a.xlsx"))
    again = corrected(**{"Avance (%)": 60})
    checked = review.dry_run(own_store, ANA, again, expected=HONDURAS)
    (question,) = checked.held
    assert (question.rule, checked.new, checked.unchanged) == ("replaces", 1, 2)
    assert (
        "todavía espera a la secretaría. ¿Esto ocupa su lugar? Avance (%): 45 → 60"
        in (sentences(checked)[0])
    )
    with pytest.raises(Held):
        review.submit(own_store, ANA, again)
    review.submit(own_store, ANA, again, confirmed=EVERY_PLACE)
    with db.reading(own_store) as session:
        first, second = (queries.batch_rows(session, batch) for batch in (1, 2))
    assert list(first["step"]) == [Step.WITHDRAWN, Step.SUBMITTED, Step.SUBMITTED]
    assert list(second["step"]) == [Step.SUBMITTED]


def test_61c_what_replaced_another_is_accepted_as_if_there_had_been_no_other(own_store):
    review.submit(own_store, ANA, sources("61-a.xlsx"))
    review.submit(own_store, ANA, corrected(**{"Avance (%)": 60}), confirmed=EVERY_PLACE)
    eva = Actor("Eva", Role.SECRETARIAT, email="eva@crm.example")
    for batch in (1, 2):
        review.accept(own_store, eva, batch)
    assert percents(own_store)["I.1.1"] == [60]


def test_61c_the_same_rows_sent_again_while_they_wait_say_nothing_new(own_store):
    review.submit(own_store, ANA, sources("61-a.xlsx"))
    checked = review.dry_run(own_store, ANA, corrected(), expected=HONDURAS)
    assert (checked.held, checked.new, checked.unchanged) == ((), 0, 3)
