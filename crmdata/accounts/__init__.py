"""Who has which role here, by the file of the deployment, and whether a login still holds."""

from crmdata.accounts.logins import Login, Standing, login
from crmdata.accounts.roles import READER, Account, Accounts, accounts, read

__all__ = [
    "READER",
    "Account",
    "Accounts",
    "Login",
    "Standing",
    "accounts",
    "login",
    "read",
]
