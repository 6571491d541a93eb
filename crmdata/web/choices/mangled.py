"""Addresses as they arrive: mangled by a mailing list, or written by heart.

What an e-mail or a sentence did to one is undone; names that only look like ours are told.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from crmdata.search import plain

_ESCAPED = re.compile(r"^(?:amp;|&|#38;)+", re.IGNORECASE)
"""What is left of `&amp;` before a name, as often as it was escaped."""

_SENTENCE = " \t\u00a0\u200b.,;:!)]»”\"'"
"""What the sentence around an address leaves at the end of its last value."""

_LONGEST = 40

_CALLED = {
    "fecha": "corte", "date": "corte", "cutoff": "corte", "lang": "idioma", "language": "idioma",
    "lengua": "idioma", "country": "pais", "countries": "paises", "line": "linea", "axis": "eje",
    "activity": "actividad", "partner": "socio", "partners": "socio", "search": "buscar",
    "page": "pagina", "snapshot": "instantanea", "theme": "tema", "sections": "secciones",
}  # fmt: skip
"""Names that people write for ours."""


def mended(params: Mapping[str, str], names: Collection[str]) -> dict[str, str]:
    """Return the parameters of an address with our `names` as they were meant to be."""
    found: dict[str, str] = {}
    for written, value in params.items():
        name = _name(written)
        if name == written or (name in names and name not in params):
            found[name] = value if name == "buscar" else _alone(value)
    return found


def _alone(value: str) -> str:
    """Return a value without the end of the sentence, or of the brackets, around its address."""
    return value.rstrip(_SENTENCE if "<" in value else f"{_SENTENCE}>")


def look_alikes(params: Mapping[str, str], names: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield each name that is none of ours and looks like one, with that one."""
    for written in params:
        name = _name(written)
        if name in names or len(written) > _LONGEST:
            continue
        meant = _CALLED.get(name) or next(iter(get_close_matches(name, names, 1, 0.8)), "")
        if meant:
            yield written, meant


def _name(written: str) -> str:
    return plain(_ESCAPED.sub("", written[:_LONGEST].strip()))
