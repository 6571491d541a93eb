"""Words found everywhere they stand, with enough around them to tell which ones must go."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import select

from crmdata.access import Action, Actor, require
from crmdata.search import plain
from crmdata.store.db import Known
from crmdata.store.models import (
    Agreement,
    Audit,
    Batch,
    ClosingAct,
    Cooperation,
    Observation,
    Report,
    ReviewAct,
)
from crmdata.store.models import Snapshot as SnapshotRow
from crmdata.store.queries.frames import table
from crmdata.workflow.redaction.places import Spot, gone, texts, twins

AROUND = 60
"""Characters shown on each side of what was found."""


_sign = lru_cache(maxsize=1_000)(plain)  # text by text, the signs are the same few

_BETWEEN = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class TextPlace:
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


def find(session: Known, actor: Actor, words: str) -> list[TextPlace]:
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
    excerpts: dict[Spot, str] = {}
    for spot, text in texts(session):
        own = pairs.get(spot, spot)
        if spot not in before and (excerpt := _excerpt(text, sought)):
            excerpts.setdefault(own, excerpt)
    about = _subjects(session, excerpts)
    return [
        TextPlace(spot, text, about[spot.table, spot.row])
        for spot, text in sorted(excerpts.items())
    ]


def folded(text: str) -> str:
    """Return the words of a text in the form in which they are compared."""
    return _BETWEEN.sub(" ", plain(_spaced(text))).strip()


def _spaced(text: str) -> str:
    # An address writes a space so.
    return text.replace("%20", "   ")


def _placed(text: str) -> tuple[str, list[int]]:
    """Return the folded signs of a text, and where in the text each stood."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(_spaced(text)):
        for plain_sign in _sign(sign):
            visible = plain_sign if plain_sign.isalnum() else " "
            if visible != " " or (signs and signs[-1] != " "):
                signs.append(visible)
                places.append(place)
    return "".join(signs), places


def _excerpt(text: str, sought: str) -> str:
    """Return the words with what stands around them, empty where they do not stand there."""
    if sought not in folded(text):
        return ""
    low, places = _placed(text)
    at = low.index(sought)
    begin, end = places[at], places[at + len(sought) - 1] + 1
    before, after = text[max(begin - AROUND, 0) : begin], text[end : end + AROUND]
    # Words that the edge would cut are left out, if any other is there.
    if begin > AROUND:
        before = f"… {before[before.find(' ') + 1 :]}"
    if len(text) > end + AROUND:
        after = f"{after[: after.rfind(' ')] if ' ' in after else after} …"
    return " ".join(f"{before}{text[begin:end]}{after}".split())


_ABOUT = {
    "report": (Report, ("country", "activity", "semester")),
    "cooperation": (Cooperation, ("partner", "activity", "semester_from")),
    "observation": (Observation, ("country", "meeting")),
    "batch": (Batch, ("id",)),
    "review_act": (ReviewAct, ("batch_id",)),
    "closing_act": (ClosingAct, ("country", "semester")),
    "agreement": (Agreement, ("line", "activity", "country")),
    "snapshot": (SnapshotRow, ("snapshot",)),
    "audit": (Audit, ("action",)),
}


def _subjects(session: Known, spots: Iterable[Spot]) -> dict[tuple[str, int], tuple[str, ...]]:
    """Return what the rows of places are of, by table and row."""
    subjects: dict[tuple[str, int], tuple[str, ...]] = {}
    for name in {spot.table for spot in spots}:
        model, names = _ABOUT[name]
        rows = table(model)
        (key,) = rows.primary_key.columns
        for row, *values in session.execute(select(key, *(rows.c[each] for each in names))):
            subjects[name, row] = tuple(str(value) for value in values if value is not None)
    return subjects
