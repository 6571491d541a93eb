"""What a meeting agrees on, pinned to a line, an activity or a country: who does it, and by when.

Noted, done, opened again or withdrawn; never erased.
"""

from crmdata.workflow.agreements.following import complete, numbered, reopen, withdraw
from crmdata.workflow.agreements.noting import Pins, note
from crmdata.workflow.agreements.writing import LONGEST

__all__ = ["LONGEST", "Pins", "complete", "note", "numbered", "reopen", "withdraw"]
