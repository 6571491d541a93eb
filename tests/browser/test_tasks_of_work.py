"""What people come to do, each with what becomes of it, in no more clicks than its goal."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import docx
import pptx
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine

from crmdata import clock
from crmdata.access import Actor, Role, secretariat
from crmdata.i18n import words_for
from crmdata.store import db, queries
from crmdata.terms import Reporting, Step
from crmdata.view import read
from crmdata.workflow import review
from tests import chromium, people
from tests.browser import desk as desks
from tests.browser.stage import measured
from tests.browser.tasks import WIDTHS, Hands, judged
from tests.browser.test_handing_in import stored
from tests.long import sample
from tests.patience import until

CUTOFF = "idioma=es&corte=2020-11-20"
HONDURAS = f"inicio?{CUTOFF}&pais=HND"
EVA = secretariat("Eva")
ANA, LUZ = (Actor(name, Role.FOCAL_POINT, country=country)
            for name, country in (("Ana", "HND"), ("Luz", "GTM")))  # fmt: skip


@contextmanager
def store(desk: desks.Desk) -> Iterator[Engine]:
    """Yield the desk's own database."""
    engine = db.connect(f"sqlite:///{desk.database}")
    yield engine
    engine.dispose()


def repeatable(engine: Engine, country: str) -> list[tuple[str, str, str]]:
    """Return what a country owes today and has reported before."""
    with db.reading(engine) as session:
        now = read(session, clock.today())
    cells, reports = now.frame("cells"), now.frame("reports")
    first = reports.loc[reports["country"].eq(country)].groupby("activity")["semester"].min()
    owed = cells.loc[
        cells["country"].eq(country)
        & cells["reporting"].isin([Reporting.SIN_REPORTE, Reporting.EN_PLAZO])
    ]
    slots = zip(owed["activity"], owed["semester"], strict=True)
    return [(country, activity, period) for activity, period in slots
            if activity in first and first[activity] < period]  # fmt: skip


def clear(engine: Engine) -> None:
    """Send back whatever waits: what was handed in at another width is owed again."""
    for batch in waiting(engine):
        review.send_back(engine, EVA, batch, comment="Se revisa después.")


def waiting(engine: Engine) -> list[int]:
    with db.reading(engine) as session:
        found = review.overview(session, EVA, clock.today())
    return list(map(int, found.waiting["batch_id"]))


def rows_of(desk: desks.Desk, batch: int, columns: str) -> list[tuple]:
    return stored(desk, f"SELECT {columns} FROM report WHERE batch_id = {batch}")


def receipt_of(page: Page) -> str:
    receipt = page.locator(".crm-receipt")
    receipt.wait_for()
    chromium.settle(page)
    return receipt.inner_text()


@pytest.mark.parametrize("width", sample(WIDTHS, few=1))
def test_a_focal_point_reports_a_pending_activity(
    desk: desks.Desk, as_person: Callable[..., Page], width: int
) -> None:
    hands = Hands(as_person(people.FOCAL, width=width))
    page = hands.page
    chromium.visit(page, f"{desk.app.url}/{HONDURAS}")
    with store(desk) as engine:
        clear(engine)
    pending = page.locator(".crm-entries li").filter(has_text="VI.1.1.")
    hands.click(pending.get_by_role("link", name="Reportar").first)
    page.wait_for_url("**/informar?**actividad=VI.1.1**")
    chromium.settle(page)
    # The form goes on where the last report stood: what is new is written, and nothing else.
    hands.write("70", page.get_by_label("Porcentaje, si el estado lo pide"))
    hands.write(f"Segunda cohorte del diplomado, vista a {width} px.",
                page.get_by_label("Descripción, sin datos personales de nadie"))  # fmt: skip
    hands.click(page.get_by_role("button", name="Entregar este reporte"))
    assert "Contará cuando la secretaría lo acepte" in receipt_of(page)
    with store(desk) as engine:
        (batch,) = waiting(engine)
    assert rows_of(desk, batch, "country, activity, state, percent") == [
        ("HND", "VI.1.1", "en_curso", 70)
    ]
    judged("report", width, hands)


@pytest.mark.parametrize("width", sample(WIDTHS, few=1))
def test_a_focal_point_says_of_ten_at_once_that_nothing_changed(
    desk: desks.Desk, as_person: Callable[..., Page], width: int
) -> None:
    with store(desk) as engine:
        clear(engine)
        # All but ten of what Honduras owes is in.
        slots = repeatable(engine, "HND")
        if len(slots) > 10:
            review.accept(engine, EVA, review.sin_cambios(engine, ANA, slots[10:]).batch_id)
    hands = Hands(as_person(people.FOCAL, width=width))
    page = hands.page
    chromium.visit(page, f"{desk.app.url}/{HONDURAS}")
    hands.click(page.get_by_role("link", name="Sin cambios"))
    page.wait_for_url("**/informar?**")
    hands.click(page.get_by_text("Todo lo pendiente", exact=True))
    hands.click(page.get_by_role("button", name="Informar sin cambios"))
    assert "Se entregó “sin cambios” de 10 actividades." in receipt_of(page)
    with store(desk) as engine:
        (batch,) = waiting(engine)
    found = rows_of(desk, batch, "country, activity, semester")
    assert len(found) == 10
    assert sorted(found) == sorted(slots[:10])
    judged("unchanged", width, hands)


def to_stage(page: Page, desk: desks.Desk) -> None:
    page.goto(f"{desk.app.url}/presentar?{CUTOFF}&lamina=1", wait_until="domcontentloaded")
    page.wait_for_selector(".stage section:not([hidden])")


@pytest.mark.parametrize("width", sample(WIDTHS, few=1))
def test_the_stage_is_led_to_a_line_one_meeting_back_and_on_again(
    desk: desks.Desk, as_person: Callable[..., Page], width: int
) -> None:
    hands = Hands(as_person(people.EDITOR, width=width))
    to_stage(hands.page, desk)
    hands.write("vi")
    hands.press("Enter")
    slide = hands.page.locator(".stage section:not([hidden])")
    expect(slide).to_have_attribute("data-key", "linea-VI")
    for country in ("Honduras", "Guatemala", "Canadá"):
        expect(slide.get_by_text(country).first).to_be_visible()
    expect(slide).to_contain_text("188 de 269")
    for key, known in (("[", "128 de 195"), ("]", "188 de 269")):
        hands.press(key)
        expect(slide).to_contain_text(known)
        assert measured(hands.page)["key"] == "linea-VI"
    judged("stage", width, hands)


AGREED = "Compartir el mapa de consulados"


@pytest.mark.parametrize("width", sample(WIDTHS, few=1))
def test_an_agreement_is_noted_from_the_stage(
    desk: desks.Desk, as_person: Callable[..., Page], width: int
) -> None:
    hands = Hands(as_person(people.EDITOR, width=width))
    to_stage(hands.page, desk)
    to_line_six(hands.page)
    with hands.page.expect_popup() as opened:
        hands.press("a")
    form = opened.value
    expect(form.get_by_label("Acuerdo", exact=True)).to_be_focused()
    expect(form.get_by_label("Línea", exact=True)).to_have_value(re.compile("^VI\\. "))
    said = f"{AGREED} {width}"
    hands.write(said, form.get_by_label("Acuerdo", exact=True))
    hands.choose("Honduras", form.get_by_label("Responsable", exact=True))
    hands.write("31/3/2021", form.get_by_label("Plazo", exact=True))
    hands.press("Enter", form)
    assert "quedó anotado" in receipt_of(form)
    wall = hands.page.locator(".stage section[data-key=acuerdos] li").filter(has_text=said)
    expect(wall).to_contain_text("Línea VI")
    expect(wall).to_contain_text("Honduras · pendiente, vence el 31 mar 2021")
    judged("agree", width, hands)


def to_line_six(page: Page) -> None:
    """Write the line's number on the stage, and wait for its slide."""
    page.keyboard.type("vi")
    page.keyboard.press("Enter")
    expect(page.locator(".stage section:not([hidden])")).to_have_attribute("data-key", "linea-VI")


def taken(page: Page, click: Callable[[], None], tmp_path: Path) -> BytesIO:
    """Return the file that a click brings, however long it takes to be made."""
    with page.expect_download() as download:
        click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    return BytesIO(file.read_bytes())


@pytest.mark.parametrize("width", sample(WIDTHS, few=1))
def test_the_deck_is_a_click_away(
    desk: desks.Desk, as_person: Callable[..., Page], tmp_path: Path, width: int
) -> None:
    hands = Hands(as_person(people.EDITOR, width=width))
    # Each width asks for other slides: what was made once is not made again.
    wanted = "portada,lineas" if width == WIDTHS[0] else "portada,ejes"
    chromium.visit(hands.page, f"{desk.app.url}/presentar?{CUTOFF}&secciones={wanted}")
    button = hands.page.get_by_role("button", name="Preparar las láminas (PPTX)")
    deck = pptx.Presentation(taken(hands.page, lambda: hands.click(button), tmp_path))
    assert len(deck.slides) > 10
    judged("deck", width, hands)


@pytest.mark.parametrize("width", sample(WIDTHS, few=1))
def test_the_minutes_are_a_click_away(
    desk: desks.Desk, as_person: Callable[..., Page], tmp_path: Path, width: int
) -> None:
    hands = Hands(as_person(people.EDITOR, width=width))
    to_stage(hands.page, desk)
    to_line_six(hands.page)
    shown = "JSON.stringify(window.localStorage).includes('linea-VI')"
    hands.page.wait_for_function(shown)
    # The meeting is over.
    hands.page.keyboard.press("Escape")
    button = hands.page.get_by_role("button", name="Preparar la minuta (DOCX)")
    paper = docx.Document(taken(hands.page, lambda: hands.click(button), tmp_path))
    said = "\n".join(each.text for each in paper.paragraphs)
    for part in ("Lo acordado", "Lo mostrado", "Línea VI. Sinergias entre consulados"):
        assert part in said
    judged("minutes", width, hands)


@pytest.mark.parametrize("width", sample(WIDTHS, few=1))
def test_who_owes_what_stands_on_the_secretariats_desk_by_age(
    desk: desks.Desk, as_person: Callable[..., Page], width: int
) -> None:
    hands = Hands(as_person(people.EDITOR, width=width))
    chromium.visit(hands.page, f"{desk.app.url}/revision?idioma=es")
    late = hands.page.locator(".crm-entries").filter(has_text="Vencido, lo más antiguo primero")
    notes = late.locator("li").all_inner_texts()
    with store(desk) as engine, db.reading(engine) as session:
        stages = review.overview(session, EVA, clock.today()).stages
    overdue = stages.loc[stages["stage"].eq("overdue")]
    oldest = overdue.groupby("country")["semester"].min()
    codes = {row["name_es"]: row["country"] for row in _countries(desk)}
    order = [codes[note.split("\n")[0]] for note in notes]
    assert sorted(order) == sorted(oldest.index)
    assert [oldest[code] for code in order] == sorted(oldest)
    assert late.locator("li").first.is_visible()
    judged("owing", width, hands)


def test_to_look_up_who_owes_leaves_the_desk_as_it_was(
    desk: desks.Desk, as_person: Callable[..., Page]
) -> None:
    page = as_person(people.EDITOR)
    chromium.visit(page, f"{desk.app.url}/revision?idioma=es")
    late = page.locator(".crm-entries").filter(has_text="Vencido, lo más antiguo primero")
    with page.expect_popup() as opened:
        late.locator("a").first.click()
    opened.value.wait_for_url(f"**/actividades?**corte={clock.today()}**")
    page.locator(".crm-head .crm-page-presentar").first.evaluate("way => way.click()")
    page.wait_for_url("**/presentar?**")
    chromium.settle(page)
    expect(page.locator(".crm-head [data-key=corte] > summary")).to_contain_text("20 nov 2020")
    assert "pais=" not in page.url


def _countries(desk: desks.Desk) -> list[dict]:
    with store(desk) as engine, db.reading(engine) as session:
        return queries.countries(session).to_dict("records")


@pytest.mark.parametrize("width", sample(WIDTHS, few=1))
def test_the_reminder_for_a_country_is_copied_by_a_click(
    desk: desks.Desk, as_person: Callable[..., Page], width: int
) -> None:
    hands = Hands(as_person(people.EDITOR, width=width))
    hands.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chromium.visit(hands.page, f"{desk.app.url}/revision?idioma=es")
    hands.click(hands.page.get_by_role("button", name="Copiar el texto: Honduras"))
    until(lambda: hands.page.evaluate("navigator.clipboard.readText()") != "")
    letter = hands.page.evaluate("navigator.clipboard.readText()")
    assert letter.startswith("Plan de la CRM: reportes que faltan — Honduras")
    assert "2017-I: faltan" in letter
    judged("remind", width, hands)


@pytest.mark.parametrize("width", sample(WIDTHS, few=1))
def test_of_a_batch_eight_rows_are_accepted_and_two_sent_back(
    desk: desks.Desk, as_person: Callable[..., Page], width: int
) -> None:
    with store(desk) as engine:
        clear(engine)
        slots = repeatable(engine, "GTM")
        newest = max(period for _, _, period in slots)
        ten = [slot for slot in slots if slot[2] == newest][:10]
        batch = review.sin_cambios(engine, LUZ, ten).batch_id
    hands = Hands(as_person(people.EDITOR, width=width))
    page = hands.page
    chromium.visit(page, f"{desk.app.url}/revision?idioma=es")
    marks = page.get_by_role("toolbar", name="Devolver solo estas filas")
    for _, activity, period in ten[:2]:
        row = f"{activity}, {words_for('es').period(period)}"
        hands.click(marks.get_by_role("button", name=row, exact=True))
        chromium.settle(page)
        hands.write("¿De qué semestre es?", page.get_by_label(f"Qué hay que corregir en {row}"))
    hands.click(page.get_by_role("button", name="Decidir lo marcado"))
    hands.click(page.get_by_role("button", name="Sí, decidirlas"))
    assert "8 filas aceptadas" in receipt_of(page)
    with store(desk) as engine, db.reading(engine) as session:
        found = review.overview(session, EVA, clock.today()).submissions
    (counts,) = found.loc[found["batch_id"].eq(batch), "counts"]
    assert (counts[Step.ACCEPTED], counts[Step.SENT_BACK]) == (8, 2)
    judged("decide", width, hands)
