"""What looks like one person's data is not stored before somebody has said that it is nobody's.

Nothing that is held is written anywhere: it stays in its file, or with the reader who sent it.
"""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

from crmdata.errors import N_, PersonalDataHeld, Problem, Quoted
from crmdata.intake.reports.personal import personal_words

RULE = "personal_data"

FOUND = N_("“{found}” looks like personal data; reports speak of no single person.")
TAKE_OUT = N_(
    "Take out names, ages, numbers of documents, phones and e-mail addresses, or confirm that it "
    "is no person's data."
)


class CellPlace(NamedTuple):
    """A cell that is held: its file, sheet, row and column; a text of no file has a column only."""

    file: str
    sheet: str
    row: int | None
    field: str

    @property
    def name(self) -> str:
        """As a command names it: `5:narrative`, with its sheet in a workbook."""
        parts = (self.sheet, "" if self.row is None else str(self.row), self.field)
        return ":".join(filter(None, parts))


def place_of(problem: Problem) -> CellPlace:
    """Return the cell of which a warning speaks."""
    return CellPlace(problem.file, problem.sheet, problem.row, problem.field)


def confirmed_places(files: Iterable[Path], names: Iterable[str]) -> frozenset[CellPlace]:
    """Return the places that a command names: of several files with the file's name before each."""
    known = [file.name for file in files]
    found = set()
    for name in names:
        rest, _, field = name.rpartition(":")
        rest, _, row = rest.rpartition(":")
        number = int(row) if row.isascii() and row.isdigit() else None
        owners = [file for file in known if rest == file or rest.startswith(f"{file}:")]
        owner = owners[0] if owners else known[0] if len(known) == 1 else ""
        sheet = rest.removeprefix(owner).removeprefix(":") if owners else rest
        found.add(CellPlace(owner if field != "note" else "", sheet, number, field))
    return frozenset(found)


def found_in(problem: Problem) -> tuple[str, ...]:
    """Return the words for which a text is held."""
    words: tuple[str, ...] = problem.values["words"]  # type: ignore[assignment]  # ours, below
    return words


def quoted(words: Iterable[str]) -> dict[str, object]:
    """Return the words as values of a message."""
    said = tuple(words)
    return {"found": Quoted("”, “".join(said)), "words": said}


def held_text(field: str, text: str) -> list[Problem]:
    """Return why a text of no file is held; empty where it is not.

    `field` is how a command names it; empty for the only text of an act.
    """
    words = personal_words(text)
    return [Problem(RULE, FOUND, TAKE_OUT, field=field, values=quoted(words))] if words else []


def held_texts(texts: Iterable[str]) -> list[Problem]:
    """Return why texts of one act are held, each said once."""
    once = dict.fromkeys(text.strip() for text in texts)
    return [problem for text in once for problem in held_text("", text)]


def settle_texts(texts: Iterable[str], *, confirmed: bool) -> None:
    """Let texts of one act be written. Raise PersonalDataHeld unless `confirmed`."""
    held = held_texts(texts)
    if held and not confirmed:
        raise PersonalDataHeld(held)


def settle(held: Iterable[Problem], confirmed: Collection[CellPlace]) -> list[str]:
    """Return the names of the held cells, all of them confirmed, as the audit trail tells them.

    Raise PersonalDataHeld with every other one.
    """
    places = [(place_of(problem), problem) for problem in held]
    waiting = [problem for place, problem in places if place not in confirmed]
    if waiting:
        raise PersonalDataHeld(waiting)
    return [place.name for place, _ in places]


def settle_text(field: str, text: str, *, confirmed: bool) -> dict[str, list[str]]:
    """Return what the audit trail tells of a text that somebody writes with an act.

    It names the `field`, never the words. Raise PersonalDataHeld unless `confirmed`.
    """
    held = held_text("", text)
    if held and not confirmed:
        raise PersonalDataHeld(held)
    return {"confirmed": [field]} if held else {}
