"""A column is data: what the tables and files have is what the fields say."""

import pytest

from crmdata import fields
from crmdata.fields import Field, Type
from crmdata.files import FIELDS, Subject
from crmdata.models import Cooperation, Meeting, Report
from crmdata.queries.frames import table

OWN = {"id", "batch_id", "salt"}
"""Columns of the store's own, which no file has."""

TABLES = {
    Subject.REPORTS: Report,
    Subject.COOPERATION: Cooperation,
    Subject.MEETINGS: Meeting,
}


@pytest.mark.parametrize("subject", Subject)
def test_a_table_has_the_columns_of_its_fields_in_their_order(subject: Subject):
    fielded = [field.code for field in FIELDS[subject] if field.type not in fields.LINKED]
    assert [column.name for column in table(TABLES[subject]).c if column.name not in OWN] == fielded


@pytest.mark.parametrize("field", fields.REPORT, ids=lambda field: field.code)
def test_the_store_lets_a_report_be_silent_only_where_its_field_does(field: Field):
    column = table(Report).c.get(field.code)
    if column is not None and column.nullable:
        assert not field.needed


@pytest.mark.parametrize("field", fields.EVERY, ids=lambda field: field.code)
def test_a_field_with_states_that_need_it_is_of_a_type_that_can_be_asked_for(field: Field):
    assert not field.needed_in or (field.type in {Type.PERCENT, Type.REASON} and not field.needed)
