"""The minutes of a meeting: what it agreed on, and what it was shown, slide by slide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from crmdata import clock
from crmdata.content import agreements
from crmdata.content.papers import Chapter, Paper
from crmdata.content.papers.paper import how_to_read, meeting_of, paper
from crmdata.content.parts import Finding, Note, Part, Records, Section
from crmdata.i18n import Words
from crmdata.slides.model import Slide
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


def minutes(view: View, words: Words, shown: Sequence[ShownSlide], gone: int = 0) -> Paper:
    """Return the minutes of the meeting of a view; `gone` slides are no longer to be had."""
    meeting = meeting_of(view, words)
    title = words("Minutes: {meeting}", meeting=meeting) if meeting else words("Minutes")
    chapters = [
        Chapter(words("What was agreed on"), [_agreed(view, words)]),
        Chapter(words("What was shown"), [_count(words, shown, gone), *_shown(words, shown)]),
        Chapter("", [how_to_read(view, words)]),
    ]
    return paper(view, words, title, words("Minutes"), chapters)


def _agreed(view: View, words: Words) -> Section:
    rows = agreements.of_meeting(view)
    title = words("Agreements")
    if rows.empty:
        return Section("acuerdos", title, Finding((words("No agreement was noted."),)), [])
    count = words.plural("{n} agreement was noted.", "{n} agreements were noted.", len(rows))
    table = Records(title, agreements.table(view, words, rows))
    return Section("acuerdos", title, Finding((count,)), [table])


def _count(words: Words, shown: Sequence[ShownSlide], gone: int) -> Section:
    title = words("In the order in which it was shown")
    if not shown:
        sentences = [words("No slide was shown.")]
    else:
        sentences = [words.plural("{n} slide was shown.", "{n} slides were shown.", len(shown))]
    if gone:
        sentences.append(words.plural(
            "{n} more was shown that the data no longer have.",
            "{n} more were shown that the data no longer have.", gone,
        ))  # fmt: skip
    return Section("mostrado", title, Finding(tuple(sentences)), [])


def _shown(words: Words, shown: Sequence[ShownSlide]) -> Iterator[Section]:
    """Yield each slide with its picture; one that was shown again, with where that stands."""
    first_at: dict[tuple[object, ...], int] = {}
    for number, each in enumerate(shown, start=1):
        slide = each.slide
        stands_at = first_at.setdefault((slide.key, each.view, each.first), number)
        topic = words("{n}. {title}", n=number, title=slide.topic or slide.title)
        # What has no topic is called by what it finds.
        found = (slide.title if slide.topic else "", slide.lead)
        sentences = tuple(filter(None, found))
        facts = Note(_facts(words, each))
        parts: list[Part] = [*slide.parts, facts]
        if stands_at != number:
            parts = [Note(words("It stands under number {n}.", n=stands_at)), facts]
        finding = Finding(sentences) if sentences else None
        yield Section(f"lamina-{number}", topic, finding, parts)


def _facts(words: Words, shown: ShownSlide) -> str:
    """Say when a slide was shown, of which cut-off, compared with which, and of which record."""
    facts = [words("Shown at {time}", time=clock.local(shown.at).strftime("%H:%M"))]
    facts += [fact for fact in shown.slide.footer if fact != words("Demonstration data")]
    if shown.first is not None:
        facts.append(words("Compared with {day}", day=words.date(shown.first)))
    if shown.record and shown.record != shown.view.chain_head:
        facts.append(words(
            "The data have changed since: it was of record {then}, and is of record {now} here",
            then=shown.record, now=shown.view.chain_head,
        ))  # fmt: skip
    return " · ".join(facts)
