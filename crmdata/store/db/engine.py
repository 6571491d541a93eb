"""Engine from a URL; sessions that read, and sessions that write one after the other."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import ConnectionPoolEntry

from crmdata import settings
from crmdata.errors import N_, Problem, StoreError
from crmdata.store.db.causes import explained
from crmdata.store.db.committing import commit
from crmdata.store.db.known import Known

LOCK_SECONDS = 5
"""How long a writer waits for the one before it."""

WAIT_SECONDS = 10
"""How long a reader waits for a connection, or behind a table that somebody holds."""

_LOST = (
    ("connect_timeout", 10),
    ("keepalives_idle", 30),
    ("keepalives_interval", 10),
    ("keepalives_count", 3),
    ("tcp_user_timeout", 60_000),
)
"""From when on PostgreSQL is taken for lost: where the network is cut, nothing else says so."""

WRITER_LOCK = 0x43524D  # "CRM": the key of PostgreSQL's advisory lock

GATE = "alembic_version"
"""The table that a reader on PostgreSQL locks first, and a restore before it replaces all others.

`LOCK` freezes no picture of the data yet: who waited here for a restore sees what it brought.
"""

_READ_ONLY = "-c default_transaction_read_only=on"

# `hide_parameters` below: an error of the driver must not carry a narrative into a log.
_PRAGMAS = (
    "journal_mode = DELETE",  # WAL has a known reset bug before SQLite 3.51.3
    "synchronous = FULL",  # a report acknowledged survives the power going
    "foreign_keys = ON",  # off by default, for each connection
    "recursive_triggers = ON",  # else REPLACE walks past the append-only triggers
    "secure_delete = ON",  # what a redaction takes out leaves no bytes behind
    "trusted_schema = OFF",  # a crafted file must not run functions
    f"busy_timeout = {LOCK_SECONDS * 1000}",
)


def connect(url: str | None = None, *, read_only: bool = False, reader_seconds: int = 0) -> Engine:
    """Return an engine for `url`, else for the deployment's database. Migrates nothing.

    SQLite's file and folder are made on first use. With `read_only` the connection itself
    cannot write, whatever is asked of it. PostgreSQL breaks off a reader's question after
    `reader_seconds`, unless they are 0. Raise StoreError for another database.
    """
    url = url or settings.database_url()
    if url.startswith("sqlite"):
        return _sqlite(url, read_only=read_only)
    if url.startswith("postgresql"):
        return _postgresql(url, read_only=read_only, reader_seconds=reader_seconds)
    raise StoreError(
        Problem(
            "unknown_database",
            N_("The database URL begins with “{scheme}”."),
            N_("Use sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME."),
            values={"scheme": url.partition(":")[0]},
        )
    )


def _sqlite(url: str, *, read_only: bool) -> Engine:
    file = url.removeprefix("sqlite:///")
    if read_only:
        url = f"sqlite:///file:{quote(str(Path(file).absolute()))}?mode=ro&uri=true"
    elif file and file != ":memory:" and not file.startswith("file:"):
        try:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unreachable(str(error)) from error
    pool = {} if file in {"", ":memory:"} else {"pool_timeout": WAIT_SECONDS}
    engine = create_engine(
        url, connect_args={"timeout": LOCK_SECONDS}, hide_parameters=True, **pool
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
        # The driver must not begin transactions by itself: it would begin deferred ones.
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        purpose = connection.get_execution_options().get("crmdata_purpose")
        reads = purpose in {"read", "look"}
        connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if reads else 'OFF'}")
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _postgresql(url: str, *, read_only: bool, reader_seconds: int) -> Engine:
    # Debian's and the cloud's URLs name no driver; psycopg 3 is the one installed.
    parsed = make_url(url.replace("postgresql://", "postgresql+psycopg://", 1))
    if read_only:
        # The server itself refuses; beside it the options that the URL asks for.
        options = " ".join(filter(None, [*_as_tuple(parsed.query.get("options")), _READ_ONLY]))
        parsed = parsed.update_query_dict({"options": options})
    engine = create_engine(
        parsed,
        pool_pre_ping=True,
        pool_timeout=WAIT_SECONDS,
        hide_parameters=True,
        connect_args={name: value for name, value in _LOST if name not in parsed.query},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: psycopg.Connection, _: ConnectionPoolEntry) -> None:
        # Once for the connection: a page begins many transactions.
        connection.autocommit = True
        connection.execute(f"SET lock_timeout = '{WAIT_SECONDS}s'")
        connection.execute(f"SET statement_timeout = '{reader_seconds}s'")
        connection.autocommit = False

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        purpose = connection.get_execution_options().get("crmdata_purpose")
        if purpose == "read":
            # One picture for all queries of a page, and no writing by accident.
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            connection.exec_driver_sql(f"LOCK TABLE {GATE} IN ACCESS SHARE MODE")
        elif purpose == "look":
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")
        elif purpose == "build":
            # Beside the store, out of everybody's way.
            pass
        else:
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")

    return engine


def _as_tuple(option: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return option if isinstance(option, tuple) else (option or "",)


@contextmanager
def reading(engine: Engine) -> Iterator[Known]:
    """Yield a session that sees one state of the data and cannot write. Raise StoreError.

    When it has ended it answers no more: a late question would see another state.
    """
    with (
        explained(reads=True),
        Known(
            engine.execution_options(crmdata_purpose="read"),
            autoflush=False,
            close_resets_only=False,
        ) as session,
    ):
        yield session


@contextmanager
def looking(engine: Engine) -> Iterator[Known]:
    """Yield a session that cannot write, for a database that may hold nothing of ours yet."""
    with (
        explained(reads=True),
        Known(engine.execution_options(crmdata_purpose="look")) as session,
    ):
        yield session


@contextmanager
def building(engine: Engine) -> Iterator[Known]:
    """Yield a session that takes no lock; nothing of it stays unless the caller commits.

    For what is made beside the store and proved before anybody may see it.
    """
    with explained(), Known(engine.execution_options(crmdata_purpose="build")) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Known]:
    """Yield the one session that may write now; commit at the end, or nothing at all.

    A second writer waits up to `LOCK_SECONDS`, then gets a StoreError, as for a full or
    read-only disk, and where it is not known whether the commit was done.
    """
    purpose = engine.execution_options(crmdata_purpose="write")
    with Known(purpose, expire_on_commit=False) as session, explained():
        # Take the lock before the first read: what is read now cannot change until the commit.
        session.connection()
        yield session
        commit(session, engine)


def _unreachable(detail: str) -> StoreError:
    return StoreError(
        Problem(
            "unreachable",
            N_("The database cannot be opened ({detail})."),
            N_("Check CRMDATA_DATABASE_URL, the file's rights or the server."),
            values={"detail": detail},
        )
    )
