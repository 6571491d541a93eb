"""Sections of a page that run alone, as fragments: a widget within one leaves the rest as it is."""

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import wraps
from typing import Concatenate, ParamSpec, cast

import streamlit as st

from crmdata.web.choices import choices, links, opening
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.codes import codes_of
from crmdata.web.data import cache
from crmdata.web.shell import actor, failing

Rest = ParamSpec("Rest")
Show = Callable[Concatenate[Chosen, Rest], None]


def of(*names: str) -> Callable[[Show[Rest]], Show[Rest]]:
    """Make of what draws a section a fragment, redrawn alone by the choices of these names.

    The section must be all that these choices change on the page. Session and address follow;
    what is clicked to change another choice, or to open another page, takes the page along, and
    so do new data and a login that has ended: a section is never of other data than its page, nor
    for somebody else.
    """

    def made(show: Show[Rest]) -> Show[Rest]:
        @wraps(show)
        def run(chosen: Chosen, *args: Rest.args, **kwargs: Rest.kwargs) -> None:
            # The run around has just found out what is chosen; when the section is redrawn alone
            # that is gone.
            given = [chosen]

            @wraps(show)
            def draw() -> None:
                show(given.pop() if given else _followed(chosen, names), *args, **kwargs)

            st.fragment(draw)()

        return cast("Show[Rest]", run)

    return made


def _followed(chosen: Chosen, names: Collection[str]) -> Chosen:
    """Return what is chosen by now; run the page anew where more than these has changed."""
    opening.follow(chosen.words, chosen.page)
    followed = choices.follow(chosen.choices, names, codes_of(chosen.view))
    if followed is None or not _of_now(chosen):
        st.rerun()
    return replace(chosen, choices=followed, links=links.here())


def _of_now(chosen: Chosen) -> bool:
    """Tell whether page and reader are still what they were; where nobody can, the page says so."""
    try:
        return actor.current_actor() == chosen.actor and cache.is_newest(chosen.view)
    except failing.FORESEEN:
        return False
