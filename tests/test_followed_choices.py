"""What is chosen changes what a page answers, or the page says that it does not follow it."""

import re
from collections.abc import Callable
from functools import partial
from html import unescape
from typing import Any

import pytest

from crmdata.i18n import words_for
from crmdata.slides import deck, plenary
from crmdata.store import db
from crmdata.web import first_response
from crmdata.web.choices import address, offered
from tests.links import fold_of, head_of, query_of
from tests.test_pages import PAGES, said, visit

pytestmark = pytest.mark.usefixtures("demonstration_shown")

CHOSEN = {
    "eje": "4",
    "linea": "VI",
    "actividad": "VI.1.4",
    "pais": "HND",
    "paises": "GTM,NIC",
    "solo": "HND",
    "socio": "ACNUR",
    "marca": "undefined",
    "lectura": "inferred",
    "estado": "cumplida",
    "buscar": "consular",
}
"""A value of every choice that narrows something somewhere."""

_SAID = re.compile(r'<p class="crm-elsewhere">(.*?)</p>')
# A chip shows its own value, whether or not anything follows it.
_CHIPS = re.compile(r'<details class="crm-fold crm-chip.*?</details>|<a[^>]*crm-let-go.*?</a>')
_UNSEEN = re.compile(r"<style.*?</style>|<[^>]+>", re.DOTALL)


def answer(app: Any) -> tuple[str, str]:
    """Return what a page says without its head and chips, and of which choices it says no."""
    assert not app.exception
    body = "".join(each.proto.body for each in app.get("html")).replace(head_of(app), "")
    waits = unescape(" ".join(_SAID.findall(body)))
    text = "".join(_UNSEEN.sub("", _CHIPS.sub("", _SAID.sub("", body))).split())
    widgets = [each.label for kind in ("button", "download_button") for each in app.get(kind)]
    widgets += [f"{each.label}: {each.value}" for each in app.multiselect]
    return " ".join([unescape(text), *widgets]), waits


def test_every_choice_that_narrows_is_one_of_the_address():
    assert {*offered.NARROWING} == {*CHOSEN} <= {*address.NAMES}


def unsaid(shown: Callable[..., Any]) -> list[str]:
    """Return the choices that change nothing without a word of it, or something with one."""
    (plain, nothing), (of_line, _) = answer(shown()), answer(shown(linea="VI"))
    assert nothing == ""
    found = []
    for name, code in CHOSEN.items():
        text, waits = answer(shown(**{name: code}))
        # Of an activity its line is known too.
        without = of_line if name == "actividad" else plain
        if (text != without) == bool(waits):
            found.append(f"{name}: {waits or 'not a word'}")
    return found


# Where reports are handed in, somebody has logged in: `test_informar.py`.
@pytest.mark.parametrize("page", [page for page in PAGES if page != "informar"])
def test_a_page_follows_what_is_chosen_or_says_that_it_does_not(page):
    assert unsaid(partial(visit, page, alone=True, idioma="en")) == []


@pytest.mark.parametrize(
    ("page", "params", "waits"),
    [
        ("inicio", {"pais": "HND"}, "Partner: UNHCR"),
        ("calendario", {"pais": "HND"}, "Partner: UNHCR"),
        ("calendario", {"pais": "HND", "color": "apoyo"}, "Country: Honduras"),
        ("paises", {"pais": "HND", "paises": "GTM,NIC"}, "Country: Honduras; Partner: UNHCR"),
        ("paises", {"pais": "HND", "paises": "GTM"},
         "Countries side by side: Guatemala; Partner: UNHCR"),
        ("actividades", {"actividad": "VI.1.4", "buscar": "consular"},
         "Partner: UNHCR; Search: consular"),
    ],
)  # fmt: skip
def test_a_choice_that_another_one_sets_aside_is_said_too(page, params, waits):
    _, said = answer(visit(page, alone=True, idioma="en", socio="ACNUR", **params))
    assert said.partition(". ")[0] == waits


@pytest.mark.parametrize(
    ("name", "code", "called"),
    [("socio", "ACNUR", "UNHCR"), ("pais", "HND", "Honduras"), ("linea", "VI", "VI. Synergies")],
)
def test_presentar_leads_to_the_first_slide_of_what_is_chosen(demo_engine, name, code, called):
    html = said(visit("presentar", alone=True, idioma="en", **{name: code}))
    place = int(query_of(html, f"Begin at {called}")["lamina"])
    with db.reading(demo_engine) as session:
        titles = [slide.key for slide in deck(plenary(session), words_for("en")).slides]
    assert titles[place - 1] == f"{name}-{code}"
    assert not any(each.startswith(f"{name}-{code}") for each in titles[: place - 1])


def test_presentar_says_of_what_is_chosen_that_no_slide_shows_it():
    html = said(visit("presentar", alone=True, idioma="en", socio="ACNUR", secciones="ejes"))
    assert "No slide of this presentation shows UNHCR." in html
    assert "Begin at" not in html


def test_what_waits_goes_along_to_the_pages_that_follow_it():
    html = said(visit("lineas", alone=True, idioma="en", socio="ACNUR"))
    assert query_of(html, "Cooperation")["socio"] == "ACNUR"


def test_whose_the_plan_is_seen_as_stays_in_the_head_of_pages_that_do_not_follow_it():
    head = head_of(visit("lineas", alone=True, idioma="en", socio="ACNUR"))
    assert ">UNHCR</b>" in fold_of(head, "mine").partition("</summary>")[0]


def test_the_first_response_of_one_reader_says_nothing_of_what_another_had_chosen(monkeypatch):
    monkeypatch.setattr(first_response, "_allowance", first_response._Allowance())
    asked = first_response.html("lineas", "idioma=en&socio=ACNUR")
    assert "UNHCR. It was chosen" in asked
    assert query_of(asked, "Cooperation")["socio"] == "ACNUR"
    plain = first_response.html("lineas", "idioma=en")
    assert "It was chosen" not in plain
    assert "socio" not in query_of(plain, "Cooperation")
