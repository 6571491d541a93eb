"""One row's cells, read one by one: each reader returns a value, or complains and returns none.

The complaints gather, so that one pass over a row finds everything that is wrong with it.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from crmdata.errors import N_, Problem
from crmdata.files import SEPARATOR
from crmdata.intake.reports import held
from crmdata.intake.reports.known import RowCodes
from crmdata.intake.reports.personal import in_address, personal_words
from crmdata.intake.reports.prose import in_other_language, markup_in
from crmdata.intake.reports.rows import Row, trimmed
from crmdata.intake.reports.suggestions import code_of_label


class Cells:
    """The cells of one row and what is wrong with them."""

    def __init__(self, row: Row, known: RowCodes) -> None:
        self.row = row
        self.known = known
        self.errors: list[Problem] = []
        self.warnings: list[Problem] = []

    def on(self, cells: Mapping[str, str]) -> "Cells":
        """Return a reader of other cells in the same row, whose complaints gather with these."""
        other = Cells(replace(self.row, cells=cells), self.known)
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

    def read_as(self, field: str, read: str) -> None:
        """Mention how a cell was read that is written in another form."""
        self.warn("read_as", field, N_("Read as “{read}”."), read=read)

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
        code = markup_in(text)
        if code:
            self.warn(
                "markup_in_text",
                field,
                N_("“{found}” is code; it will be shown as it is written."),
                N_("Write plain text."),
                found=code,
            )
        if in_other_language(text):
            self.warn(
                "other_language",
                field,
                N_("The text looks like neither Spanish nor English."),
                N_("Write it in one of the two."),
            )
        self.hold(field, personal_words(text))
        return text

    def addresses(self, field: str, links: str) -> str:
        """Return addresses of the web; hold those that give a person's mail."""
        self.hold(field, in_address(links))
        return links

    def hold(self, field: str, words: tuple[str, ...]) -> None:
        """Hold a row back until somebody says that words in a cell are no person's data."""
        if words:
            self.ask(held.RULE, field, held.FOUND, held.TAKE_OUT, **held.quoted(words))

    def required(self, field: str) -> str:
        """Return a text that must say something."""
        text = self.text(field)
        if not trimmed(text):
            self.missing(field)
        return text

    def code(self, field: str) -> str:
        """Return a code without the spaces around it, which are mentioned."""
        cell = self.text(field)
        read = trimmed(cell)
        if read != cell:
            self.warn(
                "read_as",
                field,
                N_("Read as “{read}”, without the spaces or invisible characters around it."),
                read=read,
            )
        return read

    def codes(self, field: str) -> tuple[str, ...]:
        """Return the values of a cell that may hold several, in their order."""
        values = [trimmed(value) for value in self.code(field).split(SEPARATOR)]
        found = tuple(value for value in values if value)
        for value in sorted({value for value in found if found.count(value) > 1}):
            self.error(
                "repeated_value",
                field,
                N_("“{repeated}” stands in the cell twice."),
                N_("Leave one of them."),
                repeated=value,
            )
        return found

    def choice(
        self,
        field: str,
        allowed: Collection[str],
        all_of_them: str,
        meant_by: Callable[[str], str] | None = None,
    ) -> str:
        """Return one of a few codes; `all_of_them` is the sentence that names them.

        `meant_by` guesses the one that was meant by what is none.

        A template shows the words for a code, and its label is then as good as the code.
        """
        code = self.code(field)
        if code and code not in allowed:
            read = code_of_label(code, allowed)
            if read and not self.row.own:
                self.read_as(field, read)
            code = read or code
        if not code:
            self.missing(field, all_of_them)
        elif code not in allowed:
            meant = meant_by(self.text(field)) if meant_by else ""
            way_out = N_("Did you mean {meant}?") if meant else all_of_them
            self.error(
                f"unknown_{field}", field, N_("There is no “{code}”."), way_out,
                code=code, meant=meant,
            )  # fmt: skip
        return code if code in allowed else ""
