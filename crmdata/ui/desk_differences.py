"""What a batch on the secretariat's desk says, each report beside what stood before it."""

from typing import Any

import pandas as pd
import streamlit as st

from crmdata import queries
from crmdata.figures import names
from crmdata.figures.names import Names
from crmdata.figures.wording import described, given
from crmdata.files import Subject
from crmdata.ui import components, desk, report_rows
from crmdata.ui.chosen import Chosen


def show(chosen: Chosen, batch: dict[Any, Any], key: str) -> None:
    """Draw what a batch says, each report beside the one that it corrects."""
    words, batch_id = chosen.words, int(batch["batch_id"])
    caption = words("What batch {batch} says", batch=batch_id)
    if batch["subject"] == Subject.COOPERATION:
        lines = desk.asked(queries.cooperation_of_batch, batch_id)
        rows = report_rows.cooperation_table(chosen, lines)
        activities = names.of_activities(chosen.frame("activities"), words)
        rows[words("Activity")] = [_activity(code, activities) for code in lines["activity"]]
    elif batch["subject"] == Subject.REPORTS:
        rows = table(chosen, desk.asked(queries.differences, batch_id))
    else:
        return
    with st.expander(caption, key=f"differences-{key}", expanded=len(rows) <= 12):
        components.rows(rows, words=words, caption=caption)


def table(chosen: Chosen, reports: pd.DataFrame) -> pd.DataFrame:
    """Return a report a row: what stood before, and what is said now."""
    words, named = chosen.words, report_rows.reporters(chosen)
    activities = names.of_activities(chosen.frame("activities"), words)
    several = reports["country"].nunique() > 1
    return pd.DataFrame([
        {
            words("Activity"): _activity(row["activity"], activities),
            **({words("Country"): named[row["country"]].full} if several else {}),
            words("Semester"): words.semester(row["semester"]),
            words("Before"): _before(chosen, row),
            words("Now"): _said(chosen, row),
        }
        for row in reports.to_dict("records")
    ])  # fmt: skip


def _activity(code: str, named: Names) -> str:
    """Return an activity's code and text; one that an earlier plan had is known by its code."""
    return named[code].full if code in named else code


def _before(chosen: Chosen, row: dict[Any, Any]) -> str:
    """Return what stood in the semester before, and what the last earlier semester said."""
    words = chosen.words
    if pd.notna(row["state_before"]):
        return _said(chosen, {name: row[f"{name}_before"] for name in queries.SAID})
    nothing = words("Nothing was reported on this semester.")
    if pd.isna(row["state_last"]):
        return "\n".join((nothing, words("Nor on an earlier one.")))
    last = words("Last report, on {semester}:", semester=words.semester(row["semester_last"]))
    said = _said(chosen, {name: row[f"{name}_last"] for name in queries.SAID})
    return f"{nothing}\n{last}\n{said}"


def _said(chosen: Chosen, report: dict[Any, Any]) -> str:
    """Return state, percent, texts and evidence of a report, a line each."""
    words = chosen.words
    parts = [
        f"{report_rows.state(words, report['state'])} {report_rows.percent(words, report)}",
        described(words, report, labelled=True),
        given(report["evidence"]).replace(";", "\n"),
        words("Reported on {day}", day=words.date(report["reported_on"], "medium")),
    ]
    return "\n".join(filter(None, parts))
