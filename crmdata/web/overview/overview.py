"""What Resumen shows: the region by axis, what falls due next, who is silent, what is new."""

import pandas as pd

from crmdata import measures
from crmdata.figures import composition, frames, names, wording
from crmdata.i18n import Words
from crmdata.terms import Reporting
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.groups import within
from crmdata.web.data.kept import kept
from crmdata.web.kit import numbers, report_rows
from crmdata.web.kit.components import Chart
from crmdata.web.origin.origins import OfCells

NEWEST = 10
"""How many of the newest reports are shown."""

NUMBERS = OfCells(outside=True)
"""What the region's numbers are made of."""


@kept
def cards(chosen: Chosen) -> list[str]:
    """Return the region's numbers."""
    words = chosen.words
    return [
        numbers.coverage(words, chosen.view.everything),
        numbers.progress(words, chosen.view.everything),
        numbers.fulfilled(words, chosen.view.everything),
        numbers.outside(words, chosen.frame("outside"), chosen.view.members),
    ]


def by_axis(chosen: Chosen) -> Chart:
    """Return the states of what was due, axis by axis."""
    words, axes = chosen.words, names.of_axes(chosen.frame("axes"), chosen.words)
    measured = chosen.measured(chosen.frame("cells"), "axis")
    return Chart(
        composition.figure(measured, axes, by="axis", **chosen.drawing),
        composition.summary(measured, axes, by="axis", words=words, cutoff=chosen.cutoff),
        composition.table(measured, axes, by="axis", group=words("Axis"), words=words),
        OfCells(("axis",)),
    )


@kept
def falling_due(chosen: Chosen) -> pd.DataFrame:
    """Return the chosen cells that fall due next, as `crmdata.measures.next_due`."""
    return measures.next_due(within(chosen, chosen.frame("cells")), chosen.cutoff)


def falling_due_sentence(words: Words, ahead: pd.DataFrame) -> str:
    """Say when reports fall due next, and how many are still to come."""
    missing = int((ahead["reporting"] != Reporting.REPORTADO).sum())
    return words(
        "Semester {semester} ends on {day}. Activities: {activities}. Reports expected: "
        "{expected}; still to come: {missing}.",
        semester=words.period(ahead["semester"].iloc[0]),
        day=words.date(ahead["ends"].iloc[0]),
        activities=words.number(ahead["activity"].nunique()),
        expected=words.number(len(ahead)),
        missing=words.number(missing),
    )


@kept
def falling_due_table(chosen: Chosen) -> pd.DataFrame:
    """Return an activity a row, and how many countries have reported on it already."""
    words, ahead = chosen.words, falling_due(chosen)
    activities = names.of_activities(chosen.frame("activities"), words)
    arrived = ahead["reporting"].eq(Reporting.REPORTADO)
    counted = arrived.groupby(ahead["activity"], sort=False).agg(["sum", "size"])
    return pd.DataFrame(
        [
            {
                words("Activity"): activities[str(row["activity"])].full,
                words("Already reported"): words(
                    "{reported} of {expected} countries",
                    reported=words.number(row["sum"]),
                    expected=words.number(row["size"]),
                ),
            }
            for row in counted.reset_index().to_dict("records")
        ]
    )


@kept
def silence_table(chosen: Chosen) -> pd.DataFrame:
    """Return a country a row: what was expected, what is missing, when it last reported."""
    words = chosen.words
    countries = names.of_countries(chosen.frame("countries"), words)
    measured = chosen.measured(chosen.frame("cells"), "country")
    last = chosen.frame("states").groupby("country")["reported_on"].max().to_dict()
    found = []
    for country, row in frames.each(frames.aligned(measured, "country", countries)):
        found.append({
            words("Country"): countries[country].full,
            words("Expected (N)"): row.expected,
            words("Reported (n)"): row.reported,
            words("Coverage"): wording.share(words, row),
            words("No report"): row.sin_reporte,
            words("Last report"): words.date(last[country], "medium")
            if country in last
            else words("None yet"),
        })  # fmt: skip
    return pd.DataFrame(found)


@kept
def newest_table(chosen: Chosen) -> pd.DataFrame:
    """Return the newest reports, corrections among them, newest first."""
    return report_rows.table(chosen, chosen.view.newest_reports(NEWEST))
