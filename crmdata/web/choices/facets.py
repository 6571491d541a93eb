"""Filters with counts: which activities pass, and how many would if something else were chosen.

A facet is a frame of pairs, `activity value`; an activity may stand in it several times.
"""

from collections.abc import Iterable, Mapping

import pandas as pd

Facets = Mapping[str, pd.DataFrame]


def pairs(activities: Iterable[str], values: Iterable[object]) -> pd.DataFrame:
    """Return a facet, each pair once."""
    rows = list(zip(activities, values, strict=True))
    return pd.DataFrame(rows, columns=["activity", "value"], dtype=object).drop_duplicates()


def matching(
    codes: Iterable[str], facets: Facets, chosen: Mapping[str, object], *, but: str = ""
) -> list[str]:
    """Return the activities that have every chosen value, in their order; `but` one facet."""
    matches = list(codes)
    for name, value in chosen.items():
        if value is None or name == but:
            continue
        facet = facets[name]
        having = set(facet.loc[facet["value"] == value, "activity"])
        matches = [code for code in matches if code in having]
    return matches


def counts(
    codes: Iterable[str], facets: Facets, chosen: Mapping[str, object], name: str
) -> dict[object, int]:
    """Return how many activities each value of a facet would leave, the others as chosen."""
    open_to = matching(codes, facets, chosen, but=name)
    facet = facets[name]
    within = facet.loc[facet["activity"].isin(open_to)]
    return {value: int(count) for value, count in within["value"].value_counts().items()}
