"""Texts that must go, on the secretariat's desk: found, chosen, taken out for good."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from sqlalchemy import Engine

from crmdata.access import Action, Actor, may
from crmdata.i18n import Words
from crmdata.store import db
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data import cache
from crmdata.web.kit import components
from crmdata.web.review import desk
from crmdata.web.shell import acts
from crmdata.web.shell.acts import Deed
from crmdata.workflow import redaction
from crmdata.workflow.redaction import Done, Spot, TextPlace, wording

_PLACE = acts.ActPlace("redaction")
_WORDS, _ALL, _CHOSEN, _ES, _EN = (
    f"redaction-{name}" for name in ("words", "all", "chosen", "reason-es", "reason-en")
)

MOST = 200
"""Places that are listed; who finds more looks for more words."""

SHORT, LISTED = 8, 420
"""Up to so many places stand as they are; more have so many pixels."""


def show(chosen: Chosen) -> None:
    """Draw the search, the places that it finds, the reasons, and the button that asks."""
    words, actor = chosen.words, desk.who()
    if not may(actor, Action.REDACT):
        return
    components.paragraph(
        words(
            "A text that says who somebody is can be taken out for good, of pages, files, earlier "
            "cut-offs and snapshots. The numbers stay."
        )
    )
    sought = st.text_input(words("Words to look for"), key=_WORDS, max_chars=200)
    if not sought.strip():
        acts.show_outcome(_PLACE)
        return
    with db.reading(cache.engine()) as session:
        places = redaction.find(session, actor, sought)
    if not places:
        components.paragraph(words("The words stand in no text."), "crm-empty")
        acts.show_outcome(_PLACE)
        return
    _show_places(words, places[:MOST], len(places))
    spots = _chosen(words, places[:MOST])
    _show_reasons(words)
    _show_deed(words, sought, spots)


def _show_places(words: Words, places: Sequence[TextPlace], count: int) -> None:
    table = pd.DataFrame(
        [
            {
                words("No."): str(number),
                words("What"): wording.kind_of(words, place.spot),
                words("About"): wording.topic(words, place),
                words("Text"): place.excerpt,
            }
            for number, place in enumerate(places, start=1)
        ]
    )
    caption = words.plural(
        "The words stand in {n} text.", "The words stand in {n} texts.", count
    )  # fmt: skip
    # A long list scrolls within itself: what is to be chosen and said stands beneath it.
    with st.container(height=LISTED if len(places) > SHORT else "content", border=False):
        components.rows(table, words=words, caption=caption)
    if count > len(places):
        components.paragraph(
            words.plural("The first {n} is shown: look for more words.",
                         "The first {n} are shown: look for more words.", len(places)),
            "crm-note",
        )  # fmt: skip


def _chosen(words: Words, places: Sequence[TextPlace]) -> tuple[Spot, ...]:
    """Return the places of the texts that are to go."""
    texts = {
        place.spot: f"{number}. {wording.kind_of(words, place.spot)} {wording.topic(words, place)}"
        for number, place in enumerate(places, start=1)
    }
    if st.checkbox(words("All the texts that are listed"), key=_ALL):
        return tuple(texts)
    picked = st.multiselect(
        words("Texts that must go"), list(texts), format_func=lambda spot: texts[spot],
        key=_CHOSEN, placeholder=words("Choose"),
    )  # fmt: skip
    return tuple(picked)


def _show_reasons(words: Words) -> None:
    for label, key in ((words("Reason, in Spanish"), _ES), (words("Reason, in English"), _EN)):
        st.text_area(
            label, key=key, height=80, max_chars=redaction.LONGEST,
            help=words("Everybody can read it: without the words that must go."),
        )  # fmt: skip


def _show_deed(words: Words, sought: str, spots: tuple[Spot, ...]) -> None:
    lines = wording.consequences(words, len(spots), redaction.kept_copies(cache.engine()))

    def receipt(done: Done) -> str:
        return "\n".join(
            (*wording.receipt(words, done), *wording.still_to_do(words, done.remaining))
        )

    acts.show(
        words,
        _PLACE,
        desk.who,
        Deed(
            "redact",
            words("Redact"),
            "\n".join(lines),
            words("Yes, redact for good"),
            receipt,
            _redact,
            (spots, sought),
            acts.fields(reason_es=_ES, reason_en=_EN),
        ),
    )


def _redact(  # noqa: PLR0913 - each is said by its name
    engine: Engine,
    actor: Actor,
    spots: tuple[Spot, ...],
    sought: str,
    *,
    reason_es: str,
    reason_en: str,
    rehearse: bool = False,
    confirmed: bool = False,
) -> Done | None:
    """Redact, and let go of what was looked for and chosen."""
    done = redaction.redact(
        engine, actor, spots, reason_es=reason_es, reason_en=reason_en,
        sought=sought, rehearse=rehearse, confirmed=confirmed,
    )  # fmt: skip
    if done is not None:
        # The words themselves are kept nowhere, not even in the field.
        st.session_state.update({_WORDS: "", _ALL: False, _CHOSEN: []})
    return done
