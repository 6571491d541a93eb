"""A backup into the place of the store: built beside, proved, swapped in one step.

The store that was there is kept under a name that is returned.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, inspect, text

from crmdata import clock
from crmdata.errors import N_, Problem, StoreError
from crmdata.store.db.backup import failed
from crmdata.store.db.building import OURS, Amend, Built, Prove, built
from crmdata.store.db.committing import commit
from crmdata.store.db.engine import GATE, WRITER_LOCK, looking
from crmdata.store.db.known import Known
from crmdata.store.db.manifest import Contents, check_bytes, contents
from crmdata.store.db.proofs import prove as prove_rows
from crmdata.store.db.refusals import other_store
from crmdata.store.db.shape import FUNCTIONS
from crmdata.store.db.unfinished import free_name, unfinished
from crmdata.store.models import Table

RESTORE_SECONDS = 30
"""How long a restore waits for those who read or write."""


@dataclass(frozen=True)
class Restored:
    """What was put in place, and the name under which the store before is kept, or nothing."""

    contents: Contents
    previous: str


def check_backup(
    source: Path, engine: Engine, *, prove: Prove = prove_rows, amend: Amend | None = None
) -> Contents:
    """Prove a backup as a restore would, and change nothing. Raise StoreError."""
    _there(source)
    check_bytes(source)
    with (
        TemporaryDirectory(prefix="crmdata-check-") as folder,
        built(source, engine, Path(folder), prove=prove, amend=amend) as copy,
    ):
        return copy.contents


def restore(
    source: Path, engine: Engine, *, prove: Prove = prove_rows, amend: Amend | None = None
) -> Restored:
    """Put a backup in the place of the database's content, all or nothing.

    Whoever reads meanwhile sees all of what was, or all of what is restored. `amend` does to the
    copy, before anybody sees it, what was done to the store since. Raise StoreError
    for a backup that is not proved, and for one of another store than the one whose reports it
    would replace; the database is then as it was.
    """
    _there(source)
    check_bytes(source)
    live = Path(str(engine.url.database))
    folder = live.parent if engine.dialect.name == "sqlite" else source.parent
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with built(source, engine, folder, prove=prove, amend=amend) as copy:
            _same_store(engine, copy.contents, source.name)
            previous = _swapped(copy, live, engine)
    except (OSError, sqlite3.Error) as error:
        raise failed(source.name, error) from error
    engine.dispose()
    return Restored(copy.contents, previous)


def _there(source: Path) -> None:
    if not source.is_file():
        message, way_out = N_("{file} does not exist."), N_("Name a file made by backup.")
        raise StoreError(Problem("no_backup", message, way_out, values={"file": source.name}))


def _same_store(engine: Engine, backup: Contents, name: str) -> None:
    """Raise StoreError where reports of another store would be replaced."""
    sqlite = engine.dialect.name == "sqlite"
    if sqlite and not Path(str(engine.url.database)).exists():
        return
    with looking(engine) as session:
        if _is_ours(session):
            live = contents(session)
            if live.batches and live.store != backup.store:
                raise other_store(name)


def _is_ours(session: Known) -> bool:
    return set(inspect(session.connection()).get_table_names()) >= OURS


def _swapped(copy: Built, live: Path, engine: Engine) -> str:
    """Swap what was built for the store; return the name under which the store is kept."""
    if copy.file is not None:
        return _swapped_file(copy.file, live)
    assert copy.session is not None  # noqa: S101 - a copy is a file or a session
    return _swapped_schema(copy.session, copy.schema, engine)


def _swapped_file(work: Path, live: Path) -> str:
    previous = ""
    with closing(sqlite3.connect(live, timeout=RESTORE_SECONDS, isolation_level=None)) as target:
        # Held from here to the end, past the end of each transaction: what is kept is what is
        # replaced, and nobody writes in between.
        target.execute("PRAGMA locking_mode = EXCLUSIVE")
        target.execute("BEGIN EXCLUSIVE")
        target.execute("COMMIT")
        if target.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            previous = str(_kept_file(live))
            with unfinished(Path(previous)) as part, closing(sqlite3.connect(part)) as other:
                target.backup(other)
        with closing(sqlite3.connect(work)) as new:
            new.backup(target)
    return previous


def _kept_file(live: Path) -> Path:
    """Return a name beside the store that no file has: `store.before-20261128T201500Z.sqlite3`."""
    return free_name(live.parent, f"{live.stem}.before-{clock.named_now()}", live.suffix)


# What a table's readers may, on the tables that take its place.
_GRANTS = text("""
SELECT format('GRANT %s ON %I.%I TO %s', acl.privilege_type, n.nspname, c.relname,
              CASE acl.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(r.rolname) END)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL aclexplode(c.relacl) acl LEFT JOIN pg_roles r ON r.oid = acl.grantee
WHERE n.nspname = :schema AND c.relname = ANY(:tables) AND acl.grantee <> c.relowner
""")

_DEFAULT_GRANTS = text("""
SELECT format('GRANT %s ON %I.%I TO %s', acl.privilege_type, n.nspname, t.name,
              CASE acl.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(r.rolname) END)
FROM pg_default_acl d JOIN pg_namespace n ON n.oid = d.defaclnamespace
CROSS JOIN LATERAL aclexplode(d.defaclacl) acl LEFT JOIN pg_roles r ON r.oid = acl.grantee
CROSS JOIN unnest(CAST(:tables AS text[])) t(name)
WHERE n.nspname = :schema AND d.defaclobjtype = 'r' AND acl.grantee <> d.defaclrole
""")


def _swapped_schema(session: Known, beside: str, engine: Engine) -> str:
    """Move our tables out of the store's schema into one that is kept, and the built ones in."""
    live = session.execute(text("SELECT reset_val FROM pg_settings WHERE name = 'search_path'"))
    session.execute(text(f"SET LOCAL search_path TO {live.scalar_one()}"))
    schema = session.execute(text("SELECT current_schema()")).scalar_one()
    session.execute(text(f"SET LOCAL lock_timeout = '{RESTORE_SECONDS}s'"))
    session.execute(text(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})"))
    ours = [GATE, *(table.name for table in Table.metadata.sorted_tables)]
    there = _tables(session, schema, ours)
    if GATE in there:
        # Readers lock it first: they are done, and who comes waits here for what is restored.
        session.execute(text(f'LOCK TABLE "{schema}"."{GATE}" IN ACCESS EXCLUSIVE MODE'))
    which = {"schema": schema, "tables": there or ours}
    grants = session.execute(_GRANTS if there else _DEFAULT_GRANTS, which).scalars().all()
    previous = ""
    if there:
        previous = _free_schema(session)
        session.execute(text(f'CREATE SCHEMA "{previous}"'))
        _move(session, schema, previous, there)
    _move(session, beside, schema, ours)
    session.execute(text(f'DROP SCHEMA "{beside}"'))
    for grant in grants:
        session.execute(text(grant))
    commit(session, engine, lambda asking: bool(_tables(asking, previous or schema, [GATE])))
    return previous


def _tables(session: Known, schema: str, names: list[str]) -> list[str]:
    query = text("SELECT tablename FROM pg_tables WHERE schemaname = :schema")
    there = set(session.execute(query, {"schema": schema}).scalars())
    return [name for name in names if name in there]


def _move(session: Known, source: str, target: str, tables: list[str]) -> None:
    for table in tables:
        session.execute(text(f'ALTER TABLE "{source}"."{table}" SET SCHEMA "{target}"'))
    for function in FUNCTIONS:
        there = text("SELECT proconfig FROM pg_proc WHERE oid = to_regprocedure(:name)")
        config = session.execute(there, {"name": f"{source}.{function}"}).one_or_none()
        if config is None:
            continue
        session.execute(text(f'ALTER FUNCTION "{source}".{function} SET SCHEMA "{target}"'))
        if config[0]:
            path = f'SET search_path = "{target}", pg_temp'
            session.execute(text(f'ALTER FUNCTION "{target}".{function} {path}'))


def _free_schema(session: Known) -> str:
    existing = set(session.execute(text("SELECT nspname FROM pg_namespace")).scalars())
    stem = f"crmdata_before_{clock.named_now().lower()}"
    names = [stem, *(f"{stem}_{count}" for count in range(2, 1000))]
    return next(name for name in names if name not in existing)
