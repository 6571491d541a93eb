"""Whether what a provider said of a person still holds: how old it is, and whose address it is.

Streamlit keeps an identity for 30 days and never asks again, so every run of a page asks here.
Whether somebody has ended it meanwhile, the store says (`crmdata.workflow.accounts.open_logins`).
The age is counted from `iat`, when the provider wrote it. Its `exp` is not the end of the
login: it bounds how long the identity may be exchanged, for some providers five minutes.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

CLOCKS_APART = 120
"""Seconds by which a provider's clock may be ahead of ours."""


class LoginStanding(Enum):
    """Whether somebody is logged in, and else why not."""

    ANONYMOUS = "anonymous"
    EXPIRED = "expired"
    ENDED = "ended"
    UNVERIFIED = "unverified"
    LOGGED_IN = "logged_in"


@dataclass(frozen=True)
class Login:
    """What a login is worth now. Only where it is LOGGED_IN does anything else count.

    `mark` tells it from every other one, and nobody comes from it to the cookie.
    """

    standing: LoginStanding
    email: str = ""
    name: str = ""
    mark: str = ""


def login(
    claims: Mapping[str, Any], *, now: float, hours: float, unsaid_is_verified: bool = False
) -> Login:
    """Return what the claims of an identity are worth at `now`, in seconds since 1970.

    It holds for `hours` after the provider wrote it, and only with an address that the
    provider says it has verified: else anybody could claim another's. With
    `unsaid_is_verified` one counts too of which it says nothing.
    """
    if not claims.get("is_logged_in"):
        return Login(LoginStanding.ANONYMOUS)
    if not _fresh(claims.get("iat"), now, hours):
        return Login(LoginStanding.EXPIRED)
    email = claims.get("email")
    verification = claims.get("email_verified")
    verified = unsaid_is_verified if verification is None else verification
    if not isinstance(email, str) or "@" not in email or verified not in (True, "true"):
        return Login(LoginStanding.UNVERIFIED)
    address = email.strip().casefold()
    return Login(LoginStanding.LOGGED_IN, address, _name(claims.get("name")), _mark(claims))


_TELL_APART = ("iss", "sub", "email", "iat", "nonce")
"""Claims in which logins differ: OpenID Connect has the provider repeat the nonce of each one."""


def _mark(claims: Mapping[str, Any]) -> str:
    identity = json.dumps([claims.get(name) for name in _TELL_APART], default=str)
    return hashlib.sha256(identity.encode()).hexdigest()


def _fresh(issued: object, now: float, hours: float) -> bool:
    if isinstance(issued, bool) or not isinstance(issued, int | float):
        return False
    return issued - CLOCKS_APART <= now < issued + hours * 3600


def _name(claimed: object) -> str:
    """Return a name that can stand in an audit trail, else nothing."""
    return claimed.strip() if isinstance(claimed, str) and claimed.isprintable() else ""
