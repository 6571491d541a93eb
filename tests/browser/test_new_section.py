"""The recipe "Add a section to a page" of CONTRIBUTING.md, followed in a copy of the tree."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from playwright.sync_api import Browser, Page

from crmdata.settings import ROOT
from tests import chromium, serving
from tests.browser.stage import open_stage
from tests.browser.test_print import printed, squeezed
from tests.long import sample
from tests.support import changed

PERCENTAGES = '''"""What Inicio says of the percentages that countries give."""

from crmdata.content import names
from crmdata.content.parts import Entries, Finding, ListEntry, Section
from crmdata.i18n import Words
from crmdata.view import View


def section(view: View, words: Words) -> Section:
    """Return how many reports give a percentage, of all and by country."""
    cells = view.frame("cells")
    sent = cells.loc[cells["state"].notna()]
    shown = sent.loc[sent["percent"].notna()]
    counts = shown["country"].value_counts()
    entries = [
        ListEntry(name, words("with a percentage: {n}", n=words.number(int(counts.get(code, 0)))))
        for code, name in names.of_countries(view.frame("countries"), words).items()
    ]
    said = words("{n} of {N} reports give a percentage.", n=words.number(len(shown)),
                 N=words.number(len(sent)))
    title = words("What they measure")
    return Section("porcentajes", title, Finding((said,)), [Entries("", entries)])
'''

WORDS = """
msgid "with a percentage: {n}"
msgstr "con porcentaje: {n}"

msgid "{n} of {N} reports give a percentage."
msgstr "{n} de {N} reportes dan un porcentaje."

msgid "What they measure"
msgstr "Lo que miden"
"""

SAID = {"es": "reportes dan un porcentaje.", "en": "reports give a percentage."}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the tree in which somebody followed the recipe."""
    tree = tmp_path_factory.mktemp("tree")
    away = shutil.ignore_patterns("__pycache__", "*.sqlite3*")
    for folder in ("crmdata", "pages", "static", ".streamlit", "data", "docs"):
        shutil.copytree(ROOT / folder, tree / folder, ignore=away)
    shutil.copy(ROOT / "dashboard.py", tree)
    (tree / "crmdata/content/percentages.py").write_text(PERCENTAGES, "utf-8")
    home = "crmdata/content/home.py"
    changed(tree, home, "names, totals", "names, percentages, totals")
    section = "        percentages.section(view, words),\n"
    changed(tree, home, "        _whose(view", f"{section}        _whose(view")
    with (tree / "crmdata/locale/es.po").open("a", encoding="utf-8") as catalogue:
        catalogue.write(WORDS)
    return tree


@pytest.fixture(scope="module")
def served(
    tree: Path, demo_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[serving.ServedApp]:
    folder = tmp_path_factory.mktemp("served")
    with serving.mode(folder, "--public", database=demo_file, tree=tree) as running:
        yield running


@pytest.mark.parametrize("language", SAID)
def test_it_shows_on_the_screen(served: serving.ServedApp, page: Page, language: str) -> None:
    chromium.visit(page, f"{served.url}/inicio?idioma={language}")
    page.wait_for_function("document.getElementById('crm-first') === null")
    section = page.locator("section", has_text=SAID[language]).last
    assert section.is_visible()
    assert "Honduras" in section.inner_text()


@pytest.mark.parametrize("language", SAID)
def test_it_comes_with_the_first_response(
    served: serving.ServedApp, browser: Browser, language: str
) -> None:
    serving.until_drawn(served.url)
    context: Any = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.url}/inicio?idioma={language}")
    assert SAID[language] in page.locator("#crm-first").inner_text()
    context.close()


@pytest.mark.parametrize("language", SAID)
def test_it_is_shown_on_the_stage(served: serving.ServedApp, page: Page, language: str) -> None:
    open_stage(page, f"{served.url}/presentar?idioma={language}&secciones=situacion&lamina=1")
    slides = page.locator(".stage section[data-key^='situacion-porcentajes']")
    texts = slides.evaluate_all("found => found.map(one => one.textContent)")
    # Eleven countries, as many at a time as a hall reads, under what they show.
    assert len(texts) == 2
    assert all(SAID[language] in text for text in texts)
    assert sum("Honduras" in text for text in texts) == 1


@pytest.mark.parametrize("language", sample(list(SAID), few=1))
def test_it_stands_in_the_report(
    tree: Path, demo_file: Path, tmp_path: Path, language: str
) -> None:
    known = {
        **os.environ,
        "PYTHONPATH": str(tree),
        "CRMDATA_DATABASE_URL": f"sqlite:///{demo_file}",
    }
    for name in ("report.pdf", "report.docx"):
        asked = [sys.executable, "-m", "crmdata", "--lang", language, "report"]
        subprocess.run([*asked, "-o", str(tmp_path / name)], check=True, cwd=tree, env=known)
    pages = pypdf.PdfReader(tmp_path / "report.pdf").pages
    assert squeezed(SAID[language]) in squeezed("".join(page.extract_text() for page in pages))
    paragraphs = docx.Document(str(tmp_path / "report.docx")).paragraphs
    assert any(SAID[language] in paragraph.text for paragraph in paragraphs)


@pytest.mark.pdftotext
def test_it_is_printed(served: serving.ServedApp, page: Page, tmp_path: Path) -> None:
    sheets = printed(page, f"{served.url}/inicio?idioma=es", tmp_path)
    assert squeezed(SAID["es"]) in squeezed("".join(sheets))
