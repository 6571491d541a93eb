"""What the reader looks at: the one value that every part of a page is made from."""

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd

from crmdata.access import ANONYMOUS, Actor
from crmdata.figures.canvas import Drawing
from crmdata.i18n import Words
from crmdata.measures import Measured
from crmdata.memo import Memo
from crmdata.render.html.links import Link
from crmdata.store.queries import PlanFacts
from crmdata.terms import DataKind, Thresholds
from crmdata.view import FrameName, View
from crmdata.web.choices.address import Choices
from crmdata.web.choices.links import Links


@dataclass(frozen=True)
class Chosen:
    """What the reader looks at: a page, its language and choices, and the data behind it."""

    page: str
    words: Words
    choices: Choices
    view: View
    theme: str
    narrow: bool
    actor: Actor = ANONYMOUS
    open_panel: str = ""
    """What is open under a picture, and of which section; it changes no picture."""
    links: Links = field(default_factory=Links, compare=False)
    """What makes its links: all that stands in its address goes along."""
    elsewhere: Choices = field(default_factory=Choices, compare=False)
    """What was chosen and narrows nothing on this page; it stands in its links as well."""

    @property
    def cutoff(self) -> date:
        """The date that every number of the page is of."""
        return self.view.cutoff

    @property
    def kind(self) -> DataKind:
        """Real or demonstration data."""
        return self.view.kind

    @property
    def demo(self) -> bool:
        """Whether every figure must say that it is a demonstration."""
        return self.view.demo

    @property
    def provisional(self) -> bool:
        """Whether everything must say that reports not yet accepted count in it."""
        return self.view.provisional is not None

    @property
    def plan(self) -> PlanFacts:
        """The plan version in force at the cut-off."""
        return self.view.plan

    @property
    def thresholds(self) -> Thresholds:
        """From which numbers on something is said or held back."""
        return self.view.thresholds

    @property
    def ways(self) -> Link:
        """What makes a link of a way that content says: all else of the address goes along."""
        return Link(self.words, lambda page, changes: self.links.href(page, **changes))

    @property
    def drawing(self) -> Drawing:
        """What every figure is told of its reader."""
        return {
            "words": self.words,
            "theme": self.theme,
            "narrow": self.narrow,
        }

    def with_view(self, view: View) -> "Chosen":
        """Return the same of other data."""
        return replace(self, view=view)

    def frame(self, name: FrameName) -> pd.DataFrame:
        """Return a frame as of the cut-off."""
        return self.view.frame(name)

    def measured(self, cells: pd.DataFrame, *by: str) -> pd.DataFrame:
        """Return the measures of groups of cells."""
        return self.view.measured(cells, *by)

    def measured_whole(self, cells: pd.DataFrame) -> Measured:
        """Return the measures of all cells together."""
        return self.view.whole(cells)

    def file_name(self, subject: str, *, accepted_only: bool = False) -> str:
        """Return the name, without ending, of a download: page, subject, what it is of, kind.

        What is made of `accepted_only` reports is never provisional, whatever the page shows.
        """
        of = self.view.snapshot or self.cutoff.isoformat()
        parts = [self.page, subject, of, *([self.kind] if self.demo else [])]
        parts += ["provisional"] if self.provisional and not accepted_only else []
        return "-".join(parts)

    @property
    def memo(self) -> Memo:
        """Where what is made of it is kept."""
        return self.view.memo

    @property
    def key(self) -> Hashable:
        """What names everything that a part of the page can depend on."""
        # Who may see drafts must never leave theirs in what others are shown.
        seen_by = (self.actor.role, self.actor.country, self.actor.partner)
        drawn_for = (self.words.language, self.theme, self.narrow)
        return (self.page, self.view, self.choices, *drawn_for, *seen_by)
