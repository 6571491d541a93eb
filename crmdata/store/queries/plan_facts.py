"""What a plan version says of itself, as a plain value that outlives the session."""

from dataclasses import dataclass
from datetime import date

from crmdata.store.db import Known
from crmdata.store.models import PlanVersion
from crmdata.store.queries.about_store import version_at
from crmdata.terms import PlanYears


@dataclass(frozen=True)
class PlanFacts(PlanYears):
    """What a plan version says of itself, with both languages side by side.

    A plan without a short title is called by its title.
    """

    version_id: int
    plan_id: str
    first_year: int
    year_columns: int
    period_from: int
    period_to: int
    title: tuple[str, str]
    short_title: tuple[str, str]
    objective: tuple[str, str]
    principle: tuple[str, str]
    footnote: tuple[str, str]


def plan_at(session: Known, cutoff: date) -> PlanFacts:
    """Return the plan version in force at a cut-off. Raise StoreError without any plan."""
    return plan_facts(version_at(session, cutoff))


def plan_facts(plan: PlanVersion) -> PlanFacts:
    """Return what a plan version says of itself."""
    return PlanFacts(
        version_id=plan.id,
        plan_id=plan.plan_id,
        first_year=plan.first_year,
        year_columns=plan.year_columns,
        period_from=plan.period_from,
        period_to=plan.period_to,
        title=(plan.title, plan.title_en),
        short_title=_short_title(plan),
        objective=(plan.objective, plan.objective_en),
        principle=(plan.principle, plan.principle_en),
        footnote=(plan.footnote, plan.footnote_en),
    )


def _short_title(plan: PlanVersion) -> tuple[str, str]:
    if not plan.short_title:
        return plan.title, plan.title_en
    return plan.short_title, plan.short_title_en
