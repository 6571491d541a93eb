"""Open pages learn of new data, and say how old the data are where they come from a stale copy."""

from pathlib import Path

import streamlit as st

from crmdata.errors import N_
from crmdata.freshness import Copy, Freshness
from crmdata.i18n import Words
from crmdata.serving import answers
from crmdata.serving import watch as watching
from crmdata.web.kit import components
from crmdata.web.shell import actor

ASK_SECONDS = 5
"""How often an open page asks whether there are new data: a few bytes, and no run of the page."""

WRITTEN_ON = ("informar", "revision")
"""The pages on which somebody may be in the middle of writing: they offer, and do not run anew."""

_FAILED = "none"

_ASK = (Path(__file__).parent / "new_data.js").read_text("utf-8")
_OFFER = """
p { position: fixed; left: 50%; bottom: 1.5rem; transform: translateX(-50%); z-index: 100;
    margin: 0; padding: .5rem 1rem; border-radius: .5rem;
    font: inherit; color: #1a1a1a; background: #ffd54a; }
button { font: inherit; color: inherit; background: none; border: 0; padding: 0;
         text-decoration: underline; cursor: pointer; }
"""

_AGES = {
    Copy.CUT_OFF: N_(
        "These data come from a copy of the database that receives no changes now. "
        "Its last change is of {moment}; what came in later is missing."
    ),
    Copy.BEHIND: N_(
        "These data come from a copy of the database that is behind. "
        "Its last change is of {moment}; what came in later will follow."
    ),
}


def watch(words: Words, page: str, *, failed: bool = False) -> None:
    """Let the browser ask for new data, and show them: at once, or at the reader's wish.

    Draws nothing; the page runs anew when the token of its process changes, and one that has
    `failed` as soon as there is any.
    """
    now = watching.state()
    if now is None:
        return
    ask = st.components.v2.component("crmdata_newer", css=_OFFER, js=_ASK)
    ask(
        key="newer-data",
        data={
            "token": _FAILED if failed else now.token,
            "login": "" if failed else actor.current_login().mark,
            "where": answers.DATA,
            "seconds": ASK_SECONDS,
            "asks": page in WRITTEN_ON and not failed,
            "offer": words("There are new data."),
            "show": words("Show them"),
        },
        on_newer_change=_nothing,
    )


def show_age(words: Words) -> None:
    """Draw how old the data are, where their copy of the database does not have everything."""
    now = watching.state()
    if now is not None and now.fresh.stale:
        components.notice(age_sentence(words, now.fresh))


def age_sentence(words: Words, fresh: Freshness) -> str:
    """Return how old the data of a stale copy are."""
    changed = fresh.last_change
    moment = words.moment(changed) if changed else words("an unknown time")
    return words(_AGES[fresh.copy], moment=moment)


def _nothing() -> None:
    """Do nothing: the page runs anew, which is all."""
