"""What a batch on the secretariat's desk says, each report beside what stood before it."""

from typing import Any

import pandas as pd
import streamlit as st

from crmdata.content import names
from crmdata.content.wording import described, text_of
from crmdata.files import SEPARATOR
from crmdata.store import queries
from crmdata.web.choices.chosen import Chosen
from crmdata.web.hand_in import batch_rows
from crmdata.web.kit import components, report_rows


def show(chosen: Chosen, batch: dict[Any, Any], key: str) -> None:
    """Draw what a batch says, each report beside the one that it corrects."""
    words = chosen.words
    rows = batch_rows.rows_of(batch)
    if rows.empty:
        return
    caption = words("What batch {batch} says", batch=batch["batch_id"])
    differences = table(chosen, rows, split=len(batch["counts"]) > 1)
    with st.expander(caption, key=f"differences-{key}", expanded=len(rows) <= 12):
        components.rows(differences, words=words, caption=caption)


def table(chosen: Chosen, rows: pd.DataFrame, *, split: bool = False) -> pd.DataFrame:
    """Return a row of a batch a row, as `batch_rows.table`; a report beside what stood before."""
    if "state_before" not in rows:
        return batch_rows.table(chosen, rows, split=split)
    frame = _reports(chosen, rows)
    return batch_rows.with_standing(chosen, frame, rows) if split else frame


def _reports(chosen: Chosen, reports: pd.DataFrame) -> pd.DataFrame:
    words, reporter_names = chosen.words, report_rows.reporters(chosen)
    activities = names.of_activities(chosen.frame("activities"), words)
    several = reports["country"].nunique() > 1
    return pd.DataFrame([
        {
            words("Activity"): batch_rows.activity(row["activity"], activities),
            **({words("Country"): reporter_names[row["country"]].full} if several else {}),
            words("Semester"): words.period(row["semester"]),
            words("Before"): _before(chosen, row),
            words("Now"): _content(chosen, row),
        }
        for row in reports.to_dict("records")
    ])  # fmt: skip


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
