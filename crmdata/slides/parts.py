"""What several sections are made of: bars of measured groups, silence and change, turns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

import pandas as pd

from crmdata import measures
from crmdata.content import composition, findings, measured_rows, names, totals, walls, wording
from crmdata.content.calendar import Schedule, schedule
from crmdata.content.named import ViewNames
from crmdata.content.names import Name, Names
from crmdata.content.news import kinds
from crmdata.content.parts import Numbers, Part, Section, StateBars
from crmdata.i18n import Words
from crmdata.labels import NOTHING_EARLIER
from crmdata.measures import Measured, Unscheduled, briefing
from crmdata.slides.model import Slide
from crmdata.slides.plenary import Plenary, Within
from crmdata.terms import Reporting

MOST_CODES = 14
"""How many codes of activities are listed; of more it is said how many there are."""


@dataclass(frozen=True)
class SlideMaking(ViewNames):
    """What every section is made from: the view of the chosen countries, beside an earlier day."""

    data: Plenary

    @classmethod
    def of(cls, data: Plenary, words: Words) -> "SlideMaking":
        """Return it for what a plenary is shown."""
        return cls(data.view, words, data)

    @cached_property
    def members(self) -> Names:
        """All member countries by name, whichever were chosen."""
        return names.of_countries(self.view.of_all.frame("countries"), self.words)

    @cached_property
    def schedule(self) -> Schedule:
        """The whole calendar."""
        return schedule(self.view, self.words)

    def whole(self, within: Within | None = None) -> Measured:
        """Return the measures of all cells, or of those of a part, as one value."""
        rows = self.data.measured(within=within).assign(whole="")
        ((_, measured),) = measured_rows.each(
            measured_rows.aligned(rows, "whole", {"": Name("", "")})
        )
        return measured

    def day(self, style: str = "long") -> str:
        """Return the earlier date in words, `""` without one."""
        return "" if self.data.first is None else self.words.date(self.data.first, style)

    @property
    def link(self) -> dict[str, str]:
        """What the address of a page says of the earlier date."""
        return {} if self.data.first is None else {"desde": self.data.first.isoformat()}


class Place(NamedTuple):
    """Where slides of one kind stand: their key, the deck's section, their live view, its n/N."""

    key: str
    section: str
    page: str
    query: Mapping[str, str] = MappingProxyType({})
    coverage: str = ""


def of_section(
    making: SlideMaking, section: Section, place: Place, notes: Iterable[str] = ()
) -> Iterator[Slide]:
    """Yield the slides of a section as pages have it: none where there is nothing to show.

    What it finds stands over each of its pictures.
    """
    words, turns = making.words, [*_turns(section.parts)]
    sentences = section.finding.sentences if section.finding else (section.title,)
    for number, parts in enumerate(turns, start=1):
        texts = (line for part in parts for line in walls.lines(part, words))
        called = in_turn(words, section.title, number, len(turns))
        yield Slide(
            place.key if number == 1 else f"{place.key}-{number}", place.section,
            sentences[0] if section.finding else called, place.page, place.query,
            topic=called if section.finding else "", lead=" ".join(sentences[1:]),
            parts=parts, coverage=place.coverage, notes=(*sentences[1:], *texts, *notes),
        )  # fmt: skip


def _turns(parts: Sequence[Part]) -> Iterator[tuple[Part, ...]]:
    """Yield what stands on each slide: a picture, and beneath it the numbers and notes after it.

    They stand beneath each turn of a picture that is shown in several.
    """
    slides: list[list[tuple[Part, ...]]] = []
    for part in parts:
        turns: list[tuple[Part, ...]] = [(turn,) for turn in walls.turns(part)]
        if isinstance(part, walls.BENEATH) and slides:
            slides[-1] = [(*each, *(turn for [turn] in turns)) for each in slides[-1]]
        else:
            slides.append(turns)
    yield from chain.from_iterable(slides)


def bars(
    making: SlideMaking, by: str, called: Names, *, title: str, whole: str,
    within: Within | None = None,
) -> StateBars:  # fmt: skip
    """Return the groups under all of them together, which is named `whole`."""
    words = making.words
    together = composition.bar(words, Name("", whole), making.whole(within), None, reach=True)
    groups = composition.bars(
        making.data.measured(by, within=within), called, by=by, title=title, words=words,
        ways=lambda _: None, reach=True,
    )  # fmt: skip
    return replace(groups, bars=[together._replace(together=True), *groups.bars])


def progress(making: SlideMaking, within: Within | None = None) -> Numbers:
    """Return how far all cells are, or those of a part: how much has arrived is said already."""
    return Numbers(totals.numbers(making.words, making.whole(within)).figures[1:])


def ratio(words: Words, whole: Measured) -> str:
    """Say how much has arrived of all that a slide shows."""
    if not whole.expected:
        return words("No report expected yet")
    return wording.arrived_share(words, whole)


def in_turn(words: Words, topic: str, number: int, count: int) -> str:
    """Say which of several slides of one topic it is."""
    place = words("{n} of {all}", n=number, all=count) if count > 1 else ""
    return " · ".join(filter(None, (topic, place)))


def silence(making: SlideMaking, within: Within | None = None) -> str:
    """Name the countries that reported nothing of what was due, and those of which some pends."""
    words = making.words
    measured = making.data.measured("country", within=within)
    rows = measured_rows.aligned(measured, "country", making.countries)
    due = [(making.countries[key].full, country) for key, country in measured_rows.each(rows)]
    silent = [name for name, country in due if country.expected and not country.reported]
    owing = [name for name, country in due if country.reported and country.sin_reporte]
    if all(isinstance(country, Unscheduled) for _, country in due):
        return words(findings.UNSCHEDULED)
    if not any(country.expected for _, country in due):
        return words("Nothing was due yet.")
    if not silent and not owing:
        return words("Every report that was due has arrived.")
    sentences = []
    if silent:
        listing = wording.joined(words, silent)
        sentences.append(words("Nothing reported yet: {names}.", names=listing))
    if len(owing) == len(due) > 1:
        sentences.append(words("A part is pending in every country."))
    elif owing:
        sentences.append(words("A part is pending: {names}.", names=wording.joined(words, owing)))
    return wording.sentences(*sentences)


def changed(making: SlideMaking, changes: pd.DataFrame | None) -> str:
    """Count what changed since the earlier date, kind by kind."""
    words = making.words
    if changes is None:
        return words(NOTHING_EARLIER)
    counts = briefing.change_counts(changes)
    items = [f"{words(kinds.TITLES[flag])}: {words.number(counts[flag])}" for flag in kinds.FLAGS]
    title = words("Reports since {day}", day=making.day("medium"))
    return f"{title}: {'; '.join(items)}."


def next_due(making: SlideMaking, cells: pd.DataFrame) -> str:
    """Say which period ends next, with which activities, and what is still to come."""
    words = making.words
    ahead = measures.next_due(cells, making.data.view.cutoff)
    if ahead.empty:
        return words("Nothing falls due any more.")
    missing = int((ahead["reporting"] != Reporting.REPORTADO).sum())
    return wording.sentences(
        words.out_of(
            "{semester} ends on {day}: {n} of {N} report still to come.",
            "{semester} ends on {day}: {n} of {N} reports still to come.",
            missing,
            len(ahead),
            semester=words.period(ahead["semester"].iloc[0]),
            day=words.date(ahead["ends"].iloc[0], "medium"),
        ),
        words("Activities: {codes}", codes=codes(words, list(ahead["activity"].unique()))) + ".",
    )


def codes(words: Words, every: list[str]) -> str:
    """List codes of activities, and of too many how many more there are."""
    if len(every) <= MOST_CODES:
        return ", ".join(every)
    first, more = every[: MOST_CODES - 1], len(every) - MOST_CODES + 1
    return words("{codes} and {n} more", codes=", ".join(first), n=words.number(more))
