"""What goes along in a page's document: the public view, whoever asks, and nothing wrong."""

import urllib.parse
import urllib.request
from types import SimpleNamespace
from urllib.error import HTTPError

import psutil
import pytest

from benchmarks.load.client import Reader
from crmdata.web import first_response
from crmdata.web.data import cache
from tests import serving
from tests.loops import finished

MOST_MESSAGES = 15


def document(url: str, cookie: str = "") -> str:
    request = urllib.request.Request(url, headers={"Cookie": cookie} if cookie else {})
    with urllib.request.urlopen(request) as answer:
        return answer.read().decode()


def picture(url: str, cookie: str = "") -> str:
    """Return what stands in a document before its page is alive."""
    text = document(url, cookie)
    begins = text.find('id="crm-first"')
    return "" if begins < 0 else text[begins : text.index('<div id="root"', begins)]


@pytest.fixture(scope="module", autouse=True)
def drawn(app_url):
    serving.until_drawn(app_url)


@pytest.mark.parametrize(
    "page",
    [
        "",
        "inicio",
        "calendario",
        "inicio?pais=HND",
        "calendario?eje=2",
        "actividades",
        "actividades?buscar=capacitar",
        "actividades?actividad=IV.3.2",
        "paises",
        "paises?pais=HND",
    ],
)
def test_a_page_of_sections_comes_with_its_first_screen(app_url, page):
    assert "data-main" in picture(f"{app_url}/{page}")


@pytest.mark.parametrize("page", ["metodo", "informar", "revision", "nirgends"])
def test_another_page_comes_without(app_url, page):
    assert picture(f"{app_url}/{page}") == ""


def test_it_is_the_same_whoever_asks(app_url):
    own = picture(f"{app_url}/inicio?pais=HND", "_streamlit_user=somebody; crmdata_mine=pais=MEX")
    assert own == picture(f"{app_url}/inicio?pais=HND")


@pytest.mark.parametrize("path", ["", "inicio", "lineas"])
def test_a_bare_address_comes_in_the_language_that_its_browser_chose(app_url, path):
    in_english = picture(f"{app_url}/{path or 'inicio'}?idioma=en")
    assert picture(f"{app_url}/{path}", "crmdata_language=en") == in_english


@pytest.mark.parametrize("query", ["idioma=es", "pais=HND"])
def test_an_address_that_says_anything_is_the_same_in_whatever_language_one_chose(app_url, query):
    address = f"{app_url}/lineas?{query}"
    assert picture(address, "crmdata_language=en") == picture(address)


def test_a_language_that_nobody_could_choose_leads_nowhere(app_url):
    address = f"{app_url}/lineas"
    assert picture(address, "crmdata_language=en&pais=HND") == picture(address)


def test_what_an_address_gets_wrong_is_left_out(app_url):
    assert picture(f"{app_url}/calendario?eje=99&pais=XXX&linea=IV") == picture(
        f"{app_url}/calendario?linea=IV"
    )


def test_a_day_that_is_no_stop_brings_no_picture(app_url):
    assert picture(f"{app_url}/calendario?corte=2018-03-04") == ""
    assert picture(f"{app_url}/calendario?corte=2019-11-15") != ""
    assert picture(f"{app_url}/calendario?corte=2019-07-01") != ""


@pytest.fixture
def three_at_once(monkeypatch, demonstration_shown):
    """Let three pictures be drawn that nobody has asked for yet; return the clock they go by."""
    at = [0.0]
    monkeypatch.setattr(first_response, "time", SimpleNamespace(monotonic=lambda: at[0]))
    monkeypatch.setattr(first_response, "_BURST", 3)
    monkeypatch.setattr(first_response, "_allowance", first_response._Allowance())
    cache.memo().forget()
    return at


def drawn_of(lines: tuple[str, ...]) -> list[bool]:
    return [bool(first_response.html("/lineas", f"linea={line}")) for line in lines]


def test_a_loop_over_addresses_is_answered_without_pictures_after_a_while(three_at_once):
    assert drawn_of(("I", "II", "III", "IV", "V")) == [True, True, True, False, False]


def test_what_was_drawn_already_comes_with_its_picture_in_any_loop(three_at_once):
    assert drawn_of(("I", "II", "III", "IV", "I")) == [True, True, True, False, True]


def test_after_a_second_pictures_are_drawn_again(three_at_once):
    drawn_of(("I", "II", "III"))
    three_at_once[0] += 1
    assert drawn_of(("V",)) == [True]


def test_a_crowd_of_right_and_wrong_addresses_leaves_memory_as_it_was(fresh_app):
    def arrive(numbers: range) -> None:
        for number in numbers:
            mixed = {
                "idioma": ("es", "en", "xx")[number % 3],
                "linea": ("I", "IV", "XVI", "99", "<b>")[number % 5],
                "pais": ("HND", "GTM", "XXX", "", "A" * 2000)[number % 5],
                "corte": ("2019-11-15", f"2018-03-{number % 28 + 1:02}", "never")[number % 3],
                "eje": str(number % 7),
                "buscar": f"word {number}" * 50,
            }
            page = ("inicio", "calendario", "lineas", "paises")[number % 4]
            document(f"{fresh_app.url}/{page}?{urllib.parse.urlencode(mixed)}")

    server = psutil.Process(fresh_app.pid)
    serving.until_drawn(fresh_app.url)
    # So many bring all that may be kept, and what the process needs at all.
    arrive(range(600))
    grown = []
    for crowd in (range(600, 900), range(900, 1200), range(1200, 1500)):
        before = server.memory_info().rss
        arrive(crowd)
        grown.append(server.memory_info().rss - before)
    # The process takes memory from the system in steps; what every crowd added would be kept.
    assert min(grown) < 5 * 2**20


def test_a_hostile_address_writes_no_element(app_url):
    hostile = "%3Cscript%3Ealert(1)%3C/script%3E"
    for page in ("calendario", "actividades"):
        for name in ("linea", "pais", "eje", "buscar", "instantanea", "corte", "plegado", "socio"):
            assert "<script>alert" not in document(f"{app_url}/{page}?{name}={hostile}")


def test_it_is_kept_by_nobody_on_the_way(app_url):
    with urllib.request.urlopen(f"{app_url}/inicio") as answer:
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "page",
    [
        "inicio",
        "inicio?pais=HND",
        "inicio?socio=OIM",
        "calendario",
        "lineas",
        "lineas?linea=IV",
        "actividades",
        "actividades?buscar=capacitar",
        "actividades?actividad=IV.3.2",
        "paises",
        "paises?pais=HND",
        "paises?paises=GTM,HND",
        "paises?linea=XIII",
        "cooperacion",
        "cooperacion?socio=OIM",
        "novedades",
        "novedades?pais=HND&grupo=linea",
    ],
)
def test_a_reading_page_needs_few_messages(app_url, page):
    async def visit() -> int:
        async with Reader(f"{app_url}/{page}") as reader:
            return (await reader.run()).messages

    # Of the first reader of a server Streamlit ends the run early, and begins anew.
    finished(visit())
    assert finished(visit()) <= MOST_MESSAGES


@pytest.mark.parametrize(
    ("old", "new"), [("resumen", "inicio"), ("ficha", "paises"), ("cambios", "novedades")]
)
def test_an_old_address_leads_to_the_new_one_with_all_that_it_chose(app_url, old, new):
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    opener = urllib.request.build_opener(Stay)
    with pytest.raises(HTTPError) as moved:
        opener.open(f"{app_url}/{old}?pais=HND&corte=2019-11-15&idioma=en")
    assert moved.value.code == 308
    assert moved.value.headers["location"] == f"/{new}?pais=HND&corte=2019-11-15&idioma=en"


@pytest.mark.parametrize(
    ("address", "parts"),
    [("lineas", ("intervals", "trend", "panels")), ("lineas?linea=IV", ("intervals", "trend"))],
)
def test_what_plotly_draws_live_stands_there_still(app_url, address, parts):
    drawn = picture(f"{app_url}/{address}")
    for part in parts:
        assert f'class="crm-{part}"' in drawn
