"""How the numbers are made, in words: the same on the page, in reports and in data packages."""

import pandas as pd

from crmdata.i18n import Words
from crmdata.labels import NO_REPORT, NOT_APPLICABLE, SYMBOLS, label
from crmdata.terms import SIN_REPORTE, Reporting, State, Thresholds


def rules(words: Words, thresholds: Thresholds) -> list[tuple[str, str]]:
    """Return the terms of every number, each with its definition, as a reader meets them."""
    return [
        (
            words("Reported (n)"),
            words("How many of the expected have a report, whatever it says."),
        ),
        (
            words("Expected (N)"),
            words("Due slots × countries, less those that a country reports as not applicable."),
        ),
        (
            words("Coverage"),
            words("n/N. A percentage never stands without the two numbers it is made of."),
        ),
        (
            words("Reported progress"),
            words("The mean of the percentages of the n reports. Silence is not counted as 0."),
        ),
        (
            words("Interval"),
            words(
                "Where the progress would lie if every missing report said 0% or every one 100%."
            ),
        ),
        (
            words("Withheld"),
            words(
                "Under a coverage of {threshold} the interval stands alone: one figure would say "
                "more than is known.",
                threshold=words.entered(100 * thresholds.coverage),
            ),
        ),
        (
            words("Cut-off"),
            words(
                "Every number is of a date. Of each country, activity and semester the latest "
                "report up to that date is in force, so any past meeting can be shown again."
            ),
        ),
        (
            words("Due"),
            words(
                "A slot is due when its semester has ended by the cut-off, within the period while "
                "the semester runs, and not yet due before it begins."
            ),
        ),
        (
            words("On time"),
            words(
                "The first report on a slot is on time if it is dated within {days} days after "
                "the end of its semester. A later correction makes no report late.",
                days=words.number(thresholds.grace_days),
            ),
        ),
        (
            words("What stands out"),
            words(
                "A sentence names the line with the smallest share of reports, or with the most "
                "progress, only among those of which at least {fewest} reports are expected; of "
                "equal ones at most {tied}, else none. It never names a country so.",
                fewest=words.number(thresholds.fewest),
                tied=words.number(thresholds.most_tied),
            ),
        ),
        (
            words("Correction"),
            words(
                "A later report on the same country, activity and semester. Nothing is "
                "overwritten: earlier reports stay in the history."
            ),
        ),
        (
            words("Outside the calendar"),
            words(
                "A report on a semester that the plan did not schedule, or by the region itself. "
                "It is shown and kept out of N."
            ),
        ),
        (
            words("Slot"),
            words(
                "An activity × semester in which the plan foresees work. “Por definir” and missing "
                "marks make no slot: nothing is expected of them and no dated bar is drawn."
            ),
        ),
        (
            words("Delivery of a result"),
            words(
                "The last semester in which any of its activities has a slot; where work goes on "
                "to the end of the plan, the last semester with a column. A result without any "
                "slot has none. In the calendar it is a round spot with the result's number."
            ),
        ),
        (
            words("Mark"),
            words("What the plan says of an activity and a year, quoted as it stands."),
        ),
    ]


def promises(words: Words) -> tuple[str, ...]:
    """Return what holds of every number, in the sentences that somebody repeats."""
    return (
        words("No percentage without its two numbers, and no silence counted as zero."),
        words(
            "Every figure is of a date and can be shown again as it was then. Countries stand in "
            "alphabetical order, and what is missing is said by name."
        ),
    )


def symbols_table(words: Words) -> pd.DataFrame:
    """Return the symbols, what they are called and what they mean."""
    meanings = {
        State.CUMPLIDA: words("The country reports the work as done; counts as 100%."),
        State.EN_CURSO: words("Work goes on; the report gives a percentage."),
        State.NO_INICIADA: words("The country reports that it has not begun; counts as 0%."),
        State.SUSPENDIDA: words("Work has stopped; the report gives a percentage and a reason."),
        State.NO_APLICA: words("Not for this country, with a reason; not part of N."),
        SIN_REPORTE: words("A report was expected and has not come. It is not 0%."),
    }
    return pd.DataFrame([
        {
            words("Symbol"): SYMBOLS[code],
            words("State"): label(words, code),
            words("Meaning"): meaning,
        }
        for code, meaning in meanings.items()
    ])  # fmt: skip


def cell_sentences(words: Words) -> list[str]:
    """Return what else may stand in a cell."""
    return [
        words(
            "In tables {none} is a missing report, {dash} not applicable or nothing due, and 0 is "
            "zero.",
            none=NO_REPORT,
            dash=NOT_APPLICABLE,
        ),
        words(
            "“{open}” means that the semester still runs, “{later}” that it has not begun.",
            open=label(words, Reporting.EN_PLAZO),
            later=label(words, Reporting.AUN_NO_VENCE),
        ),
        words(
            "Countries stand in the alphabetical order of their names in the language shown, also "
            "where only their codes are written. On the page Countries a reader may order them by "
            "coverage or by progress; those under the coverage threshold then stand after the "
            "others. Nothing else is ordered by value."
        ),
    ]
