"""What a person names a cut-off by: a date, or the code of a meeting."""

from datetime import date

import pandas as pd

from crmdata.errors import N_, Problem, StoreError


def day_of(choice: str, meetings: pd.DataFrame) -> date | None:
    """Return the day; None for nothing. Raise StoreError for what is neither."""
    if not choice:
        return None
    days: dict[str, date] = dict(zip(meetings["meeting"], meetings["corte"], strict=True))
    try:
        return days.get(choice) or date.fromisoformat(choice)
    except ValueError as error:
        raise StoreError(
            Problem(
                "cutoff",
                N_("It is neither a date of the form 2019-11-15 nor a meeting's code."),
                N_("Choose a date, or a meeting of those that `crmdata meetings` lists."),
                value=choice,
            )
        ) from error
