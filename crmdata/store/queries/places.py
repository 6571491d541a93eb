"""Countries, partners and meetings."""

from typing import Any

import pandas as pd
from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel import select as select_model

from crmdata.store.db import Known
from crmdata.store.models import Country, Meeting, Partner
from crmdata.store.queries.frames import frame, table
from crmdata.store.queries.standing import accepted, standing_so


def countries(session: Known) -> pd.DataFrame:
    """Return the members: `country name_es name_en tile_row tile_column`, by code."""
    country = table(Country)
    if (known := session.pin) is not None:
        members = [row for row in known.rows("country") if row["member"]]
        return _frame(members).drop(columns="member")
    columns = [column for column in country.c if column.name != "member"]
    query = select(*columns).where(country.c.member.is_(True)).order_by(country.c.country)
    return frame(session, query)


def region(session: Known) -> Country | None:
    """Return the row of the region itself, which is no country."""
    if (known := session.pin) is not None:
        return next((Country(**row) for row in known.rows("country") if not row["member"]), None)
    return session.exec(select_model(Country).where(col(Country.member).is_(False))).first()


def partners(session: Known) -> pd.DataFrame:
    """Return `partner acronym_en name_es name_en`, by code."""
    if (known := session.pin) is not None:
        return _frame(known.rows("partner"))
    partner = table(Partner)
    return frame(session, select(partner).order_by(partner.c.partner))


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return the rows that a snapshot kept as the database would have given them."""
    return pd.DataFrame(rows, dtype=object).infer_objects()


def meetings(session: Known) -> pd.DataFrame:
    """Return the named cut-offs, earliest first: `meeting name_es name_en held_on corte`."""
    meeting = table(Meeting)
    newest = (
        select(func.max(meeting.c.id))
        .where(standing_so(session, meeting, accepted))
        .group_by(meeting.c.meeting)
    )
    columns = [column for column in meeting.c if column.name not in {"id", "batch_id"}]
    query = select(*columns).where(meeting.c.id.in_(newest))
    return frame(session, query.order_by(meeting.c.corte, meeting.c.meeting))
