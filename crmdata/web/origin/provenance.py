"""What stands under "Where does this number come from?": facts, formulas, the reports behind."""

from collections.abc import Iterable

import pandas as pd

from crmdata import clock, measures
from crmdata.access import Action, may
from crmdata.content import findings
from crmdata.figures import formulas
from crmdata.labels import label
from crmdata.render.html import markup
from crmdata.terms import MarkKind, Period
from crmdata.web.choices.chosen import Chosen
from crmdata.web.kit import components, report_rows
from crmdata.web.shell import cutoff_words


def facts(chosen: Chosen, picked: Iterable[str]) -> list[tuple[str, str]]:
    """Return what a number is of: parts picked, cut-off, choices, plan and data in force."""
    words, plan = chosen.words, chosen.plan
    versions = chosen.frame("plan_versions")
    adopted = dict(zip(versions["version_id"], versions["in_force_from"], strict=True))
    of = [*picked] or [words("Everything that the figure shows")]
    return [
        (words("Number of"), "; ".join(of)),
        (words("Cut-off"), _cutoff(chosen)),
        (words("Choices in force"), "; ".join(cutoff_words.choices(chosen)) or words("None")),
        (
            words("Version of the plan"),
            words("{version}, in force from {day}", version=words.number(plan.version_id),
                  day=words.date(adopted[plan.version_id])),
        ),
        (
            words("Data"),
            words("{kind}, with all that was recorded until {day} (entry {number} of the record)",
                  kind=label(words, chosen.kind),
                  day=words.date(clock.day_of(chosen.view.recorded_at)),
                  number=words.number(chosen.view.data_version)),
        ),
    ]  # fmt: skip


def _cutoff(chosen: Chosen) -> str:
    words, meetings = chosen.words, chosen.frame("meetings")
    meetings_of_day = [
        words.pick(row["name_es"], row["name_en"])
        for row in meetings.to_dict("records")
        if row["corte"] == chosen.cutoff
    ]
    return ", ".join([words.date(chosen.cutoff), *meetings_of_day])


def show_facts(chosen: Chosen, picked: Iterable[str]) -> None:
    """Draw what a number is of."""
    components.definitions(facts(chosen, picked))


def show_cells(chosen: Chosen, key: str, cells: pd.DataFrame, picked: Iterable[str]) -> None:
    """Draw how the measures of cells are made, the reports behind and the silent slots."""
    words = chosen.words
    show_facts(chosen, picked)
    title = words("How it is made")
    table = formulas.table(
        formulas.equations(cells, words, threshold=chosen.thresholds.coverage), words
    )
    components.heading(title, 3)
    components.rows(table, words=words, caption=title)
    early = formulas.not_counted(cells)
    if early:
        components.paragraph(
            words.plural(
                "{n} report came before the end of its semester. It counts from the day after.",
                "{n} reports came before the end of their semester. They count from the day after.",
                early,
            )
        )
    reports = reports_table(chosen, formulas.behind(cells))
    title = words.plural("{n} report behind it", "{n} reports behind it", len(reports))
    components.heading(title, 3)
    if len(reports):
        components.open_table(chosen, f"detras-{key}", title, reports)
    silent = silent_table(chosen, cells)
    title = words.plural("{n} report is missing", "{n} reports are missing", len(silent))
    components.heading(title, 3)
    if len(silent):
        components.open_table(chosen, f"callan-{key}", title, silent)


def reports_table(chosen: Chosen, cells: pd.DataFrame) -> pd.DataFrame:
    """Return a report a row: what it is on, what it says, when it came and who handed it in."""
    batches = chosen.frame("reports")[["report_id", "batch_id"]]
    return reports_listed(chosen, cells.merge(batches, on="report_id", how="left"))


def handed_in(chosen: Chosen, rows: pd.DataFrame) -> list[str]:
    """Say of each row who handed it in and when: the role, the day, the batch to quote.

    The name of the file stands there for whoever may see what was handed in, since people name
    files after people. `rows` have a `batch_id`; nothing is said where that is missing.
    """
    words, came = chosen.words, chosen.view.deliveries.set_index("batch_id").to_dict("index")
    files = may(chosen.actor, Action.SEE_SUBMITTED)

    def sentence(batch: int) -> str:
        delivery = came[batch]
        values = {"role": label(words, delivery["role"]), "batch": words.number(batch),
                  "day": words.date(clock.day_of(delivery["at"]), "medium")}  # fmt: skip
        if files:
            return words("{role}, {day}: {file} (batch {batch})",
                         file=delivery["file_name"], **values)  # fmt: skip
        return words("{role}, {day} (batch {batch})", **values)

    sentences = {batch: sentence(int(batch)) for batch in rows["batch_id"].dropna().unique()}
    return [sentences.get(batch, "") for batch in rows["batch_id"]]


def show_outside(chosen: Chosen, key: str, reports: pd.DataFrame) -> None:
    """Draw the reports that fill no cell and so enter no share."""
    words = chosen.words
    title = words.plural(
        "{n} report outside the calendar", "{n} reports outside the calendar", len(reports)
    )
    components.heading(title, 3)
    if len(reports):
        components.open_table(chosen, f"fuera-{key}", title, reports_table(chosen, reports))


def show_marks(chosen: Chosen, key: str, activities: set[str]) -> None:
    """Draw the marks of the plan of these activities, and the periods that each gives."""
    words, marks = chosen.words, chosen.frame("marks")
    own = marks.loc[marks["activity"].isin(activities)]
    title = words.plural("{n} mark of the plan", "{n} marks of the plan", len(own))
    components.heading(title, 3)
    if own.empty:
        return
    table = pd.DataFrame([
        {
            words("Activity"): row["activity"],
            words("Year"): str(row["year"]),
            words("Mark of the plan, word by word"): row["mark"],
            words("Means"): label(words, row["kind"]),
            words("Slots"): ", ".join(
                map(words.period, Period.of_mark(MarkKind(row["kind"]), int(row["year"])))
            ),
        }
        for row in own.to_dict("records")
    ])  # fmt: skip
    components.open_table(chosen, f"marcas-{key}", title, table)


def reports_listed(chosen: Chosen, reports: pd.DataFrame) -> pd.DataFrame:
    """Return a report a row, by country as they are named; `reports` have their `batch_id`."""
    words, reporter_names = chosen.words, report_rows.reporters(chosen)
    order = {code: place for place, code in enumerate(reporter_names)}
    rows = reports.sort_values("country", key=lambda codes: codes.map(order), kind="stable")
    return pd.DataFrame([
        {
            words("Country"): reporter_names[row["country"]].full,
            words("Activity"): sheet(chosen, row["activity"]),
            words("Semester"): words.period(row["semester"]),
            words("State"): report_rows.state(words, row["state"]),
            words("Progress"): report_rows.percent(words, row),
            words("Reported on"): words.date(row["reported_on"], "medium"),
            words("Handed in by"): came,
        }
        for row, came in zip(rows.to_dict("records"), handed_in(chosen, rows), strict=True)
    ])  # fmt: skip


def silent_table(chosen: Chosen, cells: pd.DataFrame) -> pd.DataFrame:
    """Return a due cell without a report a row, what has been pending longest first."""
    words, reporter_names = chosen.words, report_rows.reporters(chosen)
    order = {code: place for place, code in enumerate(reporter_names)}
    rows = measures.silent(cells)
    rows = rows.assign(place=rows["country"].map(order))
    rows = rows.sort_values(["semester", "place"], kind="stable")
    return pd.DataFrame([
        {
            words("Country"): reporter_names[row["country"]].full,
            words("Activity"): sheet(chosen, row["activity"]),
            words("Semester"): words.period(row["semester"]),
            words("Since when"): findings.pending_since(words, row["semester"], chosen.cutoff),
        }
        for row in rows.to_dict("records")
    ])  # fmt: skip


def sheet(chosen: Chosen, code: str, text: str = "") -> markup.Linked:
    """Return an activity's code, or another `text` of it, as a link to its sheet."""
    target = chosen.links.href("actividades", actividad=code, eje=None, linea=None)
    return markup.Linked(text or code, target)


def profile(chosen: Chosen, country: str, text: str) -> markup.Linked:
    """Return a country's name as a link to its profile."""
    return markup.Linked(text, chosen.links.href("paises", pais=country, paises=None))
