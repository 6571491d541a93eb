"""A report from the country's desk to the public's screen, and the pages on the way."""

from io import BytesIO
from itertools import product

import openpyxl
import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from playwright.sync_api import expect

from crmdata import clock
from crmdata.exports.template import template
from crmdata.i18n import words_for
from crmdata.store import db
from tests import chromium, people
from tests.browser import axe
from tests.browser.rounds import LANGUAGES
from tests.long import sample
from tests.test_template import Filled

SEMESTER, ACTIVITY = "2021-1", "I.1.1"
NARRATIVE = "La red consular atiende ahora en cinco ciudades."
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(desk, **said) -> tuple[dict, int]:
    """Return Honduras's template with one row filled in, as a file to choose; and the row."""
    engine = db.connect(f"sqlite:///{desk.database}")
    with db.reading(engine) as session:
        filled = Filled(template(session, "HND", SEMESTER, words_for("es")))
    engine.dispose()
    row = filled.row_of(ACTIVITY, SEMESTER)
    filled.put(row, narrative=NARRATIVE, **said)
    file = {"name": "honduras.xlsx", "mimeType": XLSX, "buffer": filled.bytes()}
    return file, row


def choose(page, file) -> None:
    page.locator(".st-key-hand-in-file input[type=file]").set_input_files(file)


def text_of(page) -> str:
    return page.locator("body").inner_text()


def whole_text_of(page) -> str:
    """Return the text of a page with what is folded."""
    return page.locator("body").text_content() or ""


def receipt_of(page):
    """Return the receipt on a page, once the eye and the keyboard are at it.

    Where none comes, what the page says instead tells why.
    """
    receipt = page.locator(".crm-receipt")
    try:
        receipt.wait_for()
    except PlaywrightTimeoutError:
        pytest.fail(f"No receipt. The page says: {text_of(page)}")
    chromium.settle(page)
    expect(receipt).to_be_focused()
    expect(receipt).to_be_in_viewport(ratio=1)
    return receipt


def accept(page) -> None:
    """Accept the only batch that waits: a click, and the keyboard at the question."""
    page.get_by_role("button", name="Accept", exact=True).click()
    question = page.locator(".crm-question")
    expect(question).to_contain_text("Honduras · 2021-I: 1 new report, 0 corrections")
    expect(question).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(receipt_of(page)).to_contain_text("was accepted.")


def test_a_report_goes_from_a_bad_workbook_to_the_publics_screen(desk, as_person, readers, serve):
    sheet = f"actividades?idioma=en&actividad={ACTIVITY}&corte={clock.today()}"
    focal = as_person(people.FOCAL)
    chromium.visit(focal, f"{desk.app.url}/informar?idioma=en")

    # Every error at once, and the workbook back with each at its cell.
    bad, row = workbook(desk, state="casi", percent=140, reported_on="mañana")
    choose(focal, bad)
    focal.get_by_role("heading", name="3 errors").wait_for()
    said = text_of(focal)
    assert "A percentage lies between 0 and 100." in said
    assert "“casi” is not in the list." in said
    assert "No single day stands here." in said
    assert focal.get_by_role("button", name="Hand it in").count() == 0
    with focal.expect_download() as download:
        focal.get_by_role("button", name="Download the file with the remarks").click()
    marked = openpyxl.load_workbook(BytesIO(download.value.path().read_bytes()))
    remarks = [cell.comment.text for cell in marked["Reportes"][row] if cell.comment]
    assert len(remarks) == 3

    good, _ = workbook(desk, state="En curso", percent=65)
    choose(focal, good)
    # The page stands at a later semester than the template: that nobody chose asks nothing.
    expect(focal.get_by_role("button", name="Hand it in")).to_be_enabled()
    # What a run has not drawn yet is faint.
    chromium.settle(focal)
    assert axe.violations(focal) == []
    focal.get_by_role("button", name="Hand it in").dblclick()
    said = receipt_of(focal).inner_text()
    assert "Handed in. It counts once the secretariat has accepted it." in said
    # The file is let go: nothing of it is checked, and refused, against itself.
    assert focal.locator(".crm-notice").count() == 0
    assert focal.get_by_test_id("stFileUploaderFile").count() == 0
    # What was sent is read again, where the receipt leads.
    receipt_of(focal).get_by_role("link", name="See what was handed in: batch").click()
    opened = focal.get_by_role("region", name="What batch")
    expect(opened).to_contain_text(NARRATIVE)
    chromium.settle(focal)
    expect(focal.get_by_role("heading", name="What was handed in", exact=True)).to_be_in_viewport()

    public = serve(desk.database, "--public")
    anybody = readers()
    chromium.visit(anybody, f"{public.url}/{sheet}")
    assert NARRATIVE not in whole_text_of(anybody)

    # Another country can neither see it nor send it.
    other = as_person(people.OTHER_FOCAL)
    chromium.visit(other, f"{desk.app.url}/informar?idioma=en&pais=HND&provisional=1")
    assert "honduras.xlsx" not in text_of(other)
    choose(other, workbook(desk, state="En curso", percent=56)[0])
    other.get_by_text("The template is of Honduras; this is where Guatemala").first.wait_for()
    assert other.get_by_role("button", name="Hand it in").count() == 0

    editor = as_person(people.EDITOR)
    chromium.visit(editor, f"{desk.app.url}/revision?idioma=en")
    assert NARRATIVE in whole_text_of(editor)
    accept(editor)

    chromium.visit(anybody, f"{public.url}/{sheet}")
    assert NARRATIVE in whole_text_of(anybody)


def test_an_import_that_is_held_is_corrected_confirmed_and_handed_in(desk, as_person):
    page = as_person(people.FOCAL, width=390)
    chromium.visit(page, f"{desk.app.url}/informar?idioma=es")
    named, phone = "La niña María Fernanda Cruz fue trasladada.", "Se llamó al 2222-3333."
    choose(page, held_file(named, phone))
    page.get_by_text("2 textos esperan su respuesta.").wait_for()
    expect(page.locator(".crm-held mark").first).to_have_text("niña María Fernanda Cruz")
    hand_in = page.get_by_role("button", name="Entregar", exact=True)
    expect(hand_in).to_be_disabled()
    assert axe.violations(page) == []

    anew = page.get_by_label("O escriba el texto de nuevo").first
    anew.fill("Se trasladó a una niña.")
    anew.press("Control+Enter")
    page.get_by_text("1 texto espera su respuesta.").wait_for()
    expect(hand_in).to_be_disabled()
    chromium.settle(page)
    sure = page.get_by_text("No es un dato de una persona", exact=True)
    expect(sure).to_have_count(1)
    sure.click()
    chromium.settle(page)
    expect(hand_in).to_be_enabled()
    hand_in.click()
    expect(receipt_of(page)).to_contain_text("Entregado.")
    assert stored(desk, "SELECT narrative FROM report ORDER BY id DESC LIMIT 2") == [
        (phone,), ("Se trasladó a una niña.",)
    ]  # fmt: skip
    # Nothing of what was written first is kept: not in the report, not in the trail.
    (trail,) = stored(desk, "SELECT detail FROM audit ORDER BY seq DESC LIMIT 1")
    assert '"confirmed"' in trail[0]
    assert "3:narrative" in trail[0]
    assert "2222" not in trail[0]
    files = desk.database.parent.glob(f"{desk.database.name}*")
    assert not any(b"Fernanda Cruz" in file.read_bytes() for file in files)


def held_file(*narratives: str) -> dict:
    """Return a file with a report for each narrative, as a file to choose."""
    head = ("country,activity,semester,state,percent,narrative,reason,evidence,partners,"
            "reported_on,data_kind\n")  # fmt: skip
    rows = (f"HND,I.1.{n},2021-1,en_curso,100,{said},,,,2021-08-01,demostracion\n"
            for n, said in enumerate(narratives, 1))  # fmt: skip
    data = (head + "".join(rows)).encode()
    return {"name": "honduras.csv", "mimeType": "text/csv", "buffer": data}


def stored(desk, query: str) -> list[tuple]:
    engine = db.connect(f"sqlite:///{desk.database}")
    with db.reading(engine) as session:
        found = [tuple(row) for row in session.connection().exec_driver_sql(query)]
    engine.dispose()
    return found


def test_a_semester_is_closed_by_two_clicks_and_not_by_a_double_one(desk, as_person):
    page = as_person(people.EDITOR, width=390, theme="dark")
    chromium.visit(page, f"{desk.app.url}/revision?idioma=en")
    for field, choice in (("Country", "Panama"), ("Semester", "2018-I")):
        chromium.choose(
            page.get_by_label(field, exact=True),
            page.get_by_role("option", name=choice, exact=True),
        )
    page.get_by_role("button", name="Close the semester").dblclick()
    page.locator(".crm-question").wait_for()
    chromium.settle(page)
    expect(page.locator(".crm-question")).to_contain_text("Close 2018-I of Panama?")
    assert axe.violations(page) == []
    assert closed(desk) == []
    page.get_by_role("button", name="Yes, close 2018-I of Panama").dblclick()
    expect(receipt_of(page)).to_contain_text("2018-I of Panama is closed.")
    assert axe.violations(page) == []
    assert closed(desk) == [("PAN", "2018-1")]


def closed(desk) -> list[tuple[str, str]]:
    """Return the country and semester of every act of closing."""
    return stored(desk, "SELECT country, semester FROM closing_act")


PRIVATE = [(people.FOCAL, "informar"), (people.EDITOR, "revision")]


@pytest.mark.parametrize(
    ("who", "language", "theme"), sample(list(product(PRIVATE, LANGUAGES, ("light", "dark"))), 2)
)
def test_axe_finds_no_violation_on_what_only_those_logged_in_see(
    desk, as_person, who, language, theme
):
    email, name = who
    page = as_person(email, theme=theme)
    chromium.visit(page, f"{desk.app.url}/{name}?idioma={language}&corte=2019-11-15")
    assert page.get_by_role("button", name=words_for(language)("Log out"), exact=True).is_visible()
    assert axe.violations(page) == []


def test_the_field_for_a_file_speaks_the_readers_language(desk, as_person):
    focal = as_person(people.FOCAL)
    chromium.visit(focal, f"{desk.app.url}/informar?idioma=es")
    zone = focal.get_by_test_id("stFileUploaderDropzone")
    button = zone.get_by_role("button", name="Elegir un archivo", exact=True)
    expect(button).to_be_visible()
    assert not zone.get_by_text("per file").is_visible()
    expect(button.locator("p")).to_have_text("Elegir un archivo")
