"""What the audit chain signs, version by version of its hashes.

A hash names its version itself: `v2:…`; one without a name is of version 1. Every version is a
frozen function from the schema as it stands now to the values that were signed then. So a
migration that renames or retypes a column mends the older functions to yield the same values;
one that adds a signed column begins a new version. `NEWEST` alone is written.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, Integer, Select, String, Table, select, type_coerce

from crmdata.store.db.known import Known
from crmdata.store.models import (
    Audit,
    Axis,
    Batch,
    Cooperation,
    CooperationCountry,
    Country,
    Line,
    Mark,
    Meeting,
    Observation,
    OtherName,
    Partner,
    PlanChange,
    PlanMention,
    PlannedActivity,
    PlanVersion,
    PlanWord,
    Report,
    ReportPartner,
    Result,
    Slot,
    Store,
)

NEWEST = 4
"""The version of hashes that are written."""

SALTED = 3
"""The first version that signs the salts of rows."""

Rows = Iterator[Iterable[object]]
Selects = Iterator[tuple[str, Select[Any]]]


def sha256_of(rows: Iterable[Iterable[object]]) -> str:
    """Return the SHA-256 of rows, each written as one JSON array."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(_written(list(row)).encode())
        digest.update(b"\n")
    return digest.hexdigest()


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


# Made once: as many rows are written as an import has.
_written = json.JSONEncoder(ensure_ascii=False, default=_plain).encode
_sorted_by = json.JSONEncoder(default=_plain).encode


def with_version(version: int, digest: str) -> str:
    """Return a hash with its version's name."""
    return digest if version == 1 else f"v{version}:{digest}"


def version_of(signature: str) -> int:
    """Return the version that a hash names; 0 for none that this software could have written."""
    name, colon, _ = signature.partition(":")
    if not colon:
        return 1
    return int(name[1:]) if name[:1] == "v" and name[1:].isdecimal() else 0


# Rows of the chain


def _chain_row_1(row: Audit) -> list[object]:
    return [row.previous, row.seq, row.at, row.actor, row.action, row.object, row.detail,
            row.content_sha256]  # fmt: skip


def _chain_row_2(row: Audit) -> list[object]:
    # With its version, so that no row passes for one of another.
    return ["v2", row.previous, row.seq, row.at, row.actor, row.action, row.object, row.detail,
            row.content_sha256]  # fmt: skip


def _chain_row_3(row: Audit) -> list[object]:
    return ["v3", *_chain_row_2(row)[1:]]


def _chain_row_4(row: Audit) -> list[object]:
    return ["v4", *_chain_row_2(row)[1:]]


CHAIN_ROWS: dict[int, Callable[[Audit], list[object]]] = {
    1: _chain_row_1,
    2: _chain_row_2,
    3: _chain_row_3,
    4: _chain_row_4,
}


def chain_hash(row: Audit, version: int = NEWEST) -> str:
    """Return the hash of a row of the chain. Raise KeyError for an unknown version."""
    return with_version(version, sha256_of([CHAIN_ROWS[version](row)]))


# Contents


def table_of(model: Any) -> Table:
    """Return the table behind a model."""
    table: Table = model.__table__
    return table


def _day(column: Column[Any]) -> ColumnElement[str]:
    """Return a date as it is stored: SQLAlchemy's own reading would forgive what follows it."""
    return type_coerce(column, String).label(column.name)


def _flag(column: Column[Any]) -> ColumnElement[int]:
    return type_coerce(column, Integer).label(column.name)


def _codes(session: Known, link: Select[Any]) -> Mapping[int, list[str]]:
    codes: dict[int, list[str]] = {}
    for owner, code in session.execute(link):
        codes.setdefault(owner, []).append(code)
    return codes


def _batch_1(session: Known, batch: int) -> Rows:
    """Yield what a batch's file said, without the store's numbers."""
    r, p = table_of(Report).c, table_of(ReportPartner).c
    codes = _codes(
        session,
        select(p.report_id, p.partner)
        .join(table_of(Report), r.id == p.report_id)
        .where(r.batch_id == batch)
        .order_by(p.report_id, p.position),
    )
    yield ["report"]
    for key, *values in session.execute(
        select(r.id, r.country, r.activity, r.semester, r.state, r.percent, r.narrative, r.reason,
               r.evidence, _day(r.reported_on)).where(r.batch_id == batch).order_by(r.id)
    ):  # fmt: skip
        yield [*values, ";".join(codes.get(key, ()))]
    c, k = table_of(Cooperation).c, table_of(CooperationCountry).c
    codes = _codes(
        session,
        select(k.cooperation_id, k.country)
        .join(table_of(Cooperation), c.id == k.cooperation_id)
        .where(c.batch_id == batch)
        .order_by(k.cooperation_id, k.position),
    )
    yield ["cooperation"]
    for key, *values in session.execute(
        select(c.id, c.partner, c.activity, c.semester_from, c.semester_to, c.modality, c.state,
               c.text, c.evidence, _day(c.reported_on)).where(c.batch_id == batch).order_by(c.id)
    ):  # fmt: skip
        yield [*values, ";".join(codes.get(key, ()))]
    m = table_of(Meeting).c
    yield ["meeting"]
    for row in session.execute(
        select(m.meeting, m.name_es, m.name_en, _day(m.held_on), _day(m.corte))
        .where(m.batch_id == batch)
        .order_by(m.id)
    ):
        yield [*row, ""]


def _batch_2(batch: int) -> Selects:
    b, r, p = table_of(Batch).c, table_of(Report).c, table_of(ReportPartner).c
    yield (
        "batch",
        select(
            b.id,
            b.subject,
            b.imported_at,
            b.imported_by,
            b.file_name,
            b.file_sha256,
            b.rows,
            b.note,
        ).where(b.id == batch),
    )
    yield "report", select(
        r.id, r.batch_id, r.country, r.activity, r.semester, r.state, r.percent, r.narrative,
        r.reason, r.evidence, _day(r.reported_on),
    ).where(r.batch_id == batch)  # fmt: skip
    reports = select(r.id).where(r.batch_id == batch)
    yield (
        "report_partner",
        select(p.report_id, p.partner, p.position).where(p.report_id.in_(reports)),
    )
    c, k, m = table_of(Cooperation).c, table_of(CooperationCountry).c, table_of(Meeting).c
    yield "cooperation", select(
        c.id, c.batch_id, c.partner, c.activity, c.semester_from, c.semester_to, c.modality,
        c.state, c.text, c.evidence, _day(c.reported_on),
    ).where(c.batch_id == batch)  # fmt: skip
    lines = select(c.id).where(c.batch_id == batch)
    yield (
        "cooperation_country",
        select(k.cooperation_id, k.country, k.position).where(k.cooperation_id.in_(lines)),
    )
    yield (
        "meeting",
        select(
            m.id, m.batch_id, m.meeting, m.name_es, m.name_en, _day(m.held_on), _day(m.corte)
        ).where(m.batch_id == batch),
    )


def _batch_3(batch: int) -> Selects:
    """Select the salts too: who guesses a text that was taken out cannot prove it by the hash."""
    salted = {"report": table_of(Report).c.salt, "cooperation": table_of(Cooperation).c.salt}
    for table, query in _batch_2(batch):
        yield table, query.add_columns(salted[table]) if table in salted else query


def _batch_4(batch: int) -> Selects:
    """Select the observations too, which came with this version."""
    yield from _batch_3(batch)
    o = table_of(Observation).c
    yield (
        "observation",
        select(
            o.id, o.batch_id, o.country, o.meeting, o.observation, _day(o.reported_on), o.salt
        ).where(o.batch_id == batch),
    )


def _plan_version_2(version: int) -> Selects:
    v, a, n, r = table_of(PlanVersion).c, table_of(Axis).c, table_of(Line).c, table_of(Result).c
    yield "plan_version", select(
        v.id, v.plan_id, v.content_sha256, _day(v.in_force_from), v.loaded_at, v.loaded_by,
        v.note, v.first_year, v.year_columns, v.period_from, v.period_to, v.title, v.title_en,
        v.short_title, v.short_title_en, v.objective, v.objective_en, v.principle,
        v.principle_en, v.footnote, v.footnote_en,
    ).where(v.id == version)  # fmt: skip
    yield (
        "axis",
        select(a.version_id, a.axis, a.title, a.title_en, a.objective, a.objective_en).where(
            a.version_id == version
        ),
    )
    yield (
        "line",
        select(n.version_id, n.line, n.position, n.axis, n.title, n.title_en).where(
            n.version_id == version
        ),
    )
    yield (
        "result",
        select(r.version_id, r.result, r.position, r.line, r.title, r.title_en).where(
            r.version_id == version
        ),
    )
    p, k, s = table_of(PlannedActivity).c, table_of(Mark).c, table_of(Slot).c
    yield "planned_activity", select(
        p.version_id, p.activity, p.position, p.result, p.text, p.text_en, p.responsible,
        p.responsible_en, p.reading, p.note, p.note_en,
    ).where(p.version_id == version)  # fmt: skip
    yield (
        "mark",
        select(k.version_id, k.activity, k.year, k.mark, k.kind).where(k.version_id == version),
    )
    yield (
        "slot",
        select(s.version_id, s.activity, s.semester, _flag(s.quarter)).where(
            s.version_id == version
        ),
    )
    d, q = table_of(PlanChange).c, table_of(PlanMention).c
    yield (
        "plan_change",
        select(d.version_id, d.position, d.kind, d.level, d.code, d.field, d.before, d.after).where(
            d.version_id == version
        ),
    )
    yield (
        "plan_mention",
        select(q.version_id, q.partner, q.activity, q.quote).where(q.version_id == version),
    )


def _places_2(_: int) -> Selects:
    """Select countries and partners, which have no versions: a load replaces their names."""
    c, p = table_of(Country).c, table_of(Partner).c
    yield (
        "country",
        select(c.country, _flag(c.member), c.name_es, c.name_en, c.tile_row, c.tile_column),
    )
    yield "partner", select(p.partner, p.acronym_en, p.name_es, p.name_en)


def _words_3(_: int) -> Selects:
    """Select what pages call the plan's things and who reports, which a load replaces."""
    w, o = table_of(PlanWord).c, table_of(OtherName).c
    yield "plan_word", select(w.word, w.es, w.en)
    yield "other_name", select(o.name, o.country)


def _store_2(_: int) -> Selects:
    s = table_of(Store).c
    yield "store", select(s.id, s.kind, s.created_at)


_SELECTS_2: dict[str, Callable[[int], Selects]] = {
    "store": _store_2,
    "places": _places_2,
    "plan_version": _plan_version_2,
    "batch": _batch_2,
}
_SELECTS_3 = _SELECTS_2 | {"batch": _batch_3, "words": _words_3}
SELECTS = _SELECTS_3 | {"batch": _batch_4}
"""What is signed, by what an object's name begins with (`batch:7`): every column."""


def _content_2(session: Known, kind: str, number: int) -> Rows:
    yield ["v2", kind]
    yield from _selected(session, _SELECTS_2[kind](number))


def _content_3(session: Known, kind: str, number: int) -> Rows:
    yield ["v3", kind]
    yield from _selected(session, _SELECTS_3[kind](number))


def _content_4(session: Known, kind: str, number: int) -> Rows:
    yield ["v4", kind]
    yield from _selected(session, SELECTS[kind](number))


def _selected(session: Known, selects: Selects) -> Rows:
    for table, query in selects:
        yield [table]
        # Sorted here: the databases order texts each by its own language.
        rows = [[_number(value) for value in row] for row in session.execute(query)]
        yield from sorted(rows, key=_sorted_by)


def _number(value: object) -> object:
    """Return a truth value as SQLite stores it."""
    return int(value) if isinstance(value, bool) else value


def _content_1(session: Known, kind: str, number: int) -> Rows:
    if kind != "batch":
        raise KeyError(kind)
    return _batch_1(session, number)


CONTENTS: dict[int, Callable[[Known, str, int], Rows]] = {
    1: _content_1,
    2: _content_2,
    3: _content_3,
    4: _content_4,
}


def content_hash(session: Known, name: str, version: int = NEWEST) -> str:
    """Return the hash of all that the store holds of an object, computed from the database.

    `name` is that of the audit chain: `store`, `places`, `words`, `plan_version:1`, `batch:7`.
    Raise KeyError for what a version does not know.
    """
    kind, _, number = name.partition(":")
    return with_version(version, sha256_of(CONTENTS[version](session, kind, int(number or 0))))


def salted_batches(session: Known) -> set[int]:
    """Return the batches with rows that have a salt: only the third version and later sign it."""
    tables = (table_of(Report), table_of(Cooperation), table_of(Observation))
    queries = (select(each.c.batch_id).where(each.c.salt != "").distinct() for each in tables)
    return {batch for query in queries for batch in session.execute(query).scalars()}


def batch_content_sha256(session: Known, batch_id: int) -> str:
    """Return the hash of everything that a batch stored, computed from the database."""
    return content_hash(session, f"batch:{batch_id}")
