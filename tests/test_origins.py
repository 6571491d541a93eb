"""Where a number comes from: the explanation, worked out again, gives the number shown."""

import html
import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdata import measures
from crmdata.content import wording
from crmdata.figures import formulas
from crmdata.i18n import words_for
from crmdata.render.html import markup
from crmdata.terms import LANGUAGES, SIN_REPORTE
from tests.support import examples
from tests.test_measures import GROUPINGS, THRESHOLD, World, some_worlds
from tests.test_pages import charts, said, visit

FOLD = "Where does this number come from?"

VIEWS = [
    ("lineas", {}),
    ("lineas", {"linea": "IV"}),
    ("paises", {"paises": "HND,MEX,NIC"}),
    ("cooperacion", {}),
    ("novedades", {}),
    ("novedades", {"grupo": "socio"}),
]
"""Views that draw every kind of chart."""

SECTIONS = {"novedades": ("movido", "pendientes", "reportes"), "cooperacion": ("nadie",)}
"""The sections that count something, beside the charts."""

few = examples(30)

days = st.integers(0, 900).map(lambda after: date(2018, 1, 1) + timedelta(days=after))


def groups_of(world: World, cutoff: date, by: tuple[str, ...]):
    """Yield the cells of each group with the measures that a figure draws of it."""
    cells = world.cells(cutoff)
    measured = measures.summary(cells, by, threshold=THRESHOLD)
    for row in measured.to_dict("records"):
        own = cells
        for column in by:
            own = own.loc[own[column] == row[column]]
        yield own, measures.Measured._make(row[name] for name in measures.Measured._fields)


def worked_out(equation: formulas.Equation) -> float:
    """Work out an equation from what it says, as a reader with a pencil would."""
    signs = {"÷": "/", "×": "*", "−": "-", ",": ""}
    text = "".join(signs.get(sign, sign) for sign in equation.filled)
    assert re.fullmatch(r"[0-9+*/(). -]+", text), equation
    return float(eval(text))


@few
@given(some_worlds(), days, st.sampled_from(GROUPINGS))
def test_what_is_counted_from_the_reports_behind_is_what_the_figure_shows(world, cutoff, by):
    for cells, shown in groups_of(world, cutoff, by):
        found = formulas.measured(cells, threshold=THRESHOLD)
        for name in measures.Measured._fields:
            assert getattr(found, name) == pytest.approx(getattr(shown, name), nan_ok=True), name
        assert len(formulas.behind(cells)) == shown.reported + shown.no_aplica
        assert len(measures.silent(cells)) == getattr(shown, SIN_REPORTE)


@few
@given(some_worlds(), days, st.sampled_from(GROUPINGS), st.sampled_from(LANGUAGES))
def test_every_equation_gives_its_result(world, cutoff, by, language):
    for cells, shown in groups_of(world, cutoff, by):
        for equation in formulas.equations(cells, words_for(language), threshold=THRESHOLD):
            value, said_as = worked_out(equation), re.sub(r"[\s,%<>]", "", equation.result)
            # `<1 %` and `>99 %` stand for what would be rounded to 0 and 100.
            exact = 1 if {"<", ">"} & set(equation.result) else 0.51
            if said_as.isdigit():
                assert float(said_as) == pytest.approx(value, abs=exact)
            else:
                assert shown.withheld


@few
@given(some_worlds(), days, st.sampled_from(GROUPINGS))
def test_the_results_are_written_as_cards_and_charts_write_them(world, cutoff, by):
    words = words_for("es")
    for cells, shown in groups_of(world, cutoff, by):
        found = formulas.equations(cells, words, threshold=THRESHOLD)
        results = {one.name: one.result for one in found}
        assert results[words("Expected (N)")] == words.number(shown.expected)
        if shown.expected:
            assert results[words("Coverage")] == wording.share(words, shown)
        if shown.reported and not shown.withheld:
            assert results[words("Reported progress")] == wording.progress(words, shown)


def links_of(app, name: str) -> list[str]:
    """Return the sections whose tool of this name is offered on a page."""
    html_of_page = html.unescape(said(app))
    return re.findall(rf'"abierto": "{name}-([^"]+)"', html_of_page)


def opened(page: str, key: str, **params: str):
    """Return a page with the origin of a figure open."""
    app = visit(page, abierto=f"origen-{key}", **params)
    assert not app.exception
    return app


@pytest.mark.parametrize(("page", "params"), VIEWS)
def test_every_chart_tells_where_it_comes_from(demonstration_shown, page, params):
    app = visit(page, idioma="en", corte="2019-11-15", **params)
    pictures = charts(app)
    # Cards have a line of their own; sections too, whose picture is no chart.
    cards = said(app).count('class="crm-figures"')
    keyed = [*re.findall(r'data-chart="([^"]+)"', said(app)), *SECTIONS.get(page, ())]
    assert pictures
    assert len(links_of(app, "origen")) == len(pictures) + cards + len(SECTIONS.get(page, ()))
    assert {*keyed} <= {*links_of(app, "origen")}
    # What came in has a table a kind.
    assert {*keyed} - {"reportes"} <= {*links_of(app, "tabla")}
    assert len(links_of(app, "tabla")) >= len(pictures)
    # Nothing of it is made before it is opened.
    assert "<h3>Where does this number come from?</h3>" not in said(app)


@pytest.mark.parametrize(
    ("page", "key", "params"),
    [
        ("lineas", "semestres", {"linea": "IV"}),
        ("cooperacion", "lineas", {"socio": "OIM"}),
        ("novedades", "avance", {"idioma": "en"}),
    ],
)
def test_what_is_opened_names_cutoff_plan_and_data(demonstration_shown, page, key, params):
    words = words_for(params.get("idioma", "es"))
    text = said(opened(page, key, corte="2019-11-15", **params))
    for term in ("Number of", "Cut-off", "Choices in force", "Version of the plan", "Data"):
        assert markup.element("dt", words(term)) in text
    assert markup.element("h3", words("How it is made")) in text


@pytest.mark.parametrize(
    ("page", "section", "params"),
    [
        ("inicio", "ejes", {"idioma": "en"}),
        ("inicio", "lineas", {"pais": "HND"}),
        ("paises", "lineas", {"pais": "HND"}),
        ("paises", "ejes", {"pais": "HND"}),
        ("calendario", "calendario", {"eje": "2"}),
    ],
)
def test_what_opens_under_a_section_names_cutoff_plan_and_data(
    demonstration_shown, page, section, params
):
    words = words_for(params.get("idioma", "es"))
    closed = said(visit(page, corte="2019-11-15", **params))
    assert f'"abierto":"origen-{section}"' in html.unescape(closed).replace(": ", ":")
    opened = said(visit(page, corte="2019-11-15", abierto=f"origen-{section}", **params))
    for term in ("Number of", "Cut-off", "Choices in force", "Version of the plan", "Data"):
        assert markup.element("dt", words(term)) not in closed
        assert markup.element("dt", words(term)) in opened


HEADLINES = [
    ("inicio", "ejes", {}, r"In ({n}) of ({n}) activities at least one"),
    ("inicio", "lineas", {"pais": "HND"}, r"reports ({n}) of ({n}) activities fulfilled"),
    ("inicio", "apoyo", {"socio": "OIM"}, r"supports ({n}) of ({n}) activities"),
    ("inicio", "nadie", {"socio": "OIM"}, r"({n}) of ({n}) activities are without a partner"),
    ("paises", "lineas", {}, r"All ({n}) countries have reported, and each"),
    ("paises", "lineas", {"pais": "HND"}, r"reports ({n}) of ({n}) activities fulfilled"),
    ("paises", "lineas", {"paises": "HND,GTM"}, r"differs in ({n}) of ({n}) activities"),
    ("paises", "actividades", {"paises": "HND,GTM", "linea": "IV"}, r"differs in ({n}) of ({n})"),
    ("calendario", "calendario", {"socio": "OIM"}, r"support for ({n}) of ({n}) activities"),
    ("actividades", "resultados", {}, r"pending in ({n}) of ({n}) activities"),
    ("actividades", "resultados", {"pais": "HND"}, r"pending in ({n}) of ({n}) activities"),
    ("actividades", "resultados", {"buscar": "consular"}, r"stands in ({n}) of ({n}) activities"),
    ("actividades", "numeros", {"actividad": "IV.3.2"}, r"({n}) of ({n}) countries have fulf"),
    ("cooperacion", "nadie", {}, r"({n}) of ({n}) activities are without a partner"),
    ("cooperacion", "nadie", {"socio": "OIM"}, r"({n}) of ({n}) activities are without a partner"),
    ("cooperacion", "socio", {"socio": "OIM"}, r"supports ({n}) of ({n}) activities"),
    ("novedades", "pendientes", {}, r"({n}) of ({n}) reports that fell due"),
]
"""Headlines that count something else than expected reports, with what opens under them."""


@pytest.mark.parametrize(("page", "key", "params", "headline"), HEADLINES)
def test_what_opens_under_a_headline_begins_with_its_number(
    demonstration_shown, page, key, params, headline
):
    text = html.unescape(said(opened(page, key, idioma="en", corte="2018-11-20", **params)))
    stands = re.search(headline.format(n="[0-9,]+"), text)
    assert stands is not None
    n, among = stands[1], stands[len(stands.groups())]
    made = text.partition("<h3>How it is made</h3>")[2]
    cells = [re.sub("<[^>]+>", "", cell) for cell in re.findall("<td.*?</td>", made)]
    # In the order of the columns: the formula, the values, the result.
    assert cells[2] == n
    assert cells[1] in {f"{n} of {among}", f"{among} − {int(among) - int(n)}"}


@pytest.mark.parametrize(
    ("page", "key", "params"),
    [
        ("inicio", "ejes", {}),
        ("calendario", "calendario", {"socio": "OIM"}),
        ("actividades", "resultados", {}),
        ("actividades", "resultados", {"buscar": "consular"}),
        ("cooperacion", "nadie", {"socio": "OIM"}),
    ],
)
def test_every_activity_that_a_headline_counts_is_listed_with_the_way_to_it(
    demonstration_shown, page, key, params
):
    text = said(opened(page, key, idioma="en", corte="2018-11-20", **params))
    made = text.partition("<h3>How it is made</h3>")[2]
    behind = made.partition("</h3>")
    counted = re.search(r"<h3>([0-9]+) activit(?:y|ies) behind it$", behind[0])
    assert counted is not None
    rows = re.findall(
        r'<a class="crm-link"[^>]*actividad=([IVX.0-9]+)[^>]*>', behind[2].partition("</table>")[0]
    )
    assert len(rows) == len(set(rows)) == int(counted[1])


def test_of_a_headline_the_numbers_of_the_picture_can_be_picked(demonstration_shown):
    app = opened("inicio", "ejes", idioma="en", corte="2018-11-20")
    assert "Coverage" not in said(app).partition("<h3>How it is made</h3>")[2]
    app.selectbox(key="number-ejes").select("picture").run()
    assert "Coverage" in said(app).partition("<h3>How it is made</h3>")[2]


def test_what_opens_under_the_lines_begins_with_the_line_that_the_headline_names(
    demonstration_shown,
):
    app = opened("lineas", "composicion", idioma="en", corte="2018-11-20")
    text = html.unescape(said(app))
    named = re.search(
        r"smallest share of reports is ([IVX]+)\. .*? \(([0-9,]+) of ([0-9,]+)\)", text
    )
    assert named is not None
    assert app.selectbox(key="part-composicion-line").value == named[1]
    made = text.partition("<h3>How it is made</h3>")[2]
    assert [f">{number}</td>" in made for number in named.groups()[1:]] == [True, True]


def test_what_is_pending_is_reckoned_where_the_calendar_says_it(demonstration_shown):
    text = said(opened("calendario", "calendario", idioma="en", corte="2018-11-20"))
    pending = re.search(r"([0-9,]+) of ([0-9,]+) expected reports are pending", text)
    assert pending is not None
    assert re.search(rf"Pending</th>.*?{pending[2]} − [0-9,]+<.*?>{pending[1]}<", text)


def test_what_moved_is_said_of_how_many(demonstration_shown):
    text = html.unescape(said(opened("novedades", "movido", idioma="en", corte="2019-11-15")))
    moved = re.search(r"of ([0-9,]+) reports on what was reported before, ([0-9,]+) advanced, "
                      r"([0-9,]+) fell back, ([0-9,]+) stayed", text)  # fmt: skip
    assert moved is not None
    among, *counts = moved.groups()
    made = text.partition("<h3>How it is made</h3>")[2].partition("<h3>")[0]
    for count in counts:
        assert f">{count} of {among}</td>" in made


@pytest.mark.parametrize(
    ("page", "key"),
    [("lineas", "composicion"), ("novedades", "movido"), ("cooperacion", "lineas")],
)
def test_what_stands_behind_says_which_role_handed_it_in_and_on_which_day(
    demonstration_shown, page, key
):
    text = html.unescape(said(opened(page, key, idioma="en", corte="2019-11-15")))
    assert ">Batch<" not in text
    assert ">Handed in by<" in text
    assert re.search(r"<td[^>]*>Operator, [A-Z]\w+ \d+, 20\d\d \(batch \d+\)</td>", text)


def test_only_who_may_see_what_was_handed_in_reads_the_name_of_its_file(
    demonstration_shown, monkeypatch
):
    name = "reports-2018-1.csv"
    assert name not in said(opened("lineas", "composicion", corte="2019-11-15"))
    monkeypatch.setenv("CRMDATA_SERVE_MODE", "local-secretariat")
    assert name in said(opened("lineas", "composicion", corte="2019-11-15"))


def test_the_data_behind_a_number_are_named_by_the_day_of_their_last_entry(demonstration_shown):
    text = said(opened("lineas", "composicion", idioma="en", corte="2019-11-15"))
    assert "of the store" not in text
    assert re.search(r"with all that was recorded until \w+ \d+, 20\d\d \(entry 11 of", text)


def test_the_part_that_a_reader_picks_is_explained(demonstration_shown):
    app = opened("paises", "lineas", idioma="en", corte="2019-11-15")
    app.selectbox(key="number-lineas").select("picture").run()
    app.selectbox(key="part-lineas-line").select("IV")
    app.selectbox(key="part-lineas-country").select("HND").run()
    assert "Honduras</dd>" in said(app)
    assert 'href="actividades?idioma=en&amp;corte=2019-11-15&amp;actividad=IV.' in said(app)
    behind = re.search(r"<h3>([0-9,]+) reports? behind it</h3>", said(app))
    rows = re.findall(r'<th[^>]*>Honduras</th><td[^>]*><a class="crm-link"', said(app))
    missing = re.search(r"<h3>([0-9,]+) reports? (?:is|are) missing</h3>", said(app))
    assert behind is not None
    assert missing is not None
    assert len(rows) == int(behind[1]) + int(missing[1])


def slots_and_listed(app: Any) -> tuple[int, int]:
    """Return how many slots stand behind the number, and how many reports the list counts."""
    behind = re.search(r"<h3>([0-9,]+) slots? behind it</h3>", said(app))
    listed = re.search(r"<h3>Fell back: ([0-9,]+) reports?<", said(app))
    assert behind is not None
    assert listed is not None
    return int(behind[1]), int(listed[1])


def test_a_kind_of_change_lists_the_slots_that_it_counts(demonstration_shown):
    app = opened("novedades", "movido", idioma="en", corte="2019-11-15")
    app.selectbox(key="flag-movido").select("advanced").run()
    app.selectbox(key="flag-movido").select("gone_back").run()
    behind, listed = slots_and_listed(app)
    assert behind == listed


def test_what_fell_back_opens_on_the_number_that_stands_there(demonstration_shown):
    behind, listed = slots_and_listed(
        opened("novedades", "movido", idioma="en", corte="2019-11-15")
    )
    assert behind == listed


def test_progress_then_is_explained_at_its_own_cutoff(demonstration_shown):
    app = opened("novedades", "avance", idioma="en", corte="2019-11-15")
    app.selectbox(key="day-avance").select_index(1).run()
    assert "<dd>June 7, 2019, Demonstration meeting" in said(app)


def test_a_long_list_is_shown_in_parts(demonstration_shown):
    app = opened("lineas", "avance", idioma="en", corte="2020-11-20")
    parts = next(box for box in app.selectbox if "reports behind it" in box.key)
    assert parts.options[:2] == ["1–200", "201–400"]
    before = said(app)
    parts.select_index(1).run()
    assert said(app) != before
