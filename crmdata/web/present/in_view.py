"""What is in view of a presentation while it lasts: another cut-off, some countries alone.

The address keeps the presentation as it was begun and says beside it what is in view, so that
taking that back shows what was shown before, compared with the same day.
"""

from dataclasses import dataclass, replace
from datetime import date

from crmdata.view import View
from crmdata.web.choices import address, stops
from crmdata.web.choices.address import Choices
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.codes import codes_of

CUTOFF, COUNTRIES = "vista_corte", "vista_paises"
"""What an address says of it; no choices, so they are carried to no other page."""


@dataclass(frozen=True)
class InView:
    """The choices and the store as they are in view; `changes` says them in an address."""

    choices: Choices
    view: View
    changes: dict[str, str]
    begun: Choices
    """The choices with all the countries of the presentation, at the cut-off in view."""


def read(chosen: Chosen, cutoff: str, countries: str) -> InView:
    """Return what an address asks for; what it asks wrongly is as the presentation was begun."""
    view, choices = chosen.view, chosen.choices
    day = _day(chosen, cutoff)
    if day is not None:
        # What it is compared with unless chosen moves with the cut-off.
        chosen_first = choices.desde if choices.desde != codes_of(view).before else None
        view, choices = view.at(day), replace(choices, desde=chosen_first)
    members = view.of_all.frame("countries")["country"]
    wanted = {code.strip().upper() for code in countries.split(",")}
    only = tuple(code for code in sorted(members) if code in wanted)
    alone = replace(choices, solo=only) if only else choices
    changes = {CUTOFF: "" if day is None else day.isoformat(), COUNTRIES: ",".join(only)}
    return InView(alone, view, changes, choices)


def _day(chosen: Chosen, text: str) -> date | None:
    """Return the cut-off asked for, None for that of the presentation and for what is no stop."""
    view = chosen.view
    day = None if view.snapshot else address.read_day(text, view.meeting_days)
    return day if day in stops.days(view) and day != view.cutoff else None


def steps(chosen: Chosen, cutoff: date) -> tuple[str | None, str | None]:
    """Return how an address asks for the meeting before a cut-off and for the one after it.

    Where there is no meeting to go to, the ends of periods are the steps. The cut-off of the
    presentation is one too, though it be no meeting's; None where there is none to go to.
    """
    begun = chosen.view
    if begun.snapshot:
        return None, None
    meetings = {*begun.meeting_days.values()} - {begun.cutoff}
    days = sorted({*(meetings or stops.days(begun)), begun.cutoff})
    before = next((day for day in reversed(days) if day < cutoff), None)
    after = next((day for day in days if day > cutoff), None)
    return _said(begun, before), _said(begun, after)


def _said(begun: View, day: date | None) -> str | None:
    if day is None:
        return None
    return "" if day == begun.cutoff else day.isoformat()
