"""Whether a store is what was signed: what `status` says and a restore or redaction asks."""

from crmdata.errors import Problem
from crmdata.store import db
from crmdata.store.db import Known
from crmdata.workflow import snapshots


def proved(session: Known) -> list[Problem]:
    """Return all that is wrong with a store: what `status` says, a restore and a backup ask."""
    return [*db.verify_schema(session), *proved_rows(session)]


def proved_rows(session: Known) -> list[Problem]:
    """Return what of its rows is not as it was signed, derived or made."""
    return [*db.verify(session), *db.verify_plan(session), *snapshots.verify(session)]
