"""Who has which role in the tests: one file of roles for pages, logins and their rules."""

import time
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from crmdata.workflow import accounts

EDITOR = "editora@example.org"
FOCAL = "focal@example.hn"
OTHER_FOCAL = "focal@example.gt"
PARTNER = "socio@example.int"
READER = "lector@example.org"
UNVERIFIED = "dudoso@example.hn"
"""Has a role, but the provider does not vouch for the address."""
STRANGER = "nadie@example.org"
"""Can log in and has no role."""

ROLES = """
[[person]]
email = "Editora@Example.org"
name = "Eva Díaz"
role = "secretariat"

[[person]]
email = "focal@example.hn"
role = "focal_point"
country = "HND"

[[person]]
email = "focal@example.gt"
role = "focal_point"
country = "GTM"

[[person]]
email = "socio@example.int"
role = "partner"
partner = "OIM"

[[person]]
email = "lector@example.org"
role = "reader"

[[person]]
email = "dudoso@example.hn"
role = "focal_point"
country = "HND"
"""


def claims(email: str, *, age: float = 60, **more: Any) -> dict[str, Any]:
    """Return what a provider says of somebody `age` seconds after they logged in."""
    said = {"is_logged_in": True, "email": email, "email_verified": True}
    return said | {"iat": time.time() - age} | more


def log_in(engine: Engine, said: dict[str, Any]) -> accounts.Login:
    """Open the login of an identity, as the way back from the provider does."""
    login = accounts.login(said, now=time.time(), hours=8)
    if login.standing is accounts.LoginStanding.LOGGED_IN:
        accounts.begin(engine, login, hours=8)
    return login


def roles_file(folder: Path, text: str = ROLES) -> Path:
    """Write the file of roles and return it."""
    file = folder / "roles.toml"
    file.write_text(text, "utf-8")
    return file
