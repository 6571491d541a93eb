"""Who supports an activity from when to when."""

from collections import defaultdict
from collections.abc import Iterable

import pandas as pd

from crmdata.content.calendar.inputs import Layers
from crmdata.content.records import records
from crmdata.content.wording import text_of
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.terms import CooperationState


def not_cancelled(cooperation: pd.DataFrame, activities: Iterable[str]) -> pd.DataFrame:
    """Return the lines of cooperation with these activities that were not cancelled."""
    return cooperation.loc[
        cooperation["activity"].isin(list(activities))
        & (cooperation["state"] != CooperationState.CANCELADA)
    ]


def sentences(layers: Layers, words: Words) -> dict[str, list[str]]:
    """Say of each activity who supports it from when to when."""
    sentences: dict[str, list[str]] = defaultdict(list)
    if layers.cooperation is None:
        return sentences
    for row in records(not_cancelled(layers.cooperation, layers.cooperation["activity"])):
        start, end = text_of(row.semester_from), text_of(row.semester_to)
        partner = text_of(row.partner) or words("no partner yet")
        when = "–".join(words.period(period) if period else "…" for period in (start, end))
        sentences[row.activity].append(f"{partner}, {label(words, row.state)} ({when})")
    return sentences
