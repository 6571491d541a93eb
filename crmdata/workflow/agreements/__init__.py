"""What a meeting agrees on, pinned to a line, an activity or a country; withdrawn, never erased."""

from crmdata.workflow.agreements.noting import LONGEST, Pins, note, numbered, withdraw

__all__ = ["LONGEST", "Pins", "note", "numbered", "withdraw"]
