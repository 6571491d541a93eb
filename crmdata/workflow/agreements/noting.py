"""Noting an agreement and withdrawing it: one transaction each, with its row in the audit chain."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine

from crmdata import clock
from crmdata.access import Action, Actor, require
from crmdata.errors import N_, AgreementRefused, Problem
from crmdata.intake.reports.held import settle_text
from crmdata.store import db, queries
from crmdata.store.db import Known
from crmdata.store.models import Agreement
from crmdata.terms import AgreementStep, line_number

LONGEST = 600
"""Characters of an agreement: it is to be read from the back of a hall."""


@dataclass(frozen=True)
class Pins:
    """What an agreement is about: codes, at least one of them; `""` where it is not."""

    line: str = ""
    activity: str = ""
    country: str = ""

    @classmethod
    def of(cls, codes: Iterable[str]) -> "Pins":
        """Return the pins that codes are of: `IV` a line, `IV.3.2` an activity, `HND` a country."""
        pins: dict[str, str] = {}
        for code in (written.strip().upper() for written in codes):
            pin = "activity" if "." in code else "line" if _is_line(code) else "country"
            pins[pin] = code
        return cls(**pins)


def _is_line(code: str) -> bool:
    """Tell a line's number from a country's three letters: no plan comes to CIV, MLI or MDV."""
    try:
        return line_number(code) < 100
    except ValueError:
        return False


def note(
    engine: Engine,
    actor: Actor,
    text: str,
    pins: Pins,
    *,
    meeting: str = "",
    agreed_on: date | None = None,
    confirmed: bool = False,
) -> int:
    """Note an agreement; return its row of the audit chain.

    `meeting` is a meeting's code; without `agreed_on` it is agreed on the day on which the
    meeting is held, else today. Raise AccessDenied for who may not, AgreementRefused with
    every error, Held where the text looks like one person's data and is not
    `confirmed` to be none.
    """
    require(actor, Action.NOTE_AGREEMENT)
    said = " ".join(text.split())
    with db.writing(engine) as session:
        held = {row["meeting"]: row["held_on"] for row in _records(queries.meetings(session))}
        if problems := _problems(session, said, pins, meeting, held):
            raise AgreementRefused(problems)
        day = agreed_on or held.get(meeting) or clock.day_of(db.moment(session))
        about = {name: code for name, code in asdict(pins).items() if code}
        values = {"meeting": meeting, "text": said, "day": day, **about}
        return _written(session, actor, AgreementStep.NOTED, None, values, confirmed=confirmed)


def withdraw(
    engine: Engine,
    actor: Actor,
    agreement: int,
    *,
    reason: str,
    today: date | None = None,
    confirmed: bool = False,
) -> None:
    """Withdraw an agreement with a reason; it stays to be read. Raise as `note`."""
    require(actor, Action.WITHDRAW_AGREEMENT)
    said = " ".join(reason.split())
    with db.writing(engine) as session:
        found = queries.agreements(session)
        mine = _records(found.loc[found["agreement"] == agreement])
        problems = []
        if not mine:
            problems.append(_unknown_agreement(agreement))
        elif mine[0]["withdrawn_on"] is not None:
            problems.append(_problem("withdrawn_already",
                                     N_("Agreement {value} is withdrawn already."), "",
                                     str(mine[0]["number"])))  # fmt: skip
        if not said:
            problems.append(_problem("no_reason", N_("An agreement is withdrawn with a reason."),
                                     N_("Say why it is withdrawn.")))  # fmt: skip
        if problems:
            raise AgreementRefused(problems)
        day = today or clock.day_of(db.moment(session))
        values = {"meeting": "", "text": said[:LONGEST], "day": day}
        _written(session, actor, AgreementStep.WITHDRAWN, agreement, values, confirmed=confirmed)


def numbered(session: Known, number: int) -> int:
    """Return the row of the audit chain of the agreement that people call by a number.

    Before agreements were counted from 1 they were called by that row, so it is taken as well,
    where no agreement has it as its number. Raise AgreementRefused where there is neither.
    """
    rows = _records(queries.agreements(session))
    by_number = {row["number"]: row["agreement"] for row in rows}
    older = {row["agreement"]: row["agreement"] for row in rows}
    found: int | None = {**older, **by_number}.get(number)
    if found is None:
        raise AgreementRefused(_unknown_agreement(number))
    return found


def _unknown_agreement(number: int) -> Problem:
    message, way_out = (
        N_("There is no agreement {value}."),
        N_("List them with `crmdata agreement list`."),
    )
    return _problem("unknown_agreement", message, way_out, str(number))


def _written(
    session: Known,
    actor: Actor,
    step: AgreementStep,
    of: int | None,
    values: Mapping[str, Any],
    *,
    confirmed: bool,
) -> int:
    """Write the act's row in the audit chain and its own; return the row that noted it."""
    settled = settle_text("text", values["text"], confirmed=confirmed)
    told = {"role": actor.role.value, "identity": actor.identity, **values}
    row = db.audit(
        session,
        actor=actor.name,
        action=db.AGREEMENT_ACTIONS[step],
        object="agreement" if of is None else f"agreement:{of}",
        detail=told | settled | {"day": told["day"].isoformat()},
    )
    number = row.seq if of is None else of
    own: dict[str, Any] = {
        "seq": row.seq,
        "agreement": number,
        "step": step,
        "at": row.at,
        "actor": row.actor,
    }
    session.add(Agreement(**own, **told))
    session.flush()
    return number


def _problems(
    session: Known, text: str, pins: Pins, meeting: str, held: Mapping[str, date]
) -> list[Problem]:
    found = []
    if not text:
        found.append(_problem("no_text", N_("The agreement says nothing."), N_("Write it down.")))
    elif len(text) > LONGEST:
        found.append(_problem("text_too_long",
                              N_("The agreement is longer than {most} characters."),
                              N_("Shorten it: it is read from the back of a hall."),
                              most=LONGEST))  # fmt: skip
    if pins == Pins():
        found.append(_problem("not_pinned", N_("It is not said what the agreement is about."),
                              N_("Name a line, an activity or a country.")))  # fmt: skip
    if meeting and meeting not in held:
        found.append(_problem("unknown_meeting", N_("There is no meeting “{value}”."),
                              N_("Import the meeting first."), meeting))  # fmt: skip
    return [*found, *_unknown(session, pins)]


def _unknown(session: Known, pins: Pins) -> list[Problem]:
    """Return a problem for each code that the plan or the conference does not have."""
    newest = queries.version_at(session, date.max).id
    known = {
        "line": set(queries.lines(session, newest)["line"]),
        "activity": set(queries.activities(session, newest)["activity"]),
        "country": set(queries.countries(session)["country"]),
    }
    messages = {
        "line": N_("The plan has no line “{value}”."),
        "activity": N_("The plan has no activity “{value}”."),
        "country": N_("“{value}” is not a member country."),
    }
    return [
        _problem(f"unknown_{name}", messages[name], "", code)
        for name, code in asdict(pins).items()
        if code and code not in known[name]
    ]


def _records(rows: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = rows.to_dict("records")
    return found


def _problem(rule: str, message: str, way_out: str, value: str = "", **values: object) -> Problem:
    return Problem(rule, message, way_out, values={"value": value, **values})
