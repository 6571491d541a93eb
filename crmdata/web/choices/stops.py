"""The stops of the cut-off: the meetings, and the days on which each period has ended."""

from datetime import date, timedelta

from crmdata import clock
from crmdata.i18n import Words
from crmdata.render.html import markup
from crmdata.terms import periods
from crmdata.view import View
from crmdata.web.choices import filters
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data.made_once import made_once


def days(view: View) -> set[date]:
    """Return the days of all stops: a closed number, whatever addresses ask for."""
    return {*view.meeting_days.values(), *_ends(view, clock.today())}


def names_of_days(chosen: Chosen) -> dict[date, str]:
    """Return the stops with their words, the newest first."""
    texts: dict[date, str] = _names_of_days(chosen.words, chosen.view, clock.today())
    return texts


@made_once
def _names_of_days(words: Words, view: View, today: date) -> dict[date, str]:
    texts = {
        day: words("{day}: {period} has ended", day=words.date(day, "medium"), period=period)
        for day, period in _ends(view, today).items()
    }
    # Where a meeting looks at that very day, its name says more.
    meetings = filters.meetings(words, view)
    texts |= {view.meeting_days[code]: text for code, text in meetings.items()}
    return dict(sorted(texts.items(), reverse=True))


def _ends(view: View, today: date) -> dict[date, str]:
    """Return the periods of the plan that have ended, by the first day on which they are due."""
    years, last = view.plan.column_years, max([today, *view.meeting_days.values()])
    every = ((each.ends + timedelta(days=1), each.label) for each in periods(years[0], years[-1]))
    return {day: label for day, label in every if day <= last}


def steps(chosen: Chosen) -> tuple[str, str]:
    """Return the links to the stop before the cut-off and to the one after it."""
    words, texts = chosen.words, names_of_days(chosen)
    before = next((day for day in texts if day < chosen.cutoff), None)
    after = next((day for day in reversed(texts) if day > chosen.cutoff), None)
    return (
        _step(chosen, "back", "‹", words("Cut-off before"), before),
        _step(chosen, "on", "›", words("Cut-off after"), after),
    )


def _step(chosen: Chosen, way: str, sign: str, name: str, day: date | None) -> str:
    if day is None:
        return markup.element("span", sign, css="crm-step", **{"aria-hidden": "true"})
    text = f"{name}: {names_of_days(chosen)[day]}"
    return chosen.links.change(
        sign, {"corte": day.isoformat()}, css="crm-step", title=text,
        **{"aria-label": text, "data-step": way},
    )  # fmt: skip
