"""The review at its borders, on both databases: the first and the last day, one editor and two."""

from datetime import date, timedelta

import pytest

from crmdata import access
from crmdata.access import Actor, Role
from crmdata.errors import AccessDenied, Held, ImportRefused, ReviewRefused
from crmdata.i18n import words_for
from crmdata.intake.reports import import_files, read_files
from crmdata.intake.reports.scope import Expected
from crmdata.store import db, queries
from crmdata.terms import Stage
from crmdata.workflow import review
from tests.sheets import REPORT, a_file
from tests.support import EVERY_PLACE, load_thresholds

ANA = Actor("Ana", Role.FOCAL_POINT, country="HND", email="ana@hnd.example")
JUAN = Actor("Juan", Role.FOCAL_POINT, country="GTM")
EVA = Actor("Eva", Role.SECRETARIAT, email="eva@crm.example", editors=2)
LUZ = Actor("Luz", Role.SECRETARIAT, email="luz@crm.example", editors=2)
ALONE = Actor("Sola", Role.SECRETARIAT)
OIM = Actor("Luis", Role.PARTNER, partner="OIM")
DAY = date(2018, 9, 1)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
LAST = date(2018, 6, 30)
"""The last day of 2018-1."""
CHILD = "La niña María Fernanda Cruz, de 9 años, fue trasladada"


def submitted(engine, tmp_path, *changes, actor=ANA, day=date(2018, 8, 1), name="r.csv") -> int:
    files = read_files([a_file(tmp_path, *changes, name=name)])
    (stored,) = review.submit(engine, actor, files, today=day)
    return stored.batch_id


def picture(engine, cutoff: date) -> list[float]:
    with db.reading(engine) as session:
        return queries.reports_in_force(session, cutoff)["percent"].tolist()


def refused(rule: str, do, *args, **kwargs) -> str:
    refusals = (AccessDenied, ReviewRefused, ImportRefused, Held)
    with pytest.raises(refusals) as caught:
        do(*args, **kwargs)
    assert [problem.rule for problem in caught.value.problems] == [rule]
    return str(caught.value)


# The day of the cut-off, asked of the store


def test_the_store_leaves_out_what_was_withdrawn_on_the_day_of_the_cut_off(engine, tmp_path):
    import_files(engine, [a_file(tmp_path)], by="Ana")
    review.withdraw(engine, EVA, 1, reason="Un error", today=DAY)
    assert [picture(engine, day) for day in (BEFORE, DAY, AFTER)] == [[45.0], [], []]


def test_the_store_counts_what_was_accepted_on_the_day_of_the_cut_off(engine, tmp_path):
    batch = submitted(engine, tmp_path)
    review.accept(engine, EVA, batch, today=DAY)
    assert [picture(engine, day) for day in (BEFORE, DAY, AFTER)] == [[], [45.0], [45.0]]


def test_what_was_accepted_and_withdrawn_on_one_day_never_counted(engine, tmp_path):
    batch = submitted(engine, tmp_path)
    review.accept(engine, EVA, batch, today=DAY)
    review.withdraw(engine, EVA, batch, reason="Un error", today=DAY)
    assert [picture(engine, day) for day in (BEFORE, DAY, AFTER)] == [[], [], []]


@pytest.mark.parametrize("day", ["2018-01-01", "2018-06-30"])
def test_the_store_counts_a_report_of_the_semesters_first_and_last_day_from_then_on(
    engine, tmp_path, day
):
    import_files(engine, [a_file(tmp_path, {"reported_on": day})], by="Ana")
    reported = date.fromisoformat(day)
    assert picture(engine, reported - timedelta(days=1)) == []
    assert picture(engine, reported) == [45.0]


# Closing


def test_a_semester_is_closed_from_the_day_after_its_last(engine):
    refused("not_over", review.close, engine, EVA, "HND", "2018-1", today=LAST)
    review.close(engine, EVA, "HND", "2018-1", today=LAST + timedelta(days=1))
    with db.reading(engine) as session:
        shut = [len(queries.closed_periods(session, day))
                for day in (LAST, LAST + timedelta(days=1), DAY)]  # fmt: skip
    assert shut == [0, 1, 1]


def test_what_waits_of_another_country_or_semester_keeps_nothing_from_closing(engine, tmp_path):
    submitted(engine, tmp_path)
    review.close(engine, EVA, "GTM", "2018-1", today=DAY)
    review.close(engine, EVA, "HND", "2017-2", today=DAY)
    refused("waiting", review.close, engine, EVA, "HND", "2018-1", today=DAY)


def test_what_was_decided_keeps_nothing_from_closing(engine, tmp_path):
    review.accept(engine, EVA, submitted(engine, tmp_path), today=DAY)
    back = submitted(engine, tmp_path, {"activity": "I.1.2"}, name="2.csv")
    review.send_back(engine, EVA, back, comment="No", today=DAY)
    review.close(engine, EVA, "HND", "2018-1", comment=" Todo llegó ", today=DAY)
    with db.reading(engine) as session:
        assert queries.closed_periods(session)["text"].tolist() == ["Todo llegó"]


def test_a_reopened_semester_is_closed_again_and_reopened_once_each(engine):
    review.close(engine, EVA, "HND", "2018-1", today=BEFORE)
    review.reopen(engine, LUZ, "HND", "2018-1", reason="Faltaba uno", today=DAY)
    refused("not_closed", review.reopen, engine, LUZ, "HND", "2018-1", reason="x", today=DAY)
    with db.reading(engine) as session:
        assert len(queries.closed_periods(session, BEFORE)) == 1
        assert queries.closed_periods(session, DAY).empty
    review.close(engine, EVA, "HND", "2018-1", today=AFTER)
    refused("closed_already", review.close, engine, EVA, "HND", "2018-1", today=AFTER)


def test_a_semester_never_closed_cannot_be_reopened(engine):
    said = refused("not_closed", review.reopen, engine, LUZ, "HND", "2018-1", reason="x")
    assert "2018-1 is not closed for HND" in said


def test_reopening_needs_a_reason_of_more_than_spaces(engine):
    review.close(engine, EVA, "HND", "2018-1", today=DAY)
    refused("text_required", review.reopen, engine, LUZ, "HND", "2018-1", reason=" \n ")


# One editor and two


@pytest.mark.parametrize(
    ("editors", "rule"), [(1, None), (2, "own_submission"), (3, "own_submission")]
)
def test_from_two_editors_on_nobody_accepts_their_own(engine, tmp_path, editors, rule):
    eva = Actor("Eva", Role.SECRETARIAT, editors=editors)
    batch = submitted(engine, tmp_path, actor=eva)
    if rule:
        refused(rule, review.accept, engine, eva, batch, today=DAY)
    else:
        review.accept(engine, eva, batch, today=DAY)
    assert picture(engine, DAY) == ([] if rule else [45.0])


@pytest.mark.parametrize(("editors", "rule"), [(1, None), (2, "own_closing"), (3, "own_closing")])
def test_from_two_editors_on_nobody_reopens_their_own(engine, editors, rule):
    eva = Actor("Eva", Role.SECRETARIAT, editors=editors)
    review.close(engine, eva, "HND", "2018-1", today=DAY)
    if rule:
        refused(rule, review.reopen, engine, eva, "HND", "2018-1", reason="x", today=DAY)
    else:
        review.reopen(engine, eva, "HND", "2018-1", reason="x", today=DAY)
    with db.reading(engine) as session:
        assert len(queries.closed_periods(session)) == (1 if rule else 0)


def test_one_of_two_editors_may_send_back_and_withdraw_their_own(engine, tmp_path):
    batch = submitted(engine, tmp_path, actor=EVA)
    review.send_back(engine, EVA, batch, comment="No", today=DAY)
    second = submitted(engine, tmp_path, {"percent": "50"}, actor=EVA, name="2.csv")
    review.withdraw(engine, EVA, second, reason="Un error", today=DAY)


# Steps


@pytest.mark.parametrize("step", ["accept", "send_back", "submit_again", "withdraw"])
def test_each_step_follows_from_these_and_is_refused_from_all_others(engine, tmp_path, step):
    def batch_that(stands: str) -> int:
        name = f"{stands}.csv"
        change = {"activity": f"I.1.{1 + STANDS.index(stands) % 4}", "narrative": stands}
        if stands == "recorded":
            files = read_files([a_file(tmp_path, change, name=name)])
            return review.record(engine, EVA, files, note="Sí", today=DAY)[0].batch_id
        batch = submitted(engine, tmp_path, change, name=name)
        if stands == "accepted":
            review.accept(engine, EVA, batch, today=DAY)
        if stands == "sent_back":
            review.send_back(engine, EVA, batch, comment="No", today=DAY)
        if stands == "withdrawn":
            review.withdraw(engine, EVA, batch, reason="No", today=DAY)
        return batch

    for stands in STANDS:
        batch = batch_that(stands)
        if stands in FOLLOWS[step]:
            TAKE[step](engine, batch)
        else:
            refused("not_the_next_step", TAKE[step], engine, batch)


STANDS = ("withdrawn", "sent_back", "submitted", "recorded", "accepted")
FOLLOWS = {
    "accept": {"submitted"},
    "send_back": {"submitted"},
    "submit_again": {"sent_back"},
    "withdraw": {"recorded", "accepted", "submitted"},
}
TAKE = {
    "accept": lambda engine, batch: review.accept(engine, EVA, batch, today=AFTER),
    "send_back": lambda engine, batch: review.send_back(
        engine, EVA, batch, comment="No", today=AFTER
    ),
    "submit_again": lambda engine, batch: review.submit_again(engine, ANA, batch, today=AFTER),
    "withdraw": lambda engine, batch: review.withdraw(engine, EVA, batch, reason="No", today=AFTER),
}


def test_another_country_or_partner_submits_nothing_again(engine, tmp_path):
    batch = submitted(engine, tmp_path)
    review.send_back(engine, EVA, batch, comment="No", today=DAY)
    refused("not_allowed", review.submit_again, engine, JUAN, batch)
    file = a_file(tmp_path, name="k.csv", subject="cooperation")
    (stored,) = review.submit(engine, OIM, read_files([file]), today=DAY)
    review.send_back(engine, EVA, stored.batch_id, comment="No", today=DAY)
    iris = Actor("Iris", Role.PARTNER, partner="ACNUR")
    for actor in (iris, ANA):
        refused("not_allowed", review.submit_again, engine, actor, stored.batch_id)
    review.submit_again(engine, OIM, stored.batch_id, today=DAY)


def test_a_step_keeps_its_words_without_the_spaces_around_them(engine, tmp_path):
    batch = submitted(engine, tmp_path)
    review.send_back(engine, EVA, batch, comment="  Falta algo ", today=DAY)
    review.submit_again(engine, ANA, batch, comment=" Listo\n", today=DAY)
    review.accept(engine, EVA, batch, comment=" Bien ", today=DAY)
    review.withdraw(engine, EVA, batch, reason=" Un error ", today=DAY)
    with db.reading(engine) as session:
        acts = queries.review_acts(session, batch)
    assert acts["text"].tolist()[1:] == ["Falta algo", "Listo", "Bien", "Un error"]


# Forms


def test_a_form_without_a_day_is_of_today_and_with_one_of_that_day(engine):
    first = review.edit_report(engine, ANA, REPORT | {"reported_on": ""}, today=DAY)
    second = review.edit_report(
        engine, ANA, REPORT | {"activity": "I.1.2", "reported_on": "2018-08-03"}, today=DAY
    )
    for stored in (first, second):
        review.accept(engine, EVA, stored.batch_id, today=DAY)
    with db.reading(engine) as session:
        found = queries.reports_in_force(session, DAY).set_index("activity")["reported_on"]
    assert found.to_dict() == {"I.1.1": DAY, "I.1.2": date(2018, 8, 3)}


def test_a_form_is_of_the_day_that_it_is_given_and_keeps_its_note(engine):
    early = date(2018, 7, 14)
    refused("date_in_future", review.edit_report, engine, ANA, REPORT, today=early)
    review.edit_report(engine, ANA, REPORT, note="De la reunión", today=DAY)
    with db.reading(engine) as session:
        assert queries.batches(session)["note"].tolist() == ["De la reunión"]


def test_what_a_form_holds_beside_a_reports_columns_is_left_out(engine):
    assert review.edit_report(engine, ANA, REPORT | {"seen": "yes"}, today=DAY).new == 1


def test_a_wrong_form_names_no_file_and_no_row(engine):
    with pytest.raises(ImportRefused) as caught:
        review.edit_report(engine, ANA, REPORT | {"percent": "101"}, today=DAY)
    assert [(each.rule, each.file, each.row) for each in caught.value.problems] == [
        ("percent_range", "", None)
    ]


def test_a_step_on_every_row_is_one_on_the_batch(engine, tmp_path):
    batch = submitted(engine, tmp_path, {}, {"activity": "I.1.2"})
    with db.reading(engine) as session:
        rows = queries.batch_rows(session, batch)["row"].tolist()
    review.accept(engine, EVA, batch, rows=rows, today=DAY)
    with db.reading(engine) as session:
        assert queries.review_acts(session, batch)["rows"].tolist() == [0, 0]


def test_a_form_may_leave_out_what_may_be_empty(engine):
    names = ("country", "activity", "semester", "state", "percent")
    form = {name: REPORT[name] for name in names}
    assert review.edit_report(engine, ANA, form, today=DAY).new == 1


def test_nobody_fills_in_a_form_without_a_country_but_who_may_for_all(engine):
    form = {name: value for name, value in REPORT.items() if name != "country"}
    refused("not_allowed", review.edit_report, engine, ANA, form, today=DAY)
    refused("required", review.edit_report, engine, EVA, form, today=DAY)


def test_no_changes_repeats_the_nearest_earlier_semester_and_no_later_one(engine, tmp_path):
    percents = {"2018-2": "60", "2017-2": "20", "2019-1": "80"}
    said = [{"semester": code, "percent": percent, "reported_on": "2019-07-01"}
            for code, percent in percents.items()]  # fmt: skip
    import_files(engine, [a_file(tmp_path, *said)], by="Ana")
    stored = review.sin_cambios(engine, ANA, [("HND", "I.1.1", "2018-1")], today=date(2019, 7, 2))
    review.accept(engine, EVA, stored.batch_id, today=date(2019, 7, 3))
    with db.reading(engine) as session:
        found = queries.reports_in_force(session, date(2019, 7, 3)).set_index("semester")
    assert found.loc["2018-1", "percent"] == 20


def test_no_changes_with_only_a_later_report_has_nothing_to_repeat(engine, tmp_path):
    import_files(engine, [a_file(tmp_path, {"semester": "2018-2", "reported_on": "2019-01-02"})],
                 by="Ana")  # fmt: skip
    refused("nothing_before", review.sin_cambios, engine, ANA, [("HND", "I.1.1", "2018-1")],
            today=date(2019, 1, 10))  # fmt: skip


def test_no_changes_repeats_what_has_no_percent_and_a_slot_named_twice_once(engine, tmp_path):
    change = {"state": "no_aplica", "percent": "", "reason": "No hay frontera"}
    import_files(engine, [a_file(tmp_path, change)], by="Ana")
    slots = [("HND", "I.1.1", "2018-2")] * 2
    stored = review.sin_cambios(engine, ANA, slots, today=date(2019, 1, 10), language="en")
    assert stored.new == 1
    review.accept(engine, EVA, stored.batch_id, today=date(2019, 1, 10))
    with db.reading(engine) as session:
        row = (
            queries.reports_in_force(session, date(2019, 1, 10)).set_index("semester").loc["2018-2"]
        )
    assert (row["state"], row["reason"]) == ("no_aplica", "No hay frontera")
    assert row["narrative"] == "No changes since the last report."


def test_no_changes_of_another_country_are_refused(engine, tmp_path):
    import_files(engine, [a_file(tmp_path), a_file(tmp_path, {"country": "GTM"}, name="g.csv")],
                 by="Ana")  # fmt: skip
    slots = [(code, "I.1.1", "2018-2") for code in ("HND", "GTM")]
    refused("not_allowed", review.sin_cambios, engine, ANA, slots, today=date(2019, 1, 10))


def test_of_several_slots_each_refused_one_is_named_by_its_activity(engine, tmp_path):
    import_files(engine, [a_file(tmp_path)], by="Ana")
    slots = [("HND", "I.1.1", "2018-2"), ("HND", "I.1.1", "2018-1"), ("HND", "I.1.2", "2018-2")]
    with pytest.raises(ImportRefused) as caught:
        review.sin_cambios(engine, ANA, slots, today=date(2019, 1, 10))
    named = [(problem.rule, problem.values["activity"]) for problem in caught.value.problems]
    assert named == [("reported_already", "I.1.1"), ("nothing_before", "I.1.2")]


# What is seen


def test_the_oldest_submission_stands_first_and_each_in_its_own_list(engine, tmp_path):
    first, second, third = (
        submitted(engine, tmp_path, {"activity": f"I.1.{n}"}, name=f"{n}.csv") for n in (1, 2, 3)
    )
    review.send_back(engine, EVA, first, comment="No", today=DAY)
    with db.reading(engine) as session:
        found = review.overview(session, EVA, DAY)
    assert found.waiting["batch_id"].tolist() == [second, third]
    assert found.sent_back["batch_id"].tolist() == [first]


def test_a_batch_that_counts_is_seen_by_everybody_and_one_sent_back_by_its_own(engine, tmp_path):
    accepted = submitted(engine, tmp_path)
    review.accept(engine, EVA, accepted, today=DAY)
    back = submitted(engine, tmp_path, {"activity": "I.1.2"}, name="2.csv")
    review.send_back(engine, EVA, back, comment="No", today=DAY)
    with db.reading(engine) as session:
        for actor, seen in ((access.ANONYMOUS, {accepted}), (JUAN, {accepted}),
                            (ANA, {accepted, back}), (EVA, {accepted, back})):  # fmt: skip
            found = review.overview(session, actor, DAY)
            assert set(found.submissions["batch_id"]) == seen


def test_a_partners_submission_is_seen_by_its_own_people(engine, tmp_path):
    file = a_file(tmp_path, name="k.csv", subject="cooperation")
    (stored,) = review.submit(engine, OIM, read_files([file]), today=DAY)
    iris = Actor("Iris", Role.PARTNER, partner="ACNUR")
    with db.reading(engine) as session:
        for actor, seen in ((OIM, [stored.batch_id]), (iris, []), (EVA, [stored.batch_id])):
            found = review.overview(session, actor, DAY)
            assert found.waiting["batch_id"].tolist() == seen


def test_the_newest_submissions_alone_are_read_when_so_many_are_asked_for(engine, tmp_path):
    first, second = (
        submitted(engine, tmp_path, {"activity": f"I.1.{n}"}, name=f"{n}.csv") for n in (1, 2)
    )
    with db.reading(engine) as session:
        for limit, seen in ((1, [second]), (2, [first, second]), (None, [first, second])):
            found = review.overview(session, EVA, DAY, limit=limit)
            assert found.waiting["batch_id"].tolist() == seen


def test_a_submission_of_two_countries_is_seen_by_neither_alone(engine, tmp_path):
    batch = submitted(engine, tmp_path, {}, {"country": "GTM"}, actor=EVA)
    with db.reading(engine) as session:
        for actor, seen in ((ANA, []), (JUAN, []), (EVA, [batch])):
            found = review.overview(session, actor, DAY)
            assert found.waiting["batch_id"].tolist() == seen


@pytest.mark.parametrize(
    ("days", "grace", "stage"),
    [(0, 10, Stage.OPEN), (1, 10, Stage.DUE), (10, 10, Stage.DUE), (11, 10, Stage.OVERDUE),
     (1, 0, Stage.OVERDUE)],
)  # fmt: skip
def test_the_overview_counts_the_grace_from_the_semesters_last_day(
    engine, tmp_path, days, grace, stage
):
    load_thresholds(engine, tmp_path, plazo=grace)
    with db.reading(engine) as session:
        found = review.overview(session, EVA, LAST + timedelta(days=days))
    stages = found.stages.set_index(["country", "semester"])["stage"]
    assert stages["HND", "2018-1"] == stage


def test_provisional_reports_are_those_of_the_own_country_or_partner(engine):
    assert review.provisional_for(access.ANONYMOUS) is None
    assert review.provisional_for(EVA) == queries.Provisional()
    assert review.provisional_for(ANA) == queries.Provisional(country="HND")
    assert review.provisional_for(OIM) == queries.Provisional(partner="OIM")


# Reminders


def reminded(engine, day: date, country: str = ""):
    with db.reading(engine) as session:
        return review.reminders(session, words_for("en"), day, country=country)


def test_before_the_first_semester_nobody_is_reminded_and_on_its_first_day_everybody(engine):
    first = date(2017, 1, 1)
    assert reminded(engine, first - timedelta(days=1)) == []
    assert len(reminded(engine, first)) == 11


def test_reminders_come_by_the_countrys_name_and_one_at_a_time_when_asked(engine):
    subjects = [reminder.subject.rpartition(" ")[2] for reminder in reminded(engine, DAY)]
    assert subjects[:3] == ["Belize", "Canada", "Rica"]
    (only,) = reminded(engine, DAY, country="HND")
    assert only.country == "HND"


def test_a_reminder_is_of_what_is_late_by_the_days_that_the_secretariat_set(engine, tmp_path):
    day = LAST + timedelta(days=8)
    (before,) = reminded(engine, day, country="HND")
    load_thresholds(engine, tmp_path, plazo=7)
    (after,) = reminded(engine, day, country="HND")
    late = "it was due by"
    said = (late in line_of(before, "2018-1"), late in line_of(after, "2018-1"))
    assert said == (False, True)


def test_a_reminder_calls_process_and_plan_as_letters_do(engine):
    (found,) = reminded(engine, DAY, country="HND")
    assert "follow-up of the plan for migrant children" in found.text
    assert found.text.endswith("The secretariat of the RCM\n")


def test_a_reminder_names_twelve_activities_and_the_number_of_the_others(engine, tmp_path):
    with db.reading(engine) as session:
        slots = queries.slots(session, queries.version_at(session, DAY).id)
    codes = slots.loc[slots["semester"].eq("2018-1"), "activity"].tolist()
    assert len(codes) > 14
    *rest, last = [{"activity": code} for code in codes[:-12]]
    import_files(engine, [a_file(tmp_path, *rest)], by="Ana")
    (found,) = reminded(engine, date(2018, 8, 1), country="HND")
    assert f"13 reports of {len(codes)} missing" in found.text
    assert "and 1 more" in line_of(found, "2018-1")
    import_files(engine, [a_file(tmp_path, last, name="last.csv")], by="Ana")
    (found,) = reminded(engine, date(2018, 8, 1), country="HND")
    assert f"({', '.join(codes[-12:])})" in line_of(found, "2018-1")


def line_of(reminder, semester: str) -> str:
    """Return the line on a semester."""
    named = words_for("en").period(semester)
    starts = f"- {named}:", f"- {named} is"
    return next((line for line in reminder.text.split("\n") if line.startswith(starts)), "")


@pytest.mark.parametrize(
    ("day", "said"),
    [(LAST, "is running: "), (LAST + timedelta(days=1), "missing, due by "),
     (LAST + timedelta(days=60), "missing, due by "),
     (LAST + timedelta(days=61), "missing; it was due by ")],
)  # fmt: skip
def test_a_reminder_says_whether_a_semester_runs_is_due_or_was(engine, day, said):
    (found,) = reminded(engine, day, country="HND")
    line = line_of(found, "2018-1")
    assert said in line
    assert words_for("en").date(LAST + timedelta(days=60)) in line


def test_a_reminder_leaves_out_what_waits_what_is_closed_and_what_is_ahead(engine, tmp_path):
    review.close(engine, EVA, "HND", "2017-2", today=DAY)
    submitted(engine, tmp_path)
    (found,) = reminded(engine, DAY, country="HND")
    text = [bool(line_of(found, code))
            for code in ("2017-1", "2017-2", "2018-1", "2018-2", "2019-1")]  # fmt: skip
    assert text == [True, False, False, True, False]


def test_what_was_sent_back_reminds_its_own_country_only(engine, tmp_path):
    quiet = date(2016, 12, 31)
    batch = submitted(engine, tmp_path)
    review.send_back(engine, EVA, batch, comment="Falta la evidencia", today=DAY)
    (only,) = reminded(engine, quiet)
    assert only.country == "HND"
    assert "2018-I, batch 1: sent back (I.1.1): Falta la evidencia" in only.text


def test_a_country_that_reported_everything_is_not_reminded_of_it(engine, tmp_path):
    with db.reading(engine) as session:
        slots = queries.slots(session, queries.version_at(session, DAY).id)
    first = slots.loc[slots["semester"].eq("2017-2"), "activity"]
    rows = [{"activity": code, "semester": "2017-2", "reported_on": "2018-01-10"}
            for code in first]  # fmt: skip
    import_files(engine, [a_file(tmp_path, *rows[:-1])], by="Ana")
    day = date(2017, 12, 31) + timedelta(days=10)
    (one,) = reminded(engine, day, country="HND")
    assert "1 report" in one.text
    assert rows[-1]["activity"] in one.text
    import_files(engine, [a_file(tmp_path, rows[-1], name="last.csv")], by="Ana")
    (rest,) = reminded(engine, day, country="HND")
    assert "second half of 2017" not in rest.text.lower()


# The trail


def test_what_the_trail_tells_everybody_keeps_no_name_and_what_it_tells_the_own_does(
    engine, tmp_path
):
    submitted(engine, tmp_path)
    with db.reading(engine) as session:
        for actor, seen in ((ANA, ["Ana", ""]), (JUAN, ["", ""]), (EVA, ["Ana", "tests"])):
            trail = review.audit_for(session, actor)
            assert trail["actor"].tolist() == seen
        public = review.audit_for(session, JUAN, limit=1)["detail"].tolist()
    (detail,) = public
    assert set(detail) <= set(review.audit.PUBLIC)
    assert detail["new"] == 1


def test_who_may_see_who_did_it_sees_the_file_and_the_comment_too(engine, tmp_path):
    review.send_back(engine, EVA, submitted(engine, tmp_path), comment="No", today=DAY)
    with db.reading(engine) as session:
        for actor, seen in ((EVA, ["No", "r.csv"]), (ANA, ["r.csv"]), (JUAN, [])):
            details = str(review.audit_for(session, actor)["detail"].tolist())
            assert [words for words in ("No", "r.csv") if f"'{words}'" in details] == seen


def test_the_newest_acts_alone_are_read_when_so_many_are_asked_for(engine, tmp_path):
    submitted(engine, tmp_path)
    with db.reading(engine) as session:
        assert len(review.audit_for(session, EVA, limit=1)) == 1
        assert len(review.audit_for(session, EVA)) == 2


# A dry run


def test_a_partners_person_has_its_own_file_checked(engine, tmp_path):
    file = a_file(tmp_path, name="k.csv", subject="cooperation")
    assert review.dry_run(engine, OIM, read_files([file]), today=DAY).new == 1


def test_a_dry_run_of_a_wrong_file_tells_its_errors_and_asks_no_more(engine, tmp_path):
    files = read_files([a_file(tmp_path, {"country": "GTM", "percent": "101"})])
    found = review.dry_run(engine, ANA, files, today=DAY)
    assert [problem.rule for problem in found.problems] == ["percent_range"]


@pytest.mark.parametrize("actor", [access.ANONYMOUS], ids=["anonymous"])
def test_a_reader_has_no_file_checked(engine, tmp_path, actor):
    refused("not_allowed", review.dry_run, engine, actor, read_files([a_file(tmp_path)]), today=DAY)


def test_a_file_is_checked_for_the_country_in_whose_place_it_is_handed_in(engine, tmp_path):
    files, guatemala = read_files([a_file(tmp_path)]), Expected(country="GTM")
    found = review.dry_run(engine, EVA, files, today=DAY, expected=guatemala)
    assert [problem.rule for problem in found.problems] == ["other_country"]
    refused("other_country", review.submit, engine, EVA, files, today=DAY, expected=guatemala)


def test_a_dry_run_knows_what_waits_already(engine, tmp_path):
    submitted(engine, tmp_path)
    again = read_files([a_file(tmp_path, {}, {"activity": "I.1.2"}, name="2.csv")])
    assert review.dry_run(engine, ANA, again, today=DAY).new == 1


def test_a_dry_run_of_a_correction_asks_the_secretariat_for_no_reason_yet(engine, tmp_path):
    import_files(engine, [a_file(tmp_path)], by="Ana")
    change = {"percent": "60", "reported_on": "2018-07-20"}
    files = read_files([a_file(tmp_path, change, name="2.csv")])
    assert review.dry_run(engine, EVA, files, today=DAY).problems == ()
    refused("reason_for_correction", review.submit, engine, EVA, files, today=DAY)


def test_a_partner_sees_the_lines_of_its_own_and_nobody_else_any(engine):
    stored = review.offer(engine, OIM, OFFERED, today=DAY)
    with db.reading(engine) as session:
        assert review.lines_of(session, OIM)["batch_id"].tolist() == [stored.batch_id]
        refused("not_allowed", review.lines_of, session, ANA)


def test_a_dry_run_and_a_submission_are_of_the_day_that_they_are_given(engine, tmp_path):
    files = read_files([a_file(tmp_path, {"reported_on": "2018-07-15"})])
    day = date(2018, 7, 14)
    found = review.dry_run(engine, ANA, files, today=day)
    assert [problem.rule for problem in found.problems] == ["date_in_future"]
    refused("date_in_future", review.submit, engine, ANA, files, today=day)
    refused("date_in_future", review.record, engine, EVA, files, today=day)


def test_a_note_goes_with_the_batch(engine, tmp_path):
    for do, name, actor in ((review.submit, "s.csv", ANA), (review.record, "r.csv", EVA)):
        change = {"activity": "I.1.2"} if name == "r.csv" else {}
        do(engine, actor, read_files([a_file(tmp_path, change, name=name)]), note="Sí", today=DAY)
    with db.reading(engine) as session:
        assert queries.batches(session)["note"].tolist() == ["Sí", "Sí"]


# Rehearsed, and dated ahead


def acts_of(engine, batch: int) -> list[str]:
    with db.reading(engine) as session:
        return [str(step) for step in queries.review_acts(session, batch)["step"]]


def test_to_rehearse_a_decision_does_nothing(engine, tmp_path):
    batch = submitted(engine, tmp_path)
    with db.reading(engine) as session:
        (row,) = queries.batch_rows(session, batch)["row"]
    review.accept(engine, EVA, batch, today=DAY, rehearse=True)
    review.send_back(engine, EVA, batch, comment="Falta", today=DAY, rehearse=True)
    review.decide(engine, EVA, batch, accepted={row: ""}, returned={}, today=DAY, rehearse=True)
    review.decide(engine, EVA, batch, accepted={}, returned={row: "Falta"}, today=DAY,
                  rehearse=True)  # fmt: skip
    review.withdraw(engine, EVA, batch, reason="Un error", today=DAY, rehearse=True)
    assert acts_of(engine, batch) == ["submitted"]


def test_to_rehearse_a_closing_or_its_opening_does_nothing(engine):
    review.close(engine, EVA, "HND", "2018-1", today=DAY, rehearse=True)
    refused("not_closed", review.reopen, engine, LUZ, "HND", "2018-1", reason="Falta", today=DAY)
    review.close(engine, EVA, "HND", "2018-1", today=DAY)
    review.reopen(engine, LUZ, "HND", "2018-1", reason="Falta", today=DAY, rehearse=True)
    refused("closed_already", review.close, engine, EVA, "HND", "2018-1", today=DAY)


def test_what_is_decided_row_by_row_is_of_the_day_that_it_is_given(engine, tmp_path):
    batch = submitted(engine, tmp_path, {}, {"activity": "I.1.2"})
    with db.reading(engine) as session:
        first, second = queries.batch_rows(session, batch)["row"]
    review.decide(engine, EVA, batch, accepted={first: ""}, returned={second: "Falta"}, today=DAY)
    with db.reading(engine) as session:
        assert queries.review_acts(session, batch)["day"].tolist()[1:] == [DAY, DAY]
    assert [len(picture(engine, day)) for day in (BEFORE, DAY)] == [0, 1]


def test_what_a_wrong_clock_withdrew_ahead_is_withdrawn_before_that_day_once(engine, tmp_path):
    import_files(engine, [a_file(tmp_path)], by="Ana")
    review.withdraw(engine, EVA, 1, reason="Un error", today=AFTER)
    refused("not_the_next_step", review.withdraw, engine, EVA, 1, reason="Otro", today=AFTER)
    review.withdraw(engine, EVA, 1, reason="Un error", today=DAY)
    assert [picture(engine, day) for day in (BEFORE, DAY)] == [[45.0], []]


def test_what_a_wrong_clock_closed_ahead_is_closed_before_that_day_once(engine):
    review.close(engine, EVA, "HND", "2018-1", today=AFTER)
    refused("closed_already", review.close, engine, EVA, "HND", "2018-1", today=AFTER)
    review.close(engine, EVA, "HND", "2018-1", today=DAY)


# What a partner offers, what a country says beside its figures

OFFERED = {"partner": "OIM", "activity": "VI.1.4", "countries": "HND", "semester_from": "2018-1",
           "semester_to": "2018-2", "modality": "tecnica", "text": "Asistencia."}  # fmt: skip
OBSERVED = {"country": "HND", "meeting": "m-2018", "observation": "Faltan datos."}


@pytest.fixture
def with_meeting(engine, tmp_path):
    """Return a store with the meeting that is observed on."""
    row = {"meeting": "m-2018", "corte": "2018-08-15", "held_on": "2018-08-28"}
    files = read_files([a_file(tmp_path, row, name="m.csv", subject="meetings")])
    review.record(engine, EVA, files, today=date(2018, 8, 1))
    return engine


def test_an_offer_is_of_its_day_and_offered_whatever_the_form_says(engine):
    stored = review.offer(engine, OIM, OFFERED | {"state": "concluida"}, today=DAY)
    review.accept(engine, EVA, stored.batch_id, today=DAY)
    with db.reading(engine) as session:
        (line,) = queries.cooperation_in_force(session, DAY).to_dict("records")
    assert (line["state"], line["reported_on"]) == ("ofrecida", DAY)


def test_nobody_offers_for_another_partner_or_for_none(engine):
    refused("not_allowed", review.offer, engine, OIM, OFFERED | {"partner": "ACNUR"}, today=DAY)
    none = {name: value for name, value in OFFERED.items() if name != "partner"}
    refused("not_allowed", review.offer, engine, OIM, none, today=DAY)


def test_an_offer_that_looks_personal_waits_until_somebody_confirms_it(engine):
    personal = OFFERED | {"text": CHILD}
    refused("personal_data", review.offer, engine, OIM, personal, today=DAY)
    assert review.offer(engine, OIM, personal, today=DAY, confirmed=True).new == 1


def test_an_observation_is_of_its_day_and_its_own_country(with_meeting):
    stored = review.observe(with_meeting, ANA, OBSERVED, today=DAY)
    assert stored.new == 1
    refused("not_allowed", review.observe, with_meeting, JUAN, OBSERVED, today=DAY)
    none = {name: value for name, value in OBSERVED.items() if name != "country"}
    refused("not_allowed", review.observe, with_meeting, ANA, none, today=DAY)
    with db.reading(with_meeting) as session:
        assert queries.review_acts(session, stored.batch_id)["day"].tolist() == [DAY]


def test_an_observation_that_looks_personal_waits_until_somebody_confirms_it(with_meeting):
    personal = OBSERVED | {"observation": CHILD}
    refused("personal_data", review.observe, with_meeting, ANA, personal, today=DAY)
    assert review.observe(with_meeting, ANA, personal, today=DAY, confirmed=True).new == 1


# What nobody has confirmed


def test_what_went_back_is_not_submitted_again_with_words_that_nobody_confirmed(engine, tmp_path):
    batch = submitted(engine, tmp_path)
    review.send_back(engine, EVA, batch, comment="Falta", today=DAY)
    refused("personal_data", review.submit_again, engine, ANA, batch, comment=CHILD, today=AFTER)
    review.submit_again(engine, ANA, batch, comment=CHILD, today=AFTER, confirmed=True)


def test_a_semester_is_not_opened_again_with_words_that_nobody_confirmed(engine, tmp_path):
    review.close(engine, EVA, "HND", "2018-1", today=DAY)
    again = (review.reopen, engine, LUZ, "HND", "2018-1")
    refused("personal_data", *again, reason=CHILD, today=AFTER)
    review.reopen(*again[1:], reason=CHILD, today=AFTER, confirmed=True)


def test_a_form_that_looks_personal_waits_until_somebody_confirms_it(engine):
    refused("personal_data", review.edit_report, engine, ANA, REPORT | {"narrative": CHILD},
            today=DAY)  # fmt: skip
    confirmed = review.edit_report(engine, ANA, REPORT | {"narrative": CHILD}, today=DAY,
                                   confirmed=True)  # fmt: skip
    assert confirmed.new == 1


def test_no_changes_repeats_words_that_were_confirmed_before(engine, tmp_path):
    change = {"state": "suspendida", "reason": CHILD}
    files = read_files([a_file(tmp_path, change)])
    review.record(engine, EVA, files, today=DAY, confirmed=EVERY_PLACE)
    slots = [("HND", "I.1.1", "2018-2")]
    assert review.sin_cambios(engine, ANA, slots, today=date(2019, 1, 10)).new == 1


def test_a_semester_is_not_closed_with_words_that_nobody_confirmed(engine):
    refused("personal_data", review.close, engine, EVA, "HND", "2018-1", comment=CHILD, today=DAY)
    review.close(engine, EVA, "HND", "2018-1", comment=CHILD, today=DAY, confirmed=True)


@pytest.mark.parametrize("step", [review.accept, review.send_back])
def test_nothing_is_decided_with_words_that_nobody_confirmed(engine, tmp_path, step):
    batch = submitted(engine, tmp_path)
    refused("personal_data", step, engine, EVA, batch, comment=CHILD, today=DAY)
    step(engine, EVA, batch, comment=CHILD, today=DAY, confirmed=True)
    assert len(acts_of(engine, batch)) == 2


def test_nothing_is_withdrawn_with_words_that_nobody_confirmed(engine, tmp_path):
    batch = submitted(engine, tmp_path)
    refused("personal_data", review.withdraw, engine, EVA, batch, reason=CHILD, today=DAY)
    review.withdraw(engine, EVA, batch, reason=CHILD, today=DAY, confirmed=True)


def test_rows_are_decided_with_words_that_somebody_confirmed(engine, tmp_path):
    batch = submitted(engine, tmp_path, {}, {"activity": "I.1.2"})
    with db.reading(engine) as session:
        first, second = queries.batch_rows(session, batch)["row"]
    comments = {"accepted": {first: CHILD}, "returned": {second: CHILD}}
    refused("personal_data", review.decide, engine, EVA, batch, **comments, today=DAY)
    review.decide(engine, EVA, batch, **comments, today=DAY, confirmed=True)
    assert len(acts_of(engine, batch)) == 3


@pytest.mark.parametrize(("do", "actor"), [(review.submit, ANA), (review.record, EVA)])
def test_files_are_stored_once_their_words_are_confirmed(engine, tmp_path, do, actor):
    files = read_files([a_file(tmp_path, {"narrative": CHILD}, name="r.csv")])
    refused("personal_data", do, engine, actor, files, today=DAY)
    (stored,) = do(engine, actor, files, today=DAY, confirmed=EVERY_PLACE)
    assert stored.new == 1


def test_a_row_is_sent_back_with_its_comment_and_named_where_it_has_none(engine, tmp_path):
    batch = submitted(engine, tmp_path)
    with db.reading(engine) as session:
        (row,) = queries.batch_rows(session, batch)["row"]
    told = refused("text_required", review.send_back, engine, EVA, batch, rows=[row], comment=" ")
    assert "I.1.1" in told
    assert "I.1.1" not in refused(
        "text_required", review.send_back, engine, EVA, batch, comment=" "
    )


# Reminders


def reminders(engine, day: date, language: str = "en") -> dict[str, str]:
    with db.reading(engine) as session:
        found = review.reminders(session, words_for(language), day)
    return {one.country: one.text for one in found}


def test_reminders_go_by_the_names_of_the_language(engine):
    assert [*reminders(engine, DAY, "es")][:3] == ["BLZ", "CAN", "CRI"]
    assert [*reminders(engine, DAY, "es")][-3:] == ["NIC", "PAN", "DOM"]
    assert [*reminders(engine, DAY, "en")][-3:] == ["NIC", "PAN", "USA"]


def test_a_reminder_says_of_which_day_it_is(engine):
    assert "On September 1, 2018 the following is open" in reminders(engine, DAY)["HND"]


def test_cooperation_that_went_back_is_named_to_the_countries_that_it_speaks_of(engine, tmp_path):
    line = a_file(tmp_path, {"countries": "HND"}, subject="cooperation", name="apoyo.csv")
    (stored,) = review.submit(engine, OIM, read_files([line]), today=BEFORE)
    assert "apoyo.csv" not in reminders(engine, DAY)["HND"]
    review.send_back(engine, EVA, stored.batch_id, comment="Falta el semestre", today=DAY)
    told = f"- Batch {stored.batch_id} (apoyo.csv) was sent back: Falta el semestre"
    assert told in reminders(engine, DAY)["HND"]
    assert "apoyo.csv" not in reminders(engine, DAY)["GTM"]


def test_reports_that_went_back_are_not_named_as_cooperation(engine, tmp_path):
    batch = submitted(engine, tmp_path)
    review.send_back(engine, EVA, batch, comment="Falta", today=DAY)
    assert "(r.csv) was sent back" not in reminders(engine, DAY)["HND"]


def test_a_semester_of_one_report_is_named_where_it_is_missing(engine, tmp_path):
    # All of 2018-I but one is answered with "not applicable", which expects nothing.
    with db.reading(engine) as session:
        version = queries.version_at(session, DAY).id
        slots = queries.slots(session, version)
    own = slots.loc[slots["semester"] == "2018-1", "activity"].tolist()
    none = {"state": "no_aplica", "percent": "", "reason": "No procede"}
    rows = [none | {"activity": code} for code in own]
    import_files(engine, [a_file(tmp_path, *rows[1:], name="all.csv")], by="Ana")
    assert "2018-I: 1 report of 1 missing" in reminders(engine, AFTER)["HND"]
    import_files(engine, [a_file(tmp_path, rows[0], name="last.csv")], by="Ana")
    assert "2018-I:" not in reminders(engine, AFTER)["HND"]
