"""The table of short names: every item of the plan once, short, and told from all others."""

import re
from datetime import date
from pathlib import Path

import pytest

from crmdata import plan, settings, view
from crmdata.errors import PlanError
from crmdata.i18n import words_for
from crmdata.plan.short_names import FILE, read_short_names
from crmdata.search import plain
from crmdata.store import db
from crmdata.store.models import NAME_OF
from tests.support import changed, copied_plan

TABLE = (settings.plan_folder() / FILE).read_text("utf-8")
NAMES = {code: {"es": es, "en": en} for code, es, en in
         re.findall(r"^\| ([0-9IVX.]+) \| (.+?) \| (.+?) \|$", TABLE, re.MULTILINE)}  # fmt: skip


def items() -> list[str]:
    """Return the codes of everything that the plan names, in its order."""
    tables = plan.read(settings.plan_folder()).tables
    levels = ("axis", "line", "result", "planned_activity")
    keys = dict(zip(levels, ("axis", "line", "result", "activity"), strict=True))
    return [str(row[keys[level]]) for level in levels for row in tables[level]]


def test_every_item_of_the_plan_has_one_name_in_its_order():
    assert list(NAMES) == items()


@pytest.mark.parametrize("language", ["es", "en"])
def test_no_name_is_longer_than_its_room(language):
    room = {code: 50 if "." in code else 32 for code in NAMES}
    long = [code for code, names in NAMES.items() if len(names[language]) > room[code]]
    assert long == []


@pytest.mark.parametrize("language", ["es", "en"])
def test_no_name_stands_twice(language):
    said = [plain(names[language]) for names in NAMES.values()]
    assert sorted(said) == sorted(set(said))


# How a table is read

LEVELS = {"1": "axis", "I": "line", "I.1": "result", "I.1.1": "activity", "I.1.2": "activity"}
HEAD = "# Names\n\n| | Español | English |\n|---|:-:|---|\n"
"""Four lines, so that the first row of a table is the fifth of its file."""


def read(folder: Path, *rows: str):
    """Return what is read of a table with these rows."""
    (folder / FILE).write_text(HEAD + "".join(f"| {row} |\n" for row in rows), "utf-8")
    return read_short_names(folder, LEVELS)


def problem(folder: Path, *rows: str):
    """Return the one thing wrong with a table."""
    _, (found,) = read(folder, *rows)
    return found


def test_a_row_is_a_word_of_the_plan_by_its_code(tmp_path):
    found, problems = read(tmp_path, "1 | Prevenir | Preventing", "I.1.1|Campaña|Campaign")
    assert found == [
        {"word": f"{NAME_OF}1", "es": "Prevenir", "en": "Preventing"},
        {"word": f"{NAME_OF}I.1.1", "es": "Campaña", "en": "Campaign"},
    ]
    assert problems == []


def test_text_around_the_tables_and_their_headings_are_no_names(tmp_path):
    (tmp_path / FILE).write_text(f"| a | b |\n\nI | am | text\n{HEAD}", "utf-8")
    assert read_short_names(tmp_path, LEVELS) == ([], [])


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    (tmp_path / FILE).write_text("| I | Arraigo | Roots |\n", "utf-8-sig")
    found, problems = read_short_names(tmp_path, LEVELS)
    assert ([row["es"] for row in found], problems) == (["Arraigo"], [])


@pytest.mark.parametrize(
    ("code", "room"), [("1", 32), ("I", 32), ("I.1", 50), ("I.1.1", 50)], ids=str
)
def test_a_name_may_fill_its_room_and_no_more(tmp_path, code, room):
    assert read(tmp_path, f"{code} | {'n' * room} | {'m' * room}")[1] == []
    found = problem(tmp_path, f"{code} | {'n' * (room + 1)} | m")
    assert (found.rule, found.field) == ("long_name", "es")
    assert f"{room + 1} letters; pictures have room for {room}." in found.text()


@pytest.mark.parametrize(
    ("rows", "rule", "field"),
    [
        (["1 | Uno | One", f"I | Dos | {'n' * 33}"], "long_name", "en"),
        (["1 | Uno | One", "I | Dos |"], "empty", "en"),
        (["1 | Uno | One", "I || Two"], "empty", "es"),
        (["1 | Uno | One", "I | Dos | One"], "same_name", "en"),
        (["1 | Niñez | One", "I | NIÑEZ | Two"], "same_name", "es"),
        (["I | Uno | One", "I | Dos | Two"], "duplicate", ""),
    ],
)
def test_what_is_wrong_is_named_by_file_row_and_way_out(tmp_path, rows, rule, field):
    found = problem(tmp_path, *rows)
    assert (found.rule, found.file, found.row, found.field) == (rule, FILE, 6, field)
    assert found.way_out
    assert found.text().startswith(f"{FILE}: Row 6")


def test_every_problem_of_a_table_is_told_at_once(tmp_path):
    _, problems = read(tmp_path, f"1 | {'n' * 33} | One", "I | Uno | One", "I | Dos |")
    assert [(found.rule, found.row) for found in problems] == [
        ("long_name", 5), ("same_name", 6), ("duplicate", 7), ("empty", 7),
    ]  # fmt: skip


def test_a_code_that_stands_twice_keeps_its_first_name(tmp_path):
    found, _ = read(tmp_path, "I | Uno | One", "I | Dos | Two")
    assert [row["es"] for row in found] == ["Uno"]


def test_a_file_that_is_no_text_in_utf_8_is_named_with_the_way_out(tmp_path):
    (tmp_path / FILE).write_bytes("| I | Niñez | Children |\n".encode("latin-1"))
    found, (wrong,) = read_short_names(tmp_path, LEVELS)
    assert found == []
    assert (wrong.rule, wrong.file, wrong.way_out) == ("encoding", FILE, "Save it as UTF-8.")


def test_names_of_what_the_plan_does_not_have_wait_without_a_word(tmp_path):
    # Not even checked: it may be of a plan to come, or of one that was.
    found, problems = read(
        tmp_path, f"XC.9.9 | {'n' * 99} |", "I | Uno | One", "XC.9.8 | Uno | One"
    )
    assert ([row["word"] for row in found], problems) == ([f"{NAME_OF}I"], [])


def test_a_plan_without_the_table_has_no_short_names(tmp_path):
    assert read_short_names(tmp_path, LEVELS) == ([], [])


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_problem_speaks_the_readers_language(tmp_path, language):
    words = words_for(language)
    _, problems = read(
        tmp_path, f"1 | {'n' * 33} | One", "I | Uno | One", "I | Dos |", "I.1 | Tres | Three"
    )
    assert len(problems) == 4
    assert len({found.text(words) for found in problems}) == 4
    spanish = [found.text(words) == found.text() for found in problems]
    assert set(spanish) == {language == "en"}


# How a table reaches the pages


def test_a_wrong_table_stops_the_load_by_file_and_row(tmp_path):
    folder = copied_plan(tmp_path)
    changed(folder, FILE, "| Derecho a la información |", f"| {'n' * 33} |")
    with pytest.raises(PlanError) as refused:
        plan.read(folder)
    (found,) = refused.value.problems
    row = 1 + TABLE.splitlines().index("| I | Derecho a la información | Right to information |")
    assert (found.file, found.row, found.rule) == (FILE, row, "long_name")


def test_a_corrected_name_reaches_the_frames_of_the_pages_without_another_version(engine, tmp_path):
    folder = copied_plan(tmp_path)

    def named() -> dict[str, str]:
        with db.reading(engine) as session:
            rows = view.read(session, date(2019, 11, 15)).frame("activities")
        return dict(zip(rows["activity"], rows["brief"], strict=True))

    before = named()
    changed(folder, FILE, f"| I.1.1 | {NAMES['I.1.1']['es']} |", "| I.1.1 | Otro nombre |")
    outcome = plan.load(engine, folder, by="test")
    assert (outcome.changed, outcome.version_id) == (False, 1)
    assert named() == before | {"I.1.1": "Otro nombre"}
    with db.reading(engine) as session:
        assert db.verify_plan(session) == []


def test_an_item_that_lost_its_name_stands_there_with_its_whole_text(engine, tmp_path):
    folder = copied_plan(tmp_path)
    (folder / FILE).unlink()
    plan.load(engine, folder, by="test")
    with db.reading(engine) as session:
        seen = view.read(session, date(2019, 11, 15))
    for level in ("axes", "lines", "results", "activities"):
        assert set(seen.frame(level)["brief"]) | set(seen.frame(level)["brief_en"]) == {""}
