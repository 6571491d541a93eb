"""The secretariat's server behind a real provider, and people who are logged in to it."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from itsdangerous import URLSafeTimedSerializer
from playwright.sync_api import Page

from crmdata.store import db
from tests import chromium, people, provider, serving

VERIFIED = {
    people.EDITOR: True,
    people.FOCAL: True,
    people.OTHER_FOCAL: True,
    people.PARTNER: True,
    people.STRANGER: True,
    people.UNVERIFIED: False,
}
"""Who can log in, and whether the provider vouches for the address."""


@dataclass
class Desk:
    """The secretariat's server, its database, its file of roles, and where people log in."""

    app: serving.ServedApp
    database: Path
    roles: Path
    provider: str


@contextmanager
def running(folder: Path, demo_file: Path) -> Iterator[Desk]:
    """Yield a server of the secretariat on a copy of the demonstration data."""
    roles, port = people.roles_file(folder), serving.free_port()
    database = Path(shutil.copy(demo_file, folder / "demo.sqlite3"))
    with provider.running(folder, VERIFIED) as address:
        variables = provider.settings(address, port, roles)
        with serving.mode(
            folder, "--secretariat", database=database, port=port, **variables
        ) as app:
            yield Desk(app, database, roles, address)


def identity(
    desk: Desk,
    email: str = people.FOCAL,
    secret: str = provider.COOKIE_SECRET,
    **more: object,
) -> dict[str, str]:
    """Return the cookie of an open login as the server would sign it with a secret."""
    said = people.claims(email, **{"origin": desk.app.url, "provider": "default", **more})
    engine = db.connect(f"sqlite:///{desk.database}")
    people.log_in(engine, said)
    engine.dispose()
    signed = URLSafeTimedSerializer(secret, salt="_streamlit_user").dumps(json.dumps(said))
    return {"name": "_streamlit_user", "value": signed, "url": desk.app.url}


def log_in(page: Page, desk: Desk, email: str, path: str) -> None:
    """Log somebody in, from a page and its choices, by the button, at the provider."""
    chromium.visit(page, f"{desk.app.url}/{path}")
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/oauth2/authorize**")
    page.get_by_role("button", name=email).first.click()
    page.wait_for_url(f"{desk.app.url}/**")
    chromium.settle(page)
