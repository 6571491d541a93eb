"""What Descargas offers: files made of the data at the cut-off, each when it is asked for."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from crmdata import db
from crmdata.exports import ics, picture
from crmdata.exports.picture import Picture
from crmdata.figures import names
from crmdata.ui import cache, components
from crmdata.ui.chosen import Chosen


@dataclass(frozen=True)
class Offer:
    """A file: what it is called, what it holds, and what makes it."""

    key: str
    title: str
    holds: str
    ending: str
    mime: str
    make: Callable[[Picture], bytes]


def country_name(chosen: Chosen) -> str:
    """Return the name of the chosen country; the region's without one."""
    words, code = chosen.words, chosen.choices.pais
    if code is None:
        return words.pick(*chosen.source.region)
    return names.of_countries(chosen.frame("countries"), words)[code].full


def dates(chosen: Chosen) -> Offer:
    """Return the calendar file of the chosen country, or of all."""
    words, country = chosen.words, chosen.choices.pais
    return Offer(
        "fechas",
        words("Dates for a calendar (iCalendar): {who}", who=country_name(chosen)),
        words(
            "The last day of every semester with what falls due then, with reminders 30 and 7 "
            "days before, and the meetings. A newer file changes the events that a calendar has."
        ),
        "ics",
        "text/calendar",
        lambda taken: ics.calendar(taken, words, country),
    )


def show(chosen: Chosen, offer: Offer) -> None:
    """Draw an offer with its button; the file is written when asked for."""
    engine, cutoff = cache.engine(), chosen.cutoff

    def content() -> bytes:
        with db.reading(engine) as session:
            taken = picture.taken(session, cutoff)
        return offer.make(taken)

    with st.container(key=f"offer-{offer.key}"):
        components.heading(offer.title, 3)
        components.paragraph(offer.holds)
        st.download_button(
            chosen.words("Download ({ending})", ending=offer.ending.upper()),
            data=content,
            file_name=f"{_subject(chosen, offer)}.{offer.ending}",
            mime=offer.mime,
            key=f"take-{offer.key}",
            on_click="ignore",
        )


def _subject(chosen: Chosen, offer: Offer) -> str:
    return chosen.file_name("-".join(filter(None, (offer.key, chosen.choices.pais))))
