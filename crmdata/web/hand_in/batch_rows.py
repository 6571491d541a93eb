"""What a batch says, for whoever handed it in and for the secretariat that reads it."""

from typing import Any

import pandas as pd

from crmdata.content import names
from crmdata.content.names import Names
from crmdata.files import Subject
from crmdata.labels import step_label
from crmdata.store import db, queries
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data import cache
from crmdata.web.kit import report_rows

_STANDS = ["row", "step", "last", "decided_by", "decided_at", "text"]


def rows_of(batch: dict[Any, Any]) -> pd.DataFrame:
    """Return the reports or lines of a batch, with where each stands: none of one of meetings.

    Columns of `queries.differences`, `queries.cooperation_of_batch` or
    `queries.observations_of_batch`, with those of `queries.batch_rows`.
    """
    number, subject = int(batch["batch_id"]), batch["subject"]
    with db.reading(cache.engine()) as session:
        stands = queries.batch_rows(session, number)
        if subject == Subject.MEETINGS:
            return stands
        if subject == Subject.REPORTS:
            rows = queries.differences(session, number).rename(columns={"report_id": "row"})
        elif subject == Subject.OBSERVATIONS:
            rows = queries.observations_of_batch(session, number)
            rows = rows.rename(columns={"observation_id": "row"})
        else:
            rows = queries.cooperation_of_batch(session, number)
            rows = rows.rename(columns={"cooperation_id": "row", "text": "what"})
    return rows.merge(stands[_STANDS], on="row")


def table(chosen: Chosen, rows: pd.DataFrame, *, split: bool) -> pd.DataFrame:
    """Return a row of a batch a row, as it was handed in; `rows` as `rows_of`.

    Where the batch is `split` each says where it stands, and the comment.
    """
    if "observation" in rows:
        frame = observations(chosen, rows)
    else:
        frame = reports(chosen, rows) if "state_before" in rows else lines(chosen, rows)
    return with_standing(chosen, frame, rows) if split else frame


def with_standing(chosen: Chosen, frame: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Return a table of rows with where each stands, and the comment."""
    words = chosen.words
    steps = [step_label(words, step) for step in rows["step"]]
    return frame.assign(**{words("Stands at"): steps, words("Comment"): list(rows["text"])})


def reports(chosen: Chosen, rows: pd.DataFrame) -> pd.DataFrame:
    """Return a report a row, in words."""
    frame = report_rows.table(chosen, rows.assign(earlier=0))
    return _with_activities(chosen, frame, rows)


def lines(chosen: Chosen, rows: pd.DataFrame) -> pd.DataFrame:
    """Return a line of cooperation a row, in words."""
    texts = rows.drop(columns="text").rename(columns={"what": "text"})
    return _with_activities(chosen, report_rows.cooperation_table(chosen, texts), rows)


def observations(chosen: Chosen, rows: pd.DataFrame) -> pd.DataFrame:
    """Return what a country says for a meeting a row."""
    words, named = chosen.words, report_rows.reporters(chosen)
    meetings = names.of_meetings(chosen.frame("meetings"), words)
    return pd.DataFrame([
        {
            words("Country"): named[row["country"]].full,
            words("Meeting"): meetings[row["meeting"]].text
            if row["meeting"] in meetings else row["meeting"],
            words("Observation"): row["observation"],
        }
        for row in rows.to_dict("records")
    ])  # fmt: skip


def _with_activities(chosen: Chosen, frame: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    activities = names.of_activities(chosen.frame("activities"), chosen.words)
    called = [activity(code, activities) for code in rows["activity"]]
    return frame.assign(**{chosen.words("Activity"): called})


def activity(code: str, activities: Names) -> str:
    """Return an activity's code and text; one that an earlier plan had is known by its code."""
    return activities[code].full if code in activities else code
