"""One cause is said in one sentence: of faulty files nobody reads the same thing row by row."""

from datetime import date

import pytest

from crmdata.intake.reports import check, read_upload
from crmdata.store import db, queries
from tests import faulty
from tests.sheets import REPORT

pytestmark = pytest.mark.slow(reason="each workbook is read by a process of its own")

TODAY = date(2020, 1, 1)


@pytest.fixture(scope="module")
def store(sqlite_with_plan):
    """Return a database with the plan that no test writes to."""
    engine = db.connect(f"sqlite:///{sqlite_with_plan}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def rows(store):
    """Return the rows of a right file, each on a slot of the plan."""
    with db.reading(store) as session:
        slots = queries.slots(session, 1)
    planned = slots.loc[slots["semester"].eq("2019-1"), "activity"]
    return [
        REPORT | {"activity": activity, "semester": "2019-1", "reported_on": "2019-07-15"}
        for activity in planned[: faulty.ROWS]
    ]


def said(store, name: str, data: bytes) -> list[str]:
    found = check(store, read_upload(name, data), today=TODAY)
    return [problem.text() for problem in (*found.problems, *found.warnings)]


def test_the_right_file_says_nothing(store, rows):
    file = faulty.Faulty([dict(row) for row in rows])
    assert said(store, "r.csv", file.csv()) == []
    assert said(store, "r.xlsx", file.xlsx()) == []


def test_there_are_sixty_of_them(rows):
    assert len(faulty.files(rows)) >= 60


def test_a_faulty_file_has_at_most_two_sentences_a_cause(store, rows):
    told = {
        name: (causes, said(store, name, data))
        for name, (data, causes) in faulty.files(rows).items()
    }
    assert [name for name, (_, sentences) in told.items() if not sentences] == []
    too_many = {
        name: sentences for name, (causes, sentences) in told.items() if len(sentences) > 2 * causes
    }
    assert not too_many
    sentences = sum(len(sentences) for _, sentences in told.values())
    causes = sum(causes for causes, _ in told.values())
    assert sentences <= 1.5 * causes
