"""What is agreed on, offered and remarked goes its whole way, by the hands of three roles."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Locator, Page, expect

from crmdata import clock
from crmdata.access import secretariat
from crmdata.store import db
from crmdata.workflow import agreements
from crmdata.workflow.agreements import Pins
from tests import chromium, people, serving
from tests.browser import desk as desks
from tests.browser.stage import open_stage
from tests.long import only_long

NEXT = "corte=2020-11-20"
"""The meeting after the one of 2019-11-15."""


@pytest.fixture(scope="module")
def public(
    desk: desks.Desk, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[serving.ServedApp]:
    """Return the public's server on the data of the secretariat's."""
    with serving.mode(
        tmp_path_factory.mktemp("public"), "--public", database=desk.database
    ) as served:
        yield served


def choose(page: Page, label: str, option: str) -> None:
    """Choose in a list of Streamlit's, by the words of its label and of the option."""
    chromium.choose(
        page.get_by_label(label, exact=True), page.get_by_role("option", name=option).first
    )


def choose_within(page: Page, part: Locator, option: str) -> None:
    """Choose in the only list of a part of the page."""
    chromium.choose(part.get_by_role("combobox"), page.get_by_role("option", name=option).first)


def receipt_of(page: Page) -> str:
    receipt = page.locator(".crm-receipt")
    receipt.wait_for()
    chromium.settle(page)
    return receipt.inner_text()


def unfold(page: Page, title: str) -> None:
    """Open a fold of Streamlit's under its title."""
    page.locator("summary", has_text=title).click()
    chromium.settle(page)


def listed(page: Page, text: str) -> str:
    """Return the line of a list that says something."""
    line = page.locator("li", has_text=text).first
    line.wait_for()
    return line.inner_text()


AGREED = "Compartir el protocolo de referencia"


HOME = f"inicio?idioma=en&pais=HND&{NEXT}"


def test_an_agreement_is_noted_with_who_and_by_when_and_comes_home(
    desk, public, as_person, readers
):
    editor = as_person(people.EDITOR)
    chromium.visit(editor, f"{desk.app.url}/presentar?idioma=en&corte=2019-11-15")
    note = editor.get_by_role("button", name="Note the agreement")
    editor.get_by_label("Agreement", exact=True).first.fill(AGREED)
    choose(editor, "Line", "IV. Foster")
    note.click()
    # Nothing is taken without who and by when, and nothing of what was written is lost.
    refusal = editor.locator(".crm-notice[role=alert]")
    expect(refusal).to_contain_text("It is not said who answers for the agreement.")
    expect(refusal).to_contain_text("It is not said by when the agreement is to be done.")
    choose(editor, "Who answers for it", "Honduras")
    by_when = editor.get_by_label("By when", exact=True)
    by_when.fill("3/4/2020")
    note.click()
    expect(refusal).to_contain_text("The date can be read in two ways")
    by_when.fill("31/3/2020")
    note.click()
    assert re.search(r"Agreement \d+ is noted\.", receipt_of(editor))
    expect(editor.get_by_label("Agreement", exact=True).first).to_have_value("")
    expect(by_when).to_have_value("")

    # On the country's home it pends, with its day and age, for its focal point as for anybody.
    focal, anybody = as_person(people.FOCAL), readers(width=390)
    for page, server in ((focal, desk.app), (anybody, public)):
        chromium.visit(page, f"{server.url}/{HOME}")
        assert "Honduras · pending since Mar 31, 2020, for 7 months" in listed(page, AGREED)
        chromium.visit(page, f"{server.url}/presentar?idioma=en&{NEXT}")
        assert page.get_by_role("button", name="Note the agreement").count() == 0
        assert page.get_by_text("Mark an agreement as done").count() == 0
    chromium.visit(focal, f"{desk.app.url}/inicio?idioma=en&pais=GTM&{NEXT}")
    assert focal.get_by_text(AGREED).count() == 0


def test_an_agreement_is_done_before_the_next_meetings_eyes_and_opened_again(
    desk, public, as_person, readers
):
    agreed = {"text": "Publicar el directorio", "pins": Pins(line="IV"), "responsible": "HND",
              "due_on": date(2020, 3, 31), "meeting": "demo-2019-11"}  # fmt: skip
    engine = db.connect(f"sqlite:///{desk.database}")
    agreements.note(engine, secretariat("Eva"), **agreed)
    engine.dispose()
    wall, anybody, editor = readers(), readers(width=390), as_person(people.EDITOR)
    open_stage(wall, f"{public.url}/presentar?idioma=en&{NEXT}&lamina=1")
    told = wall.locator(".stage section[data-key=portada-acuerdos] li", has_text=agreed["text"])
    expect(told).to_contain_text("pending since Mar 31, 2020")
    chromium.visit(editor, f"{desk.app.url}/presentar?idioma=en&{NEXT}")
    unfold(editor, "Mark an agreement as done")
    fold = editor.locator(".st-key-agreement-done-fold")
    choose_within(editor, fold, agreed["text"])
    editor.get_by_label("How it was done, in a word").fill("Se envió a los once países")
    editor.get_by_label("On what day").fill("2020-11-23")
    editor.get_by_role("button", name="Mark it as done").dblclick()
    assert "The agreement is marked as done." in receipt_of(editor)
    expect(wall.locator(".stage section[data-key=portada]")).to_contain_text("1 done")
    expect(told).to_contain_text("done on Nov 23, 2020: Se envió a los once países")
    chromium.visit(anybody, f"{public.url}/novedades?idioma=es&{NEXT}")
    assert "cumplido el 23 nov 2020: Se envió a los once países" in listed(anybody, agreed["text"])
    chromium.visit(anybody, f"{public.url}/{HOME}")
    assert anybody.get_by_text(agreed["text"]).count() == 0

    # A mistake is undone; the trail keeps who said what.
    unfold(editor, "Open an agreement again")
    editor.get_by_label("Why it is not done").fill("Faltaba un anexo")
    editor.get_by_role("button", name="Open it again").click()
    assert "The agreement is open again." in receipt_of(editor)
    chromium.visit(anybody, f"{public.url}/{HOME}")
    assert "pending since Mar 31, 2020" in listed(anybody, agreed["text"])
    chromium.visit(editor, f"{desk.app.url}/revision?idioma=en")
    trail = editor.locator("body").text_content() or ""
    for act in ("Agreement noted", "Agreement done", "Agreement opened again"):
        assert act in trail


OFFERED = "Asistencia técnica para la red consular"


def offer(page: Page) -> None:
    page.get_by_label("What is offered").fill(OFFERED)
    page.get_by_role("button", name="Hand in this offer").dblclick()
    assert "It counts once the secretariat has accepted it." in receipt_of(page)


# Twenty seconds of a core. That a person hands in, is sent back, mends and is accepted, stands in
# tests/browser/test_handing_in.py too; what an offer may be, in tests/borders/test_review.py.
@only_long
def test_an_offer_goes_from_a_gap_to_everybodys_cooperation(desk, public, as_person, readers):
    partner, editor, anybody = as_person(people.PARTNER), as_person(people.EDITOR), readers()
    today = f"corte={clock.today()}"
    # From a gap of Cooperación to the form, with the activity and what is asked for.
    chromium.visit(partner, f"{desk.app.url}/cooperacion?idioma=en&linea=V")
    gap = partner.locator("li", has_text="asked for by Belize").first
    gap.get_by_role("link", name="Offer").click()
    partner.wait_for_url("**/informar?**actividad=V.1.1*")
    chromium.settle(partner)
    expect(partner.locator(".st-key-offer-activity input")).to_have_value(re.compile(r"V\.1\.1"))
    expect(partner.locator(".st-key-offer-countries")).to_contain_text("Costa Rica")
    offer(partner)
    expect(partner.locator(".st-key-offer-text textarea")).to_have_value("")

    # Its partner sees that it waits; the public sees nothing of it, nor does the form.
    chromium.visit(partner, f"{desk.app.url}/informar?idioma=en")
    own = partner.get_by_role("row", name=OFFERED)
    expect(own).to_contain_text("Submitted")
    chromium.visit(anybody, f"{public.url}/cooperacion?idioma=en&linea=V&{today}")
    assert OFFERED not in (anybody.locator("body").text_content() or "")
    assert anybody.get_by_role("link", name="Offer", exact=True).count() == 0

    # Sent back with a comment, it is mended and waits again; then it is accepted.
    decide(
        editor, desk, "Send back with the comment", "Yes, send batch", "¿Para cuántos consulados?"
    )
    chromium.visit(partner, f"{desk.app.url}/informar?idioma=en")
    expect(partner.locator("body")).to_contain_text("¿Para cuántos consulados?")
    choose(partner, "Correct an offer that was sent back", OFFERED)
    expect(partner.get_by_label("What is offered")).to_have_value(OFFERED)
    partner.get_by_label("Evidence").fill("https://example.org/consulados")
    partner.get_by_role("button", name="Hand in this offer").click()
    receipt_of(partner)
    decide(editor, desk, "Accept", "Yes, accept batch")
    chromium.visit(partner, f"{desk.app.url}/informar?idioma=en")
    expect(partner.get_by_role("row", name=OFFERED).first).to_contain_text("Accepted")
    chromium.visit(anybody, f"{public.url}/cooperacion?idioma=en&linea=V&socio=OIM&{today}")
    expect(anybody.locator("li", has_text="Offered").first).to_be_visible()


OBSERVED = "Faltan los datos de dos consulados, que llegan en diciembre."


# As an offer; what an observation may be and where it is shown, in tests/test_observations.py.
@only_long
def test_an_observation_goes_from_the_country_to_the_stage(desk, public, as_person, readers):
    focal, editor = as_person(people.FOCAL, width=390), as_person(people.EDITOR)
    anybody, wall = readers(), readers()
    chromium.visit(focal, f"{desk.app.url}/informar?idioma=en")
    # The newest meeting stands there, with the ways to what it will see.
    profile = focal.get_by_role("link", name="The country's profile, as the meeting will see it")
    address = profile.get_attribute("href")
    assert NEXT in address
    assert "pais=HND" in address
    text = focal.get_by_label("Observation beside the figures")
    text.fill("Según la señora María Fernanda Cruz faltan datos.")
    focal.get_by_role("button", name="Hand in the observation").click()
    expect(focal.locator(".crm-notice[role=alert]")).to_contain_text("looks like personal data")
    text.fill(OBSERVED)
    focal.get_by_role("button", name="Hand in the observation").click()
    assert "It counts once the secretariat has accepted it." in receipt_of(focal)
    expect(text).to_have_value("")

    seen = f"{public.url}/paises?idioma=en&pais=HND&{NEXT}"
    chromium.visit(anybody, seen)
    assert anybody.get_by_text(OBSERVED).count() == 0
    decide(editor, desk, "Send back with the comment", "Yes, send batch", "¿Cuáles?")
    chromium.visit(focal, f"{desk.app.url}/informar?idioma=en")
    expect(focal.locator("body")).to_contain_text("¿Cuáles?")
    text.fill(f"{OBSERVED} Son los de Houston y Tapachula.")
    focal.get_by_role("button", name="Hand in the observation").click()
    receipt_of(focal)
    decide(editor, desk, "Accept", "Yes, accept batch")

    chromium.visit(anybody, seen)
    expect(anybody.get_by_text("Honduras observes:").first).to_be_visible()
    open_stage(wall, f"{public.url}/presentar?idioma=en&{NEXT}&secciones=pais&lamina=1")
    slide = wall.locator(".stage section[data-key=pais-HND]")
    expect(slide).to_contain_text("Son los de Houston y Tapachula.")
    chromium.visit(anybody, f"{public.url}/informar?idioma=en&pais=HND")
    assert anybody.get_by_role("button", name="Hand in the observation").count() == 0


def decide(page: Page, desk: desks.Desk, name: str, confirm: str, comment: str = "") -> None:
    """Decide the only batch that waits, with the two clicks that it takes."""
    chromium.visit(page, f"{desk.app.url}/revision?idioma=en")
    if comment:
        page.get_by_label("Comment to whoever sent it").fill(comment)
    page.get_by_role("button", name=name, exact=True).click()
    page.get_by_role("button", name=confirm).click()
    receipt_of(page)
