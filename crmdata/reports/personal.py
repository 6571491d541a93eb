"""Signs that a text speaks of one person. The subject is children: such data must not come in.

Only a warning: a pattern cannot know. It would rather miss a case than cry at every year
or amount of money, or nobody would read it.
"""

import re

_NAME = r"[A-ZÁÉÍÓÚÑ][a-záéíóúüñ]{2,20}"

_SIGNS = tuple(
    re.compile(pattern)
    for pattern in (
        # e-mail
        r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63}",
        # phone: +504 9999-9999, (504) 2222-3333, 2222-3333, 555-123-4567
        r"\+[0-9]{1,3}[ -]?\(?[0-9]{2,4}\)?(?:[ -]?[0-9]{2,4}){2,3}(?![0-9])",
        r"\([0-9]{2,4}\) ?[0-9]{3,4}[ -][0-9]{4}(?![0-9])",
        r"(?<![0-9/-])(?!(?:19|20)[0-9]{2}-(?:19|20)[0-9]{2})[0-9]{4}-[0-9]{4}(?![0-9/-])",
        r"(?<![0-9-])[0-9]{3}-[0-9]{3}-[0-9]{4}(?![0-9-])",
        # document: 0801-1990-12345, 12345678-9, 1-0234-0567, 001-1234567-8, 001-010190-0001A,
        # CURP, 123-45-6789, and any number of nine digits or more
        r"(?<![0-9-])[0-9]{4}-[0-9]{4}-[0-9]{5}(?![0-9])",
        r"(?<![0-9-])[0-9]{8}-[0-9](?![0-9])",
        r"(?<![0-9-])[0-9]-[0-9]{4}-[0-9]{4}(?![0-9])",
        r"(?<![0-9-])[0-9]{3}-[0-9]{7}-[0-9](?![0-9])",
        r"(?<![0-9-])[0-9]{3}-[0-9]{6}-[0-9]{4}[A-Z]?",
        r"\b[A-Z]{4}[0-9]{6}[HM][A-Z]{5}[0-9A-Z][0-9]\b",
        r"(?<![0-9-])[0-9]{3}-[0-9]{2}-[0-9]{4}(?![0-9])",
        r"(?<![0-9$€.,/=-])[0-9]{9,18}(?![0-9])",
        # what is called a number of a document or a phone
        (
            r"(?i:\b(?:pasaporte|passport|c[eé]dula|identidad|documento|expediente|dni|dui|cui|ssn)\b)"
            r"(?: (?:de identidad|n[.°ºo]+|no\.|number|#))?[ :#]{1,3}[A-Z]{0,3}-?[0-9][0-9-]{4,20}"
        ),
        (
            r"(?i:\b(?:tel|tel[eé]fono|cel|celular|m[oó]vil|phone|mobile|whatsapp)\b)\.?:? ?"
            r"\(?[0-9][0-9() -]{6,20}"
        ),
        # one child by name or initials: el niño llamado José; J. L., de 12 años
        (
            r"(?:niñ[oa]|adolescente|menor|joven|child|boy|girl|minor|teenager)(?: \w{1,15}){0,3}"
            rf",? (?:llamad[oa]|de nombre|named|called) {_NAME}"
        ),
        r"\b(?:[A-ZÁÉÍÓÚÑ]\. ?){2,4},? ?\(?(?:de )?[0-9]{1,2} (?:años|years old)",
        rf"{_NAME} {_NAME}(?: {_NAME})? \([0-9]{{1,2}}\)",
        # a name with an age: Ana López, de 12 años; Ana López (12 años); Ana Lopez, aged 12
        rf"{_NAME}(?:(?: {_NAME}){{1,3}},?|,) ?\(?(?:de )?[0-9]{{1,2}} (?:años|years old)",
        rf"{_NAME}(?:(?: {_NAME}){{1,3}},?|,) \(?aged [0-9]{{1,2}}\b",
    )
)


def looks_personal(text: str) -> str:
    """Return the part of a text that looks like a person's data, else an empty text."""
    for sign in _SIGNS:
        found = sign.search(text)
        if found is not None:
            return found[0]
    return ""
