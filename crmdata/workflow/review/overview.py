"""What waits, who is late, what happened: the secretariat's picture on a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from crmdata import measures
from crmdata.access import Action, Actor, may, require
from crmdata.store import queries
from crmdata.store.db import Known
from crmdata.store.queries import Provisional
from crmdata.terms import Step


@dataclass(frozen=True)
class StandingOfReports:
    """The state of the reporting on a day."""

    stages: pd.DataFrame
    """As `measures.stages`."""
    submissions: pd.DataFrame
    """As `queries.submissions`: those that the actor may see."""
    returned: pd.DataFrame
    """As `queries.returned`: the reports of these batches that were sent back and not answered."""
    unanswered: frozenset[int]
    """The batches with something that was sent back and not answered."""

    @property
    def waiting(self) -> pd.DataFrame:
        """The batches of which something waits for the secretariat, the oldest first."""
        return self._at(Step.SUBMITTED).sort_values("last")

    @property
    def sent_back(self) -> pd.DataFrame:
        """The batches of which something waits for its country, the oldest first."""
        batches = self._at(Step.SENT_BACK)
        return batches.loc[batches["batch_id"].isin(self.unanswered)].sort_values("last")

    def _at(self, step: Step) -> pd.DataFrame:
        stands = [step in counts for counts in self.submissions["counts"]]
        return self.submissions.loc[pd.Series(stands, index=self.submissions.index, dtype=bool)]


def overview(
    session: Known, actor: Actor, day: date, *, limit: int | None = None
) -> StandingOfReports:
    """Return where every country's periods stand on a day, and the batches behind it.

    An actor sees the batches that count, and of the others those it may see.
    """
    version = queries.version_at(session, day).id
    members = queries.countries(session)
    cells = measures.cells(
        queries.slots(session, version), members, queries.reports_in_force(session, day), day
    )
    stages = measures.stages(
        cells,
        queries.answered_slots(session),
        queries.closed_periods(session, day),
        day,
        queries.thresholds(session).grace_days,
        members=frozenset(members["country"]),
    )
    batches = queries.submissions(session, limit=limit)
    seen = [_may_see(actor, batch) for batch in batches.to_dict("records")]
    batches = batches.loc[pd.Series(seen, index=batches.index, dtype=bool)]
    returned = queries.returned(session)
    own = returned.loc[returned["batch_id"].isin(batches["batch_id"])]
    unanswered = {*own["batch_id"], *queries.unanswered(session)}
    return StandingOfReports(stages, batches, own, frozenset(unanswered))


def lines_of(session: Known, actor: Actor) -> pd.DataFrame:
    """Return what an actor's partner said of its cooperation, as `queries.lines_of`.

    Raise AccessDenied for who speaks for no partner.
    """
    require(actor, Action.SEE_RETURNED, partner=actor.partner)
    return queries.lines_of(session, actor.partner)


_SEEN_BY: dict[str, Action] = {
    Step.SUBMITTED: Action.SEE_SUBMITTED,
    Step.SENT_BACK: Action.SEE_RETURNED,
    Step.WITHDRAWN: Action.SEE_RETURNED,
}
"""What somebody needs to see a batch with rows at a step; what counts is for all."""


def _may_see(actor: Actor, batch: dict[Any, Any]) -> bool:
    countries, partners = batch["countries"] or [""], batch["partners"] or [""]
    return all(
        may(actor, action, country=country, partner=partner)
        for action in {_SEEN_BY[step] for step in batch["counts"] if step in _SEEN_BY}
        for country in countries
        for partner in partners
    )


def provisional_for(actor: Actor) -> Provisional | None:
    """Return whose submitted reports an actor may see beside the accepted ones; None for none."""
    if may(actor, Action.SEE_SUBMITTED):
        return Provisional()
    if may(actor, Action.SEE_SUBMITTED, country=actor.country, partner=actor.partner):
        return Provisional(actor.country, actor.partner)
    return None
