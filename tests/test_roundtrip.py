"""In and out again: an export gives the bytes that imports took, whatever the texts hold."""

import csv
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmdata.exports import export
from crmdata.files import BYTE_ORDER_MARK, Subject, shielded
from crmdata.intake.reports import import_files
from crmdata.intake.reports.cells import says_something
from crmdata.intake.reports.rows import trimmed
from crmdata.store import db
from crmdata.terms import CooperationState, Modality, Period, State
from tests.long import rounds
from tests.sheets import ROWS, text_of
from tests.support import EVERY_PLACE

COUNTRIES = ("BLZ", "CAN", "CRI", "DOM", "GTM", "HND", "MEX", "NIC", "PAN", "SLV", "USA")
ACTIVITIES = ("I.1.1", "I.1.4", "IV.3.2", "XII.1.3", "XVI.2.5")
SEMESTERS = ("2017-1", "2018-2", "2020-1", "2022-2")
PARTNERS = ("ACNUR", "OIM", "UNICEF")

# What a text may not hold: control characters but two, surrogates, changes of direction.
characters = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs"],
    exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
) | st.sampled_from('\n\t,;"\'=+-@')  # fmt: skip
texts = st.builds(
    str.__add__,
    st.sampled_from(["", "=", "+", "-", "@", '"', "\n", " ", "NA", "None", "\ufeff", "👩‍👧", "'"]),
    st.text(characters, max_size=40),
).map(partial(unicodedata.normalize, "NFC"))  # as it is stored, however it was written
said = texts.filter(trimmed)
# A mark alone or a word for nothing is no reason, in whatever case: the row would be refused.
reasons = texts.filter(says_something)
links = st.lists(
    st.from_regex(r"https?://[a-z]{1,8}\.org/[a-zA-Zñ0-9_~,()=&?%#@+.'-]{0,12}", fullmatch=True),
    max_size=3,
    unique=True,
).map(";".join)
partners = st.lists(st.sampled_from(PARTNERS), unique=True).map(";".join)
days = st.dates(date(2023, 1, 1), date(2024, 12, 31)).map(str)


@st.composite
def percents(draw) -> str:
    """Write a percentage in its shortest form: of fractions of one alone it is asked about."""
    hundredths = draw(st.just(0) | st.integers(101, 10_000))
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")


@st.composite
def reports(draw) -> dict[str, str]:
    state = draw(st.sampled_from(State))
    percent = {
        State.NO_INICIADA: st.just("0"),
        State.CUMPLIDA: st.just("100"),
        State.NO_APLICA: st.just(""),
    }.get(state, percents())
    needs_reason = state in {State.SUSPENDIDA, State.NO_APLICA}
    return {
        "country": draw(st.sampled_from((*COUNTRIES, "CRM"))),
        "activity": draw(st.sampled_from(ACTIVITIES)),
        "semester": draw(st.sampled_from(SEMESTERS)),
        "state": state,
        "percent": draw(percent),
        "narrative": draw(texts),
        "reason": draw(reasons if needs_reason else reasons | st.just("")),
        "evidence": draw(links),
        "partners": draw(partners),
        "reported_on": draw(days),
    }


@st.composite
def cooperation(draw) -> dict[str, str]:
    state = draw(st.sampled_from(CooperationState))
    required = st.sampled_from(PARTNERS)
    first, last = sorted(draw(st.lists(st.sampled_from(SEMESTERS), min_size=2, max_size=2)))
    countries = st.lists(st.sampled_from(COUNTRIES), min_size=1, unique=True).map(";".join)
    return {
        "partner": draw(required | st.just("") if state == "solicitada" else required),
        "activity": draw(st.sampled_from(ACTIVITIES)),
        "countries": draw(countries | st.just("CRM")),
        "semester_from": first,
        "semester_to": last,
        "modality": draw(st.sampled_from(Modality)),
        "state": state,
        "text": draw(said),
        "evidence": draw(links),
        "reported_on": draw(days),
    }


@st.composite
def meetings(draw) -> dict[str, str]:
    names = texts.map(lambda name: f"R{name}".replace("\n", " ").replace("\t", " "))
    corte = draw(st.dates(Period.parse("2017-1").starts, date(2022, 12, 31)))
    return {
        "meeting": draw(st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)),
        "name_es": draw(names),
        "name_en": draw(names),
        "held_on": str(corte + timedelta(draw(st.integers(0, 60)))),
        "corte": str(corte),
    }


@st.composite
def observations(draw) -> dict[str, str]:
    return {
        "country": draw(st.sampled_from(COUNTRIES)),
        "meeting": draw(st.sampled_from(["crm-2018-11", "crm-2019-11"])),
        "observation": draw(said),
        "reported_on": draw(days),
    }


def thing(subject: Subject):
    """Return what a file says once only of a row."""
    if subject == Subject.MEETINGS:
        return lambda row: row["meeting"]
    if subject == Subject.OBSERVATIONS:
        return lambda row: tuple(row[name] for name in ("country", "meeting", "reported_on"))
    if subject == Subject.REPORTS:
        return lambda row: tuple(
            row[name] for name in ("country", "activity", "semester", "reported_on")
        )
    names = ("partner", "activity", "modality", "semester_from", "reported_on")
    return lambda row: (
        tuple(sorted(row["countries"].split(";"))), *(row[name] for name in names),
    )  # fmt: skip


MADE = {Subject.REPORTS: reports(), Subject.COOPERATION: cooperation(),
        Subject.MEETINGS: meetings(), Subject.OBSERVATIONS: observations()}  # fmt: skip


def files_of(subject: Subject) -> st.SearchStrategy[list[dict[str, str]]]:
    return st.lists(MADE[subject], min_size=1, max_size=12, unique_by=thing(subject))


@contextmanager
def fresh(prepared: Path) -> Iterator[tuple]:
    """Yield a database with the plan, and a folder; both go afterwards."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        engine = db.connect(f"sqlite:///{shutil.copy(prepared, folder / 'own.sqlite3')}")
        yield engine, folder
        engine.dispose()


def exported(engine, folder: Path, subject: Subject) -> list[bytes]:
    """Return the content of the files that hold a subject, in order."""
    with db.reading(engine) as session:
        files = export(session, folder / "out")
    return [file.read_bytes() for file in files if file.name.startswith(subject)]


def as_exported(rows: list[dict[str, str]], subject: Subject = Subject.REPORTS) -> bytes:
    """Return the CSV that an export writes of rows."""
    safe = [{name: shielded(cell) for name, cell in row.items()} for row in rows]
    return (BYTE_ORDER_MARK + text_of(safe, subject)).encode()


def take(engine, folder: Path, contents: list[bytes]) -> None:
    """Import files one after the other."""
    for number, content in enumerate(contents):
        file = folder / f"in-{number}.csv"
        file.write_bytes(content)
        import_files(engine, [file], by="test", confirmed=EVERY_PLACE)


some = settings(max_examples=rounds(10, full=25))


@pytest.mark.parametrize("subject", Subject)
@some
@given(data=st.data())
def test_an_export_is_what_the_import_took(sqlite_with_plan, subject, data):
    rows = data.draw(files_of(subject))
    with fresh(sqlite_with_plan) as (engine, folder):
        take(engine, folder, [as_exported(rows, subject)])
        assert exported(engine, folder, subject) == [as_exported(rows, subject)]


@pytest.mark.parametrize("subject", Subject)
@some
@given(data=st.data())
def test_an_export_taken_by_an_empty_store_comes_out_the_same(sqlite_with_plan, subject, data):
    made = data.draw(st.lists(files_of(subject), min_size=1, max_size=3))
    contents = list(dict.fromkeys(as_exported(rows, subject) for rows in made))
    with fresh(sqlite_with_plan) as (engine, folder):
        take(engine, folder, contents)
        first = exported(engine, folder, subject)
    with fresh(sqlite_with_plan) as (engine, folder):
        take(engine, folder, first)
        assert exported(engine, folder, subject) == first


def test_no_cell_of_an_export_is_calculated_by_a_spreadsheet_and_its_accents_are_right(
    sqlite_with_plan,
):
    texts = ["=40+5", "+1", "-1", "@SUM(A1)", "'=1", "\t=1", "''-x"]
    rows = [
        ROWS[Subject.REPORTS] | {"narrative": text, "country": country}
        for text, country in zip(texts, COUNTRIES, strict=False)
    ]
    with fresh(sqlite_with_plan) as (engine, folder):
        take(engine, folder, [as_exported(rows)])
        (content,) = exported(engine, folder, Subject.REPORTS)
    assert content.startswith(b"\xef\xbb\xbf")
    out = list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))
    assert [row["narrative"] for row in out] == [f"'{text}" for text in texts]


@some
@given(data=st.data())
def test_the_order_of_the_columns_makes_no_difference(sqlite_with_plan, data):
    rows = data.draw(files_of(Subject.REPORTS))
    columns = data.draw(st.permutations(list(rows[0])))
    shuffled = as_csv(columns, rows)
    with fresh(sqlite_with_plan) as (engine, folder):
        take(engine, folder, [shuffled])
        assert exported(engine, folder, Subject.REPORTS) == [as_exported(rows)]


def as_csv(columns: list[str], rows: list[dict[str, str]]) -> bytes:
    """Write every cell in quotes, with line ends as on Windows and a byte order mark."""
    quoted = (
        ",".join('"' + cell.replace('"', '""').replace("\n", "\r\n") + '"' for cell in cells)
        for cells in (columns, *([shielded(row[name]) for name in columns] for row in rows))
    )
    return b"\xef\xbb\xbf" + "".join(f"{line}\r\n" for line in quoted).encode()
