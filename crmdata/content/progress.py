"""The progress of groups beside its interval, in sentences and in rows."""

from datetime import date
from typing import Any

import pandas as pd

from crmdata.content import frames, wording
from crmdata.content import sentences as said
from crmdata.content.names import Names
from crmdata.i18n import Words
from crmdata.measures import Measured


def summary(measures: pd.DataFrame, names: Names, *, by: str, words: Words, cutoff: date) -> str:
    """Say the coverage, how many groups show a progress and between which values."""
    groups = frames.aligned(measures, by, names)
    return said.of_groups(
        groups, names, words, cutoff,
        said.range_of_progress(groups, words), said.withheld_groups(groups, names, words),
    )  # fmt: skip


def table(
    measures: pd.DataFrame, names: Names, *, by: str, group: str, words: Words
) -> pd.DataFrame:
    """Return a row a group: its name under the header `group`, progress, interval, n, N."""

    def said_of(measured: Measured) -> dict[str, Any]:
        return {
            words("Reported progress"): wording.single(words, measured),
            words("Interval"): wording.interval(words, measured),
            words("Reported (n)"): measured.reported,
            words("Expected (N)"): measured.expected,
            words("Coverage"): wording.share(words, measured),
        }

    return frames.table(measures, names, by=by, group=group, said=said_of)
