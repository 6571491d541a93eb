"""Debian's headless Chromium, as a reader without internet; what it asks for is written down."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Playwright, WebError, expect
from playwright.sync_api import TimeoutError as Late

from tests.patience import MILLISECONDS

Theme = Literal["light", "dark"]

_FLAGS = (
    "--no-sandbox",  # the sandbox does not run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The browser itself looks up update servers despite the flags above; now no name resolves.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
)

_HERE = {"127.0.0.1", "localhost"}

# Between a click and the first word of the run that it asked for, the page looks at rest. So a page
# notes that it has asked for a run (field 11 of Streamlit's `BackMsg`) until it hears that one
# begins (field 4 of `ForwardMsg`, after hash and metadata).
ASKS = """
window.WebSocket = class extends WebSocket {
    constructor(...wishes) {
        super(...wishes);
        window.runAsked = false;
        this.addEventListener('message', ({data}) => {
            const told = data instanceof ArrayBuffer && begins(new Uint8Array(data));
            window.runAsked = window.runAsked && !told;
        });
    }
    send(data) {
        if (data?.[0] === (11 << 3 | 2)) window.runAsked = true;
        super.send(data);
    }
};
function begins(bytes) {
    let at = 0;
    while (bytes[at] === (1 << 3 | 2) || bytes[at] === (2 << 3 | 2)) {
        let size = 0, shift = 0;
        do { size |= (bytes[++at] & 127) << shift; shift += 7; } while (bytes[at] & 128);
        at += 1 + size;
    }
    return bytes[at] === (4 << 3 | 2);
}
"""

# Nothing asked for, nothing running, nothing loading, every chart drawn: three looks in a row.
SETTLED = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const quiet = app !== null && !window.runAsked
        && app.dataset.testConnectionState === 'CONNECTED'
        && app.dataset.testScriptState === 'notRunning'
        && document.querySelector('[data-testid="stSkeleton"], [data-testid="stSpinner"]') === null
        && [...document.querySelectorAll('[data-testid="stPlotlyChart"]')]
            .every(chart => chart.querySelector('.main-svg') !== null);
    window.quietLooks = quiet ? (window.quietLooks ?? 0) + 1 : 0;
    return window.quietLooks >= 3;
}"""


expect.set_options(timeout=MILLISECONDS)


@dataclass
class Record:
    """What a reader's browser complained of, and what it asked of other machines."""

    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def console(self, message: ConsoleMessage) -> None:
        """Note an error of the console."""
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location['url']})")

    def exception(self, error: WebError) -> None:
        """Note a script's exception that nobody caught."""
        self.errors.append(str(error.error))

    def request(self, url: str) -> None:
        """Note a request that is not to this machine."""
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"} and parts.hostname not in _HERE:
            self.outside.append(url)


def launch(playwright: Playwright) -> Browser:
    """Start `$CHROMIUM`, else Debian's without its windows. Raise FileNotFoundError without any.

    The whole browser draws its own frame for every reader: one second of a core each.
    """
    program = os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell")
    if program is None:
        raise FileNotFoundError("No Chromium: apt-get install chromium-headless-shell")
    return playwright.chromium.launch(
        executable_path=program, args=list(_FLAGS), timeout=MILLISECONDS
    )


@contextmanager
def reader(
    browser: Browser, *, theme: Theme = "light", width: int = 1440, locale: str = "es-EC"
) -> Iterator[tuple[Page, Record]]:
    """Yield the empty page of a new reader, and the record of what happens on it."""
    record = Record()
    context = browser.new_context(
        color_scheme=theme,
        # What moves while a page loads is painted by the processor, and costs as much as the page.
        reduced_motion="reduce",
        locale=locale,
        timezone_id="America/Tegucigalpa",
        viewport={"width": width, "height": 900},
    )
    context.set_default_timeout(MILLISECONDS)
    context.add_init_script(ASKS)
    context.on("console", record.console)
    context.on("weberror", record.exception)
    context.on("request", lambda request: record.request(request.url))
    context.on("page", lambda page: page.on("websocket", lambda socket: record.request(socket.url)))
    yield context.new_page(), record
    context.close()


def settle(page: Page) -> None:
    """Wait until the app has run and everything on the page is drawn."""
    page.evaluate("window.quietLooks = 0")
    page.wait_for_function(SETTLED, polling=100)


def choose(opener: Locator, option: Locator) -> None:
    """Open a list and choose from it: again, if the page was drawn anew meanwhile and closed it."""
    settle(opener.page)
    # A list closes, too, when the page scrolls under it, as a click far down would let it.
    opener.scroll_into_view_if_needed()
    last = time.monotonic() + MILLISECONDS / 1000
    while True:
        opener.click()
        try:
            option.click(timeout=MILLISECONDS / 10)
            break
        except Late:
            if time.monotonic() > last:
                raise
            settle(opener.page)
    settle(opener.page)


def visit(page: Page, url: str) -> None:
    """Open an address of the app and wait until it stands."""
    page.goto(url, wait_until="domcontentloaded")
    settle(page)


def until_at(page: Page, address: str) -> None:
    """Wait until a page stands with the choices of an address, in whatever order, among others.

    The address of a link is written anew when its page has run.
    """
    wanted = urlsplit(f"/{address}")
    choices = dict(parse_qsl(wanted.query)).items()

    def is_there(url: str) -> bool:
        here = urlsplit(url)
        return here.path == wanted.path and choices <= dict(parse_qsl(here.query)).items()

    page.wait_for_url(is_there)
