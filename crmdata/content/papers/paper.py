"""A document: what it is called and of, and its sections in chapters."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from crmdata import measures
from crmdata.content.parts import Entries, Note, Part, Section
from crmdata.i18n import Words
from crmdata.labels import DEMONSTRATION, DEMONSTRATION_BRIEF, SYMBOLS, label
from crmdata.view import View


@dataclass(frozen=True)
class Chapter:
    """Sections under a heading of level 1 or 2; without a title they have none above them."""

    title: str
    sections: Sequence[Section]
    level: int = 1
    short: str = ""
    """What it is called in the list of contents, if that is less."""
    own_page: bool = False
    """Whether it begins a page."""

    @property
    def called(self) -> str:
        """What it is called where there is little room."""
        return self.short or self.title


class Cover(NamedTuple):
    """The first page of a long document, and what stands over its findings and contents."""

    over: str
    """Whose plan it is."""
    under: Sequence[str]
    """Of what day and meeting, a line each."""
    findings: str
    contents: str


@dataclass(frozen=True)
class Status:
    """Which reports a document counts."""

    code: str
    """`accepted`, or `provisional` where what waits for the secretariat counts beside them."""
    sentence: str


@dataclass(frozen=True)
class Paper:
    """A document of sections, whatever it is written as.

    `foot` stands at the foot of every page: plan, cut-off, filters, the record. `mark` says that
    data are of a demonstration, `mark_brief` the same beside a picture; empty for real ones.
    """

    title: str
    subtitle: str
    foot: str
    mark: str
    mark_brief: str
    language: str
    cutoff: date
    chapters: Sequence[Chapter]
    status: Status
    cover: Cover | None = None
    dense: bool = False
    """Whether it has to be short: smaller type, less air."""
    archived: bool = False
    """Whether it is of a snapshot, which somebody keeps."""

    @property
    def sections(self) -> Iterator[Section]:
        """All sections in their order."""
        for chapter in self.chapters:
            yield from chapter.sections

    @property
    def findings(self) -> Iterator[tuple[str, list[str]]]:
        """What the chapters of the first level find, each under its name."""
        for chapter in self.chapters:
            found = [each.finding.headline for each in chapter.sections if each.finding]
            if found and chapter.level == 1:
                yield chapter.called, found


def paper(
    view: View, words: Words, title: str, of: str, chapters: Sequence[Chapter],
    cover: Cover | None = None, *, dense: bool = False,
) -> Paper:  # fmt: skip
    """Return a document of these chapters; `of` says at the foot what part of the plan it is of."""
    plan = words.pick(*view.plan.short_title)
    day = words("Cut-off {day}", day=words.date(view.cutoff))
    foot = [plan, day, of]
    if view.snapshot:
        foot.append(words("Snapshot {id}", id=view.snapshot))
    foot.append(words("Record {head}", head=view.chain_head))
    if view.provisional:
        foot.append(words("Provisional"))
    return Paper(
        title=title,
        subtitle=f"{plan}. {day}.",
        foot=" · ".join(filter(None, foot)),
        mark=words(DEMONSTRATION) if view.demo else "",
        mark_brief=words(DEMONSTRATION_BRIEF) if view.demo else "",
        language=words.language,
        cutoff=view.cutoff,
        chapters=chapters,
        status=_status(view, words),
        cover=cover,
        dense=dense,
        archived=bool(view.snapshot),
    )


def _status(view: View, words: Words) -> Status:
    if view.provisional:
        return Status(
            "provisional",
            words(
                "Provisional: reports that were submitted and are not accepted yet count here too."
            ),
        )
    return Status(
        "accepted",
        words("Accepted reports only: what was submitted and is not accepted yet is not in it."),
    )


def in_full(section: Section) -> Section:
    """Return a section with its lists open to their ends: paper does not unfold."""
    return replace(section, parts=[*map(opened, section.parts)])


def opened(part: Part) -> Part:
    """Return a list open to its end; any other part as it is."""
    return replace(part, first=len(part.entries)) if isinstance(part, Entries) else part


def meeting_of(view: View, words: Words) -> str:
    """Name the meeting of the cut-off; empty where it is of none."""
    meeting = measures.meeting_at(view.frame("meetings"), view.cutoff)
    if meeting is None:
        return ""
    name = words.pick(meeting["name_es"], meeting["name_en"])
    return words("{meeting}, held on {day}", meeting=name, day=words.date(meeting["held_on"]))


def how_to_read(view: View, words: Words) -> Section:
    """Return the symbols, and when a figure of progress is withheld."""
    meanings = "; ".join(f"{symbol} {label(words, state)}" for state, symbol in SYMBOLS.items())
    return Section("lectura", words("How to read it"), None, [
        Note(words("Symbols: {meanings}.", meanings=meanings)),
        Note(withholding(view, words)),
    ])  # fmt: skip


def withholding(view: View, words: Words) -> str:
    """Say when an interval stands in the place of a figure of progress."""
    return words(
        "Progress is the mean of what was reported; under {threshold} coverage only its "
        "interval is given: where it would lie with the missing reports at 0 or at 100%.",
        threshold=words.entered(100 * view.thresholds.coverage),
    )
