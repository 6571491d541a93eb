"""Periods closed for a country, and what was reported on them afterwards."""

from datetime import date

import pandas as pd
from sqlalchemy import func, select

from crmdata.store.db import Known
from crmdata.store.models import ClosingAct
from crmdata.store.queries.frames import frame, table
from crmdata.store.queries.snapshots import known_acts
from crmdata.terms import Closing

_ACT = table(ClosingAct)


def closed_periods(session: Known, day: date = date.max) -> pd.DataFrame:
    """Return what is closed on a day: `country semester day actor text seq`, by country."""
    newest = (
        select(func.max(_ACT.c.seq))
        .where(_ACT.c.day <= day, known_acts(session.until, _ACT.c.seq))
        .group_by(_ACT.c.country, _ACT.c.semester)
    )
    query = (
        select(_ACT.c.country, _ACT.c.semester, _ACT.c.day, _ACT.c.actor, _ACT.c.text, _ACT.c.seq)
        .where(_ACT.c.seq.in_(newest), _ACT.c.step == Closing.CLOSED)
        .order_by(_ACT.c.country, _ACT.c.semester)
    )
    return frame(session, query)


def after_closing(session: Known, reports: pd.DataFrame) -> pd.Series:
    """Tell which reports came in while their period was closed.

    `reports` has `country semester entered`; the answer has their index.
    """
    acts = (
        select(_ACT.c.country, _ACT.c.semester, _ACT.c.seq, _ACT.c.step)
        .where(known_acts(session.until, _ACT.c.seq))
        .order_by(_ACT.c.seq)
    )
    steps_of: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for country, period, seq, step in session.execute(acts):
        steps_of.setdefault((country, period), []).append((seq, step))
    after = pd.Series(data=False, index=reports.index, dtype=bool)
    for slot, steps in steps_of.items():
        mine = reports["country"].eq(slot[0]) & reports["semester"].eq(slot[1])
        for seq, step in steps:
            # In order: a later act speaks for the reports that came after it.
            after[mine & (reports["entered"] > seq)] = step == Closing.CLOSED
    return after
