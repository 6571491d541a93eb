"""A real OpenID Connect provider as a process on loopback, with people who can log in."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.serving import answers, ended, free_port

COOKIE_SECRET = "planted-cookie-secret-0123456789abcdef"
CLIENT_SECRET = "planted-client-secret-0123456789"


@contextmanager
def running(folder: Path, people: Mapping[str, bool]) -> Iterator[str]:
    """Yield the address of a provider; `people` are e-mail addresses, and if they are verified."""
    port = free_port()
    claims = [
        json.dumps({"sub": email, "email": email, "email_verified": verified})
        for email, verified in people.items()
    ]
    known = [part for claim in claims for part in ("--user-claims", claim)]
    with (folder / "provider.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *known],
            stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        with ended(process):
            url = f"http://127.0.0.1:{port}"
            if not answers(f"{url}/.well-known/openid-configuration", process):
                raise RuntimeError("The provider did not start.")
            yield url


def settings(provider: str, port: int, roles: Path) -> dict[str, str]:
    """Return the variables of an app that people log in to with a provider."""
    return {
        "CRMDATA_OIDC_METADATA_URL": f"{provider}/.well-known/openid-configuration",
        "CRMDATA_OIDC_CLIENT_ID": "crmdata",
        "CRMDATA_OIDC_CLIENT_SECRET": CLIENT_SECRET,
        "CRMDATA_OIDC_REDIRECT_URI": f"http://127.0.0.1:{port}/oauth2callback",
        "CRMDATA_COOKIE_SECRET": COOKIE_SECRET,
        "CRMDATA_ROLES_FILE": str(roles),
    }
