"""The first sheet: what was found, in the sentences and numbers of the screen, and what follows."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import singledispatchmethod

from xlsxwriter.worksheet import Worksheet

from crmdata.content import findings, home, totals
from crmdata.content.calendar import schedule
from crmdata.content.cooperation import dossier
from crmdata.content.cooperation.gaps import ChosenCooperation
from crmdata.content.named import ViewNames
from crmdata.content.names import beyond
from crmdata.content.papers import line as lines
from crmdata.content.papers.line import LinePart
from crmdata.content.papers.paper import in_full
from crmdata.content.parts import (
    Choice,
    Entries,
    Finding,
    Note,
    Numbers,
    Part,
    Section,
    StateBars,
)
from crmdata.content.profile import Profile
from crmdata.exports import calendar
from crmdata.exports.workbook.book import Book
from crmdata.exports.workbook.parts import Part as Sheet
from crmdata.exports.workbook.selection import Selection

_NAMES, _TEXTS = 46, 96
"""Characters of its two columns."""

_ONE_PAGE = 80
"""Rows that can be read on one page; more go on on the next."""

_LINE = 14.5
"""Points of a line of text."""


def sections(named: ViewNames, chosen: Selection) -> Iterator[Section]:
    """Yield what the screen says of a partner, country, line or axis chosen, else of the region."""
    view, words = named.view, named.words
    if chosen.partner:
        yield _of_partner(named, chosen)
    elif chosen.country:
        profile = Profile(view, words, chosen.country, within=chosen.planned)
        yield from (profile.overview(), profile.to_do(), profile.numbers())
    elif chosen.line:
        part = LinePart(view, words, chosen.line, schedule(view, words), told=0)
        yield next(iter(lines.sections(part)))
    elif chosen.axis is not None:
        cells, name = chosen.cells(view.frame("cells")), named.axes[chosen.axis]
        arrived = findings.arrival(words, view.whole(cells), name.called)
        owing = findings.owing(words, cells, named.countries, view.cutoff)
        numbers = totals.numbers(words, view.whole(cells))
        yield Section("eje", name.called, Finding((*filter(None, (arrived, owing)),)), [numbers])
    else:
        yield from (
            section for section in home.of_region(view, words)
            if not all(isinstance(part, Choice) for part in section.parts)
        )  # fmt: skip


def _of_partner(named: ViewNames, chosen: Selection) -> Section:
    """Return what is a partner's own, in the chosen part of the plan and country."""
    view, words, partner = named.view, named.words, chosen.partner
    # What is asked of any partner stands in activities of which none is named.
    anybody, activities = replace(chosen, activities=None), view.frame("activities")
    rows = anybody.cooperation(view.frame("cooperation"), activities, view.region.code)
    every = ChosenCooperation(rows, anybody.planned(activities))
    reports = anybody.reports(view.frame("reports"), activities)
    # Each activity of the other sheets is there for a reason: all of them stand here.
    return in_full(Section(
        "socio", named.partners[partner].text,
        dossier.finding(view, words, partner, every, reports),
        [dossier.supporting(view, words, partner, every),
         dossier.naming(view, words, partner, every, reports),
         dossier.requests(view, words, every, may_offer=False)],
    ))  # fmt: skip


class AnswerSheet:
    """The sheet while it is written, from its head down."""

    def __init__(self, book: Book, named: ViewNames, page: Worksheet) -> None:
        self.book = book
        self.words = named.words
        self.page = page
        self.row = 6
        page.set_column(0, 0, _NAMES)
        page.set_column(1, 1, _TEXTS)
        page.hide_gridlines(2)

    def write(self, said: Iterator[Section], sheets: Sequence[Sheet]) -> None:
        """Write sections under their titles, then the names of the sheets that follow."""
        self.book.write_above(self.page, self.words("What it shows"), (_NAMES, _TEXTS))
        for section in said:
            self._title(section.title)
            for place, sentence in enumerate(section.finding.sentences if section.finding else ()):
                self._across(sentence, "found" if not place else "text")
            for part in section.parts:
                if isinstance(part, Entries) and part.title == section.title:
                    part = replace(part, title="")  # noqa: PLW2901 - the title stands there
                self._draw(part)
            self.row += 1
        self._title(self.words("The sheets of this workbook"))
        words = self.words
        titles = {words(name): words(title) for name, title in calendar.SHEETS.items()}
        titles |= {sheet.name: sheet.title for sheet in sheets}
        for page in self.book.file.worksheets()[1:]:
            target = page.name.replace("'", "''")
            self.page.write_url(self.row, 0, f"internal:'{target}'!A1", string=page.name)
            self._beside(titles.get(page.name, ""))
        tall = 1 if self.row <= _ONE_PAGE else 0
        self.book.print_on(self.page, self.words("What it shows"), tall)
        self.page.set_portrait()

    def _title(self, text: str) -> None:
        self.page.write_string(self.row, 0, text, self.book.formats["part"])
        self.row += 1

    def _across(self, text: str, look: str) -> None:
        """Write a sentence over both columns, with room for all its lines."""
        self.page.merge_range(self.row, 0, self.row, 1, text, self.book.formats[look])
        self._next(text, _NAMES + _TEXTS)

    def _beside(self, text: str) -> None:
        self.page.write_string(self.row, 1, text, self.book.formats["text"])
        self._next(text, _TEXTS)

    def _next(self, text: str, width: int) -> None:
        self.page.set_row(self.row, 2 + _LINE * max(1, -(-len(text) // width)))
        self.row += 1

    @singledispatchmethod
    def _draw(self, part: Part) -> None:
        """Draw what is said in words; what is a picture has a sheet of its own."""

    @_draw.register
    def _(self, part: Numbers) -> None:
        for figure in part.figures:
            said = f"{figure.label}: {figure.note}" if figure.note else figure.label
            self.page.write_string(self.row, 0, figure.value, self.book.formats["figure"])
            self.page.write_string(self.row, 1, said, self.book.formats["text"])
            self.page.set_row(self.row, 24)
            self.row += 1

    @_draw.register
    def _(self, part: StateBars) -> None:
        for bar in part.bars:
            self.page.write_string(self.row, 0, bar.name.called, self.book.formats["text"])
            self._beside(" · ".join(filter(None, (
                bar.total, bar.why, bar.reach.progress_text if bar.reach else "",
            ))))  # fmt: skip

    @_draw.register
    def _(self, part: Entries) -> None:
        if part.title:
            self._across(part.title, "list")
        for entry in part.entries[: part.first]:
            self.page.write_string(self.row, 0, entry.name.called, self.book.formats["text"])
            self._beside(entry.note)
        if not part.entries and part.empty:
            self._across(part.empty, "text")
        if more := beyond(self.words, (entry.name for entry in part.entries[part.first :])):
            self._across(more, "folded")

    @_draw.register
    def _(self, part: Note) -> None:
        self._across(part.text, "folded")
