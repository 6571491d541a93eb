"""The plan's files: equal to the transcription, and every broken rule named with its place."""

import csv
import re
from pathlib import Path

import pytest

from crmdata import plan, settings
from crmdata.errors import PlanError
from crmdata.terms import MARKS, Reading
from tests.plans import Shape, a_plan
from tests.support import changed, copied_plan

FROZEN = Path(__file__).parent / "frozen"
YEARS = ("y1", "y2", "y3", "y4", "y5")


@pytest.fixture(scope="module")
def files() -> plan.PlanFiles:
    return plan.read(settings.plan_folder())


@pytest.fixture(scope="module")
def transcription() -> list[dict[str, str]]:
    with (FROZEN / "activities.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copied_plan(tmp_path)


def code(row: dict[str, str]) -> str:
    return f"{row['line']}.{row['activity']}"


def problems(folder: Path) -> list[tuple[str, str, int | None, str]]:
    with pytest.raises(PlanError) as caught:
        plan.read(folder)
    return [(p.rule, p.file, p.row, p.field) for p in caught.value.problems]


def test_the_plan_has_5_axes_16_lines_36_results_and_97_activities(files):
    counts = [len(files.tables[name]) for name in ("axis", "line", "result", "planned_activity")]
    assert counts == [5, 16, 36, 97]


def test_activities_equal_the_transcription_in_code_text_responsible_reading_and_note(
    files, transcription
):
    ours = [
        (row["activity"], row["text"], row["responsible"], row["reading"], row["note"])
        for row in files.tables["planned_activity"]
    ]
    theirs = [
        (code(row), row["text"], row["responsible"], row["reading"], row["note"])
        for row in transcription
    ]
    assert ours == theirs


def test_all_485_year_cells_equal_the_transcription(files, transcription):
    first = files.plan["first_year"]
    ours = {(row["activity"], row["year"] - first): row["mark"] for row in files.tables["mark"]}
    cells = [
        (ours.get((code(row), place), ""), row[year])
        for row in transcription
        for place, year in enumerate(YEARS)
    ]
    assert len(cells) == 485
    assert [ours for ours, _ in cells] == [theirs for _, theirs in cells]


def test_315_year_cells_are_filled(files):
    assert len(files.tables["mark"]) == 315


def test_results_and_lines_equal_the_transcription(files):
    with (FROZEN / "results.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    lines = {row["line"]: (row["axis"], row["title"]) for row in files.tables["line"]}
    ours = [
        (*map(str, lines[row["line"]]), row["result"], row["title"])
        for row in files.tables["result"]
    ]
    assert ours == [
        (row["axis"], row["line_title"], f"{row['line']}.{row['result']}", row["result_title"])
        for row in rows
    ]


def test_the_readings_are_72_exact_16_inferred_and_9_shared(files):
    readings = [row["reading"] for row in files.tables["planned_activity"]]
    assert [readings.count(reading) for reading in Reading] == [72, 16, 9]


def test_every_inferred_reading_says_why_in_its_note(files):
    rows = files.tables["planned_activity"]
    assert [row["activity"] for row in rows if row["reading"] != "exact" and not row["note"]] == []


@pytest.fixture(scope="module")
def source() -> str:
    return " ".join((FROZEN / "plan-estrategico-2017-2022.txt").read_text("utf-8").split())


def test_every_activity_stands_in_the_source_word_by_word(files, source):
    texts = [text for row in files.tables["planned_activity"]
             for text in (row["text"], row["responsible"])]  # fmt: skip
    assert [text for text in texts if text not in source] == []


def test_the_plans_own_texts_stand_in_the_source_word_by_word(files, source):
    names = ("title", "objective", "principle", "footnote")
    assert [name for name in names if files.plan[name] not in source] == []


def test_every_mark_is_spelled_as_in_the_source_and_as_often(files, source):
    written = re.findall("|".join(sorted(MARKS, key=len, reverse=True)), source)
    ours = [row["mark"] for row in files.tables["mark"]]
    odd = {mark: (ours.count(mark), written.count(mark))
           for mark in MARKS if ours.count(mark) != written.count(mark)}  # fmt: skip
    # III.1.5 has three of its marks twice; one mark may stand for all activities of a result.
    assert odd == {"Continuo": (131, 134), "Por definir": (131, 101)}


def test_eight_activities_have_no_mark_at_all(files):
    marked = {row["activity"] for row in files.tables["mark"]}
    unmarked = [
        r["activity"] for r in files.tables["planned_activity"] if r["activity"] not in marked
    ]
    assert unmarked == [
        "I.1.4", "IV.2.1", "IV.5.1", "IV.5.2", "IV.5.3", "VI.1.4", "X.1.4", "XIV.1.2",
    ]  # fmt: skip


def test_every_mark_of_the_source_is_one_of_the_seven_of_which_one_is_written_in_two_ways(files):
    assert len(MARKS) == 8
    assert len({mark.casefold() for mark in MARKS}) == 7
    assert {row["mark"] for row in files.tables["mark"]} == set(MARKS)


def slots_of(files: plan.PlanFiles, activity: str) -> list[tuple[str, bool]]:
    return [
        (row["semester"], row["quarter"])
        for row in files.tables["slot"]
        if row["activity"] == activity
    ]


def test_continuo_fills_both_semesters_of_its_year(files):
    assert slots_of(files, "IV.1.1") == [("2018-1", False), ("2018-2", False)]


def test_a_semester_mark_fills_that_semester(files):
    assert slots_of(files, "IV.3.2") == [("2018-1", False)]


def test_i_y_ii_semestre_and_dos_veces_al_ano_fill_both_semesters(files):
    assert slots_of(files, "XII.1.3")[:3] == [
        ("2017-2", False),
        ("2018-1", False),
        ("2018-2", False),
    ]
    assert slots_of(files, "I.1.3")[:2] == [("2018-1", False), ("2018-2", False)]


def test_the_quarter_lies_inside_the_first_semester(files):
    assert slots_of(files, "IV.4.1") == [("2018-1", True)]


def test_por_definir_has_no_slot(files):
    assert slots_of(files, "X.1.1") == []


def test_another_first_year_moves_every_slot_by_a_year_and_needs_no_other_edit(files, folder):
    changed(folder, "plan.toml", "first_year = 2017", "first_year = 2018")
    moved = plan.read(folder)
    later = [
        (row["activity"], f"{int(row['semester'][:4]) + 1}{row['semester'][4:]}", row["quarter"])
        for row in files.tables["slot"]
    ]
    assert [tuple(row.values()) for row in moved.tables["slot"]] == later


def test_every_text_of_the_plan_has_its_english(files):
    missing = [
        (table, row)
        for table, fields in (
            ("axis", ("title", "objective")),
            ("line", ("title",)),
            ("result", ("title",)),
            ("planned_activity", ("text", "note", "responsible")),
        )
        for row in files.tables[table]
        for field in fields
        if bool(row[field]) != bool(row[f"{field}_en"])
    ]
    assert missing == []
    assert all(files.plan[f"{name}_en"] for name in ("title", "objective", "principle", "footnote"))


@pytest.mark.parametrize(
    ("spanish", "english"),
    [
        ("interés superior", "best interests"),
        ("protección consular", "consular protection"),
        ("protección internacional", "international protection"),
        ("protección integral", "comprehensive protection"),
        ("arraigo", "rooted"),
        ("no acompañad", "unaccompanied"),
        ("separad", "separated"),
        ("no localizada", "missing"),
        ("referencia", "referral"),
        ("trata", "trafficking"),
        ("puntos focales", "focal point"),
        ("diplomado", "diploma course"),
    ],
)
def test_a_term_of_the_field_has_one_english_word(files, spanish, english):
    pairs = [
        (row[field], row[f"{field}_en"])
        for table, fields in (("axis", ("title", "objective")), ("line", ("title",)),
                              ("result", ("title",)), ("planned_activity", ("text",)))
        for row in files.tables[table]
        for field in fields
        if re.search(rf"\b{spanish}", row[field].lower())
    ]  # fmt: skip
    assert pairs
    assert [pair for pair in pairs if english not in pair[1].lower()] == []


def test_the_countries_are_the_11_members_and_the_region(files):
    assert [row["country"] for row in files.countries] == [
        "BLZ", "CAN", "CRI", "DOM", "SLV", "GTM", "HND", "MEX", "NIC", "PAN", "USA", "CRM",
    ]  # fmt: skip


def test_an_unknown_mark_is_named_with_file_row_and_field(folder):
    changed(
        folder,
        "activities.csv",
        "IV.3.3,Establecer puntos focales de cada sistema de protección.,,,II Semestre",
        "IV.3.3,Establecer puntos focales de cada sistema de protección.,,,III Semestre",
    )
    (found,) = problems(folder)
    assert found[0] == "unknown_mark"
    assert found[1] == "activities.csv"
    assert found[3] == "y2"


def test_a_gap_in_the_numbering_is_named(folder):
    changed(folder, "activities.csv", "\nI.1.2,", "\nI.1.9,")
    rules = [rule for rule, *_ in problems(folder)]
    assert "gap" in rules


def test_a_duplicate_code_is_named(folder):
    changed(folder, "activities.csv", "\nI.1.2,", "\nI.1.1,")
    assert ("duplicate", "activities.csv", 3, "activity") in problems(folder)


def test_an_activity_without_result_is_named(folder):
    changed(folder, "results.csv", "\nV.2,", "\nV.9,")
    assert "without_result" in [rule for rule, *_ in problems(folder)]


def test_a_missing_file_is_named(folder):
    (folder / "lines.csv").unlink()
    assert ("missing_file", "lines.csv", None, "") in problems(folder)


def test_a_quote_that_the_activity_does_not_contain_is_named(folder):
    changed(folder, "mentions.csv", "Esta estrategia (del ACNUR)", "ACNUR apoya")
    assert ("not_in_source", "mentions.csv", 3, "quote") in problems(folder)


def test_a_translation_of_an_unknown_code_is_named(folder):
    with (folder / "english.csv").open("a", encoding="utf-8") as file:
        file.write("IV.9.9,text,Nothing\n")
    assert "unknown_code" in [rule for rule, *_ in problems(folder)]


def test_columns_beyond_the_period_are_refused(folder):
    changed(folder, "plan.toml", "first_year = 2017", "first_year = 2019")
    assert ("outside_period", "plan.toml", None, "first_year") in problems(folder)


def test_all_problems_of_all_files_come_at_once(folder):
    changed(folder, "activities.csv", "Por definir", "Luego")
    changed(folder, "countries.csv", "HND,", "Hn,")
    changed(folder, "axes.csv", "\n5,", "\n7,")
    rules = {rule for rule, *_ in problems(folder)}
    assert {"unknown_mark", "not_iso3", "gap"} <= rules


@pytest.mark.parametrize("name", ["short_title", "principle", "footnote"])
@pytest.mark.parametrize("rest", ['{name} = ""', ""])
def test_an_optional_text_of_the_plan_may_be_empty_or_missing(tmp_path, name, rest):
    toml = a_plan(tmp_path) / "plan.toml"
    line = re.compile(rf"^{name} = .*$", re.MULTILINE)
    toml.write_text(line.sub(rest.format(name=name), toml.read_text("utf-8")), "utf-8")
    assert plan.read(tmp_path).plan[name] == ""


@pytest.mark.parametrize("name", ["title", "objective"])
def test_a_plan_without_title_or_objective_is_refused(tmp_path, name):
    toml = a_plan(tmp_path) / "plan.toml"
    line = re.compile(rf"^{name} = .*$", re.MULTILINE)
    toml.write_text(line.sub(f'{name} = ""', toml.read_text("utf-8")), "utf-8")
    assert problems(tmp_path) == [("bad_value", "plan.toml", None, name)]


def test_a_plan_needs_no_english_text_at_all(tmp_path):
    files = plan.read(a_plan(tmp_path, Shape(english=False)))
    assert {row["title_en"] for row in files.tables["line"]} == {""}


@pytest.mark.parametrize("lines", [1, 20, 21, 45, 99])
def test_a_plan_may_have_any_number_of_lines(tmp_path, lines):
    files = plan.read(a_plan(tmp_path, Shape(lines=lines, results=1, activities=1)))
    assert len(files.tables["line"]) == lines


@pytest.mark.parametrize("name", ["axes", "lines", "results", "activities"])
def test_a_file_without_a_row_is_named(tmp_path, name):
    file = a_plan(tmp_path) / f"{name}.csv"
    file.write_text(file.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    assert ("no_row", f"{name}.csv", None, "") in problems(tmp_path)


@pytest.mark.parametrize(
    "line", ["", 'id = ""', "id = 7", 'id = "Plan 2"', 'id = "niñez"', f'id = "{"a" * 41}"']
)
def test_a_plan_says_by_an_id_which_plan_it_is(tmp_path, line):
    toml = a_plan(tmp_path) / "plan.toml"
    toml.write_text(
        re.sub(r"^id = .*$", line, toml.read_text("utf-8"), flags=re.MULTILINE), "utf-8"
    )
    with pytest.raises(PlanError, match=r'Write a line id = "…"'):
        plan.read(tmp_path)


@pytest.mark.parametrize("columns", [1, 3, 4, 6, 8])
def test_as_many_year_columns_as_the_source_has_are_read(tmp_path, columns):
    shape = Shape(columns=columns, last_column_empty=True)
    assert plan.read(a_plan(tmp_path, shape)).plan["year_columns"] == columns
