"""Who may do what: roles, actors, and the rules of `authz.csv`, which deny what they do not name.

Every function that writes asks `require` itself; a page that asks `may` does so only to leave
out what would be refused.
"""

from crmdata.access.actions import Action
from crmdata.access.actors import ANONYMOUS, Actor, Role, operator, secretariat
from crmdata.access.rules import Rules, may, require, rules

__all__ = [
    "ANONYMOUS",
    "Action",
    "Actor",
    "Role",
    "Rules",
    "may",
    "operator",
    "require",
    "rules",
    "secretariat",
]
