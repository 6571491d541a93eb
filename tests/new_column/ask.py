"""Ask each part of a tree what it knows of the column `lessons`; print it as JSON.

Run with the tree's folder, in which a store of before stands, and the file to hand in.
"""

import json
import sqlite3
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
from streamlit.testing.v1 import AppTest

from crmdata import view
from crmdata.access import secretariat
from crmdata.content.wording import described
from crmdata.exports import package, tables
from crmdata.exports.template import template
from crmdata.exports.workbook import workbook
from crmdata.i18n import words_for
from crmdata.intake.reports import check, import_files, read_bytes
from crmdata.store import db
from crmdata.workflow import snapshots
from crmdata.workflow.redaction.acting import Why, take_out
from crmdata.workflow.redaction.places import Spot

FORM = """
from crmdata.i18n import words_for
from crmdata.web.hand_in import report_form

for field in report_form._BOXES:
    report_form._show_box(words_for("es"), field, {})
"""

folder, rows = Path(sys.argv[1]), sys.argv[2]
engine = db.connect(f"sqlite:///{folder}/store.sqlite3")
db.upgrade(engine)
words = words_for("es")
known = {}


def file(name, text):
    (folder / name).write_text(text)
    return folder / name


def headings(book):
    sheets = openpyxl.load_workbook(BytesIO(book)).worksheets
    return [cell for sheet in sheets for line in sheet.iter_rows(values_only=True) for cell in line]


with db.reading(engine) as session:
    written = rows.format(lessons="juan@example.org").encode()
    checked = check(session, [read_bytes("a.csv", written)])
    known["check"] = [[one.rule, one.field] for one in checked.warnings]
    known["template"] = "Lecciones" in headings(template(session, "HND", "2018-1", words))
without = rows.replace(",lessons", "").replace(",{lessons}", "").replace("IV.3.2", "IV.3.1")
import_files(engine, [file("old.csv", without)], by="Ana")
import_files(engine, [file("new.csv", rows.format(lessons="Empezar antes"))], by="Ana")
snapshots.create(engine, secretariat("Eva"), name="Acta")
with db.reading(engine) as session:
    tables.export(session, folder / "export")
    taken = view.read(session, date(2018, 12, 31))
    with ZipFile(BytesIO(package.package(taken))) as opened:
        described_by = json.loads(opened.read("datapackage.json"))
    (reports,) = [one for one in described_by["resources"] if one["name"] == "reports"]
    known["schema"] = [one for one in reports["schema"]["fields"] if one["name"] == "lessons"]
    known["workbook"] = "Empezar antes" in headings(workbook(taken, words))
    known["pages"] = [described(words, row) for row in taken.frame("reports").to_dict("records")]
    known["status"] = [one.rule for one in [*db.prove(session), *snapshots.verify(session)]]
known["export"] = (folder / "export" / "reports.csv").read_text("utf-8-sig")
app = AppTest.from_string(FORM).run()
known["form"] = [box.label for box in app.text_area]
with db.writing(engine) as session:
    take_out(session, [Spot("report", 2, "lessons")], Why("Eva", "secretariat", "eva", "a", "b"))
with db.reading(engine) as session:
    known["redacted"] = [one.rule for one in db.prove(session)]
engine.dispose()
with sqlite3.connect(folder / "store.sqlite3") as raw:
    (guard,) = raw.execute(
        "SELECT sql FROM sqlite_master WHERE name = 'append_only_report_update'"
    ).fetchone()
    raw.execute("DROP TRIGGER append_only_report_update")
    known["stored"] = [text for (text,) in raw.execute("SELECT lessons FROM report ORDER BY id")]
    raw.execute("UPDATE report SET lessons = 'Otra cosa' WHERE id = 1")
    raw.execute(guard)
with db.reading(db.connect(f"sqlite:///{folder}/store.sqlite3")) as session:
    known["altered"] = [one.rule for one in db.prove(session)]
sys.stdout.write(json.dumps(known))
