"""The order of time: no act is dated before the last one, or long after it without a word.

From which day something counts is told by the clock, so a wrong one would change past pictures, or
put an act where nothing can follow it. A person's word that the clock is right is an act of its
own: after a long pause, or after an act that a wrong clock dated. The next ones follow upon it.
"""

import time
from datetime import timedelta

from sqlmodel import col, select

from crmdata import clock
from crmdata.errors import N_, Problem, StoreError
from crmdata.store.db.known import Known
from crmdata.store.models import Audit

CONFIRM_CLOCK, CORRECT_CLOCK = "confirm_clock", "correct_clock"
"""What the chain calls a word that the clock is right: after a long pause; after a wrong clock.

The second alone may be dated before the act before it.
"""

UNDATED = ("sign", "redact", "keep_salts", "keep_words")
"""Acts from whose day nothing counts: they wait for nobody's word, nor does what must go."""

CORRECTION = timedelta(seconds=5)
"""How far behind the last act a clock may be that was set right just now: the writer waits."""

LONG = timedelta(days=30)
"""After a longer pause somebody must say that the clock is right."""

_MOMENT = "crmdata_moment"


def moment(session: Known) -> str:
    """Return the moment of all that a writer's transaction stores: the clock's, asked once.

    A clock some seconds behind the last act is waited for. Raise StoreError for one that is
    further behind, or far ahead.
    """
    if _MOMENT not in session.info:
        _wait(session)
        problem = clock_problem(session)
        if problem is not None:
            raise StoreError(problem)
        session.info[_MOMENT] = clock.utc_now()
    at: str = session.info[_MOMENT]
    return at


def clock_problem(session: Known) -> Problem | None:
    """Return why the clock may date nothing now, with both times and the way out, or None."""
    last, now = last_moment(session), clock.utc_now()
    pause = clock.moment(now) - clock.moment(last or now)
    values = {"now": clock.written(now), "last": clock.written(last or now), "days": LONG.days}
    if pause < timedelta():
        return Problem(
            "clock_behind",
            N_("This machine's clock says {now}, but the last act was on {last}, later than that."),
            N_(
                "Set the clock right. If it is right, and a wrong one dated the last act, an "
                "operator says so: `crmdata clock confirm --by NAME --reason TEXT`."
            ),
            values=values,
        )
    if pause > LONG:
        return Problem(
            "clock_ahead",
            N_(
                "This machine's clock says {now}, more than {days} days after the last act: {last}."
            ),
            N_(
                "If that is right, say so first, or have an operator do it: `crmdata clock "
                "confirm --by NAME --reason TEXT`. If not, set the clock right."
            ),
            values=values,
        )
    return None


def last_moment(session: Known) -> str | None:
    """Return the moment of the last act, or None before the first."""
    acts = select(Audit.at).where(col(Audit.action).not_in(UNDATED))
    return session.exec(acts.order_by(col(Audit.seq).desc()).limit(1)).first()


def trust_the_clock(session: Known) -> None:
    """Date what the transaction stores by the clock, whatever was last."""
    session.info[_MOMENT] = clock.utc_now()


def _wait(session: Known) -> None:
    """Wait until the last act lies in the past, where that is a matter of seconds."""
    last = last_moment(session)
    if last is None or clock.moment(last) - clock.now() > CORRECTION:
        return
    until = time.monotonic() + CORRECTION.total_seconds()
    while clock.utc_now() < last and time.monotonic() < until:
        time.sleep(0.05)
