"""The review on both databases: what counts when, who is told what, and that nothing is lost."""

import multiprocessing
from datetime import date

import pytest

from crmdata import access
from crmdata.access import Actor, Role
from crmdata.errors import AccessDenied, ImportRefused, ReviewRefused
from crmdata.i18n import words_for
from crmdata.intake.reports import import_files, read_files
from crmdata.store import db, queries
from crmdata.store.queries import Provisional
from crmdata.terms import Stage
from crmdata.workflow import review
from tests.patience import PATIENCE
from tests.sheets import REPORT, a_file
from tests.support import accept_at_once

ANA = Actor("Ana", Role.FOCAL_POINT, country="HND", email="ana@hnd.example")
EVA = Actor("Eva", Role.SECRETARIAT, email="eva@crm.example", editors=2)
LUZ = Actor("Luz", Role.SECRETARIAT, email="luz@crm.example", editors=2)
ALONE = Actor("Sola", Role.SECRETARIAT)
SENT, ACCEPTED, LATER = date(2018, 8, 1), date(2018, 9, 1), date(2018, 10, 1)


def submitted(engine, tmp_path, *changes, actor=ANA, day=SENT, name="r.csv") -> int:
    """Submit a file; return its batch."""
    (stored,) = review.submit(
        engine, actor, read_files([a_file(tmp_path, *changes, name=name)]), today=day
    )
    return stored.batch_id


def picture(engine, cutoff: date, provisional=None) -> list[float]:
    """Return the percents that are in force."""
    with db.reading(engine) as session:
        return queries.reports_in_force(session, cutoff, provisional=provisional)[
            "percent"
        ].tolist()


def refused(rule: str, do, *args, **kwargs) -> str:
    """Return the sentence of a refusal that must bear the rule."""
    with pytest.raises((AccessDenied, ReviewRefused, ImportRefused)) as caught:
        do(*args, **kwargs)
    assert [problem.rule for problem in caught.value.problems] == [rule]
    return str(caught.value)


def whole_chain(engine) -> bool:
    with db.reading(engine) as session:
        return db.verify(session) == []


# What counts, and from when


def test_what_is_submitted_counts_nowhere(engine, tmp_path):
    submitted(engine, tmp_path)
    assert picture(engine, date.max) == []


def test_what_is_accepted_counts_from_the_day_it_was(engine, tmp_path):
    batch = submitted(engine, tmp_path)
    review.accept(engine, EVA, batch, today=ACCEPTED)
    assert picture(engine, date(2018, 8, 31)) == []
    assert picture(engine, ACCEPTED) == [45.0]
    assert whole_chain(engine)


def test_what_is_imported_directly_counts_from_the_day_it_was_reported_on(engine, tmp_path):
    import_files(engine, [a_file(tmp_path)], by="Ana")
    assert picture(engine, date(2018, 7, 14)) == []
    assert picture(engine, date(2018, 7, 15)) == [45.0]


def test_an_import_may_be_left_to_the_review(engine, tmp_path):
    import_files(engine, [a_file(tmp_path)], by="Ana", submit=True)
    assert picture(engine, date.max) == []


def test_an_accepted_correction_leaves_the_picture_of_the_meeting_before(engine, tmp_path):
    import_files(engine, [a_file(tmp_path)], by="Ana")
    change = {"percent": "60", "reported_on": "2018-07-20"}
    batch = submitted(engine, tmp_path, change, name="c.csv")
    review.accept(engine, EVA, batch, today=ACCEPTED)
    assert picture(engine, SENT) == [45.0]
    assert picture(engine, ACCEPTED) == [60.0]


def test_what_is_withdrawn_leaves_the_picture_from_that_day_on_and_the_record_stays(
    engine, tmp_path
):
    import_files(engine, [a_file(tmp_path)], by="Ana")
    review.withdraw(engine, EVA, 1, reason="Era de otro país", today=LATER)
    assert picture(engine, date(2018, 9, 30)) == [45.0]
    assert picture(engine, LATER) == []
    with db.reading(engine) as session:
        kept = queries.report_history(session, LATER, withdrawn=True)
        assert kept["withdrawn_on"].tolist() == [LATER]
    assert whole_chain(engine)


def test_a_withdrawn_correction_gives_way_to_the_report_before(engine, tmp_path):
    import_files(engine, [a_file(tmp_path)], by="Ana")
    change = {"percent": "60", "reported_on": "2018-07-20"}
    import_files(engine, [a_file(tmp_path, change, name="c.csv")], by="Ana")
    review.withdraw(engine, EVA, 2, reason="Un error", today=LATER)
    assert picture(engine, LATER) == [45.0]


def test_cooperation_waits_and_leaves_as_reports_do(engine, tmp_path):
    oim = Actor("Luis", Role.PARTNER, partner="OIM")
    file = a_file(tmp_path, name="k.csv", subject="cooperation")
    (stored,) = review.submit(engine, oim, read_files([file]), today=SENT)

    def lines(day: date) -> int:
        with db.reading(engine) as session:
            return len(queries.cooperation_in_force(session, day))

    assert lines(LATER) == 0
    review.accept(engine, EVA, stored.batch_id, today=ACCEPTED)
    assert lines(ACCEPTED) == 1
    review.withdraw(engine, EVA, stored.batch_id, reason="Un error", today=LATER)
    assert (lines(date(2018, 9, 30)), lines(LATER)) == (1, 0)


def test_a_withdrawn_meeting_is_no_cutoff_any_more(engine, tmp_path):
    import_files(engine, [a_file(tmp_path, name="m.csv", subject="meetings")], by="Ana")
    review.withdraw(engine, EVA, 1, reason="Fecha equivocada")
    with db.reading(engine) as session:
        assert queries.meetings(session).empty


def test_without_a_meeting_the_cutoff_is_the_day_of_the_last_acceptance(engine, tmp_path):
    batch = submitted(engine, tmp_path)
    review.accept(engine, EVA, batch, today=ACCEPTED)
    with db.reading(engine) as session:
        assert queries.default_cutoff(session) == ACCEPTED


# Provisional


def test_submitted_reports_are_shown_when_asked_for_and_say_so(engine, tmp_path):
    submitted(engine, tmp_path)
    with db.reading(engine) as session:
        found = queries.reports_in_force(session, SENT, provisional=Provisional())
    assert found["provisional"].tolist() == [True]
    assert picture(engine, date(2018, 7, 31), Provisional()) == []


def test_a_country_is_shown_its_own_submitted_reports_only(engine, tmp_path):
    submitted(engine, tmp_path)
    assert picture(engine, SENT, Provisional(country="HND")) == [45.0]
    assert picture(engine, SENT, Provisional(country="GTM")) == []


def test_an_accepted_report_is_not_provisional(engine, tmp_path):
    batch = submitted(engine, tmp_path)
    review.accept(engine, EVA, batch, today=ACCEPTED)
    with db.reading(engine) as session:
        found = queries.reports_in_force(session, LATER, provisional=Provisional())
    assert found["provisional"].tolist() == [False]


def test_what_was_sent_back_is_not_even_provisional(engine, tmp_path):
    batch = submitted(engine, tmp_path)
    review.send_back(engine, EVA, batch, comment="Falta la evidencia", today=ACCEPTED)
    assert picture(engine, LATER, Provisional()) == []


# Steps


def test_a_batch_is_decided_once_and_the_second_person_is_told(engine, tmp_path):
    batch = submitted(engine, tmp_path)
    review.accept(engine, EVA, batch, today=ACCEPTED)
    said = refused("not_the_next_step", review.accept, engine, LUZ, batch)
    assert "accepted by Eva on 2018-09-01" in said


def test_sending_back_needs_a_comment(engine, tmp_path):
    batch = submitted(engine, tmp_path)
    refused("text_required", review.send_back, engine, EVA, batch, comment="  ")


def test_withdrawing_needs_a_reason(engine, tmp_path):
    batch = submitted(engine, tmp_path)
    refused("text_required", review.withdraw, engine, EVA, batch, reason="")


def test_nothing_follows_on_what_was_withdrawn(engine, tmp_path):
    batch = submitted(engine, tmp_path)
    review.withdraw(engine, EVA, batch, reason="Un error")
    for do in (review.accept, review.submit_again):
        refused("not_the_next_step", do, engine, EVA, batch)


def test_a_batch_that_does_not_exist_is_told(engine):
    refused("no_batch", review.accept, engine, EVA, 99)


def test_what_was_sent_back_may_be_submitted_again_as_it_stands(engine, tmp_path):
    batch = submitted(engine, tmp_path)
    review.send_back(engine, EVA, batch, comment="¿Seguro?", today=SENT)
    review.submit_again(engine, ANA, batch, comment="Sí", today=SENT)
    review.accept(engine, EVA, batch, today=ACCEPTED)
    assert picture(engine, ACCEPTED) == [45.0]


def test_a_mended_file_stores_its_unmended_rows_again(engine, tmp_path):
    two = ({}, {"activity": "I.1.2", "percent": "10"})
    batch = submitted(engine, tmp_path, *two)
    review.send_back(engine, EVA, batch, comment="El segundo es 20", today=SENT)
    second = submitted(engine, tmp_path, {}, {"activity": "I.1.2", "percent": "20"}, name="2.csv")
    review.accept(engine, EVA, second, today=ACCEPTED)
    assert sorted(picture(engine, ACCEPTED)) == [20.0, 45.0]


def test_the_same_file_is_recognised_whatever_became_of_it(engine, tmp_path):
    batch = submitted(engine, tmp_path)
    review.send_back(engine, EVA, batch, comment="No")
    refused("already_imported", submitted, engine, tmp_path)


# Two editors


def test_nobody_accepts_what_they_submitted_where_two_editors_exist(engine, tmp_path):
    batch = submitted(engine, tmp_path, actor=EVA)
    refused("own_submission", review.accept, engine, EVA, batch)
    review.accept(engine, LUZ, batch, today=ACCEPTED)
    assert picture(engine, ACCEPTED) == [45.0]


def test_an_editor_alone_may_accept_their_own_submission(engine, tmp_path):
    batch = submitted(engine, tmp_path, actor=ALONE)
    review.accept(engine, ALONE, batch, today=ACCEPTED)
    assert picture(engine, ACCEPTED) == [45.0]


def test_the_secretariat_corrects_a_report_with_a_reason_only(engine, tmp_path):
    import_files(engine, [a_file(tmp_path)], by="Ana")
    change = {"percent": "60", "reported_on": "2018-08-20"}
    files = read_files([a_file(tmp_path, change, name="c.csv")])
    refused("reason_for_correction", review.record, engine, EVA, files)
    review.record(engine, EVA, files, note="Dato confirmado por el país")
    assert picture(engine, LATER) == [60.0]


# Closing


def test_a_report_after_the_closing_says_so(engine, tmp_path):
    review.close(engine, EVA, "HND", "2018-1", today=SENT)
    batch = submitted(engine, tmp_path, day=ACCEPTED)
    review.accept(engine, EVA, batch, today=ACCEPTED)
    import_files(engine, [a_file(tmp_path, {"semester": "2017-2"}, name="o.csv")], by="Ana")
    with db.reading(engine) as session:
        found = queries.reports_in_force(session, LATER).set_index("semester")["after_closing"]
    assert found.to_dict() == {"2017-2": False, "2018-1": True}


def test_a_report_before_the_closing_or_after_the_reopening_does_not(engine, tmp_path):
    import_files(engine, [a_file(tmp_path)], by="Ana")
    review.close(engine, EVA, "HND", "2018-1", today=SENT)
    review.reopen(engine, LUZ, "HND", "2018-1", reason="Faltaba uno", today=SENT)
    import_files(engine, [a_file(tmp_path, {"activity": "I.1.2"}, name="o.csv")], by="Ana")
    with db.reading(engine) as session:
        assert not queries.reports_in_force(session, LATER)["after_closing"].any()
    assert whole_chain(engine)


def test_a_focal_point_adds_to_a_closed_semester_but_corrects_nothing_in_it(engine, tmp_path):
    import_files(engine, [a_file(tmp_path)], by="Ana")
    review.close(engine, EVA, "HND", "2018-1", today=SENT)
    late = {"activity": "I.1.2"}
    submitted(engine, tmp_path, late, name="late.csv")
    change = {"percent": "60", "reported_on": "2018-08-01"}
    said = refused("not_allowed", submitted, engine, tmp_path, change, name="c.csv")
    assert "the secretariat can reopen it" in said


def test_a_semester_is_closed_once(engine):
    review.close(engine, EVA, "HND", "2018-1", today=SENT)
    refused("closed_already", review.close, engine, LUZ, "HND", "2018-1", today=SENT)


def test_a_running_semester_is_not_closed(engine):
    refused("not_over", review.close, engine, EVA, "HND", "2018-2", today=SENT)


def test_a_semester_with_something_waiting_is_not_closed(engine, tmp_path):
    submitted(engine, tmp_path)
    refused("waiting", review.close, engine, EVA, "HND", "2018-1", today=SENT)


@pytest.mark.parametrize(("country", "semester"), [("XXX", "2018-1"), ("CRM", "2018-1"),
                                                    ("HND", "2030-1"), ("HND", "x")])  # fmt: skip
def test_only_a_members_semester_of_the_plan_is_closed(engine, country, semester):
    refused("unknown_semester", review.close, engine, EVA, country, semester)


def test_who_closed_does_not_open_again_where_two_editors_exist(engine):
    review.close(engine, EVA, "HND", "2018-1", today=SENT)
    refused("own_closing", review.reopen, engine, EVA, "HND", "2018-1", reason="x")
    review.reopen(engine, LUZ, "HND", "2018-1", reason="x")
    refused("not_closed", review.reopen, engine, EVA, "HND", "2018-1", reason="x")


# Forms


def test_a_single_report_goes_the_way_of_a_file(engine):
    form = {name: REPORT[name] for name in ("country", "activity", "semester", "state", "percent")}
    stored = review.edit_report(engine, ANA, form, today=SENT)
    review.accept(engine, EVA, stored.batch_id, today=ACCEPTED)
    assert picture(engine, ACCEPTED) == [45.0]


def test_a_wrong_form_is_refused_with_every_error(engine):
    form = REPORT | {"percent": "130", "semester": "2018"}
    with pytest.raises(ImportRefused) as caught:
        review.edit_report(engine, ANA, form, today=SENT)
    assert {problem.field for problem in caught.value.problems} == {"percent", "semester"}


def test_a_form_sent_twice_is_one_report_unless_the_first_was_sent_back(engine):
    stored = review.edit_report(engine, ANA, REPORT, today=SENT)
    refused("already_imported", review.edit_report, engine, ANA, REPORT, today=SENT)
    review.send_back(engine, EVA, stored.batch_id, comment="¿Seguro?")
    assert review.edit_report(engine, ANA, REPORT, today=SENT).new == 1


def test_no_changes_repeats_the_last_report_of_each_slot(engine, tmp_path):
    first = {"evidence": "https://a.org", "partners": "OIM"}
    done = {"activity": "I.1.2", "state": "suspendida", "percent": "20", "reason": "Sin fondos"}
    import_files(engine, [a_file(tmp_path, first, done)], by="Ana")
    slots = [("HND", "I.1.1", "2018-2"), ("HND", "I.1.2", "2018-2")]
    stored = review.sin_cambios(engine, ANA, slots, today=date(2019, 1, 10))
    assert stored.new == 2
    review.accept(engine, EVA, stored.batch_id, today=date(2019, 1, 11))
    with db.reading(engine) as session:
        found = queries.reports_in_force(session, date(2019, 2, 1))
    now = found.loc[found["semester"].eq("2018-2")].set_index("activity")
    assert now["narrative"].unique().tolist() == ["Sin cambios desde el último reporte."]
    assert now.loc["I.1.1", ["percent", "evidence", "partners"]].tolist() == [
        45.0, "https://a.org", "OIM",
    ]  # fmt: skip
    assert now.loc["I.1.2", ["state", "reason"]].tolist() == ["suspendida", "Sin fondos"]


def test_no_changes_needs_a_report_before_and_a_slot_without_one(engine, tmp_path):
    import_files(engine, [a_file(tmp_path)], by="Ana")
    slots = [("HND", "I.1.1", "2018-1"), ("HND", "I.1.2", "2018-2")]
    with pytest.raises(ImportRefused) as caught:
        review.sin_cambios(engine, ANA, slots, today=date(2019, 1, 10))
    assert [problem.rule for problem in caught.value.problems] == [
        "reported_already", "nothing_before",
    ]  # fmt: skip


def test_no_changes_for_nothing_is_refused(engine):
    refused("no_rows", review.sin_cambios, engine, ANA, [])


# Dry run


def test_a_dry_run_says_what_would_happen_and_writes_nothing(engine, tmp_path):
    checked = review.dry_run(engine, ANA, read_files([a_file(tmp_path)]), today=SENT)
    assert (checked.new, checked.corrections, checked.problems) == (1, 0, ())
    with db.reading(engine) as session:
        assert queries.batches(session).empty


def test_a_dry_run_of_another_countrys_rows_is_refused(engine, tmp_path):
    files = read_files([a_file(tmp_path, {"country": "GTM"})])
    refused("not_allowed", review.dry_run, engine, ANA, files, today=SENT)


# What the secretariat sees


def test_the_overview_tells_what_waits_and_where_each_semester_stands(engine, tmp_path):
    batch = submitted(engine, tmp_path)
    with db.reading(engine) as session:
        found = review.overview(session, EVA, LATER)
    assert found.waiting["batch_id"].tolist() == [batch]
    assert found.waiting["countries"].tolist() == [["HND"]]
    stages = found.stages.set_index(["country", "semester"])["stage"]
    assert stages["HND", "2018-1"] == Stage.SUBMITTED
    assert stages["GTM", "2018-1"] == Stage.OVERDUE
    assert stages["GTM", "2018-2"] == Stage.OPEN


def test_another_country_and_a_reader_are_not_told_what_waits(engine, tmp_path):
    submitted(engine, tmp_path)
    guatemala = Actor("Juan", Role.FOCAL_POINT, country="GTM")
    with db.reading(engine) as session:
        for actor, seen in ((ANA, 1), (guatemala, 0), (access.ANONYMOUS, 0), (EVA, 1)):
            assert len(review.overview(session, actor, LATER).waiting) == seen


def test_differences_show_what_a_correction_changes(engine, tmp_path):
    import_files(engine, [a_file(tmp_path)], by="Ana")
    change = {"percent": "60", "reported_on": "2018-07-20"}
    batch = submitted(engine, tmp_path, change, {"activity": "I.1.2"}, name="c.csv")
    with db.reading(engine) as session:
        found = queries.differences(session, batch)
    assert found[["activity", "percent"]].to_numpy().tolist() == [["I.1.1", 60.0], ["I.1.2", 45.0]]
    assert found["percent_before"].iloc[0] == 45.0
    assert found["state_before"].isna().tolist() == [False, True]


def test_differences_show_who_supports_now_and_who_did_before(engine, tmp_path):
    import_files(engine, [a_file(tmp_path, {"partners": "OIM;ACNUR"})], by="Ana")
    change = {"partners": "UNICEF", "reported_on": "2018-07-20"}
    batch = submitted(engine, tmp_path, change, name="c.csv")
    with db.reading(engine) as session:
        found = queries.differences(session, batch)
    said = found[["partners", "partners_before", "partners_last"]].fillna("").to_numpy().tolist()
    assert said == [["UNICEF", "OIM;ACNUR", ""]]


def test_the_audit_trail_names_people_to_the_secretariat_only(engine, tmp_path):
    batch = submitted(engine, tmp_path)
    review.send_back(engine, EVA, batch, comment="Falta la evidencia")
    with db.reading(engine) as session:
        trails = {actor.role: review.audit_for(session, actor) for actor in
                  (access.ANONYMOUS, ANA, EVA)}  # fmt: skip
    assert trails[Role.SECRETARIAT]["actor"].tolist() == ["Eva", "Ana", "tests"]
    assert trails[Role.FOCAL_POINT]["actor"].tolist() == ["", "Ana", ""]
    assert trails[Role.ANONYMOUS]["actor"].tolist() == ["", "", ""]
    assert "Falta la evidencia" not in str(trails[Role.ANONYMOUS]["detail"].tolist())
    assert "r.csv" not in str(trails[Role.ANONYMOUS]["detail"].tolist())


@pytest.mark.parametrize(
    ("language", "opening", "late"),
    [("es", "Estimado punto focal de Honduras:", "faltan"), ("en", "Dear focal point", "missing")],
)
def test_a_reminder_says_what_a_country_owes_and_what_was_sent_back(
    engine, tmp_path, language, opening, late
):
    batch = submitted(engine, tmp_path)
    review.send_back(engine, EVA, batch, comment="Falta la evidencia", today=SENT)
    with db.reading(engine) as session:
        (found,) = review.reminders(session, words_for(language), LATER, country="HND")
    assert found.text.startswith(opening)
    assert late in found.text
    assert "I.1.1" in found.text
    assert "Falta la evidencia" in found.text
    assert "Honduras" in found.subject


def test_who_owes_nothing_gets_no_reminder(engine):
    with db.reading(engine) as session:
        assert review.reminders(session, words_for("es"), date(2016, 1, 1)) == []


# Two processes at once


def test_of_two_processes_that_accept_at_once_one_is_told(engine, tmp_path):
    batches = [submitted(engine, tmp_path, {"activity": f"I.1.{n}"}, name=f"{n}.csv")
               for n in (1, 2, 3)]  # fmt: skip
    url = engine.url.render_as_string(hide_password=False)
    spawn = multiprocessing.get_context("spawn")
    queue = spawn.Queue()
    people = [spawn.Process(target=accept_at_once, args=(url, name, batches, queue))
              for name in ("Eva", "Luz")]  # fmt: skip
    for person in people:
        person.start()
    outcomes = [queue.get(timeout=PATIENCE) for _ in people]
    for person in people:
        person.join()
    for of_one_batch in zip(*outcomes, strict=True):
        assert sorted(of_one_batch) == ["accepted", "not_the_next_step"]
    assert len(picture(engine, date.max)) == 3
    assert whole_chain(engine)
