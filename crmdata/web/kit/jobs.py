"""Long work beside the page: it tells how far it is, ends when asked, and when nobody waits.

A process makes one file at a time, and rests after each part as long as that took: the other half
of the time is for those who read. What is made is kept for every reader of the same data.
"""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Event, Lock, Thread

import streamlit as st

from crmdata.memo import Memo
from crmdata.steps import Cancelled, Step

LEFT_ALONE = 15.0
"""Seconds after which work ends that no page asks for any more: its window was closed."""

_LONGEST_REST = 1.0
_ASK_AGAIN = 0.5
"""Seconds after which work that waits for its turn asks whether anybody still wants it."""

_TURN = Lock()

Make = Callable[[Step], bytes]


@dataclass
class Job:
    """One file in the making."""

    key: Hashable
    make: Make
    memo: Memo
    """Where the file is kept."""
    done: int = 0
    of: int = 1
    ready: bool = False
    failed: bool = False
    stop: Event = field(default_factory=Event)
    asked_at: float = field(default_factory=time.monotonic)
    thread: Thread | None = None
    worked: float = 0.0
    """Seconds of the processor's time that its thread had taken when it rested last."""

    def start(self) -> None:
        """Begin in a thread of its own."""
        self.thread = Thread(target=self._run, daemon=True)
        self.thread.start()

    @property
    def running(self) -> bool:
        """Whether there is still something to wait for."""
        return not self.ready and not self.failed and not self.stop.is_set()

    @property
    def wanted(self) -> bool:
        """Whether a page has asked for it lately."""
        return not self.stop.is_set() and time.monotonic() - self.asked_at <= LEFT_ALONE

    def _run(self) -> None:
        try:
            while not _TURN.acquire(timeout=_ASK_AGAIN):
                self._go_on_if_wanted()
            try:
                self.memo.get(self.key, lambda: self.make(self._step))
            finally:
                _TURN.release()
        except Cancelled:
            self.stop.set()
        except Exception:
            self.failed = True
            raise
        else:
            self.ready = True

    def _step(self, done: int, of: int) -> None:
        self.done, self.of = done, of
        self._go_on_if_wanted()
        time.sleep(min(time.thread_time() - self.worked, _LONGEST_REST))
        self.worked = time.thread_time()

    def _go_on_if_wanted(self) -> None:
        if not self.wanted:
            raise Cancelled


def of(key: Hashable) -> Job | None:
    """Return this reader's job for a file, and tell it that somebody waits."""
    job: Job | None = st.session_state.get("crmdata_jobs", {}).get(key)
    if job is not None:
        job.asked_at = time.monotonic()
    return job


def begin(key: Hashable, make: Make, memo: Memo) -> None:
    """Begin to make a file, from a callback."""
    jobs: dict[Hashable, Job] = st.session_state.setdefault("crmdata_jobs", {})
    # A reader who goes from cut-off to cut-off leaves one behind at each.
    for unwanted in [name for name, job in jobs.items() if not job.wanted]:
        del jobs[unwanted]
    jobs[key] = Job(key, make, memo)
    jobs[key].start()


def end(key: Hashable) -> None:
    """End the making of a file, from a callback."""
    job: Job | None = st.session_state.get("crmdata_jobs", {}).pop(key, None)
    if job is not None:
        job.stop.set()
