"""What the chain proves, row by row: what is found, how it is named, and what is no fault."""

import json
import shutil
from datetime import date

import pytest
from sqlalchemy import select, text

from crmdata import clock, plan
from crmdata.access import secretariat
from crmdata.errors import Problem, StoreError
from crmdata.intake.reports import import_files
from crmdata.store import db
from crmdata.store.db import proofs
from crmdata.store.db.audit import audit, new_salt
from crmdata.store.db.signed import SALTED, chain_hash, content_hash
from crmdata.store.models import Audit
from crmdata.workflow import agreements, review, snapshots
from crmdata.workflow.agreements.noting import Pins
from crmdata.workflow.redaction.acting import Why, take_out
from crmdata.workflow.redaction.places import Spot, everywhere
from tests.sheets import a_file
from tests.support import DUTY, changed, copied_plan
from tests.test_proofs import by_the_owner

EVA = secretariat("Eva")
DECIDED = date(2019, 1, 2)
WHY = Why("Eva", "secretariat", "eva", "Era un nombre", "It was a name")


@pytest.fixture(scope="module")
def prepared(sqlite_with_plan, tmp_path_factory):
    """Return a file with an act of each kind, for tests to copy."""
    folder = tmp_path_factory.mktemp("proofs")
    file = shutil.copy(sqlite_with_plan, folder / "acts.sqlite3")
    engine = db.connect(f"sqlite:///{file}")
    files = [
        a_file(folder, {}, {"activity": "I.1.2"}),
        a_file(folder, name="c.csv", subject="cooperation"),
        a_file(folder, name="m.csv", subject="meetings"),
        a_file(folder, {"country": "GTM"}, name="g.csv"),
    ]
    import_files(engine, files, by="Ana")
    review.withdraw(engine, EVA, 1, rows=[1], reason="Un error", today=DECIDED)
    review.close(engine, EVA, "HND", "2018-1", today=DECIDED)
    agreed = agreements.note(engine, EVA, "Se acordó", Pins(line="IV", country="HND"), **DUTY)
    agreements.complete(engine, EVA, agreed, how="Se envió")
    snapshots.create(engine, EVA, name="Acta")
    reason = Spot("review_act", seq_of(engine, "withdraw"), "text")
    with db.writing(engine) as session:
        spots = [Spot("cooperation", 1, "text"), Spot("report", 2, "narrative"), reason]
        take_out(session, everywhere(session, spots), WHY)
    review.reopen(engine, EVA, "HND", "2018-1", reason="Falta", today=DECIDED)
    plan_folder = copied_plan(folder)
    changed(plan_folder, "countries.csv", "biz;bz;blc", "biz;bz")
    plan.load(engine, plan_folder, by="Ana")
    engine.dispose()
    return file


@pytest.fixture
def acts(prepared, tmp_path):
    engine = db.connect(f"sqlite:///{shutil.copy(prepared, tmp_path / 'acts.sqlite3')}")
    yield engine
    engine.dispose()


def found(engine, *sql: str) -> list[Problem]:
    """Return what is found once the owner of the database has done this."""
    with by_the_owner(engine) as execute:
        for each in sql:
            execute(each)
    with db.reading(engine) as session:
        return [*proofs.verify(session), *proofs.verify_plan(session)]


def named(problems: list[Problem]) -> list[tuple[str, object]]:
    """Return each rule with what it names."""
    return [(each.rule, *(each.values or {}).values()) for each in problems]


def chain(engine) -> list[Audit]:
    with db.reading(engine) as session:
        rows = list(session.scalars(select(Audit).order_by(text("seq"))))
        session.expunge_all()
    return rows


def seq_of(engine, action: str) -> int:
    return next(row.seq for row in chain(engine) if row.action == action)


def test_a_store_with_every_kind_of_act_is_in_order(acts):
    assert found(acts) == []


# The chain


def test_an_altered_row_of_the_chain_is_named_alone(acts):
    seq = seq_of(acts, "snapshot")
    sql = f"UPDATE audit SET object = object || 'x' WHERE seq = {seq}"
    assert named(found(acts, sql)) == [("broken_chain", seq)]


@pytest.mark.parametrize("first", [True, False])
def test_a_row_taken_out_of_the_chain_is_found_though_those_behind_it_are_hashed_anew(acts, first):
    rows = chain(acts)
    gone = rows[0] if first else rows[2]
    sql = [f"DELETE FROM audit WHERE seq = {gone.seq}"]
    for row in rows[gone.seq :]:
        before, row.seq = row.seq, row.seq - 1
        sql.append(f"UPDATE audit SET seq = {row.seq}, hash = '{chain_hash(row)}' "
                   f"WHERE seq = {before}")  # fmt: skip
    assert ("broken_chain", gone.seq) in named(found(acts, *sql))


def test_of_two_faults_both_are_found(acts):
    sql = ["UPDATE audit SET object = 'x' WHERE seq = 1", "UPDATE snapshot SET name = 'Otra'"]
    rules = {problem.rule for problem in found(acts, *sql)}
    assert {"broken_chain", "altered_act"} <= rules


def test_what_cannot_be_read_is_told_in_its_own_words(acts):
    problems = found(acts, "UPDATE mark SET kind = 'nada'")
    (told,) = [each for each in problems if each.rule == "unreadable"]
    assert "nada" in told.text()


def test_text_that_no_program_can_read_is_told_as_such(acts):
    problems = found(acts, "UPDATE report SET narrative = CAST(x'ff41' AS TEXT)")
    assert "unreadable" in [each.rule for each in problems]


def test_a_row_of_another_version_is_told_with_it(acts):
    assert ("unknown_proof", "audit:2", "v99") in named(
        found(acts, "UPDATE audit SET hash = 'v99:a:b' WHERE seq = 2")
    )


def test_a_redacted_row_that_its_redaction_signs_otherwise_is_the_broken_one(acts):
    seq, redaction = seq_of(acts, "withdraw"), seq_of(acts, "redact")
    _, after = json.loads(chain(acts)[redaction - 1].detail)["changed"][f"audit:{seq}"]
    sql = f"UPDATE audit SET detail = replace(detail, '{after}', 'v99:a') WHERE seq = {redaction}"
    assert named(found(acts, sql))[0] == ("broken_chain", seq)


def test_a_row_of_an_earlier_version_that_this_one_redacted_is_in_order(sqlite_with_plan, tmp_path):
    engine = db.connect(f"sqlite:///{shutil.copy(sqlite_with_plan, tmp_path / 'old.sqlite3')}")
    import_files(engine, [a_file(tmp_path)], by="Ana")
    review.withdraw(engine, EVA, 1, reason="Un error", today=DECIDED)
    rows, previous = chain(engine), ""
    with by_the_owner(engine) as execute:
        for row in rows:
            row.previous = previous
            previous = chain_hash(row, SALTED)
            execute(f"UPDATE audit SET previous = '{row.previous}', hash = '{previous}' "
                    f"WHERE seq = {row.seq}")  # fmt: skip
    reason = Spot("review_act", seq_of(engine, "withdraw"), "text")
    with db.writing(engine) as session:
        take_out(session, everywhere(session, [reason]), WHY)
    assert found(engine) == []
    engine.dispose()


# The order of time

EARLY = "at = '2001-01-01T00:00:00Z'"


def went_back(problems: list[Problem]) -> list[object]:
    return [each.values["seq"] for each in problems if each.rule == "clock_went_back"]


def test_an_act_before_the_one_before_it_is_named(acts):
    seq = seq_of(acts, "snapshot")
    assert went_back(found(acts, f"UPDATE audit SET {EARLY} WHERE seq = {seq}")) == [seq]


def test_acts_of_one_moment_are_in_order(acts):
    assert went_back(found(acts, f"UPDATE audit SET {EARLY}")) == []


@pytest.mark.parametrize(
    "change", ["action = 'correct_clock'", "action = 'redact'", f"hash = '{'a' * 64}'"]
)
def test_an_act_that_no_clock_was_asked_for_may_be_dated_before(acts, change):
    seq = seq_of(acts, "snapshot")
    sql = f"UPDATE audit SET {EARLY}, {change} WHERE seq = {seq}"
    assert seq not in went_back(found(acts, sql))


def test_an_act_behind_one_that_no_clock_was_asked_for_is_held_to_the_clock_again(acts):
    last = chain(acts)[-1].seq
    assert seq_of(acts, "redact") < last
    assert went_back(found(acts, f"UPDATE audit SET {EARLY} WHERE seq = {last}")) == [last]


# What is signed and what follows from it


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("UPDATE report SET percent = 1 WHERE id = 1", ("altered_batch", "batch:1")),
        ("UPDATE cooperation SET modality = 'financiera'", ("altered_batch", "batch:2")),
        ("UPDATE line SET title = title || 'x' WHERE line = 'IV'",
         ("altered_plan", "plan_version:1")),
        ("UPDATE country SET name_es = 'x' WHERE country = 'HND'", ("altered_places", "places")),
        ("UPDATE other_name SET country = 'GTM'", ("altered_words", "words")),
        ("DELETE FROM slot WHERE activity = 'IV.3.2'", ("altered_plan", "plan_version:1")),
        ("UPDATE slot SET quarter = 1 - quarter WHERE activity = 'IV.4.1'",
         ("altered_plan", "plan_version:1")),
        ("INSERT INTO activity VALUES ('X.9.9')", ("altered_codes", "activity")),
        ("INSERT INTO semester VALUES ('2030-1', '2030-01-01', '2030-06-30')",
         ("altered_codes", "semester")),
    ],
)  # fmt: skip
def test_what_is_not_as_it_was_signed_is_named_alone(acts, sql, told):
    assert set(named(found(acts, sql))) == {told}


def test_a_signature_of_another_version_is_told_with_it(acts):
    seq = seq_of(acts, "import")
    problems = found(acts, f"UPDATE audit SET content_sha256 = 'v99:a:b' WHERE seq = {seq}")
    assert [tuple(name)[-1] for name in named(problems) if name[0] == "unknown_proof"] == ["v99"]


@pytest.mark.parametrize(
    ("check", "told"), [(proofs.verify, {"batch:1"}), (proofs.verify_plan, {"plan_version:1"})]
)
def test_the_batches_are_asked_for_by_one_question_and_the_plan_by_another(acts, check, told):
    with by_the_owner(acts) as execute:
        execute("UPDATE report SET percent = 1 WHERE id = 1")
        execute("UPDATE line SET title = title || 'x' WHERE line = 'IV'")
    with db.reading(acts) as session:
        assert {each.values["what"] for each in check(session)} == told


@pytest.mark.parametrize(
    ("batch", "version", "is_altered"),
    [(4, SALTED - 1, True), (4, SALTED, False), (3, SALTED - 1, False)],
)
def test_a_batch_with_salts_is_signed_by_a_version_that_knows_them(
    acts, batch, version, is_altered
):
    with db.reading(acts) as session:
        older = content_hash(session, f"batch:{batch}", version)
    sql = f"UPDATE audit SET content_sha256 = '{older}' WHERE object = 'batch:{batch}'"
    problems = named(found(acts, sql))
    assert (("altered_batch", f"batch:{batch}") in problems) == is_altered


# Decisions, on either side


@pytest.mark.parametrize(
    ("sql", "action"),
    [
        ("DELETE FROM review_act WHERE step = 'withdrawn'", "withdraw"),
        ("UPDATE review_act SET text = 'x' WHERE step = 'withdrawn'", "withdraw"),
        ("DELETE FROM review_row", "withdraw"),
        ("UPDATE closing_act SET country = 'GTM' WHERE step = 'closed'", "close"),
        ("DELETE FROM closing_act WHERE step = 'reopened'", "reopen"),
        ("UPDATE agreement SET text = 'x' WHERE step = 'noted'", "note_agreement"),
        ("UPDATE agreement SET agreement = seq WHERE step = 'done'", "complete_agreement"),
        ("UPDATE agreement SET due_on = NULL WHERE step = 'noted'", "note_agreement"),
        ("DELETE FROM agreement WHERE step = 'done'", "complete_agreement"),
        ("UPDATE snapshot SET name = 'x'", "snapshot"),
        ("DELETE FROM snapshot", "snapshot"),
        ("DELETE FROM redaction WHERE position = 1", "redact"),
        ("UPDATE redaction SET position = 9 WHERE position = 2", "redact"),
    ],
)
def test_an_act_that_does_not_say_what_the_chain_says_is_named(acts, sql, action):
    told = [name for name in named(found(acts, sql)) if name[0] == "altered_act"]
    assert told == [("altered_act", seq_of(acts, action))]


def test_rows_that_no_act_names_are_found(acts):
    sql = "INSERT INTO review_row VALUES (9999, 1)"
    assert named(found(acts, sql)) == [("altered_act", 9999)]


def test_an_import_from_before_the_review_says_less_and_is_its_act_all_the_same(acts):
    seq = seq_of(acts, "import")
    problems = found(
        acts,
        f"UPDATE audit SET detail = '{{}}' WHERE seq = {seq}",
        f"UPDATE review_act SET day = (SELECT substr(at, 1, 10) FROM audit WHERE seq = {seq}), "
        f"role = 'operator', identity = 'ana', text = '' WHERE seq = {seq}",
    )
    assert "altered_act" not in [each.rule for each in problems]


# A row of the chain as it is written


def told(engine, **detail: str) -> Audit:
    with db.writing(engine) as session:
        row = audit(session, actor="Eva", action="note", object="x", detail=detail,
                    content_sha256="v4:a")  # fmt: skip
        session.expunge(row)
    return row


def test_an_act_is_written_behind_the_last_one_as_it_was_told(acts):
    last = chain(acts)[-1]
    row = told(acts, b="ñ", a="1")
    assert (row.seq, row.previous, row.hash) == (last.seq + 1, last.hash, chain_hash(row))
    assert (row.actor, row.action, row.object) == ("Eva", "note", "x")
    assert (row.detail, row.content_sha256) == ('{"a": "1", "b": "ñ"}', "v4:a")
    assert last.at <= row.at <= clock.utc_now()


def test_what_must_go_waits_for_no_clock_and_all_else_does(acts):
    found(acts, "UPDATE audit SET at = '2099-01-01T00:00:00Z'")
    with db.writing(acts) as session:
        row = audit(session, actor="Eva", action="redact", object="x", detail={"targets": []})
        assert row.at <= clock.utc_now()
    with pytest.raises(StoreError), db.writing(acts) as session:
        audit(session, actor="Eva", action="note", object="x", detail={})


def test_the_first_act_has_nothing_before_it(acts):
    first = chain(acts)[0]
    assert (first.seq, first.previous) == (1, "")


def test_a_salt_is_32_random_digits():
    assert len(new_salt()) == 32
    assert new_salt() != new_salt()
