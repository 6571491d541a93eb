"""Many readers at once, as a plenary has: times of their pages, and everything that broke.

One process of the app on SQLite, readers over Streamlit's own protocol on the same machine.
`SOAK_MINUTES=30` makes the soak as long as the goal asks; else it takes two minutes. One part
alone: `python -m benchmarks.readers soak`.
"""

import asyncio
import os
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import served
from benchmarks.imports import a_file
from benchmarks.load.client import Habit, Reader, Run, Tally, acting, arriving, percentile
from benchmarks.served import Served
from benchmarks.table import Goal, Row, show
from crmdata.store import db
from crmdata.terms import MarkKind, roman
from tests.deploy import parts

_LINES = tuple(map(roman, range(1, 17)))
_AXES = ("1", "2", "3", "4", "5")
_MARKS = tuple(str(kind) for kind in MarkKind)

ACTING = Habit(
    every=5.0,
    choices=(
        *({"eje": axis, "linea": ""} for axis in ("", *_AXES)),
        *({"linea": line, "eje": ""} for line in ("", *_LINES)),
        *({"marca": mark} for mark in ("", *_MARKS)),
    ),
)
"""What a reader of the calendar does: changes a filter every five seconds."""

_SHORT = 30
"""Seconds that readers act for."""

_FEW = 60

_FILLING = 4
"""How many rounds of readers come and go before a soak is measured."""

_MANY = 300
_WORKERS = 2


def rows(wanted: tuple[str, ...] = ()) -> Iterator[Row]:
    """Let readers come and act, part by part, each on a server of its own."""
    for name, part in PARTS.items():
        if wanted and name not in wanted:
            continue
        with TemporaryDirectory(prefix="bench-") as folder:
            database = served.demonstration(Path(folder))
            with served.app(database) as app:
                # The first reader of a process pays for its imports, not these.
                asyncio.run(_arrive_first(app))
                yield from asyncio.run(part(app, database))


async def _arrive_first(app: Served) -> None:
    for page in ("inicio", "calendario"):
        async with Reader(f"{app.url}/{page}") as reader:
            await reader.run()


def _times(name: str, runs: list[Run], tally: Tally, goal: float) -> Iterator[Row]:
    yield Row(f"{name}: p95", percentile(runs, 0.95), "s", goal=Goal("≤", goal))
    yield Row(f"{name}: errors of {len(runs)} runs", len(tally.failures), "", goal=Goal("≤", 0))


async def _plenary(app: Served, _database: Path) -> list[Row]:
    found = await arriving(f"{app.url}/inicio", _FEW, within=30, stay=2)
    return [*_times("60 readers in 30 s", found.firsts, found, 0.5)]


async def _at_once(app: Served, _database: Path) -> list[Row]:
    found = await arriving(f"{app.url}/inicio", _FEW, stay=2)
    return [*_times("60 readers at once", found.firsts, found, 5.0)]


async def _twice_as_many(app: Served, _database: Path) -> list[Row]:
    found = await arriving(f"{app.url}/inicio", 2 * _FEW, within=30, stay=2)
    return [*_times("120 readers in 30 s", found.firsts, found, 3.0)]


def _acting(readers: int) -> Callable[[Served, Path], Awaitable[list[Row]]]:
    async def part(app: Served, _database: Path) -> list[Row]:
        url = f"{app.url}/calendario"
        found = await acting(url, readers, ACTING, seconds=_SHORT, ramp=30)
        return [*_times(f"{readers} acting every 5 s on the calendar", found.runs, found, 1.0)]

    return part


async def _acting_before_workers(_app: Served, database: Path) -> list[Row]:
    """Return how as many get on with a worker for each core, behind nginx."""
    with TemporaryDirectory(prefix="bench-") as name, ExitStack() as stack:
        servers = stack.enter_context(
            parts.workers(Path(name), count=_WORKERS, CRMDATA_WARM="1",
                          CRMDATA_DATABASE_URL=f"sqlite:///{database}")
        )  # fmt: skip
        url = stack.enter_context(parts.nginx(Path(name), servers.addresses))
        found = await acting(f"{url}/calendario", _MANY, ACTING, seconds=_SHORT, ramp=30)
    who = f"{_MANY} acting every 5 s, {_WORKERS} workers behind nginx"
    return [*_times(who, found.runs, found, 1.0)]


async def _import_in_the_middle(app: Served, database: Path) -> list[Row]:
    """Return how much slower readers are while an import runs, and when they see it."""
    url = f"{app.url}/calendario"
    idle = await acting(url, _FEW // 2, ACTING, seconds=15, ramp=5)
    reading = asyncio.create_task(acting(url, _FEW // 2, ACTING, seconds=20, ramp=5))
    await asyncio.sleep(8)
    engine = db.connect(f"sqlite:///{database}")
    file = a_file(database.parent, engine, 3_000, kind="demostracion")
    engine.dispose()
    async with Reader(f"{app.url}/inicio") as watcher:
        before = (await watcher.run()).text
        importer = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "crmdata", "import", str(file), "--by", "bench",
            env=os.environ | {"CRMDATA_DATABASE_URL": f"sqlite:///{database}"},
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        _, said = await importer.communicate()
        if importer.returncode:
            raise RuntimeError(said.decode()[-400:])
        landed = time.perf_counter()
        while (await watcher.run()).text == before and time.perf_counter() - landed < 30:
            await asyncio.sleep(0.2)
        seen = time.perf_counter() - landed
    busy = await reading
    return [
        Row("readers during an import: p95", percentile(busy.runs, 0.95), "s",
            percentile(idle.runs, 0.95), Goal("≤", 2, "ratio")),
        Row("readers during an import: errors", len(busy.failures), "", goal=Goal("≤", 0)),
        Row("an import is seen after", seen, "s", goal=Goal("≤", 10)),
    ]  # fmt: skip


async def _soak(app: Served, _database: Path) -> list[Row]:
    """Return how memory and descriptors grow while readers come, act and go."""
    minutes = float(os.environ.get("SOAK_MINUTES", "2"))
    url = f"{app.url}/calendario"
    # The server is full before it is measured: of kept views, and of sessions whose readers have
    # left, of which Streamlit keeps 128, each with the descriptors of its event loop.
    await choose_everything(url)
    for _ in range(_FILLING):
        await acting(url, _FEW, ACTING, seconds=25, ramp=5)
    memory, descriptors = [app.memory], app.descriptors
    until, total = time.perf_counter() + minutes * 60, Tally()
    while time.perf_counter() < until:
        part = await acting(url, _FEW, ACTING, seconds=25, ramp=5)
        total.runs += part.runs
        total.errors += part.failures
        memory.append(app.memory)
    named = f"soak of {minutes:g} min"
    return [
        Row(f"{named}: memory after", memory[-1], "MB", memory[0], Goal("≤", 1.1, "ratio")),
        Row(f"{named}: memory after, beside half the time", memory[-1], "MB",
            memory[len(memory) // 2], Goal("≤", 1.03, "ratio")),
        Row(f"{named}: descriptors after", app.descriptors, "", max(descriptors, 1),
            Goal("≤", 1.1, "ratio")),
        Row(f"{named}: errors of {len(total.runs)} runs", len(total.errors), "",
            goal=Goal("≤", 0)),
    ]  # fmt: skip


async def choose_everything(url: str) -> None:
    """Look at the calendar of each axis and each line, with each mark."""
    async with Reader(url) as reader:
        await reader.run()
        for key, values in (("eje", _AXES), ("linea", _LINES)):
            for one, mark in product(values, ("", *_MARKS)):
                reader.choose(**{key: one, "marca": mark})
                await reader.run()
            reader.choose(**{key: "", "marca": ""})
            await reader.run()


async def _cut(app: Served, _database: Path) -> list[Row]:
    """Return how readers come back, with what they had chosen, after a minute without network."""
    seconds = float(os.environ.get("CUT_SECONDS", "60"))
    readers = [Reader(f"{app.url}/calendario?eje=2", seed=place) for place in range(_FEW // 2)]
    for reader in readers:
        await reader.connect()
        await reader.run()
        await reader.cut()
    await asyncio.sleep(seconds)
    lost, runs, errors = 0, [], 0
    for reader in readers:
        before = reader.session
        try:
            begun = time.perf_counter()
            await reader.reconnect()
            run = await reader.run()
            run.seconds = time.perf_counter() - begun
            runs.append(run)
            lost += reader.params.get("eje") != "2" or reader.session != before
            errors += len(run.exceptions)
        except (OSError, TimeoutError):
            errors += 1
        await reader.leave()
    return [
        Row(f"back after a cut of {seconds:g} s: p95", percentile(runs, 0.95), "s",
            goal=Goal("≤", 1)),
        Row("back after a cut: sessions or filters lost", lost, "", goal=Goal("≤", 0)),
        Row("back after a cut: errors", errors, "", goal=Goal("≤", 0)),
    ]  # fmt: skip


PARTS: dict[str, Callable[[Served, Path], Awaitable[list[Row]]]] = {
    "plenary": _plenary,
    "at-once": _at_once,
    "twice": _twice_as_many,
    "acting-100": _acting(100),  # beside the goal: where one process ends
    "acting": _acting(_MANY),
    "acting-workers": _acting_before_workers,
    "import": _import_in_the_middle,
    "cut": _cut,
    "soak": _soak,
}


if __name__ == "__main__":
    show(rows(tuple(sys.argv[1:])))
