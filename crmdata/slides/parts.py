"""What several sections are made of: numbers, bars of measured groups, silence and change."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from crmdata import measures
from crmdata.content import composition, frames, names, wording
from crmdata.content.calendar import Schedule, schedule
from crmdata.content.names import Name, Names
from crmdata.figures import changes as change_figure
from crmdata.i18n import Words
from crmdata.labels import NOTHING_EARLIER
from crmdata.measures import Measured
from crmdata.measures.changes import CHANGES
from crmdata.slides.model import WHOLE, Bars, Number, Text, with_whole
from crmdata.slides.plenary import Plenary, Within
from crmdata.terms import Reporting

MOST_CODES = 14
"""How many codes of activities are listed; of more it is said how many there are."""

_NOBODY = Name("", "")


@dataclass(frozen=True)
class SlideMaking:
    """What every section is made from."""

    data: Plenary
    words: Words

    @cached_property
    def countries(self) -> Names:
        """The chosen countries by name, alphabetically."""
        return names.of_countries(self.data.countries, self.words)

    @cached_property
    def members(self) -> Names:
        """All member countries by name, whichever were chosen."""
        return names.of_countries(self.data.view.of_all.frame("countries"), self.words)

    @cached_property
    def lines(self) -> Names:
        """The lines of the plan, in its order."""
        return names.of_lines(self.data.view.frame("lines"), self.words)

    @cached_property
    def schedule(self) -> Schedule:
        """The whole calendar."""
        return schedule(self.data.view, self.words)

    def together(self, within: Within | None = None) -> pd.DataFrame:
        """Return the measures of all cells, or of those of a part, in one row named `WHOLE`."""
        return frames.aligned(
            self.data.measured(within=within).assign(**{WHOLE: WHOLE}), WHOLE, {WHOLE: _NOBODY}
        )

    def whole(self, within: Within | None = None) -> Measured:
        """Return the same as one value."""
        ((_, found),) = frames.each(self.together(within))
        return found

    def day(self, style: str = "long") -> str:
        """Return the earlier date in words, `""` without one."""
        return "" if self.data.first is None else self.words.date(self.data.first, style)

    @property
    def link(self) -> dict[str, str]:
        """What the address of a page says of the earlier date."""
        return {} if self.data.first is None else {"desde": self.data.first.isoformat()}


def bars(
    making: SlideMaking,
    by: str,
    named: Names,
    *,
    title: str,
    whole: str,
    within: Within | None = None,
) -> Bars:
    """Return the measures of the groups under those of all together, named `whole`."""
    words, data = making.words, making.data
    groups = data.measured(by, within=within)
    measured = pd.concat([making.together(within), frames.aligned(groups, by, named)])
    summary = composition.summary(groups, named, by=by, words=words, cutoff=data.view.cutoff)
    return Bars(title, header(words, by), with_whole(named, whole), measured, summary)


def header(words: Words, by: str) -> str:
    """Return what a group of this column is."""
    return {"axis": words("Axis"), "line": words("Line"), "country": words("Country")}[by]


def numbers(words: Words, whole: Measured) -> tuple[Number, ...]:
    """Return coverage, progress and what is fulfilled; nothing where no report was expected."""
    if not whole.expected:
        return ()
    ratio = wording.ratio(words, whole)
    if not whole.reported:
        note = words("Nothing was reported: it could be anything.")
    elif whole.sin_reporte:
        interval = wording.interval(words, whole)
        note = words("With what is missing: {interval}", interval=interval)
    else:
        note = words("Nothing is missing.")
    return (
        Number(
            words("Coverage"),
            wording.share(words, whole),
            words("{ratio} expected reports", ratio=ratio),
            words.plural("{n} report is missing", "{n} reports are missing", whole.sin_reporte),
        ),
        Number(
            words("Reported progress"),
            wording.progress(words, whole),
            words("mean of {ratio} reports", ratio=ratio),
            note,
        ),
        Number(
            words("Reports that say “fulfilled”"),
            wording.percent(words, 100 * whole.cumplida / whole.expected),
            words(
                "{count}/{expected} expected reports",
                count=words.number(whole.cumplida),
                expected=words.number(whole.expected),
            ),
            words.plural("{n} in progress", "{n} in progress", whole.en_curso),
        ),
    )


def ratio(words: Words, whole: Measured) -> str:
    """Say the n/N of all that a slide shows."""
    if not whole.expected:
        return words("No report expected yet")
    return words("n/N = {ratio}", ratio=wording.coverage(words, whole))


def in_turn(words: Words, topic: str, number: int, count: int) -> str:
    """Say which of several slides of one topic it is."""
    if count == 1:
        return topic
    return f"{topic} · {words('{n} of {all}', n=number, all=count)}"


def silence(making: SlideMaking, within: Within | None = None) -> Text:
    """Name the countries that reported nothing of what was due, and those that owe some of it."""
    words = making.words
    measured = making.data.measured("country", within=within)
    rows = frames.aligned(measured, "country", making.countries)
    due = [(making.countries[key].full, one) for key, one in frames.each(rows)]
    silent = [name for name, one in due if one.expected and not one.reported]
    owing = [name for name, one in due if one.reported and one.sin_reporte]
    if not any(one.expected for _, one in due):
        items: list[str] = [words("Nothing was due yet.")]
    elif not silent and not owing:
        items = [words("Nobody: every report that was due has arrived.")]
    else:
        items = []
        if silent:
            listed = wording.listed(words, silent)
            items.append(words("Nothing reported: {names}.", names=listed))
        if len(owing) == len(due) > 1:
            items.append(words("Every country owes a part."))
        elif owing:
            items.append(words("Owe a part: {names}.", names=wording.listed(words, owing)))
    return Text(words("Without a report"), tuple(items))


def change_counts(changes: pd.DataFrame) -> dict[str, int]:
    """Return how many cells have each of the flags of `measures.change_between`."""
    return {flag: int(changes[flag].sum()) for flag in CHANGES}


def changed(making: SlideMaking, changes: pd.DataFrame | None) -> Text:
    """Count what changed since the earlier date, kind by kind."""
    words = making.words
    if changes is None:
        return Text(words("Changes"), (words(NOTHING_EARLIER),))
    counts = change_counts(changes)
    title = words("Changed since {day}", day=making.day("medium"))
    items = [
        f"{change_figure.SYMBOLS[flag]} {words(change_figure.TITLES[flag])}: "
        f"{words.number(counts[flag])}"
        for flag in change_figure.FLAGS
    ]
    return Text(title, tuple(items))


def next_due(making: SlideMaking, cells: pd.DataFrame) -> Text:
    """Say which period ends next, with which activities, and what is still to come."""
    words = making.words
    title = words("Next due")
    ahead = measures.next_due(cells, making.data.view.cutoff)
    if ahead.empty:
        return Text(title, (words("Nothing falls due any more."),))
    missing = int((ahead["reporting"] != Reporting.REPORTADO).sum())
    return Text(
        title,
        (
            words(
                "{semester} ends on {day}: {missing} of {expected} reports still to come.",
                semester=words.period(ahead["semester"].iloc[0]),
                day=words.date(ahead["ends"].iloc[0], "medium"),
                missing=words.number(missing),
                expected=words.number(len(ahead)),
            ),
            words("Activities: {codes}", codes=codes(words, list(ahead["activity"].unique()))),
        ),
    )


def codes(words: Words, found: list[str]) -> str:
    """List codes of activities, and of too many how many more there are."""
    if len(found) <= MOST_CODES:
        return ", ".join(found)
    shown, more = found[: MOST_CODES - 1], len(found) - MOST_CODES + 1
    return words("{codes} and {n} more", codes=", ".join(shown), n=words.number(more))
