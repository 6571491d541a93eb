"""nginx and several servers on loopback, as deploy/ puts them together."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crmdata.serving import upstreams
from crmdata.settings import ROOT
from tests.patience import PATIENCE, until
from tests.serving import ended, free_port

DEPLOY = ROOT / "deploy"
NGINX = "/usr/sbin/nginx"

_FRAME = """
{user}
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 2048; }}
http {{
    include /etc/nginx/mime.types;
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {content}
}}
"""

_SERVER = """
    include crmdata/http.conf;
    include crmdata/upstream-public.conf;
    server {{ listen 127.0.0.1:{port}; include crmdata/public.conf; }}
"""


def configured(folder: Path, content: str, servers: Sequence[str] = ("127.0.0.1:8501",)) -> Path:
    """Write the configuration of deploy/nginx with its folders moved here; return the main file."""
    shutil.copytree(DEPLOY / "nginx" / "crmdata", folder / "crmdata", dirs_exist_ok=True)
    (folder / "crmdata" / "upstream-public.conf").write_text(upstreams("public", servers), "utf-8")
    for file in (folder / "crmdata").glob("*.conf"):
        text = file.read_text("utf-8")
        text = text.replace("/var/cache/nginx/crmdata", str(folder / "cache"))
        file.write_text(text.replace("/etc/nginx/crmdata", str(folder / "crmdata")), "utf-8")
    # As root it would give its rights to somebody who cannot read pytest's folders.
    user = "user root;" if os.geteuid() == 0 else ""
    main = folder / "nginx.conf"
    main.write_text(_FRAME.format(user=user, folder=folder, content=content), "utf-8")
    return main


@contextmanager
def nginx(folder: Path, servers: Sequence[str]) -> Iterator[str]:
    """Yield the address of an nginx before the servers; end it afterwards."""
    port = free_port()
    main = configured(folder, _SERVER.format(port=port), servers)
    process = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(main)])
    try:
        until(lambda: _listens(port))
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


@dataclass
class Workers:
    """Servers under a supervisor."""

    process: subprocess.Popen[bytes]
    first_port: int
    count: int
    log_file: Path

    @property
    def addresses(self) -> list[str]:
        """Where they answer."""
        return [f"127.0.0.1:{self.first_port + number}" for number in range(self.count)]

    @property
    def log(self) -> list[dict[str, Any]]:
        """What supervisor and servers said, in order."""
        lines = self.log_file.read_text("utf-8").splitlines()
        found = []
        for line in lines:
            with suppress(json.JSONDecodeError):
                found.append(json.loads(line))
        return found

    def said(self, event: str) -> list[dict[str, Any]]:
        """Return the lines of one event."""
        return [line for line in self.log if line.get("event") == event]

    def pids(self) -> dict[int, int]:
        """Return the newest process of each port."""
        return {line["port"]: line["pid"] for line in self.said("worker started")}

    def are_ready(self) -> bool:
        """Tell whether all are ready."""
        return all(asked(f"http://{each}/_crmdata/ready")[0] == 200 for each in self.addresses)

    def tokens(self) -> set[str]:
        """Return which data their pages show."""
        answers = (asked(f"http://{each}/_crmdata/data")[1] for each in self.addresses)
        return {json.loads(answer or '{"token": ""}')["token"] for answer in answers}


@contextmanager
def workers(
    folder: Path, *, count: int = 2, home: Path = ROOT, **environment: str
) -> Iterator[Workers]:
    """Serve the app by `crmdata serve --public --workers N`, from `home`; end it afterwards."""
    port = _ports(count)
    verb = ("serve", "--public", "--workers", str(count), "--port", str(port))
    log = folder / "workers.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "crmdata", *verb],
            cwd=home, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            env=os.environ | {"CRMDATA_WARM": "0", "PYTHONPATH": str(home)} | environment,
        )  # fmt: skip
        served = Workers(process, port, count, log)
        with ended(process):
            until(lambda: served.are_ready() or process.poll() is not None)
            assert process.poll() is None, log.read_text("utf-8")
            yield served


def crmdata(home: Path, *verb: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the app from `home`."""
    return subprocess.run(
        [sys.executable, "-m", "crmdata", *verb],
        cwd=home, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": str(home)} | environment,
    )  # fmt: skip


def asked(url: str) -> tuple[int, str]:
    """Return status and text of an answer; 0 where there is none."""
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()
    except OSError:
        return 0, ""


def _ports(count: int) -> int:
    """Return a port that is free, as the ones after it are."""
    while True:
        first = free_port()
        if not any(_listens(first + number) for number in range(count)) and first < 65_000:
            return first


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
