"""Whether a file is for this database, this country and this period at all."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from crmdata.errors import N_, Named, Problem
from crmdata.files import Subject
from crmdata.intake.reports import template_mark
from crmdata.intake.reports.header import lacks_country
from crmdata.intake.reports.known import RowCodes
from crmdata.intake.reports.rows import Source, TemplateMark, trimmed
from crmdata.intake.reports.suggestions import party_read


@dataclass(frozen=True)
class Expected:
    """Whose reports a file is to hold, and of which period a template is; empty where any may."""

    country: str = ""
    period: str = ""


ANY = Expected()


def of_country(source: Source, expected: Expected) -> Source:
    """Return a table without a column of countries as the reports of the one that is known."""
    if not expected.country or not any(map(lacks_country, source.problems)):
        return source
    rows = (
        replace(
            row,
            cells={**row.cells, "country": expected.country},
            flawed=row.flawed - {"country"},
        )
        for row in source.rows
    )
    problems = (problem for problem in source.problems if not lacks_country(problem))
    return replace(source, rows=tuple(rows), problems=tuple(problems))


_AGAIN = N_("Download the template again and copy into it what you have filled in.")


def scope_problems(source: Source, facts: RowCodes, expected: Expected = ANY) -> Iterator[Problem]:
    """Yield why a file is not for here."""
    country, period = expected.country, expected.period
    made_for = source.template
    if made_for is not None:
        yield from _template_problems(made_for, facts)
        if country and made_for.country != country:
            yield other_template(made_for.country, country, facts)
            return
        if period and made_for.period != period:
            yield other_semester(made_for.period, period)
    bound = country or (made_for.country if made_for else "")
    if bound and source.subject == Subject.REPORTS:
        yield from _other_countries(source, bound, facts)


def other_semester(own: str, chosen: str) -> Problem:
    """Ask about a template of another semester than the one that somebody chose."""
    return Problem(
        "other_semester_template",
        N_("The template is of {semester}; {first} is chosen here. Is {semester} meant?"),
        N_("Otherwise download the template of {first}."),
        values={"semester": own, "first": chosen},
        warning=True,
        asks=True,
    )


def other_template(own: str, chosen: str, facts: RowCodes) -> Problem:
    """Say that a template is another country's."""
    return Problem(
        "other_template",
        N_("The template is of {country}; this is where {chosen} reports."),
        N_("Choose {country} first, or use the template of {chosen}."),
        values={"country": named(own, facts), "chosen": named(chosen, facts)},
    )


def named(country: str, facts: RowCodes) -> object:
    """Return the names of a country, or the code of one that nobody knows."""
    return Named(*facts.countries[country]) if country in facts.countries else country


def _template_problems(made_for: TemplateMark, facts: RowCodes) -> Iterator[Problem]:
    if made_for.template_version != template_mark.VERSION:
        yield Problem(
            "template_version",
            N_("The file uses version {version} of the template; version {current} is in use."),
            _AGAIN,
            values={"version": made_for.template_version, "current": template_mark.VERSION},
        )
    if made_for.plan_version != facts.plan_version:
        yield Problem(
            "plan_version",
            N_(
                "The template was made for version {version} of the plan; version {current} is in "
                "force."
            ),
            _AGAIN,
            values={"version": made_for.plan_version, "current": facts.plan_version},
        )
    if made_for.country not in facts.countries or made_for.period not in facts.periods:
        yield Problem(
            "template_damaged",
            N_("The hidden sheet of the template was changed."),
            _AGAIN,
        )
    if made_for.kind != facts.kind:
        yield Problem(
            "template_kind",
            N_("The template comes from a database of another kind of data."),
            N_("Download it from the database that it is meant for."),
        )


def _other_countries(source: Source, country: str, facts: RowCodes) -> Iterator[Problem]:
    for row in source.rows:
        written = trimmed(row.cells.get("country", ""))
        code = party_read(written, facts.countries) or written.upper()
        # Of a country that there is not the check says so.
        if code in facts.countries and code != country and "country" not in row.flawed:
            yield Problem(
                "other_country",
                N_("The row is of {country}; this is where {chosen} reports."),
                N_("Take the row out, or choose the other country first."),
                row=row.number,
                field="country",
                value=written or None,
                values={"country": named(code, facts), "chosen": named(country, facts)},
                sheet=row.sheet,
            )
