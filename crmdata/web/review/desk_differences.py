"""What a batch on the secretariat's desk says, each report beside what stood before it."""

from typing import Any

import pandas as pd
import streamlit as st

from crmdata.content import names
from crmdata.content.names import Names
from crmdata.content.wording import described, text_of
from crmdata.files import SEPARATOR, Subject
from crmdata.labels import step_label
from crmdata.store import queries
from crmdata.web.choices.chosen import Chosen
from crmdata.web.kit import components, report_rows
from crmdata.web.review import desk


def rows_of(batch: dict[Any, Any]) -> pd.DataFrame:
    """Return the reports or lines of a batch, with where each stands: none of one of meetings.

    Columns of `queries.differences`, `queries.cooperation_of_batch` or
    `queries.observations_of_batch`, with those of `queries.batch_rows`.
    """
    number, subject = int(batch["batch_id"]), batch["subject"]
    stands = desk.answer(queries.batch_rows, number)
    if subject == Subject.MEETINGS:
        return stands
    if subject == Subject.REPORTS:
        rows = desk.answer(queries.differences, number).rename(columns={"report_id": "row"})
    elif subject == Subject.OBSERVATIONS:
        rows = desk.answer(queries.observations_of_batch, number)
        rows = rows.rename(columns={"observation_id": "row"})
    else:
        rows = desk.answer(queries.cooperation_of_batch, number)
        rows = rows.rename(columns={"cooperation_id": "row", "text": "what"})
    names = ["row", "step", "last", "decided_by", "decided_at", "text"]
    return rows.merge(stands[names], on="row")


def show(chosen: Chosen, batch: dict[Any, Any], key: str) -> None:
    """Draw what a batch says, each report beside the one that it corrects."""
    words = chosen.words
    rows = rows_of(batch)
    if rows.empty:
        return
    caption = words("What batch {batch} says", batch=batch["batch_id"])
    differences = table(chosen, rows, split=len(batch["counts"]) > 1)
    with st.expander(caption, key=f"differences-{key}", expanded=len(rows) <= 12):
        components.rows(differences, words=words, caption=caption)


def table(chosen: Chosen, rows: pd.DataFrame, *, split: bool = False) -> pd.DataFrame:
    """Return a row of a batch a row: what is said now, and of a report what stood before.

    Where the batch is `split` each says where it stands, and the comment.
    """
    words = chosen.words
    if "observation" in rows:
        frame = _observations(chosen, rows)
    else:
        frame = _reports(chosen, rows) if "state_before" in rows else _lines(chosen, rows)
    if split:
        frame[words("Stands at")] = [step_label(words, step) for step in rows["step"]]
        frame[words("Comment")] = list(rows["text"])
    return frame


def _lines(chosen: Chosen, lines: pd.DataFrame) -> pd.DataFrame:
    words = chosen.words
    texts = lines.drop(columns="text").rename(columns={"what": "text"})
    frame = report_rows.cooperation_table(chosen, texts)
    activities = names.of_activities(chosen.frame("activities"), words)
    frame[words("Activity")] = [_activity(code, activities) for code in lines["activity"]]
    return frame


def _observations(chosen: Chosen, rows: pd.DataFrame) -> pd.DataFrame:
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


def _reports(chosen: Chosen, reports: pd.DataFrame) -> pd.DataFrame:
    words, reporter_names = chosen.words, report_rows.reporters(chosen)
    activities = names.of_activities(chosen.frame("activities"), words)
    several = reports["country"].nunique() > 1
    return pd.DataFrame([
        {
            words("Activity"): _activity(row["activity"], activities),
            **({words("Country"): reporter_names[row["country"]].full} if several else {}),
            words("Semester"): words.period(row["semester"]),
            words("Before"): _before(chosen, row),
            words("Now"): _content(chosen, row),
        }
        for row in reports.to_dict("records")
    ])  # fmt: skip


def _activity(code: str, activities: Names) -> str:
    """Return an activity's code and text; one that an earlier plan had is known by its code."""
    return activities[code].full if code in activities else code


def _before(chosen: Chosen, row: dict[Any, Any]) -> str:
    """Return what stood on the period before, and what the last earlier period said."""
    words = chosen.words
    before = [words("Nothing was reported on this semester.")]
    if pd.notna(row["state_before"]):
        before = [_content(chosen, {name: row[f"{name}_before"] for name in queries.SAID})]
    if pd.notna(row["state_last"]):
        period = words.period(row["semester_last"])
        before += [
            words("Last report, on {semester}:", semester=period),
            _content(chosen, {name: row[f"{name}_last"] for name in queries.SAID}),
        ]
    elif pd.isna(row["state_before"]):
        before.append(words("Nor on an earlier one."))
    return "\n".join(before)


def _content(chosen: Chosen, report: dict[Any, Any]) -> str:
    """Return state, percent, texts, evidence and partners of a report, a line each."""
    words, codes = chosen.words, text_of(report["partners"]).split(SEPARATOR)
    partners = names.of_partners(chosen.frame("partners"), words)
    supporting = ", ".join(partners[code].short for code in codes if code)
    parts = [
        f"{report_rows.state(words, report['state'])} {report_rows.percent(words, report)}",
        described(words, report, labelled=True),
        text_of(report["evidence"]).replace(SEPARATOR, "\n"),
        supporting and f"{words('Partners')}: {supporting}",
        words("Reported on {day}", day=words.date(report["reported_on"], "medium")),
    ]
    return "\n".join(filter(None, parts))
