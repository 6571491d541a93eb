"""The words of the search that the secretariat corrects: how they are read, and what they do."""

from pathlib import Path

import pytest

from crmdata import plan, settings, view
from crmdata.content import answers
from crmdata.errors import PlanError
from crmdata.i18n import words_for
from crmdata.plan.search_words import FILE, read_search_words
from crmdata.store import db
from crmdata.web.shell import menu
from tests.support import changed, copied_plan

HEAD = "# Words\n\n| | Español | English |\n|---|---|---|\n"
"""Four lines: the first row of a table is the fifth of its file."""


def read(folder: Path, *rows: str):
    (folder / FILE).write_text(HEAD + "".join(f"| {row} |\n" for row in rows), "utf-8")
    return read_search_words(folder)


def test_a_row_names_what_its_words_open_or_words_that_mean_the_same(tmp_path):
    found, problems = read(tmp_path, "calendario | agenda; cuándo | when", "curso; taller | course")
    assert found == [
        {"word": "search calendario", "es": "agenda; cuándo", "en": "when"},
        {"word": "same 6", "es": "curso; taller", "en": "course"},
    ]
    assert problems == []


def test_one_language_is_enough(tmp_path):
    assert read(tmp_path, "maras; pandillas | ")[1] == []


@pytest.mark.parametrize(
    ("rows", "rule", "field"),
    [
        (["curso | course", "nirgends | x | y"], "unknown_key", ""),
        (["metodo | a | b", "metodo | c | d"], "duplicate", ""),
        (["curso | course", " | "], "empty", ""),
        (["curso | course", "a | b | c | d"], "columns", ""),
        (["curso | course", "taller; ¿? | workshop"], "no_word", "es"),
    ],
)
def test_what_is_wrong_is_named_by_file_row_and_way_out(tmp_path, rows, rule, field):
    _, (found,) = read(tmp_path, *rows)
    assert (found.rule, found.file, found.row, found.field) == (rule, FILE, 6, field)
    assert found.way_out
    assert found.text(words_for("es")) != found.text()


@pytest.mark.parametrize(("name", "said"), [("kalendario", "“calendario”"), ("xyz", "ignoradas")])
def test_a_wrong_name_is_told_the_nearest_or_what_may_stand_there(tmp_path, name, said):
    _, (found,) = read(tmp_path, f"{name} | agenda | when")
    assert said in found.text()


def test_a_plan_without_the_file_has_no_words_of_its_own(tmp_path):
    assert read_search_words(tmp_path) == ([], [])


def test_a_wrong_table_stops_the_load(tmp_path):
    folder = copied_plan(tmp_path)
    changed(folder, FILE, "| calendario |", "| kalender |")
    with pytest.raises(PlanError) as refused:
        plan.read(folder)
    assert [found.rule for found in refused.value.problems] == ["unknown_key"]


def first(engine, query: str) -> str:
    """Return what the first answer to a query opens."""
    with db.reading(engine) as session:
        found = answers.answer(view.read(session), words_for("es"), query, menu.TITLES, {})
    way = found.groups[0].answers[0].way if found.groups else None
    return "" if way is None else f"{way.page} {' '.join(way.changes.values())}".strip()


@pytest.mark.parametrize(
    ("before", "after", "query", "opens"),
    [
        ("| pandillas; maras;", "| pandillas; maras; clicas;", "dejar clicas",
         "actividades III.1.1"),
        ("| novedades | cambios;", "| novedades | chismes; cambios;", "chismes", "novedades"),
        ("| pendientes | pendiente;", "| pendientes | deudas; pendiente;", "deudas honduras",
         "actividades HND sin_reporte"),
        ("| Honduras; hondureño;", "| Honduras; catracho; hondureño;", "catrachos línea IV",
         "lineas IV HND"),
        ("| ignoradas | el;", "| ignoradas | porfa; el;", "porfa línea IV", "lineas IV"),
    ],
)  # fmt: skip
def test_what_the_secretariat_corrects_is_found_after_a_load(
    engine, tmp_path, before, after, query, opens
):
    folder = copied_plan(tmp_path)
    changed(folder, FILE, before, after)
    outcome = plan.load(engine, folder, by="test")
    assert (outcome.changed, outcome.other_words) == (False, True)
    assert first(engine, query) == opens
    with db.reading(engine) as session:
        assert db.verify_plan(session) == []


def test_without_words_the_search_knows_the_plan_itself(engine, tmp_path):
    folder = copied_plan(tmp_path)
    (folder / FILE).unlink()
    plan.load(engine, folder, by="test")
    assert first(engine, "arraigo familiar") == "lineas II"
    assert first(engine, "honduras línea iv") == "lineas IV HND"


def test_every_word_of_the_file_is_read():
    _, problems = read_search_words(settings.plan_folder())
    assert problems == []
