"""No page has a fault that axe-core can see, in either language and theme, or on a phone.

The rules are those of WCAG 2.2 A and AA and axe's best practices; none is switched off.
"""

from functools import cache
from importlib.resources import files
from itertools import product

import pytest

from tests import chromium
from tests.browser.rounds import CHOICES, LANGUAGES, PAGES

_RUN = """async () => {
    const found = await axe.run(document, {runOnly: [
        'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']});
    const place = node => node.target.join(' ');
    return found.violations.map(rule => `${rule.id}: ${rule.nodes.slice(0, 3).map(place)}`);
}"""

LOOKS = [*product(LANGUAGES, ("light", "dark"), (1440,)), ("es", "light", 390)]


@cache
def axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


def violations() -> str:
    """Return the script that runs the rules on what is shown."""
    return _RUN


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("language", "theme", "width"), LOOKS)
def test_axe_finds_no_violation(app_url, readers, name, language, theme, width):
    page = readers(theme=theme, width=width)
    chromium.visit(page, f"{app_url}/{name}?idioma={language}&{CHOICES}")
    page.evaluate(axe())
    assert page.evaluate(_RUN) == []


def test_axe_finds_no_violation_on_the_sheet_of_an_activity(app_url, readers):
    page = readers()
    chromium.visit(page, f"{app_url}/actividades?idioma=es&actividad=IV.3.2")
    page.evaluate(axe())
    assert page.evaluate(_RUN) == []
