"""What was said of each slot, and how a line tells it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from crmdata.content import wording
from crmdata.content.wording import text_of
from crmdata.i18n import Words
from crmdata.labels import NOT_APPLICABLE, SYMBOLS, label
from crmdata.terms import COUNTED, SIN_REPORTE, Reporting, State

STATES = (*map(str, COUNTED), State.NO_APLICA.value)
"""The order in which the parties of a slot are counted and drawn."""

DRAWN = (*STATES, Reporting.EN_PLAZO.value, Reporting.AUN_NO_VENCE.value)
"""The same, and after them how a silence stands that is not overdue yet."""


def expected(by_state: Mapping[str, int]) -> tuple[int, int]:
    """Return n and N of the counts by state of slots that are due."""
    reported = sum(by_state.get(str(state), 0) for state in COUNTED if state != SIN_REPORTE)
    return reported, reported + by_state.get(SIN_REPORTE, 0)


@dataclass
class SlotReports:
    """The countries of a slot (or of a line's period) by what they said of it."""

    cells: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    percent: float | None = None
    reporting: str = Reporting.AUN_NO_VENCE.value

    @property
    def expected(self) -> int:
        """N: the countries of which a report is due, less those where it does not apply."""
        return expected(self.counts)[1]

    @property
    def reported(self) -> int:
        """n: the countries that reported a state other than `no_aplica`."""
        return expected(self.counts)[0]


def slot_reports(cells: pd.DataFrame) -> dict[tuple[str, str], SlotReports]:
    """Return what the cells say, by activity and period.

    Reports that came before the slot was due are among the counts; its silence is not.
    """
    columns = (cells[name].tolist() for name in ("activity", *_Cell._fields))
    slots: dict[tuple[str, str], SlotReports] = {}
    for code, *values in zip(*columns, strict=True):
        cell = _Cell._make(values)
        slot = slots.setdefault((code, cell.semester), SlotReports(reporting=_reporting(cell)))
        slot.cells += 1
        state = text_of(cell.state) or (SIN_REPORTE if cell.due else "")
        if state:
            slot.counts[state] = slot.counts.get(state, 0) + 1
        slot.percent = cell.percent if slot.cells == 1 else None
    return slots


class _Cell(NamedTuple):
    semester: str
    due: bool
    reporting: str
    state: str | None
    percent: float


def _reporting(cell: _Cell) -> str:
    """Return how the slot stands where nobody has said anything of it."""
    if cell.due:
        return Reporting.SIN_REPORTE.value
    early = cell.reporting == Reporting.AUN_NO_VENCE
    return Reporting.AUN_NO_VENCE.value if early else Reporting.EN_PLAZO.value


def summary(words: Words, slot: SlotReports) -> str:
    """Return in one line what was reported of a slot: `7/11 (64 %): ● 3 · ◐ 4 · ·· 4`.

    Of a slot that is not due there is no N yet: its early reports have counts and no share.
    """
    if not slot.counts:
        # Alone, "within the period" would read as if a report had come in time.
        if slot.reporting == Reporting.EN_PLAZO:
            return words("No report yet: within the period")
        return label(words, slot.reporting)
    if slot.cells == 1:
        state = next(iter(slot.counts))
        text = f"{SYMBOLS[state]} {label(words, state)}"
        return (
            text
            if slot.percent is None or math.isnan(slot.percent)
            else f"{text}, {words.entered(slot.percent)}"
        )
    counts = " · ".join(
        f"{SYMBOLS[state]}\N{NO-BREAK SPACE}{slot.counts[state]}"
        for state in STATES
        if slot.counts.get(state)
    )
    if slot.reporting != Reporting.SIN_REPORTE:
        return f"{label(words, slot.reporting)}: {counts}"
    if not slot.expected:
        return f"{NOT_APPLICABLE}: {counts}"
    share = wording.percent(words, 100 * slot.reported / slot.expected)
    return f"{slot.reported}/{slot.expected} ({share}): {counts}"
