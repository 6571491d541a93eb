"""Workbooks: what their cells are read as, and what keeps a hostile one from being read."""

import os
import random
import subprocess
import sys
from datetime import date, datetime, timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import openpyxl
import PIL.Image
import psutil
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Font

from crmdata.errors import gathered
from crmdata.files import FILE_ROWS
from crmdata.intake import workbooks
from crmdata.intake.reports import read_upload
from crmdata.intake.workbooks import content, parts
from tests.books import SHEET, book, replaced, report_book, saved, with_parts
from tests.sheets import COOPERATION, REPORT


def read(data: bytes):
    (source,) = read_upload("r.xlsx", data)
    return source


def rules(data: bytes) -> list[str]:
    return [problem.rule for problem in read(data).problems]


def cell(column: str, value, number_format: str | None = None) -> tuple[str, list[str]]:
    """Return how a cell is read that holds a value, and the rules of what is said of it."""

    def change(made):
        if number_format:
            made.active.cell(2, list(REPORT).index(column) + 1).number_format = number_format

    data = book([tuple({**REPORT, column: value}.values())], change=change)
    source = read(data)
    said = [problem.rule for problem in (*source.problems, *source.notes)]
    return source.rows[0].cells[column], said


# Cells

MORNING = datetime(2019, 11, 15, 10)  # noqa: DTZ001 - a workbook knows no time zone


@pytest.mark.parametrize(
    ("column", "value", "number_format", "read_as"),
    [
        ("percent", 45, None, ("45", [])),
        ("percent", 45.5, None, ("45.5", [])),
        ("percent", 0.1 + 0.2, None, ("0.3", [])),
        ("percent", 0.45, "0%", ("45 %", [])),
        ("percent", 0.07, "0.00%", ("7 %", [])),
        ("percent", 45, '0" %"', ("45", [])),
        ("percent", True, None, ("TRUE", [])),
        ("percent", 1e22, None, ("1e+22", [])),
        ("reported_on", date(2019, 11, 15), None, ("2019-11-15", [])),
        ("reported_on", MORNING, None, ("2019-11-15", ["read_as"])),
        ("reported_on", 43784, "General", ("43784", [])),
        ("narrative", "=40+5", None, ("=40+5", [])),
        ("narrative", "una\ndos", None, ("una\ndos", [])),
        ("narrative", 2019, None, ("2019", ["kept_as_value"])),
        ("narrative", 1, "0%", ("100%", ["kept_as_value"])),
        ("narrative", timedelta(hours=30), None, ("1 day, 6:00:00", ["kept_as_value"])),
        ("narrative", "NA", None, ("NA", [])),
        ("activity", 1.1, None, ("1.1", ["code_as_number"])),
        ("semester", date(2019, 2, 1), None, ("2019-02-01", [])),
    ],
)
def test_a_cell_is_read_as_its_text_in_a_csv_would_be(column, value, number_format, read_as):
    assert cell(column, value, number_format) == read_as


def test_a_formula_is_refused_and_shown():
    def change(made):
        made.active["E2"] = "=40+5"

    (problem,) = read(book(change=change)).problems
    assert (problem.rule, problem.sheet, problem.row, problem.field, problem.value) == (
        "formula", "Reportes", 2, "percent", "=40+5",
    )  # fmt: skip


def test_formulas_in_several_columns_are_one_sentence_that_names_each():
    def change(made):
        for place in ("E2", "F2", "J2"):
            made.active[place] = "=Hoja2!A1"

    found = gathered(read(book(change=change)).problems)
    (problem,) = [each for each in found if each.rule == "formula"]
    assert [each.field for each in problem.each()] == ["percent", "narrative", "reported_on"]
    text = problem.text()
    assert "row 2: " in text
    assert all(f"column “{each.field}”" in text for each in problem.each())


@pytest.mark.parametrize(
    "formula",
    ['=HYPERLINK("https://example.org/a","Ver el acta")', '=hyperlink("https://example.org/a")',
     '=HYPERLINK( "https://example.org/a" ; "https://example.org/a" )',
     '=HYPERLINK("https://example.org/a",B2)'],
)  # fmt: skip
def test_the_formula_of_a_link_is_read_as_its_target(formula):
    source = read(book(change=lambda made: made.active.__setitem__("H2", formula)))
    assert source.rows[0].cells["evidence"] == "https://example.org/a"
    assert source.problems == ()
    assert {note.rule for note in source.notes} <= {"read_as"}


@pytest.mark.parametrize(
    "formula", ['=HYPERLINK(B2,"Ver")', '=HYPERLINK("https://a.org/"&B2,"Ver")', "=A1"]
)
def test_the_formula_of_a_link_that_is_reckoned_is_refused(formula):
    assert rules(book(change=lambda made: made.active.__setitem__("H2", formula))) == ["formula"]


@pytest.mark.parametrize("error", ["#N/A", "#REF!"])
def test_the_error_of_a_formula_is_refused(error):
    assert cell("percent", error) == (error, ["error_value"])


def test_days_are_counted_from_1904_where_the_workbook_says_so():
    def change(made):
        made.epoch = openpyxl.utils.datetime.MAC_EPOCH
        made.active["J2"] = date(2018, 7, 15)

    assert read(book(change=change)).rows[0].cells["reported_on"] == "2018-07-15"


def test_characters_that_xml_cannot_hold_are_read_back():
    def change(made):
        made.active["F2"] = "a_x0007_b"

    source = read(book(change=change))
    assert source.rows[0].cells["narrative"] == "ab"
    assert [note.rule for note in source.notes] == ["control_character"]


def test_rows_are_numbered_as_the_spreadsheet_shows_them():
    empty = [""] * len(REPORT)
    right = list(REPORT.values())
    assert [row.number for row in read(book([right, empty, right])).rows] == [2, 4]


def test_every_sheet_with_a_header_is_read():
    def change(made):
        other = made.create_sheet("Más")
        other.append(list(REPORT))
        other.append(list((REPORT | {"country": "GTM"}).values()))

    source = read(book(change=change))
    assert [(row.sheet, row.cells["country"]) for row in source.rows] == [
        ("Reportes", "HND"), ("Más", "GTM"),
    ]  # fmt: skip


def test_a_workbook_may_speak_of_two_subjects():
    def change(made):
        other = made.create_sheet("Cooperación")
        other.append(list(COOPERATION))
        other.append(list(COOPERATION.values()))

    sources = read_upload("r.xlsx", book(change=change))
    assert [source.subject for source in sources] == ["reports", "cooperation"]
    assert sources[0].sha256 != sources[1].sha256


def test_a_sheet_without_header_beside_others_is_mentioned():
    def change(made):
        made.create_sheet("Notas").append(["algo"])

    source = read(book(change=change))
    assert (source.problems, [(note.rule, note.sheet) for note in source.notes]) == (
        (), [("sheet_passed_over", "Notas")],
    )  # fmt: skip


def test_an_empty_workbook_is_an_empty_file():
    assert rules(saved(openpyxl.Workbook())) == ["empty_file"]


# Limits


def test_a_workbook_may_have_as_many_rows_as_the_limit():
    assert len(read(book([tuple(REPORT.values())] * FILE_ROWS)).rows) == FILE_ROWS


def emptied(shared: bool, words: str):
    """Return a report's workbook with more rows below than a file may have, which say nothing."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": not shared}) as made:
        sheet = made.add_worksheet("Reportes")
        for row, cells in enumerate((tuple(REPORT), tuple(REPORT.values()))):
            for place, text in enumerate(cells):
                sheet.write_string(row, place, text)
        for row in range(2, FILE_ROWS + 500):
            for column in (0, 5, 60):
                sheet.write_string(row, column, "@@")
    texts = "xl/sharedStrings.xml" if shared else SHEET
    return with_parts(
        target.getvalue(), {texts: lambda content: content.replace(b"@@", words.encode())}
    )


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("words", ["", " ", "\u00a0", "\n"])
def test_cells_of_an_empty_text_are_no_rows_and_no_columns(shared, words):
    source = read(emptied(shared, words))
    assert ([row.number for row in source.rows], source.problems) == ([2], ())


@pytest.mark.parametrize("shared", [True, False])
def test_cells_of_any_text_are_rows(shared):
    assert rules(emptied(shared, "-"))[0] == "too_many_rows"


def test_results_of_formulas_that_gave_nothing_are_no_rows():
    row = b'<row r="%d"><c r="A%d" t="str"><v></v></c><c r="B%d" t="str"><v/></c></row>'
    many = b"".join(row % (n, n, n) for n in range(3, FILE_ROWS + 500))
    source = read(with_parts(book(), {SHEET: replaced(b"</sheetData>", many + b"</sheetData>")}))
    assert ([row.number for row in source.rows], source.problems) == ([2], ())


def test_a_shared_text_is_known_by_its_number_in_a_sheet_that_is_set_out_in_lines():
    def spaced(content: bytes) -> bytes:
        return content.replace(b"</v></c>", b"</v>\n   </c>\n  ")

    source = read(with_parts(emptied(True, ""), {SHEET: spaced}))
    assert ([row.number for row in source.rows], source.problems) == ([2], ())


def test_a_cell_with_content_in_the_last_row_is_refused_at_once():
    def change(made):
        made.active["XFD1048576"] = "x"

    assert rules(book(change=change)) == ["too_many_columns"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'ref="A1:J2"', b'ref="A1:J1048576"'),
        (b"</sheetData>", b'<row r="1048576" s="1" customFormat="1" ht="20"/></sheetData>'),
        (b"</sheetData>", b'<row r="9"><c r="XFD9" s="1"/></row></sheetData>'),
    ],
)
def test_a_sheet_is_read_to_its_last_content_however_far_it_is_formatted(before, after):
    source = read(with_parts(book(), {SHEET: replaced(before, after)}))
    assert (len(source.rows), source.problems) == (1, ())


def test_a_row_far_below_is_read():
    def change(made):
        for place, text in enumerate(REPORT.values(), start=1):
            made.active.cell(60_000, place, text)

    assert [row.number for row in read(book(change=change)).rows] == [2, 60_000]


def test_rows_outside_the_declared_range_are_refused():
    claim = replaced(b'ref="A1:J3"', b'ref="A1:J2"')
    data = with_parts(book([tuple(REPORT.values())] * 2), {SHEET: claim})
    assert rules(data) == ["outside_declared_range"]


def test_a_shared_text_that_stands_in_every_cell_is_refused():
    target = BytesIO()
    with xlsxwriter.Workbook(target) as made:
        sheet = made.add_worksheet()
        for row in range(300):
            for column in range(10):
                sheet.write_string(row, column, "ñandú" * 2_000)
    assert rules(target.getvalue()) == ["too_much_text"]


def test_a_workbook_that_needs_too_much_memory_is_refused():
    # 9 MB of cells without references: within the limits of bytes, and too many objects.
    body = b"<row>" + b"<c/>" * 900 + b"</row>"
    many = replaced(b"</sheetData>", body * 2_500 + b"</sheetData>")
    assert rules(with_parts(book(), {SHEET: many}))[0] in {
        "zip_bomb", "too_heavy", "too_many_rows", "too_many_columns", "outside_declared_range",
    }  # fmt: skip


def bomb(member_bytes: int, members: int = 1) -> bytes:
    target = BytesIO(book())
    with ZipFile(target, "a", ZIP_DEFLATED) as archive:
        for number in range(members):
            archive.writestr(f"xl/media/{number}.xml", b" " * member_bytes)
    return target.getvalue()


@pytest.mark.parametrize(
    ("member_bytes", "members"), [(parts.PART_BYTES + 1, 1), (9_000_000, 3), (2_000_000, 1)]
)
def test_what_would_grow_beyond_measure_is_not_unpacked(member_bytes, members):
    assert rules(bomb(member_bytes, members)) == ["zip_bomb"]


def test_a_directory_that_lies_about_a_size_gains_nothing():
    data = bytearray(bomb(2_000_000))
    for place in range(len(data) - 4):
        if data[place : place + 4] == (2_000_000).to_bytes(4, "little"):
            data[place : place + 4] = (2_000).to_bytes(4, "little")
    assert rules(bytes(data)) == ["damaged_workbook"]


# Parts


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/macrosheets/sheet1.xml", "macros"),
        ("xl/externalLinks/externalLink1.xml", "external_links"),
        ("xl/connections.xml", "external_links"),
        ("xl/embeddings/oleObject1.bin", "embedded_objects"),
        ("xl/activeX/activeX1.bin", "embedded_objects"),
    ],
)
def test_parts_that_could_do_something_are_refused(name, rule):
    assert rules(with_parts(book(), {name: b"<x/>"})) == [rule]


DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("name", [SHEET, "xl/theme/theme1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_a_document_type_is_refused_in_every_part(name):
    def change(content_: bytes) -> bytes:
        head, _, rest = content_.partition(b"?>")
        return head + b"?>" + DOCTYPE + rest if rest else DOCTYPE + content_

    assert rules(with_parts(book(), {name: change})) == ["xml_doctype"]


def test_a_document_type_in_utf16_is_refused_too():
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x []><x/>'.encode("utf-16")
    assert rules(with_parts(book(), {"xl/other.xml": text})) == ["xml_doctype"]


def test_a_picture_from_another_address_is_refused():
    link = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="r1" Type="http://x/image" Target="http://example.org/x.png" '
        b'TargetMode="External"/></Relationships>'
    )
    assert rules(with_parts(book(), {"xl/drawings/_rels/d.xml.rels": link})) == ["external_links"]


def test_a_link_to_the_web_in_a_cell_is_no_external_data():
    def change(made):
        made.active["H2"].value = "https://example.org"
        made.active["H2"].hyperlink = "https://example.org"

    assert rules(book(change=change)) == []


@pytest.mark.parametrize(
    ("words", "target", "read_as"),
    [
        ("Escribir", "mailto:oficina@example.org", "mailto:oficina@example.org"),
        ("Carpeta", "file:///C:/Reportes/acta.pdf", "file:///C:/Reportes/acta.pdf"),
        ("Acta", "../2019/acta.pdf", "../2019/acta.pdf"),
        ("Hoja", "#Anexos!A1", "#Anexos!A1"),
        ("https://example.org/a", "mailto:oficina@example.org", "https://example.org/a"),
        ("www.example.org/a", "#Anexos!A1", "www.example.org/a"),
    ],
)
def test_words_that_lead_to_no_web_address_are_read_as_what_they_lead_to(words, target, read_as):
    def change(made):
        made.active["H2"].value = words
        made.active["H2"].hyperlink = target

    source = read(book(change=change))
    assert source.rows[0].cells["evidence"] == read_as
    assert (source.problems, source.notes) == ((), ())


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_with_a_table_of_ours_is_refused(state):
    def change(made):
        sheet = made.create_sheet("oculta")
        sheet.append(list(REPORT))
        sheet.sheet_state = state

    (problem,) = read(book(change=change)).problems
    assert (problem.rule, problem.sheet) == ("hidden_sheet", "oculta")


@pytest.mark.parametrize("state", ["visible", "hidden", "veryHidden"])
def test_of_a_sheet_that_is_not_read_nothing_matters(state):
    def change(made):
        other = made.create_sheet("Catálogo")
        for row in range(1, 5_100):
            other.cell(row, 1, row)
        other["B1"] = "=1+1"
        other.merge_cells("B2:C3")
        other.row_dimensions[5].hidden = True
        other["B5"] = "x"
        other["B5"].comment = Comment("x", "Ana")
        other.sheet_state = state

    source = read(book(change=change))
    said = [] if state != "visible" else ["sheet_passed_over"]
    assert (source.problems, [note.rule for note in source.notes]) == ((), said)


def test_merged_cells_of_the_table_are_refused_by_name():
    row = list(REPORT.values())
    made = book([row, row], change=lambda made: made.active.merge_cells("A2:A3"))
    (problem,) = read(made).problems
    assert (problem.rule, problem.values["cells"]) == ("merged_cells", "A2:A3")


def test_merged_cells_above_the_header_are_a_title_to_be_deleted():
    def change(made):
        made.active.insert_rows(1)
        made.active["A1"] = "Tabla 1"
        made.active.merge_cells("A1:J1")

    (problem,) = read(book(change=change)).problems
    assert problem.rule == "title_above"
    assert "Delete row 1" in problem.text()


# What a reader would miss


def asked(change) -> list[tuple[str, str]]:
    """Return rule and column of the questions that a book of two rows raises."""
    row = list(REPORT.values())
    source = read(book([row, row], change=change))
    assert source.problems == ()
    assert len(source.rows) == 2
    return [(note.rule, note.field) for note in source.notes if note.asks]


def hide_row(made):
    made.active.row_dimensions[3].hidden = True


def hide_column(made):
    made.active.column_dimensions["F"].hidden = True


def hide_columns(made):
    made.active.column_dimensions.group("F", "G", hidden=True)


def hide_what_is_empty(made):
    made.active.row_dimensions[9].hidden = True
    made.active.column_dimensions["P"].hidden = True


@pytest.mark.parametrize(
    ("change", "questions"),
    [
        (hide_row, [("hidden_rows", "")]),
        (hide_column, [("hidden_column", "narrative")]),
        (hide_columns, [("hidden_column", "narrative")]),
        (hide_what_is_empty, []),
    ],
)
def test_what_is_hidden_is_asked_about(change, questions):
    assert asked(change) == questions


@pytest.mark.parametrize("how", [b'ht="0" customHeight="1"', b'hidden="true"', b'ht="0.0"'])
def test_a_row_without_height_is_hidden_too(how):
    data = with_parts(book(), {SHEET: replaced(b'<row r="2"', b'<row r="2" ' + how)})
    assert [note.rule for note in read(data).notes] == ["hidden_rows"]


def test_a_column_without_width_is_hidden_too():
    columns = b'<cols><col min="6" max="6" width="0" customWidth="1"/></cols><sheetData>'
    data = with_parts(book(), {SHEET: replaced(b"<sheetData>", columns)})
    assert [note.field for note in read(data).notes] == ["narrative"]


def strike(made):
    made.active["F2"].font = Font(strike=True)


def strike_a_piece(made):
    made.active["F2"] = CellRichText(
        "Sigue ", TextBlock(InlineFont(strike=True), "la feria"), " el taller"
    )


@pytest.mark.parametrize("change", [strike, strike_a_piece])
def test_what_is_struck_through_is_asked_about(change):
    assert asked(change) == [("struck_through", "narrative")]


def notes_of(change) -> list[str]:
    source = read(book(change=change))
    assert (source.problems, len(source.rows)) == ((), 1)
    return [note.rule for note in source.notes]


def test_comments_are_told_by_their_cells():
    def change(made):
        made.active["E2"].comment = Comment("La cifra es 60", "Ana")

    assert notes_of(change) == ["comments"]


def test_our_own_remarks_of_an_annotated_workbook_are_no_comments():
    def change(made):
        made.active["E2"].comment = Comment("Fila 2 …", "crmdata")

    assert notes_of(change) == []


def test_pictures_on_the_sheet_are_told():
    def change(made):
        picture = BytesIO()
        PIL.Image.new("RGB", (4, 4)).save(picture, "PNG")
        made.active.add_image(Image(picture), "L2")

    assert notes_of(change) == ["pictures"]


def test_a_workbook_whose_pictures_weigh_too_much_is_told_so():
    photos = {f"xl/media/image{n}.jpeg": random.Random(n).randbytes(2_000_000) for n in range(3)}
    (problem,) = read_upload("r.xlsx", with_parts(book(), photos))[0].problems
    assert problem.rule == "pictures_too_big"


def strict(data: bytes) -> bytes:
    """Return a workbook as Excel saves it under “Strict Open XML”."""
    names = (
        (b"schemas.openxmlformats.org/spreadsheetml/2006/main", b"spreadsheetml/main"),
        (b"schemas.openxmlformats.org/officeDocument/2006/relationships",
         b"officeDocument/relationships"),
        (b"schemas.openxmlformats.org/drawingml/2006/main", b"drawingml/main"),
    )  # fmt: skip

    def change(content: bytes) -> bytes:
        for there, here in names:
            content = content.replace(there, b"purl.oclc.org/ooxml/" + here)
        return content

    with ZipFile(BytesIO(data)) as archive:
        parts_ = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
    return with_parts(data, dict.fromkeys(parts_, change))


def test_strict_open_xml_is_read_as_any_workbook():
    assert read(strict(book())).rows == read(book()).rows


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (book()[:-200], "truncated_file"),
        (book()[:100], "truncated_file"),
        (with_parts(book(), {"xl/workbook.xml": None}), "no_workbook"),
        (with_parts(book(), {"xl/workbook.xml": None, "content.xml": b"<x/>"}), "open_document"),
        (with_parts(book(), {"xl/workbook.xml": None, "xl/workbook.bin": b"x"}), "binary_workbook"),
        (with_parts(book(), {SHEET: b"<worksheet><sheetData>"}), "damaged_workbook"),
        (with_parts(book(), {"xl/_rels/workbook.xml.rels": b"<x/>"}), "damaged_workbook"),
        (with_parts(book(), {f"xl/a{n}.xml": b"<x/>" for n in range(70)}), "too_many_parts"),
    ],
)
def test_what_is_no_whole_workbook_is_told(data, rule):
    assert rules(data) == [rule]


def test_a_password_on_the_archive_is_told():
    data = bytearray(book())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    assert rules(bytes(data)) == ["encrypted_file"]


# The process


def test_the_process_knows_nothing_of_the_store_and_imports_little():
    code = (
        "import sys, crmdata.intake.workbooks.content;"
        "print([m for m in ('sqlalchemy', 'pandas', 'streamlit') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_process_is_not_told_where_the_database_is(monkeypatch):
    monkeypatch.setenv("CRMDATA_DATABASE_URL", "postgresql://user:secret@host/db")
    seen = {}
    run = subprocess.run
    monkeypatch.setattr(
        subprocess, "run", lambda *args, **named: (seen.update(named), run(*args, **named))[1]
    )
    workbooks.read(book())
    assert not [name for name in seen["env"] if "CRMDATA" in name]


def test_a_process_that_dies_is_a_problem_and_no_exception(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert [problem.rule for problem in workbooks.read(book()).problems] == ["too_heavy"]


def test_a_process_that_hangs_is_stopped(monkeypatch, tmp_path):
    hanging = tmp_path / "hang"
    hanging.write_text("#!/bin/sh\nexec sleep 60\n")
    hanging.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(hanging))
    monkeypatch.setattr(workbooks.process, "SECONDS", 0.2)
    assert [problem.rule for problem in workbooks.read(book()).problems] == ["too_heavy"]


def test_hostile_workbooks_cost_the_reader_of_them_little_memory():
    process = psutil.Process(os.getpid())
    before = process.memory_info().rss
    last = book(change=lambda made: made.active.__setitem__("XFD1048576", "x"))
    for data in (last, bomb(9_000_000, 2), book([["x" * 9_999] * 10] * 190)):
        read_upload("r.xlsx", data)
    assert process.memory_info().rss - before < 400 * 1024**2


def test_a_stored_part_is_read_like_a_packed_one():
    target = BytesIO()
    with ZipFile(BytesIO(report_book())) as old, ZipFile(target, "w", ZIP_STORED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert rules(target.getvalue()) == []


def test_what_was_said_of_the_limits_is_what_the_rest_of_the_house_says():
    assert content.ROWS == FILE_ROWS
