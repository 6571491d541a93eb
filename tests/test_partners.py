"""The partners of a cell, told apart whatever stands between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdata.intake.reports import partners
from crmdata.intake.reports.suggestions import plain_words
from tests.support import examples

NAMES = {
    plain_words(name): code
    for code, names in {
        "OIM": ("OIM", "IOM", "Organización Internacional para las Migraciones"),
        "ACNUR": ("ACNUR", "UNHCR"),
        "OPV": ("OPV", "Oficina de Paz y Vida", "Office for Peace, Life and Law"),
    }.items()
    for name in names
}
SIGNS = [
    ", ",
    " y ",
    " e ",
    " / ",
    "/",
    "; ",
    ";",
    " & ",
    " + ",
    " and ",
    " - ",
    "\n",
    ", y ",
    ", and ",
]


@examples(200)
@given(st.lists(st.sampled_from(sorted(NAMES)), min_size=1, max_size=4), st.data())
def test_known_names_with_any_signs_between_them_are_told_apart(names, data):
    text = names[0]
    for name in names[1:]:
        text += data.draw(st.sampled_from(SIGNS)) + name
    assert partners.named(text, NAMES) == [(name, NAMES[name]) for name in names]


@pytest.mark.parametrize(
    ("text", "codes"),
    [("Oficina de Paz y Vida y OIM", ["OPV", "OIM"]), ("OIM, Office for Peace, Life and Law",
     ["OIM", "OPV"]), ("OIM y Oficina de Paz", ["OIM", ""])],
)  # fmt: skip
def test_a_name_that_holds_such_a_sign_itself_stays_whole_beside_others(text, codes):
    assert [code for _, code in partners.named(text, NAMES)] == codes


@examples(200)
@given(st.text(max_size=40))
def test_a_text_without_a_known_name_is_read_as_no_partner(text):
    holds = any(name in plain_words(text) for name in NAMES)
    assert holds or not any(code for _, code in partners.named(text, NAMES))
