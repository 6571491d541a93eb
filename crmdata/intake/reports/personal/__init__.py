"""Signs that a text speaks of one person. The subject is children: such data must not come in.

Words, forms and shapes of numbers in both languages, in any case, with accents or without. Only
signs: they cannot know, so a person decides of each text in which one is found.
"""

from collections.abc import Iterable

from crmdata.intake.reports.personal import ages, names, numbers, places, stories
from crmdata.intake.reports.personal.reading import TextReading
from crmdata.search import Span

__all__ = ["TextReading", "in_address", "personal_words", "signs_in"]


def personal_words(text: str) -> tuple[str, ...]:
    """Return the pieces of a text that look like one person's data, in their order."""
    return signs_in(TextReading(text)) if text else ()


def signs_in(reading: TextReading) -> tuple[str, ...]:
    """Return the same of a text that has been read already, to tell its language."""
    return _pieces(reading, (span for kind in (numbers, ages, names, places, stories)
                             for span in kind.signs(reading)))  # fmt: skip


def in_address(text: str) -> tuple[str, ...]:
    """Return what looks like one person's data in addresses of the web.

    Their numbers and words are a site's own; only a mail's address is looked for.
    """
    reading = TextReading(text)
    return _pieces(reading, numbers.mails(reading))


def _pieces(reading: TextReading, spans: Iterable[Span]) -> tuple[str, ...]:
    """Return the texts of spans; those that overlap become one."""
    joined: list[Span] = []
    for span in sorted(set(spans)):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(dict.fromkeys(reading.text[start:end].strip() for start, end in joined))
