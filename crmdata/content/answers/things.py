"""What a search can open."""

from typing import NamedTuple

COUNTRY, PARTNER, PAGE = "country", "partner", "page"
"""The kinds beside the levels of the plan."""


class Thing(NamedTuple):
    """What a search can open: a level of the plan or another kind, and its code."""

    kind: str
    code: str
