"""People log in with a real provider in a real browser, and are what the file of roles says."""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from itsdangerous import URLSafeTimedSerializer
from playwright.sync_api import Page

from tests import chromium, provider, serving

PEOPLE = {
    "editora@example.org": True,
    "focal@example.hn": True,
    "socio@example.int": True,
    "nadie@example.org": True,
    "dudoso@example.hn": False,
}
ROLES = """
[[person]]
email = "editora@example.org"
role = "secretariat"
[[person]]
email = "focal@example.hn"
role = "focal_point"
country = "HND"
[[person]]
email = "socio@example.int"
role = "partner"
partner = "OIM"
[[person]]
email = "dudoso@example.hn"
role = "focal_point"
country = "HND"
"""
SLOW = 120_000
"""Ms: the machine of a test run is often busy with others."""


@dataclass
class Desk:
    """The secretariat's server, and the file of roles that it reads."""

    app: serving.ServedApp
    roles: Path


@pytest.fixture(scope="module")
def desk(demo_file: Path, tmp_path_factory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk")
    roles = folder / "roles.toml"
    roles.write_text(ROLES, "utf-8")
    port = serving.free_port()
    database = shutil.copy(demo_file, folder / "demo.sqlite3")
    with provider.running(folder, PEOPLE) as address:
        variables = provider.settings(address, port, roles)
        with serving.mode(
            folder, "--secretariat", database=database, port=port, **variables
        ) as app:
            yield Desk(app, roles)


@pytest.fixture
def enter(desk: Desk, readers) -> Callable[[str], Page]:
    """Return what logs somebody in and leaves them at the page of those who report."""

    def as_(email: str) -> Page:
        page = readers()
        page.set_default_timeout(SLOW)
        chromium.visit(page, f"{desk.app.url}/informar?idioma=en")
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url("**/oauth2/authorize**")
        page.get_by_role("button", name=email).first.click()
        page.wait_for_url(f"{desk.app.url}/**")
        page.get_by_role("button", name="Cerrar sesión").wait_for()
        chromium.visit(page, f"{desk.app.url}/informar?idioma=en")
        # The provider's own page asks for a style sheet from outside, in vain.
        readers.records.clear()
        return page

    return as_


@pytest.mark.parametrize(
    ("email", "shown", "menu"),
    [
        ("editora@example.org", "editora@example.org, secretariat", {"Hand in", "Review"}),
        ("focal@example.hn", "focal@example.hn, focal point of Honduras", {"Hand in"}),
        ("socio@example.int", "socio@example.int, for IOM", {"Hand in"}),
        ("nadie@example.org", "The account nadie@example.org has no role here.", set()),
        ("dudoso@example.hn", "your e-mail address is not confirmed", set()),
    ],
)
def test_a_person_is_what_the_file_of_roles_says(desk, readers, email, shown, menu):
    page = readers()
    page.set_default_timeout(SLOW)
    chromium.visit(page, f"{desk.app.url}/metodo?idioma=en")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("button", name=email).first.click()
    page.wait_for_url(f"{desk.app.url}/**")
    chromium.visit(page, f"{desk.app.url}/metodo?idioma=en")
    readers.records.clear()
    assert shown in page.locator("body").inner_text()
    links = set(page.locator(".st-key-menu a").all_inner_texts())
    assert links & {"Hand in", "Review"} == menu


def test_who_logs_out_is_nobody_again(enter, desk, readers):
    page = enter("focal@example.hn")
    page.get_by_role("button", name="Log out").click()
    page.wait_for_timeout(1000)
    chromium.visit(page, f"{desk.app.url}/informar?idioma=en")
    readers.records.clear()
    assert page.get_by_role("button", name="Log in").is_visible()
    assert "_streamlit_user" not in {cookie["name"] for cookie in page.context.cookies()}


def test_the_cookie_of_a_login_is_out_of_reach_of_scripts_and_ends_with_it(enter):
    page = enter("focal@example.hn")
    (cookie,) = [each for each in page.context.cookies() if each["name"] == "_streamlit_user"]
    assert cookie["httpOnly"]
    assert cookie["expires"] - time.time() <= 8 * 3600 + 60


def identity(app: serving.ServedApp, secret: str, **claims: object) -> dict[str, str]:
    """Return the cookie of an identity as the server would sign it with a secret."""
    said = {
        "email": "focal@example.hn", "email_verified": True, "is_logged_in": True,
        "origin": app.url, "provider": "default", "iat": time.time() - 60, **claims,
    }  # fmt: skip
    signed = URLSafeTimedSerializer(secret, salt="_streamlit_user").dumps(json.dumps(said))
    return {"name": "_streamlit_user", "value": signed, "url": app.url}


@pytest.mark.parametrize(
    ("secret", "claims", "shown"),
    [
        (provider.COOKIE_SECRET, {}, "focal point of Honduras"),
        (provider.COOKIE_SECRET, {"iat": time.time() - 9 * 3600}, "Your login has ended."),
        ("somebody-elses-secret-0123456789abcdef", {}, "Log in with an account"),
    ],
)
def test_an_identity_holds_while_it_is_fresh_and_signed_by_us(desk, readers, secret, claims, shown):
    page = readers()
    page.context.add_cookies([identity(desk.app, secret, **claims)])
    chromium.visit(page, f"{desk.app.url}/informar?idioma=en")
    assert shown in page.locator("body").inner_text()


def test_no_secret_of_the_login_stands_in_the_log(desk, enter):
    enter("editora@example.org")
    assert '"event": "logged in"' in desk.app.log
    assert "planted" not in desk.app.log
    assert "eyJ" not in desk.app.log
    assert "editora@" not in desk.app.log
