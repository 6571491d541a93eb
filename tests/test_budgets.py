"""What one reader may take of a server: counted, measured, and given back with time."""

import pytest

from crmdata.serving.budgets import LONGEST_WAIT, Allowance, Bucket, Budgets, Meter


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def budgets(clock: Clock, **limits: float) -> Budgets:
    return Budgets(Allowance(**limits), clock=clock, processor=clock)


# A bucket


def test_what_is_there_is_taken_without_a_wait(clock):
    bucket = Bucket(3, 1, clock)
    bucket.take(3)
    assert bucket.wait == 0


def test_who_takes_more_waits_until_that_much_is_there_again(clock):
    bucket = Bucket(3, 0.5, clock)
    bucket.take(4)
    assert bucket.wait == 2
    clock.now += 1
    assert bucket.wait == 1


def test_nobody_waits_longer_than_a_line_lives(clock):
    bucket = Bucket(3, 0.5, clock)
    bucket.take(1_000_000)
    assert bucket.wait == LONGEST_WAIT


def test_it_never_holds_more_than_its_size(clock):
    bucket = Bucket(3, 1, clock)
    clock.now += 1_000
    bucket.take(4)
    assert bucket.wait == 1


# What a run costs


def test_a_run_by_itself_costs_the_time_it_took(clock):
    meter = Meter(clock)
    started = meter.start()
    clock.now += 2
    assert meter.end(started) == 2


def test_runs_at_the_same_moment_share_the_time_evenly(clock):
    meter = Meter(clock)
    long = meter.start()
    clock.now += 1
    short = meter.start()
    clock.now += 2
    assert meter.end(short) == 1
    clock.now += 1
    assert meter.end(long) == 3


def test_time_in_which_nothing_runs_is_nobodys(clock):
    meter = Meter(clock)
    clock.now += 5
    started = meter.start()
    clock.now += 1
    assert meter.end(started) == 1


# Readers


def test_tabs_of_one_browser_have_one_budget_and_browsers_each_their_own(clock):
    known = budgets(clock)
    assert known.open("a") is known.open("a")
    assert known.open("a") is not known.open("b")


def test_connections_that_name_no_reader_are_each_their_own(clock):
    known = budgets(clock)
    assert known.open("") is not known.open("")


def test_a_hundred_and_twenty_browsers_of_a_hall_are_all_let_in(clock):
    known = budgets(clock)
    assert all(known.open(str(phone)) for phone in range(120))


def test_one_browser_has_no_more_tabs_than_the_limit_until_it_closes_one(clock):
    known = budgets(clock, tabs=2)
    first, _ = known.open("a"), known.open("a")
    assert known.open("a") is None
    assert first
    known.close(first)
    assert known.open("a") is first


def test_who_closes_all_tabs_and_comes_back_has_no_new_budget(clock):
    known = budgets(clock)
    first = known.open("a")
    assert first
    known.close(first)
    assert known.open("a") is first


def test_who_is_gone_for_long_is_forgotten_at_the_next_arrival(clock):
    known = budgets(clock)
    first = known.open("a")
    assert first
    known.close(first)
    clock.now += 3600
    known.open("b")
    assert known.open("a") is not first


def test_who_took_much_time_waits_while_somebody_else_reads_and_not_when_alone(clock):
    known = budgets(clock, seconds=1, share=0.1)
    greedy, other = known.open("a"), known.open("b")
    assert greedy
    assert other
    known.note_run(greedy)
    greedy.work.take(1.5)
    assert known.work_wait(greedy) == 0
    known.note_run(other)
    assert known.work_wait(greedy) == 5
    assert known.work_wait(other) == 0


def test_who_read_long_ago_counts_no_more(clock):
    known = budgets(clock, seconds=1, share=0.1)
    greedy, other = known.open("a"), known.open("b")
    assert greedy
    assert other
    known.note_run(other)
    clock.now += 60
    known.note_run(greedy)
    greedy.work.take(1.5)
    assert known.work_wait(greedy) == 0
