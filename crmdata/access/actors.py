"""Who acts: a name, a role, and for whom."""

from dataclasses import dataclass
from enum import StrEnum

from crmdata.errors import N_, AccessDenied, Problem


class Role(StrEnum):
    """What somebody is here, in the order of the columns of `authz.csv`."""

    ANONYMOUS = "anonymous"
    PARTNER = "partner"
    FOCAL_POINT = "focal_point"
    SECRETARIAT = "secretariat"
    OPERATOR = "operator"


@dataclass(frozen=True)
class Actor:
    """Who asks for something. Raise AccessDenied for one that is not whole.

    A focal point speaks for one country, a partner's person for one partner, nobody else for
    any. `email` is one that a login verified, else empty. `editors` is how many people hold
    the secretariat's role in this deployment: two of them check each other.
    """

    name: str
    role: Role
    country: str = ""
    partner: str = ""
    email: str = ""
    editors: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", " ".join(self.name.split()))
        if not (self.name and self.name.isprintable()):
            raise AccessDenied(
                Problem(
                    "nobody",
                    N_("It is not said who does this."),
                    N_("Give a name."),
                    value=self.name,
                )
            )
        speaks_for = (self.role == Role.FOCAL_POINT, self.role == Role.PARTNER)
        if speaks_for != (bool(self.country), bool(self.partner)):
            raise AccessDenied(
                Problem(
                    "speaks_for_nobody",
                    N_("It is not said for whom {name} speaks."),
                    N_("A focal point has one country, a partner's person one partner."),
                    values={"name": self.name},
                )
            )

    @property
    def identity(self) -> str:
        """What tells one person from another: the verified e-mail address, else the name."""
        return (self.email or self.name).casefold()

    def owns(self, *, country: str = "", partner: str = "") -> bool:
        """Tell whether the actor speaks for the country, or for the partner."""
        return (bool(country) and country == self.country) or (
            bool(partner) and partner == self.partner
        )


ANONYMOUS = Actor("anonymous", Role.ANONYMOUS)
"""Whoever reads without a login."""


def operator(name: str) -> Actor:
    """Return who runs commands on the machine that holds the data."""
    return Actor(name, Role.OPERATOR)


def secretariat(name: str, *, editors: int = 1) -> Actor:
    """Return somebody of the secretariat without a login: at the shell, or on a local app."""
    return Actor(name, Role.SECRETARIAT, editors=editors)
