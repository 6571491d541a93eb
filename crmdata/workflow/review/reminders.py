"""The text of a reminder for each country, ready to copy into an e-mail. Nothing is sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from crmdata import measures
from crmdata.errors import N_
from crmdata.i18n import Words
from crmdata.store import queries
from crmdata.store.db import Known
from crmdata.terms import Stage

ACTIVITIES_NAMED = 12
"""Codes of activities that a line names; the rest is counted."""

_LINES: dict[str, str] = {
    Stage.OVERDUE: N_("{semester}: {missing}; it was due by {deadline} ({activities})"),
    Stage.DUE: N_("{semester}: {missing}, due by {deadline} ({activities})"),
    Stage.OPEN: N_("{semester} is running: {missing}, due by {deadline} ({activities})"),
}


@dataclass(frozen=True)
class Reminder:
    """A country's reminder: subject and text in the language asked for."""

    country: str
    subject: str
    text: str


@dataclass(frozen=True)
class _Called:
    """What a letter calls the process and its plan."""

    process: str
    plan: str


def reminders(session: Known, words: Words, day: date, *, country: str = "") -> list[Reminder]:
    """Return a reminder for each country that owes a report or has one sent back.

    In alphabetical order of the language; `country` limits them to one.
    """
    members = queries.countries(session)
    names = {
        row["country"]: words.pick(row["name_es"], row["name_en"])
        for row in members.to_dict("records")
    }
    version = queries.version_at(session, day)
    called = _Called(
        words.pick(*queries.process(session)),
        words.pick(*(queries.topic(session) or queries.plan_facts(version).short_title)),
    )
    in_force = queries.reports_in_force(session, day)
    cells = measures.cells(queries.slots(session, version.id), members, in_force, day)
    closed = queries.closed_periods(session, day)
    grace = queries.thresholds(session).grace_days
    stages = measures.stages(
        cells, queries.answered_slots(session), closed, day, grace, members=names
    )
    returned = queries.returned(session)
    lent = queries.submissions(session)
    lent = lent.loc[lent["batch_id"].isin(queries.unanswered(session))]
    letters = []
    for code in sorted(names, key=lambda code: names[code].casefold()):
        if country in {"", code}:
            own = stages.loc[stages["country"].eq(code)]
            back = returned.loc[returned["country"].eq(code)]
            batches = lent.loc[[code in codes for codes in lent["countries"]]]
            lines = [*_owed(words, own, cells.loc[cells["country"].eq(code)]),
                     *_sent_back(words, back), *_lent_back(words, batches)]  # fmt: skip
            if lines:
                letters.append(_reminder(words, called, code, names[code], lines, day))
    return letters


def _owed(words: Words, own: pd.DataFrame, cells: pd.DataFrame) -> Iterator[str]:
    """Yield a line for each period with reports missing, the oldest first."""
    missing = own.loc[own["stage"].isin([Stage.OVERDUE, Stage.DUE, Stage.OPEN])]
    for row in missing.to_dict("records"):
        still_missing = cells.loc[cells["semester"].eq(row["semester"]) & cells["report_id"].isna()]
        values = {
            "semester": words.period(row["semester"]),
            "missing": _missing(words, row, len(still_missing)),
            "deadline": words.date(row["deadline"]),
            "activities": _codes(words, still_missing["activity"].tolist()),
        }
        line = _LINES[row["stage"]]
        yield words(line, **values)


def _missing(words: Words, row: Mapping[Any, Any], missing: int) -> str:
    expected = words.number(row["expected"])
    if row["stage"] == Stage.OPEN:
        return words.plural("{n} report of {N} to come", "{n} reports of {N} to come", missing,
                            N=expected)  # fmt: skip
    return words.plural("{n} report of {N} missing", "{n} reports of {N} missing", missing,
                        N=expected)  # fmt: skip


def _codes(words: Words, codes: list[str]) -> str:
    first = ", ".join(codes[:ACTIVITIES_NAMED])
    more = len(codes) - ACTIVITIES_NAMED
    return words("{codes} and {n} more", codes=first, n=words.number(more)) if more > 0 else first


def _sent_back(words: Words, reports: pd.DataFrame) -> Iterator[str]:
    """Yield a line for each act that sent something back which is not reported on again."""
    for _, act in reports.groupby("last"):
        first = act.iloc[0]
        for period, own in act.groupby("semester"):
            yield words(
                "{semester}, batch {batch}: sent back ({activities}): {comment}",
                batch=first["batch_id"],
                semester=words.period(str(period)),
                activities=_codes(words, own["activity"].tolist()),
                comment=first["text"],
            )


def _lent_back(words: Words, batches: pd.DataFrame) -> Iterator[str]:
    for row in batches.to_dict("records"):
        yield words(
            "Batch {batch} ({file}) was sent back: {comment}",
            batch=row["batch_id"],
            file=row["file_name"],
            comment=row["text"],
        )


def _reminder(
    words: Words, called: _Called, code: str, name: str, lines: list[str], day: date
) -> Reminder:
    subject = words(
        "{process} plan: reports that are missing — {country}", process=called.process, country=name
    )
    greeting = words("Dear focal point of {country}:", country=name)
    opening = words(
        "On {day} the following is open in the follow-up of the {plan}:",
        day=words.date(day),
        plan=called.plan,
    )
    closing = words(
        "“No changes since the last report” is a report too. Please fill in the template of the "
        "semester and send it, or tell us what keeps you from it."
    )
    items = "\n".join(f"- {line}" for line in lines)
    signed = words("The secretariat of the {process}", process=called.process)
    parts = (greeting, opening, items, closing, signed)
    return Reminder(code, subject, "\n\n".join(parts) + "\n")
