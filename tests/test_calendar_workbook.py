"""The calendar as a workbook: every activity, the source's marks, texts that stay texts."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pandas as pd
import pytest

from crmdata import measures
from crmdata.exports.calendar import CalendarView, calendar_workbook
from crmdata.i18n import words_for
from crmdata.store import db, queries
from tests.calendars import plan_of
from tests.support import a_report

CUTOFF = date(2019, 11, 15)


@pytest.fixture
def store(sqlite_with_plan, tmp_path):
    file = tmp_path / "calendar.sqlite3"
    file.write_bytes(sqlite_with_plan.read_bytes())
    engine = db.connect(f"sqlite:///{file}")
    a_report(engine, country="HND", activity="IV.3.2")
    return engine


def view(engine, country: str | None = None, **changes) -> CalendarView:
    with db.reading(engine) as session:
        version = queries.version_at(session, CUTOFF)
        slots = queries.slots(session, version.id)
        reports = queries.reports_in_force(session, CUTOFF)
        cells = measures.cells(slots, queries.countries(session), reports, CUTOFF)
        shown = cells if country is None else cells[cells["country"] == country]
        plan = plan_of(session, version)
        values = {
            "title": version.short_title,
            "plan": plan,
            "slots": slots,
            "cells": shown,
            "cutoff": CUTOFF,
            "demo": True,
            "country": country,
        }
    return CalendarView(**(values | changes))


def opened(view: CalendarView, language: str = "es"):
    return openpyxl.load_workbook(BytesIO(calendar_workbook(view, words_for(language))))


def row_of(sheet, code: str):
    (found,) = [row for row in sheet.iter_rows() if row[0].value == code]
    return found


def test_every_activity_has_a_row(store):
    shown = view(store)
    codes = {row[0].value for row in opened(shown).worksheets[0].iter_rows()}
    assert set(shown.plan.activities["activity"]) <= codes


def test_the_marks_of_the_source_stand_word_by_word(store):
    row = row_of(opened(view(store)).worksheets[1], "IV.4.1")
    assert [cell.value or "" for cell in row[1:6]] == ["", "I Trimestre", "", "", ""]


def test_a_reported_slot_shows_the_symbol_and_percent_of_the_country(store):
    row = row_of(opened(view(store, "HND")).worksheets[0], "IV.3.2")
    assert row[4].value == "● 100"


def test_a_due_slot_without_report_shows_two_points(store):
    row = row_of(opened(view(store, "PAN")).worksheets[0], "IV.3.2")
    assert row[4].value == "··"


def test_the_region_shows_how_many_of_the_expected_reported(store):
    row = row_of(opened(view(store)).worksheets[0], "IV.3.2")
    assert row[4].value == "1/11"


def test_a_slot_not_yet_due_is_filled_and_says_nothing(store):
    row = row_of(opened(view(store)).worksheets[0], "I.1.1")
    later = row[8]
    assert (later.value or "", later.fill.fgColor.rgb != "00000000") == ("", True)


def test_silence_is_hatched_as_on_screen(store):
    row = row_of(opened(view(store, "PAN")).worksheets[0], "IV.3.2")
    assert row[4].fill.patternType == "lightUp"


def test_axes_and_lines_fold(store):
    sheet = opened(view(store)).worksheets[0]
    row = row_of(sheet, "I.1.1")[0].row
    assert sheet.row_dimensions[row].outlineLevel == 2


def test_a_text_that_looks_like_a_formula_stays_a_text(store):
    plan = view(store).plan
    activities = plan.activities.copy()
    activities.loc[0, "text"] = "=1+1"
    shown = view(store, plan=replace(plan, activities=activities))
    row = row_of(opened(shown).worksheets[0], "I.1.1")
    assert (row[1].value, row[1].data_type) == ("=1+1", "s")


def test_demonstration_data_are_marked_on_the_sheet_and_in_print(store):
    sheet = opened(view(store), "en").worksheets[0]
    assert "Demonstration data" in sheet["A3"].value
    assert "Demonstration data" in sheet.oddHeader.left.text


def test_a_delivery_is_a_spot_in_the_band_of_its_line(store):
    shown = view(store)
    (due,) = shown.plan.results.loc[shown.plan.results["result"] == "III.1", "semester"]
    sheet = opened(shown).worksheets[0]
    (band,) = [row for row in sheet.iter_rows() if str(row[0].value).startswith("III. ")]
    spotted = [sheet.cell(4, 3 + 2 * ((cell.column - 3) // 2)).value for cell in band[2:]
               if "①" in str(cell.value)]  # fmt: skip
    assert spotted == [due.split("-")[0]]


def test_every_result_has_its_delivery_written_out(store):
    shown = view(store)
    rows = list(opened(shown).worksheets[2].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == shown.plan.results["result"].tolist()
    assert sum(row[3] != "—" for row in rows) == shown.plan.results["semester"].notna().sum()


def test_what_only_an_earlier_version_scheduled_is_dotted_and_told(store):
    now = view(store)
    marks = now.plan.marks
    earlier = pd.concat(
        [marks, pd.DataFrame([{"activity": "IV.4.1", "year": 2020, "mark": "II Semestre",
                               "kind": "second"}])]
    )  # fmt: skip
    book = opened(view(store, earlier_marks=earlier))
    dotted = [cell.column for cell in row_of(book.worksheets[0], "IV.4.1")
              if cell.border.left.style == "dotted"]  # fmt: skip
    assert [book.worksheets[0].cell(5, column).value for column in dotted] == ["II"]
    assert row_of(book.worksheets[1], "IV.4.1")[-1].value == "2020: «II Semestre»"
