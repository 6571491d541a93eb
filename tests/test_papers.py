"""Sheets and report as PDF and DOCX, read back: the screen's numbers, its marks, its words."""

import json
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import fields, replace
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from itertools import product

import docx as word
import psutil
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdata import apart, view
from crmdata.content import composition, home, measured_rows, names, wording
from crmdata.content.calendar import Extract
from crmdata.content.papers import (
    Chapter,
    Paper,
    country_sheets,
    line_sheet,
    meeting_minutes,
    partner_sheet,
    progress_report,
)
from crmdata.content.papers.country import LONGEST, PAGES
from crmdata.content.papers.paper import paper as composed
from crmdata.content.parts import Entries
from crmdata.content.profile import Profile
from crmdata.i18n import words_for
from crmdata.render.docx import docx, tables
from crmdata.render.html import sections as html
from crmdata.render.html.links import Link
from crmdata.render.json import json as as_json
from crmdata.render.typst.letters import clean
from crmdata.render.typst.setting import pdf
from crmdata.settings import ROOT
from crmdata.slides import Plenary, deck
from crmdata.slides.shown import what_was_prepared
from crmdata.steps import Cancelled
from crmdata.store import db
from crmdata.store.queries import Provisional
from tests import office
from tests.long import sample

DAYS = (date(2018, 5, 11), date(2019, 11, 15), date(2020, 11, 20))
COUNTRIES = ("HND", "CAN", "NIC")
LINES = ("IV", "XII", "XVI")
PARTNERS = ("ACNUR", "OIM")
ES, EN = words_for("es"), words_for("en")


@pytest.fixture(scope="module")
def views(demo_engine):
    with db.reading(demo_engine) as session:
        return {day: view.read(session, day) for day in DAYS}


@pytest.fixture(scope="module")
def reports(views) -> dict[date, bytes]:
    return {day: pdf([progress_report(views[day], ES)]) for day in DAYS}


@pytest.fixture(scope="module")
def report_pages(reports) -> dict[date, list[str]]:
    return {day: pages(content) for day, content in reports.items()}


@pytest.fixture(scope="module")
def report(reports) -> bytes:
    return reports[DAYS[1]]


def opened(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(content))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def pages(content: bytes) -> list[str]:
    return [squeezed(page.extract_text()) for page in opened(content).pages]


def text(content: bytes) -> str:
    return " ".join(pages(content))


def of_country(of: view.View, words, country: str) -> bytes:
    return pdf(country_sheets(of, words, country), PAGES)


class _Numbers(HTMLParser):
    """What the screen says in figures: the texts of cells, and of numbers side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.within: list[str] = []
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        css = dict(attrs).get("class") or ""
        if tag not in {"br", "col"}:
            self.within.append(f"{tag} {css}")

    def handle_endtag(self, tag):
        if tag not in {"br", "col"}:
            self.within.pop()

    def handle_data(self, data):
        figures = ("td crm-total", "dd", "b")
        if any(each.strip().startswith(figures) for each in self.within[-1:]) and any(
            letter.isdigit() for letter in data
        ):
            self.found.append(squeezed(data))


def numbers_on_screen(sections, words) -> Counter[str]:
    """Return the figures of sections as the screen has them, and how often."""
    link = Link(words, lambda _page, _changes: "")
    reader = _Numbers()
    reader.feed("".join(html.section(each, link) for each in sections))
    assert reader.found
    return Counter(reader.found)


def missing(wanted: Counter[str], found: str) -> list[str]:
    return [number for number, times in wanted.items() if found.count(number) < times]


# The same numbers


@pytest.mark.parametrize(
    ("words", "country", "day"), sample(list(product([ES, EN], COUNTRIES, DAYS)), few=3)
)
def test_a_country_sheet_says_the_numbers_of_the_screen(views, day, country, words):
    shown = [each for each in Profile(views[day], words, country).sections()
             if each.key in {"lineas", "ejes"}]  # fmt: skip
    found = text(of_country(views[day], words, country))
    assert missing(numbers_on_screen(shown, words), found) == []


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("line", LINES)
def test_a_line_sheet_says_the_numbers_of_the_screen(views, day, line):
    of, found = views[day], text(pdf([line_sheet(views[day], EN, line)]))
    cells = of.frame("cells").loc[of.frame("cells")["line"] == line]
    if not cells["due"].any():
        assert "The plan schedules nothing here" in found
        return
    own = of.frame("activities").loc[of.frame("activities")["line"] == line]
    bars = composition.bars(
        of.measured(cells, "activity"), names.of_activities(own, EN), by="activity", title="",
        words=EN, ways=lambda _: None,
    )  # fmt: skip
    said = [squeezed(bar.total) for bar in bars.bars]
    assert [each for each in said if each not in found] == []
    whole = of.whole(cells)
    assert squeezed(wording.progress(EN, whole)) in found


@pytest.mark.parametrize("day", DAYS)
def test_the_report_says_what_the_home_page_says_of_the_plan(views, report_pages, day):
    shown = [each for each in home.of_region(views[day], ES) if each.main]
    found = " ".join(report_pages[day])
    assert missing(numbers_on_screen(shown, ES), found) == []
    assert all(squeezed(each) in found for each in shown[0].finding.sentences)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("by", ["axis", "line", "country", "result"])
def test_the_report_says_the_coverage_of_every_group(views, report_pages, day, by):
    of, found = views[day], " ".join(report_pages[day])
    groups = of.measured(of.frame("cells"), by)
    rows = measured_rows.each(measured_rows.aligned(groups, by, dict.fromkeys(groups[by])))
    said = {
        key: f"{wording.n_of(ES, one)} ({wording.share(ES, one)})"
        for key, one in rows
        if one.expected
    }
    assert said
    assert [key for key, each in said.items() if squeezed(each) not in found] == []


def test_the_report_says_the_interval_of_every_line(views, report_pages):
    of, found = views[DAYS[1]], " ".join(report_pages[DAYS[1]])
    groups = of.measured(of.frame("cells"), "line")
    rows = measured_rows.each(measured_rows.aligned(groups, "line", dict.fromkeys(groups["line"])))
    said = {line: wording.interval(ES, one) for line, one in rows if one.expected}
    assert [line for line, each in said.items() if squeezed(each) not in found] == []


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("partner", PARTNERS)
def test_a_partner_sheet_has_every_entry_of_the_screen(views, day, partner):
    of = views[day]
    found = text(pdf([partner_sheet(of, ES, partner)]))
    own, nobody = home.of_partner(of, ES, partner, may_offer=False)
    sentences = (*own.finding.sentences, *nobody.finding.sentences)
    assert all(squeezed(each) in found for each in sentences)
    entries = [entry for part in own.parts for entry in part.entries]
    entries += [entry for part in nobody.parts for group in part.groups for entry in group.entries]
    assert entries
    assert [entry.name.short for entry in entries if squeezed(entry.note) not in found] == []


# The setter's rules


def every_paper(of: view.View, words) -> dict[str, Paper]:
    sheets = {f"country {code}": next(country_sheets(of, words, code)) for code in COUNTRIES}
    sheets |= {f"line {code}": line_sheet(of, words, code) for code in LINES}
    slides = deck(Plenary.of(of, None), words)
    sheets["minutes"] = meeting_minutes(of, words, slides.first, what_was_prepared(slides))
    return sheets | {f"partner {code}": partner_sheet(of, words, code) for code in PARTNERS}


def metadata(content: bytes) -> str:
    return opened(content).trailer["/Root"]["/Metadata"].get_data().decode()


@pytest.mark.parametrize(("words", "day"), sample(list(product([ES, EN], DAYS)), few=2))
def test_every_sheet_is_pdf_ua(views, day, words):
    for name, paper in every_paper(views[day], words).items():
        assert "<pdfuaid:part>1</pdfuaid:part>" in metadata(pdf([paper])), name


def test_the_report_is_pdf_ua_and_has_title_and_language(report):
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata(report)
    file = opened(report)
    assert file.metadata.title == "Informe de avance"
    assert file.trailer["/Root"]["/Lang"] == "es"


def test_a_document_of_a_snapshot_is_kept_for_good(views):
    paper = replace(line_sheet(views[DAYS[1]], ES, "IV"), archived=True)
    told = metadata(pdf([paper]))
    assert "<pdfaid:part>2</pdfaid:part>" in told
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in told


def structure(content: bytes) -> list[tuple[str, str]]:
    """Return the kinds of the structure tree's elements in order, with alternative texts."""
    found: list[tuple[str, str]] = []

    def walk(node) -> None:
        node = node.get_object()
        if isinstance(node, pypdf.generic.ArrayObject):
            for each in node:
                walk(each)
        elif isinstance(node, pypdf.generic.DictionaryObject):
            if "/S" in node:
                found.append((str(node["/S"]), str(node.get("/Alt", ""))))
            if "/K" in node:
                walk(node["/K"])

    walk(opened(content).trailer["/Root"]["/StructTreeRoot"])
    return found


def test_headings_tables_and_pictures_are_told_as_such(views):
    tree = structure(pdf([line_sheet(views[DAYS[1]], ES, "IV")]))
    kinds = Counter(kind for kind, _ in tree)
    assert kinds["/H1"] >= 6
    assert kinds["/Table"] == 4
    assert kinds["/TH"] > 20
    pictures = [alt for kind, alt in tree if kind == "/Figure"]
    assert len(pictures) > 40
    assert all(pictures)
    assert any("en curso 9" in alt for alt in pictures)


def test_another_clock_and_time_zone_give_the_same_bytes(views, monkeypatch):
    paper = line_sheet(views[DAYS[0]], ES, "IV")
    first = pdf([paper])
    known = apart.environment()
    monkeypatch.setattr(apart, "environment", lambda: known | {"TZ": "Pacific/Kiritimati"})
    assert pdf([paper]) == first
    created = opened(first).metadata.creation_date
    assert created is not None
    assert created.date() == DAYS[0]


@pytest.mark.pdftotext
def test_a_sheet_is_read_in_its_order(views, tmp_path):
    (tmp_path / "sheet.pdf").write_bytes(of_country(views[DAYS[1]], ES, "HND"))
    found = squeezed(read(tmp_path / "sheet.pdf"))
    profile = Profile(views[DAYS[1]], ES, "HND").sections()
    order = ["Honduras", profile[0].finding.headline, profile[0].parts[0].title,
             *(section.title for section in profile[1:5])]  # fmt: skip
    places = [found.find(squeezed(each)) for each in order]
    assert -1 not in places
    assert places == sorted(places)


def read(file) -> str:
    program = shutil.which("pdftotext")
    assert program
    done = subprocess.run([program, file, "-"], check=True, capture_output=True, text=True)
    return done.stdout


def test_nothing_stands_apart_from_its_heading(report_pages, report):
    file = opened(report)
    alone = []

    def walk(entries) -> None:
        for entry in entries:
            if isinstance(entry, list):
                walk(entry)
                continue
            page = report_pages[DAYS[1]][file.get_destination_page_number(entry)]
            body = page.rsplit("Plan Estratégico 2017–2022", 1)[0]
            if len(body.rsplit(squeezed(entry.title), 1)[-1]) < 40:
                alone.append(entry.title)

    walk(file.outline)
    assert alone == []


def test_a_cover_and_what_the_report_finds_come_first(views, report_pages):
    cover, found, *_ = report_pages[DAYS[1]]
    assert "Informe de avance" in cover
    (first, *_others) = home.of_region(views[DAYS[1]], ES)
    assert squeezed(first.finding.headline) in found
    assert "Contenido" in found


def test_no_page_of_the_report_but_the_last_is_all_but_empty(report_pages):
    short = [(day, place) for day, found in report_pages.items()
             for place, said in enumerate(found[1:-1], start=2) if len(said) < 750]  # fmt: skip
    assert short == []


def test_the_report_is_light_enough_for_a_weak_line(reports):
    assert {day: size for day, content in reports.items() if (size := len(content)) > 800_000} == {}


def test_no_calendar_of_the_minutes_is_split(views):
    chapter = what_was_prepared(deck(Plenary(views[DAYS[2]], DAYS[1]), ES))
    made = meeting_minutes(views[DAYS[2]], ES, DAYS[1], chapter)
    calendars = [part for each in made.sections for part in each.parts if isinstance(part, Extract)]
    found = pages(pdf([made]))
    assert len(calendars) > 10
    # The head of a table that goes on stands on each of its pages.
    assert sum(page.count("2017 2018 2019 2020 2021") for page in found) == len(calendars)


def test_the_report_names_every_activity(views, report_pages):
    found = " ".join(report_pages[DAYS[1]])
    rows = views[DAYS[1]].frame("activities")
    assert [code for code in rows["activity"] if code not in found] == []
    assert [each for each in rows["text"] if squeezed(each) not in found] == []


def test_the_contents_and_the_bookmarks_name_every_line(report):
    file = opened(report)
    titles = str([entry for part in file.outline for entry in (
        part if isinstance(part, list) else [part])])  # fmt: skip
    assert [f"Línea {code}." in titles for code in ("I", "VIII", "XVI")] == [True] * 3


# Marks and words


@pytest.mark.parametrize(("words", "mark"), [(ES, "Datos de demostración"),
                                             (EN, "Demonstration data")])  # fmt: skip
def test_every_page_names_demonstration_data_and_the_cutoff(views, words, mark):
    for found in pages(of_country(views[DAYS[1]], words, "HND")):
        assert mark in found
        assert words.date(DAYS[1]) in found


def test_real_data_carry_no_mark(engine):
    with db.reading(engine) as session:
        found = text(of_country(view.read(session, DAYS[0]), ES, "HND"))
    assert "demostración" not in found


def test_no_text_is_too_small_to_read(views, report):
    small = set()

    def see(said, _matrix, of_text, _font, size):
        if said.strip() and round(size * abs(of_text[3]), 1) < 8:
            small.add(said.strip())

    for content in (report, of_country(views[DAYS[2]], ES, "HND")):
        for page in opened(content).pages:
            page.extract_text(visitor_text=see)
    assert small == set()


@pytest.mark.parametrize("words", [ES, EN], ids=["es", "en"])
def test_every_country_has_one_sheet_of_paper(views, words):
    of = views[DAYS[2]]
    count = {
        country: len(opened(of_country(of, words, country)).pages)
        for country in of.frame("countries")["country"]
    }
    assert {country: pages for country, pages in count.items() if pages > PAGES} == {}


def test_nothing_pending_is_cut_on_the_sheet(views):
    profile = Profile(views[DAYS[2]], ES, "DOM")
    pending = profile.to_do().parts[0].entries
    found = text(of_country(views[DAYS[2]], ES, "DOM"))
    assert len(pending) > 40
    assert [entry.name.short for entry in pending if squeezed(entry.note) not in found] == []


@pytest.mark.parametrize("country", ["GTM", "HND"])
def test_what_a_list_on_paper_leaves_out_is_named_there_by_its_code(views, country):
    found = text(of_country(views[DAYS[2]], ES, country))
    assert "pantalla" not in found
    profile = Profile(views[DAYS[2]], ES, country)
    lists = [part for section in profile.sections() if section.key != "relatos"
             for part in section.parts if isinstance(part, Entries) and part.entries]  # fmt: skip
    cut = re.findall(r"y (\d+) más: ((?:(?:\d+ × )?[IVX]+(?:\.\d+)+(?:, )?)+)", found)
    assert cut
    for part in lists:
        after = found.split(squeezed(part.title), 1)[1]
        for code, times in Counter(each.name.short for each in part.entries).items():
            named = re.search(rf"(?:(\d+) × )?\b{re.escape(code)}\b", after)
            assert named, (part.title, code, times)
    for count, codes in cut:
        named = [re.match(r"(?:(\d+) × )?", each) for each in codes.split(", ") if each]
        assert int(count) == sum(int(each[1] or 1) for each in named if each)


def test_a_narrative_as_long_as_a_letter_is_cut_on_the_sheet(views):
    (section,) = [each for each in next(country_sheets(views[DAYS[1]], ES, "HND")).sections
                  if each.key == "relatos"]  # fmt: skip
    long = [entry._replace(note="se avanzó " * 500) for entry in section.parts[0].entries]
    from crmdata.content.papers import country  # noqa: PLC0415 - the function is its own

    cut = country._within(
        replace(section, parts=[replace(section.parts[0], entries=long)]), country.AMOUNTS[0]
    )
    assert cut is not None
    texts = [entry.note for entry in cut.parts[0].entries]
    assert texts
    assert all(each.endswith("…") and len(each) <= LONGEST for each in texts)


def test_who_is_supported_stands_in_the_order_of_the_language_of_the_paper(views):
    assert "El Salvador, Guatemala" in text(pdf([line_sheet(views[DAYS[-1]], ES, "XII")]))


# The setter's process


def test_a_document_is_ended_when_asked(views):
    def stop(done: int, of: int) -> None:
        if done == of:
            raise Cancelled

    others = set(psutil.Process().children())
    with pytest.raises(Cancelled):
        pdf([progress_report(views[DAYS[1]], ES)], None, stop)
    assert set(psutil.Process().children()) <= others


def test_letters_that_the_font_lacks_are_seen_to_be_missing():
    assert clean("año ● 漢\x07") == "año ● � "


@pytest.mark.parametrize(
    ("text", "shown"),
    [("Feria 🚀", "Feria 🚀"), ("𝐈𝐦𝐩𝐨𝐫𝐭𝐚𝐧𝐭𝐞 𝘵𝘢𝘭𝘭𝘦𝘳", "Importante taller")],
)
def test_emoji_are_drawn_and_ornate_letters_become_plain_ones(text, shown):
    assert clean(text) == shown


def test_what_the_setter_refuses_is_told(views):
    paper = replace(line_sheet(views[DAYS[1]], ES, "IV"), title="", chapters=[])
    broken = replace(paper, chapters=[Chapter("deep", [], level=2)])
    with pytest.raises(RuntimeError, match="heading"):
        pdf([broken])


@pytest.mark.slow  # fifty documents
def test_fifty_documents_leave_the_memory_of_the_app_as_it_was(views):
    paper = line_sheet(views[DAYS[1]], ES, "IV")
    pdf([paper])
    before = psutil.Process().memory_info().rss
    for _ in range(50):
        pdf([paper])
    assert psutil.Process().memory_info().rss - before < 20 * 2**20


# To be worked on


def cells_of(content: bytes) -> str:
    file = word.Document(BytesIO(content))
    cells = {cell.text for table in file.tables for row in table.rows for cell in row.cells}
    return squeezed(" ".join(cells))


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_country_sheet_to_work_on_says_the_numbers_of_the_screen(views, country):
    shown = [each for each in Profile(views[DAYS[1]], ES, country).sections()
             if each.key in {"lineas", "ejes"}]  # fmt: skip
    found = cells_of(docx(next(country_sheets(views[DAYS[1]], ES, country))))
    wanted = numbers_on_screen(shown, ES)
    assert [each for each in wanted if each not in found] == []


@pytest.mark.office
@pytest.mark.parametrize("paper", ["country", "line"])
def test_libreoffice_opens_what_is_to_be_worked_on_and_keeps_its_numbers(views, tmp_path, paper):
    of = views[DAYS[1]]
    made, cells = {
        "country": (next(country_sheets(of, ES, "HND")), of.frame("cells")["country"] == "HND"),
        "line": (line_sheet(of, ES, "IV"), of.frame("cells")["line"] == "IV"),
    }[paper]
    (tmp_path / "sheet.docx").write_bytes(docx(made))
    found = text(office.converted(tmp_path / "sheet.docx", "pdf").read_bytes())
    whole = of.whole(of.frame("cells").loc[cells])
    for said in (wording.n_of(ES, whole), wording.share(ES, whole), wording.progress(ES, whole)):
        assert squeezed(said) in found


def test_tables_to_work_on_repeat_their_heads(views):
    file = word.Document(BytesIO(docx(line_sheet(views[DAYS[1]], ES, "IV"))))
    assert file.tables
    assert all("tblHeader" in table.rows[0]._tr.xml for table in file.tables)


def test_the_same_view_gives_the_same_bytes_to_work_on(views):
    made = [docx(line_sheet(views[DAYS[0]], ES, "IV")) for _ in range(2)]
    assert made[0] == made[1]


def test_a_number_keeps_its_sign_in_what_is_to_be_worked_on(views):
    assert "\N{NO-BREAK SPACE}%" in ES.percent(74)
    file = word.Document(BytesIO(docx(line_sheet(views[DAYS[1]], ES, "IV"))))
    said = [each.text for each in file.paragraphs]
    said += [cell.text for table in file.tables for cell in table._cells]
    assert any("%" in text for text in said)
    # A word of the plan's own texts may have its sign otherwise.
    loose = re.compile(r"\d %\)")
    assert [text for text in said if loose.search(text)] == []


@pytest.mark.office
def test_no_line_to_work_on_ends_within_a_period(views, tmp_path):
    made = next(country_sheets(views[DAYS[2]], ES, "GTM"))
    content = docx(made)
    (tmp_path / "sheet.docx").write_bytes(content)
    shown = opened(office.converted(tmp_path / "sheet.docx", "pdf").read_bytes())
    lines = [line.strip() for page in shown.pages for line in page.extract_text().splitlines()]
    assert [line for line in lines if re.search(r"\d{4}[-\u2011]$", line)] == []
    assert "2019-II" in " ".join(each.text for each in word.Document(BytesIO(content)).paragraphs)


@pytest.mark.office
def test_no_page_to_work_on_ends_with_a_heading_or_what_is_found(views, tmp_path):
    plenary = Plenary(views[DAYS[2]], views[DAYS[1]].cutoff)
    chapter = what_was_prepared(deck(plenary, ES))
    made = meeting_minutes(views[DAYS[2]], ES, DAYS[1], chapter)
    (tmp_path / "minutes.docx").write_bytes(docx(made))
    led = {squeezed(each.title) for each in made.sections}
    led |= {squeezed(each.finding.sentences[0]) for each in made.sections
            if each.finding and each.parts}  # fmt: skip
    ends = []
    for page in pages(office.converted(tmp_path / "minutes.docx", "pdf").read_bytes()):
        body = page.split(made.foot[:40])[0].strip()
        ends += [text for text in led if body.endswith(text)]
    assert ends == []


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 8)), min_size=1, max_size=11))
def test_no_word_of_a_table_to_work_on_is_broken_where_there_is_room(columns):
    texts = [["x" * longest, "y"] for longest, _ in columns]
    sizes = tables.sizes_of(texts, [share for _, share in columns])
    assert sum(sizes) == pytest.approx(180)
    needed = [tables._BESIDE + tables._LETTER * longest for longest, _ in columns]
    if sum(needed) <= 180:
        assert all(size >= need - 1e-6 for size, need in zip(sizes, needed, strict=True))


# As JSON


@pytest.mark.parametrize(
    ("words", "says"), [(ES, "Solo reportes aceptados"), (EN, "Accepted reports only")]
)
def test_every_document_says_as_json_that_it_counts_accepted_reports_only(views, words, says):
    for name, made in every_paper(views[DAYS[1]], words).items():
        status = json.loads(as_json(made))["status"]
        assert (status["kind"], status["code"]) == ("Status", "accepted"), name
        assert status["sentence"].startswith(says), name


def test_a_document_in_which_what_waits_counts_says_so_as_json_and_at_its_foot(demo_engine):
    with db.reading(demo_engine) as session:
        waiting = replace(view.read(session, DAYS[1]), provisional=Provisional(country="HND"))
        made = json.loads(as_json(composed(waiting, EN, "Honduras", "", [])))
    assert made["status"]["code"] == "provisional"
    assert "not accepted yet count here too" in made["status"]["sentence"]
    assert made["foot"].endswith("Provisional")


@pytest.mark.parametrize("file", ["data.md", "es/datos.md"])
def test_what_stands_at_the_top_of_a_document_as_json_is_documented(file):
    text = (ROOT / "docs" / file).read_text("utf-8").partition("`crmdata report --format json`")[2]
    named = re.findall(r"^\| `(\w+)` \|", text, flags=re.MULTILINE)
    assert named == ["kind", *(each.name for each in fields(Paper))]
