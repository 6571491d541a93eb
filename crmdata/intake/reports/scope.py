"""Whether a file is for this database, this country and this period at all."""

from collections.abc import Iterator

from crmdata.errors import N_, Problem
from crmdata.files import Subject
from crmdata.intake.reports import mark
from crmdata.intake.reports.known import RowCodes
from crmdata.intake.reports.rows import Source, TemplateMark, trimmed

_AGAIN = N_("Download the template again and copy into it what you have filled in.")


def scope_problems(
    source: Source, facts: RowCodes, country: str = "", period: str = ""
) -> Iterator[Problem]:
    """Yield why a file is not for here; `country` and `period` bind it where they are given."""
    made_for = source.template
    if made_for is not None:
        yield from _template_problems(made_for, facts)
        other_country = country and made_for.country != country
        other_period = period and made_for.period != period
        if other_country or other_period:
            yield Problem(
                "other_template",
                N_("The template is for {country} and {semester}; {chosen} was chosen."),
                N_("Choose that, or use the template of this choice."),
                values={
                    "country": made_for.country,
                    "semester": made_for.period,
                    "chosen": " ".join(filter(None, (country, period))),
                },
            )
    if country and source.subject == Subject.REPORTS:
        yield from _other_countries(source, country)


def _template_problems(made_for: TemplateMark, facts: RowCodes) -> Iterator[Problem]:
    if made_for.template_version != mark.VERSION:
        yield Problem(
            "template_version",
            N_("The file uses version {version} of the template; version {current} is in use."),
            _AGAIN,
            values={"version": made_for.template_version, "current": mark.VERSION},
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


def _other_countries(source: Source, country: str) -> Iterator[Problem]:
    for row in source.rows:
        named = trimmed(row.cells.get("country", "")).upper()
        if named != country and "country" not in row.flawed:
            yield Problem(
                "other_country",
                N_("The row is another country's; only {country} is reported here."),
                N_("Take the row out."),
                row=row.number,
                field="country",
                value=named or None,
                values={"country": country},
                sheet=row.sheet,
            )
