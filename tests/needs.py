"""What the tests need from the machine, programs and time, each told by its fixtures and marks.

`python -m tests.needs tests/test_store.py -k backup` prints the Debian packages for what
pytest would run with these arguments; without any it prints all of them.
"""

import contextlib
import os
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

PACKAGES = {
    # Playwright's own driver needs the last one.
    "browser": ("chromium-headless-shell", "fonts-dejavu-core", "libatomic1"),
    "firefox": ("firefox-esr", "fonts-dejavu-core"),
    "postgres": ("postgresql",),
    "nginx": ("nginx-light",),
    "strace": ("strace",),
    # What reads the files that the app writes, as the people who receive them would.
    "office": ("libreoffice-calc", "libreoffice-impress", "libreoffice-writer"),
    "pdftotext": ("poppler-utils",),
}
"""Debian's packages behind each mark."""

ONLY_LONG = {"firefox"}
"""Marks of tests that `make test` skips, all of them."""

_FIXTURES = {
    "browser": "browser", "firefox": "firefox", "postgres_server": "postgres",
    "own_server": "postgres",
}  # fmt: skip

PROGRAMS = "programs"
"""The mark of whatever needs any of them: `make check` leaves it out."""


_SERVERS = {"serve", "served", "desk", "demonstration_shown"}
"""Fixtures that run the app: a server starts for three seconds, a page for half of one."""

_DEAR = (
    "streamlit.testing", "typer.testing", "tests.serving", "subprocess", "multiprocessing",
    "concurrent.futures", "crmdata.exports", "crmdata.cli.handouts", "crmdata.slides",
    "crmdata.render.docx", "crmdata.render.typst",
)  # fmt: skip
"""What a test's module takes from: pages, whole commands, other processes, files to take home."""


def mark(item: pytest.Item) -> None:
    """Mark a test with what it needs: `programs` for any program, `slow` for what is dear."""
    fixtures = set(getattr(item, "fixturenames", ()))
    if fixtures & _SERVERS or _is_dear(getattr(item, "module", None)):
        item.add_marker("slow")
    for fixture in fixtures & set(_FIXTURES):
        item.add_marker(_FIXTURES[fixture])
    if any(item.get_closest_marker(need) for need in PACKAGES):
        item.add_marker(PROGRAMS)


@cache
def _is_dear(module: ModuleType | None) -> bool:
    taken = vars(module).values() if module else ()
    homes = (getattr(each, "__module__", None) or getattr(each, "__name__", "") for each in taken)
    return any(str(home).startswith(_DEAR) for home in homes)


class _Asked:
    """A plugin that notes what the collected tests need."""

    def __init__(self) -> None:
        self.needs: set[str] = set()

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            if not _is_skipped(item):
                self.needs |= {need for need in PACKAGES if item.get_closest_marker(need)}


def _is_skipped(item: pytest.Item) -> bool:
    """Tell whether a test is skipped without a look at anything: of those of `only_long`, all."""
    return any(mark.args[:1] == (True,) for mark in item.iter_markers("skipif"))


def _needed(arguments: list[str]) -> set[str]:
    if not arguments:
        return set(PACKAGES) - ONLY_LONG
    asked = _Asked()
    # Whatever is wrong with the tests, the run itself will say.
    with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        pytest.main(["--collect-only", "-q", *arguments], plugins=[asked])
    return asked.needs


if __name__ == "__main__":
    needed = _needed(sys.argv[1:])
    packages = (package for need in PACKAGES if need in needed for package in PACKAGES[need])
    print(*dict.fromkeys(packages))
