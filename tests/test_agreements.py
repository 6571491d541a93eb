"""Agreements: noted with who and by when, signed, done, opened again, withdrawn, never erased."""

from datetime import date
from functools import partial

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from crmdata import slides
from crmdata.access import ANONYMOUS, Actor, Role, secretariat
from crmdata.cli.main import app
from crmdata.content import agreements as said_of
from crmdata.content import home
from crmdata.content.papers import Chapter, country_sheets, meeting_minutes
from crmdata.content.parts import Entries, Section
from crmdata.errors import AccessDenied, AgreementRefused, StoreError
from crmdata.exports import export
from crmdata.i18n import words_for
from crmdata.intake.reports import read_files
from crmdata.store import db, queries
from crmdata.store.db.schema import downgrade
from crmdata.terms import tombstone
from crmdata.view import View, read
from crmdata.workflow import agreements, redaction
from crmdata.workflow.agreements import LONGEST, Pins
from crmdata.workflow.review import record
from tests.sheets import a_file
from tests.support import DUTY

EVA = secretariat("Eva")
DAY = date(2019, 11, 28)


def noted(engine, said="Compartir el protocolo", pins=None, **wishes) -> int:
    wishes = {**DUTY, "agreed_on": DAY, **wishes}
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
    assert refused(engine, " ", Pins(activity=""), responsible="", due_on=None) == [
        "no_text", "not_pinned", "no_responsible", "no_due_day",
    ]  # fmt: skip
    assert refused(engine, responsible="XXX", due_on=date(2019, 11, 27)) == [
        "unknown_responsible", "due_before_agreed",
    ]  # fmt: skip
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
def test_only_the_secretariat_notes_completes_and_withdraws(engine, actor):
    number = noted(engine)
    with pytest.raises(AccessDenied):
        agreements.note(engine, actor, "Algo", Pins(line="IV"), **DUTY)
    with pytest.raises(AccessDenied):
        agreements.complete(engine, actor, number, how="Se envió")
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


@pytest.mark.parametrize("revision", ["0003", "0013"])
def test_agreements_survive_going_down_and_up(engine, revision):
    agreements.withdraw(engine, EVA, noted(engine), reason="Se repite")
    agreements.complete(engine, EVA, noted(engine, responsible="OIM"), how="Se envió")
    again = noted(engine, "Otro")
    agreements.complete(engine, EVA, again, how="Se envió")
    agreements.reopen(engine, EVA, again, reason="Faltaba un anexo")
    before = rows(engine)
    downgrade(engine, revision)
    db.upgrade(engine)
    assert rows(engine) == before
    with db.reading(engine) as session:
        assert db.verify(session) == []


def test_an_agreement_of_an_earlier_version_proves_and_names_nobody(engine):
    downgrade(engine, "0013")
    told = {"role": "secretariat", "identity": "eva", "meeting": "", "text": "Compartir",
            "day": "2019-11-28", "line": "IV"}  # fmt: skip
    with db.writing(engine) as session:
        row = db.audit(session, actor="Eva", action="note_agreement", object="agreement",
                       detail=told)  # fmt: skip
        statement = (
            "INSERT INTO agreement (seq, agreement, step, day, line, meeting, text, at, actor,"
            " role, identity) VALUES (:seq, :seq, 'noted', '2019-11-28', 'IV', '', 'Compartir',"
            " :at, 'Eva', 'secretariat', 'eva')"
        )
        session.execute(text(statement), {"seq": row.seq, "at": row.at})
    db.upgrade(engine)
    (found,) = rows(engine)
    assert (found["text"], found["party"], found["due_on"]) == ("Compartir", None, None)
    with db.reading(engine) as session:
        assert db.verify(session) == []


def test_an_agreement_says_who_answers_for_it_and_by_when(engine):
    noted(engine, responsible="oim", due_on=date(2020, 6, 30))
    noted(engine, responsible="HND", due_on=date(2020, 6, 30))
    with db.reading(engine) as session:
        region = queries.region(session).code
    noted(engine, responsible=region, due_on=date(2020, 6, 30))
    found = [(row["party"], row["partner"], row["due_on"]) for row in rows(engine)]
    due = date(2020, 6, 30)
    assert found == [(None, "OIM", due), ("HND", None, due), (region, None, due)]


def test_an_agreement_is_done_on_a_day_in_some_way_and_can_be_opened_again(engine):
    number = noted(engine)
    agreements.complete(engine, EVA, number, how=" Se  envió ", done_on=date(2020, 1, 7))
    (row,) = rows(engine)
    assert (row["done_on"], row["done_how"]) == (date(2020, 1, 7), "Se envió")
    agreements.reopen(engine, EVA, number, reason="Faltaba un anexo")
    (row,) = rows(engine)
    assert (row["done_on"], row["done_how"]) == (None, None)
    agreements.complete(engine, EVA, number, how="Completo", done_on=date(2020, 2, 7))
    assert rows(engine)[0]["done_on"] == date(2020, 2, 7)
    with db.reading(engine) as session:
        assert db.verify(session) == []


def test_how_it_was_done_can_be_redacted_and_stays_so_on_a_way_down_and_up(engine):
    number = noted(engine)
    agreements.complete(engine, EVA, number, how="La recibió Kévin Cruz", confirmed=True)
    with db.reading(engine) as session:
        (place,) = redaction.find(session, EVA, "kevin cruz")
    reasons = {"reason_es": "Era un nombre", "reason_en": "It was a name"}
    act = redaction.redact(engine, EVA, [place.spot], **reasons).act
    downgrade(engine, "0013")
    db.upgrade(engine)
    assert rows(engine)[0]["done_how"] == tombstone(act)
    with db.reading(engine) as session:
        assert db.verify(session) == []


def problems_of(act, *args, **kwargs) -> list[str]:
    with pytest.raises(AgreementRefused) as caught:
        act(*args, **kwargs)
    return [problem.rule for problem in caught.value.problems]


def test_nothing_is_done_twice_nor_without_a_word_nor_before_its_time(engine):
    number = noted(engine)
    complete = partial(problems_of, agreements.complete, engine, EVA, number)
    assert complete(how=" ", done_on=date(2019, 11, 27)) == ["done_before_agreed", "no_reason"]
    assert complete(how="Se hará", done_on=date(2999, 1, 1)) == ["done_in_future"]
    assert complete(how="x" * (LONGEST + 1)) == ["text_too_long"]
    assert problems_of(agreements.reopen, engine, EVA, number, reason="No") == ["not_done"]
    agreements.complete(engine, EVA, number, how="Se envió")
    assert complete(how="Se envió") == ["done_already"]
    agreements.withdraw(engine, EVA, number, reason="Se repite")
    assert complete(how="Se envió") == ["withdrawn_already"]
    reopen = partial(problems_of, agreements.reopen, engine, EVA)
    assert reopen(number, reason="No") == ["withdrawn_already"]
    assert reopen(99, reason="No") == ["unknown_agreement"]


def view_at(engine, cutoff: date) -> View:
    with db.reading(engine) as session:
        return read(session, cutoff)


ENGLISH = words_for("en")


def to_do_of(engine, cutoff: date, **whose: str) -> list[tuple[str, str]]:
    """Return the agreements on the home of a country or partner: text, and what is said of it."""
    view = view_at(engine, cutoff)
    if "country" in whose:
        sections = home.of_country(view, ENGLISH, whose["country"], may_report=False)
    else:
        sections = home.of_partner(view, ENGLISH, whose["partner"], may_offer=False)
    lists = [
        part
        for section in sections
        for part in section.parts
        if isinstance(part, Entries)
        and (section.key == "acuerdos" or part.title.startswith("Open agreements"))
    ]
    entries = [entry for part in lists for entry in part.entries]
    return [(entry.name.text, entry.note) for entry in entries]


def test_an_open_agreement_is_on_the_home_of_whom_it_names_with_its_day_and_age(engine, tmp_path):
    a_meeting(engine, tmp_path, "m-2019", "2019-06-07", "2019-06-20")
    due = {"meeting": "m-2019", "agreed_on": None, "due_on": date(2019, 12, 31)}
    noted(engine, "De Honduras", responsible="HND", **due)
    noted(engine, "De la OIM, sobre Honduras", Pins(country="HND"), responsible="OIM", **due)
    noted(engine, "De Guatemala", responsible="GTM", **due)
    note = "Honduras · open, due on Dec 31, 2019 · Line IV · agreed on Jun 20, 2019"
    at_meeting = to_do_of(engine, date(2019, 6, 7), country="HND")
    assert at_meeting[0] == ("De Honduras", note)
    later = to_do_of(engine, date(2020, 6, 30), country="HND")
    assert [said for said, _ in later] == ["De Honduras", "De la OIM, sobre Honduras"]
    assert "pending since Dec 31, 2019, for 6 months" in later[0][1]
    assert [said for said, _ in to_do_of(engine, date(2020, 6, 30), partner="OIM")] == [
        "De la OIM, sobre Honduras"
    ]


def test_what_is_done_leaves_the_home_from_its_day_on(engine):
    agreements.complete(engine, EVA, noted(engine), how="Se envió", done_on=date(2020, 3, 1))
    assert to_do_of(engine, date(2020, 2, 29), country="HND")
    assert to_do_of(engine, date(2020, 3, 1), country="HND") == []


def test_a_countrys_sheet_has_its_open_agreements(engine):
    noted(engine, responsible="HND", due_on=date(2020, 3, 31))
    (chapter,) = next(country_sheets(view_at(engine, date(2020, 11, 20)), ENGLISH, "HND")).chapters
    lists = [part for section in chapter.sections for part in section.parts
             if isinstance(part, Entries)]  # fmt: skip
    (agreed,) = [part for part in lists if part.title == "Open agreements: 1"]
    assert agreed.entries[0].name.text == "Compartir el protocolo"


def test_the_minutes_say_what_was_agreed_on_what_became_of_the_rest_and_what_was_shown(
    engine, tmp_path
):
    a_meeting(engine, tmp_path, "m-2019", "2019-06-07", "2019-06-20")
    a_meeting(engine, tmp_path, "m-2020", "2020-11-20", "2020-11-26")
    for meeting, agreed in (("m-2019", "De antes"), ("m-2020", "De ahora")):
        noted(engine, agreed, responsible="HND", meeting=meeting, agreed_on=None,
              due_on=date(2020, 12, 31))  # fmt: skip
    at = view_at(engine, date(2020, 11, 20))
    shown = Chapter("Shown", [Section("lamina-1", "Line VI", None, [])])
    agreed, slides, _ = meeting_minutes(at, ENGLISH, at.before, shown).chapters
    columns = ["Agreement", "Who answers for it", "By when", "Agreed on", "State"]
    said = [[*part.rows[columns].itertuples(index=False, name=None)]
            for section in agreed.sections for part in section.parts]  # fmt: skip
    who, when, state = "Honduras", "Dec 31, 2020", "open, due on Dec 31, 2020"
    assert said == [
        [("De ahora", who, when, "Nov 26, 2020", state)],
        [("De antes", who, when, "Jun 20, 2019", state)],
    ]
    assert slides is shown


def test_what_is_noted_at_no_meeting_belongs_to_the_cut_off_after_whose_meeting_it_was_noted(
    engine, tmp_path
):
    a_meeting(engine, tmp_path, "m-2019", "2019-06-07", "2019-06-20")
    noted(engine, "En ninguna", responsible="HND", agreed_on=date(2020, 11, 26))
    noted(engine, "En la reunión", responsible="HND", meeting="m-2019", agreed_on=None)
    found = said_of.at_meeting(view_at(engine, date(2020, 11, 20)), date(2019, 6, 20))
    assert list(found["text"]) == ["En ninguna"]


def agreed_at(engine, cutoff: date) -> list[str]:
    view = view_at(engine, cutoff)
    return list(said_of.at_meeting(view, view.first_day())["text"])


def test_what_is_noted_years_after_a_cut_off_is_none_of_its_agreements(engine, tmp_path):
    noted(engine, "Entonces", agreed_on=date(2018, 7, 6))
    noted(engine, "Años después", agreed_on=date(2020, 11, 26))
    assert agreed_at(engine, date(2018, 6, 30)) == ["Entonces"]
    a_meeting(engine, tmp_path, "m-2018", "2018-11-15", "2018-11-28")
    assert agreed_at(engine, date(2018, 6, 30)) == ["Entonces"]


@pytest.mark.parametrize(("agreed_on", "found"), [("2018-07-14", 1), ("2018-07-15", 0)])
def test_what_is_noted_from_the_next_meetings_cut_off_on_belongs_to_no_earlier_one(
    engine, tmp_path, agreed_on, found
):
    a_meeting(engine, tmp_path, "m-2018", "2018-07-15", "2018-07-28")
    noted(engine, agreed_on=date.fromisoformat(agreed_on))
    assert len(agreed_at(engine, date(2018, 6, 30))) == found


def test_after_the_plans_last_semester_whatever_is_noted_is_of_the_last_cut_off(engine):
    view = view_at(engine, date(9999, 12, 31))
    end = date(view.plan.column_years[-1], 12, 31)
    noted(engine, agreed_on=max(end, DAY))
    assert agreed_at(engine, end) == agreed_at(engine, view.cutoff) == ["Compartir el protocolo"]


def deck(engine, cutoff: date):
    with db.reading(engine) as session:
        data = slides.plenary(session, cutoff)
    return slides.deck(data, words_for("en"), ("portada", "acuerdos"))


def test_the_next_meetings_first_slides_say_what_is_done_and_what_is_open(engine, tmp_path):
    a_meeting(engine, tmp_path, "m-2019", "2019-06-07", "2019-06-20")
    a_meeting(engine, tmp_path, "m-2019-2", "2019-11-15", "2019-11-28")
    a_meeting(engine, tmp_path, "m-2020", "2020-11-20", "2020-11-26")
    at = {"meeting": "m-2019", "agreed_on": None, "due_on": date(2019, 10, 1)}
    noted(engine, "Abierto", **at)
    done = noted(engine, "Cumplido", **at)
    # Done after the cut-off and before the meeting is held: the meeting sees it done.
    agreements.complete(engine, EVA, done, how="Se envió", done_on=date(2019, 11, 20))
    first, second = deck(engine, date(2019, 11, 15)).slides[:2]
    counted = "Agreements of earlier meetings: 1 done, 1 open"
    assert counted in [entry.name.text for entry in first.parts[0].entries]
    assert (second.key, second.title) == ("portada-acuerdos", counted)
    notes = {entry.name.text: entry.note for entry in second.parts[0].entries}
    assert notes == {
        "Line IV: Abierto": "Honduras · pending since Oct 1, 2019, for 1 month",
        "Line IV: Cumplido": "Honduras · done on Nov 20, 2019: Se envió",
    }
    # The one after has seen it done, and is told of what is still open.
    assert said(deck(engine, date(2020, 11, 20)), "portada-acuerdos") == ["Line IV: Abierto"]


def said(deck, key: str) -> list[str]:
    return [entry.name.text for one in deck.slides if one.key == key for part in one.parts
            for entry in part.entries]  # fmt: skip


def test_a_meetings_deck_shows_its_agreements_and_the_next_one_looks_back_at_them(engine, tmp_path):
    a_meeting(engine, tmp_path, "m-2019", "2019-06-07", "2019-06-20")
    a_meeting(engine, tmp_path, "m-2019-2", "2019-11-15", "2019-11-28")
    noted(engine, "Compartir el protocolo", meeting="m-2019", agreed_on=None)
    line = "Line IV: Compartir el protocolo"
    assert said(deck(engine, date(2019, 6, 7)), "acuerdos") == [line]
    following = deck(engine, date(2019, 11, 15))
    assert said(following, "portada-acuerdos") == [line]
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
        "--responsible",
        "oim",
        "--due",
        "2020-06-30",
        "--on",
        "2019-11-28",
        "--by",
        "Eva",
    )
    listed = run("agreement", "list")
    number = listed.split()[0]
    assert number == "1"
    assert listed == f"{number}  2019-11-28  IV HND: Compartir — OIM, by 2020-06-30\n"
    how = ("--how", "Se envió", "--on", "2020-03-01", "--by", "Eva")
    assert run("agreement", "done", number, *how) == "Agreement 1 is done.\nCompartir\n"
    assert "done on 2020-03-01: Se envió" in run("agreement", "list")
    reopened = run("agreement", "reopen", number, "--reason", "Faltaba", "--by", "Eva")
    assert reopened == "Agreement 1 is open again.\nCompartir\n"
    assert "done on" not in run("agreement", "list")
    withdrawn = run("agreement", "withdraw", number, "--reason", "Se repite", "--by", "Eva")
    assert withdrawn == "Agreement 1 is withdrawn.\nCompartir\n"
    assert "withdrawn on" in run("agreement", "list")


def test_an_agreement_that_somebody_confirmed_to_name_nobody_proves(engine):
    agreements.note(
        engine, EVA, "Pedir a María Cruz el acta", Pins(line="IV"), **DUTY, confirmed=True
    )
    with db.reading(engine) as session:
        assert db.verify(session) == []
