"""Snapshots: whatever is reported, corrected, decided or planned later, they show the same."""

import shutil
from datetime import date

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from crmdata import plan, settings, slides, view
from crmdata.access import ANONYMOUS, operator, secretariat
from crmdata.cli.main import app
from crmdata.content.papers import country_sheets
from crmdata.content.papers.country import PAGES
from crmdata.errors import AccessDenied, SnapshotRefused, StoreError
from crmdata.exports import deck, ics, package
from crmdata.exports.workbook import Selection, workbook
from crmdata.i18n import words_for
from crmdata.intake.reports import import_files, read_files
from crmdata.render.typst import setting
from crmdata.store import db, queries
from crmdata.store.db.schema import downgrade
from crmdata.workflow import agreements, review, snapshots
from crmdata.workflow.agreements import Pins
from crmdata.workflow.snapshots import content
from tests.sheets import REPORT, a_file
from tests.support import DUTY, EVERY_PLACE, a_report, changed, copied_plan, load_thresholds

MEETING, CORTE = "demo-2019-11", date(2019, 11, 15)
EVA = secretariat("Eva")
ES = words_for("es")


@pytest.fixture
def store(demo_file, tmp_path):
    """Return a copy of the demonstration data to write to."""
    engine = db.connect(f"sqlite:///{shutil.copy(demo_file, tmp_path / 'own.sqlite3')}")
    yield engine
    engine.dispose()


def taken(engine, code=""):
    with queries.as_of(engine, code) as session:
        return view.read(session, CORTE)


def files(engine, code) -> dict[str, bytes]:
    """Return what people take home of a snapshot."""
    with queries.as_of(engine, code) as session:
        of, data = view.read(session), slides.plenary(session)
    return {
        "package": package.package(of),
        "sheet": setting.pdf(country_sheets(of, ES, "HND"), PAGES),
        "dates": ics.calendar(of, ES, None),
        "workbook": workbook(of, ES, Selection(line="IV")),
        "deck": deck.presentation(data, ES, ["portada", "paises", "acuerdos"], base=""),
    }


def a_late_report(engine, folder, name="late", **values) -> None:
    """Import a report dated before the cut-off on a slot that nobody has reported on."""
    cells = taken(engine).frame("cells")
    free = cells.loc[cells["due"] & cells["state"].isna()].iloc[0]
    row = REPORT | {"country": free["country"], "activity": free["activity"],
                    "semester": free["semester"], "reported_on": "2019-11-10",
                    "data_kind": "demostracion"} | values  # fmt: skip
    import_files(
        engine, [a_file(folder, row, name=f"{name}.csv")], by="tests", confirmed=EVERY_PLACE
    )


def a_correction(engine, folder) -> None:
    """Import another word on a slot of Honduras that is reported on, dated before the cut-off."""
    cells = taken(engine).frame("cells")
    said = cells.loc[(cells["country"] == "HND") & (cells["state"] == "en_curso")].iloc[0]
    day = max(said["reported_on"], date(2019, 11, 1)).isoformat()
    a_late_report(engine, folder, "correction", country="HND", activity=said["activity"],
                  semester=said["semester"], percent="1", reported_on=day)  # fmt: skip


def everything_happens(engine, folder) -> None:
    """Do whatever may still happen to a store: each changes what the cut-off shows, or might."""
    a_late_report(engine, folder)
    a_correction(engine, folder)
    with db.reading(engine) as session:
        batch = int(queries.batches(session)["batch_id"].max())
    review.withdraw(engine, EVA, batch, reason="Un error", today=date(2019, 11, 12))
    review.close(engine, EVA, "HND", "2018-2", comment="Cerrado")
    agreements.note(engine, EVA, "Algo", Pins(line="IV"), **DUTY, meeting=MEETING)
    row = {"meeting": MEETING, "name_es": "Otra", "name_en": "Other", "held_on": "2019-12-01",
           "corte": "2019-11-15", "data_kind": "demostracion"}  # fmt: skip
    import_files(engine, [a_file(folder, row, name="m.csv", subject="meetings")], by="tests")
    files_of_plan = copied_plan(folder)
    changed(files_of_plan, "countries.csv", "Honduras,", "Hondurasss,")
    changed(files_of_plan, "activities.csv", "Continuo", "I Semestre")
    plan.load(engine, files_of_plan, by="tests")


def test_later_acts_change_no_byte_of_what_is_taken_home(store, tmp_path):
    code = snapshots.create(store, EVA, meeting=MEETING).snapshot
    before = files(store, code)
    live = package.package(taken(store))
    everything_happens(store, tmp_path)
    assert files(store, code) == before
    assert package.package(taken(store)) != live


def test_a_snapshot_of_before_agreements_were_work_proves_whatever_becomes_of_them(
    store, monkeypatch
):
    number = agreements.note(store, EVA, "Algo", Pins(line="IV"), **DUTY, meeting=MEETING)
    with monkeypatch.context() as earlier:
        earlier.setattr(content, "FORM", 2)
        older = snapshots.create(store, EVA, meeting=MEETING)
    newer = snapshots.create(store, EVA, meeting=MEETING)
    assert older.content_sha256.startswith("v2:")
    assert newer.content_sha256.startswith("v3:")
    agreements.complete(store, EVA, number, how="Se envió")
    with db.reading(store) as session:
        assert snapshots.verify(session) == []


@pytest.mark.parametrize("act", [a_late_report, a_correction])
def test_a_late_import_changes_the_cutoff_and_not_the_snapshot(store, tmp_path, act):
    code = snapshots.create(store, EVA, meeting=MEETING).snapshot
    before, live = taken(store, code).frame("cells"), taken(store).frame("cells")
    assert before.equals(live)
    act(store, tmp_path)
    assert not taken(store).frame("cells").equals(live)
    assert taken(store, code).frame("cells").equals(before)


def test_a_withdrawal_changes_nothing_of_a_snapshot(store):
    code = snapshots.create(store, EVA, meeting=MEETING).snapshot
    before = len(taken(store, code).frame("reports"))
    batch = int(taken(store).frame("reports")["batch_id"].max())
    review.withdraw(store, EVA, batch, reason="Un error", today=date(2018, 1, 1))
    assert len(taken(store).frame("reports")) < before
    assert len(taken(store, code).frame("reports")) == before


def test_what_is_accepted_later_is_not_in_it(store, tmp_path):
    row = {"country": "HND", "activity": "I.1.1", "semester": "2017-1", "percent": "1",
           "reported_on": "2019-11-14", "data_kind": "demostracion"}  # fmt: skip
    (sent,) = review.submit(store, operator("Ana"), read_files([a_file(tmp_path, row)]),
                            note="x", today=date(2019, 11, 14))  # fmt: skip
    code = snapshots.create(store, EVA, meeting=MEETING).snapshot
    before = taken(store, code).frame("reports")
    review.accept(store, EVA, sent.batch_id, today=date(2019, 11, 14))
    assert not taken(store).frame("reports").equals(before)
    assert taken(store, code).frame("reports").equals(before)


def test_the_rules_are_the_snapshots_own(store, tmp_path):
    code = snapshots.create(store, EVA, meeting=MEETING).snapshot
    load_thresholds(store, tmp_path, cobertura=99, plazo=1)
    own, now = taken(store, code).thresholds, taken(store).thresholds
    assert (own.coverage, own.grace_days) == (0.5, 60)
    assert (now.coverage, now.grace_days) == (0.99, 1)


def test_an_earlier_cutoff_of_a_snapshot_is_as_it_was_too(store, tmp_path):
    code = snapshots.create(store, EVA, meeting=MEETING).snapshot
    day = date(2019, 6, 7)

    def then(code=""):
        with queries.as_of(store, code) as session:
            return queries.reports_in_force(session, day)

    before = then(code)
    a_late_report(store, tmp_path, reported_on="2019-06-01")
    assert len(then()) == len(before) + 1
    assert then(code).equals(before)


def test_the_id_is_the_cutoff_and_the_hash_of_what_is_shown(store):
    made = snapshots.create(store, EVA, meeting=MEETING)
    assert made.snapshot == f"2019-11-15-{made.digest[:10]}"


def test_the_same_picture_under_the_same_name_is_kept_once(store):
    made = [snapshots.create(store, EVA, meeting=MEETING) for _ in range(2)]
    assert made[0] == made[1]
    with db.reading(store) as session:
        assert list(queries.snapshots(session)["snapshot"]) == [made[0].snapshot]


def test_another_picture_or_another_name_has_another_id(store, tmp_path):
    first = snapshots.create(store, EVA, meeting=MEETING).snapshot
    second = snapshots.create(store, EVA, meeting=MEETING, name="Acta").snapshot
    a_late_report(store, tmp_path)
    third = snapshots.create(store, EVA, meeting=MEETING).snapshot
    assert len({first, second, third}) == 3


def test_two_stores_that_say_the_same_with_the_same_salts_give_the_same_id(
    engine, database_url_of_same_kind
):
    second = db.connect(database_url_of_same_kind)
    db.upgrade(second)
    plan.load(second, settings.plan_folder(), by="others")
    with db.writing(second) as session:
        # Numbers of rows differ from those of the first store.
        db.audit(session, actor="others", action="note", object="x", detail={})
    for one in (engine, second):
        a_report(one)
    ids = {snapshots.create(one, EVA, name="Acta").snapshot for one in (engine, second)}
    second.dispose()
    assert len(ids) == 1


def test_the_audit_trail_stays_in_order_and_names_the_snapshot(engine):
    a_report(engine)
    made = snapshots.create(engine, EVA, name="Acta")
    with db.reading(engine) as session:
        assert db.verify(session) == []
        assert snapshots.verify(session) == []
        said = session.execute(text("SELECT object FROM audit ORDER BY seq DESC")).scalar()
    assert said == f"snapshot:{made.snapshot}"


def test_the_audit_tells_of_an_altered_snapshot(store):
    snapshots.create(store, EVA, name="Acta")
    with store.begin() as connection:
        connection.execute(text("DROP TRIGGER append_only_snapshot_update"))
        connection.execute(text("UPDATE snapshot SET threshold = 0.1"))
    with db.reading(store) as session:
        assert [problem.rule for problem in db.verify(session)] == ["altered_act"]
        assert [problem.rule for problem in snapshots.verify(session)] == ["altered_snapshot"]


def test_the_audit_tells_where_a_snapshot_shows_something_else(store):
    snapshots.create(store, EVA, meeting=MEETING)
    with store.begin() as connection:
        connection.execute(text("DROP TRIGGER append_only_slot_delete"))
        connection.execute(text("DELETE FROM slot WHERE activity = 'IV.3.2'"))
    with db.reading(store) as session:
        assert db.verify(session) == []
        assert [problem.rule for problem in snapshots.verify(session)] == ["altered_snapshot"]


def test_down_and_up_again_keeps_the_snapshots(engine):
    a_report(engine)
    made = snapshots.create(engine, EVA, name="Acta")
    downgrade(engine, "0006")
    db.upgrade(engine)
    with db.reading(engine) as session:
        assert queries.snapshot(session, made.snapshot) == made
        assert db.verify(session) == []


def test_a_backup_keeps_the_snapshots(engine, database_url_of_same_kind, tmp_path):
    a_report(engine)
    made = snapshots.create(engine, EVA, name="Acta")
    db.backup(engine, tmp_path / "copy")
    second = db.connect(database_url_of_same_kind)
    db.restore(tmp_path / "copy", second)
    with queries.as_of(second, made.snapshot) as session:
        assert queries.snapshot(session, made.snapshot) == made
        assert len(queries.reports_in_force(session, made.corte)) == 1
        assert snapshots.verify(session) == []
    second.dispose()


def test_nobody_but_the_secretariat_makes_one(store):
    with pytest.raises(AccessDenied):
        snapshots.create(store, ANONYMOUS, meeting=MEETING)


def test_every_fault_is_told_at_once(store):
    with pytest.raises(SnapshotRefused) as caught:
        snapshots.create(store, EVA, name="x" * 121, meeting="m")
    assert [one.rule for one in caught.value.problems] == ["name_too_long", "unknown_meeting"]
    with pytest.raises(SnapshotRefused, match="has no name"):
        snapshots.create(store, EVA)


def test_an_unknown_id_is_said_to_be_one(store):
    with pytest.raises(StoreError, match="no such snapshot"):
        taken(store, "2019-11-15-0000000000")


def test_a_snapshot_is_found_however_its_id_is_spelt(store):
    made = snapshots.create(store, EVA, meeting=MEETING)
    with queries.as_of(store, f" {made.snapshot.upper()} ") as session:
        assert session.pin == made


def test_what_is_taken_home_names_the_snapshot(store):
    code = snapshots.create(store, EVA, meeting=MEETING).snapshot
    with queries.as_of(store, code) as session:
        of, data = view.read(session), slides.plenary(session)
    assert code in next(country_sheets(of, ES, "HND")).foot
    made = slides.deck(data, ES, ["portada"])
    assert code in " ".join(made.slides[0].footer)
    assert made.slides[0].query["instantanea"] == code
    assert code in package.citation(of, ES, "x")


def test_the_shell_makes_lists_shows_and_writes_a_snapshot(store, tmp_path, monkeypatch):
    monkeypatch.setenv("CRMDATA_DATABASE_URL", store.url.render_as_string(hide_password=False))
    monkeypatch.chdir(tmp_path)

    def run(*args: str) -> str:
        result = CliRunner().invoke(app, ["--lang", "en", *args])
        assert result.exit_code == 0, result.output
        return result.stdout

    assert "No snapshot" in run("snapshot", "list")
    code = run("snapshot", "create", "--reunion", MEETING, "--by", "Eva").split()[1]
    assert f"{code}  " in run("snapshot", "list")
    assert "It shows what it showed" in run("snapshot", "show", code)
    run("package", "--instantanea", code)
    written = tmp_path / f"datos-{code}-demostracion.zip"
    assert written.read_bytes() == package.package(taken(store, code))
    refused = CliRunner().invoke(app, ["package", "--instantanea", code, "--corte", MEETING])
    assert refused.exit_code == 1
