"""Who has which role here, by the file of the deployment, and whose login is open."""

from crmdata.workflow.accounts.logins import Login, LoginStanding, login
from crmdata.workflow.accounts.open_logins import begin, end, end_all, is_open
from crmdata.workflow.accounts.roles import READER, Account, Accounts, accounts, read

__all__ = [
    "READER",
    "Account",
    "Accounts",
    "Login",
    "LoginStanding",
    "accounts",
    "begin",
    "end",
    "end_all",
    "is_open",
    "login",
    "read",
]
