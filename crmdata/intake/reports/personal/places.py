"""Where one person lives or learns: a home's address, a school or ward by its name."""

import re
from collections.abc import Iterator
from itertools import pairwise

from crmdata.intake.reports.personal.lexicon import cue_words
from crmdata.intake.reports.personal.reading import TextReading
from crmdata.search import Span

_PART = re.compile(
    r"(?<![a-z])(?:(?:calle|avenida|av|avda|pasaje|senda|bloque|manzana|mz|lote|lt|casa|apto|"
    r"apartamento|depto|zona|km|kilometro|sector|poligono|edificio|numero|no|etapa|peatonal|"
    r"house|apt|apartment|unit|flat|block|lot|suite|mile)\.? ?(?:no\.? |n\.?° ?|"
    r"# ?)?[0-9a-z]{0,2}[0-9]"
    r"{1,4}[a-z]?|(?:colonia|col|barrio|bo|residencial|res|reparto|canton|aldea|caserio|"
    r"lotificacion|"
    r"urbanizacion|urb|fraccionamiento|vereda|finca|comunidad)\.? (?!de |del (?:pais|"
    r"area))[a-z]{2,15}|"
    r"(?:contiguo a|frente a|a la par de|detras de|cuadras? al?|esquina|next to|across from|behind)"
    r"(?![a-z]))"
)
_STREET = re.compile(
    r"(?<![a-z0-9])[0-9]{1,5}[a-z]? (?:(?:[nsew]|north|south|east|"
    r"west)\.? )?(?:[a-z0-9]{2,15} ){1,3}"
    r"(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|crescent|place|way)"
    r"(?![a-z])"
)
_HOMES = (
    "vive|vivia|vivira|reside|residia|residente|domiciliad[oa]|su casa|lives|resides|home address"
)
_STAYS = (
    "viven|residen|domicili[oa]d?[oa]?|su hogar|direccion|vivienda|visita domiciliaria|live|living|"
    "residing|residence|his home|her home|address|staying|stays|visit|ubicad[oa] en|alojad[oa]|"
    "localizad[oa]"
)
_HOME = re.compile(rf"(?<![a-z])(?:{_HOMES})(?![a-z])")
_LIVES = re.compile(rf"(?<![a-z])(?:{_STAYS})(?![a-z])")
_OF_HOMES = cue_words(f"{_HOMES}|{_STAYS}")
_LEARNS = re.compile(
    r"(?<![a-z])(?:estudia|estudiaba|cursa|asiste|asistia|matriculad[oa]|inscrit[oa]|internad[oa]|"
    r"hospitalizad[oa]|ingresad[oa]|nacio|attends|attending|attended|enrolled|admitted|"
    r"hospitali[sz]ed|grado|grade|studies|studied)(?![a-z])[^.;\n]{0,45}?(?<![a-z])"
    r"(?P<place>(?:escuela|colegio|instituto|liceo|kinder|hospital|clinica|centro escolar|"
    r"centro de salud|"
    r"school|high school|college|clinic|hospital)(?![a-z])[^,.;()\n]{0,40})|"
    r"(?<![a-z])(?:attends|attending|attended|enrolled (?:in|at)|admitted to|"
    r"studies at)[^.;\n]{0,45}?"
    r"(?:school|hospital|clinic|college)(?![a-z])"
)
_WRITES = re.compile(
    r"(?<![a-z])(?:facebook|instagram|tiktok|messenger|telegram|snapchat|twitter)(?![a-z])"
    r"(?:[ :(]{1,3}(?:como|as|de|perfil|user|usuario|cuenta|account|handle|profile|name)){0,3}"
    r"[ :(\"]{1,4}(?P<handle>@?[\w][\w.]{2,30})"
)


def signs(reading: TextReading) -> Iterator[Span]:
    """Yield homes of persons, and what names where a child learns or is cared for."""
    if not reading.known.isdisjoint(_OF_HOMES):
        yield from _homes(reading)
    if not reading.speaks_of_somebody:
        return
    for match in _LEARNS.finditer(reading.plain):
        who = reading.closest(match.start(), before=120, after=30)
        capitals = any(char.isupper() for char in reading.text[match.start() + 1 : match.end()])
        single = reading.speaks_of_one(match.start()) if who is None else who.single
        if single and (capitals or reading.says_nothing_by_case):
            yield Span(*match.span())
    for match in _WRITES.finditer(reading.plain):
        handle = match["handle"]
        if re.search(r"[@._0-9]", handle.rstrip(".")) and reading.speaks_of_one(match.start()):
            yield Span(*match.span())


def _homes(reading: TextReading) -> Iterator[Span]:
    plain = reading.plain
    for match in _STREET.finditer(plain):
        if _is_home(reading, match.start()):
            yield Span(*match.span())
    parts = list(_PART.finditer(plain))
    for first, second in pairwise(parts):
        if second.start() - first.end() < 40 and _is_home(reading, first.start()):
            yield Span(first.start(), second.end())


def _is_home(reading: TextReading, place: int) -> bool:
    own = reading.sentence(place)
    if _HOME.search(reading.plain, own.start, own.end) is not None:
        return True
    lives = _LIVES.search(reading.plain, own.start, own.end) is not None
    return lives and reading.speaks_of_one(place)
