"""Before a meeting: how a country will be shown, and what it says beside its figures."""

import streamlit as st

from crmdata.content import names
from crmdata.fields import LONGEST_OBSERVATION
from crmdata.render.html import markup
from crmdata.web.choices.chosen import Chosen
from crmdata.web.hand_in import handing_in
from crmdata.web.kit import components, draw
from crmdata.workflow import review

_MEETING, _TEXT = "observation-meeting", "observation-text"


def show(chosen: Chosen, country: str) -> None:
    """Draw the meeting, the ways to what it will see, what is said already, and the form."""
    words = chosen.words
    meetings = names.of_meetings(chosen.frame("meetings"), words)
    if not meetings:
        components.paragraph(words("No meeting has been named yet."), "crm-empty")
        return
    meeting = st.selectbox(
        words("Meeting"), list(meetings), key=_MEETING,
        format_func=lambda code: meetings[code].text, filter_mode=None,
    )  # fmt: skip
    _show_ways(chosen, country, str(meeting))
    rows = chosen.frame("observations")
    said = rows.loc[rows["country"].eq(country) & rows["meeting"].eq(meeting), "observation"]
    if len(said):
        components.paragraph(words("It stands beside the figures: “{text}”", text=said.iloc[0]))
    with st.form(f"observation-{country}", border=True):
        st.text_area(
            words("Observation beside the figures, without anybody's personal data"), key=_TEXT,
            max_chars=LONGEST_OBSERVATION, height=110,
        )  # fmt: skip
        components.paragraph(
            words("It stands in the profile, on a slide and on the sheet of the country once the "
                  "secretariat has accepted it. A later one takes its place."),
            "crm-note",
        )  # fmt: skip
        st.form_submit_button(words("Hand in the observation"), on_click=_send,
                              args=(chosen, country))  # fmt: skip
    handing_in.show_receipt(words, handing_in.OBSERVATION)


def _show_ways(chosen: Chosen, country: str, meeting: str) -> None:
    """Draw the ways to the country's profile and slides at the meeting's cut-off."""
    words, day = chosen.words, chosen.view.meeting_days[meeting].isoformat()
    same = {"actividad": None, "corte": day}
    profile = chosen.links.href("paises", **same, pais=country)
    slides = {"pais": None, "secciones": "paises", "lamina": "1", "idioma": words.language}
    ways = {
        words("The country's profile, as the meeting will see it"): profile,
        words("The slides of the countries"): chosen.links.href("presentar", **same, **slides),
    }
    links = [
        markup.element("a", text, href=address, target="_blank", rel="noopener", css="crm-act")
        for text, address in ways.items()
    ]
    draw.html(markup.wrapped("p", links, css="crm-acts"))


def _send(chosen: Chosen, country: str) -> None:
    words, state = chosen.words, st.session_state
    said = {
        "country": country,
        "meeting": str(state[_MEETING]),
        "observation": str(state.get(_TEXT) or "").strip(),
    }
    if handing_in.act(
        words, handing_in.OBSERVATION, lambda stored: handing_in.receipt(words, [stored]),
        review.observe, said,
    ):  # fmt: skip
        state[_TEXT] = ""
