"""The same calendar served by the app, a bare Streamlit page and peers: what a browser compares.

The app's board, and the same rows and bars as a figure of Plotly's on a bare Streamlit page, in
Dash (waitress), NiceGUI and Panel.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import plotly.graph_objects as go

from benchmarks import served
from benchmarks.peers.parts import AXES
from crmdata import view
from crmdata.content.calendar.schedule import BoardRow, Schedule, counts, schedule
from crmdata.i18n import words_for
from crmdata.store import db

APP, BARE = "app", "bare Streamlit"
PEERS = ("dash", "nicegui", "panel")

ROW, MARGIN = 24, 60
"""Px of a row of a peer's figure, and of what is around its rows."""

_SCRIPTS = Path(__file__).parent / "peers"


@dataclass(frozen=True)
class Calendars:
    """The address of each server's calendar by its name, and how many rows that of an axis has."""

    servers: dict[str, str]
    rows: dict[str, int]


@contextmanager
def running() -> Iterator[Calendars]:
    """Serve all of them, on the demonstration data."""
    with TemporaryDirectory(prefix="bench-") as name, ExitStack() as stack:
        folder = Path(name)
        database = served.demonstration(folder)
        app = stack.enter_context(served.app(database))
        rows = _save(database, folder)
        floor = served.streamlit(served.FLOOR / "click.py", FLOOR_PARTS=str(folder))
        servers = {APP: f"{app.url}/calendario", BARE: stack.enter_context(floor).url}
        for peer in PEERS:
            script = served.python(_SCRIPTS / f"with_{peer}.py", str(folder))
            servers[peer] = stack.enter_context(script).url
        yield Calendars(servers, rows)


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
        height=ROW * len(rows) + MARGIN, barmode="overlay", margin={"t": 30, "b": 30},
        yaxis={"tickvals": [*range(len(rows))], "ticktext": names, "autorange": "reversed"},
    )  # fmt: skip
    return figure
