"""Servers to measure: the app as it is served, a floor or a peer, each a process of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from crmdata import start
from crmdata.serving import Wishes, server_command
from crmdata.settings import ROOT, ServeMode
from tests.serving import answers, ended, free_port

FLOOR = Path(__file__).parent / "floor"
"""Bare Streamlit pages."""


@dataclass(frozen=True)
class Served:
    """A running server; `begun` is the clock's time before its process was started."""

    url: str
    pid: int
    begun: float

    @property
    def memory(self) -> float:
        """Resident megabytes of the process."""
        return float(psutil.Process(self.pid).memory_info().rss) / 2**20

    @property
    def processor(self) -> float:
        """Seconds of processor time that the process took so far."""
        taken = psutil.Process(self.pid).cpu_times()
        return float(taken.user + taken.system)

    @property
    def descriptors(self) -> int:
        """Open files and connections of the process."""
        return int(psutil.Process(self.pid).num_fds())


def demonstration(folder: Path) -> Path:
    """Return a new SQLite file with the demonstration data."""
    file = folder / "demo.sqlite3"
    start.prepare(f"sqlite:///{file}").dispose()
    return file


@contextmanager
def app(database: Path | str, **environment: str) -> Iterator[Served]:
    """Serve the app to readers as `crmdata serve` does."""
    port = free_port()
    command, variables = server_command(Wishes(ServeMode.READING, port=port))
    url = f"sqlite:///{database}" if isinstance(database, Path) else database
    with _process(command, port, variables | {"CRMDATA_DATABASE_URL": url} | environment) as found:
        yield found


@contextmanager
def streamlit(script: Path, **environment: str) -> Iterator[Served]:
    """Serve a bare Streamlit page, with the settings that the app has."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    with _process(command, port, environment) as found:
        yield found


@contextmanager
def python(script: Path, *arguments: str, path: str = "/") -> Iterator[Served]:
    """Serve a script that takes its port as the first argument."""
    port = free_port()
    command = [sys.executable, str(script), str(port), *arguments]
    with _process(command, port, {}, path) as found:
        yield found


@contextmanager
def _process(
    command: list[str], port: int, environment: dict[str, str], path: str = "/_stcore/health"
) -> Iterator[Served]:
    given = {key: value for key, value in os.environ.items() if not key.startswith("CRMDATA_")}
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=given | environment | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    found = Served(f"http://127.0.0.1:{port}", process.pid, begun)
    with ended(process):
        if not answers(found.url + path, process):
            raise RuntimeError(f"{command!r} did not answer.")
        yield found


__all__ = ["FLOOR", "Served", "app", "demonstration", "python", "streamlit"]
