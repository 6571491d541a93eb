"""Tests of long kinds: a sample of each in `make test`, all of it in `make test-long` (`LONG=1`).

Whatever takes from here belongs to `make test-long`: it runs the modules that import from this one.
With `LONG_UNTIL`, in seconds since 1970, no test begins after that moment, and each that does not
is named, as is one that was begun before and did not end in the time that a test has.
"""

import math
import os
import random
import time
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest

Case = TypeVar("Case")

LONG = os.environ.get("LONG") == "1"
"""Whether this run tries everything."""

only_long = pytest.mark.skipif(not LONG, reason="takes minutes: make test-long")
"""Marks a test that has no short form; another test must stand for its kind in `make test`."""

_ONE_IN = 3

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
    """Mark as `long` the tests whose module takes from this one, and those of a second database."""
    everywhere = {item.nodeid for item in items}
    for item in items:
        if _takes_from_here(item.path) or _is_second(item, everywhere):
            item.add_marker("long")


def second_left_out(items: Iterable[pytest.Item]) -> set[pytest.Item]:
    """Return what this run leaves out of the tests that another one tries on SQLite.

    Of what runs on both databases, `make test` tries a third on PostgreSQL, always the same one:
    what a test claims it claims of the store, and rarely one database alone breaks it.
    """
    everywhere = {item.nodeid for item in items}
    return {
        item
        for item in items
        if not LONG and _is_second(item, everywhere) and zlib.crc32(item.nodeid.encode()) % _ONE_IN
    }


def _is_second(item: pytest.Item, everywhere: Collection[str]) -> bool:
    first = item.nodeid.replace("postgresql", "sqlite")
    return first != item.nodeid and first in everywhere


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
