"""Measures of what the reader chose, as charts: composition, interval and trend of any group."""

import pandas as pd

from crmdata import measures
from crmdata.content import composition, findings, names
from crmdata.content import progress as progress_content
from crmdata.content.names import Names
from crmdata.figures import interval, multiples, trend
from crmdata.web.choices import click_targets
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.chosen_groups import Group, header, measured, names_of, within
from crmdata.web.kit.components import Chart
from crmdata.web.origin.origins import OfCells

__all__ = ["Group", "composed", "header", "measured", "names_of", "over_time", "spanned", "within"]


def _ways(by: Group) -> composition.Ways:
    """Return where the groups of a level lead."""
    opens = {"line": click_targets.LINE, "activity": click_targets.ACTIVITY}.get(by)
    return lambda key: opens.way([key]) if opens else None


def composed(chosen: Chosen, by: Group) -> Chart:
    """Return what was reported, stacked by state."""
    rows, groups, words = measured(chosen, by), names_of(chosen, by), chosen.words
    summary = composition.summary(rows, groups, by=by, words=words, cutoff=chosen.cutoff)
    bars = composition.bars(rows, groups, by=by, title=summary, words=words, ways=_ways(by))
    named = findings.least(rows, chosen.thresholds) if by == "line" else {}
    if named:
        bars = composition.naming(bars, groups, named)
    return Chart(
        bars,
        summary,
        composition.table(rows, groups, by=by, group=header(words, by), words=words),
        # The headline over the bars names it.
        OfCells((by,), begins=next(iter(named), "")),
        rows=list(groups),
    )


def spanned(chosen: Chosen, by: Group) -> Chart:
    """Return the reported progress and the interval it would lie in."""
    rows, groups, words = measured(chosen, by), names_of(chosen, by), chosen.words
    summary = progress_content.summary(rows, groups, by=by, words=words, cutoff=chosen.cutoff)
    return Chart(
        interval.figure(rows, groups, by=by, **chosen.drawing),
        summary,
        progress_content.table(rows, groups, by=by, group=header(words, by), words=words),
        OfCells((by,)),
        rows=list(groups),
        still=progress_content.intervals(
            rows, groups, by=by, title=summary, words=words, ways=_ways(by)
        ),
    )


def over_time(chosen: Chosen) -> Chart:
    """Return what was reported period by period."""
    cells, words = within(chosen, chosen.frame("cells")), chosen.words
    rows = measures.trend(cells, threshold=chosen.thresholds.coverage)
    periods = names.of_periods(rows["semester"], words)
    summary = trend.summary(rows, periods, words=words, cutoff=chosen.cutoff)
    return Chart(
        trend.figure(rows, periods, **chosen.drawing),
        summary,
        trend.table(rows, periods, words=words),
        OfCells(("semester",)),
        still=progress_content.over_time(rows, periods, title=summary, words=words),
    )


def panels(chosen: Chosen, by: Group, cells: pd.DataFrame, groups: Names, origin: OfCells) -> Chart:
    """Return a small picture for each group, period by period, all on one scale."""
    words = chosen.words
    rows = measures.trend(cells, [by], threshold=chosen.thresholds.coverage)
    periods = names.of_periods(rows["semester"], words)
    summary = multiples.summary(
        chosen.measured(cells, by), groups, by=by, words=words, cutoff=chosen.cutoff
    )
    return Chart(
        multiples.figure(rows, groups, periods, by=by, **chosen.drawing),
        summary,
        multiples.table(rows, groups, periods, by=by, group=header(words, by), words=words),
        origin,
        rows=[group for group in groups for _ in periods],
        still=progress_content.panels(rows, groups, periods, by=by, title=summary, words=words),
    )


def line_panels(chosen: Chosen) -> Chart:
    """Return the small pictures of the lines."""
    cells = within(chosen, chosen.frame("cells"))
    return panels(chosen, "line", cells, names_of(chosen, "line"), OfCells(("line", "semester")))
