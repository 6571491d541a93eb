"""The words of texts as they are compared: without accents, case and endings.

Accents are dropped before stemming, on both sides: people type `proteccion`, and the stem of
the unaccented word is the same for both.
"""

import re
import unicodedata
from functools import cache, lru_cache
from itertools import filterfalse
from typing import Any

import snowballstemmer

_STEMMERS = {"es": "spanish", "en": "english"}
WORD = re.compile(r"[\w\u0300-\u036f]+")  # letters, and accents that stand apart (NFD)
_NUMBER_AND_GENDER = re.compile(r"(?<=[a-z]{3})[aeo]?s?$")
SHORTEST_PREFIX = 3
"""From this length on, the beginning of a word finds the word."""


def plain(text: str) -> str:
    """Return `text` without accents and case: `Niñez` gives `ninez`."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return _MAY_COMBINE.sub(_without_combining, decomposed)


_MAY_COMBINE = re.compile("[\u0300-\U0010ffff]+")
"""Where accents that stand apart may be: nothing before them combines."""


def _without_combining(match: re.Match[str]) -> str:
    return "".join(filterfalse(unicodedata.combining, match[0]))


@cache
def _stemmer(language: str) -> Any:
    return snowballstemmer.stemmer(_STEMMERS[language])


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """Return the stem of a plain word."""
    root: str = _stemmer(language).stemWord(word)
    return root


def ending_off(word: str) -> str:
    """Return a plain word without what number and gender change: `vencidas` as `vencido`."""
    return _NUMBER_AND_GENDER.sub("", word)


def query_words(query: str) -> list[str]:
    """Return the words of a query, plain, each once, in order."""
    return list(dict.fromkeys(plain(word) for word in WORD.findall(query)))
