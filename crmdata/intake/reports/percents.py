"""Percentages as people write them: one number from 0 to 100, or none.

`45`, `45,5 %`, `% 45`, `45 por ciento`, `cuarenta y cinco` and `3/4` have one reading. `0.25` has
two, a quarter or a quarter of one per cent: which is for the column to tell
(`crmdata.intake.reports.columns`).
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property, lru_cache

from crmdata.intake.reports.bare import in_latin, plain_dashes, without_hidden
from crmdata.search import plain

_SIGNS = r"%|por (?:100|cien(?:to)?)\b|porciento|per ?cent|pct\b\.?"
_SIGN = re.compile(_SIGNS)
_NUMBER = re.compile(r"[+-]?(?:\d{1,12}(?:[.,]\d{0,20})?|[.,]\d{1,20})")
_PARTS = re.compile(r"(0|[1-9]\d{0,2}) ?[/\u2044\u2215] ?([1-9]\d{0,2})")
"""So many of so many; with a zero in front or a year behind it rather is a date."""
_MIXED = re.compile(r"\d\s*[\xbc-\xbe\u2150-\u215e]")
"""A whole number and a small fraction, `1½`, which would become `11/2`."""
_FIGURE = r"\d{1,3}(?:[.,]\d{1,20})?"
_BESIDE = re.compile(
    rf"[(\[]? ?(?<![\w.,])(?:al |at |con |with |avance:? |con avance de |con un avance de )?"
    rf"(?P<percent>{_FIGURE} ?(?:{_SIGNS})|(?:{_SIGNS}) ?{_FIGURE}\b)"
    r"(?: de avance| de cumplimiento| avance| complete)?(?: ?[)\]])?"
)
_FIGURES = re.compile(rf"[(\[]? ?(?<![\w.,/-])(?P<percent>{_FIGURE})(?![\w.,/-])(?: ?[)\]])?")
_DOUBTING = re.compile(r"[<>~\u2248\u2264\u2265\xb1?+]")
_DIGIT = re.compile(r"\d")
_DECIMALS = Decimal("0.01")

_UNITS = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve",
    "zero one two three four five six seven eight nine",
)
_TEENS = (
    "diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve",
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
)
_TENS = (
    "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "twenty thirty forty fifty sixty seventy eighty ninety",
)
_BETWEEN = (" y ", " ")


def _numbers_in_words() -> dict[str, int]:
    """Return every whole number from 0 to 100 by its words in Spanish and English."""
    words = {"cien": 100, "ciento": 100, "hundred": 100, "one hundred": 100, "a hundred": 100}
    for units, teens, tens, between in zip(_UNITS, _TEENS, _TENS, _BETWEEN, strict=True):
        words |= {name: number for number, name in enumerate(f"{units} {teens}".split())}
        for ten, name in enumerate(tens.split(), start=2):
            words[name] = ten * 10
            for unit, other in enumerate(units.split()[1:], start=1):
                words[f"{name}{between}{other}"] = ten * 10 + unit
    spanish = enumerate(_UNITS[0].split()[1:], start=1)
    return words | {f"veinti{unit}": 20 + number for number, unit in spanish}


_IN_WORDS = _numbers_in_words()


@dataclass(frozen=True)
class Percent:
    """What a text says as a percentage."""

    exact: Decimal
    signed: bool
    """Whether it can be nothing else: `0.25 %` is no quarter, `3/4` three of them."""

    @cached_property
    def number(self) -> Decimal:
        """The number as it is stored: with two decimals at most."""
        return rounded(self.exact)

    @property
    def rounded(self) -> bool:
        """Whether it has more decimals than are stored."""
        return self.number != self.exact

    @property
    def is_percentage(self) -> bool:
        """Whether it lies between 0 and 100."""
        return 0 <= self.number <= 100

    @property
    def is_small(self) -> bool:
        """Whether it may be a fraction: less than one, without a sign."""
        return not self.signed and 0 < self.number < 1

    @property
    def may_be_whole(self) -> bool:
        """Whether it may be the whole, as spreadsheets keep it: a 1 without a sign."""
        return not self.signed and self.exact == 1


_RANGE = re.compile(
    rf"(?:entre |between |de |from )?({_NUMBER.pattern}) ?(?:-|a|y|to|and|o|or|/) ?"
    rf"({_NUMBER.pattern})"
)


def is_range(text: str) -> bool:
    """Tell whether a text names two percentages: `45-50`, `entre 40 y 50 %`."""
    bare = " ".join(_SIGN.sub("", plain(plain_dashes(text[:60]))).split())
    return _RANGE.fullmatch(bare) is not None


@lru_cache(maxsize=1024)
def read(text: str) -> Percent | None:
    """Return what a text says, None where it is no single number."""
    if _MIXED.search(text) is not None:
        return None
    written = _bare(text).strip(" '\"")
    if written.startswith("(") and written.endswith(")"):
        written = written[1:-1].strip()
    bare, signs = _SIGN.subn("", written)
    bare = bare.strip()
    if signs > 1:
        return None
    in_words = _IN_WORDS.get(" ".join(bare.replace("-", " ").split()))
    if in_words is not None:
        return Percent(Decimal(in_words), signs == 1)
    parts = _PARTS.fullmatch(bare)
    if parts is not None and not signs:
        return Percent(Decimal(100 * int(parts[1])) / int(parts[2]), signed=True)
    if _NUMBER.fullmatch(bare) is None:
        return None
    return Percent(Decimal(bare.replace(",", ".")), signs == 1)


def _bare(text: str) -> str:
    return plain(plain_dashes(without_hidden(in_latin(text[:60]))))


def apart(text: str) -> tuple[str, Percent | None]:
    """Return the words of a text and the one percentage that stands beside them, as in a state.

    Where there is none, several, or one that is only about right, the text comes back as it is.
    """
    if _DIGIT.search(text) is None:
        return text, None
    written = _bare(text)
    matches = list(_BESIDE.finditer(written))
    if len(matches) != 1 or _DOUBTING.search(written) is not None:
        return text, None
    [match] = matches
    return f"{written[: match.start()]} {written[match.end() :]}", read(match["percent"])


def apart_in_its_column(text: str) -> tuple[str, Percent | None]:
    """Return as `apart` does where a number needs no sign, since its column says what it is.

    One of which nobody knows if it is a fraction does.
    """
    words, percent = apart(text)
    if percent is not None:
        return words, percent
    written = _bare(text)
    matches = list(_FIGURES.finditer(written))
    if len(matches) != 1 or _DOUBTING.search(written) is not None or _SIGN.search(written):
        return text, None
    [match] = matches
    percent = read(match["percent"])
    if percent is None or percent.is_small or percent.may_be_whole:
        return text, None
    return f"{written[: match.start()]} {written[match.end() :]}", percent


def rounded(number: Decimal) -> Decimal:
    """Return a number with two decimals at most."""
    return number.quantize(_DECIMALS, ROUND_HALF_UP)


def written(number: Decimal) -> str:
    """Return a number as a file of ours writes it."""
    return f"{number.normalize():f}"
