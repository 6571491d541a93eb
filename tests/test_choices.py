"""The reader's choices: what an address may say, and what is made of it."""

from datetime import date

import pytest

from crmdata.i18n import words_for
from crmdata.web.choices import address
from crmdata.web.choices.address import AddressCodes, Choices

KNOWN = AddressCodes(
    lines={"I": 1, "IV": 2, "XIII": 5},
    activities=frozenset({"I.1.1", "IV.3.2"}),
    countries={
        "BLZ": ("Belice", "Belize"),
        "CRI": ("Costa Rica", "Costa Rica"),
        "HND": ("Honduras", "Honduras"),
        "MEX": ("México", "Mexico"),
        "USA": ("Estados Unidos", "United States"),
    },
    partners={"ACNUR": ("UNHCR", "Refugiados"), "OIM": ("IOM", "Migraciones")},
    meetings={"crm-2019-11": date(2019, 11, 15)},
    other_names={"eeuu": "USA"},
)


def read(**params: str) -> Choices:
    return address.read(params, KNOWN)[0]


def noticed(**params: str) -> list[str]:
    return address.sentences(words_for("en"), address.read(params, KNOWN)[1])


def test_an_empty_address_chooses_nothing():
    assert read() == Choices()
    assert noticed() == []


def test_the_language_is_spanish_unless_chosen():
    assert read().language == "es"
    assert read(idioma="en").language == "en"


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"idioma": "en", "corte": "2019-11-15", "pais": "HND"},
        {"eje": "2", "linea": "IV", "actividad": "IV.3.2"},
        {"paises": "HND,MEX", "socio": "OIM", "marca": "first_quarter", "medida": "cobertura"},
    ],
)
def test_choices_give_back_the_address_they_were_read_from(params):
    found, notices = address.read(params, KNOWN)
    assert found.params() == params
    assert notices == []


def test_codes_may_be_written_small():
    assert read(pais="hnd", linea="iv") == Choices(pais="HND", linea="IV")


def test_the_code_of_a_meeting_is_a_cutoff():
    assert read(corte="crm-2019-11").corte == date(2019, 11, 15)


def test_an_activity_brings_its_line():
    assert read(actividad="IV.3.2") == Choices(linea="IV", actividad="IV.3.2")


def test_the_code_of_an_activity_as_line_gives_its_line():
    assert read(linea="IV.3.2") == Choices(linea="IV")
    assert noticed(linea="IV.3.2") == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("idioma", "fr"),
        ("corte", "2019-02-30"),
        ("corte", "mañana"),
        ("eje", "9"),
        ("eje", "²"),
        ("linea", "XXI"),
        ("actividad", "IV.9.9"),
        ("pais", "ARG"),
        ("pais", "<script>"),
        ("paises", "ARG"),
        ("socio", "ONU"),
        ("marca", "siempre"),
        ("medida", "altura"),
    ],
)
def test_an_unknown_code_is_let_go_with_a_sentence(name, value):
    assert read(**{name: value}) == Choices()
    (sentence,) = noticed(**{name: value})
    assert value.lower() in sentence.lower()


@pytest.mark.parametrize(
    ("name", "value", "nearest"),
    [
        ("pais", "HON", "HND"),
        ("pais", "mexico", "MEX"),
        ("paises", "HND,EEUU", "USA"),
        ("solo", "CR", "CRI"),
        ("linea", "4", "IV"),
        ("linea", "XII", "XIII"),
        ("actividad", "IV.3.9", "IV.3.2"),
        ("socio", "UNHCR", "ACNUR"),
        ("corte", "2019-11-31", "crm-2019-11"),
        ("marca", "continuo", "continuous"),
        ("medida", "covertura", "cobertura"),
        ("estado", "cumplido", "cumplida"),
        ("color", "apollo", "apoyo"),
        ("plegado", "IVI", "IV"),
    ],
)
def test_a_wrong_code_is_told_the_nearest_one(name, value, nearest):
    (sentence,) = noticed(**{name: value})
    assert sentence.endswith(f" Did you mean {nearest}?")


def test_a_code_unlike_any_other_is_told_none():
    assert "Did you mean" not in noticed(pais="ARG")[0]


def test_the_calendar_is_coloured_by_support_or_by_reports():
    assert read(color="APOYO").color == address.SUPPORT
    assert read().color is None


def test_folded_bands_stand_in_the_order_of_the_plan_each_once():
    assert read(plegado="iv,2,I,IV").plegado == ("I", "2", "IV")


def test_an_unknown_band_leaves_the_others_folded():
    assert read(plegado="IV,ZZZ").plegado == ("IV",)
    assert "ZZZ" in noticed(plegado="IV,ZZZ")[0]


def test_a_page_is_a_number_from_one():
    assert read(pagina="3").pagina == 3


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "²", "9999", "dos"])
def test_what_is_no_page_is_let_go_with_a_sentence(value):
    assert read(pagina=value).pagina is None
    assert value in noticed(pagina=value)[0]


@pytest.mark.parametrize("name", ["paises", "secciones", "solo", "plegado"])
def test_a_list_of_any_length_is_read_no_further_than_its_limit(name):
    assert len(noticed(**{name: ",".join(map(str, range(50_000)))})) < address.LONGEST_TEXT


@pytest.mark.parametrize("name", ["pais", "linea", "actividad", "corte", "buscar"])
def test_what_is_remembered_of_a_wrong_code_has_a_limit(name):
    _, notices = address.read({name: "x" * 200_000}, KNOWN)
    assert all(len(str(values)) < 2 * address.LONGEST_TEXT for _, values in notices)


def test_a_long_code_is_cut_in_the_sentence():
    (sentence,) = noticed(pais="x" * 5000)
    assert len(sentence) < 200


def test_a_line_of_another_axis_is_shown_without_the_axis():
    assert read(eje="5", linea="IV") == Choices(linea="IV")
    assert len(noticed(eje="5", linea="IV")) == 1


def test_a_country_is_compared_once():
    assert read(paises="HND,hnd, MEX").paises == ("HND", "MEX")


def test_at_most_four_countries_are_compared():
    assert read(paises="BLZ,CRI,HND,MEX,USA").paises == ("BLZ", "CRI", "HND", "MEX")
    assert "USA" in noticed(paises="BLZ,CRI,HND,MEX,USA")[0]


def test_what_a_page_does_not_offer_changes_nothing_on_it():
    chosen = Choices(idioma="en", eje=2, pais="HND", marca="both")
    assert chosen.limited(("eje", "pais")) == Choices(eje=2, pais="HND")


# Addresses as they arrive


@pytest.mark.parametrize(
    "params",
    [
        {"pais": "HND", "amp;corte": "2019-11-15"},
        {"pais": "HND", "amp;amp;corte": "2019-11-15"},
        {"país": "hnd", "Corte": "2019-11-15"},
        {"pais": "HND", "corte": "2019-11-15."},
        {"pais": "HND", "corte": "2019-11-15»,"},
        {
            "pais": "HND",
            "corte": "2019-11-15",
            "utm_source": "boletin",
            "fbclid": "a",
            "lamina": "2",
        },
    ],
)
def test_an_address_that_was_mailed_about_is_read_as_it_was_written(params):
    found, notices = address.read(params, KNOWN)
    assert (found.pais, found.corte, notices) == ("HND", date(2019, 11, 15), [])


def test_of_a_name_that_stands_twice_the_one_that_is_whole_counts():
    assert read(**{"pais": "HND", "amp;pais": "MEX"}).pais == "HND"


@pytest.mark.parametrize(
    ("name", "meant"),
    [("fecha", "corte"), ("lang", "idioma"), ("country", "pais"), ("actvidad", "actividad")],
)
def test_a_name_that_looks_like_ours_is_told_with_ours(name, meant):
    (sentence,) = noticed(**{name: "x"})
    assert f"“{name}”" in sentence
    assert f"Did you mean {meant}?" in sentence
