"""The plan's files at their borders: first and last year, numbers, codes that stand twice."""

from pathlib import Path

import pytest

from crmdata import plan
from crmdata.errors import PlanError, Problem
from tests.support import changed, copied_plan


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copied_plan(tmp_path)


def problems(folder: Path) -> list[Problem]:
    with pytest.raises(PlanError) as caught:
        plan.read(folder)
    return list(caught.value.problems)


def places(folder: Path, *rules: str) -> list[tuple[str, str, int | None, str]]:
    """Return rule, file, row and field of the problems of these rules, of all without one."""
    return [(found.rule, found.file, found.row, found.field)
            for found in problems(folder) if not rules or found.rule in rules]  # fmt: skip


def years(folder: Path, **values: int) -> None:
    for name, year in values.items():
        before = {"first_year": 2017, "period_from": 2017, "period_to": 2022}[name]
        changed(folder, "plan.toml", f"\n{name} = {before}", f"\n{name} = {year}")


def appended(folder: Path, file: str, *rows: str) -> int:
    """Write rows behind a file's own; return the number of the first as an editor shows it."""
    path = folder / file
    lines = path.read_text("utf-8").rstrip("\n").split("\n")
    path.write_text("\n".join([*lines, *rows, ""]), "utf-8")
    return len(lines) + 1


# The period


@pytest.mark.parametrize(
    "values",
    [
        {"first_year": 2018},
        {"period_to": 2021},
        {"period_from": 2018, "first_year": 2018},
        {"period_from": 2000},
        {"period_to": 2099},
    ],
)
def test_the_year_columns_may_fill_the_period_to_its_first_and_last_year(folder, values):
    years(folder, **values)
    found = plan.read(folder)
    first = values.get("first_year", 2017)
    marked = {row["year"] for row in found.tables["mark"]}
    assert (min(marked), max(marked)) == (first, first + 4)


@pytest.mark.parametrize(
    "values",
    [{"first_year": 2019}, {"first_year": 2016}, {"period_to": 2020}, {"period_from": 2018}],
)
def test_a_year_column_one_before_or_one_after_the_period_is_refused(folder, values):
    years(folder, **values)
    (found,) = problems(folder)
    assert (found.rule, found.field) == ("outside_period", "first_year")
    assert found.values["columns"] == 5
    assert found.values["first"] == found.value == values.get("first_year", 2017)


def test_the_semesters_are_those_of_the_period_from_its_first_year_to_its_last(folder):
    found = plan.read(folder).periods
    assert [row["semester"] for row in found] == [
        f"{year}-{half}" for year in range(2017, 2023) for half in (1, 2)
    ]
    assert (str(found[0]["starts"]), str(found[-1]["ends"])) == ("2017-01-01", "2022-12-31")


# What is not there


@pytest.mark.parametrize("name", ["first_year", "period_to", "in_force_from", "title", "objective"])
def test_a_value_that_is_missing_is_named(folder, name):
    text = (folder / "plan.toml").read_text("utf-8")
    (folder / "plan.toml").write_text(text.replace(f"\n{name} = ", f"\nno_{name} = "), "utf-8")
    assert ("bad_value", "plan.toml", None, name) in places(folder)


def test_a_text_that_is_missing_is_not_told_as_an_empty_one(folder):
    text = (folder / "plan.toml").read_text("utf-8")
    (folder / "plan.toml").write_text(text.replace("\ntitle = ", "\nno_title = "), "utf-8")
    (found,) = [each for each in problems(folder) if each.field == "title"]
    assert found.value is None


def identified(folder: Path, line: str) -> None:
    """Write another line in the place of the plan's id."""
    (before,) = [each for each in (folder / "plan.toml").read_text("utf-8").split("\n")
                 if each.startswith("id = ")]  # fmt: skip
    changed(folder, "plan.toml", before, line)


def test_an_id_may_be_as_long_as_the_limit_and_no_longer(folder):
    identified(folder, f'id = "{"a" * 40}"')
    assert plan.read(folder).plan["plan_id"] == "a" * 40
    changed(folder, "plan.toml", "a" * 40, "a" * 41)
    assert places(folder) == [("bad_id", "plan.toml", None, "id")]


@pytest.mark.parametrize(
    ("line", "rule", "value"),
    [("", "no_id", None), ('id = ""', "no_id", None), ('id = "Plan 2"', "bad_id", "Plan 2"),
     ("id = 7", "bad_id", 7)],
)  # fmt: skip
def test_an_id_that_is_missing_is_told_from_one_that_is_wrong(folder, line, rule, value):
    identified(folder, line)
    (found,) = problems(folder)
    assert (found.rule, found.file, found.field, found.value) == (rule, "plan.toml", "id", value)
    assert found.message.startswith("the plan" if rule == "no_id" else "is no id")


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        ("first_year = 2017", 'first_year = "2017"', "first_year"),
        ("first_year = 2017", "first_year = true", "first_year"),
        ("in_force_from = 2017-03-17", "in_force_from = 2017-03-17T00:00:00", "in_force_from"),
        ("in_force_from = 2017-03-17", 'in_force_from = "2017-03-17"', "in_force_from"),
        ('name_es = "Región (CRM)"', 'name_es = ""', "name_es"),
        ("[region]", "[regions]", "name_es"),
        ("[region]\n", "region = 1\n[other]\n", "name_en"),
    ],
)
def test_a_value_of_another_kind_is_named(folder, before, after, field):
    changed(folder, "plan.toml", before, after)
    assert ("bad_value", "plan.toml", None, field) in places(folder)


def test_a_value_of_another_kind_is_shown_as_it_stands(folder):
    changed(folder, "plan.toml", "first_year = 2017", 'first_year = "2017"')
    told = [found.value for found in problems(folder) if found.rule == "bad_value"]
    assert told == ["2017"]


def test_a_missing_or_broken_plan_toml_is_named_and_the_other_files_are_checked_too(folder):
    changed(folder, "axes.csv", "\n5,", "\n7,")
    (folder / "plan.toml").write_text("title = ", "utf-8")
    found = places(folder)
    assert ("not_toml", "plan.toml", None, "") in found
    assert "gap" in [rule for rule, *_ in found]
    (folder / "plan.toml").unlink()
    assert ("missing_file", "plan.toml", None, "") in places(folder)


@pytest.mark.parametrize(
    ("file", "before", "after", "field"),
    [
        ("axes.csv", '\n5,', '\n5,,Objetivo\n6,', "title"),
        ("lines.csv", "\nII,1,Promover el arraigo familiar", "\nII,1,", "title"),
        ("countries.csv", "\nBLZ,Belice,Belize", "\nBLZ,,Belize", "name_es"),
        ("countries.csv", "\nBLZ,Belice,Belize", "\nBLZ,Belice,  ", "name_en"),
        ("partners.csv", "\nOIM,IOM,", "\nOIM,,", "acronym_en"),
    ],
)  # fmt: skip
def test_a_cell_that_must_not_be_empty_is_named(folder, file, before, after, field):
    changed(folder, file, before, after)
    assert ("empty", file, field) in [(rule, name, at) for rule, name, _, at in places(folder)]


def test_an_empty_translation_is_named_with_its_row(folder):
    row = appended(folder, "english.csv", "I.1,note,")
    assert ("empty", "english.csv", row, "text") in places(folder)


def test_a_plan_without_any_activity_is_told_by_its_files_and_raises_nothing_else(folder):
    header = (folder / "activities.csv").read_text("utf-8").split("\n")[0]
    (folder / "activities.csv").write_text(f"{header}\n", "utf-8")
    assert {rule for rule, *_ in places(folder)} >= {"unknown_activity", "unknown_code"}


# Numbers


@pytest.mark.parametrize(
    ("written", "number"), [("0", 0), ("7", 7), ("9999", 9999), ("0003", 3)]
)  # fmt: skip
def test_a_number_has_up_to_four_digits(folder, written, number):
    changed(folder, "countries.csv", "\nBLZ,Belice,Belize,3,4", f"\nBLZ,Belice,Belize,3,{written}")
    (belize, *_) = plan.read(folder).countries
    assert (belize["country"], belize["tile_row"], belize["tile_column"]) == ("BLZ", 3, number)


@pytest.mark.parametrize("written", ["", "10000", "-1", "1.0", "x", "４"])
def test_what_is_no_whole_number_is_named(folder, written):
    changed(folder, "countries.csv", "\nBLZ,Belice,Belize,3,4", f"\nBLZ,Belice,Belize,3,{written}")
    (found,) = problems(folder)
    assert (found.rule, found.row, found.field, found.value) == (
        "not_a_number", 2, "tile_column", written,
    )  # fmt: skip


# Codes that stand twice, and gaps


def test_each_row_that_repeats_a_code_is_named_and_the_first_stands(folder):
    row = appended(folder, "partners.csv", "OIM,X,Otra,Other", "OIM,Y,Otra,Other")
    assert places(folder) == [("duplicate", "partners.csv", row + n, "partner") for n in (0, 1)]


def test_a_partner_is_mentioned_by_several_activities_and_once_by_each(folder):
    row = appended(folder, "mentions.csv", "OIM,VI.1.4,Ministerios de Relaciones Exteriores y OIM")
    assert places(folder) == [("duplicate", "mentions.csv", row, "activity")]


def test_two_countries_on_one_tile_are_named_and_two_in_one_row_are_not(folder):
    changed(folder, "countries.csv", "\nBLZ,Belice,Belize,3,4", "\nBLZ,Belice,Belize,1,2")
    assert places(folder) == [("duplicate", "countries.csv", 3, "tile_column")]


@pytest.mark.parametrize(
    ("file", "before", "after", "expected"),
    [
        ("axes.csv", "\n1,", "\n2,", ("axis", 2, "1")),
        ("lines.csv", "\nI,", "\nXVII,", ("line", 2, "I")),
        ("results.csv", "\nI.1,", "\nI.0,", ("result", 2, "I.1")),
        ("activities.csv", "\nI.1.1,", "\nI.1.0,", ("activity", 2, "I.1.1")),
        ("activities.csv", "\nI.1.2,", "\nI.1.9,", ("activity", 3, "I.1.2")),
    ],
)
def test_the_first_gap_of_a_file_is_named_once_with_the_code_that_was_expected(
    folder, file, before, after, expected
):
    changed(folder, file, before, after)
    gaps = [(found.field, found.row, found.values["expected"])
            for found in problems(folder) if (found.rule, found.file) == ("gap", file)]  # fmt: skip
    assert gaps == [expected]


# Codes that nothing bears


@pytest.mark.parametrize(
    ("file", "before", "after", "rule", "field"),
    [
        ("lines.csv", "\nII,1,", "\nII,6,", "unknown_axis", "axis"),
        ("lines.csv", "\nII,1,", "\nII,0,", "unknown_axis", "axis"),
        ("results.csv", "\nI.1,", "\nXVII.1,", "unknown_line", "result"),
        ("activities.csv", "\nI.1.1,", "\nI.9.1,", "without_result", "activity"),
        ("mentions.csv", "\nOIM,VI.1.4,", "\nOEA,VI.1.4,", "unknown_partner", "partner"),
        ("mentions.csv", "\nOIM,VI.1.4,", "\nOIM,VI.9.9,", "unknown_activity", "activity"),
        ("countries.csv", "\nBLZ,", "\nBL,", "not_iso3", "country"),
        ("countries.csv", "\nBLZ,", "\nBLZE,", "not_iso3", "country"),
        ("countries.csv", "\nBLZ,", "\nblz,", "not_iso3", "country"),
        ("countries.csv", "\nBLZ,", "\nCRM,", "not_iso3", "country"),
    ],
)
def test_a_code_that_nothing_bears_is_named(folder, file, before, after, rule, field):
    changed(folder, file, before, after)
    assert (rule, file, field) in [(name, of, at) for name, of, _, at in places(folder)]


@pytest.mark.parametrize("row", ["I.1,text,x", "plan,name,x", "IV.9.9,text,x", "XVII,title,x"])
def test_a_translation_of_what_the_plan_does_not_have_is_named(folder, row):
    appended(folder, "english.csv", row)
    (found,) = problems(folder)
    code, field, _ = row.split(",")
    assert (found.rule, found.values) == ("unknown_code", {"code": code, "field": field})


def test_a_reading_that_is_none_is_named_and_an_empty_one_too(folder):
    path = folder / "activities.csv"
    path.write_text(path.read_text("utf-8").replace(",exact,", ",exacta,", 1)
                    .replace(",inferred,", ",,", 1), "utf-8")  # fmt: skip
    assert [rule for rule, *_ in places(folder)] == ["unknown_reading"] * 2


def test_a_quote_is_searched_in_text_and_responsible_of_its_own_activity_only(folder):
    changed(folder, "mentions.csv", "\nOIM,VI.1.4,", "\nOIM,VI.1.3,")
    (found,) = problems(folder)
    assert (found.rule, found.row, found.field) == ("not_in_source", 2, "quote")


def test_every_problem_says_all_that_it_has_to_say(folder):
    changed(folder, "axes.csv", "\n5,", "\n7,")
    changed(folder, "countries.csv", "\nBLZ,", "\nBL,")
    appended(folder, "english.csv", "IV.9.9,text,x")
    changed(folder, "plan.toml", "first_year = 2017", 'first_year = "2017"')
    (folder / "lines.csv").unlink()
    texts = [found.text() for found in problems(folder)]
    assert [text for text in texts if "{" in text or "}" in text] == []
    assert any("plan.toml" in text and "2017" in text for text in texts)
    assert any("countries.csv" in text and "BL" in text for text in texts)


# Words and other names


def test_the_words_of_a_plan_are_the_processes_names_the_searchs_and_the_thresholds(folder):
    kinds = [row["word"].partition(" ")[0] for row in plan.read(folder).words]
    assert list(dict.fromkeys(kinds)) == [
        "process", "topic", "name", "same", "search", "threshold",
    ]  # fmt: skip


PROCESS = '[process]\nshort_es = "CRM"\nshort_en = "RCM"\n'
CALLED = 'plan_es = "plan para la niñez migrante"\nplan_en = "plan for migrant children"\n'


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [(CALLED, "", ["process"]), (PROCESS, "[other]\n", []),
     (CALLED, CALLED, ["process", "topic"])],
)  # fmt: skip
def test_a_plan_may_leave_out_what_letters_call_it_or_its_process(folder, before, after, words):
    changed(folder, "plan.toml", before, after)
    found = [row["word"] for row in plan.read(folder).words]
    assert [word for word in found if " " not in word] == words


def test_a_process_that_is_no_table_lacks_its_names(folder):
    changed(folder, "plan.toml", PROCESS, "")
    changed(folder, "plan.toml", "title =", 'process = "CRM"\ntitle =')
    assert places(folder) == [
        ("bad_value", "plan.toml", None, "short_es"), ("bad_value", "plan.toml", None, "short_en"),
    ]  # fmt: skip


@pytest.mark.parametrize("names", ['other_names = "region;regional;rcm"', 'other_names = ""'])
def test_the_region_may_have_other_names_or_none(folder, names):
    changed(folder, "plan.toml", 'other_names = "region;regional;rcm"', names)
    own = [row["name"] for row in plan.read(folder).other_names if row["country"] == "CRM"]
    assert own == [name for name in names.split('"')[1].split(";") if name]


def test_a_party_may_have_a_name_twice_and_two_parties_may_not(folder):
    changed(folder, "countries.csv", "biz;bz;blc", "biz;bz;B Z")
    assert ("bz", "BLZ") in [(row["name"], row["country"])
                             for row in plan.read(folder).other_names]  # fmt: skip
    changed(folder, "countries.csv", "biz;bz;B Z", "biz;bz;CA")
    (found,) = problems(folder)
    assert (found.rule, found.file, found.field) == ("two_parties", "countries.csv", "other_names")
    assert found.values == {"name": "ca", "first": "BLZ", "second": "CAN"}


def test_a_wrong_code_of_the_region_is_named_with_what_stands_there(folder):
    changed(folder, "plan.toml", 'code = "CRM"', 'code = "Crm"')
    (found,) = problems(folder)
    assert (found.rule, found.file, found.field, found.value) == (
        "bad_region", "plan.toml", "code", "Crm",
    )  # fmt: skip


def test_a_wrong_short_name_is_told_beside_what_is_wrong_with_other_files(folder):
    changed(folder, "plan.toml", 'code = "CRM"', 'code = "Crm"')
    path = folder / "short_names.md"
    lines = path.read_text("utf-8").split("\n")
    at = next(at for at, line in enumerate(lines) if line.startswith("| 1 |"))
    path.write_text("\n".join([*lines[: at + 1], lines[at], *lines[at + 1 :]]), "utf-8")
    assert {file for _, file, *_ in places(folder)} == {"plan.toml", "short_names.md"}


# What comes out


def test_positions_count_from_one_in_the_plans_order(folder):
    tables = plan.read(folder).tables
    for name in ("line", "result", "planned_activity"):
        assert [row["position"] for row in tables[name]] == list(range(1, len(tables[name]) + 1))


def test_a_quarter_is_a_quarter_and_a_semester_is_none(folder):
    slots = plan.read(folder).tables["slot"]
    assert {row["activity"] for row in slots if row["quarter"]} == {"IV.4.1", "VII.3.3", "VIII.1.3"}


def test_members_are_the_countries_and_the_region_is_none(folder):
    *members, region = plan.read(folder).countries
    assert all(row["member"] for row in members)
    assert (region["country"], region["member"]) == ("CRM", False)
    assert (region["tile_row"], region["tile_column"]) == (None, None)
    assert (region["name_es"], region["name_en"]) == ("Región (CRM)", "Region (RCM)")


def test_a_partner_has_its_four_columns_and_a_mention_its_three(folder):
    found = plan.read(folder)
    assert list(found.partners[0]) == ["partner", "acronym_en", "name_es", "name_en"]
    assert list(found.tables["plan_mention"][0]) == ["partner", "activity", "quote"]
