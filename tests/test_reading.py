"""Files to rows of text: what is read, and what is said of files that cannot be."""

import unicodedata

import pytest

from crmdata.files import CELL_CHARACTERS, COLUMNS, FILE_BYTES, FILE_ROWS, UPLOAD, Subject
from crmdata.i18n import words_for
from crmdata.intake.reports import read_bytes, read_files
from crmdata.intake.reports.headings import heading
from crmdata.terms import LANGUAGES
from tests.sheets import REPORT, ROWS, text_of

HEADER = ",".join(COLUMNS[Subject.REPORTS])


def read(text: str | bytes):
    return read_bytes("r.csv", text.encode() if isinstance(text, str) else text)


def rules(text: str | bytes) -> list[str]:
    return [problem.rule for problem in read(text).problems]


def narrative(written: str) -> str:
    """Return the narrative as read from a cell that is written so in the file."""
    source = read(f"{HEADER}\nHND,I.1.1,2018-1,en_curso,45,{written},,,,2018-07-15\n")
    assert source.problems == ()
    return source.rows[0].cells["narrative"]


# The header


@pytest.mark.parametrize("subject", Subject)
def test_the_subject_is_recognised_from_the_header(subject):
    source = read(text_of([ROWS[subject]], subject))
    assert (source.subject, source.problems) == (subject, ())


def test_the_columns_may_come_in_any_order():
    columns = list(reversed(COLUMNS[Subject.REPORTS]))
    source = read(",".join(columns) + "\n" + ",".join(REPORT[name] for name in columns) + "\n")
    assert dict(source.rows[0].cells) == REPORT


def test_spaces_around_the_names_of_columns_do_not_matter():
    assert rules(HEADER.replace(",", " , ") + "\n") == []


@pytest.mark.parametrize("column", COLUMNS[Subject.REPORTS])
def test_a_missing_column_is_named(column):
    columns = [name for name in COLUMNS[Subject.REPORTS] if name != column]
    (problem,) = read(",".join(columns) + "\n").problems
    assert (problem.rule, problem.row, problem.field) == ("missing_column", 1, column)


def test_an_unknown_column_is_named():
    (problem,) = read(HEADER + ",avance\n").problems
    assert (problem.rule, problem.row, problem.field) == ("unknown_column", 1, "avance")


def test_rows_are_read_in_spite_of_an_unknown_column():
    source = read(f"{HEADER},avance\n{','.join(REPORT.values())},x\n")
    assert len(source.rows) == 1


def test_a_duplicate_column_is_named():
    (problem,) = read(HEADER + ",percent\n").problems
    assert (problem.rule, problem.row, problem.field) == ("duplicate_column", 1, "percent")


def test_every_problem_of_the_header_is_named_at_once():
    header = HEADER.replace("percent", "avance").replace("reason", "state")
    expected = ["duplicate_column", "missing_column", "missing_column", "unknown_column"]
    assert sorted(rules(header + "\n")) == expected


def test_the_kind_of_data_is_an_optional_column():
    assert rules(HEADER + ",data_kind\n") == []


def test_a_title_above_the_header_is_told_from_no_header():
    (problem,) = read(f"Ministerio de Relaciones Exteriores\n{HEADER}\n").problems
    assert (problem.rule, problem.row, problem.values["below"]) == ("title_above", 1, 2)


def test_a_first_row_without_a_header_below_is_no_header():
    assert rules("Ministerio de Relaciones Exteriores\nHonduras\n") == ["no_header"]


def test_the_words_of_a_template_name_the_columns_too():
    for language in LANGUAGES:
        words = words_for(language)
        header = ",".join(heading(words, column) for column in COLUMNS[Subject.REPORTS])
        assert rules(f"{header}\n{','.join(REPORT.values())}\n") == []


@pytest.mark.parametrize(
    ("written", "column"),
    [("% avance", "percent"), ("avance", "percent"), ("Relatos", "narrative"), ("estdo", "state")],
)
def test_a_renamed_column_is_recognised_in_the_complaint(written, column):
    problems = read(HEADER.replace(column, written) + "\n").problems
    (missing,) = [problem for problem in problems if problem.rule == "missing_column"]
    assert (missing.field, missing.values["meant"]) == (column, written)


# What spreadsheets make of CSV


def as_read(data: str | bytes) -> tuple[list[str], dict[str, str]]:
    """Return the rules of what was noted, and the cells of the only row."""
    source = read(data)
    assert source.problems == ()
    return [note.rule for note in source.notes], dict(source.rows[0].cells)


@pytest.mark.parametrize("separator", [";", "\t"])
def test_another_separator_is_read_and_mentioned(separator):
    assert as_read(text_of([REPORT]).replace(",", separator)) == (["read_as"], REPORT)


def test_the_line_that_names_the_separator_is_obeyed_and_not_counted():
    source = read("sep=;\r\n" + text_of([REPORT]).replace(",", ";"))
    assert [row.number for row in source.rows] == [2]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_another_encoding_is_read_and_mentioned(encoding):
    # Narratives are long: in them the accents must come out right.
    assert as_read(text_of([REPORT]).encode(encoding)) == (["read_as"], REPORT)


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman"])
def test_an_encoding_that_cannot_be_told_for_sure_is_refused(encoding):
    data = text_of([REPORT | {"narrative": "Protección de la niñez"}]).encode(encoding)
    assert rules(data) == ["not_utf8"]


def test_utf8_with_a_broken_letter_is_not_read_as_windows_text():
    data = text_of([REPORT, REPORT | {"reason": "x"}]).encode().replace(b"x", b"\xf1")
    assert rules(data) == ["not_utf8"]


def test_decomposed_accents_are_composed_and_mentioned():
    decomposed = unicodedata.normalize("NFD", REPORT["narrative"])
    assert as_read(text_of([REPORT | {"narrative": decomposed}])) == (["read_as"], REPORT)


# Cells


@pytest.mark.parametrize(
    "text",
    ["NA", "None", "null", "- viñeta", "=40+5", "+cmd", "@SUM", "costo $5 y $6 millones",
     "a < b", "k'iche'", "ñü", "👩‍👧", " al margen "],
)  # fmt: skip
def test_a_narrative_is_kept_as_it_was_written(text):
    assert narrative(text) == text


def test_quotes_commas_and_line_breaks_are_kept():
    assert narrative('"Dijo ""sí"",\n\tdos veces"') == 'Dijo "sí",\n\tdos veces'


@pytest.mark.parametrize("written", ['"a\r\nb"', '"a\nb"'])
def test_a_line_break_in_a_cell_is_the_same_in_every_file(written):
    assert narrative(written) == "a\nb"


def test_rows_may_end_as_on_windows():
    assert read(text_of([REPORT]).replace("\n", "\r\n")).rows == read(text_of([REPORT])).rows


def test_a_leading_byte_order_mark_is_passed_over():
    assert read(b"\xef\xbb\xbf" + text_of([REPORT]).encode()).problems == ()


def test_rows_are_numbered_as_a_spreadsheet_shows_them():
    broken = REPORT | {"narrative": "una\ndos\ntres"}
    text = text_of([broken, REPORT]) + "\n,,,,,,,,,\n" + ",".join(REPORT.values()) + "\n"
    assert [row.number for row in read(text).rows] == [2, 3, 6]


def test_empty_rows_say_nothing():
    assert read(text_of([REPORT]) + ",,,,,,,,,\n\n").problems == ()


@pytest.mark.parametrize(("cells", "row"), [(",".join(["x"] * 9), 2), (",".join(["x"] * 11), 2)])
def test_a_row_too_short_or_too_long_is_named(cells, row):
    (problem,) = read(f"{HEADER}\n{cells}\n").problems
    assert (problem.rule, problem.row) == ("row_width", row)


def test_an_open_quotation_mark_is_found_in_its_row():
    text = text_of([REPORT]) + 'HND,I.1.1,2018-1,en_curso,45,"abierto,,,,2018-07-15\nmás,de,esto\n'
    source = read(text)
    assert [(problem.rule, problem.row) for problem in source.problems] == [("broken_quotes", 3)]
    assert len(source.rows) == 1


def test_a_long_quotation_is_no_other_error():
    text = f'{HEADER}\nHND,I.1.1,2018-1,en_curso,45,"{"x" * 200_000}'
    assert rules(text) == ["broken_quotes"]


@pytest.mark.parametrize("char", ["\0", "\x07", "\x1b", "\x7f", "\x85", "\u202e"])
def test_control_characters_are_refused_and_shown(char):
    (problem,) = read(text_of([REPORT | {"narrative": f"a{char}b"}])).problems
    assert (problem.rule, problem.row, problem.field) == ("control_character", 2, "narrative")
    assert f"⟨U+{ord(char):04X}⟩" in problem.text()


def test_a_cell_may_be_as_long_as_the_limit():
    assert rules(text_of([REPORT | {"narrative": "ñ" * CELL_CHARACTERS}])) == []


def test_a_longer_cell_is_refused():
    (problem,) = read(text_of([REPORT | {"narrative": "ñ" * (CELL_CHARACTERS + 1)}])).problems
    assert (problem.rule, problem.field) == ("cell_too_long", "narrative")


# The whole file


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b",,,\n"])
def test_an_empty_file_is_refused(data):
    assert rules(data) == ["empty_file"]


def test_a_header_alone_is_no_error():
    assert rules(HEADER + "\n") == []


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"PK\x03\x04rest", "truncated_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "is_old_workbook"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "encrypted_file"),
        (b"<html><body>", "is_web_page"),
        (b"\n<!DOCTYPE html><table>", "is_web_page"),
        (b"<?xml version='1.0'?><Workbook>", "is_xml"),
        (b"%PDF-1.7", "is_pdf"),
        (b"\x89PNG\r\n", "is_picture"),
    ],
)
def test_another_kind_of_file_is_told(data, rule):
    assert rules(data) == [rule]


def test_text_that_is_not_utf8_is_found_in_its_row():
    plain = REPORT | {"narrative": ""}
    data = text_of([plain, plain | {"narrative": "x"}]).encode().replace(b"x", b"\x81")
    (problem,) = read(data).problems
    assert (problem.rule, problem.row) == ("not_utf8", 3)


def test_a_file_may_have_as_many_rows_as_the_limit():
    source = read(text_of([REPORT] * FILE_ROWS))
    assert (len(source.rows), source.problems) == (FILE_ROWS, ())


def test_a_file_with_more_rows_is_refused():
    source = read(text_of([REPORT] * (FILE_ROWS + 1)))
    assert ([problem.rule for problem in source.problems], source.rows) == (["too_many_rows"], ())


def test_a_file_over_the_limit_of_bytes_is_refused(tmp_path):
    file = tmp_path / "big.csv"
    file.write_bytes(b"x" * (FILE_BYTES + 1))
    (source,) = read_files([file], limits=UPLOAD)
    assert [problem.rule for problem in source.problems] == ["file_too_big"]


def test_the_command_line_takes_longer_text_files(tmp_path):
    file = tmp_path / "many.csv"
    file.write_text(text_of([REPORT] * (FILE_ROWS + 1)), "utf-8")
    assert len(read_files([file])[0].rows) == FILE_ROWS + 1


def test_missing_and_unreadable_files_are_problems_and_no_exceptions(tmp_path):
    sources = read_files([tmp_path / "nada.csv", tmp_path])
    assert [source.problems[0].rule for source in sources] == ["no_file", "unreadable_file"]


def test_every_problem_names_its_file():
    assert read("x").problems[0].text().startswith("r.csv: ")


def test_a_file_name_with_a_line_break_stays_on_one_line():
    assert "\n" not in read_bytes("a\nb.csv", b"").problems[0].text()
