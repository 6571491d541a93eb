"""The audit trail as somebody may see it: what happened for all, who did it for few."""

import pandas as pd

from crmdata.access import Action, Actor, may, require
from crmdata.store import queries
from crmdata.store.db import Known

PUBLIC = (
    "subject", "new", "corrections", "unchanged", "day", "role", "texts", "reason_es", "reason_en",
)  # fmt: skip
"""What the trail tells everybody of an act beside its kind, day and batch."""


def audit_for(session: Known, actor: Actor, *, limit: int | None = None) -> pd.DataFrame:
    """Return the audit trail, newest first: `seq at actor action object detail`.

    Names, file names and comments are left out of the rows whose author the actor may not see:
    a focal point sees its own. Raise AccessDenied.
    """
    require(actor, Action.SEE_AUDIT)
    rows = queries.audit_trail(session, limit=limit)
    visible = [
        may(actor, Action.SEE_AUDIT_NAMES, country=_country(actor, detail))
        for detail in rows["detail"]
    ]
    actors = [name if seen else "" for name, seen in zip(rows["actor"], visible, strict=True)]
    details = [
        detail if seen else {name: detail[name] for name in PUBLIC if name in detail}
        for detail, seen in zip(rows["detail"], visible, strict=True)
    ]
    return rows.assign(
        actor=pd.Series(actors, index=rows.index, dtype=object),
        detail=pd.Series(details, index=rows.index, dtype=object),
    )


def _country(actor: Actor, detail: dict[str, str]) -> str:
    """Return the actor's own country for an act of its own, else none."""
    return actor.country if detail.get("identity") == actor.identity else ""
