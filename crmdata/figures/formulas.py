"""How a figure came about: its formulas in words and signs, filled in from the reports behind.

Nothing is taken from the measures that the figures draw: every number is counted anew from
the two lists that stand under the formulas, so a reader can follow it with a pencil.
"""

from typing import NamedTuple

import pandas as pd

from crmdata.content import wording
from crmdata.i18n import Words
from crmdata.labels import SYMBOLS, label
from crmdata.measures import Measured
from crmdata.terms import COUNTED, SIN_REPORTE, State


class Equation(NamedTuple):
    """One number: its name, its formula in words, the same with values, the result as shown."""

    name: str
    formula: str
    filled: str
    result: str


def behind(cells: pd.DataFrame) -> pd.DataFrame:
    """Return the due cells with a report, those that do not apply among them."""
    return cells.loc[cells["due"] & cells["state"].notna()]


def not_counted(cells: pd.DataFrame) -> int:
    """Return how many cells have a report though their period has not ended: no share of it."""
    return int((~cells["due"] & cells["state"].notna()).sum())


def measured(cells: pd.DataFrame, *, threshold: float) -> Measured:
    """Count the measures of cells, one by one; shares of nothing are NaN."""
    due = int(cells["due"].sum())
    rows = behind(cells)
    states = {str(state): int((rows["state"] == str(state)).sum()) for state in State}
    expected = due - states[State.NO_APLICA.value]
    percents = list(rows.loc[rows["state"] != State.NO_APLICA.value, "percent"])
    reported, total = len(percents), float(sum(percents))
    silence = 100.0 * (expected - reported)
    return Measured(
        expected=expected,
        reported=reported,
        **{SIN_REPORTE: due - len(rows)},
        **states,
        coverage=_share(reported, expected),
        progress=_share(total, reported),
        low=_share(total, expected),
        high=_share(total + silence, expected),
        withheld=_share(reported, expected) < threshold,
    )


def _share(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


def equations(cells: pd.DataFrame, words: Words, *, threshold: float) -> list[Equation]:
    """Return every number of a group of cells with what it is made of."""
    found, due = measured(cells, threshold=threshold), int(cells["due"].sum())
    if not found.expected:
        return [_expected(found, due, words)]
    return [
        _expected(found, due, words),
        _reported(found, words),
        _coverage(found, words),
        *_progress(cells, found, words, threshold),
        *_interval(cells, found, words),
        _fulfilled(found, words),
    ]


def _expected(found: Measured, due: int, words: Words) -> Equation:
    return Equation(
        words("Expected (N)"),
        words("due − not applicable"),
        f"{words.number(due)} − {words.number(found.no_aplica)}",
        words.number(found.expected),
    )


def _reported(found: Measured, words: Words) -> Equation:
    said = [state for state in COUNTED if state != SIN_REPORTE]
    return Equation(
        words("Reported (n)"),
        " + ".join(f"{SYMBOLS[state]} {label(words, state).lower()}" for state in said),
        " + ".join(words.number(getattr(found, str(state))) for state in said),
        words.number(found.reported),
    )


def _coverage(found: Measured, words: Words) -> Equation:
    filled = f"100 × {words.number(found.reported)} ÷ {words.number(found.expected)}"
    return Equation(words("Coverage"), "100 × n ÷ N", filled, wording.share(words, found))


def _total(cells: pd.DataFrame, words: Words) -> str:
    """Write the sum of the percents, which have two decimals at most."""
    rows = behind(cells)
    return words.number(float(rows["percent"].fillna(0).sum()), 2)


def _progress(
    cells: pd.DataFrame, found: Measured, words: Words, threshold: float
) -> list[Equation]:
    if not found.reported:
        return []
    formula, filled = words("sum of the percents ÷ n"), _total(cells, words)
    result = wording.percent(words, found.progress)
    if found.withheld:
        result = words(
            "withheld: coverage is under {threshold}", threshold=words.entered(100 * threshold)
        )
    filled = f"{filled} ÷ {words.number(found.reported)}"
    return [Equation(words("Reported progress"), formula, filled, result)]


def _interval(cells: pd.DataFrame, found: Measured, words: Words) -> list[Equation]:
    total, expected = _total(cells, words), words.number(found.expected)
    silent = words.number(found.sin_reporte)
    return [
        Equation(
            words("Interval, from"),
            words("sum of the percents ÷ N: every missing report as 0"),
            f"{total} ÷ {expected}",
            words.percent(round(found.low)),
        ),
        Equation(
            words("Interval, to"),
            words("(sum of the percents + 100 × missing) ÷ N: every missing report as 100"),
            f"({total} + 100 × {silent}) ÷ {expected}",
            words.percent(round(found.high)),
        ),
    ]


def _fulfilled(found: Measured, words: Words) -> Equation:
    return Equation(
        label(words, State.CUMPLIDA),
        words("100 × reports that say “fulfilled” ÷ N"),
        f"100 × {words.number(found.cumplida)} ÷ {words.number(found.expected)}",
        wording.percent(words, 100 * found.cumplida / found.expected),
    )


def table(found: list[Equation], words: Words) -> pd.DataFrame:
    """Return an equation a row, in words."""
    headers = (words("Number"), words("Formula"), words("With the values"), words("Result"))
    return pd.DataFrame(found, columns=list(headers))
