"""What countries say beside their figures, for a meeting."""

import pandas as pd
from sqlalchemy import select

from crmdata.files import Subject
from crmdata.store.db import Known
from crmdata.store.models import Observation
from crmdata.store.queries.frames import frame, table
from crmdata.store.queries.reports import without_withdrawn
from crmdata.store.queries.rows_that_count import accepted, standing_so

_OBSERVATION = table(Observation)
_SAID = ("batch_id", "country", "meeting", "observation", "reported_on")
_COLUMNS = (_OBSERVATION.c.id.label("observation_id"), *(_OBSERVATION.c[name] for name in _SAID))


def observations(session: Known, *, with_texts: bool = False) -> pd.DataFrame:
    """Return what each country last said for each meeting, of what counts.

    Columns `observation_id batch_id country meeting observation reported_on`. One is written for
    a meeting after its cut-off, so it belongs to the meeting and to no day. The text of what is
    withdrawn by now is left out, unless asked for `with_texts`.
    """
    query = select(*_COLUMNS).where(standing_so(session, _OBSERVATION, accepted))
    found = frame(session, query.order_by(_OBSERVATION.c.reported_on, _OBSERVATION.c.id))
    last = found.drop_duplicates(["country", "meeting"], keep="last")
    last = last.sort_values(["meeting", "country"], ignore_index=True)
    return last if with_texts else without_withdrawn(session, last, Subject.OBSERVATIONS)


def observations_of_batch(session: Known, batch_id: int) -> pd.DataFrame:
    """Return the observations of a batch, counted or not, in the order of its file."""
    query = select(*_COLUMNS).where(_OBSERVATION.c.batch_id == batch_id)
    return frame(session, query.order_by(_OBSERVATION.c.id))
