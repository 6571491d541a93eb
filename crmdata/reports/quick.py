"""Rows that need no second look: what is written alike is judged once a file.

A file of many rows says the same few things in its short cells. The readers judge each
combination once, and where they find nothing to say of it, neither error nor note, what they
read stands for every row that is written the same. A row of such cells, and of texts without
any sign, is an entry at once; every other goes through all the readers, so that whatever is
said of a row is said by them.
"""

from collections.abc import Callable, Hashable
from datetime import date
from typing import Any, NamedTuple, TypeVar

from crmdata.fields import PROSE, Field, Type
from crmdata.files import BASE, DATA_KIND, UNCHANGED
from crmdata.reports import codes, values
from crmdata.reports.cells import Cells
from crmdata.reports.entries import Entry
from crmdata.reports.known import Known
from crmdata.reports.personal import looks_personal
from crmdata.reports.progress import (
    BY_TYPE,
    REASONS,
    check_calendar,
    check_reasons,
    check_semester,
    read_percent,
    read_state,
)
from crmdata.reports.prose import in_other_language, markup_in
from crmdata.reports.readers import reader
from crmdata.reports.rows import Row, trimmed
from crmdata.terms import DataKind, State

Read = TypeVar("Read")

_READ = {field.code: reader(field) for field in BY_TYPE}

_CUMPLIDA = State.CUMPLIDA.value


class Place(NamedTuple):
    """What a row is about, and the semester's first day."""

    country: str
    activity: str
    semester: str
    starts: date


class Quick:
    """Reads the rows of one file that say nothing unusual."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._read: dict[Hashable, Any] = {}

    def report(self, row: Row) -> tuple[Entry, DataKind] | None:
        """Return a row's report and what kind of data it is, or None to look at it closely."""
        cells = row.cells
        if row.flawed or row.own or cells.get(BASE) or cells.get(UNCHANGED):
            return None
        written = (cells["country"], cells["activity"], cells["semester"])
        place = self._once(written, _place, row)
        explained = tuple(bool(trimmed(cells.get(field.code, ""))) for field in REASONS)
        said = self._once((cells["state"], cells["percent"], explained), _said, row)
        day = self._once(cells["reported_on"], _day, row)
        kind = self._once((cells.get(DATA_KIND, ""),), _kind, row)
        if place is None or said is None or day is None or kind is None:
            return None
        if day < place.starts or (said[0] == _CUMPLIDA and not cells["evidence"]):
            return None
        country, activity, semester, _ = place
        report: dict[str, Any] = {"country": country, "activity": activity, "semester": semester}
        report |= {"state": said[0], "percent": said[1], "reported_on": day}
        for field in BY_TYPE:
            report[field.code] = value = self._by_type(field, row)
            if value is None:
                return None
        partners = report.pop("partners")
        return Entry(row.number, place[:3], day, report, partners, row.sheet), kind

    def _by_type(self, field: Field, row: Row) -> Any:
        """Return what a cell says; None where there is anything to say of it."""
        written = row.cells.get(field.code, "")
        if field.type in PROSE:
            return written if _unremarkable(written) else None
        if field.type == Type.LINKS and written:
            # Hardly two rows have the same ones.
            return self._judged(_READ[field.code], row)
        return self._once((field.code, written), _READ[field.code], row)

    def _once(
        self, written: Hashable, read: Callable[[Cells], Read | None], row: Row
    ) -> Read | None:
        """Return what is read from cells; None where there is anything to say of them."""
        if written not in self._read:
            self._read[written] = self._judged(read, row)
        known: Read | None = self._read[written]
        return known

    def _judged(self, read: Callable[[Cells], Read | None], row: Row) -> Read | None:
        cells = Cells(row, self._known)
        found = read(cells)
        return None if cells.errors or cells.warnings else found


def _place(cells: Cells) -> Place | None:
    country = codes.country(cells, "country", cells.code("country"))
    activity = codes.activity(cells, "activity")
    semester = codes.semester(cells, "semester")
    if semester is None:
        return None
    check_semester(cells, semester, None)
    if activity in cells.known.planned:
        check_calendar(cells, activity, semester)
    return Place(country, activity, semester.code, semester.starts)


def _said(cells: Cells) -> tuple[str, float | None] | None:
    state = read_state(cells)
    percent = read_percent(cells, state)
    check_reasons(cells, state)
    return (state, percent) if state else None


def _day(cells: Cells) -> date | None:
    return values.past_date(cells, "reported_on")


def _kind(cells: Cells) -> DataKind | None:
    return codes.data_kind(cells)


def _unremarkable(text: str) -> bool:
    """Tell whether nothing would be said of a text, as by `Cells.public_text`."""
    return not text or not (markup_in(text) or in_other_language(text) or looks_personal(text))
