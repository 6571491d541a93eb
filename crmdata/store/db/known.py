"""What questions to the store may know, and the session that asks them."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session


@dataclass(frozen=True)
class Pinned:
    """A snapshot: what it is of, and what a session may know that shows it.

    `until` is the last row of the audit chain, `version_id` the newest plan version, `at` when
    it was made (UTC); `places` holds the rows of countries and partners as JSON.
    """

    snapshot: str
    content_sha256: str
    name: str
    meeting: str
    corte: date
    at: str
    until: int
    version_id: int
    threshold: float
    grace_days: int
    places: str

    @property
    def digest(self) -> str:
        """The hash of what it showed when it was made, without the name of its form."""
        return self.content_sha256.rpartition(":")[2]

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Return the rows of a table of places, `country` or `partner`, as they were."""
        rows: list[dict[str, Any]] = json.loads(self.places)[name]
        return rows


class Known(Session):
    """A session, and what its questions may know: what a snapshot knew, or all of the store.

    Every question takes one, so that none can leave the pin out.
    """

    pin: Pinned | None = None

    @property
    def until(self) -> int | None:
        """The last row of the audit chain that may be known, None for every one."""
        return None if self.pin is None else self.pin.until

    @property
    def version_id(self) -> int | None:
        """The newest plan version that may be known, None for every one."""
        return None if self.pin is None else self.pin.version_id
