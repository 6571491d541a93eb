"""What was said of a batch, in words: by its sender, and of which rows that came back."""

from typing import Any

import pandas as pd

from crmdata.i18n import Words

_NAMED = 12
"""Activities that a line names; the rest is counted."""


def comments(words: Words, batch: dict[Any, Any], returned: pd.DataFrame) -> str:
    """Return a line for each comment with which rows of a batch went back and are still open.

    `returned` as `queries.returned`. Where the whole batch went back it is its comment alone.
    """
    if len(batch["counts"]) == 1 and len(acts(batch, returned)) <= 1:
        return str(batch["text"])
    return "\n".join(
        f"{activities(words, act)}: {act.iloc[0]['text']}" for act in acts(batch, returned)
    ) or str(batch["text"])


def remark(words: Words, batch: dict[Any, Any]) -> str:
    """Say what its sender wrote beside a batch; empty where nothing was."""
    note = batch["note"]
    return words("Remark of who sent it: {text}", text=note) if note else ""


def acts(batch: dict[Any, Any], returned: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the rows of a batch that are still open, by the act that sent them back."""
    own = returned.loc[returned["batch_id"].eq(batch["batch_id"])]
    return [act for _, act in own.groupby("last")]


def activities(words: Words, reports: pd.DataFrame) -> str:
    """Return which reports these are: their activities, and periods where there are several."""
    several = reports["semester"].nunique() > 1
    codes = [
        f"{row['activity']} {words.period(row['semester'])}" if several else row["activity"]
        for row in reports.to_dict("records")
    ]
    more = len(codes) - _NAMED
    listing = ", ".join(codes[:_NAMED])
    if more <= 0:
        return listing
    return words("{codes} and {n} more", codes=listing, n=words.number(more))
