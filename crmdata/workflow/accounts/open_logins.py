"""The logins that are open, a row each: what stands in none has ended, whatever its cookie says.

A cookie is good for as long as its signature and cannot be called back; a row can. It is made
where the provider sends somebody back, and nowhere else: a copy of a cookie makes none.
"""

import hashlib
from datetime import timedelta

from sqlalchemy import Engine
from sqlmodel import col, delete, select

from crmdata import clock
from crmdata.store import db
from crmdata.store.models import OpenLogin
from crmdata.workflow.accounts.logins import Login


def begin(engine: Engine, login: Login, *, hours: float, before: str = "") -> None:
    """Let a login be open for `hours`, in the stead of the one before it in the same browser.

    Rows of logins whose hours are over go. Raise StoreError.
    """
    ends_at = clock.stored(clock.now() + timedelta(hours=hours))
    row = OpenLogin(login=login.mark, person=_person(login.mark, login.email), ends_at=ends_at)
    with db.writing(engine) as session:
        over = col(OpenLogin.ends_at) < clock.utc_now()
        session.exec(delete(OpenLogin).where(over | (col(OpenLogin.login) == before)))
        session.merge(row)


def is_open(engine: Engine, mark: str) -> bool:
    """Tell whether a login, by its mark, has not been ended. Raise StoreError."""
    with db.reading(engine) as session:
        return session.get(OpenLogin, mark) is not None


def end(engine: Engine, mark: str) -> None:
    """End a login in all its tabs, and for every copy of its cookie. Raise StoreError."""
    with db.writing(engine) as session:
        session.exec(delete(OpenLogin).where(col(OpenLogin.login) == mark))


def end_all(engine: Engine, email: str) -> int:
    """End every login of a person, in all browsers; return how many. Raise StoreError."""
    email = email.strip().casefold()
    with db.writing(engine) as session:
        rows = session.exec(select(OpenLogin)).all()
        theirs = [row for row in rows if row.person == _person(row.login, email)]
        for row in theirs:
            session.delete(row)
    return len(theirs)


def _person(mark: str, email: str) -> str:
    """Return what tells whose a login is to who knows the address, and differs for each login."""
    return hashlib.sha256(f"{mark}\n{email}".encode()).hexdigest()
