"""What the browser prints: the whole calendar by axis, and a country's profile on two pages."""

import re
import subprocess
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import Engine

from crmdata.store import db, queries
from tests import chromium
from tests.browser.test_zoom import ADDRESSES
from tests.long import sample

pytestmark = pytest.mark.pdftotext

CUTOFF = "2020-11-20"
TELLING = ["lineas", "paises"]
"""Where most pictures follow each other."""

OTHERS = [name for name in ADDRESSES if name not in TELLING]

MARK = "Demonstration data: invented reports"


@pytest.fixture(scope="module")
def calendar(browser: Browser, app_url: str, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the sheets of the whole calendar in English."""
    with chromium.reader(browser) as (page, _):
        address = f"{app_url}/calendario?idioma=en&corte={CUTOFF}"
        return printed(page, address, tmp_path_factory.mktemp("calendar"))


@pytest.fixture(scope="module")
def honduras(browser: Browser, app_url: str, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the pages of a country's profile in English, of a reader with dark colours."""
    with chromium.reader(browser, theme="dark") as (page, _):
        address = f"{app_url}/paises?idioma=en&pais=HND&corte={CUTOFF}"
        return printed(page, address, tmp_path_factory.mktemp("honduras"))


def printed(page: Page, address: str, folder: Path) -> list[str]:
    """Return the text of each sheet that the browser prints of an address."""
    chromium.visit(page, address)
    file = folder / "printed.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    text = subprocess.run(
        ["pdftotext", file, "-"], check=True, capture_output=True, text=True
    ).stdout
    return text.removesuffix("\f").split("\f")


def lines_within(sheet: str) -> list[str]:
    """Return the lines of a sheet, without what stands in its margins."""
    lines = [line.strip() for line in sheet.splitlines()]
    return [
        line
        for line in lines
        if line and not line.startswith(("Datos de demostración", MARK[:18]))
        and not re.fullmatch(r"\d+ ?/ ?\d+", line)
    ]  # fmt: skip


def squeezed(text: str) -> str:
    """Return a text without spaces and hyphens, which a line's end puts in or takes away."""
    return re.sub(r"[\s\u00ad‐-]", "", unicodedata.normalize("NFKC", text))


def test_the_printed_calendar_holds_the_text_of_every_activity(
    page: Page, app_url: str, demo_engine: Engine, tmp_path: Path
):
    with db.reading(demo_engine) as session:
        version = queries.version_at(session, date.fromisoformat(CUTOFF))
        activities = queries.activities(session, version.id)
    address = f"{app_url}/calendario?idioma=es&corte={CUTOFF}"
    text = squeezed(" ".join(printed(page, address, tmp_path)))
    assert len(activities) == 97
    for activity in activities.to_dict("records"):
        assert activity["activity"] in text
        assert squeezed(activity["text"])[:40] in text, activity["activity"]


def test_every_axis_begins_a_sheet_of_the_calendar(calendar):
    axes = [set(re.findall(r"Axis ([1-5])\.", sheet)) for sheet in calendar]
    assert [len(found) for found in axes] == [1] * len(calendar)
    assert set().union(*axes) == {"1", "2", "3", "4", "5"}


def test_every_sheet_of_the_calendar_repeats_years_mark_and_number(calendar):
    for number, sheet in enumerate(calendar, start=1):
        assert MARK in sheet
        assert "2017" in sheet
        assert f"{number}/{len(calendar)}" in squeezed(sheet)


def test_the_printed_calendar_is_less_than_a_megabyte(page: Page, app_url: str, tmp_path: Path):
    printed(page, f"{app_url}/calendario?idioma=es&corte={CUTOFF}", tmp_path)
    assert (tmp_path / "printed.pdf").stat().st_size < 1_000_000


@pytest.mark.parametrize("name", [*TELLING, *sample(OTHERS, few=1)])
def test_on_no_sheet_a_heading_is_the_last_and_no_sheet_is_empty(
    page: Page, app_url: str, tmp_path: Path, name
):
    address = f"{app_url}/{name}{'&' if '?' in name else '?'}idioma=es&corte={CUTOFF}"
    sheets = [lines_within(sheet) for sheet in printed(page, address, tmp_path)]
    page.emulate_media(media="print")
    headings = page.locator(":is(h1, h2, h3, h4):visible").all_inner_texts()
    whole = [squeezed(heading) for heading in headings]
    assert headings
    assert [] not in sheets
    lasts = [squeezed(lines[-1]) for lines in sheets]
    assert [last for last in lasts if any(heading.endswith(last) for heading in whole)] == []


def test_a_number_on_a_dark_cell_is_printed_light(page: Page, app_url: str):
    chromium.visit(page, f"{app_url}/paises?idioma=es&corte={CUTOFF}")
    page.emulate_media(media="print")
    number = page.locator(".crm-faces .f-step-4 b").first
    assert number.evaluate("one => getComputedStyle(one).color") == "rgb(255, 255, 255)"


def test_a_profile_fits_on_two_pages(honduras):
    assert len(honduras) <= 2


@pytest.mark.parametrize("cutoff", [CUTOFF, "2022-01-15"])
def test_the_profile_of_the_country_that_owes_most_fits_on_two_pages(
    page: Page, app_url: str, tmp_path: Path, cutoff
):
    address = f"{app_url}/paises?idioma=es&pais=DOM&corte={cutoff}"
    assert len(printed(page, address, tmp_path)) <= 2


def test_every_page_of_a_profile_names_mark_cutoff_and_number(honduras):
    for number, sheet in enumerate(honduras, start=1):
        assert MARK in sheet
        assert "Honduras. Cut-off November 20, 2020" in sheet
        assert f"{number}/{len(honduras)}" in squeezed(sheet)


def test_a_profile_is_printed_without_controls(honduras):
    controls = ("Copy link", "Español", "Overview", "Method and sources", "Demonstration meeting 4")
    assert [control for control in controls if control in " ".join(honduras)] == []


def test_the_workbook_of_the_calendar_is_downloaded(page: Page, app_url: str):
    chromium.visit(page, f"{app_url}/calendario?idioma=en&corte=2019-11-15")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download", exact=True).click()
        page.get_by_role("button", name="Download the calendar (XLSX)").click()
    assert download.value.suggested_filename == (
        "calendario-calendario-2019-11-15-demostracion.xlsx"
    )
    assert Path(download.value.path()).read_bytes().startswith(b"PK")


def test_every_activity_of_the_list_is_printed_though_most_are_folded(
    page: Page, app_url: str, tmp_path: Path
) -> None:
    sheets = printed(page, f"{app_url}/actividades?idioma=es&corte={CUTOFF}", tmp_path)
    codes = re.findall(r"\b[IVX]+\.\d+\.\d+\b", "\n".join(sheets))
    assert len(set(codes)) == 97


@pytest.mark.parametrize("name", ["lineas", "lineas?linea=IV"])
def test_paper_has_the_still_pictures_in_place_of_the_live_ones(
    app_url: str, page: Page, name: str
) -> None:
    mark = "&" if "?" in name else "?"
    chromium.visit(page, f"{app_url}/{name}{mark}idioma=en&corte={CUTOFF}")
    still = page.locator(".stApp .crm-still")
    live = page.get_by_test_id("stPlotlyChart")
    assert still.count() == live.count() > 0
    assert not still.first.is_visible()
    assert live.first.is_visible()
    page.emulate_media(media="print")
    assert all(each.is_visible() for each in still.all())
    assert not any(each.is_visible() for each in live.all())
