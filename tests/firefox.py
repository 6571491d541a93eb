"""Debian's Firefox, the second engine: driven by WebDriver BiDi, which it speaks by itself.

Playwright cannot drive a Firefox that it did not build, and nothing else needs to be installed.
https://www.w3.org/TR/webdriver-bidi/ has the commands.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests import chromium, serving
from tests.patience import PATIENCE, until

KEYS = {
    "ArrowUp": "\ue013", "ArrowDown": "\ue015", "ArrowLeft": "\ue012", "ArrowRight": "\ue014",
    "Enter": "\ue007", "Escape": "\ue00c", "Tab": "\ue004",
}  # fmt: skip
"""Keys without a letter, as WebDriver names them."""

_SETTINGS = {
    # Firefox itself asks servers for experiments, add-ons and lists; only this machine is there.
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.normandy.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    # What moves while a page loads costs as much as the page.
    "ui.prefersReducedMotion": 1,
}

_LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


class FirefoxError(Exception):
    """A command that Firefox refused, or a script that threw."""


@dataclass
class Firefox:
    """A running Firefox with a session; what happens on its pages goes into their records."""

    socket: ClientConnection
    records: dict[str, chromium.Record] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def call(self, command: str, /, **parameters: Any) -> Any:
        """Send a command and return its result. Raise FirefoxError."""
        number = next(self._numbers)
        self.socket.send(json.dumps({"id": number, "method": command, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv(timeout=PATIENCE))
            if message.get("id") == number:
                break
            self._note(message.get("method"), message.get("params", {}))
        if message["type"] == "error":
            raise FirefoxError(f"{command}: {message['message']}")
        return message["result"]

    def _note(self, event: str, told: dict[str, Any]) -> None:
        place = told.get("context") or told.get("source", {}).get("context")
        record = self.records.get(place)
        if record is None:
            return
        if event == "log.entryAdded" and told["level"] == "error":
            record.errors.append(told["text"])
        elif event == "network.beforeRequestSent":
            record.request(told["request"]["url"])

    @contextmanager
    def reader(self, *, width: int = 1440, height: int = 900) -> Iterator["Page"]:
        """Yield the empty page of a new reader, who shares no cookie with others."""
        user = self.call("browser.createUserContext")["userContext"]
        place = self.call("browsingContext.create", type="tab", userContext=user)["context"]
        self.records[place] = chromium.Record()
        self.call(
            "script.addPreloadScript", contexts=[place],
            functionDeclaration=f"() => {{ {chromium.ASKS} }}",
        )  # fmt: skip
        self.call("browsingContext.setViewport", context=place,
                  viewport={"width": width, "height": height})  # fmt: skip
        yield Page(self, place)
        self.call("browser.removeUserContext", userContext=user)


@dataclass(frozen=True)
class Page:
    """A reader's page."""

    firefox: Firefox
    place: str

    @property
    def record(self) -> chromium.Record:
        """What the page complained of, and what it asked of other machines."""
        return self.firefox.records[self.place]

    @property
    def url(self) -> str:
        """The address at which the reader is."""
        return str(self.evaluate("document.location.href"))

    def visit(self, url: str) -> None:
        """Open an address of the app and wait until it stands."""
        self.firefox.call("browsingContext.navigate", context=self.place, url=url, wait="complete")
        self.settle()

    def settle(self) -> None:
        """Wait until the app has run and everything on the page is drawn."""
        self.evaluate("window.quietLooks = 0")
        self.until(f"({chromium.SETTLED})()")

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression, as JSON holds it. Raise FirefoxError."""
        told = self.firefox.call(
            "script.evaluate", target={"context": self.place}, awaitPromise=False,
            expression=f"JSON.stringify({expression}) ?? 'null'",
        )  # fmt: skip
        if told["type"] == "exception":
            raise FirefoxError(f"{expression}: {told['exceptionDetails']['text']}")
        return json.loads(told["result"]["value"])

    def until(self, expression: str) -> None:
        """Wait until an expression is true. Raise TimeoutError."""
        until(lambda: bool(self.evaluate(expression)))

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        actions = [
            {"type": kind, "value": KEYS.get(key, key)}
            for key in keys for kind in ("keyDown", "keyUp")
        ]  # fmt: skip
        self._perform({"type": "key", "id": "keyboard", "actions": actions})

    def click(self, css: str) -> None:
        """Click in the middle of the first element that is found, in sight. Raise FirefoxError."""
        found = self.firefox.call(
            "browsingContext.locateNodes", context=self.place, maxNodeCount=1,
            locator={"type": "css", "value": css},
        )["nodes"]  # fmt: skip
        if not found:
            raise FirefoxError(f"no {css}")
        middle = {"type": "element", "element": {"sharedId": found[0]["sharedId"]}}
        self.evaluate(f"document.querySelector({css!r}).scrollIntoView({{block: 'nearest'}})")
        self._perform({"type": "pointer", "id": "mouse", "actions": [
            {"type": "pointerMove", "x": 0, "y": 0, "origin": middle},
            {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0},
        ]})  # fmt: skip

    def back(self) -> None:
        """Go back by one address."""
        self.firefox.call("browsingContext.traverseHistory", context=self.place, delta=-1)

    def _perform(self, device: dict[str, Any]) -> None:
        self.firefox.call("input.performActions", context=self.place, actions=[device])


@contextmanager
def running(folder: Path) -> Iterator[Firefox]:
    """Start `$FIREFOX`, else Debian's, without its windows; `folder` takes its profile and log.

    Raise FileNotFoundError without any.
    """
    program = os.environ.get("FIREFOX") or shutil.which("firefox-esr")
    if program is None:
        raise FileNotFoundError("No Firefox: apt-get install firefox-esr")
    written = (f"user_pref({json.dumps(name)}, {json.dumps(value)});"
               for name, value in _SETTINGS.items())  # fmt: skip
    (folder / "user.js").write_text("\n".join(written), "utf-8")
    log = folder / "firefox.log"
    with log.open("wb") as told:
        process = subprocess.Popen(
            [program, "--headless", "--no-remote", "--remote-debugging-port=0",
             "--profile", str(folder), "about:blank"],
            stdin=subprocess.DEVNULL, stdout=told, stderr=subprocess.STDOUT,
            env=os.environ | {"HOME": str(folder)},
        )  # fmt: skip
        with serving.ended(process), connect(f"{_address(log)}/session", max_size=None) as socket:
            firefox = Firefox(socket)
            firefox.call("session.new", capabilities={})
            events = ["log.entryAdded", "network.beforeRequestSent"]
            firefox.call("session.subscribe", events=events)
            yield firefox


def _address(log: Path) -> str:
    found: list[str] = []

    def listening() -> bool:
        found.extend(_LISTENING.findall(log.read_text("utf-8", "replace")))
        return bool(found)

    until(listening)
    return found[0]
