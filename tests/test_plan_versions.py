"""Loading the plan: idempotent, versioned, all or nothing, on both databases."""

import json
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from crmdata import plan, settings, view
from crmdata.content.activities import planned
from crmdata.content.parts import Records
from crmdata.errors import PlanError, StoreError
from crmdata.i18n import words_for
from crmdata.plan.rewording import reworded
from crmdata.store import db, queries
from crmdata.store.models import Audit
from crmdata.terms import ChangeKind, DataKind
from tests.plans import Shape, a_plan
from tests.support import a_report, changed, copied_plan

CUTOFF = date(2020, 12, 31)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copied_plan(tmp_path)


def reload(engine, folder, reworded=()):
    return plan.load(engine, folder, by="test", reworded=reworded)


def refused(engine, folder, named=()):
    """Return the rules that a load is refused by; it must leave the store as it was."""
    with db.reading(engine) as session:
        before = queries.data_version(session), len(queries.plan_versions(session))
    with pytest.raises(PlanError) as caught:
        reload(engine, folder, named)
    with db.reading(engine) as session:
        assert (queries.data_version(session), len(queries.plan_versions(session))) == before
    return [problem.rule for problem in caught.value.problems]


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
    with (folder / "activities.csv").open("a", encoding="utf-8") as file:
        file.write("XVI.2.6,Nueva,,,,,,,exact,\n")
    kinds = {(change.kind, change.code) for change in reload(engine, folder).changes}
    assert (ChangeKind.ADDED, "XVI.2.6") in kinds
    original = Path(settings.plan_folder())
    back = {(change.kind, change.code) for change in reload(engine, original).changes}
    assert (ChangeKind.WITHDRAWN, "XVI.2.6") in back


def test_the_sheet_of_an_activity_says_what_the_plan_changed_of_it(engine, folder):
    changed(folder, "activities.csv", 'IV.3.2,"Realizar talleres', 'IV.3.2,"Organizar talleres')
    reload(engine, folder)
    tables = {}
    with db.reading(engine) as session:
        seen = view.read(session, CUTOFF)
        for activity in seen.frame("activities").to_dict("records"):
            section = planned.section(seen, words_for("en"), activity)
            tables[activity["activity"]] = [
                part.rows for part in section.parts
                if isinstance(part, Records) and part.title == "What changed in the plan"
            ]  # fmt: skip
    assert [code for code, found in tables.items() if found] == ["IV.3.2"]
    ((row,),) = (found.to_dict("records") for found in tables["IV.3.2"])
    assert (row["Change"], row["Field"]) == ("Reworded", "text")
    assert row["Before"].startswith("Realizar talleres")
    assert row["After"].startswith("Organizar talleres")


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


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('id = "crm-nna-2017-2022"', 'id = "crm-nna-2023-2027"'),
        ("period_to = 2022", "period_to = 2023"),
        ("period_from = 2017", "period_from = 2016"),
    ],
)
def test_a_plan_of_another_id_or_period_is_refused(engine, folder, before, after):
    changed(folder, "plan.toml", before, after)
    assert refused(engine, folder) == ["other_plan"]


def test_another_plan_is_refused_with_a_database_of_its_own_as_the_way_out(engine, tmp_path):
    a_report(engine)
    with pytest.raises(PlanError, match="CRMDATA_DATABASE_URL"):
        reload(engine, a_plan(tmp_path / "other"))


def test_another_plan_is_taken_by_a_database_of_its_own(database_url, tmp_path):
    engine = db.connect(database_url)
    db.upgrade(engine)
    reload(engine, a_plan(tmp_path / "other", Shape(columns=8)))
    with db.reading(engine) as session:
        facts = queries.plan_at(session, CUTOFF)
    assert (facts.plan_id, facts.year_columns) == ("faros-y-huertos", 8)
    engine.dispose()


def test_an_activity_that_shares_almost_nothing_with_its_old_text_is_refused(engine, folder):
    changed(folder, "activities.csv", "Validar la guía", "Inaugurar un puente colgante")
    with pytest.raises(PlanError) as caught:
        reload(engine, folder)
    (problem,) = caught.value.problems
    told = problem.text()
    assert (problem.rule, problem.file) == ("reworded", "activities.csv")
    for part in ("VII.3.2", "Validar la guía", "Inaugurar un puente", "--reworded VII.3.2"):
        assert part in told


def test_a_confirmed_rewording_is_loaded_and_stands_in_the_audit_trail(engine, folder):
    changed(folder, "activities.csv", "Validar la guía", "Inaugurar un puente colgante")
    assert reload(engine, folder, ["VII.3.2"]).changed
    with db.reading(engine) as session:
        loads = session.exec(select(Audit.detail).where(Audit.action == "load_plan")).all()
        assert db.verify(session) == []
    assert json.loads(loads[-1])["reworded"] == ["VII.3.2"]


def test_every_reworded_activity_must_be_named(engine, folder):
    changed(folder, "activities.csv", "Validar la guía", "Inaugurar un puente colgante")
    changed(folder, "activities.csv", "Establecer puntos focales de cada sistema de protección.",
            "Pintar murales.")  # fmt: skip
    assert refused(engine, folder, ["VII.3.2"]) == ["reworded"]
    assert refused(engine, folder) == ["reworded", "reworded"]


def test_a_row_put_in_the_middle_is_refused_as_it_moves_the_others(engine, folder):
    changed(folder, "activities.csv", "\nI.1.1,", "\nI.1.1,Nueva,,,,,,,exact,\nI.1.2,")
    file = folder / "activities.csv"
    text = file.read_text("utf-8")
    for number in (4, 3, 2):
        last = text.rindex(f"\nI.1.{number},")
        text = f"{text[:last]}\nI.1.{number + 1},{text[last + len(f'XI.1.{number},') :]}"
    file.write_text(text, "utf-8")
    (folder / "english.csv").write_text("code,field,text\n", "utf-8")
    assert refused(engine, folder) == ["reworded", "moved", "moved", "moved"]


def test_two_texts_that_change_places_are_refused_however_alike(engine, folder):
    files = plan.read(folder)
    one, other = (row for row in files.tables["planned_activity"]
                  if row["activity"] in {"IV.4.1", "IV.4.2"})  # fmt: skip
    one["text"], other["text"] = other["text"], one["text"]
    found = reworded(plan.read(folder), files)
    assert [(each.activity, each.other) for each in found] == [
        ("IV.4.1", "IV.4.2"), ("IV.4.2", "IV.4.1"),
    ]  # fmt: skip


def test_a_letter_missing_in_every_word_needs_no_confirmation(folder):
    before, after = plan.read(folder), plan.read(folder)
    for row in after.tables["planned_activity"]:
        row["text"] = " ".join(
            word[: len(word) // 2] + word[len(word) // 2 + 1 :] if len(word) > 4 else word
            for word in row["text"].split()
        )
    assert reworded(before, after) == []


@pytest.mark.parametrize(
    "edit", [str.upper, lambda text: f"{text} Además, cada año.", lambda text: text.rstrip(".")]
)
def test_a_correction_of_the_transcription_needs_no_confirmation(folder, edit):
    before, after = plan.read(folder), plan.read(folder)
    for row in after.tables["planned_activity"]:
        row["text"] = edit(row["text"])
    assert reworded(before, after) == []


def test_nearly_every_activity_under_anothers_text_must_be_confirmed(folder):
    before, after = plan.read(folder), plan.read(folder)
    rows = after.tables["planned_activity"]
    texts = [f"{row['text']} Y algo más." for row in rows]
    for row, text in zip(rows, [*texts[1:], texts[0]], strict=True):
        row["text"] = text
    assert len(reworded(before, after)) > 70
