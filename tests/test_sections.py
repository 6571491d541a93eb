"""What a widget redraws: the part of its page that it changes, of the very data of the page."""

import pytest

from benchmarks.load.client import Reader, Run
from tests.links import fold_of, query_of
from tests.loops import finished

PART, WHOLE = "FINISHED_FRAGMENT_RUN_SUCCESSFULLY", "FINISHED_SUCCESSFULLY"
CUTOFF = "corte=2019-11-15"


@pytest.mark.parametrize(
    ("page", "key", "value", "written"),
    [
        ("calendario", "eje", "2. ", {"eje": "2"}),
        ("lineas", "linea", "IV. ", {"linea": "IV"}),
        ("actividades", "marca", "Continuo", {"marca": "continuous"}),
        ("paises", "pais", "Honduras", {"pais": "HND"}),
        ("paises", "medida", "Cobertura", {"medida": "cobertura"}),
        ("paises", "orden", "Por cobertura", {"orden": "cobertura"}),
        ("cooperacion", "socio", "OIM", {"socio": "OIM"}),
        ("novedades", "pais", "Honduras", {"pais": "HND"}),
        ("descargas", "pais", "Honduras", {"pais": "HND"}),
    ],
)
def test_a_filter_offers_the_address_of_the_page_so_narrowed(app_url, page, key, value, written):
    async def visit() -> tuple[dict[str, str], Run, dict[str, str]]:
        async with Reader(f"{app_url}/{page}?{CUTOFF}") as reader:
            first = await reader.run()
            offered = query_of(fold_of(first.text, key), value)
            reader.choose(**offered)
            return offered, await reader.run(), reader.params

    offered, run, params = finished(visit())
    assert offered == params == {"corte": "2019-11-15"} | written
    assert (run.status, run.exceptions) == (WHOLE, [])


@pytest.mark.parametrize("page", ["calendario", "paises"])
def test_the_cutoff_redraws_the_whole_page(app_url, page):
    async def visit() -> Run:
        async with Reader(f"{app_url}/{page}?{CUTOFF}") as reader:
            await reader.run()
            reader.choose(corte="2019-06-07")
            return await reader.run()

    assert finished(visit()).status == WHOLE


def status_of(run: Run) -> str:
    """Return the sentence of the head that says how much was reported."""
    return next(text for text in run.texts if "crm-status" in text and "<style" not in text)


def test_what_an_address_got_wrong_is_said_until_the_first_choice(app_url):
    async def visit() -> tuple[Run, Run]:
        async with Reader(f"{app_url}/calendario?eje=9&idioma=en") as reader:
            first = await reader.run()
            reader.choose(linea="IV", eje="")
            return first, await reader.run()

    first, second = finished(visit())
    assert "crm-notice" in "".join(text for text in first.texts if "<style" not in text)
    assert second.status == WHOLE
    assert "crm-notice" not in "".join(text for text in second.texts if "<style" not in text)
