"""The activities that a search and filters leave: their state, and what is pending."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import pandas as pd

from crmdata.content import composition, due, findings, measured_rows, names, wording
from crmdata.content.destinations import Way
from crmdata.content.names import Name, Names
from crmdata.content.parts import BarGroup, Finding, GroupedBars, Passage, Section, StateBar
from crmdata.i18n import Words
from crmdata.view import View

_OPEN = 10
"""Activities that stand open, the others unfold."""

_OPEN_WITH_PASSAGES = 5
"""The same of a search, those that match best: with the passages beneath each, more would fill a
phone twice over.
"""

_WORTH_CUTTING = 3
"""Rows of a group that stand open alone; fewer unfold with the others."""


@dataclass(frozen=True)
class Results:
    """The activities that are left, the best first, and what was asked for."""

    codes: Sequence[str]
    cells: pd.DataFrame
    """Those of the chosen country, or of all; of other activities too."""
    query: str = ""
    places: Mapping[str, Name] | None = None
    """Where the words of the query stand in each activity; None without a query."""
    passages: Mapping[str, Sequence[Passage]] | None = None
    country: str = ""
    """The name of the country whose reports alone are counted and searched."""
    filtered: bool = False
    pending: bool = False
    """Whether what is pending was asked for: then the longest stands first."""
    meant: Sequence[str] = ()
    """The words that a misspelt one of the query was taken for."""


def sections(view: View, words: Words, results: Results) -> list[Section]:
    """Return what is left: how many, how they stand, each with its bar; then those that unfold."""
    finding = Finding(tuple(filter(None, _sentences(view, words, results))))
    room = _OPEN_WITH_PASSAGES if results.places is not None else _OPEN
    unfolded, folded = _parted(words, _groups(view, words, results), room)
    title, noted = words("Activities found"), words("Pending or next")
    result_sections = [
        Section("resultados", title, finding, [GroupedBars(title, unfolded, noted)], main=True)
    ]
    if folded:
        others = sum(len(group.bars) for group in folded)
        rest = words.plural("{n} other activity", "The other {n} activities", others)
        # By line one looks for one part; of what was found one reads on.
        parts = [GroupedBars(rest, folded, noted, folded=True, at_once=not _by_line(results))]
        result_sections.append(Section("resultados-otros", rest, None, parts))
    return result_sections


def _by_line(results: Results) -> bool:
    return results.places is None and not results.pending


def in_order(results: Results) -> Sequence[str]:
    """Return the activities in the order in which they stand: what is pending longest first."""
    if not results.pending:
        return results.codes
    oldest = due.oldest(results.cells)
    return sorted(results.codes, key=oldest.__getitem__)


def _parted(
    words: Words, groups: Iterable[BarGroup], room: int
) -> tuple[list[BarGroup], list[BarGroup]]:
    """Return what stands open, in so many rows, and what unfolds; a long group stands in both."""
    unfolded, folded = list[BarGroup](), list[BarGroup]()
    for group in groups:
        if len(group.bars) <= room:
            unfolded.append(group)
            room -= len(group.bars)
        elif room >= _WORTH_CUTTING:
            rest = group.bars[room:]
            more = words.plural("{n} more activity", "{n} more activities", len(rest))
            unfolded.append(group._replace(bars=group.bars[:room]))
            folded.append(group._replace(total=more, bars=rest))
            room = 0
        else:
            folded.append(group)
            room = 0
    return unfolded, folded


def _sentences(view: View, words: Words, results: Results) -> Iterator[str]:
    every = len(view.frame("activities"))
    pending = findings.pending_in(words, results.cells, results.codes, view.cutoff, results.country)
    left = len(results.codes)
    if results.meant:
        yield words("No text has all the words of “{query}”; shown is what has “{meant}”.",
                    query=results.query, meant=wording.joined(words, results.meant))  # fmt: skip
    elif results.query:
        yield words.out_of("“{query}” stands in {n} of {N} activity.",
                           "“{query}” stands in {n} of {N} activities.", left, every,
                           query=results.query)  # fmt: skip
    yield pending
    if results.filtered and not results.query:
        yield words.out_of("{n} of {N} activity matches what was chosen.",
                           "{n} of {N} activities match what was chosen.", left, every)  # fmt: skip
    if results.query and results.country:
        yield words("Only reports of {country} are searched.", country=results.country)


def _groups(view: View, words: Words, results: Results) -> Iterator[BarGroup]:
    called = names.of_activities(view.frame("activities"), words)
    titles: Names = {code: called[code] for code in results.codes}
    measured = measured_rows.aligned(view.measured(results.cells, "activity"), "activity", titles)
    rows = dict(zip(titles, _bars(view, words, results, titles, measured), strict=True))
    lines = names.of_lines(view.frame("lines"), words)
    line_of = dict(
        zip(*(view.frame("activities")[name] for name in ("activity", "line")), strict=True)
    )

    oldest = due.oldest(results.cells) if results.pending else {}

    def name(code: str) -> Name:
        if results.pending:
            since = findings.pending_since(words, oldest[code], view.cutoff)
            text = since[:1].upper() + since[1:]
            return Name(text, text)
        return lines[line_of[code]] if results.places is None else results.places[code]

    by_line = _by_line(results)
    for group, codes in groupby(in_order(results), key=name):
        own = list(codes)
        opens = Way("lineas", {"linea": line_of[own[0]], "actividad": ""}) if by_line else None
        of = wording.n_of(words, measured_rows.total(measured.loc[own]))
        summary = words.plural(
            "{n} activity; reports: {of}", "{n} activities; reports: {of}", len(own), of=of
        )
        yield BarGroup(group, summary, [rows[code] for code in own], opens)


def _bars(
    view: View, words: Words, results: Results, titles: Names, measured: pd.DataFrame
) -> Iterator[StateBar]:
    notes = due.pending_notes(view, words, results.cells)
    passages = results.passages or {}
    for code, row in measured_rows.each(measured):
        bar = composition.bar(words, titles[code], row, due.sheet(code))
        yield bar._replace(note=notes.get(code, bar.note), passages=passages.get(code, ()))
