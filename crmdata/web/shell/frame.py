"""The frame of every page: opens it, whatever way the reader came, and says what is in force."""

import base64
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NoReturn

import streamlit as st

from crmdata import clock
from crmdata.content.destinations import OFFERED
from crmdata.i18n import Words, words_for
from crmdata.render.html import markup
from crmdata.settings import ROOT
from crmdata.store.queries import Provisional
from crmdata.terms import LANGUAGES
from crmdata.view import View
from crmdata.web.choices import address, choices, click_targets, links, offered
from crmdata.web.choices.address import AddressCodes, Choices, Notice
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.codes import codes_of
from crmdata.web.data import cache
from crmdata.web.kit import components, draw
from crmdata.web.shell import (
    actor,
    acts,
    assets,
    cutoff_words,
    failing,
    head,
    menu,
    new_data,
    provisional,
    screen,
    session,
    snapshot,
)
from crmdata.workflow import review

_FOLDER = Path(__file__).parent
# Read once, and a file of our own: an icon by name would be fetched from outside.
_ICON = base64.b64encode((ROOT / "static" / "favicon.png").read_bytes()).decode()


def open_page(page: str, *, titled: bool = True) -> Chosen:
    """Open a page: head, title, cut-off and language stand; return what was chosen.

    One that is not `titled` draws its own title, beside its finding. Ends the run with a sentence
    where the data cannot be read.
    """
    words = words_for(choices.language_now(page))
    menu.ensure(words)
    click_targets.follow(words, page)
    narrow = _set_up()
    acts.arrive(page)
    allowed = review.provisional_for(actor.current_actor())
    wanted = choices.provisional_now(page)
    view = _view_or_sentence(page, words, allowed if wanted else None)
    settled, notices = choices.settle(page, _known(page, view))
    if wanted and allowed is None:
        notices = [*notices, (provisional.NOT_ALLOWED, {})]
    someone = actor.current_actor()
    chosen = Chosen(page, words, settled.limited(OFFERED[page]), view, screen.theme(),
                    narrow, someone, settled.abierto or "", links.here(),
                    offered.elsewhere(page, settled, someone))  # fmt: skip
    _show_head(chosen, settled, notices, titled=titled)
    return chosen


def open_stage(page: str) -> Chosen:
    """Open a page that draws all of itself: no menu, banner, title or widget of the head.

    It stands as its address says, whatever was chosen on other pages. Ends the run with a
    sentence where the data cannot be read.
    """
    words = words_for(address.read_language(dict(st.query_params)) or LANGUAGES[0])
    menu.ensure(words)
    narrow = _set_up()
    acts.arrive(page)
    view = _view_or_sentence(page, words)
    settled, _ = address.read(dict(st.query_params), codes_of(view))
    return Chosen(page, words, settled, view, screen.theme(), narrow, actor.current_actor(),
                  links=links.here())  # fmt: skip


def _set_up() -> bool:
    """Bring style and script where the document has none; return whether it is a phone's."""
    assets.show()
    return screen.narrow()


def _set_document(words: Words, page: str, process: str = "") -> None:
    """Set title, icon and width of the document: once a run, each time is a message."""
    title = words(menu.TITLES[page])
    if process:
        title = words("{page} · {process} plan", page=title, process=process)
    st.set_page_config(
        page_title=title,
        page_icon=f"data:image/png;base64,{_ICON}",
        layout="wide",
        initial_sidebar_state="collapsed",
    )


def _known(page: str, view: View) -> AddressCodes:
    """Return the codes that exist; a page that writes keeps the snapshot for the others."""
    code = choices.snapshot_now(page)
    if page not in new_data.WRITTEN_ON or not code:
        return codes_of(view)
    return replace(codes_of(view), snapshot=cache.view(lambda _: None, snapshot=code).snapshot)


def _is_of_today(page: str) -> bool:
    """Tell whether a page is of today whatever cut-off is chosen: what is written there is."""
    return page in new_data.WRITTEN_ON


def _view_or_sentence(page: str, words: Words, submitted: Provisional | None = None) -> View:
    today = _is_of_today(page)
    pin = "" if today else choices.snapshot_now(page)

    def cutoff(meetings: dict[str, date]) -> date | None:
        return clock.today() if today else choices.cutoff_now(page, meetings)

    try:
        view = cache.view(cutoff, None if today else submitted, pin)
        _ = view.kind, view.plan, view.process
    except failing.FORESEEN as error:
        _show_failure(page, words, error)
    else:
        _set_document(words, page, words.pick(*view.process))
        return view


def _show_failure(page: str, words: Words, error: Exception) -> NoReturn:
    _set_document(words, page)
    components.heading(words(menu.TITLES[page]), 1)
    failing.say(words, error)
    new_data.watch(words, page, failed=True)
    st.stop()


def _show_head(chosen: Chosen, settled: Choices, notices: list[Notice], *, titled: bool) -> None:
    words, of_today = chosen.words, _is_of_today(chosen.page)
    head.show(chosen, of_today=of_today)
    session.show(chosen)
    if titled:
        title = markup.element("h1", words(menu.TITLES[chosen.page]))
        status = cutoff_words.today(chosen) if of_today else cutoff_words.status(chosen)
        waits = cutoff_words.elsewhere(chosen, settled.corte if of_today else None)
        draw.html(markup.wrapped("div", [title, status, waits], css="crm-title"))
    new_data.show_age(words)
    if not chosen.view.snapshot:
        new_data.watch(words, chosen.page)
    snapshot.show(chosen, settled)
    if not of_today:
        provisional.show(chosen)
    for sentence in address.sentences(words, notices):
        components.notice(sentence)
