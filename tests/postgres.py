"""A throw-away PostgreSQL server for a test run: its own cluster, folder and port."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

SUPERUSER = "app"
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

    def __post_init__(self) -> None:
        self._numbers = count(1)

    def url(self, name: str) -> str:
        """Return the URL of a database, as the app takes it."""
        return f"postgresql+psycopg://{SUPERUSER}@127.0.0.1:{self.port}/{name}"

    def create(self, *, template: str = "template0") -> str:
        """Make a database, a copy of `template` where one is named, and return its name."""
        name = f"test_{next(self._numbers)}"
        self._run(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        return name

    def drop(self, name: str) -> None:
        """Drop a database, whoever is still connected."""
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _run(self, statement: sql.Composed) -> None:
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


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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
def running() -> Iterator[Server]:
    """Yield a server on a new cluster; stop it and remove its folder afterwards."""
    # Not pytest's own folder: that is closed to the user `postgres`.
    folder = Path(tempfile.mkdtemp(prefix="crmdata-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data, control = folder / "data", programs() / "pg_ctl"
    try:
        _as_postgres(
            folder, programs() / "initdb", "-D", data, "-U", SUPERUSER, "--auth=trust",
            "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        server = _started(folder, control, data)
        try:
            yield server
        finally:
            _as_postgres(folder, control, "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _started(folder: Path, control: Path, data: Path, tries: int = 3) -> Server:
    port = _free_port()
    settings = "".join(f" -c {name}={value}" for name, value in _SETTINGS.items())
    log = folder / "server.log"
    try:
        _as_postgres(
            folder, control, "-D", data, "-l", log, "-w", "-o",
            f"-p {port} -k {folder}{settings}", "start",
        )  # fmt: skip
    except RuntimeError as error:
        # Another process may have taken the port between the look and the start.
        if tries == 1:
            error.add_note(log.read_text("utf-8"))
            raise
        return _started(folder, control, data, tries - 1)
    return Server(folder, port)
