"""Files to rows of text: what is read, and what is said of files that cannot be."""

import re
import unicodedata
from io import BytesIO
from zipfile import ZipFile

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
    header = HEADER.replace("percent", "% de avance").replace("reason", "state")
    expected = ["duplicate_column", "missing_column", "missing_column"]
    assert sorted(rules(header + "\n")) == expected


def test_the_kind_of_data_is_an_optional_column():
    assert rules(HEADER + ",data_kind\n") == []


def test_a_title_above_the_header_is_told_from_no_header():
    (problem,) = read(f"Ministerio de Relaciones Exteriores\n{HEADER}\n").problems
    assert (problem.rule, problem.row, problem.values["below"]) == ("title_above", 1, 2)


OWN_TABLE = "No.,Actividad,Situación,% de avance,Logros,Medios de verificación,Cooperantes"


@pytest.mark.parametrize(
    "text",
    [
        f"{OWN_TABLE}\n1,Campañas,En ejecución,75,22 escuelas,,UNICEF\n",
        f"Informe de avances\nHonduras\n\n{OWN_TABLE}\n1,Campañas,Cumplido,100,a,,\n",
        (
            "No.,Línea estratégica,Actividad,Situación,%,Logros alcanzados en el semestre,"
            "Medios de verificación,Cooperante\n1,I,Campañas,En ejecución,75,22 escuelas,,UNICEF\n"
        ),
        "Código de la actividad,Estado,Avance (%)\nI.1.1,En curso,75\n",
    ],
)
def test_a_table_of_ones_own_is_told_once_to_go_into_the_template(text):
    found = read(text).problems
    if found[0].rule == "title_above":  # obeyed, it is the same table
        found = read(text.split("\n\n")[1]).problems
    (problem,) = found
    assert "not the template" in problem.text()
    assert "copy into it" in problem.text()
    assert "ountry –" not in problem.text()


def test_a_first_row_without_a_header_below_is_no_header():
    assert rules("Ministerio de Relaciones Exteriores\nHonduras\n") == ["no_header"]


@pytest.mark.parametrize("edge", ["", "|"])
def test_a_table_between_upright_lines_is_read(edge):
    rows = HEADER.split(","), REPORT.values()
    source = read("\n".join(f"{edge}{'|'.join(row)}{edge}" for row in rows) + "\n")
    assert source.problems == ()
    assert source.rows[0].cells["activity"] == REPORT["activity"]


def test_a_column_without_a_name_in_which_nothing_stands_is_passed_over():
    names, cells = HEADER.split(","), list(REPORT.values())
    for row in (names, cells):
        row.insert(2, "")
    source = read(f"{','.join(names)}\n{','.join(cells)}\n")
    assert source.problems == ()
    assert source.rows[0].cells["semester"] == REPORT["semester"]


def test_a_column_without_a_name_in_which_something_stands_is_called_by_its_letter():
    text = HEADER.replace("semester", ",semester") + "\n" + "HND,I.1.1,Campañas,2018-1\n"
    (problem,) = read(text).problems
    assert (problem.rule, problem.field) == ("unknown_column", "C")


def test_a_header_in_two_rows_is_one_complaint():
    first = "País,Actividad,,Semestre,Estado,Resultado,,Motivo,Evidencia (enlaces),Reportado el"
    below = ",Código,Nombre,,,Avance (%),Descripción,,,"
    (problem,) = read(f"{first}\n{below}\nHND,I.1.1,X,2018-1,En curso,40,a,,,2018-07-15\n").problems
    assert (problem.rule, problem.values) == ("header_in_two_rows", {"first": 1, "second": 2})


def test_names_one_below_the_other_are_told_as_that():
    names = [*HEADER.split(",")]
    text = "".join(f"{name},{REPORT[name]}\n" for name in names)
    assert rules(text) == ["names_in_column"]


@pytest.mark.parametrize(
    "header",
    ["Código de la actividad Semestre Estado Avance (%) Descripción",
     "Country Activity code Semester State Progress (%) Narrative Reason Evidence (links)",
     "country activity semester state percent narrative reason"],
)  # fmt: skip
@pytest.mark.parametrize("title", ["", "Informe de Honduras\n"])
def test_a_table_pasted_from_a_pdf_is_told_as_that(header, title):
    text = f"{title}{header}\nI.1.1 2021-1 En curso 45 Se difundió la campaña.\n"
    assert rules(text) == ["run_together"]


@pytest.mark.parametrize(
    "title", ["Estado del país", "Informe de país, semestre y estado", "Actividad: País: Honduras"]
)
def test_a_title_of_a_few_words_is_no_table_of_a_pdf(title):
    assert rules(f'"{title}"\nHonduras\n') == ["no_header"]


def test_the_words_of_a_template_name_the_columns_too():
    for language in LANGUAGES:
        words = words_for(language)
        header = ",".join(heading(words, column) for column in COLUMNS[Subject.REPORTS])
        assert rules(f"{header}\n{','.join(REPORT.values())}\n") == []


@pytest.mark.parametrize(
    ("written", "column"),
    [("% avance", "percent"), ("Avances", "narrative"), ("estdo", "state"), ("Causa", "reason")],
)
def test_a_renamed_column_is_recognised_in_the_complaint(written, column):
    problems = read(HEADER.replace(column, written) + "\n").problems
    (missing,) = [problem for problem in problems if problem.rule == "missing_column"]
    assert (missing.field, missing.values["meant"]) == (column, written)


@pytest.mark.parametrize("write", [str.upper, str.title, " {} ".format])
def test_a_code_for_a_column_is_read_in_any_case(write):
    header = ",".join(map(write, COLUMNS[Subject.REPORTS]))
    source = read(f"{header}\n{','.join(REPORT.values())}\n")
    assert (source.problems, source.notes) == ((), ())
    assert source.columns == COLUMNS[Subject.REPORTS]


def test_a_heading_with_underscores_is_read_as_its_words_and_mentioned():
    source = read(HEADER.replace("activity", "Codigo_de_la_actividad") + "\n")
    assert source.problems == ()
    assert [(note.rule, note.field) for note in source.notes] == [("read_as", "activity")]


@pytest.mark.parametrize(
    ("written", "column"),
    [("AVANCE %", "percent"), ("Socios", "partners"), ("Reportado el:", "reported_on"),
     ("Descripci�n", "narrative"),
     ("Raz�n", "reason")],
)  # fmt: skip
def test_a_heading_cut_short_or_with_lost_letters_is_read_and_mentioned(written, column):
    source = read(HEADER.replace(column, written) + "\n")
    assert source.problems == ()
    assert [(note.rule, note.field) for note in source.notes] == [("read_as", column)]


@pytest.mark.parametrize(
    ("written", "column"),
    [("Relato", "narrative"), ("Razón", "reason"), ("Socios que apoyan", "partners")],
)
def test_what_earlier_templates_called_a_column_is_read_as_it_was(written, column):
    source = read(HEADER.replace(column, written) + "\n")
    assert (source.problems, source.notes) == ((), ())


def test_every_column_in_an_offices_words_is_one_complaint():
    header = (
        "Nación,Actividad,Periodo,Estatus,Porcentaje,Avances logrados,Justificación,Enlaces,"
        "Aliados,Fecha"
    )
    problems = read(header + "\n").problems
    assert [problem.field for problem in problems] == list(COLUMNS[Subject.REPORTS])
    assert [problem.values["meant"] for problem in problems] == header.split(",")


# Lines that are no rows


def noted(text: str, *lines: str) -> list[tuple[str, int | None]]:
    """Return what is noted of lines put before the last row of a file; only they are left out."""
    first, *rest = text.splitlines()
    source = read("\n".join([first, *rest, *lines, *rest]) + "\n")
    assert [row.number for row in source.rows] == [2, len(lines) + 3]
    return [(note.rule, note.row) for note in source.notes]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (HEADER, "heading_again"),
        ("País,Código de la actividad,Semestre,Estado,Avance (%)", "heading_again"),
        ("1,2,3,4,5,6,7,8,9,10", "numbered_columns"),
        ("(a),(b),(c),(d),(e)", "numbered_columns"),
        ("TOTAL,,,,90", "no_report"),
        (",Subtotal,,,45", "no_report"),
        ("Fuente: registro propio", "no_report"),
        ("* Cifras preliminares", "no_report"),
    ],
)
def test_a_line_that_is_no_row_is_left_out_and_mentioned(line, rule):
    assert noted(text_of([REPORT]), line) == [(rule, 3)]


def test_a_row_that_says_total_in_its_narrative_is_read():
    source = read(text_of([REPORT | {"narrative": "TOTAL de talleres: 5"}]))
    assert (len(source.rows), source.notes) == (1, ())


def test_a_row_that_lacks_its_codes_is_read_to_be_complained_of():
    text = text_of([REPORT]) + ",,,,,Se capacitó a doce personas.,,,,\n"
    assert [row.number for row in read(text).rows] == [2, 3]


def test_what_stands_under_the_last_row_is_left_out_whatever_it_says():
    source = read(text_of([REPORT]) + "Ministerio de Relaciones Exteriores,,,,,,,,,\n")
    assert ([row.number for row in source.rows], [n.rule for n in source.notes]) == (
        [2], ["no_report"],
    )  # fmt: skip


# Rows that a spreadsheet has put into one cell


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_rows_whole_in_one_cell_are_taken_apart_and_mentioned(separator):
    lines = text_of([REPORT]).replace(",", separator).splitlines()
    folded = "\n".join('"' + line.replace('"', '""') + '"' for line in lines)
    assert as_read(folded) == (["read_as"], REPORT)


def test_rows_in_one_cell_that_cannot_be_taken_apart_are_told():
    folded = f'"{HEADER}"\n"HND,I.1.1,2018-1,en_curso,45,Talleres, ferias,,,,2018-07-15"\n'
    (problem,) = read(folded).problems
    assert (problem.rule, problem.row) == ("one_cell", 1)


# What spreadsheets make of CSV


def as_read(data: str | bytes) -> tuple[list[str], dict[str, str]]:
    """Return the rules of what was noted, and the cells of the only row."""
    source = read(data)
    assert source.problems == ()
    return [note.rule for note in source.notes], dict(source.rows[0].cells)


@pytest.mark.parametrize("separator", [";", "\t"])
def test_another_separator_is_read_and_mentioned(separator):
    assert as_read(text_of([REPORT]).replace(",", separator)) == (["separator"], REPORT)


def test_the_line_that_names_the_separator_is_obeyed_and_not_counted():
    source = read("sep=;\r\n" + text_of([REPORT]).replace(",", ";"))
    assert [row.number for row in source.rows] == [2]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_another_encoding_is_read_and_mentioned(encoding):
    # Narratives are long: in them the accents must come out right.
    assert as_read(text_of([REPORT]).encode(encoding)) == (["read_as"], REPORT)


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman"])
def test_the_letters_of_another_machine_are_read_and_asked_about(encoding):
    said = REPORT | {"narrative": "Protección de la niñez"}
    source = read(text_of([said]).encode(encoding))
    assert (source.problems, dict(source.rows[0].cells)) == ((), said)
    (question,) = [note for note in source.notes if note.asks]
    assert "Protección" in question.text()


@pytest.mark.parametrize("word", ["ProtecciÃ³n", "niÃ±ez", "Protecci�n", "tr?nsito", "campaÃ±a"])
def test_letters_that_were_lost_are_asked_about_with_their_words(word):
    source = read(text_of([REPORT | {"narrative": f"La {word} sigue."}]))
    (question,) = source.notes
    assert (question.asks, question.field) == (True, "narrative")
    assert word in question.text()


@pytest.mark.parametrize(
    "text",
    ["¿Qué sigue?Una feria", "Ver https://example.org/ver?id=3", "¿paga?el acuerdo", "João, Ângela",
     "A? Sí", "Ã", "100 €", "“así” – no"],
)  # fmt: skip
def test_right_letters_are_not_asked_about(text):
    assert read(text_of([REPORT | {"narrative": text}])).notes == ()


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


@pytest.mark.parametrize("cells", [",".join(["x"] * 9), ",".join(["x"] * 11)])
def test_a_row_too_long_or_with_what_a_line_break_left_of_one_is_named(cells):
    (problem,) = read(f"{HEADER}\n{cells}\n").problems
    assert (problem.rule, problem.row) == ("row_width", 2)


def test_cells_that_are_missing_at_the_end_are_empty():
    columns = ["reported_on", *(name for name in REPORT if name != "reported_on")]
    said = REPORT | dict.fromkeys(("reason", "evidence", "partners"), "")
    text = text_of([said])
    order = [list(REPORT).index(name) for name in columns]
    lines = [[line.split(",")[place] for place in order] for line in text.splitlines()]
    short = [",".join(lines[0]), *(",".join(line).rstrip(",") for line in lines[1:])]
    assert as_read("\n".join(short)) == ([], said)


@pytest.mark.parametrize("tail", [",,", ",  ,", ",\u00a0,"])
def test_empty_columns_at_the_right_are_dropped(tail):
    text = "\n".join(line + tail for line in text_of([REPORT]).splitlines())
    assert as_read(text) == ([], REPORT)


def test_what_stands_in_a_column_without_a_name_is_named():
    header, row = text_of([REPORT]).splitlines()
    (problem,) = read(f"{header},\n{row},revisar\n").problems
    assert (problem.rule, problem.row) == ("beyond_header", 2)
    assert "revisar" in problem.text()


def test_an_open_quotation_mark_is_found_in_its_row():
    text = text_of([REPORT]) + 'HND,I.1.1,2018-1,en_curso,45,"abierto,,,,2018-07-15\nmás,de,esto\n'
    source = read(text)
    assert [(problem.rule, problem.row) for problem in source.problems] == [("broken_quotes", 3)]
    assert len(source.rows) == 1


def test_a_quotation_that_takes_in_the_next_rows_is_found_where_it_begins():
    row = text_of([REPORT | {"narrative": "Feria"}]).splitlines()[1]
    text = f"{HEADER}\n{row.replace('Feria', chr(34) + 'Feria')}\n{row}\n{row}\n"
    closed = text[: text.rindex("Feria")] + 'Feria"' + text[text.rindex("Feria") + 5 :]
    (problem,) = read(closed).problems
    assert (problem.rule, problem.row) == ("rows_in_a_cell", 2)


def test_a_long_quotation_is_no_other_error():
    text = f'{HEADER}\nHND,I.1.1,2018-1,en_curso,45,"{"x" * 200_000}'
    assert rules(text) == ["broken_quotes"]


def test_a_sign_that_turns_the_direction_round_is_refused_and_shown():
    (problem,) = read(text_of([REPORT | {"narrative": "a\u202eb"}])).problems
    assert (problem.rule, problem.row, problem.field) == ("control_character", 2, "narrative")
    assert "⟨U+202E⟩" in problem.text()


@pytest.mark.parametrize(
    ("sign", "read_as"),
    [("\0", ""), ("\x07", ""), ("\x1b", ""), ("\x7f", ""), ("\x1f", ""), ("\x1e", "-"),
     ("\x0b", "\n"), ("\x0c", "\n"), ("\x85", "\n"), ("\u2028", "\n")],
)  # fmt: skip
def test_words_own_signs_are_made_plain_and_mentioned(sign, read_as):
    assert as_read(text_of([REPORT | {"narrative": f"a{sign}b"}])) == (
        ["control_character"], REPORT | {"narrative": f"a{read_as}b"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('Véase \x13 HYPERLINK "https://example.org" \x14el acta\x15.', "Véase el acta."),
        ("Página \x13PAGE\x15 de \x13 NUMPAGES \x142\x15", "Página  de 2"),
    ],
)
def test_of_a_field_of_word_what_it_shows_is_kept_and_the_rest_is_told(written, shown):
    source = read(text_of([REPORT | {"narrative": written}]))
    assert source.rows[0].cells["narrative"] == shown
    (note,) = source.notes
    assert "códigos ocultos de los campos de Word" in note.text(words_for("es"))


@pytest.mark.parametrize("written", ["a\x13b", "a \x14b\x15", "\x15anexo 2\x02"])
def test_signs_of_word_that_enclose_no_field_take_no_text_with_them(written):
    source = read(text_of([REPORT | {"narrative": written}]))
    assert source.rows[0].cells["narrative"] == re.sub(r"[\x00-\x1f]", "", written)
    assert "campos de Word" not in source.notes[0].text(words_for("es"))


def test_a_cell_may_be_as_long_as_the_limit():
    assert rules(text_of([REPORT | {"narrative": "ñ" * CELL_CHARACTERS}])) == []


def test_a_longer_cell_is_refused():
    (problem,) = read(text_of([REPORT | {"narrative": "ñ" * (CELL_CHARACTERS + 1)}])).problems
    assert (problem.rule, problem.field) == ("cell_too_long", "narrative")


# The whole file


def archive_of(name: str) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as made:
        made.writestr(name, "x")
    return target.getvalue()


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b",,,\n"])
def test_an_empty_file_is_refused(data):
    assert rules(data) == ["empty_file"]


@pytest.mark.parametrize(
    "data",
    [b"", bytes(4096), b"\xef\xbb\xbf" + bytes(9), archive_of("a.xml")[:40] + bytes(600)],
)
def test_what_has_not_arrived_is_to_be_downloaded_first(data):
    (problem,) = read(data).problems
    assert problem.rule == "empty_file"
    said = problem.text(words_for("es"))
    assert "nube" in said
    assert "descárguelo" in said


def test_zeros_beside_something_are_not_taken_for_a_file_that_has_not_arrived():
    data = text_of([REPORT]).encode() + bytes(600)
    assert rules(data) == []


def test_a_header_alone_is_no_error():
    assert rules(HEADER + "\n") == []


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"PK\x03\x04rest", "truncated_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "is_old_workbook"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "encrypted_file"),
        (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "is_document"),
        (b"\xd0\xcf\x11\xe0" + "PowerPoint Document".encode("utf-16-le"), "is_slides"),
        (b"\xd0\xcf\x11\xe0" + "__substg1.0_".encode("utf-16-le"), "is_mail"),
        (
            b"\xd0\xcf\x11\xe0" + "DRMEncryptedTransform EncryptedPackage".encode("utf-16-le"),
            "labelled_file",
        ),
        (b"From: a@example.org\r\nSubject: Reporte\r\nMIME-Version: 1.0\r\n\r\nx", "is_mail"),
        (b'{"doc_id": "1AbC", "email": "a@example.org"}', "is_google_link"),
        (b'{"url": "https://docs.google.com/open?id=1"}', "is_google_link"),
        (b"[InternetShortcut]\r\nURL=https://example.org\r\n", "is_link"),
        (b"\x07Oficina".ljust(165), "is_lock_file"),
        (b"RIFF\0\0\0\0WEBPVP8", "is_picture"),
        (b"\0\0\0\x18ftypheic", "is_picture"),
        (archive_of("word/document.xml"), "is_document"),
        (archive_of("ppt/presentation.xml"), "is_slides"),
        (archive_of("Index/Document.iwa"), "is_numbers"),
        (archive_of("content.xml"), "open_document"),
        (archive_of("reporte.xlsx"), "no_workbook"),
        (b"<html><body>", "is_web_page"),
        (b"\n<!DOCTYPE html><table>", "is_web_page"),
        (b"<?xml version='1.0'?><Workbook>", "is_xml"),
        (b"%PDF-1.7", "is_pdf"),
        (b"\x89PNG\r\n", "is_picture"),
    ],
)
def test_another_kind_of_file_is_told(data, rule):
    assert rules(data) == [rule]


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4", b"\x89PNG\r\n", b"{\\rtf", archive_of("ppt/presentation.xml")]
)
def test_what_is_no_table_is_to_become_a_workbook(data):
    (problem,) = read(data).problems
    assert "libro de Excel (.xlsx)" in problem.text(words_for("es"))


def test_the_separator_is_not_told_of_a_file_that_is_refused_for_its_header():
    header = text_of([REPORT]).split("\n")[0].replace(",", ";")
    assert [note.rule for note in read(header).notes] == ["separator"]
    broken = read(header.replace("semester;", "") + "\n")
    assert ([problem.rule for problem in broken.problems], broken.notes) == (
        ["missing_column"], (),
    )  # fmt: skip


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
