"""The minutes: made of what stood on the wall, of which the browser keeps the list, and of what
was agreed on.
"""

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import streamlit as st

from crmdata import clock, slides
from crmdata.content.papers import meeting_minutes
from crmdata.slides.shown import ShownSlide, what_was_shown
from crmdata.steps import Step
from crmdata.store.db import Known
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data import cache
from crmdata.web.kit import components, jobs, long_work
from crmdata.web.kit.long_work import LongFile
from crmdata.web.news import changes
from crmdata.web.present import in_view, stage
from crmdata.web.take_home import take_home

MOST = 400
"""Slides that minutes list; the script keeps as many."""

MOST_VIEWS = 20
"""Cut-offs with countries of which they show slides: each is a deck to be made."""

LONGEST, LAST = 100, 4e12
"""Characters of a text and milliseconds of a moment that somebody may have meant."""

_FOLDER = Path(__file__).parent
_SCRIPT = "\n".join((_FOLDER / name).read_text("utf-8") for name in ("shown.js", "told.js"))


class ListedSlide(NamedTuple):
    """What the browser says of a slide that was shown."""

    key: str
    cutoff: str
    countries: str
    record: str
    when: int
    """Milliseconds since 1970."""


def entries(listed: object) -> Iterator[ListedSlide]:
    """Yield what a list of the browser says that can be meant; anybody may send anything."""
    for each in listed[:MOST] if isinstance(listed, list) else []:
        if not isinstance(each, Mapping):
            continue
        key, record = each.get("key"), each.get("record")
        cutoff, countries = each.get(in_view.CUTOFF), each.get(in_view.COUNTRIES)
        when = each.get("when")
        if not isinstance(when, int | float) or not 0 <= when < LAST:
            continue
        texts = [text for text in (key, cutoff, countries, record) if isinstance(text, str)]
        if len(texts) == len(ListedSlide._fields) - 1 and max(map(len, texts)) <= LONGEST:
            yield ListedSlide(texts[0], texts[1], texts[2], texts[3], int(when))


@st.fragment
def show(chosen: Chosen) -> None:
    """Draw how much was shown, and what makes the minutes of it."""
    words = chosen.words
    components.heading(words("Minutes"))
    with st.container(gap=None):
        components.paragraph(
            words(
                "What was agreed on, who answers for it and by when; what became of what earlier "
                "meetings agreed on; the slides that stood on the wall, in their order."
            )
        )
        told = _mount(stage.list_name(chosen)).shown
    if told is None:
        return
    shown = tuple(entries(told))
    components.paragraph(_count(chosen, shown))
    with st.container(key="minutes", horizontal=True):
        for ending in ("docx", "pdf"):
            long_work.show(words, LongFile(
                key=(chosen.key, "minuta", ending, shown),
                widget=f"minuta-{ending}",
                begin=words("Make the minutes ({ending})", ending=ending.upper()),
                take=words("Download the minutes ({ending})", ending=ending.upper()),
                file_name=f"{chosen.file_name('minuta', accepted_only=True)}.{ending}",
                mime=take_home.MIMES[ending],
                make=_maker(chosen, shown, ending),
                memo=chosen.memo,
            ))  # fmt: skip


def _mount(name: str) -> Any:
    """Return what the browser tells of what was shown, None until it has."""
    component = st.components.v2.component(
        "crmdata_shown", html='<div class="shown"></div>', js=_SCRIPT
    )
    return component(key="shown", data={"list": name}, default={"shown": None},
                     on_shown_change=lambda: None)  # fmt: skip


def _count(chosen: Chosen, shown: tuple[ListedSlide, ...]) -> str:
    words = chosen.words
    if not shown:
        return words("No slide of these data was shown in this browser.")
    return words.plural(
        "{n} slide was shown, at {time}.", "{n} slides were shown, the first at {time}.",
        len(shown), time=clock.hour_of(clock.of_browser(shown[0].when), "minutes"),
    )  # fmt: skip


def _maker(chosen: Chosen, shown: tuple[ListedSlide, ...], ending: str) -> jobs.Make:
    """Return what makes the file; it runs where no page is."""
    words, begun = chosen.words, chosen.view
    open_session, first = cache.open_session, changes.first_day(chosen)

    def content(step: Step) -> bytes:
        with open_session(begun.snapshot) as session:
            own = slides.plenary(session, begun.cutoff, first=first, only=chosen.choices.solo)
            found, gone = look_up(session, chosen, shown, step)
        chapter = what_was_shown(words, found, gone)
        paper = meeting_minutes(own.view.of_all, words, own.first, chapter)
        return take_home.written([paper], ending, step)

    return content


def look_up(
    session: Known, chosen: Chosen, shown: Sequence[ListedSlide], step: Step
) -> tuple[list[ShownSlide], int]:
    """Return the slides that were shown, and how many more are no longer to be had.

    Of what a browser lists no more than `MOST_VIEWS` cut-offs with countries are looked up.
    """
    pairs = [*dict.fromkeys((each.cutoff, each.countries) for each in shown)][:MOST_VIEWS]
    found: list[tuple[int, ShownSlide]] = []
    for done, pair in enumerate(pairs, start=1):
        # What was in view then is what its address asks for, as on the wall.
        then = in_view.read(chosen, *pair)
        plenary = slides.plenary(session, then.view.cutoff, first=then.choices.desde,
                                 only=then.choices.solo)  # fmt: skip
        # Whatever sections were chosen, its slides are among all.
        own = {slide.key: slide for slide in slides.deck(plenary, chosen.words).slides}
        found += [
            (place, ShownSlide(own[each.key], plenary.view, plenary.first,
                               clock.of_browser(each.when), each.record))
            for place, each in enumerate(shown)
            if (each.cutoff, each.countries) == pair and each.key in own
        ]  # fmt: skip
        step(done, len(pairs) + 1)
    in_order = [each for _, each in sorted(found, key=itemgetter(0))]
    return in_order, len(shown) - len(found)
