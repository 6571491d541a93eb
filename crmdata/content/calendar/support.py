"""Who supports an activity from when to when."""

from collections.abc import Iterable

import pandas as pd

from crmdata.terms import CooperationState


def not_cancelled(cooperation: pd.DataFrame, activities: Iterable[str]) -> pd.DataFrame:
    """Return the lines of cooperation with these activities that were not cancelled."""
    return cooperation.loc[
        cooperation["activity"].isin(list(activities))
        & (cooperation["state"] != CooperationState.CANCELADA)
    ]
