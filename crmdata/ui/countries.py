"""What Países shows: cells of every line and country, who reported when, countries compared."""

import pandas as pd

from crmdata import measures
from crmdata.figures import countries as compared
from crmdata.figures import coverage, heat, names, tiles
from crmdata.ui import components, numbers
from crmdata.ui.address import MEASURES
from crmdata.ui.chosen import Chosen
from crmdata.ui.components import Chart, Empty
from crmdata.ui.groups import named, within
from crmdata.ui.origins import OfCells, cells_of_all_countries


def _everywhere(chosen: Chosen) -> names.Names:
    return names.of_countries(chosen.frame("countries"), chosen.words)


def by_line(chosen: Chosen) -> Chart:
    """Return a cell for each line and country."""
    words, measure = chosen.words, MEASURES[chosen.choices.measure]
    lines, countries = named(chosen, "line"), _everywhere(chosen)
    rows = chosen.measured(chosen.frame("cells"), "line", "country")
    rows = rows.loc[rows["line"].isin(list(lines))]
    return Chart(
        heat.figure(rows, lines, countries, measure=measure, **chosen.drawing),
        heat.summary(rows, lines, countries, words=words, cutoff=chosen.cutoff),
        heat.table(rows, lines, countries, measure=measure, group=words("Line"), words=words),
        OfCells(("line", "country"), cells_of_all_countries),
        rows=list(lines),
        columns=list(countries),
    )


def by_semester(chosen: Chosen) -> Chart:
    """Return who reported on how much of each semester that is due."""
    words, countries = chosen.words, _everywhere(chosen)
    cells = chosen.frame("cells")
    rows = measures.trend(
        within(chosen, cells, country=False), ["country"], threshold=chosen.threshold
    )
    semesters = names.of_semesters(rows["semester"], words)
    return Chart(
        coverage.figure(rows, countries, semesters, **chosen.drawing),
        coverage.summary(rows, countries, semesters, words=words, cutoff=chosen.cutoff),
        coverage.table(rows, countries, semesters, words=words),
        OfCells(("country", "semester"), cells_of_all_countries),
        rows=list(countries),
    )


def on_tiles(chosen: Chosen) -> Chart:
    """Return the members as equal tiles."""
    words, countries = chosen.words, _everywhere(chosen)
    rows = chosen.measured(within(chosen, chosen.frame("cells"), country=False), "country")
    measure = MEASURES[chosen.choices.measure]
    return Chart(
        tiles.figure(rows, chosen.frame("countries"), countries, measure=measure, **chosen.drawing),
        tiles.summary(rows, countries, words=words, cutoff=chosen.cutoff),
        tiles.table(rows, countries, words=words),
        OfCells(("country",), cells_of_all_countries),
        rows=list(countries),
    )


def side_by_side(chosen: Chosen) -> Chart:
    """Return the chosen countries line by line, before the region's range."""
    words, lines, everywhere = chosen.words, named(chosen, "line"), _everywhere(chosen)
    rows = chosen.measured(chosen.frame("cells"), "line", "country")
    wanted: names.Names = {code: everywhere[code] for code in chosen.choices.paises}
    region = measures.region_range(rows, ["line"])
    return Chart(
        compared.figure(rows, lines, wanted, region, **chosen.drawing),
        compared.summary(rows, lines, wanted, words=words, cutoff=chosen.cutoff),
        compared.table(rows, lines, wanted, region, words=words),
        OfCells(("line", "country"), cells_of_all_countries),
        rows=list(lines),
        columns=[country for country in wanted for _ in range(3)] + [""],
    )


def cards(chosen: Chosen) -> list[str]:
    """Return the numbers of the chosen country."""
    words, cells = chosen.words, within(chosen, chosen.frame("cells"))
    country = chosen.measured_whole(cells)
    if country.expected == 0:
        return []
    return [
        numbers.coverage(words, country),
        numbers.progress(words, country),
        numbers.fulfilled(words, country),
    ]


def something_due(chosen: Chosen) -> bool:
    """Tell whether any report is due in the chosen axis and line."""
    return bool(within(chosen, chosen.frame("cells"), country=False)["due"].any())


def why_nothing(chosen: Chosen) -> Empty:
    """Return why no report is due."""
    scheduled = len(within(chosen, chosen.frame("cells"), country=False)) > 0
    return Empty.NOT_YET_DUE if scheduled else Empty.NOT_SCHEDULED


def name(chosen: Chosen) -> str:
    """Return the name of the chosen country."""
    return _everywhere(chosen)[str(chosen.choices.pais)].full


def show_owed(chosen: Chosen) -> None:
    """Draw what the chosen country was to report and has not, latest semester first."""
    words = chosen.words
    owed = measures.silent(within(chosen, chosen.frame("cells")))
    if owed.empty:
        components.empty(words, Empty.NOTHING_MISSING)
        return
    activities = names.of_activities(chosen.frame("activities"), words)
    owed = owed.sort_values("semester", ascending=False, kind="stable")
    table = pd.DataFrame([
        {
            words("Semester"): words.semester(cell["semester"]),
            words("Activity"): activities[cell["activity"]].full,
        }
        for cell in owed.to_dict("records")
    ])  # fmt: skip
    title = words.plural("{n} report is missing", "{n} reports are missing", len(table))
    components.folded_table(chosen, "debe", title, table)
