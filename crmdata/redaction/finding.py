"""Words found everywhere they stand, with enough around them to tell which ones must go."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session

from crmdata.access import Action, Actor, require
from crmdata.models import Agreement, Audit, Batch, ClosingAct, Cooperation, Report, ReviewAct
from crmdata.models import Snapshot as SnapshotRow
from crmdata.queries.frames import table
from crmdata.redaction.places import Spot, gone, texts, twins
from crmdata.search import plain

AROUND = 60
"""Characters shown on each side of what was found."""


@dataclass(frozen=True)
class Place:
    """A text in which the words stand: where, the text around them, and what it is of.

    `about` holds codes for a reader: a batch's number, country and activity, a snapshot's id.
    """

    spot: Spot
    excerpt: str
    about: tuple[str, ...]

    @property
    def id(self) -> str:
        """The place as it is written on a command line: `report:12:narrative`."""
        return ":".join(map(str, self.spot))


def find(session: Session, actor: Actor, words: str) -> list[Place]:
    """Return every text in which the words stand, one after the other.

    Case, accents, and what stands between words do not matter: `Kevin-Cruz` in an address is found
    by `kevín cruz`. A text that stands in the audit chain as well is named once, by its own table.
    Raise AccessDenied for who may not redact.
    """
    require(actor, Action.REDACT)
    sought = folded(words)
    if not sought:
        return []
    before, pairs = gone(session), twins(session)
    found: dict[Spot, str] = {}
    for spot, text in texts(session):
        own = pairs.get(spot, spot)
        if spot not in before and (excerpt := _excerpt(text, sought)):
            found.setdefault(own, excerpt)
    return [Place(spot, text, _about(session, spot)) for spot, text in sorted(found.items())]


def folded(text: str) -> str:
    """Return the words of a text in the form in which they are compared."""
    return _folded(text)[0].strip()


def _folded(text: str) -> tuple[str, list[int]]:
    """Return letters and digits without case and accents, and where in the text each stood."""
    signs, places = [" "], [0]
    # An address writes a space so.
    for place, sign in enumerate(text.replace("%20", "   ")):
        for plain_sign in plain(sign) if sign.isalnum() else " ":
            if plain_sign != " " or signs[-1] != " ":
                signs.append(plain_sign)
                places.append(place)
    return "".join(signs), places


def _excerpt(text: str, sought: str) -> str:
    """Return the words with what stands around them, empty where they do not stand there."""
    low, places = _folded(text)
    at = low.find(sought)
    if at < 0:
        return ""
    begin, end = places[at], places[at + len(sought) - 1] + 1
    first, last = max(begin - AROUND, 0), end + AROUND
    cut = " ".join(text[first:last].split())
    return f"{'… ' if first else ''}{cut}{' …' if last < len(text) else ''}"


_ABOUT = {
    "report": (Report, ("country", "activity", "semester")),
    "cooperation": (Cooperation, ("partner", "activity", "semester_from")),
    "batch": (Batch, ("id",)),
    "review_act": (ReviewAct, ("batch_id",)),
    "closing_act": (ClosingAct, ("country", "semester")),
    "agreement": (Agreement, ("line", "activity", "country")),
    "snapshot": (SnapshotRow, ("snapshot",)),
    "audit": (Audit, ("action",)),
}


def _about(session: Session, spot: Spot) -> tuple[str, ...]:
    model, names = _ABOUT[spot.table]
    rows = table(model)
    (key,) = rows.primary_key.columns
    query = select(*(rows.c[name] for name in names)).where(key == spot.row)
    return tuple(str(value) for value in session.execute(query).one() if value is not None)
