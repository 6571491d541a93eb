"""A country's period closed: what comes later says so; and opened again."""

from datetime import date

from sqlalchemy import Engine
from sqlmodel import col, select

from crmdata import clock
from crmdata.access import Action, Actor, require
from crmdata.errors import N_, AccessDenied, Problem, ReviewRefused
from crmdata.intake.reports.steps import Act, take_closing
from crmdata.store import db, queries
from crmdata.store.db import Known
from crmdata.store.models import ClosingAct, Country, SemesterRow
from crmdata.terms import Closing, Period, Step
from crmdata.workflow.review.deciding import required


def close(  # noqa: PLR0913 - all but the slot are given by name
    engine: Engine,
    actor: Actor,
    country: str,
    period: str,
    *,
    comment: str = "",
    today: date | None = None,
    rehearse: bool = False,
    confirmed: bool = False,
) -> None:
    """Close a country's period once it has ended and nothing on it waits.

    Raise AccessDenied, or ReviewRefused where it cannot be closed (any more), Held
    where the text looks like one person's data and is not `confirmed` to be none; to `rehearse`
    is to raise what would be raised of the period, and to do nothing.
    """
    with db.writing(engine) as session:
        last = _last(session, actor, Action.CLOSE, country, period)
        day = today or clock.day_of(db.moment(session))
        # What a wrong clock dated ahead is not closed yet.
        if last is not None and last.step == Closing.CLOSED and last.day <= day:
            raise _refused("closed_already", N_("{semester} is closed for {country} already."),
                           country, period)  # fmt: skip
        if day <= Period.parse(period).ends:
            raise _refused("not_over", N_("{semester} has not ended yet."), country, period)
        slots = queries.batch_slots(session)
        mine = slots.loc[slots["country"].eq(country) & slots["semester"].eq(period)]
        if mine["step"].eq(Step.SUBMITTED).any():
            raise _refused(
                "waiting",
                N_("Reports of {country} on {semester} wait for the secretariat."),
                country,
                period,
                N_("Accept them or send them back first."),
            )
        if not rehearse:
            take_closing(
                session, Act(actor, "close", comment.strip(), today, confirmed), country, period
            )


def reopen(  # noqa: PLR0913 - all but the slot are given by name
    engine: Engine,
    actor: Actor,
    country: str,
    period: str,
    *,
    reason: str,
    today: date | None = None,
    rehearse: bool = False,
    confirmed: bool = False,
) -> None:
    """Open a closed period again, with a reason; by another editor where there are two.

    Raise as `close`.
    """
    with db.writing(engine) as session:
        last = _last(session, actor, Action.REOPEN, country, period)
        if last is None or last.step != Closing.CLOSED:
            raise _refused("not_closed", N_("{semester} is not closed for {country}."),
                           country, period)  # fmt: skip
        if last.identity == actor.identity and actor.editors > 1:
            raise AccessDenied(
                Problem(
                    "own_closing",
                    N_("Nobody opens again what they closed themselves."),
                    N_("Ask another person of the secretariat."),
                )
            )
        text = required(
            reason, N_("A semester is opened again with a reason."), N_("Say why it is opened.")
        )
        if not rehearse:
            take_closing(session, Act(actor, "reopen", text, today, confirmed), country, period)


def _last(
    session: Known, actor: Actor, action: Action, country: str, period: str
) -> ClosingAct | None:
    """Return the last act on a country's period, which must both exist."""
    require(actor, action, country=country)
    member = session.get(Country, country)
    known = session.get(SemesterRow, period)
    if member is None or not member.member or known is None:
        raise _refused(
            "unknown_semester",
            N_("There is no semester {semester} of {country}."),
            country,
            period,
            N_("Give a member's code and a semester of the plan, such as HND 2019-1."),
        )
    acts = select(ClosingAct).where(
        col(ClosingAct.country) == country, col(ClosingAct.semester) == period
    )
    return session.exec(acts.order_by(col(ClosingAct.seq).desc()).limit(1)).first()


def _refused(
    rule: str, message: str, country: str, period: str, way_out: str = ""
) -> ReviewRefused:
    values = {"country": country, "semester": period}
    return ReviewRefused(Problem(rule, message, way_out, values=values))
