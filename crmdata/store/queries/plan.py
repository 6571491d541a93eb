"""What a plan version says, in the plan's order, and what it changed."""

from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Select, Table, func, select

from crmdata.store.db import Known
from crmdata.store.models import (
    NAME_OF,
    Axis,
    Line,
    Mark,
    PlanChange,
    PlanMention,
    PlannedActivity,
    PlanVersion,
    PlanWord,
    Result,
    Slot,
)
from crmdata.store.queries.frames import frame, of_version, table
from crmdata.store.queries.snapshots import known_versions

_AXIS, _LINE, _RESULT, _WORD = table(Axis), table(Line), table(Result), table(PlanWord)
_PLANNED, _MARK, _SLOT = table(PlannedActivity), table(Mark), table(Slot)


def axes(session: Known, version_id: int) -> pd.DataFrame:
    """Return `axis title title_en objective objective_en brief brief_en`."""
    query = of_version(_AXIS, version_id).order_by(_AXIS.c.axis)
    return _with_short_names(session, query, "axis")


def lines(session: Known, version_id: int) -> pd.DataFrame:
    """Return `axis line position title title_en brief brief_en`."""
    query = of_version(_LINE, version_id).order_by(_LINE.c.position)
    return _with_short_names(session, query, "line")


def results(session: Known, version_id: int) -> pd.DataFrame:
    """Return `axis line result position title title_en brief brief_en`."""
    query = (
        of_version(_RESULT, version_id)
        .add_columns(_LINE.c.axis)
        .join(_LINE, _same_version(_RESULT, _LINE, "line"))
        .order_by(_RESULT.c.position)
    )
    return _with_short_names(session, query, "result")


def _with_short_names(session: Known, query: Select[Any], code: str) -> pd.DataFrame:
    """Return the rows with the short names of their codes, empty where the plan has none.

    They are as the store has them now, whatever a snapshot knew: they stand for a text, and say
    nothing of their own.
    """
    words = session.execute(select(_WORD.c.word, _WORD.c.es, _WORD.c.en)).all()
    name_of = {word: (es, en) for word, es, en in words}
    rows = frame(session, query)
    short = [name_of.get(f"{NAME_OF}{item}", ("", "")) for item in rows[code]]
    return rows.assign(brief=[es for es, _ in short], brief_en=[en for _, en in short])


def _same_version(there: Table, here: Table, key: str) -> ColumnElement[bool]:
    return (there.c.version_id == here.c.version_id) & (there.c[key] == here.c[key])


def _placed(query: Select[Any]) -> Select[Any]:
    """Join a query over planned activities to axis, line and result."""
    return (
        query.add_columns(_LINE.c.axis, _LINE.c.line, _RESULT.c.result)
        .join(_RESULT, _same_version(_PLANNED, _RESULT, "result"))
        .join(_LINE, _same_version(_RESULT, _LINE, "line"))
    )


def activities(session: Known, version_id: int) -> pd.DataFrame:
    """Return `axis line result activity position text text_en responsible … brief brief_en`."""
    texts = [c for c in _PLANNED.c if c.name not in {"version_id", "result"}]
    query = _placed(select(*texts).where(_PLANNED.c.version_id == version_id).select_from(_PLANNED))
    return _with_short_names(session, query.order_by(_PLANNED.c.position), "activity")


def marks(session: Known, version_id: int) -> pd.DataFrame:
    """Return the filled year cells: `activity year mark kind`."""
    query = of_version(_MARK, version_id).join(_PLANNED, _same_version(_MARK, _PLANNED, "activity"))
    return frame(session, query.order_by(_PLANNED.c.position, _MARK.c.year))


def slots(session: Known, version_id: int) -> pd.DataFrame:
    """Return `axis line result activity semester quarter`, one row a slot."""
    query = _placed(
        select(_SLOT.c.activity, _SLOT.c.semester, _SLOT.c.quarter)
        .where(_SLOT.c.version_id == version_id)
        .join(_PLANNED, _same_version(_SLOT, _PLANNED, "activity"))
    )
    return frame(session, query.order_by(_PLANNED.c.position, _SLOT.c.semester))


def mentions(session: Known, version_id: int) -> pd.DataFrame:
    """Return where the plan itself names a partner: `partner activity quote`."""
    mention = table(PlanMention)
    query = of_version(mention, version_id).order_by(mention.c.partner, mention.c.activity)
    return frame(session, query)


def plan_versions(session: Known) -> pd.DataFrame:
    """Return `version_id in_force_from loaded_at loaded_by first_year changes`, newest first."""
    version, change = table(PlanVersion), table(PlanChange)
    changes = select(func.count()).where(change.c.version_id == version.c.id).scalar_subquery()
    query = select(
        version.c.id.label("version_id"),
        version.c.in_force_from,
        version.c.loaded_at,
        version.c.loaded_by,
        version.c.first_year,
        changes.label("changes"),
    )
    known = query.where(known_versions(session.version_id, version.c.id))
    return frame(session, known.order_by(version.c.id.desc()))


def plan_changes(session: Known, version_id: int) -> pd.DataFrame:
    """Return what a version changed: `position kind level code field before after`."""
    change = table(PlanChange)
    return frame(session, of_version(change, version_id).order_by(change.c.position))
