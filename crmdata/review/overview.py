"""What waits, who is late, what happened: the secretariat's picture on a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlmodel import Session

from crmdata import measures, queries
from crmdata.access import Action, Actor, may
from crmdata.queries import Provisional
from crmdata.terms import Step


@dataclass(frozen=True)
class Standing:
    """The state of the reporting on a day."""

    stages: pd.DataFrame
    """As `measures.stages`."""
    submissions: pd.DataFrame
    """As `queries.submissions`: those that the actor may see."""

    @property
    def waiting(self) -> pd.DataFrame:
        """The batches that wait for the secretariat, the oldest first."""
        return self._at(Step.SUBMITTED)

    @property
    def sent_back(self) -> pd.DataFrame:
        """The batches that wait for their country, the oldest first."""
        return self._at(Step.SENT_BACK)

    def _at(self, step: Step) -> pd.DataFrame:
        return self.submissions.loc[self.submissions["step"].eq(step)].sort_values("last")


def overview(
    session: Session, actor: Actor, day: date, *, grace: int, limit: int | None = None
) -> Standing:
    """Return where every country's semesters stand on a day, and the batches behind it.

    An actor sees the batches that count, and of the others those it may see.
    """
    version = queries.version_at(session, day).id
    cells = measures.cells(
        queries.slots(session, version),
        queries.countries(session),
        queries.reports_in_force(session, day),
        day,
    )
    stages = measures.stages(
        cells, queries.batch_slots(session), queries.closed_semesters(session, day), day, grace
    )
    batches = queries.submissions(session, limit=limit)
    seen = [_may_see(actor, batch) for batch in batches.to_dict("records")]
    return Standing(stages, batches.loc[pd.Series(seen, index=batches.index, dtype=bool)])


def _may_see(actor: Actor, batch: dict[Any, Any]) -> bool:
    if batch["step"] in {Step.RECORDED, Step.ACCEPTED}:
        return True
    action = Action.SEE_SUBMITTED if batch["step"] == Step.SUBMITTED else Action.SEE_RETURNED
    countries, partners = batch["countries"] or [""], batch["partners"] or [""]
    return all(
        may(actor, action, country=country, partner=partner)
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
