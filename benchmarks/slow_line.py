"""A first visit on a slow line with a slow phone: the first picture, when the page is alive, bytes.

1.6 Mbit/s, 150 ms there and back, a processor at a quarter of its speed, in a fresh browser each
time. The first picture is there when the board or a chart stands in the page; the app is alive
when its own page has taken the place of the first response, a peer with its picture. What comes
over a websocket is not slowed by Chromium's emulation, which is to the good of all but Dash.
"""

import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from benchmarks.browser import launch
from benchmarks.calendars import APP, BARE, PEERS, running
from benchmarks.table import Goal, Row, show

_ROUNDS = 3
"""How often the app is visited; the others, which take up to a minute, once."""
_MBITS, _DELAY, _SLOWER = 1.6, 150, 4

# In a page from its first moment on: when the first picture stood there, when it was alive.
_WATCH = """
const drawn = root => root.querySelector('[data-main], .js-plotly-plot .main-svg')
    // Panel draws in shadows inside shadows.
    || (document.querySelector('[data-root-id]')
        && [...root.querySelectorAll('*')].some(each => each.shadowRoot && drawn(each.shadowRoot)));
window.watching = setInterval(() => {
    if (!document.body) return;
    if (window.drawnAt === undefined && drawn(document)) window.drawnAt = performance.now();
    if (window.drawnAt === undefined || document.getElementById('crm-first')) return;
    window.aliveAt = performance.now();
    clearInterval(window.watching);
}, 100);
"""


@dataclass(frozen=True)
class Visit:
    """Seconds from the navigation to the first picture and to a live page; megabytes till then."""

    drawn: float
    alive: float
    megabytes: float


def rows() -> Iterator[Row]:
    """Visit each in turn."""
    with running() as calendars, sync_playwright() as playwright:
        own = calendars.servers[APP]
        home = own.replace("calendario", "inicio")
        _wait_until_ready(home)
        visited = calendars.servers | {"home": home}
        browser = launch(playwright)
        found: dict[str, list[Visit]] = {name: [] for name in visited}
        for turn in range(_ROUNDS):
            for name, url in visited.items():
                if name in {APP, "home"} or turn == 0:
                    found[name].append(_visit(browser, url))
        browser.close()
    middle = {
        name: Visit(*(median(getattr(each, part) for each in visits)
                      for part in ("drawn", "alive", "megabytes")))
        for name, visits in found.items()
    }  # fmt: skip
    bare = middle[BARE]
    for page, name in (("inicio", "home"), ("calendario", APP)):
        visit = middle[name]
        yield Row(f"first picture on a slow line, {page}", visit.drawn, "s", bare.drawn,
                  Goal("≤", 2))  # fmt: skip
        yield Row(f"alive on a slow line, {page}", visit.alive, "s", bare.alive, Goal("≤", 9))
        yield Row(f"sent until it is alive, {page}", visit.megabytes, "MB", bare.megabytes,
                  Goal("≤", 1.5))  # fmt: skip
    for peer in PEERS:
        yield Row(f"first picture on a slow line, calendario, beside {peer}", middle[APP].drawn,
                  "s", middle[peer].drawn, Goal("<", 1, "ratio"))  # fmt: skip


def _wait_until_ready(url: str) -> None:
    # The first documents of a server that just began bring no first screen.
    while b'id="crm-first"' not in urllib.request.urlopen(url).read():
        time.sleep(0.2)


def _visit(browser: Browser, url: str) -> Visit:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="es-EC")
    page = context.new_page()
    page.add_init_script(_WATCH)
    sent = 0.0

    def count(event: dict[str, float]) -> None:
        nonlocal sent
        sent += event["encodedDataLength"]

    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.dataReceived", count)
    speed = _MBITS * 1_000_000 / 8
    session.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": _DELAY, "downloadThroughput": speed, "uploadThroughput": speed,
    })  # fmt: skip
    session.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    page.goto(url, wait_until="commit", timeout=120_000)
    page.wait_for_function("window.aliveAt !== undefined", polling=100, timeout=120_000)
    drawn, alive = page.evaluate("[window.drawnAt, window.aliveAt]")
    context.close()
    return Visit(drawn / 1000, alive / 1000, sent / 2**20)


if __name__ == "__main__":
    show(rows())
