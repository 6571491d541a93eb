"""Public servers that read from a copy of the database, by PostgreSQL's streaming replication."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.load.client import Reader, Run
from crmdata.errors import StoreError
from crmdata.settings import ROOT
from crmdata.store import db
from tests import postgres
from tests.deploy import parts
from tests.long import only_long
from tests.loops import finished
from tests.support import a_report

CUT_OFF = {
    "es": "una copia de la base de datos que ahora no recibe cambios",
    "en": "a copy of the database that receives no changes now",
}
BEHIND = "una copia de la base de datos que va con retraso"


@pytest.fixture(scope="module")
def copy(own_server: postgres.Server, database: str) -> Iterator[postgres.Server]:
    """Return a server that follows `own_server`."""
    with postgres.copy_of(own_server) as following:
        yield following


@pytest.fixture(scope="module")
def name(database: str) -> str:
    return database.rpartition("/")[2]


@pytest.fixture(scope="module")
def workers(copy, name, database, tmp_path_factory) -> Iterator[parts.Workers]:
    folder = tmp_path_factory.mktemp("workers")
    with parts.workers(
        folder, CRMDATA_READ_URL=copy.url(name), CRMDATA_DATABASE_URL=database
    ) as running:
        yield running


def report(database: str, activity: str) -> None:
    engine = db.connect(database)
    a_report(engine, "HND", activity)
    engine.dispose()


def page(workers: parts.Workers, view: str) -> Run:
    """Return what a new reader sees at the first server."""

    async def look() -> Run:
        async with Reader(f"http://{workers.addresses[0]}/{view}") as reader:
            return await reader.run()

    return finished(look())


@only_long
def test_what_is_written_to_the_main_database_comes_to_the_readers_of_the_copy(workers, database):
    (before,) = workers.tokens()
    report(database, "IV.3.2")
    parts.until(lambda: len(now := workers.tokens()) == 1 and now != {before}, seconds=10)
    assert "una copia" not in page(workers, "inicio").text


@only_long
def test_a_copy_that_takes_nothing_in_says_on_every_page_how_old_it_is(workers, database, copy):
    copy.ask("SELECT pg_wal_replay_pause()")
    try:
        report(database, "IV.3.3")
        parts.until(lambda: all(each.endswith(".behind") for each in workers.tokens()))
        assert BEHIND in page(workers, "lineas").text
    finally:
        copy.ask("SELECT pg_wal_replay_resume()")
    parts.until(lambda: all(token.endswith(".current") for token in workers.tokens()))
    assert BEHIND not in page(workers, "lineas").text


@only_long
def test_while_the_main_database_is_down_readers_go_on_and_writers_are_told(
    workers, database, own_server, tmp_path: Path
):
    own_server.kill()
    try:
        parts.until(lambda: all(token.endswith(".cut_off") for token in workers.tokens()))
        seen = {language: page(workers, f"calendario?idioma={language}") for language in CUT_OFF}
        refused = parts.crmdata(ROOT, "status", CRMDATA_DATABASE_URL=database)
        still_ready = workers.are_ready()
    finally:
        own_server.start_again()
    for language, run in seen.items():
        assert CUT_OFF[language] in run.text
        assert (run.status, run.exceptions) == ("FINISHED_SUCCESSFULLY", [])
    assert "UTC" in seen["es"].text
    assert still_ready
    assert refused.returncode == 1
    assert "La base de datos no se puede abrir" in refused.stderr
    # The copy finds its source again, and what is written then comes through.
    parts.until(lambda: all(token.endswith(".current") for token in workers.tokens()))
    (before,) = workers.tokens()
    report(database, "IV.3.1")
    parts.until(lambda: len(now := workers.tokens()) == 1 and now != {before})


def test_who_writes_to_a_copy_is_told_where_to_write(copy, name, workers):
    engine = db.connect(copy.url(name))
    with pytest.raises(StoreError) as refused:
        a_report(engine, "GTM", "IV.3.2")
    engine.dispose()
    assert refused.value.problems[0].rule == "read_only"
    assert "CRMDATA_DATABASE_URL" in refused.value.problems[0].way_out
