"""The upload on a page: real bytes in, everything found on screen, confirmation last."""

import re
import shutil
from datetime import date
from io import BytesIO

import pytest
import streamlit as st
from openpyxl import Workbook
from streamlit.testing.v1 import AppTest

from crmdata.intake.reports import import_files
from crmdata.store import db
from tests.books import report_book
from tests.patience import PATIENCE
from tests.sheets import REPORT, a_file, text_of


def page():
    import streamlit as st  # noqa: PLC0415 - AppTest runs the text of this function

    from crmdata.i18n import words_for  # noqa: PLC0415 - as above
    from crmdata.intake import reports  # noqa: PLC0415 - as above
    from crmdata.terms import DataKind  # noqa: PLC0415 - as above
    from crmdata.web.data import cache  # noqa: PLC0415 - as above
    from crmdata.web.hand_in import upload  # noqa: PLC0415 - as above

    def check(sources):
        return reports.check(cache.engine(), sources)

    def confirmed(sources, note, _places):
        st.session_state["confirmed"] = ([source.sha256 for source in sources], note)

    words = words_for("es")
    upload.template_button(words, "up", "HND", "2018-1", DataKind.REAL)
    names = {"I.1.1": "Una actividad"}
    upload.show(words, "up", check, confirmed, about=None, confirm="Confirmar", activities=names)


@pytest.fixture
def app(sqlite_with_plan, tmp_path, monkeypatch):
    file = shutil.copy(sqlite_with_plan, tmp_path / "own.sqlite3")
    engine = db.connect(f"sqlite:///{file}")
    import_files(engine, [a_file(tmp_path)], by="test")
    engine.dispose()
    monkeypatch.setenv("CRMDATA_DATABASE_URL", f"sqlite:///{file}")
    st.cache_resource.clear()
    st.cache_data.clear()
    yield AppTest.from_function(page, default_timeout=PATIENCE).run()
    st.cache_resource.clear()
    st.cache_data.clear()


def sent(app: AppTest, name: str, data: bytes) -> AppTest:
    app.file_uploader(key="up-file").upload(name, data)
    app.run()
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def csv(*changes) -> bytes:
    return text_of([REPORT | change for change in changes]).encode()


def test_a_new_row_can_be_confirmed_with_a_remark(app):
    sent(app, "r.csv", csv({"activity": "I.1.2"}))
    app.text_input(key="up-note").input("Va completo")
    app.button(key="up-confirm").click().run()
    hashes, note = app.session_state["confirmed"]
    assert (len(hashes), note) == (1, "Va completo")


def test_errors_are_shown_and_nothing_can_be_confirmed(app):
    sent(app, "r.csv", csv({"country": "HON"}, {"percent": "450"}))
    assert "¿Quiso decir HND?" in shown(app)
    assert "Un porcentaje está entre 0 y 100." in shown(app)
    assert [button for button in app.button if button.key == "up-confirm"] == []


def test_after_errors_stands_what_to_do_with_the_file(app):
    sent(app, "r.csv", csv({"country": "COL"}))
    assert "Corríjalo en el programa en que lo llenó" in shown(app)


def test_a_remark_repeats_neither_its_kind_nor_the_name_of_the_only_file(app):
    sent(app, "informe.csv", csv({"country": "COL"}))
    assert 'data-label="Columna"' in shown(app)
    assert 'data-label="Archivo"' not in shown(app)
    assert 'data-label="Tipo"' not in shown(app)


def test_what_was_read_as_something_else_must_be_confirmed_first(app):
    sent(app, "r.xlsx", report_book(activity="I.1.2", percent="+45", reported_on=date(2018, 8, 1)))
    assert app.button(key="up-confirm").disabled
    app.checkbox(key="up-seen").check().run()
    assert not app.button(key="up-confirm").disabled


def test_what_nobody_could_read_otherwise_stands_there_and_needs_no_tick(app):
    sent(
        app, "r.xlsx", report_book(activity="I.1.2", percent="45,5 %", reported_on="1 agosto 2018")
    )
    assert "2 celdas leídas de otra manera" in shown(app)
    assert not app.button(key="up-confirm").disabled


def test_what_a_file_asks_must_be_answered_first(app):
    sent(app, "r.csv", csv({"activity": "I.1.2", "percent": "0,25"}))
    assert "¿Quiere decir 25" in shown(app)
    (box,) = (box for box in app.checkbox if box.label == "Sí, es así")
    assert app.button(key="up-confirm").disabled
    box.check().run()
    assert not app.button(key="up-confirm").disabled


def test_an_answer_is_not_taken_over_to_another_file(app):
    sent(app, "r.csv", csv({"activity": "I.1.2", "percent": "0.25"}))
    next(box for box in app.checkbox if box.label == "Sí, es así").check().run()
    sent(app, "s.csv", csv({"activity": "I.1.2", "percent": "0.30"}))
    assert app.button(key="up-confirm").disabled


def test_a_correction_shows_old_and_new(app):
    sent(app, "r.csv", csv({"percent": "60", "reported_on": "2018-08-01"}))
    assert "45\N{NO-BREAK SPACE}%" in shown(app)
    assert "60\N{NO-BREAK SPACE}%" in shown(app)


def test_what_is_unchanged_needs_no_confirmation(app):
    sent(app, "r.csv", csv({}) + b"\n")
    assert app.button(key="up-confirm").disabled


def test_code_in_a_narrative_is_shown_as_text(app):
    sent(app, "r.csv", csv({"activity": "I.1.2", "narrative": "<img src=x onerror=alert(1)>"}))
    assert "<img" not in shown(app)
    assert "&lt;img" in shown(app)


def test_a_file_with_remarks_can_be_taken_back_annotated(app):
    sent(app, "r.csv", csv({"country": "HON"}))
    assert "up-annotated" in [button.key for button in app.get("download_button")]


def semicolons(*rows: dict) -> bytes:
    return text_of(list(rows)).replace(",", ";").encode()


def test_semicolons_are_told_and_ask_for_no_tick(app):
    app = sent(app, "r.csv", semicolons(REPORT | {"percent": "60", "reported_on": "2018-08-01"}))
    assert "Leído con “;” entre las columnas." in shown(app)
    assert "Cómo se leyó el archivo" in shown(app)
    assert not app.checkbox
    assert not app.button(key="up-confirm").disabled


def test_cells_read_as_something_else_are_counted_as_cells(app):
    rows = [REPORT | {"activity": code, "state": "En Cursos"} for code in ("I.1.2", "I.1.3")]
    app = sent(app, "r.csv", text_of(rows).encode())
    assert "2 celdas leídas de otra manera" in shown(app)


def test_of_a_file_that_is_no_table_nothing_is_counted_or_offered(app):
    app = sent(app, "informe.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj")
    assert "El archivo es un PDF." in shown(app)
    assert "Filas leídas" not in shown(app)
    assert "Corríjalo" not in shown(app)
    assert not app.get("download_button")[1:]


def test_where_a_row_is_refused_nothing_is_counted_as_new_or_unchanged(app):
    app = sent(app, "r.csv", text_of([REPORT, REPORT | {"state": "casi"}]).encode())
    assert "Filas con algún error" in shown(app)
    assert "Correcciones" not in shown(app)


def test_errors_are_counted_with_their_cells_and_rows(app):
    rows = [REPORT | {"activity": code, "state": "casi"} for code in ("I.1.2", "I.1.3")]
    rows[1]["percent"] = "450"
    app = sent(app, "r.csv", text_of(rows).encode())
    assert "2 errores, en 3 celdas de 2 filas" in shown(app)
    assert 'data-label="Filas con algún error">2<' in shown(app)


def test_no_more_rows_have_an_error_than_were_read(app):
    rows = [REPORT | {"activity": code, "state": "casi"} for code in ("I.1.2", "I.1.3")]
    sent(app, "r.csv", text_of(rows).replace("narrative", "narrative,narrative", 1).encode())
    read, wrong = (re.search(rf'data-label="{name}">(\d+)<', shown(app))
                   for name in ("Filas leídas", "Filas con algún error"))  # fmt: skip
    assert read
    assert wrong
    assert int(wrong[1]) <= int(read[1])


def test_what_is_new_names_its_activity_by_code_and_title(app):
    sent(app, "r.csv", csv({"percent": "60", "reported_on": "2018-08-01"}))
    assert "HND · Una actividad · 2018-I" in shown(app)


def test_rows_of_several_sheets_are_named_with_their_sheet(app):
    book = Workbook()
    for title, code in (("Enero", "I.1.2"), ("Febrero", "I.1.3")):
        sheet = book.create_sheet(title)
        sheet.append(list(REPORT))
        sheet.append(list((REPORT | {"activity": code}).values()))
    del book["Sheet"]
    data = BytesIO()
    book.save(data)
    sent(app, "r.xlsx", data.getvalue())
    assert re.findall(r'scope="row">(Enero|Febrero)<', shown(app)) == ["Enero", "Febrero"]


def test_rows_of_the_only_sheet_are_named_without_it(app):
    sent(app, "r.csv", csv({"activity": "I.1.2"}))
    assert 'scope="col">Hoja<' not in shown(app)
