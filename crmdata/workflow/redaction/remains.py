"""Copies that would keep what was taken out: kept stores, old backups, unused bytes of files."""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine, TextClause, text
from sqlalchemy.exc import DBAPIError

from crmdata import clock
from crmdata.store import db
from crmdata.workflow.redaction.places import Spot

_KEPT_SCHEMA = re.compile(r"crmdata_before_(\d{8}t\d{6}z)(_\d+)?")

_SCHEMAS = text("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'crmdata\\_before\\_%'")

_OWNED = text("""
SELECT pg_has_role(relowner, 'MEMBER') FROM pg_class
WHERE relname = :name AND relkind = 'r' AND pg_table_is_visible(oid)
""")

_OWNED_SCHEMA = text(
    "SELECT pg_has_role(nspowner, 'MEMBER') FROM pg_namespace WHERE nspname = :name"
)


@dataclass(frozen=True)
class Cleaned:
    """The kept stores that were deleted, and what the operator must still run, as SQL or shell."""

    deleted: tuple[str, ...] = ()
    remaining: tuple[str, ...] = ()


def kept_copies(engine: Engine) -> list[str]:
    """Return the names of the stores that restores kept: files, or schemas of the database."""
    if engine.dialect.name == "sqlite":
        return sorted(file.name for file in _kept_files(engine))
    with db.reading(engine) as session:
        names = session.execute(_SCHEMAS).scalars()
        return sorted(name for name in names if _KEPT_SCHEMA.fullmatch(name))


def _kept_files(engine: Engine) -> list[Path]:
    live = Path(str(engine.url.database))
    return list(live.parent.glob(f"{live.stem}.before-*{live.suffix}"))


def clean(engine: Engine, spots: Iterable[Spot]) -> Cleaned:
    """Delete the kept stores, and scrub.

    What the machine or the database does not let us do is among what is left to do.
    """
    deleted: list[str] = []
    remaining: list[str] = []
    for name, drop in _ways_to_delete(engine).items():
        done = (
            _unlinked(engine, name)
            if engine.dialect.name == "sqlite"
            else _ran(engine, name, _OWNED_SCHEMA, drop)
        )
        (deleted if done else remaining).append(name if done else drop)
    return Cleaned(tuple(deleted), (*remaining, *scrub(engine, spots)))


def scrub(engine: Engine, spots: Iterable[Spot]) -> tuple[str, ...]:
    """Erase what is left of texts in unused bytes of files; return what could not be."""
    if engine.dialect.name == "sqlite":
        live = str(engine.url.database)
        try:
            with closing(sqlite3.connect(live, timeout=db.LOCK_SECONDS)) as connection:
                connection.isolation_level = None
                connection.execute("PRAGMA secure_delete = ON")
                connection.execute("VACUUM")
        except sqlite3.Error:
            return (f"sqlite3 {Path(live).name} VACUUM",)
        return ()
    full = {name: f'VACUUM FULL "{name}"' for name in sorted({spot.table for spot in spots})}
    return tuple(sql for name, sql in full.items() if not _ran(engine, name, _OWNED, sql))


def _ways_to_delete(engine: Engine) -> dict[str, str]:
    """Return how each kept store is deleted."""
    if engine.dialect.name == "sqlite":
        return {name: f"rm {name}" for name in kept_copies(engine)}
    return {name: f'DROP SCHEMA "{name}" CASCADE' for name in kept_copies(engine)}


def _unlinked(engine: Engine, name: str) -> bool:
    return bool(_removed(Path(str(engine.url.database)).with_name(name)))


def _ran(engine: Engine, name: str, owned: TextClause, statement: str) -> bool:
    """Run what only an owner may, by itself; tell whether it was done."""
    own = engine.execution_options(isolation_level="AUTOCOMMIT", crmdata_purpose="build")
    try:
        with own.connect() as connection:
            # Who does not own a table is not refused its VACUUM: nothing is done, without an error.
            if not connection.execute(owned, {"name": name}).scalar():
                return False
            connection.exec_driver_sql("SET statement_timeout = 0")
            connection.exec_driver_sql(statement)
            connection.invalidate()
    except DBAPIError:
        return False
    return True


# Retention


def prune(engine: Engine, folders: Iterable[Path], days: int) -> list[str]:
    """Delete the backups of folders and the kept stores that are older than `days`.

    Of backups only what has its manifest, and never a folder's newest. Return the names. What may
    not be deleted stays.
    """
    before = clock.now() - timedelta(days=days)
    old = []
    for folder in folders:
        backups = sorted(_backups(folder), key=lambda file: file.stat().st_mtime)
        old += [file for file in backups[:-1] if file.stat().st_mtime < before.timestamp()]
    gone = [name for file in old for name in _removed(file, db.manifest_of(file))[:1]]
    if engine.dialect.name == "sqlite":
        stores = [file for file in _kept_files(engine) if file.stat().st_mtime < before.timestamp()]
        return gone + [name for file in stores for name in _removed(file)]
    stamp = before.strftime("%Y%m%dt%H%M%Sz")
    return gone + [
        name
        for name in kept_copies(engine)
        if _kept_since(name) < stamp
        and _ran(engine, name, _OWNED_SCHEMA, f'DROP SCHEMA "{name}" CASCADE')
    ]


def _kept_since(schema: str) -> str:
    match = _KEPT_SCHEMA.fullmatch(schema)
    return match[1] if match else ""


def _backups(folder: Path) -> list[Path]:
    suffix = db.MANIFEST_SUFFIX
    files = (file.with_name(file.name.removesuffix(suffix)) for file in folder.glob(f"*{suffix}"))
    return [file for file in files if file.is_file()]


def _removed(*files: Path) -> list[str]:
    try:
        for file in files:
            file.unlink(missing_ok=True)
    except OSError:
        return []
    return [file.name for file in files]
