"""The server's run of each page beside a bare page with the same ready-made figures and tables.

Over Streamlit's own websocket, from the request of a run to its end, in one go on one machine:
what a reader's browser waits for before it draws, serialisation and transport among it. The
bare page shows the very figures and tables that the app's page showed, made beforehand. Warm:
one reader runs the page again and again, in turn with the bare one. Cold: the first run that a
new process is asked for, connection, imports, queries and all, beside the bare page's first run;
and the first run by a reader of a process that has drawn its views. Memory: what each further
session holds once it has seen its page.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks import served
from benchmarks.load.client import Reader, Run
from benchmarks.table import Goal, Row, show
from crmdata.serving import answers
from tests.deploy import parts

PAGES = (
    "inicio", "calendario", "lineas", "actividades", "paises", "cooperacion", "novedades",
    "presentar", "descargas", "metodo",
)  # fmt: skip
"""Every page that a reader may see; the others ask for a login."""

_WARM = Goal("≤", 1.2, "ratio")
_COLD = Goal("≤", 2.0, "ratio")
_MEMORY = Goal("≤", 1.3, "ratio")
_ROUNDS = 15
_OTHER_VIEWS = 15
"""Seconds in which the views are drawn that few open first."""
_SESSIONS = 40


class Watcher(Reader):
    """A reader who keeps the figures and tables that a page shows."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.figures: list[object] = []
        self.tables: list[str] = []

    def _take(self, message: ForwardMsg, run: Run) -> None:
        super()._take(message, run)
        if message.delta.WhichOneof("type") != "new_element":
            return
        element = message.delta.new_element
        if element.WhichOneof("type") == "plotly_chart":
            self.figures.append(json.loads(element.plotly_chart.spec))
        elif element.WhichOneof("type") == "html" and "<table" in element.html.body:
            self.tables.append(element.html.body)


def rows(pages: tuple[str, ...] = PAGES) -> Iterator[Row]:
    """Measure every page warm and cold, and the memory of a session."""
    with TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        database = served.demonstration(folder)
        warm = asyncio.run(_warm(database, folder, pages))
        for page, (own, bare) in warm.items():
            yield Row(f"{page}, warm run", own * 1000, "ms", bare * 1000, _WARM)
        ready = asyncio.run(_once_ready(database, pages))
        for page in pages:
            own, bare = asyncio.run(_cold(database, folder, page))
            yield Row(f"{page}, cold run: process just started", own * 1000, "ms", bare * 1000,
                      _COLD)  # fmt: skip
            yield Row(f"{page}, first run of a process that is ready", ready[page] * 1000, "ms",
                      bare * 1000, _COLD)  # fmt: skip
        own, bare = asyncio.run(_memory(database, folder))
        yield Row("memory of a further session (calendario)", own, "MB", bare, _MEMORY)


def address(server: served.Served, page: str) -> str:
    """Return where the app shows a page."""
    return f"{server.url}/{page}"


async def _warm(
    database: Path, folder: Path, pages: tuple[str, ...]
) -> dict[str, tuple[float, float]]:
    """Return the seconds of each page and of the bare one, run in turn."""
    found = {}
    with (
        served.app(database) as app,
        served.streamlit(served.FLOOR / "bare.py", FLOOR_PARTS=str(folder)) as bare,
    ):
        for page in pages:
            await save_parts(app, page, folder)
            async with (
                Reader(address(app, page)) as here,
                Reader(f"{bare.url}/?show={page}") as there,
            ):
                mine, floor = [], []
                for _ in range(_ROUNDS + 2):
                    mine.append(await _seconds(here))
                    await asyncio.sleep(0.05)
                    floor.append(await _seconds(there))
                    await asyncio.sleep(0.05)
                found[page] = (median(mine[2:]), median(floor[2:]))
    return found


async def save_parts(app: served.Served, page: str, folder: Path) -> None:
    """Write down the figures and tables that a page of the app shows."""
    told = await parts_of(address(app, page))
    (folder / f"{page}.json").write_text(json.dumps(told), "utf-8")


async def parts_of(url: str) -> dict[str, list[Any]]:
    """Return the figures and tables that a page shows."""
    async with Watcher(url) as watcher:
        await _seconds(watcher)
        watcher.figures, watcher.tables = [], []
        await _seconds(watcher)
        return {"figures": watcher.figures, "tables": watcher.tables}


async def _seconds(reader: Reader) -> float:
    run = await reader.run()
    if run.exceptions:
        raise RuntimeError(f"{reader.address}: {run.exceptions[0]}")
    return run.seconds


async def _cold(database: Path, folder: Path, page: str) -> tuple[float, float]:
    """Return the seconds of the first run of new processes, one after the other."""
    mine, floor = [], []
    for _ in range(2):
        with served.app(database) as app:
            mine.append(await _first_seconds(address(app, page)))
        with served.streamlit(served.FLOOR / "bare.py", FLOOR_PARTS=str(folder)) as bare:
            floor.append(await _first_seconds(f"{bare.url}/?show={page}"))
    return min(mine), min(floor)


async def _once_ready(database: Path, pages: tuple[str, ...]) -> dict[str, float]:
    """Return the seconds of each page's first reader, who comes when the views are drawn.

    So it is with `serve --public`: nginx sends nobody to a process that is not ready.
    """
    with served.app(database, CRMDATA_WARM="1") as app:
        parts.until(lambda: parts.asked(app.url + answers.READY)[0] == HTTPStatus.OK, 60)
        await asyncio.sleep(_OTHER_VIEWS)
        return {page: await _first_seconds(address(app, page)) for page in pages}


async def _first_seconds(url: str) -> float:
    """Return the seconds of a reader's first run, the wait for a connection among them."""
    begun = time.perf_counter()
    async with Reader(url) as reader:
        await _seconds(reader)
        return time.perf_counter() - begun


async def _memory(database: Path, folder: Path) -> tuple[float, float]:
    """Return the megabytes that a further session of the calendar and of the bare page takes."""
    with served.app(database) as app:
        own = await _per_session(app, address(app, "calendario"))
    with served.streamlit(served.FLOOR / "bare.py", FLOOR_PARTS=str(folder)) as bare:
        floor = await _per_session(bare, f"{bare.url}/?show=calendario")
    return own, floor


async def _per_session(server: served.Served, url: str) -> float:
    readers = [Reader(url) for _ in range(_SESSIONS + 5)]
    before = 0.0
    for place, reader in enumerate(readers):
        if place == 5:  # the first ones pay for what all share
            before = server.memory
        await reader.connect()
        await _seconds(reader)
        await _seconds(reader)
    after = server.memory
    for reader in readers:
        await reader.leave()
    return (after - before) / _SESSIONS


if __name__ == "__main__":
    show(rows(tuple(sys.argv[1:]) or PAGES))
