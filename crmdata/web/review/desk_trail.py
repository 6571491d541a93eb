"""The audit trail as whoever looks at it may see it."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from crmdata import clock
from crmdata.errors import N_
from crmdata.i18n import Words
from crmdata.store import db
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data import cache
from crmdata.web.kit import components
from crmdata.web.review import desk
from crmdata.web.shell.actor import current_actor
from crmdata.workflow import review

_ACTS: dict[str, str] = {
    "import": N_("Recorded"),
    "submit": N_("Submitted"),
    "submit_again": N_("Submitted again"),
    "accept": N_("Accepted"),
    "send_back": N_("Sent back"),
    "withdraw": N_("Taken back"),
    "close": N_("Semester closed"),
    "reopen": N_("Semester reopened"),
    "load_plan": N_("Plan loaded"),
    db.LOAD_WORDS: N_("Names and words of the plan loaded"),
    "note_agreement": N_("Agreement noted"),
    "complete_agreement": N_("Agreement done"),
    "reopen_agreement": N_("Agreement opened again"),
    "withdraw_agreement": N_("Agreement withdrawn"),
    db.SNAPSHOT_ACTION: N_("Snapshot made"),
    db.REDACT_ACTION: N_("Texts redacted"),
    db.CONFIRM_CLOCK: N_("Clock confirmed"),
    db.CORRECT_CLOCK: N_("Clock corrected"),
}


def show(chosen: Chosen) -> None:
    """Draw the trail, newest first; names stand in it for those who may know them."""
    words = chosen.words
    with db.reading(cache.engine()) as session:
        rows = review.audit_for(session, current_actor(), limit=desk.HISTORY)
    if not rows["actor"].ne("").any():
        components.paragraph(
            words("Everybody may see what happened and when; names and comments are shown to the "
                  "secretariat.")
        )  # fmt: skip
    noted = chosen.frame("agreements")
    numbers = dict(zip(noted["agreement"], noted["number"], strict=True))
    table = pd.DataFrame([_row(words, row, numbers) for row in rows.to_dict("records")])
    filled = table.loc[:, [bool(table[column].ne("").any()) for column in table]]
    components.folded_table(chosen, "rastro", words("Audit trail"), filled)


def _row(words: Words, row: dict[Any, Any], agreements: Mapping[int, int]) -> dict[str, str]:
    detail = row["detail"]
    counts = [
        words.plural("{n} new", "{n} new", detail.get("new", 0)) if "new" in detail else "",
        words.plural("{n} correction", "{n} corrections", detail["corrections"])
        if detail.get("corrections")
        else "",
        words.plural("{n} text", "{n} texts", detail["texts"]) if "texts" in detail else "",
    ]
    known = row["action"] in _ACTS
    act = _ACTS.get(row["action"], "")
    return {
        words("No."): str(row["seq"]),
        words("When"): words(
            "{day}, {time}",
            day=words.date(clock.day_of(row["at"]), "medium"),
            time=clock.hour_of(row["at"]),
        ),
        words("What"): words(act) if known else row["action"],
        words("About"): _subject(words, row, agreements),
        words("How much"): ", ".join(filter(None, counts)),
        words("Who"): row["actor"],
        words("Comment"): detail.get("text") or detail.get("note") or _reason(words, detail),
    }


def _reason(words: Words, detail: dict[str, str]) -> str:
    return words.pick(detail.get("reason_es", ""), detail.get("reason_en", ""))


def _subject(words: Words, row: dict[Any, Any], agreements: Mapping[int, int]) -> str:
    kind, *codes = row["object"].split(":")
    if kind == "batch":
        return words("Batch {batch}", batch=codes[0])
    if kind == "semester":
        return f"{codes[0]} {words.period(codes[1])}"
    if kind in {"clock", "texts"}:
        return ""
    if kind == "agreement":
        # The row that notes an agreement is the one that later ones name.
        noted = int(codes[0]) if codes else row["seq"]
        return words("Agreement {n}", n=agreements.get(noted, noted))
    if kind == "snapshot":
        return words("Snapshot {id}", id=codes[0])
    return str(row["object"])
