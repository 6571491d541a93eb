"""Activities counted as people ask for them: in how many does every country report fulfilled."""

from collections.abc import Collection
from typing import NamedTuple

import pandas as pd

from crmdata.terms import State


class Fulfilment(NamedTuple):
    """How many activities there are, and in how many all or none of the members are done."""

    activities: int
    by_all: int
    """Every member last reported it fulfilled, but those to whom it does not apply."""
    by_none: int
    """No member last reported it fulfilled."""


def last_states(states: pd.DataFrame, members: Collection[str]) -> pd.DataFrame:
    """Return what each member last reported of each activity: `activity country state`.

    `states` are the reports in force, those outside the calendar too; the last is that of the
    latest period, so that a correction of an old one changes nothing.
    """
    own = states.loc[states["country"].isin(list(members))]
    last = own.sort_values("semester", kind="stable").drop_duplicates(
        ["activity", "country"], keep="last"
    )
    return last[["activity", "country", "state"]].reset_index(drop=True)


def fulfilment(
    activities: Collection[str], states: pd.DataFrame, members: Collection[str]
) -> Fulfilment:
    """Return how many activities all members have fulfilled, and how many none of them."""
    last = last_states(states, members)
    applies = last.loc[last["state"].ne(State.NO_APLICA)]
    done = applies.loc[applies["state"].eq(State.CUMPLIDA), "activity"].value_counts().to_dict()
    apart = last.loc[last["state"].eq(State.NO_APLICA), "activity"].value_counts().to_dict()
    own = list(activities)
    by_all = sum(code in done and done[code] == len(members) - apart.get(code, 0) for code in own)
    return Fulfilment(len(own), by_all, sum(code not in done for code in own))
