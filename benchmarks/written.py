"""The measured tables in docs/, each between two marks, with the machine and the day above it."""

import re
from collections.abc import Iterable
from pathlib import Path

from benchmarks.table import Row, machine, markdown
from crmdata.settings import ROOT

_PERFORMANCE = ROOT / "docs" / "performance.md"

_LOAD = "<!-- load table: filled in by the load benchmark -->"
_END_OF_LOAD = "<!-- end of load table -->"


def write(module: str, rows: Iterable[Row]) -> None:
    """Put a module's table in the place of the one before; that of the load in two files."""
    told = f"{machine()}\n\n{markdown(rows)}"
    _between(_PERFORMANCE, f"<!-- bench {module} -->", told, f"<!-- end of bench {module} -->")
    if module == "readers":
        _between(ROOT / "docs" / "scale.md", _LOAD, told, _END_OF_LOAD)


def _between(file: Path, begun: str, told: str, ended: str) -> None:
    """Write between two marks; raise ValueError where a file has no place for it."""
    place = re.compile(f"{re.escape(begun)}.*?{re.escape(ended)}", re.DOTALL)
    found, places = place.subn(
        lambda _: f"{begun}\n{told}\n{ended}", file.read_text("utf-8"), count=1
    )
    if not places:
        raise ValueError(f"{file.name} has no place marked {begun}")
    file.write_text(found, "utf-8")
