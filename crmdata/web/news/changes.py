"""What Novedades shows: between which dates, the counts, the progress then and now."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from crmdata import measures
from crmdata.content import names, then_and_now
from crmdata.content.cell_tables import Telling
from crmdata.content.cooperation import dossier
from crmdata.content.cooperation.gaps import ChosenCooperation
from crmdata.content.names import Name, Names
from crmdata.content.news import kinds, rows
from crmdata.content.news.crossing import crossing
from crmdata.content.news.movements import Between
from crmdata.i18n import Words
from crmdata.labels import NOTHING_EARLIER
from crmdata.measures import briefing
from crmdata.web.choices import address, click_targets
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.chosen_groups import Group, header, names_of, within
from crmdata.web.choices.click_targets import Opens
from crmdata.web.choices.codes import codes_of
from crmdata.web.choices.filters import Filter, Option
from crmdata.web.data.made_once import made_once
from crmdata.web.kit.components import Chart, Empty
from crmdata.web.origin.origins import OfCells

NOBODY = ""
"""Stands for "no partner named" among the codes of the partners."""


def first_day(chosen: Chosen) -> date | None:
    """Return the date before it that the cut-off is compared with; None where there is none."""
    return chosen.choices.desde or codes_of(chosen.view).before


def first_day_sentence(chosen: Chosen, first: date | None) -> str:
    """Say where there is no first date, or it is no meeting's unasked, and what lies between.

    Empty where there is nothing to say.
    """
    words, wanted = chosen.words, chosen.choices.desde
    if first is None:
        return words(NOTHING_EARLIER)
    begins = ""
    if wanted is None and first not in chosen.view.meeting_days.values():
        begins = words(
            "There was no meeting before this cut-off. It is compared with the beginning of the "
            "plan, {first}.",
            first=words.date(first),
        )
    return " ".join(filter(None, [begins, crossing(chosen.view, words, first)]))


def part(chosen: Chosen, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of what was chosen: of a partner those of the activities with its support."""
    rows = within(chosen, rows)
    return (
        rows if chosen.choices.socio is None else rows.loc[rows["activity"].isin(supported(chosen))]
    )


@made_once
def supported(chosen: Chosen) -> set[str]:
    """Return the activities with support of the chosen partner at the cut-off."""
    whole = ChosenCooperation(chosen.frame("cooperation"), chosen.frame("activities"))
    return {*dossier.supports_of(str(chosen.choices.socio), whole)}


def of_partner(chosen: Chosen) -> str:
    """Say of which activities the page is where a partner is chosen; empty without one."""
    if chosen.choices.socio is None:
        return ""
    return dossier.only_supported(
        chosen.view, chosen.words, chosen.choices.socio, supported(chosen)
    )


def part_is_empty(chosen: Chosen) -> bool:
    """Tell whether the chosen partner supports nothing of what was chosen beside it."""
    return part(chosen, chosen.frame("activities")).empty


def _cells(chosen: Chosen) -> pd.DataFrame:
    return part(chosen, chosen.frame("cells"))


def between(chosen: Chosen, first: date) -> Between:
    """Return what changed from a date to the cut-off, in the chosen part of the plan."""
    # However it is grouped afterwards.
    whole = replace(chosen, choices=replace(chosen.choices, grupo=None))
    return _between(whole, first)


@made_once
def _between(chosen: Chosen, first: date) -> Between:
    cells_then, cells_now = chosen.view.at(first).frame("cells"), chosen.frame("cells")
    changes = measures.change_between(cells_then, cells_now)
    beyond = rows.outside(
        chosen.frame("slots"),
        chosen.frame("reports"),
        chosen.frame("activities"),
        first,
        chosen.view.members,
    )
    return Between(
        first,
        part(chosen, cells_then),
        part(chosen, cells_now),
        _with_reports(chosen, part(chosen, changes)),
        part(chosen, beyond),
        chosen.choices.pais,
    )


def _with_reports(chosen: Chosen, changes: pd.DataFrame) -> pd.DataFrame:
    """Add what the reports of now and before say, read for these alone."""
    numbers = pd.concat([changes["report_id"], changes["report_id_before"]]).dropna()
    reports = chosen.view.reports_numbered(map(int, numbers))
    return rows.with_reports(changes, reports)


def why_nothing(comparison: Between) -> Empty | None:
    """Return why no cell has changed; None where some have."""
    if comparison.cells_now.empty:
        return Empty.NOT_SCHEDULED
    if len(comparison.changes):
        return None
    return Empty.NOTHING_CHANGED if comparison.cells_now["due"].any() else Empty.NOT_YET_DUE


# Groups


def groups(chosen: Chosen) -> Filter:
    """Return what changes may be grouped by."""
    words = chosen.words
    titles = {"pais": words("Country"), "linea": words("Line"), "socio": words("Partner")}
    options = [Option(titles[code], {"grupo": code}, code == group(chosen))
               for code in address.GROUPS]  # fmt: skip
    return Filter("grupo", words("Group by"), options)


def group(chosen: Chosen) -> str:
    """Return the choice of groups; of one country its lines, unless asked otherwise."""
    picked = chosen.choices
    return picked.grupo or ("linea" if picked.pais else picked.group)


def grouped_by(chosen: Chosen) -> str:
    """Return the column that says the group of a change."""
    return address.GROUPS[group(chosen)]


def flags(chosen: Chosen) -> Sequence[str]:
    """Return the kinds of change that the chosen groups can have; what differs between them."""
    by = grouped_by(chosen)
    if by == "partner":
        return kinds.SAID
    # As much falls due for one country as for another, but for what does not apply.
    return [flag for flag in kinds.FLAGS if by == "line" or flag != "newly_due"]


def group_names(chosen: Chosen) -> Names:
    """Name the chosen groups; the partners, and last the reports that name none."""
    words, by = chosen.words, grouped_by(chosen)
    if by != "partner":
        return _places(chosen, "country" if by == "country" else "line")
    partners = names.of_partners(chosen.frame("partners"), words)
    acronyms: dict[str | int, Name] = {
        code: Name(name.short, name.short) for code, name in partners.items()
    }
    return {**acronyms, NOBODY: Name(words("Nobody"), words("No partner named"))}


def _places(chosen: Chosen, by: Group) -> Names:
    """Name the countries, or the lines that have an activity of what was chosen."""
    called = names_of(chosen, by)
    if by == "country" or chosen.choices.socio is None:
        return called
    lines = {*part(chosen, chosen.frame("activities"))["line"]}
    return {line: name for line, name in called.items() if line in lines}


def group_header(words: Words, by: str) -> str:
    """Return the header of the column that says the group."""
    return {
        "country": words("Country"),
        "line": words("Line"),
        "partner": words("Partner"),
    }[by]


def by_group(chosen: Chosen, changes: pd.DataFrame) -> pd.DataFrame:
    """Return the changes, each once for each group that it is of."""
    return rows.per_partner(changes) if grouped_by(chosen) == "partner" else changes


# Pictures


def counts_chart(chosen: Chosen, first: date) -> Chart:
    """Return the counts of the changes, group by group; a group leads to its own."""
    words, by = chosen.words, grouped_by(chosen)
    comparison, groups, flags_shown = between(chosen, first), group_names(chosen), flags(chosen)
    counts = rows.counts(by_group(chosen, comparison.changes), by, flags_shown)
    totals, dates = briefing.change_counts(comparison.changes), (first, chosen.cutoff)
    summary = kinds.summary(
        counts, groups, totals, by=by, flags=flags_shown, dates=dates, words=words
    )
    opens = Opens("novedades", ("" if by == "partner" else group(chosen),))
    return Chart(
        kinds.cells(
            counts, groups, by=by, flags=flags_shown, how=Telling(words, summary, opens.way)
        ),
        summary,
        kinds.table(
            counts, groups, by=by, flags=flags_shown, group=group_header(words, by), words=words
        ),
        rows=list(groups),
    )


def compared_by(chosen: Chosen) -> Group:
    """Return the groups whose progress is compared: countries or lines."""
    return "country" if grouped_by(chosen) == "country" else "line"


@made_once
def comparable(chosen: Chosen, first: date) -> bool:
    """Tell whether reported progress stands at both dates for any group."""
    pair = both(chosen, first)
    pair.pop("dates")
    return any(each.comparable for each in then_and_now.pairs(**pair))


def both(chosen: Chosen, first: date) -> dict[str, Any]:
    """Return the progress of the groups then and now, as what is compared is drawn from."""
    by, comparison = compared_by(chosen), between(chosen, first)
    return {
        "then": chosen.measured(comparison.cells_then, by),
        "now": chosen.measured(comparison.cells_now, by),
        "names": _places(chosen, by),
        "by": by,
        "dates": (first, chosen.cutoff),
    }


def compared(chosen: Chosen, first: date) -> Chart:
    """Return the reported progress of both dates, where both ends can be said."""
    words, by, pair = chosen.words, compared_by(chosen), both(chosen, first)
    opens = click_targets.COUNTRY if by == "country" else click_targets.LINE
    summary = then_and_now.summary(**pair, words=words)
    return Chart(
        then_and_now.changes(**pair, how=Telling(words, summary, opens.way)),
        summary,
        then_and_now.table(**pair, group=header(words, by), words=words),
        OfCells((by,), _cells, days=(first,)),
        rows=list(pair["names"]),
    )
