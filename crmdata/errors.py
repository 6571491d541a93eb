"""Errors that name file, row, field, rule and the way out. Imports nothing of the project.

A message is written in English in the code and translated where it is shown, so an error
carries its message and the values apart (`N_` marks the message for the catalogues).
"""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

Translate = Callable[[str], str]

LONGEST_VALUE = 40
LONGEST_QUOTE = 240


class Quoted(str):
    """A value that a reader must see whole to judge by: a text of the plan."""

    __slots__ = ()


class Named(NamedTuple):
    """A name in both languages: a message says it in the reader's."""

    es: str
    en: str

    def __str__(self) -> str:
        return self.en or self.es


def N_(message: str) -> str:
    """Mark `message` for translation and return it unchanged."""
    return message


def visible(value: object) -> str:
    """Return `value` as one line, cut at 40 characters (a quotation at 240).

    A line break is the sign on its key, other invisible characters are written ⟨U+00A0⟩.
    """
    text, longest = str(value), LONGEST_QUOTE if isinstance(value, Quoted) else LONGEST_VALUE
    printable = "".join(
        char if char == " " or char.isprintable() else f"⟨U+{ord(char):04X}⟩"
        for char in text[:longest].replace("\n", "⏎")
    )
    return printable + "…" if len(text) > longest else printable


@dataclass(frozen=True)
class Problem:
    """One thing wrong, or worth a warning, at one place of one file.

    `row` counts as a spreadsheet does: the header is row 1. `rule` is a stable code for
    tests and logs; `message` and `way_out` are catalogue messages with `{names}` that
    `values` fills. `field` is a column's code, `heading` how the file itself names it where
    that differs; `sheet` is a workbook's.
    """

    rule: str
    message: str
    way_out: str = ""
    file: str = ""
    row: int | None = None
    field: str = ""
    value: object = None
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)
    warning: bool = False
    sheet: str = ""
    heading: str = ""
    asks: bool = False
    """Whether it is a question: a warning with which nothing is stored before somebody says yes."""
    alike: tuple["Problem", ...] = ()
    """The same in other rows: one cause is said in one sentence."""

    def __post_init__(self) -> None:
        # Of an error its words: it keeps alive what it failed on, a result half read and its lock.
        values = {
            name: str(value) if isinstance(value, BaseException) else value
            for name, value in self.values.items()
        }
        object.__setattr__(self, "values", values)

    def located(self, file: str) -> "Problem":
        """Return the same problem with its file named."""
        return dataclasses.replace(self, file=file)

    def each(self) -> Iterator["Problem"]:
        """Yield the problem at each of its places."""
        yield dataclasses.replace(self, alike=())
        yield from self.alike

    @property
    def rows(self) -> str:
        """The rows of which it speaks, such as `2, 4–7`; empty where it speaks of none."""
        return row_ranges(problem.row for problem in self.each() if problem.row is not None)

    def text(self, translate: Translate = str) -> str:
        """Return the sentence for a reader: place, value, message, way out."""
        head = ", ".join(self._place(translate))
        alike = self._same(lambda problem: (problem.value, problem.field))
        value = _shown_value(self, translate) if alike else ""
        if value:
            head = f"{head} ({value})" if head else value
        sentences = " ".join(filter(None, self.sentences(translate)))
        if head:
            sentences = f"{head[0].upper()}{head[1:]}: {sentences}"
        return f"{self.file}: {sentences}" if self.file else sentences

    def sentences(self, translate: Translate = str) -> tuple[str, str]:
        """Return what is wrong and the way out, without the place; the second may be empty.

        Where it is not the same in all of its rows, the first tells of each.
        """
        if self._same(lambda one: (_own_sentences(one, translate), one.value, one.field)):
            return _own_sentences(self, translate)
        common = self._same(lambda problem: _own_sentences(problem, translate)[1])
        groups: dict[tuple[str, str], list[Problem]] = {}
        several = not self._same(lambda problem: problem.field)
        for problem in self.each():
            message, way_out = _own_sentences(problem, translate)
            sentence = message if common else f"{message} {way_out}".strip()
            value = [_shown_column(problem, translate)] if several else []
            value.append(_shown_value(problem, translate))
            groups.setdefault((", ".join(filter(None, value)), sentence), []).append(problem)
        lines = [
            _of_rows(translate, some, value, sentence)
            for (value, sentence), some in list(groups.items())[:MOST_TOLD]
        ]
        rest = [problem.row for some in list(groups.values())[MOST_TOLD:] for problem in some]
        if rest:
            more = translate(N_("The same goes for rows {rows}."))
            lines.append(more.format(rows=row_ranges(row for row in rest if row is not None)))
        return " ".join(lines), _own_sentences(self, translate)[1] if common else ""

    def _same(self, of: Callable[["Problem"], object]) -> bool:
        return len({of(problem) for problem in self.each()}) == 1

    def _place(self, translate: Translate) -> list[str]:
        place = []
        if self.sheet:
            place.append(translate(N_("Sheet “{sheet}”")).format(sheet=visible(self.sheet)))
        if self.row is not None:
            several = len({problem.row for problem in self.each()}) > 1
            row = translate(_ROWS if several else _ROW).format(row=self.rows)
            place.append(row.lower() if place else row)
        if self.field and self._same(lambda one: one.field):
            place.append(_shown_column(self, translate))
        return place


def _own_sentences(problem: Problem, translate: Translate) -> tuple[str, str]:
    values = {name: visible(value) for name, value in problem.values.items()}
    way_out = translate(problem.way_out).format_map(values) if problem.way_out else ""
    return translate(problem.message).format_map(values), way_out


def _shown_column(problem: Problem, translate: Translate) -> str:
    field = visible(problem.heading or problem.field)
    return translate(N_("column “{field}”")).format(field=field)


def _shown_value(problem: Problem, translate: Translate) -> str:
    """Return what stands in the cell, unless the sentence itself quotes it."""
    if problem.value is None or visible(problem.value) in _quoted(problem):
        return ""
    return translate(N_("value “{value}”")).format(value=visible(problem.value))


def _quoted(problem: Problem) -> set[str]:
    return {
        visible(value)
        for name, value in problem.values.items()
        if f"“{{{name}}}”" in problem.message
    }


_ROW, _ROWS = N_("Row {row}"), N_("Rows {row}")

MOST_TOLD = 10
"""How many rows of a sentence are told apart."""


def row_ranges(rows: Iterable[int]) -> str:
    """Return rows in order, those that follow each other as a range: `2, 4–7`."""
    ranges: list[list[int]] = []
    for row in sorted(set(rows)):
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1][1] = row
        else:
            ranges.append([row, row])
    return ", ".join(
        str(first) if first == last else f"{first}{'–' if last > first + 1 else ', '}{last}"
        for first, last in ranges
    )


def _of_rows(translate: Translate, some: Sequence[Problem], value: str, sentence: str) -> str:
    """Return a sentence with the rows of which it is true before it."""
    rows = [problem.row for problem in some if problem.row is not None]
    if not rows:
        return sentence
    place = translate(_ROWS if len(set(rows)) > 1 else _ROW).format(row=row_ranges(rows))
    return f"{place} ({value}): {sentence}" if value else f"{place}: {sentence}"


def gathered(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems of one kind in one column as one, in the order in which they come."""
    groups: dict[object, list[Problem]] = {}
    for place, problem in enumerate(problems):
        field = "" if problem.rule in OF_THE_SHEET else problem.field
        kind = (problem.file, problem.sheet, field, problem.rule, problem.warning, problem.asks)
        key = place if problem.row is None or problem.rule in SAID_ONE_BY_ONE else kind
        groups.setdefault(key, []).append(problem)
    return [
        dataclasses.replace(first, alike=tuple(rest)) if rest else first
        for first, *rest in groups.values()
    ]


OF_THE_SHEET = frozenset({"invisible", "formula"})
"""Rules of which one sentence does for all columns."""

SAID_ONE_BY_ONE = frozenset({"personal_data"})
"""Rules of which each place is answered by itself."""


class CrmdataError(Exception):
    """What was asked cannot be done; every problem found is in `problems`."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(problem.text() for problem in self.problems))

    def text(self, translate: Translate = str) -> str:
        """Return all problems, one a line, in the reader's language."""
        return "\n".join(problem.text(translate) for problem in self.problems)


class PlanError(CrmdataError):
    """The plan's files break a rule; nothing was written."""


class ImportRefused(CrmdataError):  # noqa: N818 - it says what happened, as in the domain
    """A file cannot be imported; nothing was written."""


class Held(CrmdataError):  # noqa: N818 - it says what happened, as in the domain
    """A question waits for an answer, or a text looks like one person's data. Nothing was written.

    Its problems may hold the words, so they are shown to who wrote them and kept nowhere.
    """


class StoreError(CrmdataError):
    """The database cannot do what was asked (kind of data, version, lock, disk)."""


class AccessDenied(CrmdataError):  # noqa: N818 - it says what happened, as in the domain
    """The actor may not do what was asked; nothing was written."""


class AgreementRefused(CrmdataError):  # noqa: N818 - it says what happened, as in the domain
    """An agreement cannot be noted or withdrawn so; nothing was written."""


class SnapshotRefused(CrmdataError):  # noqa: N818 - it says what happened, as in the domain
    """A snapshot cannot be made so; nothing was written."""


class ReviewRefused(CrmdataError):  # noqa: N818 - it says what happened, as in the domain
    """A step of the review does not follow from where things stand; nothing was written."""


class RedactionRefused(CrmdataError):  # noqa: N818 - it says what happened, as in the domain
    """Texts cannot be redacted so; nothing was changed."""


class SettingsError(CrmdataError):
    """A setting of the deployment is missing or wrong; nothing was started."""
