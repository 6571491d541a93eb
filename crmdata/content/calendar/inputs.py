"""What the calendar is drawn from, and where its periods lie on their axis."""

from dataclasses import dataclass, replace

import pandas as pd

from crmdata.terms import Period, PlanYears, periods


@dataclass(frozen=True)
class Plan(PlanYears):
    """The plan's own frames and years; `only` keeps some of its activities.

    `first_year` is the year of the first column; `period_from` and `period_to` are the years
    named in the plan's title. A year of the period without a column is drawn empty. `results`
    are those of `deliveries`, made of the whole plan; `year_columns` is how many the source has.
    """

    axes: pd.DataFrame
    lines: pd.DataFrame
    activities: pd.DataFrame
    marks: pd.DataFrame
    first_year: int
    period_from: int
    period_to: int
    results: pd.DataFrame | None = None
    year_columns: int = 5

    @classmethod
    def of(
        cls,
        years: PlanYears,
        *,
        axes: pd.DataFrame,
        lines: pd.DataFrame,
        activities: pd.DataFrame,
        marks: pd.DataFrame,
    ) -> "Plan":
        """Return a plan of these years."""
        return cls(
            axes, lines, activities, marks, years.first_year, years.period_from, years.period_to,
            year_columns=years.year_columns,
        )  # fmt: skip

    def only(self, activities: pd.DataFrame) -> "Plan":
        """Return the plan of these activities alone, as for a page per axis."""
        belongs = self.marks["activity"].isin(activities["activity"])
        return replace(self, activities=activities, marks=self.marks[belongs])

    def with_results(self, results: pd.DataFrame) -> "Plan":
        """Return the plan with its results, as `deliveries` gives them."""
        return replace(self, results=results)

    @property
    def periods(self) -> list[Period]:
        """The periods of the axis."""
        return list(periods(self.years[0], self.years[-1]))

    def place(self, period: Period | str) -> int:
        """Return where a period begins on the axis; the first one at 0."""
        period = Period.parse(period) if isinstance(period, str) else period
        return period.number - self._first.number

    def place_of_year(self, year: int) -> int:
        """Return where a year begins on the axis."""
        return self.place(Period.of_year(year)[0])

    @property
    def _first(self) -> Period:
        return Period.of_year(self.years[0])[0]
