"""Sections of a page that run alone, as fragments: a widget within one leaves the rest as it is."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Concatenate, ParamSpec, cast

import streamlit as st

from crmdata.ui import choices, opening
from crmdata.ui.chosen import Chosen

Rest = ParamSpec("Rest")
Show = Callable[Concatenate[Chosen, Rest], None]


def of(*names: str) -> Callable[[Show[Rest]], Show[Rest]]:
    """Make of what draws a section a fragment, redrawn alone by the choices of these names.

    The section must be all that these choices change on the page. Session and address follow;
    what is clicked to change another choice, or to open another page, takes the page along.
    """

    def made(show: Show[Rest]) -> Show[Rest]:
        @wraps(show)
        def run(chosen: Chosen, *args: Rest.args, **kwargs: Rest.kwargs) -> None:
            opening.follow(chosen.words, chosen.page)
            followed = choices.follow(chosen.choices, names)
            if followed is None:
                st.rerun()
            show(replace(chosen, choices=followed), *args, **kwargs)

        return cast("Show[Rest]", st.fragment(run))

    return made
