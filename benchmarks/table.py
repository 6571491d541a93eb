"""The table of all benchmarks: a figure, its value, the floor, their ratio, the goal, met or not.

A module of benchmarks has a function `rows` that yields `Row`s; `make bench` runs them all and
prints one table, `python -m benchmarks NAME…` those named.
"""

import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

HEADS = ("figure", "value", "floor", "ratio", "goal", "met")

Of = Literal["value", "ratio"]
Bound = Literal["<", "≤", "≥", ">"]


@dataclass(frozen=True)
class Goal:
    """What a value, or its ratio to the floor, should be: `Goal("≤", 1.2, "ratio")`."""

    bound: Bound
    limit: float
    of: Of = "value"

    def met(self, found: float) -> bool:
        """Tell whether a number is within the bound."""
        return {
            "<": found < self.limit,
            "≤": found <= self.limit,
            "≥": found >= self.limit,
            ">": found > self.limit,
        }[self.bound]


@dataclass(frozen=True)
class Row:
    """A figure measured; `floor` is what the platform alone takes for the like, or a peer.

    A ratio is the value divided by the floor. Without a goal there is nothing to be met.
    """

    figure: str
    value: float
    unit: str = "s"
    floor: float | None = None
    goal: Goal | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the floor the value is; None without one."""
        return self.value / self.floor if self.floor else None

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None without one. Raise ValueError if its ratio is missing."""
        if self.goal is None:
            return None
        found = self.value if self.goal.of == "value" else self.ratio
        if found is None:
            raise ValueError(f"{self.figure}: a goal of the ratio, and no floor to have one of")
        return self.goal.met(found)

    @property
    def cells(self) -> tuple[str, ...]:
        """The row in words, under `HEADS`."""
        ratio, met = self.ratio, self.met
        return (
            self.figure,
            _said(self.value, self.unit),
            "—" if self.floor is None else _said(self.floor, self.unit),
            "—" if ratio is None else f"{ratio:.2f} ×",
            "—" if self.goal is None else self._aim(self.goal),
            "—" if met is None else "yes" if met else "NO",
        )

    def _aim(self, goal: Goal) -> str:
        return f"{goal.bound} {_said(goal.limit, '×' if goal.of == 'ratio' else self.unit)}"


def _said(number: float, unit: str) -> str:
    digits = 0 if abs(number) >= 100 or number == int(number) else 1 if abs(number) >= 10 else 2
    return f"{number:,.{digits}f} {unit}".rstrip()


def markdown(rows: Iterable[Row]) -> str:
    """Return the table as Markdown, its columns in line."""
    lines = [HEADS, *(row.cells for row in rows)]
    wide = [max(len(line[at]) for line in lines) for at in range(len(HEADS))]
    drawn = [
        f"| {' | '.join(text.ljust(size) for text, size in zip(line, wide, strict=True))} |"
        for line in lines
    ]
    return "\n".join([drawn[0], f"|{'|'.join('-' * (size + 2) for size in wide)}|", *drawn[1:]])


def machine() -> str:
    """Say on what and when it was measured: day, cores, memory, system, Python."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parts = (
        f"{datetime.now().astimezone():%Y-%m-%d}",
        f"{os.cpu_count()} cores ({_processor()})",
        f"{memory:.0f} GB",
        platform.freedesktop_os_release().get("PRETTY_NAME", platform.system()),
        f"Python {platform.python_version()}",
    )
    return " · ".join(parts)


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    named = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def show(rows: Iterable[Row]) -> None:
    """Print a table with the machine above it."""
    found = list(rows)
    print(f"{machine()}\n\n{markdown(found)}")
