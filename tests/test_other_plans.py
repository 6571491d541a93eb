"""Another plan of this shape is shown, handed out and taken back as right as the first."""

import csv
import re
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO, StringIO
from itertools import product
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZipFile

import docx as word
import openpyxl
import pptx
import pypdf
import pytest
import streamlit as st
from icalendar import Calendar
from lxml import html
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from crmdata import plan, slides, view
from crmdata.cli.main import app
from crmdata.content import calendar
from crmdata.content.calendar.schedule import Picked
from crmdata.content.calendar.spans import spans, undefined_years, years_text
from crmdata.content.papers import progress_report
from crmdata.exports import deck, export, ics, package
from crmdata.exports.workbook import workbook
from crmdata.i18n import words_for
from crmdata.intake.reports import check, import_files, read_files
from crmdata.memo import Memo
from crmdata.render.docx import docx
from crmdata.render.html import board
from crmdata.render.html.links import Link
from crmdata.render.typst import setting
from crmdata.settings import ROOT
from crmdata.store import db, queries
from crmdata.terms import CRM_PLAN, MarkKind
from crmdata.web.shell import menu
from crmdata.workflow import review
from tests.calendars import plan_of
from tests.long import sample
from tests.plans import Shape, a_plan, reports_of
from tests.sheets import text_of

SHAPES = {
    "one": Shape(columns=1, lines=1, results=1, activities=2),
    "three": Shape(columns=3, lines=21, results=1, english=False, last_column_empty=True),
    "around": Shape(columns=4, lines=3, first_year=2019, period=(2018, 2024)),
    "eight": Shape(columns=8, lines=45, results=1, activities=2, first_year=2016),
}
PAGES = [name for name in menu.TITLES if name not in menu.NEEDS]
EN, ES = words_for("en"), words_for("es")


@dataclass(frozen=True)
class Store:
    """A database with another plan and some reports on it."""

    shape: Shape
    file: Path
    engine: Engine

    @property
    def cutoff(self) -> date:
        """The end of the plan's second year."""
        return date(self.shape.first_year + 1, 12, 31)

    @property
    def picture(self) -> view.View:
        """What is handed out of it."""
        with db.reading(self.engine) as session:
            return view.read(session, self.cutoff)

    @property
    def plan(self) -> calendar.Plan:
        """Its calendar."""
        with db.reading(self.engine) as session:
            return plan_of(session, queries.version_at(session, self.cutoff))


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Store]]:
    """Return what makes the store of a shape, once."""
    made: dict[str, Store] = {}

    def store(name: str) -> Store:
        if name not in made:
            made[name] = _made(SHAPES[name], tmp_path_factory.mktemp(name))
        return made[name]

    yield store
    for each in made.values():
        each.engine.dispose()


def _made(shape: Shape, folder: Path) -> Store:
    file = folder / "other.sqlite3"
    engine = db.connect(f"sqlite:///{file}")
    db.upgrade(engine)
    plan.load(engine, a_plan(folder / "plan", shape), by="test")
    import_files(engine, [reports_of(shape, folder / "reports.csv")], by="test")
    return Store(shape, file, engine)


@pytest.fixture(params=SHAPES)
def store(request: pytest.FixtureRequest, stores: Callable[[str], Store]) -> Store:
    return stores(request.param)


some_shapes = pytest.mark.parametrize("store", sample(list(SHAPES), 2), indirect=True)
"""For what takes long."""


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, stores: Callable[[str], Store]) -> Iterator[Callable]:
    """Return what opens a page on the store of a shape."""

    def visit(name: str, page: str, **params: str) -> str:
        there = stores(name)
        monkeypatch.setenv("CRMDATA_DATABASE_URL", f"sqlite:///{there.file}")
        monkeypatch.setenv("CRMDATA_PLAN_DIR", str(there.file.parent / "plan"))
        st.cache_resource.clear()
        st.cache_data.clear()
        app = AppTest.from_file(str(ROOT / f"pages/{page}.py"), default_timeout=120)
        app.query_params.update(params)
        app.run()
        assert not app.exception
        return "\n".join(block.proto.body for block in app.get("html"))

    yield visit
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.mark.parametrize(("name", "page"), sample(list(product(("three", "eight"), PAGES)), 5))
def test_every_page_shows_another_plan(opened, name, page):
    assert "The data cannot be shown now." not in opened(name, page, idioma="en")


@pytest.mark.parametrize(
    ("name", "language", "sentence"),
    [
        ("one", "en", "The plan has one year column, read as 2023."),
        ("three", "en", "The plan has three year columns, read as 2023–2025."),
        ("eight", "es", "El plan tiene ocho columnas de años, leídas como 2016–2023."),
        ("eight", "es", "De 720 celdas"),
        ("around", "en", "The plan is of 2018–2024, and 2018, 2023, 2024 have no column."),
    ],
)
def test_the_method_tells_of_the_columns_that_the_plan_has(opened, name, language, sentence):
    assert sentence in opened(name, "metodo", idioma=language)


def test_the_method_says_of_another_plan_nothing_that_holds_for_the_first(opened):
    said = opened("eight", "metodo", idioma="en")
    assert "March 2017" not in said
    assert "lost the headings" not in said


def test_a_plan_without_english_shows_its_title_in_english_too(opened):
    assert "Plan de faros y huertos" in opened("three", "metodo", idioma="en")


def test_an_activity_has_a_row_for_every_year_and_none_is_called_missing(opened):
    said = opened("eight", "actividades", actividad="XLV.1.1", idioma="en")
    assert [year for year in range(2016, 2024) if f">{year}<" not in said] == []
    assert "The source has no column" not in said


def board_of(store: Store):
    """Return the calendar's board as a browser reads it, and the year over each of its columns."""
    schedule = calendar.schedule(store.picture, EN)
    tree = html.fragment_fromstring(
        board.board(schedule, Picked(), Link(EN, lambda page, _: f"/{page}"))
    )
    heads = tree.xpath(
        ".//thead/tr[1]/th[contains(@class, 'crm-year') or contains(@class, 'crm-no-column')]"
    )
    years = [int(head.text) for head in heads for _ in range(int(head.get("colspan", "1")))]
    return tree, years


def test_the_calendar_has_every_year_of_the_plan(store):
    _, years = board_of(store)
    assert list(dict.fromkeys(years)) == list(store.plan.years)
    assert set(store.plan.column_years) == set(store.shape.years)


def test_a_bar_that_reaches_the_last_column_has_no_end(stores):
    ends = [
        span.end
        for span in spans(stores("eight").plan.marks, stores("eight").plan)
        if span.open_end
    ]
    assert ends
    assert set(ends) == {16}


def test_the_table_of_the_calendar_names_every_year(store):
    columns = calendar.table(store.plan, words=EN).columns
    assert [int(name) for name in columns if name.isdigit()] == list(store.plan.years)


def test_the_calendar_has_every_mark_under_its_year(store):
    tree, years = board_of(store)
    written = {
        (row.get("data-code"), year, mark.text)
        for row in tree.xpath(".//tbody/tr")
        for year, cell in zip(years, row.xpath("./td"), strict=False)
        for mark in cell.xpath("./small[@class='crm-mark']")
    }
    marks = store.plan.marks
    dated = marks[marks["kind"] != MarkKind.UNDEFINED]
    assert written == set(zip(dated["activity"], dated["year"], dated["mark"], strict=True))
    assert len(written) == len(dated)


def test_the_calendar_has_every_year_to_be_defined_beside_its_columns(store):
    tree, _ = board_of(store)
    cells = tree.xpath(".//tr[contains(@class, 'crm-activity')]/td[@class='crm-open-years']")
    open_years = undefined_years(store.plan.marks)
    assert {
        cell.getparent().get("data-code"): cell.text
        for cell in cells
        if cell.text not in {None, "No mark"}
    } == {code: years_text(years) for code, years in open_years.items()}


def test_the_workbook_has_a_column_for_every_year_and_semester(store):
    book = openpyxl.load_workbook(BytesIO(workbook(store.picture, EN)))
    years = [cell.value for cell in book["Calendar"][4] if str(cell.value).isdigit()]
    marks = [cell.value for cell in book["Marks of the source"][1] if str(cell.value).isdigit()]
    assert years == [str(year) for year in store.plan.years]
    assert marks == [str(year) for year in store.shape.years]


def test_the_slides_have_every_year_and_every_activity(stores):
    store = stores("eight")
    with db.reading(store.engine) as session:
        data = slides.plenary(session, store.cutoff)
    shown = pptx.Presentation(BytesIO(deck.presentation(data, EN, ["ejes"], base="")))
    notes = "\n".join(slide.notes_slide.notes_text_frame.text for slide in shown.slides)
    assert [code for code in store.shape.codes if f"{code}. " not in notes] == []
    texts = {
        shape.text_frame.text
        for slide in shown.slides
        for group in slide.shapes
        for shape in getattr(group, "shapes", ())
        if shape.has_text_frame
    }
    assert {str(year) for year in store.shape.years} <= texts


@some_shapes
def test_the_report_has_every_year_within_its_pages(store):
    paper = progress_report(store.picture, EN)
    pages = pypdf.PdfReader(BytesIO(setting.pdf([paper]))).pages
    seen: dict[str, float] = {}

    def visitor(text, _matrix, at, *_):
        if text.strip().isdigit():
            seen[text.strip()] = at[4]

    for page in pages:
        page.extract_text(visitor_text=visitor)
    assert [year for year in store.plan.years if str(year) not in seen] == []
    assert all(seen[str(year)] < float(pages[0].mediabox.width) - 40 for year in store.plan.years)


@some_shapes
def test_the_report_to_work_on_has_every_semester(store):
    tables = word.Document(BytesIO(docx(progress_report(store.picture, EN)))).tables
    heads = [[cell.text.replace("\n", "-") for cell in table.rows[0].cells] for table in tables]
    semesters = [f"{year}-{half}" for year in store.plan.years for half in ("I", "II")]
    assert ["Activity", *semesters, "To be defined", "Reported"] in heads


def test_the_export_has_the_columns_of_the_plan_empty_ones_too(store, tmp_path):
    with db.reading(store.engine) as session:
        export(session, tmp_path)
    header = (tmp_path / "activities.csv").read_text("utf-8").splitlines()[0].split(",")
    assert [int(name) for name in header if name.isdigit()] == list(store.shape.years)


def test_what_was_imported_is_exported_and_imported_again(stores, tmp_path):
    first = stores("eight")
    with db.reading(first.engine) as session:
        export(session, tmp_path / "first")
    again = db.connect(f"sqlite:///{tmp_path / 'again.sqlite3'}")
    db.upgrade(again)
    plan.load(again, first.file.parent / "plan", by="test")
    import_files(again, [tmp_path / "first" / "reports.csv"], by="test")
    with db.reading(again) as session:
        export(session, tmp_path / "second")
    again.dispose()
    for name in ("reports.csv", "activities.csv", "slots.csv"):
        assert (tmp_path / "first" / name).read_text() == (tmp_path / "second" / name).read_text()


def test_lines_stand_in_the_plans_order_however_many(stores):
    store = stores("eight")
    measured = store.picture.measured(store.picture.frame("cells"), "line")
    lines = [code.partition(".")[0] for code in store.shape.codes]
    with_cells = [line for line in dict.fromkeys(lines) if line in set(measured["line"])]
    assert list(measured["line"]) == with_cells


def test_the_package_names_a_plan_without_english(stores):
    content = package.package(stores("three").picture)
    texts = package_texts(content)
    assert '"title_en": "Plan de faros y huertos"' in texts["datapackage.json"]
    rows = list(csv.DictReader(StringIO(texts["data/lines.csv"])))
    assert len(rows) == 21


def package_texts(content: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(content)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


# What the process is called, and who reports, say the plan's files

FIRST_PLAN = re.compile(r"\b(CRM|RCM)\b")
"""What the first plan's process is called, in its two languages."""


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["es", "en"])
def test_no_page_of_another_plan_says_what_the_first_ones_process_is_called(opened, page, language):
    assert FIRST_PLAN.findall(opened("three", page, idioma=language)) == []


@pytest.mark.parametrize(("words", "process"), [(ES, "FAROS"), (EN, "LIGHTS")], ids=["es", "en"])
def test_letters_of_another_plan_name_its_own_process(stores, words, process):
    store = stores("three")
    with db.reading(store.engine) as session:
        letters = review.reminders(session, words, date(2024, 12, 31))
    assert letters
    assert all(process in letter.subject and process in letter.text for letter in letters)
    assert [letter for letter in letters if FIRST_PLAN.search(letter.subject + letter.text)] == []


def test_files_of_another_plan_name_its_own_process(stores):
    texts = package_texts(package.package(stores("three").picture))
    assert f'"name": "faros-plan-{stores("three").cutoff}"' in texts["datapackage.json"]
    assert "`REG` is the region" in texts["datapackage.json"]
    assert [name for name, text in texts.items() if FIRST_PLAN.search(text)] == []


def test_a_calendar_file_is_called_as_the_plans_process(stores, monkeypatch, tmp_path):
    monkeypatch.setenv("CRMDATA_DATABASE_URL", f"sqlite:///{stores('three').file}")
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(app, ["--lang", "es", "ics"]).exit_code == 0
    (file,) = tmp_path.iterdir()
    assert file.name.startswith("calendario-FAROS-")
    assert FIRST_PLAN.findall(file.read_text("utf-8")) == []


def test_no_date_of_another_plan_has_the_id_of_one_of_the_same_day(stores, demo_engine):
    with db.reading(demo_engine) as session:
        first = view.read(session, date(2019, 11, 15))
    ids = {
        plan_id: {
            str(event["uid"])
            for event in Calendar.from_ical(ics.calendar(replace_plan(first, plan_id), ES)).walk(
                "VEVENT"
            )
        }
        for plan_id in (CRM_PLAN, "another")
    }
    assert str(uuid5(NAMESPACE_URL, "crmdata:demostracion:2018-1:CRM")) in ids[CRM_PLAN]
    assert ids[CRM_PLAN] & ids["another"] == set()


def replace_plan(shown: view.View, plan_id: str) -> view.View:
    """Return a view as of a plan of another id."""
    other = replace(shown)
    vars(other)["plan"] = replace(shown.plan, plan_id=plan_id)
    return other


def test_the_region_of_another_plan_reports_under_its_own_code(stores, tmp_path):
    row = {
        "country": "reg",
        "activity": "I.1.1",
        "semester": "2023-1",
        "state": "cumplida",
        "percent": "",
        "reason": "",
        "reported_on": "2023-07-15",
    }
    file = tmp_path / "region.csv"
    file.write_text(text_of([row]), "utf-8")
    checked = check(stores("three").engine, read_files([file]))
    assert (checked.problems, checked.new) == ((), 1)
    row["country"] = "CRM"
    file.write_text(text_of([row]), "utf-8")
    (problem,) = check(stores("three").engine, read_files([file])).problems
    assert problem.rule == "unknown_country"


def test_what_is_kept_of_one_plan_is_shown_of_no_other(stores):
    memo = Memo(2**20)
    shown = [stores(name) for name in ("one", "three")]
    # The same day, the same number of acts and one memory for both.
    titles = []
    for place, store in enumerate(shown):
        with db.reading(store.engine) as session:
            seen = view.View(
                1,
                date(2023, 12, 31),
                plan_id=f"plan-{place}",
                memo=memo,
                open_session=lambda _, session=session: nullcontext(session),
            )
            titles.append(len(seen.frame("lines")))
    assert titles == [1, 21]
