"""People log in with a real provider in a real browser, and are what the file of roles says."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests import chromium, people, provider
from tests.browser.desk import Desk, identity, log_in

PAGE = "informar?idioma=en&corte=2019-11-15"


@pytest.fixture
def enter(desk: Desk, readers) -> Callable[[str], Page]:
    """Return what logs somebody in from the page of those who report."""

    def as_(email: str, path: str = PAGE) -> Page:
        page = readers()
        log_in(page, desk, email, path)
        # The provider's own page asks for a style sheet from outside, in vain.
        readers.records.clear()
        return page

    return as_


@pytest.mark.parametrize(
    ("email", "shown", "menu"),
    [
        (people.EDITOR, "Eva Díaz, secretariat", {"Hand in", "Review"}),
        (people.FOCAL, "focal@example.hn, focal point of Honduras", {"Hand in"}),
        (people.PARTNER, "socio@example.int, for IOM", {"Hand in"}),
        (people.STRANGER, "The account nadie@example.org has no role here.", set()),
        (people.UNVERIFIED, "your e-mail address is not confirmed", set()),
    ],
)
def test_a_person_is_what_the_file_of_roles_says(enter, email, shown, menu):
    page = enter(email, "metodo?idioma=en")
    assert shown in page.locator("body").inner_text()
    links = set(page.locator(".st-key-menu a").all_inner_texts())
    assert links & {"Hand in", "Review"} == menu


def test_who_logs_in_comes_back_to_the_page_and_choices_they_came_from(enter, desk):
    page = enter(people.FOCAL)
    assert page.url == f"{desk.app.url}/{PAGE}"
    assert "What Honduras owes today" in page.locator("body").inner_text()


def test_who_logs_out_is_nobody_again(enter, desk, readers):
    page = enter(people.FOCAL)
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/oauth2/end_session**")
    chromium.visit(page, f"{desk.app.url}/{PAGE}")
    page.get_by_role("button", name="Log in").wait_for()
    readers.records.clear()
    assert "_streamlit_user" not in {cookie["name"] for cookie in page.context.cookies()}


def test_the_cookie_of_a_login_is_out_of_reach_of_scripts_and_ends_with_it(enter):
    page = enter(people.FOCAL)
    (cookie,) = [each for each in page.context.cookies() if each["name"] == "_streamlit_user"]
    assert cookie["httpOnly"]
    assert cookie["expires"] - time.time() <= 8 * 3600 + 60


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
    page.context.add_cookies([identity(desk.app, secret=secret, **claims)])
    chromium.visit(page, f"{desk.app.url}/informar?idioma=en")
    assert shown in page.locator("body").inner_text()


def test_no_secret_of_the_login_stands_in_the_log(desk, enter):
    enter(people.EDITOR)
    assert '"event": "logged in"' in desk.app.log
    assert "planted" not in desk.app.log
    assert "eyJ" not in desk.app.log
    assert "editora@" not in desk.app.log
