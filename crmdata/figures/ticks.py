"""Ticks with their text: plotly writes no number of its own."""

from crmdata.i18n import Words

_STEPS = (1, 2, 5)


def percents(words: Words, step: int = 25) -> tuple[list[float], list[str]]:
    """Return ticks over 0–100 %."""
    values = list(range(0, 101, step))
    return [float(value) for value in values], [words.percent(value) for value in values]


def counts_up_to(top: float, words: Words, most: int = 6) -> tuple[list[float], list[str]]:
    """Return at most about `most` round whole numbers from 0 to `top`."""
    step = next(
        factor * 10**power
        for power in range(12)
        for factor in _STEPS
        if factor * 10**power * most >= top
    )
    values = list(range(0, int(top) + 1, step))
    return [float(value) for value in values], [words.number(value) for value in values]
