"""What a faultless row says, in the form in which the store keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from crmdata.fields import LINKED
from crmdata.files import FIELDS, SEPARATOR, Subject
from crmdata.store.models import (
    Cooperation,
    CooperationCountry,
    Meeting,
    Observation,
    Report,
    ReportPartner,
)

NO_PARTNER = "-"
"""In the identity of a request that nobody supports yet."""


@dataclass(frozen=True)
class Entry:
    """A row ready to be stored.

    Entries of one `identity` are the history of one thing; among them the later `moment`
    corrects the earlier. `codes` are the partners or countries, in their order.
    """

    row: int
    identity: tuple[str, ...]
    moment: date | None
    values: Mapping[str, Any]
    codes: tuple[str, ...] = ()
    sheet: str = ""
    unclear: bool = False
    """Whether a cell is wrong that says what the row is about."""
    alone: bool = False
    """Whether it stands in a template, which has one row for each thing."""

    @property
    def comparable(self) -> bool:
        """Tell whether the row was right enough to know what it is about."""
        dated = self.moment is not None or "reported_on" not in self.values
        return not self.unclear and dated and all(self.identity)

    def says_the_same_as(self, other: "Entry") -> bool:
        """Tell whether nothing but the row differs."""
        return self.values == other.values and self.codes == other.codes


@dataclass(frozen=True)
class Differences:
    """How something is said otherwise than before: column, before and now."""

    each: tuple[tuple[str, Any, Any], ...]

    def __str__(self) -> str:
        return "; ".join(f"{field}: {before} → {now}" for field, before, now in self.each)


def differences(
    before: Mapping[str, Any],
    codes_before: tuple[str, ...],
    now: Mapping[str, Any],
    codes_now: tuple[str, ...],
    linked: str,
) -> Differences:
    """Return what differs but for the date; `linked` is the column of the codes."""
    changed = [
        (field, before[field], now[field])
        for field in now
        if field != "reported_on" and field in before and before[field] != now[field]
    ]
    if codes_before != codes_now:
        changed.append((linked, SEPARATOR.join(codes_before), SEPARATOR.join(codes_now)))
    return Differences(tuple(changed))


@dataclass(frozen=True)
class Shelf:
    """The tables of a subject: `link` holds the codes that belong to a row of `model`."""

    model: Any
    columns: tuple[str, ...]
    link: Any = None
    owner: str = ""
    code: str = ""
    linked: str = ""
    """The column of a file that names the codes."""


def _columns(subject: Subject) -> tuple[str, ...]:
    return tuple(field.code for field in FIELDS[subject] if field.type not in LINKED)


SHELVES: dict[Subject, Shelf] = {
    Subject.REPORTS: Shelf(
        Report, _columns(Subject.REPORTS), ReportPartner, "report_id", "partner", "partners"
    ),
    Subject.COOPERATION: Shelf(
        Cooperation,
        _columns(Subject.COOPERATION),
        CooperationCountry,
        "cooperation_id",
        "country",
        "countries",
    ),
    Subject.MEETINGS: Shelf(Meeting, _columns(Subject.MEETINGS)),
    Subject.OBSERVATIONS: Shelf(Observation, _columns(Subject.OBSERVATIONS)),
}
"""Where the entries of each subject are kept."""


def identity_of(
    subject: Subject, values: Mapping[str, Any], codes: tuple[str, ...]
) -> tuple[str, ...]:
    """Return what an entry is about: what a later one with the same identity corrects."""
    match subject:
        case Subject.REPORTS:
            return (values["country"], values["activity"], values["semester"])
        case Subject.COOPERATION:
            return (
                values["partner"] or NO_PARTNER,
                values["activity"],
                SEPARATOR.join(sorted(codes)),
                values["modality"],
                values["semester_from"],
            )
        case Subject.MEETINGS:
            return (values["meeting"],)
        case Subject.OBSERVATIONS:
            return (values["country"], values["meeting"])


def entry(
    subject: Subject,
    row: int,
    values: Mapping[str, Any],
    codes: tuple[str, ...] = (),
    sheet: str = "",
) -> Entry:
    """Return the entry for a row's values."""
    identity = identity_of(subject, values, codes)
    return Entry(row, identity, values.get("reported_on"), values, codes, sheet)
