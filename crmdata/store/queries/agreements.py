"""What meetings agreed on."""

from typing import Any

import pandas as pd
from sqlalchemy import ScalarSelect, Select, and_, func, select

from crmdata.store.db import Known
from crmdata.store.models import Agreement
from crmdata.store.queries.frames import frame, table
from crmdata.store.queries.snapshots import known_acts
from crmdata.terms import AgreementStep

_NOTED = table(Agreement)

_SAID = ("line", "activity", "country", "text", "party", "partner", "due_on")
_COLUMNS = ("agreement", "agreed_on", "meeting", "line", "activity", "country", "text", "noted_at",
           "withdrawn_on", "withdrawn_reason", "number", "party", "partner", "due_on", "done_on",
           "done_how")  # fmt: skip
_MISSING = ("line", "activity", "country", "party", "partner", "due_on", "done_on", "done_how",
            "withdrawn_on", "withdrawn_reason")  # fmt: skip


def agreements(session: Known) -> pd.DataFrame:
    """Return every agreement, earliest first, done and withdrawn ones too.

    Columns `agreement agreed_on meeting line activity country text noted_at withdrawn_on
    withdrawn_reason number party partner due_on done_on done_how`; what an agreement has not is
    None, `meeting` then `""`. `agreement` is its row of the audit chain, `number` counts them
    from 1 as they were noted: that is the one people see. `party` or `partner` answers for it;
    what was opened again is as if it had never been done.
    """
    gone, done = _NOTED.alias("gone"), _NOTED.alias("done")
    withdrawn = and_(gone.c.step == AgreementStep.WITHDRAWN, known_acts(session.until, gone.c.seq))
    query = (
        _noted()
        .add_columns(
            done.c.day.label("done_on"),
            done.c.text.label("done_how"),
            gone.c.day.label("withdrawn_on"),
            gone.c.text.label("withdrawn_reason"),
        )
        .select_from(
            _NOTED.outerjoin(gone, and_(gone.c.agreement == _NOTED.c.seq, withdrawn)).outerjoin(
                done, and_(done.c.seq == _last_step(session), done.c.step == AgreementStep.DONE)
            )
        )
        .where(_NOTED.c.step == AgreementStep.NOTED, known_acts(session.until, _NOTED.c.seq))
        .order_by(_NOTED.c.day, _NOTED.c.seq)
    )
    rows = frame(session, query)
    plain = {name: rows[name].astype(object).where(rows[name].notna(), None) for name in _MISSING}
    return rows.assign(**plain, number=rows["agreement"].rank().astype(int))[list(_COLUMNS)]


def _noted() -> Select[Any]:
    return select(
        _NOTED.c.agreement,
        _NOTED.c.day.label("agreed_on"),
        _NOTED.c.meeting,
        *(_NOTED.c[name] for name in _SAID),
        _NOTED.c.at.label("noted_at"),
    )


def _last_step(session: Known) -> ScalarSelect[Any]:
    """Return the last act by which an agreement was done or opened again."""
    steps = _NOTED.alias("steps")
    return (
        select(func.max(steps.c.seq))
        .where(
            steps.c.agreement == _NOTED.c.seq,
            steps.c.step.in_([AgreementStep.DONE, AgreementStep.REOPENED]),
            known_acts(session.until, steps.c.seq),
        )
        .correlate(_NOTED)
        .scalar_subquery()
    )
