"""Which meeting lies before a cut-off or after it, and with what date a cut-off is compared."""

from datetime import date
from typing import Any

import pandas as pd


def meeting_before(meetings: pd.DataFrame, cutoff: date) -> dict[str, Any] | None:
    """Return the row of the last meeting whose cut-off lies before this one; None without any.

    `meetings` has its rows in the order of their cut-offs, as `queries.meetings` gives them.
    """
    return _row(meetings.loc[[day < cutoff for day in meetings["corte"]]], -1)


def meeting_after(meetings: pd.DataFrame, cutoff: date) -> dict[str, Any] | None:
    """Return the row of the next meeting after this cut-off; None without any."""
    return _row(meetings.loc[[day > cutoff for day in meetings["corte"]]], 0)


def meeting_at(meetings: pd.DataFrame, cutoff: date) -> dict[str, Any] | None:
    """Return the row of the meeting that has this cut-off; None without any."""
    return _row(meetings.loc[[day == cutoff for day in meetings["corte"]]], -1)


def _row(meetings: pd.DataFrame, place: int) -> dict[str, Any] | None:
    if meetings.empty:
        return None
    return {str(name): value for name, value in meetings.iloc[place].to_dict().items()}


def first_day(
    wanted: date | None, cutoff: date, meetings: pd.DataFrame, begins: date
) -> date | None:
    """Return the date to compare the cut-off with, always before it; None where there is none.

    The one asked for where it lies before, else the cut-off of the meeting before, else the day
    on which the plan begins. A date compared with itself would say that nothing changed.
    """
    if wanted is not None and wanted < cutoff:
        return wanted
    meeting = meeting_before(meetings, cutoff)
    day: date = begins if meeting is None else meeting["corte"]
    return day if day < cutoff else None
