"""Work in a process of its own: how our modules are started so, and the little they may know."""

import os
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]


def command(module: str, *arguments: str) -> list[str]:
    """Return what starts a module of ours in the interpreter of this process."""
    return [sys.executable, "-s", "-P", "-m", module, *arguments]


def environment() -> dict[str, str]:
    """Return what such a process may know; the database's address is not of it."""
    variables = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    return variables | {
        "PYTHONPATH": str(_ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LC_ALL": "C.UTF-8",
    }
