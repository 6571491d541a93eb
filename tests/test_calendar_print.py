"""The calendar for paper: every activity and every mark of the plan, whoever prints it."""

import re
from dataclasses import replace
from datetime import date
from html import escape

import pandas as pd
import pytest
from sqlalchemy import Engine

from crmdata import measures
from crmdata.i18n import words_for
from crmdata.store import db, queries
from crmdata.web.calendar import calendar_print
from crmdata.web.calendar.calendar_print import Printed
from tests.calendars import plan_of

CUTOFF = date(2019, 11, 15)


@pytest.fixture(scope="module")
def printed(demo_engine: Engine) -> Printed:
    with db.reading(demo_engine) as session:
        version = queries.version_at(session, CUTOFF)
        plan = plan_of(session, version)
        slots, countries = queries.slots(session, version.id), queries.countries(session)
        reports = queries.reports_in_force(session, CUTOFF)
    cells = measures.cells(slots, countries, reports, CUTOFF)
    return Printed(plan, cells, "Región", demo=True)


def html(printed: Printed) -> str:
    return calendar_print.html(printed, "", words_for("es"))


def test_every_activity_is_printed_in_full(printed):
    text = html(printed)
    codes, texts = printed.plan.activities["activity"], printed.plan.activities["text"]
    assert len(codes) == 97
    assert [code for code in codes if f">{code}" not in text] == []
    assert [one for one in texts if escape(one) not in text] == []


def test_every_mark_is_printed_verbatim(printed):
    text = html(printed)
    marks = printed.plan.marks["mark"]
    counts = {mark: text.count(f">{mark}</td>") for mark in set(marks)}
    assert counts == marks.value_counts().to_dict()


def test_every_axis_has_a_table_that_names_the_demonstration(printed):
    text = html(printed)
    assert text.count("<table>") == 5
    assert text.count("Datos de demostración</th>") == 5
    assert "Datos de demostración" not in html(replace(printed, demo=False))


def test_a_semester_that_is_not_due_has_no_share(printed):
    open_semester = printed.cells["semester"] >= "2019-2"
    text = html(replace(printed, cells=printed.cells[open_semester]))
    assert "<b>" not in text


def test_the_cells_of_a_country_hold_its_state_by_symbol(printed):
    text = html(replace(printed, cells=printed.cells[printed.cells["country"] == "HND"]))
    assert 'crm-en_curso"><b>◐ ' in text
    assert 'crm-sin_reporte"><b>··</b>' in text


def test_every_delivery_is_printed_as_a_spot(printed):
    text = html(printed)
    spots = "".join(re.findall(r'crm-spots">([^<]*)<', text))
    assert len(spots) == printed.plan.results["semester"].notna().sum()


def test_what_only_an_earlier_version_scheduled_is_printed_dotted_and_told(printed):
    row = {"activity": "IV.4.1", "year": 2020, "mark": "II Semestre", "kind": "second"}
    earlier = pd.concat([printed.plan.marks, pd.DataFrame([row])])
    text = html(replace(printed, earlier_marks=earlier))
    assert text.count('class="crm-earlier"') == 1
    assert "Versión anterior: 2020: «II Semestre»" in text
    assert "crm-earlier" not in html(printed)
