"""What a click on the calendar opens: a sheet, a reading, a band, a meeting's cut-off."""

from typing import Any

import streamlit as st

from crmdata.figures.names import activity_text
from crmdata.web.calendar import calendar_layers
from crmdata.web.choices import choices, links
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.codes import codes_of
from crmdata.web.kit import activity_rows, components, markup

_CLICKED = "crmdata_clicked"
_BANDS = {"axis", "line"}


def take(chosen: Chosen, key: str) -> None:
    """Take up a click in the picture of this key: choose at once, or keep it for `answer`."""
    points: list[dict[str, Any]] = st.session_state[key].selection.points
    if not points or not points[0].get("customdata"):
        return
    code, kind = points[0]["customdata"]
    known = codes_of(chosen.view)
    if kind == "meeting" and code in known.meetings:
        choices.choose(corte=known.meetings[code])
    elif kind in _BANDS and code in known.bands:
        folded = set(chosen.choices.plegado) ^ {code}
        choices.choose(plegado=tuple(band for band in known.bands if band in folded))
    else:
        st.session_state[_CLICKED] = code, kind


def answer(chosen: Chosen) -> None:
    """Open what the last click asks for, once."""
    code, kind = st.session_state.pop(_CLICKED, ("", ""))
    if code not in codes_of(chosen.view).activities:
        return
    if kind == "reading":
        _show_reading(chosen, code)
    else:
        links.follow(calendar_layers.sheets(chosen)[code])


def _show_reading(chosen: Chosen, code: str) -> None:
    """Open how a row was read and the other reading."""
    words, activity = chosen.words, activity_rows.record(chosen, code)

    def body() -> None:
        text = activity_text(words, activity["text"], activity["text_en"])
        components.paragraph(f"{code}. {text}", "crm-lead")
        components.paragraphs(
            [activity_rows.marks_sentence(chosen, code),
             *activity_rows.reading_sentences(words, activity)]
        )  # fmt: skip
        sheet = links.link(words("Open the sheet of {code}", code=code),
                           calendar_layers.sheets(chosen)[code])  # fmt: skip
        markup.show(markup.wrapped("p", [sheet]))

    st.dialog(words("How {code} was read", code=code), width="medium")(body)()
