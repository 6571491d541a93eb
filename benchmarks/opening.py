"""From the start of the process to the first picture, what is sent for it, what is imported.

Each round starts a server anew and opens one page with a fresh browser: in turn the app's
home and calendar, and a bare Streamlit page with one chart. The picture is there when it stands
in the page: of the app with the document, of the bare page when Plotly has drawn it.
"""

import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from benchmarks import served
from benchmarks.browser import launch
from benchmarks.served import Served
from benchmarks.table import Goal, Row, show
from crmdata.settings import ROOT

HEAVY = (
    "alembic", "authlib", "docx", "frictionless", "httpx", "icalendar", "openpyxl",
    "pptx", "psycopg", "segno", "typst", "xlsxwriter",
)  # fmt: skip
"""Libraries of exports, uploads, logins and upgrades: no reader's page needs them."""

_ROUNDS = 4
_DOCUMENTS = 40
_WITH_PICTURE = ("inicio", "calendario")
_FIRST_CHART = "() => document.querySelector('[data-main], .js-plotly-plot .main-svg') !== null"


def rows() -> Iterator[Row]:
    """Open the app and the bare page in turn, then look at what was imported."""
    with TemporaryDirectory(prefix="bench-") as name, sync_playwright() as playwright:
        database = served.demonstration(Path(name))
        browser = launch(playwright)

        def app() -> AbstractContextManager[Served]:
            return served.app(database)

        def bare() -> AbstractContextManager[Served]:
            return served.streamlit(served.FLOOR / "one_chart.py")

        starts = {"inicio": app, "calendario": app, "": bare}
        found: dict[str, list[tuple[float, float]]] = {page: [] for page in starts}
        for _ in range(_ROUNDS):
            for page, start in starts.items():
                found[page].append(_opened(browser, start, page))
        browser.close()
    floor = _middle(found.pop(""))
    for page, taken in found.items():
        seconds, megabytes = _middle(taken)
        yield Row(f"start to first picture, {page}", seconds, "s", floor[0],
                  Goal("≤", 1.3, "ratio"))  # fmt: skip
        yield Row(f"first load, {page}", megabytes, "MB", floor[1])
    yield from _pictures()
    loaded = imported()
    named = f" ({', '.join(loaded)})" if loaded else ""
    yield Row(f"heavy libraries that a reader's pages import{named}", len(loaded), "",
              goal=Goal("≤", 0))  # fmt: skip


def _pictures() -> Iterator[Row]:
    """Tell what the first screen adds to a document that somebody has asked for before."""
    with (
        TemporaryDirectory(prefix="bench-") as name,
        served.app(served.demonstration(Path(name))) as server,
    ):

        def taken(page: str) -> float:
            begun = time.perf_counter()
            with urllib.request.urlopen(f"{server.url}/{page}") as answer:
                answer.read()
            return 1000 * (time.perf_counter() - begun)

        # The first ones of a server that just began bring none.
        while b'id="crm-first"' not in urllib.request.urlopen(f"{server.url}/inicio").read():
            time.sleep(0.2)
        pages = ("metodo", *_WITH_PICTURE)
        found = {page: median([taken(page) for _ in range(_DOCUMENTS)][3:]) for page in pages}
    for page in _WITH_PICTURE:
        yield Row(f"first screen in a warm document, {page}", found[page] - found["metodo"], "ms",
                  goal=Goal("≤", 20))  # fmt: skip


def _middle(taken: list[tuple[float, float]]) -> tuple[float, float]:
    return median(one for one, _ in taken), median(other for _, other in taken)


def _opened(
    browser: Browser, start: Callable[[], AbstractContextManager[Served]], page: str
) -> tuple[float, float]:
    """Return the seconds from the start of the process to the picture, and the megabytes sent."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="es-EC")
    window = context.new_page()
    sent = 0.0

    def count(event: dict[str, float]) -> None:
        nonlocal sent
        sent += event["encodedDataLength"]

    network = context.new_cdp_session(window)
    network.send("Network.enable")
    network.on("Network.loadingFinished", count)
    with start() as server:
        window.goto(f"{server.url}/{page}", wait_until="commit")
        window.wait_for_function(_FIRST_CHART, polling=20, timeout=120_000)
        seconds = time.perf_counter() - server.begun
        window.wait_for_timeout(500)
    context.close()
    return seconds, sent / 2**20


def imported() -> list[str]:
    """Return the heavy libraries in a process that has shown a reader's pages."""
    with TemporaryDirectory(prefix="bench-") as name:
        database = served.demonstration(Path(name))
        script = (
            "import os, sys\n"
            "from streamlit.testing.v1 import AppTest\n"
            "for page in ('inicio', 'calendario', 'lineas', 'paises', 'cooperacion'):\n"
            "    AppTest.from_file(f'pages/{page}.py', default_timeout=120).run()\n"
            "print(*sorted({name.partition('.')[0] for name in sys.modules}))\n"
        )
        ran = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True,
            env={"PATH": "", "CRMDATA_DATABASE_URL": f"sqlite:///{database}",
                 "CRMDATA_SERVE_MODE": "public", "CRMDATA_READ_URL": f"sqlite:///{database}",
                 "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
    return [name for name in ran.stdout.split() if name in HEAVY]


if __name__ == "__main__":
    show(rows())
