"""Files into the review, or straight into the picture; and what either would do."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import Engine

from crmdata.access import Action, Actor, require
from crmdata.intake import reports
from crmdata.intake.reports.authority import authorise
from crmdata.intake.reports.batches import store
from crmdata.intake.reports.reading import Source
from crmdata.intake.reports.scope import ANY, Expected
from crmdata.store import db


def dry_run(
    engine: Engine,
    actor: Actor,
    sources: Sequence[Source],
    *,
    today: date | None = None,
    expected: Expected = ANY,
) -> reports.Checked:
    """Return every error and warning of files, and what submitting them would do.

    `expected` is what is reported on where the files are handed in. Raise AccessDenied for who
    may not, and for rows of another country or partner.
    """
    require(actor, Action.CHECK_FILE, country=actor.country, partner=actor.partner)
    with db.reading(engine) as session:
        checked = reports.check(session, sources, today=today, expected=expected, waits=True)
        if not checked.problems:
            authorise(session, actor, checked, Action.CHECK_FILE, note=None)
        return checked


def submit(
    engine: Engine,
    actor: Actor,
    sources: Sequence[Source],
    *,
    note: str = "",
    today: date | None = None,
    confirmed: Collection[reports.CellPlace] = (),
    expected: Expected = ANY,
) -> list[reports.Stored]:
    """Check and store files, which then wait for the secretariat; bound as in `dry_run`.

    Raise ImportRefused with every error, AccessDenied for who may not, Held for what
    looks like one person's data and is not among the `confirmed`.
    """
    return store(
        engine, sources, by=actor, note=note, today=today, means=Action.SUBMIT,
        confirmed=confirmed, expected=expected,
    )  # fmt: skip


def record(
    engine: Engine,
    actor: Actor,
    sources: Sequence[Source],
    *,
    note: str = "",
    today: date | None = None,
    confirmed: Collection[reports.CellPlace] = (),
) -> list[reports.Stored]:
    """Check and store files, which count at once. Raise as `submit`."""
    return store(
        engine, sources, by=actor, note=note, today=today, means=Action.RECORD,
        confirmed=confirmed,
    )  # fmt: skip
