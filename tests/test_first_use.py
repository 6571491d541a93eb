"""First use: a real database with nothing in it but the plan, or with one first report."""

import re
import shutil
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from crmdata.access import Actor, Role, secretariat
from crmdata.cli.main import app as commands
from crmdata.exports.template import default_period
from crmdata.intake import reports
from crmdata.intake.reports import read_files
from crmdata.settings import ROOT
from crmdata.store import db
from crmdata.web.shell import menu
from crmdata.workflow import review
from tests.links import links
from tests.long import sample
from tests.patience import PATIENCE
from tests.people import EDITOR, FOCAL, OTHER_FOCAL, PARTNER, claims, log_in, roles_file
from tests.sheets import a_file

ANA = Actor("Ana López", Role.FOCAL_POINT, country="HND")
EVA = secretariat("Eva")

WRITERS = (EDITOR, FOCAL, OTHER_FOCAL, PARTNER)
VIEWS = (
    ("paises", {"paises": "HND,GTM"}),
    ("paises", {"pais": "GTM"}),
    ("actividades", {"actividad": "IV.3.2"}),
    ("lineas", {"linea": "IV", "pais": "HND"}),
    ("novedades", {"corte": "2023-06-30", "desde": "2018-11-15"}),
    ("inicio", {"corte": "2016-01-01"}),
    ("presentar", {"lamina": "1"}),
    ("presentar", {"notas": "1"}),
    ("informar", {"pais": "GTM"}),
)
"""Views of one thing: what is empty in a new database is asked for by name."""

VERBS = (
    "status", "plan-changes", "template HND -o t.xlsx", "template CRM -o c.xlsx", "export out",
    "deck -o d.pptx", "deck -o e.pptx --corte 2016-01-01", "workbook -o w.xlsx",
    "workbook -o g.xlsx --pais GTM --eje 2", "report -o r.docx --format docx",
    "sheet country GTM -o g.pdf", "sheet line IV -o l.pdf",
    "ics -o i.ics", "ics GTM -o g.ics", "meetings", "package -o p.zip", "agreement list",
    "snapshot list", "snapshot create --by Eva --name Primera", "review list",
    "review list --all", "reminders", "reminders GTM", "review close HND 2018-1 --by Eva",
)  # fmt: skip
"""What a command is asked first on a new database."""


def _nothing(engine, folder: Path) -> None:
    """Leave the plan alone in the database."""


def _one_report(engine, folder: Path) -> None:
    reports.import_files(engine, [a_file(folder, {"percent": "45.5"})], by="Eva")


def _waiting(engine, folder: Path) -> None:
    review.submit(engine, ANA, read_files([a_file(folder)]))


def _withdrawn(engine, folder: Path) -> None:
    _one_report(engine, folder)
    review.withdraw(engine, EVA, 1, reason="Era de otro país")


def _of_the_region(engine, folder: Path) -> None:
    reports.import_files(engine, [a_file(folder, {"country": "CRM"})], by="Eva")


Visit = Callable[..., AppTest]

bare = pytest.mark.parametrize("fill", [_nothing, _one_report])
"""The plan alone, and one first report beside it."""

unreported = pytest.mark.parametrize("fill", [_nothing, _waiting, _withdrawn, _of_the_region])
"""Nothing that counts for any country, for one reason or another."""


@pytest.fixture
def store(
    fill: Callable[..., None], sqlite_with_plan: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> str:  # fmt: skip
    """Return the address of a real database at its first use."""
    url = f"sqlite:///{shutil.copy(sqlite_with_plan, tmp_path / 'real.sqlite3')}"
    engine = db.connect(url)
    fill(engine, tmp_path)
    engine.dispose()
    monkeypatch.setenv("CRMDATA_DATABASE_URL", url)
    return url


@pytest.fixture
def visit(store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visit]:
    """Return what opens a page as somebody."""
    monkeypatch.setenv("CRMDATA_SERVE_MODE", "secretariat")
    monkeypatch.setenv("CRMDATA_ROLES_FILE", str(roles_file(tmp_path)))
    st.cache_resource.clear()
    st.cache_data.clear()

    def opened(page: str, email: str = "", **params: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=PATIENCE)
        app.query_params.update({"idioma": "en", **params})
        if email:
            app.user = claims(email)
            log_in(db.connect(), app.user)
        return app.run()

    yield opened
    st.cache_resource.clear()
    st.cache_data.clear()


def said(app: AppTest) -> str:
    return "\n".join(block.proto.body for block in app.get("html"))


@bare
def test_every_page_stands_for_every_reader_at_first_use(visit):
    readers = [("", page) for page in menu.TITLES]
    writers = [(email, page) for email in WRITERS for page in ("informar", "revision")]
    broken = [each for each in [*readers, *writers] if visit(each[1], each[0]).exception]
    assert broken == []


@bare
def test_every_view_of_one_thing_stands_at_first_use(visit):
    broken = [(page, params) for page, params in VIEWS
              if visit(page, EDITOR, **params).exception]  # fmt: skip
    assert broken == []


@unreported
def test_a_country_without_a_report_is_told_that_nothing_can_stand_unchanged_yet(visit):
    text = said(visit("informar", FOCAL))
    assert "Nothing can stand unchanged yet: no report of this country counts so far." in text


@pytest.mark.parametrize("fill", [_waiting])
@pytest.mark.parametrize(
    ("email", "sentence", "page"),
    [
        ("", "A report counts once its country has sent it", ""),
        (FOCAL, "Reports are handed in, and what was sent is seen again, here", "informar"),
        (EDITOR, "count once they are accepted here", "revision"),
    ],
)
def test_where_no_report_counts_each_reader_is_told_why_and_led_on(visit, email, sentence, page):
    empty = re.findall('<p class="crm-empty">.*?</p>', said(visit("inicio", email)))[-1]
    assert "No report counts yet at this cut-off." in empty
    assert sentence in empty
    assert "crmdata import" not in empty
    assert [urlsplit(way).path for _, way in links(empty)] == ([page] if page else [])


@pytest.mark.parametrize(
    ("fill", "verb"), sample(list(product((_nothing, _one_report), VERBS)), 12)
)
def test_every_verb_has_an_answer_at_first_use(store, verb, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke(commands, ["--lang", "en", *verb.split()])
    assert (run.exit_code, run.exception) == (0, None), run.output


@pytest.mark.parametrize("fill", [_nothing])
def test_a_template_is_by_default_of_the_latest_semester_with_work(store):
    engine = db.connect(store)
    with db.reading(engine) as session:
        assert default_period(session) == "2021-2"
    engine.dispose()
