"""Lines of cooperation counted: who supports which activity, and what is only asked for."""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from crmdata.content import wording
from crmdata.content.names import Names
from crmdata.content.records import records
from crmdata.content.wording import text_of
from crmdata.files import SEPARATOR
from crmdata.i18n import Words
from crmdata.search import plain
from crmdata.terms import CooperationState
from crmdata.view import View

SUPPORTING = (
    CooperationState.EN_CURSO.value,
    CooperationState.CONCLUIDA.value,
    CooperationState.OFRECIDA.value,
)
"""The states that are support, the strongest first: the last is offered, the others are given.

What counts them together says “given or offered”; “supports” is said of what is given alone.
"""

NOBODY = "nobody"
"""Key of the column that says where no partner is."""

EVERYWHERE = "everywhere"
"""Key of the column of what is for the whole region."""


class Region(NamedTuple):
    """The party that stands for all members: its code, and what its process is called."""

    code: str
    process: str


class Support(NamedTuple):
    """What one partner does for one activity, all its lines of cooperation together."""

    state: str
    countries: frozenset[str]

    @property
    def is_offered(self) -> bool:
        """Whether all of it is offered, and none given yet."""
        return self.state == CooperationState.OFRECIDA


Supports = dict[tuple[str, str], Support]


def supports(cooperation: pd.DataFrame) -> Supports:
    """Return the support by partner and activity, with its strongest state."""
    by_pair: Supports = {}
    for row in records(cooperation):
        if not text_of(row.partner) or row.state not in SUPPORTING:
            continue
        key = (row.partner, row.activity)
        before = by_pair.get(key, Support(row.state, frozenset()))
        state = min(before.state, row.state, key=SUPPORTING.index)
        by_pair[key] = Support(
            state, before.countries | set(text_of(row.countries).split(SEPARATOR))
        )
    return by_pair


def requested(cooperation: pd.DataFrame) -> set[str]:
    """Return the activities for which support is asked for and no partner is named."""
    return {
        row.activity
        for row in records(cooperation)
        if row.state == CooperationState.SOLICITADA and not text_of(row.partner)
    }


def supported(by_pair: Supports) -> set[str]:
    """Return the activities that any partner supports."""
    return {activity for _, activity in by_pair}


def by_partner(view: View) -> pd.DataFrame:
    """Return `activity partner`, a row as often as a partner's support, a report or the plan says.

    Whoever works for a partner looks for an activity wherever its name stands.
    """
    support, reports = view.frame("cooperation"), view.frame("reports")
    support = support.loc[support["partner"].notna()]
    reported = reports.assign(partner=reports["partners"].str.split(SEPARATOR)).explode("partner")
    reported = reported.loc[reported["partner"].fillna("").ne("")]
    rows = (support, reported, view.frame("mentions"))
    return pd.concat([each[["activity", "partner"]] for each in rows], ignore_index=True)


def places(countries: Iterable[str], names: Names, words: Words, *, region: str) -> str:
    """Name parties alphabetically, the region last."""
    codes = set(countries)
    known = sorted((names[code].full for code in codes if code in names), key=plain)
    if region in codes:
        known.append(words("the whole region"))
    return wording.joined(words, known)
