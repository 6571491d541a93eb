"""Several servers at once: each is started, asked how it is, and started again where it died.

Streamlit uses one core a process, so a machine with more serves more readers by more processes.
They stand behind nginx (`deploy/`), which sends a reader on to another one while theirs is away.
"""

import http.client
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import FrameType

from crmdata import logs
from crmdata.serving.answers import READY

HEALTH = "/_stcore/health"


@dataclass(frozen=True)
class Pace:
    """Seconds, and how many of them are too many."""

    look: float = 2.0
    """Between two looks at the servers."""
    answer: float = 5.0
    """How long a server may take to say that it lives."""
    unanswered: int = 3
    """How often in a row it may not, before it is started anew."""
    start: float = 180.0
    """How long it may take to be ready."""
    first_pause: float = 1.0
    longest_pause: float = 30.0
    """Before a server that died is started again: doubled each time, so that a fault that stays
    does not fill the log."""
    settled: float = 60.0
    """After which a death is taken for a new one."""
    leave: float = 15.0
    """What is left to a server that was asked to end."""


@dataclass(frozen=True)
class ServerPlace:
    """One server to run: its command, and where it answers."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    host: str
    port: int


class Worker:
    """One of the servers and its process."""

    def __init__(self, place: ServerPlace, pace: Pace) -> None:
        self.place = place
        self._pace = pace
        self._process: subprocess.Popen[bytes] | None = None
        self._started = self._start_at = 0.0
        self._pause = pace.first_pause
        self._unanswered = 0
        self._was_ready = False

    @property
    def pid(self) -> int | None:
        """The number of its process."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start it."""
        self._process = subprocess.Popen(  # noqa: S603 - the interpreter that runs this
            self.place.command,
            env=dict(self.place.environment),
            stdin=subprocess.DEVNULL,
            # A Ctrl+C is the supervisor's to hear: it ends them in order.
            start_new_session=True,
        )
        self._started, self._unanswered, self._was_ready = time.monotonic(), 0, False
        self._log("worker started")

    def ask_to_end(self) -> None:
        """Let it take no more readers, and end."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def end(self) -> None:
        """Wait until it has ended; end it by force where it takes too long."""
        if self._process is None:
            return
        self.ask_to_end()
        try:
            self._process.wait(self._pace.leave)
        except subprocess.TimeoutExpired:
            self._log("worker was slow to end")
            self._process.kill()
            self._process.wait()
        self._log("worker ended", code=self._process.returncode)
        self._process = None

    def tend(self) -> None:
        """Start it again where it ended or answers no more."""
        if self._process is None:
            if time.monotonic() >= self._start_at:
                self.start()
            return
        code = self._process.poll()
        if code is not None:
            self._died(code)
        elif self.answers(HEALTH):
            self._unanswered = 0
            if not self._was_ready and self.is_ready():
                self._was_ready = True
                self._log("worker ready", seconds=round(time.monotonic() - self._started, 1))
        elif self._is_lost():
            self._log("worker does not answer")
            self._process.kill()
            self._died(self._process.wait())

    def _is_lost(self) -> bool:
        starting = not self._was_ready and time.monotonic() - self._started < self._pace.start
        self._unanswered += not starting
        return self._unanswered >= self._pace.unanswered

    def _died(self, code: int) -> None:
        if time.monotonic() - self._started > self._pace.settled:
            self._pause = self._pace.first_pause
        self._log("worker died", code=code, again_in=self._pause)
        self._process = None
        self._start_at = time.monotonic() + self._pause
        self._pause = min(self._pause * 2, self._pace.longest_pause)

    def is_ready(self) -> bool:
        """Tell whether a reader who comes now gets a page, and soon."""
        return self.answers(READY)

    def answers(self, path: str) -> bool:
        """Tell whether it answers a request with 200."""
        there = http.client.HTTPConnection(
            self.place.host, self.place.port, timeout=self._pace.answer
        )
        try:
            there.request("GET", path)
            return there.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            there.close()

    def _log(self, what: str, **more: object) -> None:
        logs.log.info(what, worker=self.place.name, pid=self.pid, port=self.place.port, **more)


class Supervisor:
    """Runs the servers until it is told to end."""

    def __init__(self, places: Sequence[ServerPlace], pace: Pace | None = None) -> None:
        self._pace = pace or Pace()
        self.workers = [Worker(place, self._pace) for place in places]
        self._woken = threading.Event()
        self._ending = False
        self._renewing = False

    def heed_signals(self) -> None:
        """End at SIGTERM and SIGINT, start all anew one after the other at SIGHUP."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._told_to_end)
        signal.signal(signal.SIGHUP, self._told_to_renew)

    def _told_to_end(self, _number: int, _frame: FrameType | None) -> None:
        self._ending = True
        self._woken.set()

    def _told_to_renew(self, _number: int, _frame: FrameType | None) -> None:
        self._renewing = True
        self._woken.set()

    def run(self) -> None:
        """Run the servers until told to end, then let them end."""
        while not self._ending:
            self._tend()
            if self._renewing:
                self._renewing = False
                self._renew()
            self._wait()
        logs.log.info("ending", workers=len(self.workers))
        for worker in self.workers:
            worker.ask_to_end()
        for worker in self.workers:
            worker.end()

    def _tend(self) -> None:
        for worker in self.workers:
            worker.tend()

    def _wait(self) -> None:
        self._woken.wait(self._pace.look)
        self._woken.clear()

    def _renew(self) -> None:
        """Start the servers anew, each once the one before is ready, so that some always serve."""
        for worker in self.workers:
            logs.log.info("renewing", worker=worker.place.name)
            worker.end()
            worker.start()
            if not self._until_ready(worker):
                # What runs still serves: better an old server than none.
                logs.log.error("renewal stopped", worker=worker.place.name)
                return
        logs.log.info("renewed", workers=len(self.workers))

    def _until_ready(self, worker: Worker) -> bool:
        until = time.monotonic() + self._pace.start
        while not self._ending and time.monotonic() < until:
            self._tend()
            if worker.is_ready():
                return True
            self._wait()
        return False
