"""The sheet of one activity: how far it is, what each country said, what the plan says."""

from collections.abc import Iterator, Mapping
from typing import Any

from crmdata.content import due, findings, names, reports, wording
from crmdata.content.activities import planned, standings, statements
from crmdata.content.activities.standings import of_activity
from crmdata.content.named import ViewNames
from crmdata.content.names import Name, activity_text
from crmdata.content.parts import Entries, Finding, ListEntry, Note, Part, Section
from crmdata.files import SEPARATOR
from crmdata.i18n import Words
from crmdata.labels import label
from crmdata.measures import silent
from crmdata.view import View


def sections(
    view: View, words: Words, code: str, picked: str | None, *, may_report: bool
) -> list[Section]:
    """Return the sheet of an activity; `picked` is the country that the reader looks at."""
    activities = view.frame("activities")
    activity = of_activity(activities, code).to_dict("records")[0]
    name = names.of_activities(activities, words)[code]
    return [
        _by_country(view, words, activity, name, picked),
        _statements(view, words, code, picked, may_report=may_report),
        _cooperation(view, words, code),
        planned.section(view, words, activity),
    ]


def _by_country(
    view: View, words: Words, activity: Mapping[Any, Any], name: Name, picked: str | None
) -> Section:
    code, title = name.short, words("Country by country, semester by semester")
    rows = standings.standings(view, code)
    parts: list[Part] = []
    if len(rows):
        parts.append(standings.table(view, words, code, title, picked))
    text = activity_text(words, activity["text"], activity["text_en"])
    slots = of_activity(view.frame("slots"), code)
    by_when = due.scheduled(words, slots["semester"], view.cutoff)
    headline, arrived, owed = _sentences(view, words, code, name.called)
    said, beneath = [headline, by_when, owed], arrived
    if picked is not None:
        first, *own = _own(view, words, code, name, picked)
        said, beneath = [first, wording.sentences(by_when, *own)], owed
    finding = Finding(tuple(filter(None, said)))
    # A phone's first screen must have room for the picture.
    parts += [Note(beneath)] if beneath else []
    return Section("numeros", title, finding, parts, main=bool(len(rows)), quotation=text)


def _own(view: View, words: Words, code: str, name: Name, picked: str) -> Iterator[str]:
    """Yield what a country has said of the activity, and what it has not."""
    who = ViewNames(view, words).reporters[picked].text
    reports = of_activity(view.frame("reports"), code)
    said = reports.loc[reports["country"] == picked].sort_values("semester").to_dict("records")
    if said:
        last = said[-1]
        value = wording.value(words, last["state"], last["percent"])
        yield words("{name}. {who}: {value} ({period}), by its last report.", name=name.called,
                    who=who, value=value, period=words.period(last["semester"]))  # fmt: skip
    else:
        yield words("{name}. {who} has not reported on it.", name=name.called, who=who)
    cells = of_activity(view.frame("cells"), code)
    own = cells.loc[cells["country"] == picked]
    if own.empty:
        return
    yield findings.arrival(words, view.whole(own), who)
    missing = silent(own)["semester"]
    if not missing.empty:
        yield f"{statements.missing_of(view, words, missing)}."


def _sentences(view: View, words: Words, code: str, called: str) -> tuple[str, str, str]:
    """Say how many countries are done, how much has arrived, and from whom reports are pending."""
    cells = of_activity(view.frame("cells"), code)
    states = of_activity(view.frame("states"), code)
    done = findings.countries_done(words, states, view.members, called)
    if cells.empty:
        return done, "", ""
    countries = names.of_countries(view.frame("countries"), words)
    return (
        done,
        findings.arrival(words, view.whole(cells)),
        findings.pending_by(words, cells, countries, view.cutoff),
    )


def _statements(
    view: View, words: Words, code: str, picked: str | None, *, may_report: bool
) -> Section:
    part = statements.of_parties(view, words, code, picked, may_report=may_report)
    parts = [part] if part.speakers else [Note(words("No country has reported on it yet."))]
    return Section("reportes", words("What the countries say"), None, parts)


def _cooperation(view: View, words: Words, code: str) -> Section:
    entries = supports(view, words, code)
    empty = words("No cooperation was offered or asked for.")
    return Section("cooperacion", words("Cooperation"), None,
                   [Entries("", entries, empty=empty)])  # fmt: skip


def supports(view: View, words: Words, code: str) -> list[ListEntry]:
    """Return the lines of cooperation with an activity, an entry each."""
    rows = of_activity(view.frame("cooperation"), code).to_dict("records")
    return [_support(view, words, row) for row in rows]


def _support(view: View, words: Words, row: Mapping[Any, Any]) -> ListEntry:
    """Return who supports it, or that nobody does yet: in what state, for whom, since when."""
    who = reports.partners(view, words, row["partner"]) or words("Nobody yet")
    codes = set(row["countries"].split(SEPARATOR))
    parties = ViewNames(view, words).reporters
    first, last = (words.period(row[name]) for name in ("semester_from", "semester_to"))
    note = " · ".join(filter(None, [
        label(words, row["state"]), label(words, row["modality"]),
        wording.joined(words, [name.full for code, name in parties.items() if code in codes]),
        first if first == last else f"{first}–{last}",
        wording.text_of(row["text"]),
    ]))  # fmt: skip
    return ListEntry(Name(who, who), note)
