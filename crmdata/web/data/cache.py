"""The one door to the data: what is read or worked out once serves every reader.

Everything is kept by the version of the data, so an import by another process shows at the next
click.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st
from sqlalchemy import Engine

from crmdata import clock, start
from crmdata.store import db, queries
from crmdata.store.db import Known
from crmdata.memo import Memo
from crmdata.store.queries import Provisional
from crmdata.view import View

_MOST_BYTES = 300 * 2**20
"""Of what is kept: the pages of a region at twenty cut-offs, in two languages and themes."""


@st.cache_resource(show_spinner=False)
def engine() -> Engine:
    """Return the prepared database. A failure is raised to every reader and tried again."""
    return start.for_the_app()


@st.cache_resource(show_spinner=False)
def memo() -> Memo:
    """Return what this process keeps in memory of the data."""
    return Memo(_MOST_BYTES)


def open_session(snapshot: str) -> AbstractContextManager[Known]:
    """Open the store for a question, which knows what a snapshot knew if one is named."""
    return queries.as_of(engine(), snapshot)


def view(
    wanted: Callable[[dict[str, date]], date | None],
    provisional: Provisional | None = None,
    snapshot: str = "",
) -> View:
    """Return the store at a cut-off, else at the one shown by default. Raise StoreError.

    `wanted` gets the cut-offs of the meetings by code and returns the one asked for. With
    `provisional` reports the default is today: what waits came in after the latest meeting. A
    `snapshot` has a cut-off of its own and accepted reports only; one that is unknown is none.
    """
    # A meeting may come to its day while the data stay as they are.
    today = clock.today()
    with db.reading(engine()) as session:
        version = _newest_version(session)
        plan = memo().get(("plan", version), lambda: queries.plan_id(session))
        known = queries.find_snapshot(session, snapshot) if snapshot else None
        if known is not None:
            gone = queries.last_text_gone(session)
            return View.of_snapshot(known, gone=gone, plan_id=plan, memo=memo(), open_session=open_session)
        default = memo().get(
            ("cut-off", plan, version, today), lambda: queries.default_cutoff(session)
        )
    latest = View(version, default, plan_id=plan, memo=memo(), open_session=open_session)
    cutoff = wanted(latest.meeting_days)
    if cutoff is None:
        cutoff = default if provisional is None else max(default, today)
    return replace(latest, cutoff=cutoff, provisional=provisional)


@st.cache_resource(show_spinner=False)
def _newest_seen() -> dict[int, str]:
    """Return the newest version of the data that this process has seen, and its hash."""
    return {}


def _newest_version(session: Known) -> int:
    """Return the version of the data, 0 where there are none.

    Forget everything kept, where a restored backup gave a version seen before other data, and
    where texts were redacted or withdrawn: no process keeps them to show in an older picture.
    """
    seen = _newest_seen()
    hashes = queries.chain_hashes(session, [*seen])
    version = max(hashes, default=0)
    gone = queries.last_text_gone(session) if version not in seen else 0
    replaced = any(hashes.get(number) != head for number, head in seen.items())
    if replaced or gone > max(seen, default=0):
        forget()
    seen.clear()
    seen.update({version: hashes[version]} if version in hashes else {})
    return version


def snapshots() -> pd.DataFrame:
    """Return every snapshot, newest first, as `queries.snapshots`; those of now."""
    with db.reading(engine()) as session:
        key = ("snapshots", queries.plan_id(session), queries.data_version(session))
        return memo().get(key, lambda: queries.snapshots(session))


def forget() -> None:
    """Forget everything that was read or worked out; the open database stays."""
    memo().forget()
