"""A dump's rows into a schema of their own, made by our migrations in one transaction.

Of the dump only the rows are taken: its statements are never run, so that a foreign one can do
nothing, and what stands beside is our own schema whatever the dump's was.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from sqlalchemy import Column, Engine, Inspector, MetaData, Table, func, inspect, select, text

from crmdata.store.db.engine import building
from crmdata.store.db.known import Known
from crmdata.store.db.manifest import Contents, contents
from crmdata.store.db.programs import run
from crmdata.store.db.schema import migrate

_COPY = re.compile(rb'^COPY "?(\w+)"?\."?(\w+)"? \(([^)]*)\) FROM stdin;$')

VERSION = "alembic_version"


@dataclass
class Dump:
    """The rows of a dump: by table its columns, and where in `script` its lines stand."""

    script: Path
    blocks: dict[str, tuple[list[str], int, int]] = field(default_factory=dict)

    @property
    def tables(self) -> set[str]:
        """The tables of which there are rows, or could be."""
        return set(self.blocks)

    def lines(self, table: str) -> Iterator[bytes]:
        """Yield the lines of a table's rows."""
        _, begin, end = self.blocks[table]
        with self.script.open("rb") as script:
            script.seek(begin)
            while begin < end:
                line = script.readline()
                begin += len(line)
                yield line

    def revision(self) -> str:
        """Return the revision of the schema that the rows come from; empty where none is said."""
        if VERSION not in self.blocks:
            return ""
        return b"".join(self.lines(VERSION)).decode().strip()


@contextmanager
def session_with(source: Path, engine: Engine) -> Iterator[tuple[Known, Path, str]]:
    """Yield a session whose transaction ends without a trace, a dump's SQL, a schema's name.

    The schema is made in the session, and what it says without a schema's name is meant there.
    """
    with TemporaryDirectory(prefix="crmdata-dump-") as folder, building(engine) as session:
        script = Path(folder) / "rows.sql"
        run("pg_restore", None, source.name, "--data-only", f"--file={script}", str(source))
        name = f"crmdata_beside_{session.execute(text('SELECT pg_backend_pid()')).scalar_one()}"
        session.execute(text(f'CREATE SCHEMA "{name}"'))
        session.execute(text(f'SET LOCAL search_path TO "{name}"'))
        try:
            yield session, script, name
        finally:
            session.rollback()


def read_rows(script: Path) -> Dump:
    """Return where the rows stand in a script of SQL. Raise ValueError."""
    dump = Dump(script)
    with script.open("rb") as lines:
        while line := lines.readline():
            head = _COPY.match(line.rstrip(b"\n"))
            if head is None:
                continue
            table = head[2].decode()
            if table in dump.blocks:
                raise ValueError(table)
            columns = [name.strip().strip('"') for name in head[3].decode().split(",")]
            begin = end = lines.tell()
            while (row := lines.readline()) and row != b"\\.\n":
                end = lines.tell()
            dump.blocks[table] = (columns, begin, end)
    return dump


def fill(session: Known, dump: Dump, schema: str) -> Contents:
    """Make the dump's own schema, put its rows in, upgrade both; return what the dump holds."""
    migrate(session, dump.revision())
    inspector = inspect(session.connection())
    known = {name: _columns(inspector, name) for name in inspector.get_table_names()}
    if set(known) != dump.tables:
        raise ValueError(", ".join(sorted(set(known) ^ dump.tables)))
    for table in _parents_first(inspector, set(known) - {VERSION}):
        columns = dump.blocks[table][0]
        if set(columns) != known[table]:
            raise ValueError(f"{table}: {', '.join(sorted(set(columns) ^ known[table]))}")
        _copy(session, dump, table, columns)
    _count_on(session, schema)
    before = contents(session)
    migrate(session)
    return before


def _columns(inspector: Inspector, table: str) -> set[str]:
    return {column["name"] for column in inspector.get_columns(table)}


def _parents_first(inspector: Inspector, tables: set[str]) -> list[str]:
    ordered: list[str] = []
    for table, _ in inspector.get_sorted_table_and_fkc_names():
        if table in tables:
            ordered.append(table)
    return ordered


def _copy(session: Known, dump: Dump, table: str, columns: list[str]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    driver = session.connection().connection.driver_connection
    assert isinstance(driver, psycopg.Connection)  # noqa: S101 - SQLAlchemy does not say so
    with (
        driver.cursor() as cursor,
        cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as rows,
    ):
        for line in dump.lines(table):
            rows.write(line)


def _count_on(session: Known, schema: str) -> None:
    """Let the counters of keys go on behind the rows that came."""
    counters = text(
        "SELECT c.relname, a.attname, pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname),"
        " a.attname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " JOIN pg_attribute a ON a.attrelid = c.oid WHERE n.nspname = :schema AND c.relkind = 'r'"
        " AND a.attnum > 0 AND NOT a.attisdropped"
    )
    for table, column, counter in session.execute(counters, {"schema": schema}).all():
        if counter:
            last = Table(table, MetaData(), Column(column)).c[column]
            session.execute(select(func.setval(counter, func.max(last))))
