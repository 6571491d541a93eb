"""What is kept in memory: made once, by one, within a bound, the same as if it were not kept."""

from threading import Event, Thread

import pandas as pd
import pytest

from crmdata.memo import Memo
from tests.patience import PATIENCE


def test_what_is_kept_is_made_once():
    memo, made = Memo(1000), list[int]()
    assert [memo.get("a", lambda: made.append(1) or "x") for _ in range(3)] == ["x"] * 3
    assert made == [1]


def test_whoever_asks_for_what_is_being_made_waits_for_it():
    memo, begun, let_go, made = Memo(1000), Event(), Event(), list[str]()

    def make() -> str:
        begun.set()
        let_go.wait(PATIENCE)
        made.append("once")
        return "x"

    askers = [Thread(target=memo.get, args=("a", make)) for _ in range(3)]
    for asker in askers:
        asker.start()
    assert begun.wait(PATIENCE)
    let_go.set()
    for asker in askers:
        asker.join(PATIENCE)
    assert made == ["once"]


def test_an_error_is_raised_to_who_asked_and_kept_by_nobody():
    memo = Memo(1000)
    with pytest.raises(ZeroDivisionError):
        memo.get("a", lambda: 1 / 0)
    assert memo.get("a", lambda: 1) == 1


def test_what_is_kept_stays_within_the_bound():
    memo = Memo(10_000)
    for number in range(100):
        memo.get(number, lambda: b"x" * 1000)
    kept = [number for number in range(100) if memo.find(number) is not None]
    assert kept == list(range(91, 100))


def test_what_was_asked_for_longest_ago_goes_first():
    memo = Memo(3_000)
    for key in ("a", "b", "a", "c"):
        memo.get(key, lambda: b"x" * 1000)
    assert (memo.find("b"), memo.find("a") is None) == (None, False)


def test_what_is_larger_than_the_bound_is_given_and_not_kept():
    memo = Memo(100)
    assert len(memo.get("a", lambda: b"x" * 1000)) == 1000
    assert memo.find("a") is None


def test_a_frame_that_somebody_writes_to_stays_what_it_was_for_others():
    memo = Memo(10_000)
    mine = memo.get("a", lambda: pd.DataFrame({"n": [1, 2]}))
    mine["n"] = 0
    mine.loc[0, "n"] = 5
    assert list(memo.get("a", lambda: None)["n"]) == [1, 2]


def test_what_is_forgotten_is_made_anew():
    memo = Memo(1000)
    memo.get("a", lambda: 1)
    memo.forget()
    assert (memo.find("a"), memo.get("a", lambda: 2)) == (None, 2)
