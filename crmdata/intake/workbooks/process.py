"""The reading process as its caller sees it: bytes in, sheets or problems out, no exception."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any, NamedTuple

from crmdata import apart
from crmdata.errors import N_, Problem

SECONDS = 30
"""By the clock, on a machine that is busy with other things; the process itself gets 10 s."""

_AT_ONCE = BoundedSemaphore(2)
"""However many people upload, so much memory is needed and no more."""


class Typed(NamedTuple):
    """A cell that is not a text: `kind` is `n` number, `%` a number shown as a percentage (its
    text is on the scale 0–100), `d` day, `t` day or duration with a time, `b` truth value, `e`
    error value, `f` formula, `h` words with a link (its target, a line break, the words).
    """

    kind: str
    text: str

    @property
    def words(self) -> str:
        """What the cell shows."""
        return self.text.partition("\n")[2] if self.kind == "h" else self.text


@dataclass(frozen=True)
class Beside:
    """What a sheet has beside the values of its cells."""

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    """The first and the last of each stretch."""
    merged: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    """The cells that have one."""
    pictures: int = 0
    shapes: int = 0
    """Text boxes and other shapes in which something is written."""
    struck: tuple[tuple[int, int], ...] = ()
    """Row and column of cells that are struck through, in part or whole."""


NOTHING_BESIDE = Beside()


@dataclass(frozen=True)
class RawSheet:
    """A sheet's rows that say anything, with their numbers; an empty cell is an empty text.

    `problems` tell why it cannot be read whole: `rows` are then its first ones.
    """

    name: str
    hidden: bool
    rows: list[tuple[int, list[str | Typed]]]
    problems: tuple[Problem, ...] = ()
    beside: Beside = NOTHING_BESIDE


@dataclass(frozen=True)
class Read:
    """What stands in a workbook; no sheets where there are problems."""

    sheets: tuple[RawSheet, ...]
    problems: tuple[Problem, ...]


def read(data: bytes) -> Read:
    """Read a workbook in a process of its own."""
    output = _output(data)
    if output is None:
        return Read((), (_too_heavy(),))
    answer = json.loads(output)
    problems = tuple(Problem(**problem) for problem in answer["problems"])
    return Read(tuple(map(_sheet, answer["sheets"])), problems)


def annotated(data: bytes, marks: Sequence[Mapping[str, Any]], remarks: Mapping[str, Any]) -> bytes:
    """Return a workbook with marks at its cells and a sheet of remarks, or b"" where it cannot be.

    A mark has `sheet row column text warning`; `remarks` has `title` and `rows`.
    """
    order = json.dumps({"marks": list(marks), "remarks": remarks}).encode()
    return _output(order + b"\n" + data, "annotate") or b""


def _output(data: bytes, *arguments: str) -> bytes | None:
    """Return what the process writes, or None where it ran out of memory or time or broke."""
    try:
        with _AT_ONCE:
            done = subprocess.run(  # noqa: S603 - our own interpreter and module
                apart.command("crmdata.intake.workbooks", *arguments),
                input=data,
                capture_output=True,
                timeout=SECONDS,
                check=False,
                env=apart.environment(),
            )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 else None


def _sheet(sheet: dict[str, Any]) -> RawSheet:
    rows = [(number, list(map(_cell, cells))) for number, cells in sheet["rows"]]
    beside = sheet["beside"]
    return RawSheet(
        sheet["name"],
        sheet["state"] != "visible",
        rows,
        tuple(Problem(**problem) for problem in sheet["problems"]),
        Beside(
            frozenset(beside["hidden_rows"]),
            tuple((first, last) for first, last in beside["hidden_columns"]),
            tuple(beside["merged"]),
            tuple(beside["comments"]),
            beside["pictures"],
            beside["shapes"],
            tuple((row, column) for row, column in beside["struck"]),
        ),
    )


def _cell(value: str | list[str] | None) -> str | Typed:
    if isinstance(value, list):
        return Typed(*value)
    return value or ""


def _too_heavy() -> Problem:
    return Problem(
        "too_heavy",
        N_("The workbook cannot be read with the memory and time that one may take."),
        N_("Copy the rows into a new template."),
    )
