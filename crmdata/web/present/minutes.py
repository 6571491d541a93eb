"""The minutes of what is presented, as a file to work on and to print."""

from functools import partial

import streamlit as st

from crmdata import slides
from crmdata.content.papers import meeting_minutes
from crmdata.render.docx import docx
from crmdata.render.typst.setting import pdf
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data import cache
from crmdata.web.news import changes
from crmdata.web.take_home import take_home


def show(chosen: Chosen) -> None:
    """Draw a button a form: the slides as chosen, what was agreed on until they are asked for."""
    words, choices, first = chosen.words, chosen.choices, changes.first_day(chosen)
    open_session, view = cache.open_session, chosen.view

    def content(ending: str) -> bytes:
        with open_session(view.snapshot) as session:
            data = slides.plenary(session, view.cutoff, first=first, only=choices.solo)
        deck = slides.deck(data, words, choices.secciones)
        shown = [(slide.topic, slide.title) for slide in deck.slides]
        paper = meeting_minutes(data.view.of_all, words, data.first, shown)
        return docx(paper) if ending == "docx" else pdf([paper])

    with st.container(key="minutes", horizontal=True):
        for ending in ("docx", "pdf"):
            label = words("Download the minutes ({ending})", ending=ending.upper())
            take_home.show_button(chosen, label, "acta", ending, partial(content, ending))
