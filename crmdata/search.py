"""Search in texts: accents, case, endings and word order do not matter; hits are marked.

Accents are dropped before stemming, on both sides: people type `proteccion`, and the stem of
the unaccented word is the same for both.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import filterfalse
from typing import Any, NamedTuple

import snowballstemmer

_STEMMERS = {"es": "spanish", "en": "english"}
_WORD = re.compile(r"[\w\u0300-\u036f]+")  # letters, and accents that stand apart (NFD)
_SHORTEST_PREFIX = 3
"""From this length on, the beginning of a word finds the word."""


class Span(NamedTuple):
    """A piece of a text: from where to where."""

    start: int
    end: int


def plain(text: str) -> str:
    """Return `text` without accents and case: `Niñez` gives `ninez`."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(filterfalse(unicodedata.combining, decomposed))


@cache
def _stemmer(language: str) -> Any:
    return snowballstemmer.stemmer(_STEMMERS[language])


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """Return the stem of a plain word."""
    root: str = _stemmer(language).stemWord(word)
    return root


def query_words(query: str) -> list[str]:
    """Return the words of a query, plain, each once, in order."""
    return list(dict.fromkeys(plain(word) for word in _WORD.findall(query)))


def spans(text: str, words: Iterable[str], language: str) -> list[Span] | None:
    """Return where the words stand in `text`, or None unless every one of them does.

    `words` are plain, as `query_words` gives them. A word stands where a word of the text
    has its stem or begins with it (from three letters on).
    """
    sought = {word: stem(word, language) for word in words}
    missing = set(sought)
    found = []
    for match in _WORD.finditer(text):
        here = plain(match[0])
        own = stem(here, language)
        hits = {word for word, root in sought.items() if _meets(here, own, word, root)}
        if hits:
            missing -= hits
            found.append(Span(*match.span()))
    return None if missing else found


def _meets(here: str, own: str, word: str, root: str) -> bool:
    return own == root or (len(word) >= _SHORTEST_PREFIX and here.startswith(word))
