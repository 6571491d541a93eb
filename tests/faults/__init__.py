"""What breaks in the world: processes killed, disks full, two people at once.

The rounds are few in `make test`, and all of them with `FAULTS=full` (`make test-faults`).
"""

import os

FULL = os.environ.get("FAULTS") == "full"


def rounds(few: int, *, full: int) -> int:
    """Return how often a fault is tried in this run."""
    return full if FULL else few
