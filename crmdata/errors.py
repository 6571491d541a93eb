"""Errors that name file, row, field, rule and the way out. Imports nothing of the project.

A message is written in English in the code and translated where it is shown, so an error
carries its message and the values apart (`N_` marks the message for the catalogues).
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

Translate = Callable[[str], str]

LONGEST_VALUE = 40
LONGEST_QUOTE = 240


class Quoted(str):
    """A value that a reader must see whole to judge by: a text of the plan."""

    __slots__ = ()


def N_(message: str) -> str:
    """Mark `message` for translation and return it unchanged."""
    return message


def visible(value: object) -> str:
    """Return `value` as one line, cut at 40 characters (a quotation at 240).

    Invisible characters are written ⟨U+00A0⟩.
    """
    text, longest = str(value), LONGEST_QUOTE if isinstance(value, Quoted) else LONGEST_VALUE
    shown = "".join(
        char if char == " " or char.isprintable() else f"⟨U+{ord(char):04X}⟩"
        for char in text[:longest]
    )
    return shown + "…" if len(text) > longest else shown


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

    def __post_init__(self) -> None:
        # Of an error its words: it keeps alive what it failed on, a result half read and its lock.
        said = {
            name: str(value) if isinstance(value, BaseException) else value
            for name, value in self.values.items()
        }
        object.__setattr__(self, "values", said)

    def located(self, file: str) -> "Problem":
        """Return the same problem with its file named."""
        return dataclasses.replace(self, file=file)

    def text(self, translate: Translate = str) -> str:
        """Return the sentence for a reader: place, value, message, way out."""
        head = ", ".join(self._place(translate))
        if self.value is not None:
            shown = translate(N_("value “{value}”")).format(value=visible(self.value))
            head = f"{head} ({shown})" if head else shown
        said = " ".join(filter(None, self.sentences(translate)))
        if head:
            said = f"{head[0].upper()}{head[1:]}: {said}"
        return f"{self.file}: {said}" if self.file else said

    def sentences(self, translate: Translate = str) -> tuple[str, str]:
        """Return what is wrong and the way out, without the place; the second may be empty."""
        values = {name: visible(value) for name, value in self.values.items()}
        way_out = translate(self.way_out).format_map(values) if self.way_out else ""
        return translate(self.message).format_map(values), way_out

    def _place(self, translate: Translate) -> list[str]:
        place = []
        if self.sheet:
            place.append(translate(N_("Sheet “{sheet}”")).format(sheet=visible(self.sheet)))
        if self.row is not None:
            row = translate(N_("Row {row}")).format(row=self.row)
            place.append(row.lower() if place else row)
        if self.field:
            field = visible(self.heading or self.field)
            place.append(translate(N_("column “{field}”")).format(field=field))
        return place


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


class PersonalDataHeld(CrmdataError):  # noqa: N818 - it says what happened, as in the domain
    """A text looks like one person's data, and nobody has said that it is none.

    Its problems hold the words, so they are shown to who wrote them and kept nowhere. Nothing was
    written.
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
