"""Descargas: what people take home, each file with what it holds."""

import streamlit as st

from crmdata.web.choices import filters
from crmdata.web.kit import components
from crmdata.web.present import powerpoint
from crmdata.web.shell import frame, snapshot
from crmdata.web.take_home import take_home

chosen = frame.open_page("descargas")
words = chosen.words

filters.show(chosen, [
    filters.axis(chosen), filters.line(chosen, every=words("All lines")),
    filters.country(chosen, every=words("The whole region")), filters.partner(chosen),
])  # fmt: skip

components.paragraph(
    words(
        "Every file is of the cut-off above and in this language. Choose a country, a line or a "
        "partner for its sheet."
    )
)
take_home.show_accepted_only(chosen)
with st.container(key="offers"):
    for offer in take_home.offers(chosen):
        take_home.show(chosen, offer)
    powerpoint.offer(chosen)
snapshot.show_all(chosen)
