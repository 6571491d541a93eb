"""What is judged at one look says the same as what is read closely."""

import pytest
from sqlmodel import Session

from crmdata import db, settings
from crmdata.reports.cells import Cells
from crmdata.reports.known import known
from crmdata.reports.progress import report_entry
from crmdata.reports.quick import Quick
from crmdata.reports.reading import read_files


@pytest.fixture
def session(demo_engine):
    with db.reading(demo_engine) as reading:
        yield reading


def test_a_row_judged_at_one_look_is_the_entry_of_all_readers(session: Session):
    facts = known(session)
    quick, judged = Quick(facts), 0
    for source in read_files(sorted(settings.demo_folder().glob("reports-*.csv"))):
        for row in source.rows:
            found = quick.report(row)
            if found is None:
                continue
            closely = Cells(row, facts)
            assert found[0] == report_entry(closely)
            assert not closely.errors
            assert not closely.warnings
            judged += 1
    assert judged > 1000
