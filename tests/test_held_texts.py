"""What looks like one person's data is held until each cell is confirmed, and is kept nowhere."""

import json

import pytest

from crmdata.access import Actor, Role
from crmdata.errors import Held
from crmdata.i18n import words_for
from crmdata.intake.reports import (
    CellPlace,
    check,
    confirmed_places,
    import_files,
    place_of,
    read_files,
)
from crmdata.intake.reports.held_texts import held_text
from crmdata.store import db
from crmdata.workflow import agreements, review
from crmdata.workflow.agreements import Pins
from tests.sheets import a_file
from tests.support import DUTY
from tests.test_cli import database, done, refused, run  # noqa: F401 - a fixture

ANA = Actor("Ana", Role.FOCAL_POINT, country="HND", email="ana@hnd.example")
EVA = Actor("Eva", Role.SECRETARIAT, email="eva@crm.example")
CHILD = "La niña María Fernanda Cruz, de 9 años, fue trasladada"
PHONE = "Llamar al 2222-3333"
NARRATIVE = CellPlace("r.csv", "", 2, "narrative")
REASON = CellPlace("r.csv", "", 3, "reason")
FORM = {"country": "HND", "activity": "I.1.1", "semester": "2018-1", "state": "en_curso",
        "percent": "45", "narrative": CHILD}  # fmt: skip


def places_held(do, *args, **how) -> list[CellPlace]:
    """Return the places for which something is held."""
    with pytest.raises(Held) as caught:
        do(*args, **how)
    return [place_of(problem) for problem in caught.value.problems]


def two_rows(folder):
    return a_file(folder, {"narrative": CHILD}, {"activity": "I.1.2", "reason": PHONE})


def rows_of(engine, query: str) -> list:
    with db.reading(engine) as session:
        return session.connection().exec_driver_sql(query).fetchall()


def batches(engine) -> int:
    return len(rows_of(engine, "SELECT id FROM batch"))


def last_detail(engine) -> dict:
    return json.loads(rows_of(engine, "SELECT detail FROM audit ORDER BY seq DESC")[0][0])


def test_an_import_names_every_cell_that_is_held_and_stores_nothing(engine, tmp_path):
    file = two_rows(tmp_path)
    assert places_held(import_files, engine, [file], by="Ana") == [NARRATIVE, REASON]
    assert batches(engine) == 0


def test_one_confirmation_does_not_do_for_two(engine, tmp_path):
    file = two_rows(tmp_path)
    assert places_held(import_files, engine, [file], by="Ana", confirmed=[NARRATIVE]) == [REASON]
    assert batches(engine) == 0


def test_what_is_confirmed_cell_by_cell_is_stored_and_the_trail_tells_the_cells_alone(
    engine, tmp_path
):
    (stored,) = import_files(engine, [two_rows(tmp_path)], by="Ana", confirmed=[NARRATIVE, REASON])
    detail = last_detail(engine)
    assert detail["confirmed"] == ["2:narrative", "3:reason"]
    assert "María" not in json.dumps(detail, ensure_ascii=False)
    assert stored.warnings == ()


def test_the_trail_of_an_import_without_doubts_says_nothing_of_confirming(engine, tmp_path):
    import_files(engine, [a_file(tmp_path)], by="Ana", confirmed=[NARRATIVE])
    assert "confirmed" not in last_detail(engine)


def test_what_is_stored_already_is_not_asked_again(engine, tmp_path):
    import_files(engine, [a_file(tmp_path, {"narrative": CHILD})], by="Ana", confirmed=[NARRATIVE])
    again = a_file(tmp_path, {"narrative": CHILD}, {"activity": "I.1.2"}, name="s.csv")
    assert check(engine, read_files([again])).held == ()


def test_the_remark_of_an_import_is_held_too(engine, tmp_path):
    file, note = a_file(tmp_path), CellPlace("", "", None, "note")
    assert places_held(import_files, engine, [file], by="Ana", note=PHONE) == [note]
    import_files(engine, [file], by="Ana", note=PHONE, confirmed=[note])
    assert last_detail(engine)["confirmed"] == ["note"]


@pytest.mark.parametrize(
    ("subject", "field", "text"),
    [("cooperation", "text", CHILD), ("meetings", "name_es", "Reunión por Kevin López"),
     ("reports", "evidence", "https://example.org/?to=ana.cruz@example.org")],
)  # fmt: skip
def test_every_text_that_people_write_in_a_file_is_looked_at(
    engine, tmp_path, subject, field, text
):
    file = a_file(tmp_path, {field: text}, subject=subject)
    assert [place.field for place in places_held(import_files, engine, [file], by="Ana")] == [field]


def test_a_form_is_held_and_stored_once_confirmed(engine):
    places = places_held(review.edit_report, engine, ANA, FORM)
    assert places == [CellPlace("", "", None, "narrative")]
    review.edit_report(engine, ANA, FORM, confirmed=True)
    assert last_detail(engine)["confirmed"] == ["2:narrative"]


def test_no_changes_repeats_a_reason_that_somebody_answered_for(engine, tmp_path):
    said = {"state": "suspendida", "percent": "30", "reason": PHONE, "semester": "2017-2"}
    reason = NARRATIVE._replace(field="reason")
    import_files(engine, [a_file(tmp_path, said)], by="Ana", confirmed=[reason])
    review.sin_cambios(engine, ANA, [("HND", "I.1.1", "2018-1")])
    assert batches(engine) == 2


@pytest.mark.parametrize(
    ("do", "how"),
    [(review.accept, {"comment": CHILD}), (review.send_back, {"comment": CHILD}),
     (review.withdraw, {"reason": CHILD})],
)  # fmt: skip
def test_a_comment_of_the_review_is_held_until_it_is_confirmed(engine, tmp_path, do, how):
    (stored,) = review.submit(engine, ANA, read_files([a_file(tmp_path)]))
    acts = len(rows_of(engine, "SELECT seq FROM review_act"))
    assert places_held(do, engine, EVA, stored.batch_id, **how) == [CellPlace("", "", None, "")]
    assert len(rows_of(engine, "SELECT seq FROM review_act")) == acts
    do(engine, EVA, stored.batch_id, **how, confirmed=True)
    assert last_detail(engine)["confirmed"] == ["comment"]


def test_an_agreement_and_the_reason_of_its_withdrawal_are_held(engine):
    pins = Pins(line="IV")
    assert places_held(agreements.note, engine, EVA, CHILD, pins, **DUTY)
    row = agreements.note(engine, EVA, CHILD, pins, **DUTY, confirmed=True)
    assert places_held(agreements.withdraw, engine, EVA, row, reason=PHONE)
    agreements.withdraw(engine, EVA, row, reason=PHONE, confirmed=True)


# The command


@pytest.fixture
def loaded(database):  # noqa: F811 - the fixture
    done("load", "--empty")
    return database


def test_the_command_lists_what_is_held_and_how_each_is_confirmed(loaded, tmp_path):
    said = refused("import", two_rows(tmp_path), "--by", "Ana")
    assert len([line for line in said if "like personal data" in line]) == 2
    assert "Row 2" in said[0]
    assert "Narrative" in said[0]
    assert "María Fernanda Cruz" in said[0]
    assert said[-2] == "2 answers are missing; nothing was written."
    assert said[-1].endswith("--confirm 2:narrative --confirm 3:reason")


def test_the_command_imports_once_every_cell_is_named(loaded, tmp_path):
    file = two_rows(tmp_path)
    refused("import", file, "--by", "Ana", "--confirm", "2:narrative")
    result = run("import", file, "--by", "Ana", "--confirm", "2:narrative", "--confirm", "3:reason")
    assert result.exit_code == 0
    # What was confirmed is said no more: the words would stand in somebody's log.
    assert "María" not in result.output + result.stderr


def test_of_several_files_the_command_names_each(loaded, tmp_path):
    files = [two_rows(tmp_path), a_file(tmp_path, {"country": "GTM", "narrative": CHILD},
                                        name="s.csv")]  # fmt: skip
    said = refused("import", *files, "--by", "Ana")
    options = said[-1].partition("--confirm")[2].split("--confirm")
    names = [option.strip() for option in options]
    assert names == ["r.csv:2:narrative", "r.csv:3:reason", "s.csv:2:narrative"]
    done("import", *files, "--by", "Ana", *(part for name in names for part in ("--confirm", name)))


def test_the_name_of_a_cell_is_read_with_its_sheet(tmp_path):
    names = ["Reportes:5:narrative", "note"]
    assert confirmed_places([tmp_path / "a.xlsx"], names) == {
        CellPlace("a.xlsx", "Reportes", 5, "narrative"), CellPlace("", "", None, "note")
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("percent:fractions", ("a.xlsx", "", None, "percent", "fractions")),
        ("Hoja 1:percent:fractions", ("a.xlsx", "Hoja 1", None, "percent", "fractions")),
        ("Hoja 1:hidden", ("a.xlsx", "Hoja 1", None, "", "hidden")),
        ("hidden", ("a.xlsx", "", None, "", "hidden")),
        ("a.xlsx:hidden", ("a.xlsx", "", None, "", "hidden")),
    ],
)
def test_the_name_of_a_question_is_read_back(tmp_path, name, place):
    assert confirmed_places([tmp_path / "a.xlsx"], [name]) == {CellPlace(*place)}
    assert CellPlace(*place).name == name.removeprefix("a.xlsx:")


def test_a_comment_at_the_command_line_is_held_and_the_option_named(loaded, tmp_path):
    done("import", a_file(tmp_path), "--by", "Ana", "--submit")
    command = ("review", "accept", "1", "--by", "Eva", "--comment", PHONE)
    assert refused(*command)[-1].endswith("--no-personal-data")
    done(*command, "--no-personal-data")


@pytest.mark.parametrize(
    ("text", "verb"), [(PHONE, "parece un dato personal"), (CHILD, "parecen datos personales")]
)
def test_one_word_that_is_held_and_several_are_spoken_of_in_their_number(text, verb):
    (problem,) = held_text("", text)
    assert verb in problem.text(words_for("es"))
