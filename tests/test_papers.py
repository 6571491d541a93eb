"""Sheets and report as PDF and DOCX, read back: the screen's numbers, its marks, its words."""

import importlib
import re
from datetime import date
from io import BytesIO

import docx as word
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdata import view
from crmdata.content import frames, wording
from crmdata.exports.papers import (
    country_pdf,
    country_sheet,
    docx,
    line_sheet,
    pdf,
    progress_report,
)
from crmdata.exports.papers.blocks import TextBlock
from crmdata.exports.papers.country import LONGEST
from crmdata.exports.papers.letters import clean
from crmdata.exports.papers.making import PaperMaking
from crmdata.exports.steps import Cancelled
from crmdata.i18n import words_for
from crmdata.store import db
from tests import office

papers_docx = importlib.import_module("crmdata.exports.papers.docx")
DAYS = (date(2018, 5, 11), date(2019, 11, 15), date(2020, 11, 20))
COUNTRIES = ("HND", "CAN", "NIC")
LINES = ("IV", "XII")


@pytest.fixture(scope="module")
def pictures(demo_engine):
    with db.reading(demo_engine) as session:
        return {day: view.read(session, day) for day in DAYS}


@pytest.fixture(scope="module")
def reports(pictures) -> dict[date, bytes]:
    return {day: pdf(progress_report(pictures[day], words_for("es"))) for day in DAYS}


@pytest.fixture(scope="module")
def report_pages(reports) -> dict[date, list[str]]:
    return {
        day: [re.sub(r"\s+", " ", page.extract_text()) for page in opened(content).pages]
        for day, content in reports.items()
    }


@pytest.fixture(scope="module")
def report(reports) -> bytes:
    return reports[DAYS[1]]


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
    found = text(country_pdf(taken, words, country))
    whole = taken.whole(taken.frame("cells").loc[taken.frame("cells")["country"] == country])
    assert [each for each in numbers(whole, words) if each not in found] == []


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("line", LINES)
def test_a_line_sheet_says_the_numbers_of_the_screen(pictures, day, line):
    taken, words = pictures[day], words_for("en")
    found = text(pdf(line_sheet(taken, words, line)))
    whole = taken.whole(taken.frame("cells").loc[taken.frame("cells")["line"] == line])
    assert [each for each in numbers(whole, words) if each not in found] == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_country_sheet_to_work_on_says_them_too(pictures, country):
    day = DAYS[1]
    taken, words = pictures[day], words_for("es")
    file = word.Document(BytesIO(docx(country_sheet(taken, words, country))))
    cells = {cell.text for table in file.tables for row in table.rows for cell in row.cells}
    said = re.sub(r"\s+", " ", " ".join(cells))
    whole = taken.whole(taken.frame("cells").loc[taken.frame("cells")["country"] == country])
    assert [each for each in numbers(whole, words) if each not in said] == []


@pytest.mark.parametrize("day", DAYS)
def test_the_report_says_the_numbers_of_the_whole_plan(pictures, report_pages, day):
    taken, found = pictures[day], " ".join(report_pages[day])
    said = numbers(taken.whole(taken.frame("cells")), words_for("es"))
    assert [each for each in said if each not in found] == []


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("by", ["axis", "line", "country", "result"])
def test_the_report_says_the_coverage_of_every_group(pictures, report_pages, day, by):
    taken, words, found = pictures[day], words_for("es"), " ".join(report_pages[day])
    groups = taken.measured(taken.frame("cells"), by)
    rows = frames.each(frames.aligned(groups, by, dict.fromkeys(groups[by])))
    said = {key: wording.coverage(words, one) for key, one in rows if one.expected}
    assert said
    assert [key for key, each in said.items() if re.sub(r"\s+", " ", each) not in found] == []


def test_the_report_says_the_interval_of_every_line(pictures, report_pages):
    taken, words = pictures[DAYS[1]], words_for("es")
    found = " ".join(report_pages[DAYS[1]])
    groups = taken.measured(taken.frame("cells"), "line")
    rows = frames.each(frames.aligned(groups, "line", dict.fromkeys(groups["line"])))
    said = {line: wording.interval(words, one) for line, one in rows if one.expected}
    assert [line for line, each in said.items() if re.sub(r"\s+", " ", each) not in found] == []


def test_no_page_of_the_report_is_all_but_empty(report_pages):
    short = [(day, place) for day, pages in report_pages.items()
             for place, said in enumerate(pages, start=1) if len(said) < 400]  # fmt: skip
    assert short == []


def test_the_report_names_every_activity(pictures, report_pages):
    found = " ".join(report_pages[DAYS[1]])
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


def test_who_is_supported_stands_in_the_order_of_the_language_of_the_paper(pictures):
    paper = line_sheet(pictures[DAYS[-1]], words_for("es"), "XII")
    assert "El Salvador, Guatemala, Honduras" in text(pdf(paper))


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_country_has_one_sheet_of_paper(pictures, language):
    taken, words = pictures[DAYS[2]], words_for(language)
    pages = {
        country: len(opened(country_pdf(taken, words, country)).pages)
        for country in taken.frame("countries")["country"]
    }
    assert {country: count for country, count in pages.items() if count > 2} == {}


def test_a_narrative_as_long_as_a_letter_is_cut_on_the_sheet(pictures):
    taken, words = pictures[DAYS[1]], words_for("es")
    reports = taken.frame("reports")
    told = reports.assign(narrative="se avanzó " * 500)
    making = PaperMaking(taken, words)
    blocks = list(making.narratives(told, 2, who=False, longest=LONGEST))
    texts = [block.text for block in blocks if isinstance(block, TextBlock) and not block.strong]
    assert texts
    assert all(each.endswith("…") and len(each) <= LONGEST for each in texts)


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
    assert clean("año ● 漢\x07") == "año ● � "


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Feria 🚀", "Feria [emoji]"),
        ("🇭🇳 Honduras", "HN Honduras"),
        ("👩🏽‍🏫 y 👨‍👩‍👧", "[emoji] y [emoji]"),
        ("paso 1️⃣", "paso 1"),
        ("𝐈𝐦𝐩𝐨𝐫𝐭𝐚𝐧𝐭𝐞 𝘵𝘢𝘭𝘭𝘦𝘳", "Importante taller"),
    ],
)
def test_emoji_are_replaced_by_a_word_and_ornate_letters_by_plain_ones(text, shown):
    assert clean(text) == shown


@pytest.mark.office
@pytest.mark.parametrize("paper", ["country", "line"])
def test_libreoffice_opens_what_is_to_be_worked_on_and_keeps_its_numbers(pictures, tmp_path, paper):
    taken, words = pictures[DAYS[1]], words_for("es")
    made, cells = {
        "country": (country_sheet(taken, words, "HND"), taken.frame("cells")["country"] == "HND"),
        "line": (line_sheet(taken, words, "IV"), taken.frame("cells")["line"] == "IV"),
    }[paper]
    (tmp_path / "sheet.docx").write_bytes(docx(made))
    found = text(office.converted(tmp_path / "sheet.docx", "pdf").read_bytes())
    whole = taken.whole(taken.frame("cells").loc[cells])
    assert [each for each in numbers(whole, words) if each not in found] == []


def test_tables_to_work_on_repeat_their_heads(pictures):
    file = word.Document(BytesIO(docx(line_sheet(pictures[DAYS[1]], words_for("es"), "IV"))))
    assert file.tables
    assert all("tblHeader" in table.rows[0]._tr.xml for table in file.tables)


def test_real_data_carry_no_mark(engine):
    with db.reading(engine) as session:
        found = text(pdf(country_sheet(view.read(session, DAYS[0]), words_for("es"), "HND")))
    assert "demostración" not in found


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 8)), min_size=1, max_size=11))
def test_no_word_of_a_table_to_work_on_is_broken_where_there_is_room(columns):
    texts = [["x" * longest, "y"] for longest, _ in columns]
    sizes = papers_docx.sizes_of(texts, [share for _, share in columns])
    assert sum(sizes) == pytest.approx(180)
    needed = [papers_docx._BESIDE + papers_docx._LETTER * longest for longest, _ in columns]
    if sum(needed) <= 180:
        assert all(size >= need - 1e-6 for size, need in zip(sizes, needed, strict=True))
