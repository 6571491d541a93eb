"""Where each country's reporting on each period stands: what a secretariat follows up."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

import pandas as pd

from crmdata.terms import Period, Stage, State, Step

STAGES = ["country", "semester", "stage", "expected", "reported", "deadline"]


def stages(
    cells: pd.DataFrame,
    batches: pd.DataFrame,
    closed: pd.DataFrame,
    day: date,
    grace: int,
    *,
    members: Collection[str],
) -> pd.DataFrame:
    """Return the stage of each country × period on a day, by country and time.

    `cells` as of that day; `batches` has a row for each batch × country × period × `step`,
    and whether what was sent back is `answered` by a later batch; `closed` the `country
    semester` of what is closed. A period is due from the day after its end and overdue `grace`
    days later, at the `deadline`.

    - `closed` stands before all else; then `submitted` where something waits, and
      `sent_back` where something sent back is not answered.
    - `accepted`: every expected report is in force. Else the calendar speaks: `not_yet_due`,
      `open`, `due`, `overdue`.

    Columns `country semester stage expected reported deadline`; `expected` and `reported`
    leave out what does not apply. What the plan foresees nothing for and nobody reported on
    has no row, nor has a party that is none of the `members`: it owes nothing.
    """
    rows = _rows(cells, batches, closed, day, grace)
    return pd.DataFrame([row for row in rows if row[0] in members], columns=STAGES)


def _rows(
    cells: pd.DataFrame, batches: pd.DataFrame, closed: pd.DataFrame, day: date, grace: int
) -> Iterator[tuple[object, ...]]:
    counts = _counts(cells)
    shut = set(zip(closed["country"], closed["semester"], strict=True))
    decided = _decided(batches)
    for country, period in sorted({*counts, *shut, *decided}):
        expected, reported = counts.get((country, period), (0, 0))
        deadline = Period.parse(period).ends + timedelta(days=grace)
        if (country, period) in shut:
            stage = Stage.CLOSED
        elif (country, period) in decided:
            stage = decided[country, period]
        else:
            complete = reported == expected
            stage = Stage.ACCEPTED if complete else of_calendar(period, day, deadline)
        yield country, period, stage.value, expected, reported, deadline


def of_calendar(code: str, day: date, deadline: date) -> Stage:
    """Return what the calendar says of a period on a day."""
    period = Period.parse(code)
    if day < period.starts:
        return Stage.NOT_YET_DUE
    if day <= period.ends:
        return Stage.OPEN
    return Stage.DUE if day <= deadline else Stage.OVERDUE


def _counts(cells: pd.DataFrame) -> dict[tuple[str, str], tuple[int, int]]:
    """Return how many reports each country × period has to give, and gave."""
    applies = cells.loc[cells["state"].ne(State.NO_APLICA.value)]
    reported = applies["report_id"].notna()
    sums = applies.assign(given=reported).groupby(["country", "semester"])["given"]
    counts = sums.agg(["size", "sum"]).reset_index()
    return {
        (str(row[0]), str(row[1])): (int(row[2]), int(row[3]))
        for row in counts.itertuples(index=False)
    }


def _decided(batches: pd.DataFrame) -> dict[tuple[str, str], Stage]:
    """Return what the review says: something waits, or was sent back and is not answered."""
    stages: dict[tuple[str, str], Stage] = {}
    waiting = batches["step"].eq(Step.SUBMITTED)
    back = batches["step"].eq(Step.SENT_BACK) & ~batches["answered"].astype(bool)
    for rows, stage in ((batches.loc[back], Stage.SENT_BACK),
                        (batches.loc[waiting], Stage.SUBMITTED)):  # fmt: skip
        stages |= dict.fromkeys(zip(rows["country"], rows["semester"], strict=True), stage)
    return stages
