"""What the sheet of a country tells of late: changes, cooperation, narratives."""

from typing import Any

import pandas as pd

from crmdata import measures
from crmdata.content.wording import described
from crmdata.labels import NO_REPORT, label
from crmdata.measures import briefing
from crmdata.render.html import markup
from crmdata.terms import State
from crmdata.web.countries.country_brief import CountryBrief, section
from crmdata.web.kit import report_rows

MOST_CHANGES = 10
MOST_SUPPORT = 16
MOST_NARRATIVES = 5


def changes(country: CountryBrief) -> str:
    """Return what changed since the last meeting before the cut-off: counts, then the newest."""
    words = country.words
    meeting = measures.meeting_before(country.chosen.frame("meetings"), country.chosen.cutoff)
    title = words("What changed since the last meeting")
    if meeting is None:
        text = words("There was no meeting before this cut-off.")
        return section(title, [markup.element("p", text)])
    then = meeting["corte"]
    before = country.of(country.chosen.view.at(then).frame("cells"))
    found = measures.change_between(before, country.cells)
    counts = briefing.change_counts(found).items()
    said = words(
        "Since {meeting} (cut-off {day}), reports added: {newly_reported}; corrected: "
        "{corrected}; progress advanced: {advanced}; gone back: {gone_back}; newly due: "
        "{newly_due}; of these without a report: {newly_silent}.",
        meeting=words.pick(str(meeting["name_es"]), str(meeting["name_en"])),
        day=words.date(then),
        **{name: words.number(count) for name, count in counts},
    )
    parts = [markup.element("p", said)]
    newest = briefing.newest_changes(found, country.cells, MOST_CHANGES)
    if len(newest):
        caption = words("The most recent changes")
        table = markup.table(_changes_table(country, newest), caption)
        parts.append(markup.element("h4", caption))
        parts.append(markup.wrapped("div", [table], css="crm-one-line"))
    return section(title, parts)


def _changes_table(country: CountryBrief, changes: pd.DataFrame) -> pd.DataFrame:
    words = country.words
    return pd.DataFrame([
        {
            words("Activity"): country.activities[row["activity"]].full,
            words("Semester"): words.period(row["semester"]),
            words("Reported on"): words.date(row["reported_on"], "medium"),
            words("Before"): _value(country, row, "_before"),
            words("Now"): _value(country, row, ""),
        }
        for row in changes.to_dict("records")
    ])  # fmt: skip


def _value(country: CountryBrief, row: dict[Any, Any], when: str) -> str:
    """Return state and percent; of another period with its name, since they compare."""
    words, state = country.words, row[f"state{when}"]
    if pd.isna(state):
        return NO_REPORT
    text = report_rows.state(words, state)
    if state != State.NO_APLICA:
        text = f"{text} {words.entered(row[f'percent{when}'])}"
    period = str(row["semester_before"])
    if when and period != row["semester"]:
        return words("{value} (in {semester})", value=text, semester=words.period(period))
    return text


def cooperation(country: CountryBrief) -> str:
    """Return the lines of cooperation that name the country, then those for the whole region."""
    words = country.words
    own, region = briefing.cooperation(
        country.chosen.frame("cooperation"),
        country.code,
        list(map(str, country.activities)),
        region=country.chosen.view.region.code,
    )
    title, parts = words("Its cooperation"), []
    if own.empty:
        parts.append(markup.element("p", words("No line of cooperation names the country.")))
    else:
        parts += _supported(country, own)
    if len(region):
        parts.append(markup.element("h4", words("For the whole region")))
        parts += _supported(country, region)
    return section(title, parts)


def _supported(country: CountryBrief, rows: pd.DataFrame) -> list[str]:
    return country.items([_support(country, row) for row in rows.to_dict("records")], MOST_SUPPORT)


def _support(country: CountryBrief, row: dict[Any, Any]) -> str:
    words = country.words
    return words(
        "{activity}: {partner}, {modality}, {state}, {when}",
        activity=row["activity"],
        partner=report_rows.partners(country.chosen, row["partner"]) or words("Nobody yet"),
        modality=label(words, row["modality"]).lower(),
        state=label(words, row["state"]).lower(),
        when=country.span(row["semester_from"], row["semester_to"]),
    )


def narratives(country: CountryBrief) -> str:
    """Return what its newest reports tell."""
    words = country.words
    reports = country.of(country.chosen.frame("reports"))
    newest = briefing.newest_narratives(reports, MOST_NARRATIVES)
    title = words("Its newest narratives")
    if newest.empty:
        return section(title, [markup.element("p", words("No report tells anything yet."))])
    return section(title, [_narrative(country, report) for report in newest.to_dict("records")])


def _narrative(country: CountryBrief, report: dict[Any, Any]) -> str:
    words, code = country.words, report["activity"]
    head = words(
        "{activity} · {semester} · {state}, reported on {day}",
        activity=code,
        semester=words.period(report["semester"]),
        state=report_rows.state(words, report["state"]),
        day=words.date(report["reported_on"], "medium"),
    )
    return markup.wrapped("blockquote", [
        markup.element("p", head, css="crm-group"),
        markup.paragraphs(described(words, report), "crm-narrative"),
    ])  # fmt: skip
