"""The twenty tasks, and hands that count what a person does for each of them.

A click is everything that leads somewhere or does something: a click, a tap, a key of its own, a
mark that is set, a fold that is opened. What somebody has to say is counted beside it, a field
once, whether it is written or chosen from the list of a form: no shorter way spares it.
"""

import os
from dataclasses import dataclass
from typing import NamedTuple

from playwright.sync_api import Locator, Page, expect

from crmdata.settings import ROOT
from tests import chromium

WIDTHS = (1440, 390)
"""Of an office's screen and of a phone."""

_TABLE = ROOT / "docs" / "tasks.md"
_WRITES = os.environ.get("WRITE_TASKS") == "1"


class Task(NamedTuple):
    """What somebody wants, from the page where they are at home, and in how many clicks."""

    person: str
    wants: str
    goal: int


_HND, _SECRETARIAT, _UNHCR, _ANYBODY = (
    "Focal point of Honduras", "Secretariat", "Partner (UNHCR)", "Anybody",
)  # fmt: skip

TASKS = {
    "pending": Task(_HND, "What is pending by the last meeting, the longest first", 0),
    "fell-back": Task(_HND, "Which of our reports fell back since the last meeting", 1),
    "briefing": Task(_HND, "My briefing as PDF", 1),
    "beside": Task(_HND, "Honduras beside Guatemala in line IV, by activity", 3),
    "since-when": Task(_HND, "When IV.3.2 was due, since when it is overdue", 2),
    "training": Task(_HND, "All about consular training, whichever word", 2),
    "report": Task(_HND, "Report one pending activity", 2),
    "unchanged": Task(_HND, "“No changes” for ten at once", 3),
    "stage": Task(_SECRETARIAT, "On stage: line VI by country, one meeting back, and return", 3),
    "agree": Task(_SECRETARIAT, "Note an agreement with who and by when, from the stage", 2),
    "deck": Task(_SECRETARIAT, "Hand out the deck", 1),
    "minutes": Task(_SECRETARIAT, "The minutes", 1),
    "owing": Task(_SECRETARIAT, "Who owes what, sorted by age", 0),
    "remind": Task(_SECRETARIAT, "Remind Honduras", 1),
    "decide": Task(_SECRETARIAT, "Of a batch accept eight rows and send back two", 4),
    "named": Task(_UNHCR, "Which activities name us, as a list", 0),
    "nobody": Task(_UNHCR, "Where nobody is", 0),
    "file": Task(_UNHCR, "All that as one file", 1),
    "share": Task(_ANYBODY, "Share exactly this view", 1),
    "english": Task(_ANYBODY, "In English, at the same place", 1),
}


@dataclass
class Hands:
    """Does on a page what a person does, and counts it."""

    page: Page
    clicks: int = 0
    said: int = 0

    def click(self, what: Locator) -> None:
        """Click on something that can be seen."""
        what.click()
        self.clicks += 1

    def press(self, key: str, page: Page | None = None) -> None:
        """Press a key that does something by itself."""
        (page or self.page).keyboard.press(key)
        self.clicks += 1

    def write(self, text: str, field: Locator | None = None) -> None:
        """Write, into a field or where the keyboard is."""
        if field is None:
            self.page.keyboard.type(text)
        else:
            field.fill(text)
        self.said += 1

    def choose(self, option: str, field: Locator) -> None:
        """Choose what a field of a form is to say from its list."""
        chromium.choose(field, field.page.get_by_role("option", name=option).first)
        self.said += 1

    def ask(self, text: str) -> Locator:
        """Write into the search in the head; return the first answer, once it is there."""
        self.click(self.page.locator(".crm-head .crm-search input[type=search]"))
        self.write(text)
        answers = self.page.locator("dialog.crm-finder").get_by_role("option")
        # The last line always leads to the texts that have these words.
        expect(answers.last).to_contain_text(text)
        return answers.first

    def __str__(self) -> str:
        return f"{self.clicks} + {self.said}" if self.said else str(self.clicks)


def judged(key: str, width: int, hands: Hands) -> None:
    """Judge what was counted: within the goal, and as docs/tasks.md has it.

    With `WRITE_TASKS=1` the document is brought up to date instead.
    """
    task = TASKS[key]
    assert hands.clicks <= task.goal, f"{task.wants}: {hands} clicks at {width} px"
    rows = _rows()
    if _WRITES:
        rows[key][WIDTHS.index(width)] = str(hands)
        _write(rows)
    assert rows[key][WIDTHS.index(width)] == str(hands), "make test with WRITE_TASKS=1 writes it"


def told() -> list[str]:
    """Return what stands in docs/tasks.md of each task but what was counted."""
    return [line.rsplit(" | ", 2)[0] for line in _lines()]


def expected() -> list[str]:
    """Return what is to stand there."""
    return [_line(task) for task in TASKS.values()]


def _line(task: Task) -> str:
    return f"| {task.person} | {task.wants} | {task.goal}"


def _lines() -> list[str]:
    lines = _TABLE.read_text("utf-8").splitlines()
    return [line for line in lines if line.startswith("|")][2:]


def _rows() -> dict[str, list[str]]:
    """Return what was counted at each width, by task."""
    counted = [line.strip("| ").split(" | ")[-2:] for line in _lines()]
    return dict(zip(TASKS, counted, strict=True))


def _write(rows: dict[str, list[str]]) -> None:
    text = _TABLE.read_text("utf-8")
    for old, task, counted in zip(_lines(), TASKS.values(), rows.values(), strict=True):
        text = text.replace(old, f"{_line(task)} | {' | '.join(counted)} |")
    _TABLE.write_text(text, "utf-8")
