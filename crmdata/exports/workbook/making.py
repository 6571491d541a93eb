"""What the sheets of a workbook share: a view, its language, and what things are called."""

from dataclasses import dataclass
from functools import cached_property

from crmdata.content import names, reports
from crmdata.content.names import Names
from crmdata.content.wording import text_of
from crmdata.i18n import Words
from crmdata.view import View


@dataclass(frozen=True)
class BookMaking:
    """A view, and the language in which a workbook speaks of it."""

    view: View
    words: Words

    @cached_property
    def axes(self) -> Names:
        """The axes by number."""
        return names.of_axes(self.view.frame("axes"), self.words)

    @cached_property
    def lines(self) -> Names:
        """The lines by code."""
        return names.of_lines(self.view.frame("lines"), self.words)

    @cached_property
    def activities(self) -> Names:
        """The activities by code."""
        return names.of_activities(self.view.frame("activities"), self.words)

    @cached_property
    def countries(self) -> Names:
        """The members, alphabetically."""
        return names.of_countries(self.view.frame("countries"), self.words)

    @cached_property
    def reporters(self) -> Names:
        """The members and, last, the region, which may report too."""
        return reports.reporters(self.view, self.words)

    @cached_property
    def partners(self) -> Names:
        """The partners by acronym."""
        return names.of_partners(self.view.frame("partners"), self.words)

    @property
    def cutoff(self) -> str:
        """The cut-off in words."""
        return self.words.date(self.view.cutoff)

    def partner(self, code: object) -> str:
        """Return a partner's acronym, or that there is none yet."""
        return self.partners[text_of(code)].short if text_of(code) else self.words("Nobody yet")
