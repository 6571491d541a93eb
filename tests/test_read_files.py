"""Files as people made them, in `tests/read/`: what is stored of each, and what is said of it.

The numbers are those of the cases from which they come. A file is read, asked about or refused;
of what is said the rules are named, with their rows and columns.
"""

import shutil
from pathlib import Path

import pytest

from crmdata.i18n import words_for
from crmdata.intake.reports import check, read_upload
from crmdata.intake.reports.remarks import in_words
from crmdata.store import db

pytestmark = pytest.mark.slow(reason="each workbook is read by a process of its own")

READ = Path(__file__).parent / "read"

TAKEN = {
    "02-filtrado.xlsx": (3, {"?hidden_rows": "4"}),
    "10-excel.csv": (18, {}),
    "11-cola.csv": (2, {}),
    "58-pegado.tsv": (1, {}),
    "13-doble.csv": (1, {"?damaged_letters": "ProtecciÃ³n"}),
    "13-fffd.csv": (1, {"?damaged_letters": "Protecci�n"}),
    "13-interrogacion.csv": (1, {"?damaged_letters": "Protecci?n"}),
    "69-editado.csv": (7, {"?damaged_letters": "campaÃ±a"}),
    "15-una-celda.csv": (1, {"read_as": "una sola celda"}),
    "15-una-columna.xlsx": (2, {"read_as": "una sola celda"}),
    "19-word.csv": (1, {"control_character": "caracteres de control"}),
    "19-word.xlsx": (2, {"control_character": "caracteres de control"}),
    "20-notas-combinadas.xlsx": (1, {"sheet_passed_over": "Notas"}),
    "20-oculta.xlsx": (1, {}),
    "21-dos-encabezados.xlsx": (1, {"heading_again": "fila 2"}),
    "21-total-y-notas.xlsx": (2, {"no_report": "TOTAL"}),
    "22-estricto.xlsx": (2, {}),
    "28-comentario-foto.xlsx": (1, {"comments": "E2", "pictures": "imágenes"}),
    "43-millon.xlsx": (2, {}),
    "50-recortada.xlsx": (2, {"no_base_column": "columna oculta de la plantilla"}),
}
"""How many rows are new, and what is said by its rule (a question's with ?), with some words."""

REFUSED = {
    "16-vuelta.csv": {"semester_as_date": "Excel"},
    "16-vuelta2.csv": {"semester_as_date": "2019-2"},
    "23-correo.msg": {"is_mail": "adjunto"},
    "23-informe.doc": {"is_document": "Word"},
    "23-informe.docx": {"is_document": "Word"},
    "23-plantilla.gsheet": {"is_google_link": "Descargar"},
    "23-plantilla.numbers": {"is_numbers": "Exportar a"},
    "23-plantilla.xlsx.url": {"is_link": "acceso directo"},
    "36-renombrada.xlsx": {"missing_column": "Código"},
    "52-numbers.xlsx": {"title_above": "Elimine la fila 1"},
}
"""Why, by the rule, with some words of the sentence."""


@pytest.fixture(scope="module")
def own_store(sqlite_with_plan, tmp_path_factory):
    file = tmp_path_factory.mktemp("read") / "own.sqlite3"
    engine = db.connect(f"sqlite:///{shutil.copy(sqlite_with_plan, file)}")
    yield engine
    engine.dispose()


def checked(engine, name: str):
    return check(engine, read_upload(name, (READ / name).read_bytes()))


def sentences(problems) -> dict[str, str]:
    """Return what the page says of each rule."""
    words, said = words_for("es"), {}
    for problem in problems:
        rule = f"?{problem.rule}" if problem.asks else problem.rule
        said[rule] = f"{said.get(rule, '')} {in_words(words, problem).text(words)}"
    return said


def test_every_file_of_these_cases_has_its_line():
    cases = {name[:2] for name in (*TAKEN, *REFUSED)}
    own = {file.name for file in READ.iterdir() if file.name[:2] in cases}
    assert own == {*TAKEN, *REFUSED}


@pytest.mark.parametrize("name", TAKEN)
def test_a_file_is_taken_and_what_is_to_be_said_of_it_is_said(own_store, name):
    rows, expected = TAKEN[name]
    found = checked(own_store, name)
    assert (found.problems, found.new) == ((), rows)
    said = sentences(found.warnings)
    assert {rule: words for rule, words in expected.items() if words not in said[rule]} == {}
    form = {"read_as", "separator"}
    assert set(said) - form == set(expected) - form


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_is_refused_with_one_cause_and_the_way_out(own_store, name):
    said = sentences(checked(own_store, name).problems)
    assert set(said) == set(REFUSED[name])
    for rule, words in REFUSED[name].items():
        assert words in said[rule]


def test_seven_renamed_columns_are_seven_sentences_at_most(own_store):
    found = checked(own_store, "36-renombrada.xlsx")
    assert len(found.problems) + len(found.warnings) <= 7
