"""Restore and backup: prove, then swap; whatever is refused leaves the store as it was."""

import gzip
import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from crmdata import plan, settings, start
from crmdata.errors import StoreError
from crmdata.store import db
from crmdata.store.db.manifest import manifest_of
from crmdata.terms import DataKind
from crmdata.workflow.proving import proved
from tests import postgres
from tests.conftest import BOTH
from tests.long import rounds, sample
from tests.support import a_report
from tests.test_proofs import by_the_owner
from tests.test_store import contents, tables, triggers


@pytest.fixture
def store(engine: Engine) -> Engine:
    """Return a store with two reports."""
    a_report(engine)
    a_report(engine, "GTM")
    return engine


def backed_up(engine: Engine, folder: Path) -> Path:
    """Return a backup without its manifest: what it holds must prove it."""
    file = folder / "copy.backup"
    db.backup(engine, file)
    manifest_of(file).unlink()
    return file


def whole(engine: Engine) -> tuple[str, list[str], set[str]]:
    return contents(engine), triggers(engine), tables(engine)


def refusal(file: Path, engine: Engine) -> str:
    """Return the rule by which a restore is refused; the store must be as it was."""
    before = whole(engine)
    with pytest.raises(StoreError) as caught:
        db.restore(file, engine, prove=proved)
    assert whole(engine) == before
    assert leftovers(engine, file) == []
    return caught.value.problems[0].rule


def leftovers(engine: Engine, file: Path) -> list[str]:
    """Return what a refused restore left behind: files beside, schemas in the database."""
    left = [each.name for each in file.parent.glob("*unfinished*")]
    if engine.dialect.name == "sqlite":
        folder = Path(str(engine.url.database)).parent
        return [*left, *(each.name for each in folder.glob("*.before-*"))]
    with db.reading(engine) as session:
        names = text("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'crmdata_%'")
        return [*left, *session.execute(names).scalars()]


# Damaged


def flipped(data: bytes, luck: random.Random) -> bytes:
    place, bit = luck.randrange(len(data)), luck.randrange(8)
    return data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]


@pytest.mark.parametrize("seed", sample([1, 2, 3, 4, 5], 1))
def test_of_backups_with_one_flipped_bit_none_is_restored_whose_content_differs(
    store, tmp_path, seed
):
    file = backed_up(store, tmp_path)
    data, before = file.read_bytes(), contents(store)
    luck = random.Random(seed)
    refused = restored = 0
    for _ in range(rounds(10, full=40)):
        file.write_bytes(flipped(data, luck))
        try:
            db.restore(file, store, prove=proved)
            restored += 1
        except StoreError:
            refused += 1
        # A bit of an unused byte may be restored; nothing that is stored may differ.
        assert contents(store) == before
        with db.reading(store) as session:
            assert proved(session) == []
    assert refused
    assert refused + restored == rounds(10, full=40)


def test_a_letter_changed_in_a_text_of_the_plan_is_found(sqlite_with_plan, tmp_path):
    # PostgreSQL's backups are compressed: the test above flips their bits.
    store = db.connect(f"sqlite:///{shutil.copy(sqlite_with_plan, tmp_path / 'store.sqlite3')}")
    file = backed_up(store, tmp_path)
    data = file.read_bytes()
    place = data.index(b"Continuo")
    file.write_bytes(data[:place] + b"B" + data[place + 1 :])
    assert refusal(file, store) == "unproved_backup"


def test_a_backup_that_is_cut_off_is_refused(store, tmp_path):
    file = backed_up(store, tmp_path)
    file.write_bytes(file.read_bytes()[:-1024])
    assert refusal(file, store) == "damaged_backup"


def test_a_backup_whose_manifest_says_other_bytes_is_refused(store, tmp_path):
    file = tmp_path / "copy.backup"
    db.backup(store, file)
    manifest = json.loads(manifest_of(file).read_text())
    manifest_of(file).write_text(json.dumps(manifest | {"sha256": "0" * 64}))
    assert refusal(file, store) == "altered_backup"


def test_a_manifest_that_is_none_is_named_with_the_way_out(store, tmp_path):
    file = tmp_path / "copy.backup"
    db.backup(store, file)
    manifest_of(file).write_text("nada")
    assert refusal(file, store) == "bad_manifest"


# Foreign and newer


def sqlite_with(file: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(file)) as foreign:
        for statement in statements:
            foreign.execute(statement)
        foreign.commit()
    return file


def archive(file: Path) -> Path:
    with zipfile.ZipFile(file, "w") as opened:
        opened.writestr("crmdata.sqlite3", b"SQLite format 3\0")
    return file


def tar_of(file: Path) -> Path:
    inner = file.with_name("toc.dat")
    inner.write_bytes(b"PGDMP\1\16")
    with tarfile.open(file, "w") as opened:
        opened.add(inner, inner.name)
    inner.unlink()
    return file


FOREIGN: dict[str, Callable[[Path], Path]] = {
    "text": lambda file: file.write_text("nada") and file,
    "empty": lambda file: file.write_bytes(b"") or file,
    "bytes": lambda file: file.write_bytes(bytes(range(256)) * 40) and file,
    "sqlite_header_only": lambda file: file.write_bytes(b"SQLite format 3\0") and file,
    "dump_header_only": lambda file: file.write_bytes(b"PGDMP\1\16") and file,
    "empty_database": lambda file: sqlite_with(file, "VACUUM"),
    "other_tables": lambda file: sqlite_with(file, "CREATE TABLE secrets (x)"),
    "named_like_ours": lambda file: sqlite_with(
        file,
        "CREATE TABLE alembic_version (version_num text)",
        "INSERT INTO alembic_version VALUES ('zzz')",
        "CREATE TABLE secrets (x)",
    ),
    "of_our_revision": lambda file: sqlite_with(
        file,
        "CREATE TABLE alembic_version (version_num text)",
        f"INSERT INTO alembic_version VALUES ('{db.head_revision()}')",
        "CREATE TABLE secrets (x)",
    ),
    "older_than_any": lambda file: sqlite_with(
        file,
        "CREATE TABLE alembic_version (version_num text)",
        f"INSERT INTO alembic_version VALUES ('{min(db.known_revisions())}')",
        *(f"CREATE TABLE {name} (id integer PRIMARY KEY)" for name in
          ("store", "plan_version", "batch", "report", "audit")),
    ),
    "our_names_as_views": lambda file: sqlite_with(
        file,
        "CREATE TABLE alembic_version (version_num text)",
        f"INSERT INTO alembic_version VALUES ('{db.head_revision()}')",
        *(f"CREATE VIEW {name} AS SELECT 1 AS id" for name in
          ("store", "plan_version", "batch", "report", "audit")),
    ),
    "zip": archive,
    "gzip": lambda file: file.write_bytes(gzip.compress(b"SQLite format 3\0" * 99)) and file,
    "tar": tar_of,
    "script": lambda file: file.write_text("DROP TABLE report; DROP TABLE audit;\n") and file,
    "reports_csv": lambda file: file.write_text("pais,actividad\nHND,I.1.1\n") and file,
    "manifest": lambda file: file.write_text('{"format": 1, "revision": "0001"}') and file,
    "journal": lambda file: file.write_bytes(bytes.fromhex("377f0682") + bytes(4096)) and file,
    "both_headers": lambda file: file.write_bytes(b"SQLite format 3\0PGDMP" + bytes(999)) and file,
    "our_names_without_columns": lambda file: sqlite_with(
        file,
        "CREATE TABLE alembic_version (version_num text)",
        f"INSERT INTO alembic_version VALUES ('{db.head_revision()}')",
        *(f"CREATE TABLE {name} (x)" for name in
          ("store", "plan_version", "batch", "report", "audit")),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", sample(list(FOREIGN), 2))
def test_a_foreign_file_is_refused(store, tmp_path, kind):
    file = FOREIGN[kind](tmp_path / "foreign.backup")
    assert refusal(file, store) in {"foreign_backup", "damaged_backup", "other_database"}


OURS_EMPTY = "".join(
    f"CREATE TABLE {name} (id int);"
    for name in ("store", "plan_version", "batch", "report", "audit")
)


DUMPS = [
    "CREATE TABLE alembic_version (version_num text); CREATE TABLE secrets (x text)",
    "CREATE TABLE secrets (x text); INSERT INTO secrets VALUES ('a')",
    "CREATE SCHEMA other; CREATE TABLE other.audit (x text)",
    "SELECT 1",
    "CREATE TABLE report (id int); CREATE TABLE audit (id int); CREATE TABLE batch (id int)",
    (
        f"{OURS_EMPTY} CREATE TABLE alembic_version (version_num text);"
        f" INSERT INTO alembic_version VALUES ('{db.head_revision()}')"
    ),
    f"{OURS_EMPTY} CREATE TABLE alembic_version (version_num text)",
    f"CREATE SCHEMA other; SET search_path TO other; {OURS_EMPTY}",
    'CREATE TABLE "report; DROP TABLE audit" (x text)',
    "CREATE TABLE report (\"id) FROM stdin;\" text); INSERT INTO report VALUES ('a')",
    (
        "CREATE TABLE lied (x text);"
        " INSERT INTO lied VALUES (E'a\\nCOPY public.report (id) FROM"
        " stdin;\\n1')"
    ),
    (
        "CREATE FUNCTION crmdata_append_only() RETURNS int LANGUAGE sql AS 'SELECT 1';"
        " CREATE TABLE secrets (x text)"
    ),
    "CREATE MATERIALIZED VIEW report AS SELECT 1 AS id",
    "SELECT lo_from_bytea(0, 'nada')",
    "CREATE TABLE big AS SELECT n, repeat('x', 1000) AS x FROM generate_series(1, 5000) n",
    'CREATE TABLE "crmdata_beside" (x text); CREATE SCHEMA "crmdata_beside"',
    (
        "CREATE EXTENSION IF NOT EXISTS plpgsql; CREATE TABLE p (x text) PARTITION BY LIST (x);"
        " CREATE TABLE p1 PARTITION OF p FOR VALUES IN ('a')"
    ),
    "CREATE TABLE store (id int); CREATE TABLE plan_version (id int); CREATE SEQUENCE report",
    "CREATE TYPE audit AS ENUM ('a'); CREATE TABLE t (x audit)",
    (
        "CREATE ROLE nobody_here; CREATE TABLE t (x text); ALTER TABLE t OWNER TO nobody_here;"
        " DROP OWNED BY nobody_here; DROP ROLE nobody_here"
    ),
]
"""What was run in the database of a foreign dump."""


@pytest.mark.postgres
@pytest.mark.parametrize("statement", sample(DUMPS, 4))
def test_a_foreign_dump_is_refused_and_nothing_of_it_is_run(
    postgres_server, postgres_with_plan, tmp_path, statement
):
    live = postgres_server.create(template=postgres_with_plan)
    foreign = postgres_server.create()
    other = db.connect(postgres_server.url(foreign))
    with other.begin() as connection:
        connection.exec_driver_sql(statement)
    other.dispose()
    file = dumped(postgres_server, foreign, tmp_path)
    engine = db.connect(postgres_server.url(live))
    a_report(engine)
    assert refusal(file, engine) in {"foreign_backup", "newer_backup", "damaged_backup"}
    engine.dispose()


def dumped(server: postgres.Server, name: str, folder: Path) -> Path:
    file = folder / "foreign.backup"
    url = server.url(name).replace("postgresql+psycopg", "postgresql")
    subprocess.run(["pg_dump", f"--dbname={url}", "-Fc", f"--file={file}"], check=True)
    return file


NEWER = {
    "0909": [],
    "0910": ["ALTER TABLE report ADD COLUMN public INTEGER DEFAULT 0 NOT NULL"],
    "0911": ["ALTER TABLE report RENAME COLUMN narrative TO words"],
    "0912": ["ALTER TABLE report RENAME TO entry"],
    "0099": ["CREATE TABLE later (seq INTEGER PRIMARY KEY, hash TEXT NOT NULL)"],
    "0100": [
        "CREATE TABLE offer (partner TEXT, line TEXT)",
        "INSERT INTO offer VALUES ('OIM', 'I')",
    ],
    "0999": ["ALTER TABLE meeting ADD COLUMN place TEXT DEFAULT '' NOT NULL"],
    "1000": ["ALTER TABLE country ADD COLUMN email TEXT"],
    "9999": ["ALTER TABLE batch RENAME COLUMN note TO remark"],
    "0008a": ["CREATE VIEW latest AS SELECT * FROM report"],
    "0008_1": ["CREATE INDEX later ON report (narrative)"],
    "8": ["ALTER TABLE store ADD COLUMN plan TEXT"],
    "00008": [],
    "a1b2c3d4e5f6": ["ALTER TABLE audit ADD COLUMN signed_by TEXT"],
    "2027_01": ["ALTER TABLE plan_version ADD COLUMN rhythm TEXT DEFAULT 'semester'"],
    "head": [],
    "base": [],
    "0009-rc1": ["CREATE TABLE level (id INTEGER PRIMARY KEY, name TEXT)"],
    "v9": ["ALTER TABLE snapshot ADD COLUMN words TEXT"],
    "0008 y 0009": [],
}
"""By the revision that a newer version may name: what else it changed."""


@pytest.mark.parametrize("revision", sample(list(NEWER), 2))
def test_a_backup_of_a_newer_version_is_refused_with_its_schema_named(
    store, tmp_path, request, revision
):
    file = changed_copy(
        store,
        tmp_path / "newer.backup",
        request,
        [f"UPDATE alembic_version SET version_num = '{revision}'", *NEWER[revision]],
    )
    assert refusal(file, store) == "newer_backup"


LIED = [
    "ALTER TABLE report ADD COLUMN public INTEGER DEFAULT 0 NOT NULL",
    "ALTER TABLE report RENAME COLUMN narrative TO words",
    "ALTER TABLE report RENAME TO entry",
    "INSERT INTO alembic_version VALUES ('0099')",
    "DROP TABLE snapshot",
    "DELETE FROM alembic_version",
    "UPDATE alembic_version SET version_num = ''",
    f"UPDATE alembic_version SET version_num = '{min(db.known_revisions())}'",
]


@pytest.mark.parametrize("statement", sample(LIED, 2))
def test_a_backup_whose_schema_is_not_what_its_number_says_is_refused(
    store, tmp_path, request, statement
):
    file = changed_copy(store, tmp_path / "lied.backup", request, [statement])
    assert refusal(file, store) in {
        "damaged_backup", "foreign_backup", "newer_backup", "unproved_backup",
    }  # fmt: skip


def changed_copy(
    engine: Engine, file: Path, request: pytest.FixtureRequest, statements: list[str]
) -> Path:
    """Write a backup, without a manifest, of a copy of the store in which statements were run."""
    if engine.dialect.name == "sqlite":
        raw_copy(engine, file)
        return sqlite_with(file, *statements)
    server = request.getfixturevalue("postgres_server")
    engine.dispose()
    name = server.create(template=str(engine.url.database))
    other = db.connect(server.url(name))
    with other.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    raw_copy(other, file)
    other.dispose()
    server.drop(name)
    return file


def raw_copy(engine: Engine, file: Path) -> None:
    """Copy a store as it is, without asking whether it is in order."""
    if engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(str(engine.url.database))) as source:
            source.execute("VACUUM INTO ?", (str(file),))
        return
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    subprocess.run(["pg_dump", f"--dbname={url}", "-Fc", f"--file={file}"], check=True)


def test_the_other_databases_backup_is_named_as_such(store, tmp_path):
    file = tmp_path / "other.backup"
    sqlite = store.dialect.name == "sqlite"
    file.write_bytes(b"PGDMP\1\16" * 40 if sqlite else b"SQLite format 3\0" * 40)
    assert refusal(file, store) == "other_database"


def test_a_backup_of_another_store_does_not_replace_reports(
    store, tmp_path, database_url_of_same_kind
):
    other = db.connect(database_url_of_same_kind)
    db.upgrade(other)
    plan.load(other, settings.plan_folder(), by="otra", kind=DataKind.DEMO)
    file = tmp_path / "other.backup"
    db.backup(other, file)
    other.dispose()
    assert refusal(file, store) == "other_store"


def test_a_backup_of_an_altered_store_is_refused_and_says_what_is_altered(store, tmp_path):
    file = tmp_path / "copy.backup"
    with by_the_owner(store) as execute:
        execute("UPDATE batch SET subject = 'meetings'")
    raw_copy(store, file)
    with by_the_owner(store) as execute:
        execute("UPDATE batch SET subject = 'reports'")
    with pytest.raises(StoreError) as caught:
        db.restore(file, store, prove=proved)
    assert [problem.rule for problem in caught.value.problems[:2]] == [
        "unproved_backup", "altered_batch",
    ]  # fmt: skip


def test_an_altered_store_is_not_backed_up_as_if_it_were_whole(store, tmp_path):
    with by_the_owner(store) as execute:
        execute("UPDATE batch SET subject = 'meetings'")
    with pytest.raises(StoreError):
        db.backup(store, tmp_path / "copy.backup")
    assert list(tmp_path.glob("copy.backup*")) == []


# What is restored


def test_the_store_before_a_restore_is_kept_under_a_name_that_is_said(store, tmp_path):
    file = backed_up(store, tmp_path)
    a_report(store, "SLV")
    replaced = contents(store)
    kept = db.restore(file, store).previous
    assert kept
    if store.dialect.name == "sqlite":
        assert contents(db.connect(f"sqlite:///{kept}")) == replaced
        return
    with store.connect() as connection:
        assert connection.exec_driver_sql(f"SELECT count(*) FROM {kept}.report").scalar_one() == 3


def test_what_was_kept_can_be_put_back(store, tmp_path):
    file = backed_up(store, tmp_path)
    a_report(store, "SLV")
    replaced = contents(store)
    kept = db.restore(file, store).previous
    if store.dialect.name == "sqlite":
        back = Path(kept)
    else:
        back = tmp_path / "back.backup"
        url = store.url.set(drivername="postgresql").render_as_string(hide_password=False)
        subprocess.run(
            ["pg_dump", f"--dbname={url}", "-Fc", f"--schema={kept}", f"--file={back}"], check=True
        )
    db.restore(back, store, prove=proved)
    assert contents(store) == replaced


def test_two_restores_in_one_second_keep_both_stores(store, tmp_path):
    file = backed_up(store, tmp_path)
    assert len({db.restore(file, store).previous for _ in range(3)}) == 3


def test_a_restored_store_takes_further_reports(store, tmp_path):
    db.restore(backed_up(store, tmp_path), store)
    a_report(store, "SLV")
    with db.reading(store) as session:
        assert proved(session) == []


@pytest.mark.postgres
def test_who_might_read_the_tables_may_read_those_that_took_their_place(
    postgres_server, postgres_with_plan, tmp_path
):
    name = postgres_server.create(template=postgres_with_plan)
    engine = db.connect(postgres_server.url(name))
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP ROLE IF EXISTS reader")
        connection.exec_driver_sql("CREATE ROLE reader")
        connection.exec_driver_sql("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
    a_report(engine)
    db.restore(backed_up(engine, tmp_path), engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("SET ROLE reader")
        assert connection.exec_driver_sql("SELECT count(*) FROM report").scalar_one() == 1
    engine.dispose()


def test_a_check_changes_nothing_and_says_what_the_backup_holds(store, tmp_path):
    file = backed_up(store, tmp_path)
    a_report(store, "SLV")
    before = whole(store)
    held = db.check_backup(file, store, prove=proved)
    assert (held.kind, held.reports, held.batches) == ("real", 2, 2)
    assert whole(store) == before
    assert leftovers(store, file) == []


def test_a_backup_of_an_older_revision_is_upgraded_before_it_is_put_in_place(
    store, tmp_path, database_url_of_same_kind
):
    from crmdata.store.db.schema import downgrade  # noqa: PLC0415 - for tests and repairs alone

    file = tmp_path / "older.backup"
    downgrade(store, "0006")
    raw_copy(store, file)
    other = db.connect(database_url_of_same_kind)
    db.restore(file, other, prove=proved)
    with db.reading(other) as session:
        assert proved(session) == []
    assert db.revision(other) == db.head_revision()
    other.dispose()


# Backups that are cut short


def test_a_backup_that_was_killed_leaves_nothing_for_ever(store, tmp_path):
    left = tmp_path / "yesterday.backup.unfinished"
    left.write_bytes(b"half")
    db.backup(store, tmp_path / "today.backup")
    assert not left.exists()


def test_a_backup_that_somebody_writes_now_is_left_alone(store, tmp_path):
    code = (
        "import fcntl, sys, time; held = open(sys.argv[1], 'wb'); "
        "fcntl.flock(held, fcntl.LOCK_EX); print('held', flush=True); time.sleep(600)"
    )
    part = tmp_path / "other.backup.unfinished"
    other = subprocess.Popen([sys.executable, "-c", code, part], stdout=subprocess.PIPE)
    try:
        assert other.stdout.readline() == b"held\n"
        db.backup(store, tmp_path / "today.backup")
        assert part.exists()
    finally:
        other.send_signal(signal.SIGKILL)
        other.wait()


# Upgrades


@pytest.mark.parametrize("revision", sample(["0003", "0006", "0007"], 1))
@pytest.mark.parametrize("database", BOTH)
def test_a_start_on_an_older_database_makes_and_proves_a_backup_first(
    request, tmp_path, monkeypatch, database, revision
):
    from crmdata.store.db.schema import downgrade  # noqa: PLC0415 - as above

    monkeypatch.setenv("CRMDATA_BACKUP_DIR", str(tmp_path / "backups"))
    if database == "sqlite":
        prepared = request.getfixturevalue("sqlite_with_plan")
        url = f"sqlite:///{shutil.copy(prepared, tmp_path / 'old.sqlite3')}"
    else:
        server = request.getfixturevalue("postgres_server")
        url = server.url(server.create(template=request.getfixturevalue("postgres_with_plan")))
    engine = db.connect(url)
    a_report(engine)
    downgrade(engine, revision)
    engine.dispose()
    start.prepare(url).dispose()
    (backup,) = (tmp_path / "backups").glob("*.backup")
    assert db.check_backup(backup, db.connect(url)).revision == revision


def test_a_start_on_a_database_of_today_makes_no_backup(store, tmp_path, monkeypatch):
    monkeypatch.setenv("CRMDATA_BACKUP_DIR", str(tmp_path / "backups"))
    assert start.upgrade(store) is None
    assert not (tmp_path / "backups").exists()


def test_a_database_that_is_not_in_order_is_not_upgraded(store, tmp_path, monkeypatch):
    from crmdata.store.db.schema import downgrade  # noqa: PLC0415 - as above

    monkeypatch.setenv("CRMDATA_BACKUP_DIR", str(tmp_path / "backups"))
    with by_the_owner(store) as execute:
        execute("UPDATE report SET percent = 50, state = 'en_curso'")
    downgrade(store, "0007")
    with pytest.raises(StoreError):
        start.upgrade(store)
    assert db.revision(store) == "0007"
