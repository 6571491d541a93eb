"""Signs that a text speaks of one person. The subject is children: such data must not come in.

Only a warning: a pattern cannot know. It would rather miss a case than cry at every year
or amount of money, or nobody would read it.
"""

import re
from enum import Enum

_NAME = r"[A-ZÁÉÍÓÚÑ][a-záéíóúüñ]{2,20}"


class _Needs(Enum):
    """What a text must have for a sign to be there at all; few texts have any of it."""

    AT = "@"
    DIGITS = "six digits, with nothing but brackets, spaces and hyphens between"
    NUMBER = "a digit, and four more or what stands between them"
    NAMING = "one of a few words"


_SIGNS = tuple(
    (needs, re.compile(pattern))
    for needs, pattern in (
        # e-mail
        (_Needs.AT, r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63}"),
        # phone: +504 9999-9999, (504) 2222-3333, 2222-3333, 555-123-4567
        (
            _Needs.DIGITS,
            r"\+[0-9]{1,3}[ -]?\(?[0-9]{2,4}\)?(?:[ -]?[0-9]{2,4}){2,3}(?![0-9])",
        ),
        (_Needs.DIGITS, r"\([0-9]{2,4}\) ?[0-9]{3,4}[ -][0-9]{4}(?![0-9])"),
        (
            _Needs.DIGITS,
            r"(?<![0-9/-])(?!(?:19|20)[0-9]{2}-(?:19|20)[0-9]{2})[0-9]{4}-[0-9]{4}(?![0-9/-])",
        ),
        (_Needs.DIGITS, r"(?<![0-9-])[0-9]{3}-[0-9]{3}-[0-9]{4}(?![0-9-])"),
        # document: 0801-1990-12345, 12345678-9, 1-0234-0567, 001-1234567-8, 001-010190-0001A,
        # CURP, 123-45-6789, and any number of nine digits or more
        (_Needs.DIGITS, r"(?<![0-9-])[0-9]{4}-[0-9]{4}-[0-9]{5}(?![0-9])"),
        (_Needs.DIGITS, r"(?<![0-9-])[0-9]{8}-[0-9](?![0-9])"),
        (_Needs.DIGITS, r"(?<![0-9-])[0-9]-[0-9]{4}-[0-9]{4}(?![0-9])"),
        (_Needs.DIGITS, r"(?<![0-9-])[0-9]{3}-[0-9]{7}-[0-9](?![0-9])"),
        (_Needs.DIGITS, r"(?<![0-9-])[0-9]{3}-[0-9]{6}-[0-9]{4}[A-Z]?"),
        (_Needs.DIGITS, r"\b[A-Z]{4}[0-9]{6}[HM][A-Z]{5}[0-9A-Z][0-9]\b"),
        (_Needs.DIGITS, r"(?<![0-9-])[0-9]{3}-[0-9]{2}-[0-9]{4}(?![0-9])"),
        (_Needs.DIGITS, r"(?<![0-9$€.,/=-])[0-9]{9,18}(?![0-9])"),
        # what is called a number of a document or a phone
        (
            _Needs.NUMBER,
            (
                r"(?i:\b(?:pasaporte|passport|c[eé]dula|identidad|documento|expediente|dni|dui|cui"
                r"|ssn)\b)"
                r"(?: (?:de identidad|n[.°ºo]+|no\.|number|#))?[ :#]{1,3}[A-Z]{0,3}-?"
                r"[0-9][0-9-]{4,20}"
            ),
        ),
        (
            _Needs.NUMBER,
            (
                r"(?i:\b(?:tel|tel[eé]fono|cel|celular|m[oó]vil|phone|mobile|whatsapp)\b)\.?:? ?"
                r"\(?[0-9][0-9() -]{6,20}"
            ),
        ),
        # one child by name or initials: el niño llamado José; J. L., de 12 años
        (
            _Needs.NAMING,
            (
                r"(?:niñ[oa]|adolescente|menor|joven|child|boy|girl|minor|teenager)"
                r"(?: \w{1,15}){0,3}"
                rf",? (?:llamad[oa]|de nombre|named|called) {_NAME}"
            ),
        ),
        (
            _Needs.NAMING,
            r"\b(?:[A-ZÁÉÍÓÚÑ]\. ?){2,4},? ?\(?(?:de )?[0-9]{1,2} (?:años|years old)",
        ),
        (_Needs.NAMING, rf"{_NAME} {_NAME}(?: {_NAME})? \([0-9]{{1,2}}\)"),
        # a name with an age: Ana López, de 12 años; Ana López (12 años); Ana Lopez, aged 12
        (
            _Needs.NAMING,
            rf"{_NAME}(?:(?: {_NAME}){{1,3}},?|,) ?\(?(?:de )?[0-9]{{1,2}} (?:años|years old)",
        ),
        (_Needs.NAMING, rf"{_NAME}(?:(?: {_NAME}){{1,3}},?|,) \(?aged [0-9]{{1,2}}\b"),
    )
)

_NUMBER = re.compile(r"[0-9][0-9() -]{4}")
_DIGITS = re.compile(r"[0-9](?:[() -]{0,3}[0-9]){5}")
_WORDS = ("llamad", "de nombre", "named", "called", " años", " years old", "aged ", " (")


def _has(text: str) -> frozenset[_Needs]:
    """Return which signs a text may hold."""
    found = {_Needs.AT} if "@" in text else set()
    if any(map(text.__contains__, _WORDS)):
        found.add(_Needs.NAMING)
    if _NUMBER.search(text) is not None:
        found.add(_Needs.NUMBER)
        if _DIGITS.search(text) is not None:
            found.add(_Needs.DIGITS)
    return frozenset(found)


def looks_personal(text: str) -> str:
    """Return the part of a text that looks like a person's data, else an empty text."""
    present = _has(text)
    if not present:
        return ""
    for needs, sign in _SIGNS:
        found = sign.search(text) if needs in present else None
        if found is not None:
            return found[0]
    return ""
