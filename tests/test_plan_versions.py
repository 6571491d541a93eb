"""Loading the plan: idempotent, versioned, all or nothing, on both databases."""

from datetime import date
from pathlib import Path

import pytest

from crmdata import db, plan, queries, settings
from crmdata.errors import PlanError, StoreError
from crmdata.terms import ChangeKind, DataKind
from tests.support import a_report, changed, copied_plan

CUTOFF = date(2020, 12, 31)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copied_plan(tmp_path)


def reload(engine, folder):
    return plan.load(engine, folder, by="test")


def test_a_second_load_changes_nothing(engine, folder):
    with db.reading(engine) as session:
        before = queries.data_version(session)
    outcome = reload(engine, folder)
    with db.reading(engine) as session:
        after = queries.data_version(session)
    assert (outcome.changed, before) == (False, after)


def test_a_changed_file_becomes_a_new_version(engine, folder):
    changed(folder, "activities.csv", "Validar la guía", "Validar la guía regional")
    outcome = reload(engine, folder)
    assert (outcome.changed, outcome.version_id) == (True, 2)


def test_a_reworded_activity_is_listed_with_both_texts(engine, folder):
    changed(folder, "activities.csv", "Validar la guía", "Validar la guía regional")
    (change,) = reload(engine, folder).changes
    assert (change.kind, change.code, change.field, change.before, change.after) == (
        ChangeKind.REWORDED, "VII.3.2", "text", "Validar la guía", "Validar la guía regional",
    )  # fmt: skip


def test_a_rescheduled_activity_is_listed_with_both_marks(engine, folder):
    changed(
        folder,
        "activities.csv",
        "VII.3.2,Validar la guía,,,II Semestre",
        "VII.3.2,Validar la guía,,,I Semestre",
    )
    (change,) = reload(engine, folder).changes
    assert (change.kind, change.code, change.before, change.after) == (
        ChangeKind.RESCHEDULED, "VII.3.2", "2018: II Semestre", "2018: I Semestre",
    )  # fmt: skip


def test_a_mark_spelled_otherwise_is_reworded_and_moves_nothing(engine, folder):
    changed(folder, "activities.csv", "plataforma.,,,,I semestre", "plataforma.,,,,I Semestre")
    (change,) = reload(engine, folder).changes
    assert (change.kind, change.code, change.before, change.after) == (
        ChangeKind.REWORDED, "IV.1.2", "2019: I semestre", "2019: I Semestre",
    )  # fmt: skip


def test_an_added_and_a_withdrawn_activity_are_listed(engine, folder):
    changed(folder, "activities.csv", "XVI.2.5,", "XVI.2.5,Nueva,,,,,,,exact,\nXVI.2.6,")
    english = folder / "english.csv"
    english.write_text(
        english.read_text("utf-8")
        .replace("XVI.2.5,text", "XVI.2.6,text")
        .replace("XVI.2.5,note", "XVI.2.6,note"),
        "utf-8",
    )
    kinds = {(change.kind, change.code) for change in reload(engine, folder).changes}
    assert (ChangeKind.ADDED, "XVI.2.6") in kinds
    original = Path(settings.plan_folder())
    back = {(change.kind, change.code) for change in reload(engine, original).changes}
    assert (ChangeKind.WITHDRAWN, "XVI.2.6") in back


def test_the_stored_list_of_changes_equals_the_one_returned(engine, folder):
    changed(folder, "plan.toml", "first_year = 2017", "first_year = 2018")
    outcome = reload(engine, folder)
    with db.reading(engine) as session:
        stored = queries.plan_changes(session, outcome.version_id)
    assert list(stored["code"]) == [change.code for change in outcome.changes]


def test_another_first_year_moves_every_stored_slot_by_a_year(engine, folder):
    with db.reading(engine) as session:
        before = queries.slots(session, 1)
    changed(folder, "plan.toml", "first_year = 2017", "first_year = 2018")
    reload(engine, folder)
    with db.reading(engine) as session:
        after = queries.slots(session, 2)
    moved = [f"{int(code[:4]) + 1}{code[4:]}" for code in before["semester"]]
    assert list(after["semester"]) == moved
    assert list(after["activity"]) == list(before["activity"])


def test_reports_stay_attached_by_code_over_versions(engine, folder):
    a_report(engine)
    changed(folder, "activities.csv", 'IV.3.2,"Realizar talleres', 'IV.3.2,"Organizar talleres')
    reload(engine, folder)
    with db.reading(engine) as session:
        version = queries.version_at(session, CUTOFF)
        texts = queries.activities(session, version.id).set_index("activity")["text"]
        (report,) = queries.reports_in_force(session, CUTOFF).itertuples()
    assert texts[report.activity].startswith("Organizar talleres")


def test_a_plan_adopted_later_leaves_the_picture_of_earlier_cut_offs(engine, folder):
    changed(folder, "plan.toml", "in_force_from = 2017-03-17", "in_force_from = 2019-06-01")
    reload(engine, folder)
    with db.reading(engine) as session:
        versions = [queries.version_at(session, date(2019, month, 1)).id for month in (5, 6)]
    assert versions == [1, 2]


def test_a_correction_of_the_transcription_holds_for_every_cut_off(engine, folder):
    changed(folder, "activities.csv", "Validar la guía", "Validar la guía regional")
    reload(engine, folder)
    with db.reading(engine) as session:
        assert queries.version_at(session, date(2018, 1, 1)).id == 2


def test_a_broken_plan_leaves_the_database_as_it_was(engine, folder):
    with db.reading(engine) as session:
        before = queries.data_version(session), len(queries.plan_versions(session))
    changed(folder, "activities.csv", "Por definir", "Luego")
    with pytest.raises(PlanError):
        reload(engine, folder)
    with db.reading(engine) as session:
        assert (queries.data_version(session), len(queries.plan_versions(session))) == before


def test_a_country_that_reported_cannot_leave_the_file(engine, folder):
    a_report(engine, country="PAN")
    file = folder / "countries.csv"
    file.write_text(
        "".join(
            row
            for row in file.read_text("utf-8").splitlines(keepends=True)
            if not row.startswith("PAN")
        ),
        "utf-8",
    )
    with pytest.raises(PlanError) as caught:
        reload(engine, folder)
    assert caught.value.problems[0].rule == "still_used"


def test_a_country_that_never_reported_can_leave_the_file(engine, folder):
    file = folder / "countries.csv"
    file.write_text(
        "".join(
            row
            for row in file.read_text("utf-8").splitlines(keepends=True)
            if not row.startswith("PAN")
        ),
        "utf-8",
    )
    reload(engine, folder)
    with db.reading(engine) as session:
        assert "PAN" not in set(queries.countries(session)["country"])


def test_a_database_keeps_its_kind(engine):
    with pytest.raises(StoreError) as caught:
        plan.load(engine, settings.plan_folder(), by="test", kind=DataKind.DEMO)
    assert caught.value.problems[0].rule == "other_kind"
