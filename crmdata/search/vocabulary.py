"""Which words mean the same, which say nothing, and what is meant by the words of a query."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from crmdata.search.slips import Slips
from crmdata.search.texts import SHORTEST_PREFIX, query_words, stem
from crmdata.terms import LANGUAGES

Root = tuple[str, str]
"""The language of a word and its stem there."""

Phrase = tuple[Root, ...]
"""Words that mean something together, as their roots."""

Group = Mapping[str, Sequence[str]]
"""Words and phrases that mean the same, by language."""

BEGUN, SAME, SLIP = 0.85, 0.7, 0.75
"""What the beginning of a word, a word of the same meaning and a misspelt one weigh beside 1."""


@dataclass(frozen=True)
class Term:
    """A word of a query, or several that mean something together, and all it may be found by."""

    words: tuple[str, ...]
    own: Mapping[Phrase, float]
    """The words themselves, what begins with them or was meant by them, and what each weighs."""
    same: Mapping[Phrase, float]
    """Other words of the same meaning, likewise."""
    meant: tuple[str, ...] = ()
    """The known words that it is taken for, where it is misspelt."""


class Vocabulary:
    """The words of a process: of its texts, and those that its secretariat wrote down."""

    def __init__(
        self, groups: Iterable[Group] = (), ignored: Iterable[str] = (), known: Group | None = None
    ) -> None:
        self._ignored = {word for text in ignored for word in query_words(text)}
        self._same: dict[Phrase, set[Phrase]] = {}
        self._written: dict[tuple[str, ...], set[Phrase]] = {}
        every = [(language, word) for language, words in (known or {}).items() for word in words]
        for group in groups:
            phrases = {self._phrase(text, language)
                       for language, texts in group.items() for text in texts}  # fmt: skip
            for phrase in phrases - {()}:
                self._same.setdefault(phrase, set()).update(phrases - {(), phrase})
            for text in chain.from_iterable(group.values()):
                self._written.setdefault(tuple(self.telling(text)), set()).update(phrases - {()})
            every += [(language, word) for language, texts in group.items() for text in texts
                      for word in query_words(text)]  # fmt: skip
        self._longest = max(map(len, self._same), default=1)
        self._words = {word for _, word in every}
        self._known = sorted(self._words)
        self._roots = {(language, stem(word, language)) for language, word in set(every)}
        self._slips = Slips(self._known)

    def _phrase(self, text: str, language: str) -> Phrase:
        return tuple((language, stem(word, language)) for word in self.telling(text))

    def telling(self, text: str) -> list[str]:
        """Return the words of a text that say something; all of them where none does."""
        words = query_words(text)
        return [word for word in words if word not in self._ignored] or words

    def longest_phrase(self, words: Sequence[str]) -> int:
        """Return of how many words a phrase is that was written down and that these begin with."""
        term = self._of_several(words[: self._longest])
        return len(term.words) if term else 0

    def is_ignored(self, word: str) -> bool:
        """Tell whether a plain word says nothing."""
        return word in self._ignored

    def terms(self, words: Sequence[str], *, forgiving: bool = True) -> list[Term]:
        """Return what is meant by plain words: the longest phrases of those written down first.

        `forgiving` takes a word that is unknown for those at one slip's distance.
        """
        terms, at = list[Term](), 0
        while at < len(words):
            term = self._of_several(words[at : at + self._longest])
            terms.append(term or self._of_one(words[at], forgiving=forgiving))
            at += len(terms[-1].words)
        return terms

    def _of_several(self, words: Sequence[str]) -> Term | None:
        """Return the longest phrase of two words or more that these begin with."""
        for length in range(len(words), 1, -1):
            if same := self._same_as(words[:length]):
                return Term(tuple(words[:length]), dict.fromkeys(_own(words[:length]), 1.0),
                            dict.fromkeys(same, SAME))  # fmt: skip
        return None

    def _same_as(self, words: Sequence[str]) -> set[Phrase]:
        """Return what means the same as these words together.

        What is written down so goes before what has the same stem: `trata` is no `tratado`.
        """
        own = _own(words)
        written = self._written.get(tuple(words))
        same = written or {other for each in own for other in self._same.get(each, ())}
        return same - set(own)

    def _of_one(self, word: str, *, forgiving: bool) -> Term:
        begun = self._begun_by(word) or self._singular_of(word)
        known = begun or any(root in self._roots for (root,) in _own([word]))
        if forgiving and not known and (near := self._slips.near(word)):
            phrases = [phrase for each in near for phrase in _own([each])]
            same = {other for each in near for other in self._same_as([each])}
            return Term((word,), dict.fromkeys(phrases, SLIP),
                        dict.fromkeys(same, SAME * SLIP), tuple(near))  # fmt: skip
        prefixed = [phrase for each in begun for phrase in _own([each])]
        own = dict.fromkeys(prefixed, BEGUN) | dict.fromkeys(_own([word]), 1.0)
        forms = [word, *self._singular_of(word)]
        same = {other for each in forms for other in self._same_as([each])} - set(own)
        return Term((word,), own, dict.fromkeys(same, SAME))

    def _singular_of(self, word: str) -> list[str]:
        """Return the known words that a plural is of: a stem without accents may miss it."""
        endings = [ending for ending in ("s", "es") if word.endswith(ending)]
        return [short for ending in endings if (short := word.removesuffix(ending)) in self._words]

    def _begun_by(self, word: str) -> list[str]:
        """Return the known words that begin with a word, but for itself."""
        if len(word) < SHORTEST_PREFIX:
            return []
        first, last = (bisect_left(self._known, end) for end in (word, f"{word}\uffff"))
        return [known for known in self._known[first:last] if known != word]


def _own(words: Sequence[str]) -> list[Phrase]:
    """Return words as a phrase of each language."""
    return [tuple((language, stem(word, language)) for word in words) for language in LANGUAGES]
