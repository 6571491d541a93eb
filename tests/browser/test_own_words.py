"""No word of Streamlit's own stands on a page: its fields speak the reader's language."""

import re
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import Page, expect

from crmdata.i18n import LOCALE
from tests import chromium, people
from tests.browser.rounds import PAGES
from tests.long import sample

_WIDGETS = (
    "BaseButton", "ButtonGroup", "Checkbox", "DownloadButton", "FileUploader", "InputInstructions",
    "Multiselect", "Progress", "Selectbox", "Spinner", "TextArea", "TextInput",
    "UploadFileInfo", "index",
)  # fmt: skip
"""The parts of Streamlit that pages are drawn with."""

_SPANISH_TOO = {"Color", "Error", "Plan", "Total", "Visible", "Normal", "Sin", "Esc"}


def ours() -> set[str]:
    """Return what the app itself says in Spanish."""
    with (LOCALE / "es.po").open("rb") as file:
        texts = [message.string for message in read_po(file)]
    return {text for each in texts for text in ([each] if isinstance(each, str) else each)}


def own_words() -> list[str]:
    """Return what these parts write between backticks, as expressions."""
    spec = find_spec("streamlit")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / "static" / "static" / "js"
    files = [file for part in _WIDGETS for file in folder.glob(f"{part}.*.js")]
    assert len(files) >= len(_WIDGETS)
    text = "".join(file.read_text("utf-8") for file in files)
    written = set(re.findall(r"`([A-Z][a-z]+(?: [\w${}.,!?'’-]+)*)`", text)) - _SPANISH_TOO
    plain = [re.split(r"\$\{[^}]*\}", each) for each in sorted(written)]
    return ["^" + ".+".join(map(re.escape, parts)) + "$" for parts in plain if len(parts[0]) > 2]


SEEN = """() => {
    const texts = [];
    for (const each of document.querySelectorAll('body *')) {
        if (!each.checkVisibility()) continue;
        for (const name of ['aria-label', 'title', 'placeholder'])
            if (each.getAttribute(name)) texts.push(each.getAttribute(name));
        for (const text of each.childNodes)
            if (text.nodeType === 3 && text.data.trim()) texts.push(text.data.trim());
    }
    return [...new Set(texts)];
}"""


@pytest.fixture(scope="module")
def theirs() -> re.Pattern[str]:
    return re.compile("|".join(own_words()))


def found(page: Page, theirs: re.Pattern[str]) -> list[str]:
    """Return what a page says in Streamlit's own words, with each of its lists opened."""
    seen = set(page.evaluate(SEEN))
    for field in page.locator(":is(.stMultiSelect, .stSelectbox) input:visible").all():
        if not field.is_enabled():
            continue
        field.click()
        seen |= set(page.evaluate(SEEN))
        if field.is_editable():
            field.press_sequentially("zzz")
            seen |= set(page.evaluate(SEEN))
        page.keyboard.press("Escape")
        chromium.settle(page)
    return sorted(text for text in seen - ours() if theirs.match(text))


def test_what_streamlit_writes_is_known_to_these_tests(theirs: re.Pattern[str]):
    for own in ("Select all", "Clear all", "Remove Honduras", "No results", "Upload", "Open"):
        assert theirs.match(own)


@pytest.mark.parametrize("name", sample(PAGES, few=3))
def test_no_word_of_streamlits_own_stands_on_a_public_page(
    page: Page, app_url: str, theirs: re.Pattern[str], name: str
):
    chromium.visit(page, f"{app_url}/{name}?idioma=es&corte=2019-11-15&solo=HND,GTM")
    assert found(page, theirs) == []


def test_no_word_of_streamlits_own_stands_where_a_number_comes_from(
    page: Page, app_url: str, theirs: re.Pattern[str]
):
    chromium.visit(page, f"{app_url}/paises?idioma=es&corte=2019-11-15&abierto=origen-lineas")
    assert found(page, theirs) == []


@pytest.mark.parametrize(("email", "name"), sample([
    (people.FOCAL, "informar"), (people.PARTNER, "informar"), (people.EDITOR, "informar"),
    (people.EDITOR, "revision"), (people.EDITOR, "presentar"),
], few=2))  # fmt: skip
def test_no_word_of_streamlits_own_stands_where_people_work(
    desk: Any, as_person: Callable[..., Page], theirs: re.Pattern[str], email: str, name: str
):
    page = as_person(email)
    chromium.visit(page, f"{desk.app.url}/{name}?idioma=es")
    for fold in page.locator("[data-testid=stExpander] summary:visible").all():
        fold.click()
    chromium.settle(page)
    assert found(page, theirs) == []


def test_the_words_of_a_list_follow_the_language(page: Page, app_url: str):
    chromium.visit(page, f"{app_url}/presentar?idioma=es")
    page.locator(".stMultiSelect input").click()
    expect(page.get_by_role("option", name="Elegir todo")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".crm-head a[hreflang=en]:visible").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    chromium.settle(page)
    page.locator(".stMultiSelect input").click()
    page.keyboard.type("ma")
    page.get_by_role("option", name="Choose the 3 that match").click()
    chromium.settle(page)
    expect(page.locator(".stMultiSelect [data-tag]")).to_have_count(3)
