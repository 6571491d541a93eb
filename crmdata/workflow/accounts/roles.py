"""The roles of a deployment: a TOML file, one `[[person]]` a person, read whenever it is asked.

    [[person]]
    email = "ana.lopez@example.org"
    role = "focal_point"
    country = "HND"

A file that breaks a rule gives nobody a role: better nobody writes than somebody who may not.
"""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from crmdata import settings
from crmdata.access import Actor, Role
from crmdata.errors import N_, Problem, SettingsError

READER = "reader"
"""The role of somebody who logs in and reads what everybody reads."""

ROLES = {
    READER: Role.ANONYMOUS,
    "partner": Role.PARTNER,
    "focal_point": Role.FOCAL_POINT,
    "secretariat": Role.SECRETARIAT,
}
"""The roles that the file may give. Commands on the machine itself need none."""

_FIELDS = frozenset({"email", "name", "role", "country", "partner"})
_SPEAKS_FOR = {"focal_point": "country", "partner": "partner"}
_CODE = re.compile(r"[A-Z]{2,12}")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
_PERSON = re.compile(r"\s*\[\[\s*person\s*\]\]")


@dataclass(frozen=True)
class Account:
    """What the file says of a person; `email` is in lower case."""

    email: str
    role: Role
    name: str = ""
    country: str = ""
    partner: str = ""


@dataclass(frozen=True)
class Accounts:
    """Everybody who has a role, by e-mail address."""

    people: Mapping[str, Account] = field(default_factory=dict)

    @property
    def editors(self) -> int:
        """How many people hold the secretariat's role."""
        return sum(account.role == Role.SECRETARIAT for account in self.people.values())

    def unknown(self, countries: Collection[str], partners: Collection[str]) -> list[str]:
        """Return the codes that people speak for and that the data do not know."""
        return sorted(
            {person.country for person in self.people.values()} - {"", *countries}
            | {person.partner for person in self.people.values()} - {"", *partners}
        )

    def actor(self, email: str, name: str = "") -> Actor | None:
        """Return who a person is here, or None for somebody whom the file does not name."""
        account = self.people.get(email.casefold())
        if account is None:
            return None
        return Actor(
            account.name or name or account.email,
            account.role,
            country=account.country,
            partner=account.partner,
            email=account.email,
            editors=max(self.editors, 1),
        )


def accounts() -> Accounts:
    """Return the roles of the deployment (`CRMDATA_ROLES_FILE`). Raise SettingsError."""
    file = settings.roles_file()
    if file is None:
        raise SettingsError(
            Problem(
                "no_roles",
                N_("It is not said who may write: CRMDATA_ROLES_FILE is not set."),
                N_("Name the file there that gives people their roles, as docs/serve.md says."),
            )
        )
    return read(file)


def read(file: Path) -> Accounts:
    """Return the roles of a file. Raise SettingsError with every error in it."""
    text = _text(file)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            Problem(
                "not_toml",
                N_("It is not TOML ({detail})."),
                N_('Write each person as [[person]] with lines like role = "partner".'),
                file=file.name,
                values={"detail": str(error)},
            )
        ) from error
    people = content.get("person", [])
    people = people if isinstance(people, list) else [people]
    rows = [number for number, line in enumerate(text.splitlines(), 1) if _PERSON.match(line)]
    rows += [0] * (len(people) - len(rows))
    problems = [_unknown_part(name) for name in content if name != "person"]
    seen: dict[str, Account] = {}
    for row, person in zip(rows, people, strict=False):
        wrong = list(_problems(person, seen))
        problems += [replace(problem, row=row or None) for problem in wrong]
        if not wrong:
            account = _account(person)
            seen[account.email] = account
    if problems:
        raise SettingsError(problem.located(file.name) for problem in problems)
    return Accounts(seen)


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            Problem(
                "unreadable_roles",
                N_("It cannot be read ({detail})."),
                N_("Check CRMDATA_ROLES_FILE, the file's rights, and that it is UTF-8."),
                file=file.name,
                values={"detail": type(error).__name__},
            )
        ) from error


def _account(person: Mapping[str, str]) -> Account:
    return Account(
        email=person["email"].strip().casefold(),
        role=ROLES[person["role"]],
        name=" ".join(person.get("name", "").split()),
        country=person.get("country", ""),
        partner=person.get("partner", ""),
    )


def _unknown_part(name: str) -> Problem:
    return Problem(
        "unknown_part",
        N_("“{name}” means nothing here."),
        N_('Write each person as [[person]] with lines like role = "partner".'),
        values={"name": name},
    )


def _problems(person: Any, seen: Mapping[str, Account]) -> Iterator[Problem]:
    """Yield what is wrong with one person's entry."""
    if not isinstance(person, dict) or not all(isinstance(value, str) for value in person.values()):
        yield Problem(
            "not_text", N_("Every value is text in quotes."), N_('Write role = "partner".')
        )
        return
    yield from (
        Problem(
            "unknown_field",
            N_("There is no such line."),
            N_("Use email, name, role, country and partner."),
            field=name,
        )
        for name in sorted(set(person) - _FIELDS)
    )
    yield from _email_problems(person.get("email", ""), seen)
    yield from _role_problems(person)


def _email_problems(email: str, seen: Mapping[str, Account]) -> Iterator[Problem]:
    address = email.strip().casefold()
    if not _ADDRESS.fullmatch(address):
        yield Problem(
            "no_email",
            N_("It is not an e-mail address."),
            N_("Write the one that the person logs in with."),
            field="email",
            value=email,
        )
    elif address in seen:
        yield Problem(
            "twice",
            N_("The same person stands here twice."),
            N_("Leave one entry: a person has one role."),
            field="email",
            value=email,
        )


def _role_problems(person: Mapping[str, str]) -> Iterator[Problem]:
    role = person.get("role", "")
    if role not in ROLES:
        yield Problem(
            "unknown_role",
            N_("There is no such role."),
            N_("Use reader, partner, focal_point or secretariat."),
            field="role",
            value=role,
        )
        return
    needed = _SPEAKS_FOR.get(role, "")
    if needed and not _CODE.fullmatch(person.get(needed, "")):
        yield Problem(
            "speaks_for_nobody",
            N_("The role {role} speaks for one, by its code in capitals."),
            N_('Write country = "HND", or partner = "OIM".'),
            field=needed,
            value=person.get(needed, ""),
            values={"role": role},
        )
    for name in ("country", "partner"):
        if name != needed and person.get(name):
            yield Problem(
                "speaks_for_too_many",
                N_("The role {role} speaks for none."),
                N_("Leave this line out."),
                field=name,
                value=person[name],
                values={"role": role},
            )
