"""What stood on the wall, slide by slide, as a chapter of the minutes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from crmdata import clock
from crmdata.content.papers import Chapter
from crmdata.content.parts import Finding, Note, Part, Section
from crmdata.i18n import Words
from crmdata.slides.model import Deck, Slide
from crmdata.view import View


@dataclass(frozen=True)
class ShownSlide:
    """A slide as it stood on the wall, since a moment.

    `record` is of which record of the data it was then, `view` what it is made of now.
    """

    slide: Slide
    view: View
    first: date | None
    """With which day it was compared."""
    at: datetime
    record: str


def what_was_shown(words: Words, shown: Sequence[ShownSlide], gone: int = 0) -> Chapter:
    """Return the slides in the order in which they stood there; `gone` are no longer to be had."""
    return Chapter(words("What was shown"), [_count(words, shown, gone), *_shown(words, shown)])


def what_was_prepared(deck: Deck) -> Chapter:
    """Return all slides of a deck, where nobody knows which of them stood on the wall."""
    words = deck.words
    found = words.plural("{n} slide was prepared.", "{n} slides were prepared.", len(deck.slides))
    beside = Note(
        words("Which of them were shown, and when, only the browser that showed them knows.")
    )
    count = Section("preparado", words("In their order"), Finding((found,)), [beside])
    slides = [
        _section(
            words, number, slide, [*slide.parts, Note(" · ".join(_facts(words, slide, deck.first)))]
        )
        for number, slide in enumerate(deck.slides, start=1)
    ]
    return Chapter(words("The slides as prepared"), [count, *slides])


def _count(words: Words, shown: Sequence[ShownSlide], gone: int) -> Section:
    if shown:
        said = [words.plural("{n} slide was shown.", "{n} slides were shown.", len(shown))]
    else:
        said = [words("No slide was shown.")]
    if gone:
        said.append(words.plural(
            "{n} more was shown that the data no longer have.",
            "{n} more were shown that the data no longer have.", gone,
        ))  # fmt: skip
    title = words("In the order in which it was shown")
    return Section("mostrado", title, Finding(tuple(said)), [])


def _shown(words: Words, shown: Sequence[ShownSlide]) -> Iterator[Section]:
    """Yield each slide with its picture; one that was shown again, with where that stands."""
    first_at: dict[tuple[object, ...], int] = {}
    for number, each in enumerate(shown, start=1):
        stands_at = first_at.setdefault((each.slide.key, each.view, each.first), number)
        facts = _beneath(_facts_then(words, each))
        parts: list[Part] = [*each.slide.parts, facts]
        if stands_at != number:
            parts = [Note(words("It stands under number {n}.", n=stands_at)), facts]
        yield _section(words, number, each.slide, parts)


def _section(words: Words, number: int, slide: Slide, parts: Sequence[Part]) -> Section:
    # What has no topic is called by what it finds.
    topic = words("{n}. {title}", n=number, title=slide.topic or slide.title)
    found = (slide.title if slide.topic else "", slide.lead)
    sentences = tuple(filter(None, found))
    return Section(f"lamina-{number}", topic, Finding(sentences) if sentences else None, parts)


def _beneath(facts: Iterator[str]) -> Note:
    return Note(" · ".join(facts))


def _facts_then(words: Words, shown: ShownSlide) -> Iterator[str]:
    """Yield when a slide was shown, its facts, and of which record it was if not of this one."""
    yield words("Shown at {time}", time=clock.hour_of(shown.at, "minutes"))
    yield from _facts(words, shown.slide, shown.first)
    if shown.record and shown.record != shown.view.chain_head:
        yield words(
            "The data have changed since: it was of record {then}, and is of record {now} here",
            then=shown.record, now=shown.view.chain_head,
        )  # fmt: skip


def _facts(words: Words, slide: Slide, first: date | None) -> Iterator[str]:
    """Yield of which cut-off a slide is, of whom, and compared with which day."""
    yield from (fact for fact in slide.footer if fact != words("Demonstration data"))
    if first is not None:
        yield words("Compared with {day}", day=words.date(first))
