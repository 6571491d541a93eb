"""Rows of cooperation: what a partner offers or does for an activity, or what is asked for."""

from typing import Any

from crmdata.errors import N_
from crmdata.files import Subject
from crmdata.intake.reports import codes, days, repeated, web_links
from crmdata.intake.reports.cells import Cells
from crmdata.intake.reports.entries import Entry, entry
from crmdata.intake.reports.lists import COOPERATION_STATES, MODALITIES
from crmdata.terms import CooperationState, Period


def cooperation_entry(cells: Cells) -> Entry:
    """Return the line of cooperation in a row. Store it only where `cells` has no errors."""
    state = cells.choice("state", COOPERATION_STATES)
    modality = cells.choice("modality", MODALITIES)
    first = codes.period(cells, "semester_from")
    last = codes.period(cells, "semester_to")
    _check_period(cells, first, last)
    reported_on = days.past_date(cells, "reported_on")
    if cells.row.own and not cells.code("reported_on"):
        reported_on = cells.known.today
    if reported_on is not None and reported_on < Period.parse(cells.known.periods[0]).starts:
        days.before_plan(cells, "reported_on")
    cells.required("text")
    line = {
        "partner": _partner(cells, state),
        "activity": codes.activity(cells, "activity"),
        "semester_from": first.code if first else "",
        "semester_to": last.code if last else "",
        "modality": modality,
        "state": state,
        "text": cells.public_text("text"),
        "evidence": web_links.links(cells, "evidence"),
        "reported_on": reported_on,
    }
    line, countries = _stood_on(cells, line, _countries(cells))
    return entry(Subject.COOPERATION, cells.row.number, line, countries, cells.row.sheet)


def _stood_on(
    cells: Cells, line: dict[str, Any], countries: tuple[str, ...]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Check the line that a row was made from; return what the row says, with its day."""
    base, bases = repeated.base_of(cells), cells.known.bases
    if base is not None or cells.row.own:
        now = bases.line_in_force(line, countries)
        made_from = None if base is None else bases.line_numbered(base)
        untouched = made_from is not None and made_from.says(line, countries)
        stays = repeated.stays(cells, now, line, countries, base, untouched=untouched)
        if now is not None and stays:
            return dict(now.values), now.countries
        repeated.check_base(cells, base, now, line, countries, "countries")
    return line, countries


def _partner(cells: Cells, state: str) -> str | None:
    partner = codes.partner(cells, "partner")
    if partner:
        return partner
    if state != CooperationState.SOLICITADA:
        cells.missing("partner", N_("Name the partner; only what is requested may lack one."))
    return None


def _countries(cells: Cells) -> tuple[str, ...]:
    countries = codes.countries(cells, "countries")
    if not countries:
        way_out = N_("Name the countries, or {region} for the whole region.")
        cells.missing("countries", way_out, region=cells.known.region)
    if cells.known.region in countries and len(countries) > 1:
        cells.error(
            "region_and_countries",
            "countries",
            N_("{region} stands for the whole region and for itself alone."),
            N_("Leave {region}, or leave the countries."),
            region=cells.known.region,
        )
    return countries


def _check_period(cells: Cells, first: Period | None, last: Period | None) -> None:
    if first is not None and last is not None and last < first:
        cells.error(
            "period_reversed",
            "semester_to",
            N_("The last semester is earlier than the first, {first}."),
            N_("Exchange them, or correct one."),
            first=first.code,
        )
