"""The minutes at the desk: made of what stood on the wall, of which the browser keeps the list."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

import streamlit as st

from crmdata import clock, slides
from crmdata.render.docx import docx
from crmdata.render.typst.setting import pdf
from crmdata.slides import Plenary, Slide
from crmdata.slides.minutes import ShownSlide
from crmdata.slides.minutes import minutes as paper_of
from crmdata.steps import Step
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data import cache
from crmdata.web.kit import components, jobs, long_work
from crmdata.web.kit.long_work import LongFile
from crmdata.web.present import in_view
from crmdata.web.take_home.take_home import MIMES

_ASKED = "crmdata_minutes_asked"

MOST = 400
"""Slides that minutes list; the script keeps as many."""


_LONGEST, _LAST = 100, 4e12
"""Characters of a text and milliseconds of a moment that somebody may have meant."""


ShownDeckSlide = tuple[Slide, Plenary]


class ListedSlide(NamedTuple):
    """What the browser says of a slide that was shown."""

    key: str
    cutoff: str
    countries: str
    record: str
    when: int
    """Milliseconds since 1970."""


def ask(listed: object) -> None:
    """Keep what the browser says was shown, for the files that are made of it."""
    st.session_state[_ASKED] = tuple(entries(listed))


def entries(listed: object) -> Iterable[ListedSlide]:
    """Yield what a list of the browser says that can be meant; anybody may send anything."""
    for each in listed[:MOST] if isinstance(listed, list) else []:
        if not isinstance(each, Mapping):
            continue
        key, record = each.get("key"), each.get("record")
        cutoff, countries = each.get(in_view.CUTOFF), each.get(in_view.COUNTRIES)
        when = each.get("when")
        if not isinstance(when, int | float) or not 0 <= when < _LAST:
            continue
        texts = [text for text in (key, cutoff, countries, record) if isinstance(text, str)]
        if len(texts) == len(ListedSlide._fields) - 1 and max(map(len, texts)) <= _LONGEST:
            yield ListedSlide(texts[0], texts[1], texts[2], texts[3], int(when))


def show(chosen: Chosen) -> None:
    """Draw what the minutes will list, and what makes them; first how they are asked for."""
    words = chosen.words
    components.heading(words("Minutes"))
    shown: tuple[ListedSlide, ...] | None = st.session_state.get(_ASKED)
    if shown is None:
        components.paragraph(
            words("With M they are made of what stood on the wall so far and was agreed on.")
        )
        return
    if shown:
        components.paragraph(words.plural(
            "{n} slide was shown, at {time}.", "{n} slides were shown, the first at {time}.",
            len(shown), time=_time(shown[0]),
        ))  # fmt: skip
    else:
        components.paragraph(words("No slide was shown."))
    with st.container(key="minutes", horizontal=True):
        for ending in ("pdf", "docx"):
            long_work.show(words, LongFile(
                key=(chosen.key, "minuta", ending, shown),
                widget=f"minuta-{ending}",
                begin=words("Make it ({ending})", ending=ending.upper()),
                take=words("Download ({ending})", ending=ending.upper()),
                file_name=f"{chosen.file_name('minuta', accepted_only=True)}.{ending}",
                mime=MIMES[ending],
                make=_maker(chosen, shown, ending),
                memo=chosen.memo,
            ))  # fmt: skip


def _moment(entry: ListedSlide) -> datetime:
    return datetime.fromtimestamp(entry.when / 1000, UTC)


def _time(entry: ListedSlide) -> str:
    return clock.local(_moment(entry)).strftime("%H:%M")


def _maker(chosen: Chosen, shown: tuple[ListedSlide, ...], ending: str) -> jobs.Make:
    """Return what makes the file; it runs where no page is."""
    words, choices, begun = chosen.words, chosen.choices, chosen.view
    open_session = cache.open_session
    # What was in view then is what its address asks for, as on the wall.
    asked = {
        (each.cutoff, each.countries): in_view.read(chosen, each.cutoff, each.countries)
        for each in shown
    }

    def content(step: Step) -> bytes:
        with open_session(begun.snapshot) as session:
            own = slides.plenary(session, begun.cutoff, first=choices.desde)
            data = {
                pair: slides.plenary(session, then.view.cutoff, first=then.choices.desde,
                                     only=then.choices.solo)
                for pair, then in asked.items()
            }  # fmt: skip
        decks: dict[tuple[str, str], Mapping[str, ShownDeckSlide]] = {}
        for done, (pair, plenary) in enumerate(data.items(), start=1):
            deck = slides.deck(plenary, words, choices.secciones)
            decks[pair] = {slide.key: (slide, plenary) for slide in deck.slides}
            step(done, len(data) + 1)
        paper = paper_of(own.view, words, *_found(shown, decks))
        return docx(paper) if ending == "docx" else pdf([paper], None, step)

    return content


def _found(
    shown: Iterable[ListedSlide], decks: Mapping[tuple[str, str], Mapping[str, ShownDeckSlide]]
) -> tuple[list[ShownSlide], int]:
    """Return the slides that were shown, and how many of them the data no longer have."""
    found, gone = [], 0
    for each in shown:
        slide, plenary = decks[each.cutoff, each.countries].get(each.key, (None, None))
        if slide is None or plenary is None:
            gone += 1
        else:
            at = _moment(each)
            found.append(ShownSlide(slide, plenary.view, plenary.first, at, each.record))
    return found, gone
