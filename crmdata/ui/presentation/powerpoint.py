"""The deck as a PowerPoint file, made when it is asked for."""

import streamlit as st

from crmdata import db, settings, slides
from crmdata.exports import deck
from crmdata.ui import cache, changes, components
from crmdata.ui.chosen import Chosen
from crmdata.ui.presentation import stage


def offer(chosen: Chosen) -> None:
    """Draw the button with a heading, as the other files to take home have it."""
    words = chosen.words
    with st.container(key="offer-presentacion"):
        components.heading(words("Slides (PowerPoint)"))
        components.paragraph(
            words(
                "The slides of the presentation and the calendar of each axis, with charts and "
                "tables that can be edited, and the numbers behind each slide in its notes."
            )
        )
        show(chosen)


def show(chosen: Chosen) -> None:
    """Draw the button alone; the file has the sections, countries and dates chosen."""
    words, choices, base = chosen.words, chosen.choices, stage.base()
    engine, cutoff, first = cache.engine(), chosen.cutoff, changes.first_day(chosen)

    def content() -> bytes:
        with db.reading(engine) as session:
            data = slides.read(
                session,
                cutoff=cutoff,
                first=first,
                countries=choices.solo,
                threshold=settings.coverage_threshold(),
            )
        return deck.presentation(data, words, choices.secciones, base=base)

    st.download_button(
        words("Download the slides (PPTX)"),
        data=content,
        file_name=f"{chosen.file_name('presentacion')}.pptx",
        mime=deck.MIME,
        key="take-presentacion",
        on_click="ignore",
    )
