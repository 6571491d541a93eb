"""What Método y fuentes says: how numbers are made, how the source was read, what is invented."""

import pandas as pd

from crmdata.figures.names import shown
from crmdata.i18n import Words
from crmdata.labels import NO_REPORT, NOT_APPLICABLE, SYMBOLS, label
from crmdata.terms import SIN_REPORTE, Reading, Reporting, State
from crmdata.ui import activity_rows
from crmdata.ui.chosen import Chosen


def rules(words: Words, threshold: float, grace_days: int) -> list[tuple[str, str]]:
    """Return the terms of every number, each with its definition."""
    return [
        (
            words("Mark"),
            words("What the plan says of an activity and a year, quoted as it stands."),
        ),
        (
            words("Slot"),
            words(
                "An activity × semester in which the plan foresees work. “Por definir” and missing "
                "marks make no slot: nothing is expected of them and no dated bar is drawn."
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
            words("Expected (N)"),
            words("Due slots × countries, less those that a country reports as not applicable."),
        ),
        (
            words("Reported (n)"),
            words("How many of the expected have a report, whatever it says."),
        ),
        (
            words("Coverage"),
            words("n/N. A percentage never stands without the two numbers it is made of."),
        ),
        (
            words("On time"),
            words(
                "The first report on a slot is on time if it is dated within {days} days after "
                "the end of its semester. A later correction makes no report late.",
                days=words.number(grace_days),
            ),
        ),
        (
            words("Reported progress"),
            words("The mean of the percentages of the n reports. Silence is not counted as 0."),
        ),
        (
            words("Interval"),
            words(
                "Where the progress would lie if every missing report said 0 % or every one 100 %."
            ),
        ),
        (
            words("Withheld"),
            words(
                "Under a coverage of {threshold} the interval stands alone: one figure would say "
                "more than is known.",
                threshold=words.percent(100 * threshold),
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
            words("Delivery of a result"),
            words(
                "The last semester in which any of its activities has a slot; where work goes on "
                "to the end of the plan, the last semester with a column. A result without any "
                "slot has none. In the calendar it is a round spot with the result's number."
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
    ]


def symbols_table(words: Words) -> pd.DataFrame:
    """Return the symbols, what they are called and what they mean."""
    meanings = {
        State.CUMPLIDA: words("The country reports the work as done; counts as 100 %."),
        State.EN_CURSO: words("Work goes on; the report gives a percentage."),
        State.NO_INICIADA: words("The country reports that it has not begun; counts as 0 %."),
        State.SUSPENDIDA: words("Work has stopped; the report gives a percentage and a reason."),
        State.NO_APLICA: words("Not for this country, with a reason; not part of N."),
        SIN_REPORTE: words("A report was expected and has not come. It is not 0 %."),
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
            "Countries stand in alphabetical order of the shown language. There are no rankings."
        ),
    ]


def years_sentences(chosen: Chosen) -> list[str]:
    """Return how the five year columns were dated, and why the last year is empty."""
    words, plan = chosen.words, chosen.plan
    last = plan.first_year + 4
    found = [
        words(
            "The source lost the headings of its five year columns. They are read as "
            "{first}–{last}.",
            first=plan.first_year,
            last=last,
        )
    ]
    if plan.first_year == 2017:
        found.append(
            words(
                "Why: every dated mark of the first column is of a second semester, as the plan "
                "was drawn up after the meeting of March 2017, and the activity “for 2018” has its "
                "only mark in the second column. The other reading is 2018–2022."
            )
        )
    found.append(
        words("The first year is one value of the plan's data: to change it moves every slot.")
    )
    if last < plan.period_to:
        found.append(
            words(
                "The title says {period}, so {year} has no column. It is shown as an empty "
                "closing year, not as a year without progress.",
                period=f"{plan.period_from}–{plan.period_to}",
                year=plan.period_to,
            )
        )
    return found


def marks_table(chosen: Chosen) -> pd.DataFrame:
    """Return each mark of the plan with its meaning and how many year cells hold it."""
    words, marks = chosen.words, chosen.frame("marks")
    counts = marks.groupby(["mark", "kind"], sort=False, as_index=False).size()
    return pd.DataFrame([
        {
            words("Mark"): row["mark"],
            words("Meaning"): label(words, row["kind"]),
            words("Year cells"): row["size"],
        }
        for row in counts.sort_values("size", ascending=False).to_dict("records")
    ])  # fmt: skip


def marks_sentence(chosen: Chosen) -> str:
    """Say how many activities the plan has and how many cells are filled."""
    words, activities = chosen.words, chosen.frame("activities")
    marks = chosen.frame("marks")
    unmarked = sorted(set(activities["activity"]) - set(marks["activity"]))
    return words(
        "The plan has {axes} axes, {lines} lines, {results} results and {activities} activities. "
        "Of {cells} year cells {filled} are filled; {unmarked} activities have no mark at all.",
        axes=words.number(len(chosen.frame("axes"))),
        lines=words.number(len(chosen.frame("lines"))),
        results=words.number(len(chosen.frame("results"))),
        activities=words.number(len(activities)),
        cells=words.number(5 * len(activities)),
        filled=words.number(len(marks)),
        unmarked=words.number(len(unmarked)),
    )


def readings_sentence(chosen: Chosen) -> str:
    """Say how many rows were read with how much certainty."""
    words = chosen.words
    counts = chosen.frame("activities")["reading"].value_counts()
    return words(
        "Exact: {exact} activities. Inferred from the mark's height or order: {inferred}. Marked "
        "once for the whole result: {shared}.",
        exact=words.number(int(counts.get(Reading.EXACT, 0))),
        inferred=words.number(int(counts.get(Reading.INFERRED, 0))),
        shared=words.number(int(counts.get(Reading.SHARED, 0))),
    )


def readings_table(chosen: Chosen) -> pd.DataFrame:
    """Return the activities that were not read exactly, or that carry a note."""
    words, activities = chosen.words, chosen.frame("activities")
    noted = activities["note"].fillna("").ne("")
    rows = activities.loc[activities["reading"].ne(Reading.EXACT.value) | noted]
    return pd.DataFrame([
        {
            words("Activity"): row["activity"],
            words("Reading"): label(words, row["reading"]),
            words("Shown"): activity_rows.marks_sentence(chosen, row["activity"]),
            words("Note and other reading"): shown(words, row["note"], row["note_en"]),
        }
        for row in rows.to_dict("records")
    ])  # fmt: skip


def data_sentences(chosen: Chosen) -> list[str]:
    """Say whether the reports are real, and what is not."""
    words = chosen.words
    if not chosen.demo:
        return [words("The reports are those that the countries handed in. Nothing is invented.")]
    return [
        words(
            "The plan is real. All reports, the cooperation and the meetings shown here are "
            "invented: no real progress reports of this plan are public. They come from a seeded "
            "generator and go through the same import as real ones."
        ),
        words(
            "Every screen, figure, print and download built on them says so. A database holds "
            "either real or demonstration data, never both."
        ),
    ]


def versions_table(chosen: Chosen) -> pd.DataFrame:
    """Return the plan's versions, newest first, and how much each changed."""
    words = chosen.words
    return pd.DataFrame([
        {
            words("Version"): str(row["version_id"]),
            words("In force from"): words.date(row["in_force_from"]),
            words("First year column"): str(row["first_year"]),
            words("Changes against the version before"): int(row["changes"]),
        }
        for row in chosen.frame("plan_versions").to_dict("records")
    ])  # fmt: skip


def changes_table(chosen: Chosen) -> pd.DataFrame:
    """Return what the version in force changed; no row for the first version."""
    words = chosen.words
    return pd.DataFrame([
        {
            words("Code"): row["code"],
            words("Change"): label(words, row["kind"]),
            words("Field"): row["field"],
            words("Before"): row["before"],
            words("After"): row["after"],
        }
        for row in chosen.source.plan_changes(chosen.plan.version_id).to_dict("records")
    ])  # fmt: skip


def plan_texts(chosen: Chosen) -> list[tuple[str, str]]:
    """Return the plan's own title, objective, principle and footnote."""
    words, plan = chosen.words, chosen.plan
    return [
        (words("Title"), words.pick(*plan.title)),
        (words("General objective"), words.pick(*plan.objective)),
        (words("Cross-cutting principle"), words.pick(*plan.principle)),
        (words("Footnote"), words.pick(*plan.footnote)),
    ]
