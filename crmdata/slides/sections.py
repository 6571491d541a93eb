"""The sections of a deck, named as in the address, in the order in which they stand at first."""

from collections.abc import Iterable, Mapping

from crmdata.errors import N_

TITLES: Mapping[str, str] = {
    "portada": N_("Title and period"),
    "situacion": N_("Where we stand"),
    "ejes": N_("Axis by axis"),
    "lineas": N_("Line by line"),
    "paises": N_("Countries"),
    "pais": N_("Country by country"),
    "cooperacion": N_("Cooperation"),
    "socio": N_("Partner by partner"),
    "cambios": N_("Changes since the last meeting"),
    "vence": N_("What falls due next"),
    "acuerdos": N_("Agreements taken"),
}

SECTIONS = tuple(TITLES)


def sections_of(wanted: Iterable[str]) -> tuple[str, ...]:
    """Return the known sections of those asked for, in that order; all if none is left."""
    known = tuple(dict.fromkeys(section for section in wanted if section in TITLES))
    return known or SECTIONS
