"""What a writer is told is so, also if the answer to its COMMIT is lost; readers wait briefly."""

import time
from contextlib import ExitStack

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from crmdata import start
from crmdata.cli.main import app
from crmdata.errors import ImportRefused, StoreError
from crmdata.intake.reports import import_files
from crmdata.store import db
from crmdata.store.db import committing
from crmdata.store.db import engine as db_engine
from tests.doors import DOORS, prepared
from tests.relay import relay
from tests.sheets import a_file

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.parametrize("engine", ["postgresql"], indirect=True),
]


def url_of(engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def contents(engine) -> list[int]:
    """Return how many rows the tables have that a writer adds to."""
    tables = ("audit", "batch", "report", "review_act", "agreement", "snapshot", "plan_version")
    with db.reading(engine) as session:
        return [session.execute(text(f"SELECT count(*) FROM {name}")).scalar() for name in tables]


@pytest.fixture
def between(engine):
    """Return a relay before the database, and an engine that goes through it."""
    with relay(engine.url.port) as made:
        through = db.connect(engine.url.set(port=made.port).render_as_string(hide_password=False))
        yield made, through
        through.dispose()


@pytest.fixture
def prepared_backup(engine, tmp_path):
    """Return a backup with two reports of a store that has one more by now."""
    prepared(engine, tmp_path)
    db.backup(engine, tmp_path / "store.backup")
    import_files(engine, [a_file(tmp_path, {"activity": "I.1.3"}, name="later.csv")], by="Ana")
    return tmp_path / "store.backup"


# COMMIT


@pytest.mark.parametrize("door", DOORS)
def test_what_was_stored_is_told_as_stored_though_the_answer_was_lost(
    engine, between, tmp_path, door
):
    made, through = between
    before = contents(prepared(engine, tmp_path))
    made.breaks = "after"
    DOORS[door](through, tmp_path)
    assert made.breaks == ""
    assert contents(engine) != before
    with db.reading(engine) as session:
        assert db.verify(session) == []


@pytest.mark.parametrize("door", DOORS)
def test_what_is_told_as_not_written_is_not_written(engine, between, tmp_path, door):
    made, through = between
    before = contents(prepared(engine, tmp_path))
    made.breaks = "before"
    with pytest.raises(StoreError) as told:
        DOORS[door](through, tmp_path)
    assert "nothing was written" in str(told.value)
    assert contents(engine) == before


def test_what_nobody_can_know_is_told_as_not_known_and_how_to_find_out(
    engine, between, tmp_path, monkeypatch
):
    monkeypatch.setattr(committing, "ASK_SECONDS", 0.5)
    made, through = between
    file = a_file(tmp_path)
    made.breaks = "away"
    with pytest.raises(StoreError) as told:
        import_files(through, [file], by="Ana")
    assert told.value.problems[0].rule == "outcome_unknown"
    assert "nothing was written" not in str(told.value)
    assert "crmdata status" in str(told.value)
    with pytest.raises(ImportRefused, match="already imported"):
        import_files(engine, [file], by="Ana")


@pytest.mark.parametrize("kept", [True, False])
def test_a_restore_whose_answer_was_lost_is_told_as_restored(
    prepared_backup, engine, between, kept
):
    made, through = between
    if not kept:
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    made.breaks = "after"
    restored = db.restore(prepared_backup, through)
    assert bool(restored.previous) == kept
    assert contents(engine)[2] == 2


def test_a_restore_that_did_not_come_about_leaves_what_was(engine, between, prepared_backup):
    made, through = between
    before = contents(engine)
    made.breaks = "before"
    with pytest.raises(StoreError, match="nothing was written"):
        db.restore(prepared_backup, through)
    assert contents(engine) == before


def test_a_connection_lost_before_the_commit_leaves_nothing(engine):
    before = contents(engine)

    def write() -> None:
        with db.writing(engine) as session:
            db.audit(session, actor="x", action="note", object="x", detail={})
            session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(StoreError, match="nothing was written"):
        write()
    assert contents(engine) == before


# Readers


@pytest.fixture
def impatient(engine, monkeypatch):
    """Return an engine whose readers wait a second where others wait ten."""
    monkeypatch.setattr(db_engine, "WAIT_SECONDS", 1)
    opened = db.connect(url_of(engine), reader_seconds=3)
    yield opened
    opened.dispose()


def told_in_time(rule: str, do) -> None:
    begun = time.monotonic()
    with pytest.raises(StoreError) as told:
        do()
    assert told.value.problems[0].rule == rule
    assert "nothing was written" not in str(told.value)
    assert time.monotonic() - begun < 30


@pytest.mark.parametrize("table", ["alembic_version", "report", "audit"])
def test_a_reader_behind_a_locked_table_is_told_in_time(engine, impatient, table):
    def read() -> None:
        with db.reading(impatient) as session:
            session.execute(text(f"SELECT count(*) FROM {table}"))

    with db.writing(engine) as session:
        session.execute(text(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE"))
        told_in_time("locked", read)
    read()


def test_a_start_behind_a_locked_table_is_told_in_time(engine, impatient, monkeypatch):
    monkeypatch.setattr(db_engine, "WAIT_SECONDS", 1)
    with db.writing(engine) as session:
        session.execute(text("LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE"))
        told_in_time("locked", lambda: start.open_to_read(url_of(engine)))


def test_a_command_behind_a_locked_table_says_one_sentence(engine, monkeypatch):
    monkeypatch.setattr(db_engine, "WAIT_SECONDS", 1)
    monkeypatch.setenv("CRMDATA_DATABASE_URL", url_of(engine))
    with db.writing(engine) as session:
        session.execute(text("LOCK TABLE report IN ACCESS EXCLUSIVE MODE"))
        told = CliRunner().invoke(app, ["status"])
    assert told.exit_code == 1
    assert told.stderr == (
        "Otra tarea, como una restauración o una actualización, ocupa la base de datos. "
        "Vuelva a intentarlo en un momento.\n"
    )


def test_a_question_that_takes_too_long_is_broken_off(impatient):
    def ask() -> None:
        with db.reading(impatient) as session:
            session.execute(text("SELECT pg_sleep(20)"))

    told_in_time("too_slow", ask)


def test_a_writer_is_not_broken_off(impatient):
    with db.writing(impatient) as session:
        session.execute(text("SELECT pg_sleep(1.5)"))


def test_the_app_breaks_off_by_its_setting_and_the_shell_never(engine, monkeypatch):
    monkeypatch.setenv("CRMDATA_READER_SECONDS", "7")

    def seconds(opened) -> str:
        with db.reading(opened) as session:
            shown: str = session.execute(text("SHOW statement_timeout")).scalar_one()
        opened.dispose()
        return shown

    url = url_of(engine)
    of_the_app = [seconds(start.prepare(url)), seconds(start.open_to_read(url))]
    assert (of_the_app, seconds(start.open_database(url))) == (["7s", "7s"], "0")


def test_one_reader_more_than_there_are_connections_is_told_in_time(impatient):
    most = impatient.pool.size() + impatient.pool._max_overflow

    def read() -> None:
        with db.reading(impatient) as session:
            session.execute(text("SELECT 1"))

    with ExitStack() as readers:
        for _ in range(most):
            session = readers.enter_context(db.reading(impatient))
            session.execute(text("SELECT 1"))
        told_in_time("busy", read)
    read()
