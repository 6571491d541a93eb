"""Which known words a misspelt one may be: one letter left out, added, changed, or two swapped."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

SHORTEST = 4
"""Letters of a word from which a slip is forgiven: shorter ones are too much alike."""


class Slips:
    """Finds words at one slip's distance, without comparing with all of them.

    Two words at that distance have a text in common that either one, or one without a letter, is.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._by_trace: dict[str, list[str]] = defaultdict(list)
        for word in dict.fromkeys(words):
            if len(word) >= SHORTEST:
                for trace in _traces(word):
                    self._by_trace[trace].append(word)

    def near(self, word: str) -> list[str]:
        """Return the known words at one slip's distance of a word, in the order given."""
        if len(word) < SHORTEST:
            return []
        traces = set(_traces(word))
        met = {known: None for trace in traces for known in self._by_trace.get(trace, ())}
        return [known for known in met if known != word and is_slip(word, known)]


def _traces(word: str) -> Iterator[str]:
    yield word
    yield from {word[:at] + word[at + 1 :] for at in range(len(word))}


def is_slip(word: str, other: str) -> bool:
    """Tell whether two different words are one letter, or two neighbours swapped, apart."""
    short, long = sorted((word, other), key=len)
    at = next((place for place, letter in enumerate(short) if letter != long[place]), len(short))
    if len(short) != len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return swapped or short[at + 1 :] == long[at + 1 :]
