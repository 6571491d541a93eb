"""Copies of a template without its hidden parts, such as a sheet saved as CSV: whose they are.

They are read where country and rows are certain, asked about where something speaks against it,
refused in one sentence where nobody knows whose they are.
"""

import csv
import shutil
from datetime import date, datetime
from io import BytesIO, StringIO

import openpyxl
import pytest

from crmdata.i18n import words_for
from crmdata.intake.reports import Expected, check, import_files, read_upload
from crmdata.intake.reports.remarks import in_words
from crmdata.store import db
from tests import office
from tests.sheets import REPORT, a_file, text_of
from tests.test_template import TODAY, made

pytestmark = pytest.mark.slow(reason="each workbook is read by a process of its own")

HONDURAS = Expected("HND", "2018-1")


@pytest.fixture
def own_store(sqlite_with_plan, tmp_path):
    """Return a database with the plan, a report of Honduras and one of Guatemala."""
    engine = db.connect(f"sqlite:///{shutil.copy(sqlite_with_plan, tmp_path / 'own.sqlite3')}")
    import_files(engine, [a_file(tmp_path)], by="test")
    other = {"country": "GTM", "activity": "I.1.3", "semester": "2017-1"}
    import_files(engine, [a_file(tmp_path, other, name="gtm.csv")], by="test")
    yield engine
    engine.dispose()


def filled(engine, country="HND", language="es") -> bytes:
    """Return a template of 2018-1 in which one row was filled in."""
    book = openpyxl.load_workbook(BytesIO(made(engine, country, language=language)))
    sheet = book[words_for(language)("Reports")]
    columns = {cell.value: cell.column for cell in sheet[1]}
    row = next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value == "I.1.2")
    words = words_for(language)
    for heading, value in (
        (words("State"), words("In progress")), (words("Progress (%)"), 20.5),
        (words("Narrative"), "Empezó; con «ñ», y más"), (words("Reported on"), date(2018, 7, 3)),
    ):  # fmt: skip
        sheet.cell(row, columns[heading]).value = value
    return saved(book)


def saved(book) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def lines_of(data: bytes, sheet: str = "", *, comma: bool = False) -> list[list[str]]:
    """Return a sheet as a spreadsheet shows it: the first of the reports unless named."""
    book = openpyxl.load_workbook(BytesIO(data))
    page = book[sheet] if sheet else next(each for each in book if each.title.startswith("Rep"))
    return [
        [shown(value, comma=comma) for value in row] for row in page.iter_rows(values_only=True)
    ]


def shown(value, *, comma: bool) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return f"{value:g}".replace(".", "," if comma else ".")
    return "" if value is None else str(value)


def as_csv(lines, separator: str = ";", encoding: str = "utf-8-sig") -> bytes:
    text = StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(lines)
    return text.getvalue().encode(encoding, "replace")


def checked(engine, data: bytes, expected=HONDURAS, name="reportes.csv"):
    return check(engine, read_upload(name, data), today=TODAY, expected=expected)


def stored(found) -> list[tuple]:
    """Return what is new: country, activity, percent, day."""
    columns = ("country", "activity", "percent", "reported_on")
    return [
        tuple(change.entry.values[name] for name in columns)
        for file in found.files for change in file.changes if change.effect == "new"
    ]  # fmt: skip


THE_ROW = [("HND", "I.1.2", 20.5, date(2018, 7, 3))]


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize(
    ("separator", "comma", "encoding"),
    [(";", True, "utf-8-sig"), (",", False, "utf-8-sig"), (";", True, "cp1252"),
     ("\t", True, "utf-16"), (",", False, "utf-8")],
)  # fmt: skip
def test_a_sheet_saved_as_csv_by_excel_is_read_where_the_country_is_known(
    own_store, separator, comma, encoding, language
):
    lines = lines_of(filled(own_store, language=language), comma=comma)
    found = checked(own_store, as_csv(lines, separator, encoding))
    assert (found.problems, found.held) == ((), ())
    assert (stored(found), found.corrections, found.unchanged) == (THE_ROW, 0, 1)
    (note,) = [each for each in found.warnings if each.rule == "whose_copy"]
    assert "Honduras" in in_words(words_for(language), note).text(words_for(language))


@pytest.mark.office
@pytest.mark.parametrize("how", ["44,34,76,1,,1033", "59,34,76,1,,3082"])
def test_a_sheet_saved_as_csv_by_libreoffice_is_read(own_store, tmp_path, how):
    book = openpyxl.load_workbook(BytesIO(filled(own_store)))
    book.move_sheet("Reportes", -1)
    file = tmp_path / "t.xlsx"
    file.write_bytes(saved(book))
    (back,) = office.convert([file], "csv", f":Text - txt - csv (StarCalc):{how},false,true,false")
    found = checked(own_store, back.read_bytes())
    assert (found.problems, found.held, stored(found)) == ((), (), THE_ROW)


def test_a_sheet_copied_into_a_workbook_of_its_own_is_read(own_store):
    book = openpyxl.load_workbook(BytesIO(filled(own_store)))
    for name in set(book.sheetnames) - {"Reportes"}:
        del book[name]
    found = checked(own_store, saved(book), name="copia.xlsx")
    assert (found.problems, stored(found)) == ((), THE_ROW)


def test_a_template_that_lost_its_hidden_sheet_is_read_whole(own_store):
    book = openpyxl.load_workbook(BytesIO(filled(own_store)))
    del book["crmdata"]
    line = ("OIM", "VI.1.4", None, "2018-1", "2018-2", "Técnica", "Ofrecida", "Asistencia.")
    for column, value in enumerate(line, start=1):
        book["Cooperación"].cell(2, column).value = value
    outside = ("II.1.1", "2018-1", "En curso", 5)
    for column, value in enumerate(outside, start=1):
        book["Fuera de calendario"].cell(2, column).value = value
    found = checked(own_store, saved(book), name="copia.xlsx")
    assert found.problems == ()
    assert [(each.source.subject, each.count("new")) for each in found.files] == [
        ("reports", 2), ("cooperation", 1),
    ]  # fmt: skip
    assert [each.rule for each in found.warnings].count("whose_copy") == 1


def test_what_the_copy_leaves_open_is_as_in_a_template(own_store):
    lines = lines_of(filled(own_store))
    row = next(line for line in lines if line[0] == "I.1.2")
    row[lines[0].index("Reportado el")] = ""
    assert stored(checked(own_store, as_csv(lines))) == [("HND", "I.1.2", 20.5, TODAY)]


def test_the_country_may_stand_in_the_rows(own_store):
    lines = lines_of(filled(own_store))
    with_country = [
        [*line, "País" if place == 0 else "Honduras"] for place, line in enumerate(lines)
    ]
    found = checked(own_store, as_csv(with_country), Expected())
    assert (found.problems, found.held, stored(found)) == ((), (), THE_ROW)


def test_rows_of_another_country_are_refused_where_one_is_bound(own_store):
    lines = [line for line in lines_of(filled(own_store)) if line[0] != "I.1.1"]
    with_country = [[*line, "País" if place == 0 else "GTM"] for place, line in enumerate(lines)]
    assert {each.rule for each in checked(own_store, as_csv(with_country)).problems} == {
        "other_country"
    }


@pytest.mark.parametrize("country", ["Honduras", ""])
def test_a_column_of_countries_in_a_whole_template_is_no_second_one(own_store, country):
    book = openpyxl.load_workbook(BytesIO(filled(own_store)))
    page = book["Reportes"]
    last = page.max_column + 1
    page.cell(1, last).value = "País"
    for row in range(2, page.max_row + 1):
        page.cell(row, last).value = country or None
    found = checked(own_store, saved(book), name="t.xlsx")
    assert (found.problems, stored(found)) == ((), THE_ROW)


def test_another_country_in_a_whole_template_is_refused(own_store):
    book = openpyxl.load_workbook(BytesIO(filled(own_store)))
    page = book["Reportes"]
    last = page.max_column + 1
    page.cell(1, last).value = "País"
    row = next(row for row in range(2, page.max_row) if page.cell(row, 1).value == "I.1.2")
    page.cell(row, last).value = "GTM"
    for expected in (HONDURAS, Expected()):
        found = checked(own_store, saved(book), expected, name="t.xlsx")
        assert [each.rule for each in found.problems] == ["other_country"]


# Whose it is


def test_a_copy_of_which_nobody_knows_whose_it_is_is_refused_in_one_sentence(own_store):
    lines = [line for line in lines_of(filled(own_store)) if line[0] != "I.1.1"]
    (problem,) = checked(own_store, as_csv(lines), Expected()).problems
    assert problem.rule == "copied_template"
    assert "Informar" in problem.way_out


def test_the_reports_that_a_copy_shows_say_whose_it_is(own_store):
    found = checked(own_store, as_csv(lines_of(filled(own_store))), Expected())
    assert (found.problems, found.held, stored(found)) == ((), (), THE_ROW)


def test_a_copy_of_another_countrys_template_is_refused_by_the_reports_that_it_shows(own_store):
    lines = lines_of(filled(own_store))
    (problem,) = checked(own_store, as_csv(lines), Expected("GTM", "2018-1")).problems
    assert problem.rule == "other_template"
    assert "Honduras" in in_words(words_for("es"), problem).text(words_for("es"))


def asked(found) -> str:
    """Return the only question of a file, in Spanish."""
    assert found.problems == ()
    (question,) = found.held
    assert question.rule == "whose_copy"
    return in_words(words_for("es"), question).text(words_for("es"))


def test_a_copy_that_shows_last_reports_of_somebody_else_is_asked_about(own_store):
    # In Guatemala's of 2018-1 no slot was reported on, and one activity before it was.
    lines = lines_of(filled(own_store, "GTM"))
    text = asked(checked(own_store, as_csv(lines)))
    assert "¿Son estos los reportes de Honduras?" in text
    found = checked(own_store, as_csv(lines), Expected("GTM"))
    assert (found.problems, found.held) == ((), ())


def test_a_copy_named_as_another_countrys_template_is_asked_about(own_store):
    lines = [line for line in lines_of(filled(own_store)) if line[0] != "I.1.1"]
    text = asked(checked(own_store, as_csv(lines), name="crmdata-GTM-2018-1 (2).csv"))
    assert "Guatemala" in text
    assert "¿Son estos los reportes de Honduras?" in text


def test_where_its_name_alone_says_whose_a_copy_is_that_is_asked(own_store):
    lines = [line for line in lines_of(filled(own_store)) if line[0] != "I.1.1"]
    found = checked(own_store, as_csv(lines), Expected(), name="crmdata-HND-2018-1.csv")
    assert "¿Son estos los reportes de Honduras?" in asked(found)
    assert stored(found) == THE_ROW


def test_a_copy_named_as_the_template_of_another_semester_than_the_chosen_one_is_asked_about(
    own_store,
):
    lines = lines_of(filled(own_store))
    found = checked(
        own_store, as_csv(lines), Expected("HND", "2017-2"), name="crmdata-HND-2018-1.csv"
    )
    assert [each.rule for each in found.held] == ["other_semester_template"]


def test_a_text_in_a_copy_that_the_plan_in_force_does_not_have_is_asked_about(own_store):
    lines = lines_of(filled(own_store))
    row = next(line for line in lines if line[0] == "I.1.2")
    row[1] = "Así se llamaba la actividad en otra versión del plan."
    found = checked(own_store, as_csv(lines))
    assert found.problems == ()
    assert [(each.rule, each.field) for each in found.held] == [("text_changed", "about")]


def test_a_text_of_another_activity_in_a_copy_is_refused(own_store):
    lines = lines_of(filled(own_store))
    rows = {line[0]: line for line in lines}
    rows["I.1.2"][1] = rows["I.1.3"][1]
    assert [each.rule for each in checked(own_store, as_csv(lines)).problems] == ["text_of_another"]


def test_a_copy_without_the_hidden_column_is_read_and_says_so(own_store):
    lines = lines_of(filled(own_store))
    place = lines[0].index("Reporte de base")
    found = checked(own_store, as_csv([line[:place] for line in lines]))
    assert (found.problems, stored(found)) == ((), THE_ROW)
    assert "no_base_column" in {each.rule for each in found.warnings}


def test_the_sheet_of_cooperation_saved_as_csv_is_of_who_hands_it_in(own_store):
    lines = lines_of(filled(own_store), "Cooperación")
    line = ("OIM", "VI.1.4", "", "2018-1", "2018-2", "Técnica", "Ofrecida", "Asistencia.")
    lines[1] = [*line, *[""] * (len(lines[0]) - len(line))]
    found = checked(own_store, as_csv(lines))
    assert (found.problems, found.new) == ((), 1)
    (change,) = found.files[0].changes
    assert (change.entry.codes, change.entry.values["reported_on"]) == (("HND",), TODAY)


# Other lines


def rule_and_text(found, language="es") -> tuple[str, str]:
    (problem,) = found.problems
    words = words_for(language)
    return problem.rule, in_words(words, problem).text(words)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_lines_above_the_names_of_the_columns_are_told_as_that(own_store, separator):
    lines = [["Reporte de Honduras, 2018-I"], ["Ministerio"], *lines_of(filled(own_store))]
    rule, text = rule_and_text(checked(own_store, as_csv(lines, separator)))
    assert rule == "title_above"
    assert "Elimine las filas 1, 2" in text


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_copy_without_the_names_of_the_columns_is_told_what_it_lacks(own_store, separator):
    lines = lines_of(filled(own_store))[1:]
    rule, text = rule_and_text(checked(own_store, as_csv(lines, separator)))
    assert rule == "names_missing"
    assert "Ponga los nombres de las columnas" in text


def test_a_workbook_without_the_names_of_the_columns_is_told_what_it_lacks(own_store):
    book = openpyxl.load_workbook(BytesIO(filled(own_store)))
    for name in set(book.sheetnames) - {"Reportes"}:
        del book[name]
    book["Reportes"].delete_rows(1)
    assert rule_and_text(checked(own_store, saved(book), name="t.xlsx"))[0] == "names_missing"


@pytest.mark.parametrize(("language", "sheet"), [("es", "Instrucciones"), ("en", "Instructions")])
@pytest.mark.parametrize("separator", [";", ","])
def test_the_sheet_of_instructions_saved_as_csv_is_told_as_that(
    own_store, language, sheet, separator
):
    lines = lines_of(filled(own_store, language=language), sheet)
    rule, text = rule_and_text(checked(own_store, as_csv(lines, separator)), language)
    assert rule == "instructions_sheet"
    assert ("“Reportes”" if language == "es" else "“Reports”") in text


def test_a_table_of_ones_own_is_no_copy(own_store):
    own = [REPORT | {"activity": "I.1.2"}]
    found = checked(own_store, text_of(own).encode())
    assert [each.rule for each in found.warnings] == []
    assert found.files[0].source.copied is False
