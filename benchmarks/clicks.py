"""From a click on a filter to the changed calendar, in a real browser: the app, a floor, its peers.

Each of `calendars` gets the same clicks, in turn, in one Chromium. The clock is the browser's
own: from the event of the click to the frame in which the rows that were asked for stand drawn.
"""

from collections.abc import Callable, Iterator
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as WebError

from benchmarks.browser import launch
from benchmarks.calendars import APP, BARE, MARGIN, ROW, Calendars, running
from benchmarks.peers.parts import AXES
from benchmarks.table import Goal, Row, show

_ROUNDS = 4
"""How often each axis is clicked."""

_BY_CLICK = """() => {
    window.clicked = 0;
    for (const kind of ['pointerup', 'click'])
        document.addEventListener(kind, () => { window.clicked = performance.now(); }, true);
}"""

# A chart has the height that was asked for, another for every axis, and stands drawn.
_DRAWN = """(height) => new Promise((resolve, reject) => {
    const until = performance.now() + 20000;
    const look = () => {
        const charts = [];
        const collect = root => {  // Panel draws in shadows inside shadows
            charts.push(...root.querySelectorAll('.js-plotly-plot'));
            for (const element of root.querySelectorAll('*'))
                if (element.shadowRoot) collect(element.shadowRoot);
        };
        if (document.querySelector('.bk-root, [data-root-id]')) collect(document);
        else charts.push(...document.querySelectorAll('.js-plotly-plot'));
        const found = charts.some(chart => {
            const svg = chart.querySelector('.main-svg');
            // Dash and NiceGUI let Plotly size a chart, which takes the height out of its layout.
            return svg && chart._fullLayout && chart._fullLayout.height === height
                && Math.abs(Number(svg.getAttribute('height')) - height) < 2;
        });
        if (found) resolve(performance.now() - window.clicked);
        else if (performance.now() > until) reject(new Error('not drawn'));
        else requestAnimationFrame(look);
    };
    look();
})"""


# The board shows as many rows as were asked for, another number for every axis.
_ON_BOARD = """(count) => new Promise((resolve, reject) => {
    const until = performance.now() + 20000;
    const look = () => {
        const rows = [...document.querySelectorAll('#root .crm-board-rows tbody tr')];
        const shown = rows.filter(row => !row.hidden && !row.parentElement.hidden).length;
        const done = () => resolve(performance.now() - window.clicked);
        if (shown === count) requestAnimationFrame(done);
        else if (performance.now() > until) reject(new Error('not drawn'));
        else requestAnimationFrame(look);
    };
    look();
})"""


def rows() -> Iterator[Row]:
    """Click through the axes of every calendar."""
    with running() as calendars, sync_playwright() as playwright:
        browser = launch(playwright)
        taken = _click_through(browser, calendars)
        browser.close()
    own = median(taken.pop(APP)) * 1000
    for other, seconds in taken.items():
        goal = Goal("<", 1.0, "ratio") if other != BARE else Goal("≤", 1.2, "ratio")
        yield Row(f"click to changed calendar, beside {other}", own, "ms",
                  median(seconds) * 1000, goal)  # fmt: skip


def _click_through(browser: Browser, calendars: Calendars) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {name: [] for name in calendars.servers}
    windows, wanted = {}, calendars.rows
    for name, url in calendars.servers.items():
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="es-EC")
        windows[name] = context.new_page()
        windows[name].goto(url, wait_until="domcontentloaded")
        windows[name].wait_for_function("document.readyState === 'complete'")
        windows[name].evaluate(_BY_CLICK)
        _drawn(name, windows[name], wanted["all"])
    for turn in range(_ROUNDS + 1):
        for place, axis in [*enumerate(AXES)][1:]:
            for name, page in windows.items():
                page.bring_to_front()
                _CLICK[name](page, place)
                seconds = _drawn(name, page, wanted[axis])
                if turn:  # the first time each figure is new to all of them
                    found[name].append(seconds)
                page.wait_for_timeout(150)
    return found


def _drawn(name: str, page: Page, rows: int) -> float:
    """Return the seconds from the click until so many rows stand drawn."""
    try:
        if name == APP:
            return float(page.evaluate(_ON_BOARD, rows)) / 1000
        return float(page.evaluate(_DRAWN, ROW * rows + MARGIN)) / 1000
    except WebError as error:
        raise RuntimeError(f"{name} drew nothing of {rows} rows.") from error


def _in_app(page: Page, place: int) -> None:
    page.locator("[data-key=eje] > summary").click()
    page.wait_for_timeout(150)
    page.locator("[data-key=eje] li a").nth(place).click()


def _in_bare(page: Page, place: int) -> None:
    _choose(page, page.locator(".st-key-axis [data-baseweb=select], .st-key-axis input").first,
            place)  # fmt: skip


def _choose(page: Page, box: object, place: int) -> None:
    box.click()
    option = page.get_by_role("option").nth(place)
    option.wait_for()
    page.wait_for_timeout(150)
    option.click()


def _in_dash(page: Page, place: int) -> None:
    page.locator("input[type=radio]").nth(place).click()


def _in_nicegui(page: Page, place: int) -> None:
    page.get_by_role("radio").nth(place).click()


def _in_panel(page: Page, place: int) -> None:
    page.locator(".bk-btn").nth(place).click()


_CLICK: dict[str, Callable[[Page, int], None]] = {
    APP: _in_app,
    BARE: _in_bare,
    "dash": _in_dash,
    "nicegui": _in_nicegui,
    "panel": _in_panel,
}


if __name__ == "__main__":
    show(rows())
