"""People log in with a real provider in a real browser, and are what the file of roles says."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import func
from sqlmodel import select

from crmdata.store import db
from crmdata.store.models import ClosingAct
from tests import chromium, people, provider, serving
from tests.browser import desk as desks
from tests.browser.desk import Desk, identity, log_in
from tests.long import only_long, sample

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


ROLES = [
    (people.EDITOR, "Eva Díaz, secretariat", {"Hand in", "Review"}),
    (people.FOCAL, "focal@example.hn, focal point of Honduras", {"Hand in"}),
    (people.PARTNER, "socio@example.int, for IOM", {"Hand in"}),
    (people.STRANGER, "The account nadie@example.org has no role here.", set()),
    (people.UNVERIFIED, "your e-mail address is not confirmed", set()),
]


@pytest.mark.parametrize(("email", "shown", "menu"), sample(ROLES, few=3))
def test_a_person_is_what_the_file_of_roles_says(enter, email, shown, menu):
    page = enter(email, "metodo?idioma=en")
    assert shown in page.locator("body").inner_text()
    links = set(page.locator(".crm-head nav a").all_text_contents())
    assert links & {"Hand in", "Review"} == menu


def test_who_logs_in_comes_back_to_the_page_and_choices_they_came_from(enter, desk):
    page = enter(people.FOCAL)
    assert page.url == f"{desk.app.url}/{PAGE}"
    assert "What Honduras has pending today" in page.locator("body").inner_text()


def test_who_logs_out_is_nobody_again(enter, desk, readers):
    page = enter(people.FOCAL)
    log_out(page)
    chromium.visit(page, f"{desk.app.url}/{PAGE}")
    page.get_by_role("button", name="Log in").wait_for()
    readers.records.clear()
    assert "_streamlit_user" not in {cookie["name"] for cookie in page.context.cookies()}


# Where it stands

_TOUCHING = """() => {
    const boxes = (css) => [...document.querySelectorAll(css)].map((one) => {
        const range = document.createRange();
        range.selectNodeContents(one);
        return one.matches('h1') ? range.getBoundingClientRect() : one.getBoundingClientRect();
    });
    const ways = boxes('.st-key-session button, .crm-session');
    const touch = (box, way) => box.width && way.left < box.right - 1 && way.right > box.left + 1
        && way.top < box.bottom - 1 && way.bottom > box.top + 1;
    return boxes('.crm-over > h1, .crm-over > p, .crm-chip > summary')
        .filter((box) => ways.some((way) => touch(box, way))).length;
}"""


@pytest.mark.parametrize(
    ("email", "width", "most"),
    sample([(email, *screen) for email in ("", people.FOCAL)
            for screen in ((1440, 300), (1024, 330), (390, 420))], few=2),
)  # fmt: skip
def test_who_is_logged_in_stands_on_the_titles_line_and_on_nothing_else(
    desk, readers, as_person, email, width, most
):
    page = as_person(email, width=width) if email else readers(width=width)
    for name in ("paises", "inicio", "calendario"):
        chromium.visit(page, f"{desk.app.url}/{name}?idioma=es&corte=2019-11-15")
        assert page.locator("[data-main]").first.bounding_box()["y"] <= most
        assert page.evaluate(_TOUCHING) == 0
        way_in = page.locator(".st-key-session button").first.bounding_box()
        assert way_in["y"] < page.get_by_role("heading", level=1).bounding_box()["y"] + 24


# What has ended

NO_NEWS = "**/_crmdata/data"
"""What an open page asks every few seconds; without an answer it stays as it was drawn."""

ENDED = "This login was ended"


def log_out(page: Page, everywhere: bool = False) -> None:
    page.get_by_role("button", name="Log out", exact=True).click()
    name = "On all devices" if everywhere else "On this device"
    where = page.get_by_role("button", name=name, exact=True)
    expect(where).to_be_visible()
    # A page that others were opened beside may just be asking for its news.
    chromium.settle(page)
    where.click()
    page.wait_for_url("**/oauth2/end_session**")


def log_in_button(page: Page) -> Locator:
    return page.get_by_role("button", name="Log in", exact=True)


def ask_to_close(page: Page, country: str) -> None:
    """Ask on the page of the review to close a semester, and leave the question open."""
    for field, choice in (("Country", country), ("Semester", "2018-I")):
        chromium.choose(
            page.get_by_label(field, exact=True),
            page.get_by_role("option", name=choice, exact=True),
        )
    page.get_by_role("button", name="Close the semester").click()
    page.locator(".crm-question").wait_for()
    chromium.settle(page)


def closed(desk: Desk) -> int:
    engine = db.connect(f"sqlite:///{desk.database}")
    with db.reading(engine) as session:
        found = session.exec(select(func.count()).select_from(ClosingAct)).one()
    engine.dispose()
    return found


def upload(desk: Desk, page: Page) -> str:
    """Return what the server answers to a file sent with a browser's cookies, but by no page."""
    said = page.request.put(f"{desk.app.url}/_stcore/upload_file/nobody/1", data=b"x")
    return said.text()


def test_who_logs_out_in_one_tab_is_nobody_in_the_others(enter, desk, readers):
    page = enter(people.EDITOR, "revision?idioma=en")
    other = page.context.new_page()
    chromium.visit(other, f"{desk.app.url}/revision?idioma=en")
    expect(other.locator("body")).to_contain_text("Eva Díaz, secretariat")
    log_out(page)
    expect(log_in_button(other)).to_be_visible()
    expect(other.get_by_role("button", name="Close the semester")).to_have_count(0)
    readers.records.clear()


def test_a_click_in_a_tab_of_a_login_that_was_ended_does_nothing(enter, desk, readers):
    page = enter(people.EDITOR, "revision?idioma=en")
    other = page.context.new_page()
    other.route(NO_NEWS, lambda route: route.abort())
    chromium.visit(other, f"{desk.app.url}/revision?idioma=en")
    ask_to_close(other, "Panama")
    log_out(page)
    other.get_by_role("button", name="Yes, close 2018-I of Panama").click()
    expect(other.locator("body")).to_contain_text("You may not close a semester.")
    expect(other.locator("body")).to_contain_text(ENDED)
    expect(log_in_button(other)).to_be_visible()
    assert closed(desk) == 0
    readers.records.clear()


def test_a_filter_in_a_tab_of_a_login_that_was_ended_shows_no_more_than_anybody_sees(
    enter, desk, readers
):
    address = "paises?idioma=en&corte=2019-11-15&provisional=1"
    page = enter(people.EDITOR, address)
    other = page.context.new_page()
    other.route(NO_NEWS, lambda route: route.abort())
    chromium.visit(other, f"{desk.app.url}/{address}")
    refusal = "Reports that are not accepted yet are shown to the secretariat"
    expect(other.locator("body")).not_to_contain_text(refusal)
    log_out(page)
    measure = other.locator('.crm-chip[data-key="medida"]')
    chromium.choose(measure.locator("> summary"), measure.locator("li > a", has_text="Coverage"))
    expect(log_in_button(other)).to_be_visible()
    expect(other.locator("body")).to_contain_text(refusal)
    readers.records.clear()


def test_a_cookie_copied_before_the_logout_gives_nothing_after_it(enter, desk, readers):
    page, thief = enter(people.EDITOR, "revision?idioma=en"), readers()
    thief.context.add_cookies(page.context.cookies())
    assert upload(desk, thief) != "Log in first"
    log_out(page)
    assert upload(desk, thief) == "Log in first"
    chromium.visit(thief, f"{desk.app.url}/revision?idioma=en")
    expect(thief.locator("body")).to_contain_text(ENDED)
    expect(thief.get_by_role("button", name="Close the semester")).to_have_count(0)
    readers.records.clear()


def test_who_goes_to_the_address_of_the_logout_ends_the_login_too(enter, desk, readers):
    page, copied = enter(people.EDITOR, "revision?idioma=en"), readers()
    copied.context.add_cookies(page.context.cookies())
    page.request.get(f"{desk.app.url}/auth/logout", max_redirects=0)
    assert upload(desk, copied) == "Log in first"
    readers.records.clear()


def test_logging_out_on_all_devices_ends_the_logins_of_other_browsers(enter, desk, readers):
    page, other, somebody = (
        enter(email, "informar?idioma=en") for email in (people.FOCAL, people.FOCAL, people.PARTNER)
    )
    log_out(page, everywhere=True)
    expect(other.locator("body")).to_contain_text(ENDED)
    expect(log_in_button(other)).to_be_visible()
    chromium.visit(somebody, f"{desk.app.url}/informar?idioma=en")
    expect(somebody.locator("body")).to_contain_text("for IOM")
    readers.records.clear()


@only_long
def test_logging_out_leaves_the_same_persons_other_browsers_logged_in(enter, desk, readers):
    page, other = enter(people.FOCAL), enter(people.FOCAL)
    log_out(page)
    chromium.visit(other, f"{desk.app.url}/{PAGE}")
    expect(other.locator("body")).to_contain_text("focal point of Honduras")
    readers.records.clear()


@only_long
def test_who_was_logged_out_logs_in_again_at_once(enter, desk, readers):
    page = enter(people.FOCAL)
    log_out(page, everywhere=True)
    log_in(page, desk, people.FOCAL, PAGE)
    expect(page.locator("body")).to_contain_text("focal point of Honduras")
    readers.records.clear()


@only_long
def test_a_logout_at_one_server_ends_the_login_at_another(desk, readers, tmp_path):
    port = serving.free_port()
    variables = provider.settings(desk.provider, port, desk.roles)
    with serving.mode(
        tmp_path, "--secretariat", database=desk.database, port=port, **variables
    ) as app:
        here, there = readers(), readers()
        same = {"iat": time.time() - 60, "nonce": "one login"}
        here.context.add_cookies([identity(desk, **same)])
        there.context.add_cookies([identity(desk, origin=app.url, **same)])
        for page, url in ((here, desk.app.url), (there, app.url)):
            chromium.visit(page, f"{url}/informar?idioma=en")
            expect(page.locator("body")).to_contain_text("focal point of Honduras")
        log_out(here)
        expect(there.locator("body")).to_contain_text(ENDED)
        there.close()
    readers.records.clear()


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
    page.context.add_cookies([identity(desk, secret=secret, **claims)])
    chromium.visit(page, f"{desk.app.url}/informar?idioma=en")
    assert shown in page.locator("body").inner_text()


def test_no_secret_of_the_login_and_no_address_stands_in_the_log(desk, enter, readers):
    log_out(enter(people.EDITOR), everywhere=True)
    enter(people.STRANGER)
    readers.records.clear()
    assert '"event": "logged in"' in desk.app.log
    assert "planted" not in desk.app.log
    assert "eyJ" not in desk.app.log
    assert [email for email in desks.VERIFIED if email in desk.app.log] == []
