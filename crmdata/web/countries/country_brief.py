"""One country as its sheet speaks of it, and the forms that all its sections share."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from crmdata.content import names
from crmdata.content.names import Names
from crmdata.i18n import Words
from crmdata.render.html import markup
from crmdata.web.choices.chosen import Chosen
from crmdata.web.kit.components import Empty


@dataclass(frozen=True)
class CountryBrief:
    """The chosen country: its name, its cells, and the words to speak of them."""

    chosen: Chosen

    @property
    def words(self) -> Words:
        """The reader's language."""
        return self.chosen.words

    @property
    def code(self) -> str:
        """The country's code."""
        return str(self.chosen.choices.pais)

    @cached_property
    def name(self) -> str:
        """The country's name."""
        return names.of_countries(self.chosen.frame("countries"), self.words)[self.code].full

    @cached_property
    def activities(self) -> Names:
        """The plan's activities by code, in its order."""
        return names.of_activities(self.chosen.frame("activities"), self.words)

    @cached_property
    def cells(self) -> pd.DataFrame:
        """The country's cells."""
        return self.of(self.chosen.frame("cells"))

    def of(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of the country."""
        return rows.loc[rows["country"] == self.code]

    def span(self, first: str, last: str) -> str:
        """Write periods on end, a single one by itself."""
        words = self.words
        if first == last:
            return words.period(first)
        return words("{first} to {last}", first=words.period(first), last=words.period(last))

    def items(self, texts: Iterable[str], most: int) -> list[str]:
        """Return a list; on paper its first `most` items, and how many more there are."""
        found = [
            markup.element("li", text, css="crm-beyond" if place >= most else "")
            for place, text in enumerate(texts)
        ]
        parts = [markup.wrapped("ul", found, css="crm-two")]
        if len(found) > most:
            more = self.words.plural(
                "and {n} more, on the screen", "and {n} more, on the screen", len(found) - most
            )
            parts.append(markup.element("p", more, css="crm-paper-only"))
        return parts


def section(title: str, parts: Iterable[str]) -> str:
    """Return a section of the sheet under its heading."""
    return markup.wrapped("section", [markup.element("h3", title), *parts])


def empty(words: Words, reason: Empty) -> str:
    """Return the sentence that says why there is nothing to show."""
    return markup.element("p", words(reason.value))
