"""JSON: a list of objects, or an object with a list for each subject.

Numbers are kept as they are written, so that `1e1`, `NaN` and `45.0` meet the same rules as in
a CSV. A list in a cell is several values.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from crmdata.errors import N_, Problem
from crmdata.files import SEPARATOR, Subject

SENSE = N_(
    "Send a workbook (.xlsx). Whoever has a program write such files finds their form in the "
    "documentation of the data."
)

_NO_ROWS = N_("The file is one for programs, and holds something else than rows.")
_NESTED = N_("The file is one for programs, and its parts stand within each other too often.")


@dataclass
class Objects:
    """The lists of a file by name; each row is numbered by its place from 1."""

    lists: dict[str, list[tuple[int, dict[str, str]]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class _Refused(Exception):  # noqa: N818 - it ends the reading, and is no error of the program
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.rule)
        self.problem = problem


def read(data: bytes) -> Objects:
    """Read a JSON file."""
    objects = Objects()
    try:
        content = json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=str,
        )  # fmt: skip
    except _Refused as refused:
        objects.problems.append(refused.problem)
    except UnicodeDecodeError:
        objects.problems.append(
            Problem(
                "not_utf8",
                N_("The letters of the file cannot be read: it is damaged, or of another system."),
                SENSE,
            )
        )
    except json.JSONDecodeError as error:
        objects.problems.append(
            Problem(
                "broken_json",
                N_(
                    "The file is one for programs, and breaks off or is wrong in line {line}, "
                    "character {column}."
                ),
                SENSE,
                values={"line": error.lineno, "column": error.colno},
            )
        )
    except RecursionError:
        objects.problems.append(
            Problem(
                "nested_json",
                N_(
                    "The file is one for programs, and its parts stand within each other too often."
                ),
                SENSE,
            )
        )
    else:
        _sort(content, objects)
    return objects


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise _Refused(
                Problem(
                    "duplicate_name",
                    N_("A row names “{name}” twice."),
                    N_("Leave one of them."),
                    values={"name": name},
                )
            )
    return dict(pairs)


def _sort(content: Any, objects: Objects) -> None:
    lists = {"": content} if isinstance(content, list) else content
    known = {"", *Subject}
    if not isinstance(lists, dict) or not lists or not set(lists) <= known:
        objects.problems.append(
            Problem(
                "other_json",
                _NO_ROWS,
                SENSE,
            )
        )
        return
    for name, rows in lists.items():
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            objects.problems.append(
                Problem(
                    "other_json",
                    _NO_ROWS,
                    SENSE,
                    sheet=name,
                )
            )
            continue
        numbered = enumerate(rows, start=1)
        objects.lists[name] = [(number, _cells(number, row, objects)) for number, row in numbered]


def _cells(number: int, row: dict[str, Any], objects: Objects) -> dict[str, str]:
    cells = {}
    for name, value in row.items():
        text = _text(value)
        if text is None:
            objects.problems.append(
                Problem(
                    "nested_value",
                    N_("The value is no single text or number."),
                    N_("Give a text, a number, or a list of texts."),
                    row=number,
                    field=name,
                )
            )
        cells[name] = text or ""
    return cells


def _text(value: Any) -> str | None:
    """Return a value as the text of a cell, or None where it is no single value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return SEPARATOR.join(value)
    return None
