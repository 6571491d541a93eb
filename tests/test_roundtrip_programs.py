"""What goes out, opened in another program and saved there, comes back equal or says what changed.

Unchanged rows are not stored again; whatever else becomes of a row is told at it.
"""

import csv
import re
import shutil
from datetime import date
from io import BytesIO, StringIO
from itertools import product
from pathlib import Path
from zipfile import ZipFile

import pytest

from crmdata import view
from crmdata.exports import export, package
from crmdata.exports.template import template
from crmdata.i18n import words_for
from crmdata.intake.reports import check, import_files, read_upload
from crmdata.intake.reports.history import Effect
from crmdata.store import db
from tests import office
from tests.long import sample
from tests.sheets import COOPERATION, MEETING, REPORT, text_of
from tests.support import EVERY_PLACE

pytestmark = [
    pytest.mark.office,
    pytest.mark.slow(reason="LibreOffice is started for each format"),
]

TODAY = date(2020, 2, 1)
SUBJECTS = ("reports", "cooperation", "meetings")

TEXTS = (
    "La campaña sigue.", "=40+5", "- viñeta; «ñ»\nsegunda línea, \"citada\"", "+1 taller",
    "'entre apóstrofos'", "@todos", "👩‍👧 k'iche'", "", "  con margen  ", "'=de veras",
)  # fmt: skip
"""What a spreadsheet might take for something else, and must not."""

LOST = ("3/4", "0012", "100%", "1,5", "TRUE")
"""What a spreadsheet makes a day or a number of, whatever is done: it has to be told."""

PERCENTS = ("45", "45.5", "33.33", "0", "7.25")


def reports(texts: tuple[str, ...]) -> list[dict[str, str]]:
    """Return a right report for each text, on slots of their own."""
    return [
        REPORT | {
            "activity": f"I.1.{number % 4 + 1}", "semester": f"{2017 + number // 4}-1",
            "percent": PERCENTS[number % len(PERCENTS)], "narrative": text,
            "evidence": "https://a.org/b?c=1&d=2;https://e.org" if number % 2 else "",
            "partners": ("", "OIM", "OIM;UNICEF")[number % 3],
            "reported_on": f"2019-{number % 12 + 1:02}-{number + 5:02}",
        }
        for number, text in enumerate(texts)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def stored(sqlite_with_plan, tmp_path_factory):
    """Return a database that holds every kind of row, and the folder of its export."""
    folder = tmp_path_factory.mktemp("out")
    engine = db.connect(f"sqlite:///{shutil.copy(sqlite_with_plan, folder / 'own.sqlite3')}")
    rows = {"reports": reports(TEXTS), "cooperation": [COOPERATION], "meetings": [MEETING]}
    for subject, own in rows.items():
        # Not in the order of an export, so that none is the file that was imported.
        (folder / f"in-{subject}.csv").write_text(text_of(own, subject) + "\n", "utf-8")
        import_files(engine, [folder / f"in-{subject}.csv"], by="test", confirmed=EVERY_PLACE)
    with db.reading(engine) as session:
        export(session, folder / "export")
    yield engine, folder
    engine.dispose()


def came_back(engine, file: Path) -> None:
    """See that each row of a file is what is stored, or told of."""
    found = check(engine, read_upload(file.name, file.read_bytes()), today=TODAY)
    told = " ".join(each.text(words_for("es")) for each in (*found.problems, *found.warnings))
    assert found.problems == ()
    rows = [change for each in found.files for change in each.changes]
    assert rows
    silent = [
        change.entry.row
        for change in rows
        if change.effect != Effect.UNCHANGED and not re.search(rf"\b{change.entry.row}\b", told)
    ]
    assert silent == []


def equal(engine, file: Path) -> None:
    """See that a file says nothing but what is stored."""
    found = check(engine, read_upload(file.name, file.read_bytes()), today=TODAY)
    assert [problem.text() for problem in found.problems] == []
    assert (found.new, found.corrections) == (0, 0)
    assert found.unchanged > 0


LOCALES = {
    "english": ("CSV:44,34,76,1,,1033", ""),
    "spanish": ("CSV:44,34,76,1,,1034", ""),
    "days are made of what looks like one": ("CSV:44,34,76,1,,1034,false,true", ""),
}
"""How a program opens a CSV: separator, quotes, letters, first line, columns, language."""

SAVED = {
    "workbook": ("xlsx", ""),
    "commas": ("csv", ":Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true,false"),
    "semicolons and decimal commas": (
        "csv", ":Text - txt - csv (StarCalc):59,34,76,1,,1034,false,true,false"
    ),
    "tabs": ("csv", ":Text - txt - csv (StarCalc):9,34,76,1,,1034,false,true,false"),
}  # fmt: skip


@pytest.mark.parametrize(("locale", "saved"), sample(list(product(LOCALES, SAVED)), few=5))
def test_an_export_opened_and_saved_by_libreoffice_is_what_is_stored(
    stored, tmp_path, locale, saved
):
    engine, folder = stored
    files = [Path(shutil.copy(folder / "export" / f"{name}.csv", tmp_path)) for name in SUBJECTS]
    ending, how = SAVED[saved]
    for file in office.convert(files, ending, how, LOCALES[locale][0]):
        equal(engine, file)


@pytest.mark.parametrize("saved", SAVED)
def test_what_a_spreadsheet_takes_for_a_day_or_a_number_is_told(stored, tmp_path, saved):
    engine, _ = stored
    own = tmp_path / "lost.sqlite3"
    store = db.connect(f"sqlite:///{shutil.copy(engine.url.database, own)}")
    rows = [row | {"country": "GTM"} for row in reports(LOST)]
    (tmp_path / "lost.csv").write_text(text_of(rows), "utf-8")
    import_files(store, [tmp_path / "lost.csv"], by="test", confirmed=EVERY_PLACE)
    ending, how = SAVED[saved]
    (back,) = office.convert([tmp_path / "lost.csv"], ending, how, LOCALES["spanish"][0])
    came_back(store, back)
    store.dispose()


@pytest.mark.parametrize("name", SUBJECTS)
def test_a_part_of_the_package_is_what_is_stored(stored, tmp_path, name):
    engine, _ = stored
    with db.reading(engine) as session:
        data = package.package(view.read(session, TODAY))
    with ZipFile(BytesIO(data)) as opened:
        file = tmp_path / f"{name}.csv"
        file.write_bytes(opened.read(f"data/{name}.csv"))
    equal(engine, file)
    (back,) = office.convert([file], "xlsx", read=LOCALES["spanish"][0])
    equal(engine, back)


@pytest.mark.parametrize(
    ("language", "ending"), sample(list(product(["es", "en"], ["xlsx", "ods"])), few=2)
)
def test_a_template_saved_by_libreoffice_changes_nothing(stored, tmp_path, language, ending):
    engine, _ = stored
    file = tmp_path / "t.xlsx"
    with db.reading(engine) as session:
        file.write_bytes(template(session, "HND", "2019-1", words_for(language), today=TODAY))
    if ending == "ods":
        file = office.converted(file, "ods")
    back = office.converted(file, "xlsx")
    found = check(engine, read_upload(back.name, back.read_bytes()), today=TODAY)
    assert [problem.text() for problem in (*found.problems, *found.warnings)] == []
    assert (found.new, found.corrections) == (0, 0)
    assert found.unchanged > 0


MONTHS = dict(zip(("01", "02"), ("ene", "feb"), strict=True))


def as_excel_would(text: str) -> bytes:
    """Return our CSV as Excel in Spanish saves it: days its way, months of semesters."""
    lines = []
    for record in csv.reader(StringIO(text)):
        cells = []
        for cell in record:
            day = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", cell)
            period = re.fullmatch(r"20(\d\d)-([12])", cell)
            if day:
                cells.append(f"{day[3]}/{day[2]}/{day[1]}")
            elif period:
                cells.append(f"{MONTHS[f'0{period[2]}']}-{period[1]}")
            else:
                cells.append(cell.replace(".", ",") if re.fullmatch(r"\d+\.\d+", cell) else cell)
        lines.append(cells)
    target = StringIO()
    csv.writer(target, delimiter=";", lineterminator="\r\n").writerows(lines)
    return target.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize("name", SUBJECTS)
def test_an_export_that_excel_has_saved_is_refused_or_is_what_is_stored(stored, name):
    engine, folder = stored
    text = (folder / "export" / f"{name}.csv").read_text("utf-8-sig")
    found = check(engine, read_upload(f"{name}.csv", as_excel_would(text)), today=TODAY)
    assert found.problems or (found.new, found.corrections) == (0, 0)
