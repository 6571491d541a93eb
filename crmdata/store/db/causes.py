"""What the databases say of locks, disks and rights, in sentences that name the way out.

Those that tell a writer that nothing was written are said of what failed before the COMMIT, or was
asked after it (`crmdata.store.db.committing`).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from crmdata.errors import N_, Problem, StoreError

FAILURES = (DBAPIError, NoConnectionLeft)
"""What SQLAlchemy raises where a database, or the pool of connections to it, fails."""

_CAUSES = (
    (
        ("queuepool limit",),
        "busy",
        N_("Too many people are reading at this moment."),
        N_("Try again in a moment."),
    ),
    (
        ("statement timeout",),
        "too_slow",
        N_("The database took too long to answer."),
        N_("Try again in a moment. If it happens again, tell whoever runs this server."),
    ),
    (
        ("database is locked", "lock timeout", "lock_not_available", "deadlock detected"),
        "locked",
        N_("Another import is running."),
        N_("Wait a moment and try again; nothing was written."),
    ),
    (
        ("disk is full", "no space left"),
        "disk_full",
        N_("There is no space left on the disk."),
        N_("Make room and try again; nothing was written."),
    ),
    (
        ("sqlite_readonly_rollback",),
        "cut_off",
        N_("An import was cut off, and this process may not put the database in order."),
        N_("Run `crmdata status`, which does."),
    ),
    (
        ("disk i/o error", "input/output error", "could not write", "could not fsync"),
        "disk_error",
        N_("The disk could not be written or read."),
        N_("Check the disk, then try again; nothing was written."),
    ),
    (
        ("in a read-only transaction", "during recovery"),
        "read_only",
        N_("The database can be read but not written."),
        N_("Write to the main one, as its owner (CRMDATA_DATABASE_URL); nothing was written."),
    ),
    (
        ("conflict with recovery",),
        "unreachable",
        N_("The database is taking in changes and broke off a question."),
        N_("Try again in a moment."),
    ),
    (
        (
            "starting up",
            "shutting down",
            "terminating connection",
            "connection unexpectedly",
            "connection is closed",
            "connection is lost",
            "consuming input failed",
            "not yet accepting connections",
        ),
        "unreachable",
        N_("The database is being restarted."),
        N_("Try again in a moment; nothing was written."),
    ),
    (
        ("readonly database", "read-only"),
        "read_only",
        N_("The database can be read but not written."),
        N_("Check the rights on its file and folder; nothing was written."),
    ),
    (
        ("append-only",),
        "append_only",
        N_("What was reported is never changed or erased."),
        N_("Import a correction instead."),
    ),
    (
        ("not a database", "malformed"),
        "damaged",
        N_("The database file is damaged or is not a database."),
        N_("Restore a backup with `crmdata restore`."),
    ),
    (
        (
            "unable to open",
            "connection refused",
            "connection failed",
            "could not connect",
            "connection timeout",
        ),
        "unreachable",
        N_("The database cannot be opened."),
        N_("Check CRMDATA_DATABASE_URL, the file's rights or the server."),
    ),
)
_LOCKED_FOR_READERS = Problem(
    "locked",
    N_("The database is taken by another task, such as a restore or an upgrade."),
    N_("Try again in a moment."),
)


@contextmanager
def explained(*, reads: bool = False) -> Iterator[None]:
    """Turn what the databases say into a StoreError, for a reader or for a writer."""
    try:
        yield
    except FAILURES as error:
        problem = explanation(error, reads=reads)
        if problem is None:
            raise
        raise StoreError(problem) from error


def is_transient(error: Exception) -> bool:
    """Tell whether a database's error says nothing of what it holds: it is busy, or away."""
    problem = explanation(error)
    return problem is not None and problem.rule in {"locked", "busy", "too_slow", "unreachable"}


def explanation(error: Exception | str, *, reads: bool = False) -> Problem | None:
    """Return the sentence for what a database says, or None for what is not foreseen."""
    cause = getattr(error, "orig", None) or error
    text = f"{cause} {getattr(cause, 'sqlite_errorname', '')}".lower()
    for signs, rule, message, way_out in _CAUSES:
        if any(sign in text for sign in signs):
            if reads and rule == "locked":
                return _LOCKED_FOR_READERS
            return Problem(rule, message, way_out)
    return None
