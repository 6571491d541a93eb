"""The calendar as a workbook: every activity, the source's marks, texts that stay texts."""

import shutil
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from crmdata import plan, view
from crmdata.content import findings
from crmdata.content.calendar import Picked
from crmdata.content.calendar.schedule import whole_plan
from crmdata.exports.calendar import calendar_workbook
from crmdata.i18n import words_for
from crmdata.store import db
from tests.support import a_report, changed, copied_plan

CUTOFF = date(2019, 11, 15)


@pytest.fixture
def store(sqlite_with_plan, tmp_path):
    engine = db.connect(f"sqlite:///{shutil.copy(sqlite_with_plan, tmp_path / 'calendar.sqlite3')}")
    a_report(engine, country="HND", activity="IV.3.2", state="en_curso", percent=45.0)
    yield engine
    engine.dispose()


def seen(engine) -> view.View:
    with db.reading(engine) as session:
        return view.read(session, CUTOFF)


def opened(engine, country: str = "", language: str = "es"):
    made = calendar_workbook(seen(engine), words_for(language), Picked(party=country))
    return openpyxl.load_workbook(BytesIO(made))


def row_of(sheet, code: str):
    (found,) = [row for row in sheet.iter_rows() if row[0].value == code]
    return found


def test_every_activity_has_a_row(store):
    codes = {row[0].value for row in opened(store).worksheets[0].iter_rows()}
    assert set(seen(store).frame("activities")["activity"]) <= codes


def test_the_marks_of_the_source_stand_word_by_word(store):
    row = row_of(opened(store).worksheets[1], "IV.4.1")
    assert [cell.value or "" for cell in row[1:6]] == ["", "I Trimestre", "", "", ""]


def test_a_reported_slot_shows_the_symbol_and_percent_of_the_country(store):
    row = row_of(opened(store, "HND").worksheets[0], "IV.3.2")
    assert row[4].value == "◐ 45\N{NO-BREAK SPACE}%"


def test_a_due_slot_without_report_shows_two_points(store):
    row = row_of(opened(store, "PAN").worksheets[0], "IV.3.2")
    assert row[4].value == "··"


def test_the_region_shows_how_many_of_the_expected_reported(store):
    row = row_of(opened(store).worksheets[0], "IV.3.2")
    assert row[4].value == "1/11"


def test_a_slot_not_yet_due_is_filled_and_says_nothing(store):
    row = row_of(opened(store).worksheets[0], "I.1.1")
    later = row[8]
    assert (later.value or "", later.fill.fgColor.rgb != "00000000") == ("", True)


def test_silence_is_hatched_as_on_screen(store):
    row = row_of(opened(store, "PAN").worksheets[0], "IV.3.2")
    assert row[4].fill.patternType == "lightUp"


def test_axes_and_lines_fold(store):
    sheet = opened(store).worksheets[0]
    row = row_of(sheet, "I.1.1")[0].row
    assert sheet.row_dimensions[row].outlineLevel == 2


def test_a_text_that_looks_like_a_formula_stays_a_text(store, tmp_path):
    folder = copied_plan(tmp_path)
    changed(folder, "activities.csv", "Validar la guía", "=Validar la guía")
    plan.load(store, folder, by="test")
    texts = {row[1].value: row[1].data_type for row in opened(store).worksheets[0].iter_rows()}
    assert texts["=Validar la guía"] == "s"


def test_demonstration_data_are_marked_on_every_sheet_in_print(demo_engine):
    book = opened(demo_engine, language="en")
    assert "Demonstration data" in book.worksheets[0]["A3"].value
    assert all("Demonstration data" in sheet.oddHeader.left.text for sheet in book.worksheets)


def test_the_head_of_a_printed_page_ends_with_a_word(demo_engine):
    title = "Plan Estratégico 2017–2022 de la Red de Protección de la Niñez y Adolescencia Migrante"
    for sheet in opened(demo_engine).worksheets:
        assert sheet.oddHeader.center.text.startswith(f"{title} (CRM)"), sheet.title


def test_the_ground_of_the_mark_of_the_calendar_goes_as_far_as_its_text(demo_engine):
    sheet = opened(demo_engine).worksheets[0]
    fills = {sheet[cell].fill.fgColor.rgb for cell in ("A3", "B3")}
    assert len(fills) == 1
    assert sheet["A3"].fill.fill_type == "solid"


def test_a_row_of_the_calendar_has_room_for_its_longest_text(store):
    sheet = opened(store).worksheets[0]
    tight = []
    for row in sheet.iter_rows(min_row=6):
        height = sheet.row_dimensions[row[0].row].height
        folded = [cell for cell in row[1:] if cell.alignment.wrap_text and cell.data_type == "s"]
        for cell in folded if height and height < 15 * 8 else ():
            wide = sheet.column_dimensions[cell.column_letter].width
            if len(cell.value) > 1.3 * wide * (height // 15):
                tight.append(cell.coordinate)
    assert tight == []


def test_a_count_and_its_delivery_stand_in_the_middle_of_their_period(store):
    sheet = opened(store).worksheets[0]
    (band,) = [row for row in sheet.iter_rows() if str(row[0].value).startswith("III. ")]
    counted = [cell for cell in band[2:] if cell.value and (
        isinstance(cell.value, int) or "①" in str(cell.value))]  # fmt: skip
    assert len(counted) > 2
    assert {cell.alignment.horizontal for cell in counted} == {"center"}


@pytest.mark.parametrize("country", ["", "PAN"])
def test_what_is_pending_says_since_when(store, country):
    row = row_of(opened(store, country, "en").worksheets[0], "IV.3.2")
    slots = seen(store).frame("slots")
    (period,) = slots.loc[slots["activity"] == "IV.3.2", "semester"]
    since = findings.pending_since(words_for("en"), period, CUTOFF)
    assert since in [cell.value for cell in row]


def test_what_is_reported_says_no_age(store):
    row = row_of(opened(store, "HND", "en").worksheets[0], "IV.3.2")
    assert not [cell for cell in row if "pending since" in str(cell.value)]


def test_a_delivery_is_a_spot_in_the_band_of_its_line(store):
    rows = whole_plan(seen(store)).results
    (due,) = rows.loc[rows["result"] == "III.1", "semester"]
    sheet = opened(store).worksheets[0]
    (band,) = [row for row in sheet.iter_rows() if str(row[0].value).startswith("III. ")]
    spotted = [sheet.cell(4, 3 + 2 * ((cell.column - 3) // 2)).value for cell in band[2:]
               if "①" in str(cell.value)]  # fmt: skip
    assert spotted == [due.split("-")[0]]


def test_every_result_has_its_delivery_written_out(store):
    results = whole_plan(seen(store)).results
    rows = list(opened(store).worksheets[2].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == results["result"].tolist()
    assert sum(row[3] != "—" for row in rows) == results["semester"].notna().sum()


def test_what_only_an_earlier_version_scheduled_is_dotted_and_told(store, tmp_path):
    folder = copied_plan(tmp_path)
    changed(folder, "plan.toml", "in_force_from = 2017-03-17", "in_force_from = 2019-01-01")
    changed(folder, "activities.csv", "Validar la guía,,,II Semestre,", "Validar la guía,,,,")
    plan.load(store, folder, by="test")
    book = opened(store)
    rows = [row for row in book.worksheets[0].iter_rows() if row[0].value]
    dotted = [(row[0].value, cell.column) for row in rows for cell in row[2:14]
              if cell.border.left.style == "dotted"]  # fmt: skip
    [(code, column)] = dotted
    assert book.worksheets[0].cell(5, column).value == "II"
    assert row_of(book.worksheets[1], code)[-1].value == "2018: «II Semestre»"
