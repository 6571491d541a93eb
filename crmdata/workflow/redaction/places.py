"""The places of texts: where each stands, and where the same words stand in the audit chain."""

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sqlalchemy import select

from crmdata.fields import REDACTABLE
from crmdata.store.db import AGREEMENT_ACTIONS, CLOSINGS, SNAPSHOT_ACTION, STEPS, STORING, Known
from crmdata.store.models import Audit, Redaction, Table
from crmdata.store.queries.frames import table


class Spot(NamedTuple):
    """A text's place: `column` is `detail.text` for a word in the detail of a row of the chain."""

    table: str
    row: int
    column: str


_TWINS = {
    **{(action, "text"): ("review_act", "text") for action in STEPS},
    **{(action, "text"): ("closing_act", "text") for action in CLOSINGS},
    **{(action, "text"): ("agreement", "text") for action in AGREEMENT_ACTIONS.values()},
    **{(action, "note"): ("batch", "note") for action in STORING},
    **{(action, "file"): ("batch", "file_name") for action in STORING},
    (SNAPSHOT_ACTION, "name"): ("snapshot", "name"),
}
"""Which table holds a word of the chain as well, by act and key."""


def texts(session: Known) -> Iterator[tuple[Spot, str]]:
    """Yield every text that people wrote, outside of the chain and in it."""
    columns: dict[str, list[str]] = {}
    for place in REDACTABLE:
        name, _, column = place.partition(".")
        columns.setdefault(name, []).append(column)
    for name, names in columns.items():
        if name == "audit":
            continue
        rows = Table.metadata.tables[name]
        (key,) = rows.primary_key.columns
        query = select(key, *(rows.c[column] for column in names)).order_by(key)
        for number, *values in session.execute(query):
            yield from ((Spot(name, number, column), text)
                        for column, text in zip(names, values, strict=True) if text)  # fmt: skip
    yield from ((spot, text) for spot, text, _ in _in_the_chain(session))


def _in_the_chain(session: Known) -> Iterator[tuple[Spot, str, Spot | None]]:
    """Yield the words in the chain, each with the place that holds it as well."""
    audit = table(Audit)
    keys = [place.rpartition(".")[2] for place in REDACTABLE if place.startswith("audit.")]
    rows = select(audit.c.seq, audit.c.action, audit.c.object, audit.c.detail)
    for seq, action, about, written in session.execute(rows.order_by(audit.c.seq)).all():
        detail = json.loads(written)
        for key in keys:
            if detail.get(key):
                spot = Spot("audit", seq, f"detail.{key}")
                yield spot, detail[key], _twin(seq, action, about, key)


def _twin(seq: int, action: str, about: str, key: str) -> Spot | None:
    if (action, key) not in _TWINS:
        return None
    name, column = _TWINS[action, key]
    return Spot(name, int(about.partition(":")[2]) if name == "batch" else seq, column)


def twins(session: Known) -> dict[Spot, Spot]:
    """Return, for each word in the chain that stands in a table as well, the place there."""
    return {spot: twin for spot, _, twin in _in_the_chain(session) if twin is not None}


def gone(session: Known) -> set[Spot]:
    """Return the places whose texts were taken out."""
    r = table(Redaction).c
    rows = session.execute(select(r.table_name, r.row_id, r.column_name))
    return {Spot(*row) for row in rows}


def everywhere(session: Known, spots: Iterable[Spot]) -> list[Spot]:
    """Return places with those that hold the same words of the same act, in a fixed order.

    What was taken out before is left out, and so is what holds no text.
    """
    there = {spot for spot, _ in texts(session)} - gone(session)
    pairs = twins(session)
    wanted = set(spots)
    wanted |= {pairs[spot] for spot in wanted if spot in pairs}
    wanted |= {spot for spot, twin in pairs.items() if twin in wanted}
    return sorted(wanted & there)
