"""A backup of a whole database, proved before it gets its name.

Copying a live file gives bad copies; this does not.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from crmdata.errors import N_, Problem, StoreError
from crmdata.store.db.building import Prove, built
from crmdata.store.db.manifest import write_manifest
from crmdata.store.db.programs import run
from crmdata.store.db.proofs import prove as prove_rows
from crmdata.store.db.unfinished import unfinished


def backup(engine: Engine, target: Path, *, prove: Prove = prove_rows) -> None:
    """Write a consistent copy of the database to `target`, and its manifest beside it.

    SQLite by VACUUM INTO, PostgreSQL by `pg_dump`'s custom format. What was written is built up
    once more and proved before it gets its name. Raise StoreError, also for a `target` that
    exists.
    """
    if target.exists():
        raise StoreError(
            Problem(
                "target_exists",
                N_("{file} exists already."),
                N_("Choose another name; a backup never replaces one."),
                values={"file": target.name},
            )
        )
    try:
        with unfinished(target) as part:
            _copy(engine, part)
            with built(part, engine, part.parent, prove=prove, name=target.name) as copy:
                contents = copy.contents
        write_manifest(target, engine.dialect.name, contents)
    except (OSError, sqlite3.Error) as error:
        raise failed(target.name, error) from error


def _copy(engine: Engine, part: Path) -> None:
    if engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(str(engine.url.database))) as source:
            source.execute("VACUUM INTO ?", (str(part),))
        return
    with engine.connect() as connection:
        schema = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
    run("pg_dump", engine.url, part.name, "--format=custom", f"--schema={schema}",
        f"--file={part}")  # fmt: skip


def failed(name: str, error: Exception) -> StoreError:
    """Return what is said of a backup that could not be written."""
    return StoreError(
        Problem(
            "backup_failed",
            N_("{file} is not a whole backup, or could not be written ({detail})."),
            N_("The database was left as it was."),
            values={"file": name, "detail": error},
        )
    )
