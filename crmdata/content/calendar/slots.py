"""The states in which a slot is counted and drawn, and what was expected of those that are due."""

from collections.abc import Mapping
from typing import NamedTuple

from crmdata.terms import COUNTED, SIN_REPORTE, Reporting, State

STATES = (*map(str, COUNTED), State.NO_APLICA.value)
"""The order in which the parties of a slot are counted and drawn."""

DRAWN = (*STATES, Reporting.EN_PLAZO.value, Reporting.AUN_NO_VENCE.value)
"""The same, and after them how a silence stands that is not overdue yet."""


class Arrived(NamedTuple):
    """n and N of slots."""

    reported: int
    expected: int


def expected(by_state: Mapping[str, int]) -> Arrived:
    """Return n and N of the counts by state of slots that are due."""
    reported = sum(by_state.get(str(state), 0) for state in COUNTED if state != SIN_REPORTE)
    return Arrived(reported, reported + by_state.get(SIN_REPORTE, 0))
