"""What a workbook is limited to: an axis or a line of the plan, a country, a partner."""

from dataclasses import dataclass, replace

import pandas as pd

from crmdata.content.calendar import Picked
from crmdata.content.cooperation.support import by_partner
from crmdata.content.named import ViewNames
from crmdata.measures.briefing import naming
from crmdata.view import View


@dataclass(frozen=True)
class Selection:
    """Codes that were chosen; empty where everything is shown."""

    line: str = ""
    country: str = ""
    axis: int | None = None
    partner: str = ""
    activities: frozenset[str] | None = None
    """With a partner: those that concern it, as `of_partner` finds them."""

    def of_partner(self, view: View, partner: str) -> "Selection":
        """Return the same of the activities that a partner's support, a report or the plan names.

        Without a partner it stays as it is.
        """
        if not partner:
            return self
        rows = by_partner(view)
        own = frozenset(rows.loc[rows["partner"] == partner, "activity"])
        return replace(self, partner=partner, activities=own)

    def planned(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of the chosen part of the plan; they have `axis`, `line`, `activity`."""
        rows = self._part(rows)
        return rows if self.activities is None else rows.loc[rows["activity"].isin(self.activities)]

    def above(self, rows: pd.DataFrame, level: str, activities: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of the chosen part of the plan that stand for a level of it.

        With a partner those under which one of its activities stands.
        """
        part = self._part(rows)
        if self.activities is None:
            return part
        return part.loc[part[level].isin(self.planned(activities)[level])]

    def _part(self, rows: pd.DataFrame) -> pd.DataFrame:
        if self.axis is not None:
            rows = rows.loc[rows["axis"] == self.axis]
        return rows.loc[rows["line"] == self.line] if self.line else rows

    def cells(self, cells: pd.DataFrame) -> pd.DataFrame:
        """Return the chosen cells of a view."""
        chosen = self.planned(cells)
        return chosen.loc[chosen["country"] == self.country] if self.country else chosen

    def reports(self, reports: pd.DataFrame, activities: pd.DataFrame) -> pd.DataFrame:
        """Return the reports on the chosen part of the plan by the chosen country."""
        own = reports.loc[reports["activity"].isin(self.planned(activities)["activity"])]
        return own.loc[own["country"] == self.country] if self.country else own

    def cooperation(
        self, rows: pd.DataFrame, activities: pd.DataFrame, region: str
    ) -> pd.DataFrame:
        """Return the lines of cooperation; what is for the region is for each country."""
        own = rows.loc[rows["activity"].isin(self.planned(activities)["activity"])]
        return own.loc[naming(own, {self.country, region})] if self.country else own

    @property
    def picked(self) -> Picked:
        """The same, of a calendar."""
        return Picked("" if self.axis is None else str(self.axis), self.line, party=self.country,
                      activities=self.activities)  # fmt: skip

    def text(self, named: ViewNames) -> str:
        """Say what was chosen, in words."""
        words = named.words
        parts = []
        if self.axis is not None and not self.line:
            parts.append(words("Axis: {name}", name=named.axes[self.axis].full))
        if self.line:
            parts.append(words("Line: {name}", name=named.lines[self.line].full))
        if self.country:
            parts.append(words("Country: {name}", name=named.countries[self.country].full))
        if self.partner:
            name = named.partners[self.partner].short
            parts.append(words("Activities that concern {partner}", partner=name))
        return " · ".join(parts) or words("The whole plan, all countries")
