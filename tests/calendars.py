"""The calendar of the plan in a database, for tests of what it is exported to."""

from dataclasses import replace

from sqlmodel import Session

from crmdata.content import calendar
from crmdata.store import queries
from crmdata.store.models import PlanVersion


def plan_of(session: Session, version: PlanVersion) -> calendar.Plan:
    """Return a plan version whole, its results with their deliveries."""
    frames = {
        name: getattr(queries, name)(session, version.id)
        for name in ("axes", "lines", "activities", "marks")
    }
    plan = calendar.Plan.of(queries.plan_facts(version), **frames)
    results = queries.results(session, version.id)
    return replace(plan, results=calendar.deliveries(plan, results))
