"""Actividades: what is searched and found, what the filters leave, and an activity's sheet."""

import html
import re
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, strategies
from streamlit.testing.v1 import AppTest

from crmdata import documents, search
from crmdata.documents import PassageKind
from crmdata.render.html import markup
from crmdata.settings import ROOT
from crmdata.store import db, queries
from crmdata.web.choices import facets
from tests.links import fold_of, links
from tests.patience import PATIENCE

ACTIVITIES = pd.DataFrame(
    {
        "activity": ["I.1.1", "I.1.2", "II.1.1"],
        "result": ["I.1", "I.1", "II.1"],
        "text": ["Protección consular", "Albergues para niñez", "Capacitar cónsules"],
        "text_en": ["Consular protection", "Shelters for children", "Train consuls"],
        "responsible": ["", "OIM", ""],
        "responsible_en": ["", "IOM", ""],
    }
)
RESULTS = pd.DataFrame(
    {"result": ["I.1", "II.1"], "title": ["Red de atención", ""], "title_en": ["Network", ""]}
)
REPORTS = pd.DataFrame(
    {
        "activity": ["II.1.1", "IX.9.9"],
        "country": ["HND", "HND"],
        "semester": ["2018-1", "2018-1"],
        "narrative": ["Se abrió un albergue.", "albergue"],
        "reason": [None, None],
        "evidence": ["https://example.org/acta.pdf; nota", ""],
        "reported_on": [date(2018, 7, 3), date(2018, 7, 3)],
    }
)
DOCUMENTS = documents.documents(ACTIVITIES, RESULTS, REPORTS)


def found(query: str) -> set[tuple[str, str]]:
    rows = documents.search_in(DOCUMENTS, query, search.Vocabulary()).rows
    return set(zip(rows["activity"], rows["kind"], strict=True))


def test_the_texts_of_plan_and_reports_are_found():
    assert found("albergue") == {("I.1.2", PassageKind.ACTIVITY), ("II.1.1", PassageKind.REPORT)}


def test_a_word_of_either_language_finds_the_plans_text():
    assert found("shelter") == {("I.1.2", PassageKind.ACTIVITY)}


def meant(query: str) -> list[search.Term]:
    return search.Vocabulary().terms(search.query_words(query))


def test_a_results_title_finds_all_its_activities():
    assert found("atencion red") == {("I.1.1", PassageKind.RESULT), ("I.1.2", PassageKind.RESULT)}


def test_evidence_is_found_link_by_link():
    assert found("acta") == {("II.1.1", PassageKind.EVIDENCE)}


def test_all_words_stand_in_one_text():
    assert found("consular albergue") == set()


def test_reports_on_an_activity_that_the_plan_does_not_have_are_left_out():
    assert set(DOCUMENTS["activity"]) <= set(ACTIVITIES["activity"])


@pytest.mark.parametrize("query", ["I.1", "i.1", "I 1", " I "])
def test_a_code_finds_its_activities(query):
    assert found(query) == {("I.1.1", PassageKind.ACTIVITY), ("I.1.2", PassageKind.ACTIVITY)}


def test_a_code_is_no_beginning_of_another():
    assert ("II.1.1", PassageKind.ACTIVITY) not in found("I")


@pytest.mark.parametrize("query", ["", " ", "¿?"])
def test_a_query_without_a_word_finds_nothing(query):
    assert found(query) == set()


def test_an_excerpt_keeps_the_hit_and_says_that_it_is_one():
    text = "palabra " * 100 + "albergue" + " palabra" * 100
    piece, (hit,) = documents.excerpt(text, search.spans(text, meant("albergue"), "es") or [])
    assert piece[hit.start : hit.end] == "albergue"
    assert piece.startswith("… ")
    assert piece.endswith(" …")
    assert len(piece) < 300


@given(strategies.text(max_size=60), strategies.text(max_size=20))
def test_marking_hits_changes_nothing_of_a_text(text, query):
    hits = search.spans(text, meant(query), "es") or []
    marked = markup.marked(text, hits)
    assert html.unescape(re.sub(r"</?mark>", "", marked)) == html.unescape(html.escape(text))
    assert marked.count("<mark>") == len(hits)


def test_markup_in_a_text_stays_text():
    assert markup.marked("<b>niñez</b>", [(3, 8)]) == "&lt;b&gt;<mark>niñez</mark>&lt;/b&gt;"


FACETS = {
    "eje": facets.pairs(["a", "b", "c"], [1, 1, 2]),
    "marca": facets.pairs(["a", "a", "b", "c"], ["x", "y", "y", "y"]),
}


def test_an_activity_passes_with_every_chosen_value():
    assert facets.matching("abc", FACETS, {"eje": 1, "marca": "y"}) == ["a", "b"]
    assert facets.matching("abc", FACETS, {"eje": None, "marca": None}) == ["a", "b", "c"]


def test_a_facet_counts_what_the_others_leave():
    chosen = {"eje": 1, "marca": "x"}
    assert facets.counts("abc", FACETS, chosen, "marca") == {"x": 1, "y": 2}
    assert facets.counts("abc", FACETS, chosen, "eje") == {1: 1}


# The page


@pytest.fixture
def opened(demonstration_shown: None):
    """Return what opens the page at an address."""

    def visit(**params: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "pages/actividades.py"), default_timeout=PATIENCE)
        app.query_params.update({"idioma": "en", **params})
        app.run()
        assert not app.exception
        return app

    return visit


def said(app: AppTest) -> str:
    return html.unescape("\n".join(block.proto.body for block in app.get("html")))


def listed(app: AppTest) -> list[str]:
    """Return the codes of the list, in its order."""
    return re.findall(r'<th scope="row"><a [^>]*>([IVX]+\.\d+\.\d+)\. ', said(app))


def test_without_a_choice_all_activities_stand_in_the_order_of_the_plan(opened, demo_engine):
    with db.reading(demo_engine) as session:
        version = queries.version_at(session, queries.default_cutoff(session))
        codes = list(queries.activities(session, version.id)["activity"])
    assert listed(opened()) == codes
    assert len(codes) == 97


def test_a_search_marks_its_hits_without_regard_to_accents(opened):
    app = opened(buscar="proteccion", idioma="es")
    assert "<mark>protección</mark>" in said(app)
    assert 0 < len(listed(app)) < 97


def test_a_search_stands_in_the_address(opened):
    app = opened(buscar="  consular   niñez ")
    assert app.query_params["buscar"] == "consular niñez"
    assert 'name="buscar" value="consular niñez"' in said(app)


def test_a_hit_in_a_report_is_shown_with_country_semester_and_date(opened):
    app = opened(buscar="acta", pais="HND")
    assert re.search(
        r"<strong>Honduras · \d{4}-II? · \w+ \d+, \d{4} · Evidence</strong>", said(app)
    )
    assert "<strong>Mexico" not in said(app)


def test_a_filter_leaves_as_many_as_it_counted(opened):
    offered = links(fold_of(said(opened()), "linea"))
    (option,) = [text for text, _ in offered if text.startswith("IV. ")]
    count = int(re.search(r"\((\d+)\)$", option)[1])
    assert len(listed(opened(linea="IV"))) == count


@pytest.mark.parametrize(
    "params",
    [
        {"estado": "sin_reporte", "pais": "HND"},
        {"estado": "aun_no_vence"},
        {"lectura": "inferred"},
        {"socio": "OIM"},
        {"marca": "undefined", "eje": "5"},
    ],
    ids=str,
)
def test_every_filter_leaves_some_and_not_all(opened, params):
    assert 0 < len(listed(opened(**params))) < 97


def test_a_search_that_finds_nothing_has_its_own_sentence(opened):
    assert "Nothing matches “xyzzy”" in said(opened(buscar="xyzzy"))


def test_filters_that_hide_every_hit_are_named_as_the_reason(opened):
    assert "not in any that the filters leave" in said(opened(buscar="IV.3.2", eje="5"))


def test_filters_without_a_search_keep_their_sentence(opened):
    assert "Nothing of the plan matches this choice" in said(opened(marca="first_quarter", eje="5"))


def test_text_of_the_search_stays_text(opened):
    app = opened(buscar="</script><img src=x onerror=alert(1)>")
    for block in app.get("html"):
        assert "<img" not in block.proto.body
        assert block.proto.body.count("</script>") == block.proto.body.count("<script>")


@pytest.mark.parametrize("code", ["I.1.1", "I.1.4", "III.1.5", "VI.1.4", "XVI.2.5"])
@pytest.mark.parametrize("language", ["es", "en"])
def test_every_kind_of_activity_has_its_sheet(opened, code, language):
    assert f"<h2>{code}. " in said(opened(actividad=code, idioma=language))


def test_a_sheet_gives_the_marks_word_by_word_and_the_other_reading(opened):
    text = said(opened(actividad="II.1.1"))
    assert "Continuo</td>" in text
    assert "Other reading: empty in the fourth and fifth columns." in text


def test_a_sheet_gives_a_mark_in_the_spelling_of_the_source(opened):
    assert "I semestre</td>" in said(opened(actividad="IV.1.2", idioma="es"))


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_sheet_shows_the_note_of_every_row_that_has_one(opened, demo_engine, language):
    with db.reading(demo_engine) as session:
        version = queries.version_at(session, queries.default_cutoff(session))
        rows = queries.activities(session, version.id)
    noted = rows.loc[rows["note"].ne("") & rows["reading"].eq("exact")]
    assert list(noted["activity"]) == ["IV.4.2", "XIV.3.4"]
    for row in noted.to_dict("records"):
        note = row["note"] if language == "es" else row["note_en"]
        assert note in said(opened(actividad=row["activity"], idioma=language))


def test_a_sheet_names_the_reading_of_x_3_as_inferred_with_the_other_one(opened):
    for code in ("X.3.1", "X.3.2"):
        text = said(opened(actividad=code, idioma="es"))
        assert "Otra lectura: «Continuo» de la cuarta columna sería de 3.1" in text
        assert "Lectura: Exacta" not in text


def test_what_the_source_has_in_english_is_marked_as_its_own_in_both_languages(opened):
    spanish = said(opened(actividad="XVI.2.2", idioma="es"))
    assert "in the region. (en inglés en la fuente)</p>" in spanish
    assert "Texto original, en inglés en la fuente" in spanish
    english = said(opened(actividad="XVI.2.2", idioma="en"))
    assert "Text in English, the original" in english
    assert "Text in Spanish, the original" not in english


def test_what_the_source_has_in_english_is_found_as_english(opened):
    app = opened(buscar="similar agreements already signed", idioma="es")
    assert "XVI.2.2" in listed(app)
    assert "Actividad, en inglés" in said(app)


def test_a_sheet_shows_reports_outside_the_calendar_as_such(opened):
    assert "(outside the calendar)" in said(opened(actividad="IV.3.2"))


def test_a_sheet_names_what_the_plan_says_of_a_partner(opened):
    assert "«Esta estrategia (del ACNUR)»" in said(opened(actividad="XIV.4.1"))


@pytest.mark.parametrize(
    ("language", "names"),
    [("es", "Canadá, Costa Rica, El Salvador y Panamá"),
     ("en", "Canada, Costa Rica, El Salvador, and Panama")],
)  # fmt: skip
def test_who_is_supported_stands_in_the_order_of_the_language_shown(opened, language, names):
    # By code Panama would come before El Salvador (SLV).
    assert names in said(opened(actividad="XIV.4.1", idioma=language))


def test_a_sheet_leads_to_its_neighbours(opened):
    text = said(opened(actividad="I.2.1"))
    assert "actividad=I.1.4" in text
    assert "actividad=II.1.1" in text


def test_a_sheet_shows_a_corrected_report_beside_the_one_in_force(opened, demo_engine):
    with db.reading(demo_engine) as session:
        history = queries.report_history(session, queries.default_cutoff(session))
    code = history.loc[history["earlier"] > 0, "activity"].iloc[0]
    text = said(opened(actividad=code))
    assert "Corrected on " in text
    assert "In force" in text


def folded(app: AppTest) -> list[str]:
    """Return the codes of the list that unfold."""
    groups = re.findall(r'<details class="crm-group">.*?</details>', said(app), re.DOTALL)
    return re.findall(r'<th scope="row"><a [^>]*>([IVX]+\.\d+\.\d+)\. ', "".join(groups))


def test_a_long_list_shows_its_first_activities_and_unfolds_the_others(opened):
    app = opened()
    assert len(listed(app)) - len(folded(app)) == 10
    assert folded(app) == listed(app)[10:]


def test_what_a_search_found_stands_under_where_its_words_stand(opened):
    text = said(opened(buscar="protección consular", idioma="es"))
    own, results = text.index("En el texto de la actividad"), text.index("En el resultado al que")
    assert own < results
    assert "aparece en 16 de 97 actividades" in text


def test_a_finding_of_the_list_counts_what_the_filters_leave(opened):
    app = opened(linea="IV", pais="HND", corte="2019-11-15")
    assert "Honduras has reports pending in 1 of 12 activities" in said(app)
    assert "12 of 97 activities match what was chosen" in said(app)


@pytest.mark.parametrize(
    ("section", "params"),
    [
        ("resultados", {"linea": "IV"}),
        ("resultados", {"buscar": "consular"}),
        ("numeros", {"actividad": "IV.3.2"}),
        ("reportes", {"actividad": "IV.3.2"}),
        ("cooperacion", {"actividad": "XIV.4.1"}),
    ],
    ids=str,
)
def test_the_table_of_a_section_opens_with_its_downloads(opened, section, params):
    closed = opened(**params)
    assert len(closed.get("download_button")) == 0
    app = opened(abierto=f"tabla-{section}", **params)
    assert len(app.get("download_button")) == 2
    assert said(app).count("<table") == said(closed).count("<table") + 1


@pytest.mark.parametrize(
    ("section", "params"),
    [("resultados", {"linea": "IV"}), ("numeros", {"actividad": "IV.3.2"})],
    ids=str,
)
def test_where_the_numbers_come_from_opens_under_list_and_sheet(opened, section, params):
    app = opened(abierto=f"origen-{section}", **params)
    assert "How it is made" in said(app)


@pytest.mark.parametrize(
    ("opened_tool", "after", "params"),
    [
        ("tabla-resultados", "resultados-otros", {}),
        ("tabla-numeros", "reportes", {"actividad": "IV.3.2"}),
        ("origen-numeros", "reportes", {"actividad": "IV.3.2"}),
    ],
    ids=str,
)
def test_what_is_opened_stands_under_its_section_and_before_the_next(
    opened, opened_tool, after, params
):
    bodies = [block.proto.body for block in opened(abierto=opened_tool, **params).get("html")]
    section = opened_tool.split("-")[1]
    own, rest = (
        next(at for at, body in enumerate(bodies) if f'data-section="{key}"' in body)
        for key in (section, after)
    )
    assert rest > own + 1
    whole = "".join(bodies)
    assert whole.count(f'data-section="{section}"') == whole.count("<h1>") == 1


def test_nothing_opens_under_a_section_without_anything_behind_it(opened):
    text = said(opened(actividad="IV.3.2"))
    assert "tabla-reportes" in text
    assert "tabla-cooperacion" not in text


def test_the_country_looked_at_stands_out_and_its_earlier_reports_are_open(opened):
    text = said(opened(actividad="I.1.1", pais="HND"))
    assert re.search(r'<tr class="crm-chosen"><th scope="row"><a [^>]*>Honduras</a>', text)
    assert text.count('<details class="crm-folded" open="">') == 1
    assert 'open=""' not in said(opened(actividad="I.1.1"))


def test_a_place_of_the_table_leads_to_the_reports_of_its_country(opened):
    led = re.findall(
        r'href="(\?[^"]*)" data-changes="{"pais": ?"HND"}"', said(opened(actividad="I.1.1"))
    )
    assert led
    assert all("actividad=I.1.1" in href for href in led)


def test_the_sheet_in_the_page_of_its_line_says_the_same(opened):
    line = AppTest.from_file(str(ROOT / "pages/lineas.py"), default_timeout=PATIENCE)
    line.query_params.update({"idioma": "en", "linea": "IV", "actividad": "IV.3.2"})
    line.run()
    assert not line.exception
    own, other = (
        re.findall(r'<ul class="crm-statements">.*?</section>', said(app), re.DOTALL)
        for app in (opened(actividad="IV.3.2", linea="IV"), line)
    )
    without = re.compile(r'(href|data-params)="[^"]*"')
    assert [without.sub("", text) for text in own] == [without.sub("", text) for text in other]
    assert len(own) == 1
