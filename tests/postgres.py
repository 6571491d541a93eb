"""A throw-away PostgreSQL server for a test run: its own cluster, folder and port."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from tests.patience import PATIENCE
from tests.serving import free_port

SUPERUSER = "app"

_ROOM = 4 * 2**30
"""Bytes that must be free in memory: a worker's cluster takes some hundred million."""

_SETTINGS = {
    "listen_addresses": "127.0.0.1",  # loopback only
    "fsync": "off",  # nothing here has to survive the power going
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "32MB",
    "max_connections": "50",
}


@dataclass
class Server:
    """A running server; each test takes a database of its own from it."""

    folder: Path
    port: int
    settings: str = ""

    def __post_init__(self) -> None:
        self._numbers = count(1)

    def url(self, name: str) -> str:
        """Return the URL of a database, as the app takes it."""
        return f"postgresql+psycopg://{SUPERUSER}@127.0.0.1:{self.port}/{name}"

    def create(self, name: str = "", *, template: str = "template0") -> str:
        """Make a database, a copy of `template` where one is named, and return its name."""
        name = name or f"test_{next(self._numbers)}"
        self._run(
            # Files are copied as they are, and not written a second time into the log.
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        return name

    def drop(self, name: str) -> None:
        """Drop a database, whoever is still connected."""
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def kill(self) -> None:
        """End the server and all its processes at once, as a power cut would."""
        first = int((self.folder / "data" / "postmaster.pid").read_text("utf-8").splitlines()[0])
        processes = psutil.Process(first)
        for process in [processes, *processes.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs([processes], timeout=PATIENCE)

    def start_again(self) -> None:
        """Start the server that was killed; it finds its way from its log."""
        # The number in the lock files may be another process's by now, or a dead one's still.
        (self.folder / "data" / "postmaster.pid").unlink(missing_ok=True)
        (self.folder / f".s.PGSQL.{self.port}.lock").unlink(missing_ok=True)
        _start(self)

    def ask(self, statement: str) -> None:
        """Run a statement of the operator's, as `SELECT pg_wal_replay_pause()`."""
        self._run(sql.SQL(statement))

    def _run(self, statement: sql.Composable) -> None:
        with psycopg.connect(
            host="127.0.0.1", port=self.port, user=SUPERUSER, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement)


def programs() -> Path:
    """Return the folder of the newest server programs. Raise FileNotFoundError without any."""
    found = list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise FileNotFoundError(
            "No PostgreSQL server: apt-get install --no-install-recommends postgresql"
        )
    return max(found, key=lambda program: int(program.parts[4])).parent


def _as_postgres(folder: Path, *command: str | Path) -> None:
    # initdb and postgres refuse to run as root.
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*prefix, *map(str, command)],
        cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}\n{done.stdout}")


@contextmanager
def running(beneath: Path | None = None, **settings: str) -> Iterator[Server]:
    """Yield a server on a new cluster; stop it and remove its folder afterwards.

    `beneath` is where that folder is made, else where there is room in memory; `settings` change
    the server's own, as `fsync="on"`.
    """
    # Not pytest's own folder: that is closed to the user `postgres`.
    folder = Path(tempfile.mkdtemp(prefix="crmdata-postgres-", dir=beneath or _in_memory()))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    try:
        _as_postgres(
            folder, programs() / "initdb", "-D", data, "-U", SUPERUSER, "--auth=trust",
            "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        server = _started(folder, settings)
        try:
            yield server
        finally:
            _stop(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _in_memory() -> Path | None:
    """Return where files stay in memory, if enough of them fit: half the time of a copy."""
    memory = Path("/dev/shm")
    fits = memory.is_dir() and shutil.disk_usage(memory).free > _ROOM
    return memory if fits else None


@contextmanager
def copy_of(server: Server) -> Iterator[Server]:
    """Yield a server that follows another one by streaming replication; stop it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="crmdata-postgres-", dir=_in_memory()))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    try:
        _as_postgres(
            folder, programs() / "pg_basebackup", "-D", folder / "data", "-h", "127.0.0.1",
            "-p", str(server.port), "-U", SUPERUSER, "--write-recovery-conf",
            "--wal-method=stream", "--checkpoint=fast", "--no-sync",
        )  # fmt: skip
        # It asks for its source anew within a second, so that a test need not wait for five.
        copy = _started(folder, {"wal_retrieve_retry_interval": "500ms"})
        try:
            yield copy
        finally:
            _stop(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _stop(folder: Path) -> None:
    control = programs() / "pg_ctl"
    _as_postgres(folder, control, "-D", folder / "data", "-m", "immediate", "-w", "stop")


def _started(folder: Path, settings: dict[str, str], tries: int = 3) -> Server:
    named = "".join(f" -c {name}={value}" for name, value in (_SETTINGS | settings).items())
    server = Server(folder, free_port(), named)
    try:
        _start(server)
    except RuntimeError as error:
        # Another process may have taken the port between the look and the start.
        if tries == 1:
            error.add_note((folder / "server.log").read_text("utf-8"))
            raise
        return _started(folder, settings, tries - 1)
    return server


def _start(server: Server) -> None:
    folder = server.folder
    _as_postgres(
        folder, programs() / "pg_ctl", "-D", folder / "data", "-l", folder / "server.log", "-w",
        "-t", str(PATIENCE),
        "-o", f"-p {server.port} -k {folder}{server.settings}", "start",
    )  # fmt: skip
