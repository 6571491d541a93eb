"""Who uses the app in this session: the one place where a page learns it."""

import os

from crmdata.access import ANONYMOUS, Actor, secretariat

MODE = "CRMDATA_SERVE_MODE"
LOCAL_SECRETARIAT = "local-secretariat"
"""The mode in which whoever sits at the machine is the secretariat; it binds to loopback."""

LOCAL_NAME = "secretaría local"
"""The name in the audit trail of somebody who did not log in."""


def current_actor() -> Actor:
    """Return who acts in this session: nobody in particular unless a login or the mode says so."""
    if os.environ.get(MODE) == LOCAL_SECRETARIAT:
        return secretariat(LOCAL_NAME)
    return ANONYMOUS
