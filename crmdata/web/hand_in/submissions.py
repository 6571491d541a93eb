"""What somebody handed in, where it stands, and what came back with a comment."""

from typing import Any

import pandas as pd
import streamlit as st

from crmdata import clock
from crmdata.content import names
from crmdata.i18n import Words
from crmdata.labels import standing_label, step_label
from crmdata.render.html import markup
from crmdata.store import db
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data import cache
from crmdata.web.hand_in import batch_rows, handing_in, sent_back
from crmdata.web.kit import components, draw, report_rows
from crmdata.web.shell import acts
from crmdata.web.shell.actor import current_actor
from crmdata.web.shell.acts import ActPlace
from crmdata.workflow import review

_SENT_BACK = "sent-back"

NEWEST = 50
"""How many batches are listed."""


def batches_of(chosen: Chosen, country: str, batches: pd.DataFrame) -> list[dict[Any, Any]]:
    """Return the batches that speak for the country or for the person's partner."""
    partner = chosen.actor.partner
    return [
        batch
        for batch in batches.to_dict("records")
        if (country and country in batch["countries"] and not any(batch["partners"]))
        or (partner and partner in batch["partners"])
    ]


def show_sent_back(chosen: Chosen, country: str, reports: review.StandingOfReports) -> None:
    """Draw what came back: each comment, the rows it is about, and a button that submits them.

    Where nothing did, that is said in a line.
    """
    words = chosen.words
    batches = batches_of(chosen, country, reports.sent_back)
    if batches or acts.was_at(_SENT_BACK):
        components.heading(words("What was sent back"))
    if not batches:
        components.paragraph(words("Nothing was sent back."), "crm-note")
    for batch in acts.around(_SENT_BACK, batches, "last"):
        place = ActPlace(_SENT_BACK, int(batch["last"]))
        components.heading(_title(words, batch), 3)
        returned = sent_back.acts(batch, reports.returned)
        for of_act in returned:
            _show_returned(chosen, batch, of_act)
        if not returned:
            # Of cooperation the newest act is the one that sent it back.
            _show_comment(words, batch["decided_by"], batch["text"])
        rows = [int(row) for of_act in returned for row in of_act["report_id"]] or None
        st.button(
            words("Submit it again as it stands"), key=f"again-{batch['batch_id']}",
            on_click=_submit_again, args=(words, place, int(batch["batch_id"]), rows),
        )  # fmt: skip
        acts.show_outcome(place)
    if batches:
        components.paragraph(
            words("Or hand in a corrected file or report below; it stands beside this one."),
            "crm-note",
        )


def _show_returned(chosen: Chosen, batch: dict[Any, Any], reports: pd.DataFrame) -> None:
    """Draw what one act sent back: all of a batch in a sentence, some of it row by row."""
    words, first = chosen.words, reports.iloc[0]
    _show_comment(words, first["decided_by"], first["text"])
    if len(reports) < batch["rows"]:
        table = report_rows.table(chosen, reports.assign(partners="", earlier=0))
        activities = names.of_activities(chosen.frame("activities"), words)
        table[words("Activity")] = [
            activities[code].called if code in activities else code for code in reports["activity"]
        ]
        about = sent_back.activities(words, reports)
        components.rows(table, words=words, caption=words("Sent back: {rows}", rows=about))


def _show_comment(words: Words, name: str, text: str) -> None:
    comment = words("{name} writes: {text}", name=name, text=text)
    draw.html(markup.paragraphs(comment, "crm-lead"))


def _submit_again(words: Words, place: ActPlace, number: int, rows: list[int] | None) -> None:
    done = words(
        "Batch {batch} is submitted again. It counts once the secretariat has accepted it.",
        batch=number,
    )
    handing_in.act(words, place, lambda _: done, review.submit_again, number, rows=rows)


def show_all(chosen: Chosen, country: str, reports: review.StandingOfReports) -> None:
    """Draw every batch that was handed in, the newest first, and what the opened one says."""
    words = chosen.words
    every = batches_of(chosen, country, reports.submissions)
    batches = every[:NEWEST]
    if not batches:
        components.paragraph(words("Nothing was handed in yet."), "crm-empty")
        return
    for batch in every:
        if chosen.open_panel == handing_in.panel(batch["batch_id"]):
            _show_one(chosen, country, batch, reports.returned)
    table = pd.DataFrame([_row(chosen, batch, reports.returned) for batch in batches])
    show = components.folded_table if chosen.narrow else components.open_table
    show(chosen, "entregado", words("What was handed in"), table)


def _show_one(chosen: Chosen, country: str, batch: dict[Any, Any], returned: pd.DataFrame) -> None:
    """Draw what a batch says, of several countries the own rows, and what was said of it."""
    words, number = chosen.words, int(batch["batch_id"])
    components.heading(_title(words, batch), 3)
    comments = sent_back.comments(words, batch, returned)
    said = [
        words("Stands at: {step}", step=standing_label(words, batch["counts"])),
        sent_back.remark(words, batch),
        words("Comment of the secretariat: {text}", text=comments) if comments else "",
    ]
    components.paragraph("\n".join(filter(None, said)))
    draw.html(
        markup.wrapped("p", [chosen.links.change(words("Close"), {"abierto": ""})], css="crm-acts")
    )
    rows = batch_rows.rows_of(batch)
    if country and "country" in rows:
        rows = rows.loc[rows["country"].eq(country)]
    table = batch_rows.table(chosen, rows, split=len(batch["counts"]) > 1)
    caption = words("What batch {batch} says", batch=number)
    components.open_table(chosen, handing_in.panel(number), caption, table)


def show_lines(chosen: Chosen) -> None:
    """Draw every line of cooperation of the person's partner, and where each stands."""
    words = chosen.words
    with db.reading(cache.engine()) as session:
        lines = review.lines_of(session, current_actor())
    if lines.empty:
        components.paragraph(words("Nothing was offered yet."), "crm-empty")
        return
    shown = report_rows.cooperation_table(
        chosen, lines.rename(columns={"what": "text", "text": "comment"})
    )
    named = names.of_activities(chosen.frame("activities"), words)
    shown[words("Activity")] = [
        named[code].called if code in named else code for code in lines["activity"]
    ]
    shown.insert(0, words("Stands at"), [step_label(words, step) for step in lines["step"]])
    shown.insert(1, words("Comment"), [text or "—" for text in lines["text"]])
    components.open_table(chosen, "ofrecido", words("What was offered, and where it stands"), shown)


def _title(words: Words, batch: dict[Any, Any]) -> str:
    periods = ", ".join(map(words.period, batch["semesters"]))
    parts = [words("Batch {batch}", batch=batch["batch_id"]), periods, batch["file_name"]]
    return " · ".join(filter(None, parts))


def _row(chosen: Chosen, batch: dict[Any, Any], returned: pd.DataFrame) -> dict[str, object]:
    words, number = chosen.words, int(batch["batch_id"])
    way = handing_in.opened(chosen.links, number)
    return {
        words("Batch"): markup.Linked(str(number), way),
        words("Handed in by"): batch["imported_by"],
        words("On"): words.date(clock.day_of(batch["imported_at"]), "medium"),
        words("Semesters"): ", ".join(map(words.period, batch["semesters"])) or "—",
        words("Rows"): words.number(batch["rows"]),
        words("Stands at"): standing_label(words, batch["counts"]),
        words("Remark"): batch["note"] or "—",
        words("Comment"): sent_back.comments(words, batch, returned) or "—",
        words("File"): markup.Linked(batch["file_name"], way),
    }
