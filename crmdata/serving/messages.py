"""What a reader's page may say to the server, and how fast.

Streamlit does what any websocket asks of it: forget everybody's views, install files, stop. Here
pass only the messages that a page sends; another one ends its connection and is logged. What
comes too fast is held back, not refused: a page whose connection is closed comes back at once.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from enum import StrEnum
from typing import Protocol

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crmdata import logs
from crmdata.serving.budgets import LONGEST_WAIT, Budget, Budgets

LARGEST_MESSAGE = 256 * 1024
"""Bytes. A page sends some thousand; a form with every field full, fifty thousand."""

REFUSED_SECONDS = 1.0
"""After which a connection is closed that said what no page says: its page is back at once."""

REFUSED_MESSAGES = 30
"""As many messages it is counted for: who comes back to say it again has to wait."""

SUPERSEDED_SECONDS = 1.0
"""How long a run is left alone before the next one of the same page puts an end to it."""

LATE_SECONDS = 10.0
"""How long after a message was held back the ones behind it may have waited with it."""

_POLICY, _PROTOCOL, _TOO_LARGE = 1008, 1002, 1009


class Purpose(StrEnum):
    """What a message is for."""

    RUN = "run"
    """Draw the page."""
    FILE = "file"
    """Make a file."""
    SMALL = "small"
    """Hardly anything."""


class NotAPages(Exception):  # noqa: N818 - what it is, not what went wrong
    """No page sends this: `args[0]` says what it is, in words of the protocol."""


class MessageProtocol(Protocol):
    """The protocol between page and server, as the app's own library reads it."""

    def purpose(self, message: bytes) -> Purpose:
        """Return what a page's message is for. Raise NotAPages for any other."""

    def late(self, message: bytes) -> bytes:
        """Return a page's message without what may no longer be true of the page."""

    def is_end(self, message: bytes) -> bool:
        """Tell whether a message of the server ends a run or brings a file."""

    def reader(self, cookies: dict[str, str]) -> str:
        """Return what tells one browser from another, empty where nothing does."""

    def is_the_servers_own(self, cookies: dict[str, str]) -> bool:
        """Tell whether the server itself opens a page."""


Pause = Callable[[float], Awaitable[None]]


class MessageGate:
    """ASGI middleware between the pages' connections and the app."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        language: MessageProtocol,
        budgets: Budgets | None = None,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._app = app
        self._language = language
        self._budgets = budgets or Budgets()
        self._pause = pause

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stand between a connection and the app; hand any other request on."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        cookies = cookie_parser(Headers(scope=scope).get("cookie", ""))
        budget = self._budgets.open(self._language.reader(cookies))
        if budget is None:
            logs.log.warning("connection refused", kind="too many of one reader")
            await send({"type": "websocket.close", "code": _POLICY})
            return
        tab = _Tab(self._language, self._budgets, budget, send, self._pause)
        # What the server itself asks for rests of its own accord (crmdata/web/first_reader.py).
        own = self._language.is_the_servers_own(cookies)
        try:
            await self._app(scope, receive if own else tab.receiver(receive), tab.send)
        finally:
            tab.end_run()
            self._budgets.close(budget)


class _Tab:
    """One open connection."""

    def __init__(
        self,
        language: MessageProtocol,
        budgets: Budgets,
        budget: Budget,
        send: Send,
        pause: Pause,
    ) -> None:
        self._language = language
        self._budgets = budgets
        self._budget = budget
        self._send = send
        self._sleep = pause
        self._closed = False
        self._slowed = False
        self._held_at: float | None = None
        self._started: float | None = None
        self._ended = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None

    def receiver(self, receive: Receive) -> Receive:
        """Return what hands the connection's messages to the app, each when it is time for it."""

        async def paced() -> Message:
            message = await receive()
            if message["type"] == "websocket.connect":
                await self._pause(self._message_wait())
            elif message["type"] == "websocket.receive":
                try:
                    await self._admit(self._purpose(message))
                except NotAPages as other:
                    return await self._refuse(*other.args)
                if self._is_late():
                    return {**message, "bytes": self._language.late(message["bytes"])}
            return message

        return paced

    async def send(self, message: Message) -> None:
        """Hand a message to the page on, and see whether it ends what runs."""
        if self._closed:
            # As a server does whose reader has gone.
            raise OSError
        if self._started is not None and self._language.is_end(message.get("bytes") or b""):
            self.end_run()
        await self._send(message)

    def end_run(self) -> None:
        """Charge what runs to its reader, and let the next one begin."""
        if self._started is None:
            return
        self._charge(self._started)
        self._started = None
        self._ended.set()
        if self._timer:
            self._timer.cancel()
        self._budget.abreast.release()

    def _charge(self, started: float) -> None:
        self._budget.work.take(self._budgets.meter.end(started))

    def _purpose(self, message: Message) -> Purpose:
        data = message.get("bytes")
        if data is None:
            raise NotAPages("words", _PROTOCOL)
        if len(data) > LARGEST_MESSAGE:
            raise NotAPages("too large", _TOO_LARGE)
        return self._language.purpose(data)

    async def _admit(self, purpose: Purpose) -> None:
        await self._pause(self._message_wait())
        if purpose is Purpose.SMALL:
            return
        if self._started is not None:
            self._note_held()
            longest = SUPERSEDED_SECONDS if purpose is Purpose.RUN else LONGEST_WAIT
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ended.wait(), longest)
        async with self._budget.line:
            await self._pause(self._budgets.work_wait(self._budget))
            if self._started is None:
                await self._budget.abreast.acquire()
            else:
                self._charge(self._started)
            self._start()

    def _start(self) -> None:
        self._started = self._budgets.meter.start()
        self._ended.clear()
        if self._timer:
            self._timer.cancel()
        # What never ends, such as a run of a part that is gone, is not waited for.
        self._timer = asyncio.get_running_loop().call_later(LONGEST_WAIT, self.end_run)
        self._budgets.note_run(self._budget)

    def _message_wait(self) -> float:
        self._budget.messages.take(1)
        return self._budget.messages.wait

    def _note_held(self) -> None:
        self._held_at = asyncio.get_running_loop().time()

    def _is_late(self) -> bool:
        now = asyncio.get_running_loop().time()
        return self._held_at is not None and now - self._held_at < LATE_SECONDS

    async def _pause(self, seconds: float) -> None:
        if not seconds:
            return
        self._note_held()
        if not self._slowed:
            self._slowed = True
            logs.log.info("reader slowed")
        await self._sleep(seconds)

    async def _refuse(self, kind: str, code: int = _POLICY) -> Message:
        """Close the connection, and tell the app that its reader has gone."""
        logs.log.warning("message refused", kind=kind)
        self._budget.messages.take(REFUSED_MESSAGES)
        await self._sleep(REFUSED_SECONDS)
        self._closed = True
        await self._send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}
