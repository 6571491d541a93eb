"""What one country said, a line a row and a period a column."""

import pandas as pd

from crmdata import measures
from crmdata.content import findings, names, wording
from crmdata.content.destinations import Way
from crmdata.content.names import Name
from crmdata.content.parts import Square, Strip, Strips
from crmdata.content.records import records
from crmdata.i18n import Words
from crmdata.terms import SIN_REPORTE, Reporting
from crmdata.view import View


def of_country(view: View, words: Words, cells: pd.DataFrame, country: str) -> Strips:
    """Return a row for each line that the country's cells are of, and what it said when."""
    called = names.of_lines(view.frame("lines"), words)
    periods = sorted(cells["semester"].unique())
    late = {
        code
        for code in periods
        if view.cutoff > measures.deadline(code, view.thresholds.grace_days)
    }
    totals = {row.line: row for row in records(view.measured(cells, "line"))}
    squares = dict(iter(cells.groupby(["line", "semester"], sort=False)))
    rows = [
        Strip(
            name,
            [_square(view, words, name, squares.get((line, period)), period, country,
                     late=period in late)
             for period in periods],
            wording.n_of(words, totals[line]),
            _calendar(country, str(line)),
        )
        for line, name in called.items()
        if line in totals
    ]  # fmt: skip
    who = names.of_countries(view.frame("countries"), words)[country].text
    title = words("What {country} reported, by line and semester", country=who)
    columns = [*names.of_periods(periods, words).values()]
    return Strips(title, columns, rows, words("Reported"))


def left_out(view: View, words: Words, cells: pd.DataFrame, activities: pd.DataFrame) -> str:
    """Say which lines of these activities have no row, since no report is expected of them."""
    called = names.of_lines(view.frame("lines"), words)
    scheduled, chosen = set(cells["line"]), set(activities["line"])
    missing = [name.called for line, name in called.items() if line in chosen - scheduled]
    if not missing:
        return ""
    lines = wording.joined(words, missing)
    return words("Without a row, since the plan gives no semester to their work: {lines}.",
                 lines=lines)  # fmt: skip


def _square(
    view: View, words: Words, line: Name, cells: pd.DataFrame | None, period: str, country: str, *,
    late: bool,
) -> Square | None:  # fmt: skip
    if cells is None:
        return None
    states = cells["state"].where(cells["state"].notna(), cells["reporting"])
    counts = {str(state): int(n) for state, n in states.value_counts().items()}
    text = words.out_of(
        "{line}, {period}: {n} of {N} activity reported",
        "{line}, {period}: {n} of {N} activities reported",
        len(cells) - _without_report(counts), len(cells),
        line=line.short, period=words.period(period),
    )  # fmt: skip
    if counts.get(SIN_REPORTE):
        text = f"{text}; {findings.pending_since(words, period, view.cutoff)}"
    return Square(counts, text, _calendar(country, line.short), late)


def _calendar(country: str, line: str) -> Way:
    return Way("calendario", {"linea": line, "eje": "", "pais": country, "color": ""})


def _without_report(counts: dict[str, int]) -> int:
    states = (SIN_REPORTE, Reporting.EN_PLAZO, Reporting.AUN_NO_VENCE)
    return sum(counts.get(state, 0) for state in states)
