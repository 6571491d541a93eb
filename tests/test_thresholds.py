"""From which numbers on something is said: a table that people correct, and what it changes."""

import shutil
from contextlib import nullcontext
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdata import method, plan, settings, start, view
from crmdata.content import findings, names
from crmdata.errors import PlanError, StoreError
from crmdata.i18n import words_for
from crmdata.measures import deadline
from crmdata.plan.thresholds import FILE, read_thresholds
from crmdata.plan.versions import content_sha256
from crmdata.store import db, queries
from crmdata.terms import LANGUAGES, THRESHOLDS, Period, Thresholds
from tests.support import changed, copied_plan, examples, load_thresholds

CORTE = date(2019, 11, 15)
HEAD = "# Thresholds\n\n| | Valor · Value | Qué | What |\n|---|---|---|---|\n"
"""Four lines: the first row of a table is the fifth of its file."""


def read(folder: Path, *rows: str):
    (folder / FILE).write_text(HEAD + "".join(f"| {row} |\n" for row in rows), "utf-8")
    return read_thresholds(folder)


@pytest.fixture
def store(demo_file, tmp_path):
    """Return a copy of the demonstration data to write to."""
    engine = db.connect(f"sqlite:///{shutil.copy(demo_file, tmp_path / 'own.sqlite3')}")
    yield engine
    engine.dispose()


def shown(engine) -> view.View:
    with db.reading(engine) as session:
        return view.read(session, CORTE)


def test_the_file_holds_every_threshold_at_its_usual_value(engine):
    with db.reading(engine) as session:
        assert queries.thresholds(session) == Thresholds()
    rows, problems = read_thresholds(settings.plan_folder())
    assert [row["word"] for row in rows] == [f"threshold {name}" for name in THRESHOLDS]
    assert problems == []


@pytest.mark.parametrize(
    ("row", "value"),
    [("cobertura | 55 %", "55"), ("cobertura|55%|x|y", "55"), ("plazo | 30 días", "30"),
     ("plazo | 30 days", "30"), ("plazo | 1 día", "1"), ("esperados | 12", "12")],
)  # fmt: skip
def test_a_value_may_carry_its_unit(tmp_path, row, value):
    ((found,), problems) = read(tmp_path, row)
    assert (found["es"], found["en"], problems) == (value, value, [])


@pytest.mark.parametrize(
    ("rows", "rule", "said"),
    [
        (["plazo | 60", "cobertura | 101 %"], "bad_value", "from 0 to 100"),
        (["plazo | 60", "cobertura | 0.5"], "bad_value", "from 0 to 100"),
        (["plazo | 60", "cobertura | "], "bad_value", "from 0 to 100"),
        (["plazo | 60", "cobertura | 50 días"], "bad_value", "from 0 to 100"),
        (["cobertura | 50", "plazo | dos meses"], "bad_value", "from 0 to 366"),
        (["cobertura | 50", "plazo | -1"], "bad_value", "from 0 to 366"),
        (["cobertura | 50", "esperados | 0"], "bad_value", "from 1 to 1000"),
        (["cobertura | 50", "cubertura | 50"], "unknown_key", "“cobertura”"),
        (["cobertura | 50", "xyz | 50"], "unknown_key", "esperados, iguales"),
        (["cobertura | 50", "cobertura | 60"], "duplicate", "Each name stands once"),
        (["cobertura | 50", "plazo"], "columns", "name | value"),
    ],
)
def test_what_is_wrong_is_named_by_file_row_and_way_out(tmp_path, rows, rule, said):
    _, (found,) = read(tmp_path, *rows)
    assert (found.rule, found.file, found.row) == (rule, FILE, 6)
    assert said in found.text()
    assert found.text(words_for("es")) != found.text()


def test_a_wrong_value_is_named_by_its_column_as_the_file_calls_it(tmp_path):
    _, (found,) = read(tmp_path, "cobertura | half")
    assert "Valor · Value" in found.text()


def test_a_row_without_its_last_stroke_is_read(tmp_path):
    (tmp_path / FILE).write_text(f"{HEAD}| cobertura | 70 %\n", "utf-8")
    ((found,), problems) = read_thresholds(tmp_path)
    assert (found["es"], problems) == ("70", [])


@pytest.mark.parametrize(
    ("setting", "value", "refused"),
    [
        ("CRMDATA_GRACE_DAYS", "45", False), ("CRMDATA_GRACE_DAYS", "60", True),
        ("CRMDATA_GRACE_DAYS", "two months", True), ("CRMDATA_COVERAGE_THRESHOLD", "0.55", False),
        ("CRMDATA_COVERAGE_THRESHOLD", "0.5", True), ("CRMDATA_COVERAGE_THRESHOLD", "0,5", True),
    ],
)  # fmt: skip
@pytest.mark.parametrize("way", [start.for_the_app, start.open_database])
def test_a_setting_that_counts_no_more_is_named_where_the_store_counts_otherwise(
    store, tmp_path, monkeypatch, setting, value, refused, way
):
    load_thresholds(store, tmp_path, plazo=45, cobertura=55)
    monkeypatch.setenv("CRMDATA_DATABASE_URL", str(store.url))
    monkeypatch.setenv(setting, value)
    with pytest.raises(StoreError) if refused else nullcontext() as told:
        way()
    assert told is None or setting in str(told.value)


def test_a_folder_without_the_file_or_a_row_has_the_usual_values(engine, tmp_path):
    folder = copied_plan(tmp_path)
    changed(folder, FILE, "| iguales |", "iguales")
    (folder / FILE).rename(folder / "kept")
    plan.load(engine, folder, by="test")
    with db.reading(engine) as session:
        assert queries.thresholds(session) == Thresholds()
    (folder / "kept").rename(folder / FILE)
    changed(folder, FILE, "| plazo | 60", "| plazo | 61")
    plan.load(engine, folder, by="test")
    with db.reading(engine) as session:
        assert queries.thresholds(session) == Thresholds(grace_days=61)


def test_a_wrong_value_stops_the_load(tmp_path):
    folder = copied_plan(tmp_path)
    changed(folder, FILE, "| 50 % |", "| 500 % |")
    with pytest.raises(PlanError) as refused:
        plan.read(folder)
    assert [found.rule for found in refused.value.problems] == ["bad_value"]


@given(cell=st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="|")))
@examples(200)
def test_whatever_stands_there_is_a_value_in_its_range_or_named(tmp_path_factory, cell):
    folder = tmp_path_factory.mktemp("any")
    rows, problems = read(folder, f"cobertura | {cell}")
    assert [0 <= int(row["es"]) <= 100 for row in rows] + [problems != []] in (
        [True, False],
        [True],
    )


def test_other_values_are_no_other_version_and_stand_in_the_chain(engine, tmp_path):
    before = content_sha256(plan.read(settings.plan_folder()))
    load_thresholds(engine, tmp_path, cobertura=60)
    assert content_sha256(plan.read(tmp_path / "plan")) == before
    with db.reading(engine) as session:
        assert len(queries.plan_versions(session)) == 1
        assert db.verify_plan(session) == []
        assert queries.thresholds(session).coverage == 0.6


# What a value changes


def test_another_coverage_withholds_other_figures(store, tmp_path):
    before = shown(store)
    load_thresholds(store, tmp_path, cobertura=100)
    after = shown(store)
    lines = [each.measured(each.frame("cells"), "line") for each in (before, after)]
    for_100 = lines[1].loc[lines[1]["expected"] > 0]
    assert (for_100["withheld"] == (for_100["coverage"] < 1)).all()
    assert int(lines[0]["withheld"].sum()) < int(lines[1]["withheld"].sum())


def test_other_days_of_grace_move_what_is_overdue(store, tmp_path):
    ends = Period.parse("2018-1").ends
    load_thresholds(store, tmp_path, plazo=7)
    days = shown(store).thresholds.grace_days
    assert deadline("2018-1", days) == ends + timedelta(days=7)


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_number_of_expected_reports_changes_the_finding(store, tmp_path, language):
    def said() -> str:
        at, words = shown(store), words_for(language)
        lines = at.measured(at.frame("cells"), "line")
        called = names.of_lines(at.frame("lines"), words)
        return findings.least_reported(words, lines, called, at.thresholds)

    before = said()
    load_thresholds(store, tmp_path, esperados=1000)
    assert before != ""
    assert said() == ""


@pytest.mark.parametrize(
    ("changed_to", "spoken"),
    [({"cobertura": 73}, "73"), ({"plazo": 41}, "41"), ({"esperados": 17}, "17"),
     ({"iguales": 4}, "4")],
)  # fmt: skip
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_method_says_the_values_of_the_file(store, tmp_path, changed_to, spoken, language):
    def said() -> str:
        rules = method.rules(words_for(language), shown(store).thresholds)
        return " ".join(text for _, text in rules)

    before = said()
    load_thresholds(store, tmp_path, **changed_to)
    assert before != said()
    assert spoken in said()


@pytest.mark.parametrize("document", ["plan.md", "es/plan.md"])
def test_the_documents_name_every_threshold_with_its_value(document):
    text = (settings.ROOT / "docs" / document).read_text("utf-8")
    for row in read_thresholds(settings.plan_folder())[0]:
        name = row["word"].removeprefix("threshold ")
        assert f"`{name}` ({row['es']}" in text
