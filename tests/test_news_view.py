"""Novedades: between which dates, what is counted and drawn, and what an address may ask for."""

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from crmdata import measures
from crmdata.content.cell_tables import FaceTable, Kind, Telling
from crmdata.content.names import Name
from crmdata.content.news import kinds, rows
from crmdata.i18n import words_for
from crmdata.render.html import sections
from crmdata.render.html.links import Link
from crmdata.settings import ROOT
from crmdata.store import db, queries
from crmdata.terms import code_order
from crmdata.web.choices import address
from tests.links import choose, picked
from tests.patience import PATIENCE
from tests.support import changed, copied_plan
from tests.test_choices import KNOWN

EN = words_for("en")
MEETINGS = pd.DataFrame(
    {"meeting": ["m1", "m2"], "corte": [date(2018, 5, 11), date(2019, 6, 7)]}
)  # fmt: skip
BEGINS = date(2017, 1, 1)
GROUPS: dict[str | int, Name] = {
    "HND": Name("HND", "Honduras"),
    "MEX": Name("MEX", "México"),
    "BLZ": Name("BLZ", "<b>Belize</b>"),
}
COUNTS = pd.DataFrame(
    {
        "country": ["HND", "MEX"],
        "newly_reported": [8, 4],
        "gone_back": [1, 0],
        "advanced": [2, 4],
        "corrected": [0, 1],
        "newly_due": [10, 10],
        "newly_silent": [2, 6],
    }
)
TOTALS = {flag: int(COUNTS[flag].sum()) for flag in kinds.FLAGS}


# Which dates


def first_day(asked: date | None, cutoff: date) -> date | None:
    return measures.first_day(asked, cutoff, MEETINGS, BEGINS)


def test_the_cutoff_is_compared_with_the_meeting_before():
    assert first_day(None, date(2019, 6, 7)) == date(2018, 5, 11)


def test_the_first_meeting_is_compared_with_the_beginning_of_the_plan():
    assert first_day(None, date(2018, 5, 11)) == BEGINS


def test_a_date_asked_for_wins():
    assert first_day(date(2018, 1, 1), date(2019, 6, 7)) == date(2018, 1, 1)


def test_a_date_after_the_cutoff_is_let_go():
    assert first_day(date(2020, 1, 1), date(2019, 6, 7)) == date(2018, 5, 11)


def test_a_cutoff_is_never_compared_with_itself():
    assert first_day(date(2019, 6, 7), date(2019, 6, 7)) == date(2018, 5, 11)
    assert first_day(date(2019, 6, 6), date(2019, 6, 7)) == date(2019, 6, 6)


@pytest.mark.parametrize("asked", [None, date(1900, 1, 1), date(2019, 6, 7)])
@pytest.mark.parametrize("cutoff", [date(1900, 1, 1), BEGINS])
def test_before_the_plan_there_is_nothing_to_compare_with(asked, cutoff):
    assert first_day(asked, cutoff) == (asked if asked and asked < cutoff else None)


DATED = replace(KNOWN, cutoff=date(2019, 6, 7), before=date(2018, 5, 11))


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("2019-06-07", ("The first date, June 7, 2019, is the cut-off itself. The cut-off is "
                       "compared with May 11, 2018 instead.")),
        ("crm-2019-11", ("The first date, November 15, 2019, lies after the cut-off, June 7, 2019. "
                        "The cut-off is compared with May 11, 2018 instead.")),
    ],
)  # fmt: skip
def test_an_address_is_told_when_its_first_date_does_not_lie_before_the_cutoff(asked, sentence):
    chosen, notices = address.read({"desde": asked}, DATED)
    assert chosen.desde is None
    assert address.sentences(EN, notices) == [sentence]


def test_an_address_is_told_when_nothing_lies_before_the_cutoff():
    first = replace(DATED, before=None)
    _, notices = address.read({"desde": "2019-06-07"}, first)
    assert "neither does any other" in address.sentences(EN, notices)[0]


def test_the_first_date_may_be_a_meeting_or_a_date():
    assert address.read({"desde": "crm-2019-11"}, KNOWN)[0].desde == date(2019, 11, 15)
    assert address.read({"desde": "2018-02-01"}, KNOWN)[0].desde == date(2018, 2, 1)


@pytest.mark.parametrize(("name", "value"), [("desde", "ayer"), ("grupo", "color")])
def test_an_unknown_first_date_or_group_is_let_go_with_a_sentence(name, value):
    found, notices = address.read({name: value}, KNOWN)
    assert found == address.Choices()
    assert value in address.sentences(EN, notices)[0]


# Which rows


CHANGES = pd.DataFrame(
    {
        "axis": [1, 1, 2],
        "line": ["I", "I", "IV"],
        "activity": ["I.1.1", "I.1.1", "IV.3.2"],
        "semester": ["2018-1", "2018-1", "2018-1"],
        "country": ["HND", "MEX", "HND"],
        "newly_reported": [False, True, False],
        "corrected": [False, False, True],
        "advanced": [False, False, True],
        "gone_back": [False, False, False],
        "newly_due": [True, True, False],
        "newly_silent": [True, False, False],
        "report_id": pd.array([pd.NA, 7, 9], dtype="Int64"),
        "reported_on": [None, date(2018, 7, 1), date(2018, 9, 1)],
        "report_id_before": pd.array([pd.NA, pd.NA, 3], dtype="Int64"),
    }
)
HISTORY = pd.DataFrame(
    {
        "report_id": [9, 7, 3],
        "narrative": ["nueva", "primera", "vieja"],
        "reason": ["", "", ""],
        "partners": ["OIM;ACNUR", "", "OIM"],
        "reported_on": [date(2018, 9, 1), date(2018, 7, 1), date(2018, 3, 1)],
    }
)


def told() -> pd.DataFrame:
    return rows.with_reports(CHANGES, HISTORY)


def test_a_change_carries_the_narrative_of_its_new_report_and_both_days():
    row = told().iloc[2]
    assert row["narrative"] == "nueva"
    assert (row["reported_on_before"], row["reported_on"]) == (date(2018, 3, 1), date(2018, 9, 1))


def test_the_list_holds_what_a_report_brought_newest_first():
    assert list(measures.by_report(told())["activity"]) == ["IV.3.2", "I.1.1"]


def test_a_report_counts_for_every_partner_that_it_names():
    counts = rows.counts(rows.per_partner(told()), "partner", kinds.SAID)
    found = dict(zip(counts["partner"], counts["advanced"], strict=True))
    assert found == {"OIM": 1, "ACNUR": 1, "": 0}


def test_what_fell_due_names_who_reported_and_who_did_not():
    (row,) = rows.fallen_due(CHANGES).to_dict("records")
    assert (row["activity"], row["silent"], row["reported"]) == ("I.1.1", ["HND"], ["MEX"])


def test_a_report_outside_the_calendar_is_of_the_time_between():
    slots = pd.DataFrame({"activity": ["I.1.1"], "semester": ["2018-1"]})
    activities = pd.DataFrame({"activity": ["I.1.1"], "axis": [1], "line": ["I"]})
    reports = pd.DataFrame(
        {
            "report_id": [1, 2, 3, 4],
            "country": ["HND", "HND", "HND", "CRM"],
            "activity": ["I.1.1"] * 4,
            "semester": ["2018-1", "2018-2", "2017-1", "2018-1"],
            "reported_on": [date(2018, 9, 1), date(2018, 9, 1), date(2017, 9, 1), date(2018, 9, 2)],
        }
    )
    found = rows.outside(slots, reports, activities, date(2018, 1, 1), {"HND"})
    assert list(found["report_id"]) == [4, 2]


# The table of counts


def drawn() -> FaceTable:
    return kinds.cells(COUNTS, GROUPS, by="country", how=Telling(EN, "", lambda _: None))


@pytest.mark.parametrize("flag", kinds.FLAGS)
def test_every_count_stands_in_its_cell(flag):
    written = [drawn().cells[country, flag].face.main for country in GROUPS]
    assert written == [*COUNTS[flag].astype(str), "0"]


def test_what_is_newly_silent_is_hatched_and_what_fell_back_stands_out():
    faces = {flag: drawn().cells["HND", flag].face.kind for flag in kinds.FLAGS}
    assert faces["newly_silent"] == Kind.SILENT
    assert [flag for flag, kind in faces.items() if kind == Kind.WARM] == ["gone_back"]


def test_a_name_of_the_data_is_text_in_the_table():
    html = sections.draw(drawn(), Link(EN, lambda page, _: page))
    assert "<b>Belize</b>" not in html
    assert "&lt;b&gt;Belize" in html


def test_the_summary_says_all_counts_and_names_nobody_as_the_first():
    dates = (date(2018, 5, 11), date(2019, 6, 7))
    said = kinds.summary(COUNTS, GROUPS, TOTALS, by="country", dates=dates, words=EN)
    assert "Reports from May 11, 2018 to June 7, 2019: new: 12; advanced: 6;" in said
    assert "Honduras" not in said
    assert "Nothing changed here: <b>Belize</b>." in said


def test_the_table_holds_a_row_a_group_and_a_column_a_kind():
    table = kinds.table(COUNTS, GROUPS, by="country", group="Country", words=EN)
    assert list(table["Country"]) == ["Honduras", "México", "<b>Belize</b>"]
    assert list(table["Newly pending"]) == [2, 6, 0]
    assert len(table.columns) == 1 + len(kinds.FLAGS)


# The page


def visit(page: str = "novedades", **params: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / f"pages/{page}.py"), default_timeout=PATIENCE)
    app.query_params.update({"idioma": "en", **params})
    app.run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return "\n".join(block.proto.body for block in app.get("html"))


def cards(app: AppTest) -> list[str]:
    return re.findall(r'class="crm-figures"[^>]*>(.*?)</dl>', said(app))


demonstrated = pytest.mark.usefixtures("demonstration_shown")


def counts(app: AppTest) -> list[str]:
    """Return what stands in the cells of the table of counts, row by row."""
    table = said(app).partition('data-chart="cuenta"')[2].partition("</table>")[0]
    return re.findall(r"crm-face [^>]*><b>([^<]*)</b>", table)


@demonstrated
def test_the_counts_are_those_of_the_measure(demo_engine):
    then, now = (_cells(demo_engine, day) for day in (date(2019, 6, 7), date(2019, 11, 15)))
    changes = measures.change_between(then, now)
    own = changes.loc[(changes["country"] == "GTM") & (changes["line"] == "VI")]
    app = visit(desde="demo-2019-06", corte="demo-2019-11", pais="GTM", linea="VI")
    assert counts(app) == [EN.number(int(own[flag].sum())) for flag in kinds.FLAGS]


@demonstrated
@pytest.mark.parametrize("params", [{}, {"pais": "GTM"}, {"linea": "I"}])
def test_with_a_partner_chosen_the_counts_are_of_the_activities_with_its_support(
    demo_engine, params
):
    then, now = (_cells(demo_engine, day) for day in (date(2019, 6, 7), date(2019, 11, 15)))
    changes = measures.change_between(then, now)
    own = changes.loc[changes["activity"].isin(supported_by(demo_engine, "ACNUR"))]
    for name, column in {"pais": "country", "linea": "line"}.items():
        if name in params:
            own = own.loc[own[column] == params[name]]
    codes = sorted(supported_by(demo_engine, "ACNUR"), key=code_order)
    lines = dict.fromkeys(params.get("linea", code.split(".")[0]) for code in codes)
    app = visit(desde="demo-2019-06", corte="demo-2019-11", grupo="linea", socio="ACNUR", **params)
    assert counts(app) == [EN.number(int(own.loc[own["line"] == line, flag].sum()))
                           for line in lines for flag in kinds.FLAGS]  # fmt: skip


def supported_by(engine: Engine, partner: str) -> set[str]:
    with db.reading(engine) as session:
        rows = queries.cooperation_in_force(session, date(2019, 11, 15))
    given = rows["state"].isin(["en_curso", "concluida", "ofrecida"])
    return {*rows.loc[given & rows["partner"].eq(partner), "activity"]}


@demonstrated
def test_with_a_partner_chosen_the_page_says_of_how_many_activities_it_is(demo_engine):
    n = len(supported_by(demo_engine, "ACNUR"))
    sentence = f"Only of the {n} of 97 activities with support of UNHCR, given or offered."
    assert sentence in said(visit(corte="demo-2019-11", socio="ACNUR"))
    assert "Only of the" not in said(visit(corte="demo-2019-11"))


@demonstrated
def test_of_a_partner_without_support_in_a_line_nothing_is_said_to_be_unscheduled():
    html = said(visit(corte="demo-2019-11", socio="ACNUR", linea="II"))
    assert "No cooperation was reported for what is chosen." in html
    assert "The plan schedules nothing here" not in html


@demonstrated
def test_the_cells_behind_a_partners_progress_are_those_of_its_activities(demo_engine):
    app = visit(corte="demo-2019-11", socio="ACNUR", abierto="origen-avance")
    behind = said(app).partition("Where does this number come from?</h3>")[2]
    behind = behind.partition('data-section="acuerdos"')[0]
    codes = {*re.findall(r">([IVX]+\.\d+\.\d+)\b", behind)}
    assert codes
    assert codes <= supported_by(demo_engine, "ACNUR")


@demonstrated
def test_what_falls_due_for_every_country_alike_is_no_column():
    assert "Fell due" in said(visit(corte="demo-2019-11", grupo="linea"))
    table = said(visit(corte="demo-2019-11")).partition('data-chart="cuenta"')[2]
    assert "Fell due" not in table.partition("<tbody>")[0].partition("<thead>")[2]


@demonstrated
def test_the_counts_of_one_country_stand_by_line_unless_asked_otherwise():
    assert picked(visit(corte="demo-2019-11", pais="HND"), "grupo") == "Line"
    assert picked(visit(corte="demo-2019-11", pais="HND", grupo="pais"), "grupo") == "Country"


@demonstrated
@pytest.mark.parametrize(
    ("group", "name", "row"),
    [("pais", "Country", "Honduras"), ("linea", "Line", "IV. "), ("socio", "Partner", "IOM")],
)
def test_the_counts_are_grouped_by_what_the_reader_chooses(group, name, row):
    app = visit(grupo=group, corte="demo-2019-11")
    assert picked(app, "grupo") == name
    table = said(app).partition('data-chart="cuenta"')[2].partition("</table>")[0]
    assert f">{row}" in table
    assert app.query_params["grupo"] == group


@demonstrated
@pytest.mark.parametrize("params", [{}, {"pais": "HND"}])
def test_what_fell_back_and_is_newly_pending_is_listed_by_name(demo_engine, params):
    app = visit(corte="demo-2019-11", desde="demo-2019-06", **params)
    down, _, rest = said(app).partition('data-section="pendientes"')
    pending = rest.partition('data-section="reportes"')[0]
    assert len(re.findall("<li>", down.partition("data-main")[2])) == fell_back(demo_engine, params)
    assert "pending since Jun 30, 2019, for 4 months" in pending
    assert ("Honduras" in pending) is not bool(params)


def test_what_fell_back_in_two_periods_of_an_activity_stands_in_one_row(demo_engine):
    app = visit(corte="demo-2020-11", pais="HND")
    down = said(app).partition("data-main")[2].partition('data-section="pendientes"')[0]
    (row,) = (each for each in down.split("<li>") if ">II.1.1" in each)
    assert re.search(r"→ [^;]*\(2019-II\); [^;]*→", row)
    assert "<h3>Fell back: 3 reports<" in down


def fell_back(engine: Engine, params: dict[str, str]) -> int:
    """Return how many rows list what fell back: a country and an activity each."""
    then, now = (_cells(engine, day) for day in (date(2019, 6, 7), date(2019, 11, 15)))
    changes = measures.change_between(then, now)
    own = changes["country"].eq(params["pais"]) if params else True
    down = changes.loc[changes["gone_back"] & own]
    return len(down.drop_duplicates(["country", "activity"]))


def _cells(engine: Engine, day: date) -> pd.DataFrame:
    with db.reading(engine) as session:
        slots = queries.slots(session, queries.version_at(session, day).id)
        countries = queries.countries(session)
        return measures.cells(slots, countries, queries.reports_in_force(session, day), day)


@demonstrated
def test_the_newest_reports_stand_there_the_newest_first():
    app = visit(corte="demo-2019-11")
    html = said(app).partition('data-section="reportes"')[2].partition("</ul>")[0]
    days = [pd.Timestamp(day) for day in re.findall(r"· (\w+ \d+, \d+)<", html)]
    assert len(days) == 8
    assert days == sorted(days, reverse=True)


@demonstrated
@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"desde": "2020-01-01", "corte": "2019-11-15"},
         "The first date, January 1, 2020, lies after the cut-off, November 15, 2019."),
        ({"desde": "XXX"}, "The address compares with “XXX”, which is neither a meeting nor"),
        ({"grupo": "XXX"}, "The address groups by “XXX”"),
        ({"desde": "2019-11-15", "corte": "2019-11-15"},
         ("The first date, November 15, 2019, is the cut-off itself. The cut-off is compared with "
         "June 7, 2019 instead.")),
        ({"corte": "1900-01-01"}, "There is nothing to compare this cut-off with"),
        ({"desde": "2017-01-01", "corte": "2017-01-01"}, "There is nothing to compare this"),
        ({"desde": "2019-11-14", "corte": "2019-11-15", "linea": "VIII", "pais": "USA"},
         "Nothing changed here between the two dates"),
        ({"corte": "1900-01-01"}, "Nothing is due yet at this cut-off"),
        ({"desde": "2017-01-01", "corte": "2017-03-17"}, "Nothing is due yet at this cut-off"),
        ({"linea": "XIII"}, "The plan schedules nothing here"),
        ({"corte": "2018-05-11"}, "There was no meeting before this cut-off."),
        ({"corte": "2018-05-11"}, "Nothing can be compared here"),
        ({"corte": "2019-11-15"}, "The same version of the plan was in force at both dates."),
    ],
)  # fmt: skip
def test_an_odd_or_empty_view_has_a_sentence_of_its_own(params, sentence):
    assert sentence in said(visit(**params))


@demonstrated
def test_the_first_date_is_chosen_as_a_meeting_or_as_a_day():
    app = visit(corte="demo-2020-11")
    choose(app, "desde", "May 11, 2018")
    assert app.query_params["desde"] == "2018-05-11"
    assert '<input type="date" name="desde" value="2018-05-11"' in said(app)
    app.query_params["desde"] = "2019-01-31"
    app.run()
    assert picked(app, "desde") == "Jan 31, 2019"
    assert "Since January 31, 2019, " in said(app)


@demonstrated
@pytest.mark.parametrize("page", ["novedades", "paises", "presentar"])
def test_a_cutoff_moved_back_to_the_first_date_takes_the_meeting_before_and_says_so(page):
    app = visit(page, corte="2020-11-20", desde="2019-11-15")
    choose(app, "corte", "Nov 15, 2019")
    assert not app.exception
    assert app.query_params["corte"] == "2019-11-15"
    assert "desde" not in app.query_params
    assert picked(app, "desde").startswith("Jun 7, 2019: ")
    assert "The cut-off is compared with June 7, 2019 instead." in said(app)


@demonstrated
@pytest.mark.parametrize("page", ["novedades", "paises", "presentar"])
def test_an_address_that_compares_a_cutoff_with_itself_is_mended_and_told(page):
    app = visit(page, corte="2019-11-15", desde="2019-11-15")
    assert "desde" not in app.query_params
    assert picked(app, "desde").startswith("Jun 7, 2019: ")
    assert "is the cut-off itself" in said(app)


@demonstrated
def test_what_is_compared_with_moves_with_the_cutoff_unless_chosen():
    app = visit("presentar", corte="2020-11-20")
    assert picked(app, "desde").startswith("Nov 15, 2019: ")
    choose(app, "corte", "Nov 15, 2019")
    assert picked(app, "desde").startswith("Jun 7, 2019: ")
    assert "instead" not in said(app)


@demonstrated
@pytest.mark.parametrize("page", ["novedades", "presentar"])
def test_where_there_is_nothing_to_compare_with_a_sentence_stands_and_no_number(page):
    app = visit(page, corte="2017-01-01")
    assert "There is nothing to compare this cut-off with" in said(app)
    assert cards(app) == counts(app) == []


@demonstrated
def test_the_list_tells_value_and_day_before_and_after():
    app = visit(corte="demo-2020-11", desde="demo-2019-11", pais="GTM", linea="VI",
                abierto="nuevos-reportes")  # fmt: skip
    html = said(app)
    for header in ("Change", "Before", "Reported on, before", "Now", "What the report says"):
        assert f'<th scope="col">{header}</th>' in html
    assert "VI.1.1. " in html
    assert re.search(r'data-label="Before">◐ In progress \d+% \(in 20', html)


def test_a_plan_version_adopted_in_between_lists_its_changes(
    sqlite_with_plan, tmp_path, monkeypatch
):
    database = Path(shutil.copy(sqlite_with_plan, tmp_path))
    folder = copied_plan(tmp_path)
    changed(folder, "activities.csv", "Validar la guía", "Validar la guía regional")
    changed(folder, "plan.toml", "in_force_from = 2017-03-17", "in_force_from = 2019-01-01")
    monkeypatch.setenv("CRMDATA_DATABASE_URL", f"sqlite:///{database}")
    monkeypatch.setenv("CRMDATA_PLAN_DIR", str(folder))  # the app loads it at its start
    st.cache_resource.clear()
    st.cache_data.clear()
    try:
        between = said(visit(desde="2018-12-31", corte="2019-06-30"))
        after = said(visit(desde="2019-02-01", corte="2019-06-30"))
    finally:
        st.cache_resource.clear()
        st.cache_data.clear()
    assert "Validar la guía regional" in between
    assert "The plan itself changed" in between
    assert "The same version of the plan was in force at both dates." in after
