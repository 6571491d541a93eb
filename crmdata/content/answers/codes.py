"""The codes of the plan that a query names, however they are written: `VI 1 4`, `4.3.2`, `IV32`."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from crmdata.content.answers.numbers import LEVEL, LEVEL_WORDS, SIGN
from crmdata.content.answers.things import Thing
from crmdata.labels import LEVELS
from crmdata.terms import line_number, roman
from crmdata.view import View

_NUMBER = r"[ivxlcdm]+|\d{1,2}"
_BETWEEN = r"[\s.,/_-]+"
_CODE = re.compile(
    rf"(?<![\w.])(?:({LEVEL})(?:\s+|(?=\d)){SIGN})?"
    rf"(?:({_NUMBER})((?:{_BETWEEN}\d{{1,2}}){{0,2}})|([ivxlcdm]+|\d)(\d{{1,3}}))(?!\w)"
)


@dataclass(frozen=True)
class NamedItems:
    """The items that a place of a query names by their code, the likeliest first."""

    things: tuple[Thing, ...]
    start: int
    end: int
    sure: bool = True
    """Whether it is a code whatever stands around it: `vi` may be a word."""


def known_codes(view: View) -> dict[str, list[str]]:
    """Return the codes of each level."""
    return {level.code: [str(code) for code in view.frame(level.frame)[level.code]]
            for level in LEVELS.values()}  # fmt: skip


def named_codes(query: str, known: Mapping[str, Collection[str]]) -> Iterator[NamedItems]:
    """Yield what a query names by codes that exist, or by the nearest above one that does not.

    The query stands without accents, its capitals as they were.
    """
    for match in _CODE.finditer(query.lower()):
        word, first, rest, glued, digits = match.groups()
        numbers = re.findall(r"\d+", rest or "")
        things = (_glued(glued, digits, known) if glued
                  else _things(LEVEL_WORDS.get(word or "", ""), first, numbers, known))  # fmt: skip
        written = query[slice(*match.span())]
        is_number = written.isdigit()
        sure = bool(word or numbers) or (not is_number and (bool(glued) or written.isupper()))
        if every := tuple(things):
            yield NamedItems(every, *match.span(), sure=sure)


def _things(
    level: str, first: str, numbers: list[str], known: Mapping[str, Collection[str]]
) -> Iterator[Thing]:
    if level == "axis" or (not level and not numbers and first.isdigit()):
        axis = first if first.isdigit() else str(_number(first))
        if not numbers and axis.lstrip("0") in known["axis"]:
            yield Thing("axis", axis.lstrip("0"))
    if level != "axis":
        yield from _deepest([_line(first), *map(str, map(int, numbers))], known)


def _deepest(parts: list[str], known: Mapping[str, Collection[str]]) -> Iterator[Thing]:
    """Yield the item of a code, or of what is left of it, as far down as one exists."""
    levels = ("line", "result", "activity")
    for length in range(len(parts), 0, -1):
        code = ".".join(parts[:length])
        if code in known[levels[length - 1]]:
            yield Thing(levels[length - 1], code)
            return


def _glued(first: str, digits: str, known: Mapping[str, Collection[str]]) -> Iterator[Thing]:
    """Yield the activities, else the results, of a code without anything between its numbers."""
    whole = first + digits
    splits = [(whole[:at], whole[at:]) for at in range(1, 3)] if first.isdigit() else []
    for line, rest in splits or [(first, digits)]:
        codes = [".".join([_line(line), rest[:at], rest[at:]]) for at in range(1, len(rest))]
        yield from (Thing("activity", code) for code in codes if code in known["activity"])
        code = f"{_line(line)}.{rest}"
        if not codes and code in known["result"]:
            yield Thing("result", code)


def _line(number: str) -> str:
    """Return a line's number as the plan writes it."""
    if number.isdigit():
        return roman(int(number)) if int(number) else ""
    return number.upper()


def _number(number: str) -> int:
    try:
        return line_number(number.upper())
    except ValueError:
        return 0
