"""What was reported before, for rows that repeat it or take its place.

Asked of the store only where a file has such rows, and once for each country it names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from crmdata import queries

_COLUMNS = ("state", "percent", "narrative", "reason", "evidence")


@dataclass(frozen=True)
class Before:
    """A report that stands in the store."""

    report_id: int
    semester: str
    values: Mapping[str, Any]
    partners: tuple[str, ...]
    reported_on: date

    def says(self, values: Mapping[str, Any], partners: tuple[str, ...]) -> bool:
        """Tell whether it says the same, but for the date."""
        same = all(self.values[name] == values[name] for name in _COLUMNS)
        return same and self.partners == partners


class Bases:
    """The reports in force, by country."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._of: dict[str, dict[tuple[str, str], Before]] = {}
        self._by_id: dict[tuple[str, int], Before] = {}

    def in_force(self, country: str, activity: str, semester: str) -> Before | None:
        """Return the newest report on a slot, or None."""
        return self._country(country).get((activity, semester))

    def numbered(self, country: str, report_id: int) -> Before | None:
        """Return a report by its number, or None where the country has none such."""
        self._country(country)
        return self._by_id.get((country, report_id))

    def last(self, country: str, activity: str, semester: str) -> Before | None:
        """Return the newest report on an activity's latest semester up to this one, or None."""
        earlier = [
            one
            for (about, half), one in self._country(country).items()
            if about == activity and half <= semester
        ]
        return max(earlier, key=lambda one: one.semester, default=None)

    def _country(self, country: str) -> dict[tuple[str, str], Before]:
        if country not in self._of:
            reports = queries.report_history(self._session, date.max, country=country)
            found: dict[tuple[str, str], Before] = {}
            for row in reports.to_dict("records"):
                # The newest come first.
                report = {str(name): value for name, value in row.items()}
                slot = (report["activity"], report["semester"])
                before = _before(report)
                self._by_id[country, before.report_id] = before
                found.setdefault(slot, before)
            self._of[country] = found
        return self._of[country]


def _before(report: Mapping[str, Any]) -> Before:
    percent = report["percent"]
    values = {name: report[name] for name in _COLUMNS}
    # A missing number comes out of a frame as one that equals nothing, itself included.
    values["percent"] = float(percent) if percent == percent else None  # noqa: PLR0124 - NaN
    partners = tuple(filter(None, report["partners"].split(";")))
    return Before(report["report_id"], report["semester"], values, partners, report["reported_on"])
