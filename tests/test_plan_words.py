"""The words of a plan and the other names of who reports: of its files, and no part of it."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from crmdata import plan
from crmdata.errors import PlanError
from crmdata.i18n import words_for
from crmdata.plan.versions import content_sha256
from crmdata.store import db, queries
from crmdata.store.db.schema import downgrade, migrate
from crmdata.workflow import review
from tests.support import changed, copied_plan
from tests.test_proofs import by_the_owner, old_store, rules  # noqa: F401 - a fixture


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


def test_who_brought_other_words_when_stands_in_the_chain(engine, folder):
    changed(folder, "plan.toml", 'short_es = "CRM"', 'short_es = "CIMA"')
    plan.load(engine, folder, by="Ana")
    plan.load(engine, folder, by="Eva")
    with db.reading(engine) as session:
        rows = session.execute(text("SELECT actor FROM audit WHERE action = 'load_words'")).all()
    assert rows == [("Ana",)]


def test_words_are_no_part_of_the_content(folder):
    before = content_sha256(plan.read(folder))
    toml = folder / "plan.toml"
    toml.write_text(toml.read_text("utf-8").partition("[process]")[0], "utf-8")
    for table in ("short_names.md", "search_words.md", "thresholds.md"):
        (folder / table).unlink()
    bare = plan.read(folder)
    assert bare.words == []
    assert content_sha256(bare) == before


def test_a_letter_speaks_of_the_plan_as_its_files_do_else_by_its_short_title(engine, folder):
    def opening() -> str:
        with db.reading(engine) as session:
            letters = review.reminders(session, words_for("en"), date(2019, 1, 1))
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


def test_a_store_of_before_has_the_words_that_the_code_had(old_store, engine):  # noqa: F811 - the fixture
    db.upgrade(old_store)
    with db.reading(old_store) as upgraded, db.reading(engine) as loaded:
        assert words_of(upgraded) == words_of(loaded)
        assert db.prove(upgraded) == []


def test_a_way_back_and_up_again_keeps_the_words_and_their_proof(engine):
    with db.reading(engine) as session:
        loaded = words_of(session)
    downgrade(engine, "0011")
    db.upgrade(engine)
    with db.reading(engine) as session:
        assert words_of(session) == loaded
        assert db.prove(session) == []


def test_words_that_an_earlier_version_left_unsigned_are_signed_by_the_upgrade(old_store):  # noqa: F811 - the fixture
    with db.writing(old_store) as session:
        migrate(session, "0012")
    db.upgrade(old_store)
    assert rules(old_store) == []
    with by_the_owner(old_store) as execute:
        execute("UPDATE plan_word SET es = 'otra' WHERE word = 'process'")
    assert rules(old_store) == ["altered_words"]
