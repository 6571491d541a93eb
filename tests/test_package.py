"""The data package: valid, complete, public, the same bytes for the same cut-off, with its sums."""

import csv
import hashlib
import json
import math
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZipFile

import frictionless
import pytest

from crmdata import view
from crmdata.exports import package
from crmdata.exports.schema import RESOURCES
from crmdata.files import BYTE_ORDER_MARK
from crmdata.intake.reports import import_files
from crmdata.store import db
from tests.sheets import a_file
from tests.support import a_report

DAYS = (date(2018, 5, 11), date(2019, 11, 15), date(2020, 11, 20))


@pytest.fixture(scope="module")
def pictures(demo_engine):
    with db.reading(demo_engine) as session:
        return {day: view.read(session, day) for day in DAYS}


def files(taken) -> dict[str, str]:
    with ZipFile(BytesIO(package.package(taken))) as opened:
        return {name: opened.read(name).decode() for name in opened.namelist()}


def rows(taken, name: str) -> list[dict[str, str]]:
    return parsed(files(taken)[f"data/{name}.csv"])


def parsed(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text.removeprefix(BYTE_ORDER_MARK))))


@pytest.mark.parametrize("day", [DAYS[0], DAYS[2]])
def test_frictionless_finds_nothing_wrong(pictures, day, tmp_path):
    with ZipFile(BytesIO(package.package(pictures[day]))) as opened:
        opened.extractall(tmp_path)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.flatten(["type", "rowNumber", "fieldName", "note"]) == []


def test_spreadsheets_see_its_accents_and_calculate_none_of_its_texts(engine, tmp_path):
    link = '=HYPERLINK("http://example.org";"ñ")'
    import_files(engine, [a_file(tmp_path, {"narrative": link})], by="test")
    with db.reading(engine) as session:
        found = files(view.read(session, date(2018, 7, 31)))
    tables = [text for name, text in found.items() if name.endswith(".csv")]
    assert [text[0] for text in tables] == [BYTE_ORDER_MARK] * len(tables)
    assert parsed(found["data/reports.csv"])[0]["narrative"] == f"'{link}"


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("by", ["line", "country", "axis"])
def test_measures_are_those_of_the_screen(pictures, day, by):
    taken = pictures[day]
    expected = taken.measured(taken.frame("cells"), by).to_dict("records")
    found = rows(taken, f"measures-{by}")
    assert [(row[by], row["expected"], row["reported"], row["sin_reporte"]) for row in found] == [
        (str(row[by]), str(row["expected"]), str(row["reported"]), str(row["sin_reporte"]))
        for row in expected
    ]
    progress = [float(row["progress"] or "nan") for row in found]
    shown = [math.nan if row["withheld"] else row["progress"] for row in expected]
    assert progress == pytest.approx(shown, abs=1e-6, nan_ok=True)
    assert any(row["withheld"] for row in expected) == (day == DAYS[0]), "no day withholds any"


def test_the_sums_are_right(pictures):
    found = files(pictures[DAYS[1]])
    listed = dict(reversed(line.split("  ")) for line in found.pop("SHA256SUMS").splitlines())
    assert listed == {
        name: hashlib.sha256(text.encode()).hexdigest() for name, text in found.items()
    }


def test_the_same_cutoff_gives_the_same_bytes_whatever_comes_later(engine):
    day = date(2018, 6, 30)
    with db.reading(engine) as session:
        before = package.package(view.read(session, day))
    a_report(engine)
    with db.reading(engine) as session:
        assert package.package(view.read(session, day)) == before
        assert package.package(view.read(session, date(2018, 7, 3))) != before


def test_nothing_tells_who_handed_a_report_in(pictures):
    names = {field.name for resource in RESOURCES for field in resource.fields}
    assert not names & {"batch_id", "imported_by", "note", "actor", "identity", "by", "report_id"}


def test_every_row_names_its_kind_of_data(pictures):
    found = files(pictures[DAYS[1]])
    for resource in RESOURCES:
        kinds = {row["data_kind"] for row in parsed(found[f"data/{resource.name}.csv"])}
        assert kinds <= {"demostracion"}


@pytest.mark.parametrize(
    ("readme", "said"),
    [("LEEME.md", "vacía es un valor ausente"), ("README.md", "empty cell is a missing value")],
)
def test_every_field_is_explained_in_both_languages(pictures, readme, said):
    text = files(pictures[DAYS[1]])[readme]
    assert said in text
    missing = [field.name for resource in RESOURCES for field in resource.fields
               if f"- `{field.name}` (" not in text]  # fmt: skip
    assert missing == []


def test_the_citation_holds_the_packages_own_id(pictures):
    found = files(pictures[DAYS[1]])
    identifier = json.loads(found["datapackage.json"])["id"]
    assert f'value: "{identifier}"' in found["CITATION.cff"]
    assert identifier in found["LEEME.md"]


def test_meetings_after_the_cutoff_are_not_of_the_picture(pictures):
    assert [row["meeting"] for row in rows(pictures[DAYS[0]], "meetings")] == ["demo-2018-05"]
