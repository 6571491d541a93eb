"""The store on SQLite and PostgreSQL: migrations, append-only, writers, the audit chain."""

import multiprocessing
import re
import sqlite3
from contextlib import closing
from datetime import date

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from crmdata.access import operator, secretariat
from crmdata.errors import StoreError
from crmdata.i18n import words_for
from crmdata.intake.reports.steps import Act, take_closing, take_step
from crmdata.store import db, queries
from crmdata.store.db.schema import downgrade
from crmdata.store.db.signed import content_hash
from crmdata.store.models import APPEND_ONLY, ReviewAct, Table
from tests.support import a_batch, a_report, append_rows


def triggers(engine) -> list[str]:
    catalogue = {
        "sqlite": "SELECT name || ' ' || sql FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname || ' ' || pg_get_triggerdef(oid) FROM pg_trigger"
        " WHERE NOT tgisinternal",
    }
    with db.reading(engine) as session:
        return sorted(session.execute(text(catalogue[engine.dialect.name])).scalars())


def contents(engine, *, without: str = "") -> str:
    """Return the hash of every row of every table, but for one kind of act of the chain."""
    with db.reading(engine) as session:
        return db.sha256_of(
            row
            for table in Table.metadata.sorted_tables
            for row in [
                (table.name,),
                *session.execute(table.select().order_by(*table.primary_key)),
            ]
            if table.name != "audit" or without not in row or not without
        )


def tables(engine) -> set[str]:
    with db.reading(engine) as session:
        return set(inspect(session.connection()).get_table_names())


def run(engine, sql: str) -> None:
    with db.writing(engine) as session:
        session.execute(text(sql))


# Migrations


def test_the_migrations_make_exactly_the_tables_of_the_models(engine):
    with db.reading(engine) as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []


def test_down_and_up_again_keeps_rows_and_triggers(engine):
    a_report(engine)
    before = contents(engine), triggers(engine)
    downgrade(engine, "0001")
    assert triggers(engine) == []
    db.upgrade(engine)
    assert (contents(engine, without="keep_words"), triggers(engine)) == before


def test_every_foreign_key_holds_after_down_and_up(engine):
    a_report(engine)
    downgrade(engine, "0001")
    db.upgrade(engine)
    if engine.dialect.name == "sqlite":
        with db.reading(engine) as session:
            assert session.execute(text("PRAGMA foreign_key_check")).all() == []
    else:
        with pytest.raises(DBAPIError):
            run(engine, "INSERT INTO mark VALUES (99, 'I.1.1', 2017, 'Continuo', 'continuous')")


def test_what_was_imported_before_the_review_counts_as_recorded_by_who_imported_it(engine):
    downgrade(engine, "0002")
    batch = (
        "INSERT INTO batch (id, subject, imported_at, imported_by, file_name, file_sha256, rows,"
        " note) VALUES (1, 'reports', '2020-02-03T04:05:06Z', 'Ana', 'r.csv', 'x', 1, '')"
    )
    run(engine, batch)
    run(engine, _report())
    with db.writing(engine) as session:
        content = content_hash(session, "batch:1", 1)
        db.audit(session, actor="Ana", action="import", object="batch:1", detail={"note": ""},
                 content_sha256=content)  # fmt: skip
    db.upgrade(engine)
    with db.reading(engine) as session:
        (act,) = session.exec(select(ReviewAct)).all()
        assert (act.batch_id, act.step, act.actor, act.role) == (1, "recorded", "Ana", "operator")
        assert len(queries.reports_in_force(session, date(2018, 12, 31))) == 1
        assert db.verify(session) == []


def test_steps_and_closings_survive_going_down_and_up(engine):
    with db.writing(engine) as session:
        batch = a_batch(session, "r.csv", "submit", by="Ana")
        eva = secretariat("Eva")
        take_step(session, Act(eva, "send_back", "¿Y la fecha?", date(2019, 3, 1)), batch)
        take_step(session, Act(operator("Ana"), "submit_again", day=date(2019, 3, 2)), batch)
        take_step(session, Act(eva, "accept", day=date(2019, 3, 3)), batch)
        take_step(session, Act(eva, "withdraw", "Era de otro país", date(2019, 4, 1)), batch)
        take_closing(session, Act(eva, "close", day=date(2019, 5, 1)), "HND", "2018-2")
        take_closing(session, Act(eva, "reopen", "Un error"), "HND", "2018-2")
    before = contents(engine), triggers(engine)
    downgrade(engine, "0002")
    db.upgrade(engine)
    assert (contents(engine, without="keep_words"), triggers(engine)) == before


def test_down_to_the_base_leaves_no_table(engine):
    downgrade(engine, "base")
    assert tables(engine) <= {"alembic_version"}


def test_base_and_up_makes_the_same_schema_again(engine):
    before = tables(engine), triggers(engine)
    downgrade(engine, "base")
    db.upgrade(engine)
    assert (tables(engine), triggers(engine)) == before


def test_an_upgrade_of_an_upgraded_database_changes_nothing(engine):
    before = contents(engine)
    db.upgrade(engine)
    assert contents(engine) == before


def test_a_database_of_a_newer_version_is_refused(engine):
    run(engine, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError) as caught:
        db.upgrade(engine)
    assert caught.value.problems[0].rule == "newer_schema"


# Append-only


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_history_cannot_be_deleted(engine, table):
    a_report(engine)
    add_links(engine)
    with pytest.raises(StoreError, match="never changed or erased"):
        run(engine, f"DELETE FROM {table}")


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_history_cannot_be_updated(engine, table):
    a_report(engine)
    add_links(engine)
    column = next(iter(Table.metadata.tables[table].primary_key)).name
    with pytest.raises(StoreError, match="never changed or erased"):
        run(engine, f"UPDATE {table} SET {column} = {column}")


def add_links(engine) -> None:
    """Put a row into each table of history that `a_report` leaves empty."""
    run(engine, "INSERT INTO report_partner VALUES (1, 'OIM', 1)")
    run(engine, "INSERT INTO meeting (id, batch_id, meeting, name_es, name_en, held_on, corte)"
                " VALUES (1, 1, 'm', 'm', 'm', '2018-01-01', '2018-01-01')")  # fmt: skip
    run(
        engine,
        "INSERT INTO cooperation (id, batch_id, partner, activity, semester_from,"
        " semester_to, modality, state, text, evidence, reported_on) VALUES (1, 1, 'OIM',"
        " 'I.1.1', '2018-1', '2018-1', 'tecnica', 'ofrecida', 't', '', '2018-02-01')",
    )
    run(engine, "INSERT INTO cooperation_country VALUES (1, 'CRM', 1)")
    run(engine, _CLOSED_BY_HAND)
    run(engine, "INSERT INTO review_row SELECT seq, 1 FROM review_act LIMIT 1")
    run(engine, _NOTED_BY_HAND)
    run(
        engine,
        "INSERT INTO snapshot VALUES"
        " (1, 's', '', 'm', '', '2018-01-01', 1, 1, 0.5, 60, '{}', '', '', '', '')",
    )
    run(engine, "INSERT INTO redaction VALUES (1, 1, 'report', 1, 'narrative')")
    run(
        engine,
        "INSERT INTO observation (id, batch_id, country, meeting, observation, reported_on)"
        " VALUES (1, 1, 'HND', 'm', 'o', '2018-01-01')",
    )


_AGAIN = (
    "SELECT 1, batch_id, country, activity, semester, 'no_iniciada', 0, narrative, reason,"
    " evidence, reported_on, salt FROM report WHERE id = 1"
)


def test_a_report_cannot_be_replaced(engine):
    a_report(engine)
    replace = (
        f"REPLACE INTO report {_AGAIN}"
        if engine.dialect.name == "sqlite"
        else f"INSERT INTO report {_AGAIN} ON CONFLICT (id) DO UPDATE SET state = EXCLUDED.state"
    )
    with pytest.raises(StoreError, match="never changed or erased"):
        run(engine, replace)


def test_the_refusal_of_a_replacement_does_not_hang_on_a_pragma(engine):
    if engine.dialect.name == "postgresql":
        with pytest.raises(StoreError, match="never changed or erased"):
            run(engine, "TRUNCATE report CASCADE")
        return
    a_report(engine)
    with closing(sqlite3.connect(engine.url.database)) as bare:
        assert bare.execute("PRAGMA recursive_triggers").fetchone() == (0,)
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            bare.execute(f"REPLACE INTO report {_AGAIN}")


# Constraints


def _report(**values) -> str:
    row = {
        "id": 50, "batch_id": 1, "country": "'HND'", "activity": "'I.1.1'", "semester": "'2018-1'",
        "state": "'en_curso'", "percent": 40, "narrative": "''", "reason": "''",
        "evidence": "''", "reported_on": "'2018-07-01'",
    } | values  # fmt: skip
    return f"INSERT INTO report ({', '.join(row)}) VALUES ({', '.join(map(str, row.values()))})"


@pytest.mark.parametrize(
    "values",
    [
        {"percent": 101},
        {"percent": -1},
        {"percent": "NULL"},
        {"state": "'terminada'"},
        {"state": "'cumplida'", "percent": 90},
        {"state": "'cumplida'", "percent": "NULL"},
        {"state": "'no_iniciada'", "percent": 5},
        {"state": "'no_iniciada'", "percent": "NULL"},
        {"state": "'no_aplica'", "percent": 0, "reason": "'x'"},
        {"state": "'no_aplica'", "percent": "NULL", "reason": "''"},
        {"state": "'suspendida'", "percent": 10, "reason": "''"},
        {"country": "'XXX'"},
        {"activity": "'I.9.9'"},
        {"semester": "'2030-1'"},
        {"batch_id": 77},
    ],
)
def test_the_database_itself_refuses_a_report_that_breaks_a_rule(engine, values):
    a_report(engine)
    with pytest.raises((DBAPIError, StoreError)):
        run(engine, _report(**values))


def test_the_database_takes_a_report_that_keeps_the_rules(engine):
    a_report(engine)
    run(engine, _report())
    with db.reading(engine) as session:
        assert len(queries.reports_in_force(session, date(2018, 12, 31))) == 2


def test_a_reading_session_cannot_write(engine):
    with pytest.raises(StoreError) as caught, db.reading(engine) as session:
        session.execute(text("INSERT INTO activity VALUES ('X.1.9')"))
    assert caught.value.problems[0].rule == "read_only"


# Writers


def test_four_writers_at_once_lose_nothing_and_keep_the_chain(engine):
    with db.reading(engine) as session:
        before = queries.data_version(session)
    url = engine.url.render_as_string(hide_password=False)
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=append_rows, args=(url, 20)) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0, 0]
    with db.reading(engine) as session:
        assert queries.data_version(session) == before + 80
        assert db.verify(session) == []


def test_a_failed_write_leaves_nothing(engine):
    before = contents(engine)
    with pytest.raises(RuntimeError):
        _fail_halfway(engine)
    assert contents(engine) == before


def _fail_halfway(engine) -> None:
    with db.writing(engine) as session:
        db.audit(session, actor="test", action="note", object="x", detail={})
        raise RuntimeError


def test_a_writer_who_waits_too_long_is_told_why(engine, monkeypatch):
    monkeypatch.setattr("crmdata.store.db.engine.LOCK_SECONDS", 0.2)
    impatient = db.connect(engine.url.render_as_string(hide_password=False))
    if engine.dialect.name == "sqlite":
        monkeypatch.setattr("crmdata.store.db.engine._PRAGMAS", ("busy_timeout = 200",))
        impatient = db.connect(engine.url.render_as_string())
    with (
        db.writing(engine),
        pytest.raises(StoreError) as caught,
        db.writing(impatient) as second,
    ):
        second.execute(text("SELECT 1"))
    assert caught.value.problems[0].rule == "locked"


# The audit chain


def test_the_chain_of_a_fresh_import_is_whole(engine):
    a_report(engine)
    with db.reading(engine) as session:
        assert db.verify(session) == []


_CLOSED_BY_HAND = (
    "INSERT INTO closing_act (seq, country, semester, step, day, at, actor, role, identity, text)"
    " VALUES (1, 'HND', '2018-1', 'closed', '2018-12-01', '', 'Eva', 'secretariat', 'eva', '')"
)

_NOTED_BY_HAND = (
    "INSERT INTO agreement (seq, agreement, step, day, line, meeting, text, at, actor, role,"
    " identity) VALUES (1, 1, 'noted', '2018-12-01', 'IV', '', 't', '', 'Eva', 'secretariat', '')"
)


def drop_triggers(engine) -> None:
    """Do what the owner of a database can do."""
    catalogue = {
        "sqlite": "SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT 'DROP TRIGGER ' || tgname || ' ON ' || tgrelid::regclass"
        " FROM pg_trigger WHERE NOT tgisinternal",
    }
    with db.reading(engine) as session:
        drops = session.execute(text(catalogue[engine.dialect.name])).scalars().all()
    for drop in drops:
        run(engine, drop)


@pytest.mark.parametrize(
    ("sql", "rule"),
    [
        ("UPDATE audit SET actor = 'someone' WHERE seq = 1", "broken_chain"),
        ("DELETE FROM audit WHERE seq = 1", "broken_chain"),
        ("UPDATE report SET percent = 0, state = 'no_iniciada'", "altered_batch"),
        ("DELETE FROM report", "altered_batch"),
        ("INSERT INTO report_partner VALUES (1, 'OIM', 1)", "altered_batch"),
        ("UPDATE review_act SET step = 'accepted'", "altered_act"),
        ("UPDATE review_act SET day = '2017-01-01'", "altered_act"),
        ("DELETE FROM review_act", "altered_act"),
        (_CLOSED_BY_HAND, "altered_act"),
    ],
)
def test_tampering_by_the_owner_is_found(engine, sql, rule):
    a_report(engine)
    drop_triggers(engine)
    run(engine, sql)
    with db.reading(engine) as session:
        assert rule in [problem.rule for problem in db.verify(session)]


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("INSERT INTO semester VALUES ('2030-1', '2030-01-01', '2030-06-30')", "semester"),
        ("UPDATE review_act SET day = '2017-01-01'", "2"),
    ],
)
def test_what_the_owner_altered_is_named(engine, sql, named):
    a_report(engine)
    drop_triggers(engine)
    run(engine, sql)
    with db.reading(engine) as session:
        told = [problem.text(words_for("en")) for problem in db.prove(session)]
    assert any(re.search(rf"\b{named}\b", each) for each in told), told
    assert not [each for each in told if "{" in each]


# Backup


def test_a_restored_backup_equals_the_source(engine, tmp_path, database_url_of_same_kind):
    a_report(engine)
    db.backup(engine, tmp_path / "copy.backup")
    other = db.connect(database_url_of_same_kind)
    db.restore(tmp_path / "copy.backup", other)
    assert contents(other) == contents(engine)
    assert triggers(other) == triggers(engine)


def test_a_damaged_backup_is_refused_and_changes_nothing(engine, tmp_path):
    db.backup(engine, tmp_path / "copy.backup")
    before = contents(engine)
    whole = (tmp_path / "copy.backup").read_bytes()
    (tmp_path / "cut.backup").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StoreError):
        db.restore(tmp_path / "cut.backup", engine)
    assert contents(engine) == before


def test_a_backup_never_replaces_a_file(engine, tmp_path):
    (tmp_path / "kept.backup").write_text("mine")
    with pytest.raises(StoreError):
        db.backup(engine, tmp_path / "kept.backup")
    assert (tmp_path / "kept.backup").read_text() == "mine"
