"""The sheet of one activity: what the plan says of it, and all that was ever reported on it."""

from typing import Any

import pandas as pd

from crmdata.content import names
from crmdata.content.names import activity_text, shown, written_in_english
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.render.html import markup
from crmdata.terms import MarkKind, Period, Reading
from crmdata.web.activities import activity_history
from crmdata.web.activities.activity_history import of_activity
from crmdata.web.choices import links
from crmdata.web.choices.chosen import Chosen
from crmdata.web.kit import activity_rows, components, downloads, draw, numbers, report_rows
from crmdata.web.kit.components import Empty
from crmdata.web.origin import origins


def show(chosen: Chosen, code: str) -> None:
    """Draw the sheet of an activity."""
    activity = activity_rows.record(chosen, code)
    _show_place(chosen, activity)
    _show_text(chosen, activity)
    _show_marks(chosen, activity)
    _show_standings(chosen, code)
    _show_reports(chosen, code)
    _show_support(chosen, code)
    _show_corrections(chosen, code)
    _show_neighbours(chosen, code)


def _show_place(chosen: Chosen, activity: dict[Any, Any]) -> None:
    """Draw the way back, to all activities, the line or its result, and on to the neighbours."""
    words = chosen.words
    axes = names.of_axes(chosen.frame("axes"), words)
    lines = names.of_lines(chosen.frame("lines"), words)
    free: dict[str, str | None] = {"actividad": None, "eje": None, "linea": None}
    way = [
        links.link(words("All activities"), chosen.links.href("actividades", **free)),
        links.link(
            words("Axis {number}. {title}", number=activity["axis"],
                  title=axes[activity["axis"]].text),
            chosen.links.href("actividades", **{**free, "eje": str(activity["axis"])}),
        ),
        links.link(
            words("Line {code}. {title}", code=activity["line"],
                  title=lines[activity["line"]].text),
            chosen.links.href("actividades", **{**free, "linea": activity["line"]}),
        ),
    ]  # fmt: skip
    items = (markup.wrapped("li", [link]) for link in way)
    draw.html(
        markup.wrapped("nav", [markup.wrapped("ol", items)], css="crm-way",
                       **{"aria-label": words("Where this activity stands")})
    )  # fmt: skip
    _show_neighbours(chosen, activity["activity"])


def _show_neighbours(chosen: Chosen, code: str) -> None:
    """Draw the links to the activities before and after, in the order of the plan."""
    words, codes = chosen.words, list(chosen.frame("activities")["activity"])
    at = codes.index(code)
    found = []
    if at > 0:
        text = words("← Previous: {code}", code=codes[at - 1])
        found.append(links.link(text, _sheet(chosen, codes[at - 1]), rel="prev"))
    place = words("{place} of {every}", place=words.number(at + 1), every=words.number(len(codes)))
    found.append(markup.element("span", place))
    if at + 1 < len(codes):
        text = words("Next: {code} →", code=codes[at + 1])
        found.append(links.link(text, _sheet(chosen, codes[at + 1]), rel="next"))
    draw.html(markup.wrapped("p", found, css="crm-ways"))


def _sheet(chosen: Chosen, code: str) -> str:
    return chosen.links.href(eje=None, linea=None, actividad=code)


def _show_text(chosen: Chosen, activity: dict[Any, Any]) -> None:
    """Draw the activity's text; for a reader of English the original too, which alone counts."""
    words = chosen.words
    text = activity_text(words, activity["text"], activity["text_en"])
    components.heading(f"{activity['activity']}. {text}")
    terms = []
    results = names.of_results(chosen.frame("results"), words)
    terms.append((words("Result"), results[activity["result"]].full))
    responsible = shown(words, activity["responsible"], activity["responsible_en"])
    if responsible:
        terms.append((words("Responsible"), responsible))
    if written_in_english(activity["text"], activity["text_en"]):
        terms.append((words("Text in English, the original"), activity["text"]))
    elif words.language != "es":
        terms.append((words("Text in Spanish, the original"), activity["text"]))
    mentions = of_activity(chosen.frame("mentions"), activity["activity"])
    for mention in mentions.to_dict("records"):
        named = report_rows.partners(chosen, mention["partner"])
        terms.append((words("The plan names {partner}", partner=named), f"«{mention['quote']}»"))
    components.definitions(terms)


def _show_marks(chosen: Chosen, activity: dict[Any, Any]) -> None:
    words, code = chosen.words, activity["activity"]
    title = words("What the plan schedules")
    components.heading(title, 3)
    components.rows(_marks_table(chosen, code), words=words, caption=title)
    exact = words("Reading: {reading}.", reading=label(words, activity["reading"]))
    components.paragraphs([
        *([exact] if activity["reading"] == Reading.EXACT else []),
        *activity_rows.reading_sentences(words, activity),
    ])  # fmt: skip


def _marks_table(chosen: Chosen, code: str) -> pd.DataFrame:
    """Return a year a row: the source's own words, what they mean, which periods they give."""
    words, rows = chosen.words, of_activity(chosen.frame("marks"), code)
    own = {int(row["year"]): row for row in rows.to_dict("records")}
    dated = chosen.plan.column_years
    return pd.DataFrame([
        {
            words("Year"): str(year),
            words("Mark of the plan, word by word"): own[year]["mark"] if year in own
            else words("none") if year in dated
            else words("The source has no column for {year}", year=year),
            words("Means"): label(words, own[year]["kind"]) if year in own else "",
            words("Semesters"): _periods(words, year, own[year]["kind"]) if year in own else "",
        }
        for year in activity_rows.marks(chosen, code)
    ])  # fmt: skip


def _periods(words: Words, year: int, kind: str) -> str:
    slots = Period.of_mark(MarkKind(kind), year)
    return ", ".join(map(words.period, slots)) or words("open: no report is expected")


def _show_standings(chosen: Chosen, code: str) -> None:
    """Draw the measures and the grid country × period."""
    words = chosen.words
    cells = of_activity(chosen.frame("cells"), code)
    title = words("Country by country, semester by semester")
    components.heading(title, 3)
    rows = activity_history.standings(chosen, code)
    if rows.empty:
        components.empty(words, Empty.NOT_SCHEDULED)
        return
    measured = chosen.measured_whole(cells)
    if measured.expected:
        numbers.show([
            numbers.coverage(words, measured), numbers.progress(words, measured),
            numbers.fulfilled(words, measured),
        ])  # fmt: skip
        of_activity_alone = origins.OfCells(("country",), origins.cells_of_all_countries)
        components.origin(chosen, "numeros", of_activity_alone)
    elif cells.empty:
        components.empty(words, Empty.NOT_SCHEDULED)
    else:
        components.empty(words, Empty.NOT_YET_DUE)
    draw.html(activity_history.grid_html(chosen, rows, title))
    components.paragraph(activity_rows.symbols_sentence(words), "crm-note")
    downloads.show(
        chosen, f"cuadro-{code}", f"{code}. {title}", activity_history.grid(chosen, rows)
    )


def _show_reports(chosen: Chosen, code: str) -> None:
    words = chosen.words
    components.heading(words("What the countries say"), 3)
    folded = activity_history.by_country(chosen, code)
    if not folded:
        components.paragraph(words("Nobody has reported on it yet."), "crm-empty")
        return
    draw.html(folded)
    history = chosen.view.history_of(code)
    title = words("Every report on {activity}, newest first", activity=code)
    told = report_rows.table(chosen, history, of_activity=True)
    components.folded_table(chosen, f"reportes-{code}", title, told)
    components.heading(words("Evidence"), 3)
    if activity_history.evidence(chosen, code):
        draw.html(activity_history.evidence_html(chosen, code))
    else:
        components.paragraph(words("No report in force names any evidence."), "crm-empty")


def _show_support(chosen: Chosen, code: str) -> None:
    words = chosen.words
    title = words("Cooperation on {activity}", activity=code)
    components.heading(title, 3)
    rows = of_activity(chosen.frame("cooperation"), code)
    if rows.empty:
        said = words("Nobody supports it: no cooperation was offered or asked for.")
        components.paragraph(said, "crm-empty")
        return
    told = report_rows.cooperation_table(chosen, rows).drop(columns=words("Activity"))
    components.open_table(chosen, f"cooperacion-{code}", title, told)


def _show_corrections(chosen: Chosen, code: str) -> None:
    words = chosen.words
    title = words("History of corrections")
    components.heading(title, 3)
    table = activity_history.corrections(chosen, code)
    if table.empty:
        said = words("No report on it was corrected up to this cut-off.")
        components.paragraph(said, "crm-empty")
        return
    components.open_table(chosen, f"correcciones-{code}", f"{code}. {title}", table)
