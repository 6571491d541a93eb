"""What the plan says of an activity: its words, its marks, how they were read, what changed."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from crmdata.content import names, reports
from crmdata.content.activities.standings import of_activity
from crmdata.content.names import activity_text, in_language, written_in_english
from crmdata.content.parts import Note, Records, Section, Terms
from crmdata.errors import N_
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.terms import MarkKind, Period, Reading
from crmdata.view import View

_READING = {
    Reading.INFERRED: N_(
        "How the source was read: the mark's place decides, since the tables were flattened."
    ),
    Reading.SHARED: N_("How the source was read: it gives this mark once for the whole result."),
}


def section(view: View, words: Words, activity: Mapping[Any, Any]) -> Section:
    """Return the plan's own words and marks, and what its versions changed of them."""
    code = str(activity["activity"])
    exact = words("Reading: {reading}.", reading=label(words, activity["reading"]))
    notes = [
        *([exact] if activity["reading"] == Reading.EXACT else []),
        *reading_sentences(words, activity),
    ]
    return Section("plan", words("What the plan says"), None, [
        Terms([*_terms(view, words, activity)]),
        Records(words("What the plan schedules"), _marks(view, words, code)),
        *map(Note, notes),
        *_changes(view, words, code),
    ])  # fmt: skip


def reading_sentences(words: Words, row: Mapping[Any, Any]) -> list[str]:
    """Say how the source was read, and the other reading where there is one."""
    sentences = [words(_READING[row["reading"]])] if row["reading"] in _READING else []
    note = in_language(words, row["note"], row["note_en"])
    return [*sentences, note] if note else sentences


def _terms(view: View, words: Words, activity: Mapping[Any, Any]) -> Iterator[tuple[str, str]]:
    """Yield the text in full; for a reader of English the original too, which alone counts."""
    yield words("Activity"), activity_text(words, activity["text"], activity["text_en"])
    if written_in_english(activity["text"], activity["text_en"]):
        yield words("Text in English, the original"), activity["text"]
    elif words.language != "es":
        yield words("Text in Spanish, the original"), activity["text"]
    yield words("Result"), names.of_results(view.frame("results"), words)[activity["result"]].full
    responsible = in_language(words, activity["responsible"], activity["responsible_en"])
    if responsible:
        yield words("Responsible"), responsible
    for mention in of_activity(view.frame("mentions"), activity["activity"]).to_dict("records"):
        partner = reports.partners(view, words, mention["partner"])
        yield words("The plan names {partner}", partner=partner), f"«{mention['quote']}»"


def _marks(view: View, words: Words, code: str) -> pd.DataFrame:
    """Return a year a row: the source's own words, what they mean, which periods they give."""
    rows = of_activity(view.frame("marks"), code)
    own = {int(row["year"]): row for row in rows.to_dict("records")}
    dated = view.plan.column_years
    return pd.DataFrame([
        {
            words("Year"): str(year),
            words("Mark of the plan, word by word"): own[year]["mark"] if year in own
            else words("none") if year in dated
            else words("The source has no column for {year}", year=year),
            words("Means"): label(words, own[year]["kind"]) if year in own else "",
            words("Semesters"): _periods(words, year, own[year]["kind"]) if year in own else "",
        }
        for year in view.plan.years
    ])  # fmt: skip


def _periods(words: Words, year: int, kind: str) -> str:
    slots = Period.of_mark(MarkKind(kind), year)
    return ", ".join(map(words.period, slots)) or words("open: no report is expected")


def _changes(view: View, words: Words, code: str) -> Iterator[Records]:
    """Yield what the versions of the plan in force up to the cut-off changed of an activity."""
    versions = view.frame("plan_versions")
    past = versions.loc[versions["version_id"].le(view.plan.version_id)]
    rows = [
        {
            words("In force from"): words.date(day, "medium"),
            words("Change"): label(words, change["kind"]),
            words("Field"): change["field"],
            words("Before"): change["before"],
            words("After"): change["after"],
        }
        for version, day in zip(past["version_id"], past["in_force_from"], strict=True)
        for change in view.plan_changes(int(version)).to_dict("records")
        if change["level"] == "planned_activity" and change["code"] == code
    ]
    if rows:
        yield Records(words("What changed in the plan"), pd.DataFrame(rows))
