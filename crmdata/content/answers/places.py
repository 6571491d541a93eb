"""The countries and partners that a query may name, by all that people write for them."""

from collections.abc import Iterable, Iterator, Sequence

from crmdata.content.answers.things import COUNTRY, PARTNER, Thing
from crmdata.search import query_words
from crmdata.search.slips import Slips
from crmdata.view import View

_LONG = 6
"""Letters of a word from which it may stand for a country's whole name."""


class Names:
    """The countries and partners by all that people write for them."""

    def __init__(self, view: View) -> None:
        named = list(_names(view))
        self._by_name = {"".join(query_words(name)): thing for name, thing in named}
        self._by_part = _parts(named)
        self._slips = Slips(self._by_name)

    def find(self, words: Sequence[str], *, unknown: bool) -> Thing | None:
        """Return what words name together.

        Where they are `unknown` otherwise a part of a name is enough, and one slip of the hand is
        forgiven.
        """
        joined = "".join(words)
        if joined in self._by_name or not unknown:
            return self._by_name.get(joined)
        near = next(iter(self._slips.near(joined)), "")
        return self._by_part.get(joined) or self._by_name.get(near)


def _parts(named: Iterable[tuple[str, Thing]]) -> dict[str, Thing]:
    """Return the long words that stand in the names of one country alone: `salvador`."""
    found: dict[str, set[Thing]] = {}
    for name, thing in named:
        for word in query_words(name):
            if thing.kind == COUNTRY and len(word) >= _LONG:
                found.setdefault(word, set()).add(thing)
    return {word: next(iter(things)) for word, things in found.items() if len(things) == 1}


def _names(view: View) -> Iterator[tuple[str, Thing]]:
    for name, code in view.other_names.items():
        if code in view.members:
            yield name, Thing(COUNTRY, code)
    for kind, frame, columns in (
        (PARTNER, view.frame("partners"), ("partner", "acronym_en", "name_es", "name_en")),
        (COUNTRY, view.frame("countries"), ("country", "name_es", "name_en")),
    ):
        for row in frame.to_dict("records"):
            for column in columns:
                yield str(row[column]), Thing(kind, str(row[kind]))
