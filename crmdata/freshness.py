"""How fresh the data of a database are: words that a server has before it has a database."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Copy(StrEnum):
    """How a database stands to the one that is written to."""

    ITSELF = "itself"
    """It is the one that is written to."""
    CURRENT = "current"
    """A copy that has everything."""
    BEHIND = "behind"
    """A copy that has received changes and not taken them in for a while."""
    CUT_OFF = "cut_off"
    """A copy that receives nothing: what came in since is missing."""


@dataclass(frozen=True)
class Freshness:
    """How fresh the data of a database are."""

    copy: Copy
    last_change: datetime | None = None
    """When the newest change that it holds was made, in UTC; of a copy only."""

    @property
    def stale(self) -> bool:
        """Whether readers must be told."""
        return self.copy in {Copy.BEHIND, Copy.CUT_OFF}
