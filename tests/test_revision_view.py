"""The secretariat's page, as each role: what it shows, and what its buttons do to the store."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from crmdata import clock, db, queries, review
from crmdata.access import ANONYMOUS, Actor, Role, secretariat
from crmdata.reports import read_files
from crmdata.settings import ROOT
from crmdata.ui import cache, menu
from tests.patience import PATIENCE
from tests.sheets import a_file

ANA = Actor("Ana López", Role.FOCAL_POINT, country="HND")
CLOSED_TO = "This page is the secretariat's"

Visit = Callable[..., AppTest]


@pytest.fixture
def opened(
    sqlite_with_plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Visit]:
    """Return what opens a page as somebody, on a database with a submission that waits."""
    file = shutil.copy(sqlite_with_plan, tmp_path / "plan.sqlite3")
    monkeypatch.setenv("CRMDATA_DATABASE_URL", f"sqlite:///{file}")
    st.cache_resource.clear()
    st.cache_data.clear()
    change = {"narrative": "<b>Sigue</b>", "activity": "I.1.2"}
    files = read_files([a_file(tmp_path, {}, change, name="honduras.csv")])
    review.submit(cache.engine(), ANA, files)

    def visit(actor: Actor, page: str = "revision", **params: str) -> AppTest:
        for module in ("actor", "desk", "desk_trail", "frame"):
            place = f"crmdata.ui.{module}.current_actor"
            monkeypatch.setattr(place, lambda: actor, raising=False)
        app = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=PATIENCE)
        app.query_params.update({"idioma": "en", **params})
        return app.run()

    yield visit
    st.cache_resource.clear()
    st.cache_data.clear()


def said(app: AppTest) -> str:
    return "\n".join(block.proto.body for block in app.get("html")).replace("&#x27;", "'")


def labels(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


def steps() -> list[str]:
    with db.reading(cache.engine()) as session:
        return queries.submissions(session)["step"].tolist()


@pytest.mark.parametrize(
    "actor",
    [ANONYMOUS, ANA, Actor("Luis", Role.PARTNER, partner="OIM"), Actor("Oto", Role.OPERATOR)],
    ids=lambda actor: actor.role,
)
def test_who_is_not_of_the_secretariat_gets_a_sentence_and_no_button(opened, actor):
    app = opened(actor)
    assert not app.exception
    assert CLOSED_TO in said(app)
    assert "honduras.csv" not in said(app) or actor is ANA
    assert "Accept" not in labels(app)


def test_everybody_sees_what_happened_but_not_who_did_it(opened):
    text = said(opened(ANONYMOUS))
    assert "Batch 1" in text
    assert "Ana López" not in text


@pytest.mark.parametrize(("actor", "shown"), [(ANONYMOUS, False), (secretariat("Eva"), True)])
def test_the_menu_shows_the_page_to_the_secretariat_only(opened, actor, shown):
    app = opened(actor, page="resumen")
    links = [link.proto.label for link in app.get("page_link")]
    assert (menu.TITLES["revision"] in links) == shown


def test_the_secretariat_sees_what_waits_as_text(opened):
    text = said(opened(secretariat("Eva")))
    assert "Batch 1 · Honduras · 2018-I · Submitted" in text
    assert "&lt;b&gt;Sigue&lt;/b&gt;" in text
    assert "<b>Sigue" not in text


def test_accepting_lets_the_batch_count(opened):
    app = opened(secretariat("Eva"))
    app.button(key="accept-1").click().run()
    assert "Batch 1 was accepted." in said(app)
    assert steps() == ["accepted"]


def test_sending_back_needs_the_comment_and_keeps_it(opened):
    app = opened(secretariat("Eva"))
    app.button(key="back-1").click().run()
    assert "A batch is sent back with a comment." in said(app)
    app.text_area(key="comment-1").input("Falta la evidencia")
    app.button(key="back-1").click().run()
    assert steps() == ["sent_back"]
    assert "Falta la evidencia" in said(app)


def test_who_comes_second_is_told_in_a_sentence(opened):
    app = opened(secretariat("Eva"))
    review.accept(cache.engine(), secretariat("Luz"), 1)
    app.button(key="accept-1").click().run()
    assert not app.exception
    assert "Batch 1 was accepted by Luz" in said(app)


def test_a_batch_is_withdrawn_with_its_reason(opened):
    app = opened(secretariat("Eva"))
    app.selectbox(key="desk-batch").select(1).run()
    app.text_area(key="reason-1").input("Era de otro país")
    app.button(key="withdraw-1").click().run()
    assert steps() == ["withdrawn"]


def test_a_semester_is_closed_and_opened_again(opened):
    app = opened(secretariat("Eva"))
    app.selectbox(key="desk-country").select("PAN").run()
    app.selectbox(key="desk-semester").select("2018-1").run()
    app.button(key="desk-close").click().run()
    assert "2018-I of Panama is closed." in said(app)
    app.text_area(key="desk-closing").input("Faltaba uno")
    app.button(key="desk-reopen").click().run()
    assert "2018-I of Panama is open." in said(app)


def test_a_semester_with_something_waiting_is_not_closed(opened):
    app = opened(secretariat("Eva"))
    app.selectbox(key="desk-country").select("HND").run()
    app.selectbox(key="desk-semester").select("2018-1").run()
    app.button(key="desk-close").click().run()
    assert "wait for the secretariat" in said(app)


def test_a_reminder_stands_there_to_be_copied(opened):
    app = opened(secretariat("Eva"))
    app.selectbox(key="desk-reminder").select("HND").run()
    assert "Dear focal point of Honduras:" in said(app)


def test_a_page_that_lost_its_role_writes_nothing(opened, monkeypatch):
    app = opened(secretariat("Eva"))
    monkeypatch.setattr("crmdata.ui.desk.current_actor", lambda: ANONYMOUS)
    app.button(key="accept-1").click().run()
    assert "You may not accept reports." in said(app)
    assert steps() == ["submitted"]


# Provisional


def test_the_switch_is_there_for_who_may_use_it(opened):
    for actor, shown in ((secretariat("Eva"), True), (ANA, True), (ANONYMOUS, False)):
        app = opened(actor, page="lineas")
        assert [toggle.key for toggle in app.toggle] == ["choose-provisional"] * shown


def test_submitted_reports_are_shown_with_their_mark_on_everything(opened):
    app = opened(secretariat("Eva"), page="lineas", provisional="1")
    assert "Provisional: 2 reports in force here" in said(app)
    charts = app.get("plotly_chart")
    assert charts
    assert all("Provisional" in chart.proto.spec for chart in charts)


def test_the_mark_covers_no_entry_of_a_legend(opened):
    app = opened(secretariat("Eva"), page="lineas", provisional="1")
    layout = json.loads(app.get("plotly_chart")[0].proto.spec)["layout"]
    (mark,) = [note for note in layout["annotations"] if note["text"] == "<b>Provisional</b>"]
    # Both in px from the top of the figure: the mark hangs from its upper edge.
    mark_ends = layout["margin"]["t"] - mark["yshift"] + 22
    legends = [own for key, own in layout.items() if key.startswith("legend")]
    assert legends
    assert all((1 - own["y"]) * layout["height"] >= mark_ends for own in legends)


def test_the_switch_turns_them_off_again(opened):
    app = opened(secretariat("Eva"), page="lineas", provisional="1")
    app.toggle(key="choose-provisional").set_value(False).run()
    assert "provisional" not in app.query_params
    assert "not accepted yet" not in said(app)


@pytest.mark.parametrize(
    "actor", [ANONYMOUS, Actor("Juan", Role.FOCAL_POINT, country="GTM")], ids=["reader", "other"]
)
def test_an_address_shows_nobody_the_submissions_of_another(opened, actor):
    app = opened(actor, page="lineas", provisional="1", pais="HND")
    assert "Sigue" not in said(app)
    assert ("shown to the secretariat" in said(app)) == (actor is ANONYMOUS)


def test_what_the_secretariat_saw_stays_out_of_the_cache_of_a_reader(opened):
    opened(secretariat("Eva"), page="actividades", provisional="1", actividad="I.1.2")
    assert "Sigue" not in said(opened(ANONYMOUS, page="actividades", actividad="I.1.2"))


def test_what_is_compared_counts_submitted_reports_at_both_dates(opened):
    dates = {"provisional": "1", "corte": "2030-12-31"}
    since = clock.today() - timedelta(days=1), clock.today() + timedelta(days=1)
    before, after = (
        said(opened(secretariat("Eva"), page="cambios", desde=day.isoformat(), **dates))
        for day in since
    )
    assert "Sigue" in before
    assert "Sigue" not in after
