"""What a column as a whole tells of its cells: fractions, and days that may be turned round."""

import pytest

from crmdata.intake.reports.columns import Columns, seen
from crmdata.intake.reports.rows import Row

TEXT, OTHER_TEXT = "15/11/2019", "16/11/2019"
PERCENTS = ("", "percent")


def of(*cells: dict[str, str], real: tuple[str, ...] = ()) -> list[Row]:
    """Return rows of these cells; those columns are kept as days in each."""
    return [Row(number, row, real_dates=frozenset(real)) for number, row in enumerate(cells, 2)]


@pytest.mark.parametrize(
    ("cells", "are_fractions"),
    [
        ([("0.5", "en_curso"), ("1", "en_curso")], True),
        ([("0.5", ""), ("60", "")], False),
        ([("0.5", ""), ("1.01", "")], False),
        ([("0.5", ""), ("-0.5", "")], False),
        ([("0.5", ""), ("0", "")], True),
        ([("0.5", ""), ("0.25 %", ""), ("60 %", "")], True),
        ([("0.25 %", "")], False),
        ([("0.5", ""), ("", ""), ("x", "")], True),
        ([("0", "no_iniciada")], False),
        ([("0", "cumplida")], False),
        ([("1", "en_curso")], False),
        ([("1", "")], False),
        ([("1", "xx")], False),
        ([("1", "cumplida")], True),
        ([("1", "Cumplido"), ("0", "no_iniciada")], True),
        ([("2", "cumplida")], False),
    ],
)
def test_a_column_holds_fractions_where_all_its_numbers_can_be_and_one_can_be_nothing_else(
    cells, are_fractions
):
    rows = of(*({"percent": percent, "state": state} for percent, state in cells))
    assert (PERCENTS in seen(rows).fractions) == are_fractions


@pytest.mark.parametrize(
    ("numbers", "mixed"),
    [(("0.75", "60", "1"), True), (("0.75", "1"), False), (("60", "1"), False),
     (("0.75 %", "60", "1"), False)],
)  # fmt: skip
def test_a_column_mixes_fractions_with_percentages_where_some_can_be_and_some_cannot(
    numbers, mixed
):
    rows = of(*({"percent": number, "state": "en_curso"} for number in numbers))
    assert seen(rows).mixes_fractions(rows[-1], "percent") == mixed


def test_each_sheet_has_its_own_columns_of_fractions():
    rows = [Row(2, {"percent": "0.5"}, sheet="A"), Row(2, {"percent": "60"}, sheet="B")]
    columns = seen(rows)
    assert [columns.has_fractions(row, "percent") for row in rows] == [True, False]


def test_a_real_day_may_be_turned_round_beside_a_text_that_tells_an_order():
    rows = [*of({"reported_on": TEXT}), *of({"reported_on": "2019-11-12"}, real=("reported_on",))]
    columns = seen(rows)
    assert [columns.text_date(row, "reported_on") for row in rows] == ["", TEXT]


@pytest.mark.parametrize("text", ["03/04/2019", "2019-11-15", "nada", ""])
def test_a_text_that_tells_no_order_makes_no_day_doubtful(text):
    (real,) = of({"reported_on": "2019-11-12"}, real=("reported_on",))
    assert seen([*of({"reported_on": text}), real]).text_date(real, "reported_on") == ""


def test_where_every_day_stayed_text_or_none_did_nothing_is_doubtful():
    texts = of({"reported_on": TEXT}, {"reported_on": OTHER_TEXT})
    real = of({"reported_on": TEXT}, real=("reported_on",))
    columns = seen(texts)
    assert [columns.text_date(row, "reported_on") for row in texts] == ["", ""]
    assert seen(real).texts == {}
    assert Columns().text_date(real[0], "reported_on") == ""


def test_a_day_is_told_the_first_text_beside_it_whatever_other_columns_hold():
    rows = of({"held_on": "", "corte": TEXT}, {"held_on": TEXT, "corte": OTHER_TEXT})
    (real,) = of({"corte": "2019-11-12"}, real=("corte",))
    columns = seen([*rows, real])
    assert columns.text_date(real, "corte") == TEXT
    assert columns.text_date(real, "held_on") == ""
