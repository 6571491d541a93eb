"""The stage: all slides sent to the browser at once, where the keys turn them without a server."""

import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import streamlit as st

from crmdata import settings, slides
from crmdata.access import Action, may
from crmdata.errors import N_
from crmdata.i18n import Words
from crmdata.slides import Deck, Plenary, Slide
from crmdata.view import View
from crmdata.web.choices import address
from crmdata.web.choices.address import Choices
from crmdata.web.choices.codes import codes_of
from crmdata.web.data import cache
from crmdata.web.data.made_once import made_once
from crmdata.web.kit import draw
from crmdata.web.present import drawing, hall_palette
from crmdata.web.shell import frame
from crmdata.web.shell.actor import current_actor

PLACE, DESK, AGREEING = "lamina", "notas", "acuerdo"
"""The slide, the presenter's window and that of an agreement in an address; no choices that travel
along."""

PINNED = {"linea": "line", "actividad": "activity", "pais": "country"}
"""What an agreement may be about, by its name in an address."""

LOOK_AGAIN = 10
"""Seconds after which the stage asks whether the data have changed."""

_SCRIPT = (Path(__file__).parent / "stage.js").read_text("utf-8")
_BARE = (Path(__file__).parent / "bare.css").read_text("utf-8")

KEYS: tuple[tuple[str, str], ...] = (
    (N_("→ ↓ PgDn Space"), N_("next slide")),
    (N_("← ↑ PgUp"), N_("slide before")),
    (N_("Home, End"), N_("first, last slide")),
    (N_("Number, Enter"), N_("that slide")),
    (N_("VI, Enter"), N_("that line's slide; after / a country's too: /HND")),
    ("[ ]", N_("the same slide at the meeting before, after")),
    ("A", N_("note an agreement in a second window: the secretariat only")),
    ("N", N_("notes and clock in a second window")),
    ("Q", N_("the QR code, large")),
    ("T", N_("the other theme")),
    (N_("B or ."), N_("black screen")),
    ("F", N_("full screen")),
    (N_("H or ?"), N_("these keys")),
    ("Esc", N_("leave")),
)
"""What a key does, in the order of the list that H shows."""


def is_asked_for() -> bool:
    """Tell whether the address asks for a slide or for the presenter's window."""
    return PLACE in st.query_params or DESK in st.query_params


def show() -> None:
    """Draw the stage: nothing else is on the page, and nothing on it writes anything."""
    words, view = frame.open_stage("presentar")
    choices, _ = address.read(dict(st.query_params), codes_of(view))
    _name_first_day(choices, view)
    # What Streamlit draws around a page has no place on a projector.
    draw.html(f"<style>{_BARE}</style>")
    _show_slides(words, choices, view)


def _name_first_day(choices: Choices, view: View) -> None:
    """Write into the address with what the slides compare, where it asked for something else."""
    first, written = choices.desde or codes_of(view).before, st.query_params.get("desde")
    if written is None:
        return
    if first is None:
        del st.query_params["desde"]
    elif written != first.isoformat():
        st.query_params["desde"] = first.isoformat()


@st.fragment(run_every=LOOK_AGAIN)
def _show_slides(words: Words, choices: Choices, before: View) -> None:
    """Draw the slides, and again when the data have changed: an agreement was just noted."""
    view = cache.view(lambda _: before.cutoff, snapshot=before.snapshot)
    component = st.components.v2.component(
        "crmdata_stage", html='<div class="stage"></div>', css=hall_palette.sheet(), js=_SCRIPT
    )
    component(key="stage", data=_data(deck_of(words, choices, view), choices, view))


@made_once
def deck_of(words: Words, choices: Choices, view: View) -> Deck:
    """Return the deck that the choices ask for."""
    plenary = Plenary.of(view, choices.desde, choices.solo)
    return slides.deck(plenary, words, choices.secciones)


def base() -> str:
    """Return the address under which the audience finds the app, without a slash at its end."""
    if url := settings.public_url():
        return url
    parts = urlsplit(st.context.url or "http://127.0.0.1:8501")
    return f"{parts.scheme}://{parts.netloc}"


def only_here() -> bool:
    """Tell whether that address leads nowhere from another machine."""
    return urlsplit(base()).hostname in {"127.0.0.1", "localhost", "::1"}


def _place(deck: Deck) -> int:
    """Return the number of the slide that the address names, by its key too, within the deck."""
    text = st.query_params.get(PLACE, "1")
    keys = [slide.key for slide in deck.slides]
    if text in keys:
        return keys.index(text) + 1
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 1
    return min(max(number, 1), len(deck.slides))


def _data(deck: Deck, choices: Choices, view: View) -> dict[str, Any]:
    """Return what the script is told; every text in it is HTML that is escaped already."""
    words, notes = deck.words, DESK in st.query_params
    params = choices.params()
    fixed = {**params, "idioma": words.language, **view.address}
    leaving = dict(fixed)
    if choices.desde == codes_of(view).before:
        # What is compared with unless chosen is not carried out: it moves with the cut-off.
        leaving.pop("desde", None)
    themes = list(hall_palette.THEMES)
    data: dict[str, Any] = {
        "at": _place(deck),
        "notes": notes,
        "language": words.language,
        "theme": choices.tema or themes[0],
        "themes": themes,
        "titles": [slide.title for slide in deck.slides],
        "keys": [slide.key for slide in deck.slides],
        "meetings": _meetings(leaving, view, {DESK: "1"} if notes else {}),
        "agreeing": _agreeing(leaving),
        "about": [_about(slide) for slide in deck.slides],
        "deck": _name(fixed, view),
        "exit": f"?{urlencode(leaving)}",
        "desk_address": f"?{urlencode({**fixed, DESK: '1'})}",
        "words": {
            "count": words("{n} of {all}", n="{n}", all="{all}"),
            "end": words("The end"),
            "keys": [(words(key), words(meaning)) for key, meaning in KEYS],
        },
    }
    if notes:
        notes_said = [drawing.notes(slide) for slide in deck.slides]
        return data | {"desk": drawing.desk(words, demo=deck.demo), "said": notes_said}
    return data | {"slides": _slides(words, choices, view, base())}


def _meetings(params: dict[str, str], view: View, window: dict[str, str]) -> dict[str, str]:
    """Return the address of the meeting before and of the one after, by the key that leads there.

    A snapshot has a cut-off of its own and leads nowhere.
    """
    days = [] if view.snapshot else sorted(set(view.meeting_days.values()))
    beside = {
        "[": max((day for day in days if day < view.cutoff), default=None),
        "]": min((day for day in days if day > view.cutoff), default=None),
    }
    return {
        key: f"?{urlencode({**params, 'corte': day.isoformat(), **window})}"
        for key, day in beside.items() if day
    }  # fmt: skip


def _agreeing(params: dict[str, str]) -> str:
    """Return where an agreement is noted, empty for who may not."""
    if not may(current_actor(), Action.NOTE_AGREEMENT):
        return ""
    return f"?{urlencode({**params, AGREEING: '1'})}"


def _about(slide: Slide) -> str:
    """Return what a slide is of, as an address says it."""
    return urlencode({name: slide.query[name] for name in PINNED if slide.query.get(name)})


@made_once
def _slides(words: Words, choices: Choices, view: View, outside: str) -> list[str]:
    deck = deck_of(words, choices, view)
    return [
        drawing.draw(deck, slide, place, outside)
        for place, slide in enumerate(deck.slides, start=1)
    ]


def _name(fixed: dict[str, str], view: View) -> str:
    """Return what the windows of one presentation know each other by, whatever their language."""
    same = {name: value for name, value in fixed.items() if name not in {"idioma", "tema"}}
    return hashlib.sha256(repr((same, view.cutoff)).encode()).hexdigest()[:16]
