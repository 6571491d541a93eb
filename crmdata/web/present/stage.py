"""The stage: all slides sent to the browser at once, where the keys turn them without a server."""

import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import streamlit as st

from crmdata import settings, slides
from crmdata.errors import N_
from crmdata.i18n import Words
from crmdata.serving import answers
from crmdata.slides import Deck, Plenary, named
from crmdata.view import View
from crmdata.web.choices import address
from crmdata.web.choices.address import Choices
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.codes import codes_of
from crmdata.web.data import cache
from crmdata.web.data.made_once import made_once
from crmdata.web.kit import draw
from crmdata.web.news import changes
from crmdata.web.present import drawing, hall_palette, in_view
from crmdata.web.present.in_view import InView
from crmdata.web.shell import frame

PLACE, DESK = "lamina", "notas"
"""The slide and the presenter's window in an address; they are no choice that travels along."""

DESK_WINDOW = "crmdata-desk"
"""The name of the desk's window: a link and a key open the same one."""

_OF_DECK = ("desde", "secciones", "solo")
"""The choices that slides are made of: what else an address carries makes no other ones."""

LOOK_AGAIN = 10
"""Seconds after which the stage asks whether the data have changed."""

_FOLDER = Path(__file__).parent
_SCRIPT = "\n".join((_FOLDER / name).read_text("utf-8")
                    for name in ("stage.js", "windows.js", "desk.js", "shown.js"))  # fmt: skip
_BARE = (_FOLDER / "bare.css").read_text("utf-8")

KEYS: tuple[tuple[str, str], ...] = (
    (N_("→ ↓ PgDn Space"), N_("next slide")),
    (N_("← ↑ PgUp"), N_("slide before")),
    (N_("Home, End"), N_("first, last slide")),
    (N_("Number, Enter"), N_("that slide")),
    (N_("/ or G"), N_("a slide by name: VI, HND, IV.3.2, a word")),
    ("VI", N_("the slide of that line, with Enter")),
    ("[ ]", N_("the meeting before, the meeting after")),
    ("N", N_("the desk: notes, next slide and clock in a second window")),
    ("A", N_("note an agreement, at the desk")),
    ("M", N_("the minutes, at the desk")),
    ("Q", N_("the QR code, large")),
    ("T", N_("the other theme")),
    (N_("B or ."), N_("black screen")),
    ("F", N_("full screen")),
    (N_("H or ?"), N_("these keys")),
    ("Esc", N_("leave")),
)
"""What a key does, in the order of the list that H shows."""


def is_asked_for() -> bool:
    """Tell whether the address asks for a slide."""
    return PLACE in st.query_params


def show() -> None:
    """Draw the stage: nothing else is on the page, and nothing on it writes anything."""
    chosen = open_alone()
    _show_slides(chosen)


def open_alone() -> Chosen:
    """Open the page without its head, as its address says."""
    chosen = frame.open_stage("presentar")
    _name_first_day(chosen)
    # What Streamlit draws around a page has no place on a projector.
    draw.html(f"<style>{_BARE}</style>")
    return chosen


def _name_first_day(chosen: Chosen) -> None:
    """Write into the address with what the slides compare, where it asked for something else."""
    first = changes.first_day(chosen)
    written = st.query_params.get("desde")
    if written is None:
        return
    if first is None:
        del st.query_params["desde"]
    elif written != first.isoformat():
        st.query_params["desde"] = first.isoformat()


@st.fragment(run_every=LOOK_AGAIN)
def _show_slides(chosen: Chosen) -> None:
    """Draw the slides, and again when the data have changed: an agreement was just noted."""
    shown = now_in_view(chosen)
    data = common_data(chosen, shown) | {"slides": drawn(chosen.words, shown)}
    mount(data)


def now_in_view(chosen: Chosen) -> InView:
    """Return what is in view, of the newest data."""
    view = cache.view(lambda _: chosen.cutoff, snapshot=chosen.view.snapshot)
    params = st.query_params
    return in_view.read(chosen.with_view(view), params.get(in_view.CUTOFF, ""),
                        params.get(in_view.COUNTRIES, ""))  # fmt: skip


def mount(data: dict[str, Any], **asked: Any) -> Any:
    """Draw slides or desk, and return what its script asks for."""
    component = st.components.v2.component(
        "crmdata_stage", html='<div class="stage"></div>', css=hall_palette.sheet(), js=_SCRIPT
    )
    return component(key="stage", data=data, **asked)


def deck_of(words: Words, choices: Choices, view: View) -> Deck:
    """Return the deck that the choices ask for."""
    return _deck(words, choices.limited(_OF_DECK), view)


@made_once
def _deck(words: Words, choices: Choices, view: View) -> Deck:
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
    """Return the number of the slide that the address names, within the deck."""
    text = st.query_params.get(PLACE, "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 1
    return min(max(number, 1), len(deck.slides))


def drawn(words: Words, shown: InView) -> list[str]:
    """Return the slides as HTML, every text in it escaped already."""
    return _slides(words, shown.choices.limited(_OF_DECK), shown.view, base())


@made_once
def _slides(words: Words, choices: Choices, view: View, outside: str) -> list[str]:
    deck = deck_of(words, choices, view)
    return [
        drawing.draw(deck, slide, place, outside)
        for place, slide in enumerate(deck.slides, start=1)
    ]


def common_data(chosen: Chosen, shown: InView) -> dict[str, Any]:
    """Return what the script of slides and desk is told alike."""
    words, choices, view = chosen.words, chosen.choices, chosen.view
    deck = deck_of(words, shown.choices, shown.view)
    fixed = {**choices.params(), "idioma": words.language, **view.address}
    leaving = dict(fixed)
    if choices.desde == codes_of(view).before:
        # What is compared with unless chosen is not carried out: it moves with the cut-off.
        leaving.pop("desde", None)
    themes = list(hall_palette.THEMES)
    back, on = in_view.steps(chosen, shown.view.cutoff)
    now = {name: text for name, text in shown.changes.items() if text}
    return {
        "at": _place(deck),
        "language": words.language,
        "theme": choices.tema or themes[0],
        "themes": themes,
        "titles": [slide.title for slide in deck.slides],
        "keys": [slide.key for slide in deck.slides],
        "deck": _deck_name(chosen),
        "list": list_name(chosen),
        "record": shown.view.chain_head,
        "in_view": shown.changes,
        "said": _said(words, chosen, shown),
        "steps": {"[": back, "]": on},
        "find": _find(words, shown),
        "exit": f"?{urlencode(leaving)}",
        "desk_window": DESK_WINDOW,
        "desk_address": f"?{urlencode({**fixed, **now})}",
        "words": {
            "count": words("{n} of {all}", n="{n}", all="{all}"),
            "end": words("The end"),
            "working": words("Preparing the view …"),
            "hint": words("H: all keys"),
            "elsewhere": words("The desk is open in another window."),
            "no_step": words("There is no further cut-off this way."),
            "keys": [(words(key), words(meaning)) for key, meaning in KEYS],
        },
    }


def _said(words: Words, chosen: Chosen, shown: InView) -> str:
    """Say what is in view where it is not as the presentation was begun."""
    said = []
    if shown.view.cutoff != chosen.cutoff:
        said.append(words("Cut-off {day}", day=words.date(shown.view.cutoff, "medium")))
    if codes := shown.changes[in_view.COUNTRIES]:
        said.append(words("Only {countries}", countries=codes.replace(",", ", ")))
    return " · ".join(said)


def _find(words: Words, shown: InView) -> dict[str, Any]:
    """Return how a slide is found by name: who answers, and which slide shows what."""
    deck = deck_of(words, shown.begun, shown.view)
    places = {name: deck.slides[place].key for name, place in named.places(deck).items()}
    return {
        "asks": answers.SEARCH,
        "most": address.LONGEST_QUERY,
        "items": named.OF_ITEM,
        "places": places,
        "says": {
            "name": words("Go to a slide"), "close": words("Close"), "answers": words("Answers"),
            "hint": words("A line, a country, an activity: VI, HND, IV.3.2, a word"),
            "none": words("No slide of this presentation is called so."),
        },
    }  # fmt: skip


def list_name(chosen: Chosen) -> str:
    """Return the name of the list of what was shown: of a meeting, whatever sections were chosen.

    The page of the presentations knows it by the same one as the stage and the desk.
    """
    return _hash(*_meeting(chosen))


def _deck_name(chosen: Chosen) -> str:
    """Return what the windows of one presentation know each other by: what its slides are made of.

    In whatever language and theme, and whatever was chosen on other pages and came along.
    """
    return _hash(*_meeting(chosen), slides.sections_of(chosen.choices.secciones))


def _meeting(chosen: Chosen) -> tuple[object, ...]:
    return (chosen.view.address, chosen.cutoff, changes.first_day(chosen), chosen.choices.solo)


def _hash(*what: object) -> str:
    return hashlib.sha256(repr(what).encode()).hexdigest()[:16]
