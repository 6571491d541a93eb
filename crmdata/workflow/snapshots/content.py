"""What a snapshot shows, as one hash: the same whenever it is reckoned, in a store and its copies.

Everything enters that a page or a file of the snapshot can show, for its own cut-off and all
earlier ones; no number that only this database gives its rows, and no word of a language.
Columns are named one by one, so that what later software adds to a frame changes no hash.
"""

from collections.abc import Iterator, Mapping

import pandas as pd

from crmdata.errors import N_, Problem
from crmdata.store import db, queries
from crmdata.store.db import Known
from crmdata.store.models import PlanVersion
from crmdata.store.queries import Pinned

FORM = 3
"""The version of what is hashed and how, which a hash names (`v2:…`; one without is of version 1).

The second covers the salts of texts: who guesses one that was redacted cannot prove it by the id
of an old snapshot. The third covers who answers for an agreement, what became of it, what
countries say beside their figures, and the salts of these texts too.
"""

_REPORTS = ("country", "activity", "semester", "state", "percent", "narrative", "reason",
            "evidence", "partners", "reported_on", "counts_from", "withdrawn_on",
            "after_closing", "earlier")  # fmt: skip
_COOPERATION = ("partner", "activity", "countries", "semester_from", "semester_to", "modality",
                "state", "text", "evidence", "reported_on")  # fmt: skip
_MEETINGS = ("meeting", "name_es", "name_en", "held_on", "corte")
_AGREEMENTS = ("agreed_on", "meeting", "line", "activity", "country", "text", "withdrawn_on",
               "withdrawn_reason")  # fmt: skip
_AS_WORK = (*_AGREEMENTS, "party", "partner", "due_on", "done_on", "done_how")
_OBSERVATIONS = ("country", "meeting", "observation", "reported_on")
_COUNTRIES = ("country", "name_es", "name_en", "tile_row", "tile_column")
_PARTNERS = ("partner", "acronym_en", "name_es", "name_en")


def content_sha256(session: Known, known: Pinned) -> str:
    """Return the hash of what a session shows at a snapshot's cut-off, by its rules.

    Asked within `queries.knowing` the snapshot, or in the transaction that makes it: then in the
    newest form, else in the one in which it was made.
    """
    form = db.version_of(known.content_sha256) if known.content_sha256 else FORM
    if form not in {1, 2, FORM}:
        return ""
    return db.with_version(form, db.sha256_of(_rows(session, known, form)))


def signed(session: Known, known: Pinned) -> str:
    """Return the hash that the chain holds of a snapshot: that of its making, or a redaction's."""
    return _signed(db.redacted(session), known)


def _signed(changes: Mapping[str, list[tuple[int, str, str]]], known: Pinned) -> str:
    mine = changes.get(f"snapshot:{known.snapshot}", ())
    return db.now_signed(known.content_sha256, mine, after=known.until)


def verify(session: Known) -> list[Problem]:
    """Return the snapshots that no longer show what they showed when they were made."""
    return db.checked(session, _altered)


def _altered(session: Known) -> Iterator[Problem]:
    changes = db.redacted(session)
    for known in queries.every_snapshot(session):
        if _again(session, known) != _signed(changes, known):
            yield Problem(
                "altered_snapshot",
                N_("Snapshot {id} does not show any more what it showed when it was made."),
                N_("Restore a backup with `crmdata restore`."),
                values={"id": known.snapshot},
            )


def _again(session: Known, known: Pinned) -> str:
    with queries.knowing(session, known):
        return content_sha256(session, known)


def _rows(session: Known, known: Pinned, form: int) -> Iterator[list[object]]:
    yield ["snapshot", form, known.name, known.meeting, known.corte, known.threshold,
           known.grace_days, queries.data_kind(session)]  # fmt: skip
    for version in reversed(queries.plan_versions(session)["version_id"].tolist()):
        plan = session.get_one(PlanVersion, version)
        yield ["plan", plan.in_force_from, plan.content_sha256]
    in_force = queries.version_at(session, known.corte).id
    # What no load signs row by row: which work the plan foresees, and when.
    yield from _of("slots", queries.slots(session, in_force), ("activity", "semester", "quarter"))
    history = queries.report_history(session, known.corte, withdrawn=True)
    yield from _of("reports", history.iloc[::-1], _REPORTS)
    cooperation = queries.cooperation_in_force(session, known.corte, with_texts=True)
    yield from _of("cooperation", cooperation, _COOPERATION)
    yield from _of("meetings", queries.meetings(session), _MEETINGS)
    agreements = queries.agreements(session)
    yield from _of("agreements", agreements, _AGREEMENTS if form < 3 else _AS_WORK)
    yield from _of("countries", queries.countries(session), _COUNTRIES)
    yield from _of("partners", queries.partners(session), _PARTNERS)
    region = queries.region(session)
    yield ["region", *(region.name if region.code else ())]
    if form > 1:
        yield ["salts"]
        salts = queries.salts(session)
        for rows, number in ((history.iloc[::-1], "report_id"), (cooperation, "cooperation_id"),
                             (agreements, "agreement")):  # fmt: skip
            yield [salts.get((number, int(row)), "") for row in rows[number]]
    if form > 2:
        observations = queries.observations(session, with_texts=True)
        yield from _of("observations", observations, _OBSERVATIONS)
        yield [
            salts.get(("observation_id", int(row)), "") for row in observations["observation_id"]
        ]
        yield [salt for (number, seq), salt in sorted(salts.items())
               if number == "agreement" and seq <= known.until]  # fmt: skip


def _of(name: str, rows: pd.DataFrame, columns: tuple[str, ...]) -> Iterator[list[object]]:
    yield [name]
    for values in rows[list(columns)].itertuples(index=False, name=None):
        yield [_plain(value) for value in values]


def _plain(value: object) -> object:
    """Return a value as JSON has it, the same from either database; what is missing as None."""
    if value is None or value is pd.NaT or value != value:  # noqa: PLR0124  # NaN is not itself
        return None
    return value.item() if hasattr(value, "item") else value
