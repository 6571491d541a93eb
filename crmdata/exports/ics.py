"""The plan's dates as an iCalendar file: when reports fall due, and the meetings.

An event keeps its UID in every file, language and cut-off, and its sequence grows with the
cut-off and, at the same one, with whatever changed the data since: a calendar that takes a newer
file changes the event it has, and adds no second one.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

import pandas as pd
from icalendar import Alarm, Calendar, Event

from crmdata.content import findings, names
from crmdata.content.wording import joined
from crmdata.i18n import Words
from crmdata.labels import DEMONSTRATION
from crmdata.terms import CRM_PLAN, Period, Reporting
from crmdata.view import View

_CHANGES = 100_000
"""More than a store has changes before the cut-off is another day."""

REMINDERS = (timedelta(days=30), timedelta(days=7))
"""How long before a period's last day a reader is reminded."""


def calendar(view: View, words: Words, country: str | None = None) -> bytes:
    """Return the file of one member country, or of all; KeyError for an unknown country."""
    countries = names.of_countries(view.frame("countries"), words)
    who = words.pick(*view.region.name) if country is None else countries[country].full
    title = words("{plan}: dates of {who}", plan=words.pick(*view.plan.short_title), who=who)
    # Calendar.new would stamp the file with the moment of its making.
    file = Calendar()
    file.add("prodid", f"-//crmdata//{view.process[0]} plan//ES")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add("name", _marked(view, words, title))
    file.add("x-wr-calname", _marked(view, words, title))
    for event in (*_deadlines(view, words, country), *_meetings(view, words)):
        file.add_component(event)
    written: bytes = file.to_ical()
    return written


def _deadlines(view: View, words: Words, country: str | None) -> Iterator[Event]:
    """Yield the last day of every period in which the plan foresees work."""
    cells = view.frame("cells")
    if country is not None:
        cells = cells.loc[cells["country"] == country]
    for code, due in cells.groupby("semester"):
        period = Period.parse(str(code))
        if country is None:
            title = words("End of semester {semester}: reports fall due",
                          semester=words.period(period))  # fmt: skip
            lines = _by_country(view, words, due)
        else:
            name = names.of_countries(view.frame("countries"), words)[country].full
            title = words("{country}: reports on semester {semester} fall due",
                          country=name, semester=words.period(period))  # fmt: skip
            lines = _by_activity(view, words, due)
        event = _event(
            view, words, f"{code}:{country or view.region.code}", period.ends, title, lines
        )
        for before in REMINDERS:
            event.add_component(_reminder(event, before))
        yield event


def _by_activity(view: View, words: Words, due: pd.DataFrame) -> list[str]:
    """Say which activities one country reports on, and which of them it has reported."""
    activities = names.of_activities(view.frame("activities"), words)
    reported = due.loc[due["reporting"] == Reporting.REPORTADO, "activity"]
    count = words.plural("{n} report is expected.", "{n} reports are expected.", len(due))
    arrived = words("Reports that arrived up to {day}: {count}.", day=words.date(view.cutoff),
                    count=words.number(len(reported)))  # fmt: skip
    missing = due.loc[due["reporting"] != Reporting.REPORTADO, "activity"]
    pending = _pending(view, words, due)
    return [count, arrived, *pending, *(f"○ {activities[code].full}" for code in missing),
            *(f"● {activities[code].full}" for code in reported)]  # fmt: skip


def _by_country(view: View, words: Words, due: pd.DataFrame) -> list[str]:
    """Say how many reports are expected of each country, and how many have come."""
    countries = names.of_countries(view.frame("countries"), words)
    arrived = due["reporting"].eq(Reporting.REPORTADO).groupby(due["country"]).agg(["sum", "size"])
    counts = {str(code): (row["sum"], row["size"]) for code, row in arrived.iterrows()}
    count = words.plural("{n} report is expected.", "{n} reports are expected.", len(due))
    until = words("Arrived up to {day}, of those expected:", day=words.date(view.cutoff))
    lines = [
        words("{country}: {arrived} of {expected}", country=name.full,
              arrived=words.number(counts[str(code)][0]),
              expected=words.number(counts[str(code)][1]))
        for code, name in countries.items()
        if str(code) in counts
    ]  # fmt: skip
    codes = joined(words, dict.fromkeys(due["activity"]))
    return [
        count,
        until,
        *lines,
        *_pending(view, words, due),
        words("Activities: {codes}.", codes=codes),
    ]


def _meetings(view: View, words: Words) -> Iterator[Event]:
    for meeting in view.frame("meetings").to_dict("records"):
        title = words.pick(meeting["name_es"], meeting["name_en"])
        note = words("Looks at what was reported up to {day}.", day=words.date(meeting["corte"]))
        key = f"meeting:{meeting['meeting']}"
        yield _event(view, words, key, meeting["held_on"], title, [note])


def _event(view: View, words: Words, key: str, day: date, title: str, lines: list[str]) -> Event:
    """Return an event of a whole day, which takes no time of anybody's."""
    texts = [*_mark(view, words), *lines]
    event = Event()
    event.add("uid", _uid(view, key))
    event.add("summary", _marked(view, words, title))
    event.add("description", "\n".join(texts))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    # Of the cut-off, not of the clock: the same view gives the same file.
    event.add("dtstamp", datetime.combine(view.cutoff, time(), UTC))
    event.add("sequence", _sequence(view))
    if view.demo:
        event.add("categories", [words("Demonstration data")])
    return event


def _sequence(view: View) -> int:
    """Return a number that is higher at a later cut-off, and at the same one after a change."""
    days = max(0, (view.cutoff - date(view.plan.period_from, 1, 1)).days)
    return days * _CHANGES + view.data_version


def _pending(view: View, words: Words, due: pd.DataFrame) -> list[str]:
    """Say how many of the reports on a period are pending, and since when."""
    missing = due.loc[due["reporting"] == Reporting.SIN_REPORTE, "semester"]
    if missing.empty:
        return []
    since = findings.pending_since(words, missing.iloc[0], view.cutoff)
    return [
        words.plural("Pending: {n} report ({since}).", "Pending: {n} reports ({since}).",
                     len(missing), since=since)
    ]  # fmt: skip


def _uid(view: View, key: str) -> str:
    """Return an event's id, which no event of another plan has.

    The first plan's ids do not name it: calendars hold them from before there was another.
    """
    plan = "" if view.plan.plan_id == CRM_PLAN else f"{view.plan.plan_id}:"
    return str(uuid5(NAMESPACE_URL, f"crmdata:{plan}{view.kind}:{key}"))


def _reminder(event: Event, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", str(event["summary"]))
    alarm.add("trigger", -before)
    return alarm


def _mark(view: View, words: Words) -> list[str]:
    """Return the sentence that says of demonstration data that they are one."""
    if not view.demo:
        return []
    return [words(DEMONSTRATION)]


def _marked(view: View, words: Words, title: str) -> str:
    """Return a title that says so too: a calendar shows little else."""
    return f"[{words('Demonstration data')}] {title}" if view.demo else title
