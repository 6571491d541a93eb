"""The countries and partners that a query may name, by all that people write for them."""

from collections.abc import Iterator, Sequence

from crmdata.content.answers.things import COUNTRY, PARTNER, Thing
from crmdata.search import query_words
from crmdata.search.slips import Slips
from crmdata.view import View


class Names:
    """The countries and partners by all that people write for them."""

    def __init__(self, view: View) -> None:
        self._by_name = {"".join(query_words(name)): thing for name, thing in _names(view)}
        self._slips = Slips(self._by_name)

    def find(self, words: Sequence[str], *, misspelt: bool) -> Thing | None:
        """Return what words name together, one slip of the hand forgiven where `misspelt`."""
        joined = "".join(words)
        near = self._slips.near(joined) if misspelt else []
        name = joined if joined in self._by_name else next(iter(near), "")
        return self._by_name.get(name)


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
