"""A backup built up again beside the store, in the newest schema, and proved there.

Nothing of the store is touched: a restore puts what is built here in its place, a check throws
it away, and a backup that was just made is proved by it.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from alembic.util.exc import CommandError
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import delete

from crmdata.errors import CrmdataError, Problem, StoreError
from crmdata.store.db import building_postgresql
from crmdata.store.db.causes import explanation
from crmdata.store.db.engine import building, connect, looking, reading, writing
from crmdata.store.db.known import Known
from crmdata.store.db.manifest import Contents, contents
from crmdata.store.db.refusals import (
    OF_THE_MACHINE,
    damaged,
    foreign,
    newer,
    other_database,
    unproved,
)
from crmdata.store.db.schema import head_revision, known_revisions, revision, upgrade
from crmdata.store.db.unfinished import SUFFIX, clear, locked
from crmdata.store.models import OpenLogin

Prove = Callable[[Known], list[Problem]]
"""Returns what is wrong with a store in the newest schema."""

Amend = Callable[[Known], None]
"""Does to a proved copy what was done to the store since, in a writer's transaction."""

OURS = frozenset({"alembic_version", "store", "audit"})
"""Tables without which a database is not of this software, whatever its revision: none later may
rename them.
"""

SQLITE, POSTGRESQL = b"SQLite format 3\0", b"PGDMP"
"""How the files begin that the two databases' backups are."""


@dataclass(frozen=True)
class Built:
    """What was built: `contents` as the backup has them; a file, or a schema in a transaction."""

    contents: Contents
    file: Path | None = None
    session: Known | None = None
    schema: str = ""


def built(
    source: Path,
    engine: Engine,
    folder: Path,
    *,
    prove: Prove,
    name: str = "",
    amend: Amend | None = None,
) -> AbstractContextManager[Built]:
    """Build a backup up beside the store of `engine`, and prove it; throw it away at the end.

    `folder` is where a file may lie meanwhile; messages call the backup `name`. Raise
    StoreError where it is damaged, foreign, newer, or not what its audit chain says.
    """
    called = name or source.name
    with source.open("rb") as file:
        start = file.read(16)
    sqlite = engine.dialect.name == "sqlite"
    if start.startswith(POSTGRESQL if sqlite else SQLITE):
        raise other_database(called, "PostgreSQL" if sqlite else "SQLite")
    if not start.startswith(SQLITE if sqlite else POSTGRESQL):
        raise foreign(called)
    if sqlite:
        return _built_file(source, folder, called, prove, amend)
    return _built_schema(source, engine, called, prove, amend)


@contextmanager
def _built_file(
    source: Path, folder: Path, name: str, prove: Prove, amend: Amend | None
) -> Iterator[Built]:
    clear(folder)
    with locked(folder / f".{name}.{os.getpid()}{SUFFIX}") as work:
        shutil.copyfile(source, work)
        with _refusing(name):
            _whole(work, name)
            engine = connect(f"sqlite:///{work}")
            _known(revision(engine) or "", name)
            with looking(engine) as session:
                before = contents(session)
            upgrade(engine)
            with building(engine) as session:
                _end_logins(session)
                session.commit()
            with reading(engine) as session:
                problems = prove(session)
        if problems:
            raise unproved(name, problems)
        if amend is not None:
            with writing(engine) as session:
                amend(session)
        engine.dispose()
        yield Built(before, file=work)


@contextmanager
def _built_schema(
    source: Path, engine: Engine, name: str, prove: Prove, amend: Amend | None
) -> Iterator[Built]:
    with building_postgresql.session_with(source, engine) as (session, script, schema):
        with _refusing(name):
            dump = building_postgresql.read_rows(script)
            if not dump.tables >= OURS:
                raise foreign(name)
            _known(dump.revision(), name)
            before = building_postgresql.fill(session, dump, schema)
            _end_logins(session)
            problems = prove(session)
        if problems:
            raise unproved(name, problems)
        if amend is not None:
            amend(session)
        yield Built(before, session=session, schema=schema)


def _whole(file: Path, name: str) -> None:
    """Raise StoreError unless a file is a whole database of this software."""
    with closing(sqlite3.connect(file)) as copy:
        (verdict,) = copy.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            raise damaged(name, verdict)
        if copy.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise damaged(name, "foreign_key_check")
        rows = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if not {table for (table,) in rows} >= OURS:
            raise foreign(name)


def _end_logins(session: Known) -> None:
    """Leave no login open: some of those that the backup holds have been ended since."""
    session.exec(delete(OpenLogin))


def _known(number: str, name: str) -> None:
    if number not in known_revisions():
        raise newer(name, number, head_revision())


@contextmanager
def _refusing(name: str) -> Iterator[None]:
    """Say of whatever goes wrong within that the backup is damaged, unless it is the machine."""
    try:
        yield
    except StoreError as error:
        if error.problems[0].rule in OF_THE_MACHINE or error.problems[0].file == name:
            raise
        raise damaged(name, error) from error
    except (SQLAlchemyError, sqlite3.Error, psycopg.Error, CommandError, CrmdataError) as error:
        problem = explanation(error)
        if problem is not None and problem.rule in OF_THE_MACHINE:
            raise StoreError(problem) from error
        raise damaged(name, error) from error
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise damaged(name, error) from error
