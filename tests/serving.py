"""The real app as a subprocess on loopback: what a reader's browser talks to."""

import os
import random
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from crmdata.serving import Wishes, server_command
from crmdata.settings import ROOT, ServeMode
from tests.patience import PATIENCE, until

WATCH = Path(__file__).parent / "watch"
"""A folder whose `sitecustomize` writes down every connection the server opens."""


@dataclass(frozen=True)
class ServedApp:
    """A running app server."""

    url: str
    folder: Path
    pid: int

    @property
    def log(self) -> str:
        """Everything the server said so far."""
        return (self.folder / "server.log").read_text("utf-8")

    @property
    def connections(self) -> list[str]:
        """Every connection or name lookup of the server that is not to this machine."""
        file = self.folder / "connections.log"
        return file.read_text("utf-8").splitlines() if file.exists() else []


Serve = Callable[..., ServedApp]
"""What serves a database for one test: `serve(file)`, or `serve(file, "--public")`."""


@contextmanager
def app(folder: Path, *, database: str | Path, **environment: str) -> Iterator[ServedApp]:
    """Serve the app as `make run` does, with a database file of its own; end it afterwards.

    `folder` takes the server's log. Raise RuntimeError if it does not answer in time.
    """
    command, variables = server_command(Wishes(ServeMode.READING, port=free_port()))
    with _running(folder, command, database, variables | environment) as served:
        yield served


@contextmanager
def mode(
    folder: Path, option: str, *, database: str | Path, port: int = 0, tree: Path = ROOT,
    **environment: str,
) -> Iterator[ServedApp]:  # fmt: skip
    """Serve the app by `crmdata serve` in one of its modes (`--public`), as `app` does.

    `tree` may be a changed copy of this one.
    """
    verb = ("-m", "crmdata", "serve", option, "--port", str(port or free_port()))
    if tree != ROOT:
        environment = {"PYTHONPATH": os.pathsep.join([str(tree), str(WATCH)])} | environment
    command = [sys.executable, *verb]
    with _running(folder, command, database, environment, tree) as served:
        yield served


def until_drawn(url: str) -> None:
    """Wait until documents bring their first screen: a server that just began sends none."""

    def drawn() -> bool:
        with urllib.request.urlopen(f"{url}/inicio") as answer:
            return b'id="crm-first"' in answer.read()

    until(drawn)


def free_port() -> int:
    """Return a port of loopback that nobody listens at."""
    # Not one of those that the system gives to outgoing connections: it may take one of them
    # before a server does that starts on a busy machine.
    while True:
        port = _PORTS.randrange(12_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


_PORTS = random.SystemRandom()
"""Workers that drew by one seed would draw the same."""


@contextmanager
def ended(process: subprocess.Popen[bytes], patience: float = 60) -> Iterator[None]:
    """End a process at the close; kill it if it takes more than `patience` seconds."""
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def _running(
    folder: Path, command: list[str], database: str | Path, environment: dict[str, str],
    tree: Path = ROOT,
) -> Iterator[ServedApp]:  # fmt: skip
    port = next(part for before, part in pairwise(command) if before.endswith("port"))
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(
            command,
            cwd=tree, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            env=os.environ | {
                "CRMDATA_DATABASE_URL": f"sqlite:///{database}",
                "CRMDATA_TEST_CONNECTIONS": str(folder / "connections.log"),
                "PYTHONPATH": str(WATCH),
                # Two cores serve all tests: what no test looks at is not drawn.
                "CRMDATA_WARM": "0",
            } | environment,
        )  # fmt: skip
        served = ServedApp(f"http://127.0.0.1:{port}", folder, process.pid)
        with ended(process):
            if not answers(f"{served.url}/_stcore/health", process):
                raise RuntimeError(f"The app did not start.\n{served.log}")
            yield served


def answers(url: str, process: subprocess.Popen[bytes]) -> bool:
    """Wait for an answer at `url`; tell whether it came before the process or the time ended."""
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return True
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.02)
    return False
