"""What a query names beside words: codes, countries, partners, and a list that is asked for."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from crmdata.content.answers.codes import NamedItems, named_codes
from crmdata.content.answers.index import Index
from crmdata.content.answers.numbers import in_digits
from crmdata.content.answers.things import COUNTRY, PARTNER, Thing
from crmdata.search import ending_off, plain
from crmdata.search.slips import SHORTEST
from crmdata.search.texts import WORD
from crmdata.terms import SearchList

_LONGEST_NAME = 10
"""Words of a name at most."""

_NOT = frozenset({"no", "not", "never", "nunca", "sin", "without"})
_FAR = 3
"""What says that there is none, at most so many words before."""

_SHORT = 2
"""Letters up to which a name may be a word too: `us`, `do`."""


@dataclass(frozen=True)
class QueryMeaning:
    """What a query names, and the words that are left of it."""

    words: tuple[str, ...]
    """All words of the query, plain."""
    items: tuple[Thing, ...] = ()
    """The items of the plan that it names by code; of a bare number the likelier first."""
    countries: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    asked: SearchList | None = None
    rest: tuple[str, ...] = ()
    """The telling words that name nothing by themselves."""

    @property
    def narrows(self) -> bool:
        """Whether anything is named beside words."""
        return bool(self.items or self.countries or self.partners)


def read(query: str, index: Index) -> QueryMeaning:
    """Return what a query names of what an index holds."""
    return _Query(query, index).reading()


class _Query:
    """The words of a query, and which of them name what."""

    def __init__(self, query: str, index: Index) -> None:
        decomposed = unicodedata.normalize("NFKD", query)
        text = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
        text = in_digits(text, index.knows)
        self._spans = [match.span() for match in WORD.finditer(text)]
        self._words = [plain(text[slice(*span)]) for span in self._spans]
        self._index = index
        self._left = set(range(len(self._words)))
        self._codes = list(named_codes(text, index.codes))

    def reading(self) -> QueryMeaning:
        """Return what is named; a word that may be a name or a code is one where no other is left.

        A list is asked for of what is named, or where nothing else is said.
        """
        codes = [code for code in self._codes if code.sure]
        self._left -= {at for code in codes for at in self._within(code)}
        names_at = list(self._find_names())
        self._left -= {at for _, places in names_at for at in places}
        wanted, places = self._find_asked()
        telling = self._telling(self._left - places)
        if doubtful := [code for code in self._codes if not code.sure]:
            others = telling - {at for code in doubtful for at in self._within(code)}
            if not others:
                codes, telling = [*codes, *doubtful[:1]], others
        if telling and (unsure := {at for thing, at in names_at if self._may_be_word(thing, at)}):
            names_at = [(thing, at) for thing, at in names_at if at not in unsure]
            telling |= set(chain.from_iterable(unsure))
        things = [thing for thing, _ in names_at]
        return self._made(codes, things, wanted, places, telling)

    def _made(
        self, codes: Iterable[NamedItems], things: Iterable[Thing], wanted: SearchList | None,
        places: set[int], telling: set[int],
    ) -> QueryMeaning:  # fmt: skip
        of = {kind: tuple(dict.fromkeys(thing.code for thing in things if thing.kind == kind))
              for kind in (COUNTRY, PARTNER)}  # fmt: skip
        items = tuple(dict.fromkeys(chain.from_iterable(code.things for code in codes)))
        has_names = bool(items or of[COUNTRY] or of[PARTNER])
        if wanted and telling and not has_names:
            wanted, telling = None, telling | places
        rest = tuple(self._words[at] for at in sorted(telling))
        words = tuple(self._words)
        return QueryMeaning(words, items, of[COUNTRY], of[PARTNER], wanted, rest)

    def _within(self, code: NamedItems) -> set[int]:
        return {at for at, (start, end) in enumerate(self._spans)
                if start < code.end and end > code.start}  # fmt: skip

    def _telling(self, places: Iterable[int]) -> set[int]:
        """Return the places whose words say something."""
        return {at for at in places if not self._index.vocabulary.is_ignored(self._words[at])}

    def _may_be_word(self, thing: Thing, places: tuple[int, ...]) -> bool:
        """Tell whether a short name of a country may be a word: `us`, `pan`."""
        length = sum(len(self._words[at]) for at in places)
        known = length <= _SHORT or self._index.knows(self._words[places[0]])
        return thing.kind == COUNTRY and length < SHORTEST and known

    def _find_names(self) -> Iterator[tuple[Thing, tuple[int, ...]]]:
        """Yield countries and partners with the places of their words, the longest names first."""
        at = 0
        while at < len(self._words):
            phrase = self._index.vocabulary.longest_phrase(self._words[at:])
            for places in self._beginning_at(at, _LONGEST_NAME):
                words = [self._words[place] for place in places]
                if len(words) < phrase:
                    at += phrase - 1
                    break
                unknown = not all(map(self._index.knows, words))
                if thing := self._index.names.find(words, unknown=unknown):
                    yield thing, places
                    at = places[-1]
                    break
            at += 1

    def _find_asked(self) -> tuple[SearchList | None, set[int]]:
        """Return the list that is asked for, and the places of all words that ask for it.

        Reports that are pending, late or not there are what is pending.
        """
        lists: dict[tuple[int, ...], SearchList] = {}
        for at in range(len(self._words)):
            for places in self._beginning_at(at, self._index.longest_asked):
                words = tuple(ending_off(self._words[place]) for place in places)
                if wanted := self._index.asked.get(words):
                    lists[places] = wanted
        if not lists:
            return None, set()
        pending = SearchList.PENDING in lists.values() or any(map(self._is_denied, lists))
        found = set(chain.from_iterable(lists))
        return (SearchList.PENDING if pending else SearchList.REPORTED), found

    def _is_denied(self, places: tuple[int, ...]) -> bool:
        """Tell whether a word just before says no: `no han reportado`."""
        first = places[0]
        return not _NOT.isdisjoint(self._words[max(first - _FAR, 0) : first])

    def _beginning_at(self, at: int, most: int) -> Iterator[tuple[int, ...]]:
        """Yield the runs of words that nothing has named yet from a place on, the longest first."""
        end = at
        while end in self._left and end < at + most:
            end += 1
        for last in range(end, at, -1):
            yield tuple(range(at, last))
