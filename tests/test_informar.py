"""The page of those who report: closed to strangers, and each sees and sends only their own."""

import re
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from crmdata import clock
from crmdata.access import Actor, Role, secretariat
from crmdata.errors import AccessDenied
from crmdata.exports.template import template
from crmdata.i18n import words_for
from crmdata.intake.reports.reading import read_bytes
from crmdata.settings import ROOT
from crmdata.store import db, queries
from crmdata.web.data import cache
from crmdata.workflow import review
from tests.links import head_of, links, query_of
from tests.patience import PATIENCE
from tests.people import (
    EDITOR,
    FOCAL,
    OTHER_FOCAL,
    PARTNER,
    ROLES,
    claims,
    log_in,
    roles_file,
)
from tests.test_followed_choices import answer, unsaid
from tests.test_template import Filled

PLANTED = "Relato sembrado que nadie más debe ver todavía"

A_REPORT = (
    "country,activity,semester,state,percent,narrative,reason,evidence,partners,reported_on,"
    "data_kind\nHND,IV.3.2,2021-1,en_curso,65,Avance,,,,2021-08-01,demostracion\n"
)

Visit = Callable[..., AppTest]

EVA = secretariat("Eva")


def partner() -> Actor:
    return Actor("Luis", Role.PARTNER, partner="OIM")


@pytest.fixture
def roles(tmp_path: Path) -> Path:
    return roles_file(tmp_path)


@pytest.fixture
def visit(demo_file, tmp_path, roles, monkeypatch) -> Iterator[Visit]:
    """Return what opens a page as somebody on the secretariat's server."""
    database = shutil.copy(demo_file, tmp_path / "demo.sqlite3")
    monkeypatch.setenv("CRMDATA_DATABASE_URL", f"sqlite:///{database}")
    monkeypatch.setenv("CRMDATA_SERVE_MODE", "secretariat")
    monkeypatch.setenv("CRMDATA_ROLES_FILE", str(roles))
    st.cache_resource.clear()
    st.cache_data.clear()

    def opened(email: str = "", page: str = "informar", age: float = 60, **params) -> AppTest:
        app = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=PATIENCE)
        app.query_params.update({"idioma": "en", **params})
        if email:
            app.user = claims(email, age=age)
            log_in(db.connect(), app.user)
        return app.run()

    yield opened
    st.cache_resource.clear()
    st.cache_data.clear()


def said(app: AppTest) -> str:
    """Return what the page says beneath its head, which names all countries to everybody."""
    bodies = (block.proto.body for block in app.get("html"))
    return "\n".join(body for body in bodies if not body.startswith("<header"))


def receipt(app: AppTest) -> list[str]:
    """Return the receipt on the page, a paragraph each; empty where there is none."""
    found = [block.proto.body for block in app.get("html") if "crm-receipt" in block.proto.body
             and "<style>" not in block.proto.body]  # fmt: skip
    return re.findall(r"<p>(.*?)</p>", "".join(found))


def keys(app: AppTest) -> set[str]:
    return {each.key for each in [*app.button, *app.selectbox, *app.multiselect] if each.key}


def submitted() -> list[dict]:
    with db.reading(cache.engine()) as session:
        found = queries.submissions(session)
    return found.loc[found["step"].eq("submitted")].to_dict("records")


def fill_in(app: AppTest, **changes: str) -> AppTest:
    app.selectbox(key="form-activity").set_value(changes.get("activity", "IV.3.2"))
    app.selectbox(key="form-semester").set_value(changes.get("semester", "2021-2"))
    app.selectbox(key="form-state").set_value("en_curso")
    app.text_input(key="form-percent").set_value(changes.get("percent", "70"))
    app.text_area(key="form-narrative").set_value(PLANTED)
    send = next(each for each in app.button if each.label == "Hand in this report")
    return send.click().run()


def test_a_report_sent_back_is_shown_with_its_comment_and_fills_the_form(visit):
    fill_in(visit(FOCAL), percent="70")
    (batch,) = submitted()
    comment = "El porcentaje es otro"
    review.send_back(cache.engine(), secretariat("Eva"), batch["batch_id"], comment=comment)
    app = visit(FOCAL)
    assert f"Eva writes: {comment}" in said(app)
    picked = app.selectbox(key="form-returned")
    picked.select_index(0).run()
    assert app.selectbox(key="form-activity").value == "IV.3.2"
    assert app.text_input(key="form-percent").value == "70"
    assert app.text_area(key="form-narrative").value == PLANTED


def test_what_was_sent_back_and_is_reported_on_again_is_not_listed_any_more(visit):
    fill_in(visit(FOCAL), percent="70")
    (batch,) = submitted()
    review.send_back(cache.engine(), secretariat("Eva"), batch["batch_id"], comment="No")
    app = fill_in(visit(FOCAL), percent="75")
    assert "Nothing was sent back." in said(app)
    assert f"again-{batch['batch_id']}" not in keys(app)


def test_a_stranger_is_told_how_to_get_in(visit):
    app = visit()
    assert not app.exception
    assert "Log in with an account" in said(app)
    assert keys(app) & {"form-activity", "hand-in-confirm", "unchanged"} == set()


def test_on_a_public_server_the_page_says_where_to_go(visit, monkeypatch):
    monkeypatch.setenv("CRMDATA_SERVE_MODE", "public")
    app = visit(EDITOR)
    assert "not on this server" in said(app)
    assert "log-in" not in keys(app)


def test_somebody_without_a_role_is_told_so(visit):
    assert "The account other@example.org has no role here." in said(visit("other@example.org"))


def test_a_focal_point_sees_what_their_country_owes(visit):
    app = visit(FOCAL, pais="GTM")
    assert "What Honduras has pending today" in said(app)
    set_aside = "Country: Guatemala. It was chosen for the other pages and changes nothing here."
    assert "Guatemala" not in said(app).replace(set_aside, "")


def test_what_is_pending_is_counted_first_and_listed_with_the_way_to_report_it(visit):
    app = visit(FOCAL)
    with db.reading(cache.engine()) as session:
        stages = review.overview(session, secretariat("Eva"), clock.today()).stages
    own = stages.loc[stages["country"].eq("HND")]
    missing = int((own["expected"] - own["reported"]).sum())
    assert f"{missing} reports pending, the oldest of 2017-I" in said(app)
    assert query_of(said(app), "Report")["actividad"] == "I.1.1"


def test_a_focal_point_hands_in_a_report_of_their_own_country(visit):
    app = fill_in(visit(FOCAL))
    assert "Handed in." in said(app)
    assert [(batch["countries"], batch["imported_by"]) for batch in submitted()] == [
        (["HND"], FOCAL)
    ]
    assert "Handed in by" in said(app)


def test_a_form_that_breaks_a_rule_says_which(visit):
    app = fill_in(visit(FOCAL), percent="140")
    assert "140" in said(app)
    assert submitted() == []


def test_what_waits_is_seen_by_nobody_else(visit):
    fill_in(visit(FOCAL))
    for email, page in (
        ("", "informar"), (OTHER_FOCAL, "informar"), (PARTNER, "informar"),
        ("", "actividades"), (OTHER_FOCAL, "actividades"),
    ):  # fmt: skip
        app = visit(email, page, actividad="IV.3.2")
        assert not app.exception
        assert PLANTED not in said(app)
        assert "formulario.csv" not in said(app)


def test_no_changes_are_handed_in_for_many_in_one_step(visit):
    app = visit(FOCAL)
    app.checkbox(key="unchanged-all").set_value(True)
    send = next(each for each in app.button if each.label == "Report no changes")
    app = send.click().run()
    assert "“No changes” was handed in" in receipt(app)[0]
    (batch,) = submitted()
    assert batch["countries"] == ["HND"]
    assert batch["rows"] > 1


def offered(app: AppTest, **others: object) -> AppTest:
    """Fill in the form of an offer and hand it in."""
    for name, value in {"semester_from": "2021-1", "semester_to": "2021-2",
                        "modality": "tecnica", **others}.items():  # fmt: skip
        app.selectbox(key=f"offer-{name}").set_value(value)
    app.multiselect(key="offer-countries").set_value(["HND", "GTM"])
    app.text_area(key="offer-text").set_value("Asistencia para los consulados")
    return next(each for each in app.button if each.label == "Hand in this offer").click().run()


def test_a_partner_is_led_from_a_gap_to_the_form_with_its_activity(visit):
    app = visit(PARTNER, "cooperacion", corte="2019-11-15")
    activity = query_of(said(app), "Offer")["actividad"]
    app = visit(PARTNER, actividad=activity)
    assert app.selectbox(key="offer-activity").value == activity
    app = offered(app)
    assert receipt(app)[0] == "Handed in. It counts once the secretariat has accepted it."
    assert [(batch["subject"], batch["imported_by"]) for batch in submitted()] == [
        ("cooperation", PARTNER)
    ]
    assert app.selectbox(key="offer-activity").value is None


def test_an_offer_that_breaks_a_rule_says_which(visit):
    app = offered(visit(PARTNER, actividad="IV.3.2"), semester_to="2020-1")
    assert "The last semester is earlier than the first" in said(app)
    assert submitted() == []


def test_a_request_that_is_taken_up_fills_the_form_but_for_the_words(visit):
    app = visit(PARTNER, actividad="XV.1.1")
    chosen = [app.selectbox(key=f"offer-{name}").value
              for name in ("activity", "semester_from", "semester_to", "modality")]  # fmt: skip
    assert chosen == ["XV.1.1", "2017-2", "2017-2", "capacitacion"]
    assert app.multiselect(key="offer-countries").value == ["CRM"]
    assert app.text_area(key="offer-text").value == ""


def test_a_request_is_chosen_from_the_list_of_those_without_a_partner(visit):
    app = visit(PARTNER)
    requests = app.selectbox(key="offer-request")
    number = next(option for option in requests.options if "Guatemala and Panama" in option)
    app = requests.select(number).run()
    assert app.selectbox(key="offer-activity").value == "I.1.1"
    assert app.multiselect(key="offer-countries").value == ["GTM", "PAN"]


def test_an_offer_that_was_sent_back_is_corrected_and_no_longer_open(visit):
    offered(visit(PARTNER, actividad="IV.3.2"))
    (batch,) = submitted()
    review.send_back(cache.engine(), EVA, batch["batch_id"], comment="¿Desde cuándo?")
    app = visit(PARTNER)
    assert "¿Desde cuándo?" in said(app)
    returned = app.selectbox(key="offer-returned")
    app = returned.select_index(0).run()
    assert app.text_area(key="offer-text").value == "Asistencia para los consulados"
    assert app.multiselect(key="offer-countries").value == ["HND", "GTM"]
    app.selectbox(key="offer-semester_from").set_value("2020-2")
    send = next(each for each in app.button if each.label == "Hand in this offer")
    app = send.click().run()
    assert "Handed in." in said(app)
    assert "Nothing was sent back." in said(visit(PARTNER))
    with db.reading(cache.engine()) as session:
        lines = review.lines_of(session, partner())
    newest = lines[["step", "semester_from", "answered"]].head(2)
    assert newest.to_numpy().tolist() == [
        ["submitted", "2020-2", False], ["sent_back", "2021-1", True],
    ]  # fmt: skip


def test_only_a_partner_sees_its_lines(visit):
    visit()
    with db.reading(cache.engine()) as session, pytest.raises(AccessDenied):
        review.lines_of(session, Actor("Ana", Role.FOCAL_POINT, country="HND"))


def test_a_countrys_own_request_is_listed_among_what_it_handed_in(visit):
    visit(FOCAL)
    row = (
        "partner,activity,countries,semester_from,semester_to,modality,state,text,evidence,"
        "reported_on,data_kind\n,IV.3.2,HND,2021-1,2021-2,tecnica,solicitada,Se pide apoyo,,"
        "2021-08-01,demostracion\n"
    )
    ana = Actor("Ana", Role.FOCAL_POINT, country="HND")
    review.submit(cache.engine(), ana, [read_bytes("pedido.csv", row.encode())])
    assert "pedido.csv" in said(visit(FOCAL))


def test_a_focal_point_is_led_to_the_form_with_the_activity(visit):
    app = visit(FOCAL, actividad="IV.3.2")
    assert app.selectbox(key="form-activity").value == "IV.3.2"
    assert "offer-activity" not in keys(app)


def test_a_partner_hands_in_files_and_no_reports_of_countries(visit):
    app = visit(PARTNER)
    assert "Hand in a file" in said(app)
    assert keys(app) & {"form-activity", "unchanged"} == set()


def test_a_file_is_checked_and_then_handed_in(visit):
    app = visit(FOCAL)
    app.file_uploader(key="hand-in-file").upload("a.csv", A_REPORT.encode()).run()
    assert submitted() == []
    app.button(key="hand-in-confirm").click().run()
    assert [batch["file_name"] for batch in submitted()] == ["a.csv"]
    # The receipt is all that stands there: the file is let go and is not checked against itself.
    (batch,) = submitted()
    happens, counts, moment, way = receipt(app)
    assert happens == "Handed in. It counts once the secretariat has accepted it."
    assert counts.startswith(f"Batch {batch['batch_id']}, a.csv: ")
    assert re.search(r"\d\d:\d\d:\d\d \(UTC", moment)
    assert query_of(way, "See what was handed in")["abierto"] == f"lote-{batch['batch_id']}"
    assert "imported already" not in said(app)
    assert "hand-in-confirm" not in keys(app)


def handed_in_with_a_remark(visit, remark: str) -> dict:
    app = visit(FOCAL)
    app.file_uploader(key="hand-in-file").upload("a.csv", A_REPORT.encode()).run()
    app.text_input(key="hand-in-note").set_value(remark)
    app.button(key="hand-in-confirm").click().run()
    (batch,) = submitted()
    return batch


def test_a_batch_of_the_list_opens_with_its_reports_as_they_were_handed_in(visit):
    number = handed_in_with_a_remark(visit, "")["batch_id"]
    app = visit(FOCAL)
    assert f'abierto=lote-{number}#entregado">{number}</a>' in said(app)
    assert f'abierto=lote-{number}#entregado">a.csv</a>' in said(app)
    assert f"What batch {number} says" not in said(app)
    text = said(visit(FOCAL, abierto=f"lote-{number}"))
    opened = text[text.index(f"<caption>What batch {number} says") :]
    for cell in ("IV.3.2. ", "2021-I", "In progress", "65%", "Avance"):
        assert cell in opened


def test_a_batch_is_opened_by_nobody_who_may_not_see_it(visit):
    number = handed_in_with_a_remark(visit, "Para revisar")["batch_id"]
    for email in (OTHER_FOCAL, PARTNER):
        text = said(visit(email, abierto=f"lote-{number}"))
        assert f"What batch {number} says" not in text
        assert "Para revisar" not in text


def test_the_remark_is_read_by_the_sender_and_by_the_secretariat(visit):
    number = handed_in_with_a_remark(visit, "Dos filas van sin socio")["batch_id"]
    assert 'data-label="Remark">Dos filas van sin socio</td>' in said(visit(FOCAL))
    for email, page in ((FOCAL, "informar"), (EDITOR, "revision")):
        app = visit(email, page, abierto=f"lote-{number}")
        assert "Remark of who sent it: Dos filas van sin socio" in said(app)


def test_beside_the_remark_stands_who_reads_it(visit):
    app = visit(FOCAL)
    app.file_uploader(key="hand-in-file").upload("a.csv", A_REPORT.encode()).run()
    assert "The secretariat reads it together with the batch" in said(app)


WAITS = "1 report that was sent waits for the secretariat"


@pytest.mark.parametrize("page", ["informar", "inicio", "paises"])
def test_beside_what_is_pending_stands_how_much_waits_for_the_secretariat(visit, page):
    assert WAITS not in said(visit(FOCAL, page))
    handed_in_with_a_remark(visit, "")
    assert WAITS in said(visit(FOCAL, page))


def test_how_much_waits_is_said_to_the_secretariat_of_all_and_to_no_other_country(visit):
    handed_in_with_a_remark(visit, "")
    assert WAITS in said(visit(EDITOR, "inicio"))
    assert WAITS in said(visit(EDITOR, pais="HND"))
    assert WAITS not in said(visit(EDITOR, pais="GTM"))
    for email in ("", OTHER_FOCAL, PARTNER):
        for page in ("informar", "inicio"):
            assert "waits for the secretariat" not in said(visit(email, page))


@pytest.mark.parametrize("page", ["inicio", "paises", "descargas", "presentar"])
def test_beside_documents_a_provisional_page_says_that_they_are_without_what_waits(visit, page):
    sentence = "hold accepted reports only"
    assert sentence in said(visit(FOCAL, page, pais="HND", provisional="1"))
    assert sentence not in said(visit(FOCAL, page, pais="HND"))


def test_the_receipt_goes_where_the_next_file_is_chosen(visit):
    app = visit(FOCAL)
    app.file_uploader(key="hand-in-file").upload("a.csv", A_REPORT.encode()).run()
    app.button(key="hand-in-confirm").click().run()
    app.file_uploader(key="hand-in-file-1").upload("b.csv", b"what").run()
    assert receipt(app) == []


def test_a_form_that_was_handed_in_is_empty_and_has_its_receipt(visit):
    app = fill_in(visit(FOCAL))
    assert receipt(app)[0] == "Handed in. It counts once the secretariat has accepted it."
    assert app.selectbox(key="form-activity").value is None
    assert app.text_input(key="form-percent").value == ""
    assert app.text_area(key="form-narrative").value == ""


def test_a_form_begins_without_a_semester_and_a_state_that_nobody_chose(visit):
    app = visit(FOCAL)
    begun = [app.selectbox(key=f"form-{name}").value for name in ("semester", "state")]
    assert begun == [None, None]


def test_a_form_in_which_nothing_is_filled_in_hands_in_nothing(visit):
    app = visit(FOCAL)
    next(each for each in app.button if each.label == "Hand in this report").click().run()
    assert "Nothing is filled in yet." in said(app)
    assert submitted() == []


def test_a_form_with_an_error_keeps_what_was_written(visit):
    app = fill_in(visit(FOCAL), percent="140")
    assert receipt(app) == []
    assert app.text_area(key="form-narrative").value == PLANTED


def test_an_error_of_the_form_speaks_the_words_of_the_form(visit):
    text = said(fill_in(visit(FOCAL), percent=""))
    assert "The state “In progress” needs a percentage" in text
    assert "such as 45, 45.5 or 45,5 %" in text
    assert "formulario" not in text
    assert "Row 2" not in text


def test_an_error_in_a_file_names_its_activity_beside_its_row(visit):
    app = visit(FOCAL)
    rows = A_REPORT.replace("en_curso,65", "casi,140")
    app.file_uploader(key="hand-in-file").upload("a.csv", rows.encode()).run()
    text = said(app)
    assert '<td class="short" data-label="Activity">IV.3.2</td>' in text
    assert "Choose Not started, In progress, Fulfilled, Suspended or Not applicable." in text
    assert "en_curso" not in text


def test_the_dry_run_writes_semesters_days_and_percents_as_the_screen_does(visit):
    app = visit(FOCAL)
    rows = A_REPORT.replace(",65,", ",75.5,")
    app.file_uploader(key="hand-in-file").upload("a.csv", rows.encode()).run()
    text = said(app)
    assert "HND · IV.3.2. " in text
    assert " · 2021-I<" in text
    assert "75.5%" in text
    assert "Aug 1, 2021" in text


def test_the_page_says_that_it_is_of_today_whatever_the_cut_off(visit):
    app = visit(FOCAL, corte="2018-11-16")
    assert "As of today, " in said(app)
    assert "It was chosen for the other pages and changes nothing here." in said(app)
    assert "Cut-off" not in head_of(app)


def test_the_page_follows_what_is_chosen_or_says_that_it_does_not(visit):
    assert unsaid(partial(visit, EDITOR)) == []


def test_who_reports_for_a_country_is_told_that_another_one_changes_nothing(visit):
    assert answer(visit(FOCAL, pais="HND"))[1] == ""
    assert answer(visit(FOCAL, pais="GTM"))[1].startswith("Country: Guatemala. ")


def test_without_a_country_the_page_says_what_to_do(visit):
    assert "Choose the country that is reported for" in said(visit(EDITOR))


def test_the_template_is_of_a_semester_that_the_plan_foresees_work_in(visit):
    assert visit(FOCAL).selectbox(key="template-semester").value == "2021-2"


def test_every_day_in_the_list_of_what_was_handed_in_is_written_the_same_way(visit):
    text = said(fill_in(visit(FOCAL)))
    day = words_for("en").date(clock.today(), "medium")
    assert f'data-label="On">{day}</td>' in text


def test_a_file_with_another_countrys_rows_is_refused(visit):
    app = visit(FOCAL)
    rows = (
        "country,activity,semester,state,percent,narrative,reason,evidence,partners,reported_on,"
        "data_kind\nGTM,IV.3.2,2021-1,en_curso,65,Avance,,,,2021-08-01,demostracion\n"
    )
    app.file_uploader(key="hand-in-file").upload("a.csv", rows.encode()).run()
    assert "hand-in-confirm" not in keys(app)
    assert submitted() == []


def test_who_loses_a_role_loses_it_at_the_next_click(visit, roles):
    app = visit(FOCAL)
    assert "form-activity" in keys(app)
    roles.write_text(ROLES.replace(FOCAL, "successor@example.hn"), "utf-8")
    app = fill_in(app)
    assert submitted() == []
    assert "has no role here" in said(app)


def test_a_broken_file_of_roles_gives_nobody_a_role(visit, roles):
    roles.write_text(ROLES + "[[person]]\nrole = 'admin'\n", "utf-8")
    assert "form-activity" not in keys(visit(FOCAL))


def test_a_login_of_yesterday_is_asked_again(visit):
    app = visit(FOCAL, age=9 * 3600)
    assert "Your login has ended." in said(app)
    assert "form-activity" not in keys(app)


def test_the_menu_names_the_page_to_those_who_may_use_it(visit):
    def titles(email: str) -> set[str]:
        return {words for words, _ in links(head_of(visit(email, "metodo")))}

    assert "Hand in" in titles(FOCAL)
    assert "Hand in" not in titles("")


def test_a_focal_point_may_take_the_template_of_their_country(visit):
    app = visit(FOCAL)
    assert app.selectbox(key="template-semester").value
    assert [
        each.proto.label for each in app.get("download_button") if "emplate" in each.proto.label
    ]


def filled_template() -> bytes:
    with db.reading(cache.engine()) as session:
        filled = Filled(template(session, "HND", "2021-1", words_for("es")))
    row = filled.row_of("I.1.1", "2021-1")
    filled.put(row, state="en_curso", percent=65, narrative="La red sigue.")
    return filled.bytes()


def test_a_template_that_was_filled_in_is_handed_in(visit):
    app = visit(FOCAL)
    app.selectbox(key="template-semester").set_value("2021-1").run()
    app.file_uploader(key="hand-in-file").upload("plantilla.xlsx", filled_template()).run()
    app.button(key="hand-in-confirm").click().run()
    assert [(batch["file_name"], batch["countries"]) for batch in submitted()] == [
        ("plantilla.xlsx", ["HND"])
    ]


def test_a_template_of_another_semester_than_stands_there_at_first_is_asked_nothing(visit):
    app = visit(FOCAL)
    app.file_uploader(key="hand-in-file").upload("plantilla.xlsx", filled_template()).run()
    assert "is chosen here" not in said(app)
    assert not app.button(key="hand-in-confirm").disabled


def test_a_template_of_another_semester_than_the_one_chosen_is_asked_about(visit):
    app = visit(FOCAL)
    app.selectbox(key="template-semester").set_value("2020-2").run()
    app.file_uploader(key="hand-in-file").upload("plantilla.xlsx", filled_template()).run()
    assert "The template is of 2021-I; 2020-II is chosen here. Is 2021-I meant?" in said(app)
    assert app.button(key="hand-in-confirm").disabled
    (box,) = (each for each in app.checkbox if each.label == "Yes, it is so")
    box.check().run()
    app.button(key="hand-in-confirm").click().run()
    assert [batch["file_name"] for batch in submitted()] == ["plantilla.xlsx"]


def test_the_same_rows_corrected_while_they_wait_take_the_place_of_what_waits(visit):
    app = uploaded(visit(FOCAL), A_REPORT)
    hand_in(app).click().run()
    (first,) = submitted()
    again = A_REPORT.replace("en_curso,65", "en_curso,80").encode()
    app.file_uploader(key="hand-in-file-1").upload("b.csv", again).run()
    assert "still waits for the secretariat. Does this take its place? Progress (%): 65 → 80" in (
        said(app)
    )
    (box,) = (each for each in app.checkbox if each.label == "Yes, it is so")
    box.check().run()
    hand_in(app).click().run()
    assert [batch["file_name"] for batch in submitted()] == ["b.csv"]
    assert first["batch_id"] not in {batch["batch_id"] for batch in submitted()}


def test_the_form_asks_before_it_takes_the_place_of_what_waits(visit):
    fill_in(visit(FOCAL), percent="70")
    app = fill_in(visit(FOCAL), percent="75")
    assert "Does this take its place? Progress (%): 70 → 75" in said(app)
    assert len(submitted()) == 1


CHILD = "La niña María Fernanda Cruz, de 9 años, fue trasladada"
PLAIN = "Se trasladó a una niña"
HELD = A_REPORT.replace("Avance", f'"{CHILD}"') + (
    'HND,I.1.1,2021-1,en_curso,65,"Llamar al 2222-3333",,,,2021-08-01,demostracion\n'
)


def texts_stored() -> list[str]:
    query = "SELECT narrative FROM report ORDER BY id DESC LIMIT 2"
    with db.reading(cache.engine()) as session:
        return [row[0] for row in session.connection().exec_driver_sql(query)][::-1]


def uploaded(app: AppTest, rows: str) -> AppTest:
    return app.file_uploader(key="hand-in-file").upload("a.csv", rows.encode()).run()


def hand_in(app: AppTest):
    return app.button(key="hand-in-confirm")


def test_an_import_waits_until_each_held_text_is_confirmed_or_written_anew(visit):
    app = uploaded(visit(FOCAL), HELD)
    text = said(app)
    assert "<mark>niña María Fernanda Cruz</mark>" in text
    assert "Row 2 · IV.3.2" in text
    assert "2 texts wait for your answer." in text
    assert hand_in(app).disabled
    app = app.text_area(key="hand-in-held-0-text").set_value(PLAIN).run()
    assert "1 text waits for your answer." in said(app)
    assert hand_in(app).disabled
    app = app.checkbox(key="hand-in-held-1-none").check().run()
    assert not hand_in(app).disabled
    hand_in(app).click().run()
    assert texts_stored() == [PLAIN, "Llamar al 2222-3333"]


def test_what_is_written_anew_is_held_as_well(visit):
    app = uploaded(visit(FOCAL), A_REPORT.replace("Avance", CHILD.replace(",", "")))
    app = app.text_area(key="hand-in-held-0-text").set_value("Kevin López volvió").run()
    assert "<mark>Kevin López</mark>" in said(app)
    assert hand_in(app).disabled


def test_a_confirmation_can_be_taken_back(visit):
    app = uploaded(visit(FOCAL), A_REPORT.replace("Avance", "Llamar al 2222-3333"))
    app = app.checkbox(key="hand-in-held-0-none").check().run()
    assert not hand_in(app).disabled
    assert hand_in(app.checkbox(key="hand-in-held-0-none").uncheck().run()).disabled


def test_another_file_begins_without_answers(visit):
    app = uploaded(visit(FOCAL), A_REPORT.replace("Avance", "Llamar al 2222-3333"))
    app = app.checkbox(key="hand-in-held-0-none").check().run()
    app = uploaded(app, A_REPORT.replace("Avance", "Llamar al 3333-4444"))
    assert hand_in(app).disabled


def test_a_remark_that_looks_personal_is_held_too(visit):
    app = uploaded(visit(FOCAL), A_REPORT)
    app = app.text_input(key="hand-in-note").set_value("Llamar al 2222-3333").run()
    assert hand_in(app).disabled
    (sure,) = [each for each in app.checkbox if each.label == "It is no person's data"]
    app = sure.check().run()
    hand_in(app).click().run()
    assert len(submitted()) == 1


def test_a_form_that_looks_personal_is_stored_once_it_is_confirmed(visit):
    app = visit(FOCAL)
    app.text_area(key="form-narrative").set_value(CHILD)
    app.selectbox(key="form-activity").set_value("IV.3.2")
    app.selectbox(key="form-semester").set_value("2021-2")
    app.selectbox(key="form-state").set_value("en_curso")
    app.text_input(key="form-percent").set_value("70")

    def send(app: AppTest) -> AppTest:
        button = next(each for each in app.button if each.label == "Hand in this report")
        return button.click().run()

    app = send(app)
    assert "look like personal data" in said(app)
    assert submitted() == []
    (sure,) = [each for each in app.checkbox if each.label == "It is no person's data"]
    app = send(sure.check().run())
    assert "Handed in." in said(app)
    assert len(submitted()) == 1


SECRETARIAT = {"pais": "HND"}


def corrected(app: AppTest) -> AppTest:
    """Return the page of the secretariat with a file that corrects a report of a country."""
    text = A_REPORT.replace("IV.3.2,2021-1", "I.1.1,2018-1")
    return app.file_uploader(key="hand-in-file").upload("a.csv", text.encode()).run()


def test_a_correction_by_the_secretariat_is_checked_before_its_reason_is_given(visit):
    app = corrected(visit(EDITOR, **SECRETARIAT))
    app.button(key="hand-in-confirm").click().run()
    assert "only with a reason. Say in the remark why it is corrected." in said(app)
    assert submitted() == []
    app.text_input(key="hand-in-note").set_value("Lo pidió el país").run()
    app.button(key="hand-in-confirm").click().run()
    assert [batch["file_name"] for batch in submitted()] == ["a.csv"]


def test_the_form_asks_the_secretariat_why_it_corrects(visit):
    app = visit(EDITOR, **SECRETARIAT)
    app.text_input(key="form-note").set_value("Lo pidió el país")
    fill_in(app, activity="I.1.1", percent="40", semester="2018-1")
    assert len(submitted()) == 1


def test_the_form_asks_nobody_else_for_a_reason(visit):
    assert "form-note" not in {each.key for each in visit(FOCAL).text_input}


def test_whoever_reports_for_any_country_chooses_it_on_the_page(visit):
    app = visit(EDITOR)
    ways = re.findall(r'href="[^"]*pais=([A-Z]{3})[^"]*"', said(app).partition("crm-choice")[2])
    assert len(ways) == 11
    assert "Hand in a file" not in said(app)


def test_a_partner_finds_first_what_countries_ask_for(visit):
    app = visit(PARTNER)
    head, found, rest = said(app).partition("activities countries ask any partner for support")
    assert found
    assert query_of(rest, "Offer")["actividad"]
    assert "Hand in a file" in rest
    assert "Nothing was sent back." not in head


def test_where_nothing_came_back_no_heading_stands_over_nothing(visit):
    assert "<h2>What was sent back</h2>" not in said(visit(FOCAL))
    assert "Nothing was sent back." in said(visit(FOCAL))
