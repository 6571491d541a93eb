"""Reports counted all together and by axis, wherever that is said."""

import pandas as pd

from crmdata.content import composition, names, wording
from crmdata.content.destinations import Way
from crmdata.content.parts import Figure, Numbers, StateBars
from crmdata.i18n import Words
from crmdata.measures import Measured
from crmdata.view import View


def by_axis(view: View, words: Words, cells: pd.DataFrame, activities: pd.DataFrame) -> StateBars:
    """Return a bar for each axis of these activities: what was reported of cells."""
    rows = view.frame("axes")
    axes = names.of_axes(rows.loc[rows["axis"].isin(activities["axis"])], words)
    return composition.bars(
        view.measured(cells, "axis"), axes, by="axis", title=words("What was reported, by axis"),
        words=words, ways=lambda axis: Way("lineas", {"eje": str(axis), "linea": ""}),
    )  # fmt: skip


def numbers(words: Words, whole: Measured) -> Numbers:
    """Return how much of the expected has arrived, and the reported progress, each of how many."""
    if not whole.expected:
        return Numbers([])
    figures = [
        Figure(wording.share(words, whole), words("of the expected reports have arrived"),
               wording.n_of(words, whole)),
    ]  # fmt: skip
    if whole.reported:
        note = words(
            "the mean of those {n} reports; {interval} with every missing one at 0% or at 100%",
            n=words.number(whole.reported), interval=wording.interval(words, whole),
        )  # fmt: skip
        if whole.withheld:
            note = words(
                "with every missing report at 0% or at 100%: {n} of {N} are too few for a mean",
                n=words.number(whole.reported), N=words.number(whole.expected),
            )  # fmt: skip
        figures.append(Figure(wording.progress(words, whole), words("reported progress"), note))
    return Numbers(figures)


def with_fulfilled(words: Words, whole: Measured) -> Numbers:
    """Return the same, and how much of the expected is said to be done; nothing of nothing."""
    return Numbers([*numbers(words, whole).figures, *_fulfilled(words, whole)])


def _fulfilled(words: Words, whole: Measured) -> list[Figure]:
    if not whole.expected:
        return []
    return [Figure(
        wording.percent(words, 100 * whole.cumplida / whole.expected),
        words("Reports that say “fulfilled”"),
        words.out_of("{n} of {N} expected report; activities are not counted here",
                     "{n} of {N} expected reports; activities are not counted here",
                     whole.cumplida, whole.expected),
    )]  # fmt: skip
