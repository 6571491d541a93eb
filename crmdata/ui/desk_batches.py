"""Batches on the secretariat's desk: what waits, with its differences; and the history of all."""

from typing import Any

import pandas as pd
import streamlit as st

from crmdata import clock, queries, review
from crmdata.files import Subject
from crmdata.labels import label, step_label
from crmdata.terms import Step
from crmdata.ui import components, desk, markup, report_rows
from crmdata.ui.chosen import Chosen

_WITHDRAWABLE = {Step.RECORDED, Step.ACCEPTED, Step.SUBMITTED}


def show_waiting(chosen: Chosen, batches: pd.DataFrame) -> None:
    """Draw each batch that waits, the oldest first, with what to do about it."""
    words = chosen.words
    if batches.empty:
        components.paragraph(words("Nothing waits."), "crm-empty")
    for batch in batches.to_dict("records"):
        with st.container(border=True, key=f"waiting-{batch['batch_id']}"):
            desk.show_title(chosen, _named(batch))
            _show_sender(chosen, batch)
            show_differences(chosen, batch, f"waiting-{batch['batch_id']}")
            _show_decision(chosen, int(batch["batch_id"]))


def _named(batch: dict[Any, Any]) -> dict[str, object]:
    return {str(name): value for name, value in batch.items()}


def _show_sender(chosen: Chosen, batch: dict[Any, Any]) -> None:
    words = chosen.words
    said = words(
        "{rows}, {file}, sent by {by} on {day}.",
        rows=words.plural("{n} row", "{n} rows", batch["rows"]),
        file=batch["file_name"],
        by=batch["imported_by"],
        day=words.date(clock.day_of(batch["imported_at"]), "medium"),
    )
    notes = [said, batch["note"], batch["text"]]
    components.paragraph("\n".join(filter(None, notes)))


def _show_decision(chosen: Chosen, batch_id: int) -> None:
    """Draw the comment and the two buttons."""
    words, key = chosen.words, f"comment-{batch_id}"
    st.text_area(words("Comment to the country"), key=key, height=80, max_chars=2000)

    def accept() -> None:
        done = words("Batch {batch} was accepted.", batch=batch_id)
        desk.act(words, done, review.accept, batch_id, comment=st.session_state[key])

    def send_back() -> None:
        done = words("Batch {batch} was sent back.", batch=batch_id)
        desk.act(words, done, review.send_back, batch_id, comment=st.session_state[key])

    with st.container(key=f"decide-{batch_id}", horizontal=True):
        st.button(words("Accept"), key=f"accept-{batch_id}", on_click=accept)
        st.button(words("Send back with the comment"), key=f"back-{batch_id}", on_click=send_back)


def show_differences(chosen: Chosen, batch: dict[Any, Any], key: str) -> None:
    """Draw what a batch says, each report beside the one that it corrects."""
    words, batch_id = chosen.words, int(batch["batch_id"])
    caption = words("What batch {batch} says", batch=batch_id)
    if batch["subject"] == Subject.COOPERATION:
        lines = desk.asked(queries.cooperation_of_batch, batch_id)
        table = report_rows.cooperation_table(chosen, lines)
    elif batch["subject"] == Subject.REPORTS:
        table = differences_table(chosen, desk.asked(queries.differences, batch_id))
    else:
        return
    with st.expander(caption, key=f"differences-{key}", expanded=len(table) <= 12):
        components.rows(table, words=words, caption=caption)


def differences_table(chosen: Chosen, reports: pd.DataFrame) -> pd.DataFrame:
    """Return a report a row: what stood before, and what is said now."""
    words, named = chosen.words, report_rows.reporters(chosen)
    several = reports["country"].nunique() > 1
    found = []
    for row in reports.to_dict("records"):
        before = {name: row[f"{name}_before"] for name in queries.SAID}
        new = pd.isna(row["state_before"])
        found.append({
            words("Activity"): row["activity"],
            **({words("Country"): named[row["country"]].full} if several else {}),
            words("Semester"): words.semester(row["semester"]),
            words("Before"): words("Nothing was reported") if new else _said(chosen, before),
            words("Now"): _said(chosen, row),
        })  # fmt: skip
    return pd.DataFrame(found)


def _said(chosen: Chosen, report: dict[Any, Any]) -> str:
    """Return state, percent, texts and evidence of a report, a line each."""
    words = chosen.words
    parts = [
        f"{report_rows.state(words, report['state'])} {report_rows.percent(words, report)}",
        report_rows.said(report),
        str(report["evidence"] or "").replace(";", "\n"),
        words("Reported on {day}", day=words.date(report["reported_on"], "medium")),
    ]
    return "\n".join(filter(None, parts))


def show_sent_back(chosen: Chosen, batches: pd.DataFrame) -> None:
    """Draw what waits for its country, with the comment it went back with."""
    words = chosen.words
    if batches.empty:
        components.paragraph(words("Nothing was sent back that is still open."), "crm-empty")
        return
    components.rows(_table(chosen, batches), words=words, caption=words("Sent back"))


def show_history(chosen: Chosen, batches: pd.DataFrame) -> None:
    """Draw every batch, and one of them in full: its steps, differences, and withdrawal."""
    words = chosen.words
    title = words("Every batch")
    components.folded_table(chosen, "lotes", title, _table(chosen, batches))
    records = {int(row["batch_id"]): row for row in batches.to_dict("records")}
    picked = st.selectbox(
        words("Look at one batch"),
        list(records),
        index=None,
        format_func=lambda number: desk.title(chosen, _named(records[number])),
        placeholder=words("Choose a batch"),
        key="desk-batch",
        filter_mode="contains",
    )
    if picked is None:
        return
    batch = records[picked]
    _show_sender(chosen, batch)
    steps = _steps(chosen, desk.asked(queries.review_acts, picked))
    components.rows(steps, words=words, caption=words("Steps of batch {batch}", batch=picked))
    show_differences(chosen, batch, f"history-{picked}")
    if batch["step"] in _WITHDRAWABLE:
        _show_withdrawal(chosen, picked)


def _show_withdrawal(chosen: Chosen, batch_id: int) -> None:
    words, key = chosen.words, f"reason-{batch_id}"
    st.text_area(words("Reason for withdrawing the batch"), key=key, height=80, max_chars=2000)

    def withdraw() -> None:
        done = words("Batch {batch} was withdrawn.", batch=batch_id)
        desk.act(words, done, review.withdraw, batch_id, reason=st.session_state[key])

    st.button(words("Withdraw the batch"), key=f"withdraw-{batch_id}", on_click=withdraw)
    markup.show(
        markup.element(
            "p",
            words("It leaves the picture today; the pictures of earlier days and the record stay."),
            css="crm-note",
        )
    )


def _table(chosen: Chosen, batches: pd.DataFrame) -> pd.DataFrame:
    words, named = chosen.words, desk.country_names(chosen)
    subjects = {
        Subject.REPORTS: words("Reports"),
        Subject.COOPERATION: words("Cooperation"),
        Subject.MEETINGS: words("Meetings"),
    }
    return pd.DataFrame(
        [
            {
                words("Batch"): str(row["batch_id"]),
                words("What"): subjects[Subject(row["subject"])],
                words("Countries"): _short(chosen, [named.get(c, c) for c in row["countries"]]),
                words("Semesters"): _short(chosen, list(map(words.semester, row["semesters"]))),
                words("Rows"): words.number(row["rows"]),
                words("File"): row["file_name"],
                words("Sent by"): row["imported_by"],
                words("Sent on"): clock.day_of(row["imported_at"]).isoformat(),
                words("State"): step_label(words, row["step"]),
                words("Decided by"): row["decided_by"],
                words("Comment"): row["text"] or row["note"],
            }
            for row in batches.to_dict("records")
        ]
    )


def _short(chosen: Chosen, values: list[str]) -> str:
    """Return a few values by name; many of them by their ends and number."""
    if len(values) <= 3:
        return ", ".join(values)
    ends = f"{values[0]} … {values[-1]}"
    return f"{ends} ({chosen.words.number(len(values))})"


def _steps(chosen: Chosen, acts: pd.DataFrame) -> pd.DataFrame:
    words = chosen.words
    return pd.DataFrame(
        [
            {
                words("Step"): step_label(words, row["step"]),
                words("Counts from"): words.date(row["day"], "medium"),
                words("By"): row["actor"],
                words("Role"): label(words, row["role"]),
                words("Comment"): row["text"],
            }
            for row in acts.to_dict("records")
        ]
    )
