"""Import files as tests need them: a right row to change, and files made of rows."""

import csv
from collections.abc import Iterable, Mapping
from io import StringIO
from pathlib import Path

from crmdata.files import COLUMNS, Subject

REPORT = {
    "country": "HND", "activity": "I.1.1", "semester": "2018-1", "state": "en_curso",
    "percent": "45", "narrative": "La campaña sigue.", "reason": "", "evidence": "",
    "partners": "", "reported_on": "2018-07-15",
}  # fmt: skip
COOPERATION = {
    "partner": "OIM", "activity": "VI.1.4", "countries": "HND;GTM", "semester_from": "2018-1",
    "semester_to": "2018-2", "modality": "tecnica", "state": "ofrecida",
    "text": "Asistencia para el protocolo.", "evidence": "", "reported_on": "2018-02-01",
}  # fmt: skip
MEETING = {
    "meeting": "crm-2018-11", "name_es": "Reunión de noviembre", "name_en": "November meeting",
    "held_on": "2018-11-15", "corte": "2018-10-31",
}  # fmt: skip
OBSERVATION = {
    "country": "HND", "meeting": "crm-2018-11", "observation": "Faltan datos de un consulado.",
    "reported_on": "2018-11-10",
}  # fmt: skip
ROWS = {
    Subject.REPORTS: REPORT,
    Subject.COOPERATION: COOPERATION,
    Subject.MEETINGS: MEETING,
    Subject.OBSERVATIONS: OBSERVATION,
}


def text_of(rows: Iterable[Mapping[str, str]], subject: Subject = Subject.REPORTS) -> str:
    """Return the CSV of rows; columns beyond the subject's own follow behind."""
    rows = list(rows)
    more = dict.fromkeys(name for row in rows for name in row if name not in COLUMNS[subject])
    text = StringIO()
    sheet = csv.DictWriter(text, [*COLUMNS[subject], *more], lineterminator="\n", restval="")
    sheet.writeheader()
    sheet.writerows(rows)
    return text.getvalue()


def a_file(
    folder: Path,
    *changes: Mapping[str, str],
    name: str = "r.csv",
    subject: Subject | str = "reports",
) -> Path:
    """Write a file with one row for each mapping of changes against the subject's right row."""
    subject = Subject(subject)
    file = folder / name
    rows = [ROWS[subject] | change for change in changes or ({},)]
    file.write_text(text_of(rows, subject), "utf-8")
    return file


def many_reports(number: int) -> list[dict[str, str]]:
    """Return as many right reports, no two on the same country, activity and semester."""
    countries = ("BLZ", "CAN", "CRI", "DOM", "GTM", "HND", "MEX", "NIC", "PAN", "SLV", "USA")
    activities = [f"I.1.{n}" for n in range(1, 5)] + [f"XII.1.{n}" for n in range(1, 4)]
    activities += [f"III.1.{n}" for n in range(1, 6)] + [f"IV.3.{n}" for n in range(1, 3)]
    semesters = [f"{year}-{half}" for year in range(2017, 2023) for half in (1, 2)]
    slots = [(c, a, s) for s in semesters for a in activities for c in countries]
    days = [f"2023-{month:02}-01" for month in (1, 2, 3)]
    both = [(slot, day) for day in days for slot in slots]
    assert number <= len(both)
    return [
        REPORT | {"country": c, "activity": a, "semester": s, "reported_on": day}
        for (c, a, s), day in both[:number]
    ]
