"""Every kind of part on paper: each is drawn in every medium, and its texts stand as they are."""

import json
import re
from dataclasses import replace
from datetime import date
from functools import partial
from io import BytesIO
from typing import Any, get_args

import docx as word
import pandas as pd
import pypdf
import pytest
from fontTools.ttLib import TTFont

from crmdata import view
from crmdata.content import walls
from crmdata.content.calendar import Extract, schedule
from crmdata.content.cell_tables import Face, FaceCell, FaceTable, KeyEntry, Kind, Tile, Tiles
from crmdata.content.names import Name
from crmdata.content.papers import Chapter, Paper, Status
from crmdata.content.parts import (
    BarGroup,
    Choice,
    ComparedGroup,
    Entries,
    EntryGroup,
    Figure,
    Finding,
    GroupedBars,
    GroupedEntries,
    ListEntry,
    Note,
    Numbers,
    Part,
    Passage,
    Picture,
    ProgressChange,
    ProgressChanges,
    ProgressIntervals,
    Reach,
    Records,
    Section,
    SideBySide,
    SmallTrends,
    Speaker,
    Square,
    StateBar,
    StateBars,
    Statement,
    Statements,
    Strip,
    Strips,
    Terms,
    Trend,
)
from crmdata.i18n import words_for
from crmdata.render.docx import docx, parts
from crmdata.render.html import sections
from crmdata.render.json import json as as_json
from crmdata.render.typst import drawn, letters, setting
from crmdata.store import db
from crmdata.terms import SIN_REPORTE, State

ES = words_for("es")

PAYLOADS = (
    "#strong[bold]", "*stars* _under_ `ticks`", "$x^2$ and $", r"back\slash \n \u{41}",
    "\"double\" 'single' «quoted»", "= heading", "- item + item / item", "<label> @ref <b>html</b>",
    "// comment /* other */", "https://example.org/#x?a=b&c=d", "a -- b --- c ... d", "~tilde~",
    "{json: [1, 2]}", "#{sys.inputs} #let x = 1", "😀 fiesta 🎉", "שלום עולם", "مرحبا بالعالم",
)  # fmt: skip
"""What somebody may write and no setter may read as anything but letters."""


def every_kind(text: str, board: Any) -> dict[type, Part]:
    """Return a part of each kind in which a text stands wherever there is one."""
    name = Name("IV.1.1", text, numbered=True)
    bar = StateBar(
        name, {State.CUMPLIDA.value: 3, SIN_REPORTE: 2}, text, None, "", text,
        [Passage(text, text)], Reach(20, 80, 50, text, text),
    )  # fmt: skip
    entry = ListEntry(name, text)
    cell = FaceCell(Face(Kind.VALUE, text, text, 3), [text])
    made: list[Part] = [
        StateBars(text, [bar]),
        ProgressIntervals(text, [bar]),
        ProgressChanges(
            text, (text, text),
            [ProgressChange(name, 20, 50, text, text),
             ProgressChange(name, None, None, text, text, why=text)],
        ),
        SideBySide(text, [ComparedGroup(name, [bar], (10, 90), text)], text),
        Trend(text, [bar]),
        SmallTrends(text, [BarGroup(name, text, [bar])], text),
        GroupedBars(text, [BarGroup(name, text, [bar])], text),
        Strips(text, [Name(text, text)], [Strip(name, [Square(bar.counts, text)], text)], text),
        Entries(text, [entry]),
        GroupedEntries(text, [EntryGroup(name, text, [entry])], text, text),
        Numbers([Figure(text, text, text)]),
        Statements([Speaker(name, [Statement(text, text, [text])], text)]),
        Terms([(text, text)]),
        Records(text, pd.DataFrame({text: [text]})),
        Choice(text, []),
        Note(text),
        FaceTable(text, {1: name}, {2: Name(text, text)}, {(1, 2): cell}, text,
                  [KeyEntry(Kind.SILENT, text)]),
        Tiles(text, [Tile(1, 1, text, cell)], text, [KeyEntry(Kind.SILENT, text)]),
        Extract(text, board, [replace(board.rows[2], name=name)]),
    ]  # fmt: skip
    return {type(part): part for part in made}


KINDS = {*get_args(Part), *Picture.__subclasses__()} - {Picture}


@pytest.fixture(scope="module")
def board(demo_engine):
    with db.reading(demo_engine) as session:
        return schedule(view.read(session, date(2019, 11, 15)), ES)


def paper(parts_of_it, text: str = "Título") -> Paper:
    section = Section("a", "Sección", Finding((text, text)), parts_of_it, quotation=text)
    return Paper(text, text, text, text, text, "es", date(2019, 11, 15), [Chapter("", [section])],
                 Status("accepted", text))  # fmt: skip


def said(content: bytes) -> str:
    read = pypdf.PdfReader(BytesIO(content))
    return "".join(page.extract_text() for page in read.pages)


def bare(text: str) -> str:
    """Return a text without its spaces: a narrow column folds it."""
    return re.sub(r"[\s\u200b-\u200f\u202a-\u202e]", "", text)


def test_every_kind_of_part_is_tried_here(board):
    assert set(every_kind("x", board)) == KINDS


@pytest.mark.parametrize(
    "renderer",
    [sections.draw, drawn.drawn, parts.written, walls.turns],
    ids=["html", "typst", "docx", "walls"],
)
@pytest.mark.parametrize("kind", sorted(KINDS, key=lambda kind: kind.__name__))
def test_a_kind_of_part_has_a_function_in_every_medium(renderer, kind):
    assert renderer.dispatch(kind) is not renderer.dispatch(object)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_text_stands_in_a_pdf_letter_for_letter(board, payload):
    shown = [*every_kind(payload, board).values()]
    found = bare(said(setting.pdf([paper(shown, payload)])))
    wanted = bare(payload)
    turned = wanted[::-1]
    # Each medium says a text from right to left in its own order; no letter of it is lost.
    times = max(found.count(wanted), found.count(turned))
    if re.search(r"[\u0590-\u06ff]", payload):
        assert set(wanted) <= set(found)
    else:
        assert times >= 25


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_text_stands_in_a_docx_letter_for_letter(board, payload):
    content = docx(paper(every_kind(payload, board).values(), payload))
    file = word.Document(BytesIO(content))
    texts = [paragraph.text for paragraph in file.paragraphs]
    texts += [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    assert sum(each.count(payload) for each in texts) >= 20


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_text_stands_in_json_letter_for_letter(board, payload):
    made = json.loads(as_json(paper(every_kind(payload, board).values(), payload)))
    found: list[str] = []

    def walk(value):
        if isinstance(value, dict | list):
            for each in value.values() if isinstance(value, dict) else value:
                walk(each)
        else:
            found.append(str(value))

    walk(made)
    assert sum(each.count(payload) for each in found) >= 25


def test_what_nobody_measured_is_null_in_json(board):
    kinds = every_kind("x", board)
    rows = Records("x", pd.DataFrame([{"n": float("nan")}]))
    made = as_json(paper([*kinds.values(), rows], "x"))
    assert json.loads(made, parse_constant=pytest.fail)["chapters"][0]["sections"]


@pytest.mark.parametrize("silence", [float("nan"), pd.NaT, pd.NA, None])
def test_a_cell_that_nobody_filled_in_is_null_in_json(silence):
    rows = Records("x", pd.DataFrame({"n": pd.Series([silence], dtype=object)}))
    chapter = json.loads(as_json(paper([rows], "x")))["chapters"][0]
    [part] = [part for section in chapter["sections"] for part in section["parts"]]
    assert part["rows"] == [{"n": None}]


def test_letters_that_the_fonts_lack_are_seen_to_be_missing():
    assert letters.clean({"a": ["año ● 😀 𐎠\x07"]}) == {
        "a": ["año ● 😀 \N{REPLACEMENT CHARACTER} "]
    }


def test_the_list_of_letters_is_that_of_the_fonts():
    held: set[int] = set()
    for file in letters.RANGES.parent.glob("*.ttf"):
        with TTFont(file, lazy=True) as font:
            held |= set(font.getBestCmap())
    assert letters._letters() == {code for code in held if code >= 32}


def test_a_document_of_any_letters_is_set(board):
    some = "".join(map(chr, sorted(letters._letters())[::7]))
    shown = partial(every_kind, board=board)(some[:60])
    made = paper([*shown.values(), Note(some), Note("a\u202eb\u2066c\ufeff\x00\ud7ff𐎠")])
    assert setting.pdf([made]).startswith(b"%PDF")
