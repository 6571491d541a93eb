"""Several at once: importers, readers, and who makes or puts back a backup meanwhile."""

import math
import os
import signal
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, func, select

from crmdata import clock, start
from crmdata.store import db, queries
from crmdata.store.models import Audit, Batch, Report
from crmdata.store.queries.frames import table
from crmdata.web.data import cache
from tests.faults.importing import (
    ROWS,
    Child,
    files,
    forked,
    importing,
    retried,
    took,
    unhealthy,
)
from tests.long import rounds
from tests.patience import PATIENCE, until

SECONDS = rounds(4, full=60)
"""How long importers and readers work side by side."""


RAN_OUT = "Ran out of files."


def url_of(engine: Engine) -> str:
    """Return the URL of a store whose connections no child may inherit."""
    engine.dispose()
    return engine.url.render_as_string(hide_password=False)


def sums(engine: Engine) -> tuple[int, int, int, int]:
    """Return what one look counts: batches, their rows, reports, and reports that count today."""
    batch, report = table(Batch), table(Report)
    with db.reading(engine) as session:
        batches, rows = session.execute(
            select(func.count(batch.c.id), func.coalesce(func.sum(batch.c.rows), 0))
        ).one()
        reports = session.execute(select(func.count(report.c.id))).scalar_one()
        return batches, rows, reports, len(queries.report_history(session, clock.today()))


def patient(url: str, todo: Iterable[Path], until: float) -> Child:
    """Start who imports one file after the other until a moment, and tries again where told to."""
    wanted = list(todo)

    def work(say) -> None:
        for file in wanted:
            if time.monotonic() > until and file is not wanted[0]:
                return
            say(f"{retried(url, file)} {file.name}")
        say(RAN_OUT)

    return forked(work)


def watching(url: str, until: float) -> Child:
    """Start who looks again and again until a moment, as the app does for its readers.

    It says how often it looked, after what did not agree; an error of the store ends it.
    """

    def work(say) -> None:
        engine = start.open_to_read(url)
        looks, seen = 0, 0
        while looks <= SECONDS or time.monotonic() < until:
            batches, rows, reports, counted = sums(engine)
            looks += 1
            if not rows == reports == counted == batches * ROWS or batches < seen:
                say(f"{batches} batches of {rows} rows, {reports} reports, {counted} count")
            seen = batches
        say(f"looks {looks}")

    return forked(work)


def test_two_importers_and_a_reader_at_once_hear_of_no_error_and_the_sums_agree(engine, tmp_path):
    url, todo = url_of(engine), files(tmp_path, 60 * SECONDS)
    until = time.monotonic() + SECONDS
    writers = [patient(url, todo[n::2], until) for n in range(2)]
    reader = watching(url, until)
    answers = [child.read() for child in (*writers, reader)]
    assert [child.wait() for child in (*writers, reader)] == [0, 0, 0]
    *said, (looked,) = answers
    stored = [line.split()[1] for line in said[0] + said[1] if line.startswith("new ")]
    assert len(stored) == len(said[0]) + len(said[1])
    assert all(said)
    assert looked.startswith("looks ")
    assert unhealthy(engine, stored) == []
    assert sums(engine) == (len(stored), *[len(stored) * ROWS] * 3)


def test_the_same_file_twice_at_once_is_stored_once_and_the_other_is_told(engine, tmp_path):
    url = url_of(engine)
    for file in files(tmp_path, rounds(3, full=200)):
        both = [patient(url, [file], math.inf) for _ in range(2)]
        said = sorted(line for child in both for line in child.read())
        assert [child.wait() for child in both] == [0, 0]
        assert said == [RAN_OUT, RAN_OUT, f"again {file.name}", f"new {file.name}"]
    assert unhealthy(engine) == []


def test_a_retry_after_a_lost_answer_is_recognised(engine, tmp_path):
    url, todo = url_of(engine), files(tmp_path, rounds(2, full=50))
    for file in todo:

        def work(say, file=file) -> None:
            took(url, file)
            os.kill(os.getpid(), signal.SIGKILL)  # after the commit, before the answer

        child = forked(work)
        assert (child.wait(), child.read()) == (-signal.SIGKILL, [])
        assert took(url, file) == "again"
    assert unhealthy(engine, [file.name for file in todo]) == []


# Backups of a store in use


def newer_than(engine: Engine, number: int) -> int:
    """Wait until the chain is longer than that; return its length."""
    until(lambda: max(heads(engine)) > number)
    return max(heads(engine))


@contextmanager
def at_work(child: Child) -> Iterator[list[str]]:
    """Let a child work on once it has said something, then end it; fill in all that it said."""
    said = [os.read(child.answers, 4096).decode().strip()]
    try:
        yield said
    finally:
        os.kill(child.pid, signal.SIGKILL)
        said += child.read()
        assert child.wait() == -signal.SIGKILL, said


def heads(engine: Engine) -> dict[int, str]:
    """Return the audit chain: each row's hash stands for everything stored until then."""
    audit = table(Audit)
    with db.reading(engine) as session:
        return dict(session.execute(select(audit.c.seq, audit.c.hash)).all())


def test_a_backup_taken_while_somebody_imports_equals_the_source_at_that_moment(
    engine, tmp_path, database_url_of_same_kind
):
    url, copies = url_of(engine), rounds(2, full=40)
    moments = []
    with at_work(patient(url, files(tmp_path, 4000), time.monotonic() + 5 * PATIENCE)):
        for number in range(copies):
            # Between two copies somebody has imported something, however busy the machine is.
            before = newer_than(engine, moments[-1][1] if moments else 0)
            db.backup(engine, tmp_path / f"{number}.backup")
            moments.append((before, max(heads(engine))))
    whole, restored = heads(engine), db.connect(database_url_of_same_kind)
    for number, (before, after) in enumerate(moments):
        db.restore(tmp_path / f"{number}.backup", restored)
        found = heads(restored)
        assert before <= max(found) <= after
        assert found == {seq: whole[seq] for seq in found}
        # What is stored is what the chain says, so the copy is the source as it stood then.
        assert unhealthy(restored) == []
    restored.dispose()


def test_a_restore_under_a_reader_is_seen_before_or_after_and_never_between(engine, tmp_path):
    url = url_of(engine)
    importing(url, files(tmp_path, 8)).wait()
    db.backup(engine, tmp_path / "eight.backup")
    later = [file.rename(tmp_path / f"later-{file.name}") for file in files(tmp_path, 12)[8:]]
    importing(url, later).wait()
    with at_work(stubborn(url, time.monotonic() + 5 * PATIENCE)) as seen:
        for _ in range(rounds(2, full=20)):
            db.restore(tmp_path / "eight.backup", db.connect(url))
            assert [retried(url, file) for file in later] == ["new"] * 4
    assert set(seen) <= {str(ROWS * n) for n in range(8, 13)}
    assert len(set(seen)) > 1
    assert unhealthy(engine, [file.name for file in later]) == []


def stubborn(url: str, until: float) -> Child:
    """Start who says after each look how many reports there are."""

    def work(say) -> None:
        engine = start.open_to_read(url)
        while time.monotonic() < until:
            batches, rows, reports, counted = sums(engine)
            say(str(reports) if rows == reports == counted == batches * ROWS else "unlike")

    return forked(work)


def test_the_app_shows_what_was_restored_under_a_number_that_it_had_seen(
    engine, tmp_path, monkeypatch
):
    monkeypatch.setenv("CRMDATA_DATABASE_URL", url_of(engine))
    first, replaced, instead = files(tmp_path, 3)
    took(url_of(engine), first)
    db.backup(engine, tmp_path / "first.backup")
    took(url_of(engine), replaced)
    cache.engine.clear()

    def narratives() -> set[str]:
        source = cache.view(lambda _: clock.today())
        return set(source.frame("reports")["narrative"])

    assert narratives() == {"Parte 0.", "Parte 1."}
    db.restore(tmp_path / "first.backup", db.connect(url_of(engine)))
    took(url_of(engine), instead)
    assert narratives() == {"Parte 0.", "Parte 2."}
    cache.engine().dispose()
    cache.engine.clear()
