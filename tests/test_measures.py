"""The honest numbers: their rules as properties of small worlds, and by hand on smaller ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from crmdata import measures
from crmdata.measures.changes import CHANGES
from crmdata.terms import (
    COUNTED,
    IMPLIED_PERCENT,
    MARKS,
    SIN_REPORTE,
    MarkKind,
    Period,
    Reporting,
    State,
    periods,
)
from tests.support import examples

ACTIVITIES = {"I.1.1": 1, "I.1.2": 1, "IX.2.1": 2, "X.1.1": 3}
MEMBERS = ("BLZ", "HND")
REGION = "REG"
"""A party that is no member."""
YEARS = (2018, 2019)
SEMESTERS = tuple(semester.code for semester in periods(*YEARS))
KEY = ["country", "activity", "semester"]
GROUPINGS: tuple[tuple[str, ...], ...] = (
    (),
    ("country",),
    ("line",),
    ("axis", "semester"),
    ("country", "line"),
    ("activity", "semester", "country"),
)
THRESHOLD = 0.5
COUNTRIES = pd.DataFrame({"country": MEMBERS})
REPORT = [*KEY, "state", "percent", "reported_on"]

Marks = dict[tuple[str, int], str]
ReportRow = tuple[str, str, str, str, float, date]


@dataclass(frozen=True)
class World:
    """A small plan and everything reported on it."""

    marks: Marks
    reports: list[ReportRow]

    @property
    def slots(self) -> pd.DataFrame:
        return slots_of(self.marks)

    @property
    def history(self) -> pd.DataFrame:
        return history_of(self.reports)

    def cells(self, cutoff: date, *later: ReportRow) -> pd.DataFrame:
        history = history_of([*self.reports, *later])
        return cells_of(self.slots, history, cutoff)

    def measures(self, by: Sequence[str], cutoff: date, *later: ReportRow) -> pd.DataFrame:
        return measures.summary(self.cells(cutoff, *later), by, threshold=THRESHOLD)


def slots_of(marks: Marks) -> pd.DataFrame:
    rows = [
        (ACTIVITIES[activity], activity.split(".")[0], activity.rpartition(".")[0], activity,
         period.code, MARKS[mark] is MarkKind.FIRST_QUARTER)
        for (activity, year), mark in marks.items()
        for period in Period.of_mark(MARKS[mark], year)
    ]  # fmt: skip
    columns = ["axis", "line", "result", "activity", "semester", "quarter"]
    return pd.DataFrame(rows, columns=columns)


def history_of(reports: Sequence[ReportRow]) -> pd.DataFrame:
    history = pd.DataFrame(reports, columns=REPORT)
    return history.assign(report_id=range(1, len(reports) + 1))


def cells_of(slots: pd.DataFrame, history: pd.DataFrame, cutoff: date) -> pd.DataFrame:
    return measures.cells(slots, COUNTRIES, measures.in_force(history, cutoff), cutoff)


def report(
    country: str, activity: str, semester: str, percent: float | None, day: str
) -> ReportRow:
    """Write a report by its percent alone; None is `no_aplica`."""
    state = State.NO_APLICA if percent is None else State.EN_CURSO
    if percent == 0:
        state = State.NO_INICIADA
    if percent == 100:
        state = State.CUMPLIDA
    value = float("nan") if percent is None else float(percent)
    return country, activity, semester, state.value, value, date.fromisoformat(day)


@st.composite
def report_rows(
    draw: st.DrawFn, countries: Sequence[str] = (*MEMBERS, REGION), but: State | None = None
) -> ReportRow:
    semester = Period.parse(draw(st.sampled_from(SEMESTERS)))
    state = draw(st.sampled_from([state for state in State if state is not but]))
    percent = IMPLIED_PERCENT.get(state, float("nan"))
    if state in (State.EN_CURSO, State.SUSPENDIDA):
        percent = draw(st.integers(0, 1000)) / 10
    day = semester.starts + timedelta(days=draw(st.integers(0, 500)))
    country = draw(st.sampled_from(countries))
    activity = draw(st.sampled_from(sorted(ACTIVITIES)))
    return country, activity, semester.code, state.value, percent, day


@st.composite
def some_worlds(draw: st.DrawFn) -> World:
    cells = product(ACTIVITIES, YEARS)
    marks = {cell: draw(st.sampled_from(["", *MARKS])) for cell in cells}
    # Left to themselves, lists stay so short that hardly a slot is reported, let alone twice.
    count = draw(st.sampled_from((0, 10, 20, 30)))
    reports = draw(st.lists(report_rows(), min_size=count, max_size=count))
    return World({cell: mark for cell, mark in marks.items() if mark}, reports)


BOUNDARIES = [day for each in periods(*YEARS) for day in (each.starts, each.ends, each.next.starts)]
worlds = some_worlds()
cutoffs = st.sampled_from(BOUNDARIES) | st.dates(date(2018, 7, 1), date(2020, 12, 31))
groupings = st.sampled_from(GROUPINGS)

# Frames are slow to build beside what they test; fewer examples keep the file to seconds.
thorough = examples(25)


# The rules, on any world


@thorough
@given(worlds, cutoffs, groupings)
def test_counts_by_state_add_up_to_expected(
    world: World, cutoff: date, by: tuple[str, ...]
) -> None:
    measured = world.measures(by, cutoff)
    assert (measured[list(COUNTED)].sum(axis="columns") == measured["expected"]).all()


@thorough
@given(worlds, cutoffs, groupings)
def test_reported_never_exceeds_expected_and_silence_is_the_rest(
    world: World, cutoff: date, by: tuple[str, ...]
) -> None:
    measured = world.measures(by, cutoff)
    assert (measured["reported"] <= measured["expected"]).all()
    assert (measured["expected"] - measured["reported"] == measured[SIN_REPORTE]).all()


@thorough
@given(worlds, cutoffs, groupings)
def test_the_interval_contains_the_reported_progress(
    world: World, cutoff: date, by: tuple[str, ...]
) -> None:
    measured = world.measures(by, cutoff)
    shown = measured.loc[measured["reported"] > 0]
    rounding = 1e-9
    assert (shown["low"] <= shown["progress"] + rounding).all()
    assert (shown["progress"] <= shown["high"] + rounding).all()
    assert (
        measured.loc[measured["expected"] > 0, ["low", "high"]].stack().between(0, 100.0001).all()
    )


@thorough
@given(worlds, cutoffs, groupings, st.sampled_from((0.0, 0.25, 0.5, 2 / 3, 1.0)))
def test_progress_is_withheld_exactly_under_the_threshold(
    world: World, cutoff: date, by: tuple[str, ...], threshold: float
) -> None:
    measured = measures.summary(world.cells(cutoff), by, threshold=threshold)
    under = [
        n_expected > 0 and n_reported / n_expected < threshold
        for n_expected, n_reported in zip(measured["expected"], measured["reported"], strict=True)
    ]
    assert measured["withheld"].tolist() == under


@thorough
@given(worlds, cutoffs, groupings)
def test_groups_add_up_to_the_total(world: World, cutoff: date, by: tuple[str, ...]) -> None:
    groups, total = world.measures(by, cutoff), world.measures((), cutoff).iloc[0]
    for count in ("expected", "reported", *COUNTED, "no_aplica"):
        assert groups[count].sum() == total[count]
    percents = (groups["progress"] * groups["reported"]).sum()
    assert percents == pytest.approx(total["progress"] * total["reported"] if percents else 0)


@thorough
@given(worlds, cutoffs, groupings, report_rows(but=State.NO_APLICA))
def test_adding_a_report_never_lowers_reported(
    world: World, cutoff: date, by: tuple[str, ...], added: ReportRow
) -> None:
    """Any report but `no_aplica`, which takes its cell out of both n and N."""
    before, after = world.measures(by, cutoff), world.measures(by, cutoff, added)
    assert (after["reported"] >= before["reported"]).all()


@thorough
@given(worlds, cutoffs, groupings, report_rows())
def test_adding_any_report_never_adds_silence(
    world: World, cutoff: date, by: tuple[str, ...], added: ReportRow
) -> None:
    before, after = world.measures(by, cutoff), world.measures(by, cutoff, added)
    assert (after[SIN_REPORTE] <= before[SIN_REPORTE]).all()


@thorough
@given(worlds, cutoffs, report_rows())
def test_expected_and_not_applicable_together_never_change_by_a_report(
    world: World, cutoff: date, added: ReportRow
) -> None:
    """A `no_aplica` moves its cell out of N, a correction of it moves the cell back."""
    before, after = world.measures((), cutoff).iloc[0], world.measures((), cutoff, added).iloc[0]
    assert before["expected"] + before["no_aplica"] == after["expected"] + after["no_aplica"]


@thorough
@given(worlds, cutoffs, report_rows())
def test_a_correction_changes_only_its_own_slot(
    world: World, cutoff: date, added: ReportRow
) -> None:
    before, after = world.cells(cutoff), world.cells(cutoff, added)
    others = (before[KEY] != list(added[:3])).any(axis="columns")
    assert_frame_equal(before.loc[others], after.loc[others])


@thorough
@given(worlds, cutoffs, groupings)
def test_por_definir_never_enters_expected(world: World, cutoff: date, by: tuple[str, ...]) -> None:
    undefined = dict.fromkeys(product(ACTIVITIES, YEARS), "Por definir")
    more = World({**undefined, **world.marks}, world.reports)
    assert_frame_equal(more.measures(by, cutoff), world.measures(by, cutoff))
    nothing = World(undefined, world.reports)
    assert nothing.measures((), cutoff).loc[0, "expected"] == 0
    reported = measures.in_force(nothing.history, cutoff)
    assert_frame_equal(measures.outside_calendar(nothing.slots, reported, MEMBERS), reported)


@thorough
@given(worlds, cutoffs, groupings, st.lists(report_rows(), max_size=8))
def test_later_reports_do_not_change_the_measure_at_a_cutoff(
    world: World, cutoff: date, by: tuple[str, ...], reports: list[ReportRow]
) -> None:
    later = [
        (*row[:-1], cutoff + timedelta(days=days)) for days, row in enumerate(reports, start=1)
    ]
    assert_frame_equal(world.measures(by, cutoff), world.measures(by, cutoff, *later))


@thorough
@given(worlds, cutoffs, groupings, st.lists(report_rows(countries=(REGION,)), max_size=8))
def test_reports_of_the_region_never_change_a_measure(
    world: World, cutoff: date, by: tuple[str, ...], regional: list[ReportRow]
) -> None:
    measured = world.measures(by, cutoff, *regional)
    assert_frame_equal(measured, world.measures(by, cutoff))


@thorough
@given(worlds, cutoffs, groupings, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(
    world: World, cutoff: date, by: tuple[str, ...], random: Any
) -> None:
    def shuffled(rows: pd.DataFrame) -> pd.DataFrame:
        return rows.iloc[random.sample(range(len(rows)), len(rows))]

    reports = measures.in_force(shuffled(world.history), cutoff)
    cells = measures.cells(shuffled(world.slots), shuffled(COUNTRIES), shuffled(reports), cutoff)
    assert_frame_equal(cells, world.cells(cutoff))
    again = measures.summary(shuffled(cells), by, threshold=THRESHOLD)
    assert_frame_equal(again, world.measures(by, cutoff))


@thorough
@given(worlds, cutoffs)
def test_the_report_in_force_is_the_latest_up_to_the_cutoff(world: World, cutoff: date) -> None:
    said: dict[tuple[str, ...], list[tuple[date, int]]] = {}
    for report_id, row in enumerate(world.reports, start=1):
        if row[-1] <= cutoff:
            said.setdefault(row[:3], []).append((row[-1], report_id))
    expected = {key: (max(days)[1], len(days) - 1) for key, days in said.items()}
    found = measures.in_force(world.history, cutoff)
    columns = [*KEY, "report_id", "earlier"]
    rows = found[columns].itertuples(index=False, name=None)
    assert {row[:3]: row[3:] for row in rows} == expected
    assert len(found) == len(expected)


@thorough
@given(worlds, cutoffs)
def test_every_report_in_force_fills_a_cell_or_stands_outside_the_calendar(
    world: World, cutoff: date
) -> None:
    in_force = measures.in_force(world.history, cutoff)
    filling = world.cells(cutoff)["report_id"].dropna()
    outside = measures.outside_calendar(world.slots, in_force, MEMBERS)["report_id"]
    assert sorted([*filling, *outside]) == sorted(in_force["report_id"])


@thorough
@given(worlds, cutoffs, groupings)
def test_silent_cells_are_the_counted_silence(
    world: World, cutoff: date, by: tuple[str, ...]
) -> None:
    silent = measures.silent(world.cells(cutoff))
    assert len(silent) == world.measures((), cutoff).loc[0, SIN_REPORTE]
    counted = world.measures(by, cutoff).query("sin_reporte > 0")
    if by:
        by_group = silent.groupby(list(by)).size()
        assert sorted(by_group) == sorted(counted[SIN_REPORTE])


@thorough
@given(worlds, st.lists(cutoffs, max_size=2), groupings)
def test_measures_at_successive_cutoffs_equal_those_at_each(
    world: World, days: list[date], by: tuple[str, ...]
) -> None:
    along = measures.as_of(world.slots, COUNTRIES, world.history, days, by, threshold=THRESHOLD)
    assert along["cutoff"].drop_duplicates().tolist() == sorted(set(days)) or along.empty
    for day in days:
        at_day = along.loc[along["cutoff"] == day].drop(columns="cutoff").reset_index(drop=True)
        assert_frame_equal(at_day, world.measures(by, day))


@thorough
@given(worlds, cutoffs)
def test_nothing_changes_between_a_cutoff_and_itself(world: World, cutoff: date) -> None:
    assert measures.change_between(world.cells(cutoff), world.cells(cutoff)).empty


@thorough
@given(worlds, cutoffs, cutoffs)
def test_changes_account_for_every_new_report_and_every_new_silence(
    world: World, one: date, other: date
) -> None:
    then, now = world.cells(min(one, other)), world.cells(max(one, other))
    changes = measures.change_between(then, now)
    assert changes["newly_reported"].sum() == now["report_id"].count() - then["report_id"].count()
    fell_due = now["due"] & ~then["due"] & now["state"].ne("no_aplica")
    assert changes["newly_due"].sum() == fell_due.sum()
    both_known = then["report_id"].notna() & now["report_id"].notna()
    corrected = (then["report_id"] != now["report_id"])[both_known].sum()
    assert changes["corrected"].sum() == corrected
    silenced = measures.silent(now).merge(measures.silent(then), how="outer", indicator=True)
    assert changes["newly_silent"].sum() == (silenced["_merge"] == "left_only").sum()
    assert not (changes["advanced"] & changes["gone_back"]).any()
    spoken = changes["newly_reported"] | changes["corrected"]
    assert not (changes[["advanced", "gone_back"]].any(axis="columns") & ~spoken).any()


# The same by hand


ONE_YEAR = World({("I.1.1", 2018): "Continuo"}, [])


@pytest.mark.parametrize(
    ("cutoff", "reporting", "due"),
    [
        (date(2018, 6, 30), Reporting.EN_PLAZO, False),
        (date(2018, 7, 1), Reporting.SIN_REPORTE, True),
        (date(2018, 1, 1), Reporting.EN_PLAZO, False),
        (date(2017, 12, 31), Reporting.AUN_NO_VENCE, False),
    ],
)
def test_a_slot_is_due_from_the_day_after_its_semester(
    cutoff: date, reporting: Reporting, due: bool
) -> None:
    first = ONE_YEAR.cells(cutoff).query("semester == '2018-1'")
    assert set(first["reporting"]) == {reporting}
    assert set(first["due"]) == {due}


def test_a_report_ahead_of_its_due_date_is_seen_and_not_counted() -> None:
    world = World(ONE_YEAR.marks, [report("HND", "I.1.1", "2018-1", 40, "2018-05-02")])
    cells = world.cells(date(2018, 6, 1)).query("country == 'HND' and semester == '2018-1'")
    assert cells["reporting"].tolist() == [Reporting.REPORTADO]
    assert world.measures((), date(2018, 6, 1)).loc[0, "expected"] == 0


def test_progress_and_interval_of_a_group_by_hand() -> None:
    """Two countries × two years: the silent slots move the interval, not the mean."""
    world = World(
        {("I.1.1", 2018): "Continuo", ("I.1.1", 2019): "I Semestre"},
        [
            report("BLZ", "I.1.1", "2018-1", 100, "2018-07-10"),
            report("BLZ", "I.1.1", "2018-2", None, "2019-01-10"),
            report("HND", "I.1.1", "2018-1", 50, "2018-07-10"),
            report("HND", "I.1.1", "2018-2", 0, "2019-01-10"),
        ],
    )
    measured = world.measures((), date(2019, 7, 1)).iloc[0]
    assert (measured["expected"], measured["reported"], measured["no_aplica"]) == (5, 3, 1)
    assert measured["coverage"] == pytest.approx(0.6)
    assert measured["progress"] == pytest.approx(50)
    assert (measured["low"], measured["high"]) == (pytest.approx(30), pytest.approx(70))
    assert not measured["withheld"]
    counts = ["cumplida", "en_curso", "no_iniciada", "suspendida", "sin_reporte"]
    assert measured[counts].tolist() == [1, 1, 1, 0, 2]


def test_a_report_ahead_of_its_due_date_does_not_move_the_progress() -> None:
    world = World(
        ONE_YEAR.marks,
        [
            report("HND", "I.1.1", "2018-1", 40, "2018-07-10"),
            report("HND", "I.1.1", "2018-2", 90, "2018-08-10"),
        ],
    )
    assert world.measures((), date(2018, 9, 1)).loc[0, "progress"] == 40


def test_the_region_has_no_cells_though_it_reports() -> None:
    members = pd.DataFrame({"country": MEMBERS})
    reports = [report(REGION, "I.1.1", "2018-1", 40, "2018-07-10")]
    day = date(2018, 8, 1)
    cells = measures.cells(ONE_YEAR.slots, members, history_of(reports), day)
    assert_frame_equal(cells, ONE_YEAR.cells(day))


def test_silence_is_no_zero() -> None:
    measured = ONE_YEAR.measures((), date(2019, 1, 1)).iloc[0]
    assert pd.isna(measured["progress"])
    assert (measured["low"], measured["high"]) == (0, 100)
    assert measured["no_iniciada"] == 0


def test_not_applicable_everywhere_expects_nothing() -> None:
    reports = [
        report(country, "I.1.1", semester, None, "2019-01-10")
        for country in MEMBERS
        for semester in ("2018-1", "2018-2")
    ]
    measured = World(ONE_YEAR.marks, reports).measures((), date(2019, 2, 1)).iloc[0]
    assert (measured["expected"], measured["no_aplica"]) == (0, 4)
    assert measured[["coverage", "progress", "low", "high"]].isna().all()
    assert not measured["withheld"]


def test_a_group_without_a_due_slot_keeps_its_row() -> None:
    measured = ONE_YEAR.measures(("semester",), date(2018, 8, 1))
    assert measured["semester"].tolist() == ["2018-1", "2018-2"]
    assert measured["expected"].tolist() == [2, 0]
    assert measured["coverage"].isna().tolist() == [False, True]


def test_the_trend_has_only_semesters_that_are_due() -> None:
    trend = measures.trend(ONE_YEAR.cells(date(2018, 8, 1)), threshold=THRESHOLD)
    assert trend["semester"].tolist() == ["2018-1"]


def test_groups_stand_in_the_order_of_the_plan() -> None:
    world = World({(activity, 2018): "Continuo" for activity in reversed(ACTIVITIES)}, [])
    measured = world.measures(("line",), date(2018, 8, 1))
    assert measured["line"].tolist() == ["I", "IX", "X"]


def test_without_any_slot_the_total_is_one_row_of_nothing() -> None:
    measured = World({}, []).measures((), date(2018, 8, 1))
    assert measured["expected"].tolist() == [0]
    assert World({}, []).measures(("line",), date(2018, 8, 1)).empty


def test_two_reports_in_force_for_one_slot_are_refused() -> None:
    twice = [report("HND", "I.1.1", "2018-1", percent, "2018-07-10") for percent in (10, 20)]
    with pytest.raises(pd.errors.MergeError):
        measures.cells(ONE_YEAR.slots, COUNTRIES, history_of(twice), date(2018, 8, 1))


def test_of_two_reports_of_one_day_the_later_in_the_store_is_in_force() -> None:
    twice = [report("HND", "I.1.1", "2018-1", percent, "2018-07-10") for percent in (10, 20)]
    found = measures.in_force(history_of(twice), date(2018, 7, 10))
    assert found["percent"].tolist() == [20]
    assert found["earlier"].tolist() == [1]


def test_next_due_is_the_open_semester() -> None:
    nearest = measures.next_due(ONE_YEAR.cells(date(2018, 3, 1)), date(2018, 3, 1))
    assert set(nearest["semester"]) == {"2018-1"}
    assert set(nearest["ends"]) == {date(2018, 6, 30)}


def test_next_due_skips_a_semester_without_slots() -> None:
    world = World({("I.1.1", 2018): "I Semestre", ("I.1.1", 2019): "II Semestre"}, [])
    nearest = measures.next_due(world.cells(date(2018, 9, 1)), date(2018, 9, 1))
    assert set(nearest["semester"]) == {"2019-2"}


def test_nothing_falls_due_after_the_last_slot() -> None:
    assert measures.next_due(ONE_YEAR.cells(date(2019, 1, 1)), date(2019, 1, 1)).empty


def test_the_range_leaves_out_countries_under_the_threshold() -> None:
    world = World(
        ONE_YEAR.marks,
        [
            report("BLZ", "I.1.1", "2018-1", 20, "2018-07-10"),
            report("BLZ", "I.1.1", "2018-2", 40, "2019-01-10"),
            report("HND", "I.1.1", "2018-1", 60, "2018-07-10"),
        ],
    )
    by_country = measures.summary(world.cells(date(2019, 2, 1)), ("line", "country"), threshold=0.6)
    ranges = measures.region_range(by_country, ("line",))
    assert ranges.to_dict("records") == [
        {"line": "I", "lowest": 30.0, "highest": 30.0, "countries": 1}
    ]


def test_without_a_country_above_the_threshold_there_is_no_range() -> None:
    by_country = ONE_YEAR.measures(("country",), date(2019, 2, 1))
    ranges = measures.region_range(by_country)
    assert ranges["countries"].tolist() == [0]
    assert ranges[["lowest", "highest"]].isna().all(axis=None)


THEN, NOW = date(2018, 8, 1), date(2019, 2, 1)


def change(*reports: ReportRow) -> pd.Series:
    """Return the change of the last report's cell."""
    world = World(ONE_YEAR.marks, list(reports))
    changes = measures.change_between(world.cells(THEN), world.cells(NOW))
    country, _, semester = reports[-1][:3]
    found = changes.loc[(changes["country"] == country) & (changes["semester"] == semester)]
    assert len(found) == 1
    return found.iloc[0]


def flags(change: pd.Series) -> set[str]:
    return {name for name in CHANGES if change[name]}


def test_a_new_report_above_the_last_one_has_advanced() -> None:
    found = change(
        report("HND", "I.1.1", "2018-1", 30, "2018-07-10"),
        report("HND", "I.1.1", "2018-2", 55, "2019-01-10"),
    )
    assert flags(found) == {"newly_reported", "advanced", "newly_due"}
    assert (found["semester_before"], found["percent_before"]) == ("2018-1", 30)
    assert found["percent"] == 55


def test_a_correction_downwards_has_gone_back() -> None:
    found = change(
        report("HND", "I.1.1", "2018-1", 100, "2018-07-10"),
        report("HND", "I.1.1", "2018-1", 80, "2018-09-10"),
    )
    assert flags(found) == {"corrected", "gone_back"}
    assert (found["state_before"], found["state"]) == ("cumplida", "en_curso")


def test_a_correction_to_not_applicable_neither_advances_nor_goes_back() -> None:
    found = change(
        report("HND", "I.1.1", "2018-1", 40, "2018-07-10"),
        report("HND", "I.1.1", "2018-1", None, "2018-09-10"),
    )
    assert flags(found) == {"corrected"}


def test_what_does_not_apply_is_reported_but_did_not_fall_due() -> None:
    found = change(report("HND", "I.1.1", "2018-2", None, "2019-01-10"))
    assert flags(found) == {"newly_reported"}


def test_a_first_report_has_nothing_to_be_compared_with() -> None:
    found = change(report("HND", "I.1.1", "2018-1", 40, "2018-09-10"))
    assert flags(found) == {"newly_reported"}
    assert found["state_before"] is None
    assert pd.isna(found["percent_before"])


def test_a_semester_that_ended_without_a_report_is_newly_due_and_newly_silent() -> None:
    changes = measures.change_between(ONE_YEAR.cells(THEN), ONE_YEAR.cells(NOW))
    assert set(changes["semester"]) == {"2018-2"}
    assert changes[["newly_due", "newly_silent"]].all(axis=None)
    assert not changes[["newly_reported", "corrected", "advanced", "gone_back"]].any(axis=None)


# On time


def punctual(world: World, cutoff: date, by: Sequence[str], grace: int) -> pd.DataFrame:
    return measures.punctuality(world.cells(cutoff), world.history, by, grace_days=grace)


graces = st.integers(0, 400)


@thorough
@given(worlds, cutoffs, groupings, graces)
def test_punctuality_counts_what_the_summary_counts_and_no_more_on_time(
    world: World, cutoff: date, by: tuple[str, ...], grace: int
) -> None:
    found, summed = punctual(world, cutoff, by, grace), world.measures(by, cutoff)
    keys = [*by, "expected", "reported"]
    assert_frame_equal(found[keys], summed[keys])
    assert (found["on_time"] <= found["reported"]).all()


@thorough
@given(worlds, cutoffs, graces, graces)
def test_more_grace_never_makes_a_report_late(
    world: World, cutoff: date, grace: int, more: int
) -> None:
    [less] = punctual(world, cutoff, (), grace)["on_time"]
    [longer] = punctual(world, cutoff, (), grace + more)["on_time"]
    assert less <= longer


@thorough
@given(worlds, cutoffs)
def test_with_grace_without_end_every_report_is_on_time(world: World, cutoff: date) -> None:
    found = punctual(world, cutoff, ("country", "semester"), 10_000)
    assert (found["on_time"] == found["reported"]).all()


@thorough
@given(worlds, cutoffs, graces, st.lists(report_rows(), max_size=8))
def test_reports_after_the_cutoff_change_no_punctuality(
    world: World, cutoff: date, grace: int, later: list[ReportRow]
) -> None:
    beyond = [row for row in later if row[-1] > cutoff]
    history = history_of([*world.reports, *beyond])
    found = measures.punctuality(world.cells(cutoff), history, (), grace_days=grace)
    assert_frame_equal(found, punctual(world, cutoff, (), grace))


@pytest.mark.parametrize(("day", "on_time"), [("2018-08-29", 1), ("2018-08-30", 0)])
def test_a_report_is_on_time_up_to_the_last_day_of_grace(day: str, on_time: int) -> None:
    world = World({("I.1.1", 2018): "I Semestre"}, [report("BLZ", "I.1.1", "2018-1", 40, day)])
    [count] = punctual(world, date(2019, 1, 1), (), 60)["on_time"]
    assert count == on_time


def test_a_correction_makes_no_report_late() -> None:
    world = World(
        {("I.1.1", 2018): "I Semestre"},
        [
            report("BLZ", "I.1.1", "2018-1", 40, "2018-07-15"),
            report("BLZ", "I.1.1", "2018-1", 60, "2018-12-15"),
        ],
    )
    [count] = punctual(world, date(2019, 1, 1), (), 60)["on_time"]
    assert count == 1
