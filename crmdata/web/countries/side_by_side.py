"""Two to four countries side by side: line by line, and of one line activity by activity."""

from crmdata import measures
from crmdata.content import comparison, names
from crmdata.content import side_by_side as compared
from crmdata.content.cell_tables import Telling
from crmdata.figures import side_by_side as figure
from crmdata.render.html import markup
from crmdata.web.choices import click_targets
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.chosen_groups import names_of, within
from crmdata.web.data.made_once import made_once
from crmdata.web.kit.components import Chart, Titled
from crmdata.web.origin.origins import OfCells, cells_of_all_countries


@made_once
def everywhere(chosen: Chosen) -> names.Names:
    """Return the countries by their names."""
    return names.of_countries(chosen.frame("countries"), chosen.words)


@made_once
def something_due(chosen: Chosen) -> bool:
    """Tell whether any report is due in the chosen axis and line."""
    return bool(within(chosen, chosen.frame("cells"), country=False)["due"].any())


def compares(chosen: Chosen) -> bool:
    """Tell whether two countries or more were chosen to be compared, and can be."""
    return len(chosen.choices.paises) > 1 and something_due(chosen)


def comparisons(chosen: Chosen) -> list[str | Titled]:
    """Return the countries that were chosen to be compared; of one line by activity too."""
    words = chosen.words
    by_activity = Titled("actividades", words("Activity by activity, the differences first"),
                         activity_by_activity, opens=click_targets.ACTIVITY)  # fmt: skip
    lines = Titled("comparar", words("Side by side"), side_by_side,
                   opens=click_targets.LINE_AND_COUNTRY)  # fmt: skip
    if chosen.choices.linea:
        return [by_activity.heading, by_activity, lines.heading, lines]
    note = words("Choose a line to compare what the countries say activity by activity.")
    return [lines.heading, markup.element("p", note, css="crm-note"), lines]


def _wanted(chosen: Chosen) -> names.Names:
    """Return the countries to compare, in alphabetical order whatever the address has."""
    picked = chosen.choices.paises
    return {code: name for code, name in everywhere(chosen).items() if code in picked}


def activity_by_activity(chosen: Chosen) -> Chart:
    """Return what the chosen countries said last of each activity of a line."""
    words, wanted = chosen.words, _wanted(chosen)
    said_last = comparison.latest(chosen.frame("reports"))
    activities = comparison.differences_first(said_last, names_of(chosen, "activity"), wanted)
    rows = chosen.measured(cells_of_all_countries(chosen), "activity", "country")
    summary = comparison.summary(said_last, activities, wanted, words=words)
    return Chart(
        comparison.cells(rows, said_last, activities, wanted,
                         how=Telling(words, summary, click_targets.ACTIVITY.way)),
        summary,
        comparison.table(said_last, activities, wanted, group=words("Activity"), words=words),
        OfCells(("activity", "country"), cells_of_all_countries),
        rows=list(activities),
    )  # fmt: skip


def side_by_side(chosen: Chosen) -> Chart:
    """Return the chosen countries line by line, before the region's range."""
    words, lines, wanted = chosen.words, names_of(chosen, "line"), _wanted(chosen)
    rows = chosen.measured(chosen.frame("cells"), "line", "country")
    region = measures.region_range(rows, ["line"])
    summary = compared.summary(rows, lines, wanted, words=words, cutoff=chosen.cutoff)
    how = Telling(words, summary, click_targets.LINE_AND_COUNTRY.way)
    return Chart(
        figure.figure(rows, lines, wanted, region, **chosen.drawing),
        summary,
        compared.table(rows, lines, wanted, region, words=words),
        OfCells(("line", "country"), cells_of_all_countries),
        rows=list(lines),
        columns=[country for country in wanted for _ in range(3)] + [""],
        still=compared.groups(rows, lines, wanted, region, how=how),
    )
