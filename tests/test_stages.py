"""Where a country's reporting on a semester stands: pure, on small frames."""

from datetime import date, timedelta

import pandas as pd
import pytest

from crmdata import measures
from crmdata.terms import Period, Stage, State, Step

GRACE = 60
END = date(2019, 6, 30)
MEMBERS = ("HND", "PAN")
SEMESTER = "2019-1"


def cells(*states: str | None, semester: str = SEMESTER, country: str = "HND") -> pd.DataFrame:
    """Return a cell a state; None is silence."""
    rows = [
        {"country": country, "semester": semester, "state": state,
         "report_id": pd.NA if state is None else number}
        for number, state in enumerate(states, start=1)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["country", "semester", "state", "report_id"])


def batches(*steps: str, answered: bool = False) -> pd.DataFrame:
    """Return a batch a step; what was sent back is answered or not."""
    rows = [("HND", SEMESTER, step, answered) for step in steps]
    return pd.DataFrame(rows, columns=["country", "semester", "step", "answered"])


def closed(*slots: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(list(slots), columns=["country", "semester"])


def stage(found: pd.DataFrame) -> str:
    (row,) = found.to_dict("records")
    return row["stage"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2018, 12, 31), Stage.NOT_YET_DUE),
        (date(2019, 1, 1), Stage.OPEN),
        (END, Stage.OPEN),
        (END + timedelta(days=1), Stage.DUE),
        (END + timedelta(days=GRACE), Stage.DUE),
        (END + timedelta(days=GRACE + 1), Stage.OVERDUE),
    ],
)
def test_without_a_report_the_calendar_speaks(day, expected):
    found = measures.stages(cells(None), batches(), closed(), day, GRACE, members=MEMBERS)
    assert stage(found) == expected


@pytest.mark.parametrize("grace", [0, 1, 60, 400])
def test_a_semester_is_overdue_from_the_day_after_its_deadline(grace):
    deadline = END + timedelta(days=grace)
    for day, expected in ((deadline, Stage.DUE), (deadline + timedelta(days=1), Stage.OVERDUE)):
        found = measures.stages(
            cells(None), batches(), closed(), max(day, END), grace, members=MEMBERS
        )
        assert stage(found) == (expected if day > END else Stage.OPEN)
        assert found["deadline"].tolist() == [deadline]


def test_it_is_accepted_when_nothing_is_missing_and_not_before():
    later = date(2020, 1, 1)
    whole = measures.stages(
        cells("cumplida", "en_curso"), batches(), closed(), later, GRACE, members=MEMBERS
    )
    part = measures.stages(
        cells("cumplida", None), batches(), closed(), later, GRACE, members=MEMBERS
    )
    assert (stage(whole), stage(part)) == (Stage.ACCEPTED, Stage.OVERDUE)
    assert part[["expected", "reported"]].to_numpy().tolist() == [[2, 1]]


def test_what_does_not_apply_is_not_expected():
    found = measures.stages(
        cells("cumplida", State.NO_APLICA),
        batches(),
        closed(),
        date(2020, 1, 1),
        GRACE,
        members=MEMBERS,
    )
    assert found[["expected", "reported"]].to_numpy().tolist() == [[1, 1]]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((Step.SUBMITTED,), Stage.SUBMITTED),
        ((Step.SENT_BACK,), Stage.SENT_BACK),
        ((Step.SENT_BACK, Step.SUBMITTED), Stage.SUBMITTED),
        ((Step.SUBMITTED, Step.ACCEPTED), Stage.SUBMITTED),
        ((Step.SENT_BACK, Step.ACCEPTED), Stage.SENT_BACK),
        ((Step.ACCEPTED, Step.SENT_BACK), Stage.SENT_BACK),
        ((Step.WITHDRAWN,), Stage.OVERDUE),
        ((Step.RECORDED,), Stage.OVERDUE),
    ],
)
def test_the_review_speaks_before_the_calendar(steps, expected):
    found = measures.stages(
        cells(None), batches(*steps), closed(), date(2020, 1, 1), GRACE, members=MEMBERS
    )
    assert stage(found) == expected


def test_what_was_sent_back_and_answered_leaves_the_calendar_the_word():
    back = batches(Step.SENT_BACK, Step.ACCEPTED, answered=True)
    found = measures.stages(cells(None), back, closed(), date(2020, 1, 1), GRACE, members=MEMBERS)
    assert stage(found) == Stage.OVERDUE


def test_closed_stands_before_all_else():
    found = measures.stages(
        cells(None),
        batches(Step.SUBMITTED),
        closed(("HND", SEMESTER)),
        date(2020, 1, 1),
        GRACE,
        members=MEMBERS,
    )
    assert stage(found) == Stage.CLOSED


def test_what_the_plan_foresees_nothing_for_has_no_row():
    found = measures.stages(cells(), batches(), closed(), date(2020, 1, 1), GRACE, members=MEMBERS)
    assert found.empty


def test_rows_come_by_country_and_time():
    both = pd.concat([cells(None, country="PAN"), cells(None, semester="2018-2"), cells(None)])
    found = measures.stages(both, batches(), closed(), date(2020, 1, 1), GRACE, members=MEMBERS)
    assert found[["country", "semester"]].to_numpy().tolist() == [
        ["HND", "2018-2"], ["HND", "2019-1"], ["PAN", "2019-1"],
    ]  # fmt: skip
    assert all(Period.parse(code) for code in found["semester"])
