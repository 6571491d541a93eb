"""From a click on a filter to the changed chart, in a real browser: the app, a floor, its peers.

The app's calendar, a bare Streamlit page with the same figures ready, and the same figures in
Dash (waitress), NiceGUI and Panel. Each gets the same clicks, in turn, in one Chromium. The
clock is the browser's own: from the event of the click to the frame in which Plotly has drawn
the figure that was asked for.
"""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as WebError

from benchmarks import pages, served
from benchmarks.browser import launch
from benchmarks.peers.parts import AXES
from benchmarks.table import Goal, Row, show

_PEERS = Path(__file__).parent / "peers"
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


def rows() -> Iterator[Row]:
    """Click through the axes of every calendar."""
    with TemporaryDirectory(prefix="bench-") as name, ExitStack() as stack:
        folder = Path(name)
        database = served.demonstration(folder)
        app = stack.enter_context(served.app(database))
        wanted = _save(app, folder)
        floor = served.streamlit(served.FLOOR / "click.py", FLOOR_PARTS=str(folder))
        bare = stack.enter_context(floor)
        opened: dict[str, tuple[str, Callable[[Page, int], None]]] = {
            "app": (f"{app.url}/calendario", _in_app),
            "bare Streamlit": (bare.url, _in_bare),
        }
        for peer, click in (("dash", _in_dash), ("nicegui", _in_nicegui), ("panel", _in_panel)):
            script = _PEERS / f"with_{peer}.py"
            running = stack.enter_context(served.python(script, str(folder)))
            opened[peer] = (running.url, click)
        with sync_playwright() as playwright:
            browser = launch(playwright)
            taken = _click_through(browser, opened, wanted)
            browser.close()
    own = median(taken.pop("app")) * 1000
    for other, seconds in taken.items():
        goal = Goal("<", 1.0, "ratio") if other != "bare Streamlit" else Goal("≤", 1.2, "ratio")
        yield Row(f"click to changed calendar, beside {other}", own, "ms",
                  median(seconds) * 1000, goal)  # fmt: skip


def _save(app: served.Served, folder: Path) -> dict[str, int]:
    """Write down the app's figures by axis; return the height of each last one."""
    wanted = {}
    for axis in AXES:
        page = "calendario" if axis == "all" else f"calendario?eje={axis}"
        found = asyncio.run(pages.parts_of(f"{app.url}/{page}"))
        file = folder / f"calendario-{axis}.json"
        file.write_text(json.dumps(found), "utf-8")
        wanted[axis] = found["figures"][-1]["layout"]["height"]
    if len({*wanted.values()}) < len(wanted):
        raise RuntimeError(f"Two axes are of one height: {wanted}")
    return wanted


def _click_through(
    browser: Browser,
    opened: dict[str, tuple[str, Callable[[Page, int], None]]],
    wanted: dict[str, int],
) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {name: [] for name in opened}
    windows = {}
    for name, (url, _) in opened.items():
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="es-EC")
        windows[name] = context.new_page()
        windows[name].goto(url, wait_until="domcontentloaded")
        windows[name].wait_for_function("document.readyState === 'complete'")
        windows[name].evaluate(_BY_CLICK)
        _drawn(name, windows[name], wanted["all"])
    for turn in range(_ROUNDS + 1):
        for place, axis in [*enumerate(AXES)][1:]:
            for name, (_, click) in opened.items():
                page = windows[name]
                page.bring_to_front()
                click(page, place)
                seconds = _drawn(name, page, wanted[axis])
                if turn:  # the first time each figure is new to all of them
                    found[name].append(seconds)
                page.wait_for_timeout(150)
    return found


def _drawn(name: str, page: Page, height: int) -> float:
    """Return the seconds from the click until a chart of this height stands drawn."""
    try:
        return float(page.evaluate(_DRAWN, height)) / 1000
    except WebError as error:
        raise RuntimeError(f"{name} drew nothing of {height} px.") from error


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


if __name__ == "__main__":
    show(rows())
