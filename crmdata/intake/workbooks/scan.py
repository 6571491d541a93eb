"""The XML of a workbook's parts read once, before anything takes them for granted.

No part is given to the reader that holds a document type, from which entities could grow.
What a reader of the cells would miss is counted on the way: what is hidden, merged or struck
through, and what comments and pictures there are.
"""

import re
from dataclasses import dataclass, field
from io import BytesIO
from posixpath import dirname, join, normpath, splitext
from typing import IO
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo

from crmdata.errors import N_, Problem
from crmdata.intake.workbooks.parts import AGAIN, DAMAGE, damaged, external, macros

_XML = {".xml", ".rels"}
"""Not .vml: Excel writes drawings of comments that are no XML, and no reader opens them."""

BLANK = " \t\n\u00a0\u200b\u2060\ufeff"
"""Spaces and invisible characters, which say nothing by themselves."""

_ANNOTATOR = "crmdata"
"""The author of our own remarks."""


@dataclass
class PartFacts:
    """What the XML of a part shows: of a sheet, and of what hangs on one."""

    rows: int = 0
    """How many rows say something: a cell of an empty text, or of spaces, says nothing."""
    last_row: int = 0
    last_column: int = 0
    declared: str = ""
    merged: list[str] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    """The first and the last of each stretch."""
    comments: list[str] = field(default_factory=list)
    """The cells that have one."""
    pictures: int = 0
    shapes: int = 0
    """Text boxes and other shapes in which something is written."""
    targets: list[str] = field(default_factory=list)
    """The parts that a part of relations names."""
    blank: set[str] = field(default_factory=set)
    """The numbers of the shared texts that say nothing."""
    struck: set[str] = field(default_factory=set)
    """Of the shared texts those that are struck through, in part or whole."""
    struck_cells: list[tuple[int, int]] = field(default_factory=list)
    """Row and column of those that hold such a text themselves."""


def scanned(data: bytes) -> tuple[dict[str, PartFacts], list[Problem]]:
    """Return what stands in each part, and what no part may hold."""
    facts: dict[str, PartFacts] = {}
    problems: dict[str, Problem] = {}
    blank: set[str] = set()
    with ZipFile(BytesIO(data)) as archive:
        # The shared texts first: by them it is known which cells of a sheet say something.
        for part in sorted(archive.infolist(), key=lambda part: not _is_shared(part.filename)):
            if splitext(part.filename.lower())[1] not in _XML:
                continue
            scan = _Scan(part, blank)
            try:
                with archive.open(part) as content:
                    scan.read(content)
            except _Stop as stop:
                problems.setdefault(stop.problem.rule, stop.problem)
            except DAMAGE:
                problems.setdefault("damaged_workbook", damaged())
            else:
                facts[part.filename] = scan.facts
                blank |= scan.facts.blank
    _bring_together(facts)
    return facts, list(problems.values())


def _bring_together(facts: dict[str, PartFacts]) -> None:
    """Add to every sheet what hangs on it: its comments, and what is drawn over its cells."""
    for name, sheet in list(facts.items()):
        folder, _, part = name.rpartition("/")
        relations = facts.get(f"{folder}/_rels/{part}.rels")
        if relations is None or not folder.endswith("sheets"):
            continue
        for target in relations.targets:
            path = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
            other = facts.get(path)
            if other is None or dirname(path).endswith("sheets"):
                continue
            sheet.comments = list(dict.fromkeys([*sheet.comments, *other.comments]))
            sheet.pictures += other.pictures
            sheet.shapes += other.shapes


def _is_shared(name: str) -> bool:
    return name.lower().endswith("sharedstrings.xml")


class _Stop(Exception):  # noqa: N818 - it ends a scan, and is no error of the program
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.rule)
        self.problem = problem


class _Scan:
    """One part's XML read once, without keeping it."""

    def __init__(self, part: ZipInfo, blank: set[str]) -> None:
        self.name = part.filename
        self.facts = PartFacts()
        self._blank = blank
        self._row = self._column = 0
        self._shared = self._in_value = False
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True  # a number of a shared text comes in one piece
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._element
        if "comments" in self.name.lower():
            _Authors(self._parser, self.facts, self._element)
        elif _is_shared(self.name):
            _SharedTexts(self._parser, self.facts, self._element)
        else:
            self._parser.CharacterDataHandler = self._characters

    def read(self, content: IO[bytes]) -> None:
        while piece := content.read(65_536):
            self._parser.Parse(piece, False)
        self._parser.Parse(b"", True)

    def _doctype(self, *_: object) -> None:
        raise _Stop(
            Problem(
                "xml_doctype",
                N_("The workbook holds something that no spreadsheet writes into it."),
                AGAIN,
            )
        )

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        self._in_value = local in ("v", "t")
        match local:
            case "row":
                self._row = _number(attributes.get("r")) or self._row + 1
                self._column = 0
                if _is_hidden(attributes, "ht"):
                    self.facts.hidden_rows.add(self._row)
            case "c":
                place = _place(attributes.get("r", ""))
                self._row, self._column = place or (self._row, self._column + 1)
                self._shared = attributes.get("t") == "s"
            case "f":
                self._says()
            case "pic":
                self.facts.pictures += 1
            case "txBody":
                self.facts.shapes += 1
            case _:
                self._other(local, attributes)

    def _characters(self, text: str) -> None:
        said = text.strip(BLANK) if self._in_value else ""
        if said and not (self._shared and said in self._blank):
            self._says()

    def _says(self) -> None:
        """Note that something stands in the cell."""
        self.facts.rows += self._row > self.facts.last_row
        self.facts.last_row = max(self.facts.last_row, self._row)
        self.facts.last_column = max(self.facts.last_column, self._column)

    def _other(self, local: str, attributes: dict[str, str]) -> None:
        match local:
            case "dimension":
                self.facts.declared = attributes.get("ref", "")
            case "col" if _is_hidden(attributes, "width"):
                ends = (_number(attributes.get("min")), _number(attributes.get("max")))
                self.facts.hidden_columns.append(ends)
            case "mergeCell":
                self.facts.merged.append(attributes.get("ref", "")[:40])
            case "strike" if self._row and attributes.get("val", "1") not in ("0", "false"):
                self.facts.struck_cells.append((self._row, self._column))
            case "threadedComment":
                self.facts.comments.append(attributes.get("ref", "")[:10])
            case _:
                self._relation(local, attributes)

    def _relation(self, local: str, attributes: dict[str, str]) -> None:
        match local:
            case "Relationship":
                kind = attributes.get("Type", "").rpartition("/")[2]
                outside = attributes.get("TargetMode", "").lower() == "external"
                if outside and kind != "hyperlink":
                    raise _Stop(external())
                if not outside:
                    self.facts.targets.append(attributes.get("Target", ""))
            case "Override" | "Default":
                if "macroEnabled" in attributes.get("ContentType", ""):
                    raise _Stop(macros())


class _Authors:
    """The comments of a part: those that somebody else than our annotator wrote."""

    def __init__(self, parser: expat.XMLParserType, facts: PartFacts, element: object) -> None:
        self._facts, self._pass_on = facts, element
        self._authors: list[str] = []
        self._in_author = False
        parser.StartElementHandler = self._element
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "author":
            self._authors.append("")
            self._in_author = True
        elif local == "comment":
            number = _number(attributes.get("authorId"))
            author = self._authors[number] if number < len(self._authors) else ""
            if author != _ANNOTATOR:
                self._facts.comments.append(attributes.get("ref", "")[:10])
        else:
            self._pass_on(name, attributes)  # type: ignore[operator]  # the scan's own handler

    def _end(self, name: str) -> None:
        self._in_author = self._in_author and name.rpartition(":")[2] != "author"

    def _text(self, text: str) -> None:
        if self._in_author:
            self._authors[-1] += text


class _SharedTexts:
    """The shared texts that say nothing, and those of which a piece is struck through."""

    def __init__(self, parser: expat.XMLParserType, facts: PartFacts, element: object) -> None:
        self._facts, self._pass_on = facts, element
        self._text = ""
        self._number = -1
        self._in_text = self._run_struck = self._any_struck = False
        parser.StartElementHandler = self._element
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "si":
                self._text, self._any_struck = "", False
                self._number += 1
            case "r":
                self._run_struck = False
            case "strike":
                self._run_struck = attributes.get("val", "1") not in ("0", "false")
            case "t":
                self._in_text = True
            case "rPh":
                self._in_text = False
        self._pass_on(name, attributes)  # type: ignore[operator]  # the scan's own handler

    def _end(self, name: str) -> None:
        match name.rpartition(":")[2]:
            case "t":
                self._in_text = False
            case "r":
                self._run_struck = False
            case "si" if not self._text.strip(BLANK):
                self._facts.blank.add(str(self._number))
            case "si" if self._any_struck:
                self._facts.struck.add(self._text)

    def _characters(self, text: str) -> None:
        if self._in_text:
            self._text += text
            self._any_struck |= self._run_struck and bool(text.strip())


def _is_hidden(attributes: dict[str, str], size: str) -> bool:
    """Tell whether a row or column is hidden, or was dragged until nothing is left of it."""
    if attributes.get("hidden", "0") in ("1", "true"):
        return True
    written = attributes.get(size, "")
    return re.fullmatch(r"[0-9]{0,4}[.]?[0-9]{0,20}", written) is not None and (
        written.strip(".") != "" and float(written) < _SEEN[size]
    )


_SEEN = {"ht": 2, "width": 0.3}
"""A row lower than so many points, or a column narrower than so many letters, shows nothing."""


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _place(reference: str) -> tuple[int, int] | None:
    """Return row and column of `AB12`, from 1."""
    letters = reference.rstrip("0123456789")
    row = _number(reference[len(letters) :])
    if not row or not letters.isascii() or not letters.isalpha() or len(letters) > 3:
        return None
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return row, column


def last_place(reference: str) -> tuple[int, int]:
    """Return row and column of the end of `A1:N900`, or zeros where it is none."""
    return _place(reference.rpartition(":")[2]) or (0, 0)
