"""What was reported before, for rows that repeat it or take its place.

Asked of the store only where a file has such rows, and once for each country it names.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Table, select

from crmdata import clock
from crmdata.fields import CONTENT
from crmdata.files import SEPARATOR, Subject, cell_of
from crmdata.intake.reports.entries import SHELVES, identity_of
from crmdata.store import queries
from crmdata.store.db import Known
from crmdata.store.models import Batch, Report


@dataclass(frozen=True)
class Before:
    """A report that stands in the store."""

    number: int
    period: str
    values: Mapping[str, Any]
    partners: tuple[str, ...]
    reported_on: date
    batch: int

    @property
    def codes(self) -> tuple[str, ...]:
        """The partners."""
        return self.partners

    def says(self, values: Mapping[str, Any], partners: tuple[str, ...]) -> bool:
        """Tell whether it says the same, but for the date."""
        same = all(self.values[name] == values[name] for name in CONTENT)
        return same and self.partners == partners

    def cells(self) -> dict[str, str]:
        """Return what it says as the cells of a file."""
        cells = {name: cell_of(value) for name, value in self.values.items()}
        return {**cells, "partners": SEPARATOR.join(self.partners)}


@dataclass(frozen=True)
class CooperationLine:
    """A line of cooperation that stands in the store."""

    number: int
    values: Mapping[str, Any]
    countries: tuple[str, ...]
    batch: int

    @property
    def codes(self) -> tuple[str, ...]:
        """The countries."""
        return self.countries

    @property
    def reported_on(self) -> date:
        """The day on which it was last stated."""
        day: date = self.values["reported_on"]
        return day

    def says(self, values: Mapping[str, Any], countries: tuple[str, ...]) -> bool:
        """Tell whether it says the same, but for the date and the order of the countries."""
        same = all(self.values[name] == values[name] for name in values if name != "reported_on")
        return same and sorted(self.countries) == sorted(countries)


@dataclass(frozen=True)
class Sender:
    """Who handed a batch in, and when."""

    name: str
    day: date


class Bases:
    """The reports and lines of cooperation in force."""

    def __init__(self, session: Known) -> None:
        self._session = session
        self._of: dict[str, dict[tuple[str, str], Before]] = {}
        self._by_id: dict[tuple[str, int], Before] = {}
        self._days: set[tuple[str, str, date]] = set()
        self._cooperation: dict[tuple[str, ...], CooperationLine] | None = None
        self._senders: dict[int, Sender] = {}

    def sender(self, batch: int) -> Sender:
        """Return who handed a batch in."""
        if batch not in self._senders:
            row: Table = Batch.__table__  # type: ignore[attr-defined]  # SQLModel's own
            query = select(row.c.imported_by, row.c.imported_at).where(row.c.id == batch)
            name, at = self._session.execute(query).one()
            self._senders[batch] = Sender(name, clock.day_of(at))
        return self._senders[batch]

    def in_force(self, country: str, activity: str, period: str) -> Before | None:
        """Return the newest report on a slot, or None."""
        return self._country(country).get((activity, period))

    def numbered(self, country: str, number: int) -> Before | None:
        """Return a report by its number, or None where the country has none such."""
        self._country(country)
        return self._by_id.get((country, number))

    def countries_of(self, numbers: Collection[int]) -> set[str]:
        """Return whose reports have these numbers."""
        row: Table = Report.__table__  # type: ignore[attr-defined]  # SQLModel's own
        query = select(row.c.country).where(row.c.id.in_(numbers)).distinct()
        return set(self._session.execute(query).scalars()) if numbers else set()

    def was_reported(self, country: str, activity: str, day: date) -> bool:
        """Tell whether a country ever reported on an activity as of a day."""
        self._country(country)
        return (country, activity, day) in self._days

    def last(self, country: str, activity: str, period: str) -> Before | None:
        """Return the newest report on an activity's latest period up to this one, or None."""
        until = [
            before
            for (about, earlier), before in self._country(country).items()
            if about == activity and earlier <= period
        ]
        return max(until, key=lambda before: before.period, default=None)

    def lines_of(self, country: str) -> list[CooperationLine]:
        """Return the lines of cooperation in force that name a country, in the order of ids."""
        mine = [line for line in self._in_force().values() if country in line.countries]
        return sorted(mine, key=lambda line: line.number)

    def line_in_force(
        self, values: Mapping[str, Any], countries: tuple[str, ...]
    ) -> CooperationLine | None:
        """Return the line of cooperation in force on the same, or None."""
        return self._in_force().get(identity_of(Subject.COOPERATION, values, countries))

    def line_numbered(self, number: int) -> CooperationLine | None:
        """Return a line of cooperation by its number, in force or not; None where there is none."""
        return self._lines([number]).get(number)

    def _in_force(self) -> dict[tuple[str, ...], CooperationLine]:
        if self._cooperation is None:
            stated = queries.cooperation_in_force(self._session, date.max)
            lines = self._lines([int(number) for number in stated["cooperation_id"]])
            self._cooperation = {
                identity_of(Subject.COOPERATION, line.values, line.countries): line
                for line in lines.values()
            }
        return self._cooperation

    def _lines(self, numbers: Collection[int]) -> dict[int, CooperationLine]:
        shelf = SHELVES[Subject.COOPERATION]
        line: Table = shelf.model.__table__
        link: Table = shelf.link.__table__
        countries: dict[int, list[str]] = defaultdict(list)
        pairs = select(link.c[shelf.owner], link.c[shelf.code]).order_by(link.c.position)
        for number, country in self._session.execute(pairs.where(link.c[shelf.owner].in_(numbers))):
            countries[number].append(country)
        rows = select(line.c.id, line.c.batch_id, *(line.c[name] for name in shelf.columns))
        return {
            number: CooperationLine(number, dict(zip(shelf.columns, cells, strict=True)),
                                    tuple(countries[number]), batch)
            for number, batch, *cells in self._session.execute(rows.where(line.c.id.in_(numbers)))
        }  # fmt: skip

    def _country(self, country: str) -> dict[tuple[str, str], Before]:
        if country not in self._of:
            reports = queries.report_history(self._session, date.max, country=country)
            newest: dict[tuple[str, str], Before] = {}
            for row in reports.to_dict("records"):
                # The newest come first.
                report = {str(name): value for name, value in row.items()}
                slot = (report["activity"], report["semester"])
                before = _before(report)
                self._by_id[country, before.number] = before
                self._days.add((country, report["activity"], before.reported_on))
                newest.setdefault(slot, before)
            self._of[country] = newest
        return self._of[country]


def _before(report: Mapping[str, Any]) -> Before:
    # A missing number comes out of a frame as one that equals nothing, itself included.
    values = {name: report[name] if report[name] == report[name] else None for name in CONTENT}
    partners = tuple(filter(None, report["partners"].split(SEPARATOR)))
    return Before(
        report["report_id"],
        report["semester"],
        values,
        partners,
        report["reported_on"],
        int(report["batch_id"]),
    )
