"""The measures at their borders: a day before or after, an equal percent, nobody expected."""

from datetime import date, timedelta

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from crmdata import measures
from crmdata.measures import briefing
from crmdata.measures.fulfilment import fulfilment, last_states
from crmdata.measures.stages import of_calendar
from crmdata.terms import Period, Reporting, Stage, State, Step
from tests.test_measures import (
    COUNTRIES,
    MEMBERS,
    ONE_YEAR,
    REGION,
    THRESHOLD,
    World,
    change,
    flags,
    history_of,
    report,
)

DAY = date(2018, 9, 1)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
HALF = World({("I.1.1", 2018): "I Semestre"}, [])
"""One slot, 2018-1, of two countries."""


def half(*reports, cutoff: date = DAY) -> pd.DataFrame:
    """Return the two cells of the one slot."""
    return World(HALF.marks, list(reports)).cells(cutoff)


# The day of the cut-off


@pytest.mark.parametrize(("withdrawn", "count"), [(BEFORE, 0), (DAY, 0), (AFTER, 1), (None, 1)])
def test_a_report_withdrawn_on_the_day_of_the_cut_off_counts_no_more(withdrawn, count):
    history = history_of([report("HND", "I.1.1", "2018-1", 40, "2018-07-10")])
    history = history.assign(counts_from=history["reported_on"], withdrawn_on=withdrawn)
    assert len(measures.in_force(history, DAY)) == count


@pytest.mark.parametrize(("since", "count"), [(BEFORE, 1), (DAY, 1), (AFTER, 0)])
def test_a_report_counts_from_its_day_on_whenever_it_was_dated(since, count):
    history = history_of([report("HND", "I.1.1", "2018-1", 40, "2018-07-10")])
    history = history.assign(counts_from=since, withdrawn_on=None)
    assert len(measures.in_force(history, DAY)) == count


@pytest.mark.parametrize(("day", "count"), [(BEFORE, 1), (DAY, 1), (AFTER, 0)])
def test_without_a_review_a_report_counts_from_the_day_it_is_dated(day, count):
    history = history_of([report("HND", "I.1.1", "2018-1", 40, day.isoformat())])
    assert len(measures.in_force(history, DAY)) == count


def test_a_report_withdrawn_on_the_day_it_began_to_count_never_counts():
    history = history_of([report("HND", "I.1.1", "2018-1", 40, "2018-07-10")])
    history = history.assign(counts_from=DAY, withdrawn_on=DAY)
    assert [len(measures.in_force(history, day)) for day in (BEFORE, DAY, AFTER)] == [0, 0, 0]


def test_a_withdrawn_correction_is_no_earlier_report_of_the_slot():
    said = ((20, "2018-07-10"), (30, "2018-07-20"), (40, "2018-07-30"))
    history = history_of([report("HND", "I.1.1", "2018-1", percent, day) for percent, day in said])
    history = history.assign(counts_from=history["reported_on"], withdrawn_on=[None, DAY, None])
    then, now = measures.in_force(history, BEFORE), measures.in_force(history, DAY)
    assert (then["earlier"].tolist(), now["earlier"].tolist()) == ([2], [1])


# The days of a semester


@pytest.mark.parametrize(
    ("day", "reporting"),
    [
        (date(2017, 12, 31), Reporting.AUN_NO_VENCE),
        (date(2018, 1, 1), Reporting.EN_PLAZO),
        (date(2018, 6, 30), Reporting.EN_PLAZO),
        (date(2018, 7, 1), Reporting.SIN_REPORTE),
    ],
)
def test_silence_begins_on_the_day_after_the_semester(day, reporting):
    cells = half(cutoff=day)
    assert cells["reporting"].tolist() == [reporting] * 2
    assert cells["due"].tolist() == [reporting == Reporting.SIN_REPORTE] * 2
    assert len(measures.silent(cells)) == cells["due"].sum()


@pytest.mark.parametrize("day", ["2018-01-01", "2018-06-30"])
def test_a_report_on_the_first_or_last_day_of_its_semester_fills_the_cell(day):
    cells = half(report("HND", "I.1.1", "2018-1", 40, day))
    assert cells["reporting"].tolist() == [Reporting.SIN_REPORTE, Reporting.REPORTADO]


@pytest.mark.parametrize(("day", "ahead"), [(date(2018, 6, 30), 2), (date(2018, 7, 1), 0)])
def test_what_falls_due_next_is_the_open_semester_up_to_its_last_day(day, ahead):
    assert len(measures.next_due(half(cutoff=day), day)) == ahead


def test_what_falls_due_next_names_the_semesters_last_day_and_what_is_reported_already():
    day = date(2018, 6, 30)
    cells = half(report("HND", "I.1.1", "2018-1", 40, "2018-06-29"), cutoff=day)
    ahead, silent = briefing.falling_due(cells, day)
    assert ahead.columns.tolist() == [*cells.columns, "ends"]
    assert ahead["ends"].tolist() == [day] * 2
    assert silent["country"].tolist() == ["BLZ"]


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (date(2018, 12, 31), Stage.NOT_YET_DUE),
        (date(2019, 1, 1), Stage.OPEN),
        (date(2019, 6, 30), Stage.OPEN),
        (date(2019, 7, 1), Stage.DUE),
        (date(2019, 7, 10), Stage.DUE),
        (date(2019, 7, 11), Stage.OVERDUE),
    ],
)
def test_a_semester_is_due_until_its_grace_is_spent(day, stage):
    assert of_calendar("2019-1", day, date(2019, 7, 10)) == stage


def test_without_grace_a_semester_is_overdue_on_the_day_after_its_end():
    assert of_calendar("2019-1", date(2019, 7, 1), date(2019, 6, 30)) == Stage.OVERDUE


# Grace


@pytest.mark.parametrize(("grace", "on_time"), [(9, 0), (10, 1), (11, 1)])
def test_a_report_on_the_last_day_of_grace_is_on_time(grace, on_time):
    said = [report("HND", "I.1.1", "2018-1", 40, "2018-07-10")]
    found = measures.punctuality(half(*said), history_of(said), (), grace_days=grace)
    assert found.to_dict("records") == [{"expected": 2, "reported": 1, "on_time": on_time}]


def test_without_grace_the_semesters_last_day_is_in_time_and_the_next_is_not():
    assert measures.deadline("2018-1", 0) == date(2018, 6, 30)
    assert measures.deadline("2018-1", 1) == date(2018, 7, 1)


def test_of_two_reports_on_a_slot_the_first_decides_whether_it_came_in_time():
    said = [
        report("HND", "I.1.1", "2018-1", 60, "2018-08-20"),
        report("HND", "I.1.1", "2018-1", 40, "2018-07-10"),
    ]
    found = measures.punctuality(half(*said), history_of(said), ("country",), grace_days=10)
    assert found.set_index("country")["on_time"].to_dict() == {"BLZ": 0, "HND": 1}


def test_punctuality_counts_neither_what_is_not_due_nor_what_does_not_apply():
    said = [report("HND", "I.1.1", "2018-1", None, "2018-06-10"),
            report("BLZ", "I.1.1", "2018-1", 10, "2018-06-10")]  # fmt: skip
    early = measures.punctuality(
        half(*said, cutoff=date(2018, 6, 30)), history_of(said), (), grace_days=0
    )
    assert early.to_dict("records") == [{"expected": 0, "reported": 0, "on_time": 0}]
    due = measures.punctuality(half(*said), history_of(said), (), grace_days=0)
    assert due.to_dict("records") == [{"expected": 1, "reported": 1, "on_time": 1}]


def test_in_a_world_without_slots_and_reports_punctuality_names_groups_as_the_summary_does():
    nothing = World({}, [])
    cells = nothing.cells(DAY)
    found = measures.punctuality(cells, nothing.history, ["country"], grace_days=0)
    summed = measures.summary(cells, ["country"], threshold=THRESHOLD)
    assert_frame_equal(found[["country"]], summed[["country"]])


def test_groups_of_punctuality_stand_in_the_order_of_the_plan():
    world = World({(code, 2018): "I Semestre" for code in ("X.1.1", "IX.2.1", "I.1.1")}, [])
    found = measures.punctuality(world.cells(DAY), world.history, ("line",), grace_days=0)
    assert found["line"].tolist() == ["I", "IX", "X"]


@pytest.mark.parametrize("by", [(), ("country",), ("line", "semester")])
def test_of_punctuality_the_groups_and_three_counts_are_told_and_nothing_else(by):
    said = history_of([report("HND", "I.1.1", "2018-1", 40, "2018-07-10")])
    found = measures.punctuality(half(), said, by, grace_days=60)
    assert found.columns.tolist() == [*by, "expected", "reported", "on_time"]


# Percents side by side


@pytest.mark.parametrize(
    ("then", "now", "moved"),
    [
        (40, 40.01, {"advanced"}),
        (40, 40, set()),
        (40, 39.99, {"gone_back"}),
        (0, 0, set()),
        (0, 0.01, {"advanced"}),
        (99.99, 100, {"advanced"}),
        (100, 99.99, {"gone_back"}),
        (100, 100, set()),
        (None, 40, set()),
        (40, None, set()),
    ],
)
def test_an_unchanged_percent_neither_advances_nor_goes_back(then, now, moved):
    within = change(
        report("HND", "I.1.1", "2018-1", then, "2018-07-10"),
        report("HND", "I.1.1", "2018-1", now, "2018-09-10"),
    )
    assert flags(within) == {"corrected", *moved}
    across = change(
        report("HND", "I.1.1", "2018-1", then, "2018-07-10"),
        report("HND", "I.1.1", "2018-2", now, "2019-01-10"),
    )
    # What does not apply is reported, and is not expected.
    due = set() if now is None else {"newly_due"}
    assert flags(across) == {"newly_reported", *due, *moved}


def test_a_report_is_compared_with_no_later_semester_and_no_other_country_or_activity():
    world = World(
        {("I.1.1", 2018): "Continuo", ("I.1.2", 2018): "Continuo"},
        [
            report("HND", "I.1.1", "2018-2", 10, "2018-07-10"),
            report("BLZ", "I.1.1", "2018-1", 10, "2018-07-10"),
            report("HND", "I.1.2", "2018-1", 10, "2018-07-10"),
            report("HND", "I.1.1", "2018-1", 50, "2018-09-10"),
        ],
    )
    changes = measures.change_between(
        world.cells(date(2018, 8, 1)), world.cells(DAY + 30 * DAY.resolution)
    )
    (found,) = changes.to_dict("records")
    assert {name for name in measures.changes.CHANGES if found[name]} == {"newly_reported"}
    assert found["semester_before"] is None


def test_the_report_before_is_the_one_of_the_nearest_earlier_semester():
    world = World(
        {("I.1.1", 2018): "Continuo", ("I.1.1", 2019): "Continuo"},
        [
            report("HND", "I.1.1", "2018-2", 60, "2019-01-10"),
            report("HND", "I.1.1", "2018-1", 20, "2018-07-10"),
            report("HND", "I.1.1", "2019-1", 40, "2019-07-10"),
        ],
    )
    changes = measures.change_between(world.cells(date(2019, 2, 1)), world.cells(date(2019, 8, 1)))
    found = changes.loc[changes["country"].eq("HND") & changes["semester"].eq("2019-1")].iloc[0]
    assert (found["semester_before"], found["percent_before"]) == ("2018-2", 60)
    assert bool(found["gone_back"])


@pytest.mark.parametrize(("then", "now", "newly"), [(29, 30, 0), (30, 31, 2), (31, 32, 0)])
def test_a_cell_is_newly_due_and_silent_on_one_day_only(then, now, newly):
    first = date(2018, 5, 31)
    cutoffs = first + timedelta(days=then), first + timedelta(days=now)
    changes = measures.change_between(*(half(cutoff=day) for day in cutoffs))
    assert (changes["newly_due"].sum(), changes["newly_silent"].sum()) == (newly, newly)


def test_a_silent_cell_that_was_reported_at_last_is_neither_newly_due_nor_silent():
    said = report("HND", "I.1.1", "2018-1", 40, DAY.isoformat())
    (found,) = measures.change_between(half(said, cutoff=BEFORE), half(said)).to_dict("records")
    assert {name for name in measures.changes.CHANGES if found[name]} == {"newly_reported"}


def test_a_cell_that_only_the_plan_of_now_has_was_neither_due_nor_reported():
    none = World({("I.1.2", 2018): "I Semestre"}, []).cells(BEFORE)
    changes = measures.change_between(
        none, half(report("HND", "I.1.1", "2018-1", 40, "2018-07-10"))
    )
    found = changes.set_index("country")
    assert found["newly_due"].tolist() == [True, True]
    assert found["newly_reported"].to_dict() == {"BLZ": False, "HND": True}
    assert found["newly_silent"].to_dict() == {"BLZ": True, "HND": False}


def test_between_two_empty_pictures_nothing_changes():
    nothing = World({}, []).cells(DAY)
    changes = measures.change_between(nothing, nothing)
    assert changes.empty
    assert changes.columns[:3].tolist() == ["axis", "line", "result"]


# Nobody expected


@pytest.mark.parametrize("by", [(), ("country",), ("line", "semester")])
def test_where_nobody_is_expected_no_share_is_a_number_and_nothing_is_withheld(by):
    everybody = [report(code, "I.1.1", "2018-1", None, "2018-07-10") for code in MEMBERS]
    for cells in (half(*everybody), half(cutoff=date(2018, 6, 30))):
        found = measures.summary(cells, by, threshold=1.0)
        assert found["expected"].tolist() == [0] * len(found)
        assert found[["coverage", "progress", "low", "high"]].isna().all(axis=None)
        assert not found["withheld"].any()


def test_where_nobody_reported_the_interval_is_all_of_it_and_the_mean_is_nothing():
    (found,) = measures.summary(half(), (), threshold=THRESHOLD).to_dict("records")
    assert (found["expected"], found["reported"], found["coverage"]) == (2, 0, 0.0)
    assert (found["low"], found["high"]) == (0.0, 100.0)
    assert pd.isna(found["progress"])
    assert found["withheld"]


def test_where_everybody_reported_the_interval_is_the_mean():
    said = [report("BLZ", "I.1.1", "2018-1", 99.99, "2018-07-10"),
            report("HND", "I.1.1", "2018-1", 0, "2018-07-10")]  # fmt: skip
    (found,) = measures.summary(half(*said), (), threshold=1.0).to_dict("records")
    assert found["coverage"] == 1
    assert found["low"] == found["progress"] == found["high"] == pytest.approx(49.995)
    assert not found["withheld"]


def test_of_one_expected_report_the_shares_are_numbers():
    own = half(report("BLZ", "I.1.1", "2018-1", 40, "2018-07-10"))
    found = measures.summary(own, ["country"], threshold=0.5).set_index("country")
    assert found["expected"].tolist() == [1, 1]
    assert found.loc["BLZ", ["coverage", "progress", "low", "high"]].tolist() == [1, 40, 40, 40]
    assert found.loc["HND", ["coverage", "low", "high"]].tolist() == [0, 0, 100]


def test_measured_groups_are_numbered_from_nought_whatever_their_order_was():
    found = measures.summary(half().iloc[::-1], ["country"], threshold=0.5)
    assert found["country"].tolist() == ["BLZ", "HND"]
    assert found.index.tolist() == [0, 1]


def test_in_a_world_without_slots_there_is_no_trend_no_silence_and_nothing_due():
    nothing = World({}, []).cells(DAY)
    assert measures.trend(nothing, threshold=THRESHOLD).empty
    assert measures.silent(nothing).empty
    assert measures.next_due(nothing, DAY).empty
    assert briefing.owed(nothing).columns.tolist() == ["line", "activity", "semesters"]


# The threshold


@pytest.mark.parametrize(("threshold", "withheld"), [(0.49, False), (0.5, False), (0.51, True)])
def test_at_exactly_the_threshold_the_progress_is_shown(threshold, withheld):
    cells = half(report("HND", "I.1.1", "2018-1", 40, "2018-07-10"))
    for by in ((), ("line",)):
        found = measures.summary(cells, by, threshold=threshold)
        assert found["withheld"].tolist() == [withheld]
    ranges = measures.region_range(measures.summary(cells, ("country",), threshold=threshold))
    assert ranges["countries"].tolist() == [1]


def test_a_country_at_exactly_the_threshold_stands_in_the_range():
    said = [report("HND", "I.1.1", "2018-1", 20, "2018-07-10"),
            report("BLZ", "I.1.1", "2018-1", 30, "2018-07-10"),
            report("BLZ", "I.1.1", "2018-2", 50, "2019-01-10")]  # fmt: skip
    cells = World(ONE_YEAR.marks, said).cells(date(2019, 2, 1))
    by_country = measures.summary(cells, ("line", "country"), threshold=0.5)
    for ranges in (measures.region_range(by_country), measures.region_range(by_country, ("line",))):
        (row,) = ranges.to_dict("records")
        assert (row["lowest"], row["highest"], row["countries"]) == (20.0, 40.0, 2)


@pytest.mark.parametrize(("threshold", "withheld"), [(0.5, False), (0.51, True)])
def test_the_whole_is_withheld_by_the_threshold_that_is_asked_for(threshold, withheld):
    cells = half(report("HND", "I.1.1", "2018-1", 40, "2018-07-10"))
    assert measures.whole(cells, threshold=threshold).withheld == withheld


# Fulfilled by all, by none


def states(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Return reports in force: country, activity, semester, state."""
    return pd.DataFrame(list(rows), columns=["country", "activity", "semester", "state"])


@pytest.mark.parametrize(
    ("rows", "by_all", "by_none"),
    [
        ([], 0, 1),
        ([("HND", State.CUMPLIDA)], 0, 0),
        ([("HND", State.CUMPLIDA), ("BLZ", State.EN_CURSO)], 0, 0),
        ([("HND", State.CUMPLIDA), ("BLZ", State.CUMPLIDA)], 1, 0),
        ([("HND", State.CUMPLIDA), ("BLZ", State.NO_APLICA)], 1, 0),
        ([("HND", State.NO_APLICA), ("BLZ", State.NO_APLICA)], 0, 1),
        ([("HND", State.NO_APLICA), ("BLZ", State.EN_CURSO)], 0, 1),
        ([(REGION, State.CUMPLIDA)], 0, 1),
        ([("HND", State.CUMPLIDA), (REGION, State.CUMPLIDA)], 0, 0),
    ],
)
def test_an_activity_is_fulfilled_by_all_where_it_is_by_every_member_it_applies_to(
    rows, by_all, by_none
):
    said = states(*((country, "I.1.1", "2018-1", state) for country, state in rows))
    found = fulfilment(["I.1.1"], said, MEMBERS)
    assert found == (1, by_all, by_none)


def test_only_the_activities_asked_for_are_counted_as_fulfilled():
    said = states(("HND", "I.1.2", "2018-1", State.CUMPLIDA),
                  ("BLZ", "I.1.2", "2018-1", State.CUMPLIDA))  # fmt: skip
    assert fulfilment(["I.1.1", "I.1.3"], said, MEMBERS) == (2, 0, 2)


def test_the_state_that_counts_is_that_of_the_latest_semester_wherever_its_row_stands():
    said = states(("HND", "I.1.1", "2019-1", State.CUMPLIDA),
                  ("HND", "I.1.1", "2018-2", State.EN_CURSO),
                  ("BLZ", "I.1.1", "2018-1", State.SUSPENDIDA))  # fmt: skip
    found = last_states(said, MEMBERS)
    assert found.sort_values("country").to_numpy().tolist() == [
        ["I.1.1", "BLZ", State.SUSPENDIDA],
        ["I.1.1", "HND", State.CUMPLIDA],
    ]
    assert found.index.tolist() == [0, 1]


# Successive cut-offs


def test_pictures_come_by_time_and_each_day_once():
    said = [report("HND", "I.1.1", "2018-1", 40, "2018-07-10")]
    days = [DAY, date(2018, 7, 9), DAY, date(2018, 7, 10)]
    found = measures.as_of(HALF.slots, COUNTRIES, history_of(said), days, threshold=THRESHOLD)
    assert found["cutoff"].tolist() == [date(2018, 7, 9), date(2018, 7, 10), DAY]
    assert found["reported"].tolist() == [0, 1, 1]
    assert found.columns[:2].tolist() == ["cutoff", "expected"]
    assert found.index.tolist() == [0, 1, 2]


def test_without_a_cut_off_there_is_no_picture_and_its_columns_stand():
    none = measures.as_of(HALF.slots, COUNTRIES, HALF.history, [], ("line",), threshold=THRESHOLD)
    one = measures.as_of(HALF.slots, COUNTRIES, HALF.history, [DAY], ("line",), threshold=THRESHOLD)
    assert none.empty
    assert none.columns.tolist() == one.columns.tolist()


# Meetings

MEETINGS = pd.DataFrame({
    "meeting": ["first", "second", "second-again", "third"],
    "corte": [BEFORE, DAY, DAY, AFTER],
})  # fmt: skip


@pytest.mark.parametrize(
    ("day", "before", "at", "after"),
    [
        (BEFORE, None, "first", "second"),
        (DAY, "first", "second-again", "third"),
        (AFTER, "second-again", "third", None),
    ],
)
def test_the_meeting_of_the_cut_off_is_neither_before_nor_after_it(day, before, at, after):
    looks = measures.meeting_before, measures.meeting_at, measures.meeting_after
    rows = [look(MEETINGS, day) for look in looks]
    assert [row and row["meeting"] for row in rows] == [before, at, after]


@pytest.mark.parametrize(
    ("asked", "cutoff", "day"),
    [
        (DAY, DAY, BEFORE),
        (AFTER, DAY, BEFORE),
        (BEFORE, DAY, BEFORE),
        (None, AFTER, DAY),
        (None, BEFORE, date(2017, 1, 1)),
        (None, date(2017, 1, 2), date(2017, 1, 1)),
        (None, date(2017, 1, 1), None),
        (None, date(2016, 1, 1), None),
        (date(2016, 1, 2), date(2016, 1, 1), None),
    ],
)
def test_a_cut_off_is_compared_with_a_day_that_lies_before_it_or_with_none(asked, cutoff, day):
    assert measures.first_day(asked, cutoff, MEETINGS, date(2017, 1, 1)) == day


def test_without_any_meeting_there_is_none_before_at_or_after():
    nothing = MEETINGS.iloc[:0]
    for look in (measures.meeting_before, measures.meeting_at, measures.meeting_after):
        assert look(nothing, DAY) is None


# Stages


def a_stage(cells: pd.DataFrame, day: date = DAY, batches=(), closed=()) -> list[tuple[str, ...]]:
    rows = pd.DataFrame(list(batches), columns=["country", "semester", "step", "answered"])
    shut = pd.DataFrame(list(closed), columns=["country", "semester"])
    found = measures.stages(cells, rows, shut, day, 60, members=MEMBERS)
    return list(found[["country", "semester", "stage"]].itertuples(index=False, name=None))


def test_a_closed_semester_in_which_nothing_is_foreseen_expects_nothing_and_has_nothing():
    none = pd.DataFrame(columns=["country", "semester", "step", "answered"])
    shut = pd.DataFrame([("HND", "2022-2")], columns=["country", "semester"])
    cells = half(report("HND", "I.1.1", "2018-1", 50, "2018-07-10"))
    found = measures.stages(cells, none, shut, DAY, 60, members=MEMBERS).set_index(
        ["country", "semester"]
    )
    assert tuple(found.loc[("HND", "2022-2"), ["expected", "reported"]]) == (0, 0)


def test_where_nothing_is_expected_a_semester_is_accepted_and_not_overdue():
    everybody = [report(code, "I.1.1", "2018-1", None, "2018-07-10") for code in MEMBERS]
    assert a_stage(half(*everybody), date(2020, 1, 1)) == []
    one = half(everybody[0])
    assert a_stage(one, date(2020, 1, 1)) == [("HND", "2018-1", "overdue")]


def test_what_is_closed_or_waits_has_a_row_even_where_the_plan_foresees_nothing():
    nothing = World({}, []).cells(DAY)
    found = a_stage(nothing, batches=[("HND", "2018-1", Step.SUBMITTED, False)],
                    closed=[("BLZ", "2018-1")])  # fmt: skip
    assert found == [("BLZ", "2018-1", "closed"), ("HND", "2018-1", "submitted")]


def test_the_region_has_no_stage_and_keeps_nobody_elses():
    nothing = World({}, []).cells(DAY)
    found = a_stage(nothing, batches=[("HND", "2018-1", Step.SUBMITTED, False)],
                    closed=[(REGION, "2018-1"), ("BLZ", "2018-1")])  # fmt: skip
    assert [country for country, *_ in found] == ["BLZ", "HND"]


def test_what_was_sent_back_is_told_whatever_the_order_of_the_rows():
    back = ("HND", "2018-1", Step.SENT_BACK, False)
    accepted = ("HND", "2018-1", Step.ACCEPTED, False)
    for rows in ([back, accepted], [accepted, back]):
        assert a_stage(half(), batches=rows)[1] == ("HND", "2018-1", "sent_back")


# A country's sheet


def test_runs_break_at_the_first_missing_semester():
    first, second = briefing.runs(["2018-2", "2018-1", "2019-2"])
    assert first == (Period.parse("2018-1"), Period.parse("2018-2"))
    assert second == (Period.parse("2019-2"), Period.parse("2019-2"))
    assert briefing.runs([]) == []
    assert briefing.runs(["2018-1", "2018-2", "2019-1"]) == [
        (Period.parse("2018-1"), Period.parse("2019-1"))
    ]


def test_what_is_owed_comes_in_the_order_of_the_plan():
    codes = ["I.1.2", "I.1.10", "V.1.1", "IX.1.1"]
    slots = pd.DataFrame([
        {"axis": 1, "line": code.split(".")[0], "result": code.rpartition(".")[0],
         "activity": code, "semester": "2018-1"}
        for code in reversed(codes)
    ])  # fmt: skip
    cells = measures.cells(slots, COUNTRIES, HALF.history.assign(counts_from=None), DAY)
    assert briefing.owed(cells)["activity"].tolist() == codes


def test_the_newest_changes_are_those_of_reports_newest_first_then_the_plans_order():
    marks = {(code, 2018): "I Semestre" for code in ("X.1.1", "IX.2.1", "I.1.1", "I.1.2")}
    said = [
        report("HND", "I.1.1", "2018-1", 40, "2018-07-20"),
        report("HND", "IX.2.1", "2018-1", 40, "2018-07-20"),
        report("HND", "X.1.1", "2018-1", 40, "2018-07-10"),
        report("HND", "X.1.1", "2018-1", 50, "2018-07-30"),
    ]
    world = World(marks, said)
    now = world.cells(DAY)
    changes = measures.change_between(world.cells(date(2018, 7, 15)), now)
    newest = measures.by_report(changes)
    assert newest["activity"].tolist() == ["X.1.1", "I.1.1", "IX.2.1"]
    assert newest["reported_on"].tolist() == [date(2018, 7, 30), *[date(2018, 7, 20)] * 2]
    assert briefing.change_counts(changes) == {
        "newly_reported": 2, "corrected": 1, "advanced": 1, "gone_back": 0, "newly_due": 0,
        "newly_silent": 0,
    }  # fmt: skip


def test_many_changes_of_one_day_keep_the_plans_order():
    codes = [f"I.1.{n}" for n in range(1, 41)]
    changes = pd.DataFrame({
        "activity": codes, "newly_reported": True, "corrected": False,
        "reported_on": [DAY if n % 2 else BEFORE for n in range(40)],
    })  # fmt: skip
    newest = measures.by_report(changes)
    assert newest["activity"].tolist() == codes[1::2] + codes[::2]


def test_without_changes_there_are_no_newest_ones():
    cells = half()
    changes = measures.change_between(cells, cells)
    assert measures.by_report(changes).empty
    assert set(briefing.change_counts(changes).values()) == {0}


def test_cooperation_of_other_countries_and_activities_stays_out():
    rows = pd.DataFrame({
        "activity": ["X.1.1", "I.1.1", "I.1.1", "II.1.1"],
        "countries": ["HND;GTM", "CRM", "GTM", "HND"],
    })  # fmt: skip
    own, region = briefing.cooperation(rows, "HND", ["I.1.1", "X.1.1"], region="CRM")
    assert own[["activity", "countries"]].to_numpy().tolist() == [["X.1.1", "HND;GTM"]]
    assert region[["activity", "countries"]].to_numpy().tolist() == [["I.1.1", "CRM"]]
    nothing = briefing.cooperation(rows.iloc[:0], "HND", [], region="CRM")
    assert [len(part) for part in nothing] == [0, 0]


def test_cooperation_comes_in_the_order_of_the_activities_and_then_as_it_was():
    codes = ["IX.2.1" if n % 2 else "V.1.1" for n in range(40)]
    rows = pd.DataFrame({"activity": codes, "countries": "HND", "line": range(40)})
    own, _ = briefing.cooperation(rows, "HND", ["V.1.1", "IX.2.1"], region="CRM")
    assert own["line"].tolist() == [*range(0, 40, 2), *range(1, 40, 2)]


def test_of_two_narratives_of_one_day_the_later_report_stands_first():
    reports = pd.DataFrame({
        "report_id": [1, 3, 2, 4], "activity": ["A", "B", "C", "D"],
        "reported_on": [DAY, DAY, DAY, BEFORE], "narrative": ["a", "b", "c", None],
    })  # fmt: skip
    assert briefing.newest_narratives(reports, 9)["activity"].tolist() == ["B", "C", "A"]
    assert briefing.newest_narratives(reports, 2)["activity"].tolist() == ["B", "C"]
    assert briefing.newest_narratives(reports.iloc[:0], 2).empty


# Rows


def test_a_report_without_a_slot_or_of_the_region_stands_outside_the_calendar():
    said = [
        report("HND", "I.1.1", "2018-1", 40, "2018-07-10"),
        report("HND", "I.1.1", "2018-2", 40, "2018-07-10"),
        report(REGION, "I.1.1", "2018-1", 40, "2018-07-10"),
    ]
    later = history_of([*said, report("BLZ", "I.1.1", "2018-1", 40, "2018-07-10")]).iloc[::-1]
    found = measures.outside_calendar(HALF.slots, later, MEMBERS)
    assert found["report_id"].tolist() == [3, 2]
    assert found.index.tolist() == [0, 1]
    assert measures.outside_calendar(HALF.slots, history_of([]), MEMBERS).empty


def test_silence_is_told_by_slot_and_country_alone():
    found = measures.silent(half(report("BLZ", "I.1.1", "2018-1", 40, "2018-07-10")))
    assert found.to_dict("split")["data"] == [[1, "I", "I.1", "I.1.1", "2018-1", "HND"]]
    assert found.columns.tolist() == [
        "axis", "line", "result", "activity", "semester", "country",
    ]  # fmt: skip


def test_cells_without_a_report_say_none_and_no_number():
    (first, second) = half(report("HND", "I.1.1", "2018-1", 40, "2018-07-10")).to_dict("records")
    assert (first["state"], first["reported_on"]) == (None, None)
    assert pd.isna(first["percent"])
    assert pd.isna(first["report_id"])
    assert (second["state"], second["report_id"]) == (State.EN_CURSO, 1)
