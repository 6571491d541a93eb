"""Clocks that are wrong: no act is dated before the last one, none long after it unasked."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from crmdata import clock, plan, settings, start
from crmdata.access import operator
from crmdata.cli.main import app
from crmdata.errors import ReviewRefused, StoreError
from crmdata.intake.reports import check, import_files, read_files
from crmdata.store import db, queries
from crmdata.store.models import Audit
from crmdata.store.queries.frames import table
from crmdata.workflow import agreements, review
from crmdata.workflow.agreements import Pins
from tests.doors import ANA, DOORS, EVA, prepared
from tests.sheets import a_file
from tests.support import DUTY, changed, copied_plan, it_is

OTO = operator("Oto")
SECONDS, DAYS = timedelta(seconds=1), timedelta(days=1)


def last(engine) -> datetime:
    with db.reading(engine) as session:
        at = table(Audit).c
        newest = select(at.at).order_by(at.seq.desc()).limit(1)
        return clock.moment(session.execute(newest).scalar_one())


def acts(engine) -> list[tuple[str, str]]:
    with db.reading(engine) as session:
        rows = table(Audit).c
        return [
            tuple(row) for row in session.execute(select(rows.action, rows.at).order_by(rows.seq))
        ]


def whole_chain(engine) -> bool:
    with db.reading(engine) as session:
        return db.verify(session) == []


def refused(rule: str, do, *args, **kwargs) -> str:
    with pytest.raises((StoreError, ReviewRefused)) as caught:
        do(*args, **kwargs)
    assert [problem.rule for problem in caught.value.problems] == [rule]
    return str(caught.value)


def note(engine, text="Se acuerda.") -> int:
    return agreements.note(engine, EVA, text, Pins(line="IV"), **DUTY)


# How far a clock may be from the last act


@pytest.mark.parametrize(
    ("step", "rule"),
    [
        (-3650 * DAYS, "clock_behind"), (-DAYS, "clock_behind"), (-3600 * SECONDS, "clock_behind"),
        (-6 * SECONDS, "clock_behind"), (0 * DAYS, None), (SECONDS, None), (29 * DAYS, None),
        (30 * DAYS, None), (30 * DAYS + SECONDS, "clock_ahead"), (3650 * DAYS, "clock_ahead"),
    ],
)  # fmt: skip
def test_an_act_is_dated_after_the_last_one_and_at_most_30_days(engine, monkeypatch, step, rule):
    note(engine)
    before, now = acts(engine), last(engine) + step
    it_is(monkeypatch, now)
    if rule is None:
        note(engine, "Otro.")
        assert last(engine) == now
    else:
        told = refused(rule, note, engine, "Otro.")
        assert acts(engine) == before
        assert clock.written(now) in told
        assert clock.written(before[-1][1]) in told
        assert "crmdata clock confirm" in told


def test_a_clock_set_back_by_seconds_is_waited_for(engine, monkeypatch):
    note(engine)
    behind, begun = last(engine) - 2 * SECONDS, time.monotonic()
    monkeypatch.setattr(clock, "now", lambda: behind + (time.monotonic() - begun) * SECONDS)
    note(engine, "Otro.")
    (_, first), (_, second) = acts(engine)[-2:]
    assert first <= second


def test_a_clock_that_stands_still_behind_the_last_act_is_not_waited_for_without_end(
    engine, monkeypatch
):
    note(engine)
    it_is(monkeypatch, last(engine) - 2 * SECONDS)
    refused("clock_behind", note, engine, "Otro.")


def test_all_that_one_transaction_stores_is_of_one_moment(engine, tmp_path, monkeypatch):
    steps = iter(range(10_000))
    begun = last(engine)
    monkeypatch.setattr(clock, "now", lambda: begun + next(steps) * 7 * SECONDS)
    import_files(engine, [a_file(tmp_path)], by="Ana")
    with db.reading(engine) as session:
        batch = queries.submissions(session).iloc[0]
    assert batch["imported_at"] == batch["decided_at"] == acts(engine)[-1][1]


def test_an_act_around_midnight_is_of_the_day_of_its_moment(engine, monkeypatch):
    midnight = datetime(2026, 1, 1, 6, tzinfo=UTC)
    it_is(monkeypatch, midnight - SECONDS)
    db.confirm_clock(engine, OTO, reason="Por radio")
    note(engine)
    it_is(monkeypatch, midnight)
    note(engine, "Otro.")
    with db.reading(engine) as session:
        days = queries.agreements(session)["agreed_on"].tolist()
    assert days == [date(2025, 12, 31), date(2026, 1, 1)]


@pytest.mark.parametrize("step", [-DAYS, 31 * DAYS])
def test_a_database_without_an_act_asks_nobody(database_url, monkeypatch, step):
    it_is(monkeypatch, clock.now() + step)
    engine = db.connect(database_url)
    db.upgrade(engine)
    assert plan.load(engine, settings.plan_folder(), by="tests").changed
    engine.dispose()


# Every door


@pytest.fixture
def used(engine, tmp_path):
    """Return a database with a batch that counts and one that waits."""
    return prepared(engine, tmp_path)


@pytest.mark.parametrize("rule", ["clock_behind", "clock_ahead"])
@pytest.mark.parametrize("door", DOORS)
def test_every_door_asks_the_clock_and_writes_nothing_by_a_wrong_one(
    used, tmp_path, monkeypatch, door, rule
):
    step = -DAYS if rule == "clock_behind" else 31 * DAYS
    before = acts(used)
    with monkeypatch.context() as patch:
        it_is(patch, last(used) + step)
        refused(rule, DOORS[door], used, tmp_path)
        assert acts(used) == before
        db.confirm_clock(used, OTO, reason="Por el reloj de la sala")
        folder = tmp_path / "again"
        folder.mkdir()
        DOORS[door](used, folder)
    assert len(acts(used)) >= len(before) + 2


@pytest.mark.parametrize("step", [-DAYS, 31 * DAYS])
def test_a_check_warns_of_the_clock(used, tmp_path, monkeypatch, step):
    it_is(monkeypatch, last(used) + step)
    file = a_file(tmp_path, {"activity": "I.1.3"}, name="c.csv")
    checked = check(used, read_files([file]))
    assert [problem.rule for problem in checked.warnings][:1] == [
        "clock_behind" if step < 0 * DAYS else "clock_ahead"
    ]


# A wrong clock ended


def test_an_act_written_at_2031_does_not_lock_the_store(engine, tmp_path, monkeypatch):
    right = last(engine) + SECONDS
    it_is(monkeypatch, datetime(2031, 5, 1, tzinfo=UTC))
    db.confirm_clock(engine, ANA, reason="Estaba distraída")
    note(engine)
    it_is(monkeypatch, right)
    refused("clock_behind", import_files, engine, [a_file(tmp_path)], by="Ana")
    db.confirm_clock(engine, OTO, reason="El reloj decía 2031")
    import_files(engine, [a_file(tmp_path)], by="Ana")
    *_, (word, at), (_, then) = acts(engine)
    assert (word, at) == ("correct_clock", right.strftime("%Y-%m-%dT%H:%M:%SZ"))
    assert then == at
    assert whole_chain(engine)


def test_a_withdrawal_that_a_wrong_clock_dated_ahead_is_taken_again(used, tmp_path, monkeypatch):
    right = last(used) + SECONDS
    today = clock.day_of(right)
    it_is(monkeypatch, right + 3650 * DAYS)
    db.confirm_clock(used, OTO, reason="Sin mirar")
    review.withdraw(used, EVA, 1, reason="De otro país")
    it_is(monkeypatch, right)
    db.confirm_clock(used, OTO, reason="El reloj decía otro año")
    with db.reading(used) as session:
        assert len(queries.reports_in_force(session, today)) == 1
    review.withdraw(used, EVA, 1, reason="De otro país")
    with db.reading(used) as session:
        assert len(queries.reports_in_force(session, today)) == 0
    refused("not_the_next_step", review.withdraw, used, EVA, 1, reason="De otro país")
    assert whole_chain(used)


def test_a_closing_that_a_wrong_clock_dated_ahead_is_taken_again(used, monkeypatch):
    right = last(used) + SECONDS
    it_is(monkeypatch, right + 3650 * DAYS)
    db.confirm_clock(used, OTO, reason="Sin mirar")
    review.close(used, EVA, "GTM", "2018-1")
    it_is(monkeypatch, right)
    db.confirm_clock(used, OTO, reason="El reloj decía otro año")
    review.close(used, EVA, "GTM", "2018-1")
    with db.reading(used) as session:
        assert len(queries.closed_periods(session, clock.day_of(right))) == 1


def test_a_word_on_the_clock_says_who_why_and_both_times(engine, monkeypatch):
    before = last(engine)
    it_is(monkeypatch, before + 40 * DAYS)
    db.confirm_clock(engine, OTO, reason=" Por radio ")
    with db.reading(engine) as session:
        row = queries.audit_trail(session, limit=1).to_dict("records")[0]
    assert (row["action"], row["actor"]) == ("confirm_clock", "Oto")
    assert row["detail"]["text"] == "Por radio"
    assert clock.moment(row["detail"]["last"]) == before
    assert clock.moment(row["at"]) == before + 40 * DAYS


def test_a_word_on_the_clock_needs_a_reason_and_a_doubt(engine, monkeypatch):
    refused("clock_in_order", db.confirm_clock, engine, OTO, reason="Por radio")
    it_is(monkeypatch, last(engine) + 40 * DAYS)
    refused("text_required", db.confirm_clock, engine, OTO, reason=" ")


def test_the_command_line_confirms_the_clock(engine, tmp_path, monkeypatch):
    it_is(monkeypatch, last(engine) + 40 * DAYS)
    url = engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("CRMDATA_DATABASE_URL", url)

    def said(*args):
        result = CliRunner().invoke(app, ["--lang", "en", *map(str, args)])
        return result.exit_code, result.output

    code, told = said("import", a_file(tmp_path), "--by", "Ana")
    assert (code, "more than 30 days after the last act" in told) == (1, True)
    code, told = said("clock", "confirm", "--by", "Oto", "--reason", "Por radio")
    assert (code, clock.written(clock.now()) in told) == (0, True)
    assert said("import", a_file(tmp_path), "--by", "Ana")[0] == 0


# Starts


def test_a_demonstration_store_of_long_ago_starts_and_takes_a_changed_plan(
    demo_file, tmp_path, monkeypatch
):
    url = f"sqlite:///{tmp_path / 'own.sqlite3'}"
    (tmp_path / "own.sqlite3").write_bytes(demo_file.read_bytes())
    it_is(monkeypatch, clock.now() + 400 * DAYS)
    before = acts(start.prepare(url))
    folder = copied_plan(tmp_path)
    changed(folder, "countries.csv", "Honduras", "Honduras.")
    monkeypatch.setenv("CRMDATA_PLAN_DIR", str(folder))
    assert [name for name, _ in acts(start.prepare(url))[len(before) :]] == [
        "confirm_clock", "load_plan",
    ]  # fmt: skip


def test_a_start_of_a_real_store_of_long_ago_shows_the_plan_that_it_has(
    engine, tmp_path, monkeypatch
):
    it_is(monkeypatch, clock.now() + 400 * DAYS)
    folder = copied_plan(tmp_path)
    changed(folder, "countries.csv", "Honduras", "Honduras.")
    monkeypatch.setenv("CRMDATA_PLAN_DIR", str(folder))
    before = acts(engine)
    start.prepare(engine.url.render_as_string(hide_password=False)).dispose()
    assert acts(engine) == before


# What is found afterwards


def written_by(engine, moment: datetime, action: str = "note_agreement") -> None:
    """Write an act past the clock's question."""
    with db.writing(engine) as session:
        session.info["crmdata_moment"] = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        db.audit(session, actor="x", action=action, object="x", detail={})


def found(engine) -> list[str]:
    with db.reading(engine) as session:
        return [problem.rule for problem in db.verify(session)]


def test_an_act_dated_before_the_one_before_it_is_found(engine):
    written_by(engine, last(engine) - SECONDS, "x")
    assert "clock_went_back" in found(engine)


def test_a_corrected_clock_alone_may_go_back(engine):
    written_by(engine, last(engine) - DAYS, "correct_clock")
    assert found(engine) == []


def test_what_an_upgrade_signs_by_itself_asks_nobody_and_is_no_act_to_follow(engine, monkeypatch):
    right = last(engine) + SECONDS
    it_is(monkeypatch, right + 400 * DAYS)
    with db.writing(engine) as session:
        db.audit(session, actor="crmdata", action=db.SIGN_ACTION, object="store", detail={})
    it_is(monkeypatch, right)
    note(engine)
    assert found(engine) == []
