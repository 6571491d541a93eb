"""Right files: a template that somebody filled in, and a table of one's own."""

from copy import deepcopy
from datetime import date, datetime, timedelta
from functools import cache
from io import BytesIO
from random import Random
from typing import Any

import openpyxl

from crmdata.i18n import words_for
from crmdata.intake.reports.headings import column_of, heading
from crmdata.labels import label
from tests.habits.sent import Cell, Line, Sent
from tests.sheets import REPORT

COUNTRY, PERIOD = "HND", "2019-2"
TODAY = date(2020, 2, 1)

_TEXTS = (
    "La mesa técnica se reunió dos veces y aprobó su reglamento.",
    "Se capacitó a 45 funcionarios de frontera; falta el módulo 2.",
    "El convenio está en revisión jurídica.",
    "Se publicó la guía «Primero la niñez» y se distribuyeron 1,200 ejemplares.",
    "- Primera fase concluida\n- Segunda fase: compras",
    "= 3 talleres + 2 visitas, según el plan",
)
_REASONS = ("Cambio de autoridades.", "Sin presupuesto hasta 2021.", "No es competencia del país.")
_LINKS = ("https://www.example.org/informe-2019.pdf", "https://example.net/a?b=1&c=2")
_PARTNERS = ("", "", "OIM", "UNICEF", "ACNUR;OIM", "OIM;UNICEF")


def report(random: Random, token: str) -> dict[str, str]:
    """Return what a report says, as an export writes it, with a text that nobody else has."""
    state = random.choice(("en_curso", "en_curso", "cumplida", "suspendida", "no_aplica",
                           "no_iniciada"))  # fmt: skip
    percent = {"cumplida": "100", "no_iniciada": "0", "no_aplica": ""}.get(state)
    if percent is None:
        percent = random.choice(("5", "20", "33.3", "45", "45.5", "66.67", "80"))
    day = date(2020, 1, 1) + timedelta(days=random.randint(0, 30))
    return {
        "state": state,
        "percent": percent,
        "narrative": f"{token}. {random.choice(_TEXTS)}",
        "reason": random.choice(_REASONS) if state in {"suspendida", "no_aplica"} else "",
        "evidence": random.choice(_LINKS) if state == "cumplida" or not random.randint(0, 3)
        else "",
        "partners": random.choice(_PARTNERS),
        "reported_on": day.isoformat(),
    }  # fmt: skip


def token(number: int) -> str:
    """Return words by which a row is known again."""
    return f"Asunto Z{number:04}"


def filled_template(random: Random, template: bytes, language: str) -> Sent:
    """Return a template in which somebody has filled in a few rows."""
    sent = deepcopy(_opened(template, words_for(language)("Reports")))
    lines = sent.lines
    own = [line for line in lines if line.key and line.key[2] == PERIOD]
    chosen = random.sample(own, random.randint(3, 8))
    dated = random.random() < 0.5
    for number, line in enumerate(sorted(chosen, key=lines.index)):
        said = report(random, token(number))
        assert line.key
        sent.meant[line.key] = {**said, **({} if dated else {"reported_on": TODAY.isoformat()})}
        for column, text in said.items():
            if column != "reported_on" or dated:
                cell = sent.cell(line, column)
                cell.value = _typed(column, text, language)
                cell.form = "yyyy-mm-dd" if column == "reported_on" else "General"
    return sent


@cache
def _opened(template: bytes, title: str) -> Sent:
    sheet = openpyxl.load_workbook(BytesIO(template))[title]
    header, *rows = list(sheet.iter_rows())
    columns = [column_of(str(cell.value)) for cell in header]
    lines = [_line(columns, row) for row in rows]
    return Sent(columns, [Cell(cell.value) for cell in header], lines, {}, template, title)


def _line(columns: list[str], row: Any) -> Line:
    cells = [Cell(cell.value, cell.number_format) for cell in row]
    said = dict(zip(columns, cells, strict=True))
    return Line(cells, (COUNTRY, str(said["activity"].value), str(said["semester"].value)))


def table(random: Random, activities: list[str], language: str) -> Sent:
    """Return a table of one's own, headed by codes or by the template's words."""
    words, codes = words_for(language), random.random() < 0.5
    columns = list(REPORT)
    sent = Sent(
        columns,
        [Cell(column if codes else heading(words, column)) for column in columns],
        [], {}, sheet=random.choice(("Hoja1", "Reportes", "HND 2019-II")),
    )  # fmt: skip
    for number, activity in enumerate(random.sample(activities, random.randint(3, 10))):
        key, said = (COUNTRY, activity, PERIOD), report(random, token(number))
        sent.meant[key] = said
        whole = {"country": COUNTRY, "activity": activity, "semester": PERIOD, **said}
        cells = [Cell(_typed(column, whole[column], "" if codes else language))
                 for column in columns]  # fmt: skip
        sent.lines.append(Line(cells, key))
        sent.cell(sent.lines[-1], "reported_on").form = "yyyy-mm-dd"
    return sent


def _typed(column: str, text: str, language: str) -> Any:
    """Return what stands in a cell into which somebody has typed a text; "" is in codes."""
    if not text:
        return None
    if column == "percent":
        return float(text)
    if column == "reported_on":
        return datetime.fromisoformat(text)
    return label(words_for(language), text) if column == "state" and language else text
