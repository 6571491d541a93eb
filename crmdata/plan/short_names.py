"""Reads the short names of what the plan holds: a table that people correct, outside the plan."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

from crmdata.errors import N_, Problem
from crmdata.plan.tables import read_rows
from crmdata.search import plain
from crmdata.store.models import NAME_OF

FILE = "short_names.md"

ROOM = {"axis": 32, "line": 32, "result": 50, "activity": 50}
"""The most characters of a name, by level: what a picture has for it."""

_COLUMNS = 3
"""Of a table: the code, the Spanish and the English name."""


def read_short_names(
    folder: Path, levels: Mapping[str, str]
) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Return the rows of `plan_word` for the names of a plan's items, and what is wrong with them.

    `levels` gives every item's code and its level. A plan may have no such file, and an item no
    name: its text stands there whole. What names an item that the plan no longer has waits there.
    """
    rows, problems = read_rows(folder / FILE)
    names_of: dict[str, dict[str, str]] = {}
    taken: set[tuple[str, str]] = set()
    for number, cells in rows:
        if len(cells) != _COLUMNS or cells[0] not in levels:
            continue
        code, es, en = cells
        names = {"es": es, "en": en}
        if code in names_of:
            problems.append(_again(number, code))
        problems += _wrong(number, code, names, ROOM[levels[code]], taken)
        if code not in names_of:
            names_of[code] = names
            taken |= _compared(names)
    return [{"word": f"{NAME_OF}{code}", **names} for code, names in names_of.items()], problems


def _compared(names: Mapping[str, str]) -> set[tuple[str, str]]:
    return {(language, plain(name)) for language, name in names.items()}


def _again(number: int, code: str) -> Problem:
    message, way_out = N_("stands in an earlier row already."), N_("Each code stands once.")
    return Problem("duplicate", message, way_out, FILE, number, "", code)


def _wrong(
    number: int, code: str, names: Mapping[str, str], most: int, taken: AbstractSet[tuple[str, str]]
) -> Iterator[Problem]:
    """Yield what is wrong with the names of one row beside those of the rows before it."""
    for language, name in names.items():
        if not name:
            message = N_("must not be empty.")
            yield Problem("empty", message, N_("Fill it in."), FILE, number, language, code)
        elif len(name) > most:
            yield Problem(
                "long_name",
                N_("has {length} letters; pictures have room for {most}."),
                N_("Find fewer words."),
                FILE,
                number,
                language,
                name,
                values={"length": len(name), "most": most},
            )
        elif (language, plain(name)) in taken:
            message = N_("is the name of another item already.")
            way_out = N_("Each name tells its item from all others.")
            yield Problem("same_name", message, way_out, FILE, number, language, name)
