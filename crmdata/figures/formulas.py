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
    total, due = measured(cells, threshold=threshold), int(cells["due"].sum())
    if not total.expected:
        return [_expected(total, due, words)]
    return [
        _expected(total, due, words),
        _reported(total, words),
        _pending(total, words),
        _coverage(total, words),
        *_progress(cells, total, words, threshold),
        *_interval(cells, total, words),
        _fulfilled(total, words),
    ]


def _expected(total: Measured, due: int, words: Words) -> Equation:
    return Equation(
        words("Expected (N)"),
        words("due − not applicable"),
        f"{words.number(due)} − {words.number(total.no_aplica)}",
        words.number(total.expected),
    )


def _reported(total: Measured, words: Words) -> Equation:
    states = [state for state in COUNTED if state != SIN_REPORTE]
    return Equation(
        words("Reported (n)"),
        " + ".join(f"{SYMBOLS[state]} {label(words, state).lower()}" for state in states),
        " + ".join(words.number(getattr(total, str(state))) for state in states),
        words.number(total.reported),
    )


def _pending(total: Measured, words: Words) -> Equation:
    filled = f"{words.number(total.expected)} − {words.number(total.reported)}"
    return Equation(words("Pending"), "N − n", filled, words.number(total.sin_reporte))


def _coverage(total: Measured, words: Words) -> Equation:
    filled = f"100 × {words.number(total.reported)} ÷ {words.number(total.expected)}"
    return Equation(words("Coverage"), "100 × n ÷ N", filled, wording.share(words, total))


def _total(cells: pd.DataFrame, words: Words) -> str:
    """Write the sum of the percents, which have two decimals at most."""
    rows = behind(cells)
    return words.number(float(rows["percent"].fillna(0).sum()), 2)


def _progress(
    cells: pd.DataFrame, measure: Measured, words: Words, threshold: float
) -> list[Equation]:
    if not measure.reported:
        return []
    formula, filled = words("sum of the percents ÷ n"), _total(cells, words)
    result = wording.percent(words, measure.progress)
    if measure.withheld:
        result = words(
            "withheld: coverage is under {threshold}", threshold=words.entered(100 * threshold)
        )
    filled = f"{filled} ÷ {words.number(measure.reported)}"
    return [Equation(words("Reported progress"), formula, filled, result)]


def _interval(cells: pd.DataFrame, measure: Measured, words: Words) -> list[Equation]:
    total, expected = _total(cells, words), words.number(measure.expected)
    silent = words.number(measure.sin_reporte)
    return [
        Equation(
            words("Interval, from"),
            words("sum of the percents ÷ N: every missing report as 0"),
            f"{total} ÷ {expected}",
            words.percent(round(measure.low)),
        ),
        Equation(
            words("Interval, to"),
            words("(sum of the percents + 100 × missing) ÷ N: every missing report as 100"),
            f"({total} + 100 × {silent}) ÷ {expected}",
            words.percent(round(measure.high)),
        ),
    ]


def _fulfilled(total: Measured, words: Words) -> Equation:
    return Equation(
        label(words, State.CUMPLIDA),
        words("100 × reports that say “fulfilled” ÷ N"),
        f"100 × {words.number(total.cumplida)} ÷ {words.number(total.expected)}",
        wording.percent(words, 100 * total.cumplida / total.expected),
    )


def table(equations: list[Equation], words: Words) -> pd.DataFrame:
    """Return an equation a row, in words."""
    headers = (words("Number"), words("Formula"), words("With the values"), words("Result"))
    return pd.DataFrame(equations, columns=list(headers))
