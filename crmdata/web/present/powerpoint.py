"""The deck as a PowerPoint file, made when it is asked for."""

import streamlit as st

from crmdata import slides
from crmdata.exports import deck
from crmdata.render.html import markup
from crmdata.steps import Step
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data import cache
from crmdata.web.kit import draw, jobs, long_work
from crmdata.web.kit.long_work import LongFile
from crmdata.web.news import changes
from crmdata.web.present import stage


def offer(chosen: Chosen) -> None:
    """Draw the button with a heading, as the other files to take home have it."""
    words = chosen.words
    with st.container(key="offer-presentacion"):
        holds = words(
            "The slides of the presentation, with charts, tables and shapes that can be "
            "edited, and the numbers behind each slide in its notes. It takes some seconds."
        )
        title = words("Slides (PowerPoint)")
        draw.html(markup.element("h2", title) + markup.element("p", holds))
        show(chosen)


def show(chosen: Chosen) -> None:
    """Draw the button alone; the file has the sections, countries and dates chosen."""
    words = chosen.words
    long_work.show(words, LongFile(
        key=(chosen.key, "presentacion", changes.first_day(chosen), stage.base()),
        widget="presentacion",
        begin=words("Make the slides (PPTX)"),
        take=words("Download the slides (PPTX)"),
        file_name=f"{chosen.file_name('presentacion', accepted_only=True)}.pptx",
        mime=deck.MIME,
        make=_maker(chosen),
        memo=chosen.memo,
    ))  # fmt: skip


def _maker(chosen: Chosen) -> jobs.Make:
    """Return what makes the file; it runs where no page is."""
    words, choices, base = chosen.words, chosen.choices, stage.base()
    open_session, view, first = cache.open_session, chosen.view, changes.first_day(chosen)

    def content(step: Step) -> bytes:
        with open_session(view.snapshot) as session:
            data = slides.plenary(session, view.cutoff, first=first, only=choices.solo)
        return deck.presentation(data, words, choices.secciones, base=base, step=step)

    return content
