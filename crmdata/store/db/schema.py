"""The schema's versions: Alembic migrations that ship with the package and run at start."""

from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from crmdata.errors import N_, Problem, StoreError
from crmdata.store.db.engine import looking, writing
from crmdata.store.db.known import Known
from crmdata.store.db.signing import keep_for_the_way_up, sign_unsigned

MIGRATIONS = Path(__file__).parent.parent / "migrations"

_ALEMBIC = Lock()
"""Alembic keeps the migration at work in a global of its own."""


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@cache
def _steps() -> ScriptDirectory:
    # To read all of them anew was a tenth of each proof of a store.
    return ScriptDirectory.from_config(_config())


def head_revision() -> str:
    """Return the newest revision this software knows."""
    head = _steps().get_current_head()
    assert head is not None, "the package ships without migrations"  # noqa: S101 - a broken build
    return head


def migration(number: str) -> Any:
    """Return the module of a step, whose words are frozen."""
    script = _steps().get_revision(number)
    assert script is not None, number  # noqa: S101 - the package ships with it
    return script.module


def known_revisions() -> set[str]:
    """Return every revision this software can upgrade from."""
    return {script.revision for script in _steps().walk_revisions()}


def unknown_schema(revision: str) -> Problem | None:
    """Return what keeps this software from a database of a revision that it does not know."""
    if revision in known_revisions():
        return None
    return Problem(
        "newer_schema",
        N_("The database was written by a newer version of this software (schema {revision})."),
        N_("Install that version. The database is as it was: nothing was changed."),
        values={"revision": revision},
    )


def revision(engine: Engine) -> str | None:
    """Return the database's revision, or None for an empty database."""
    with looking(engine) as session:
        return MigrationContext.configure(session.connection()).get_current_revision()


def upgrade(engine: Engine, to: str = "head") -> None:
    """Bring the database to a revision, in one transaction; a second process waits its turn.

    Raise StoreError where a newer version of this software wrote the database.
    """
    current = revision(engine)
    if current is not None and (newer := unknown_schema(current)) is not None:
        raise StoreError(newer)
    if current == (head_revision() if to == "head" else to):
        return
    with writing(engine) as session:
        migrate(session, to)


def migrate(session: Known, to: str = "head") -> None:
    """Upgrade in the caller's transaction, and sign what earlier versions left unsigned."""
    with _ALEMBIC:
        command.upgrade(_config(session.connection()), to)
    if to == "head":
        sign_unsigned(session)


def downgrade(engine: Engine, to: str) -> None:
    """Bring the database back to an earlier revision (`base` empties it), for tests and repairs."""
    with writing(engine) as session:
        keep_for_the_way_up(session)
        with _ALEMBIC:
            command.downgrade(_config(session.connection()), to)
