"""Two to four countries side by side, line by line, before the range of the whole region."""

from datetime import date
from typing import Any

import pandas as pd

from crmdata.content import composition, measured_rows, sentences, wording
from crmdata.content.cell_tables import Telling
from crmdata.content.names import Names
from crmdata.content.parts import ComparedGroup, SideBySide
from crmdata.content.records import records
from crmdata.i18n import Words
from crmdata.labels import NOT_APPLICABLE


def groups(
    measures: pd.DataFrame,
    lines: Names,
    chosen: Names,
    region: pd.DataFrame,
    *,
    by: str = "line",
    how: Telling,
) -> SideBySide:
    """Return for each line the progress and interval of each chosen country.

    `measures` has a row a line × country; `region` is `measures.region_range(…, [by])`.
    """
    words = how.words
    measured = dict(
        measured_rows.each(measured_rows.crossed(measures, (by, "country"), (lines, chosen)))
    )
    ranges = {getattr(ends, by): ends for ends in records(region)}
    compared = []
    for line, name in lines.items():
        bars = [
            composition.bar(
                words, country_name, measured[line, country], how.ways([line, country]), reach=True
            )
            for country, country_name in chosen.items()
        ]
        ends: Any = ranges.get(line)
        span = _range(ends, words)
        shown = None if span == NOT_APPLICABLE else (float(ends.lowest), float(ends.highest))
        compared.append(ComparedGroup(name, bars, shown, span, how.ways([line])))
    return SideBySide(how.title, compared, words("The region’s range"))


def summary(
    measures: pd.DataFrame, lines: Names, chosen: Names, *, by: str = "line", words: Words,
    cutoff: date,
) -> str:  # fmt: skip
    """Say of each chosen country its coverage, in how many lines it shows a figure or is silent."""
    crossed = measured_rows.crossed(measures, (by, "country"), (lines, chosen))
    parts = [sentences.arrival(measured_rows.total(crossed), words, cutoff)]
    for country, name in chosen.items():
        mine = crossed.loc[crossed.index.get_level_values("country") == country]
        due = mine.loc[mine["expected"] > 0]
        silent = int((due["reported"] == 0).sum())
        withheld = int((due["withheld"] & (due["reported"] > 0)).sum())
        parts.append(words(
            "{country}: {coverage} reported. Lines with something due: {due}; with a figure: "
                "{shown}; withheld: {withheld}; without a report: {silent}.",
            country=name.full, coverage=wording.coverage(words, measured_rows.total(mine)),
            due=words.number(len(due)), shown=words.number(len(due) - silent - withheld),
            withheld=words.number(withheld), silent=words.number(silent),
        ))  # fmt: skip
    return wording.sentences(*parts)


def table(
    measures: pd.DataFrame, lines: Names, chosen: Names, region: pd.DataFrame, *,
    by: str = "line", words: Words,
) -> pd.DataFrame:  # fmt: skip
    """Return a row a line: each country's progress, interval and n/N, and the region's range."""
    measured = dict(
        measured_rows.each(measured_rows.crossed(measures, (by, "country"), (lines, chosen)))
    )
    ranges = {getattr(ends, by): ends for ends in records(region)}
    table_rows = []
    for line, name in lines.items():
        row: dict[str, str] = {words("Line"): name.full}
        for country, country_name in chosen.items():
            mine = measured[line, country]
            row[country_name.full] = wording.single(words, mine)
            row[words("{country}: interval", country=country_name.full)] = wording.interval(
                words, mine
            )
            row[words("{country}: reports of those expected", country=country_name.full)] = (
                wording.ratio(words, mine)
            )
        row[words("The region’s range")] = _range(ranges.get(line), words)
        table_rows.append(row)
    return pd.DataFrame(table_rows)


def _range(ends: Any, words: Words) -> str:
    if ends is None or pd.isna(ends.lowest):
        return NOT_APPLICABLE
    return f"{words.number(round(ends.lowest))}–{words.percent(round(ends.highest))}"
