"""The countries and partners that a query may name, by all that people write for them."""

from collections.abc import Iterable, Iterator, Sequence

from crmdata.content.answers.things import COUNTRY, PARTNER, Thing
from crmdata.search import ending_off, query_words
from crmdata.search.slips import Slips
from crmdata.search.vocabulary import Group
from crmdata.view import View

_LONG = 6
"""Letters of a word from which it may stand for a country's whole name."""


class Names:
    """The countries and partners by all that people write for them."""

    def __init__(self, view: View, groups: Iterable[Group]) -> None:
        named = list(_names(view))
        self._by_name = {"".join(query_words(name)): thing for name, thing in named}
        self._by_part = _parts(named)
        self._by_form = dict(self._of_groups(groups))
        self._slips = Slips(self._by_name | self._by_form)

    def _of_groups(self, groups: Iterable[Group]) -> Iterator[tuple[str, Thing]]:
        """Yield what else means a country or partner: all that stands in a row with its name."""
        for group in groups:
            phrases = [query_words(text) for texts in group.values() for text in texts]
            things = {self._by_name.get("".join(words)) for words in phrases} - {None}
            yield from (("".join(map(ending_off, words)), thing)
                        for thing in things if thing and len(things) == 1
                        for words in phrases)  # fmt: skip

    def find(self, words: Sequence[str], *, unknown: bool) -> Thing | None:
        """Return what words name together.

        Where they are `unknown` otherwise a part of a name is enough, and one slip of the hand is
        forgiven.
        """
        joined, form = "".join(words), "".join(map(ending_off, words))
        named = self._by_name.get(joined) or self._by_form.get(form)
        if named or not unknown:
            return named
        near = next(iter(self._slips.near(joined) or self._slips.near(form)), "")
        return self._by_part.get(joined) or self._by_name.get(near) or self._by_form.get(near)


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
