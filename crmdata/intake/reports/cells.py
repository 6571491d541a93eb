"""One row's cells, read one by one: each reader returns a value, or complains and returns none.

The complaints gather, so that one pass over a row finds everything that is wrong with it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from crmdata.errors import N_, Problem
from crmdata.intake.reports import held_texts
from crmdata.intake.reports.bare import (
    foreign_letters,
    in_latin,
    is_latin,
    without_hidden,
)
from crmdata.intake.reports.columns import Columns
from crmdata.intake.reports.known import RowCodes
from crmdata.intake.reports.lists import WordList
from crmdata.intake.reports.personal import TextReading, in_address, signs_in
from crmdata.intake.reports.prose import in_other_language, markup_in
from crmdata.intake.reports.rows import Row, trimmed
from crmdata.search import plain

_NOTHING = frozenset(
    {"n/a", "na", "n.a", "n/d", "nd", "n.d", "s/d", "sd", "s.d", "ninguno", "ninguna", "nada",
     "none", "no aplica", "no hay", "sin dato", "sin datos", "not applicable", "nil"}
)  # fmt: skip
"""Words for an empty cell, where a sentence, a link or a name is asked for."""


def says_something(text: str) -> bool:
    """Tell whether a cell says anything: a mark without a letter or digit, or `N/A`, does not."""
    bare = " ".join(plain(without_hidden(text[:20])).split()).strip(" .,;:-–—*/¿?¡!()")
    return bool(bare) and bare not in _NOTHING and any(map(str.isalnum, text))


class Cells:
    """The cells of one row and what is wrong with them."""

    def __init__(self, row: Row, known: RowCodes, columns: Columns | None = None) -> None:
        self.row = row
        self.known = known
        self.columns = columns or Columns()
        self._read: dict[str, str] = {}
        self.errors: list[Problem] = []
        self.warnings: list[Problem] = []

    def on(self, cells: Mapping[str, str]) -> "Cells":
        """Return a reader of other cells in the same row, whose complaints gather with these."""
        return self._with(replace(self.row, cells=cells))

    def silent_on(self, fields: Iterable[str]) -> "Cells":
        """Return a reader of the same row that complains of none of the fields."""
        return self._with(replace(self.row, flawed=self.row.flawed.union(fields)))

    def _with(self, row: Row) -> "Cells":
        """Return a reader of the row as it is now, whose complaints gather with these."""
        other = Cells(row, self.known, self.columns)
        other.errors, other.warnings = self.errors, self.warnings
        return other

    def error(
        self, rule: str, field: str, message: str, way_out: str = "", **values: object
    ) -> None:
        """Complain of a cell, unless it was complained of already."""
        if field not in self.row.flawed:
            self.errors.append(self._problem(rule, field, message, way_out, values))

    def warn(
        self, rule: str, field: str, message: str, way_out: str = "", **values: object
    ) -> None:
        """Draw attention to a cell that may be right."""
        self.warnings.append(self._problem(rule, field, message, way_out, values, warning=True))

    def ask(self, rule: str, field: str, message: str, way_out: str = "", **values: object) -> None:
        """Ask something: nothing is stored before somebody has said yes."""
        problem = self._problem(rule, field, message, way_out, values, warning=True)
        self.warnings.append(replace(problem, asks=True))

    def ask_of_column(
        self, rule: str, field: str, message: str, way_out: str, **values: object
    ) -> None:
        """Ask the same of every cell of a column: what stands in each makes no difference."""
        self.ask(rule, field, message, way_out, **values)
        self.warnings[-1] = replace(self.warnings[-1], value=None)

    def _problem(
        self,
        rule: str,
        field: str,
        message: str,
        way_out: str,
        values: dict[str, object],
        *,
        warning: bool = False,
    ) -> Problem:
        return Problem(
            rule,
            message,
            way_out,
            row=self.row.number,
            field=field,
            value=self.row.cells.get(field) or None,
            values=values,
            warning=warning,
            sheet=self.row.sheet,
        )

    def read_as(self, field: str, read: str, *, plainly: bool = False) -> None:
        """Mention how a cell was read that is written in another form; that is said once.

        What nobody could read otherwise, `plainly`, need not be looked at before it is stored.
        """
        self.warnings[:] = [
            note for note in self.warnings if (note.rule, note.field) != ("invisible", field)
        ]
        self.warn("read_as", field, N_("Read as “{read}”."), read=read, plainly=plainly)

    def missing(self, field: str, way_out: str = N_("Fill it in."), **values: object) -> None:
        """Complain of a cell that says nothing where something must stand."""
        self.error("required", field, N_("The cell is empty."), way_out, **values)

    def text(self, field: str) -> str:
        """Return a text as it was written; empty where the file lacks the column."""
        return self.row.cells.get(field, "")

    def public_text(self, field: str) -> str:
        """Return a text as it was written; warn where readers may not be meant to see it so.

        It may tell of one person, be in a language that few read, or hold code that is shown
        and never obeyed.
        """
        text = self.text(field)
        if not text:
            return text
        code = markup_in(text)
        if code:
            self.warn(
                "markup_in_text",
                field,
                N_("“{found}” is code; it will be shown as it is written."),
                N_("Write plain text."),
                found=code,
            )
        reading = TextReading(text)
        if in_other_language(reading.words):
            self.warn(
                "other_language",
                field,
                N_("The text looks like neither Spanish nor English."),
                N_("Write it in one of the two."),
            )
        self.hold(field, signs_in(reading))
        return text

    def addresses(self, field: str, links: str) -> str:
        """Return addresses of the web; hold those that give a person's mail."""
        self.hold(field, in_address(links))
        return links

    def hold(self, field: str, words: tuple[str, ...]) -> None:
        """Hold a row back until somebody says that words in a cell are no person's data."""
        if words:
            self.ask(
                held_texts.RULE,
                field,
                held_texts.FOUND if len(words) == 1 else held_texts.SEVERAL_FOUND,
                held_texts.TAKE_OUT,
                **held_texts.quotation(words),
            )

    def required(self, field: str) -> str:
        """Return a text that must say something."""
        text = self.text(field)
        if not trimmed(text):
            self.missing(field)
        return text

    def code(self, field: str) -> str:
        """Return a code without what nobody sees in it, its letters Latin; both are mentioned.

        A mark without a letter or a digit, such as a dash, says nothing and is none.
        """
        if field not in self._read:
            self._read[field] = self._code(field)
        return self._read[field]

    def _code(self, field: str) -> str:
        cell = self.text(field)
        if cell.isascii() and cell.isalnum():
            return cell
        seen = trimmed(without_hidden(cell))
        if not any(map(str.isalnum, seen)):
            return ""
        if seen != cell:
            self.warn(
                "invisible",
                field,
                N_("Read as “{read}”, without the spaces or invisible characters in it."),
                read=seen,
            )
        latin = in_latin(seen)
        if latin != seen and is_latin(latin):
            letters = foreign_letters(seen)
            if letters:
                self.warn(
                    "foreign_letter",
                    field,
                    N_("Read as “{read}”: “{letters}” is another letter and only looks like ours."),
                    read=latin,
                    letters=letters,
                )
            return latin
        return seen

    def choice(self, field: str, words: WordList) -> str:
        """Return one of a few codes, by the code or by the words for it."""
        return self.choice_and_supposed(field, words)[0]

    def choice_and_supposed(
        self, field: str, words: WordList, may_be: Callable[[str], bool] = bool
    ) -> tuple[str, str]:
        """Return one of a few codes, by the code or by the words for it, and the one supposed.

        What is in neither language a word of the list is read where it can be no other, else
        refused with the words of the list, and with the one that may be meant, if it `may_be`:
        the first is empty then, and the second that one.
        """
        written = self.code(field)
        if not written:
            self.missing(field, words.all_of_them)
            return "", ""
        exact = words.exact(written)
        if exact:
            return exact, exact
        code = words.read(written)
        if code:
            self.read_as(field, code)
            return code, code
        suggestion = words.suggestion(written)
        suggestion = suggestion if suggestion and may_be(suggestion) else ""
        self.error(
            f"unknown_{field}",
            field,
            N_("“{code}” is not in the list: did you mean {meant}?")
            if suggestion
            else N_("“{code}” is not in the list."),
            words.all_of_them,
            code=written,
            meant=suggestion,
        )
        return "", suggestion
