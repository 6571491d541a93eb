"""Up to four countries side by side: line by line, and of one line activity by activity.

One alone stands before the region's range, until a second one is chosen.
"""

import pandas as pd

from crmdata import measures
from crmdata.content import comparison, findings, names
from crmdata.content import side_by_side as compared
from crmdata.content.cell_tables import Telling
from crmdata.content.destinations import Way
from crmdata.content.parts import Choice, Finding
from crmdata.errors import N_
from crmdata.figures import side_by_side as figure
from crmdata.render.html import markup, sections
from crmdata.web.choices import click_targets, filters
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.chosen_groups import names_of, within
from crmdata.web.data.made_once import made_once
from crmdata.web.kit.components import Chart, Origin, Titled
from crmdata.web.origin import headlines, provenance
from crmdata.web.origin.headlines import Counted, OfHeadline
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
    """Tell whether countries were chosen to be compared, and can be.

    One alone is a beginning, where no country has its profile on the page.
    """
    picked = chosen.choices.paises
    begun = bool(picked) and chosen.choices.pais is None
    return (begun or len(picked) > 1) and something_due(chosen)


def by_activities(chosen: Chosen) -> bool:
    """Tell whether countries are compared in a line, of which each activity is a row."""
    beside = len(chosen.choices.paises) > 1
    return beside and chosen.choices.linea is not None and compares(chosen)


def finding(chosen: Chosen) -> Finding:
    """Return where the chosen countries differ, and how much of each has arrived."""
    words, wanted = chosen.words, _wanted(chosen)
    said_last, cells = comparison.latest(chosen.frame("reports")), cells_of_all_countries(chosen)
    arrived = [
        findings.arrival(words, chosen.measured_whole(cells[cells["country"].eq(code)]), name.full)
        for code, name in wanted.items()
    ]
    if len(wanted) == 1:
        return Finding(tuple(arrived))
    differ = comparison.summary(said_last, names_of(chosen, "activity"), wanted, words=words)
    return Finding((differ, *arrived))


def others_to_choose(chosen: Chosen) -> str:
    """Return the countries that may stand beside the one that was chosen; later, nothing."""
    if len(chosen.choices.paises) != 1:
        return ""
    offered = filters.countries(chosen).options
    options = [(each.text, Way("", each.changes)) for each in offered if not each.chosen]
    return sections.draw(Choice(chosen.words("Choose a second country"), options), chosen.ways)


def by_activity(chosen: Chosen) -> Titled:
    """Return the picture of a line in which each activity is a row."""
    return Titled("actividades", chosen.words("Activity by activity, the differences first"),
                  activity_by_activity, opens=click_targets.ACTIVITY_OF_COUNTRIES)  # fmt: skip


def comparisons(chosen: Chosen) -> list[str | Titled]:
    """Return the countries that were chosen to be compared, before the region's range."""
    lines = Titled("comparar", chosen.words("Side by side"), side_by_side,
                   opens=click_targets.LINE_AND_COUNTRY)  # fmt: skip
    if chosen.choices.linea or len(chosen.choices.paises) == 1:
        return [lines.heading, lines]
    return [_lines_to_choose(chosen), lines.heading, lines]


def _lines_to_choose(chosen: Chosen) -> str:
    title = chosen.words("Choose a line to compare what the countries say activity by activity.")
    options = [chosen.links.change(name.called, {"linea": str(code)}, css="crm-option")
               for code, name in names_of(chosen, "line").items()]  # fmt: skip
    items = (markup.wrapped("li", [option]) for option in options)
    # Open, it would make the page longer than a phone's may be.
    fold = markup.folded(title, markup.wrapped("ul", items))
    return markup.wrapped("nav", [fold], css="crm-choice", **{"aria-label": title})


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
                         how=Telling(words, summary, click_targets.ACTIVITY_OF_COUNTRIES.way)),
        summary,
        comparison.table(said_last, activities, wanted, group=words("Activity"), words=words),
        of_differences(chosen, OfCells(("activity", "country"), cells_of_all_countries)),
        rows=list(activities),
        columns=list(wanted),
    )  # fmt: skip


def of_differences(chosen: Chosen, pictured: OfCells) -> Origin:
    """Return where the number of activities in which the countries differ comes from.

    Of one country alone none is said.
    """
    if len(_wanted(chosen)) == 1:
        return pictured
    return OfHeadline(N_("Activities in which the countries differ"), _differences, pictured)


def _differences(chosen: Chosen) -> Counted:
    words, wanted, activities = chosen.words, _wanted(chosen), names_of(chosen, "activity")
    said_last = comparison.latest(chosen.frame("reports"))
    differ = comparison.differing(said_last, activities, wanted, words=words)
    number = headlines.share(
        words, words("Activities in which the countries differ"),
        words("activities of which the last reports say different states or percents, or of which "
              "only some countries have a report"),
        len(differ), len(activities),
    )  # fmt: skip
    rows = [
        {
            words("Activity"): provenance.sheet(chosen, str(code), activities[code].called),
            **{name.full: comparison.value_of(words, said_last.get((code, country)))
               for country, name in wanted.items()},
        }
        for code in differ
    ]  # fmt: skip
    return Counted([number], headlines.activities_behind(words, len(rows)), pd.DataFrame(rows))


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
