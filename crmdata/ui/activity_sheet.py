"""One activity: what the plan says, who reported what in which semester, every report, support."""

from crmdata.figures.names import shown
from crmdata.ui import activity_rows, components, markup, report_rows
from crmdata.ui.chosen import Chosen
from crmdata.ui.components import Empty
from crmdata.ui.groups import within


def show(chosen: Chosen, code: str) -> None:
    """Draw the sheet of an activity."""
    words, activity = chosen.words, activity_rows.record(chosen, code)
    text = shown(words, activity["text"], activity["text_en"])
    components.heading(f"{code}. {text}")
    facts = activity_rows.facts(chosen, activity)
    markup.show("".join(markup.element("p", fact, css="crm-lead") for fact in facts))
    _show_grid(chosen)
    _show_reports(chosen, code)
    _show_cooperation(chosen, code)


def _show_grid(chosen: Chosen) -> None:
    words = chosen.words
    components.heading(words("Country by country, semester by semester"), 3)
    cells = within(chosen, chosen.frame("cells"))
    if cells.empty:
        components.empty(words, Empty.NOT_SCHEDULED)
        return
    title = words("Country by country, semester by semester")
    components.open_table(chosen, "actividad", title, activity_rows.grid(chosen, cells))
    components.paragraph(activity_rows.symbols_sentence(words), "crm-note")


def _show_reports(chosen: Chosen, code: str) -> None:
    words = chosen.words
    title = words("Every report on {activity}, newest first", activity=code)
    components.heading(title, 3)
    history = within(chosen, chosen.frame("history"))
    if history.empty:
        components.empty(words, Empty.SILENT)
        return
    table = report_rows.table(chosen, history, of_activity=True)
    components.open_table(chosen, f"reportes-{code}", title, table)


def _show_cooperation(chosen: Chosen, code: str) -> None:
    words = chosen.words
    title = words("Cooperation on {activity}", activity=code)
    components.heading(title, 3)
    rows = chosen.frame("cooperation")
    own = rows.loc[rows["activity"] == code]
    if own.empty:
        components.empty(words, Empty.NO_COOPERATION)
        return
    table = report_rows.cooperation_table(chosen, own)
    components.open_table(chosen, f"cooperacion-{code}", title, table)
