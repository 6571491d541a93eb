"""Reports and cooperation as tables for a reader: codes become words, nothing else changes."""

from typing import Any

import pandas as pd

from crmdata.content import reports
from crmdata.content.named import ViewNames
from crmdata.content.names import Names
from crmdata.content.wording import described, joined, text_of
from crmdata.files import SEPARATOR
from crmdata.labels import label
from crmdata.web.choices.chosen import Chosen

state, percent = reports.state, reports.percent


def reporters(chosen: Chosen) -> Names:
    """Name the countries, alphabetically, and last the region, which may report too."""
    return ViewNames(chosen.view, chosen.words).reporters


def table(chosen: Chosen, rows: pd.DataFrame, *, of_activity: bool = False) -> pd.DataFrame:
    """Return a report a row, in words; the activity is left out where all are of one."""
    words, reporter_names = chosen.words, reporters(chosen)
    table_rows = []
    for report in rows.to_dict("records"):
        row = {
            words("Country"): reporter_names[report["country"]].full,
            words("Activity"): report["activity"],
            words("Semester"): words.period(report["semester"]),
            words("State"): state(words, report["state"]),
            words("Progress"): percent(words, report),
            words("What the report says"): described(words, report),
            words("Partners"): partners(chosen, report["partners"]),
            words("Evidence"): text_of(report["evidence"]).replace(SEPARATOR, "\n"),
            words("Reported on"): words.date(report["reported_on"], "medium"),
            words("Review"): reports.review(words, report),
            words("Corrects"): words.plural("{n} report", "{n} reports", report["earlier"])
            if report["earlier"]
            else "",
        }
        if of_activity:
            row.pop(words("Activity"))
        table_rows.append(row)
    return _without_silent_columns(table_rows)


def _without_silent_columns(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return rows as a table; a column that says nothing in any row only takes room."""
    table = pd.DataFrame(rows)
    return table.loc[:, [bool(table[column].ne("").any()) for column in table]] if rows else table


def newest_of_each(chosen: Chosen, rows: pd.DataFrame) -> pd.DataFrame:
    """Return each reporter's report on the latest period, in the order of the reporters."""
    order = {code: place for place, code in enumerate(reporters(chosen))}
    newest = rows.sort_values("semester").drop_duplicates("country", keep="last")
    return newest.sort_values("country", key=lambda codes: codes.map(order))


def partners(chosen: Chosen, codes: str) -> str:
    """Return the acronyms of partners whose codes are separated by `;`."""
    return reports.partners(chosen.view, chosen.words, codes)


def cooperation_table(chosen: Chosen, cooperation: pd.DataFrame) -> pd.DataFrame:
    """Return a line of cooperation a row, in words."""
    words, reporter_names = chosen.words, reporters(chosen)
    rows = []
    for row in cooperation.to_dict("records"):
        codes = set(row["countries"].split(SEPARATOR))
        countries = [name.full for code, name in reporter_names.items() if code in codes]
        rows.append({
            words("Partner"): partners(chosen, row["partner"]) or words("Nobody yet"),
            words("Activity"): row["activity"],
            words("For"): joined(words, countries),
            words("From"): words.period(row["semester_from"]),
            words("To"): words.period(row["semester_to"]),
            words("Modality"): label(words, row["modality"]),
            words("State"): label(words, row["state"]),
            words("What it is"): text_of(row["text"]),
            words("Evidence"): text_of(row["evidence"]).replace(SEPARATOR, "\n"),
        })  # fmt: skip
    return _without_silent_columns(rows)
