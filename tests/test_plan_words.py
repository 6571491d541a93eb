"""The words of a plan and the other names of who reports: of its files, and no part of it."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from crmdata import plan
from crmdata.errors import PlanError
from crmdata.i18n import words_for
from crmdata.plan.versions import content_sha256
from crmdata.store import db, queries
from crmdata.workflow import review
from tests.support import changed, copied_plan


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copied_plan(tmp_path)


def test_another_word_makes_no_other_version_and_is_in_force(engine, folder):
    changed(folder, "plan.toml", 'short_es = "CRM"', 'short_es = "CIMA"')
    changed(folder, "countries.csv", "hon;hn", "hon;hn;catracho")
    outcome = plan.load(engine, folder, by="test")
    assert (outcome.changed, outcome.version_id) == (False, 1)
    with db.reading(engine) as session:
        assert queries.process(session) == ("CIMA", "RCM")
        assert queries.other_names(session)["catracho"] == "HND"
        assert db.verify_plan(session) == []


def test_words_are_no_part_of_the_content(folder):
    before = content_sha256(plan.read(folder))
    toml = folder / "plan.toml"
    toml.write_text(toml.read_text("utf-8").partition("[process]")[0], "utf-8")
    (folder / "short_names.md").unlink()
    bare = plan.read(folder)
    assert bare.words == []
    assert content_sha256(bare) == before


def test_a_letter_speaks_of_the_plan_as_its_files_do_else_by_its_short_title(engine, folder):
    def opening() -> str:
        with db.reading(engine) as session:
            letters = review.reminders(session, words_for("en"), date(2019, 1, 1), grace=60)
        return letters[0].text.split("\n\n")[1]

    assert opening().endswith("in the follow-up of the plan for migrant children:")
    changed(folder, "plan.toml", 'plan_es = "plan para la niñez migrante"\n', "")
    plan.load(engine, folder, by="test")
    assert "of the Strategic Plan 2017–2022" in opening()


def test_countries_without_the_column_of_other_names_are_read(folder):
    file = folder / "countries.csv"
    rows = [line.rpartition(",")[0] for line in file.read_text("utf-8").splitlines()]
    file.write_text("\n".join(rows) + "\n", "utf-8")
    assert {row["country"] for row in plan.read(folder).other_names} == {"CRM"}


def test_without_a_word_of_its_own_the_process_is_called_as_the_region(engine, folder):
    changed(folder, "plan.toml", '[process]\nshort_es = "CRM"\nshort_en = "RCM"\n', "")
    plan.load(engine, folder, by="test")
    with db.reading(engine) as session:
        assert queries.process(session) == ("CRM", "CRM")


@pytest.mark.parametrize(
    ("file", "before", "after", "rule", "field"),
    [
        ("plan.toml", 'code = "CRM"', 'code = "Crm"', "bad_region", "code"),
        ("plan.toml", 'code = "CRM"', 'code = "HND"', "not_iso3", "country"),
        ("plan.toml", 'short_en = "RCM"', "", "bad_value", "short_en"),
        ("countries.csv", "hon;hn", "hon;mx", "two_parties", "other_names"),
    ],
)
def test_a_wrong_word_is_refused_by_file_and_field(folder, file, before, after, rule, field):
    changed(folder, file, before, after)
    with pytest.raises(PlanError) as refused:
        plan.read(folder)
    (found,) = refused.value.problems
    assert (found.rule, found.field) == (rule, field)
    assert found.file in {"plan.toml", "countries.csv"}


def words_of(session: db.Known) -> tuple[object, ...]:
    return queries.process(session), queries.topic(session), queries.other_names(session)


def test_a_store_of_before_has_the_words_that_the_code_had(sqlite_with_plan, tmp_path):
    file = tmp_path / "store.sqlite3"
    file.write_bytes(sqlite_with_plan.read_bytes())
    before = create_engine(f"sqlite:///{file}")
    engine = db.connect(f"sqlite:///{file}")
    with db.reading(engine) as session:
        loaded = words_of(session)
    engine.dispose()
    with before.begin() as connection:
        connection.execute(text("DROP TABLE other_name"))
        connection.execute(text("DROP TABLE plan_word"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0011'"))
    before.dispose()
    engine = db.connect(f"sqlite:///{file}")
    db.upgrade(engine)
    with db.reading(engine) as session:
        assert words_of(session) == loaded
        assert db.prove(session) == []
    engine.dispose()
