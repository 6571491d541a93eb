"""The slides across lines: countries, cooperation, what changed, what falls due."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from crmdata import measures
from crmdata.content import composition, faces, frames, names, wording
from crmdata.content.cooperation import by_line
from crmdata.content.cooperation.support import NOBODY, requested, supported, supports
from crmdata.content.faces import Face, Kind
from crmdata.content.names import Name, Names
from crmdata.content.news import kinds
from crmdata.labels import NO_REPORT, NOT_APPLICABLE, NOTHING_EARLIER, label
from crmdata.slides import agreements, parts
from crmdata.slides.model import WHOLE, Grid, Number, Slide, Text, with_whole
from crmdata.slides.parts import SlideMaking
from crmdata.terms import SIN_REPORTE, CooperationState, Period, Reporting

PLAIN = "plain"
"""Kind of a face that is a number or a text on no scale."""

_ROWS = 7
"""Lines of the plan that stand on one slide, with their titles."""


def countries(making: SlideMaking) -> Iterator[Slide]:
    """Yield the slide of the countries one by one, and that of every country and line."""
    words, whole = making.words, making.whole()
    chart = parts.bars(
        making, "country", making.countries,
        title=words("What was reported, country by country"), whole=words("All together"),
    )  # fmt: skip
    coverage = parts.ratio(words, whole)
    yield Slide(
        "paises", "paises", words("Countries: what was reported"), "paises", {},
        charts=(chart,), coverage=coverage, notes=(chart.summary, *chart.lines(words)),
    )  # fmt: skip
    table = _arrived(making)
    yield Slide(
        "paises-lineas", "paises", words("Countries: what arrived, line by line"), "paises",
        {"medida": "cobertura"}, charts=(table,), coverage=coverage,
        notes=(table.heading, *table.lines(words)),
    )  # fmt: skip


def _arrived(making: SlideMaking) -> Grid:
    """Return country × line: how many of the expected reports arrived."""
    words, data = making.words, making.data
    lines = making.lines
    measured = data.measured("country", "line")
    crossed = frames.crossed(measured, ("country", "line"), (making.countries, lines))
    nothing = words("Nothing due")
    faces = {key: _coverage(making, one) for key, one in frames.each(crossed)}
    return Grid(
        words("What arrived, line by line"), words("Country"), making.countries, lines, faces,
        words("Reported of expected reports (n/N), by strategic line"),
        composition.summary(data.measured("country"), making.countries,
                            by="country", words=words, cutoff=data.view.cutoff),
        scaled=True, hatched=f"{NO_REPORT} {label(words, SIN_REPORTE)}",
        empty=f"{NOT_APPLICABLE} {nothing}",
    )  # fmt: skip


def _coverage(making: SlideMaking, measured: measures.Measured) -> Face:
    """Return n/N as a face, coloured by the share."""
    face = faces.coverage(making.words, measured)
    return face if face.kind == Kind.NOTHING else face._replace(main=face.note, note="")


def cooperation(making: SlideMaking) -> Iterator[Slide]:
    """Yield the slide of who accompanies which lines, and where nobody does."""
    words, data = making.words, making.data
    rows, activities = data.cooperation, data.view.frame("activities")
    found = supports(rows)
    alone = activities.loc[~activities["activity"].isin(supported(found)), "activity"]
    sought = requested(rows)
    asked = [code for code in activities["activity"] if code in sought]
    chart = _support(making)
    texts = (
        Text(words("Asked for, and no partner yet"),
             (words("Activities: {codes}", codes=parts.codes(words, asked)) if asked
              else words("Nothing is asked for in vain."),)),
        Text(words("Nobody supports"),
             (words("Activities: {codes}", codes=parts.codes(words, list(alone))) if len(alone)
              else words("Nothing is missing: a partner stands by every activity shown here."),)),
    )  # fmt: skip
    yield Slide(
        "cooperacion", "cooperacion", words("Cooperation: who supports what"), "cooperacion",
        {}, numbers=_support_numbers(making, len(activities) - len(alone)), charts=(chart,),
        texts=texts,
        coverage=words("{count}/{all} activities supported",
                       count=words.number(len(activities) - len(alone)),
                       all=words.number(len(activities))),
        notes=(chart.summary, *chart.lines(words),
               words("Asked for, and no partner yet: {codes}", codes=", ".join(asked) or "0"),
               words("Nobody supports: {codes}", codes=", ".join(alone) or "0")),
    )  # fmt: skip


def _support_numbers(making: SlideMaking, backed: int) -> tuple[Number, ...]:
    words, rows = making.words, making.data.cooperation
    running = int((rows["state"] == CooperationState.EN_CURSO.value).sum())
    planned = len(making.data.view.frame("activities"))
    of = words.plural("of {n} line of cooperation", "of {n} lines of cooperation", len(rows))
    return (
        Number(words("Activities supported"), words.number(backed),
               words.plural("of {n} activity", "of {n} activities", planned)),
        Number(words("In progress"), words.number(running), of),
        Number(words("Requests without a partner"),
               words.number(int(rows["partner"].isna().sum())), of),
    )  # fmt: skip


def _support(making: SlideMaking) -> Grid:
    """Return partner × line: of how many activities of each line a partner supports any."""
    words, data = making.words, making.data
    lines, partners = making.lines, names.of_partners(data.view.frame("partners"), words)
    acronyms: Names = {key: Name(one.short, one.short) for key, one in partners.items()}
    rows: Names = {**acronyms, NOBODY: Name(words("Nobody"), words("Nobody"))}
    counts = by_line.counted(data.cooperation, data.view.frame("activities"), lines, partners)
    faces = {
        (partner, line): _supported(*counts[line, partner], nobody=partner == NOBODY)
        for partner in rows
        for line in lines
    }
    return Grid(
        words("Who supports which lines"), words("Partner"), rows, lines, faces,
        words("Activities that a partner supports, of those of the line"),
        by_line.summary(data.cooperation, data.view.frame("activities"), partners, words=words,
                        cutoff=data.view.cutoff),
        scaled=True, hatched=words("Nobody"), empty=words("0 None"),
    )  # fmt: skip


def _supported(count: int, among: int, *, nobody: bool) -> Face:
    face = by_line.face(count, among, NOBODY if nobody else "")
    return face._replace(main=f"{count}/{among}")


def changes(making: SlideMaking) -> Iterator[Slide]:
    """Yield the slide of what changed since the earlier date, country by country."""
    words, data = making.words, making.data
    found, first = data.changes, data.first
    if found is None or first is None:
        nothing = words(NOTHING_EARLIER)
        yield Slide("cambios", "cambios", words("Changes"), "novedades", {}, lead=nothing,
                    notes=(nothing,))  # fmt: skip
        return
    chart = _changed(making, found, first)
    yield Slide(
        "cambios", "cambios", words("Changes since {day}", day=making.day()), "novedades",
        making.link,
        lead="" if len(found) else words("Nothing changed here between the two dates: no report "
                                         "arrived and none fell due."),
        charts=(chart,),
        coverage=parts.ratio(words, making.whole()),
        notes=(chart.summary, *chart.lines(words),
               *(words("{title}: {meaning}.", title=words(kinds.TITLES[flag]),
                       meaning=words(kinds.MEANINGS[flag]))
                 for flag in kinds.FLAGS)),
    )  # fmt: skip
    yield from agreements.before(making)


def _changed(making: SlideMaking, found: pd.DataFrame, first: date) -> Grid:
    """Return country × kind of change, all countries together first."""
    words, data, flags = making.words, making.data, kinds.FLAGS
    columns: Names = {
        flag: Name(f"{kinds.SYMBOLS[flag]} {words(kinds.TITLES[flag])}",
                   words(kinds.TITLES[flag]))
        for flag in flags
    }  # fmt: skip
    totals = parts.change_counts(found)
    own = found.groupby("country", sort=False)[list(flags)].sum().reset_index()
    counts = kinds.aligned(own, "country", making.countries, flags)
    rows = with_whole(making.countries, words("All together"))
    table: dict[Any, dict[Any, int]] = {WHOLE: totals, **counts.to_dict("index")}
    faces: dict[Any, Face] = {
        (key, flag): Face(PLAIN, words.number(table[key][flag])) for key in rows for flag in flags
    }
    return Grid(
        words("How many changes, country by country"), words("Country"), rows, columns, faces,
        words("Reports and due slots that changed between the two dates"),
        kinds.summary(own, making.countries, totals, by="country", flags=flags,
                              dates=(first, data.view.cutoff), words=words),
    )  # fmt: skip


def due(making: SlideMaking) -> Iterator[Slide]:
    """Yield the slides of what falls due up to the next meeting, line by line."""
    words, data = making.words, making.data
    until = _next_meeting(making)
    ahead = _ahead(making, until)
    title = (
        words("What falls due until the next meeting, {day}", day=words.date(until))
        if until
        else words("What falls due next")
    )
    if ahead.empty:
        yield Slide("vence", "vence", title, "calendario", {},
                    lead=words("Nothing falls due any more."))  # fmt: skip
        return
    lines = [line for line in data.view.frame("lines")["line"] if line in set(ahead["line"])]
    pages = [lines[at : at + _ROWS] for at in range(0, len(lines), _ROWS)]
    for page, group in enumerate(pages, start=1):
        chart = _falling(making, ahead.loc[ahead["line"].isin(group)], group)
        yield Slide(
            "vence" if page == 1 else f"vence-{page}", "vence", title, "calendario", {},
            lead=_due_lead(making, ahead),
            charts=(chart,),
            coverage=parts.ratio(words, making.whole()),
            notes=(_due_lead(making, ahead), *chart.lines(words)),
        )  # fmt: skip


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


def _due_lead(making: SlideMaking, ahead: pd.DataFrame) -> str:
    words = making.words
    periods = sorted(ahead["semester"].unique())
    missing = int((ahead["reporting"] != Reporting.REPORTADO).sum())
    return words(
        "Semesters: {semesters}. Activities: {activities}. Still to come: {missing} of "
        "{expected} reports.",
        semesters=wording.listed(words, [words.period(code) for code in periods]),
        activities=words.number(ahead["activity"].nunique()),
        missing=words.number(missing),
        expected=words.number(len(ahead)),
    )


def _falling(making: SlideMaking, ahead: pd.DataFrame, lines: list[str]) -> Grid:
    words, data = making.words, making.data
    named = making.lines
    columns: dict[str | int, Name] = {
        "activities": Name(words("Activities"), words("Activities")),
        "arrived": Name(words("Already reported (n/N)"), words("Already reported (n/N)")),
    }
    faces: dict[Any, Face] = {}
    for line in lines:
        own = ahead.loc[ahead["line"] == line]
        arrived = int((own["reporting"] == Reporting.REPORTADO).sum())
        codes = [
            code
            for code in data.view.frame("activities")["activity"]
            if code in set(own["activity"])
        ]
        faces[line, "activities"] = Face(PLAIN, parts.codes(words, codes))
        ratio = f"{words.number(arrived)}/{words.number(len(own))}"
        faces[line, "arrived"] = Face(PLAIN, ratio)
    return Grid(
        words("What falls due, line by line"), words("Line"),
        {line: named[line] for line in lines}, columns, faces,
        words("Activities whose semester ends, and how many of their reports have arrived already"),
        _due_lead(making, ahead),
        wide=frozenset({"activities"}),
    )  # fmt: skip
