"""Sheets and report as PDF and DOCX, read back: the screen's numbers, its marks, its words."""

import re
from datetime import date
from io import BytesIO

import docx as word
import pypdf
import pytest

from crmdata import db
from crmdata.exports import picture
from crmdata.exports.papers import country_sheet, docx, line_sheet, pdf, progress_report
from crmdata.exports.papers.pdf import clean
from crmdata.exports.steps import Cancelled
from crmdata.figures import frames, names, wording
from crmdata.i18n import words_for

DAYS = (date(2018, 5, 11), date(2019, 11, 15), date(2020, 11, 20))
COUNTRIES = ("HND", "CAN", "NIC")
LINES = ("IV", "XII")


@pytest.fixture(scope="module")
def pictures(demo_engine):
    with db.reading(demo_engine) as session:
        return {day: picture.taken(session, day) for day in DAYS}


@pytest.fixture(scope="module")
def report(pictures) -> bytes:
    return pdf(progress_report(pictures[DAYS[1]], words_for("es")))


def opened(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(content))


def text(content: bytes) -> str:
    found = " ".join(page.extract_text() for page in opened(content).pages)
    return re.sub(r"\s+", " ", found)


def numbers(whole, words) -> list[str]:
    said = [wording.ratio(words, whole), wording.share(words, whole)]
    said.append(wording.progress(words, whole))
    return [re.sub(r"\s+", " ", each) for each in said] if whole.expected else []


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("country", COUNTRIES)
def test_a_country_sheet_says_the_numbers_of_the_screen(pictures, day, country):
    taken, words = pictures[day], words_for("es")
    found = text(pdf(country_sheet(taken, words, country)))
    whole = taken.whole(taken.cells.loc[taken.cells["country"] == country])
    assert [each for each in numbers(whole, words) if each not in found] == []


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("line", LINES)
def test_a_line_sheet_says_the_numbers_of_the_screen(pictures, day, line):
    taken, words = pictures[day], words_for("en")
    found = text(pdf(line_sheet(taken, words, line)))
    whole = taken.whole(taken.cells.loc[taken.cells["line"] == line])
    assert [each for each in numbers(whole, words) if each not in found] == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_country_sheet_to_work_on_says_them_too(pictures, country):
    day = DAYS[1]
    taken, words = pictures[day], words_for("es")
    file = word.Document(BytesIO(docx(country_sheet(taken, words, country))))
    cells = {cell.text for table in file.tables for row in table.rows for cell in row.cells}
    said = re.sub(r"\s+", " ", " ".join(cells))
    whole = taken.whole(taken.cells.loc[taken.cells["country"] == country])
    assert [each for each in numbers(whole, words) if each not in said] == []


def test_the_report_says_coverage_and_interval_of_every_line(pictures, report):
    taken, words = pictures[DAYS[1]], words_for("es")
    lines = names.of_lines(taken.frame("lines"), words)
    rows = frames.each(frames.aligned(taken.measured(taken.cells, "line"), "line", lines))
    found = text(report)
    missing = [line for line, one in rows if one.expected and not (
        wording.ratio(words, one) in found
        and re.sub(r"\s+", " ", wording.interval(words, one)) in found
    )]  # fmt: skip
    assert missing == []


def test_the_report_names_every_activity(pictures, report):
    found = text(report)
    codes = pictures[DAYS[1]].frame("activities")["activity"]
    assert [code for code in codes if code not in found] == []


def test_the_contents_and_the_bookmarks_name_every_line(report):
    file = opened(report)
    titles = str([entry for part in file.outline for entry in (
        part if isinstance(part, list) else [part])])  # fmt: skip
    assert [f"Línea {code}." in titles for code in ("I", "VIII", "XVI")] == [True] * 3
    assert "Contenido" in file.pages[0].extract_text()


@pytest.mark.parametrize(("language", "mark"), [("es", "Datos de demostración"),
                                                ("en", "Demonstration data")])  # fmt: skip
def test_every_page_names_demonstration_data_and_the_cutoff(pictures, language, mark):
    words = words_for(language)
    file = opened(pdf(country_sheet(pictures[DAYS[1]], words, "HND")))
    for page in file.pages:
        found = re.sub(r"\s+", " ", page.extract_text())
        assert mark in found
        assert words.date(DAYS[1]) in found


def test_a_country_sheet_has_two_pages_or_three_at_most(pictures):
    assert len(opened(pdf(country_sheet(pictures[DAYS[2]], words_for("es"), "HND"))).pages) <= 3


def test_title_and_language_are_set(report):
    file = opened(report)
    assert file.metadata.title.startswith("Informe de avance")
    assert file.trailer["/Root"]["/Lang"] == "es"


def test_the_same_picture_gives_the_same_bytes(pictures):
    made = [pdf(line_sheet(pictures[DAYS[0]], words_for("es"), "IV")) for _ in range(2)]
    assert made[0] == made[1]


def test_a_document_is_ended_when_asked(pictures):
    def stop(done: int, of: int) -> None:
        if done == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        pdf(country_sheet(pictures[DAYS[1]], words_for("es"), "HND"), stop)


def test_letters_that_the_font_lacks_are_seen_to_be_missing():
    assert clean("año ● 😀\x07") == "año ● � "


def test_tables_to_work_on_repeat_their_heads(pictures):
    file = word.Document(BytesIO(docx(line_sheet(pictures[DAYS[1]], words_for("es"), "IV"))))
    assert file.tables
    assert all("tblHeader" in table.rows[0]._tr.xml for table in file.tables)


def test_real_data_carry_no_mark(engine):
    with db.reading(engine) as session:
        found = text(pdf(country_sheet(picture.taken(session, DAYS[0]), words_for("es"), "HND")))
    assert "demostración" not in found
