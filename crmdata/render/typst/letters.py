"""The letters that the shipped fonts hold; what they lack is plain, or seen to be missing."""

import unicodedata
from functools import cache
from pathlib import Path
from typing import TypeVar

RANGES = Path(__file__).parent / "fonts" / "letters.txt"
"""The code points of all shipped fonts, a run a line, in hexadecimal: `20-7e`."""

_BYTE_ORDER_MARK = "\ufeff"
"""No letter, though fonts hold it; PDF/UA refuses it."""

_MISSING = "\N{REPLACEMENT CHARACTER}"
Value = TypeVar("Value")


def clean(value: Value) -> Value:
    """Return texts as the fonts can show them, in lists and dicts too.

    Ornate letters become plain ones, control characters spaces; what else they lack becomes �.
    """
    if isinstance(value, str):
        return "".join(map(_letter, value))  # type: ignore[return-value] # a text for a text
    if isinstance(value, dict):
        return {name: clean(each) for name, each in value.items()}  # type: ignore[return-value] # likewise
    if isinstance(value, list | tuple):
        return [clean(each) for each in value]  # type: ignore[return-value] # JSON has no tuples
    return value


def _letter(letter: str) -> str:
    if letter == "\n":
        return letter
    if letter == _BYTE_ORDER_MARK:
        return ""
    if ord(letter) in _letters():
        return letter
    if letter.isspace() or not letter.isprintable():
        return " "
    plain = unicodedata.normalize("NFKC", letter)
    return plain if all(ord(sign) in _letters() for sign in plain) else _MISSING


@cache
def _letters() -> frozenset[int]:
    found: set[int] = set()
    for run in RANGES.read_text("ascii").split():
        first, _, last = run.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)
