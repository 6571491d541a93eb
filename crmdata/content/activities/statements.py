"""What each country said of an activity: its last report open, all before it folded."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from crmdata import measures
from crmdata.content import due, findings, names
from crmdata.content import reports as said_of
from crmdata.content.activities.standings import of_activity, parties
from crmdata.content.named import ViewNames
from crmdata.content.names import Name
from crmdata.content.parts import Speaker, Statement, Statements
from crmdata.content.wording import described, joined, text_of
from crmdata.files import SEPARATOR
from crmdata.i18n import Words
from crmdata.measures import briefing
from crmdata.view import View

Row = Mapping[Any, Any]
"""A report of a view's history."""


def of_parties(
    view: View, words: Words, code: str, picked: str | None, *, may_report: bool
) -> Statements:
    """Return what each party said, newest first, and what is pending from it.

    The `picked` country is led to where it reports, if the reader may.
    """
    history = view.history_of(code)
    missing = measures.silent(of_activity(view.frame("cells"), code))
    owing = dict(iter(missing.groupby("country")["semester"]))
    speakers = []
    newest_first = history.sort_values(["semester", "earlier"], ascending=False, kind="stable")
    reported: dict[str, list[Row]] = {}
    for row in newest_first.to_dict("records"):
        reported.setdefault(row["country"], []).append(row)
    for party, name in parties(view, words, history).items():
        note = missing_of(view, words, owing[party]) if party in owing else ""
        own_statements = list(_statements(view, words, reported.get(str(party), [])))
        if own_statements or note:
            own_page = party == picked and may_report
            actions = [due.to_report(words, str(party), code)] if own_page else ()
            speakers.append(Speaker(name, own_statements, note, actions, party == picked))
    return Statements(speakers)


def newest(view: View, words: Words, reports: pd.DataFrame, most: int) -> Statements:
    """Return what the newest of these reports tell, one of each activity: who, and on what."""
    activities = names.of_activities(view.frame("activities"), words)
    called = ViewNames(view, words).reporters
    speakers = []
    for row in briefing.newest_narratives(reports, most).to_dict("records"):
        activity = activities[row["activity"]]
        name = Name(row["country"], f"{called[row['country']].text} · {activity.called}")
        statement = Statement(_head(view, words, row, ""), described(words, row), _evidence(row))
        speakers.append(Speaker(name, [statement]))
    return Statements(speakers)


def missing_of(view: View, words: Words, codes: pd.Series) -> str:
    """Say which periods a country has not reported on, and since when."""
    periods = [name.text for name in names.of_periods(codes, words).values()]
    since = findings.pending_since(words, codes.min(), view.cutoff)
    return words("No report of {periods}: {since}", periods=joined(words, periods), since=since)


def _statements(view: View, words: Words, own: Sequence[Row]) -> Iterator[Statement]:
    """Yield what a party said, newest first: a report's correction stands right before it."""
    for at, row in enumerate(own):
        later, before = own[:at][-1:], own[at + 1 : at + 2]
        status = ""
        if later and later[0]["semester"] == row["semester"]:
            day = words.date(later[0]["reported_on"], "medium")
            status = words("Corrected on {day}", day=day)
        elif before and before[0]["semester"] == row["semester"]:
            status = words("In force")
        yield Statement(_head(view, words, row, status), described(words, row), _evidence(row))


def _head(view: View, words: Words, row: Row, status: str) -> str:
    """Return period, state, percent and day of a report, who supported it, how it stands."""
    supporting = said_of.partners(view, words, row["partners"])
    return " · ".join(filter(None, [
        words.period(row["semester"]),
        f"{said_of.state(words, row['state'])} {said_of.percent(words, row)}",
        words("reported on {day}", day=words.date(row["reported_on"], "medium")),
        words("with {partners}", partners=supporting) if supporting else "",
        status,
        said_of.review(words, row),
    ]))  # fmt: skip


def _evidence(row: Row) -> list[str]:
    return [text for part in text_of(row["evidence"]).split(SEPARATOR) if (text := part.strip())]
