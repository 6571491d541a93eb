"""The OpenID Connect provider of a deployment, read from its environment.

A secret may stand in a file instead (`…_FILE`), as systemd's credentials and a container's
secrets do. Nothing here is ever printed.
"""

import ipaddress
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crmdata.errors import N_, Problem, SettingsError

CALLBACK = "/oauth2callback"
"""The path to which the provider sends a person back; it is Streamlit's own."""

SHORTEST_SECRET = 32

_METADATA_URL = "CRMDATA_OIDC_METADATA_URL"
_CLIENT_ID = "CRMDATA_OIDC_CLIENT_ID"
_CLIENT_SECRET = "CRMDATA_OIDC_CLIENT_SECRET"  # noqa: S105 - a variable's name
_REDIRECT_URI = "CRMDATA_OIDC_REDIRECT_URI"
_COOKIE_SECRET = "CRMDATA_COOKIE_SECRET"  # noqa: S105 - a variable's name

NEEDED = (_METADATA_URL, _CLIENT_ID, _CLIENT_SECRET, _REDIRECT_URI, _COOKIE_SECRET)
"""The variables without which nobody can log in; of the secrets, their `_FILE` serves too."""


@dataclass(frozen=True)
class Provider:
    """Where people log in, and as what this app is known there."""

    metadata_url: str
    client_id: str
    client_secret: str
    redirect_uri: str
    cookie_secret: str

    @property
    def secure(self) -> bool:
        """Whether readers come by TLS, so that cookies can be kept to it."""
        return self.redirect_uri.startswith("https://")

    def secrets(self) -> dict[str, Any]:
        """Return what Streamlit's login reads, in the form of its own file of secrets."""
        return {
            "auth": {
                "redirect_uri": self.redirect_uri,
                "cookie_secret": self.cookie_secret,
                "client_id": self.client_id,
                "client_secret": self.client_secret,
                "server_metadata_url": self.metadata_url,
            }
        }


def provider() -> Provider:
    """Return the deployment's provider. Raise SettingsError with all that is wrong with it."""
    values = {name: _value(name) for name in NEEDED}
    problems = [_missing(name) for name, value in values.items() if not value]
    problems += _wrong(values)
    if problems:
        raise SettingsError(problems)
    return Provider(*(values[name] for name in NEEDED))


def _value(name: str) -> str:
    """Return a variable, or the content of the file that `<name>_FILE` names."""
    if file := os.environ.get(f"{name}_FILE"):
        try:
            return Path(file).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                Problem(
                    "secret_file",
                    N_("The file that {name} names cannot be read ({detail})."),
                    N_("Check its path and rights."),
                    values={"name": f"{name}_FILE", "detail": type(error).__name__},
                )
            ) from error
    return os.environ.get(name, "").strip()


def _missing(name: str) -> Problem:
    return Problem(
        "no_provider",
        N_("The login needs {name}, which is not set."),
        N_("Set it as docs/serve.md says; on one machine, use `serve --local-secretariat`."),
        values={"name": name},
    )


def _wrong(values: dict[str, str]) -> list[Problem]:
    problems = []
    secret, redirect = values[_COOKIE_SECRET], values[_REDIRECT_URI]
    if secret and len(secret) < SHORTEST_SECRET:
        problems.append(
            Problem(
                "weak_secret",
                N_("{name} has fewer than {n} characters."),
                N_("Make one with `openssl rand -hex 32`."),
                values={"name": _COOKIE_SECRET, "n": SHORTEST_SECRET},
            )
        )
    if redirect and not redirect.endswith(CALLBACK):
        problems.append(
            Problem(
                "bad_redirect",
                N_("{name} does not end with {path}."),
                N_("Write the address of this app, and {path} after it."),
                values={"name": _REDIRECT_URI, "path": CALLBACK},
            )
        )
    problems += [
        Problem(
            "no_tls",
            N_("{name} is an address without TLS."),
            N_("Use https://; without it anybody on the way could log in as somebody else."),
            values={"name": name},
        )
        for name in (_REDIRECT_URI, _METADATA_URL)
        if values[name] and not _is_protected(values[name])
    ]
    return problems


def _is_protected(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" or is_loopback(parts.hostname or "")


def is_loopback(host: str) -> bool:
    """Tell whether an address reaches this machine only."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
