"""Screen, stage, deck, paper, workbook, package and JSON say the same numbers of any group."""

import csv
import json
import re
from collections.abc import Callable, Iterable
from datetime import date
from io import BytesIO, StringIO
from typing import Any, NamedTuple
from zipfile import ZipFile

import docx as word
import openpyxl
import pptx
import pypdf
import pytest
from lxml import html

from crmdata import slides, view
from crmdata.content import wording
from crmdata.content.named import ViewNames
from crmdata.content.papers import progress_report
from crmdata.content.parts import Section
from crmdata.exports import deck
from crmdata.exports.package import package
from crmdata.exports.workbook import workbook
from crmdata.exports.workbook.book import FIRST_ROW
from crmdata.i18n import words_for
from crmdata.render.docx import docx
from crmdata.render.html import sections
from crmdata.render.html.links import Link
from crmdata.render.json import json as as_json
from crmdata.render.typst.setting import pdf
from crmdata.slides import Plenary
from crmdata.store import db
from tests import serving
from tests.long import sample
from tests.test_first_response import picture

pytestmark = pytest.mark.slow(reason="each medium is made whole, at each cut-off")

DAYS = (date(2018, 5, 11), date(2019, 11, 15), date(2020, 11, 20))
GROUPS = (("axis", 2), ("axis", 4), ("line", "IV"), ("line", "XII"), ("country", "HND"),
          ("country", "CAN"))  # fmt: skip
EN = words_for("en")
PAIR = re.compile(r"(\d[\d,]*) of (\d[\d,]*)")

OF_ONE_COUNTRY = "pais-"
"""How the keys of slides begin that say of axes what one country reported."""

Group = tuple[str, str | int]


class Said(NamedTuple):
    """n and N of a group, and its progress as it is written; None where a medium has none there."""

    n: int
    among: int
    progress: str | None


@pytest.fixture(scope="module", params=sample(DAYS, few=1), ids=str)
def shown(demo_engine, request) -> view.View:
    with db.reading(demo_engine) as session:
        return view.read(session, request.param)


def names(shown: view.View) -> dict[Group, str]:
    """Return what each group is called in a picture."""
    named = ViewNames(shown, EN)
    own = {"axis": named.axes, "line": named.lines, "country": named.countries}
    return {(by, code): own[by][code].called for by, code in GROUPS}


@pytest.fixture(scope="module")
def measured(shown) -> dict[Group, Said]:
    """Return the numbers as reckoned from the cells of each group alone."""
    cells = shown.frame("cells")
    found = {}
    for by, code in GROUPS:
        whole = shown.whole(cells.loc[cells[by] == code])
        found[by, code] = Said(whole.reported, whole.expected, wording.progress(EN, whole))
    assert all(said.among for said in found.values())
    return found


def pair(text: str) -> tuple[int, int]:
    n, among = PAIR.search(text).groups()
    return int(n.replace(",", "")), int(among.replace(",", ""))


def of_rows(rows: Iterable[list[str]], called: dict[Group, str]) -> dict[Group, list[Said]]:
    """Read tables: the group's name first, then n of N, and progress behind it if it is there."""
    found: dict[Group, list[Said]] = {group: [] for group in called}
    for first, *cells in rows:
        for group, name in called.items():
            at = [place for place, cell in enumerate(cells) if PAIR.match(cell)]
            if first.strip() == name and at:
                behind = [cell.split(" (")[0] for cell in cells[at[0] + 1 :] if "%" in cell]
                found[group].append(Said(*pair(cells[at[0]]), behind[0] if behind else None))
    return found


def html_rows(text: str) -> list[list[str]]:
    rows = html.fromstring(f"<div>{text}</div>").xpath("//tr")
    return [[_cell(cell) for cell in row.xpath("./th|./td")] for row in rows]


def _cell(cell: Any) -> str:
    return " ".join(" ".join(cell.itertext()).split())


def on_stage(shown, _url) -> list[list[str]]:
    made = slides.deck(Plenary.of(shown, None), EN)
    link = Link(EN, lambda _page, _changes: "")
    texts = (
        sections.section(Section("a", "", None, slide.parts), link)
        for slide in made.slides if not slide.key.startswith(OF_ONE_COUNTRY)
    )  # fmt: skip
    return html_rows("".join(texts))


def on_screen(shown, url) -> list[list[str]]:
    at = f"idioma=en&corte={shown.cutoff}"
    rows = html_rows("".join(picture(f"{url}/{page}?{at}") for page in ("inicio", "lineas")))
    for code in (code for by, code in GROUPS if by == "country"):
        # What is said of a country stands on its own page, in a sentence.
        text = " ".join(html.fromstring(picture(f"{url}/paises?pais={code}&{at}")).itertext())
        name, n, among = re.search(
            r"(\w+): \S+ of the expected reports have arrived, ([\d,]+) of ([\d,]+)", text
        ).groups()
        rows.append([name, f"{n} of {among}"])
    return rows


def in_deck(shown, _url) -> list[list[str]]:
    made = pptx.Presentation(BytesIO(deck.presentation(Plenary.of(shown, None), EN)))
    own = (slide for slide in made.slides if not slide.name.startswith(OF_ONE_COUNTRY))
    tables = (shape.table for slide in own for shape in slide.shapes if shape.has_table)
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows]


def in_docx(shown, _url) -> list[list[str]]:
    made = word.Document(BytesIO(docx(progress_report(shown, EN))))
    return [[cell.text for cell in row.cells] for table in made.tables for row in table.rows]


def in_json(shown, _url) -> list[list[str]]:
    rows: list[list[str]] = []

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if "counts" in value and "total" in value:
                name, reach = value["name"], value.get("reach")
                called = name["shortened"] or name["text"]
                head = f"{name['short']}. {called}" if name["numbered"] else called
                rows.append([head, value["total"], *([reach["progress_text"]] if reach else [])])
            walk([*value.values()])
        elif isinstance(value, list):
            for each in value:
                walk(each)

    walk(json.loads(as_json(progress_report(shown, EN))))
    return rows


MEDIA: dict[str, Callable[..., list[list[str]]]] = {
    "screen": on_screen, "stage": on_stage, "deck": in_deck, "docx": in_docx, "json": in_json,
}  # fmt: skip


@pytest.mark.parametrize("medium", MEDIA)
def test_a_table_says_the_measured_numbers(shown, measured, app_url, medium):
    serving.until_drawn(app_url)
    found = of_rows(MEDIA[medium](shown, app_url), names(shown))
    for group, said in measured.items():
        # A country's name stands before its reports on one line too.
        same = [each for each in found[group] if each[:2] == said[:2]]
        assert same, group
        assert group[0] == "country" or same == found[group], group
        assert {each.progress for each in same} <= {None, said.progress}, group


def test_pdf_says_the_measured_numbers(shown, measured):
    file = pypdf.PdfReader(BytesIO(pdf([progress_report(shown, EN)])))
    text = " ".join(" ".join(page.extract_text().split()) for page in file.pages)
    for group, name in names(shown).items():
        rows = re.findall(
            rf"{re.escape(name)}[\d\s,]*?\b(\d[\d,]*) of (\d[\d,]*) \(.*?\) ?(\S*)", text
        )
        found = {Said(*pair(f"{n} of {among}"), progress) for n, among, progress in rows}
        assert measured[group][:2] in {each[:2] for each in found}, (group, found)
        if group[0] != "country":
            assert {each[:2] for each in found} == {measured[group][:2]}, group
        drawn = {each.progress for each in found if each[:2] == measured[group][:2]}
        assert group[0] == "axis" or measured[group].progress in drawn, (group, drawn)


def test_the_workbook_says_the_measured_numbers(shown, measured):
    book = openpyxl.load_workbook(BytesIO(workbook(shown, EN)))
    for by, sheet, column in (("axis", "Summary", "Axis"), ("line", "Lines", "Line"),
                              ("country", "Countries", "Code")):  # fmt: skip
        heads, *rows = book[sheet].iter_rows(min_row=FIRST_ROW + 1, values_only=True)
        for values in rows:
            row = dict(zip(heads, values, strict=True))
            if (by, row[column]) in measured:
                said, share = measured[by, row[column]], row["Reported progress"]
                assert (row["Reported (n)"], row["Expected (N)"]) == said[:2]
                written = wording.percent(EN, 100 * share) if isinstance(share, float) else None
                assert written in {None, said.progress}


def test_the_package_says_the_measured_numbers(shown, measured):
    with ZipFile(BytesIO(package(shown))) as made:
        for by, code in GROUPS:
            text = made.read(f"data/measures-{by}.csv").decode("utf-8-sig")
            rows = {row[by]: row for row in csv.DictReader(StringIO(text))}
            row, said = rows[str(code)], measured[by, code]
            assert (int(row["reported"]), int(row["expected"])) == said[:2]
            single = wording.percent(EN, float(row["progress"])) if row["progress"] else ""
            reach = [wording.percent(EN, float(row[end])).rstrip("%") for end in ("low", "high")]
            assert said.progress == (single or "–".join(reach) + "%")


def test_all_together_are_said_everywhere(shown, app_url):
    serving.until_drawn(app_url)
    whole = wording.n_of(EN, shown.everything)
    screen = picture(f"{app_url}/inicio?idioma=en&corte={shown.cutoff}")
    assert whole in " ".join(html.fromstring(screen).itertext())
    first, *_ = openpyxl.load_workbook(BytesIO(workbook(shown, EN))).worksheets
    assert any(whole in str(cell.value) for line in first.iter_rows() for cell in line)
    for medium in (on_stage, in_deck):
        assert any(cell.startswith(whole) for row in medium(shown, "") for cell in row)
    paper = progress_report(shown, EN)
    assert whole in as_json(paper).decode()
    assert any(whole in line.text for line in word.Document(BytesIO(docx(paper))).paragraphs)
    pages = pypdf.PdfReader(BytesIO(pdf([paper]))).pages
    assert any(whole in " ".join(page.extract_text().split()) for page in pages)
    with ZipFile(BytesIO(package(shown))) as made:
        text = made.read("data/measures-axis.csv").decode("utf-8-sig")
    axes = [*csv.DictReader(StringIO(text))]
    counted = (sum(int(row[name]) for row in axes) for name in ("reported", "expected"))
    assert tuple(counted) == (shown.everything.reported, shown.everything.expected)
