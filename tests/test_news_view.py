"""Novedades: between which dates, what is counted and drawn, and what an address may ask for."""

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from crmdata import measures
from crmdata.content.names import Name
from crmdata.figures import changes as figure
from crmdata.i18n import words_for
from crmdata.settings import ROOT
from crmdata.store import db, queries
from crmdata.web.choices import address
from crmdata.web.news import change_rows
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
TOTALS = {flag: int(COUNTS[flag].sum()) for flag in figure.FLAGS}


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
    return change_rows.told(CHANGES, HISTORY)


def test_a_change_carries_the_narrative_of_its_new_report_and_both_days():
    row = told().iloc[2]
    assert row["narrative"] == "nueva"
    assert (row["reported_on_before"], row["reported_on"]) == (date(2018, 3, 1), date(2018, 9, 1))


def test_the_list_holds_what_a_report_brought_newest_first():
    assert list(change_rows.by_report(told())["activity"]) == ["IV.3.2", "I.1.1"]


def test_a_report_counts_for_every_partner_that_it_names():
    counts = change_rows.counted(change_rows.per_partner(told()), "partner", figure.SAID)
    found = dict(zip(counts["partner"], counts["advanced"], strict=True))
    assert found == {"OIM": 1, "ACNUR": 1, "": 0}


def test_what_fell_due_names_who_reported_and_who_did_not():
    (row,) = change_rows.fallen_due(CHANGES).to_dict("records")
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
    found = change_rows.outside(slots, reports, activities, date(2018, 1, 1), {"HND"})
    assert list(found["report_id"]) == [4, 2]


# The picture


def drawn(**how: Any) -> go.Figure:
    return figure.figure(COUNTS, GROUPS, by="country", words=EN, **how)


def bars(found: go.Figure) -> dict[str, Any]:
    return {trace.customdata[0][1]: trace for trace in found.data if trace.type == "bar"}


def numbers(found: go.Figure) -> list[list[str]]:
    return [list(trace.text) for trace in found.data[1:-1:2]]


@pytest.mark.parametrize("narrow", [False, True])
def test_every_count_stands_beside_its_bar(narrow):
    written = numbers(drawn(narrow=narrow))
    assert written == [[*COUNTS[flag].astype(str), "0"] for flag in figure.FLAGS]


def test_all_bars_have_one_scale():
    lengths = {flag: list(trace.x) for flag, trace in bars(drawn()).items()}
    assert lengths["newly_due"][0] == pytest.approx(5 * lengths["advanced"][0])


def test_what_has_gone_back_grows_the_other_way():
    found = bars(drawn())
    assert found["gone_back"].x[0] < 0 < found["advanced"].x[0]


@pytest.mark.parametrize("narrow", [False, True])
def test_no_bar_reaches_into_another_column(narrow):
    for trace in bars(drawn(narrow=narrow)).values():
        ends = [base + (x or 0) for base, x in zip(trace.base, trace.x, strict=True)]
        places = [*trace.base, *ends]
        assert max(places) - min(places) < 0.7


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_two_kinds_of_change_look_alike(theme):
    looks = [str(trace.marker) for trace in bars(drawn(theme=theme)).values()]
    assert len(set(looks)) == len(figure.FLAGS)


def test_a_name_of_the_data_is_text_in_the_picture():
    assert "<b>Belize</b>" not in drawn().to_json().replace("\\u003c", "<").replace("\\u003e", ">")


def test_the_summary_says_all_counts_and_names_nobody_as_the_first():
    dates = (date(2018, 5, 11), date(2019, 6, 7))
    said = figure.summary(COUNTS, GROUPS, TOTALS, by="country", dates=dates, words=EN)
    assert "From May 11, 2018 to June 7, 2019: reports added: 12; advanced: 6;" in said
    assert "Honduras" not in said
    assert "Nothing changed here: <b>Belize</b>." in said


def test_the_table_holds_a_row_a_group_and_a_column_a_kind():
    table = figure.table(COUNTS, GROUPS, by="country", group="Country", words=EN)
    assert list(table["Country"]) == ["Honduras", "México", "<b>Belize</b>"]
    assert list(table["Newly silent"]) == [2, 6, 0]
    assert len(table.columns) == 1 + len(figure.FLAGS)


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
    return re.findall(r'class="crm-card-value">([^<]*)<', said(app))


demonstrated = pytest.mark.usefixtures("demonstration_shown")


@demonstrated
def test_the_cards_are_the_counts_of_the_measure(demo_engine):
    with db.reading(demo_engine) as session:
        meetings = queries.meetings(session)["corte"]
        first, last = meetings.iloc[1], meetings.iloc[2]
        slots = queries.slots(session, queries.version_at(session, last).id)
        countries = queries.countries(session)
        then, now = (
            measures.cells(slots, countries, queries.reports_in_force(session, day), day)
            for day in (first, last)
        )
    changes = measures.change_between(then, now)
    own = changes.loc[(changes["country"] == "GTM") & (changes["line"] == "VI")]
    app = visit(desde="demo-2019-06", corte="demo-2019-11", pais="GTM", linea="VI")
    assert cards(app) == [EN.number(int(own[flag].sum())) for flag in figure.FLAGS]


@demonstrated
@pytest.mark.parametrize("group", ["pais", "linea", "socio"])
def test_every_group_has_its_picture_and_its_list(group):
    app = visit(grupo=group, corte="demo-2019-11")
    assert app.selectbox(key="choose-grupo").value == group
    assert app.get("plotly_chart")
    assert '<details class="crm-folded">' in said(app)
    assert app.query_params["grupo"] == group


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
    assert "Since January 31, 2019: " in said(app)


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
    assert cards(app) == []


@demonstrated
def test_the_list_tells_value_and_day_before_and_after():
    app = visit(corte="demo-2020-11", desde="demo-2019-11", pais="GTM", linea="VI")
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
