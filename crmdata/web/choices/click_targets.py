"""What a click on a chart opens; the links of its table open the same by keyboard.

A figure gives the key of a mark as plotly's `customdata`, `[line, country]` for one. `Opens`
says which page that leads to, and which choices the parts of the key fill.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from crmdata.content.cooperation.support import EVERYWHERE, NOBODY
from crmdata.content.destinations import Way
from crmdata.i18n import Words
from crmdata.web.choices import choices
from crmdata.web.choices.links import Links
from crmdata.web.shell import menu

_NOWHERE = (None, "", NOBODY, EVERYWHERE)
"""Parts of a key that no choice stands for: a column of its own, nobody, the whole region."""

_WANTED = "crmdata_open_page"
_CLICKS = "crmdata_clicks"


@dataclass(frozen=True)
class Opens:
    """Where the marks of a chart lead: a page, and a choice for each part of a mark's key.

    `""` among `fields` leaves a part out; a key may be shorter than `fields`. The choices that
    `lets_go` names end with the click.
    """

    page: str
    fields: tuple[str, ...]
    lets_go: tuple[str, ...] = ()
    column: "Opens | None" = None
    """Where the name over a column leads by its key; without it, where `fields` say."""

    def changes(self, key: Sequence[Any]) -> dict[str, Any]:
        """Return the choices that a key makes; empty where none of its parts is one."""
        changes = {
            field: part
            for field, part in zip(self.fields, key, strict=False)
            if field and part not in _NOWHERE
        }
        return {**dict.fromkeys(self.lets_go), **changes} if changes else {}

    def way(self, key: Sequence[Any]) -> Way | None:
        """Return the way that a key leads; None where it leads nowhere.

        The name of a row is a key without its column, the name of a column one without its row.
        """
        if self.column and key and key[0] in _NOWHERE:
            return self.column.way(key[1:])
        changes = self.changes(key)
        if not changes:
            return None
        return Way(self.page, {name: "" if part is None else str(part)
                               for name, part in changes.items()})  # fmt: skip

    def href(self, links: Links, key: Sequence[Any]) -> str | None:
        """Return the address that a key leads to; None where it leads nowhere."""
        way = self.way(key)
        return None if way is None else links.href(way.page, **way.changes)


LINE = Opens("lineas", ("linea",), ("actividad",))
ACTIVITY = Opens("actividades", ("actividad",), ("eje", "linea", "buscar"))
# Of countries that are compared one alone has no profile.
COUNTRY = Opens("paises", ("pais",), ("paises",))
LINE_AND_COUNTRY = Opens("lineas", ("linea", "pais"), ("actividad",), column=COUNTRY)
ACTIVITY_OF_COUNTRIES = replace(ACTIVITY, column=COUNTRY)
ACTIVITY_OF_PARTNERS = replace(ACTIVITY, column=Opens("cooperacion", ("socio",)))
SUPPORT_OF_LINE = Opens("cooperacion", ("linea", "socio"))
SUPPORT_IN_COUNTRY = Opens("cooperacion", ("linea", "pais"))


def chart_key(name: str) -> str:
    """Return the key of a clickable chart: a new one after each click, so that none is selected."""
    return f"chart-opens-{name}-{st.session_state.get(_CLICKS, 0)}"


def clicked(key: str, opens: Opens) -> None:
    """Take up a click on a chart, from its callback: choose, and go to the page in this run."""
    points = st.session_state[key]["selection"]["points"]
    key_clicked = points[0].get("customdata") if points else None
    if key_clicked is None:
        return
    changes = opens.changes(key_clicked if isinstance(key_clicked, list | tuple) else [key_clicked])
    if changes:
        choices.choose(**changes)
        st.session_state[_WANTED] = opens.page
        st.session_state[_CLICKS] = st.session_state.get(_CLICKS, 0) + 1


def follow(words: Words, page: str) -> None:
    """End the run and go to the page that a click asked for, unless the reader is there."""
    wanted = st.session_state.pop(_WANTED, page)
    if wanted != page:
        st.switch_page(menu.pages(words)[wanted], query_params=choices.params_now())
