"""Who supports an activity from when to when."""

from collections import defaultdict
from collections.abc import Iterable

import pandas as pd

from crmdata.content.calendar.inputs import Layers
from crmdata.content.records import records
from crmdata.content.wording import given
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.terms import CooperationState


def kept(cooperation: pd.DataFrame, activities: Iterable[str]) -> pd.DataFrame:
    """Return the lines of cooperation with these activities that were not cancelled."""
    return cooperation.loc[
        cooperation["activity"].isin(list(activities))
        & (cooperation["state"] != CooperationState.CANCELADA)
    ]


def told(layers: Layers, words: Words) -> dict[str, list[str]]:
    """Say of each activity who supports it from when to when."""
    found: dict[str, list[str]] = defaultdict(list)
    if layers.cooperation is None:
        return found
    for row in records(kept(layers.cooperation, layers.cooperation["activity"])):
        start, end = given(row.semester_from), given(row.semester_to)
        partner = given(row.partner) or words("no partner yet")
        when = "–".join(words.period(period) if period else "…" for period in (start, end))
        found[row.activity].append(f"{partner}, {label(words, row.state)} ({when})")
    return found
