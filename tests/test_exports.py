"""The store as CSV: the plan as transcribed, and everything that imports took."""

import csv
from pathlib import Path

import pytest

from crmdata import plan, settings
from crmdata.exports import export, tables
from crmdata.files import COLUMNS, Subject
from crmdata.intake.reports import import_files
from crmdata.store import db
from crmdata.terms import DataKind
from tests.sheets import ROWS, a_file, text_of
from tests.support import EVERY_PLACE, changed, copied_plan

FROZEN = Path(__file__).parent / "frozen"


def exported(engine, folder) -> dict[str, str]:
    """Return the text of every exported file, without the mark before it."""
    with db.reading(engine) as session:
        made = export(session, folder / "out")
        return {file.name: file.read_bytes().decode("utf-8-sig") for file in made}


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines(keepends=True)))


def frozen(name: str) -> list[dict[str, str]]:
    return rows_of((FROZEN / name).read_text("utf-8"))


# The plan


def test_the_plan_goes_out_as_it_was_transcribed(engine, tmp_path):
    found = rows_of(exported(engine, tmp_path)["activities.csv"])
    transcribed = [
        {"code": f"{row['line']}.{row['activity']}", "line": row["line"],
         "result": f"{row['line']}.{row['result']}", "text": row["text"],
         "responsible": row["responsible"], "reading": row["reading"], "note": row["note"],
         **{str(2016 + n): row[f"y{n}"] for n in range(1, 6)}}
        for row in frozen("activities.csv")
    ]  # fmt: skip
    assert len(transcribed) == 97
    assert [{name: row[name] for name in transcribed[0]} for row in found] == transcribed


def test_every_activity_goes_out_with_the_axis_of_its_result(engine, tmp_path):
    axes = {f"{row['line']}.{row['result']}": row["axis"] for row in frozen("results.csv")}
    found = rows_of(exported(engine, tmp_path)["activities.csv"])
    assert {row["result"]: row["axis"] for row in found} == axes


def test_the_columns_of_the_plan_are_these(engine, tmp_path):
    header = exported(engine, tmp_path)["activities.csv"].partition("\n")[0]
    assert header == (
        "code,axis,line,result,text,responsible,2017,2018,2019,2020,2021,reading,note"
    )


def test_the_years_follow_the_plans_first_year(engine, tmp_path):
    folder = copied_plan(tmp_path)
    changed(folder, "plan.toml", "first_year = 2017", "first_year = 2018")
    plan.load(engine, folder, by="test")
    header = exported(engine, tmp_path)["activities.csv"].partition("\n")[0]
    assert ",2018,2019,2020,2021,2022," in header


def test_slots_go_out_with_their_semesters(engine, tmp_path):
    found = rows_of(exported(engine, tmp_path)["slots.csv"])
    mine = [(row["semester"], row["quarter"]) for row in found if row["activity"] == "I.1.2"]
    assert mine == [(f"{year}-{half}", "false") for year in range(2018, 2022) for half in (1, 2)]


def test_the_region_stands_among_the_codes_of_countries(engine, tmp_path):
    found = rows_of(exported(engine, tmp_path)["countries.csv"])
    assert [row["member"] for row in found] == ["true"] * 11 + ["false"]
    assert (found[-1]["country"], found[-1]["tile_row"]) == ("CRM", "")


def test_partners_go_out(engine, tmp_path):
    found = rows_of(exported(engine, tmp_path)["partners.csv"])
    assert [row["partner"] for row in found] == ["ACNUR", "OIM", "UNICEF"]


# What was imported


@pytest.mark.parametrize("subject", Subject)
def test_an_empty_store_gives_headers(engine, tmp_path, subject):
    assert exported(engine, tmp_path)[f"{subject}.csv"] == ",".join(COLUMNS[subject]) + "\n"


@pytest.mark.parametrize("subject", Subject)
def test_what_an_import_took_comes_out_again(engine, tmp_path, subject):
    file = a_file(tmp_path, subject=subject)
    import_files(engine, [file], by="test")
    assert exported(engine, tmp_path)[f"{subject}.csv"] == file.read_bytes().decode()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "'="])
def test_before_a_text_that_looks_like_a_formula_stands_an_apostrophe(engine, tmp_path, start):
    text = f"{start}HYPERLINK(1)"
    import_files(engine, [a_file(tmp_path, {"narrative": f"'{text}"})], by="test")
    assert rows_of(exported(engine, tmp_path)["reports.csv"])[0]["narrative"] == f"'{text}"


def test_reports_come_in_the_order_in_which_they_were_imported(engine, tmp_path):
    for name, country in (("a.csv", "USA"), ("b.csv", "BLZ"), ("c.csv", "MEX")):
        import_files(engine, [a_file(tmp_path, {"country": country}, name=name)], by="test")
    found = rows_of(exported(engine, tmp_path)["reports.csv"])
    assert [row["country"] for row in found] == ["USA", "BLZ", "MEX"]


@pytest.mark.parametrize(
    ("written", "shown"), [("45.50", "45.5"), ("45.00", "45"), ("07", "7"), ("0.10 %", "0.1")]
)
def test_numbers_go_out_in_their_shortest_form(engine, tmp_path, written, shown):
    import_files(engine, [a_file(tmp_path, {"percent": written})], by="test")
    assert rows_of(exported(engine, tmp_path)["reports.csv"])[0]["percent"] == shown


def test_a_demonstration_says_in_every_row_that_it_is_one(database_url, tmp_path):
    engine = db.connect(database_url)
    db.upgrade(engine)
    plan.load(engine, settings.plan_folder(), by="test", kind=DataKind.DEMO)
    files = [
        a_file(tmp_path, {"data_kind": "demostracion"}, name=f"{subject}.csv", subject=subject)
        for subject in Subject
    ]
    import_files(engine, files, by="test")
    out = exported(engine, tmp_path)
    assert {file.name: out[file.name] for file in files} == {
        file.name: file.read_bytes().decode() for file in files
    }
    engine.dispose()


# More than an import takes back at once


def test_two_reports_on_one_slot_and_day_go_into_two_files(engine, tmp_path):
    import_files(engine, [a_file(tmp_path)], by="test")
    other = a_file(tmp_path, {"percent": "50"}, {"country": "GTM"}, name="other.csv")
    import_files(engine, [other], by="test", confirmed=EVERY_PLACE)
    out = exported(engine, tmp_path)
    assert out["reports.csv"] == (tmp_path / "r.csv").read_text("utf-8")
    assert out["reports-2.csv"] == other.read_text("utf-8")


def test_what_was_corrected_and_corrected_back_can_be_taken_again(engine, tmp_path):
    for name, percent in (("a.csv", "45"), ("b.csv", "60")):
        file = a_file(tmp_path, {"percent": percent}, name=name)
        import_files(engine, [file], by="test", confirmed=EVERY_PLACE)
    back = text_of([ROWS[Subject.REPORTS]]).replace("45", "45.0")
    (tmp_path / "c.csv").write_text(back, "utf-8")
    import_files(engine, [tmp_path / "c.csv"], by="test", confirmed=EVERY_PLACE)
    out = exported(engine, tmp_path)
    assert out["reports-3.csv"] == out["reports.csv"] + "\n"


def test_more_rows_than_an_import_takes_go_into_several_files(engine, tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "FILE_ROWS", 2)
    file = a_file(tmp_path, *({"country": code} for code in ("BLZ", "CAN", "CRI", "DOM", "GTM")))
    import_files(engine, [file], by="test")
    out = exported(engine, tmp_path)
    parts = [out["reports.csv"], out["reports-2.csv"], out["reports-3.csv"]]
    assert [len(rows_of(part)) for part in parts] == [2, 2, 1]


def test_no_file_grows_beyond_what_an_import_takes(engine, tmp_path, monkeypatch):
    file = a_file(tmp_path, *({"country": code} for code in ("BLZ", "CAN", "CRI", "DOM", "GTM")))
    import_files(engine, [file], by="test")
    limit = len(text_of([ROWS[Subject.REPORTS]] * 2).encode("utf-8-sig"))
    monkeypatch.setattr(tables, "FILE_BYTES", limit)
    out = exported(engine, tmp_path)
    reports = [text for name, text in out.items() if name.startswith("reports")]
    sizes = [len(text.encode("utf-8-sig")) for text in reports]
    assert max(sizes) == limit
    assert len(sizes) == 3


# The folder


def test_parts_of_an_earlier_export_do_not_stay(engine, tmp_path):
    old = tmp_path / "out" / "reports-2.csv"
    own = tmp_path / "out" / "mine.csv"
    old.parent.mkdir()
    for file in (old, own):
        file.write_text("old", "utf-8")
    exported(engine, tmp_path)
    assert (old.exists(), own.read_text("utf-8")) == (False, "old")


def test_an_export_replaces_an_earlier_one(engine, tmp_path):
    first = exported(engine, tmp_path)
    assert exported(engine, tmp_path) == first


def test_a_folder_that_cannot_be_made_is_an_os_error(engine, tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(OSError, match="file"):
        exported(engine, tmp_path / "file")
