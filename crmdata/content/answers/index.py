"""What a search can open, by the words that it is called by: read once for all readers."""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from typing import NamedTuple

from crmdata.content.answers.codes import known_codes
from crmdata.content.answers.numbers import LEVEL_WORDS
from crmdata.content.answers.places import Names
from crmdata.content.answers.ranking import Hit, ranked
from crmdata.content.answers.things import PAGE, Thing
from crmdata.content.records import records
from crmdata.content.wording import text_of
from crmdata.files import SEPARATOR
from crmdata.i18n import words_for
from crmdata.labels import LEVELS
from crmdata.search import Root, Term, Vocabulary, ending_off, query_words, stem
from crmdata.terms import LANGUAGES, SearchList
from crmdata.view import View

_OF_TEXT = 0.85
"""What a word of a long text weighs beside one of a name."""

_OF_FOCUS = 0.25
"""The part of a score that says how much of the text the words of the query are."""


class _Text(NamedTuple):
    """A text that a thing is called by: its telling words, as roots of its language."""

    thing: Thing
    roots: frozenset[Root]
    weight: float


class Index:
    """The texts of all that can be opened, by their roots."""

    def __init__(self, view: View, titles: Mapping[str, str]) -> None:
        by_page, same = view.search_words
        texts = [*_of_plan(view), *_of_places(view), *_of_pages(titles, by_page)]
        self.vocabulary = Vocabulary(
            [_by_language(row) for row in same],
            [*LEVEL_WORDS, *_words_of(by_page, SearchList.IGNORED)],
            _words_by_language(texts),
        )
        self.asked = {
            _as_called(query_words(text)): each
            for each in (SearchList.REPORTED, SearchList.PENDING)
            for text in _words_of(by_page, each)
        }
        self.longest_asked = max(map(len, self.asked), default=0)
        self._page_of = {
            _as_called(query_words(text)): thing.code
            for thing, _, text, _ in reversed(texts) if thing.kind == PAGE
        }  # fmt: skip
        self.codes = known_codes(view)
        self.names = Names(view, [_by_language(row) for row in same])
        self._texts = [self._text(*text) for text in texts]
        self._at: dict[Root, list[int]] = defaultdict(list)
        for place, text in enumerate(self._texts):
            for root in text.roots:
                self._at[root].append(place)
        self._all = len({text.thing for text in self._texts})
        self._rare = {root: self._rarity({self._texts[at].thing for at in places})
                      for root, places in self._at.items()}  # fmt: skip
        self._masses = [self._mass(text.roots) for text in self._texts]
        self._of_plan = {root for text in self._texts if text.thing.kind in LEVELS
                         for root in text.roots}  # fmt: skip

    def _text(self, thing: Thing, language: str, text: str, weight: float) -> _Text:
        words = self.vocabulary.telling(text)
        if thing.kind == PAGE:
            # Else `líneas de acción` would be called by `acción` alone.
            words = list({*words, *LEVEL_WORDS.keys() & set(query_words(text))})
        roots = ((language, stem(word, language)) for word in words)
        return _Text(thing, frozenset(roots), weight)

    def page_called(self, words: Iterable[str]) -> str:
        """Return the page that is called by just these words, whatever they say by themselves."""
        return self._page_of.get(_as_called(words), "")

    def knows(self, word: str) -> bool:
        """Tell whether a plain word says nothing, or stands in a text of the plan."""
        stands = any((language, stem(word, language)) in self._of_plan for language in LANGUAGES)
        return stands or self.vocabulary.is_ignored(word)

    def hits(self, words: Iterable[str]) -> list[Hit]:
        """Return the things that have words of a query, the best first.

        A page has all words of what it is called by, themselves, or is none.
        """
        every = list(words)
        telling = [word for word in every if not self.vocabulary.is_ignored(word)]
        met = [self._met(term) for term in self.vocabulary.terms(telling or every)]
        rare = [self._rarity({self._texts[at].thing for at in places}) for places in met]
        focus = self._focus(met)
        covers, counts = defaultdict[Thing, float](float), Counter[Thing]()
        for places, value in zip(met, rare, strict=True):
            best = defaultdict[Thing, float](float)
            for at, (weight, _) in places.items():
                thing = self._texts[at].thing
                best[thing] = max(best[thing], weight * self._texts[at].weight)
            counts.update(best.keys())
            for thing, weight in best.items():
                covers[thing] += weight * value / sum(rare)
        return ranked([
            Hit(thing, cover * (1 - _OF_FOCUS + _OF_FOCUS * focus[thing]), cover, counts[thing])
            for thing, cover in covers.items()
            if thing.kind != PAGE or focus[thing] >= 1
        ])  # fmt: skip

    def _focus(self, met: Iterable[Mapping[int, tuple[float, set[Root]]]]) -> dict[Thing, float]:
        """Return how much of a thing's text the words are, by how rare they are; of its best."""
        shares = defaultdict[int, set[Root]](set)
        for places in met:
            for at, (_, roots) in places.items():
                shares[at] |= roots
        focus = defaultdict[Thing, float](float)
        for at, roots in shares.items():
            thing = self._texts[at].thing
            focus[thing] = max(focus[thing], self._mass(roots) / self._masses[at])
        return focus

    def _met(self, term: Term) -> dict[int, tuple[float, set[Root]]]:
        """Return the texts that a term stands in: how much that weighs, and by which roots."""
        weights: dict[int, tuple[float, set[Root]]] = {}
        for phrase, weight in {**term.same, **term.own}.items():
            places = [self._at.get(root, []) for root in phrase]
            for at in set(places[0]).intersection(*places[1:]):
                if phrase not in term.own and self._texts[at].thing.kind not in LEVELS:
                    continue
                before, roots = weights.get(at, (0.0, set()))
                weights[at] = max(before, weight), roots | set(phrase)
        return weights

    def _rarity(self, things: Collection[Thing]) -> float:
        """Return what a word weighs that stands in some things: the fewer, the more."""
        return math.log(1 + self._all / max(len(things), 1))

    def _mass(self, roots: Iterable[Root]) -> float:
        return sum(self._rare[root] for root in roots)


def index_of(view: View, titles: Mapping[str, str]) -> Index:
    """Return the index of a view's plan and places; `titles` are those of the pages, by name."""
    return view.memo.get(key_of(view), lambda: Index(view, titles))


def key_of(view: View) -> Hashable:
    """Return what names all that a search knows of a view: not its cut-off."""
    of = (view.plan_id, view.data_version, view.snapshot, view.plan.version_id)
    return ("search", *of)


_Written = tuple[Thing, str, str, float]
"""A thing, a language, a text that it is called by, what its words weigh."""


def _of_plan(view: View) -> Iterator[_Written]:
    for level in LEVELS.values():
        column = "text" if level.code == "activity" else "title"
        for row in records(view.frame(level.frame)):
            thing = Thing(level.code, str(getattr(row, level.code)))
            texts = {"brief": 1.0, column: _OF_TEXT, "responsible": _OF_TEXT}
            for name, weight in texts.items():
                for language in LANGUAGES:
                    ending = "" if language == LANGUAGES[0] else f"_{language}"
                    if text := text_of(getattr(row, f"{name}{ending}", "")):
                        yield thing, language, text, weight


def _of_places(view: View) -> Iterator[_Written]:
    for kind, frame in (("country", view.frame("countries")), ("partner", view.frame("partners"))):
        for row in records(frame):
            thing = Thing(kind, str(getattr(row, kind)))
            for language, text in zip(LANGUAGES, (row.name_es, row.name_en), strict=True):
                yield thing, language, text, 1.0


def _of_pages(
    titles: Mapping[str, str], opened: Mapping[str, tuple[str, str]]
) -> Iterator[_Written]:
    for page, title in titles.items():
        thing = Thing(PAGE, page)
        for language in LANGUAGES:
            yield thing, language, words_for(language)(title), 1.0
        for language, texts in _by_language(opened.get(page, ("", ""))).items():
            for text in texts:
                yield thing, language, text, 1.0


def _words_by_language(texts: Iterable[_Written]) -> dict[str, list[str]]:
    words = defaultdict[str, list[str]](list)
    for _, language, text, _ in texts:
        words[language] += query_words(text)
    return words


def _as_called(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(ending_off, words))


def _by_language(both: tuple[str, str]) -> dict[str, list[str]]:
    return {
        language: [text.strip() for text in cell.split(SEPARATOR) if text.strip()]
        for language, cell in zip(LANGUAGES, both, strict=True)
    }


def _words_of(opened: Mapping[str, tuple[str, str]], key: str) -> list[str]:
    return [text for texts in _by_language(opened.get(key, ("", ""))).values() for text in texts]
