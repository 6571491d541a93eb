"""What meetings agreed on."""

import pandas as pd
from sqlalchemy import and_, select

from crmdata.store.db import Known
from crmdata.store.models import Agreement
from crmdata.store.queries.frames import frame, table
from crmdata.store.queries.pinned import known_acts
from crmdata.terms import AgreementStep


def agreements(session: Known) -> pd.DataFrame:
    """Return every agreement, earliest first, withdrawn ones too.

    Columns `agreement agreed_on meeting line activity country text noted_at withdrawn_on
    withdrawn_reason number`; what an agreement has not is None, `meeting` then `""`.
    `agreement` is its row of the audit chain, `number` counts them from 1 as they were noted:
    that is the one people see.
    """
    noted = table(Agreement)
    gone = noted.alias("gone")
    query = (
        select(
            noted.c.agreement,
            noted.c.day.label("agreed_on"),
            noted.c.meeting,
            noted.c.line,
            noted.c.activity,
            noted.c.country,
            noted.c.text,
            noted.c.at.label("noted_at"),
            gone.c.day.label("withdrawn_on"),
            gone.c.text.label("withdrawn_reason"),
        )
        .select_from(
            noted.outerjoin(
                gone,
                and_(
                    gone.c.agreement == noted.c.seq,
                    gone.c.step == AgreementStep.WITHDRAWN,
                    known_acts(session.until, gone.c.seq),
                ),
            )
        )
        .where(noted.c.step == AgreementStep.NOTED, known_acts(session.until, noted.c.seq))
        .order_by(noted.c.day, noted.c.seq)
    )
    found = frame(session, query)
    missing = ("line", "activity", "country", "withdrawn_on", "withdrawn_reason")
    plain = {name: found[name].astype(object).where(found[name].notna(), None) for name in missing}
    number = found["agreement"].rank().astype(int)
    return found.assign(**plain, number=number)
