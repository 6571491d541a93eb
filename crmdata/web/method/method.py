"""What Método y fuentes says: how numbers are made, how the source was read, what is invented."""

import pandas as pd

import crmdata.method
from crmdata.content.names import in_language
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.store.queries import PlanFacts
from crmdata.terms import CRM_PLAN, SPELLED, MarkKind, Reading
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data.made_once import made_once
from crmdata.web.kit import activity_rows


@made_once
def rules(chosen: Chosen) -> list[tuple[str, str]]:
    """Return the rules of the numbers, each term with what it means."""
    return crmdata.method.rules(chosen.words, chosen.thresholds)


@made_once
def symbols_table(chosen: Chosen) -> pd.DataFrame:
    """Return the states and symbols with what they mean."""
    return crmdata.method.symbols_table(chosen.words)


@made_once
def years_sentences(chosen: Chosen) -> list[str]:
    """Return how the year columns were dated, and why a year of the period is empty."""
    words, plan = chosen.words, chosen.plan
    sentences = [_columns_sentence(words, plan)]
    if plan.plan_id == CRM_PLAN and plan.first_year == 2017:
        sentences.append(
            words(
                "Why: every dated mark of the first column is of a second semester, as the plan "
                "was drawn up after the meeting of March 2017, and the activity “for 2018” has its "
                "only mark in the second column. The other reading is 2018–2022."
            )
        )
    sentences.append(
        words("The first year is one value of the plan's data: to change it moves every slot.")
    )
    if plan.empty_years:
        sentences.append(_empty_years_sentence(words, plan))
    return sentences


def _columns_sentence(words: Words, plan: PlanFacts) -> str:
    number = words.spelled(plan.year_columns)
    if plan.plan_id == CRM_PLAN:
        return words(
            "The source lost the headings of its {number} year columns. They are read as "
            "{first}–{last}.",
            number=number,
            first=plan.first_year,
            last=plan.last_year,
        )
    if plan.year_columns == 1:
        return words("The plan has one year column, read as {first}.", first=plan.first_year)
    return words(
        "The plan has {number} year columns, read as {first}–{last}.",
        number=number,
        first=plan.first_year,
        last=plan.last_year,
    )


def _empty_years_sentence(words: Words, plan: PlanFacts) -> str:
    period, empty = f"{plan.period_from}–{plan.period_to}", plan.empty_years
    if empty == [plan.period_to]:
        return words(
            "The title says {period}, so {year} has no column. It is shown as an empty "
            "closing year, not as a year without progress.",
            period=period,
            year=plan.period_to,
        )
    return words.plural(
        "The plan is of {period}, and {years} has no column. It is shown as an empty year, not as "
        "a year without progress.",
        "The plan is of {period}, and {years} have no column. They are shown as empty years, not "
        "as years without progress.",
        len(empty),
        period=period,
        years=", ".join(map(str, empty)),
    )


@made_once
def marks_table(chosen: Chosen) -> pd.DataFrame:
    """Return what marks mean, as the plan writes them, and how many year cells hold such."""
    words, marks = chosen.words, chosen.frame("marks")
    counts, used = marks["kind"].value_counts().to_dict(), set(marks["mark"])
    return pd.DataFrame([
        {
            words("Mark"): ", ".join(mark for mark in SPELLED[MarkKind(str(kind))] if mark in used),
            words("Meaning"): label(words, str(kind)),
            words("Year cells"): count,
        }
        for kind, count in counts.items()
    ])  # fmt: skip


@made_once
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
        cells=words.number(chosen.plan.year_columns * len(activities)),
        filled=words.number(len(marks)),
        unmarked=words.number(len(unmarked)),
    )


@made_once
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


@made_once
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
            words("Note and other reading"): in_language(words, row["note"], row["note_en"]),
        }
        for row in rows.to_dict("records")
    ])  # fmt: skip


@made_once
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


@made_once
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


@made_once
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
        for row in chosen.view.plan_changes(chosen.plan.version_id).to_dict("records")
    ])  # fmt: skip


@made_once
def plan_texts(chosen: Chosen) -> list[tuple[str, str]]:
    """Return the plan's own title, objectives, principle and footnote, those that it has."""
    words, plan = chosen.words, chosen.plan
    texts = [
        (words("Title"), words.pick(*plan.title)),
        (words("General objective"), words.pick(*plan.objective)),
        *(
            (
                words("Objective of axis {axis}", axis=row["axis"]),
                in_language(words, row["objective"], row["objective_en"]),
            )
            for row in chosen.frame("axes").to_dict("records")
        ),
        (words("Cross-cutting principle"), words.pick(*plan.principle)),
        (words("Footnote"), words.pick(*plan.footnote)),
    ]
    return [(term, text) for term, text in texts if text]
