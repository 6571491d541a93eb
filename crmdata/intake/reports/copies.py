"""A template without its hidden parts, such as its sheet saved as CSV: whose it is.

The hidden sheet says of a template for whom it was made. A copy is of who hands it in, or of the
country that its rows name, unless what it shows speaks against that: the reports on which its rows
stand, the last reports, its name.
"""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

from crmdata.errors import N_, Problem
from crmdata.files import BASE, Subject
from crmdata.intake.reports import template_mark
from crmdata.intake.reports.known import RowCodes
from crmdata.intake.reports.rows import Row, Source, trimmed
from crmdata.intake.reports.scope import Expected, named, other_semester, other_template
from crmdata.intake.reports.suggestions import party_read

NO_ONES = "copied_template"
_OTHERWISE = N_(
    "Otherwise download the template of {chosen} and copy into it what you have filled in."
)


def with_country(source: Source, facts: RowCodes, expected: Expected) -> Source:
    """Return a copy of a template as the reports of whose it is; any other file as it is."""
    if not source.copied or source.subject is None:
        return source
    traces = _traces(source, facts)
    country = expected.country or traces.says
    if source.subject == Subject.COOPERATION:
        return _filled(source, "countries", country)
    if not country:
        return _emptied(source, _no_ones())
    others = sorted(traces.shown - {country})
    if others:
        return _emptied(source, other_template(others[0], country, facts))
    notes = tuple(_notes(source, traces, country, facts, expected))
    filled = _filled(source, "country", country)
    return replace(filled, notes=(*(note.located(source.name) for note in notes), *filled.notes))


@dataclass(frozen=True)
class _Traces:
    """What in a copy tells whose it is."""

    written: AbstractSet[str]
    """The countries in a column that somebody added."""
    shown: AbstractSet[str]
    """The countries of the reports on which its rows stand."""
    named: str
    """The country in its file's name, where that is the template's."""
    period: str

    @property
    def says(self) -> str:
        """The one country that it says itself, or ''."""
        for countries in (self.written, self.shown, {self.named}):
            if countries:
                return next(iter(countries)) if len(countries) == 1 else ""
        return ""


def _traces(source: Source, facts: RowCodes) -> _Traces:
    country, period = template_mark.of_name(source.name)
    written = {
        party_read(trimmed(row.cells.get("country", "")), facts.countries) for row in source.rows
    }
    bases = {int(text) for row in _all(source) if (text := _base(row)).isdecimal()} - {0}
    return _Traces(
        written - {""},
        facts.bases.countries_of(bases) if source.subject == Subject.REPORTS else frozenset(),
        country if country in facts.countries else "",
        period if period in facts.periods else "",
    )


def _all(source: Source) -> Iterator[Row]:
    yield from source.rows
    yield from source.untouched


def _base(row: Row) -> str:
    text = trimmed(row.cells.get(BASE, ""))
    return text if text.isascii() and len(text) <= _DIGITS else ""


_DIGITS = 12


def _notes(
    source: Source, traces: _Traces, country: str, facts: RowCodes, expected: Expected
) -> Iterator[Problem]:
    """Yield what is asked or said of whose a copy is: one sentence, and another of its semester."""
    values = {"chosen": named(country, facts)}
    if traces.named not in {"", country}:
        yield _asked(
            N_(
                "The name of the file is that of a template of {country}. Are these the reports "
                "of {chosen}?"
            ),
            country=named(traces.named, facts),
            **values,
        )
    elif not traces.shown and _shows_others(source, country, facts):
        yield _asked(
            N_("None of the last reports that it shows is of {chosen}. Are these the reports of "
               "{chosen}?"),
            **values,
        )  # fmt: skip
    elif country not in {expected.country, *traces.written, *traces.shown}:
        yield _asked(
            N_("Only the name of the file says whose it is. Are these the reports of {chosen}?"),
            **values,
        )
    elif not traces.written:
        message = N_("The file does not say whose reports these are: they are read as {chosen}'s.")
        yield Problem("whose_copy", message, values=values, warning=True)
    if expected.period and traces.period not in {"", expected.period}:
        yield other_semester(traces.period, expected.period)


def _asked(message: str, **values: object) -> Problem:
    return Problem("whose_copy", message, _OTHERWISE, values=values, warning=True, asks=True)


def _shows_others(source: Source, country: str, facts: RowCodes) -> bool:
    """Tell whether it shows last reports, and none of them is one of a country's."""
    shown = [
        (trimmed(row.cells.get("activity", "")), date.fromisoformat(match[0]))
        for row in _all(source)
        if (match := _DAY.search(row.cells.get("before", ""))) is not None
    ]
    return bool(shown) and not any(
        facts.bases.was_reported(country, activity, day) for activity, day in shown
    )


_DAY = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])")
"""As a template shows the day of a report; of those that not every month has none is needed."""


def _filled(source: Source, column: str, country: str) -> Source:
    """Return a copy with the country where a row leaves it open."""
    rows = (
        row
        if trimmed(row.cells.get(column, "")) or column in row.flawed or not row.copied
        else replace(row, cells={**row.cells, column: country})
        for row in source.rows
    )
    return replace(source, rows=tuple(rows))


def _emptied(source: Source, problem: Problem) -> Source:
    """Return a copy with the one thing to say of it: its rows are nobody's."""
    return replace(source, rows=(), problems=(problem.located(source.name),), notes=())


def _no_ones() -> Problem:
    return Problem(
        NO_ONES,
        N_("This is a copy of a template without its hidden parts, which say whose it is."),
        N_(
            "Choose the country on Informar and send it there, or download the template again and "
            "copy into it what you have filled in."
        ),
    )
