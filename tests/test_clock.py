"""Time: whose days the data's are, and that only one module asks the clock."""

import ast
import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from typer.testing import CliRunner

from crmdata import clock, start
from crmdata.access import ANONYMOUS, operator, secretariat
from crmdata.cli.main import app
from crmdata.errors import SettingsError
from crmdata.exports.template import begun_periods, template
from crmdata.i18n import words_for
from crmdata.intake.reports import import_files
from crmdata.settings import ROOT
from crmdata.store import db, queries
from crmdata.workflow import agreements, review, snapshots
from crmdata.workflow.agreements import Pins
from tests.sheets import MEETING, a_file
from tests.support import DUTY, it_is

EVA = secretariat("Eva")

EVENING = datetime(2020, 1, 1, 2, 0, 0, tzinfo=UTC)
"""Eight in the evening of 31 December 2019 in Tegucigalpa, when UTC has a new year already."""

NEW_YEARS_EVE = date(2019, 12, 31)


@pytest.fixture
def evening(request, monkeypatch):
    """Make it the evening, also for a store that the tests made later."""
    it_is(monkeypatch, EVENING)
    if "engine" in request.fixturenames:
        store = request.getfixturevalue("engine")
        db.confirm_clock(store, operator("Oto"), reason="Una noche de hace años")


def a_filled_template(engine, file) -> None:
    """Write Honduras' workbook with one report in it, which has no date."""
    with db.reading(engine) as session:
        data = template(session, "HND", "2019-2", words_for("es"))
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Reportes"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, columns["Estado"], "En curso")
    sheet.cell(2, columns["Avance (%)"], 45)
    sheet.cell(2, columns["Descripción"], "Avance del semestre en los municipios.")
    book.save(file)


# The day


def test_the_day_changes_at_midnight_of_the_datas_time_zone(monkeypatch):
    before = datetime(2020, 1, 1, 5, 59, 59, tzinfo=UTC)
    it_is(monkeypatch, before)
    assert clock.today() == NEW_YEARS_EVE
    it_is(monkeypatch, before.replace(hour=6, minute=0, second=0))
    assert clock.today() == date(2020, 1, 1)


@pytest.mark.parametrize(
    ("zone", "day"),
    [("America/Panama", 31), ("America/Tijuana", 31), ("UTC", 1), ("Europe/Geneva", None)],
)
def test_one_setting_names_the_time_zone_of_the_days(monkeypatch, evening, zone, day):
    monkeypatch.setenv("CRMDATA_TIME_ZONE", zone)
    if day is None:
        with pytest.raises(SettingsError):
            clock.today()
    else:
        assert clock.today().day == day


@pytest.mark.parametrize("name", ["Tegucigalpa", "America", "../etc/passwd", "/etc/passwd", " "])
def test_a_time_zone_that_there_is_not_is_said_in_a_sentence_at_the_start(monkeypatch, name):
    monkeypatch.setenv("CRMDATA_TIME_ZONE", name)
    with pytest.raises(SettingsError) as refused:
        start.for_the_app()
    assert refused.value.problems[0].rule == "unknown_time_zone"
    told = CliRunner().invoke(app, ["--lang", "en", "status"])
    assert told.exit_code == 1
    assert "CRMDATA_TIME_ZONE names no time zone" in told.stderr


def test_a_moment_is_shown_by_the_clocks_of_the_time_zone():
    assert clock.written("2020-01-01T02:00:00Z") == "2019-12-31 20:00:00 (UTC-06:00)"
    shown = words_for("es").moment("2020-01-01T02:00:00Z")
    assert shown == "31 de diciembre de 2019, 20:00:00 (UTC-06:00)"


# What the day is used for


def test_a_report_without_a_date_is_of_the_evening_on_which_it_is_sent(engine, tmp_path, evening):
    a_filled_template(engine, tmp_path / "sin-fecha.xlsx")
    import_files(engine, [tmp_path / "sin-fecha.xlsx"], by="Ana")
    with db.reading(engine) as session:
        reports = queries.report_history(session, date.max)
    assert reports["reported_on"].tolist() == [NEW_YEARS_EVE]


def test_a_report_dated_tomorrow_is_refused_in_the_evening(engine, tmp_path, evening):
    tomorrow = a_file(tmp_path, {"reported_on": "2020-01-01"})
    found = CliRunner().invoke(
        app, ["--lang", "en", "check", str(tomorrow)],
        env={"CRMDATA_DATABASE_URL": engine.url.render_as_string(hide_password=False)},
    )  # fmt: skip
    assert found.exit_code == 1
    assert "2020-01-01" in found.stderr


def test_a_semester_has_not_begun_in_the_evening_before(engine, evening):
    with db.reading(engine) as session:
        assert begun_periods(session)[0] == "2019-2"


def test_a_meeting_of_tomorrow_is_not_yet_the_cut_off(engine, tmp_path, evening):
    held = {**MEETING, "held_on": "2020-01-01", "corte": "2020-01-01"}
    import_files(engine, [a_file(tmp_path, held, subject="meetings")], by="Ana")
    with db.reading(engine) as session:
        assert queries.default_cutoff(session) != date(2020, 1, 1)


def test_an_act_counts_from_the_evening_on_which_it_is_done(engine, tmp_path, evening):
    (stored,) = import_files(engine, [a_file(tmp_path)], by="Ana")
    review.withdraw(engine, EVA, stored.batch_id, reason="Un error")
    with db.reading(engine) as session:
        days = queries.review_acts(session, stored.batch_id)["day"].tolist()
    assert days == [NEW_YEARS_EVE, NEW_YEARS_EVE]


def test_an_agreement_is_of_the_evening_on_which_it_is_noted(engine, evening):
    agreements.note(engine, EVA, "Se acuerda.", Pins(line="IV"), **DUTY)
    with db.reading(engine) as session:
        assert queries.agreements(session)["agreed_on"].tolist() == [NEW_YEARS_EVE]


def test_a_snapshot_is_cited_as_made_on_the_evening(engine, tmp_path, evening):
    import_files(engine, [a_file(tmp_path)], by="Ana")
    made = snapshots.create(engine, EVA, name="Cierre")
    cited = snapshots.citation(made, words_for("en"), "CRM", "Plan", "Cierre")
    assert cited.endswith("made on 2019-12-31.")


def test_a_file_is_said_to_be_imported_on_the_evening_on_which_it_was(engine, tmp_path, evening):
    file = a_file(tmp_path)
    import_files(engine, [file], by="Ana")
    told = CliRunner().invoke(
        app, ["--lang", "en", "check", str(file)],
        env={"CRMDATA_DATABASE_URL": engine.url.render_as_string(hide_password=False)},
    )  # fmt: skip
    assert "already imported on Dec 31, 2019" in told.stderr


def test_the_trail_is_shown_by_the_clocks_of_the_time_zone(engine, tmp_path, evening):
    from crmdata.web.review.desk_trail import _row  # noqa: PLC0415 - only this test needs Streamlit

    import_files(engine, [a_file(tmp_path)], by="Ana")
    with db.reading(engine) as session:
        newest = review.audit_for(session, ANONYMOUS, limit=1).to_dict("records")[0]
    assert _row(words_for("en"), newest, {})["When"] == "Dec 31, 2019, 20:00:00 (UTC-06:00)"


# The rule

_CLOCKS = {"now", "utcnow", "today", "time", "fromtimestamp", "localtime", "gmtime"}
_OF = {"datetime", "date", "time", "dt"}


def asks_the_clock(node: ast.AST) -> bool:
    """Tell whether a call reads the machine's clock, not a stopwatch (`time.monotonic`)."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    of = node.func.value
    name = of.attr if isinstance(of, ast.Attribute) else of.id if isinstance(of, ast.Name) else ""
    return node.func.attr in _CLOCKS and name in _OF


def modules() -> dict[str, ast.AST]:
    files = [
        ROOT / "dashboard.py",
        *(ROOT / "pages").glob("*.py"),
        *(ROOT / "crmdata").rglob("*.py"),
    ]
    return {file.relative_to(ROOT).as_posix(): ast.parse(file.read_text("utf-8")) for file in files}


def test_only_one_module_asks_the_clock():
    asking = {name for name, tree in modules().items() if any(map(asks_the_clock, ast.walk(tree)))}
    assert asking == {"crmdata/clock.py"}


def cuts_a_day_out_of_a_moment(node: ast.AST) -> bool:
    """Tell whether the first ten characters of something like `….at` are taken for a day."""
    return (
        isinstance(node, ast.Subscript)
        and ast.unparse(node.slice) == ":10"
        and ast.unparse(node.value).rstrip("'])").endswith(("at", "_at"))
    )


def test_no_module_takes_the_first_letters_of_a_moment_for_its_day():
    cutting = {
        name
        for name, tree in modules().items()
        if any(map(cuts_a_day_out_of_a_moment, ast.walk(tree)))
    }
    # Both compare with days that were stored so before the review, and stay as they were signed.
    assert cutting == {
        "crmdata/store/db/proofs.py",
        "crmdata/store/migrations/versions/0003_review.py",
    }
