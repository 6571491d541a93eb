"""A click on a chart and a link in its table lead to the same line, country or activity."""

import pandas as pd
import pytest

from crmdata.content.cooperation.support import EVERYWHERE, NOBODY
from crmdata.content.destinations import Way
from crmdata.render.html import markup
from crmdata.web.choices import click_targets


def test_a_mark_makes_a_choice_of_each_part_of_its_key():
    assert click_targets.LINE_AND_COUNTRY.changes(["IV", "HND"]) == {
        "actividad": None, "linea": "IV", "pais": "HND",
    }  # fmt: skip


def test_what_no_choice_stands_for_is_left_out_of_a_key():
    assert click_targets.LINE.changes(["IV", "2018-1"]) == {"actividad": None, "linea": "IV"}
    assert click_targets.SUPPORT_OF_LINE.changes(["IV", NOBODY]) == {"linea": "IV"}
    assert click_targets.SUPPORT_IN_COUNTRY.changes(["IV", EVERYWHERE]) == {"linea": "IV"}


def test_a_key_without_any_choice_leads_nowhere():
    assert click_targets.COUNTRY.changes([EVERYWHERE]) == {}
    assert click_targets.LINE.changes([None]) == {}


def test_the_way_of_a_cell_makes_the_choices_of_its_key():
    assert click_targets.LINE_AND_COUNTRY.way(["IV", "HND"]) == Way(
        "lineas", {"actividad": "", "linea": "IV", "pais": "HND"}
    )


def test_a_cell_whose_key_is_no_choice_has_no_way():
    assert click_targets.COUNTRY.way([EVERYWHERE]) is None


def test_a_click_on_a_mark_of_plotly_makes_the_choices_of_its_key(monkeypatch: pytest.MonkeyPatch):
    made: dict[str, object] = {}
    clicked = {"selection": {"points": [{"customdata": ["HND"]}]}}
    monkeypatch.setattr(click_targets.st, "session_state", {"chart": clicked})
    monkeypatch.setattr(click_targets.choices, "choose", made.update)
    click_targets.clicked("chart", click_targets.COUNTRY)
    assert made == {"pais": "HND", "paises": None}


def test_a_cell_with_a_target_is_a_link_and_the_others_are_text():
    rows = pd.DataFrame({"Line": ["<b>"], "Honduras": ["40 %"], "Belize": [""]})
    html = markup.table(
        rows, "Lines", lambda row, column: None if row is None else f"lineas?a={row}&b={column}"
    )
    assert '<a class="crm-link" href="lineas?a=0&amp;b=0">&lt;b&gt;</a>' in html
    assert '<a class="crm-link" href="lineas?a=0&amp;b=1">40 %</a>' in html
    assert html.count("<a ") == 2


def test_a_head_with_a_target_is_a_link_and_the_others_are_text():
    rows = pd.DataFrame({"Line": ["I"], "Honduras": ["40 %"]})
    target = {(None, 1): "paises?pais=HND"}
    html = markup.table(rows, "Lines", lambda row, column: target.get((row, column)))
    assert '<th scope="col"><a class="crm-link" href="paises?pais=HND">Honduras</a></th>' in html
    assert html.count("<a ") == 1


def test_the_name_of_a_row_leads_by_the_row_alone():
    way = Way("lineas", {"actividad": "", "linea": "IV"})
    assert click_targets.LINE_AND_COUNTRY.way(["IV"]) == way


@pytest.mark.parametrize(("opens", "way"), [
    (click_targets.LINE_AND_COUNTRY, Way("paises", {"pais": "HND", "paises": ""})),
    (click_targets.ACTIVITY_OF_COUNTRIES, Way("paises", {"pais": "HND", "paises": ""})),
    (click_targets.SUPPORT_IN_COUNTRY, Way("cooperacion", {"pais": "HND"})),
])  # fmt: skip
def test_the_name_of_a_column_leads_to_what_it_names(opens: click_targets.Opens, way: Way):
    assert opens.way([None, "HND"]) == way


def test_the_name_of_a_partner_leads_to_its_support():
    way = Way("cooperacion", {"socio": "OIM"})
    assert click_targets.SUPPORT_OF_LINE.way([None, "OIM"]) == way
    assert click_targets.ACTIVITY_OF_PARTNERS.way([None, "OIM"]) == way


def test_a_column_that_no_choice_stands_for_has_no_way():
    assert click_targets.ACTIVITY_OF_PARTNERS.way([None, NOBODY]) is None
    assert click_targets.COUNTRY.way([None, "2018-1"]) is None
