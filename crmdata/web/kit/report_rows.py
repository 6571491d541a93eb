"""Reports and cooperation as tables for a reader: codes become words, nothing else changes."""

from typing import Any

import pandas as pd

from crmdata.content import names
from crmdata.content.names import Names
from crmdata.content.wording import described, given, listed
from crmdata.files import SEPARATOR
from crmdata.i18n import Words
from crmdata.labels import NOT_APPLICABLE, SYMBOLS, label
from crmdata.terms import State
from crmdata.web.choices.chosen import Chosen


def state(words: Words, code: str) -> str:
    """Return a state's symbol and name."""
    return f"{SYMBOLS[code]} {label(words, code)}"


def percent(words: Words, report: dict[Any, Any]) -> str:
    """Return a report's percent; `—` where it does not apply."""
    if report["state"] == State.NO_APLICA:
        return NOT_APPLICABLE
    return words.entered(report["percent"])


def reporters(chosen: Chosen) -> Names:
    """Name the countries, alphabetically, and last the region, which may report too."""
    members = names.of_countries(chosen.frame("countries"), chosen.words)
    return {**members, **names.of_party(chosen.view.region, chosen.words)}


def table(chosen: Chosen, reports: pd.DataFrame, *, of_activity: bool = False) -> pd.DataFrame:
    """Return a report a row, in words; the activity is left out where all are of one."""
    words, named = chosen.words, reporters(chosen)
    found = []
    for report in reports.to_dict("records"):
        row = {
            words("Country"): named[report["country"]].full,
            words("Activity"): report["activity"],
            words("Semester"): words.period(report["semester"]),
            words("State"): state(words, report["state"]),
            words("Progress"): percent(words, report),
            words("What the report says"): described(words, report),
            words("Partners"): partners(chosen, report["partners"]),
            words("Evidence"): given(report["evidence"]).replace(SEPARATOR, "\n"),
            words("Reported on"): words.date(report["reported_on"], "medium"),
            words("Review"): _review(words, report),
            words("Corrects"): words.plural("{n} report", "{n} reports", report["earlier"])
            if report["earlier"]
            else "",
        }
        if of_activity:
            row.pop(words("Activity"))
        found.append(row)
    rows = pd.DataFrame(found)
    # A column that says nothing in any row only takes room.
    return rows.loc[:, [bool(rows[column].ne("").any()) for column in rows]] if found else rows


def _review(words: Words, report: dict[Any, Any]) -> str:
    """Return what the review says of a report that is not simply in force."""
    said = [
        words("Provisional") if report.get("provisional") else "",
        words("After the closing") if report.get("after_closing") else "",
    ]
    return ", ".join(filter(None, said))


def newest_of_each(chosen: Chosen, reports: pd.DataFrame) -> pd.DataFrame:
    """Return each reporter's report on the latest period, in the order of the reporters."""
    order = {code: place for place, code in enumerate(reporters(chosen))}
    newest = reports.sort_values("semester").drop_duplicates("country", keep="last")
    return newest.sort_values("country", key=lambda codes: codes.map(order))


def partners(chosen: Chosen, codes: str) -> str:
    """Return the acronyms of partners whose codes are separated by `;`."""
    named = names.of_partners(chosen.frame("partners"), chosen.words)
    found = [named[code].short for code in given(codes).split(SEPARATOR) if code]
    return listed(chosen.words, found) if found else ""


def cooperation_table(chosen: Chosen, cooperation: pd.DataFrame) -> pd.DataFrame:
    """Return a line of cooperation a row, in words."""
    words, named = chosen.words, reporters(chosen)
    found = []
    for row in cooperation.to_dict("records"):
        codes = set(row["countries"].split(SEPARATOR))
        countries = [name.full for code, name in named.items() if code in codes]
        found.append({
            words("Partner"): partners(chosen, row["partner"]) or words("Nobody yet"),
            words("Activity"): row["activity"],
            words("For"): listed(words, countries),
            words("From"): words.period(row["semester_from"]),
            words("To"): words.period(row["semester_to"]),
            words("Modality"): label(words, row["modality"]),
            words("State"): label(words, row["state"]),
            words("What it is"): given(row["text"]),
            words("Evidence"): given(row["evidence"]).replace(SEPARATOR, "\n"),
        })  # fmt: skip
    rows = pd.DataFrame(found)
    return rows.loc[:, [bool(rows[column].ne("").any()) for column in rows]] if found else rows
