"""Backup and restore of a whole database. Copying a live file gives bad copies; this does not."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import URL, Engine

from crmdata.db.engine import GATE, WRITER_LOCK, explanation
from crmdata.errors import N_, Problem, StoreError


def backup(engine: Engine, target: Path) -> None:
    """Write a consistent copy of the database to `target`, which must not exist yet.

    SQLite by VACUUM INTO, checked and synced before it gets its name; PostgreSQL by
    `pg_dump`'s custom format. Raise StoreError.
    """
    if target.exists():
        raise _refused(
            "target_exists",
            N_("{file} exists already."),
            N_("Choose another name; a backup never replaces one."),
            target,
        )
    unfinished = target.with_name(f"{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        if engine.dialect.name == "sqlite":
            with closing(sqlite3.connect(str(engine.url.database))) as source:
                source.execute("VACUUM INTO ?", (str(unfinished),))
            _checked(unfinished)
        else:
            _run("pg_dump", engine.url, target, "--format=custom", f"--file={unfinished}")
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        unfinished.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise _failed(target, error) from error
    finally:
        unfinished.unlink(missing_ok=True)


def restore(source: Path, engine: Engine) -> None:
    """Put a backup in the place of the database's content, all or nothing.

    A damaged or foreign file is found before anything is touched. Whoever reads meanwhile
    sees all of what was, or all of what is restored. Raise StoreError.
    """
    if not source.is_file():
        raise _refused(
            "no_backup", N_("{file} does not exist."), N_("Name a file made by backup."), source
        )
    if engine.dialect.name == "sqlite":
        try:
            _checked(source)
            # SQLite's own copy takes the writer's lock, so running readers stay whole.
            with (
                closing(sqlite3.connect(source)) as copy,
                closing(sqlite3.connect(str(engine.url.database))) as live,
            ):
                copy.backup(live)
        except (OSError, sqlite3.Error) as error:
            raise _failed(source, error) from error
    else:
        _restore_postgresql(source, engine.url)
    engine.dispose()


RESTORE_SECONDS = 30
"""How long a restore waits for those who read or write."""

_ALONE = f"""
SET lock_timeout = '{RESTORE_SECONDS}s';
SELECT pg_advisory_xact_lock({WRITER_LOCK});
DO $$ BEGIN
  IF to_regclass('{GATE}') IS NOT NULL THEN LOCK TABLE {GATE} IN ACCESS EXCLUSIVE MODE; END IF;
END $$;
"""
"""Waits for who writes and reads now, and lets nobody begin until the restore is done.

A reader holds some tables and comes to want others: to drop one after the other, as the script
does, would end in a deadlock with it.
"""


def _restore_postgresql(source: Path, url: URL) -> None:
    with TemporaryDirectory(prefix="crmdata-restore-") as folder:
        script = Path(folder) / "restore.sql"
        # As a script first: a backup that is not whole is found before the database is touched.
        _run("pg_restore", None, source, "--clean", "--if-exists", "--no-owner",
             f"--file={script}", str(source))  # fmt: skip
        _run("psql", url, source, "--quiet", "--no-psqlrc", "--single-transaction",
             "--output=/dev/null", "--set=ON_ERROR_STOP=1", f"--command={_ALONE}",
             f"--file={script}")  # fmt: skip


def _checked(file: Path) -> None:
    """Raise StoreError unless `file` is a whole database of this software."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
        try:
            (said,) = copy.execute("PRAGMA integrity_check").fetchone()
            ours = copy.execute("SELECT count(*) FROM alembic_version").fetchone()[0]
        except sqlite3.Error as error:
            raise _failed(file, error) from error
    if said != "ok" or not ours:
        raise _failed(file, ValueError(said))


def _run(program: str, url: URL | None, about: Path, *arguments: str) -> None:
    """Run a program of PostgreSQL's. Raise StoreError, which names the backup `about`."""
    if shutil.which(program) is None:
        raise _refused(
            "no_program",
            N_("{file} is not installed."),
            N_("Install PostgreSQL's client programs."),
            Path(program),
        )
    environment = dict(os.environ)
    if url is not None:
        connection = url.set(drivername="postgresql", password=None)
        arguments = (f"--dbname={connection.render_as_string()}", *arguments)
    if url is not None and url.password:
        environment["PGPASSWORD"] = str(url.password)
    done = subprocess.run(  # noqa: S603 - a fixed program; the URL is the operator's own
        [program, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    found = explanation(done.stderr) if done.returncode else None
    if found is not None and found.rule == "locked":
        raise StoreError(found)
    if done.returncode:
        raise _failed(about, RuntimeError(done.stderr.strip()))


def _refused(rule: str, message: str, way_out: str, file: Path) -> StoreError:
    return StoreError(Problem(rule, message, way_out, values={"file": file.name}))


def _failed(file: Path, error: Exception) -> StoreError:
    return StoreError(
        Problem(
            "backup_failed",
            N_("{file} is not a whole backup, or could not be written ({detail})."),
            N_("The database was left as it was."),
            values={"file": file.name, "detail": error},
        )
    )
