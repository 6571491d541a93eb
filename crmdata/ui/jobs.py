"""Long work beside the page: it tells how far it is, ends when asked, and when nobody waits.

What is made is kept for every reader of the same data; the oldest goes first.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Lock, Thread

import streamlit as st

from crmdata.exports.steps import Cancelled, Step

LEFT_ALONE = 15.0
"""Seconds after which work ends that no page asks for any more: its window was closed."""

MOST_KEPT = 12

Make = Callable[[Step], bytes]


@dataclass
class Job:
    """One file in the making."""

    key: str
    make: Make
    done: int = 0
    of: int = 1
    content: bytes | None = None
    failed: bool = False
    stop: Event = field(default_factory=Event)
    asked_at: float = field(default_factory=time.monotonic)

    def start(self) -> None:
        """Begin in a thread of its own."""
        Thread(target=self._run, daemon=True).start()

    @property
    def running(self) -> bool:
        """Whether there is still something to wait for."""
        return self.content is None and not self.failed and not self.stop.is_set()

    def _run(self) -> None:
        try:
            self.content = self.make(self._step)
        except Cancelled:
            self.stop.set()
        except Exception:
            self.failed = True
            raise
        else:
            shelf().put(self.key, self.content)

    def _step(self, done: int, of: int) -> None:
        self.done, self.of = done, of
        if self.stop.is_set() or time.monotonic() - self.asked_at > LEFT_ALONE:
            raise Cancelled


class Shelf:
    """Files that were made, for every reader."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def put(self, key: str, content: bytes) -> None:
        """Keep a file, and let go of the oldest beyond `MOST_KEPT`."""
        with self._lock:
            self._files[key] = content
            self._files.move_to_end(key)
            while len(self._files) > MOST_KEPT:
                self._files.popitem(last=False)

    def get(self, key: str) -> bytes | None:
        """Return a file that is kept, or None."""
        with self._lock:
            return self._files.get(key)


_SHELF = Shelf()


def shelf() -> Shelf:
    """Return the files of this process: threads of jobs have no session to find a cache by."""
    return _SHELF


def of(key: str) -> Job | None:
    """Return this reader's job for a file, and tell it that somebody waits."""
    found: Job | None = st.session_state.get("crmdata_jobs", {}).get(key)
    if found is not None:
        found.asked_at = time.monotonic()
    return found


def begin(key: str, make: Make) -> None:
    """Begin to make a file, from a callback."""
    job = Job(key, make)
    st.session_state.setdefault("crmdata_jobs", {})[key] = job
    job.start()


def end(key: str) -> None:
    """End the making of a file, from a callback."""
    job: Job | None = st.session_state.get("crmdata_jobs", {}).pop(key, None)
    if job is not None:
        job.stop.set()
