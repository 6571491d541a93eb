"""The secretariat's desk: for whom it is, where things stand on it, and what a batch is called."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from crmdata import clock
from crmdata.access import Action, Actor, may
from crmdata.content import names
from crmdata.i18n import Words
from crmdata.labels import standing_label
from crmdata.render.html import markup
from crmdata.store import db
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data import cache
from crmdata.web.kit import components, draw
from crmdata.web.shell.actor import current_actor
from crmdata.workflow import review

HISTORY = 200
"""How many batches and acts are listed; the shell lists all."""


def is_open(chosen: Chosen) -> bool:
    """Tell whether the desk is for whoever looks at it; say so in a sentence if not."""
    if may(current_actor(), Action.ACCEPT):
        return True
    components.notice(
        chosen.words("This page is the secretariat's: here it accepts what the countries submit.")
    )
    return False


def overview() -> review.StandingOfReports:
    """Return what waits and who is late, today."""
    with db.reading(cache.engine()) as session:
        return review.overview(session, current_actor(), clock.today(), limit=HISTORY)


def answer(question: Callable[..., pd.DataFrame], *about: object) -> pd.DataFrame:
    """Return the answer to a question to the store, as it stands now."""
    with db.reading(cache.engine()) as session:
        return question(session, *about)


def who() -> Actor:
    """Return who is at the desk now: asked anew at each click."""
    return current_actor()


def country_names(chosen: Chosen) -> dict[str | int, str]:
    """Return the full names of the countries by code, alphabetically."""
    countries = names.of_countries(chosen.frame("countries"), chosen.words)
    return {code: name.full for code, name in countries.items()}


def title(chosen: Chosen, batch: dict[Any, Any]) -> str:
    """Return a batch in one line: number, countries, periods, and where it stands."""
    words = chosen.words
    number = words("Batch {batch}", batch=batch["batch_id"])
    stands = standing_label(words, batch["counts"])
    return " · ".join(filter(None, (number, subject(chosen, batch), stands)))


def subject(chosen: Chosen, batch: dict[Any, Any]) -> str:
    """Return the countries and periods that a batch speaks of."""
    words, called = chosen.words, country_names(chosen)
    countries = ", ".join(called.get(code, code) for code in _list(batch["countries"]))
    periods = ", ".join(map(words.period, _list(batch["semesters"])))
    return " · ".join(filter(None, (countries, periods)))


def waits(words: Words, batch: dict[Any, Any]) -> str:
    """Say since when a batch waits, and for how many days."""
    since = clock.day_of(batch["imported_at"])
    if since == clock.today():
        return words("It came in today.")
    return words.plural(
        "It waits since {day}, for {n} day.", "It waits since {day}, for {n} days.",
        (clock.today() - since).days, day=words.date(since, "medium"),
    )  # fmt: skip


def _list(value: object) -> list[str]:
    return list(value) if isinstance(value, list) else []


def show_title(chosen: Chosen, batch: dict[Any, Any]) -> None:
    """Draw the line of a batch as a heading."""
    draw.html(markup.element("h3", title(chosen, batch)))
