"""The country sheet: what a country owes, what falls due, what changed, and of no other country."""

import html
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st  # noqa: TID251  # the page itself is tried
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest  # noqa: TID251  # the page itself is tried

from crmdata import measures
from crmdata.measures import briefing
from crmdata.settings import ROOT
from crmdata.store import db, queries
from crmdata.terms import Period, periods
from crmdata.web.countries import country_sheet
from tests.patience import PATIENCE

CUTOFF = date(2020, 11, 20)


@pytest.fixture(scope="module")
def cells(demo_engine: Engine) -> pd.DataFrame:
    with db.reading(demo_engine) as session:
        slots = queries.slots(session, queries.version_at(session, CUTOFF).id)
        reports = queries.reports_in_force(session, CUTOFF)
        found = measures.cells(slots, queries.countries(session), reports, CUTOFF)
    return found[found["country"] == "DOM"]


@pytest.fixture
def demo(demo_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("CRMDATA_DATABASE_URL", f"sqlite:///{demo_file}")
    st.cache_resource.clear()
    st.cache_data.clear()
    yield
    st.cache_resource.clear()
    st.cache_data.clear()


def sheet(**params: str) -> str:
    app = AppTest.from_file(str(ROOT / "pages" / "ficha.py"), default_timeout=PATIENCE)
    app.query_params.update({"idioma": "en", "corte": CUTOFF.isoformat(), **params})
    app.run()
    assert not app.exception
    return html.unescape("\n".join(block.proto.body for block in app.get("html")))


def lines_of_cooperation(*countries: str) -> pd.DataFrame:
    rows = [{"activity": "IV.3.2", "countries": codes} for codes in countries]
    return pd.DataFrame(rows)


def test_semesters_on_end_are_one_run_across_the_new_year():
    first, second = briefing.runs(["2020-1", "2018-1", "2019-2"])
    assert first == (Period.parse("2018-1"), Period.parse("2018-1"))
    assert second == (Period.parse("2019-2"), Period.parse("2020-1"))


def test_every_missing_report_stands_in_the_list(cells):
    listed = {
        (row["activity"], semester.code)
        for row in briefing.owed(cells).to_dict("records")
        for first, last in row["semesters"]
        for semester in periods(first.year, last.year)
        if first <= semester <= last
    }
    silent = measures.silent(cells)
    assert listed == set(zip(silent["activity"], silent["semester"], strict=True))


def test_the_last_meeting_lies_before_the_cutoff():
    days = [date(2019, 6, 7), CUTOFF]
    meetings = pd.DataFrame({"meeting": ["first", "this"], "corte": days})
    assert measures.meeting_before(meetings, CUTOFF)["meeting"] == "first"
    assert measures.meeting_before(meetings, days[0]) is None


def test_cooperation_for_country_and_region_counts_as_the_countrys():
    rows = lines_of_cooperation("HND;CRM", "CRM", "MEX")
    own, region = briefing.cooperation(rows, "HND", ["IV.3.2"], region="CRM")
    assert (list(own["countries"]), list(region["countries"])) == (["HND;CRM"], ["CRM"])


def test_the_newest_narratives_come_first_and_an_activity_once():
    reports = pd.DataFrame({
        "report_id": [1, 2, 3, 4], "activity": ["A", "B", "A", "C"],
        "reported_on": [date(2019, 1, day) for day in (1, 2, 3, 4)],
        "narrative": ["old", "told", "new", ""],
    })  # fmt: skip
    assert list(briefing.newest_narratives(reports, 5)["narrative"]) == ["new", "told"]


def test_without_a_country_the_page_asks_for_one(demo):
    assert "Choose a country" in sheet()


def test_the_sheet_says_nothing_of_another_country(demo):
    said = sheet(pais="HND").partition('class="crm-paper crm-sheet"')[2]
    assert "Honduras" in said
    for other in ("Guatemala", "Nicaragua", "Mexico", "Canada", "El Salvador"):
        assert other not in re.sub(r'<span class="crm-name">.*?</span>', "", said)


def test_the_sheet_has_its_sections_in_order(demo):
    titles = re.findall(r"<h3>(.*?)</h3>", sheet(pais="HND"))
    assert titles == [
        "What it was to do and what it reported", "What it has not reported: 42 reports",
        "What falls due next", "What changed since the last meeting", "Its cooperation",
        "Its newest narratives",
    ]  # fmt: skip


def test_a_single_figure_of_progress_is_withheld_below_the_threshold(demo, monkeypatch):
    monkeypatch.setenv("CRMDATA_COVERAGE_THRESHOLD", "0.95")
    assert "withheld" in sheet(pais="DOM")


@pytest.mark.parametrize("cutoff", ["2017-03-17", "2018-05-11", "2030-01-01"])
def test_the_sheet_stands_at_any_cutoff(demo, cutoff):
    assert "<h2>Panama</h2>" in sheet(pais="PAN", corte=cutoff)


def test_on_paper_a_very_long_list_becomes_codes_alone(demo, monkeypatch):
    monkeypatch.setattr(country_sheet, "MOST_OWED", 3)
    assert re.search(r'<p class="crm-paper-only">I: I\.1\.1 \(', sheet(pais="DOM"))
