"""What was reported, group by group: how many reports stand in each state, silence among them."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from crmdata.content import measured_rows, sentences, wording
from crmdata.content.destinations import Way
from crmdata.content.names import Name, Names
from crmdata.content.parts import Reach, StateBar, StateBars
from crmdata.i18n import Words
from crmdata.labels import NOT_APPLICABLE
from crmdata.measures import Measured
from crmdata.terms import COUNTED

Ways = Callable[[Any], Way | None]
"""Says where the bar of a group leads."""


def bars(
    measures: pd.DataFrame, names: Names, *, by: str, title: str, words: Words, ways: Ways,
    reach: bool = False,
) -> StateBars:  # fmt: skip
    """Return a bar a group, its due slots by state, with n of N and the coverage beside.

    `by` is the measures' column with the keys of `names`. A group of which nothing is expected
    says why in the place of its bar. With `reach` its progress and interval stand there too.
    """
    groups = measured_rows.aligned(measures, by, names)
    return StateBars(
        title,
        [
            bar(words, names[key], row, ways(key), reach=reach)
            for key, row in measured_rows.each(groups)
        ],
    )


def naming(part: StateBars, groups: Names, named: Collection[str]) -> StateBars:
    """Return the bars of groups, of which those `named` in the finding over them stand out."""
    each = zip(groups, part.bars, strict=True)
    return replace(part, bars=[bar._replace(named=key in named) for key, bar in each])


def bar(
    words: Words, name: Name, measured: Measured, way: Way | None, *, reach: bool = False
) -> StateBar:
    """Return the bar of one group."""
    if not measured.expected:
        return StateBar(name, {}, NOT_APPLICABLE, way, sentences.why_nothing(measured, words))
    counts = {str(state): int(getattr(measured, state)) for state in COUNTED}
    how_far = _reach(words, measured) if reach else None
    return StateBar(name, counts, _of(words, measured), way, reach=how_far)


def _reach(words: Words, measured: Measured) -> Reach:
    single = measured.progress if measured.reported and not measured.withheld else None
    progress = wording.progress(words, measured)
    return Reach(measured.low, measured.high, single, progress, wording.interval(words, measured))


def _of(words: Words, measured: Measured) -> str:
    """Return `n of N (79 %)`."""
    return words(
        "{n} of {N} ({share})", n=words.number(measured.reported),
        N=words.number(measured.expected), share=wording.share(words, measured),
    )  # fmt: skip


def summary(measures: pd.DataFrame, names: Names, *, by: str, words: Words, cutoff: date) -> str:
    """Say the sums, and which groups are silent or have nothing due."""
    groups = measured_rows.aligned(measures, by, names)
    states = sentences.states(measured_rows.total(groups), words)
    return sentences.of_groups(groups, names, words, cutoff, states)


def table(
    measures: pd.DataFrame, names: Names, *, by: str, group: str, words: Words
) -> pd.DataFrame:
    """Return a row a group: its name under the header `group`, N, n, coverage, the counts."""

    def said_of(measured: Measured) -> dict[str, Any]:
        share = {words("Coverage"): wording.share(words, measured)}
        return measured_rows.count_columns(measured, words) | share

    return measured_rows.table(measures, names, by=by, group=group, columns_of=said_of)
