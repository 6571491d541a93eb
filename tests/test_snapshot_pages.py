"""A snapshot on the pages: the numbers of then, cited, left, and made by the secretariat."""

import re
import shutil
from datetime import date

import pytest
import streamlit as st

from crmdata import view
from crmdata.access import secretariat
from crmdata.intake.reports import import_files
from crmdata.store import db, queries
from crmdata.workflow import agreements, snapshots
from crmdata.workflow.agreements import Pins
from tests.sheets import REPORT, a_file
from tests.support import DUTY
from tests.test_pages import said, visit

MEETING, CORTE = "demo-2019-11", date(2019, 11, 15)
STATUS = re.compile(r"<p>([^<]*expected reports[^<]*)</p>")


@pytest.fixture(scope="module")
def prepared(demo_file, tmp_path_factory):
    """Return a database with a snapshot and a report that came after it, and the snapshot's id."""
    folder = tmp_path_factory.mktemp("snapshot")
    file = shutil.copy(demo_file, folder / "own.sqlite3")
    engine = db.connect(f"sqlite:///{file}")
    code = snapshots.create(engine, secretariat("Eva"), meeting=MEETING).snapshot
    with db.reading(engine) as session:
        cells = view.read(session, CORTE).frame("cells")
    free = cells.loc[cells["due"] & cells["state"].isna()].iloc[0]
    row = REPORT | {"country": free["country"], "activity": free["activity"],
                    "semester": free["semester"], "reported_on": "2019-11-10",
                    "data_kind": "demostracion"}  # fmt: skip
    import_files(engine, [a_file(folder, row, name="late.csv")], by="tests")
    engine.dispose()
    return file, code


@pytest.fixture
def code(prepared, monkeypatch):
    """Return the snapshot's id, with the pages on its database."""
    file, found = prepared
    monkeypatch.setenv("CRMDATA_DATABASE_URL", f"sqlite:///{file}")
    st.cache_resource.clear()
    st.cache_data.clear()
    yield found
    st.cache_resource.clear()
    st.cache_data.clear()


def status(app) -> str:
    return STATUS.search(said(app)).group(1)


def test_the_first_page_shows_the_numbers_of_then(code, demo_engine):
    with db.reading(demo_engine) as session:
        taken = view.read(session, CORTE)
    whole = taken.whole(taken.frame("cells"))
    now = status(visit("inicio", idioma="en", corte="2019-11-15"))
    then = status(visit("inicio", idioma="en", instantanea=code))
    assert f": {whole.reported + 1:,} of" in now
    assert f": {whole.reported:,} of" in then


@pytest.mark.parametrize(
    "page", ["calendario", "lineas", "paises", "novedades", "presentar", "metodo"]
)
def test_every_page_names_the_snapshot_and_keeps_it_in_its_address(code, page):
    app = visit(page, idioma="en", instantanea=code.upper())
    assert not app.exception
    assert f"Snapshot {code}" in said(app)
    assert app.query_params["instantanea"] == code
    assert "corte" not in app.query_params


def test_an_unknown_id_is_said_and_the_data_of_now_are_shown(code):
    app = visit("inicio", idioma="en", instantanea="2019-11-15-0000000000")
    assert "which this database does not have" in said(app)
    assert "instantanea" not in app.query_params


def test_leaving_shows_the_data_of_now(code):
    app = visit("inicio", idioma="en", instantanea=code)
    app.button(key="snapshot-leave").click().run()
    assert "instantanea" not in app.query_params
    assert f"Snapshot {code}" not in said(app)


def test_a_page_of_work_keeps_the_data_of_now_and_says_so(code):
    app = visit("informar", idioma="en", instantanea=code)
    assert "this page works on the data as they are now" in said(app)
    assert app.query_params["instantanea"] == code


def test_the_secretariat_withdraws_an_agreement_with_a_reason(prepared, code, monkeypatch):
    monkeypatch.setenv("CRMDATA_SERVE_MODE", "local-secretariat")
    engine = db.connect(f"sqlite:///{prepared[0]}")
    agreements.note(engine, secretariat("Eva"), "Algo", Pins(line="IV"), **DUTY, meeting=MEETING)
    app = visit("presentar", idioma="en", corte="2019-11-15")
    (button,) = [one for one in app.button if one.label == "Withdraw it"]
    button.click().run()
    assert "withdrawn with a reason" in said(app)
    app.text_input(key="agreement-withdrawal-text").set_value("It stands twice")
    (button,) = [one for one in app.button if one.label == "Withdraw it"]
    button.click().run()
    with db.reading(engine) as session:
        (row,) = queries.agreements(session).to_dict("records")
    engine.dispose()
    assert row["withdrawn_reason"] == "It stands twice"
    assert "The agreement is withdrawn." in said(app)


def test_an_agreement_that_was_noted_leaves_the_form_empty_and_a_receipt(
    prepared, code, monkeypatch
):
    monkeypatch.setenv("CRMDATA_SERVE_MODE", "local-secretariat")
    app = visit("presentar", idioma="en", corte="2019-11-15")
    app.text_area(key="agreement-text").set_value("Share the protocol")
    app.selectbox(key="agreement-line").set_value("IV")
    app.selectbox(key="agreement-responsible").set_value("OIM")
    app.text_input(key="agreement-due").set_value("31/12/2020")
    (button,) = [one for one in app.button if one.label == "Note the agreement"]
    button.click().run()
    assert re.search(r"Agreement \d is noted.</p><p>Share the protocol", said(app))
    assert app.text_area(key="agreement-text").value == ""
    assert app.selectbox(key="agreement-line").value == ""
    assert app.selectbox(key="agreement-responsible").value == ""
    assert app.text_input(key="agreement-due").value == ""


def test_the_secretariat_makes_one_and_others_cannot(prepared, code, monkeypatch):
    assert "snapshot-name" not in str(visit("descargas", corte="2018-11-16"))
    monkeypatch.setenv("CRMDATA_SERVE_MODE", "local-secretariat")
    app = visit("descargas", idioma="en", corte="2018-11-16")
    app.text_input(key="snapshot-name").set_value("For the minutes")
    (made,) = [one for one in app.button if one.label.startswith("Make a snapshot")]
    made.click().run()
    assert not app.exception
    assert re.search(r"Snapshot 2018-11-16-\w{10} is made.", said(app))
    engine = db.connect(f"sqlite:///{prepared[0]}")
    with db.reading(engine) as session:
        rows = queries.snapshots(session).to_dict("records")
    engine.dispose()
    assert [row["name"] for row in rows] == ["For the minutes", ""]
    assert f"Snapshot {rows[0]['snapshot']} is made." in said(app)
