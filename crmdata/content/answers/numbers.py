"""Numbers of lines and axes however they are said: in words, as ordinals, one for several."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from crmdata.i18n import words_for
from crmdata.labels import LEVELS
from crmdata.search import plain
from crmdata.search.slips import Slips
from crmdata.terms import LANGUAGES

LEVEL_WORDS: Mapping[str, str] = {
    form: level.code
    for level in LEVELS.values()
    for language in LANGUAGES
    for word in [plain(words_for(language)(level.word))]
    for form in (word, f"{word}s", f"{word}es", f"{word.removesuffix('y')}ies",
                 f"{word.removesuffix('is')}es")
}  # fmt: skip
"""What people write before a code, and the level that it says."""

_SAID = (
    "uno one|primer[oa]? first", "dos two|segund[oa] second", "tres three|tercer[oa]? third",
    "cuatro four|cuart[oa] fourth", "cinco five|quint[oa] fifth", "seis six|sext[oa] sixth",
    "siete seven|sep?tim[oa] seventh", "ocho eight|octav[oa] eighth", "nueve nine|noven[oa] ninth",
    "diez ten|decim[oa] tenth", "once eleven|undecim[oa] decimo\\s?primer[oa]? eleventh",
    "doce twelve|duodecim[oa] decimo\\s?segund[oa] twelfth",
    "trece thirteen|decimo\\s?tercer[oa]? thirteenth",
    "catorce fourteen|decimo\\s?cuart[oa] fourteenth",
    "quince fifteen|decimo\\s?quint[oa] fifteenth",
    "dieciseis sixteen|decimo\\s?sext[oa] sixteenth",
)  # fmt: skip
"""The numbers of lines and axes in words from one on, then what says which one: patterns."""

_CARDINALS, _ORDINALS = (
    [(number, form) for number, each in enumerate(_SAID, start=1)
     for form in each.split("|")[part].split()]
    for part in (0, 1)
)  # fmt: skip
SIGN = r"(?:(?:n\s?\.?\s?[o°]|num(?:ero)?|number|no|#)\.?\s*)?"
_KIND = r"(?:estrategic[oa]|tematic[oa]|strategic|thematic|action|(?:de|of) (?:accion|action))s?"
"""What may stand beside the word for a level: `línea de acción XI`."""


def _either(forms: Iterable[str]) -> str:
    return "|".join(sorted(forms, key=len, reverse=True))


LEVEL = _either(LEVEL_WORDS)
_COUNTED = _either(word for word, level in LEVEL_WORDS.items() if level in {"axis", "line"})
_WORDS = _either(form for _, form in _CARDINALS)
_NUMBER = rf"(?:\d{{1,2}}|[ivxl]+|{_WORDS})"
_ENDING = r"\.?(?:st|nd|rd|th|er|[rdtmvn]?[oa])"
_WHICH = rf"(?:{_either(form for _, form in _ORDINALS)}|\d{{1,2}}{_ENDING})"

_ANY_CASE: Callable[[str], re.Pattern[str]] = partial(re.compile, flags=re.IGNORECASE)
_BESIDE = _ANY_CASE(rf"\b(?:{_KIND} )?({_COUNTED})(?: {_KIND})?(?= (?:{SIGN}{_NUMBER}|{_WHICH})\b)")
_BEFORE = _ANY_CASE(rf"\b({_WHICH}) (?:{_KIND} )?({_COUNTED})\b(?: {_KIND}\b)?")
_AFTER = _ANY_CASE(rf"\b({_COUNTED}) ({_WHICH})(?!\w)")
_IN_WORDS = _ANY_CASE(rf"\b({LEVEL}) {SIGN}({_WORDS})\b")
_SEVERAL = _ANY_CASE(rf"\b({_COUNTED}) ({SIGN}{_NUMBER}) ?(?:,|y|e|o|and|or|&) ?(?={_NUMBER}\b)")
_LIKE_A_LEVEL = _ANY_CASE(rf"\b([a-z]{{4,}})(?= {SIGN}{_NUMBER}\b)")
_SLIPS = Slips(LEVEL_WORDS)


def in_digits(text: str, known: Callable[[str], bool]) -> str:
    """Return a query with its numbers of lines and axes after a level's word, in digits or Roman.

    The text stands without accents. A word that is not `known` is taken for that of a level at one
    slip's distance if a number follows.
    """

    def corrected(match: re.Match[str]) -> str:
        word = plain(match[1])
        near = [] if word in LEVEL_WORDS or known(word) else _SLIPS.near(word)
        return near[0] if near else str(match[1])

    text = _LIKE_A_LEVEL.sub(corrected, " ".join(text.split()))
    text = re.sub(r"\bdiez y seis\b", "dieciseis", text, flags=re.IGNORECASE)
    text = _BESIDE.sub(r"\1", text)
    text = _BEFORE.sub(lambda match: f"{match[2]} {_which(match[1])}", text)
    text = _AFTER.sub(lambda match: f"{match[1]} {_which(match[2])}", text)
    # A number that is added stands after a word of its own: `líneas IV, líneas VI`.
    while (several := _SEVERAL.sub(r"\1 \2, \1 ", text)) != text:
        text = several
    return _IN_WORDS.sub(lambda match: f"{match[1]} {_number_of(match[2], _CARDINALS)}", text)


def _which(ordinal: str) -> int:
    digits = re.match(r"\d+", ordinal)
    return int(digits[0]) if digits else _number_of(ordinal, _ORDINALS)


def _number_of(said: str, forms: Iterable[tuple[int, str]]) -> int:
    return next(number for number, form in forms if re.fullmatch(form, said.lower()))
