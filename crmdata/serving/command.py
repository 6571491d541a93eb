"""From what an operator asks for to the command that serves it, or a sentence why not."""

import os
import secrets
import sys
from dataclasses import dataclass, replace

from crmdata.errors import N_, Problem, SettingsError
from crmdata.serving.gate import BODY_LIMIT, MEGABYTE, UPLOAD_LIMIT_MB
from crmdata.serving.provider import is_loopback, provider
from crmdata.serving.supervisor import ServerPlace
from crmdata.settings import ROOT, ServeMode, database_url

SERVER = ROOT / "crmdata" / "web" / "server.py"
"""The app as Streamlit serves it behind the gate."""

MESSAGE_LIMIT_MB = 10
"""The largest message of a browser or to one; the largest table takes two."""


@dataclass(frozen=True)
class Wishes:
    """What an operator asks for."""

    mode: ServeMode
    address: str = "127.0.0.1"
    port: int = 8501
    database: str = ""
    workers: int = 1
    """Servers at once, at this port and the ones after it."""

    @property
    def url(self) -> str:
        """The address to open on this machine."""
        host = f"[{self.address}]" if ":" in self.address else self.address
        return f"http://{host}:{self.port}"


def server_command(wishes: Wishes) -> tuple[list[str], dict[str, str]]:
    """Return the command that serves the app, and the variables it needs besides.

    Raise SettingsError where the mode's conditions are not met.
    """
    _check_address(wishes)
    _check_workers(wishes)
    variables = {"CRMDATA_SERVE_MODE": str(wishes.mode)}
    if wishes.database:
        variables["CRMDATA_DATABASE_URL"] = wishes.database
    if wishes.mode is ServeMode.SECRETARIAT:
        # The cookie of the login's own steps is signed with the same secret.
        variables["STREAMLIT_SERVER_COOKIE_SECRET"] = provider().cookie_secret
    options = _options(wishes)
    arguments = [part for name, value in options for part in (f"--{name}", str(value))]
    return [sys.executable, "-m", "streamlit", "run", str(SERVER), *arguments], variables


def places(wishes: Wishes) -> list[ServerPlace]:
    """Return the servers that a supervisor is to run. Raise SettingsError as `server_command`."""
    servers = []
    # A form that one of them signed is good at the others too.
    shared = {"STREAMLIT_SERVER_COOKIE_SECRET": secrets.token_hex(32)}
    for number in range(wishes.workers):
        port = wishes.port + number
        command, variables = server_command(replace(wishes, port=port))
        servers.append(
            ServerPlace(
                name=f"{wishes.mode or 'reading'}-{number + 1}",
                command=command,
                environment=os.environ | shared | variables,
                host=_reached_at(wishes.address),
                port=port,
            )
        )
    return servers


def _reached_at(address: str) -> str:
    """Return the address at which this machine itself reaches what listens at one."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)  # noqa: S104 - not bound


def _options(wishes: Wishes) -> list[tuple[str, object]]:
    uploaded = UPLOAD_LIMIT_MB if wishes.mode.writes else BODY_LIMIT // MEGABYTE
    options: list[tuple[str, object]] = [
        ("server.address", wishes.address),
        ("server.port", wishes.port),
        ("server.maxUploadSize", uploaded),
        ("server.maxMessageSize", MESSAGE_LIMIT_MB),
        ("server.maxWidgetStateSize", uploaded),
    ]
    if wishes.mode in {ServeMode.READING, ServeMode.LOCAL_SECRETARIAT}:
        # Else a page elsewhere could reach this one under a name of its own.
        hosts = dict.fromkeys(("localhost", "127.0.0.1", wishes.address))
        options += [("server.allowedHosts", host) for host in hosts]
    return options


def _check_address(wishes: Wishes) -> None:
    if wishes.mode is ServeMode.LOCAL_SECRETARIAT and not is_loopback(wishes.address):
        raise SettingsError(
            Problem(
                "not_loopback",
                N_("The local secretariat asks nobody to log in, and so serves this machine only."),
                N_("Leave --address out, or use `crmdata serve --secretariat` with a login."),
                value=wishes.address,
            )
        )


def _check_workers(wishes: Wishes) -> None:
    """Refuse several servers where one of them would be in the way of another."""
    if wishes.workers == 1:
        return
    if wishes.mode is ServeMode.LOCAL_SECRETARIAT:
        raise SettingsError(
            Problem(
                "one_person",
                N_("The local secretariat serves one person, by one server."),
                N_("Leave --workers out."),
                value=wishes.workers,
            )
        )
    url = wishes.database or database_url()
    if wishes.mode is ServeMode.SECRETARIAT and url.startswith("sqlite"):
        raise SettingsError(
            Problem(
                "sqlite_workers",
                N_(
                    "SQLite lets one process write at a time, and while it does nobody reads: "
                    "several servers that write would wait for each other."
                ),
                N_("Use PostgreSQL (CRMDATA_DATABASE_URL), or leave --workers out."),
                value=wishes.workers,
            )
        )


def mode_of(*, public: bool, secretariat: bool, local_secretariat: bool) -> ServeMode | None:
    """Return the mode that options ask for, or None where they ask for more than one."""
    modes = [
        mode
        for mode, wanted in (
            (ServeMode.PUBLIC, public),
            (ServeMode.SECRETARIAT, secretariat),
            (ServeMode.LOCAL_SECRETARIAT, local_secretariat),
        )
        if wanted
    ]
    if len(modes) > 1:
        return None
    return modes[0] if modes else ServeMode.READING
