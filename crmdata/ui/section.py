"""Sections of a page that run alone, as fragments: a widget within one leaves the rest as it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from functools import wraps
from typing import Concatenate, ParamSpec, cast

import streamlit as st

from crmdata.ui import actor, cache, choices, failing, opening
from crmdata.ui.chosen import Chosen

Rest = ParamSpec("Rest")
Show = Callable[Concatenate[Chosen, Rest], None]

_AS_GIVEN: ContextVar[bool] = ContextVar("sections drawn as given", default=False)
"""Whether what is drawn now gets what the reader chose from a run that has just asked for it."""


@contextmanager
def as_given() -> Iterator[None]:
    """Draw sections of what they are given: the run around them has just found it out."""
    token = _AS_GIVEN.set(True)
    try:
        yield
    finally:
        _AS_GIVEN.reset(token)


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
            if _AS_GIVEN.get():
                show(chosen, *args, **kwargs)
                return
            opening.follow(chosen.words, chosen.page)
            followed = choices.follow(chosen.choices, names, chosen.source.known)
            if followed is None or not _of_now(chosen):
                st.rerun()
            with as_given():
                show(replace(chosen, choices=followed), *args, **kwargs)

        return cast("Show[Rest]", st.fragment(run))

    return made


def _of_now(chosen: Chosen) -> bool:
    """Tell whether page and reader are still what they were; where nobody can, the page says so."""
    try:
        return actor.current_actor() == chosen.actor and cache.is_newest(chosen.source)
    except failing.FORESEEN:
        return False
