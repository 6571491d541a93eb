"""A page that stays open in a real browser while its server dies and while data come in."""

import os
import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from crmdata.serving.upstreams import COOKIE, seat
from crmdata.store import db
from crmdata.web.shell import new_data
from tests import chromium
from tests.deploy import parts
from tests.long import only_long
from tests.support import a_report

pytestmark = [pytest.mark.browser, pytest.mark.nginx]


@pytest.fixture(scope="module")
def workers(database, tmp_path_factory) -> Iterator[parts.Workers]:
    folder = tmp_path_factory.mktemp("workers")
    with parts.workers(folder, CRMDATA_READ_URL=database, CRMDATA_WARM="1") as running:
        yield running


@pytest.fixture(scope="module")
def front(workers, tmp_path_factory) -> Iterator[str]:
    with parts.nginx(tmp_path_factory.mktemp("nginx"), workers.addresses) as url:
        yield url


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with chromium.reader(browser) as (opened, _):
        yield opened


def seat_of(page: Page) -> str:
    return next((each["value"] for each in page.context.cookies() if each["name"] == COOKIE), "")


@only_long
def test_an_open_page_goes_on_at_the_other_server_with_its_choices(front, workers, page):
    page.goto(f"{front}/lineas?linea=IV&idioma=en", wait_until="domcontentloaded")
    chromium.settle(page)
    at = seat_of(page)
    left = next(each for each in workers.addresses if seat(each) == at)
    os.kill(workers.pids()[int(left.rpartition(":")[2])], signal.SIGKILL)
    parts.until(lambda: (page.wait_for_timeout(100), seat_of(page))[1] not in {at, ""})
    page.wait_for_function("document.querySelector('.stApp').dataset.testConnectionState"
                           " !== 'DISCONNECTED_FOREVER'")  # fmt: skip
    page.get_by_role("link", name="Countries", exact=True).click()
    page.get_by_role("heading", name="Countries", level=1).wait_for()
    assert "linea=IV" in page.url
    assert "idioma=en" in page.url


@only_long
def test_an_open_page_shows_what_was_imported_by_itself(front, workers, database, page):
    page.goto(f"{front}/inicio?idioma=en", wait_until="domcontentloaded")
    chromium.settle(page)
    finding = page.locator(".crm-lead-in").first
    shown = finding.inner_text()
    parts.until(workers.are_ready)
    drawn = len(workers.said("first views drawn"))
    engine = db.connect(database)
    a_report(engine, "NIC", "IV.3.2")
    engine.dispose()
    expect(finding).not_to_have_text(shown)
    # Both drew the first views once more: whoever comes now finds them ready.
    parts.until(lambda: len(workers.said("first views drawn")) == drawn + len(workers.addresses))


@only_long
def test_a_page_that_has_shown_new_data_is_quiet_until_there_are_others(
    front, workers, database, page
):
    page.goto(f"{front}/metodo?idioma=en", wait_until="domcontentloaded")
    chromium.settle(page)
    page.evaluate(_COUNT_RUNS)
    engine = db.connect(database)
    a_report(engine, "NIC", "IV.1.1")
    engine.dispose()
    page.wait_for_function("window.runs > 0")
    chromium.settle(page)
    shown = page.evaluate("window.runs")
    # Three times as long as a page waits before it asks again.
    page.wait_for_timeout(3000 * new_data.ASK_SECONDS)
    assert page.evaluate("window.runs") == shown


_COUNT_RUNS = """() => {
    const app = document.querySelector('.stApp');
    window.runs = 0;
    new MutationObserver(() => { window.runs += app.dataset.testScriptState === 'running'; })
        .observe(app, { attributes: true, attributeFilter: ['data-test-script-state'] });
}"""
