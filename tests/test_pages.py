"""Every page runs, alone and through the menu, in both languages, whatever the address says."""

import html
import re
import shutil
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from crmdata import plan, settings
from crmdata.i18n import words_for
from crmdata.settings import ROOT
from crmdata.store import db
from crmdata.store.db import engine as db_engine
from crmdata.terms import LANGUAGES
from crmdata.web.data import cache
from crmdata.web.shell import menu
from tests.links import choose, fold_of, follow, head_of, picked, query_of, title_of
from tests.long import sample
from tests.patience import PATIENCE
from tests.support import a_report, load_thresholds

PAGES = tuple(menu.TITLES)
BANNER = "Demonstration data: invented reports, no country's real progress."

Open = Callable[..., AppTest]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], Open]]:
    """Return what opens pages on a database; its engine does not outlive the test."""

    def on(database: Path) -> Open:
        monkeypatch.setenv("CRMDATA_DATABASE_URL", f"sqlite:///{database}")
        st.cache_resource.clear()
        st.cache_data.clear()
        return visit

    yield on
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture
def demo(demonstration_shown: None) -> Open:
    """Return what opens a page on the demonstration data."""
    return visit


def visit(page: str, *, alone: bool = False, **params: str) -> AppTest:
    """Open a page as by its address, through the menu unless it is to stand alone."""
    file = f"pages/{page}.py"
    app = AppTest.from_file(
        str(ROOT / (file if alone else "dashboard.py")), default_timeout=PATIENCE
    )
    app.query_params.update(params)
    if not alone:
        # A session is at a page only after a first run; that one shows the first page.
        app.run()
        app.switch_page(file)
    return app.run()


def said(app: AppTest) -> str:
    """Return all HTML of our own on a page."""
    return "\n".join(block.proto.body for block in app.get("html"))


def charts(app: AppTest) -> list[str]:
    """Return the accessible names of the charts on a page, Plotly's and those of HTML."""
    summary = '<(?:caption|p class="crm-unseen crm-caption")>(.*?)</'
    drawn = re.findall(f'role="figure" aria-label="(.*?)".*?{summary}', said(app))
    return [
        *(chart.proto.alt for chart in app.get("plotly_chart")),
        *(html.unescape(f"{name}. {summary}") for name, summary in drawn),
    ]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_runs_in_both_languages(demo: Open, page, language):
    app = demo(page, idioma=language)
    assert not app.exception
    assert title_of(app) == words_for(language)(menu.TITLES[page])


@pytest.mark.parametrize("page", PAGES)
def test_every_page_runs_without_the_menu(demo: Open, page):
    app = demo(page, alone=True, idioma="en")
    assert not app.exception
    assert title_of(app) == menu.TITLES[page]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_names_demonstration_data(demo: Open, page):
    assert BANNER in said(demo(page, idioma="en")).replace("&#x27;", "'")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_names_its_cutoff(demo: Open, page):
    assert "Cut-off June 7, 2019." in said(demo(page, idioma="en", corte="2019-06-07"))


ADDRESSES: list[dict[str, str]] = [
    {"pais": "HND", "eje": "2"},
    {"linea": "IV", "pais": "NIC", "corte": "2019-06-07"},
    {"linea": "XIII", "socio": "OIM", "medida": "cobertura"},
    {"eje": "5", "paises": "HND,MEX,USA", "marca": "undefined"},
    {"marca": "sin_marca", "socio": "UNICEF", "pais": "BLZ"},
    {"actividad": "IV.3.2"},
    {"actividad": "VI.1.4", "pais": "CAN"},
    {"linea": "X", "marca": "first_quarter"},
    {"corte": "2017-03-17"},
    {"corte": "1900-01-01"},
    {"corte": "2030-12-31", "paises": "HND"},
    {"pais": "XXX", "linea": "XXX", "eje": "XXX", "corte": "XXX", "idioma": "XXX"},
]


def _named(address: dict[str, str] | str) -> str:
    if isinstance(address, str):
        return address
    return "&".join(f"{name}={value}" for name, value in address.items())


@pytest.mark.parametrize(
    ("page", "params"), sample(list(product(PAGES, ADDRESSES)), 20), ids=_named
)
def test_every_page_runs_with_any_address(demo: Open, page, params):
    app = demo(page, **params)
    assert not app.exception
    assert title_of(app) == words_for("es")(menu.TITLES[page])


def test_an_unknown_code_is_named_and_the_nearest_view_shown(demo: Open):
    app = demo("paises", alone=True, idioma="en", pais="XXX")
    assert "The address names the country “XXX”, which is not a member." in said(app)
    assert picked(app, "pais") == ""
    assert "pais" not in app.query_params


def test_what_an_address_got_wrong_stays_said_until_the_reader_acts(demo: Open):
    app = demo("paises", alone=True, idioma="en", pais="XXX")
    assert "The address names the country “XXX”" in said(app.run())
    assert "XXX" not in said(choose(app, "pais", "Honduras"))


def test_a_country_by_another_code_is_asked_back(demo: Open):
    app = demo("paises", alone=True, pais="HON")
    assert "¿Quiso decir HND?" in said(app)


def test_text_of_the_address_stays_text(demo: Open):
    app = demo("paises", alone=True, pais="<img src=x onerror=alert(1)>")
    assert "<img" not in said(app)
    assert "&lt;img" in said(app)


@pytest.mark.parametrize("page", [page for page in PAGES if page != "lineas"])
def test_choices_go_along_to_every_page(demo: Open, page):
    app = demo("lineas", idioma="en", corte="2019-06-07", linea="IV", pais="HND")
    app.query_params.clear()  # as Streamlit does when a page is left
    app.switch_page(f"pages/{page}.py").run()
    assert app.query_params == {
        "idioma": "en", "corte": "2019-06-07", "linea": "IV", "pais": "HND",
    }  # fmt: skip


def test_the_language_switch_keeps_page_and_filters(demo: Open):
    app = demo("lineas", corte="2019-06-07", linea="IV")
    follow(app, "English")
    assert title_of(app) == "Lines"
    assert picked(app, "linea").startswith("IV. ")
    assert "Cut-off June 7, 2019." in said(app)


def test_a_choice_stands_in_the_address_as_a_code(demo: Open):
    app = demo("lineas", idioma="en")
    choose(app, "pais", "Honduras")
    assert app.query_params["pais"] == "HND"


def test_a_meeting_is_a_cutoff(demo: Open):
    app = demo("inicio", idioma="en")
    choose(app, "corte", "Jun 7, 2019")
    assert app.query_params["corte"] == "2019-06-07"


def test_any_other_date_is_a_cutoff(demo: Open):
    app = demo("inicio", idioma="en")
    assert '<input type="date" name="corte"' in head_of(app)
    app.query_params["corte"] = "2018-08-01"
    app.run()
    assert "Cut-off August 1, 2018." in said(app)


def test_a_new_axis_lets_go_of_a_line_of_another(demo: Open):
    app = demo("lineas", linea="IV")
    choose(app, "eje", "5. ")
    assert app.query_params == {"eje": "5"}


def test_an_address_that_changed_wins_over_the_session(demo: Open):
    app = demo("lineas", linea="IV", pais="HND")
    app.query_params.clear()
    app.query_params["linea"] = "V"
    app.run()
    assert picked(app, "linea").startswith("V. ")
    assert picked(app, "pais") == ""


@pytest.mark.parametrize(
    ("page", "params", "sentence"),
    [
        ("inicio", {"corte": "2017-03-17"}, "No report is expected yet"),
        ("inicio", {"corte": "2023-01-01"}, "Nothing falls due any more"),
        ("lineas", {"linea": "XIII"}, "The plan schedules nothing here"),
        ("lineas", {"corte": "2017-03-17"}, "Nothing is due yet at this cut-off"),
        ("paises", {"linea": "XIII"}, "The plan schedules nothing here"),
        ("calendario", {"linea": "XIII", "marca": "both"}, "Nothing of the plan matches"),
        ("cooperacion", {"corte": "2017-03-17"}, "No cooperation was reported"),
    ],
)
def test_nothing_to_show_has_a_sentence_that_says_why(demo: Open, page, params, sentence):
    assert sentence in said(demo(page, idioma="en", **params))


def test_every_chart_has_a_name_and_a_table(demo: Open):
    for page in ("lineas", "paises"):
        app = demo(page, idioma="en")
        assert charts(app)
        assert all(charts(app))
        assert html.unescape(said(app)).count('{"abierto": "tabla-') == len(charts(app))


@pytest.mark.parametrize("page", ["inicio", "calendario", "lineas", "paises", "novedades"])
def test_demonstration_data_is_named_under_every_picture(demo: Open, page: str):
    app = demo(page, alone=True, idioma="en")
    # The main picture of a page may be one of its charts.
    others = re.findall(r'<div class="(?!crm-chart)[^>]*data-main', said(app))
    pictures = len(charts(app)) + len(others)
    assert pictures
    assert said(app).count('class="crm-mark-demo"') >= pictures


def test_a_cell_of_a_table_leads_to_its_line_and_country(demo: Open):
    ways = re.findall(r'class="crm-link crm-face[^>]*', said(demo("paises", idioma="en")))
    addresses = [way for way in ways if "lineas?" in way]
    assert addresses
    assert all("linea=" in way and "pais=" in way for way in addresses)


def test_what_is_open_under_a_picture_goes_along_to_no_other_page(demo: Open):
    app = demo("lineas", alone=True, idioma="en", abierto="tabla-composicion")
    assert "Download the table (CSV)" in [each.label for each in app.get("download_button")]
    assert "abierto" not in query_of(head_of(app), "Countries")


@pytest.mark.parametrize("page", PAGES)
def test_no_text_of_the_data_is_markdown(demo: Open, page):
    app = demo(page, linea="IV", idioma="es")
    ours = {words_for("es")(title) for title in menu.TITLES.values()}
    assert {element.value for element in app.markdown} <= ours
    assert not app.caption


@pytest.mark.parametrize("page", PAGES)
def test_every_page_runs_on_a_database_without_reports(opened, sqlite_with_plan, tmp_path, page):
    app = opened(Path(shutil.copy(sqlite_with_plan, tmp_path)))(page, alone=True, idioma="en")
    assert not app.exception
    assert BANNER not in said(app)


def test_a_database_that_cannot_be_read_is_said_in_a_sentence(opened, tmp_path):
    broken = tmp_path / "broken.sqlite3"
    broken.write_bytes(b"this is no database" * 100)
    app = opened(broken)("lineas", alone=True, idioma="en")
    assert not app.exception
    assert "The data cannot be shown now." in said(app)
    assert str(tmp_path) not in said(app)


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_a_page_behind_a_locked_table_says_one_sentence_and_comes_back(
    opened, engine, monkeypatch, tmp_path
):
    monkeypatch.setattr(db_engine, "WAIT_SECONDS", 1)
    visit_on = opened(tmp_path)
    monkeypatch.setenv("CRMDATA_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    app = visit_on("inicio", alone=True, idioma="es")
    assert not app.exception
    with db.writing(engine) as session:
        session.execute(text("LOCK TABLE audit IN ACCESS EXCLUSIVE MODE"))
        app.run()
        assert not app.exception
        assert "Otra tarea, como una restauración o una actualización" in said(app)
    app.run()
    assert "Otra tarea" not in said(app)
    cache.engine().dispose()


def test_an_import_shows_at_the_next_click(opened, sqlite_with_plan, tmp_path):
    database = Path(shutil.copy(sqlite_with_plan, tmp_path))
    app = opened(database)("inicio", alone=True, idioma="en", corte="2018-12-31")
    assert ": 0 of " in said(app)
    a_report(cache.engine(), country="HND", activity="IV.3.2")
    app.run()
    assert ": 1 of " in said(app)


def test_a_store_without_reports_says_how_to_load_them(opened, sqlite_with_plan):
    assert "crmdata import" in said(opened(sqlite_with_plan)("inicio", idioma="en"))


def test_countries_stand_alphabetically_unless_the_reader_orders_them(demo: Open):
    app = demo("paises", alone=True, idioma="en", corte="2019-11-15")
    assert picked(app, "orden") == "Alphabetical"
    choose(app, "orden", "By coverage")
    assert app.query_params["orden"] == "cobertura"
    assert picked(app, "orden") == "By coverage"
    assert not app.exception


@pytest.mark.parametrize("chosen", [{"pais": "HND", "linea": "II"}, {"linea": "II"},
                                    {"paises": "GTM,HND"}])  # fmt: skip
def test_no_number_of_the_whole_region_stands_where_less_was_chosen(
    demo: Open, chosen: dict[str, str]
):
    app = demo("paises", alone=True, idioma="es", corte="2020-11-20", **chosen)
    assert "de los reportes esperados" in said(app)
    assert "1,708" not in said(app)


def test_one_country_to_compare_stands_before_the_regions_range(demo: Open):
    app = demo("paises", alone=True, idioma="en", corte="2019-11-15", paises="HND")
    shown = said(app)
    head = shown.partition("data-main")[2].partition("</thead>")[0]
    assert [name in head for name in ("Honduras", "Guatemala")] == [True, False]
    assert ">Side by side<" in shown


def test_a_second_country_to_compare_is_chosen_over_the_first_picture(demo: Open):
    app = demo("paises", alone=True, idioma="en", corte="2019-11-15", paises="HND")
    choice = said(app).partition("data-main")[0].partition("crm-choice")[2]
    offered = query_of(choice, "Guatemala")
    assert offered == {"idioma": "en", "corte": "2019-11-15", "paises": "GTM,HND"}


def test_a_country_to_compare_stands_beside_the_one_whose_profile_it_is(demo: Open):
    app = demo("paises", alone=True, idioma="en", corte="2019-11-15", pais="HND")
    fold = fold_of(said(app), "paises")
    assert query_of(fold, "Guatemala")["paises"] == "GTM,HND"
    assert "Honduras" not in fold


def test_the_sentence_that_asks_for_a_line_has_the_lines_to_choose_from(demo: Open):
    app = demo("paises", alone=True, idioma="en", corte="2019-11-15", paises="GTM,HND")
    choice = said(app).partition("crm-choice")[2]
    assert query_of(choice, "IV. ")["linea"] == "IV"


def test_a_presentation_as_of_no_meeting_leads_to_the_meeting_before(demo: Open):
    app = demo("presentar", alone=True, idioma="en", corte="2019-12-02")
    assert "The cut-off December 2, 2019 is no meeting’s." in said(app)
    assert query_of(said(app), "Present the last one before it: ")["corte"] == "2019-11-15"


def test_a_presentation_of_a_meeting_says_nothing_of_another(demo: Open):
    app = demo("presentar", alone=True, idioma="en", corte="2019-11-15")
    assert "is no meeting’s" not in said(app)


def test_countries_compared_begin_with_where_they_differ(demo: Open):
    app = demo("paises", alone=True, idioma="es", corte="2020-11-20", paises="HND,GTM,MEX")
    lead, _, rest = said(app).partition("data-main")
    assert "Guatemala, Honduras y México: " in lead
    assert "97 actividades" in lead
    head = rest.partition("</thead>")[0]
    assert [name in head for name in ("Guatemala", "Honduras", "México", "Belice")] == [
        True, True, True, False,
    ]  # fmt: skip


def test_the_card_of_what_is_fulfilled_says_that_it_counts_reports(demo: Open):
    told = said(demo("lineas", alone=True, idioma="es", corte="2020-11-20", linea="IV"))
    assert "Reportes que dicen “cumplida”" in told
    assert "aquí no se cuentan actividades" in told


def test_the_method_shows_every_text_of_the_plan_that_no_other_page_does(demo: Open):
    told = html.unescape(said(demo("metodo", alone=True, idioma="es")))
    facts = plan.read(settings.plan_folder())
    texts = [facts.plan[name] for name in ("objective", "principle", "footnote")]
    texts += [axis["objective"] for axis in facts.tables["axis"]]
    assert [text for text in texts if text not in told] == []


def test_the_method_says_where_countries_are_ordered_by_value(demo: Open):
    told = said(demo("metodo", alone=True, idioma="es"))
    assert "No hay clasificaciones" not in told
    assert "quien lee puede ordenarlos por cobertura o por avance" in told


def test_an_order_by_value_is_not_offered_where_all_are_under_the_threshold(
    opened: Callable[[Path], Open], demo_file: Path, tmp_path: Path
):
    own = Path(shutil.copy(demo_file, tmp_path / "own.sqlite3"))
    engine = db.connect(f"sqlite:///{own}")
    load_thresholds(engine, tmp_path, cobertura=100)
    engine.dispose()
    app = opened(own)("paises", alone=True, idioma="en", corte="2019-11-15", orden="avance")
    assert not app.exception
    assert 'data-key="orden"' not in said(app)


def test_the_line_of_a_page_says_what_falls_due_next(demo: Open):
    app = demo("lineas", alone=True, idioma="en", corte="2019-11-15", linea="IV")
    assert "What falls due next" in said(app)


def test_the_gaps_of_cooperation_stand_before_what_is_supported(demo: Open):
    html = said(demo("cooperacion", alone=True, idioma="en"))
    assert html.index("Where nobody is") < html.index("How much of each line is supported")
