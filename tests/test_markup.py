"""A table of the app breaks its cells where a reader would."""

import re

import pandas as pd

from crmdata.render.html import markup

ADDRESS = "https://example.org/reports/2019/a-very-long-name-of-a-file.pdf"
PROSE = "Workshops were held with officers of three institutions, and a guide was agreed upon."


def kind_of(text: str) -> str:
    """Return the class of a cell that holds `text`, beside a first column."""
    html = markup.table(pd.DataFrame([{"a": "x", "b": text}]), "Caption")
    found = re.search(r'<td class="([a-z]*)"', html)
    return found.group(1) if found else ""


def test_an_address_of_the_web_may_break_anywhere():
    assert kind_of(ADDRESS) == "unbroken"


def test_a_long_text_keeps_room_beside_an_address():
    assert kind_of(PROSE) == "prose"


def test_a_date_is_not_broken():
    assert kind_of("14 nov 2019") == "short"


def test_what_heads_a_row_breaks_as_the_other_cells_do():
    html = markup.table(pd.DataFrame([{"a": PROSE, "b": 1}]), "Caption")
    assert '<th class="prose" scope="row">' in html


def test_a_semester_at_the_head_of_a_column_is_not_broken_at_its_hyphen():
    html = markup.table(pd.DataFrame([{"a": "x", "2017-I": "y"}]), "Caption")
    assert '<th class="short" scope="col">2017-I</th>' in html


def test_a_table_of_many_columns_becomes_a_list_on_a_phone():
    row = dict.fromkeys("abcde", 1)
    assert "crm-long" in markup.table(pd.DataFrame([row]), "Caption")
    assert "crm-long" not in markup.table(pd.DataFrame([row]).drop(columns="e"), "Caption")
