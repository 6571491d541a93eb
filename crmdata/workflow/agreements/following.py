"""What becomes of an agreement: done, opened again, withdrawn; one transaction each."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Engine

from crmdata import clock
from crmdata.access import Action, Actor, require
from crmdata.errors import N_, AgreementRefused, Problem
from crmdata.store import db, queries
from crmdata.store.db import Known
from crmdata.terms import AgreementStep
from crmdata.workflow.agreements.writing import LONGEST, problem, records, write

_LIST = N_("List them with `crmdata agreement list`.")


class _What(NamedTuple):
    """What somebody does with an agreement."""

    action: Action
    step: AgreementStep
    no_text: tuple[str, str]
    """What is said where its text is missing, and the way out."""
    wrong: Callable[[dict[str, Any], date, date], Iterable[Problem]] = lambda *_: ()
    """What speaks against it: of the agreement, the day that is given, and today."""


def _wrong_to_complete(row: dict[str, Any], day: date, today: date) -> Iterable[Problem]:
    if row["done_on"] is not None:
        yield problem("done_already", N_("Agreement {value} is done already."), "",
                      str(row["number"]))  # fmt: skip
    if day > today:
        yield problem("done_in_future", N_("The day {value} is still to come."),
                      N_("Give the day on which it was done."), day.isoformat())  # fmt: skip
    elif day < row["agreed_on"]:
        yield problem(
            "done_before_agreed",
            N_("The agreement would be done on {value}, before it was agreed on ({day})."),
            N_("Give the day on which it was done."), day.isoformat(), day=row["agreed_on"],
        )  # fmt: skip


def _wrong_to_reopen(row: dict[str, Any], _day: date, _today: date) -> Iterable[Problem]:
    if row["done_on"] is None:
        yield problem("not_done", N_("Agreement {value} is open."), "", str(row["number"]))


_COMPLETE = _What(
    Action.COMPLETE_AGREEMENT,
    AgreementStep.DONE,
    (
        N_("An agreement is marked as done with a word of how."),
        N_("Say in a word how it was done."),
    ),
    _wrong_to_complete,
)
_REOPEN = _What(
    Action.REOPEN_AGREEMENT,
    AgreementStep.REOPENED,
    (N_("An agreement is opened again with a reason."), N_("Say why it is not done.")),
    _wrong_to_reopen,
)
_WITHDRAW = _What(
    Action.WITHDRAW_AGREEMENT,
    AgreementStep.WITHDRAWN,
    (N_("An agreement is withdrawn with a reason."), N_("Say why it is withdrawn.")),
)


def complete(
    engine: Engine,
    actor: Actor,
    agreement: int,
    *,
    how: str,
    done_on: date | None = None,
    confirmed: bool = False,
) -> None:
    """Mark an agreement as done on a day, today if it is not given, with a word of how.

    Raise as `note`.
    """
    _follow(engine, actor, agreement, _COMPLETE, how, done_on, confirmed=confirmed)


def reopen(
    engine: Engine,
    actor: Actor,
    agreement: int,
    *,
    reason: str,
    today: date | None = None,
    confirmed: bool = False,
) -> None:
    """Open an agreement again that is not done after all, with a reason. Raise as `note`."""
    _follow(engine, actor, agreement, _REOPEN, reason, today, confirmed=confirmed)


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
    _follow(engine, actor, agreement, _WITHDRAW, reason, today, confirmed=confirmed)


def _follow(
    engine: Engine,
    actor: Actor,
    agreement: int,
    what: _What,
    text: str,
    day: date | None,
    *,
    confirmed: bool,
) -> None:
    require(actor, what.action)
    with db.writing(engine) as session:
        today = clock.day_of(db.moment(session))
        on = day or today
        said = _checked(session, agreement, text, what, on, today)
        values = {"meeting": "", "text": said, "day": on}
        write(session, actor, what.step, agreement, values, confirmed=confirmed)


def numbered(session: Known, number: int) -> int:
    """Return the row of the audit chain of the agreement that people call by a number.

    Before agreements were counted from 1 they were called by that row, so it is taken as well,
    where no agreement has it as its number. Raise AgreementRefused where there is neither.
    """
    rows = records(queries.agreements(session))
    by_number = {row["number"]: row["agreement"] for row in rows}
    older = {row["agreement"]: row["agreement"] for row in rows}
    found: int | None = {**older, **by_number}.get(number)
    if found is None:
        raise AgreementRefused(_unknown(number))
    return found


def _unknown(number: int) -> Problem:
    return problem("unknown_agreement", N_("There is no agreement {value}."), _LIST, str(number))


def _checked(session: Known, agreement: int, text: str, what: _What, day: date, today: date) -> str:
    """Return the text of a step that may follow. Raise AgreementRefused with every error."""
    said = " ".join(text.split())
    mine = [row for row in records(queries.agreements(session)) if row["agreement"] == agreement]
    problems = [] if mine else [_unknown(agreement)]
    for row in mine:
        if row["withdrawn_on"] is not None:
            problems.append(problem("withdrawn_already",
                                    N_("Agreement {value} is withdrawn already."), "",
                                    str(row["number"])))  # fmt: skip
        else:
            problems += what.wrong(row, day, today)
    if not said:
        problems.append(problem("no_reason", *what.no_text))
    elif len(said) > LONGEST:
        problems.append(problem("text_too_long", N_("The text is longer than {most} characters."),
                                N_("Shorten it."), most=LONGEST))  # fmt: skip
    if problems:
        raise AgreementRefused(problems)
    return said
