"""What somebody handed in, where it stands, and what came back with a comment."""

from typing import Any

import pandas as pd
import streamlit as st

from crmdata import clock, review
from crmdata.i18n import Words
from crmdata.labels import step_label
from crmdata.ui import acting, components, handing_in, markup
from crmdata.ui.acting import Place
from crmdata.ui.chosen import Chosen

_SENT_BACK = "sent-back"

NEWEST = 50
"""How many batches are listed."""


def own(chosen: Chosen, country: str, batches: pd.DataFrame) -> list[dict[Any, Any]]:
    """Return the batches that speak for the country or for the person's partner."""
    partner = chosen.actor.partner
    return [
        batch
        for batch in batches.to_dict("records")
        if (country and country in batch["countries"] and not batch["partners"])
        or (partner and partner in batch["partners"])
    ]


def show_sent_back(chosen: Chosen, country: str) -> None:
    """Draw what came back: the comment, and a button that submits it as it stands."""
    words = chosen.words
    batches = own(chosen, country, handing_in.standing().sent_back)
    if not batches:
        components.paragraph(words("Nothing was sent back."), "crm-empty")
    for batch in acting.around(_SENT_BACK, batches, "last"):
        place = Place(_SENT_BACK, int(batch["last"]))
        components.heading(_title(words, batch), 3)
        comment = words("{name} writes: {text}", name=batch["decided_by"], text=batch["text"])
        markup.show(markup.paragraphs(comment, "crm-lead"))
        st.button(
            words("Submit it again as it stands"), key=f"again-{batch['batch_id']}",
            on_click=_submit_again, args=(words, place, int(batch["batch_id"])),
        )  # fmt: skip
        acting.show_outcome(place)
    if batches:
        components.paragraph(
            words("Or hand in a corrected file or report below; it stands beside this one."),
            "crm-note",
        )


def _submit_again(words: Words, place: Place, number: int) -> None:
    done = words(
        "Batch {batch} is submitted again. It counts once the secretariat has accepted it.",
        batch=number,
    )
    handing_in.act(words, place, lambda _: done, review.submit_again, number)


def show_all(chosen: Chosen, country: str) -> None:
    """Draw every batch that was handed in, the newest first, and where it stands."""
    words = chosen.words
    found = own(chosen, country, handing_in.standing().submissions)[:NEWEST]
    if not found:
        components.paragraph(words("Nothing was handed in yet."), "crm-empty")
        return
    table = pd.DataFrame([_row(words, batch) for batch in found])
    components.open_table(chosen, "entregado", words("What was handed in"), table)


def _title(words: Words, batch: dict[Any, Any]) -> str:
    semesters = ", ".join(map(words.semester, batch["semesters"]))
    parts = [words("Batch {batch}", batch=batch["batch_id"]), semesters, batch["file_name"]]
    return " · ".join(filter(None, parts))


def _row(words: Words, batch: dict[Any, Any]) -> dict[str, str]:
    return {
        words("Batch"): str(batch["batch_id"]),
        words("Handed in by"): batch["imported_by"],
        words("On"): words.date(clock.day_of(batch["imported_at"]), "medium"),
        words("Semesters"): ", ".join(map(words.semester, batch["semesters"])) or "—",
        words("Rows"): words.number(batch["rows"]),
        words("Stands at"): step_label(words, batch["step"]),
        words("Comment"): batch["text"] or "—",
        words("File"): batch["file_name"],
    }
