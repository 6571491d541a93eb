"""Why a backup cannot be taken or put back, each with its way out. The store stays as it was."""

from collections.abc import Sequence

from crmdata.errors import N_, Problem, StoreError

OF_THE_MACHINE = frozenset(
    {"busy", "disk_error", "disk_full", "locked", "outcome_unknown", "read_only", "unreachable"}
)
"""Rules of `crmdata.store.db.engine` that say nothing against a backup."""

MOST = 3
"""Problems of a backup that are said one by one."""


def damaged(name: str, detail: object) -> StoreError:
    """Return what is said of a backup that cannot be read as one."""
    message = N_("This backup is damaged ({detail}).")
    way_out = N_("Take another backup. The database was left as it was.")
    return _refused("damaged_backup", message, way_out, name, detail=detail)


def foreign(name: str) -> StoreError:
    """Return what is said of a file that is no backup of this software's data."""
    message = N_("This is not a backup of this software's data.")
    way_out = N_("Name a file that `crmdata backup` wrote. The database was left as it was.")
    return _refused("foreign_backup", message, way_out, name)


def newer(name: str, revision: str, head: str) -> StoreError:
    """Return what is said of a backup whose schema this software does not know."""
    message = N_("This backup has the schema {revision}; this version knows schemas up to {head}.")
    way_out = N_("Install the version that wrote it. The database was left as it was.")
    return _refused("newer_backup", message, way_out, name, revision=revision, head=head)


def other_database(name: str, database: str) -> StoreError:
    """Return what is said of the other database's backup."""
    message = N_("This is a backup of {database}; the database here is not.")
    way_out = N_("Name such a database with CRMDATA_DATABASE_URL, and restore there.")
    return _refused("other_database", message, way_out, name, database=database)


def other_store(name: str) -> StoreError:
    """Return what is said of a backup of another store than the one that it would replace."""
    message = N_("This is a backup of another store: its audit trail begins otherwise.")
    way_out = N_("Restore it into a database of its own: name a new one in CRMDATA_DATABASE_URL.")
    return _refused("other_store", message, way_out, name)


def unproved(name: str, problems: Sequence[Problem]) -> StoreError:
    """Return what is said of a backup that does not hold what its audit chain says."""
    message = N_("This backup is not what was stored; {n} of its proofs fail.")
    way_out = N_("Take another backup. The database was left as it was.")
    head = Problem("unproved_backup", message, way_out, name, values={"n": len(problems)})
    return StoreError([head, *(problem.located(name) for problem in problems[:MOST])])


def missing_program(program: str) -> StoreError:
    """Return what is said where a program of PostgreSQL's is missing."""
    message = N_("{file} is not installed.")
    way_out = N_("Install PostgreSQL's client programs.")
    return StoreError(Problem("no_program", message, way_out, values={"file": program}))


def _refused(rule: str, message: str, way_out: str, name: str, **values: object) -> StoreError:
    return StoreError(Problem(rule, message, way_out, name, values=values))
