"""What the database already knows and a file must agree with: codes, periods, slots, kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, func, select

from crmdata import clock
from crmdata.intake.reports.earlier_reports import Bases
from crmdata.intake.reports.suggestions import plain_words
from crmdata.store.db import Known
from crmdata.store.models import (
    Activity,
    Batch,
    Country,
    Partner,
    PlannedActivity,
    PlanVersion,
    SemesterRow,
    Slot,
)
from crmdata.store.queries import data_kind, other_names, region
from crmdata.terms import DataKind


@dataclass(frozen=True)
class RowCodes:
    """The codes that rows may name. `today` bounds the dates that lie in the past."""

    kind: DataKind
    today: date
    countries: Mapping[str, tuple[str, str]]
    """Spanish and English name of every party, the region among them."""
    other_names: Mapping[str, str]
    """The parties by what else people write for them."""
    region: str
    """The party that stands for all members, and owes nothing."""
    partners: frozenset[str]
    partner_names: Mapping[str, str]
    """The partners by plain code, acronym and name in both languages."""
    activities: frozenset[str]
    planned: frozenset[str]
    texts: Mapping[str, tuple[str, str]]
    """Those activities' texts, Spanish and English."""
    """The activities of the newest plan version."""
    periods: tuple[str, ...]
    """In order of time."""
    slots: frozenset[tuple[str, str]]
    """Activity and period, of the newest plan version."""
    imported: Mapping[str, tuple[int, str]]
    """Batch and time of import by a file's hash."""
    plan_version: int
    bases: Bases


def known(session: Known, today: date | None = None) -> RowCodes:
    """Read what rows are checked against. Raise StoreError where no plan is loaded.

    `today` is the day that it is unless given.
    """
    kind = data_kind(session)
    version = session.exec(select(func.max(PlanVersion.id))).one()
    countries = session.exec(select(Country.country, Country.name_es, Country.name_en))
    periods = session.exec(select(SemesterRow.semester).order_by(col(SemesterRow.starts)))
    slots = session.exec(select(Slot.activity, Slot.semester).where(Slot.version_id == version))
    planned = session.exec(
        select(PlannedActivity.activity, PlannedActivity.text, PlannedActivity.text_en).where(
            PlannedActivity.version_id == version
        )
    ).all()
    partners = session.exec(select(Partner)).all()
    batches = session.exec(select(Batch.file_sha256, Batch.id, Batch.imported_at))
    return RowCodes(
        kind=kind,
        today=today or clock.today(),
        countries={code: (es, en) for code, es, en in countries},
        other_names=other_names(session),
        region=region(session).code,
        partners=frozenset(partner.partner for partner in partners),
        partner_names={
            plain_words(name): partner.partner
            for partner in partners
            for name in (partner.partner, partner.acronym_en, partner.name_es, partner.name_en)
            if name
        },
        activities=frozenset(session.exec(select(Activity.activity))),
        planned=frozenset(activity for activity, _, _ in planned),
        texts={activity: (es, en) for activity, es, en in planned},
        periods=tuple(periods),
        slots=frozenset((activity, period) for activity, period in slots),
        plan_version=version or 0,
        bases=Bases(session),
        imported={sha256: (batch_id or 0, at) for sha256, batch_id, at in batches},
    )
