"""Percentages as people write them: one number from 0 to 100, or none.

`45`, `45,5 %`, `% 45` and `45 por ciento` have one reading. `0.25` has two, a quarter or a quarter
of one per cent: which is for the column to tell (`crmdata.intake.reports.columns`).
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from crmdata.intake.reports.bare import in_latin, plain_dashes, without_hidden
from crmdata.search import plain

_SIGN = re.compile(r"%|por ciento|porciento|per ?cent|pct\b\.?")
_NUMBER = re.compile(r"[+-]?(?:\d{1,12}(?:[.,]\d{0,20})?|[.,]\d{1,20})")
_DECIMALS = Decimal("0.01")


@dataclass(frozen=True)
class Percent:
    """What a text says as a percentage."""

    exact: Decimal
    signed: bool
    """Whether it says that it is a percentage: `0.25 %` is no quarter."""

    @property
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


@lru_cache(maxsize=1024)
def read(text: str) -> Percent | None:
    """Return what a text says, None where it is no single number."""
    written = plain(plain_dashes(without_hidden(in_latin(text[:60])))).strip(" '\"")
    if written.startswith("(") and written.endswith(")"):
        written = written[1:-1].strip()
    bare, signs = _SIGN.subn("", written)
    bare = bare.strip()
    if signs > 1 or _NUMBER.fullmatch(bare) is None:
        return None
    return Percent(Decimal(bare.replace(",", ".")), signs == 1)


def rounded(number: Decimal) -> Decimal:
    """Return a number with two decimals at most."""
    return number.quantize(_DECIMALS, ROUND_HALF_UP)


def written(number: Decimal) -> str:
    """Return a number as a file of ours writes it."""
    return f"{number.normalize():f}"
