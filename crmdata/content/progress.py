"""The progress of groups beside its interval, in sentences and in rows."""

from datetime import date
from typing import Any

import pandas as pd

from crmdata.content import composition, measured_rows, sentences, wording
from crmdata.content.names import Names
from crmdata.content.parts import BarGroup, ProgressIntervals, SmallTrends, Trend
from crmdata.i18n import Words
from crmdata.measures import Measured


def intervals(
    measures: pd.DataFrame, names: Names, *, by: str, title: str, words: Words,
    ways: composition.Ways,
) -> ProgressIntervals:  # fmt: skip
    """Return how far each group is, and the interval in which its progress would lie."""
    rows = composition.bars(measures, names, by=by, title=title, words=words, ways=ways, reach=True)
    return ProgressIntervals(title, rows.bars)


def over_time(measures: pd.DataFrame, periods: Names, *, title: str, words: Words) -> Trend:
    """Return what was reported of each period; `measures` as of `measures.trend`."""
    rows = composition.bars(measures, periods, by="semester", title=title, words=words,
                            ways=lambda _: None)  # fmt: skip
    return Trend(title, rows.bars)


def panels(
    measures: pd.DataFrame, groups: Names, periods: Names, *, by: str, title: str, words: Words
) -> SmallTrends:
    """Return the same of each group, `measures` with a row a `by` and `semester`."""
    groups_drawn = []
    for key, name in groups.items():
        own = measures.loc[measures[by].eq(key)]
        trend = over_time(own, periods, title=name.text, words=words)
        total = measured_rows.total(measured_rows.aligned(own, "semester", periods))
        groups_drawn.append(BarGroup(name, wording.n_of(words, total), trend.periods))
    largest = max(
        (sum(bar.counts.values()) for panel in groups_drawn for bar in panel.bars), default=0
    )
    scale = words("One scale: the highest column is {count} expected reports",
                  count=words.number(largest))  # fmt: skip
    return SmallTrends(title, groups_drawn, scale)


def summary(measures: pd.DataFrame, names: Names, *, by: str, words: Words, cutoff: date) -> str:
    """Say the coverage, how many groups show a progress and between which values."""
    groups = measured_rows.aligned(measures, by, names)
    return sentences.of_groups(
        groups, names, words, cutoff,
        sentences.range_of_progress(groups, words), sentences.withheld_groups(groups, names, words),
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

    return measured_rows.table(measures, names, by=by, group=group, columns_of=said_of)
