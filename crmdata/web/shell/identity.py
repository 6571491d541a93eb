"""The identity in a request's cookies, for what no page decides: uploads, logging in and out."""

import json
from collections.abc import Mapping
from typing import Any

from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from crmdata import logs, settings
from crmdata.access import Role
from crmdata.web.data import cache
from crmdata.web.shell import actor
from crmdata.workflow import accounts
from crmdata.workflow.accounts import LoginStanding


def claims_of(cookies: Mapping[str, str]) -> dict[str, Any]:
    """Return the claims that Streamlit signed into the cookies; empty where there are none."""

    def signed(name: str) -> bytes | None:
        value = cookies.get(name, "")
        return decode_signed_value(get_cookie_secret(), name, value.encode("latin-1", "replace"))

    try:
        claims = json.loads(get_cookie_with_chunks(signed, USER_COOKIE_NAME) or b"{}")
    except (ValueError, KeyError):
        return {}
    return claims if isinstance(claims, dict) else {}


def may_upload(cookies: Mapping[str, str]) -> bool:
    """Tell whether the sender of a request is logged in with a role that hands in files."""
    login = actor.login_of(claims_of(cookies))
    return actor.actor_of(login).role is not Role.ANONYMOUS


def mark(cookies: Mapping[str, str]) -> str:
    """Return what tells an open login from every other one, empty without one. Raise StoreError."""
    return actor.login_of(claims_of(cookies)).mark


def begin(cookies: Mapping[str, str], had: Mapping[str, str]) -> None:
    """Open the login that a browser is given, in the stead of the one it had. Raise StoreError."""
    login = actor.claimed(claims_of(cookies))
    if login.standing is LoginStanding.LOGGED_IN:
        before, hours = actor.claimed(claims_of(had)).mark, settings.session_hours()
        accounts.begin(cache.engine(), login, hours=hours, before=before)


def end(cookies: Mapping[str, str]) -> None:
    """End the login of a browser's cookies, if it is open. Raise StoreError."""
    if ending := mark(cookies):
        accounts.end(cache.engine(), ending)
        logs.log.info("logged out")
