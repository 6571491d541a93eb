"""The head of the audit chain, as people keep it: by it a tail that was cut off is told."""

from datetime import date

from crmdata import view
from crmdata.access import secretariat
from crmdata.cli.status import status_lines
from crmdata.i18n import words_for
from crmdata.slides import plenary
from crmdata.slides.deck import deck
from crmdata.store import db, queries
from crmdata.workflow import snapshots
from tests.support import a_report
from tests.test_proofs import by_the_owner


def head(engine, cutoff=None) -> str:
    with db.reading(engine) as session:
        return queries.chain_head(session, cutoff)


def rules(engine, kept: str) -> list[str]:
    _, problems = status_lines(words_for("en"), engine, head=kept)
    return [problem.rule for problem in problems]


def cut_the_tail(engine) -> None:
    """Erase the last batch with all that tells of it, as an owner can."""
    with by_the_owner(engine) as execute:
        last = "(SELECT max(id) FROM batch)"
        execute(f"DELETE FROM report WHERE batch_id = {last}")
        execute(f"DELETE FROM review_act WHERE batch_id = {last}")
        execute(f"DELETE FROM batch WHERE id = {last}")
        execute("DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)")


def test_a_chain_whose_tail_was_cut_off_is_told_by_a_head_that_somebody_kept(engine):
    a_report(engine)
    a_report(engine, "GTM")
    kept = head(engine)
    assert rules(engine, kept) == []
    cut_the_tail(engine)
    assert rules(engine, "") == []
    assert rules(engine, kept) == ["head_missing"]


def test_a_head_is_still_held_when_more_was_written(engine):
    a_report(engine)
    kept = head(engine)
    a_report(engine, "GTM")
    assert rules(engine, kept) == []


def test_a_head_is_taken_as_printed_in_full_or_as_its_hash(engine):
    a_report(engine)
    with db.reading(engine) as session:
        ((number, whole),) = queries.chain_hashes(session, []).items()
    digits = whole.rpartition(":")[2]
    for kept in (f"{number}-{digits[:12]}", whole, digits, digits[:8], f" {digits[:12].upper()} "):
        assert rules(engine, kept) == [], kept
    for wrong in (f"{number + 1}-{digits[:12]}", "0" * 12, digits[:7], "nada"):
        assert rules(engine, wrong) == ["head_missing"], wrong


def test_status_says_the_head_to_keep(engine):
    a_report(engine)
    lines, _ = status_lines(words_for("en"), engine)
    assert lines[-1] == f"Head of the chain: {head(engine)}"


def test_what_comes_later_leaves_the_head_of_an_earlier_picture_as_it_was(engine):
    a_report(engine)
    day = date(2018, 12, 31)
    before = head(engine, day)
    with db.writing(engine) as session:
        db.audit(session, actor="t", action="note", object="x", detail={})
    assert head(engine, day) == before
    a_report(engine, "GTM")
    assert head(engine, day) != before


def test_a_snapshots_head_is_the_last_act_that_it_knows(engine):
    a_report(engine)
    before = head(engine)
    made = snapshots.create(engine, secretariat("Eva"), name="Acta")
    a_report(engine, "GTM")
    with queries.as_of(engine, made.snapshot) as session:
        assert queries.chain_head(session) == before
        assert queries.chain_head(session, date(2018, 12, 31)) == before


def test_the_deck_and_the_papers_print_the_head_of_their_picture(engine):
    a_report(engine)
    day = date(2018, 12, 31)
    with db.reading(engine) as session:
        slides = deck(plenary(session, day), words_for("en"))
        taken = view.read(session, day)
    assert f"Record {head(engine, day)}" in slides.slides[0].footer
    assert taken.chain_head == head(engine, day)
