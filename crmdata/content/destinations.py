"""Where something that is said leads, and which choices each page follows.

The page says how an address is written.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Way(NamedTuple):
    """Where something leads: a page, empty for the one it stands on, and the choices it changes."""

    page: str
    changes: Mapping[str, str]
    apart: bool = False
    """Whether it is only looked up, in a window of its own: what was chosen before stays chosen."""
    section: str = ""
    """The section of the page that is brought in sight."""


OFFERED = {
    "inicio": ("pais", "socio"),
    "calendario": ("eje", "linea", "marca", "pais", "socio", "color", "plegado"),
    "lineas": ("eje", "linea", "actividad", "pais"),
    "actividades": (
        "eje",
        "linea",
        "actividad",
        "pais",
        "socio",
        "marca",
        "lectura",
        "estado",
        "buscar",
    ),
    "paises": ("eje", "linea", "pais", "paises", "medida", "orden", "desde"),
    "cooperacion": ("eje", "linea", "pais", "socio"),
    "novedades": ("eje", "linea", "pais", "socio", "desde", "grupo"),
    "presentar": ("desde", "secciones", "solo", "tema"),
    "descargas": ("eje", "linea", "pais", "socio"),
    "informar": ("pais", "actividad"),
    "revision": (),
    "metodo": (),
}
"""The choices that a page has a widget for. The others wait and change nothing on it."""
