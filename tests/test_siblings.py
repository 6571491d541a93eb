"""The siblings of the cases: files as offices make them, each read, asked about or refused rightly.

What is not right stands in `OPEN`, with its reason.
"""

import csv
import re
import shutil
from datetime import UTC, datetime
from html import unescape
from io import BytesIO, StringIO
from urllib.parse import parse_qsl
from zipfile import ZipFile

import pypdf
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from crmdata import clock, view
from crmdata.access import operator
from crmdata.content.papers import country_sheets
from crmdata.content.papers.country import PAGES
from crmdata.exports.package import package
from crmdata.i18n import words_for
from crmdata.intake.reports import read_upload
from crmdata.render.typst.setting import pdf
from crmdata.settings import ROOT
from crmdata.store import db
from crmdata.web.choices import address
from crmdata.web.choices.codes import codes_of
from tests import sibling_files
from tests.long import sample
from tests.patience import PATIENCE
from tests.people import claims, log_in
from tests.sibling_files import REFUSED, STORED, Trial, entries, faults, message_faults
from tests.support import it_is

pytestmark = pytest.mark.slow(reason="each workbook is read by a process of its own")

OPEN = {
    # Chinese: its fonts weigh more than all else that is shipped. The screen has the words.
    "62b_mend_other_scripts.csv",
}
ENTRIES = {entry["file"]: entry for entry in entries()}
FOCAL = "focal@example.org"
TEXTS = ("narrative", "reason", "evidence")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return sibling_files.unpack(tmp_path_factory.mktemp("siblings"))


@pytest.fixture
def own_url(sqlite_with_plan, tmp_path):
    return f"sqlite:///{shutil.copy(sqlite_with_plan, tmp_path / 'own.sqlite3')}"


@pytest.fixture
def own_store(own_url):
    """Return a real database that holds the plan and nothing else."""
    engine = db.connect(own_url)
    yield engine
    engine.dispose()


def test_every_open_entry_is_one_of_the_set():
    assert set(ENTRIES) >= OPEN


@pytest.mark.parametrize("name", sample(list(ENTRIES), 16))
def test_a_file_comes_to_what_is_right(name, folder, own_url, own_store, monkeypatch, tmp_path):
    entry = ENTRIES[name]
    given = entry.get("given", {})
    if "clock" in given:
        it_is(monkeypatch, datetime.fromisoformat(given["clock"]).astimezone(UTC))
        db.confirm_clock(own_store, operator("Oto"), reason="Una noche de hace años")
    if "zone" in given:
        monkeypatch.setenv("CRMDATA_TIME_ZONE", given["zone"])
    if entry["outcome"] == "page":
        found = list(address_faults(entry, (folder / name).read_text("utf-8"), own_store))
    else:
        trial = sibling_files.tried(entry, folder, own_store)
        if "after" in given:
            trial.messages = page_says(entry, own_url, monkeypatch, tmp_path)
        found = [*faults(entry, trial), *handout_faults(entry, trial, own_store)]
    if name in OPEN:
        assert found, "mended: take it out of OPEN"
    elif found:
        pytest.fail("\n".join(found))


# Pages


def address_faults(entry, text, engine):
    """Yield what an address, put behind the app's own, is read as otherwise than it should be."""
    with db.reading(engine) as session:
        known = codes_of(view.read(session, clock.today()))
    params = dict(parse_qsl(text.strip().removeprefix("?"), keep_blank_values=True))
    choices, notices = address.read(params, known)
    said = address.sentences(words_for("es"), notices)
    yield from message_faults(entry, said)
    page = entry["page"]
    if choices.pais != page.get("country", choices.pais):
        yield f"country {choices.pais}"
    day, _, other = page.get("corte", str(choices.corte)).partition(" or ")
    if str(choices.corte) != day and not (other and said):
        yield f"cut-off {choices.corte}"


def page_says(entry, url, monkeypatch, tmp_path) -> list[str]:
    """Return what the page of the entry says, once for each address."""
    monkeypatch.setenv("CRMDATA_DATABASE_URL", url)
    monkeypatch.setenv("CRMDATA_SERVE_MODE", "secretariat")
    roles = tmp_path / "roles.toml"
    addresses = entry["given"]["address"]
    said = []
    for each in [addresses] if isinstance(addresses, str) else addresses:
        country = each.removeprefix("?pais=")
        st.cache_resource.clear()
        st.cache_data.clear()
        roles.write_text(f'[[person]]\nemail = "{FOCAL}"\nrole = "focal_point"\n'
                         f'country = "{country}"\n', "utf-8")  # fmt: skip
        monkeypatch.setenv("CRMDATA_ROLES_FILE", str(roles))
        app = AppTest.from_file(str(ROOT / "pages" / "informar.py"), default_timeout=PATIENCE)
        app.query_params.update({"pais": country})
        app.user = claims(FOCAL)
        log_in(db.connect(), app.user)
        app.run()
        assert not app.exception
        said += [unescape(re.sub(r"<[^>]+>", " ", block.proto.body)) for block in app.get("html")]
        said += [option for box in [*app.multiselect, *app.selectbox] for option in box.options]
    return said


# What goes out


def handout_faults(entry, trial: Trial, engine):
    """Yield what the handouts hold otherwise than they should."""
    out = entry.get("out", {})
    if not out or trial.outcome == REFUSED:
        return
    with db.reading(engine) as session:
        made = view.read(session, clock.today())
        country = trial.rows[0]["country"]
        paper = pypdf.PdfReader(BytesIO(pdf(country_sheets(made, words_for("es"), country), PAGES)))
        tables = package(made)
    text = " ".join(page.extract_text() for page in paper.pages)
    yield from (f"PDF holds {sign}" for sign in out.get("pdf_never", ()) if sign in text)
    flat = re.sub(r"\s+", " ", text)
    yield from (f"PDF lacks {words}" for words in out.get("pdf_has", ()) if words not in flat)
    if "pdf_checks" in out:
        yield from _tag_faults(paper)
    if "csv" in out:
        yield from _csv_faults(out, tables, trial)


def _tag_faults(paper: pypdf.PdfReader):
    catalogue = paper.root_object
    if not catalogue.get("/MarkInfo", {}).get("/Marked"):
        yield "not marked"
    for key in ("/StructTreeRoot", "/Lang"):
        if key not in catalogue:
            yield f"no {key}"
    if not catalogue.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "title not shown"


def _csv_faults(out, tables: bytes, trial: Trial):
    """Yield where a cell is a formula to a spreadsheet, and where a text does not come back."""
    with ZipFile(BytesIO(tables)) as archive:
        data = archive.read("data/reports.csv")
    beginnings = tuple(out["csv_cells_never_begin_with"])
    for row in csv.DictReader(StringIO(data.decode("utf-8-sig"))):
        yield from (f"a formula: {row[name]}" for name in TEXTS if row[name].startswith(beginnings))
    (source,) = read_upload("reports.csv", data)
    back = sorted(row.cells["narrative"] for row in source.rows)
    if back != sorted(row["narrative"] for row in trial.rows):
        yield f"came back as {back}"


def test_the_set_has_what_must_be_right_and_what_must_stay_so():
    kinds = [entry["kind"] for entry in ENTRIES.values()]
    assert kinds.count("mend") > 80
    assert kinds.count("near miss") > 40


def test_a_trial_that_comes_out_otherwise_is_found():
    entry = {"outcome": STORED, "stored": [], "say": [["Descripción", "3"]], "never": ["oculto"]}
    told = Trial(REFUSED, ["Fila 13, columna «Descripción»: está oculto"], [{13}])
    assert len(list(faults(entry, told))) == 3
