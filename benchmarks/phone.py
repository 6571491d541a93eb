"""One bored phone: what ten messages a second of one kind do to everybody else's pages.

Readers act on the calendar in turn without and with the phone, on one server in one run, so that
the ratio of their times is the phone's alone. The phone comes back at once where its connection is
closed, as a page does. One kind alone: `python -m benchmarks.phone cut-offs`.
"""

import asyncio
import os
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.asyncio.client import ClientConnection

from benchmarks import served
from benchmarks.load.client import BROKEN, RUN_SECONDS, Habit, Reader, Run, acting, percentile
from benchmarks.readers import ACTING, choose_everything
from benchmarks.served import Served
from benchmarks.table import Goal, Row, show

READERS = 10
EVERY = 2.0
"""Seconds between two choices of one of the others."""

PER_SECOND = 10
"""Messages of the phone."""

ROUNDS = 3
"""How often the others act without and with the phone."""

_SECONDS = float(os.environ.get("PHONE_SECONDS", "10"))

Said = bytes | str
Next = Callable[["Phone", int], Said]


class Phone(Reader):
    """A tab that sends whatever it likes and looks at nothing that comes back."""

    sent = 0

    async def bother(self, says: Next) -> None:
        """Send ten messages a second until cancelled."""
        hearing: asyncio.Task[None] | None = None
        try:
            while True:
                if self._socket is None or (hearing and hearing.done()):
                    await self.reconnect()
                    # A page that is back runs anew.
                    await self.say(self.asked())
                    hearing = None
                hearing = hearing or asyncio.create_task(self._hear())
                await self.say(says(self, self.sent))
                self.sent += 1
                await asyncio.sleep(1 / PER_SECOND)
        finally:
            if hearing:
                hearing.cancel()

    async def say(self, what: Said) -> None:
        """Send one message; one that does not get through is lost."""
        with suppress(TimeoutError, *BROKEN):
            async with asyncio.timeout(1):
                await self._connection.send(what)

    async def _hear(self) -> None:
        with suppress(websockets.ConnectionClosed):
            while True:
                await self._connection.recv()

    @property
    def _connection(self) -> ClientConnection:
        assert self._socket is not None, "not connected"
        return self._socket


def rows(wanted: tuple[str, ...] = ()) -> Iterator[Row]:
    """Let the phone send each kind of message."""
    with TemporaryDirectory(prefix="bench-") as folder:
        database = served.demonstration(Path(folder))
        with served.app(database, CRMDATA_WARM="0") as app:
            # Everything that the others look at has been drawn once.
            asyncio.run(choose_everything(f"{app.url}/calendario"))
            asyncio.run(_others(app, _Time()))
            for kind, says in KINDS.items():
                if not wanted or kind in wanted:
                    yield from asyncio.run(_beside(app, kind, says))


@dataclass
class _Time:
    """What the others saw, and what the server worked meanwhile."""

    runs: list[Run] = field(default_factory=list)
    processor: float = 0.0


async def _beside(app: Served, kind: str, says: Next) -> list[Row]:
    alone, disturbed = _Time(), _Time()
    async with Phone(f"{app.url}/calendario", cookies=cookies(app.url)) as phone:
        await phone.run()
        for _ in range(ROUNDS):
            await _others(app, alone)
            bothering = asyncio.create_task(phone.bother(says))
            await _others(app, disturbed)
            bothering.cancel()
            with suppress(asyncio.CancelledError):
                await bothering
    named = f"beside a phone: {kind}"
    p95, median = (
        [percentile(each.runs, share) for each in (disturbed, alone)] for share in (0.95, 0.5)
    )
    return [
        Row(f"others' p95 {named}", p95[0], "s", p95[1], Goal("<", 2, "ratio")),
        Row(f"others' median {named}", median[0], "s", median[1]),
        Row(f"server's processor {named}", disturbed.processor, "s", alone.processor),
    ]


async def _others(app: Served, time: _Time) -> None:
    habit = Habit(every=EVERY, choices=ACTING.choices)
    before = app.processor
    tally = await acting(f"{app.url}/calendario", READERS, habit, seconds=_SECONDS, ramp=2)
    time.processor += app.processor - before
    # Who got no page in time waited as long as that.
    time.runs += [*tally.runs, *(Run(seconds=RUN_SECONDS) for _ in tally.failures)]


def cookies(url: str) -> dict[str, str]:
    """Return the cookies that a browser has before its page opens a connection."""
    with urllib.request.urlopen(f"{url}/_stcore/health") as answer:
        given = answer.headers.get_all("Set-Cookie") or []
    return dict(each.partition(";")[0].split("=", 1) for each in given)


def _same(phone: Phone, _number: int) -> bytes:
    return phone.asked()


def _pages(phone: Phone, number: int) -> bytes:
    names = sorted(phone.pages)
    return phone.asked(page_hash=phone.pages[names[number % len(names)]])


def _cutoffs(phone: Phone, number: int) -> bytes:
    day = date(2018, 1, 1) + timedelta(days=number)
    return phone.asked(query=f"corte={day}")


def _cutoffs_of_pages(phone: Phone, number: int) -> bytes:
    names = sorted(phone.pages)
    day = date(2018, 1, 1) + timedelta(days=number)
    return phone.asked(page_hash=phone.pages[names[number % len(names)]], query=f"corte={day}")


def _plain(name: str) -> Next:
    def says(_phone: Phone, _number: int) -> bytes:
        message = BackMsg()
        setattr(message, name, True)
        return message.SerializeToString()

    return says


def _addresses(phone: Phone, _number: int) -> bytes:
    message = BackMsg()
    message.file_urls_request.file_names.extend(["a"] * 1000)
    message.file_urls_request.session_id = phone.session
    return message.SerializeToString()


KINDS: dict[str, Next] = {
    "same page": _same,
    "pages": _pages,
    "cut-offs": _cutoffs,
    "cut-offs of pages": _cutoffs_of_pages,
    "clear_cache": _plain("clear_cache"),
    "heartbeat": _plain("app_heartbeat"),
    "stop_script": _plain("stop_script"),
    "file addresses": _addresses,
    "undecodable": lambda _phone, _number: b"\xff\xff\xff",
    "words": lambda _phone, _number: "hello",
    "half a megabyte": lambda _phone, _number: b"\x82\xfa\x01" * 170_000,
}


if __name__ == "__main__":
    show(rows(tuple(sys.argv[1:])))
