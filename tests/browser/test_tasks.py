"""What people look for, each with its answer, in no more clicks than its goal (docs/tasks.md)."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pypdf
import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import Engine

from crmdata.store import db
from crmdata.terms import SIN_REPORTE
from crmdata.view import View, read
from tests import chromium
from tests.browser import tasks
from tests.browser.tasks import WIDTHS, Hands, judged

CUTOFF = "idioma=es&corte=2020-11-20"
HONDURAS, UNHCR = f"inicio?{CUTOFF}&pais=HND", f"inicio?{CUTOFF}&socio=ACNUR"

At = Callable[[int, str], Page]


@pytest.fixture(scope="module")
def at(browser: Browser, app_url: str) -> Iterator[At]:
    """Return what takes one reader a width to a page: these tasks leave nothing behind."""
    readers = {}
    with ExitStack() as open_:
        for width in WIDTHS:
            page, record = open_.enter_context(chromium.reader(browser, width=width))
            page.context.grant_permissions(["clipboard-read", "clipboard-write"])
            readers[width] = page, record

        def take(width: int, address: str) -> Page:
            page = readers[width][0]
            chromium.visit(page, f"{app_url}/{address}")
            return page

        yield take
    assert [record for _, record in readers.values() if record.errors or record.outside] == []


@pytest.fixture(scope="module")
def view(demo_engine: Engine) -> View:
    """Return the store at the last meeting."""
    with db.reading(demo_engine) as session:
        return read(session)


def listed(page: Page, title: str) -> Locator:
    """Return the list of a section under a title that begins so."""
    heading = page.locator("h2, h3").filter(has_text=re.compile(f"^{title}"))
    return page.locator(".crm-entries").filter(has=heading)


def codes(part: Locator) -> list[str]:
    """Return the activities that a part of the page lists, folded or not."""
    names = part.locator("li").evaluate_all("each => each.map((one) => one.textContent)")
    return [match[0] for name in names if (match := re.match(r"[IVX]+\.\d+\.\d+", name))]


def shown(part: Locator) -> int:
    """Return how many lines of a list can be read without unfolding it."""
    return sum(line.is_visible() for line in part.locator("li").all())


def saved(page: Page, click: Callable[[], None]) -> Path:
    """Return the file that a click brings."""
    with page.expect_download() as download:
        click()
    assert download.value.suggested_filename.endswith("-demostracion.pdf")
    return Path(download.value.path())


def text_of(file: Path) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(file).pages)


def test_the_document_names_every_task_with_its_goal() -> None:
    assert tasks.told() == tasks.expected()
    assert len(tasks.TASKS) == 20


@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_pending_stands_on_the_countrys_home_the_longest_first(
    at: At, view: View, width: int
) -> None:
    hands = Hands(at(width, HONDURAS))
    cells = view.frame("cells")
    mine = cells.loc[cells["country"].eq("HND") & cells["reporting"].eq(SIN_REPORTE)]
    oldest = mine.groupby("activity", sort=False)["semester"].min()
    pending = listed(hands.page, f"Pendiente: {len(mine)} reportes")
    found = codes(pending)
    assert sorted(found) == sorted(oldest.index)
    assert [oldest[code] for code in found] == sorted(oldest)
    assert shown(pending) >= 8
    expect(pending.locator("li").first).to_contain_text("pendiente desde el 30 jun 2017")
    judged("pending", width, hands)


@pytest.mark.parametrize("width", WIDTHS)
def test_what_fell_back_since_the_last_meeting_is_a_click_away(at: At, width: int) -> None:
    hands = Hands(at(width, HONDURAS))
    hands.click(hands.page.locator(".crm-head").get_by_role("link", name="Novedades"))
    fell = hands.page.locator("section").filter(
        has=hands.page.get_by_role("heading", name="Retrocedieron: 3 reportes")
    )
    expect(fell.get_by_text("35 % (2019-I) → 15 % (2019-II)")).to_be_visible()
    assert codes(fell.first) == ["II.1.1", "XII.1.3"]
    judged("fell-back", width, hands)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_briefing_is_a_click_away(at: At, width: int) -> None:
    hands = Hands(at(width, HONDURAS))
    button = hands.page.locator(".crm-tool").filter(has_text="Descargar (PDF)")
    text = text_of(saved(hands.page, lambda: hands.click(button)))
    assert "Honduras reporta 20 de 97 actividades cumplidas" in " ".join(text.split())
    judged("briefing", width, hands)


@pytest.mark.parametrize("width", WIDTHS)
def test_two_countries_stand_side_by_side_in_a_line_by_activity(at: At, width: int) -> None:
    hands = Hands(at(width, HONDURAS))
    hands.click(hands.ask("honduras guatemala línea iv"))
    table = hands.page.get_by_role("table").filter(
        has=hands.page.get_by_role("columnheader", name="Guatemala", exact=True)
    ).filter(has_text="IV.4.2.")  # fmt: skip
    row = table.get_by_role("row").filter(has_text="IV.4.2.")
    expect(row).to_contain_text("68 %")  # Guatemala
    expect(row).to_contain_text("25 %")  # Honduras
    judged("beside", width, hands)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_search_for_a_code_says_when_it_was_due_and_since_when_it_is_overdue(
    at: At, width: int
) -> None:
    hands = Hands(at(width, HONDURAS))
    hands.ask("IV.3.2")
    hands.press("Enter")
    overdue = hands.page.get_by_text("pendiente desde el 30 jun 2018, hace 28 meses").first
    expect(overdue).to_be_visible()
    expect(overdue).to_contain_text("Canadá, El Salvador y Nicaragua")
    expect(hands.page.get_by_text("2018-I", exact=True).first).to_be_visible()
    judged("since-when", width, hands)


@pytest.mark.parametrize("width", WIDTHS)
def test_one_search_has_all_about_consular_training_whichever_word(at: At, width: int) -> None:
    found = {}
    for query in ("capacitación consular", "formación consular", "consular training"):
        hands = Hands(at(width, HONDURAS))
        hands.ask(query)
        hands.press("Enter")
        hands.page.wait_for_url("**/actividades?**buscar=**")
        chromium.settle(hands.page)
        main = hands.page.get_by_test_id("stMain").inner_text()
        found[query] = set(re.findall(r"\b[IVX]+\.\d+\.\d+\b", main))
        judged("training", width, hands)
    assert {"VI.1.3", "VI.1.1"} <= found["capacitación consular"]
    assert len(set(map(frozenset, found.values()))) == 1


@pytest.mark.parametrize("width", WIDTHS)
def test_the_activities_that_name_a_partner_stand_on_its_home(
    at: At, view: View, width: int
) -> None:
    hands = Hands(at(width, UNHCR))
    mentions, reports = view.frame("mentions"), view.frame("reports")
    named = set(mentions.loc[mentions["partner"].eq("ACNUR"), "activity"])
    named |= set(reports.loc[reports["partners"].str.contains("ACNUR"), "activity"])
    naming = listed(hands.page, "Dónde el plan y los reportes nombran a ACNUR")
    assert sorted(codes(naming)) == sorted(named)
    assert shown(naming) >= 8
    expect(naming.locator("li").first).to_contain_text("«Esta estrategia (del ACNUR)»")
    judged("named", width, hands)


@pytest.mark.parametrize("width", WIDTHS)
def test_where_nobody_is_stands_on_a_partners_home(at: At, view: View, width: int) -> None:
    hands = Hands(at(width, UNHCR))
    rows, activities = view.frame("cooperation"), view.frame("activities")
    supports = rows["partner"].fillna("").ne("") & ~rows["state"].isin(["solicitada", "cancelada"])
    backed = set(rows.loc[supports, "activity"])
    alone = activities.loc[~activities["activity"].isin(backed)]
    section = hands.page.locator("section").filter(
        has=hands.page.get_by_role(
            "table", name="Actividades que ningún organismo acompaña ni ofrece acompañar"
        )
    )
    expect(section).to_contain_text(f"{len(alone)} de {len(activities)} actividades")
    lines = section.get_by_role("rowheader").all_inner_texts()
    assert [line.split(".")[0] for line in lines] == list(dict.fromkeys(alone["line"]))
    assert set(codes(section)) <= set(alone["activity"])
    judged("nobody", width, hands)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_partner_takes_all_that_home_as_one_file(at: At, width: int) -> None:
    hands = Hands(at(width, UNHCR))
    button = hands.page.locator(".crm-tool").filter(has_text="Descargar (PDF)")
    text = " ".join(text_of(saved(hands.page, lambda: hands.click(button))).split())
    for title in ("Dónde el plan y los reportes nombran a ACNUR: 35 actividades",
                  "Con acompañamiento de ACNUR, dado u ofrecido: 11 actividades",
                  "Donde nadie acompaña"):  # fmt: skip
        assert title in text
    judged("file", width, hands)


VIEW = f"lineas?{CUTOFF}&linea=IV&pais=HND"


@pytest.mark.parametrize("width", WIDTHS)
def test_exactly_this_view_is_shared_by_a_click(at: At, width: int) -> None:
    hands = Hands(at(width, VIEW))
    hands.click(hands.page.locator("[data-copies=link]:visible").first)
    hands.page.wait_for_function("navigator.clipboard.readText().then((text) => text !== '')")
    link = hands.page.evaluate("navigator.clipboard.readText()")
    assert sorted(urlsplit(link).query.split("&")) == sorted(urlsplit(VIEW).query.split("&"))
    finding = hands.page.get_by_role("heading", level=2).first.inner_text()
    there = at(width, link.partition("/lineas")[2].join(["lineas", ""]))
    assert there.get_by_role("heading", level=2).first.inner_text() == finding
    judged("share", width, hands)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_same_place_in_english_is_a_click_away(at: At, width: int) -> None:
    hands = Hands(at(width, VIEW))
    hands.click(hands.page.locator(".crm-head").get_by_role("link", name="English"))
    hands.page.wait_for_url(lambda url: "idioma=en" in url)
    chromium.settle(hands.page)
    expect(hands.page.get_by_role("heading", level=1)).to_have_text("Lines")
    assert {"linea=IV", "pais=HND", "corte=2020-11-20"} <= set(
        hands.page.url.split("?")[1].split("&")
    )
    judged("english", width, hands)
