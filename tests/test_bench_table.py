"""The benchmarks' table says what was measured, and whether its goal is met."""

import pytest

from benchmarks.table import Goal, Row, markdown


@pytest.mark.parametrize(
    ("row", "met"),
    [
        (Row("deck", 9.9, goal=Goal("<", 10)), True),
        (Row("deck", 10, goal=Goal("<", 10)), False),
        (Row("page", 0.23, floor=0.2, goal=Goal("≤", 1.2, "ratio")), True),
        (Row("page", 0.25, floor=0.2, goal=Goal("≤", 1.2, "ratio")), False),
        (Row("import", 19_000, "rows/s", goal=Goal("≥", 20_000)), False),
        (Row("package", 1), None),
    ],
)
def test_a_goal_is_met_by_the_value_or_by_its_ratio_to_the_floor(row, met):
    assert row.met is met


def test_a_goal_of_the_ratio_needs_a_floor():
    with pytest.raises(ValueError, match="page"):
        _ = Row("page", 1, goal=Goal("≤", 1.2, "ratio")).met


def test_each_figure_is_a_row_with_its_units():
    rows = [Row("import", 19_000, "rows/s", 38_000, Goal("≥", 20_000)), Row("deck", 4.25)]
    assert markdown(rows).splitlines() == [
        "| figure | value         | floor         | ratio  | goal            | met |",
        "|--------|---------------|---------------|--------|-----------------|-----|",
        "| import | 19,000 rows/s | 38,000 rows/s | 0.50 × | ≥ 20,000 rows/s | NO  |",
        "| deck   | 4.25 s        | —             | —      | —               | —   |",
    ]
