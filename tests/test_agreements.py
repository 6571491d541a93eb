"""Agreements: noted by whom the rules allow, pinned, signed, withdrawn and never erased."""

from datetime import date

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from crmdata import slides
from crmdata.access import ANONYMOUS, Actor, Role, secretariat
from crmdata.cli.main import app
from crmdata.errors import AccessDenied, AgreementRefused, StoreError
from crmdata.exports import export
from crmdata.i18n import words_for
from crmdata.intake.reports import read_files
from crmdata.store import db, queries
from crmdata.store.db.schema import downgrade
from crmdata.workflow import agreements
from crmdata.workflow.agreements import LONGEST, Pins
from crmdata.workflow.review import record
from tests.sheets import a_file

EVA = secretariat("Eva")
DAY = date(2019, 11, 28)


def noted(engine, said="Compartir el protocolo", pins=None, **wishes) -> int:
    wishes.setdefault("agreed_on", DAY)
    return agreements.note(engine, EVA, said, pins or Pins(line="IV"), **wishes)


def rows(engine) -> list[dict]:
    with db.reading(engine) as session:
        return queries.agreements(session).to_dict("records")


def refused(*args, **kwargs) -> list[str]:
    with pytest.raises(AgreementRefused) as caught:
        noted(*args, **kwargs)
    return [problem.rule for problem in caught.value.problems]


def a_meeting(engine, tmp_path, meeting: str, corte: str, held_on: str) -> None:
    row = {"meeting": meeting, "corte": corte, "held_on": held_on}
    file = a_file(tmp_path, row, name=f"{meeting}.csv", subject="meetings")
    record(engine, EVA, read_files([file]), today=date(2020, 1, 1))


def test_an_agreement_is_kept_with_what_it_is_about(engine):
    number = noted(engine, "  Compartir \n el protocolo ", Pins(activity="IV.3.2", country="HND"))
    (row,) = rows(engine)
    assert row["agreement"] == number
    assert row["text"] == "Compartir el protocolo"
    assert (row["line"], row["activity"], row["country"]) == (None, "IV.3.2", "HND")
    assert (row["agreed_on"], row["withdrawn_on"]) == (DAY, None)


def test_an_agreement_of_a_meeting_is_of_the_day_on_which_it_is_held(engine, tmp_path):
    a_meeting(engine, tmp_path, "m-2019", "2019-11-15", "2019-11-28")
    noted(engine, meeting="m-2019", agreed_on=None)
    assert rows(engine)[0]["agreed_on"] == date(2019, 11, 28)


def test_every_fault_is_told_at_once(engine):
    assert refused(engine, "x" * (LONGEST + 1), Pins(line="XX", country="XXX"), meeting="m") == [
        "text_too_long", "unknown_meeting", "unknown_line", "unknown_country",
    ]  # fmt: skip
    assert refused(engine, " ", Pins(activity="")) == ["no_text", "not_pinned"]
    assert rows(engine) == []


def test_a_withdrawn_agreement_stays_with_its_reason(engine):
    number = noted(engine)
    agreements.withdraw(engine, EVA, number, reason="Se repite", today=date(2019, 12, 2))
    (row,) = rows(engine)
    assert (row["withdrawn_on"], row["withdrawn_reason"]) == (date(2019, 12, 2), "Se repite")


def test_nothing_is_withdrawn_twice_nor_without_a_reason(engine):
    number = noted(engine)
    agreements.withdraw(engine, EVA, number, reason="Se repite")
    with pytest.raises(AgreementRefused) as caught:
        agreements.withdraw(engine, EVA, number, reason=" ")
    assert [one.rule for one in caught.value.problems] == ["withdrawn_already", "no_reason"]
    with pytest.raises(AgreementRefused) as caught:
        agreements.withdraw(engine, EVA, 99, reason="No")
    assert [one.rule for one in caught.value.problems] == ["unknown_agreement"]


@pytest.mark.parametrize(
    "actor", [ANONYMOUS, Actor("Ana", Role.FOCAL_POINT, country="HND")], ids=["nobody", "focal"]
)
def test_only_the_secretariat_notes_and_withdraws(engine, actor):
    number = noted(engine)
    with pytest.raises(AccessDenied):
        agreements.note(engine, actor, "Algo", Pins(line="IV"))
    with pytest.raises(AccessDenied):
        agreements.withdraw(engine, actor, number, reason="No")
    assert len(rows(engine)) == 1


def test_the_database_refuses_to_change_or_erase_an_agreement(engine):
    noted(engine)
    for statement in ("UPDATE agreement SET text = 'otro'", "DELETE FROM agreement"):
        with pytest.raises(StoreError) as caught, db.writing(engine) as session:
            session.execute(text(statement))
        assert caught.value.problems[0].rule == "append_only"


def test_an_agreement_changed_behind_the_triggers_back_breaks_the_chain(engine):
    noted(engine)
    with db.reading(engine) as session:
        assert db.verify(session) == []
    drop = "DROP TRIGGER append_only_agreement"
    drop += "_update" if engine.dialect.name == "sqlite" else " ON agreement"
    with db.writing(engine) as session:
        session.execute(text(drop))
        session.execute(text("UPDATE agreement SET text = 'otro'"))
    with db.reading(engine) as session:
        assert [problem.rule for problem in db.verify(session)] == ["altered_act"]


def test_agreements_survive_going_down_and_up(engine):
    agreements.withdraw(engine, EVA, noted(engine), reason="Se repite")
    before = rows(engine)
    downgrade(engine, "0003")
    db.upgrade(engine)
    assert rows(engine) == before


def deck(engine, cutoff: date):
    with db.reading(engine) as session:
        data = slides.plenary(session, cutoff)
    return slides.deck(data, words_for("en"), ("cambios", "acuerdos"))


def said(deck, key: str) -> list[str]:
    return [entry.name.text for one in deck.slides if one.key == key for part in one.parts
            for entry in part.entries]  # fmt: skip


def test_a_meetings_deck_shows_its_agreements_and_the_next_one_lists_them(engine, tmp_path):
    a_meeting(engine, tmp_path, "m-2019", "2019-06-07", "2019-06-20")
    a_meeting(engine, tmp_path, "m-2019-2", "2019-11-15", "2019-11-28")
    noted(engine, "Compartir el protocolo", meeting="m-2019", agreed_on=None)
    line = "Line IV: Compartir el protocolo"
    assert said(deck(engine, date(2019, 6, 7)), "acuerdos") == [line]
    following = deck(engine, date(2019, 11, 15))
    assert said(following, "cambios-acuerdos") == [line]
    assert said(following, "acuerdos") == []


def test_many_agreements_take_as_many_slides_as_they_need(engine):
    for number in range(12):
        noted(engine, f"{number} " + "palabra " * 60, agreed_on=date(2019, 11, 10))
    found = [one for one in deck(engine, date(2019, 11, 15)).slides if one.section == "acuerdos"]
    assert sum(len(one.parts[0].entries) for one in found) == 12
    assert len({one.key for one in found}) == len(found) > 2


def test_agreements_are_counted_from_one_as_they_were_noted(engine):
    noted(engine, "first", agreed_on=date(2019, 11, 28))
    noted(engine, "second", agreed_on=date(2019, 6, 7))
    assert {row["text"]: row["number"] for row in rows(engine)} == {"first": 1, "second": 2}


def test_an_agreement_is_told_by_its_number_and_by_the_one_it_had_before(engine):
    first, second = noted(engine, "first"), noted(engine, "second")
    with db.reading(engine) as session:
        assert [agreements.numbered(session, number) for number in (1, 2)] == [first, second]
        assert agreements.numbered(session, second) == second
        with pytest.raises(AgreementRefused) as caught:
            agreements.numbered(session, 99)
    assert [problem.rule for problem in caught.value.problems] == ["unknown_agreement"]


def test_the_export_holds_the_agreements(engine, tmp_path):
    noted(engine, '=HYPERLINK("x")')
    with db.reading(engine) as session:
        export(session, tmp_path / "out")
    lines = (tmp_path / "out" / "agreements.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("agreement,agreed_on,meeting,line,activity,country,text")


def test_the_shell_notes_withdraws_and_lists(tmp_path, monkeypatch):
    monkeypatch.setenv("CRMDATA_DATABASE_URL", f"sqlite:///{tmp_path / 'own.sqlite3'}")

    def run(*args: str) -> str:
        result = CliRunner().invoke(app, ["--lang", "en", *args])
        assert result.exit_code == 0, result.output
        return result.stdout

    run("load", "--empty")
    run(
        "agreement",
        "add",
        "Compartir",
        "--about",
        "iv",
        "--about",
        "HND",
        "--on",
        "2019-11-28",
        "--by",
        "Eva",
    )
    listed = run("agreement", "list")
    number = listed.split()[0]
    assert number == "1"
    assert listed == f"{number}  2019-11-28  IV HND: Compartir\n"
    withdrawn = run("agreement", "withdraw", number, "--reason", "Se repite", "--by", "Eva")
    assert withdrawn == "Agreement 1 is withdrawn.\nCompartir\n"
    assert "withdrawn on" in run("agreement", "list")


def test_an_agreement_that_somebody_confirmed_to_name_nobody_proves(engine):
    agreements.note(
        engine, secretariat("Eva"), "Pedir a María Cruz el acta", Pins(line="IV"), confirmed=True
    )
    with db.reading(engine) as session:
        assert db.verify(session) == []
