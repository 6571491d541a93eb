"""Sentences that several figures say of their measures; each is whole, none is a fragment."""

from datetime import date

import pandas as pd

from crmdata.content import measured_rows, wording
from crmdata.content.names import Names
from crmdata.i18n import Words
from crmdata.measures import Measured, Unscheduled

MANY = 8
"""Beyond so many names a sentence counts instead of listing; the table has them all."""


def arrival(total: Measured, words: Words, cutoff: date) -> str:
    """Say how many of the expected reports had arrived."""
    if not total.expected:
        return words("Up to {date} no report was expected.", date=words.date(cutoff))
    return words.out_of(
        "Up to {date}, {n} of {N} expected report had arrived ({share}).",
        "Up to {date}, {n} of {N} expected reports had arrived ({share}).",
        total.reported,
        total.expected,
        date=words.date(cutoff),
        share=wording.share(words, total),
    )


def of_groups(groups: pd.DataFrame, names: Names, words: Words, cutoff: date, *own: str) -> str:
    """Say what arrived, then a figure's `own` sentences, then who is silent or has nothing due."""
    return wording.sentences(
        arrival(measured_rows.total(groups), words, cutoff),
        *own,
        silent_groups(groups, names, words),
        groups_without_slots(groups, names, words),
    )


def states(total: Measured, words: Words) -> str:
    """Say the counts of each state, silence among them."""
    if not total.expected:
        return ""
    counts = {state: words.number(getattr(total, state)) for state in measured_rows.COUNTS[2:]}
    return words(
        "Fulfilled: {cumplida}; in progress: {en_curso}; not started: {no_iniciada}; "
        "suspended: {suspendida}; no report: {sin_reporte}; apart from these, "
        "not applicable: {no_aplica}.",
        **counts,
    )


def range_of_progress(groups: pd.DataFrame, words: Words) -> str:
    """Say between which values the progress lies of those groups that show one."""
    progress = groups.loc[(groups["reported"] > 0) & ~groups["withheld"], "progress"]
    if progress.empty:
        return words("Coverage is too low everywhere for a single figure of progress.")
    return words(
        "Reported progress stands for {groups}, between {lowest} and {highest}.",
        groups=wording.of_groups(words, str(groups.index.name), len(progress), len(groups)),
        lowest=wording.percent(words, float(progress.min())),
        highest=wording.percent(words, float(progress.max())),
    )


def withheld_groups(groups: pd.DataFrame, names: Names, words: Words) -> str:
    """Name the groups whose progress is withheld, though something was reported."""
    withheld = [
        names[key].full
        for key, measured in measured_rows.each(groups)
        if measured.withheld and measured.reported
    ]
    if not withheld:
        return ""
    if len(withheld) > MANY:
        return words(
            "For {groups} the figure is withheld, as coverage is under the threshold.",
            groups=wording.groups_counted(words, str(groups.index.name), len(withheld)),
        )
    return words(
        "The figure is withheld, as coverage is under the threshold, for: {names}.",
        names=wording.joined(words, withheld),
    )


def silent_groups(groups: pd.DataFrame, names: Names, words: Words) -> str:
    """Name the groups that have reported nothing of what was due."""
    silent = [
        names[key].full
        for key, measured in measured_rows.each(groups)
        if measured.expected and not measured.reported
    ]
    if not silent:
        return ""
    if len(silent) > MANY:
        return words(
            "Of {groups} nothing was reported of what was due.",
            groups=wording.groups_counted(words, str(groups.index.name), len(silent)),
        )
    return words(
        "Nothing was reported of what was due: {names}.", names=wording.joined(words, silent)
    )


def groups_without_slots(groups: pd.DataFrame, names: Names, words: Words) -> str:
    """Name the groups of which nothing is expected: since none was due, or none is scheduled."""
    without = [(names[key].full, isinstance(measured, Unscheduled))
               for key, measured in measured_rows.each(groups)
               if not measured.expected]  # fmt: skip
    by = str(groups.index.name)
    return wording.sentences(
        _nothing_due([name for name, unscheduled in without if not unscheduled], words, by),
        _not_scheduled([name for name, unscheduled in without if unscheduled], words, by),
    )


def _nothing_due(groups: list[str], words: Words, by: str) -> str:
    if len(groups) > MANY:
        counted = wording.groups_counted(words, by, len(groups))
        return words("Of {groups} nothing was due.", groups=counted)
    listing = wording.joined(words, groups)
    return words("Nothing was due: {names}.", names=listing) if groups else ""


def _not_scheduled(groups: list[str], words: Words, by: str) -> str:
    if len(groups) > MANY:
        counted = wording.groups_counted(words, by, len(groups))
        return words("Of {groups} no semester is scheduled.", groups=counted)
    listing = wording.joined(words, groups)
    return words("No semester is scheduled: {names}.", names=listing) if groups else ""


def of_measure(measured: Measured, name: str, words: Words) -> list[str]:
    """Return what a group's cell or mark says in whole, a line each: progress, interval, n/N."""
    if not measured.expected:
        return [name, why_nothing(measured, words)]
    lines = [name]
    if measured.withheld:
        lines.append(words("Progress withheld: coverage is under the threshold"))
    elif measured.reported:
        share = wording.percent(words, measured.progress)
        lines.append(words("Reported progress: {share}", share=share))
    lines.append(words("Interval: {interval}", interval=wording.interval(words, measured)))
    lines.append(words("Arrived: {coverage}", coverage=wording.arrived_share(words, measured)))
    return lines


def why_nothing(measured: Measured, words: Words) -> str:
    """Say why nothing is expected of a group: not applicable, not scheduled, or nothing due."""
    if measured.no_aplica:
        return words("Not applicable in every slot that was due")
    if isinstance(measured, Unscheduled):
        return words("No semester is scheduled")
    return words("Nothing was due")
