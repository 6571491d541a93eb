"""Whatever bytes come: a reader answers with rows or problems, and with nothing else.

Workbooks cost a process each, so their examples are few here and their parts are changed where
it matters; the other readers are cheap and get many.
"""

import json
from zipfile import BadZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdata.files import COLUMNS, Subject
from crmdata.intake.reports import check, read_upload
from crmdata.intake.workbooks import content, parts, scan
from crmdata.store import db
from tests.books import SHEET, book, report_book, with_parts
from tests.sheets import REPORT, text_of
from tests.support import examples

pytestmark = pytest.mark.slow(reason="each test tries hundreds of inputs")

MANY = examples(150)
FEW = examples(12)

CSV = text_of([REPORT, REPORT | {"country": "GTM", "narrative": 'a "b"\nñ; =x'}]).encode()
JSON = json.dumps([REPORT, REPORT | {"partners": ["OIM"]}]).encode()
BOOK = report_book(narrative="ñ", percent=0.5)
PARTS = [SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"]


@pytest.fixture(scope="module")
def store(sqlite_with_plan):
    """Return a database with the plan that no test writes to."""
    engine = db.connect(f"sqlite:///{sqlite_with_plan}")
    yield engine
    engine.dispose()


@st.composite
def mutated(draw, data: bytes) -> bytes:
    """Return the bytes with a few of them changed, taken out, doubled or put in."""
    changed = bytearray(data)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(changed) - 1)))
        length = draw(st.integers(0, 40))
        match draw(st.sampled_from(["change", "cut", "double", "insert", "end"])):
            case "change":
                piece = draw(st.binary(min_size=length, max_size=length))
                changed[at : at + length] = piece
            case "cut":
                del changed[at : at + length]
            case "double":
                changed[at:at] = changed[at : at + length]
            case "insert":
                changed[at:at] = draw(st.binary(max_size=40))
            case "end":
                del changed[at:]
    return bytes(changed)


def taken(engine, data: bytes) -> None:
    """Read and check; anything but rows and problems is an exception, and fails the test."""
    sources = read_upload("x", data)
    assert sources
    found = check(engine, sources)
    for problem in (*found.problems, *found.warnings):
        assert "\n" not in problem.text()


@MANY
@given(st.binary(max_size=500))
def test_any_bytes_are_answered(store, data):
    if not data.startswith(b"PK"):
        taken(store, data)


@MANY
@given(mutated(CSV))
def test_a_damaged_csv_is_answered(store, data):
    taken(store, data)


@MANY
@given(mutated(CSV.decode().encode("utf-16")))
def test_a_damaged_utf16_is_answered(store, data):
    taken(store, data)


@MANY
@given(mutated(JSON))
def test_a_damaged_json_is_answered(store, data):
    taken(store, data)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@MANY
@given(st.lists(st.dictionaries(st.sampled_from(COLUMNS[Subject.REPORTS]), values), max_size=4))
def test_any_values_in_json_are_answered(store, rows):
    taken(store, json.dumps(rows).encode())


@MANY
@given(mutated(BOOK))
def test_a_damaged_archive_is_looked_through_without_an_exception(data):
    problems = list(parts.directory_problems(data))
    if not problems:
        scan.scanned(data)


@examples(60)
@given(mutated(BOOK))
def test_a_damaged_workbook_is_read_without_an_exception(data):
    # In this process: what the other one does before it answers.
    assert set(content.read(data)) == {"problems", "sheets"}


@examples(60)
@given(
    st.sampled_from([SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"]), st.data()
)
def test_a_damaged_part_is_read_without_an_exception(name, data):
    try:
        made = with_parts(BOOK, {name: lambda part: data.draw(mutated(part))})
    except BadZipFile:
        return
    assert set(content.read(made)) == {"problems", "sheets"}


@FEW
@given(mutated(book([tuple(REPORT.values())] * 3)))
def test_a_damaged_workbook_is_answered_by_the_whole_way(store, data):
    taken(store, data)
