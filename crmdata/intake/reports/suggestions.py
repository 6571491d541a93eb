"""What somebody may have meant by a code that does not exist."""

import re
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from functools import lru_cache

from crmdata.i18n import words_for
from crmdata.labels import label
from crmdata.search import plain
from crmdata.terms import LANGUAGES, Modality, Period, State, roman

_STATES = {
    "en ejecucion": State.EN_CURSO,
    "en progreso": State.EN_CURSO,
    "in progress": State.EN_CURSO,
    "iniciada": State.EN_CURSO,
    "pendiente": State.NO_INICIADA,
    "sin iniciar": State.NO_INICIADA,
    "not started": State.NO_INICIADA,
    "completada": State.CUMPLIDA,
    "concluida": State.CUMPLIDA,
    "finalizada": State.CUMPLIDA,
    "fulfilled": State.CUMPLIDA,
    "suspended": State.SUSPENDIDA,
    "n/a": State.NO_APLICA,
    "na": State.NO_APLICA,
    "not applicable": State.NO_APLICA,
}

_MODALITIES = {
    "asistencia tecnica": Modality.TECNICA,
    "technical": Modality.TECNICA,
    "financial": Modality.FINANCIERA,
    "financiamiento": Modality.FINANCIERA,
    "training": Modality.CAPACITACION,
    "formacion": Modality.CAPACITACION,
    "communication": Modality.COMUNICACION,
}

_LONGEST = 60
"""Nothing longer was meant as a code; comparing it with all codes would only take time."""


def plain_words(text: str) -> str:
    """Return the words of `text` without accents and case, single spaces between them."""
    return " ".join(plain(text).split())


def code_of_label(written: str, allowed: Collection[str]) -> str:
    """Return the one of the codes whose words in Spanish or English these are, else ''.

    Case, accents, spaces and underscores make no difference, so `En curso` is `en_curso`.
    """
    wanted = plain_words(written[:_LONGEST]).replace("_", " ")
    for code in allowed:
        labels = (label(words_for(language), code) for language in LANGUAGES)
        if wanted in {code.replace("_", " "), *map(plain_words, labels)}:
            return code
    return ""


def party_meant(value: str, names: Mapping[str, tuple[str, str]], others: Mapping[str, str]) -> str:
    """Return the party's code for a wrong code or a name, else an empty text.

    `names` holds the Spanish and the English name by code, `others` the code by what else
    people write.
    """
    wanted = plain_words(value[:_LONGEST])
    for code, both in names.items():
        if wanted in {code.lower(), *map(plain_words, both)}:
            return code
    alias = others.get(wanted.replace(" ", ""))
    if alias is not None and alias in names:
        return alias
    by_name = {plain_words(name): code for code, both in names.items() for name in both}
    near = get_close_matches(wanted, by_name, n=1, cutoff=0.8)
    return by_name[near[0]] if near else near_code(value, frozenset(names))


def state_meant(value: str) -> str:
    """Return the state for what was written, else an empty text."""
    return _by_words(value, _STATES, tuple(State))


def modality_meant(value: str) -> str:
    """Return the modality for what was written, else an empty text."""
    return _by_words(value, _MODALITIES, tuple(Modality))


def period_meant(value: str) -> str:
    """Return the code of the period for `2019-II` or `II semestre 2019`, else an empty text."""
    period = Period.meant(plain_words(value[:_LONGEST]))
    return period.code if period else ""


def period_read(value: str) -> str:
    """Return the code of the period that is written in another form and can be no month, or ''."""
    period = Period.surely_meant(plain_words(value[:_LONGEST])) if value.isascii() else None
    return period.code if period else ""


def activity_read(value: str, codes: frozenset[str]) -> str:
    """Return the activity whose code is written with other signs or small letters, else ''."""
    wanted = ".".join(re.split(r"[.\-/ _]+", value[:_LONGEST].strip().upper()))
    return wanted if wanted in codes else ""


def numeral(number: str) -> str:
    """Return a line's number as the plan writes it, `IV` for `4`; any other text as it stands."""
    return roman(int(number)) if re.fullmatch(r"0{0,2}[1-9][0-9]{0,2}", number) else number


@lru_cache(maxsize=4096)
def activity_meant(value: str, codes: frozenset[str]) -> str:
    """Return the activity nearest to a wrong code, else an empty text.

    `4-3-2` and `iv.3.2` mean `IV.3.2`; where the line is right, the nearest number in it.
    """
    parts = re.split(r"[.\-/ ]+", value[:_LONGEST].strip().upper())
    if len(parts) == 3:
        parts[0] = numeral(parts[0])
    wanted = ".".join(parts)
    if wanted in codes:
        return wanted
    if len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts[1:]):
        same_line = [code.split(".") for code in codes if code.startswith(f"{parts[0]}.")]
        if same_line:
            result, activity = (int(part) for part in parts[1:])
            line, *rest = min(
                sorted(same_line),
                key=lambda code: (abs(int(code[1]) - result), abs(int(code[2]) - activity)),
            )
            return ".".join((line, *rest))
    return near_code(wanted, codes)


@lru_cache(maxsize=4096)
def near_code(value: str, codes: frozenset[str]) -> str:
    """Return the code that looks most like `value`, else an empty text."""
    near = get_close_matches(value[:_LONGEST].upper(), sorted(codes), n=1)
    return near[0] if near else ""


def _by_words(value: str, meanings: Mapping[str, str], codes: Collection[str]) -> str:
    wanted = plain_words(value[:_LONGEST]).replace("_", " ")
    if wanted in meanings:
        return meanings[wanted]
    near = get_close_matches(wanted.replace(" ", "_"), codes, n=1, cutoff=0.7)
    return str(near[0]) if near else ""
