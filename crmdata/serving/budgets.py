"""How much of a server one reader may take: a number of messages, and the processor's time.

Messages are counted; what their runs cost is measured, in processor time that runs at the same
moment share evenly, so that a busy machine makes nobody's clicks dearer. Who took more than their
share waits, and for time only while others read: an idle server is everybody's.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

LONGEST_WAIT = 10.0
"""Seconds that a message is held back at most; Streamlit takes a silence of 30 for a lost line."""

_RECENTLY = 10.0
"""Seconds for which somebody who ran a page counts as reading."""

_FORGOTTEN = 300.0
"""Seconds after which a reader who left has a full budget again in any case."""

Clock = Callable[[], float]


@dataclass(frozen=True)
class Allowance:
    """What one reader may take: at once, and from then on."""

    messages: float = 30
    """At once: a page that opens, a filter clicked through, several tabs restored."""
    messages_a_second: float = 3
    """From then on: a file in the making has its page ask twice a second."""
    seconds: float = 1.5
    """Of processor time at once: some sixty views drawn before, or four that nobody had drawn."""
    share: float = 0.04
    """Of one core from then on, while others read."""
    tabs: int = 40
    """Connections open at once."""
    abreast: int = 1
    """Pages in the making at once: two would take the interpreter from others, and be no sooner."""


class Bucket:
    """Fills evenly up to its size; who takes what is not there yet waits for it."""

    def __init__(self, size: float, rate: float, clock: Clock) -> None:
        self._size = self._level = size
        self._rate = rate
        self._clock = clock
        self._at = clock()

    def take(self, amount: float) -> None:
        """Take out of it, at most as far as is filled again in `LONGEST_WAIT`."""
        self._fill()
        self._level = max(self._level - amount, -self._rate * LONGEST_WAIT)

    @property
    def wait(self) -> float:
        """Seconds until nothing is owed."""
        self._fill()
        return max(0.0, -self._level / self._rate)

    def _fill(self) -> None:
        now = self._clock()
        self._level = min(self._size, self._level + (now - self._at) * self._rate)
        self._at = now


class Meter:
    """Measures what runs cost: of the processor's time, each has an even part while it runs."""

    def __init__(self, processor: Clock) -> None:
        self._processor = processor
        self._running = 0
        self._at = processor()
        self._each = 0.0

    def start(self) -> float:
        """Begin a run; return what `end` asks for."""
        self._advance()
        self._running += 1
        return self._each

    def end(self, started: float) -> float:
        """End a run and return what it cost, in seconds."""
        self._advance()
        self._running -= 1
        return self._each - started

    def _advance(self) -> None:
        now = self._processor()
        if self._running:
            self._each += (now - self._at) / self._running
        self._at = now


@dataclass(eq=False)
class Budget:
    """What one reader has left, in however many tabs."""

    limits: Allowance
    clock: Clock
    tabs: int = 0
    ran_at: float = float("-inf")
    left_at: float = 0.0
    messages: Bucket = field(init=False)
    work: Bucket = field(init=False)
    abreast: asyncio.Semaphore = field(init=False)
    line: asyncio.Lock = field(init=False)

    def __post_init__(self) -> None:
        self.messages = Bucket(self.limits.messages, self.limits.messages_a_second, self.clock)
        self.work = Bucket(self.limits.seconds, self.limits.share, self.clock)
        self.abreast = asyncio.Semaphore(self.limits.abreast)
        self.line = asyncio.Lock()


class Budgets:
    """The budgets of all who read; a reader without a name has one of their own each time."""

    def __init__(
        self,
        limits: Allowance | None = None,
        *,
        clock: Clock = time.monotonic,
        processor: Clock = time.process_time,
    ) -> None:
        self._limits = limits or Allowance()
        self._clock = clock
        self._named: dict[str, Budget] = {}
        self._latest: list[Budget] = []
        self.meter = Meter(processor)

    def open(self, name: str) -> Budget | None:
        """Return the budget of somebody who opens one more tab, None where that is too many."""
        budget = self._named.get(name) or Budget(self._limits, self._clock)
        if budget.tabs >= self._limits.tabs:
            return None
        if name and name not in self._named:
            self._forget()
            self._named[name] = budget
        budget.tabs += 1
        return budget

    def close(self, budget: Budget) -> None:
        """Take note that a tab was closed."""
        budget.tabs -= 1
        budget.left_at = self._clock()

    def note_run(self, budget: Budget) -> None:
        """Take note that somebody reads."""
        budget.ran_at = self._clock()
        others = [each for each in self._latest if each is not budget]
        self._latest = [*others[-1:], budget]

    def work_wait(self, budget: Budget) -> float:
        """Return the seconds until somebody may have a page drawn: none where nobody else reads."""
        now = self._clock()
        others = any(each is not budget and now - each.ran_at < _RECENTLY for each in self._latest)
        return budget.work.wait if others else 0.0

    def _forget(self) -> None:
        until = self._clock() - _FORGOTTEN
        gone = [
            name for name, each in self._named.items() if not each.tabs and each.left_at < until
        ]
        for name in gone:
            del self._named[name]
