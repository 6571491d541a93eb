"""A country's profile: what it has to do, what moved, who supports it, and of no other country."""

import html
import re
import shutil
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
from tests.patience import PATIENCE
from tests.support import load_thresholds

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


def profile(page: str = "paises", **params: str) -> str:
    """Return all HTML of a page, else of a country's."""
    app = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=PATIENCE)
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


def of_country(**params: str) -> str:
    """Return what its profile says, without head and filters."""
    return profile(**params).partition('class="crm-paper crm-profile"')[2]


def test_the_profile_says_nothing_of_another_country(demo):
    said = of_country(pais="HND")
    assert "Honduras" in said
    for other in ("Guatemala", "Nicaragua", "Mexico", "Canada", "El Salvador"):
        assert other not in re.sub(r'title="[^"]*"|<a class="crm-link"[^>]*>.*?</a>', "", said)


def test_the_profile_has_its_sections_in_order(demo):
    sections = re.findall(r'data-section="(\w+)"', of_country(pais="HND"))
    assert sections == ["lineas", "pendiente", "cambios", "cooperacion", "ejes", "relatos"]


def test_what_is_pending_stands_once_an_activity_the_longest_first(demo, cells):
    pending = of_country(pais="DOM").partition('data-section="pendiente"')[2]
    pending = pending[pending.index("<h3>") : pending.index("Falls due next")]
    silent = measures.silent(cells)
    assert pending.startswith(f"<h3>Pending: {len(silent)} reports</h3>")
    listed = re.findall(r"[?&]actividad=([IVX.0-9]+)", pending)
    first = silent.groupby("activity")["semester"].min()
    assert sorted(listed) == sorted(first.index)
    assert [first[code] for code in listed] == sorted(first)


def test_the_profile_says_of_what_fell_due_what_novedades_says(demo):
    said = re.compile(r"\d+ of \d+ reports that fell due are pending")
    (own,) = said.findall(of_country(pais="HND"))
    assert own in profile("novedades", pais="HND")


def test_the_profile_is_of_the_chosen_line(demo):
    said = of_country(pais="MEX", linea="IV")
    assert "of 12 activities" in said
    codes = re.findall(r"actividad=([IVX]+)[.]", said)
    assert set(codes) == {"IV"}


def test_home_and_profile_say_the_same_of_how_a_country_stands(demo):
    app = AppTest.from_file(str(ROOT / "pages" / "inicio.py"), default_timeout=PATIENCE)
    app.query_params.update({"idioma": "en", "corte": CUTOFF.isoformat(), "pais": "HND"})
    home = "".join(block.proto.body for block in app.run().get("html"))
    for part in (r"<h2>(Honduras .*?)</h2>", r"<h3>(Pending: .*?)</h3>"):
        [own] = re.findall(part, home)
        assert own in profile(pais="HND")


def test_a_single_figure_of_progress_is_withheld_below_the_threshold(
    demo, demo_file, tmp_path, monkeypatch
):
    figure = r"<dt>reported progress</dt><dd>(.*?)</dd>"
    assert "–" not in re.findall(figure, of_country(pais="DOM"))[0]
    engine = db.connect(f"sqlite:///{shutil.copy(demo_file, tmp_path / 'own.sqlite3')}")
    load_thresholds(engine, tmp_path, cobertura=95)
    engine.dispose()
    monkeypatch.setenv("CRMDATA_DATABASE_URL", f"sqlite:///{tmp_path / 'own.sqlite3'}")
    st.cache_resource.clear()
    assert "–" in re.findall(figure, of_country(pais="DOM"))[0]


@pytest.mark.parametrize("cutoff", ["2017-03-17", "2018-05-11", "2030-01-01"])
def test_the_profile_stands_at_any_cutoff(demo, cutoff):
    assert re.search("<h2>Panama reports [0-9]+ of 97", of_country(pais="PAN", corte=cutoff))


def test_a_line_without_slots_says_that_nothing_is_scheduled(demo):
    assert "The plan schedules nothing here" in profile(pais="HND", linea="XIII")


def test_the_lines_without_a_row_are_named(demo):
    standing = of_country(pais="HND").partition('data-section="pendiente"')[0]
    note = re.search("Without a row, [^:]*: (.*?)</p>", standing)
    assert note is not None
    assert re.findall(r"\b([IVX]+)\. ", note[1]) == ["XIII", "XV", "XVI"]
    drawn = re.findall(r"<th[^>]*>.*?\b([IVX]+)\. ", standing)
    assert len(drawn) == 13
    assert not {"XIII", "XV", "XVI"} & set(drawn)


@pytest.mark.parametrize("who", [{"pais": "HND"}, {}])
def test_before_anything_is_due_nothing_is_said_to_be_settled(demo, who):
    app = AppTest.from_file(str(ROOT / "pages" / "inicio.py"), default_timeout=PATIENCE)
    app.query_params.update({"idioma": "en", "corte": "2017-03-17", **who})
    app.run()
    text = html.unescape("\n".join(block.proto.body for block in app.get("html"))).lower()
    assert "nothing is pending" not in text
    assert "no report is expected yet." in text
