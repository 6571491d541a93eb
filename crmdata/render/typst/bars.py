"""Bars in little as what the setter draws: shares, looks, and what they mean."""

from collections.abc import Iterable, Mapping
from typing import Any

from crmdata.content.calendar.schedule import BAR_ORDER
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.render.typst.looks import LATE
from crmdata.terms import SIN_REPORTE

Drawn = dict[str, Any]
"""What the setter draws: texts, numbers, the names of looks."""

_DIGIT = 0.028
"""The share of a bar that a digit of its number takes."""


def bar_of(
    counted: Mapping[str, float], words: Words | None = None, *, late: bool = False
) -> list[Drawn]:
    """Return the parts of a bar in their order; with `words` each says its count if it has room."""
    whole = sum(counted.values())
    found = []
    for state in BAR_ORDER:
        if count := counted.get(state):
            number = words.number(count) if words else ""
            text = number if (len(number) + 0.6) * _DIGIT * whole <= count else ""
            overdue = late and state == SIN_REPORTE
            found.append({"look": state + LATE * overdue, "share": float(count), "text": text})
    return found


def key(words: Words, states: Iterable[str], *, late: bool = False) -> list[Drawn]:
    """Return what the parts of bars mean, of those that there are."""
    there = set(states)
    found = [{"look": state, "text": label(words, state)} for state in BAR_ORDER if state in there]
    return [*found, {"look": SIN_REPORTE + LATE, "text": words("Overdue")}] if late else found
