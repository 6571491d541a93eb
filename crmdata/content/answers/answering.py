"""The answers to a query: views with their addresses, the best first, grouped by what they are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from crmdata.content.answers.index import Index, index_of, key_of
from crmdata.content.answers.ranking import Hit
from crmdata.content.answers.reading import QueryMeaning, read
from crmdata.content.answers.things import PAGE, Thing
from crmdata.content.answers.views import KINDS, SearchAnswer, Views, called
from crmdata.i18n import Words
from crmdata.labels import LEVELS
from crmdata.terms import SearchList
from crmdata.view import View

MOST = 20
"""Answers at most: who finds none of them says more."""

_WORTH = 0.55
"""The part of the best one's score that another answer has at least."""

_WHOLE = 0.999


class AnswerGroup(NamedTuple):
    """Answers of one kind."""

    title: str
    answers: list[SearchAnswer]


@dataclass(frozen=True)
class Answers:
    """What a search answers."""

    groups: list[AnswerGroup]
    certain: bool = False
    """Whether the first is what was named, by code or name: nothing was searched for."""


def answer(
    view: View, words: Words, query: str, titles: Mapping[str, str], own: Mapping[str, str]
) -> Answers:
    """Return what a query means at a view; `titles` are those of the pages, by name.

    The country and the partner that the asker has chosen, `own`, stay chosen in what it opens.
    """
    index = index_of(view, titles)
    reading = read(query, index)
    called_then = view.memo.get((key_of(view), words.language), lambda: called(view, words))
    views = Views(called_then, words, titles, own)
    kept = map(views.kept, _answers(reading, index, views))
    first = islice(_once(kept), MOST)
    return Answers(_grouped(words, first), certain=reading.narrows and not reading.rest)


def _once(answers: Iterable[SearchAnswer]) -> Iterator[SearchAnswer]:
    """Yield answers without those that open what an earlier one opens."""
    seen = set[tuple[str, frozenset[tuple[str, str]]]]()
    for each in answers:
        opens = each.way.page, frozenset(each.way.changes.items())
        if opens not in seen:
            seen.add(opens)
            yield each


def _answers(reading: QueryMeaning, index: Index, views: Views) -> Iterator[SearchAnswer]:
    """Yield the views that a query means, the best first."""
    hits = index.hits(reading.words)
    if page := index.page_called(reading.words):
        yield views.of_thing(Thing(PAGE, page))
    whole = [views.of_thing(hit.thing) for hit in hits if hit.cover >= _WHOLE]
    if reading.narrows and not reading.rest:
        yield from views.of_items(reading, reading.items)
        yield from whole
    elif reading.narrows:
        yield from views.of_items(reading, reading.items) if reading.items else []
        yield from whole
        rest = index.hits(reading.rest)
        pages = [hit.thing.code for hit in rest if hit.thing.kind == PAGE and hit.cover >= _WHOLE]
        yield from (views.of_page(reading, page) for page in pages)
        near = [hit.thing for hit in _worth(rest) if hit.thing.kind in LEVELS]
        yield from views.of_items(reading, near) if near else []
        yield from views.of_items(reading, reading.items)
    else:
        if reading.asked is SearchList.REPORTED:
            # `reportes` alone is as much the page where one reports.
            yield from (each for each in whole if each.kind == PAGE)
        yield from views.of_items(reading, []) if reading.asked else []
        yield from (views.of_thing(hit.thing) for hit in _worth(hits))


def _worth(hits: Sequence[Hit]) -> Iterator[Hit]:
    """Yield the hits that are not far behind the best one."""
    best = hits[0].score if hits else 0.0
    yield from (hit for hit in hits if hit.score >= _WORTH * best)


def _grouped(words: Words, answers: Iterable[SearchAnswer]) -> list[AnswerGroup]:
    """Return answers by what they are, in the order in which the best of each stands."""
    groups: dict[str, list[SearchAnswer]] = {}
    for each in answers:
        groups.setdefault(each.kind, []).append(each)
    return [AnswerGroup(words(KINDS[kind]), own) for kind, own in groups.items()]
