"""The matrices of Cooperación: who supports which lines and activities, and where."""

import pandas as pd

from crmdata.content import names
from crmdata.content.cell_tables import Telling
from crmdata.content.cooperation import by_activity, by_country, by_line
from crmdata.content.cooperation.by_country import with_region
from crmdata.content.cooperation.support import NOBODY, Region, supported, supports
from crmdata.web.choices import click_targets
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.chosen_groups import names_of
from crmdata.web.cooperation.selected import (
    OWN_AXIS,
    activities,
    chosen_ones,
    countries,
    everybodys,
    partners,
)
from crmdata.web.kit.components import Chart


def lines(chosen: Chosen) -> Chart:
    """Return how much of each line each partner supports, and how much nobody does."""
    rows, codes, words = everybodys(chosen), activities(chosen), chosen.words
    of_lines, who = names_of(chosen, "line"), partners(chosen)
    summary = by_line.summary(rows, codes, who, words=words, cutoff=chosen.cutoff)
    return Chart(
        by_line.cells(
            rows,
            codes,
            of_lines,
            who,
            how=Telling(words, summary, click_targets.SUPPORT_OF_LINE.way),
        ),
        summary,
        by_line.table(rows, codes, of_lines, who, words=words),
        rows=list(of_lines),
        columns=["", *who, NOBODY],
    )


def detailed(chosen: Chosen) -> pd.DataFrame:
    """Return the activities shown one by one: of what was chosen, else of the agencies' axis."""
    codes, choices = activities(chosen), chosen.choices
    if choices.eje is None and choices.linea is None:
        return codes.loc[codes["axis"] == OWN_AXIS]
    return codes


def one_by_one(chosen: Chosen) -> Chart:
    """Return what each partner does for each activity, and what the plan itself says of it."""
    rows, codes, words = everybodys(chosen), detailed(chosen), chosen.words
    titles, who, where = names.of_activities(codes, words), partners(chosen), countries(chosen)
    mentioned, region = chosen.frame("mentions"), chosen.view.region.code
    summary = by_activity.summary(rows, codes, who, words=words, cutoff=chosen.cutoff)
    return Chart(
        by_activity.cells(
            rows,
            titles,
            who,
            where,
            region=region,
            mentions=mentioned,
            how=Telling(words, summary, click_targets.ACTIVITY_OF_PARTNERS.way),
        ),
        summary,
        by_activity.table(rows, titles, who, where, region=region, words=words),
        rows=list(titles),
        columns=[*who, NOBODY],
    )


def places(chosen: Chosen) -> Chart:
    """Return in which countries the lines are supported, by any partner.

    Of the chosen partner those lines alone that it supports.
    """
    rows, codes, words = everybodys(chosen), activities(chosen), chosen.words
    of_lines, where, code = names_of(chosen, "line"), countries(chosen), chosen.choices.socio
    if code is not None:
        own = supported(supports(chosen_ones(chosen)))
        lines = set(codes.loc[codes["activity"].isin(own), "line"])
        of_lines = {line: name for line, name in of_lines.items() if line in lines}
    if chosen.choices.pais is not None:
        where = {chosen.choices.pais: where[chosen.choices.pais]}
    partner = partners(chosen)[code] if code else None
    region = Region(chosen.view.region.code, words.pick(*chosen.view.process))
    summary = by_country.summary(
        rows, codes, where, region=region, partner=partner, code=code, words=words,
        cutoff=chosen.cutoff,
    )  # fmt: skip
    return Chart(
        by_country.cells(
            rows,
            codes,
            of_lines,
            where,
            region=region,
            partner=code,
            how=Telling(words, summary, click_targets.SUPPORT_IN_COUNTRY.way),
        ),
        summary,
        by_country.table(rows, codes, of_lines, where, region=region, partner=code, words=words),
        rows=list(of_lines),
        columns=["", *with_region(where, region, words)],
    )
