"""Run all benchmarks, or those named, and print one table; `make bench`."""

import importlib
import sys
import traceback
from pathlib import Path

from benchmarks import table
from benchmarks.table import Row


def modules(asked: list[str]) -> list[str]:
    """Return the names of the modules that have rows to show."""
    found = {
        file.stem
        for file in Path(__file__).parent.glob("*.py")
        if "def rows(" in file.read_text("utf-8") and file.stem != "__main__"
    }
    return asked or sorted(found)


def main(asked: list[str]) -> int:
    """Measure; a module that fails costs its own rows, and the exit status says so."""
    rows: list[Row] = []
    failed = []
    for name in modules(asked):
        print(f"== {name}", file=sys.stderr)
        try:
            rows += importlib.import_module(f"benchmarks.{name}").rows()
        except Exception:
            traceback.print_exc()
            failed.append(name)
    table.show(rows)
    if failed:
        print(f"\nNot measured: {', '.join(failed)}.")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
