"""Letters as the committed fonts can show them: what they lack is written otherwise, or named."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent / "fonts"

_EMOJI = "[emoji]"
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_BESIDE = re.compile("[\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
"""What changes the look of the sign before it: its colours, a key around it."""
_JOINED = re.compile("(?<=\u200d).|\u200d")
_FIRST_FLAG_LETTER = 0x1F1E6


def clean(text: str) -> str:
    """Return a text as the fonts can show it.

    Ornate letters become plain ones, a flag the letters of its country, other emoji a word; what
    else the fonts lack becomes �, control characters spaces.
    """
    if not text.isascii():
        text = _FLAG.sub(_country, text)
        text = _JOINED.sub("", _BESIDE.sub("", text))
    return "".join(map(_letter, text))


def _country(flag: re.Match[str]) -> str:
    return "".join(chr(ord("A") + ord(sign) - _FIRST_FLAG_LETTER) for sign in flag[0])


def _letter(letter: str) -> str:
    if letter in {"\n", "\N{NO-BREAK SPACE}"} or ord(letter) in _letters():
        return letter
    if not letter.isprintable():
        return " "
    plain = unicodedata.normalize("NFKC", letter)
    if all(ord(sign) in _letters() for sign in plain):
        return plain
    return _EMOJI if unicodedata.category(letter) == "So" else "\N{REPLACEMENT CHARACTER}"


@cache
def _letters() -> frozenset[int]:
    """Return the code points that the committed fonts hold."""
    with TTFont(FONTS / "DejaVuSansCondensed.ttf", lazy=True) as font:
        return frozenset(code for code in font.getBestCmap() if chr(code).isprintable())
