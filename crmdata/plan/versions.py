"""Plan versions in the store: a changed file becomes a new version; nothing is overwritten."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col
from sqlmodel import select as select_model

from crmdata.errors import N_, PlanError, Problem, StoreError
from crmdata.plan import rewording
from crmdata.plan.differences import Difference, differences
from crmdata.plan.files import PlanFiles, Rows, read
from crmdata.plan.identity import check_same
from crmdata.store.db import LOAD_WORDS, Known, audit, moment, sha256_of, signed_now, writing
from crmdata.store.models import (
    Activity,
    Country,
    OtherName,
    Partner,
    PlanChange,
    PlanVersion,
    PlanWord,
    SemesterRow,
    Store,
)
from crmdata.store.models import Table as Tables
from crmdata.terms import DataKind

VERSIONED = ("axis", "line", "result", "planned_activity", "mark", "slot", "plan_mention")
"""Tables that hold one set of rows for each plan version, parents first."""


@dataclass(frozen=True)
class LoadOutcome:
    """What a load did: the version now in the store, and how it differs from the one before."""

    version_id: int
    changed: bool
    changes: list[Difference]
    other_words: bool = False
    """Whether the same version came with other names or words."""


def load(
    engine: Engine,
    folder: Path,
    *,
    by: str,
    kind: DataKind | None = None,
    reworded: Collection[str] = (),
) -> LoadOutcome:
    """Bring the plan's files into a migrated database; the same files again change nothing.

    `kind` says what a new database is to hold (real data if None), `reworded` which activities
    are the same although their text shares almost nothing with the one before. Raise PlanError
    for the files, another plan's among them, StoreError where the database holds the other
    kind; both leave it as it was.
    """
    files = read(folder)
    with writing(engine) as session:
        check_same(session, files)
        _claim(session, kind)
        last = _last_version(session)
        content = content_sha256(files)
        if last is not None and holds(last, files):
            if other_words := _store_words(session, files):
                signed = signed_now(session, "words")
                audit(
                    session, actor=by, action=LOAD_WORDS, object="words", detail={"signed": signed}
                )
            return LoadOutcome(last.id, changed=False, changes=[], other_words=other_words)
        before = _stored(session, last) if last is not None else files
        confirmed = _confirmed(before, files, reworded)
        changes = differences(before, files)
        version_id = last.id + 1 if last is not None else 1
        session.execute(delete(OtherName))
        _store_references(session, files)
        _store_words(session, files)
        _store_version(session, files, version_id, content, by)
        _store_changes(session, version_id, changes)
        name = f"plan_version:{version_id}"
        audit(
            session,
            actor=by,
            action="load_plan",
            object=name,
            detail={
                "changes": len(changes),
                "first_year": files.plan["first_year"],
                "plan_id": files.plan["plan_id"],
                "year_columns": files.plan["year_columns"],
                **({"reworded": confirmed} if confirmed else {}),
                "signed": signed_now(session, "store", "places", "words", name),
            },
            content_sha256=content,
        )
    return LoadOutcome(version_id, changed=True, changes=changes)


def _confirmed(before: PlanFiles, after: PlanFiles, confirmed: Collection[str]) -> list[str]:
    """Return the activities that had to be confirmed. Raise PlanError for those not named."""
    reworded = rewording.reworded(before, after)
    if missing := [each.problem for each in reworded if each.activity not in confirmed]:
        raise PlanError(missing)
    return [each.activity for each in reworded]


def holds(version: PlanVersion, files: PlanFiles) -> bool:
    """Tell whether a version is what the files say."""
    # The hash is of what the files said before plans had a name.
    same = version.year_columns == files.plan["year_columns"]
    return same and version.content_sha256 == content_sha256(files)


_PLAN = (
    "first_year", "footnote", "footnote_en", "in_force_from", "objective", "objective_en",
    "period_from", "period_to", "principle", "principle_en", "short_title", "short_title_en",
    "title", "title_en",
)  # fmt: skip
_TABLES = {
    "axis": ("axis", "title", "title_en", "objective", "objective_en"),
    "line": ("line", "position", "axis", "title", "title_en"),
    "result": ("result", "position", "line", "title", "title_en"),
    "planned_activity": ("activity", "position", "result", "text", "text_en", "responsible",
                         "responsible_en", "reading", "note", "note_en"),
    "mark": ("activity", "year", "mark", "kind"),
    "slot": ("activity", "semester", "quarter"),
    "plan_mention": ("partner", "activity", "quote"),
}  # fmt: skip
_COUNTRY = ("country", "member", "name_es", "name_en", "tile_row", "tile_column")
_PARTNER = ("partner", "acronym_en", "name_es", "name_en")


def content_sha256(files: PlanFiles) -> str:
    """Return the hash of everything the files say: equal files, equal hash.

    It is of version 1 (`store.db.signed`) and names its columns one by one: what later versions
    of this software read beside them is compared by itself (`holds`).
    """

    def rows() -> Iterator[Iterable[object]]:
        yield [f"{name}={files.plan[name]}" for name in _PLAN]
        for table, columns in _TABLES.items():
            yield [table]
            yield from ([row[name] for name in columns] for row in files.tables[table])
        for table, columns, places in (
            ("country", _COUNTRY, files.countries),
            ("partner", _PARTNER, files.partners),
        ):
            yield [table]
            yield from ([row[name] for name in columns] for row in places)

    return sha256_of(rows())


def _claim(session: Known, kind: DataKind | None) -> None:
    store = session.get(Store, 1)
    if store is None:
        session.add(Store(kind=(kind or DataKind.REAL).value, created_at=moment(session)))
        session.flush()
    elif kind is not None and store.kind != kind:
        raise StoreError(
            Problem(
                "other_kind",
                N_("The database holds data of the other kind ({kind})."),
                N_("Name another database with CRMDATA_DATABASE_URL; the two never mix."),
                values={"kind": store.kind},
            )
        )


def _last_version(session: Known) -> PlanVersion | None:
    return session.exec(select_model(PlanVersion).order_by(col(PlanVersion.id).desc())).first()


def _rows(session: Known, name: str, version_id: int | None = None) -> Rows:
    table = Tables.metadata.tables[name]
    query = select(*(column for column in table.c if column.name != "version_id"))
    if version_id is not None:
        query = query.where(table.c.version_id == version_id)
    order = [
        column for column in (table.c.get("position"), *table.primary_key) if column is not None
    ]
    return [dict(row) for row in session.execute(query.order_by(*order)).mappings()]


def _stored(session: Known, version: PlanVersion) -> PlanFiles:
    """Return a stored version in the shape of the files, for the comparison."""
    plan = version.model_dump(exclude={"id", "content_sha256", "loaded_at", "loaded_by", "note"})
    return PlanFiles(
        plan=plan,
        tables={name: _rows(session, name, version.id) for name in VERSIONED},
        countries=_rows(session, "country"),
        partners=_rows(session, "partner"),
        periods=[],
        other_names=[],
        words=[],
    )


def _store_references(session: Known, files: PlanFiles) -> None:
    """Bring periods, identities, countries and partners up to date, which have no versions."""
    _add_missing(session, SemesterRow, "semester", files.periods)
    activities = [{"activity": row["activity"]} for row in files.tables["planned_activity"]]
    _add_missing(session, Activity, "activity", activities)
    for model, key, rows in (
        (Country, "country", files.countries),
        (Partner, "partner", files.partners),
    ):
        known = _add_missing(session, model, key, rows)
        for row in rows:
            if row[key] in known:
                session.execute(update(model).where(col(getattr(model, key)) == row[key]), row)
        _drop(session, model, key, known - {row[key] for row in rows})


def _store_words(session: Known, files: PlanFiles) -> bool:
    """Bring the words of the plan up to date, and tell whether any changed.

    They are no part of a version: see `PlanFiles`.
    """
    changed = False
    for model, rows in ((OtherName, files.other_names), (PlanWord, files.words)):
        table: Any = model
        stored = [dict(row) for row in session.execute(select(table.__table__)).mappings()]
        if sorted(stored, key=str) != sorted(rows, key=str):
            session.execute(delete(model))
            if rows:
                session.execute(insert(model), rows)
            changed = True
    return changed


def _add_missing(session: Known, model: Any, key: str, rows: Rows) -> set[str]:
    """Insert the rows whose key is new; return the keys that were there before."""
    known = set(session.execute(select(getattr(model, key))).scalars())
    missing = [row for row in rows if row[key] not in known]
    if missing:
        session.execute(insert(model), missing)
    return known


def _drop(session: Known, model: Any, key: str, gone: set[str]) -> None:
    for code in sorted(gone):
        try:
            with session.begin_nested():
                session.execute(delete(model).where(getattr(model, key) == code))
        except IntegrityError as error:
            raise PlanError(
                Problem(
                    "still_used",
                    N_("{code} is missing, but reports, cooperation or an earlier plan name it."),
                    N_("Put its row back: what was reported is never erased."),
                    f"{'countries' if model is Country else 'partners'}.csv",
                    values={"code": code},
                )
            ) from error


def _store_version(
    session: Known, files: PlanFiles, version_id: int, content: str, by: str
) -> None:
    session.execute(
        insert(PlanVersion),
        {
            **files.plan,
            "id": version_id,
            "content_sha256": content,
            "loaded_at": moment(session),
            "loaded_by": by,
            "note": "",
        },
    )
    for name in VERSIONED:
        rows = [{"version_id": version_id, **row} for row in files.tables[name]]
        if rows:
            session.execute(insert(Tables.metadata.tables[name]), rows)


def _store_changes(session: Known, version_id: int, changes: list[Difference]) -> None:
    rows = [
        {"version_id": version_id, "position": position, **change.row()}
        for position, change in enumerate(changes, start=1)
    ]
    if rows:
        session.execute(insert(PlanChange), rows)
