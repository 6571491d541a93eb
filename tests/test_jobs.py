"""Files in the making: one at a time, only while somebody waits, and kept in memory alone."""

from threading import Event

import pytest

from crmdata.memo import Memo
from crmdata.steps import Step
from crmdata.web.kit import jobs
from crmdata.web.kit.jobs import Job
from tests.patience import PATIENCE

MEMO = Memo(1000)


def started(key: str, make: jobs.Make) -> Job:
    job = Job(key, make, MEMO)
    job.start()
    return job


def over(job: Job) -> None:
    """Return when a job runs no more."""
    assert job.thread
    job.thread.join(PATIENCE)
    assert not job.running


def test_a_file_waits_until_the_one_before_is_made():
    begun, let_go, order = Event(), Event(), list[str]()

    def first(_step: Step) -> bytes:
        begun.set()
        let_go.wait(PATIENCE)
        order.append("first")
        return b"1"

    def second(_step: Step) -> bytes:
        order.append("second")
        return b"2"

    one = started("jobs-first", first)
    assert begun.wait(PATIENCE)
    two = started("jobs-second", second)
    let_go.set()
    over(one)
    over(two)
    assert order == ["first", "second"]
    assert [MEMO.find(key) for key in ("jobs-first", "jobs-second")] == [b"1", b"2"]


def test_work_that_waits_for_its_turn_ends_when_nobody_wants_it_any_more():
    begun, let_go = Event(), Event()

    def first(_step: Step) -> bytes:
        begun.set()
        let_go.wait(PATIENCE)
        return b"1"

    one = started("jobs-long", first)
    assert begun.wait(PATIENCE)
    two = started("jobs-left", lambda _step: b"2")
    two.stop.set()
    over(two)
    let_go.set()
    over(one)
    assert MEMO.find("jobs-left") is None


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_work_that_fails_gives_its_turn_to_the_next():
    def fails(_step: Step) -> bytes:
        raise ValueError

    failing = Job("jobs-fails", fails, MEMO)
    failing.start()
    assert failing.thread
    failing.thread.join(PATIENCE)
    assert failing.failed
    over(started("jobs-after", lambda _step: b"3"))
    assert MEMO.find("jobs-after") == b"3"
