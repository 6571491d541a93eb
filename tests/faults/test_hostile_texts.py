"""Script, image and link payloads in every text of a store: shown, and never obeyed."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from typer.testing import CliRunner

from crmdata.cli.main import app
from crmdata.settings import ROOT
from crmdata.web.first_response import PICTURES
from tests import chromium, serving
from tests.browser.stage import open_stage, walked
from tests.faults.hostile import PAYLOADS, url
from tests.long import LONG, sample

PAGES = sorted(file.stem for file in (ROOT / "pages").glob("*.py"))
TELLING = ["calendario", "inicio", "lineas", "paises", "revision"]
"""The pages that show most texts: what a short run opens."""

CHOICES = "idioma=es&corte=2019-11-30&pais=HND&linea=III"
EVIL = re.compile(r"evil\.example|javascript:|window\.hacked")

# Anything of a payload that became more than text.
_LIVE = """() => [...document.querySelectorAll(
    'a, img, iframe, svg, script, object, embed, link, form, [style], [onload], [onerror]')]
    .filter(node => [...node.attributes].some(given =>
        given.name !== 'value' && given.name !== 'aria-label' && given.name !== 'title'
        && given.name !== 'alt' && !given.name.startsWith('data-')
        && /evil[.]example|javascript:|window[.]hacked/.test(given.value)))
    .map(node => node.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> tuple[str, Path]:
    return url(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def served(hostile, tmp_path_factory) -> Iterator[serving.ServedApp]:
    database, plan = hostile
    with serving.mode(
        tmp_path_factory.mktemp("served"),
        "--local-secretariat",
        database=database.removeprefix("sqlite:///"),
        CRMDATA_PLAN_DIR=str(plan),
    ) as running:
        yield running


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES if LONG else TELLING)
def test_a_page_shows_payloads_and_obeys_none(served, browser, name):
    with chromium.reader(browser) as (page, record):
        chromium.visit(page, f"{served.url}/{name}?{CHOICES}")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        chromium.settle(page)
        page.wait_for_timeout(300)
        assert EVIL.search(page.locator("body").inner_text())
        assert page.evaluate("window.hacked") is None
        assert page.evaluate(_LIVE) == []
        assert page.get_by_test_id("stException").count() == 0
    assert (record.outside, record.errors) == ([], [])


@pytest.mark.browser
@pytest.mark.parametrize("name", sample(sorted(PICTURES), few=3))
def test_a_first_response_shows_payloads_as_text(served, browser, name):
    serving.until_drawn(served.url)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.url}/{name}?idioma=es&pais=HND")
    assert page.locator("#crm-first [data-main]").count()
    assert EVIL.search(page.locator("#crm-first").inner_text())
    assert page.evaluate(_LIVE) == []
    context.close()


# The stage stands in a tree of its own, which no search of the document looks into.
_LIVE_ON_STAGE = _LIVE.replace(
    "document",
    """[...document.querySelectorAll('*')]
    .map(one => one.shadowRoot).find(root => root?.querySelector('.stage'))""",
    1,
)


@pytest.mark.browser
def test_the_stage_shows_payloads_and_obeys_none(served, browser):
    with chromium.reader(browser) as (page, record):
        open_stage(page, f"{served.url}/presentar?{CHOICES}&lamina=1")
        titles = " ".join(slide["title"] for slide in walked(page))
        page.wait_for_timeout(300)
        assert EVIL.search(titles)
        assert page.evaluate("window.hacked") is None
        assert page.evaluate(_LIVE_ON_STAGE) == []
    assert (record.outside, record.errors) == ([], [])


EXPORTS = (
    ("sheet", "country", "HND", "-o", "hoja.pdf"),
    ("sheet", "country", "HND", "-o", "hoja.docx"),
    ("sheet", "line", "III", "-o", "linea.pdf"),
    ("report", "-o", "informe.pdf"),
    ("deck", "-o", "presentacion.pptx"),
    ("package", "-o", "datos.zip"),
    ("ics", "HND", "-o", "fechas.ics"),
    ("workbook", "-o", "libro.xlsx"),
    ("sheet", "line", "III", "-o", "linea.docx"),
    ("template", "HND", "--semester", "2019-1", "-o", "plantilla.xlsx"),
)


@pytest.mark.parametrize("verb", sample(EXPORTS, few=4), ids=lambda verb: verb[-1])
def test_an_export_holds_payloads_as_text(hostile, tmp_path, monkeypatch, verb):
    database, plan = hostile
    monkeypatch.setenv("CRMDATA_DATABASE_URL", database)
    monkeypatch.setenv("CRMDATA_PLAN_DIR", str(plan))
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["--lang", "es", *verb])
    assert done.exit_code == 0, done.output
    assert list(obeyed(tmp_path / verb[-1])) == []


def obeyed(file: Path) -> Iterator[str]:
    """Yield what of a payload in a file is more than text: links, scripts, formulas, actions."""
    if file.suffix == ".pdf":
        yield from _of_a_pdf(file)
    elif file.suffix in {".docx", ".pptx", ".xlsx"}:
        with zipfile.ZipFile(file) as parts:
            for name in parts.namelist():
                text = parts.read(name).decode("utf-8", "replace")
                wanted = (
                    r'Target="[^"]*(?:evil|javascript)[^"]*"|<f>[^<]*|<hyperlink [^>]*evil[^>]*>'
                )
                if name.endswith((".xml", ".rels")):
                    yield from (f"{name}: {found}" for found in re.findall(wanted, text))
    elif file.suffix == ".ics":
        text = file.read_text("utf-8").replace("\r\n ", "")
        yield from re.findall(r"^(?:URL|ATTACH|SOURCE)[^\n]*evil[^\n]*", text, re.MULTILINE)


def _of_a_pdf(file: Path) -> Iterator[str]:
    book = pypdf.PdfReader(file)
    root = book.trailer["/Root"]
    yield from (
        name for name in ("/OpenAction", "/AA") if name in root and "/JS" in str(root[name])
    )
    for page in book.pages:
        for annotation in page.get("/Annots", []):
            action = str(annotation.get_object().get("/A", ""))
            if EVIL.search(action):
                yield action


def test_there_are_twelve_payloads():
    assert len(set(PAYLOADS)) == 12
