"""What somebody may have meant by a code that does not exist."""

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import TypeVar

from crmdata.intake.reports.bare import plain_dashes
from crmdata.search import plain
from crmdata.terms import roman

_LONGEST = 60
"""Nothing longer was meant as a code; comparing it with all codes would only take time."""


def plain_words(text: str) -> str:
    """Return the words of `text` without accents and case, single spaces between them."""
    return " ".join(plain(text).split())


_T = TypeVar("_T")


def same_of_all(value: str, read: Callable[[str], _T]) -> _T | None:
    """Return what a text says in two ways, `HND (Honduras)`; None where they are not the same."""
    pieces = [piece for piece in _TWO_WAYS.split(value[:_LONGEST]) if piece.strip()]
    readings = set(map(read, pieces)) if len(pieces) > 1 else set()
    return readings.pop() if len(readings) == 1 else None


_TWO_WAYS = re.compile(r"[/()|:;,–—]|\s-\s|-(?=[^\W\d])")


def party_read(value: str, names: Mapping[str, tuple[str, str]]) -> str:
    """Return the party whose code or name in Spanish or English this is, else an empty text.

    A name may stand with what kind of country it is, and where: `República de Honduras, C.A.`.
    Another code for a country (`HON`) is none of them: so people report for a neighbour.
    """
    return _party(value, names) or same_of_all(value, lambda piece: _party(piece, names)) or ""


def _party(value: str, names: Mapping[str, tuple[str, str]]) -> str:
    wanted = plain_words(value[:_LONGEST])
    bare = _WHERE.sub("", _WHAT_COUNTRY.sub("", wanted))
    for code, both in names.items():
        if wanted == code.lower() or {wanted, bare} & set(map(plain_words, both)):
            return code
    return ""


_WHAT_COUNTRY = re.compile(
    r"^(?:(?:the |la |el )?(?:republica|republic|rep\.?|gobierno|government) (?:de|del|of) )+"
    r"(?:la |los |the )?"
)
_WHERE = re.compile(r"(?:,\s*| )\(?(?:c\.? ?a|centro ?america|central america)\b\.?\)?$")


def party_meant(value: str, names: Mapping[str, tuple[str, str]], others: Mapping[str, str]) -> str:
    """Return the party's code for a wrong code or a name, else an empty text.

    `names` holds the Spanish and the English name by code, `others` the code by what else
    people write.
    """
    read = party_read(value, names)
    if read:
        return read
    wanted = plain_words(value[:_LONGEST])
    alias = others.get(wanted.replace(" ", ""))
    if alias is not None and alias in names:
        return alias
    by_name = {plain_words(name): code for code, both in names.items() for name in both}
    near = get_close_matches(wanted, by_name, n=1, cutoff=0.8)
    return by_name[near[0]] if near else near_code(value, frozenset(names))


def activity_read(value: str, codes: frozenset[str]) -> str:
    """Return the activity whose code is written with other signs or small letters, else ''."""
    bare = _CALLED.sub("", plain_dashes(value[:_LONGEST]))
    parts = re.split(r"[.\-/\s_,]+", bare.strip(" .,-"))
    if len(parts) == 3:
        parts[0] = numeral(parts[0])
    # A small L stands for the capital I that it looks like.
    for line in (parts[0], parts[0].replace("l", "I")):
        wanted = ".".join((line, *parts[1:])).upper()
        if wanted in codes:
            return wanted
    return ""


_CALLED = re.compile(
    r"^\s*(?:(?:act|cod|c[oó]digo|actividad|activity|code)\b[.:]?\s*(?:de la )?)+"
    r"(?:n[.]?(?:o|ro|[uú]m|[uú]mero)?[.:º°]*\s+)?",
    re.IGNORECASE,
)
"""What stands before a code where its cell says again what it is: `Actividad n.º I.1.1`."""


def code_and_text(value: str) -> tuple[str, str]:
    """Return what may be an activity's code, and the words behind it in one cell, if any."""
    match = _CODE_AND_TEXT.fullmatch(value)
    return (match[1], match[2]) if match else (value, "")


_CODE_AND_TEXT = re.compile(
    r"([IVXLC0-9]{1,5}\s?[.,/_\-]\s?[0-9]{1,2}\s?[.,/_\-]\s?[0-9]{1,2})"
    r"[.:,)–—\s\-]*[\s.:)–—\-]([^\W\d_].*)",
    re.IGNORECASE | re.DOTALL,
)


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
def near_code(value: str, codes: frozenset[str], cutoff: float = 0.6) -> str:
    """Return the code that looks most like `value`, else an empty text."""
    near = get_close_matches(value[:_LONGEST].upper(), sorted(codes), n=1, cutoff=cutoff)
    return near[0] if near else ""
