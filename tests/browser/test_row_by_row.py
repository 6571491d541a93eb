"""A batch decided row by row, on a desk where nothing else waits."""

from playwright.sync_api import expect

from crmdata import clock
from crmdata.store import db, queries
from tests import chromium, people
from tests.browser import axe
from tests.browser.test_handing_in import choose, receipt_of, text_of, whole_text_of
from tests.long import only_long
from tests.sheets import REPORT
from tests.sheets import text_of as text_of_rows

BY_ROW = "2020-1"
TEN = [f"I.1.{n}" for n in (1, 2, 3, 4)] + [f"III.1.{n}" for n in (1, 2, 3, 4, 5)] + ["IV.3.1"]
BACK = {"I.1.2": "Falta el número de cursos.", "III.1.4": "¿De qué semestre es la cifra?"}


def csv_file(name: str, said: dict[str, str]) -> dict:
    """Return a report a row by activity and narrative, as a file to choose."""
    rows = [
        REPORT | {"activity": activity, "semester": BY_ROW, "percent": "100",
                  "narrative": narrative,
                  "reported_on": clock.today().isoformat(), "data_kind": "demostracion"}
        for activity, narrative in said.items()
    ]  # fmt: skip
    return {"name": name, "mimeType": "text/csv", "buffer": text_of_rows(rows).encode()}


def hand_in(page, desk, file) -> None:
    chromium.visit(page, f"{desk.app.url}/informar?idioma=en")
    choose(page, file)
    page.get_by_role("button", name="Hand it in").click()
    expect(receipt_of(page)).to_contain_text("Handed in.")


def in_force(desk) -> dict[str, str]:
    """Return what is in force of the ten activities, by activity."""
    engine = db.connect(f"sqlite:///{desk.database}")
    with db.reading(engine) as session:
        found = queries.reports_in_force(session, clock.today())
    engine.dispose()
    mine = found.loc[found["country"].eq("HND") & found["semester"].eq(BY_ROW)]
    said = dict(zip(mine["activity"], mine["narrative"], strict=True))
    return {activity: said.get(activity, "") for activity in TEN}


@only_long
def test_of_a_batch_of_ten_eight_are_accepted_and_two_sent_back_corrected_and_accepted(
    desk, as_person
):
    before, said = in_force(desk), {activity: f"Dicho de {activity}." for activity in TEN}
    focal = as_person(people.FOCAL)
    hand_in(focal, desk, csv_file("diez.csv", said))

    editor = as_person(people.EDITOR, width=390)
    chromium.visit(editor, f"{desk.app.url}/revision?idioma=en")
    marks = editor.get_by_role("toolbar", name="Send back only these rows")
    for activity, comment in BACK.items():
        marks.get_by_role("button", name=f"{activity}, 2020-I", exact=True).click()
        chromium.settle(editor)
        field = editor.get_by_label(f"What is to be mended on {activity}, 2020-I")
        field.fill(comment)
        field.press("Tab")
        chromium.settle(editor)
    assert axe.violations(editor) == []
    editor.get_by_role("button", name="Decide what is marked").click()
    question = editor.locator(".crm-question")
    expect(question).to_contain_text("8 rows accepted · 2 rows sent back · 0 rows left open")
    assert in_force(desk) == before
    editor.get_by_role("button", name="Yes, decide them").dblclick()
    expect(receipt_of(editor)).to_contain_text("8 rows accepted · 2 rows sent back")
    assert "8 accepted, 2 sent back" in whole_text_of(editor)
    kept = {activity: before[activity] for activity in BACK}
    assert in_force(desk) == said | kept

    chromium.visit(focal, f"{desk.app.url}/informar?idioma=en")
    for comment in BACK.values():
        assert f"writes: {comment}" in text_of(focal)
    mended = {activity: f"Corregido: {comment}" for activity, comment in BACK.items()}
    hand_in(focal, desk, csv_file("dos.csv", mended))
    expect(focal.get_by_text("Nothing was sent back.")).to_be_visible()

    chromium.visit(editor, f"{desk.app.url}/revision?idioma=en")
    editor.get_by_role("button", name="Accept", exact=True).click()
    editor.get_by_role("button", name="Yes, accept batch").click()
    expect(receipt_of(editor)).to_contain_text("was accepted.")
    assert in_force(desk) == said | mended
    assert "8 accepted, 2 sent back" in whole_text_of(editor)
