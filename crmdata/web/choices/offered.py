"""Which choices a page does not follow: they wait there for the other pages.

A page says what waits (`cutoff_words.elsewhere`), so that no number looks narrower than it is.
"""

from collections.abc import Set as AbstractSet

from crmdata.access import Actor
from crmdata.content.destinations import OFFERED
from crmdata.labels import LEVELS
from crmdata.web.choices.address import Choices

LEADS = {"presentar": ("eje", "linea", "actividad", "pais", "socio")}
"""The choices that narrow nothing on a page, which leads to what it has of them."""

NARROWING = (
    "eje", "linea", "actividad", "pais", "paises", "solo", "socio", "marca", "lectura", "estado",
    "buscar",
)  # fmt: skip
"""The choices of what is shown and of whom. The others are of how a page draws it."""


def elsewhere(page: str, picked: Choices, someone: Actor) -> Choices:
    """Return what was chosen of what is shown, and narrows nothing on a page."""
    followed = {*OFFERED[page]} - _set_aside(page, picked, someone)
    waits = {name for name in NARROWING if getattr(picked, name)} - followed
    # Who has logged in need not be told of what is theirs anyway.
    waits -= {name for name, own in (("pais", someone.country), ("socio", someone.partner))
              if own and own == getattr(picked, name)}  # fmt: skip
    return picked.limited(waits - _implied(waits))


def _set_aside(page: str, picked: Choices, someone: Actor) -> AbstractSet[str]:
    """Return the choices that a page offers and does not follow beside what else was chosen."""
    several = len(picked.paises) > 1
    match page:
        case "inicio" if picked.pais:
            return {"socio"}
        case "calendario":
            return {"pais"} if picked.by_support else {"socio"}
        case "actividades" | "lineas" if picked.actividad:
            # The sheet is of one activity, whatever its list was narrowed by.
            return {"socio", "marca", "lectura", "estado", "buscar"}
        case "paises" if picked.pais and picked.pais not in picked.paises:
            return {"pais"} if several else {"paises"}
        case "informar" if someone.country or someone.partner:
            return {"pais"}
    return frozenset()


def _implied(names: AbstractSet[str]) -> AbstractSet[str]:
    """Return the levels of which a finer one is among the choices too, and says them."""
    levels = [level.choice for level in LEVELS.values() if level.choice in names]
    return {*levels[:-1]}
