"""The real app as a subprocess on loopback: what a reader's browser talks to."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from crmdata.settings import ROOT

WATCH = Path(__file__).parent / "watch"
"""A folder whose `sitecustomize` writes down every connection the server opens."""

START_SECONDS = 30


@dataclass(frozen=True)
class ServedApp:
    """A running app server."""

    url: str
    folder: Path

    @property
    def log(self) -> str:
        """Everything the server said so far."""
        return (self.folder / "server.log").read_text("utf-8")

    @property
    def connections(self) -> list[str]:
        """Every connection or name lookup of the server that is not to this machine."""
        file = self.folder / "connections.log"
        return file.read_text("utf-8").splitlines() if file.exists() else []


@contextmanager
def app(folder: Path, *, database: str | Path, **environment: str) -> Iterator[ServedApp]:
    """Serve the app on a free port with a database file of its own; end it afterwards.

    `folder` takes the server's log. Raise RuntimeError if it does not answer in time.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    served = ServedApp(f"http://127.0.0.1:{port}", folder)
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)],
            cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            env=os.environ | {
                "CRMDATA_DATABASE_URL": f"sqlite:///{database}",
                "CRMDATA_TEST_CONNECTIONS": str(folder / "connections.log"),
                "PYTHONPATH": str(WATCH),
            } | environment,
        )  # fmt: skip
        try:
            _wait_for(served, process)
            yield served
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_for(served: ServedApp, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{served.url}/_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise RuntimeError(f"The app did not start.\n{served.log}")
