"""What `status` proves: every signed or derived cell, the triggers, the schema, the whole chain."""

import lzma
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Engine,
    Float,
    Integer,
    String,
    Table,
    func,
    insert,
    select,
    text,
)

from crmdata import plan
from crmdata.access import operator, secretariat
from crmdata.intake.reports import import_files
from crmdata.intake.reports.steps import Act, take_step
from crmdata.store import db, queries
from crmdata.store.db import signed, signing
from crmdata.store.db.shape import UNGUARDED
from crmdata.store.models import PROOFS, Audit, Batch, Proof, Report
from crmdata.store.models import Table as Tables
from crmdata.workflow import agreements, review, snapshots
from crmdata.workflow.agreements.noting import Pins
from crmdata.workflow.redaction.acting import Why, take_out
from crmdata.workflow.redaction.places import Spot
from tests import people, postgres
from tests.conftest import BOTH
from tests.long import sample
from tests.support import DUTY, changed, copied_plan
from tests.test_store import contents, drop_triggers, run, triggers

EVA = secretariat("Eva")

FILES = {
    "meetings.csv": "meeting,name_es,name_en,held_on,corte\n"
    "r1,Reunión,Meeting,2018-11-15,2018-11-15\n",
    "reports.csv": "country,activity,semester,state,percent,narrative,reason,evidence,partners,"
    "reported_on\nHND,IV.3.2,2018-1,en_curso,45.5,Se hizo,,https://example.org/a,OIM;UNICEF,"
    "2018-07-03\nGTM,IV.3.2,2018-1,suspendida,10,,Sin presupuesto,,,2018-07-04\n",
    "cooperation.csv": "partner,activity,countries,semester_from,semester_to,modality,state,text,"
    "evidence,reported_on\nOIM,IV.3.2,HND;GTM,2018-1,2018-2,tecnica,ofrecida,Apoyo,,2018-07-05\n",
    "observations.csv": "country,meeting,observation,reported_on\nHND,r1,Faltan datos,2018-07-06\n",
}


@pytest.fixture(scope="module")
def full_sqlite(sqlite_with_plan: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an SQLite file with a row in every table, for tests to copy."""
    folder = tmp_path_factory.mktemp("full")
    file = Path(shutil.copy(sqlite_with_plan, folder / "full.sqlite3"))
    fill(db.connect(f"sqlite:///{file}"), folder)
    return file


@pytest.fixture(scope="module")
def full_postgresql(
    postgres_server: postgres.Server,
    postgres_with_plan: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """Return the name of a PostgreSQL database with a row in every table, for tests to copy."""
    name = postgres_server.create(template=postgres_with_plan)
    fill(db.connect(postgres_server.url(name)), tmp_path_factory.mktemp("full"))
    return name


def fill(engine: Engine, folder: Path) -> None:
    """Put a row into every table, each as the software writes it."""
    for name, content in FILES.items():
        (folder / name).write_text(content, "utf-8")
    import_files(engine, [folder / name for name in FILES], by="Ana")
    with db.reading(engine) as session:
        (first, _) = queries.batch_rows(session, 2)["row"]
    review.withdraw(engine, EVA, 2, rows=[first], reason="Un error", today=date(2019, 1, 2))
    review.close(engine, EVA, "HND", "2018-1", today=date(2019, 1, 2))
    pins = Pins(line="IV", activity="IV.3.2", country="HND")
    agreed = agreements.note(engine, EVA, "Se acordó", pins, **DUTY)
    agreements.complete(engine, EVA, agreed, how="Se envió")
    agreements.reopen(engine, EVA, agreed, reason="Faltaba un anexo")
    snapshots.create(engine, EVA, name="Acta")
    people.log_in(engine, people.claims(people.FOCAL))
    plan_folder = copied_plan(folder)
    changed(plan_folder, "lines.csv", "Promover el arraigo familiar", "Promover el arraigo")
    plan.load(engine, plan_folder, by="Ana")
    with db.writing(engine) as session:
        why = Why("Eva", "secretariat", "eva", "Era un nombre", "It was a name")
        take_out(session, [Spot("cooperation", 1, "text")], why)
    engine.dispose()


@pytest.fixture(params=BOTH)
def full(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Return a store with a row in every table, on both databases."""
    if request.param == "sqlite":
        prepared = request.getfixturevalue("full_sqlite")
        opened = db.connect(f"sqlite:///{shutil.copy(prepared, tmp_path / 'full.sqlite3')}")
        yield opened
        opened.dispose()
        return
    server: postgres.Server = request.getfixturevalue("postgres_server")
    name = server.create(template=request.getfixturevalue("full_postgresql"))
    opened = db.connect(server.url(name))
    yield opened
    opened.dispose()
    server.drop(name)


@pytest.fixture
def full_on_sqlite(full_sqlite: Path, tmp_path: Path) -> Engine:
    return db.connect(f"sqlite:///{shutil.copy(full_sqlite, tmp_path / 'full.sqlite3')}")


@pytest.fixture
def full_on_postgresql(postgres_server: postgres.Server, full_postgresql: str) -> Iterator[Engine]:
    name = postgres_server.create(template=full_postgresql)
    opened = db.connect(postgres_server.url(name))
    yield opened
    opened.dispose()
    postgres_server.drop(name)


def rules(engine: Engine) -> list[str]:
    with db.reading(engine) as session:
        return [problem.rule for problem in [*db.prove(session), *snapshots.verify(session)]]


def test_every_table_says_once_how_it_is_proved():
    assert set(PROOFS) == set(Tables.metadata.tables)


def test_a_store_with_a_row_in_every_table_is_in_order(full):
    with db.reading(full) as session:
        counts = {
            table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
            for table in Tables.metadata.sorted_tables
        }
    assert [name for name, count in counts.items() if not count] == []
    assert rules(full) == []


# Every cell


COLUMNS = [
    (table.name, column.name)
    for table in Tables.metadata.sorted_tables
    for column in table.c
    if PROOFS[table.name] is not Proof.OPERATIONAL
]


def other(value: Any, column: Column[Any]) -> Any:
    """Return another value of the column's type."""
    if isinstance(column.type, Boolean):
        return not value
    if isinstance(column.type, Date):
        return date(2001, 2, 3)
    if isinstance(column.type, Integer | Float):
        return 7777 if value is None else value + 7777
    return f"{value or ''}x"


@contextmanager
def by_the_owner(engine: Engine, table: str = "%") -> Iterator[Callable[..., None]]:
    """Yield a way to execute past a table's triggers, keys and checks, which come back after it."""
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        cursor = raw.cursor()
        postgresql = engine.dialect.name == "postgresql"
        cursor.execute(_GUARDS[postgresql], (table,))
        guards = [(drop, make) for drop, make in cursor.fetchall() if drop]
        if postgresql:
            cursor.execute("SET session_replication_role = replica")
        else:
            cursor.execute("PRAGMA query_only = OFF")
            cursor.execute("PRAGMA foreign_keys = OFF")
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        for drop, _ in guards:
            cursor.execute(drop)
        yield cursor.execute
        for _, make in guards:
            cursor.execute(make)
        raw.commit()
        connection.invalidate()


_GUARDS = {
    False: "SELECT 'DROP TRIGGER ' || name, sql FROM sqlite_master WHERE type = 'trigger'"
    " AND tbl_name LIKE ?",
    # The triggers are off in this role; the checks are not.
    True: "SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),"
    " format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s NOT VALID', conrelid::regclass, conname,"
    " pg_get_constraintdef(oid)) FROM pg_constraint WHERE contype = 'c'"
    " AND connamespace = 'public'::regnamespace AND conrelid::regclass::text LIKE %s",
}


def change(engine: Engine, table: Table, column: Column[Any]) -> Callable[[], None]:
    """Change one cell of a column; return how to change it back."""
    keys = list(table.primary_key.columns)
    # Of a row in which the cell says something, where there is one.
    with db.reading(engine) as session:
        filled = select(table).order_by(column.is_(None), *keys).limit(1)
        row = session.execute(filled).mappings().one()
    new, old = other(row[column.name], column), row[column.name]
    before = {key.name: row[key.name] for key in keys}
    put(engine, table, column, new, before)
    after = {name: new if name == column.name else value for name, value in before.items()}
    return lambda: put(engine, table, column, old, after)


def put(engine: Engine, table: Table, column: Column[Any], value: Any, key: dict[str, Any]) -> None:
    mark = "%s" if engine.dialect.name == "postgresql" else "?"
    where = " AND ".join(f'"{name}" = {mark}' for name in key)
    values = [str(each) if isinstance(each, date) else each for each in (value, *key.values())]
    with by_the_owner(engine, table.name) as execute:
        execute(f'UPDATE "{table.name}" SET "{column.name}" = {mark} WHERE {where}', values)


def test_a_change_of_any_cell_by_the_owner_is_found(full):
    before = contents(full)
    missed = []
    for table_name, column_name in sample(COLUMNS, 15):
        table = Tables.metadata.tables[table_name]
        change_back = change(full, table, table.c[column_name])
        if not rules_of_rows(full):
            missed.append(f"{table_name}.{column_name}")
        change_back()
    assert missed == []
    assert contents(full) == before
    assert rules_of_rows(full) == []


def rules_of_rows(engine: Engine) -> list[str]:
    """Return the rules that the rows break, whatever the schema is."""
    with db.reading(engine) as session:
        problems = [*db.verify(session), *db.verify_plan(session), *snapshots.verify(session)]
        return [problem.rule for problem in problems]


@pytest.mark.parametrize(
    "table", sample([name for name in PROOFS if PROOFS[name] is not Proof.OPERATIONAL], few=5)
)
def test_a_row_that_the_owner_erases_is_found(full, table):
    with by_the_owner(full) as execute:
        execute(f'DELETE FROM "{table}"')
    assert rules_of_rows(full)


def test_a_row_that_the_owner_puts_in_is_found(full):
    rows = {
        "country": "('XXX', true, 'X', 'X', NULL, NULL)",
        "partner": "('XXX', 'X', 'X', 'X')",
        "plan_word": "('zeta', 'X', 'X')",
        "other_name": "('equis', 'HND')",
        "slot": "(1, 'I.1.1', '2022-2', false)",
        "activity": "('X.9.9')",
        "semester": "('2030-1', '2030-01-01', '2030-06-30')",
        "plan_change": "(2, 99, 'added', 'line', 'X', '', '', '')",
    }
    missed = []
    for table, row in rows.items():
        with by_the_owner(full) as execute:
            execute(f"INSERT INTO {table} VALUES {row}")
        if not rules_of_rows(full):
            missed.append(table)
        with by_the_owner(full) as execute:
            execute(f"DELETE FROM {table} WHERE {_ADDED[table]}")
    assert missed == []
    assert rules_of_rows(full) == []


_ADDED = {
    "country": "country = 'XXX'",
    "partner": "partner = 'XXX'",
    "plan_word": "word = 'zeta'",
    "other_name": "name = 'equis'",
    "slot": "semester = '2022-2' AND activity = 'I.1.1' AND version_id = 1",
    "activity": "activity = 'X.9.9'",
    "semester": "semester = '2030-1'",
    "plan_change": "position = 99",
}


# Triggers and schema


def test_a_dropped_trigger_is_found(full):
    for trigger in ("update", "delete") if full.dialect.name == "sqlite" else ("", "truncate"):
        name = "_".join(filter(None, ("append_only_report", trigger)))
        on = "" if full.dialect.name == "sqlite" else " ON report"
        run(full, f"DROP TRIGGER {name}{on}")
        assert "altered_schema" in rules(full)


def test_dropping_every_trigger_is_found_and_named(full):
    drop_triggers(full)
    with db.reading(full) as session:
        problems = db.verify_schema(session)
    assert len(problems) == len(triggers_made(full))
    assert any("append_only_audit" in problem.text() for problem in problems)


def triggers_made(engine: Engine) -> list[str]:
    made = db.connect("sqlite:///:memory:") if engine.dialect.name == "sqlite" else None
    if made is None:
        guarded = [name for name in PROOFS if name not in UNGUARDED]
        return [f"{name}{suffix}" for name in guarded for suffix in ("", "_truncate")]
    db.upgrade(made)
    return triggers(made)


_TOOTHLESS = (
    "CREATE OR REPLACE FUNCTION crmdata_append_only() RETURNS trigger LANGUAGE plpgsql"
    " AS $$ BEGIN RETURN NEW; END $$"
)


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE report DISABLE TRIGGER append_only_report",
        _TOOTHLESS,
        "CREATE RULE quiet AS ON UPDATE TO report DO INSTEAD NOTHING",
        "ALTER TABLE report ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE report DROP CONSTRAINT ck_report_percent",
        "ALTER TABLE report DROP CONSTRAINT fk_report_country",
        "ALTER TABLE report DROP CONSTRAINT pk_report CASCADE",
        "ALTER TABLE batch DROP CONSTRAINT uq_batch_file_sha256",
        "ALTER TABLE report ALTER COLUMN narrative DROP NOT NULL",
        "ALTER TABLE batch ALTER COLUMN rows TYPE bigint",
        "DROP INDEX ix_report_activity",
    ],
)
@pytest.mark.postgres
def test_a_change_of_the_schema_is_found_on_postgresql(full_on_postgresql, statement):
    run(full_on_postgresql, statement)
    assert "altered_schema" in rules(full_on_postgresql)


def test_a_trigger_that_somebody_adds_is_found(full):
    if full.dialect.name == "sqlite":
        run(full, "CREATE TRIGGER mine AFTER INSERT ON report BEGIN SELECT 1; END")
    else:
        run(full, "CREATE TRIGGER mine AFTER INSERT ON report"
                  " FOR EACH ROW EXECUTE FUNCTION crmdata_append_only()")  # fmt: skip
    assert "altered_schema" in rules(full)


def test_text_that_cannot_be_read_is_a_problem_and_no_failure(full_on_sqlite):
    with by_the_owner(full_on_sqlite) as execute:
        execute("UPDATE report SET narrative = CAST(x'ff41' AS TEXT)")
    assert "unreadable" in rules_of_rows(full_on_sqlite)


def test_what_cannot_be_read_keeps_no_lock_while_it_is_told(full_on_sqlite):
    with by_the_owner(full_on_sqlite) as execute:
        execute("UPDATE mark SET kind = 'nada'")
    with db.reading(full_on_sqlite) as session:
        told = db.verify_plan(session)
    assert "unreadable" in [problem.rule for problem in told]
    with by_the_owner(full_on_sqlite) as execute:
        execute("UPDATE mark SET kind = 'nada'")


# The versions of hashes


def test_the_newest_version_signs_every_column_of_every_table_it_selects():
    for select_rows in signed.SELECTS.values():
        for table, query in select_rows(1):
            selected = {column.name for column in query.selected_columns}
            assert selected == set(Tables.metadata.tables[table].c.keys()), table


def test_every_signed_table_is_selected_or_stands_in_the_chain_word_by_word():
    selected = {table for rows in signed.SELECTS.values() for table, _ in rows(1)}
    acts = {
        "audit", "review_act", "review_row", "closing_act", "agreement", "snapshot", "redaction",
    }  # fmt: skip
    assert selected | acts == {name for name, proof in PROOFS.items() if proof is Proof.SIGNED}


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM review_row",
        "UPDATE review_row SET row = row + 1",
        "UPDATE review_row SET seq = (SELECT max(seq) FROM closing_act)",
        "INSERT INTO review_row SELECT seq, row + 1 FROM review_row",
        "INSERT INTO review_row SELECT min(seq), 1 FROM review_act",
    ],
)
def test_rows_that_an_act_no_longer_names_or_names_besides_are_found(full, change):
    with by_the_owner(full, "review_row") as execute:
        execute(change)
    assert "altered_act" in rules(full)


def test_a_hash_names_its_version(full):
    with db.reading(full) as session:
        hashes = session.execute(text("SELECT hash FROM audit")).scalars().all()
    assert {signed.version_of(each) for each in hashes} == {signed.NEWEST}
    assert signed.version_of("a" * 64) == 1
    assert [signed.version_of(each) for each in ("v12:aa", "v:aa", "x1:aa", ":aa")] == [12, 0, 0, 0]


def test_a_row_of_a_version_that_is_not_known_is_named_as_such(full):
    with by_the_owner(full) as execute:
        execute("UPDATE audit SET hash = 'v99:abc' WHERE seq = 2")
    with db.reading(full) as session:
        (problem,) = [each for each in db.verify(session) if each.rule == "unknown_proof"]
    assert "v99" in problem.text()


def test_no_row_passes_for_one_of_an_older_version(full):
    with db.reading(full) as session:
        row = session.get_one(Audit, 2)
        forged = signed.chain_hash(row, 1)
    with by_the_owner(full) as execute:
        execute(f"UPDATE audit SET actor = 'otra', hash = '{forged}' WHERE seq = 2")
    assert "broken_chain" in rules(full)


# Databases of earlier revisions


@pytest.fixture
def old_store(tmp_path: Path) -> Engine:
    """Return the demonstration data as revision 197e28c stored them."""
    file = tmp_path / "old.sqlite3"
    file.write_bytes(lzma.decompress((Path(__file__).parent / OLD).read_bytes()))
    return db.connect(f"sqlite:///{file}")


OLD = "frozen/store-197e28c.sqlite3.xz"


def test_a_store_of_the_revision_before_is_in_order_once_it_is_upgraded(old_store):
    db.upgrade(old_store)
    assert rules(old_store) == []


def test_an_upgrade_signs_in_one_row_what_the_revision_before_left_unsigned(old_store):
    db.upgrade(old_store)
    with db.reading(old_store) as session:
        rows = session.execute(text("SELECT action, object, actor FROM audit ORDER BY seq")).all()
    assert rows[-1] == ("sign", "store", "crmdata")
    assert [row[0] for row in rows].count("sign") == 1


def test_after_an_upgrade_a_change_of_any_cell_is_found(old_store):
    db.upgrade(old_store)
    missed = []
    with db.reading(old_store) as session:
        empty = {
            table.name
            for table in Tables.metadata.sorted_tables
            if not session.execute(select(func.count()).select_from(table)).scalar_one()
        }
    for table_name, column_name in sample(COLUMNS, 12):
        if table_name in empty:
            continue
        table = Tables.metadata.tables[table_name]
        change_back = change(old_store, table, table.c[column_name])
        if not rules_of_rows(old_store):
            missed.append(f"{table_name}.{column_name}")
        change_back()
    assert missed == []


def test_an_upgrade_does_not_sign_a_batch_that_was_altered_before(old_store):
    with by_the_owner(old_store) as execute:
        execute("UPDATE report SET percent = 1 WHERE id = (SELECT min(id) FROM report"
                " WHERE state = 'en_curso')")  # fmt: skip
    db.upgrade(old_store)
    assert "altered_batch" in rules(old_store)


def test_what_every_cut_off_shows_is_the_same_after_an_upgrade(old_store, demo_engine):
    db.upgrade(old_store)
    for day in (date(2018, 6, 30), date(2019, 11, 15), date(2020, 11, 20), date(2022, 12, 31)):
        pictures = []
        for engine in (old_store, demo_engine):
            with db.reading(engine) as session:
                pictures.append(queries.reports_in_force(session, day).drop(columns="report_id"))
        assert pictures[0].equals(pictures[1])


# A schema that changes under what was signed


class Schema:
    """A report's table as later revisions leave it, and what they mend in the frozen functions.

    `added`: a signed column `source`, with which version 3 begins. `renamed`: `narrative` is
    `description`. `retyped`: `percent` is of another type. The way back from `added` keeps aside
    what the column held, as any migration must that takes away what is signed.
    """

    order = ("today", "added", "renamed", "retyped")

    def __init__(self, engine: Engine, patch: pytest.MonkeyPatch) -> None:
        self.engine, self.patch, self.step = engine, patch, "today"
        self.run("CREATE TABLE aside AS SELECT id, '' AS source FROM report WHERE 1 = 0")
        self.mend()

    def run(self, *statements: str) -> None:
        with by_the_owner(self.engine, "report") as execute:
            for statement in statements:
                execute(statement)

    def go(self, step: str) -> None:
        """Change the table by one step, up or down."""
        up = self.order.index(step) > self.order.index(self.step)
        self.run(*self.statements(step if up else self.step, up=up))
        self.step = step
        self.mend()

    def statements(self, step: str, *, up: bool) -> list[str]:
        old, new = ("narrative", "description") if up else ("description", "narrative")
        kind = "numeric" if up else "double precision"
        if step == "renamed":
            return [f"ALTER TABLE report RENAME COLUMN {old} TO {new}"]
        if step == "retyped" and self.engine.dialect.name == "postgresql":
            return [f"ALTER TABLE report ALTER COLUMN percent TYPE {kind} USING percent::{kind}"]
        if step == "retyped":
            # SQLite changes no type; it keeps a text in a table made for one.
            moved = "CAST(percent AS TEXT) || ' '" if up else "CAST(trim(percent) AS REAL)"
            return [f"UPDATE report SET percent = {moved}"]
        if up:
            held = "SELECT source FROM aside WHERE aside.id = report.id"
            return [
                "ALTER TABLE report ADD COLUMN source TEXT NOT NULL DEFAULT ''",
                f"UPDATE report SET source = coalesce(({held}), '')",
                "DELETE FROM aside",
            ]
        return ["INSERT INTO aside SELECT id, source FROM report",
                "ALTER TABLE report DROP COLUMN source"]  # fmt: skip

    def mend(self) -> None:
        """Mend the functions: they read what was signed from where the step keeps it."""
        report = Tables.metadata.tables["report"]
        narrative = "description" if self.step in {"renamed", "retyped"} else "narrative"
        read = {"narrative": f"r.{narrative}", "percent": "CAST(r.percent AS double precision)"}
        columns = [
            read.get(name, f"r.{name}") + f" AS {name}" for name in [each.name for each in report.c]
        ]
        source = "(SELECT source FROM aside a WHERE a.id = r.id)"
        columns.append(f"{source if self.step == 'today' else 'r.source'} AS source")
        mended = (
            text(f"SELECT {', '.join(columns)} FROM report r")
            .columns(*(Column(each.name, each.type) for each in report.c), Column("source", String))
            .subquery("report")
        )
        self.patch.setattr(signed, "table_of", lambda m: mended if m is Report else _TABLE(m))

        def next_one(session: Any, kind: str, number: int) -> Iterator[list[Any]]:
            yield from _NEWEST(session, kind, number)
            if kind == "batch":
                rows = select(mended.c.id, mended.c.source).where(mended.c.batch_id == number)
                yield from sorted(map(list, session.execute(rows)))

        self.patch.setitem(signed.CONTENTS, signed.NEWEST + 1, next_one)

    def report(self, country: str, version: int) -> None:
        """Store a report as the step's table takes it, signed by a version."""
        renamed = self.step in {"renamed", "retyped"}
        values: dict[str, Any] = {
            "country": country, "activity": "IV.3.2", "semester": "2018-1", "state": "en_curso",
            "percent": "45.5 " if self.step == "retyped" else 45.5, "reason": "", "evidence": "",
            "description" if renamed else "narrative": "Se hizo", "reported_on": "2018-07-03",
        } | ({} if self.step == "today" else {"source": f"de {country}"})  # fmt: skip
        with db.writing(self.engine) as session:
            batch = session.execute(
                insert(Batch).returning(Batch.id),
                {"subject": "reports", "imported_at": "2018-07-03T00:00:00Z", "imported_by": "t",
                 "file_name": country, "file_sha256": country, "rows": 1, "note": ""},
            ).scalar_one()  # fmt: skip
            quoted = [
                f"'{each}'" if isinstance(each, str) else str(each) for each in values.values()
            ]
            session.execute(
                text(f"INSERT INTO report (batch_id, {', '.join(values)})"
                     f" VALUES ({batch}, {', '.join(quoted)})")
            )  # fmt: skip
            signature = signed.content_hash(session, f"batch:{batch}", version)
            take_step(session, Act(operator("t"), "import"), batch, content_sha256=signature)
            signing.sign_unsigned(session)


_TABLE, _NEWEST = signed.table_of, signed.CONTENTS[signed.NEWEST]


def test_old_and_new_rows_prove_while_a_signed_column_is_added_renamed_retyped_and_back(
    engine, monkeypatch
):
    schema = Schema(engine, monkeypatch)
    schema.report("BLZ", 1)
    schema.report("CAN", 2)
    wrong = {}
    for step in ("added", "renamed", "retyped", "renamed", "added", "today", "added"):
        schema.go(step)
        with db.reading(engine) as session:
            wrong[step] = [problem.rule for problem in db.verify(session)]
        if schema.step != "today" and f"new {step}" not in wrong:
            schema.report(
                {"added": "CRI", "renamed": "SLV", "retyped": "GTM"}[step], signed.NEWEST + 1
            )
            with db.reading(engine) as session:
                wrong[f"new {step}"] = [problem.rule for problem in db.verify(session)]
    assert {step: rules for step, rules in wrong.items() if rules} == {}


def test_a_value_of_a_column_that_came_later_is_found_when_it_is_changed(engine, monkeypatch):
    schema = Schema(engine, monkeypatch)
    schema.go("added")
    schema.report("CRI", signed.NEWEST + 1)
    schema.run("UPDATE report SET source = 'otra'")
    with db.reading(engine) as session:
        assert [problem.rule for problem in db.verify(session)] == ["altered_batch"]
