"""Importers killed at any moment: nothing half, nothing acknowledged lost, nothing doubled."""

import os
import re
import signal
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import select

from crmdata.store import db
from crmdata.store.models import Batch
from crmdata.store.queries.frames import table
from tests.faults.importing import (
    Child,
    files,
    forked,
    importing,
    killed_at_random,
    retried,
    took,
    unhealthy,
)
from tests.long import LONG, rounds

WRITES = ("pwrite64", "fdatasync", "fsync", "ftruncate", "unlink")
"""The calls by which SQLite changes what is on the disk."""

TOLD = {"disk_error", "disk_full", "read_only", "damaged"}
"""The rules of the sentences that a writer hears of a disk that fails."""


def url_of(engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def test_importers_killed_at_random_leave_no_half_no_lost_and_no_doubled_batch(engine, tmp_path):
    url = url_of(engine)
    engine.dispose()
    times = rounds(10, full=200)
    found = killed_at_random(url, tmp_path, times)
    assert found.faults == []
    assert found.killed == times
    assert unhealthy(engine, found.acknowledged) == []


@pytest.fixture
def sqlite(sqlite_with_plan, tmp_path):
    """Return the URL of a file with the plan, and an engine to look at it with."""
    file = tmp_path / "store.sqlite3"
    file.write_bytes(Path(sqlite_with_plan).read_bytes())
    engine = db.connect(f"sqlite:///{file}")
    yield engine
    engine.dispose()


def injected(url: str, file: Path, call: str, fault: str) -> tuple[Child, int, list[str]]:
    """Import one file under strace, which breaks a call; return how it ended and what it said."""
    ready, go = os.pipe()
    held = _held(url, file, ready)
    os.close(ready)
    watcher = subprocess.Popen(
        ["strace", "-f", "-p", str(held.pid), "-o", "/dev/null",
         "-e", f"trace={call}", "-e", f"inject={call}:{fault}"],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert watcher.stderr is not None
    said = watcher.stderr.readline()
    assert "attached" in said, said
    os.write(go, b"1")
    os.close(go)
    ended = held.wait()
    watcher.wait()
    watcher.stderr.close()
    return held, ended, held.read()


def _held(url: str, file: Path, ready: int) -> Child:
    def work(say) -> None:
        os.read(ready, 1)
        say(f"{took(url, file)} {file.name}")

    return forked(work)


def stored(engine) -> list[str]:
    with db.reading(engine) as session:
        return list(session.execute(select(table(Batch).c.file_name)).scalars())


def broken_everywhere(
    engine, folder: Path, fault: str, most: int
) -> list[tuple[str, int, int, list[str]]]:
    """Break every write call of an import, one after the other; return what came of each.

    The point of failure moves by one until the import passes. In a short run the steps grow.
    """
    url = url_of(engine)
    came = []
    todo = iter(files(folder, len(WRITES) * (most + 2)))
    for call in WRITES:
        at = 1
        while at <= most:
            engine.dispose()
            file = next(todo)
            _, ended, said = injected(url, file, call, f"{fault}:when={at}")
            came.append((call, at, ended, said))
            if said and not said[0].startswith("new"):
                assert file.name not in stored(engine), f"told {said[0]}, and stored"
            assert unhealthy(engine, [file.name] if said[:1] == [f"new {file.name}"] else []) == []
            if ended == 0 and said == [f"new {file.name}"]:
                break
            at += 1 if LONG else max(1, at // 2)
        else:
            pytest.fail(f"{call} was called more than {most} times")
    return came


@pytest.mark.strace
def test_a_kill_at_every_write_call_leaves_a_whole_store(sqlite, tmp_path):
    came = broken_everywhere(sqlite, tmp_path, "signal=KILL", 120)
    assert {ended for _, _, ended, _ in came} == {0, -signal.SIGKILL}


@pytest.mark.strace
@pytest.mark.parametrize("error", ["EIO", "ENOSPC"])
def test_an_error_at_every_write_call_is_told_in_a_sentence_and_leaves_a_whole_store(
    sqlite, tmp_path, error
):
    came = broken_everywhere(sqlite, tmp_path, f"error={error}", 120)
    rules = {line.split()[0] for _, _, _, said in came for line in said}
    assert rules <= TOLD | {"new"}
    assert rules & TOLD


# A server that is killed


@pytest.fixture
def durable():
    """Return a PostgreSQL server that keeps what it acknowledged, as one in use does."""
    from tests import postgres  # noqa: PLC0415 - a server of its own, for this test alone

    with postgres.running(synchronous_commit="on", fsync="on") as server:
        yield server


@pytest.mark.postgres
def test_a_killed_server_keeps_what_it_acknowledged_and_nothing_half(durable, tmp_path):
    from tests.conftest import _load_plan  # noqa: PLC0415 - the plan into another server

    name = durable.create()
    url = durable.url(name)
    _load_plan(url)
    acknowledged = set()
    todo = files(tmp_path, 600)
    for _ in range(rounds(2, full=50)):
        child = importing(url, todo)
        os.read(child.answers, 4096)
        durable.kill()
        child.wait()
        durable.start_again()
        for file in todo[:8]:
            if retried(url, file) in {"new", "again"}:
                acknowledged.add(file.name)
        todo = todo[8:]
    engine = db.connect(url)
    assert unhealthy(engine, acknowledged) == []
    engine.dispose()
    assert len(acknowledged) == 8 * rounds(2, full=50)


@pytest.mark.strace
def test_the_write_calls_that_are_broken_are_those_that_sqlite_makes(sqlite, tmp_path):
    """Hold the list of calls: one that SQLite makes and the list lacks would go untried."""
    ready, go = os.pipe()
    (file,) = files(tmp_path, 1)
    held = _held(url_of(sqlite), file, ready)
    log = tmp_path / "calls"
    watcher = subprocess.Popen(
        ["strace", "-f", "-y", "-p", str(held.pid), "-o", str(log)],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert watcher.stderr is not None
    watcher.stderr.readline()
    os.write(go, b"1")
    assert held.wait() == 0
    watcher.wait()
    watcher.stderr.close()
    held.read()
    about = [
        line for line in log.read_text("utf-8", "replace").splitlines() if "store.sqlite3" in line
    ]
    made = {found[1] for line in about if (found := re.match(r"\d+ +(\w+)\(", line))}
    changing = {call for call in made if re.search(r"write|sync|trunc|unlink|rename|alloc", call)}
    assert changing <= set(WRITES)
