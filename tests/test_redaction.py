"""What must go, goes: texts taken out everywhere, by an act that the chain proves."""

import json
import sqlite3
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError

from crmdata import clock
from crmdata.access import Actor, Role, operator, secretariat
from crmdata.errors import AccessDenied, Held, RedactionRefused, StoreError
from crmdata.intake.reports import import_files
from crmdata.store import db, queries
from crmdata.store.db.schema import downgrade
from crmdata.store.models import Audit, Redaction
from crmdata.terms import tombstone
from crmdata.workflow import agreements, redaction, review, snapshots
from crmdata.workflow.agreements.noting import Pins
from crmdata.workflow.proving import proved
from crmdata.workflow.redaction.places import texts
from tests.long import sample
from tests.support import DUTY, EVERY_PLACE
from tests.test_proofs import by_the_owner, rules

pytestmark = pytest.mark.slow(
    reason="each test fills a store with every kind of text and proves it twice"
)

EVA = secretariat("Eva")
NAME = "Kevin Cruz"
WORDS = "kevin cruz"
REASONS = {"reason_es": "Decía quién es un niño", "reason_en": "It said who a child is"}

FILES = {
    "Kevin Cruz.csv": "country,activity,semester,state,percent,narrative,reason,evidence,partners,"
    "reported_on\n"
    "HND,IV.3.2,2018-1,en_curso,45.5,El niño Kévin  Cruz volvió,,https://example.org/a,OIM,"
    "2018-07-03\n"
    "GTM,IV.3.2,2018-1,suspendida,10,Otra cosa,Por KEVIN CRUZ,,,2018-07-04\n"
    "SLV,IV.3.2,2018-1,en_curso,10,Nada de eso,,https://example.org/Kevin-Cruz,,2018-07-04\n",
    "cooperation.csv": "partner,activity,countries,semester_from,semester_to,modality,state,text,"
    "evidence,reported_on\n"
    "OIM,IV.3.2,HND;GTM,2018-1,2018-2,tecnica,ofrecida,Apoyo a Kevin Cruz,,2018-07-05\n",
}


@pytest.fixture
def store(
    filled: Callable[[Callable[[Engine], None]], Engine],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Engine:
    """Return a store in which a name stands in every kind of text."""
    monkeypatch.setenv("CRMDATA_BACKUP_DIR", str(tmp_path / "backups"))
    return filled(named_everywhere)


def named_everywhere(engine: Engine) -> None:
    with TemporaryDirectory() as folder:
        files = [Path(folder, name) for name in FILES]
        for file in files:
            file.write_text(FILES[file.name], "utf-8")
        import_files(engine, files, by="Ana", note=f"De {NAME}", confirmed=EVERY_PLACE)
    # Each text was confirmed when it was written: only later it was seen whom it names.
    review.close(
        engine, EVA, "HND", "2018-1", comment=f"Sin {NAME}", today=date(2019, 1, 2), confirmed=True
    )
    number = agreements.note(
        engine, EVA, f"Seguir con {NAME}", Pins(line="IV"), **DUTY, confirmed=True
    )
    agreements.withdraw(engine, EVA, number, reason=f"Nombraba a {NAME}", confirmed=True)
    snapshots.create(engine, EVA, name=f"Caso {NAME}", confirmed=True)
    review.withdraw(
        engine, EVA, 2, reason=f"Nombra a {NAME}", today=date(2019, 1, 3), confirmed=True
    )


def found(engine: Engine, words: str = WORDS) -> list[redaction.TextPlace]:
    with db.reading(engine) as session:
        return redaction.find(session, EVA, words)


def redact(engine: Engine, places: list[redaction.TextPlace], actor: Actor = EVA) -> redaction.Done:
    done = redaction.redact(engine, actor, [place.spot for place in places], **REASONS)
    assert done is not None
    return done


def everything(engine: Engine) -> str:
    """Return every cell of every table as one text."""
    with db.reading(engine) as session:
        tables = Audit.metadata.sorted_tables
        return "\n".join(str(list(session.execute(select(each)))) for each in tables)


def problems(engine: Engine) -> list[str]:
    with db.reading(engine) as session:
        return [problem.rule for problem in proved(session)]


def picture(engine: Engine) -> str:
    """Return all numbers, states, days and ids that pages are made of."""
    hidden = ["narrative", "reason", "evidence", "text", "withdrawn_reason", "name"]
    with db.reading(engine) as session:
        frames = [
            queries.report_history(session, date.max, withdrawn=True),
            queries.cooperation_in_force(session, date(2018, 12, 31)),
            queries.agreements(session),
            queries.snapshots(session),
        ]
    return "\n".join(each.drop(columns=hidden, errors="ignore").to_csv() for each in frames)


# Finding


def test_words_are_found_in_every_kind_of_text_whatever_case_accents_and_spaces(store):
    places = {(place.spot.table, place.spot.column) for place in found(store)}
    assert places == {
        ("report", "narrative"), ("report", "reason"), ("report", "evidence"),
        ("cooperation", "text"), ("batch", "file_name"), ("batch", "note"), ("closing_act", "text"),
        ("agreement", "text"), ("snapshot", "name"), ("review_act", "text"),
    }  # fmt: skip


def test_a_place_tells_its_words_and_what_it_is_of(store):
    (place,) = [each for each in found(store) if each.spot.column == "narrative"]
    assert (place.excerpt, place.about) == (
        "El niño Kévin Cruz volvió", ("HND", "IV.3.2", "2018-1"))  # fmt: skip


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_an_accent_that_stands_apart_hides_no_word(store, form):
    agreements.note(
        store,
        EVA,
        unicodedata.normalize(form, "De José Núñez"),
        Pins(line="IV"),
        **DUTY,
        confirmed=True,
    )
    assert [place.spot.table for place in found(store, "jose nunez")] == ["agreement"]


LONG_TEXT = "Palabra " * 20


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        (f"{LONG_TEXT}de José Núñez vino {LONG_TEXT}",
         f"… {'Palabra ' * 7}de José Núñez vino {'Palabra ' * 5}Palabra …"),
        ("Vino José Núñez", "Vino José Núñez"),
        (f"José Núñez{'x' * 80}", f"José Núñez{'x' * 60} …"),
    ],
)  # fmt: skip
def test_an_excerpt_is_cut_between_words(store, text, excerpt):
    agreements.note(store, EVA, text, Pins(line="IV"), **DUTY, confirmed=True)
    (place,) = found(store, "jose nunez")
    assert place.excerpt == excerpt


def test_nothing_searched_finds_nothing(store):
    assert found(store, "  ") == []


# Taking out


def test_a_redacted_text_stands_in_no_cell_of_any_table(store):
    redact(store, found(store))
    assert "kevin" not in everything(store).casefold()
    assert "Kévin" not in everything(store)


def test_a_store_is_in_order_before_and_after(store):
    assert problems(store) == []
    redact(store, found(store))
    assert problems(store) == []


def test_no_number_and_no_id_moves(store):
    before = picture(store)
    redact(store, found(store))
    assert picture(store) == before


def test_the_text_of_its_act_stands_where_a_text_was(store):
    (place,) = [each for each in found(store) if each.spot.column == "narrative"]
    done = redact(store, [place])
    with db.reading(store) as session:
        reports = queries.reports_in_force(session, date(2018, 12, 31))
    assert tombstone(done.act) in set(reports["narrative"])


def test_one_text_goes_and_the_others_stay(store):
    places = found(store)
    (place,) = [each for each in places if each.spot.column == "narrative"]
    redact(store, [place])
    assert {each.spot for each in places} - {each.spot for each in found(store)} == {place.spot}
    assert problems(store) == []


def test_one_act_after_the_other_is_in_order(store):
    for place in found(store):
        redact(store, [place])
    assert problems(store) == []
    assert found(store) == []


def test_the_hashes_of_the_chain_and_the_head_that_was_printed_stay(store):
    with db.reading(store) as session:
        before = session.execute(text("SELECT seq, hash FROM audit ORDER BY seq")).all()
    redact(store, found(store))
    with db.reading(store) as session:
        after = session.execute(text("SELECT seq, hash FROM audit ORDER BY seq")).all()
    assert after[:-1] == before


def test_the_salt_goes_with_the_text(store):
    redact(store, found(store))
    with db.reading(store) as session:
        salts = session.execute(text("SELECT salt FROM report ORDER BY id")).scalars().all()
        details = session.execute(text("SELECT detail FROM audit WHERE action = 'close'"))
        assert json.loads(details.scalar_one())["salt"] == ""
    assert salts == ["", "", ""]


def test_new_rows_have_salts_of_their_own(store):
    with db.reading(store) as session:
        salts = session.execute(text("SELECT salt FROM report")).scalars().all()
    assert len(set(salts)) == 3
    assert {len(salt) for salt in salts} == {32}


def test_a_redaction_waits_for_no_word_about_the_clock(store, monkeypatch):
    year = clock.utc_now().replace("2026", "2028")
    monkeypatch.setattr("crmdata.clock.utc_now", lambda: year)
    redact(store, found(store))
    assert problems(store) == []


# Refusals


@pytest.mark.parametrize(
    "actor",
    [
        Actor("Ana", Role.FOCAL_POINT, country="HND"),
        Actor("Oscar", Role.PARTNER, partner="OIM"),
        Actor("anonymous", Role.ANONYMOUS),
    ],
)
def test_others_neither_find_nor_redact(store, actor):
    spots = [place.spot for place in found(store)]
    with db.reading(store) as session, pytest.raises(AccessDenied):
        redaction.find(session, actor, WORDS)
    with pytest.raises(AccessDenied):
        redaction.redact(store, actor, spots, **REASONS)
    assert WORDS in everything(store).casefold()


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"reason_es": " "}, "text_required"),
        ({"reason_en": ""}, "text_required"),
        ({"reason_en": "x" * 601}, "text_too_long"),
        ({"reason_es": "Decía  KÉVIN cruz", "sought": "Kevin Cruz"}, "words_in_reason"),
    ],
)
def test_a_redaction_without_a_reason_that_all_may_read_is_refused(store, given, rule):
    spots = [place.spot for place in found(store)]
    with pytest.raises(RedactionRefused) as refused:
        redaction.redact(store, EVA, spots, **(REASONS | given))
    assert [problem.rule for problem in refused.value.problems] == [rule]
    assert WORDS in everything(store).casefold()


def test_what_is_redacted_already_is_refused(store):
    places = found(store)
    redact(store, places)
    with pytest.raises(RedactionRefused) as refused:
        redact(store, places)
    assert [problem.rule for problem in refused.value.problems] == ["nothing_to_redact"]


def test_a_store_that_is_not_in_order_is_not_signed_anew(store):
    with by_the_owner(store) as execute:
        execute("UPDATE report SET percent = 50 WHERE country = 'HND'")
    with pytest.raises(RedactionRefused) as refused:
        redact(store, found(store))
    assert refused.value.problems[0].rule == "not_in_order"
    assert "kevin cruz" in everything(store).casefold()


def test_a_rehearsal_changes_nothing(store):
    before = everything(store)
    spots = [place.spot for place in found(store)]
    assert redaction.redact(store, EVA, spots, **REASONS, rehearse=True) is None
    assert everything(store) == before


# The guard


def statement(engine: Engine, sql: str) -> None:
    with db.writing(engine) as session:
        session.execute(text(sql))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE report SET narrative = 'x' WHERE id = 1",
        "UPDATE report SET narrative = '[Suprimido / Redacted: 17]' WHERE id = 1",
        "UPDATE report SET salt = '' WHERE id = 1",
        "UPDATE report SET id = id",
        "UPDATE audit SET detail = '{}' WHERE seq = 2",
        "UPDATE redaction SET row_id = 2",
        "DELETE FROM redaction",
        "UPDATE snapshot SET name = 'x'",
        "UPDATE batch SET note = 'x'",
        "UPDATE agreement SET text = 'x'",
        "DELETE FROM report",
    ],
)
def test_the_guards_let_nothing_else_through(store, sql):
    redact(store, [place for place in found(store) if place.spot.column == "reason"])
    with pytest.raises((DBAPIError, StoreError)):
        statement(store, sql)
    assert problems(store) == []


@pytest.mark.parametrize(
    "change",
    [
        "narrative = {tomb}, percent = 99",
        "narrative = {tomb}, reason = 'x'",
        "narrative = {tomb}, salt = 'ff'",
        "narrative = 'x'",
    ],
)
def test_only_the_named_text_changes_and_only_to_the_text_of_its_act(store, change):
    (place,) = [each for each in found(store) if each.spot.column == "narrative"]
    with db.writing(store) as session:
        act = session.execute(text("SELECT max(seq) FROM audit")).scalar_one()
        session.add(Redaction(seq=act, position=1, table_name="report", row_id=place.spot.row,
                              column_name="narrative"))  # fmt: skip
        session.flush()
        sql = change.format(tomb=f"'{tombstone(act)}'")
        with pytest.raises(DBAPIError), session.begin_nested():
            session.execute(text(f"UPDATE report SET {sql} WHERE id = {place.spot.row}"))
        session.rollback()


@pytest.mark.parametrize(
    "place", ["'country', 1, 'name_es'", "'report', 1, 'percent'", "'audit', 1, 'hash'"]
)
def test_a_redaction_names_texts_and_nothing_else(store, place):
    with pytest.raises((DBAPIError, StoreError)):
        statement(store, f"INSERT INTO redaction VALUES (2, 1, {place})")


# What is found


CHANGES = {
    "another text": "UPDATE report SET narrative = 'Otra' WHERE country = 'SLV'",
    "a text of an act": "UPDATE report SET narrative = '[Suprimido / Redacted: {act}]'"
    " WHERE country = 'SLV'",
    "a redacted text again": "UPDATE report SET narrative = 'x' WHERE country = 'HND'",
    "a number": "UPDATE report SET percent = 46 WHERE country = 'HND'",
    "a salt": "UPDATE report SET salt = 'ff' WHERE country = 'HND'",
    "a place": "UPDATE redaction SET row_id = 3 WHERE table_name = 'report'",
    "a place gone": "DELETE FROM redaction",
    "the act": "UPDATE audit SET detail = replace(detail, 'child', 'man') WHERE seq = {act}",
    "another row of the chain": "UPDATE audit SET detail = replace(detail, 'Nombra', 'Nada')"
    " WHERE action = 'withdraw'",
    "a redacted row of the chain": "UPDATE audit SET detail = replace(detail, 'Suprimido', 'Gone')"
    " WHERE action = 'close'",
}


@pytest.mark.parametrize("change", sample(list(CHANGES), few=5))
def test_any_other_change_is_found(store, change):
    wanted = {"narrative", "text"}
    places = [each for each in found(store) if each.spot.column in wanted]
    done = redact(store, [each for each in places if each.spot.table != "review_act"])
    with by_the_owner(store) as execute:
        execute(CHANGES[change].format(act=done.act))
    assert problems(store)


def test_a_redaction_that_does_not_follow_from_what_was_signed_is_found(store):
    """An owner who changes a text and signs it with an act of their own is not believed."""
    with by_the_owner(store) as execute:
        execute("UPDATE report SET narrative = 'Otra' WHERE country = 'SLV'")
    with db.writing(store) as session:
        now = db.batch_content_sha256(session, 1)
        db.audit(session, actor="x", action=db.REDACT_ACTION, object="texts",
                 detail={"targets": [], "changed": {"batch:1": ["v3:00", now]}})  # fmt: skip
    assert "altered_batch" in problems(store)


def test_the_schema_is_proved_with_its_guards(store):
    assert "altered_schema" not in rules(store)
    if store.dialect.name == "sqlite":
        sql = "DROP TRIGGER append_only_report_update"
    else:
        sql = "ALTER FUNCTION crmdata_redact(integer) SECURITY INVOKER"
    with store.begin() as connection:
        connection.execute(text(sql))
    assert "altered_schema" in rules(store)


TOOTHLESS = (
    "CREATE OR REPLACE FUNCTION crmdata_only_redacted() RETURNS trigger LANGUAGE plpgsql"
    " AS $$ BEGIN RETURN NEW; END $$"
)


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER FUNCTION crmdata_redact(integer) RESET search_path",
        TOOTHLESS,
        "DROP FUNCTION crmdata_redact(integer)",
    ],
)
@pytest.mark.parametrize("engine", [pytest.param("postgresql", marks=pytest.mark.postgres)],
                         indirect=True)  # fmt: skip
def test_a_change_of_a_function_is_found(store, sql):
    with store.begin() as connection:
        connection.execute(text(sql))
    assert "altered_schema" in rules(store)


# Where words stood


def test_every_text_that_people_write_is_searched(store):
    with db.reading(store) as session:
        searched = {(spot.table, spot.column) for spot, _ in texts(session)}
    assert {("report", "narrative"), ("audit", "detail.text"), ("snapshot", "name")} <= searched


def test_down_and_up_again_keeps_redactions_and_salts(store):
    redact(store, [each for each in found(store) if each.spot.column == "narrative"])
    before = everything(store)
    downgrade(store, "0008")
    db.upgrade(store)
    assert problems(store) == []
    assert "'keep_salts'" in everything(store)
    assert before.count("[Suprimido") <= everything(store).count("[Suprimido")


def test_an_operator_redacts_too(store):
    redact(store, found(store), operator("Oscar"))
    assert found(store) == []


def raw(file: Path) -> bytes:
    return b"".join(each.read_bytes() for each in file.parent.glob(f"{file.name}*"))


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_no_raw_byte_of_the_file_or_its_journal_holds_the_words(store):
    file = Path(str(store.url.database))
    assert "Kévin".encode() in raw(file)
    redact(store, found(store))
    store.dispose()
    for word in ("Kevin", "Kévin", "KEVIN"):
        assert word.encode() not in raw(file)
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_a_reason_that_looks_personal_is_asked_for_since_everybody_reads_it(store):
    places = [place.spot for place in found(store)]
    reasons = {"reason_es": "Nombraba al niño Pedro Mora.", "reason_en": "It named a boy."}
    with pytest.raises(Held):
        redaction.redact(store, EVA, places, **reasons)
    assert redaction.redact(store, EVA, places, **reasons, confirmed=True) is not None
