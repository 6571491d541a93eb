"""A person's word that the machine's clock is right, signed as an act of its own."""

from sqlalchemy import Engine

from crmdata import clock
from crmdata.access import Action, Actor, require
from crmdata.errors import N_, Problem, ReviewRefused
from crmdata.store.db.audit import audit
from crmdata.store.db.engine import writing
from crmdata.store.db.order import (
    CONFIRM_CLOCK,
    CORRECT_CLOCK,
    clock_problem,
    last_moment,
    trust_the_clock,
)


def confirm_clock(engine: Engine, actor: Actor, *, reason: str) -> str:
    """Write down that the clock is right, after a long pause or a wrong clock; return its time.

    From then on acts follow upon this one. Raise AccessDenied, or ReviewRefused without a reason
    and where the clock is not in doubt.
    """
    text = reason.strip()
    with writing(engine) as session:
        problem = clock_problem(session)
        back = problem is not None and problem.rule == "clock_behind"
        require(actor, Action.CORRECT_CLOCK if back else Action.CONFIRM_CLOCK)
        if problem is None:
            raise ReviewRefused(_IN_ORDER)
        if not text:
            raise ReviewRefused(_NO_REASON)
        last = last_moment(session)
        trust_the_clock(session)
        row = audit(
            session,
            actor=actor.name,
            action=CORRECT_CLOCK if back else CONFIRM_CLOCK,
            object="clock",
            detail={
                "role": actor.role.value,
                "identity": actor.identity,
                "text": text,
                "last": last,
            },
        )
        return clock.written(row.at)


_IN_ORDER = Problem(
    "clock_in_order", N_("The clock follows upon the last act: there is nothing to confirm.")
)
_NO_REASON = Problem(
    "text_required", N_("A clock is confirmed with a reason."), N_("Say how you know the time.")
)
