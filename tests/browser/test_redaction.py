"""A text that must go, from the search on the secretariat's desk to the receipt and the public."""

from playwright.sync_api import expect
from sqlalchemy import text

from crmdata.store import db
from crmdata.terms import tombstone
from tests import chromium, people
from tests.browser import axe
from tests.browser.test_handing_in import receipt_of, whole_text_of

REPORT = (
    "SELECT id, activity, narrative FROM report r WHERE narrative <> '' AND reported_on ="
    " (SELECT max(reported_on) FROM report o WHERE o.activity = r.activity)"
    " AND (SELECT count(*) FROM report o WHERE o.narrative = r.narrative) = 1 ORDER BY id LIMIT 1"
)


def one(desk, sql: str):
    engine = db.connect(f"sqlite:///{desk.database}")
    with db.reading(engine) as session:
        row = session.execute(text(sql)).one()
    engine.dispose()
    return row


def fill(page, label: str, said: str) -> None:
    field = page.get_by_label(label, exact=True)
    field.fill(said)
    field.press("Tab")
    chromium.settle(page)


def test_a_text_goes_from_the_search_to_the_receipt_and_from_the_publics_screen(
    desk, as_person, readers, serve
):
    number, activity, narrative = one(desk, REPORT)
    public, anybody = serve(desk.database, "--public"), readers()
    address = f"{public.url}/actividades?idioma=en&actividad={activity}&corte=2022-12-31"
    chromium.visit(anybody, address)
    assert narrative in whole_text_of(anybody)

    page = as_person(people.EDITOR)
    chromium.visit(page, f"{desk.app.url}/revision?idioma=en")
    fill(page, "Words to look for", narrative)
    assert "The words stand in 1 text." in whole_text_of(page)
    assert narrative[:40] in whole_text_of(page)
    page.get_by_text("All the texts that are listed").click()
    chromium.settle(page)
    assert axe.violations(page) == []

    # Without a reason in both languages nothing is even asked.
    page.get_by_role("button", name="Redact", exact=True).click()
    page.get_by_text("Texts are redacted with a reason in Spanish and in English.").wait_for()

    fill(page, "Reason, in Spanish", "Nombraba a un niño")
    fill(page, "Reason, in English", "It named a child")
    page.get_by_role("button", name="Redact", exact=True).click()
    question = page.locator(".crm-question")
    expect(question).to_contain_text("1 text goes for good")
    expect(question).to_contain_text("cannot be called back")
    assert one(desk, f"SELECT narrative FROM report WHERE id = {number}")[0] == narrative
    page.get_by_role("button", name="Yes, redact for good").dblclick()
    (act,) = one(desk, "SELECT max(seq) FROM redaction") if receipt_of(page) else (0,)
    expect(page.locator(".crm-receipt")).to_contain_text(f"1 text was redacted: act {act}.")
    assert "It named a child" in whole_text_of(page)

    # Also a server that showed it before.
    chromium.visit(anybody, address)
    assert narrative not in whole_text_of(anybody)
    assert tombstone(act) in whole_text_of(anybody)
