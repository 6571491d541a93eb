"""Run all benchmarks, or those named, and print one table; `make bench`."""

import importlib
import sys
import traceback
from pathlib import Path

from benchmarks import table, written
from benchmarks.table import Row

WRITE = "--write"


def modules(asked: list[str]) -> list[str]:
    """Return the names of the modules that have rows to show."""
    found = {
        file.stem
        for file in Path(__file__).parent.glob("*.py")
        if "def rows(" in file.read_text("utf-8") and file.stem != "__main__"
    }
    return asked or sorted(found)


def main(asked: list[str]) -> int:
    """Measure; a module that fails costs its own rows, and the exit status says so.

    With `--write` the tables of docs/ are written anew, those of the modules that were measured.
    """
    rows: list[Row] = []
    failed = []
    for name in modules([one for one in asked if one != WRITE]):
        print(f"== {name}", file=sys.stderr)
        try:
            found = list(importlib.import_module(f"benchmarks.{name}").rows())
            rows += found
            if WRITE in asked:
                written.write(name, found)
        except Exception:
            traceback.print_exc()
            failed.append(name)
    table.show(rows)
    if failed:
        print(f"\nNot measured: {', '.join(failed)}.")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
