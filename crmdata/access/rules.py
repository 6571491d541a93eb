"""The rules as they stand in `authz.csv`: an action a row, a role a column.

A cell says `yes`, `no`, `own` (the actor's own country or partner), `open` (a period that is
not closed) or `own open`. What the file does not name is denied.
"""

import csv
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crmdata.access.actions import REFUSALS, Action
from crmdata.access.actors import Actor, Role
from crmdata.errors import N_, AccessDenied, Problem

FILE = Path(__file__).with_name("authz.csv")

_LOG = logging.getLogger(__name__)

_OWN, _OPEN = "own", "open"
CELLS = frozenset({"yes", "no", _OWN, _OPEN, f"{_OWN} {_OPEN}"})
"""What a cell may say."""


@dataclass(frozen=True)
class Rules:
    """The cells of the file by action and role."""

    cells: Mapping[tuple[Action, Role], str]

    def allow(self, action: Action, role: Role, *, own: bool, closed: bool) -> bool:
        """Tell whether a role may do something to its own or another's, open or closed."""
        cell = self.cells.get((action, role), "no")
        if cell not in CELLS or cell == "no":
            return False
        conditions = cell.split()
        return (own or _OWN not in conditions) and not (closed and _OPEN in conditions)


@cache
def rules(file: Path = FILE) -> Rules:
    """Read the rules. Raise ValueError for an action, a role or a cell that does not exist."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    cells = {
        (Action(row["action"]), Role(role)): cell
        for row in rows
        for role, cell in row.items()
        if role != "action"
    }
    if wrong := sorted(set(cells.values()) - CELLS):
        raise ValueError(f"{file.name}: {wrong} is no rule")
    return Rules(cells)


def may(
    actor: Actor, action: Action, *, country: str = "", partner: str = "", closed: bool = False
) -> bool:
    """Tell whether the rules allow an actor to do something to a country's or partner's rows.

    `closed` says that the period is closed for the country.
    """
    own = actor.owns(country=country, partner=partner)
    return rules().allow(action, actor.role, own=own, closed=closed)


def require(
    actor: Actor, action: Action, *, country: str = "", partner: str = "", closed: bool = False
) -> None:
    """Raise AccessDenied, and log it, unless `may`."""
    if may(actor, action, country=country, partner=partner, closed=closed):
        return
    about = country or partner
    # Of the person no more than the role and for whom it speaks: a name may be an address.
    whose = actor.country or actor.partner
    _LOG.warning(
        "refused: %s by %s of %r on %r, closed=%s", action, actor.role, whose, about, closed
    )
    raise AccessDenied(
        Problem(
            "not_allowed",
            REFUSALS[action],
            _way_out(actor, action, own=actor.owns(country=country, partner=partner)),
            values={"own": actor.country or actor.partner},
        )
    )


def _way_out(actor: Actor, action: Action, *, own: bool) -> str:
    if actor.role == Role.ANONYMOUS:
        return N_("Log in with an account that may.")
    if rules().allow(action, actor.role, own=True, closed=False):
        if own:
            return N_("The semester is closed; the secretariat can reopen it.")
        return N_("Your account speaks for {own} only.")
    return N_("Ask the secretariat.")
