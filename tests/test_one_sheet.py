"""Any table as a workbook: typed cells, texts that stay texts, and what the numbers are of."""

from datetime import date
from io import BytesIO

import openpyxl
import pandas as pd
import pytest

from crmdata.exports import one_sheet
from crmdata.exports.one_sheet import FIRST_ROW, Sheet
from crmdata.i18n import words_for

WORDS = words_for("en")
ROWS = pd.DataFrame(
    {
        "Code": ["I.1.1", "=1+1"],
        "Reports": [3, 0],
        "Share": [0.25, float("nan")],
        "Day": [date(2019, 6, 7), None],
        "Owed": [True, False],
    }
)


def made(table: pd.DataFrame = ROWS, **changes) -> Sheet:
    values = {"title": "Activities", "table": table, "cutoff": date(2019, 11, 15), "demo": True}
    return Sheet(**(values | changes))


def opened(content: Sheet):
    return openpyxl.load_workbook(BytesIO(one_sheet.workbook(content, WORDS))).worksheets[0]


def cell(page, row: int, column: int):
    """Return a cell of the table: row 0 holds the headers."""
    return page.cell(FIRST_ROW + 1 + row, 1 + column)


def test_numbers_dates_and_truths_keep_their_types():
    page = opened(made())
    found = [cell(page, 1, column).data_type for column in range(5)]
    assert found == ["s", "n", "n", "d", "b"]
    assert cell(page, 1, 3).value.date() == date(2019, 6, 7)


def test_what_is_missing_is_an_empty_cell():
    page = opened(made())
    assert cell(page, 2, 2).value is None
    assert cell(page, 2, 3).value is None


def test_zero_is_zero():
    assert cell(opened(made()), 2, 1).value == 0


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(1)", "https://example.org/a", "{=1}"]
)
def test_a_text_stays_a_text(text):
    found = cell(opened(made(pd.DataFrame({"Text": [text]}))), 1, 0)
    assert (found.data_type, found.value, found.hyperlink) == ("s", text, None)


def test_the_headers_stay_in_sight():
    assert opened(made()).freeze_panes == f"B{FIRST_ROW + 2}"


def test_the_sheet_names_its_cutoff():
    assert opened(made()).cell(2, 1).value == "Cut-off: November 15, 2019."


def test_demonstration_data_are_named_above_in_every_row_and_on_paper():
    page = opened(made())
    assert page.cell(3, 1).value.startswith("Demonstration data")
    assert [cell(page, row, 5).value for row in (1, 2)] == ["Demonstration data"] * 2
    assert page.oddHeader.left.text == "Demonstration data"


def test_real_data_carry_no_mark():
    page = opened(made(demo=False))
    texts = [str(found.value) for row in page.iter_rows() for found in row]
    assert not [text for text in texts if "Demonstration" in text or text == "data_kind"]


@pytest.mark.parametrize(
    "title", ["", "History", "a/b:c?", "x" * 200, "'quoted'", "R&D: 100 %", "[I.1.1] *"]
)
def test_any_title_makes_a_workbook(title):
    assert (opened(made(title=title)).cell(1, 1).value or "") == title


def test_a_text_longer_than_a_cell_is_cut_and_not_lost():
    found = cell(opened(made(pd.DataFrame({"Text": ["a" * 40_000]}))), 1, 0).value
    assert len(found) == 32_767
    assert found.endswith("…")


def test_a_table_without_rows_has_its_headers():
    page = opened(made(ROWS.iloc[:0]))
    assert [cell(page, 0, column).value for column in range(5)] == list(ROWS.columns)


def test_notes_stand_beneath_the_table():
    page = opened(made(notes=["One.", "Two."]))
    assert [page.cell(FIRST_ROW + 5 + place, 1).value for place in range(2)] == ["One.", "Two."]


def test_the_same_table_gives_the_same_bytes():
    assert one_sheet.workbook(made(), WORDS) == one_sheet.workbook(made(), WORDS)
