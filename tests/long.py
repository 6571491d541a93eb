"""Tests of long kinds: a sample of each in `make test`, all of it in `make test-long` (`LONG=1`).

Whatever takes from here belongs to `make test-long`: it runs the modules that import this one.
"""

import os
import random
from collections.abc import Sequence
from typing import TypeVar

import pytest

Case = TypeVar("Case")

LONG = os.environ.get("LONG") == "1"
"""Whether this run tries everything."""

only_long = pytest.mark.skipif(not LONG, reason="takes minutes: make test-long")
"""Marks a test that has no short form; another test must stand for its kind in `make test`."""


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
