"""What a serving process knows of its data: their version, how fresh they are, whether it is ready.

A thread of the process's own looks once a second, so that no reader's run and no health check has
to ask the database. After each change it has the first views drawn anew, and lets the pages that
are open know when that is done.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crmdata import logs
from crmdata.errors import CrmdataError
from crmdata.freshness import Copy, Freshness

if TYPE_CHECKING:
    from sqlalchemy import Engine

LOOK_SECONDS = 1.0
"""How often the database is asked for its version."""

LONGEST_WARMING = 3.0
"""Seconds after which open pages learn of new data even where the views are not all drawn yet."""


@dataclass(frozen=True)
class ServerState:
    """What is known now."""

    version: int | None = None
    """The version of the data that open pages are to show; None before the first look."""
    chain: str = ""
    """The head of the audit chain at that version: after a restore it is another one's."""
    fresh: Freshness = Freshness(Copy.ITSELF)  # noqa: RUF009 - it cannot be changed
    reachable: bool = False
    warmed: bool = False
    """Whether the first views have been drawn once since the process started."""

    @property
    def ready(self) -> bool:
        """Whether a reader who comes now gets a page, and soon."""
        return self.reachable and self.warmed

    @property
    def token(self) -> str:
        """What changes when open pages have something else to show; empty while nobody knows."""
        if self.version is None or not self.reachable:
            return ""
        return f"{self.version}.{self.chain[:8]}.{self.fresh.copy.value}"


Warm = Callable[[Callable[[], None]], None]
"""Draws the views before anybody asks; calls what it gets once those are drawn that come first."""


class Watch:
    """The thread that looks, and what it saw last."""

    def __init__(self, warm: Warm, *, look: float = LOOK_SECONDS) -> None:
        """`warm` draws the first views; it may take long, and what it raises is logged."""
        self._warm = warm
        self._drawn = threading.Event()
        self._look_seconds = look
        self._engine: Engine | None = None
        self._warming: threading.Thread | None = None
        self._seen: tuple[int, str] | None = None
        self._changed_at = 0.0
        self._undrawn = False
        self._ended = threading.Event()
        self._said = ""
        self.state = ServerState()

    def begin(self) -> None:
        """Look from now on."""
        threading.Thread(target=self._go_on, name="watch", daemon=True).start()

    def end(self) -> None:
        """Look no more."""
        self._ended.set()

    def _go_on(self) -> None:
        while not self._ended.is_set():
            self.look()
            self._ended.wait(self._look_seconds)

    def look(self) -> None:
        """Look once."""
        from sqlalchemy.exc import SQLAlchemyError

        try:
            seen, fresh = self._look()
        except (CrmdataError, SQLAlchemyError, OSError) as error:
            self._say("the database does not answer", type(error).__name__)
            self.state = replace(self.state, reachable=False)
            return
        self._say("the database answers", fresh.copy.value)
        self.state = replace(self.state, reachable=True, fresh=fresh)
        if seen != self._seen:
            self._seen, self._changed_at, self._undrawn = seen, time.monotonic(), True
        if self._undrawn:
            self._start_warming()
        self._publish()

    def _look(self) -> tuple[tuple[int, str], Freshness]:
        # Imported by the thread that asks: the server answers a browser's first questions, for
        # its own scripts, while pandas and SQLAlchemy are loaded.
        from crmdata import start
        from crmdata.store import db, queries

        if self._engine is None:
            self._engine = start.for_the_app()
        with db.reading(self._engine) as session:
            version = queries.data_version(session)
            head = queries.chain_hashes(session, [version]).get(version, "")
            return (version, head), db.freshness(session)

    def _start_warming(self) -> None:
        # One at a time: the one at work draws for a version that is gone, and then it is this one's
        # turn. Open pages wait for it no longer than for any other.
        if self._warming is not None and self._warming.is_alive():
            return
        self._undrawn = False
        self._drawn = threading.Event()
        self._warming = threading.Thread(
            target=self._draw, args=(self._drawn,), name="warming", daemon=True
        )
        self._warming.start()

    def _draw(self, ready: threading.Event) -> None:
        begun = time.monotonic()

        def first_drawn() -> None:
            ready.set()
            logs.log.info("first views drawn", seconds=round(time.monotonic() - begun, 2))

        try:
            self._warm(first_drawn)
        except Exception:
            logs.log.exception("the views were not drawn")
        ready.set()
        logs.log.info("views drawn", seconds=round(time.monotonic() - begun, 2))

    def _publish(self) -> None:
        if self._drawn.is_set():
            self.state = replace(self.state, warmed=True)
        done = self._drawn.is_set() and not self._undrawn
        late = time.monotonic() - self._changed_at > LONGEST_WARMING
        if self._seen is not None and (done or late):
            version, chain = self._seen
            self.state = replace(self.state, version=version, chain=chain)

    def _say(self, what: str, how: str) -> None:
        """Log what is so, once for as long as it is."""
        if what + how != self._said:
            self._said = what + how
            logs.log.info(what, how=how)


_of_this_process: Watch | None = None


def of_this_process(warm: Warm) -> Watch:
    """Return the process's own watch, which tells its `state` from now on and is to begin."""
    global _of_this_process  # noqa: PLW0603 - one a process, as the server itself
    _of_this_process = Watch(warm)
    return _of_this_process


def state() -> ServerState | None:
    """Return what this process knows of its data; None where nobody watches (in a test)."""
    return _of_this_process.state if _of_this_process else None
