"""The review by row on both databases: some rows accepted, others sent back, each by itself."""

from datetime import date

import pytest

from crmdata.access import Actor, Role
from crmdata.errors import AccessDenied, Held, ReviewRefused
from crmdata.i18n import words_for
from crmdata.intake.reports import import_files, read_files
from crmdata.store import db, queries
from crmdata.store.db.schema import downgrade
from crmdata.store.queries import Provisional
from crmdata.terms import TEXT_WITHDRAWN, Stage
from crmdata.workflow import review, snapshots
from tests.sheets import REPORT, a_file

ANA = Actor("Ana", Role.FOCAL_POINT, country="HND", email="ana@hnd.example")
EVA = Actor("Eva", Role.SECRETARIAT, email="eva@crm.example", editors=2)
LUZ = Actor("Luz", Role.SECRETARIAT, email="luz@crm.example", editors=2)
ALONE = Actor("Sola", Role.SECRETARIAT)
SENT, DECIDED, LATER = date(2018, 8, 1), date(2018, 9, 1), date(2018, 10, 1)

THREE = ({"percent": "10"}, {"activity": "I.1.2", "percent": "20"},
         {"activity": "I.1.3", "percent": "30"})  # fmt: skip


def submitted(engine, tmp_path, *changes, actor=ANA, day=SENT, name="r.csv") -> int:
    """Submit a file with three reports unless told otherwise; return its batch."""
    files = read_files([a_file(tmp_path, *(changes or THREE), name=name)])
    (stored,) = review.submit(engine, actor, files, today=day)
    return stored.batch_id


def rows_of(engine, batch: int) -> list[int]:
    with db.reading(engine) as session:
        return queries.batch_rows(session, batch)["row"].tolist()


def steps_of(engine, batch: int) -> list[str]:
    with db.reading(engine) as session:
        return queries.batch_rows(session, batch)["step"].tolist()


def picture(engine, cutoff: date, provisional=None) -> list[float]:
    with db.reading(engine) as session:
        found = queries.reports_in_force(session, cutoff, provisional=provisional)
    return sorted(found["percent"])


def about(engine, batch: int) -> dict:
    """Return what the list of batches says of one."""
    with db.reading(engine) as session:
        found = queries.submissions(session)
    (row,) = found.loc[found["batch_id"].eq(batch)].to_dict("records")
    return row


def stage(engine, semester: str = "2018-1") -> str:
    with db.reading(engine) as session:
        stages = review.overview(session, EVA, LATER).stages
    return stages.set_index(["country", "semester"])["stage"]["HND", semester]


def whole_chain(engine) -> list:
    with db.reading(engine) as session:
        return db.verify(session)


def refused(rule: str, do, *args, **kwargs) -> str:
    with pytest.raises((AccessDenied, ReviewRefused)) as caught:
        do(*args, **kwargs)
    assert [problem.rule for problem in caught.value.problems] == [rule]
    return str(caught.value)


@pytest.fixture
def split(engine, tmp_path) -> tuple[int, list[int]]:
    """Return a batch of three whose first is accepted and second sent back, and its rows."""
    batch = submitted(engine, tmp_path)
    rows = rows_of(engine, batch)
    returned = {rows[1]: "El segundo es 25"}
    review.decide(engine, EVA, batch, accepted={rows[0]: ""}, returned=returned, today=DECIDED)
    return batch, rows


# What counts


def test_of_a_batch_the_rows_accepted_count_and_no_others(engine, split):
    assert [picture(engine, day) for day in (SENT, DECIDED, LATER)] == [[], [10.0], [10.0]]
    assert whole_chain(engine) == []


def test_rows_that_still_wait_are_provisional_and_those_sent_back_are_not(engine, split):
    assert picture(engine, LATER, Provisional()) == [10.0, 30.0]


def test_a_row_withdrawn_leaves_its_batch_in_the_picture_and_stays_in_earlier_ones(
    engine, tmp_path
):
    import_files(engine, [a_file(tmp_path, *THREE)], by="Ana")
    review.withdraw(engine, EVA, 1, rows=rows_of(engine, 1)[:1], reason="Un error", today=DECIDED)
    assert picture(engine, SENT) == [10.0, 20.0, 30.0]
    assert picture(engine, LATER) == [20.0, 30.0]
    with db.reading(engine) as session:
        kept = queries.report_history(session, LATER, withdrawn=True)
    assert kept["withdrawn_on"].dropna().tolist() == [DECIDED]


def test_what_is_done_to_a_whole_batch_is_done_to_the_rows_named_before(engine, split):
    batch, _ = split
    review.accept(engine, EVA, batch, today=LATER)
    review.submit_again(engine, ANA, batch, today=LATER)
    review.accept(engine, LUZ, batch, today=LATER)
    assert picture(engine, LATER) == [10.0, 20.0, 30.0]
    review.withdraw(engine, EVA, batch, reason="Todo mal", today=LATER)
    assert picture(engine, LATER) == []
    assert steps_of(engine, batch) == ["withdrawn"] * 3
    assert whole_chain(engine) == []


def test_lines_of_cooperation_are_accepted_one_by_one(engine, tmp_path):
    oim = Actor("Luis", Role.PARTNER, partner="OIM")
    file = a_file(tmp_path, {}, {"activity": "I.1.2"}, name="k.csv", subject="cooperation")
    (stored,) = review.submit(engine, oim, read_files([file]), today=SENT)
    first, second = rows_of(engine, stored.batch_id)
    review.decide(engine, EVA, stored.batch_id, accepted={second: ""}, returned={first: "No"},
                  today=DECIDED)  # fmt: skip
    with db.reading(engine) as session:
        found = queries.cooperation_in_force(session, LATER)
    assert found["cooperation_id"].tolist() == [second]


def test_a_report_keeps_counting_where_a_line_of_cooperation_of_the_same_number_is_named(
    engine, tmp_path
):
    import_files(engine, [a_file(tmp_path, *THREE)], by="Ana")
    lines = [{}, {"activity": "I.1.2"}]
    import_files(engine, [a_file(tmp_path, *lines, name="k.csv", subject="cooperation")], by="A")
    review.withdraw(engine, EVA, 2, rows=[1], reason="Un error", today=DECIDED)
    assert picture(engine, LATER) == [10.0, 20.0, 30.0]


def test_a_meeting_keeps_being_one_where_a_report_of_the_same_number_is_named(engine, tmp_path):
    import_files(engine, [a_file(tmp_path, name="m.csv", subject="meetings")], by="Ana")
    import_files(engine, [a_file(tmp_path, *THREE)], by="Ana")
    review.withdraw(engine, EVA, 2, rows=[1], reason="Un error", today=DECIDED)
    with db.reading(engine) as session:
        assert len(queries.meetings(session)) == 1


def test_a_snapshot_knows_nothing_of_the_rows_decided_after_it(engine, tmp_path):
    batch = submitted(engine, tmp_path)
    first, second, third = rows_of(engine, batch)
    review.accept(engine, EVA, batch, rows=[first], today=DECIDED)
    made = snapshots.create(engine, EVA, name="Acta", cutoff=LATER)
    review.accept(engine, EVA, batch, rows=[second, third], today=DECIDED)
    with queries.as_of(engine, made.snapshot) as session:
        assert queries.reports_in_force(session, LATER)["percent"].tolist() == [10.0]
    with db.reading(engine) as session:
        assert snapshots.verify(session) == []


def test_the_cut_off_is_the_day_on_which_rows_were_accepted(engine, split):
    with db.reading(engine) as session:
        assert queries.default_cutoff(session) == DECIDED


def test_going_down_a_revision_and_up_again_keeps_which_rows_an_act_names(engine, split):
    before = about(engine, split[0])
    downgrade(engine, "0010")
    db.upgrade(engine)
    assert about(engine, split[0]) == before
    assert whole_chain(engine) == []


# What is told


def test_a_batch_says_how_many_of_its_rows_stand_where(engine, split):
    batch, _ = split
    said = about(engine, batch)
    assert said["counts"] == {"accepted": 1, "sent_back": 1, "submitted": 1}
    assert said["step"] == "submitted"


def test_a_batch_whose_rows_are_all_decided_waits_no_more(engine, split):
    batch, rows = split
    review.accept(engine, EVA, batch, rows=rows[2:], today=LATER)
    assert about(engine, batch)["counts"] == {"accepted": 2, "sent_back": 1}
    with db.reading(engine) as session:
        assert queries.batches_waiting(session) == 0
        found = review.overview(session, EVA, LATER)
    assert (len(found.waiting), len(found.sent_back)) == (0, 1)


def test_each_row_keeps_the_comment_with_which_it_went_back(engine, tmp_path):
    batch = submitted(engine, tmp_path)
    first, second, third = rows_of(engine, batch)
    review.decide(engine, EVA, batch, accepted={first: "Bien"},
                  returned={second: "Uno", third: "Dos"}, today=DECIDED)  # fmt: skip
    with db.reading(engine) as session:
        assert queries.batch_rows(session, batch)["text"].tolist() == ["Bien", "Uno", "Dos"]
        assert queries.returned(session)["text"].tolist() == ["Uno", "Dos"]
        assert queries.review_acts(session, batch)["rows"].tolist() == [0, 1, 1, 1]


def test_a_reminder_names_the_rows_sent_back_with_their_comment(engine, split):
    with db.reading(engine) as session:
        (found,) = review.reminders(session, words_for("en"), LATER, country="HND")
    assert "2018-I, batch 1: sent back (I.1.2): El segundo es 25" in found.text


def test_a_semester_stands_at_what_waits_then_at_what_went_back_until_it_is_answered(
    engine, tmp_path, split
):
    batch, rows = split
    assert stage(engine) == Stage.SUBMITTED
    review.accept(engine, EVA, batch, rows=rows[2:], today=DECIDED)
    assert stage(engine) == Stage.SENT_BACK
    again = submitted(engine, tmp_path, THREE[1] | {"percent": "25"}, name="2.csv", day=DECIDED)
    assert stage(engine) == Stage.SUBMITTED
    review.accept(engine, EVA, again, today=DECIDED)
    assert stage(engine) not in {Stage.SUBMITTED, Stage.SENT_BACK}


# Corrected rows


def test_corrected_rows_come_as_a_new_batch_and_what_went_back_stays_so(engine, tmp_path, split):
    batch, _ = split
    mended = submitted(engine, tmp_path, THREE[1] | {"percent": "25"}, name="2.csv", day=DECIDED)
    assert mended != batch
    assert steps_of(engine, batch) == ["accepted", "sent_back", "submitted"]
    review.accept(engine, EVA, mended, today=DECIDED)
    assert picture(engine, LATER) == [10.0, 25.0]
    with db.reading(engine) as session:
        assert queries.returned(session).empty


def test_a_row_sent_back_may_be_handed_in_again_unchanged_in_a_new_file(engine, tmp_path, split):
    again = submitted(engine, tmp_path, THREE[1], name="2.csv", day=DECIDED)
    assert len(rows_of(engine, again)) == 1


def test_what_answers_a_row_and_is_withdrawn_leaves_it_open(engine, tmp_path, split):
    mended = submitted(engine, tmp_path, THREE[1] | {"percent": "25"}, name="2.csv", day=DECIDED)
    review.withdraw(engine, EVA, mended, reason="Un error", today=DECIDED)
    with db.reading(engine) as session:
        assert queries.returned(session)["activity"].tolist() == ["I.1.2"]


def test_a_row_sent_back_may_be_submitted_again_as_it_stands(engine, split):
    batch, rows = split
    review.submit_again(engine, ANA, batch, rows=[rows[1]], today=DECIDED)
    assert steps_of(engine, batch) == ["accepted", "submitted", "submitted"]


# Who may not, and when not


def test_a_step_that_does_not_follow_names_the_row_and_does_nothing(engine, split):
    batch, rows = split
    said = refused("not_the_next_step", review.accept, engine, EVA, batch, rows=rows)
    assert "I.1.1, 2018-1 (batch 1) was accepted by Eva on 2018-09-01." in said
    assert steps_of(engine, batch) == ["accepted", "sent_back", "submitted"]


def test_one_row_that_cannot_be_decided_leaves_all_undecided(engine, split):
    batch, rows = split
    returned = {rows[0]: "Tarde"}
    refused("not_the_next_step", review.decide, engine, EVA, batch, accepted={rows[2]: ""},
            returned=returned)  # fmt: skip
    assert steps_of(engine, batch) == ["accepted", "sent_back", "submitted"]


@pytest.mark.parametrize("row", [0, 99])
def test_a_row_of_another_batch_is_refused(engine, split, row):
    refused("no_row", review.accept, engine, EVA, split[0], rows=[row])


def test_nothing_chosen_is_refused(engine, split):
    batch, _ = split
    refused("no_rows", review.accept, engine, EVA, batch, rows=[])
    refused("no_rows", review.decide, engine, EVA, batch, accepted={}, returned={})


def test_each_row_sent_back_needs_a_comment(engine, split):
    batch, rows = split
    refused("text_required", review.decide, engine, EVA, batch, accepted={},
            returned={rows[2]: " "})  # fmt: skip


def test_meetings_are_decided_as_a_whole(engine, tmp_path):
    import_files(engine, [a_file(tmp_path, name="m.csv", subject="meetings")], by="Ana")
    refused("no_row", review.withdraw, engine, EVA, 1, rows=[1], reason="No")


# Two editors


def test_who_submitted_accepts_nothing_of_it_that_another_submitted_again(engine, tmp_path):
    batch = submitted(engine, tmp_path, actor=EVA)
    review.send_back(engine, EVA, batch, comment="No", today=DECIDED)
    review.submit_again(engine, LUZ, batch, today=DECIDED)
    refused("own_submission", review.accept, engine, EVA, batch)


def test_who_submitted_again_accepts_nothing_of_it(engine, tmp_path):
    batch = submitted(engine, tmp_path)
    review.send_back(engine, EVA, batch, comment="No", today=DECIDED)
    review.submit_again(engine, LUZ, batch, today=DECIDED)
    refused("own_submission", review.accept, engine, LUZ, batch)
    review.accept(engine, EVA, batch, today=DECIDED)


def test_who_submitted_one_row_again_accepts_the_others_only(engine, split):
    batch, rows = split
    review.submit_again(engine, LUZ, batch, rows=[rows[1]], today=DECIDED)
    said = refused("own_submission", review.accept, engine, LUZ, batch)
    assert "I.1.2, 2018-1, is among it" in said
    review.accept(engine, LUZ, batch, rows=[rows[2]], today=DECIDED)
    assert steps_of(engine, batch) == ["accepted", "submitted", "accepted"]


def test_an_editor_alone_accepts_what_they_submitted_again(engine, tmp_path):
    batch = submitted(engine, tmp_path)
    review.send_back(engine, ALONE, batch, comment="No", today=DECIDED)
    review.submit_again(engine, ALONE, batch, today=DECIDED)
    review.accept(engine, ALONE, batch, today=DECIDED)
    assert len(picture(engine, LATER)) == 3


def test_of_a_batch_only_the_withdrawn_row_loses_its_text_in_public(engine, tmp_path):
    batch = submitted(engine, tmp_path)
    review.accept(engine, EVA, batch, today=DECIDED)
    row = rows_of(engine, batch)[1]
    review.withdraw(engine, EVA, batch, rows=[row], reason="Otra cifra", today=LATER)
    with db.reading(engine) as session:
        then = queries.reports_in_force(session, DECIDED).set_index("report_id")["narrative"]
    assert then[row] == TEXT_WITHDRAWN
    assert set(then.drop(row)) == {REPORT["narrative"]}


def test_comments_of_rows_that_look_personal_are_held_together_and_nothing_is_done(
    engine, tmp_path
):
    batch = submitted(engine, tmp_path)
    one, two, three = rows_of(engine, batch)
    back = {two: "Llame al 2222-3333.", three: "Escriba a ana@example.org."}
    with pytest.raises(Held) as held:
        review.decide(engine, EVA, batch, accepted={one: ""}, returned=back)
    assert len(held.value.problems) == 2
    assert steps_of(engine, batch) == ["submitted"] * 3
    review.decide(engine, EVA, batch, accepted={one: ""}, returned=back, confirmed=True)
    assert steps_of(engine, batch) == ["accepted", "sent_back", "sent_back"]
    assert whole_chain(engine) == []
