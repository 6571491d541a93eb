"""Reads from which numbers on something is said or held back: a table that people correct."""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from crmdata.errors import N_, Problem
from crmdata.plan.tables import read_rows
from crmdata.store.models import THRESHOLD
from crmdata.terms import THRESHOLDS

FILE = "thresholds.md"

HEADING = "Valor · Value"
"""What the file calls the column of values."""

_FEWEST = 2
"""Columns of a row at least: its name and its value; what stands after them is for people."""


class _Range(NamedTuple):
    """What a threshold may be: its least, its most, and what may stand after the number."""

    least: int
    most: int
    unit: str = ""


_RANGES = {
    "cobertura": _Range(0, 100, "%"),
    "plazo": _Range(0, 366, "días?|dias?|days?"),
    "esperados": _Range(1, 1000),
    "iguales": _Range(1, 20),
}


def read_thresholds(folder: Path) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Return the rows of `plan_word` for the thresholds, and what is wrong with them.

    A plan may have no such file, and a file not every row: then the usual value holds.
    """
    rows, problems = read_rows(folder / FILE)
    values: dict[str, str] = {}
    for number, cells in rows:
        found = [*_wrong(number, cells, values)]
        problems += found
        if not found:
            values[cells[0]] = _number(cells) or ""
    return [{"word": f"{THRESHOLD}{name}", "es": value, "en": value}
            for name, value in values.items()], problems  # fmt: skip


def _number(cells: Sequence[str]) -> str | None:
    """Return the whole number of a row that its threshold may be."""
    least, most, unit = _RANGES[cells[0]]
    match = re.fullmatch(rf"(\d{{1,4}})\s*(?:{unit})?", cells[1], re.IGNORECASE)
    return match[1] if match and least <= int(match[1]) <= most else None


def _wrong(number: int, cells: Sequence[str], before: dict[str, str]) -> Iterator[Problem]:
    """Yield what is wrong with one row beside those before it."""
    if len(cells) < _FEWEST:
        message, way_out = N_("has no value."), N_("Write “name | value”.")
        yield Problem("columns", message, way_out, FILE, number)
    elif cells[0] not in THRESHOLDS:
        near = get_close_matches(cells[0].lower(), THRESHOLDS, n=1)
        way_out = N_("Perhaps “{nearest}” was meant.") if near else N_("Known are: {names}.")
        values = {"nearest": "".join(near), "names": ", ".join(THRESHOLDS)}
        message = N_("is no threshold.")
        yield Problem("unknown_key", message, way_out, FILE, number, "", cells[0], values=values)
    elif cells[0] in before:
        message, way_out = N_("stands in an earlier row already."), N_("Each name stands once.")
        yield Problem("duplicate", message, way_out, FILE, number, "", cells[0])
    elif _number(cells) is None:
        least, most, _ = _RANGES[cells[0]]
        message = N_("is no value of “{name}”.")
        way_out = N_("Write a whole number from {least} to {most}.")
        known = {"name": cells[0], "least": least, "most": most}
        yield Problem("bad_value", message, way_out, FILE, number, "value", cells[1],
                      values=known, heading=HEADING)  # fmt: skip
