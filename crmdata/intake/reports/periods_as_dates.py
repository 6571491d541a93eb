"""Semesters that a spreadsheet has turned into dates: `2019-2` is 1 February, shown as feb-19."""

import re
from datetime import date

from crmdata.errors import N_, Problem
from crmdata.intake.reports.rows import trimmed
from crmdata.search import plain

_MONTHS = {
    name: number
    for names in (
        "ene feb mar abr may jun jul ago sep oct nov dic",
        "jan feb mar apr may jun jul aug sep oct nov dec",
    )
    for number, name in enumerate(names.split(), start=1)
}
_MONTH = re.compile(r"([a-z]{3})[a-z]{0,7}\.?[ /-]+((?:20)?[0-9]{2})")
_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-](20[0-9]{2})")
_ISO = re.compile(r"(20[0-9]{2})-([0-9]{2})-01(?: 00:00:00)?")

_AS_DATE = N_("The spreadsheet (Excel) has made a date of the semester.")


def period_of_date(text: str, column: str, row: int) -> tuple[str, Problem] | None:
    """Return the period meant by a date, with a note, or the text with an error of two readings.

    None where it is no date of which a spreadsheet could have made the period.
    """
    found = _first_of_month(trimmed(text))
    if found is None:
        return None
    typed = f"{found.year}-{found.month}" if found.month <= 2 else ""
    lies_in = f"{found.year}-{1 if found.month <= 6 else 2}"
    if typed in ("", lies_in):
        return lies_in, Problem(
            "read_as", N_("Read as “{read}”."), row=row, field=column, value=text,
            values={"read": lies_in}, warning=True,
        )  # fmt: skip
    return text, Problem(
        "semester_as_date",
        _AS_DATE,
        N_("Format the cell as text and write {meant} again; or {other}, if the month was meant."),
        row=row,
        field=column,
        value=text,
        values={"meant": typed, "other": lies_in},
    )


def _first_of_month(text: str) -> date | None:
    """Return the first of a month that a spreadsheet shows so."""
    word = _MONTH.fullmatch(plain(text[:20]))
    if word is not None and word[1] in _MONTHS:
        return date(2000 + int(word[2]) % 100, _MONTHS[word[1]], 1)
    iso = _ISO.fullmatch(text)
    if iso is not None and 1 <= int(iso[2]) <= 12:
        return date(int(iso[1]), int(iso[2]), 1)
    day = _DAY.fullmatch(text)
    if day is None:
        return None
    # In the order of the office or in the American one: the first of the month stands apart.
    first, second, year = map(int, day.groups())
    months = {month for one, month in ((first, second), (second, first)) if one == 1}
    return date(year, months.pop(), 1) if len(months) == 1 and max(months) <= 12 else None
