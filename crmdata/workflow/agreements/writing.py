"""What every step of an agreement is: a row in the audit chain, and its own that says the same."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from crmdata.access import Actor
from crmdata.errors import Problem
from crmdata.intake.reports.held_texts import settle_text
from crmdata.store import db
from crmdata.store.db import Known
from crmdata.store.models import Agreement
from crmdata.terms import AgreementStep

LONGEST = 600
"""Characters of an agreement: it is to be read from the back of a hall."""


def write(
    session: Known,
    actor: Actor,
    step: AgreementStep,
    of: int | None,
    values: Mapping[str, Any],
    *,
    confirmed: bool,
) -> int:
    """Write the act's row in the audit chain and its own; return the row that noted it.

    `of` is that row, None for the one that notes it. Raise Held where the text looks
    like one person's data and is not `confirmed` to be none.
    """
    settled = settle_text("text", values["text"], confirmed=confirmed)
    told = {"role": actor.role.value, "identity": actor.identity, **values}
    days = {name: each.isoformat() for name, each in told.items() if isinstance(each, date)}
    row = db.audit(
        session,
        actor=actor.name,
        action=db.AGREEMENT_ACTIONS[step],
        object="agreement" if of is None else f"agreement:{of}",
        detail=told | settled | days,
    )
    number = row.seq if of is None else of
    own: dict[str, Any] = {
        "seq": row.seq,
        "agreement": number,
        "step": step,
        "at": row.at,
        "actor": row.actor,
    }
    session.add(Agreement(**own, **told))
    session.flush()
    return number


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as dicts."""
    return [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")]


def problem(rule: str, message: str, way_out: str, value: str = "", **values: object) -> Problem:
    """Return what is wrong, about a value."""
    return Problem(rule, message, way_out, values={"value": value, **values})
