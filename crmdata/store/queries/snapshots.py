"""Snapshots, and questions that know only what the store knew when one was made.

The store is append-only, and every act has its number in the audit chain. A picture is therefore
fixed by its cut-off and the last number that it may know of: later reports, corrections,
acceptances, withdrawals, closings, agreements, meetings and plan versions have higher ones,
whatever date they bear. What has no number, the names of countries and partners and the rules
of the deployment, a snapshot keeps itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pandas as pd
from sqlalchemy import ColumnElement, Engine, select, true
from sqlmodel import select as select_model

from crmdata.errors import N_, Problem, StoreError
from crmdata.store import db
from crmdata.store.db import Known, Pinned
from crmdata.store.models import Snapshot
from crmdata.store.queries.frames import frame, table


def snapshots(session: Known) -> pd.DataFrame:
    """Return every snapshot, newest first: `snapshot name meeting corte at actor`."""
    row = table(Snapshot)
    columns = (row.c[name] for name in ("snapshot", "name", "meeting", "corte", "at", "actor"))
    return frame(session, select(*columns).order_by(row.c.seq.desc()))


def find_snapshot(session: Known, code: str) -> Pinned | None:
    """Return the snapshot of an id, however it is spelt, or None."""
    query = select_model(Snapshot).where(table(Snapshot).c.snapshot == code.strip().lower())
    row = session.exec(query).first()
    return None if row is None else _pinned(row)


def snapshot(session: Known, code: str) -> Pinned:
    """Return the snapshot of an id. Raise StoreError for an unknown one."""
    pinned = find_snapshot(session, code)
    if pinned is None:
        raise StoreError(
            Problem(
                "unknown_snapshot",
                N_("This database has no such snapshot."),
                N_("Take an id of those that `crmdata snapshot list` lists."),
                value=code,
            )
        )
    return pinned


def every_snapshot(session: Known) -> list[Pinned]:
    """Return all snapshots, oldest first."""
    return [_pinned(row) for row in session.exec(select_model(Snapshot).order_by("seq"))]


def _pinned(row: Snapshot) -> Pinned:
    return Pinned(**{name: getattr(row, name) for name in Pinned.__dataclass_fields__})


@contextmanager
def as_of(engine: Engine, code: str = "") -> Iterator[Known]:
    """Yield a session whose questions know what a snapshot knew; everything without one.

    Raise StoreError for an unknown id.
    """
    with db.reading(engine) as session:
        session.pin = snapshot(session, code) if code else None
        yield session


@contextmanager
def knowing(session: Known, pin: Pinned | None) -> Iterator[None]:
    """Let a session know only what a snapshot knew for a while; everything for None."""
    before, session.pin = session.pin, pin
    try:
        yield
    finally:
        session.pin = before


def known_acts(until: int | None, seq: ColumnElement[int]) -> ColumnElement[bool]:
    """Tell which rows of the audit chain are known to whoever knows them up to one."""
    return true() if until is None else seq <= until


def known_versions(newest: int | None, number: ColumnElement[int]) -> ColumnElement[bool]:
    """Tell which plan versions are known to whoever knows them up to one."""
    return true() if newest is None else number <= newest
