"""Snapshots, and questions that know only what the store knew when one was made.

The store is append-only, and every act has its number in the audit chain. A picture is therefore
fixed by its cut-off and the last number that it may know of: later reports, corrections,
acceptances, withdrawals, closings, agreements, meetings and plan versions have higher ones,
whatever date they bear. What has no number, the names of countries and partners and the rules
of the deployment, a snapshot keeps itself.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Engine, select, true
from sqlmodel import Session
from sqlmodel import select as select_model

from crmdata import db
from crmdata.errors import N_, Problem, StoreError
from crmdata.models import Snapshot
from crmdata.queries.frames import frame, table

_KNOWN: ContextVar["Pinned | None"] = ContextVar("known", default=None)
"""What questions may know. All that ask which acts count come through here: it is no argument of
each, so that a new question cannot leave it out."""


@dataclass(frozen=True)
class Pinned:
    """A snapshot: what it is of, and what a session may know that shows it.

    `until` is the last row of the audit chain, `version_id` the newest plan version, `at` when
    it was made (UTC); `places` holds the rows of countries and partners as JSON.
    """

    snapshot: str
    content_sha256: str
    name: str
    meeting: str
    corte: date
    at: str
    until: int
    version_id: int
    threshold: float
    grace_days: int
    places: str

    @property
    def digest(self) -> str:
        """The hash of what it showed when it was made, without the name of its form."""
        return self.content_sha256.rpartition(":")[2]

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Return the rows of a table of places, `country` or `partner`, as they were."""
        kept: list[dict[str, Any]] = json.loads(self.places)[name]
        return kept


def snapshots(session: Session) -> pd.DataFrame:
    """Return every snapshot, newest first: `snapshot name meeting corte at actor`."""
    row = table(Snapshot)
    columns = (row.c[name] for name in ("snapshot", "name", "meeting", "corte", "at", "actor"))
    return frame(session, select(*columns).order_by(row.c.seq.desc()))


def find_snapshot(session: Session, code: str) -> Pinned | None:
    """Return the snapshot of an id, however it is spelt, or None."""
    asked = select_model(Snapshot).where(table(Snapshot).c.snapshot == code.strip().lower())
    row = session.exec(asked).first()
    return None if row is None else _pinned(row)


def snapshot(session: Session, code: str) -> Pinned:
    """Return the snapshot of an id. Raise StoreError for an unknown one."""
    found = find_snapshot(session, code)
    if found is None:
        raise StoreError(
            Problem(
                "unknown_snapshot",
                N_("This database has no such snapshot."),
                N_("Take an id of those that `crmdata snapshot list` lists."),
                value=code,
            )
        )
    return found


def every_snapshot(session: Session) -> list[Pinned]:
    """Return all snapshots, oldest first."""
    return [_pinned(row) for row in session.exec(select_model(Snapshot).order_by("seq"))]


def _pinned(row: Snapshot) -> Pinned:
    return Pinned(**{name: getattr(row, name) for name in Pinned.__dataclass_fields__})


@contextmanager
def opened(engine: Engine, code: str = "") -> Iterator[Session]:
    """Yield a session whose questions know what a snapshot knew; everything without one.

    Raise StoreError for an unknown id.
    """
    with db.reading(engine) as session, knowing(snapshot(session, code) if code else None):
        yield session


@contextmanager
def knowing(known: Pinned | None) -> Iterator[None]:
    """Let every question asked within know only what a snapshot knew; everything for None."""
    token = _KNOWN.set(known)
    try:
        yield
    finally:
        _KNOWN.reset(token)


def pinned() -> Pinned | None:
    """Return the snapshot that questions are asked of now, or None for the store as it is."""
    return _KNOWN.get()


def known_acts(seq: ColumnElement[int]) -> ColumnElement[bool]:
    """Tell which rows of the audit chain a question may know of."""
    known = pinned()
    return true() if known is None else seq <= known.until


def known_versions(number: ColumnElement[int]) -> ColumnElement[bool]:
    """Tell which plan versions a question may know of."""
    known = pinned()
    return true() if known is None else number <= known.version_id
