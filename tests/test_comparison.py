"""Countries compared activity by activity: what each said last, and where they differ first."""

import pandas as pd

from crmdata import measures
from crmdata.content import comparison
from crmdata.content.cell_tables import Kind, Telling
from crmdata.content.names import Name, Names
from crmdata.i18n import words_for
from tests.test_pages import said, visit

EN = words_for("en")
TEXTS = ("narrative", "reason", "evidence")


def names(*codes: str) -> Names:
    return {code: Name(code, code) for code in codes}


COUNTRIES = names("GTM", "HND")


def latest(*rows: tuple[str, str, str, str, float | None]) -> comparison.Latest:
    reports = pd.DataFrame(rows, columns=["activity", "country", "semester", "state", "percent"])
    return comparison.latest(reports.assign(**dict.fromkeys(TEXTS, "")))


SAID = latest(
    ("I.1", "GTM", "2018-1", "en_curso", 30.0), ("I.1", "HND", "2018-1", "en_curso", 30.0),
    ("I.2", "GTM", "2018-1", "no_iniciada", 0.0), ("I.2", "HND", "2018-2", "en_curso", 50.0),
    ("I.2", "HND", "2018-1", "en_curso", 10.0),
    ("I.3", "GTM", "2018-1", "cumplida", 100.0),
    ("I.4", "GTM", "2018-1", "no_aplica", None), ("I.4", "HND", "2018-1", "no_aplica", None),
)  # fmt: skip
ACTIVITIES = names("I.1", "I.2", "I.3", "I.4")


def test_the_report_on_the_latest_period_is_what_was_said_last():
    assert SAID["I.2", "HND"]["percent"] == 50.0


def test_silence_beside_a_report_differs_most_and_the_same_answers_come_last():
    ordered = comparison.differences_first(SAID, ACTIVITIES, COUNTRIES)
    assert [*ordered] == ["I.3", "I.2", "I.1", "I.4"]


def test_the_sentence_counts_where_the_answers_differ():
    assert "2 of 4 activities" in comparison.summary(SAID, ACTIVITIES, COUNTRIES, words=EN)


def test_silence_is_never_zero():
    one = measures.Measured(1, 0, 0, 0, 0, 0, 1, 0, 0.0, float("nan"), 0.0, 100.0, True)
    measured = pd.DataFrame([one]).assign(activity="I.3", country="HND")
    table = comparison.cells(measured, SAID, ACTIVITIES, COUNTRIES,
                             how=Telling(EN, "", lambda _: None))  # fmt: skip
    assert table.cells["I.3", "HND"].face[:3] == (Kind.SILENT, "··", "0 of 1 report")
    assert table.cells["I.2", "GTM"].face.main == "Not started"
    assert table.cells["I.4", "GTM"].face.kind != Kind.VALUE


def test_of_one_line_countries_are_compared_by_activity(demonstration_shown):
    compared = {"idioma": "en", "corte": "2019-11-15", "paises": "HND,GTM"}
    assert 'data-chart="actividades"' in said(visit("paises", linea="IV", **compared))
    whole = said(visit("paises", **compared))
    assert 'data-chart="actividades"' not in whole
    assert "Choose a line to compare" in whole


def test_descriptions_stand_side_by_side_in_the_table(demonstration_shown):
    app = visit("paises", idioma="en", corte="2019-11-15", paises="HND,GTM", linea="IV",
                abierto="tabla-actividades")  # fmt: skip
    assert 'data-label="Guatemala">In progress, 65% (in 2017-II)' in said(app)
