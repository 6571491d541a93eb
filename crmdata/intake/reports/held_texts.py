"""What waits for somebody's word: questions about a file, and what looks like one person's data.

Nothing that is held is written anywhere: it stays in its file, or with the reader who sent it.
"""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from crmdata.errors import N_, Held, Problem, Quoted
from crmdata.fields import EVERY
from crmdata.intake.reports.personal import personal_words

RULE = "personal_data"

FOUND = N_("“{found}” looks like personal data; reports speak of no single person.")
SEVERAL_FOUND = N_("“{found}” look like personal data; reports speak of no single person.")
TAKE_OUT = N_(
    "Take out names, ages, numbers of documents, phones, e-mail addresses and what one child went "
    "through, or confirm that it is no person's data."
)


class CellPlace(NamedTuple):
    """What is held: a cell's file, sheet, row and column; a text of no file has a column only.

    A question is one of a whole column, or of a file, and has its `rule`.
    """

    file: str
    sheet: str
    row: int | None
    field: str
    rule: str = ""

    @property
    def name(self) -> str:
        """As a command names it: `5:narrative`, `percent:fractions`, a workbook's sheet first."""
        row = "" if self.row is None else str(self.row)
        return ":".join(filter(None, (self.sheet, row, self.field, self.rule)))


class _Everything(Collection[CellPlace]):
    """All places that there can be."""

    def __contains__(self, place: object) -> bool:
        return True

    def __iter__(self) -> Iterator[CellPlace]:
        return iter(())

    def __len__(self) -> int:
        return 0


EVERYTHING = _Everything()
"""For what nobody need be asked about: a sender has seen all of it, or nobody stands behind it."""


def place_of(problem: Problem) -> CellPlace:
    """Return what an answer to a warning speaks of."""
    if problem.rule == RULE:
        return CellPlace(problem.file, problem.sheet, problem.row, problem.field)
    # An answer does for what was asked: not where something else stands in the store since.
    states = [int(str(each.values.get("as_of", 0))) for each in problem.each()]
    rule = f"{problem.rule}@{max(states)}" if any(states) else problem.rule
    return CellPlace(problem.file, problem.sheet, None, problem.field, rule)


def confirmed_places(files: Iterable[Path], names: Iterable[str]) -> frozenset[CellPlace]:
    """Return what a command names: of several files with the file's name before each."""
    known = [file.name for file in files]
    places = set()
    for name in names:
        owner = next((file for file in known if name == file or name.startswith(f"{file}:")), "")
        rest, _, field = name.removeprefix(owner).removeprefix(":").rpartition(":")
        rule, row = "", ""
        if field in _COLUMNS:
            rest, _, row = rest.rpartition(":")
            rest = rest if _is_number(row) else f"{rest}:{row}".strip(":")
        else:
            rule = field
            rest, _, field = rest.rpartition(":")
            if field not in _COLUMNS:
                rest, field = f"{rest}:{field}".strip(":"), ""
        owner = owner or (known[0] if len(known) == 1 else "")
        number = int(row) if _is_number(row) else None
        places.add(CellPlace(owner if field != "note" else "", rest, number, field, rule))
    return frozenset(places)


_COLUMNS = frozenset({"note", *(field.code for field in EVERY)})


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def found_in(problem: Problem) -> tuple[str, ...]:
    """Return the words for which a text is held; of a question what it asks."""
    words: tuple[str, ...] = problem.values.get("words", (problem.text(),))  # type: ignore[assignment]  # ours, below
    return words


def quotation(words: Iterable[str]) -> dict[str, object]:
    """Return the words as values of a message."""
    quotations = tuple(words)
    return {"found": Quoted("”, “".join(quotations)), "words": quotations}


def held_text(field: str, text: str) -> list[Problem]:
    """Return why a text of no file is held; empty where it is not.

    `field` is how a command names it; empty for the only text of an act.
    """
    words = personal_words(text)
    if not words:
        return []
    return [
        Problem(
            RULE,
            FOUND if len(words) == 1 else SEVERAL_FOUND,
            TAKE_OUT,
            field=field,
            values=quotation(words),
            warning=True,
            asks=True,
        )
    ]


def held_texts(texts: Iterable[str]) -> list[Problem]:
    """Return why texts of one act are held, each said once."""
    once = dict.fromkeys(text.strip() for text in texts)
    return [problem for text in once for problem in held_text("", text)]


def settle_texts(texts: Iterable[str], *, confirmed: bool) -> None:
    """Let texts of one act be written. Raise Held unless `confirmed`."""
    problems = held_texts(texts)
    if problems and not confirmed:
        raise Held(problems)


def settle(problems: Iterable[Problem], confirmed: Collection[CellPlace]) -> list[str]:
    """Return the names of the held cells, all of them confirmed, as the audit trail tells them.

    Raise Held with every other one.
    """
    places = [(place_of(problem), problem) for problem in problems]
    waiting = [problem for place, problem in places if place not in confirmed]
    if waiting:
        raise Held(waiting)
    return [place.name for place, _ in places]


def settle_text(field: str, text: str, *, confirmed: bool) -> dict[str, list[str]]:
    """Return what the audit trail tells of a text that somebody writes with an act.

    It names the `field`, never the words. Raise Held unless `confirmed`.
    """
    problems = held_text("", text)
    if problems and not confirmed:
        raise Held(problems)
    return {"confirmed": [field]} if problems else {}
