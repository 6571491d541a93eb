"""What everything of a view is called in a language, for whoever says several things of it."""

from dataclasses import dataclass
from functools import cached_property

from crmdata.content import names
from crmdata.content.names import Names
from crmdata.i18n import Words
from crmdata.view import View


@dataclass(frozen=True)
class ViewNames:
    """A view, the language in which it is spoken of, and its names in their orders."""

    view: View
    words: Words

    @cached_property
    def axes(self) -> Names:
        """The axes of the plan by number."""
        return names.of_axes(self.view.frame("axes"), self.words)

    @cached_property
    def lines(self) -> Names:
        """The lines of the plan by code."""
        return names.of_lines(self.view.frame("lines"), self.words)

    @cached_property
    def activities(self) -> Names:
        """The activities by code."""
        return names.of_activities(self.view.frame("activities"), self.words)

    @cached_property
    def countries(self) -> Names:
        """The members of the view, alphabetically."""
        return names.of_countries(self.view.frame("countries"), self.words)

    @cached_property
    def reporters(self) -> Names:
        """The members and, last, the region, which may report too."""
        return {**self.countries, **names.of_party(self.view.region, self.words)}

    @cached_property
    def partners(self) -> Names:
        """The partners in the order of their acronyms."""
        return names.of_partners(self.view.frame("partners"), self.words)
