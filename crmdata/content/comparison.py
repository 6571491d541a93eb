"""Countries side by side, activity by activity: what each said last, where they differ first."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from crmdata.content import cell_tables, measured_rows, sentences, wording
from crmdata.content.cell_tables import Face, FaceTable, Kind, Telling
from crmdata.content.names import Names
from crmdata.i18n import Words
from crmdata.labels import NO_REPORT, NOT_APPLICABLE
from crmdata.measures import Measured
from crmdata.terms import State

BY = ("activity", "country")

_FURTHEST = 101.0

Report = dict[Any, Any]
Latest = Mapping[tuple[Any, Any], Report]
"""The report on the latest period by activity and country."""


def latest(reports: pd.DataFrame) -> Latest:
    """Return what each country said last of each activity."""
    newest = reports.sort_values("semester").drop_duplicates([*BY], keep="last")
    return {(row["activity"], row["country"]): row for row in newest.to_dict("records")}


def differences_first(said_last: Latest, activities: Names, countries: Names) -> Names:
    """Order activities by how far apart the countries are; those that say the same come last.

    Further apart than any two percents is that one has given a percent and another none.
    """

    def apart(activity: Any) -> float:
        at = [_place(said_last.get((activity, country))) for country in countries]
        percents = [each for each in at if isinstance(each, float)]
        if len(percents) < len(at):
            return 0 if len(set(at)) == 1 else _FURTHEST
        return max(percents) - min(percents)

    return dict(sorted(activities.items(), key=lambda pair: -apart(pair[0])))


def _place(report: Report | None) -> float | str:
    """Return the percent of a report; a word where there is none, since neither is 0%."""
    if report is None:
        return NO_REPORT
    return NOT_APPLICABLE if report["state"] == State.NO_APLICA else float(report["percent"])


def cells(
    measures: pd.DataFrame, said_last: Latest, activities: Names, countries: Names, *, how: Telling
) -> FaceTable:
    """Return what each country said last of each activity, of which period, and its n/N.

    `measures` has a row for each activity and country. The colour is that of the percent.
    """
    words = how.words
    crossed = dict(measured_rows.each(measured_rows.crossed(measures, BY, (activities, countries))))

    def at(activity: Any, country: Any) -> tuple[Face, Sequence[str]]:
        measured, report = crossed[activity, country], said_last.get((activity, country))
        name = f"{countries[country].full} · {activities[activity].full}"
        text = wording.described(words, report) if report else ""
        texts = sentences.of_measure(measured, name, words)
        return _face(words, measured, report), [*texts, *([text] if text else [])]

    return cell_tables.table(
        activities,
        countries,
        at,
        key=cell_tables.key_of_measure(words, withheld=False),
        heading=words(
            "What was said last, of which semester; of all semesters, reports that arrived"
        ),
        how=how,
    )


def _face(words: Words, measured: Measured, report: Report | None) -> Face:
    ratio = wording.arrived(words, measured) if measured.expected else ""
    if report is None:
        return Face(Kind.SILENT, NO_REPORT, ratio) if ratio else Face(Kind.NOTHING, NOT_APPLICABLE)
    text, when = _value(words, report), words.period(report["semester"])
    note = f"{when} · {ratio}" if ratio else when
    if report["state"] == State.NO_APLICA:
        return Face(Kind.WITHHELD, text, note)
    return Face(Kind.VALUE, text, note, cell_tables.step(float(report["percent"])))


def _value(words: Words, report: Report) -> str:
    return wording.value(words, report["state"], report["percent"])


def value_of(words: Words, report: Report | None) -> str:
    """Write what was said last in short, and of which period."""
    if report is None:
        return NO_REPORT
    return words("{value} (in {semester})", value=_value(words, report),
                 semester=words.period(report["semester"]))  # fmt: skip


def differing(
    said_last: Latest, activities: Names, countries: Names, *, words: Words
) -> list[str | int]:
    """Return the activities in which the countries said something else or only some said any."""
    return [
        code
        for code in activities
        if len({
            _value(words, each) if each else ""
            for each in (said_last.get((code, country)) for country in countries)
        }) > 1
    ]  # fmt: skip


def summary(said_last: Latest, activities: Names, countries: Names, *, words: Words) -> str:
    """Say who is compared, and in how many activities they said something else or only some did."""
    differ = differing(said_last, activities, countries, words=words)
    listing = wording.joined(words, (name.full for name in countries.values()))
    return words.out_of(
        "{countries}: what was said last differs in {n} of {N} activity.",
        "{countries}: what was said last differs in {n} of {N} activities.",
        len(differ), len(activities), countries=listing,
    )  # fmt: skip


def table(
    said_last: Latest, activities: Names, countries: Names, *, group: str, words: Words
) -> pd.DataFrame:
    """Return an activity a row, a country a column: what it said last, in its own words."""
    return pd.DataFrame([
        {group: name.full, **{country.full: _details(words, said_last.get((activity, code)))
                              for code, country in countries.items()}}
        for activity, name in activities.items()
    ])  # fmt: skip


def _details(words: Words, report: Report | None) -> str:
    if report is None:
        return NO_REPORT
    return "\n".join(filter(None, [value_of(words, report), wording.described(words, report)]))
