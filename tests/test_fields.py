"""A column is data: what the tables and files have is what the fields say."""

import pytest

from crmdata import fields
from crmdata.fields import Field, Type
from crmdata.files import COLUMNS, FIELDS, Subject
from crmdata.intake.reports.progress import BY_TYPE
from crmdata.intake.reports.readers import READERS
from crmdata.settings import ROOT
from crmdata.store.models import Cooperation, Meeting, Observation, Report
from crmdata.store.queries.frames import table

OWN = {"id", "batch_id", "salt"}
"""Columns of the store's own, which no file has."""

PAPERS = ("docs/data.md", "docs/es/datos.md")

TABLES = {
    Subject.REPORTS: Report,
    Subject.COOPERATION: Cooperation,
    Subject.MEETINGS: Meeting,
    Subject.OBSERVATIONS: Observation,
}


@pytest.mark.parametrize("subject", Subject)
def test_a_table_has_the_columns_of_its_fields_in_their_order(subject: Subject):
    fielded = [field.code for field in FIELDS[subject] if field.type not in fields.LINKED]
    assert [column.name for column in table(TABLES[subject]).c if column.name not in OWN] == fielded


@pytest.mark.parametrize("subject", Subject)
def test_the_papers_name_the_columns_of_a_file(subject: Subject):
    # The table gives the file's subject in words of its language, the columns by their codes.
    for name in PAPERS:
        assert f"| `{','.join(COLUMNS[subject])}` |" in (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("field", fields.REPORT, ids=lambda field: field.code)
def test_the_store_lets_a_report_be_silent_only_where_its_field_does(field: Field):
    column = table(Report).c.get(field.code)
    if column is not None and column.nullable:
        assert not field.needed


@pytest.mark.parametrize("field", fields.EVERY, ids=lambda field: field.code)
def test_a_field_that_states_need_is_one_whose_check_asks_for_it(field: Field):
    asked_for = field.code == "percent" or field.type == Type.REASON
    assert not field.needed_in or (asked_for and not field.needed)


def test_every_column_that_no_rule_reads_has_a_reader_of_its_type():
    assert {field.type for field in BY_TYPE} <= set(READERS)
