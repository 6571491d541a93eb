"""What was agreed on, as work: who answers for it, by when, and whether it is done or open.

Everything is as of the day on which the meeting of the cut-off is held, since a meeting looks back
at what earlier ones agreed on; as of the cut-off itself where it is no meeting's.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from crmdata import measures
from crmdata.content import due, findings, names
from crmdata.content.destinations import Way
from crmdata.content.names import Name
from crmdata.content.parts import Entries, Finding, ListEntry, Section
from crmdata.content.records import records
from crmdata.content.wording import text_of
from crmdata.i18n import Words
from crmdata.terms import periods
from crmdata.view import View


def day(view: View) -> date:
    """Return the day as of which agreements stand as they do."""
    meeting = measures.meeting_at(view.frame("meetings"), view.cutoff)
    held: date = view.cutoff if meeting is None else meeting["held_on"]
    return max(held, view.cutoff)


def is_open(view: View, rows: pd.DataFrame) -> "pd.Series[bool]":
    """Tell which agreements of a frame are open: neither withdrawn nor done by the day."""
    today = day(view)
    return rows["withdrawn_on"].isna() & ~_done_by(rows, today)


def _done_by(rows: pd.DataFrame, today: date) -> "pd.Series[bool]":
    done = [text_of(each) != "" and each <= today for each in rows["done_on"]]
    return pd.Series(done, index=rows.index, dtype=bool)


def as_of_day(view: View) -> pd.DataFrame:
    """Return what was agreed on by the day, withdrawn or not; what was done later is open."""
    today = day(view)
    rows = view.frame("agreements")
    rows = rows.loc[[each <= today for each in rows["agreed_on"]]]
    later = ~_done_by(rows, today)
    return rows.assign(**{name: rows[name].mask(later, None) for name in ("done_on", "done_how")})


def taken(view: View) -> pd.DataFrame:
    """Return what was agreed on by the day and not withdrawn, what is due first in front."""
    rows, today = view.frame("agreements"), day(view)
    rows = rows.loc[[each <= today for each in rows["agreed_on"]]]
    return first_due(rows.loc[rows["withdrawn_on"].isna()])


def first_due(rows: pd.DataFrame) -> pd.DataFrame:
    """Return agreements by the day until when; those of which none is said come last."""
    until = [each if text_of(each) else date.max for each in rows["due_on"]]
    return rows.assign(_until=until).sort_values("_until", kind="stable").drop(columns="_until")


def still_open(view: View) -> pd.DataFrame:
    """Return what was agreed on by the day and is open on it, what is due first in front."""
    rows = taken(view)
    return rows.loc[is_open(view, rows)]


def of_country(rows: pd.DataFrame, country: str) -> pd.DataFrame:
    """Return the agreements for which a country answers, or that are about it."""
    return rows.loc[rows["party"].eq(country) | rows["country"].eq(country)]


def of_partner(rows: pd.DataFrame, partner: str) -> pd.DataFrame:
    """Return the agreements for which a partner answers."""
    return rows.loc[rows["partner"].eq(partner)]


def at_meeting(view: View, first: date | None) -> pd.DataFrame:
    """Return what the meeting of the cut-off agreed on, withdrawn or not.

    Where the cut-off is no meeting's, it is what was agreed on after the `first` day: until the
    cut-off, or at no meeting before the next one looks.
    """
    rows = view.frame("agreements")
    meeting = measures.meeting_at(view.frame("meetings"), view.cutoff)
    if meeting is not None:
        own: pd.DataFrame = rows.loc[rows["meeting"] == meeting["meeting"]]
        return own
    after, until = first or date.min, _until(view)
    return rows.loc[[
        after < row.agreed_on
        and (row.agreed_on <= view.cutoff or (row.agreed_on < until and not text_of(row.meeting)))
        for row in records(rows)
    ]]  # fmt: skip


def _until(view: View) -> date:
    """Return the day from which on the next meeting notes, and nobody at this cut-off any more.

    Where no meeting comes after, that is when the next semester of the plan has ended.
    """
    if meeting := measures.meeting_after(view.frame("meetings"), view.cutoff):
        day: date = meeting["corte"]
        return day
    later = periods(view.cutoff.year, view.plan.column_years[-1])
    return next((each.next.starts for each in later if each.starts > view.cutoff), date.max)


def before(view: View, first: date | None = None) -> pd.DataFrame:
    """Return what earlier meetings agreed on and this one looks back at, what is open in front.

    That is what is open, and what was done since the meeting before, which has seen the rest.
    Where the cut-off is no meeting's, it is what was agreed on until the `first` day.
    """
    rows = taken(view)
    meeting = measures.meeting_at(view.frame("meetings"), view.cutoff)
    if meeting is None:
        until = first or view.cutoff
        rows = rows.loc[[each <= until for each in rows["agreed_on"]]]
    else:
        rows = rows.loc[rows["meeting"].ne(meeting["meeting"])]
    standing = is_open(view, rows)
    seen = date.min if view.before is None else day(view.at(view.before))
    news = rows.loc[~standing & ~_done_by(rows, seen)]
    return pd.concat([rows.loc[standing], news])


# In words


def responsible(view: View, words: Words, row: Any) -> str:
    """Name who answers for an agreement, `""` where an earlier version noted it without."""
    if code := text_of(row.partner):
        return names.of_partners(view.frame("partners"), words)[code].short
    if not (code := text_of(row.party)):
        return ""
    if code == view.region.code:
        return words("the region")
    return names.of_countries(view.of_all.frame("countries"), words)[code].full


def about(view: View, words: Words, row: Any) -> str:
    """Return the line, activity and country that an agreement is pinned to."""
    countries = names.of_countries(view.of_all.frame("countries"), words)
    line = words("Line {line}", line=row.line) if text_of(row.line) else ""
    country = countries[row.country].full if text_of(row.country) else ""
    return " · ".join(filter(None, (line, text_of(row.activity), country)))


def standing(view: View, words: Words, row: Any) -> str:
    """Say how an agreement stands: until when it is due or since when it pends, or how it ended."""
    if text_of(row.withdrawn_on):
        gone = words.date(row.withdrawn_on, "medium")
        return words("withdrawn on {day}: {reason}", day=gone, reason=row.withdrawn_reason)
    today = day(view)
    if text_of(row.done_on) and row.done_on <= today:
        on = words.date(row.done_on, "medium")
        return words("done on {day}: {how}", day=on, how=row.done_how)
    if not text_of(row.due_on):
        return words("open")
    if row.due_on < today:
        return findings.since_day(words, row.due_on, today)
    return words("open, due on {day}", day=words.date(row.due_on, "medium"))


def table(view: View, words: Words, rows: pd.DataFrame) -> pd.DataFrame:
    """Return an agreement a row, in words."""
    return pd.DataFrame([
        {
            words("No."): words.number(row.number),
            words("Agreed on"): words.date(row.agreed_on, "medium"),
            words("About"): about(view, words, row),
            words("Agreement"): row.text,
            words("Who answers for it"): responsible(view, words, row) or "—",
            words("By when"): words.date(row.due_on, "medium") if text_of(row.due_on) else "—",
            words("State"): standing(view, words, row),
        }
        for row in records(rows)
    ])  # fmt: skip


def entries(view: View, words: Words, rows: pd.DataFrame) -> list[ListEntry]:
    """Return agreements as a list: number and text; who, how it stands, about what, since when."""
    found = []
    for row in records(rows):
        agreed = words("agreed on {day}", day=words.date(row.agreed_on, "medium"))
        note = [responsible(view, words, row), standing(view, words, row),
                about(view, words, row), agreed]  # fmt: skip
        name = Name(words.number(row.number), row.text, numbered=True)
        found.append(ListEntry(name, " · ".join(filter(None, note)), _way(row)))
    return found


def _way(row: Any) -> Way:
    """Return where what an agreement is about is shown."""
    if text_of(row.activity):
        return due.sheet(row.activity)
    if text_of(row.line):
        return Way("lineas", {"eje": "", "linea": row.line, "actividad": ""})
    return Way("paises", {"pais": row.country})


def to_do(view: View, words: Words, rows: pd.DataFrame) -> Entries:
    """Return open agreements as a list under their number."""
    title = words("Open agreements: {n}", n=words.number(len(rows)))
    return Entries(title, entries(view, words, rows), due.FIRST)


def section(view: View, words: Words, rows: pd.DataFrame) -> list[Section]:
    """Return open agreements as a section of their own; none without any."""
    if rows.empty:
        return []
    listed = Entries("", entries(view, words, rows), due.FIRST)
    found = Finding(tuple(_open(view, words, rows)))
    return [Section("acuerdos", words("Agreements"), found, [listed])]


def _open(view: View, words: Words, rows: pd.DataFrame) -> Iterator[str]:
    """Say how many are open, and of how many the day has passed."""
    late = sum(text_of(each) != "" and each < day(view) for each in rows["due_on"])
    yield words.plural("{n} agreement is open.", "{n} agreements are open.", len(rows))
    if late:
        yield words.plural("The day of {n} of them has passed.",
                           "The days of {n} of them have passed.", late)  # fmt: skip


def looking_back(view: View, words: Words, rows: pd.DataFrame) -> str:
    """Say how many of the agreements of earlier meetings are done, and how many open."""
    done = int((~is_open(view, rows)).sum())
    return words(
        "Agreements of earlier meetings: {done} done, {open} open",
        done=words.number(done), open=words.number(len(rows) - done),
    )  # fmt: skip
