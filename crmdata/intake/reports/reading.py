"""Files to rows of text: workbooks, CSV and JSON, told apart by their content.

In this order: size, first bytes, archive, XML, template, headers, cells. Everything that cannot
be read is named at once; what could be read in spite of its form is noted, to be confirmed.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from crmdata.errors import N_, Problem
from crmdata.files import COLUMNS, TRUSTED, UPLOAD, Limits, Subject
from crmdata.intake import workbooks
from crmdata.intake.reports import kinds, objects, template_mark, text
from crmdata.intake.reports.grids import of_copy, table
from crmdata.intake.reports.header import is_header, is_report, no_header, readable
from crmdata.intake.reports.kinds import FileKind
from crmdata.intake.reports.one_cell import Rows, unfolded
from crmdata.intake.reports.remarks import SHEET as REMARKS
from crmdata.intake.reports.rows import Row, Source, TemplateMark, trimmed
from crmdata.intake.reports.sheet_grid import ReadTable, SheetGrid, text_of
from crmdata.terms import LANGUAGES

__all__ = ["Row", "Source", "read_bytes", "read_files", "read_upload", "trimmed"]


def read_files(paths: Iterable[Path | str], *, limits: Limits = TRUSTED) -> list[Source]:
    """Read every file. One that is missing or unreadable becomes a problem, not an exception."""
    return [source for path in paths for source in _read(Path(path), limits)]


def read_bytes(name: str, data: bytes) -> Source:
    """Read a file of one subject under the name that its problems shall bear."""
    return read_upload(name, data)[0]


def read_upload(name: str, data: bytes, *, limits: Limits = UPLOAD) -> list[Source]:
    """Read a file into one source for each subject it speaks of, and at least one."""
    printable = "".join(
        char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in name
    )
    sha256 = hashlib.sha256(data).hexdigest()
    problem = kinds.of_the_whole(name, data, limits)
    if problem is not None:
        return [_refused(printable, sha256, problem)]
    match kinds.kind_of(data):
        case FileKind.XLSX:
            contents = _workbook(data)
        case FileKind.JSON:
            contents = _Found(*_objects(data, limits.rows))
        case _:
            contents = _Found(*_csv(data, limits.rows))
    return [
        _with_name(source, printable, _hash(data, source.subject) if place else sha256)
        for place, source in enumerate(contents.sources())
    ]


def _hash(data: bytes, subject: Subject | None) -> str:
    """Return the hash of a file's second subject: a batch each, and a hash is stored only once."""
    return hashlib.sha256(data + f"\n{subject}".encode()).hexdigest()


class _Found:
    """The tables of a file, and what is to be said of the file as a whole."""

    def __init__(
        self,
        tables: Sequence[ReadTable],
        problems: Sequence[Problem] = (),
        notes: Sequence[Problem] = (),
        template: TemplateMark | None = None,
    ) -> None:
        self.tables = tables
        self.problems = problems
        self.notes = notes
        self.template = template

    def sources(self) -> Iterator[Source]:
        """Yield a source for each subject; one without rows only where nothing else is there."""
        subjects = list(dict.fromkeys(each.subject for each in self.tables))
        telling = [
            subject
            for subject in subjects
            if any(each.rows or each.problems for each in self._of(subject))
        ] or subjects[:1]
        for place, subject in enumerate(telling or [None]):
            # What is said of the whole file is said once.
            yield self._source(subject, self.problems if place == 0 else (),
                               self.notes if place == 0 else ())  # fmt: skip

    def _of(self, subject: Subject | None) -> list[ReadTable]:
        return [each for each in self.tables if each.subject == subject]

    def _source(
        self, subject: Subject | None, problems: Sequence[Problem], notes: Sequence[Problem]
    ) -> Source:
        tables = self._of(subject)
        return Source(
            "", "", subject,
            tables[0].columns if tables else (),
            tuple(row for each in tables for row in each.rows),
            (*problems, *(_of_sheet(p, each) for each in tables for p in each.problems)),
            (*notes, *(_of_sheet(p, each) for each in tables for p in each.notes)),
            tuple(each.sheet for each in tables) or ("",),
            {
                (each.sheet, column): place
                for each in tables
                for place, column in enumerate(each.columns, start=1)
            },
            {
                (each.sheet, column): written
                for each in tables
                for column, written in each.headings.items()
            },
            self.template,
            any(each.copied for each in tables),
            tuple(row for each in tables for row in each.untouched),
        )  # fmt: skip


def _of_sheet(problem: Problem, read: ReadTable) -> Problem:
    return replace(problem, sheet=read.sheet)


def _with_name(source: Source, name: str, sha256: str) -> Source:
    problems = tuple(problem.located(name) for problem in source.problems)
    notes = tuple(problem.located(name) for problem in source.notes)
    return replace(source, name=name, sha256=sha256, problems=problems, notes=notes)


def _refused(name: str, sha256: str, problem: Problem) -> Source:
    return Source(name, sha256, None, (), (), (problem.located(name),))


def _read(path: Path, limits: Limits) -> list[Source]:
    try:
        with path.open("rb") as file:
            data = file.read(limits.bytes + 1)
    except FileNotFoundError:
        problem = Problem("no_file", N_("The file does not exist."))
    except OSError as error:
        problem = Problem(
            "unreadable_file",
            N_("The file cannot be read ({detail})."),
            values={"detail": error.strerror},
        )
    else:
        # What is unpacked keeps to the smaller limits, whoever sends it.
        unpacked = kinds.kind_of(data[:8]) == FileKind.XLSX
        return read_upload(path.name, data, limits=UPLOAD if unpacked else limits)
    return [_refused(path.name, "", problem)]


def _csv(data: bytes, most: int) -> tuple[list[ReadTable], list[Problem], list[Problem]]:
    csv_text = text.read(data, lambda row: is_header(row) or is_report(row))
    grids = of_copy([_grid("", csv_text.records)]) if csv_text.records else []
    tables = [table(grid, most) for grid in grids]
    if tables and not (tables[0].rows or readable(tables[0].problems)):
        # The guessed separator and encoding would only hide why nothing of the table was read.
        return tables, csv_text.problems, []
    return tables, csv_text.problems, csv_text.notes


def _objects(data: bytes, most: int) -> tuple[list[ReadTable], list[Problem]]:
    contents = objects.read(data)
    tables = []
    for name, rows in contents.lists.items():
        columns = list(dict.fromkeys(column for _, row in rows for column in row))
        if name and not rows:
            columns = list(COLUMNS[Subject(name)])
        if not columns:
            continue
        body = [(number, [row.get(column, "") for column in columns]) for number, row in rows]
        tables.append(table(SheetGrid("", [(0, columns), *body], verbatim=True), most))
    if not tables and not contents.problems:
        return [], [kinds.empty()]
    # A list of objects has no header row that could be pointed at.
    for each in tables:
        each.problems = [replace(p, row=p.row or None) for p in each.problems]
    return tables, contents.problems


def _workbook(data: bytes) -> _Found:
    read = workbooks.read(data)
    if read.problems:
        return _Found((), read.problems)
    marks = (
        template_mark.read(sheet.rows) for sheet in read.sheets if sheet.name == template_mark.SHEET
    )
    marked = next(marks, None)
    accounted = marked.hidden if marked else frozenset()
    country = marked.mark.country if marked else ""
    language = (marked.mark.language if marked else "") or LANGUAGES[0]
    grids = [
        _grid(sheet.name, sheet.rows, country, language, sheet.beside, sheet.problems)
        for sheet in read.sheets
        if sheet.rows and not sheet.hidden
    ]
    problems = [
        _hidden(sheet.name)
        for sheet in read.sheets
        if sheet.hidden and sheet.rows and sheet.name not in accounted
        if _begins_with_header(SheetGrid(sheet.name, sheet.rows))
    ]
    grids = grids if marked else of_copy(grids)
    telling = [grid for grid in grids if _begins_with_header(grid)]
    notes = []
    if telling:
        instructions = marked.instructions if marked else ""
        notes = [
            _passed_over(grid.sheet)
            for grid in grids
            if grid not in telling and grid.sheet not in {instructions, REMARKS}
        ]
    elif not grids and not problems:
        problems.append(kinds.empty())
    tables = [table(grid, UPLOAD.rows) for grid in telling or grids[:1]]
    return _Found(tables, problems, notes, marked.mark if marked else None)


def _grid(
    sheet: str,
    rows: Rows,
    country: str = "",
    language: str = LANGUAGES[0],
    beside: workbooks.Beside = workbooks.NOTHING_BESIDE,
    problems: tuple[Problem, ...] = (),
) -> SheetGrid:
    """Return a sheet whose rows stand each in its own cells."""
    rows, note, problem = unfolded(rows)
    notes_of_sheet = (*problems, *filter(None, (note, problem)))
    return SheetGrid(sheet, rows, country, language, beside, notes_of_sheet)


def _begins_with_header(grid: SheetGrid) -> bool:
    texts = [(number, list(map(text_of, cells))) for number, cells in grid.rows[:20]]
    folded = any(problem.rule == "one_cell" for problem in grid.problems)
    return folded or is_header(texts[0][1]) or no_header(texts).rule == "title_above"


def _hidden(sheet: str) -> Problem:
    return Problem(
        "hidden_sheet",
        N_("The sheet is hidden, and holds a table that could be read."),
        N_("Show it, or delete it."),
        sheet=sheet,
    )


def _passed_over(sheet: str) -> Problem:
    return Problem(
        "sheet_passed_over",
        N_("Nothing is read from this sheet: its first row is no header of ours."),
        sheet=sheet,
        warning=True,
    )
