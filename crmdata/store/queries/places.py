"""Countries, partners and meetings."""

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel import select as select_model

from crmdata.store.db import Known
from crmdata.store.models import (
    PROCESS,
    SAME_WORDS,
    SEARCHED_AS,
    THRESHOLD,
    TOPIC,
    Country,
    Meeting,
    OtherName,
    Partner,
    PlanWord,
)
from crmdata.store.queries.frames import frame, table
from crmdata.store.queries.rows_that_count import accepted, standing_so
from crmdata.terms import THRESHOLDS, Thresholds

_OF_A_COUNTRY = ("country", "name_es", "name_en", "tile_row", "tile_column")
"""What everybody may know of a member: a column that is added is not shown by itself."""


def countries(session: Known) -> pd.DataFrame:
    """Return the members: `country name_es name_en tile_row tile_column`, by code."""
    country = table(Country)
    if (known := session.pin) is not None:
        members = [row for row in known.rows("country") if row["member"]]
        return _frame(members)[[*_OF_A_COUNTRY]]
    columns = [country.c[name] for name in _OF_A_COUNTRY]
    query = select(*columns).where(country.c.member.is_(True)).order_by(country.c.country)
    return frame(session, query)


@dataclass(frozen=True)
class Party:
    """Who reports: a member country or, as here, the region itself, which is none."""

    code: str
    name: tuple[str, str]
    """In Spanish and in English."""


def region(session: Known) -> Party:
    """Return the region itself, which reports too; nobody (`""`) before a plan is loaded."""
    if (known := session.pin) is not None:
        rows = [Country(**row) for row in known.rows("country") if not row["member"]]
    else:
        rows = [*session.exec(select_model(Country).where(col(Country.member).is_(False)))]
    return next((Party(row.country, (row.name_es, row.name_en)) for row in rows), _NOBODY)


_NOBODY = Party("", ("", ""))


def other_names(session: Known) -> dict[str, str]:
    """Return the parties by the other codes and names that people write for them."""
    return {row.name: row.country for row in session.exec(select_model(OtherName))}


def process(session: Known) -> tuple[str, str]:
    """Return what the process is called whose plan it is, Spanish and English.

    Where its files do not say so, it is called as its region is; in a store without any plan
    as nobody.
    """
    return _word(session, PROCESS) or (region(session).code,) * 2


def topic(session: Known) -> tuple[str, str] | None:
    """Return what a letter calls the plan, `plan for …`, where its files say so."""
    return _word(session, TOPIC)


def _word(session: Known, word: str) -> tuple[str, str] | None:
    row = session.get(PlanWord, word)
    return None if row is None else (row.es, row.en)


Written = tuple[str, str]
"""Words and phrases in Spanish and in English, as they were written down."""


def search_words(session: Known) -> tuple[dict[str, Written], list[Written]]:
    """Return what opens something in the search, and the groups of words that mean the same.

    Like the short names they are as the store has them now, whatever a snapshot knew.
    """
    rows = {row.word: (row.es, row.en) for row in session.exec(select_model(PlanWord))}
    written = {word.removeprefix(SEARCHED_AS): both for word, both in rows.items()
               if word.startswith(SEARCHED_AS)}  # fmt: skip
    return written, [both for word, both in rows.items() if word.startswith(SAME_WORDS)]


def thresholds(session: Known) -> Thresholds:
    """Return from which numbers on something is said; a snapshot has those of its numbers."""
    ours = select_model(PlanWord).where(col(PlanWord.word).startswith(THRESHOLD))
    rows = {row.word: row.es for row in session.exec(ours)}
    stored = {field: int(rows[f"{THRESHOLD}{name}"]) for name, field in THRESHOLDS.items()
              if f"{THRESHOLD}{name}" in rows}  # fmt: skip
    percent = stored.pop("coverage", None)
    found = replace(Thresholds(), **stored)
    if percent is not None:
        found = replace(found, coverage=percent / 100)
    if (known := session.pin) is not None:
        found = replace(found, coverage=known.threshold, grace_days=known.grace_days)
    return found


def partners(session: Known) -> pd.DataFrame:
    """Return `partner acronym_en name_es name_en`, by code."""
    if (known := session.pin) is not None:
        return _frame(known.rows("partner"))
    partner = table(Partner)
    return frame(session, select(partner).order_by(partner.c.partner))


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return the rows that a snapshot kept as the database would have given them."""
    return pd.DataFrame(rows, dtype=object).infer_objects()


def meetings(session: Known) -> pd.DataFrame:
    """Return the named cut-offs, earliest first: `meeting name_es name_en held_on corte`."""
    meeting = table(Meeting)
    newest = (
        select(func.max(meeting.c.id))
        .where(standing_so(session, meeting, accepted))
        .group_by(meeting.c.meeting)
    )
    columns = [column for column in meeting.c if column.name not in {"id", "batch_id"}]
    query = select(*columns).where(meeting.c.id.in_(newest))
    return frame(session, query.order_by(meeting.c.corte, meeting.c.meeting))
