"""Whether the store still holds what its audit chain says: every signed or derived cell of it.

`verify` asks for the chain, the batches and the decisions; `verify_plan` for the plan, the
places and the store itself. `crmdata.store.db.shape` asks for the schema. `prove` asks all of them.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlmodel import select as select_model

from crmdata.errors import N_, CrmdataError, Problem
from crmdata.store.db.audit import (
    AGREEMENT_ACTIONS,
    CLOSINGS,
    REDACT_ACTION,
    SNAPSHOT_ACTION,
    STEPS,
    snapped,
)
from crmdata.store.db.causes import is_transient
from crmdata.store.db.known import Known
from crmdata.store.db.order import CORRECT_CLOCK, UNDATED
from crmdata.store.db.shape import verify_schema
from crmdata.store.db.signed import (
    CHAIN_ROWS,
    CONTENTS,
    SALTED,
    chain_hash,
    content_hash,
    salted_batches,
    table_of,
    version_of,
)
from crmdata.store.db.signing import chain, now_signed, objects, redacted, signatures, signs_all
from crmdata.store.models import (
    Activity,
    Agreement,
    Audit,
    ClosingAct,
    Mark,
    PlannedActivity,
    PlanVersion,
    Redaction,
    ReviewAct,
    ReviewRow,
    SemesterRow,
    Slot,
    Snapshot,
)
from crmdata.terms import MarkKind, Period, periods

RESTORE = N_("Restore a backup with `crmdata restore`.")

ALTERED: dict[str, tuple[str, str]] = {
    "batch": ("altered_batch", N_("What the store holds of {what} is not what was imported.")),
    "plan_version": ("altered_plan", N_("What the store holds of {what} is not what was loaded.")),
    "places": (
        "altered_places",
        N_("The countries or partners that the store holds are not those that were loaded."),
    ),
    "words": (
        "altered_words",
        N_("The names and words that the store holds are not those that were loaded."),
    ),
    "store": ("altered_store", N_("What the store says of itself is not what was signed.")),
}
"""What is said of an object that is not as it was signed."""

Check = Callable[[Known], Iterable[Problem]]


def prove(session: Known) -> list[Problem]:
    """Return everything that is not as it was signed, derived or made: rows, triggers, schema."""
    return [*verify_schema(session), *verify(session), *verify_plan(session)]


def verify(session: Known) -> list[Problem]:
    """Return what breaks the chain: an altered row, a gap, a batch that is not as imported."""
    return checked(
        session,
        _broken_links,
        _out_of_time,
        _altered_batches,
        _altered_acts,
        _altered_agreements,
        _altered_snapshots,
        _altered_redactions,
    )


def verify_plan(session: Known) -> list[Problem]:
    """Return what of plan, places and the store itself is not as it was signed or derived."""
    return checked(session, _altered_plan, _altered_slots, _altered_codes)


def checked(session: Known, *checks: Check) -> list[Problem]:
    """Return what checks find; what cannot even be read is a problem too, and ends them."""
    problems: list[Problem] = []
    for check in checks:
        try:
            problems += check(session)
        except (DBAPIError, CrmdataError, ValueError, TypeError, LookupError) as error:
            if isinstance(error, DBAPIError) and is_transient(error):
                raise
            # Its words: a name for the error here would keep a half-read result, and its lock.
            reason = str(getattr(error, "orig", None) or error)
            message = N_("Some of what the store holds cannot be read ({detail}).")
            problems.append(Problem("unreadable", message, RESTORE, values={"detail": reason}))
            break
    return problems


def _broken_links(session: Known) -> Iterator[Problem]:
    previous, changes = "", redacted(session)
    for place, row in enumerate(chain(session), start=1):
        version = version_of(row.hash)
        if version not in CHAIN_ROWS:
            yield _unknown_version(f"audit:{row.seq}", row.hash)
            return
        # A redacted row keeps the hash that the next one holds; the redaction signs how it is now.
        signed = now_signed(row.hash, changes.get(f"audit:{row.seq}", ()), after=row.seq)
        known = version_of(signed) if version_of(signed) in CHAIN_ROWS else version
        if row.seq != place or row.previous != previous or signed != chain_hash(row, known):
            yield Problem(
                "broken_chain",
                N_("Audit row {seq} is not as it was written."),
                RESTORE,
                values={"seq": row.seq},
            )
            return
        previous = row.hash


def _out_of_time(session: Known) -> Iterator[Problem]:
    """Yield the acts dated before the one before them, of those that the clock was asked for."""
    last = ""
    for row in chain(session):
        if row.action in UNDATED:
            continue
        clocked = version_of(row.hash) != 1 and row.action != CORRECT_CLOCK
        if clocked and row.at < last:
            yield Problem(
                "clock_went_back",
                N_("Audit row {seq} is dated before the act before it."),
                N_("Find out what wrote it, and with which clock."),
                values={"seq": row.seq},
            )
        last = row.at


# What is signed


def _altered_batches(session: Known) -> Iterator[Problem]:
    yield from _altered(session, {"batch"})


def _altered_plan(session: Known) -> Iterator[Problem]:
    yield from _altered(session, {"store", "places", "words", "plan_version"})


def _altered(session: Known, kinds: set[str]) -> Iterator[Problem]:
    """Yield the objects that are not as signed, not signed at all, or signed and not there."""
    signed, salted = signatures(session), salted_batches(session)
    for name in dict.fromkeys([*objects(session), *signed]):
        kind = name.partition(":")[0]
        if kind not in kinds:
            continue
        signatures_of = signed.get(name, [])
        # Places, words and the store's own row change by a load, which signs them anew.
        proved = signatures_of if kind in {"batch", "plan_version"} else signatures_of[-1:]
        unknown = [each for each in proved if version_of(each) not in CONTENTS]
        if unknown:
            yield _unknown_version(name, unknown[0])
        elif (
            not signs_all(signatures_of)
            or any(each != content_hash(session, name, version_of(each)) for each in proved)
            or _has_unsigned_salts(name, signatures_of, salted)
        ):
            rule, message = ALTERED[kind]
            yield Problem(rule, message, RESTORE, values={"what": name})


def _has_unsigned_salts(name: str, hashes: list[str], salted: set[int]) -> bool:
    kind, _, number = name.partition(":")
    return kind == "batch" and int(number) in salted and max(map(version_of, hashes)) < SALTED


def _unknown_version(name: str, signature: str) -> Problem:
    return Problem(
        "unknown_proof",
        N_("{what} is signed in a way that this version does not know ({signature})."),
        N_("Use the version of the software that wrote it."),
        values={"what": name, "signature": signature.partition(":")[0]},
    )


# What follows from what is signed


def _altered_slots(session: Known) -> Iterator[Problem]:
    """Yield the plan versions whose slots do not follow from their marks."""
    m, s = table_of(Mark).c, table_of(Slot).c
    marks = session.execute(select(m.version_id, m.activity, m.year, m.kind))
    foreseen = {
        (version, activity, period.code, kind == MarkKind.FIRST_QUARTER)
        for version, activity, year, kind in marks
        for period in Period.of_mark(MarkKind(kind), year)
    }
    rows = session.execute(select(s.version_id, s.activity, s.semester, s.quarter))
    for version in sorted({row[0] for row in foreseen ^ set(map(tuple, rows))}):
        rule, message = ALTERED["plan_version"]
        yield Problem(rule, message, RESTORE, values={"what": f"plan_version:{version}"})


def _altered_codes(session: Known) -> Iterator[Problem]:
    """Yield the lists of codes that are not those of the plan's versions."""
    planned = set(session.exec(select_model(PlannedActivity.activity)))
    if planned != set(session.exec(select_model(Activity.activity))):
        yield _altered_list("activity")
    v = table_of(PlanVersion).c
    years = session.execute(select(v.period_from, v.period_to))
    foreseen = {
        (period.code, period.starts, period.ends)
        for first, last in years
        for period in periods(first, last)
    }
    s = table_of(SemesterRow).c
    if foreseen != set(map(tuple, session.execute(select(s.semester, s.starts, s.ends)))):
        yield _altered_list("semester")


def _altered_list(table: str) -> Problem:
    message = N_("The codes in {what} are not those of the plan's versions.")
    return Problem("altered_codes", message, RESTORE, values={"what": table})


# Decisions, which stand in the chain and in tables of their own


def _altered_acts(session: Known) -> Iterator[Problem]:
    """Yield the acts that do not say what the chain says, on either side."""
    expected = {
        row.seq: _act_told(row)
        for row in chain(session)
        if row.action in STEPS or row.action in CLOSINGS
    }
    acts: list[ReviewAct | ClosingAct] = [
        *session.exec(select_model(ReviewAct)),
        *session.exec(select_model(ClosingAct)),
    ]
    rows: dict[int, list[int]] = {}
    for row in session.exec(select_model(ReviewRow).order_by("seq", "row")):
        rows.setdefault(row.seq, []).append(row.row)
    for act in acts:
        if expected.pop(act.seq, None) != (*_says(act), rows.pop(act.seq, [])):
            yield _not_as_decided(act.seq)
    yield from map(_not_as_decided, expected | rows)


def _act_told(row: Audit) -> tuple[object, ...]:
    """Return what an act must say; imports from before the review said less."""
    detail: dict[str, Any] = json.loads(row.detail)
    return (
        STEPS.get(row.action) or CLOSINGS[row.action],
        row.object,
        detail.get("day", row.at[:10]),
        row.at,
        row.actor,
        detail.get("role", "operator"),
        detail.get("identity", row.actor.casefold()),
        detail.get("text", ""),
        detail.get("rows", []),
    )


def _says(act: ReviewAct | ClosingAct) -> tuple[object, ...]:
    about = (
        f"batch:{act.batch_id}"
        if isinstance(act, ReviewAct)
        else f"semester:{act.country}:{act.semester}"
    )
    written = (act.at, act.actor, act.role, act.identity, act.text)
    return (act.step, about, act.day.isoformat(), *written)


def _altered_agreements(session: Known) -> Iterator[Problem]:
    """Yield the agreements that do not say what the chain says, on either side."""
    steps = {action: step for step, action in AGREEMENT_ACTIONS.items()}
    expected = {
        row.seq: (steps[row.action], row.at, row.actor, _agreement(row))
        for row in chain(session)
        if row.action in steps
    }
    for agreement in session.exec(select_model(Agreement)):
        says = (agreement.step, agreement.at, agreement.actor, _agreed(agreement))
        if expected.pop(agreement.seq, None) != says:
            yield _not_as_decided(agreement.seq)
    yield from map(_not_as_decided, expected)


def _agreed(agreement: Agreement) -> dict[str, Any]:
    """Return an agreement's own row in the chain's words."""
    values = {
        "role": agreement.role,
        "identity": agreement.identity,
        "meeting": agreement.meeting,
        "text": agreement.text,
        "line": agreement.line,
        "activity": agreement.activity,
        "country": agreement.country,
        "party": agreement.party,
        "partner": agreement.partner,
        "due_on": agreement.due_on and agreement.due_on.isoformat(),
        "day": agreement.day.isoformat(),
        "agreement": agreement.agreement,
    }
    return {name: value for name, value in values.items() if value is not None}


def _agreement(row: Audit) -> dict[str, Any]:
    """Return what an agreement's own row must hold."""
    of = row.object.partition(":")[2]
    return _detail(row) | {"agreement": int(of) if of else row.seq}


def _altered_snapshots(session: Known) -> Iterator[Problem]:
    """Yield the snapshots that do not say what the chain says, on either side."""
    expected = {
        row.seq: (row.at, row.actor, row.content_sha256, _detail(row))
        for row in chain(session)
        if row.action == SNAPSHOT_ACTION
    }
    for row in session.exec(select_model(Snapshot)):
        if expected.pop(row.seq, None) != (row.at, row.actor, row.content_sha256, snapped(row)):
            yield _not_as_decided(row.seq)
    yield from map(_not_as_decided, expected)


def _detail(row: Audit) -> dict[str, Any]:
    """Return what a row of the chain says of an act that stands in a table of its own, too.

    Without what the chain alone holds: what its hash is made with, and which texts somebody
    confirmed to be no person's data.
    """
    detail: dict[str, Any] = json.loads(row.detail)
    return {name: value for name, value in detail.items() if name not in {"confirmed", "salt"}}


def _altered_redactions(session: Known) -> Iterator[Problem]:
    """Yield the redactions that do not name the places that the chain says, on either side."""
    expected = {
        (row.seq, position, *place)
        for row in chain(session)
        if row.action == REDACT_ACTION
        for position, place in enumerate(json.loads(row.detail)["targets"], start=1)
    }
    r = table_of(Redaction).c
    query = select(r.seq, r.position, r.table_name, r.row_id, r.column_name)
    for seq in sorted({row[0] for row in expected ^ set(map(tuple, session.execute(query)))}):
        yield _not_as_decided(seq)


def _not_as_decided(seq: int) -> Problem:
    return Problem(
        "altered_act",
        N_("What the store holds of the decision in audit row {seq} is not what was decided."),
        RESTORE,
        values={"seq": seq},
    )
