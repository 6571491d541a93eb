"""Who uses the app in this session: the one place where a page learns it."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from crmdata import clock, logs, settings
from crmdata.access import ANONYMOUS, Actor, Role, secretariat
from crmdata.errors import SettingsError
from crmdata.settings import ServeMode
from crmdata.web.data import cache
from crmdata.workflow import accounts
from crmdata.workflow.accounts import Login, LoginStanding

LOCAL_NAME = "secretaría local"
"""The name in the audit trail of somebody who did not log in."""

_LOGGED = "crmdata_login_logged"


def current_actor() -> Actor:
    """Return who acts in this session: nobody in particular unless a login or the mode says so.

    The roles are read anew each time, so who loses a role loses it at the next click.
    """
    if settings.serve_mode() is ServeMode.LOCAL_SECRETARIAT:
        return secretariat(LOCAL_NAME)
    return actor_of(current_login())


def current_login() -> Login:
    """Return what the login of this session is worth now; only the secretariat's mode has any."""
    if settings.serve_mode() is not ServeMode.SECRETARIAT:
        return Login(LoginStanding.ANONYMOUS)
    login = login_of(dict(st.user))
    if st.session_state.get(_LOGGED) != login.standing:
        st.session_state[_LOGGED] = login.standing
        _log(login)
    return login


def login_of(claims: Mapping[str, Any]) -> Login:
    """Return what the claims of an identity are worth now, as the store has it. Raise StoreError.

    Each run and each act asks anew: a login that was ended elsewhere is none at the next click.
    """
    login = claimed(claims)
    if login.standing is LoginStanding.LOGGED_IN and not accounts.is_open(
        cache.engine(), login.mark
    ):
        return Login(LoginStanding.ENDED)
    return login


def claimed(claims: Mapping[str, Any]) -> Login:
    """Return what the claims of an identity are worth now, unless the login has been ended."""
    return accounts.login(
        claims,
        now=clock.now().timestamp(),
        hours=settings.session_hours(),
        unsaid_is_verified=settings.unverified_addresses(),
    )


def actor_of(login: Login) -> Actor:
    """Return who a login is here; without a role, or with a broken file of roles, nobody."""
    if login.standing is not LoginStanding.LOGGED_IN:
        return ANONYMOUS
    try:
        actor = accounts.accounts().actor(login.email, login.name)
    except SettingsError as error:
        rules = sorted({problem.rule for problem in error.problems})
        logs.log.error("roles cannot be read", rules=rules)
        return ANONYMOUS
    return actor or ANONYMOUS


def _log(login: Login) -> None:
    """Write down that a login holds or does not; of the person no more than the role."""
    if login.standing is LoginStanding.LOGGED_IN:
        role = actor_of(login).role
        has_none = role is Role.ANONYMOUS
        logs.log.info("logged in", role=str(role), without_role=has_none)
    elif login.standing is not LoginStanding.ANONYMOUS:
        logs.log.warning("login refused", standing=login.standing.value)
