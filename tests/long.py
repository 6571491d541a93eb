"""Tests of long kinds: a sample of each in `make test`, all of it in `make test-long` (`LONG=1`).

Whatever takes from here belongs to `make test-long`: it runs the modules that import from this one,
what opens a browser, and what runs on both databases. Whoever asks for tests by name gets them all.
With `LONG_UNTIL`, in seconds since 1970, no test begins after that moment, and each that does not
is named, as is one that was begun before and did not end in the time that a test has.
"""

import math
import os
import random
import time
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TypeVar

import pytest

Case = TypeVar("Case")

LONG = os.environ.get("LONG") == "1"
"""Whether this run tries everything."""

only_long = pytest.mark.skipif(not LONG, reason="takes minutes: make test-long")
"""Marks a test that has no short form; another test must stand for its kind in `make test`."""

_UNTIL = float(os.environ.get("LONG_UNTIL") or "inf")
_NO_TIME = "there was no time left for it"


def rounds(few: int, *, full: int) -> int:
    """Return how often something is tried in this run."""
    return full if LONG else few


def sample(cases: Sequence[Case], few: int) -> list[Case]:
    """Return all cases, or `few` of them drawn by a fixed seed, in their order.

    `cases` must have the same order in every process: sort what comes from a set.
    """
    if LONG or few >= len(cases):
        return list(cases)
    drawn = random.Random(few).sample(range(len(cases)), few)
    return [cases[number] for number in sorted(drawn)]


def mark(items: Iterable[pytest.Item]) -> None:
    """Mark as `long` the tests of modules that take from this one, and those that are drawn."""
    drawn = _of_second_database(items) | _of_a_browser(items)
    for item in items:
        if item in drawn or _takes_from_here(item.path):
            item.add_marker("long")


def left_for_long(items: Iterable[pytest.Item]) -> set[pytest.Item]:
    """Return what `make test` leaves to `make test-long`: drawn by name, so always the same.

    Of what runs on both databases that is two thirds of the tests on PostgreSQL: what a test
    claims it claims of the store, and rarely one database alone breaks it. Of each module that
    opens a browser it is half of the tests, for each takes seconds of a core.
    """
    found = {item for item in _of_second_database(items) if _number(item.nodeid) % 3}
    for _, of_module in groupby(sorted(_of_a_browser(items), key=_module), key=_module):
        tests = list(of_module)
        names = sorted({_name(item) for item in tests}, key=_number)
        kept = names[: math.ceil(len(names) / 2)]
        found |= {item for item in tests if _name(item) not in kept}
    return found


def _of_second_database(items: Iterable[pytest.Item]) -> set[pytest.Item]:
    everywhere = {item.nodeid for item in items}
    return {
        item
        for item in items
        if "postgresql" in item.nodeid and item.nodeid.replace("postgresql", "sqlite") in everywhere
    }


def _of_a_browser(items: Iterable[pytest.Item]) -> set[pytest.Item]:
    # A round is one visit for several tests, and drawn as such (tests/browser/rounds.py).
    return {
        item
        for item in items
        if item.get_closest_marker("browser") and "visited" not in getattr(item, "fixturenames", ())
    }


def _module(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]


def _name(item: pytest.Item) -> str:
    return item.nodeid.partition("[")[0]


def _number(name: str) -> int:
    """Return a number that a name has in every process."""
    return zlib.crc32(name.encode())


@cache
def _takes_from_here(module: Path) -> bool:
    return "from tests.long import" in module.read_text("utf-8")


def skip_late() -> None:
    """Skip the test that begins now if the time is over."""
    if time.time() > _UNTIL:
        pytest.skip(_NO_TIME)


def leave_out_unfinished(report: pytest.TestReport) -> None:
    """Call a test left out that the limit for one test ended, where time is short for all.

    Without `LONG_UNTIL` it has failed: it hangs, or wants a longer limit (`make test-long`).
    """
    if math.isfinite(_UNTIL) and report.failed and "Timeout (>" in report.longreprtext:
        file, line, _ = report.location
        report.outcome, report.longrepr = "skipped", (file, line or 0, f"Skipped: {_NO_TIME}")


def left_out(skipped: Iterable[pytest.TestReport]) -> list[str]:
    """Return a line for each test that was skipped for want of time, with how many cases it has."""
    late = Counter(
        report.nodeid.partition("[")[0] for report in skipped if _NO_TIME in str(report.longrepr)
    )
    return [f"Left out, no time: {name} ({cases})" for name, cases in sorted(late.items())]
