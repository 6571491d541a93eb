"""The readers' browsers, and the rounds of visits that several modules judge.

Every test that takes `page` or `readers` also fails, as an error after it, if a browser's
console held an error or a request left the machine.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests import chromium, serving
from tests.browser import desk as desks
from tests.browser.rounds import CHOICES, LOOKS, VISITS, Round, sight


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@dataclass
class Readers:
    """Opens pages for a test: `readers(theme="dark", width=390)`."""

    browser: Browser
    records: list[chromium.Record] = field(default_factory=list)
    stack: ExitStack = field(default_factory=ExitStack)

    def __call__(self, **wishes: Any) -> Page:
        page, record = self.stack.enter_context(chromium.reader(self.browser, **wishes))
        self.records.append(record)
        return page


@pytest.fixture
def readers(browser: Browser, serve: serving.Serve) -> Iterator[Readers]:
    """Return what opens a new reader's page; clear `readers.records` where errors are meant.

    They leave before the test's own servers end, of which their consoles would complain.
    """
    opening = Readers(browser)
    with opening.stack:
        yield opening
    assert [record for record in opening.records if record.errors or record.outside] == []


@pytest.fixture
def page(readers: Readers) -> Page:
    """Return the page of a reader with a wide, light screen."""
    return readers()


@pytest.fixture(scope="module")
def desk(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[desks.Desk]:
    """Return the module's own server of the secretariat, with a provider to log in at."""
    with desks.running(tmp_path_factory.mktemp("desk"), demo_file) as running:
        yield running


@pytest.fixture
def as_person(desk: desks.Desk, readers: Readers) -> Callable[..., Page]:
    """Return what opens the empty page of somebody who is logged in: `as_person(people.FOCAL)`."""

    def person(email: str, **wishes: Any) -> Page:
        page = readers(**wishes)
        page.context.add_cookies([desks.identity(desk, email)])
        return page

    return person


# pytest runs the tests that judge one page one after the other, so each is visited once.
@pytest.fixture(scope="session", params=VISITS)
def visited(
    request: pytest.FixtureRequest,
    browser: Browser,
    demo_file: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Round:
    """Return what three readers saw of a page in a language: light, dark, on a phone.

    The first of them finds a fresh server cold.
    """
    name, language = request.param
    folder = tmp_path_factory.mktemp("visited")
    database = shutil.copy(demo_file, folder / "demo.sqlite3")
    with serving.app(folder, database=database) as served:
        address = f"{served.url}/{name}?idioma={language}&{CHOICES}"
        sights = {look: sight(browser, address, look) for look in LOOKS}
        return Round(name, language, sights, served.log, served.connections)
