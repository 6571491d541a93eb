"""The verbs that write what people take home: names, languages, refusals."""

import pytest
from typer.testing import CliRunner

from crmdata.cli.main import app


@pytest.fixture
def here(demo_file, tmp_path, monkeypatch):
    """Return the folder in which the command line works, on the demonstration data."""
    monkeypatch.setenv("CRMDATA_DATABASE_URL", f"sqlite:///{demo_file}")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*args, lang: str = "en"):
    return CliRunner().invoke(app, ["--lang", lang, *map(str, args)])


def written(folder, *args, lang: str = "en") -> list[str]:
    """Run a verb that must succeed; return the names of what it wrote."""
    result = run(*args, lang=lang)
    assert result.exit_code == 0, result.stderr
    return sorted(file.name for file in folder.iterdir())


def refused(*args) -> str:
    result = run(*args)
    assert result.exit_code == 1, result.output
    return result.stderr


def test_a_calendar_file_names_country_cutoff_and_kind(here):
    assert written(here, "ics", "hnd", "--corte", "demo-2019-11") == [
        "calendario-HND-2019-11-15-demostracion.ics"
    ]


def test_without_a_country_the_file_is_of_all(here):
    assert written(here, "ics", "-o", "all.ics") == ["all.ics"]
    assert "End of semester 2018-I" in (here / "all.ics").read_text().replace("\n ", "")


def test_an_alias_is_no_member(here):
    assert "“HON”: This is no member country." in refused("ics", "HON")


def test_an_unknown_cutoff_is_named(here):
    assert "“soon”" in refused("ics", "--corte", "soon")


def test_the_meetings_are_listed_with_their_codes(here):
    assert "demo-2019-11  2019-11-15  Demonstration meeting 3" in run("meetings").stdout


@pytest.mark.parametrize(
    ("verb", "name"),
    [
        (("package", "--corte", "2019-11-15"), "datos-2019-11-15-demostracion.zip"),
        (("sheet", "country", "hnd", "--corte", "2019-11-15"),
         "ficha-HND-2019-11-15-demostracion.pdf"),
        (("sheet", "line", "iv", "--corte", "2019-11-15", "--format", "docx"),
         "linea-IV-2019-11-15-demostracion.docx"),
        (("sheet", "partner", "acnur", "--corte", "2019-11-15"),
         "cooperante-ACNUR-2019-11-15-demostracion.pdf"),
        (("sheet", "partner", "UNHCR", "--corte", "2019-11-15", "--format", "docx"),
         "cooperante-ACNUR-2019-11-15-demostracion.docx"),
        (("report", "--corte", "2019-11-15", "--format", "docx"),
         "informe-2019-11-15-demostracion.docx"),
        (("minutes", "--corte", "2019-11-15"), "minuta-2019-11-15-demostracion.docx"),
    ],
)  # fmt: skip
def test_a_file_is_named_by_subject_cutoff_and_kind(here, verb, name):
    assert written(here, *verb) == [name]


def test_the_name_of_a_file_tells_its_format(here):
    written(here, "sheet", "line", "IV", "-o", "iv.docx")
    assert (here / "iv.docx").read_bytes()[:2] == b"PK"


def test_an_unknown_axis_is_refused(here):
    assert "“9”: The plan has no such axis." in refused("workbook", "--eje", "9")


def test_an_unknown_line_is_refused(here):
    assert "“XX”: The plan has no such line." in refused("sheet", "line", "XX")


def test_an_unknown_partner_is_refused(here):
    assert "“XX”: The plan names no such partner." in refused("sheet", "partner", "XX")
