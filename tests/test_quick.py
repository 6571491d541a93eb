"""What is judged at one look says the same as what is read closely."""

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlmodel import Session

from crmdata import db, settings
from crmdata.reports import personal
from crmdata.reports.cells import Cells
from crmdata.reports.known import known
from crmdata.reports.progress import report_entry
from crmdata.reports.quick import Quick
from crmdata.reports.reading import read_files

PIECES = (
    "0801-1990-12345", " 12345678-9", "1-0234-0567", "+504 9999-9999", "(504) 2222-3333",
    "2222-3333", "a@b.co", "Ana López", " de 12 años", "(12)", ", ", "pasaporte ", "tel ",
    "cédula: ", "5----", "9() - ()", "el niño llamado José", "J. L.", "aged 12", "2019-2020",
    "12 talleres", "123456789", "ABCD123456HABCDE01", "555-123-4567", " ", "-", "(", ")", "7",
    "named Ana",
)  # fmt: skip


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


@given(some.lists(some.sampled_from(PIECES), min_size=1, max_size=6).map("".join))
def test_a_look_at_what_signs_need_hides_none_of_them(text):
    hits = (sign.search(text) for _, sign in personal._SIGNS)
    first = next((hit[0] for hit in hits if hit is not None), "")
    assert personal.looks_personal(text) == first
