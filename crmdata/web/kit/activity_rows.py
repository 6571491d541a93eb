"""What there is to say of one activity: its marks, how it was read, who reported what."""

from typing import Any

import pandas as pd

from crmdata.content import names
from crmdata.content.activities import planned
from crmdata.content.calendar import phrases
from crmdata.content.names import in_language
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.measures import Measured
from crmdata.terms import COUNTED, Reporting
from crmdata.web.choices.chosen import Chosen


def marks(chosen: Chosen, activity: str) -> dict[int, str]:
    """Return the mark of every year of the plan, verbatim; `""` where there is none."""
    rows = chosen.frame("marks")
    own = rows.loc[rows["activity"] == activity].to_dict("records")
    written = {int(row["year"]): _mark(chosen.words, row) for row in own}
    return {year: written.get(year, "") for year in chosen.plan.years}


def _mark(words: Words, row: dict[Any, Any]) -> str:
    """Return the source's own word, with its meaning for those who do not read Spanish."""
    if words.language == "es":
        return str(row["mark"])
    return f"{row['mark']} ({label(words, row['kind'])})"


def marks_sentence(chosen: Chosen, activity: str) -> str:
    """Return the marks as one line."""
    by_year = {year: mark for year, mark in marks(chosen, activity).items() if mark}
    if not by_year:
        return chosen.words("The plan gives no mark: no semester is scheduled.")
    listing = "; ".join(f"{year}: {mark}" for year, mark in by_year.items())
    return chosen.words("Marks of the plan: {marks}.", marks=listing)


def facts(chosen: Chosen, row: dict[Any, Any]) -> list[str]:
    """Return the sentences on an activity that need no report."""
    words = chosen.words
    responsible = in_language(words, row["responsible"], row["responsible_en"])
    sentences = [marks_sentence(chosen, row["activity"])]
    if responsible:
        sentences.append(words("Responsible: {who}.", who=responsible))
    return [*sentences, *planned.reading_sentences(words, row)]


def counts_sentence(words: Words, group: Measured) -> str:
    """Return how many reports of a group have arrived, and how many say what."""
    if group.expected == 0:
        return words("No report was expected yet.")
    counts = {str(state): int(getattr(group, str(state))) for state in COUNTED}
    by_state = phrases.state_counts(counts, words)
    return words.out_of(
        "{n} of {N} expected report arrived: {counts}",
        "{n} of {N} expected reports arrived: {counts}", group.reported, group.expected,
        counts=by_state,
    )  # fmt: skip


def silent_countries(chosen: Chosen, cells: pd.DataFrame) -> list[str]:
    """Return the names of the countries that owe a report, alphabetically."""
    owing = set(cells.loc[cells["due"] & cells["reporting"].eq(Reporting.SIN_REPORTE), "country"])
    countries = names.of_countries(chosen.frame("countries"), chosen.words)
    return [name.full for country, name in countries.items() if country in owing]
