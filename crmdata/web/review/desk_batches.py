"""Batches on the secretariat's desk: what waits, with its differences; and the history of all."""

from collections.abc import Collection
from typing import Any

import pandas as pd
import streamlit as st

from crmdata import clock
from crmdata.files import Subject
from crmdata.labels import label, standing_label, step_label
from crmdata.store import queries
from crmdata.terms import Step
from crmdata.web.choices.chosen import Chosen
from crmdata.web.hand_in import batch_rows, sent_back
from crmdata.web.kit import components
from crmdata.web.review import desk, desk_differences, desk_rows
from crmdata.web.shell import acts
from crmdata.web.shell.acts import ActPlace, Deed
from crmdata.workflow import review

_WAITING, _WITHDRAWAL = "waiting", "withdrawal"
_WITHDRAWABLE = {Step.RECORDED, Step.ACCEPTED, Step.SUBMITTED}


def show_waiting(chosen: Chosen, batches: pd.DataFrame) -> None:
    """Draw each batch that waits, the oldest first, with what to do about it."""
    if not batches.empty or acts.was_at(_WAITING):
        components.heading(chosen.words("To be reviewed"))
    for batch in acts.around(_WAITING, batches.to_dict("records"), "last"):
        with st.container(border=True, key=f"waiting-{batch['batch_id']}"):
            desk.show_title(chosen, batch)
            _show_sender(chosen, batch, desk.waits(chosen.words, batch))
            desk_differences.show(chosen, batch, f"waiting-{batch['batch_id']}")
            if marks := desk_rows.show(chosen, batch):
                desk_rows.show_deed(chosen, batch, ActPlace(_WAITING, int(batch["last"])), marks)
            else:
                _show_decision(chosen, batch)


def _show_sender(chosen: Chosen, batch: dict[Any, Any], waits: str = "") -> None:
    words = chosen.words
    sentence = words(
        "{rows}, {file}, sent by {by} on {day}.",
        rows=words.plural("{n} row", "{n} rows", batch["rows"]),
        file=batch["file_name"],
        by=batch["imported_by"],
        day=words.date(clock.day_of(batch["imported_at"]), "medium"),
    )
    notes = [
        " ".join(filter(None, [sentence, waits])),
        sent_back.remark(words, batch),
        batch["text"],
    ]
    components.paragraph("\n".join(filter(None, notes)))


def _show_decision(chosen: Chosen, batch: dict[Any, Any]) -> None:
    """Draw the comment and the two buttons, each of which asks first."""
    words, number = chosen.words, int(batch["batch_id"])
    key, place = f"comment-{number}", ActPlace(_WAITING, int(batch["last"]))
    st.text_area(words("Comment to whoever sent it"), key=key, height=80, max_chars=2000)
    about = _subject(chosen, batch, {Step.SUBMITTED})
    counts = words(
        "It counts from today, {day}, in every figure; pictures of earlier days stay as they are.",
        day=words.date(clock.today()),
    )
    nothing = words("Nothing of it counts. Whoever sent it reads the comment and hands in anew.")
    acts.show(
        words, place, desk.who,
        Deed(
            f"accept-{number}", words("Accept"),
            _lines(words("Accept batch {batch}?", batch=number), about, counts),
            words("Yes, accept batch {batch}", batch=number),
            _lines(words("Batch {batch} was accepted.", batch=number), about, counts),
            review.accept, (number,), acts.fields(comment=key),
        ),
        Deed(
            f"back-{number}", words("Send back with the comment"),
            _lines(words("Send batch {batch} back?", batch=number), about, nothing),
            words("Yes, send batch {batch} back", batch=number),
            _lines(words("Batch {batch} was sent back.", batch=number), about, nothing),
            review.send_back, (number,), acts.fields(comment=key),
        ),
    )  # fmt: skip


def _lines(*lines: str) -> str:
    return "\n".join(lines)


def _subject(chosen: Chosen, batch: dict[Any, Any], steps: Collection[Step]) -> str:
    """Return what the rows of a batch at some steps speak of, and how much of it is new."""
    words = chosen.words
    if batch["subject"] != Subject.REPORTS:
        rows = sum(batch["counts"].get(step, 0) for step in steps)
        size = words.plural("{n} row", "{n} rows", rows)
    else:
        reports = batch_rows.rows_of(batch)
        reports = reports.loc[reports["step"].isin(steps)]
        corrections = int(reports["state_before"].notna().sum())
        new = words.plural("{n} new report", "{n} new reports", len(reports) - corrections)
        size = words.plural("{new}, {n} correction", "{new}, {n} corrections", corrections, new=new)
    return f"{desk.subject(chosen, batch)}: {size}"


def show_sent_back(chosen: Chosen, overview: review.StandingOfReports) -> None:
    """Draw what waits for its country, with the comments it went back with."""
    words, batches = chosen.words, overview.sent_back
    if batches.empty:
        return
    components.heading(words("What was sent back"))
    table = _table(chosen, batches)
    table[words("Comment")] = [
        sent_back.comments(words, batch, overview.returned) for batch in batches.to_dict("records")
    ]
    components.rows(table, words=words, caption=words("Sent back"))


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
        format_func=lambda number: desk.title(chosen, records[number]),
        placeholder=words("Choose a batch"),
        key="desk-batch",
        filter_mode="contains",
    )
    if picked is None:
        return
    batch = records[picked]
    _show_sender(chosen, batch)
    steps = _steps(chosen, desk.answer(queries.review_acts, picked))
    components.rows(steps, words=words, caption=words("Steps of batch {batch}", batch=picked))
    desk_differences.show(chosen, batch, f"history-{picked}")
    _show_withdrawal(chosen, batch)


def _show_withdrawal(chosen: Chosen, batch: dict[Any, Any]) -> None:
    words, number = chosen.words, int(batch["batch_id"])
    key, place = f"reason-{number}", ActPlace(_WITHDRAWAL, number)
    if not _WITHDRAWABLE & set(batch["counts"]):
        acts.show_outcome(place)
        return
    st.text_area(words("Reason for withdrawing the batch"), key=key, height=80, max_chars=2000)
    about = _subject(chosen, batch, _WITHDRAWABLE)
    leaves = words("It leaves the picture today; the pictures of earlier days and the record stay.")
    acts.show(
        words, place, desk.who,
        Deed(
            f"withdraw-{number}", words("Withdraw the batch"),
            _lines(words("Withdraw batch {batch}?", batch=number), about, leaves),
            words("Yes, withdraw batch {batch}", batch=number),
            _lines(words("Batch {batch} was withdrawn.", batch=number), about, leaves),
            review.withdraw, (number,), acts.fields(reason=key),
        ),
    )  # fmt: skip


def _table(chosen: Chosen, batches: pd.DataFrame) -> pd.DataFrame:
    words, countries = chosen.words, desk.country_names(chosen)
    subjects = {
        Subject.REPORTS: words("Reports"),
        Subject.COOPERATION: words("Cooperation"),
        Subject.MEETINGS: words("Meetings"),
        Subject.OBSERVATIONS: words("Observation"),
    }
    return pd.DataFrame(
        [
            {
                words("Batch"): str(row["batch_id"]),
                words("What"): subjects[Subject(row["subject"])],
                words("Countries"): _short(chosen, [countries.get(c, c) for c in row["countries"]]),
                words("Semesters"): _short(chosen, list(map(words.period, row["semesters"]))),
                words("Rows"): words.number(row["rows"]),
                words("File"): row["file_name"],
                words("Sent by"): row["imported_by"],
                words("Sent on"): words.date(clock.day_of(row["imported_at"]), "medium"),
                words("State"): standing_label(words, row["counts"]),
                words("Decided by"): row["decided_by"],
                words("Remark"): row["note"],
                words("Comment"): row["text"],
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
                words("Rows"): words.number(row["rows"]) if row["rows"] else words("All"),
                words("Counts from"): words.date(row["day"], "medium"),
                words("By"): row["actor"],
                words("Role"): label(words, row["role"]),
                words("Comment"): row["text"],
            }
            for row in acts.to_dict("records")
        ]
    )
