"""The end of a writer's transaction, whose answer may be lost: then the store itself is asked."""

import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from crmdata.errors import N_, Problem, StoreError
from crmdata.store.db.causes import FAILURES, explanation
from crmdata.store.db.known import Known
from crmdata.store.models import Audit

ASK_SECONDS = 10
"""How long a database that was lost is waited for: one that is restarted comes back."""

Question = Callable[[Known], bool]

_LAST_ACT = "crmdata_last_act"


def remember(session: Known, act: Audit) -> None:
    """Keep by which act the store can be asked whether the transaction was committed."""
    session.info[_LAST_ACT] = (act.seq, act.hash)


def commit(session: Known, engine: Engine, done: Question | None = None) -> None:
    """Commit, and return where the store has it, whatever the answer was. Raise StoreError.

    `done` asks the store whether it has, in a session with the writer's lock; without it the
    last act is looked for.
    """
    session.flush()
    done = done or _last_act(session)
    try:
        session.commit()
    except DBAPIError as error:
        session.close()
        stored = _is_stored(engine, done, wait=error.connection_invalidated)
        if stored:
            return
        if stored is None and _in_doubt(error):
            raise StoreError(_UNKNOWN) from error
        problem = explanation(error)
        if problem is None:
            raise
        raise StoreError(problem) from error


def _last_act(session: Known) -> Question | None:
    if _LAST_ACT not in session.info:
        return None
    number, signature = session.info[_LAST_ACT]
    mine = select(Audit.seq).where(col(Audit.seq) == number, col(Audit.hash) == signature)
    return lambda asking: asking.exec(mine).first() is not None


def _is_stored(engine: Engine, done: Question | None, *, wait: bool) -> bool | None:
    """Tell whether the store has what was written; None where nobody can tell."""
    if done is None:
        return None
    writer = engine.execution_options(crmdata_purpose="write")
    until = time.monotonic() + (ASK_SECONDS if wait else 0)
    while True:
        try:
            # The lock is had once the transaction in doubt has ended, one way or the other.
            with Known(writer) as session:
                return done(session)
        except FAILURES:
            if time.monotonic() > until:
                return None
            time.sleep(0.25)


def _in_doubt(error: DBAPIError) -> bool:
    """Tell whether a COMMIT that failed may have been done all the same."""
    name: Any = getattr(error.orig, "sqlite_errorname", "")
    return error.connection_invalidated or name.startswith("SQLITE_IOERR")


_UNKNOWN = Problem(
    "outcome_unknown",
    N_("The database was lost before it answered: it is not known whether this was written."),
    N_(
        "Look whether it is there once the database answers again (`crmdata status`). A file may "
        "be sent again: what is stored is recognised."
    ),
)
