"""Noting an agreement: what it is about, who answers for it and by when."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine

from crmdata import clock
from crmdata.access import Action, Actor, require
from crmdata.errors import N_, AgreementRefused, Problem
from crmdata.store import db, queries
from crmdata.store.db import Known
from crmdata.terms import AgreementStep, line_number
from crmdata.workflow.agreements.writing import LONGEST, problem, records, write


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


def note(  # noqa: PLR0913 - each is said by its name
    engine: Engine,
    actor: Actor,
    text: str,
    pins: Pins,
    *,
    responsible: str,
    due_on: date | None,
    meeting: str = "",
    agreed_on: date | None = None,
    confirmed: bool = False,
) -> int:
    """Note an agreement; return its row of the audit chain.

    `responsible` is the code of the country, of the region or of the partner that answers for it
    until `due_on`. `meeting` is a meeting's code; without `agreed_on` it is agreed on the day on
    which the meeting is held, else today. Raise AccessDenied for who may not, AgreementRefused
    with every error, Held where the text looks like one person's data and is not
    `confirmed` to be none.
    """
    require(actor, Action.NOTE_AGREEMENT)
    one_line, code = " ".join(text.split()), responsible.strip().upper()
    with db.writing(engine) as session:
        days = {row["meeting"]: row["held_on"] for row in records(queries.meetings(session))}
        day = agreed_on or days.get(meeting) or clock.day_of(db.moment(session))
        whose = _responsible(session, code)
        problems = [
            *_about(session, one_line, pins, meeting, days),
            *_duty(code, whose, due_on, day),
        ]
        if problems:
            raise AgreementRefused(problems)
        about = {name: pin for name, pin in asdict(pins).items() if pin}
        values = {
            "meeting": meeting,
            "text": one_line,
            "day": day,
            **about,
            **whose,
            "due_on": due_on,
        }
        return write(session, actor, AgreementStep.NOTED, None, values, confirmed=confirmed)


def _responsible(session: Known, code: str) -> dict[str, str]:
    """Return the column that names who a code is, with it: nothing for nobody's code."""
    parties = {*queries.countries(session)["country"], queries.region(session).code}
    partners = set(queries.partners(session)["partner"])
    columns = {"party": parties, "partner": partners}
    return next(({name: code} for name, known in columns.items() if code and code in known), {})


def _duty(
    code: str, whose: Mapping[str, str], due_on: date | None, agreed_on: date
) -> Iterable[Problem]:
    """Yield what is wrong with who answers for an agreement, and with the day until when."""
    if not code:
        yield problem("no_responsible", N_("It is not said who answers for the agreement."),
                      N_("Name a country, a partner or the region."))  # fmt: skip
    elif not whose:
        yield problem("unknown_responsible",
                      N_("“{value}” is no member country, no partner and not the region."),
                      N_("Name a country, a partner or the region."), code)  # fmt: skip
    if due_on is None:
        yield problem("no_due_day", N_("It is not said by when the agreement is to be done."),
                      N_("Give the day."))  # fmt: skip
    elif due_on < agreed_on:
        yield problem("due_before_agreed",
                      N_("The agreement would be due on {value}, before it was agreed on ({day})."),
                      N_("Give a later day."), due_on.isoformat(), day=agreed_on)  # fmt: skip


def _about(
    session: Known, text: str, pins: Pins, meeting: str, held: Mapping[str, date]
) -> list[Problem]:
    """Return what is wrong with what an agreement says, and with what it is about."""
    found = []
    if not text:
        found.append(problem("no_text", N_("The agreement says nothing."), N_("Write it down.")))
    elif len(text) > LONGEST:
        found.append(problem("text_too_long",
                             N_("The agreement is longer than {most} characters."),
                             N_("Shorten it: it is read from the back of a hall."),
                             most=LONGEST))  # fmt: skip
    if pins == Pins():
        found.append(problem("not_pinned", N_("It is not said what the agreement is about."),
                             N_("Name a line, an activity or a country.")))  # fmt: skip
    if meeting and meeting not in held:
        found.append(problem("unknown_meeting", N_("There is no meeting “{value}”."),
                             N_("Import the meeting first."), meeting))  # fmt: skip
    return [*found, *_unknown(session, pins)]


def _unknown(session: Known, pins: Pins) -> list[Problem]:
    """Return a problem for each code that the plan or the conference does not have."""
    newest = queries.version_at(session, date.max).id
    known: dict[str, set[Any]] = {
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
        problem(f"unknown_{name}", messages[name], "", code)
        for name, code in asdict(pins).items()
        if code and code not in known[name]
    ]
