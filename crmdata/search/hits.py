"""Where the words of a query stand in a text."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from crmdata.search.texts import SHORTEST_PREFIX, WORD, plain, stem
from crmdata.search.vocabulary import Term

_BETWEEN = 2
"""Words that may stand between two words of a phrase: `alternativas a la detención`."""


class Span(NamedTuple):
    """A piece of a text: from where to where."""

    start: int
    end: int


def spans(text: str, terms: Sequence[Term], language: str) -> list[Span] | None:
    """Return where `terms` stand in `text`, or None unless every one of them does.

    A term stands where a word of the text has its stem or begins with it (from three letters on),
    or where words of the same meaning stand.
    """
    words = [(match.span(), plain(match[0])) for match in WORD.finditer(text)]
    stems = [stem(word, language) for _, word in words]
    places = defaultdict[str, list[int]](list)
    for place, root in enumerate(stems):
        places[root].append(place)
    hits = set[int]()
    for term in terms:
        met = {*_begun(term, [word for _, word in words]), *_said(term, stems, places, language)}
        if not met:
            return None
        hits |= met
    return [Span(*words[place][0]) for place in sorted(hits)]


def _begun(term: Term, words: Sequence[str]) -> Iterator[int]:
    """Yield where words begin with a term of one word that was not misspelt."""
    (first, *more) = term.words
    if more or term.meant or len(first) < SHORTEST_PREFIX:
        return
    for place, word in enumerate(words):
        if word.startswith(first):
            yield place


def _said(
    term: Term, stems: Sequence[str], places: dict[str, list[int]], language: str
) -> Iterator[int]:
    """Yield the places of all words that say what a term means."""
    for phrase in (*term.own, *term.same):
        if phrase[0][0] != language:
            continue
        roots = [root for _, root in phrase]
        for place in places.get(roots[0], ()):
            yield from _followed(stems, place, roots)


def _followed(stems: Sequence[str], place: int, roots: Sequence[str]) -> list[int]:
    """Return the places of a phrase whose first word stands at `place`, none if it breaks off."""
    places = [place]
    for root in roots[1:]:
        begin = places[-1] + 1
        near = enumerate(stems[begin : begin + _BETWEEN + 1], begin)
        at = next((at for at, each in near if each == root), None)
        if at is None:
            return []
        places.append(at)
    return places
