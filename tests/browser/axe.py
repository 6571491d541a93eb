"""What axe-core finds wrong with a page: WCAG 2.2 A and AA and axe's best practices, none off."""

from functools import cache
from importlib.resources import files

from playwright.sync_api import Page

_RUN = """async () => {
    // What happens to lie half beneath the head that stays in sight would be called too small.
    const main = document.querySelector('[data-testid="stMain"]'), at = main?.scrollTop;
    main?.scrollTo(0, 0);
    const found = await axe.run(document, {runOnly: [
        'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        // Every rule looks at everything; what holds is not written out, which takes most time.
        resultTypes: ['violations']});
    main?.scrollTo(0, at);
    const place = node => node.target.join(' ');
    return found.violations.map(rule => `${rule.id}: ${rule.nodes.slice(0, 3).map(place)}`);
}"""


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


def violations(page: Page) -> list[str]:
    """Return each broken rule of what is shown, with the first places that break it."""
    page.evaluate(_axe())
    found: list[str] = page.evaluate(_RUN)
    return found
