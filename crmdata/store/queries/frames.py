"""How a query becomes a frame. What the questions share."""

from typing import Any

import pandas as pd
from sqlalchemy import Select, Table, select

from crmdata.store.db import Known


def table(model: Any) -> Table:
    """Return the table behind a model, for queries that need no objects."""
    behind: Table = model.__table__
    return behind


def frame(session: Known, query: Select[Any]) -> pd.DataFrame:
    """Run a query and return its rows under the names of its columns."""
    result = session.execute(query)
    # dtype=object keeps dates as dates; texts and numbers are inferred afterwards. SQLAlchemy's own
    # rows would take pandas ten times as long as tuples.
    tuples = list(map(tuple, result.all()))
    rows = pd.DataFrame(tuples, columns=list(result.keys()), dtype=object)
    return rows.infer_objects()


def of_version(rows: Table, version_id: int) -> Select[Any]:
    """Select a plan version's rows of a table, without the version's number."""
    columns = [column for column in rows.c if column.name != "version_id"]
    return select(*columns).where(rows.c.version_id == version_id)
