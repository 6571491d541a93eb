"""From a click on a filter to the changed calendar, in a real browser: the app, a floor, its peers.

The app's board, and the same rows and bars as a figure of Plotly's on a bare Streamlit page, in
Dash (waitress), NiceGUI and Panel. Each gets the same clicks, in turn, in one Chromium. The
clock is the browser's own: from the event of the click to the frame in which the rows that were
asked for stand drawn.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import plotly.graph_objects as go
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as WebError

from benchmarks import served
from benchmarks.browser import launch
from benchmarks.peers.parts import AXES
from benchmarks.table import Goal, Row, show
from crmdata import view
from crmdata.content.calendar.schedule import BoardRow, Schedule, counts, schedule
from crmdata.i18n import words_for
from crmdata.store import db

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

_ROW, _MARGIN = 24, 60
"""Px of a row of a peer's figure, and of what is around its rows."""


def rows() -> Iterator[Row]:
    """Click through the axes of every calendar."""
    with TemporaryDirectory(prefix="bench-") as name, ExitStack() as stack:
        folder = Path(name)
        database = served.demonstration(folder)
        app = stack.enter_context(served.app(database))
        wanted = _save(database, folder)
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


def _save(database: Path, folder: Path) -> dict[str, int]:
    """Write down the calendar by axis as the peers draw it; return how many rows each has."""
    engine = db.connect(f"sqlite:///{database}")
    with db.reading(engine) as session:
        plan = schedule(view.read(session), words_for("es"))
    engine.dispose()
    wanted = {}
    for axis in AXES:
        own = [row for row in plan.rows if axis in {"all", row.code, *row.above[:1]}]
        file = folder / f"calendario-{axis}.json"
        drawn = json.loads(_figure(plan, own).to_json())
        file.write_text(json.dumps({"figures": [drawn], "tables": []}), "utf-8")
        wanted[axis] = len(own)
    if len({*wanted.values()}) < len(wanted):
        raise RuntimeError(f"Two axes have as many rows: {wanted}")
    return wanted


def _figure(plan: Schedule, rows: list[BoardRow]) -> go.Figure:
    """Return the bars of the board's activities as somebody would draw them with Plotly."""
    bars: dict[str, tuple[list[float], list[float], list[int]]] = {}
    for at, row in enumerate(rows):
        for place, period in enumerate(plan.periods):
            slot = (row.slots or {}).get(period.code)
            start = float(place)
            for state, count in counts(plan, [slot] if slot else ()).items():
                base, width, y = bars.setdefault(state, ([], [], []))
                base.append(start)
                width.append(count / len(plan.parties))
                y.append(at)
                start += count / len(plan.parties)
    figure = go.Figure(
        [go.Bar(orientation="h", base=base, x=width, y=y, name=state)
         for state, (base, width, y) in bars.items()]
    )  # fmt: skip
    names = [row.name.called for row in rows]
    figure.update_layout(
        height=_ROW * len(rows) + _MARGIN, barmode="overlay", margin={"t": 30, "b": 30},
        yaxis={"tickvals": [*range(len(rows))], "ticktext": names, "autorange": "reversed"},
    )  # fmt: skip
    return figure


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


def _drawn(name: str, page: Page, rows: int) -> float:
    """Return the seconds from the click until so many rows stand drawn."""
    try:
        if name == "app":
            return float(page.evaluate(_ON_BOARD, rows)) / 1000
        return float(page.evaluate(_DRAWN, _ROW * rows + _MARGIN)) / 1000
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


if __name__ == "__main__":
    show(rows())
