"""Who reported on what, and when: expected, reported and on time for each country and period."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from crmdata.content import cell_tables, measured_rows, sentences, wording
from crmdata.content.cell_tables import Face, FaceTable, KeyEntry, Kind, Telling
from crmdata.content.names import Names
from crmdata.content.records import records
from crmdata.i18n import Words
from crmdata.labels import ON_TIME

BY = ("country", "semester")


def cells(
    measures: pd.DataFrame,
    punctual: pd.DataFrame,
    countries: Names,
    periods: Names,
    *,
    how: Telling,
) -> FaceTable:
    """Return a cell for each country and period: share, n/N and how many came on time.

    `measures` and `punctual`, of `measures.punctuality`, have a row a country × period. The
    colour is the share's.
    """
    words = how.words
    crossed = dict(measured_rows.each(measured_rows.crossed(measures, BY, (countries, periods))))
    in_time = _in_time(punctual)

    def at(country: Any, period: Any) -> tuple[Face, Sequence[str]]:
        measured = crossed[country, period]
        face = cell_tables.coverage(words, measured)
        lines = sentences.of_measure(
            measured, f"{countries[country].full} · {periods[period].full}", words
        )
        if not measured.expected:
            return face, lines
        count = words.number(in_time.get((country, period), 0))
        on_time = words("On time: {count} of {reported} reported", count=count,
                        reported=words.number(measured.reported))  # fmt: skip
        return face._replace(note=f"{face.note}\n{ON_TIME} {count}"), [*lines, on_time]

    key = [
        *cell_tables.key_of_measure(words, withheld=False),
        KeyEntry(Kind.WITHHELD, f"{ON_TIME} {words('On time')}"),
    ]
    heading = words("Coverage, reported of expected, and how many on time")
    return cell_tables.table(countries, periods, at, heading=heading, key=key, how=how)


def _in_time(punctual: pd.DataFrame) -> dict[tuple[str, str], int]:
    return {(row.country, row.semester): int(row.on_time) for row in records(punctual)}


def summary(
    measures: pd.DataFrame,
    punctual: pd.DataFrame,
    countries: Names,
    periods: Names,
    *,
    grace_days: int,
    words: Words,
    cutoff: date,
) -> str:
    """Say the coverage, how many came on time, who reported on every period, and who on none."""
    pairs = measured_rows.crossed(measures, BY, (countries, periods))
    total, in_time = measured_rows.total(pairs), _in_time(punctual)
    due = pairs.loc[pairs["expected"] > 0]
    always = (due["reported"] > 0).groupby(level="country").all()
    never = (due["reported"] == 0).groupby(level="country").all()
    names = {
        key: [name.full for code, name in countries.items() if holds.get(code, False)]
        for key, holds in (("always", always), ("never", never))
    }
    on_time = sum(in_time.get(pair, 0) for pair in pairs.index)
    return wording.sentences(
        sentences.arrival(total, words, cutoff),
        words("On time, within {days} days after the end of the semester: {count} of the "
              "{reported} that arrived.",
              days=words.number(grace_days), count=words.number(on_time),
              reported=words.number(total.reported)) if total.reported else "",
        words("Something was reported on every semester due by: {names}.",
              names=wording.joined(words, names["always"])) if names["always"] else "",
        words("Nothing was reported by: {names}.",
              names=wording.joined(words, names["never"])) if names["never"] else "",
    )  # fmt: skip


def table(
    measures: pd.DataFrame,
    punctual: pd.DataFrame,
    countries: Names,
    periods: Names,
    *,
    deadlines: dict[str, date],
    words: Words,
) -> pd.DataFrame:
    """Return a row a country × period: N, n, how many on time, the share, the deadline."""
    crossed = measured_rows.crossed(measures, BY, (countries, periods))
    in_time = _in_time(punctual)
    return pd.DataFrame([
        {
            words("Country"): countries[country].full,
            words("Semester"): periods[period].full,
            words("Expected (N)"): measured.expected,
            words("Reported (n)"): measured.reported,
            f"{ON_TIME} {words('On time')}": in_time.get((country, period), 0),
            words("Coverage"): wording.share(words, measured),
            words("On time until"): words.date(deadlines[period], "medium"),
        }
        for (country, period), measured in measured_rows.each(crossed)
    ])  # fmt: skip
