"""The slides across lines: countries, cooperation, what changed, what falls due."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from crmdata import measures
from crmdata.content import (
    composition,
    due,
    findings,
    heat,
    measured_rows,
    sentences,
    tables_of_all,
    tiles,
    wording,
)
from crmdata.content.cell_tables import FaceTable, Telling
from crmdata.content.cooperation import by_line
from crmdata.content.cooperation.support import requested, supported, supports
from crmdata.content.news import kinds, rows
from crmdata.content.news.crossing import crossing
from crmdata.content.parts import Entries, Finding, ListEntry, Part, Section
from crmdata.measures import briefing
from crmdata.slides import parts
from crmdata.slides.model import Slide
from crmdata.slides.parts import Place, SlideMaking
from crmdata.terms import Period, Reporting


def countries(making: SlideMaking) -> Iterator[Slide]:
    """Yield the countries by state, on the map of tiles, and line by line."""
    words, whole = making.words, making.whole()
    called, measured = making.countries, making.data.measured("country")
    coverage = parts.ratio(words, whole)
    bars = parts.bars(
        making, "country", called, title=words("What was reported, country by country"),
        whole=words("All together"),
    )  # fmt: skip
    summary = composition.summary(measured, called, by="country", words=words,
                                  cutoff=making.data.view.cutoff)  # fmt: skip
    oldest = findings.longest_pending(words, making.data.cells, making.view.cutoff)
    yield from _slides(
        making, "paises", words("Countries: what was reported"),
        findings.who_reported(words, making.data.cells), [bars], coverage,
        wording.sentences(summary, oldest),
    )  # fmt: skip
    on_map = tables_of_all.on_map(making, measured)
    groups = measured_rows.aligned(measured, "country", called)
    yield from _slides(
        making, "paises-mapa", on_map.title, sentences.range_of_progress(groups, words),
        [on_map], coverage, tiles.summary(measured, called, words=words,
                                          cutoff=making.data.view.cutoff),
    )  # fmt: skip
    yield from _slides(
        making, "paises-lineas", words("Countries: what arrived, line by line"),
        findings.arrival(words, whole),
        [_coverage_table(making), tables_of_all.codes(making)], coverage, "", medida="cobertura",
    )  # fmt: skip


def _slides(
    making: SlideMaking, key: str, topic: str, headline: str, pictures: list[Part], coverage: str,
    note: str, **query: str,
) -> Iterator[Slide]:  # fmt: skip
    section = Section(key, topic, Finding((headline,)), pictures)
    notes = [note] if note else []
    place = Place(key, "paises", "paises", query, coverage)
    yield from parts.of_section(making, section, place, notes)


def _coverage_table(making: SlideMaking) -> FaceTable:
    """Return line × country: how many of the expected reports arrived."""
    words = making.words
    return heat.cells(
        making.data.measured("line", "country"), making.lines, making.countries,
        measure="coverage",
        how=Telling(words, words("What arrived, line by line"), lambda _: None),
    )  # fmt: skip


def cooperation(making: SlideMaking) -> Iterator[Slide]:
    """Yield the slides of who accompanies which lines, and of what is asked for in vain."""
    words, view = making.words, making.data.view
    rows, activities = making.data.cooperation, view.frame("activities")
    backed = supported(supports(rows))
    alone = [code for code in activities["activity"] if code not in backed]
    sought = requested(rows)
    entries = [
        ListEntry(name) for code, name in making.activities.items() if code in sought - backed
    ]
    finding = Finding((findings.alone(words, activities["activity"], rows),))
    coverage = words.out_of(
        "{n} of {N} activity with support, given or offered",
        "{n} of {N} activities with support, given or offered",
        len(activities) - len(alone), len(activities),
    )  # fmt: skip
    table = tables_of_all.support(making, rows)
    summary = by_line.summary(rows, activities, making.partners, words=words, cutoff=view.cutoff)
    nobody = words("Nobody supports: {codes}", codes=", ".join(alone) or "0")
    section = Section("cooperacion", words("Cooperation: who supports what"), finding, [table])
    place = Place("cooperacion", "cooperacion", "cooperacion", coverage=coverage)
    yield from parts.of_section(making, section, place, (summary, nobody))
    title = words("Asked for, and no partner yet")
    section = Section("pedido", title, finding, [Entries("", entries)])
    yield from parts.of_section(making, section, place._replace(key="cooperacion-pedido"))


def changes(making: SlideMaking) -> Iterator[Slide]:
    """Yield the slides of what changed since the earlier date, country by country."""
    words, changed, first = making.words, making.data.changes, making.data.first
    if changed is None or first is None:
        return
    table = tables_of_all.changes(making, changed)
    summary = kinds.summary(
        rows.counts(changed, "country", kinds.FLAGS), making.countries,
        briefing.change_counts(changed), by="country",
        dates=(first, making.view.cutoff), words=words,
    )  # fmt: skip
    across = filter(None, [crossing(making.data.view, words, first)])
    section = Section(
        "cambios",
        words("Changes since {day}", day=making.day()),
        Finding((findings.moved(words, changed, first), *across)),
        [table],
    )
    meanings = [
        words("{title}: {meaning}.", title=words(kinds.TITLES[flag]),
              meaning=words(kinds.MEANINGS[flag]))
        for flag in kinds.FLAGS
    ]  # fmt: skip
    coverage = parts.ratio(words, making.whole())
    place = Place("cambios", "cambios", "novedades", making.link, coverage)
    yield from parts.of_section(making, section, place, (summary, *meanings))


def due_next(making: SlideMaking) -> Iterator[Slide]:
    """Yield the slides of what falls due up to the next meeting, line by line."""
    words = making.words
    until = _next_meeting(making)
    ahead = _ahead(making, until)
    title = (
        words("What falls due until the next meeting, {day}", day=words.date(until))
        if until
        else words("What falls due next")
    )
    if ahead.empty:
        return
    sentence = due.falls_due(words, ahead) if until is None else _falls_due(making, ahead)
    section = Section("vence", title, Finding((sentence,)), [_by_line(making, ahead)])
    place = Place("vence", "vence", "calendario", coverage=parts.ratio(words, making.whole()))
    yield from parts.of_section(making, section, place)


def _next_meeting(making: SlideMaking) -> date | None:
    meeting = measures.meeting_after(making.data.view.frame("meetings"), making.data.view.cutoff)
    day: date | None = meeting["corte"] if meeting else None
    return day


def _ahead(making: SlideMaking, until: date | None) -> pd.DataFrame:
    """Return the cells that fall due after the cut-off, up to the next meeting's where known."""
    cells, cutoff = making.data.cells, making.data.view.cutoff
    if until is None:
        return measures.next_due(cells, cutoff)
    ends = {code: Period.parse(code).ends for code in cells["semester"].unique()}
    return cells.loc[~cells["due"] & (cells["semester"].map(ends).map(lambda day: day < until))]


def _falls_due(making: SlideMaking, ahead: pd.DataFrame) -> str:
    words = making.words
    missing = int((ahead["reporting"] != Reporting.REPORTADO).sum())
    periods = [words.period(code) for code in sorted(ahead["semester"].unique())]
    listing = wording.joined(words, periods)
    activities = wording.groups_counted(words, "activity", ahead["activity"].nunique())
    return words.out_of(
        "{n} of {N} report of {semesters} is still to come, in {activities}.",
        "{n} of {N} reports of {semesters} are still to come, in {activities}.",
        missing, len(ahead), semesters=listing, activities=activities,
    )  # fmt: skip


def _by_line(making: SlideMaking, ahead: pd.DataFrame) -> Entries:
    """Return each line with the activities that fall due, and how much has arrived already."""
    words, entries = making.words, []
    for line, own in ahead.groupby("line", sort=False):
        arrived = int((own["reporting"] == Reporting.REPORTADO).sum())
        listing = parts.codes(words, list(own["activity"].unique()))
        note = words.out_of(
            "{codes} ({n} of {N} report has arrived)", "{codes} ({n} of {N} reports have arrived)",
            arrived, len(own), codes=listing,
        )  # fmt: skip
        entries.append(ListEntry(making.lines[str(line)], note))
    return Entries("", entries)
