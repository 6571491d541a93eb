"""The workbook to take home: numbers as measured, missing ones as signs, nothing personal."""

import re
from datetime import date
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import openpyxl
import pypdf
import pytest

from crmdata import measures, view
from crmdata.content import home, wording
from crmdata.content.cooperation import dossier
from crmdata.content.cooperation.gaps import ChosenCooperation
from crmdata.content.parts import Numbers
from crmdata.exports.workbook import Selection, measured, workbook
from crmdata.exports.workbook.book import FIRST_ROW
from crmdata.i18n import words_for
from crmdata.intake.reports import import_files
from crmdata.store import db
from tests import office
from tests.sheets import a_file

DAYS = (date(2018, 5, 11), date(2019, 11, 15), date(2020, 11, 20))
COUNTS = ("expected", "reported", "cumplida", "en_curso", "no_iniciada", "suspendida",
          "sin_reporte", "no_aplica")  # fmt: skip
SHEETS = {
    "axis": "Summary", "line": "Lines", "result": "Results", "country": "Countries",
    "semester": "Semesters",
}  # fmt: skip
EN = words_for("en")


@pytest.fixture(scope="module")
def pictures(demo_engine):
    with db.reading(demo_engine) as session:
        return {day: view.read(session, day) for day in DAYS}


@pytest.fixture(scope="module")
def contents(pictures):
    return {day: workbook(taken, EN) for day, taken in pictures.items()}


@pytest.fixture(scope="module")
def books(contents):
    return {day: opened(content) for day, content in contents.items()}


def opened(content: bytes):
    return openpyxl.load_workbook(BytesIO(content))


def rows(sheet) -> list[dict[str, object]]:
    """Return the rows of a sheet by the words of its headers, up to the first empty one."""
    lines = sheet.iter_rows(min_row=FIRST_ROW + 1, values_only=True)
    heads = [head for head in next(lines) if head is not None]
    found = []
    for line in lines:
        if all(value is None for value in line):
            break
        found.append(dict(zip(heads, line, strict=False)))
    return found


def headers(words) -> dict[str, str]:
    """Return the header of each measure."""
    return {column.code: column.header for column in measured.columns(words) if column.code}


@pytest.mark.parametrize("by", SHEETS)
@pytest.mark.parametrize("day", DAYS)
def test_the_numbers_are_those_measured(books, pictures, by, day):
    taken, heads = pictures[day], headers(EN)
    cells = (
        taken.frame("cells").loc[taken.frame("cells")["due"]]
        if by == "semester"
        else taken.frame("cells")
    )
    found = {next(iter(row.values())): row for row in rows(books[day][SHEETS[by]])}
    groups = taken.measured(cells, by).to_dict("records")
    assert groups
    for one in groups:
        row = found[one[by]]
        assert [row[heads[name]] for name in COUNTS] == [one[name] for name in COUNTS]
        if one["expected"]:
            shares = [row[heads[name]] for name in ("coverage", "low", "high")]
            scaled = [one["coverage"], one["low"] / 100, one["high"] / 100]
            assert shares == pytest.approx(scaled)
        if one["reported"] and not one["withheld"]:
            assert row[heads["progress"]] == pytest.approx(one["progress"] / 100)


def test_no_report_not_applicable_withheld_and_zero_are_kept_apart(books):
    progress = {row["Reported progress"]: row for day in DAYS
                for row in rows(books[day]["Line × country"])}  # fmt: skip
    assert progress["··"]["Expected (N)"] > 0 == progress["··"]["Reported (n)"]
    assert (progress["—"]["Expected (N)"], progress["—"]["Coverage"]) == (0, "—")
    assert progress["withheld"]["Reported (n)"] > 0
    assert progress[0]["Reported (n)"] > 0


def test_lines_without_any_slot_have_their_row(books, pictures):
    codes = [row["Line"] for row in rows(books[DAYS[1]]["Lines"])]
    assert codes == list(pictures[DAYS[1]].frame("lines")["line"])


def test_a_missing_number_is_an_empty_cell_for_a_chart(books):
    sheet = books[DAYS[0]]["Data of the charts"]
    values = {type(cell.value) for line in sheet.iter_rows(min_row=FIRST_ROW + 2)
              for cell in line}  # fmt: skip
    assert values == {str, int, float, type(None)}
    texts = {cell.value for line in sheet.iter_rows(min_row=FIRST_ROW + 2) for cell in line
             if isinstance(cell.value, str)}  # fmt: skip
    assert not texts & {"··", "—", "withheld"}


def test_every_chart_hatches_silence_and_says_what_it_is_of(contents):
    with ZipFile(BytesIO(contents[DAYS[1]])) as made:
        charts = [made.read(name).decode() for name in made.namelist() if "charts/chart" in name]
    assert len(charts) == 7
    assert all('prst="wdUpDiag"' in chart for chart in charts)
    assert all("Demonstration data" in chart and EN.date(DAYS[1]) in chart for chart in charts)


def test_every_sheet_says_what_it_is_of(books):
    for sheet in books[DAYS[1]]:
        said = " ".join(str(cell.value) for line in sheet.iter_rows(max_row=5) for cell in line)
        marked = f"{said} {sheet.oddHeader.left.text}"
        assert "Demonstration data" in marked, sheet.title


def test_the_properties_name_plan_cutoff_selection_and_kind(pictures):
    book = opened(workbook(pictures[DAYS[1]], words_for("es"), Selection(line="IV", country="HND")))
    said = book.properties
    assert "Plan Estratégico" in said.title
    assert "15 de noviembre de 2019" in said.subject
    assert "Línea: IV." in said.subject
    assert "País: Honduras" in said.subject
    assert said.description.startswith("Datos de demostración")


def texts(sheet) -> str:
    return " ".join(str(cell.value) for line in sheet.iter_rows() for cell in line if cell.value)


@pytest.mark.parametrize("day", DAYS)
def test_it_opens_on_a_sheet_that_answers(books, pictures, day):
    book, first = books[day], books[day].worksheets[0]
    assert book.active is first
    said = texts(first)
    (state, *_others) = home.of_region(pictures[day], EN)
    assert all(sentence in said for sentence in state.finding.sentences)
    (figures,) = [part for part in state.parts if isinstance(part, Numbers)]
    assert all(figure.value in said for figure in figures.figures)


@pytest.mark.parametrize(
    "selection", [Selection(country="HND"), Selection(line="IV"), Selection(axis=2)]
)
def test_the_first_sheet_answers_for_what_was_chosen(pictures, selection):
    taken = pictures[DAYS[1]]
    whole = taken.whole(selection.cells(taken.frame("cells")))
    assert wording.n_of(EN, whole) in texts(opened(workbook(taken, EN, selection)).worksheets[0])


def test_the_first_sheet_leads_to_every_other(books):
    book = books[DAYS[1]]
    cells = (cell for line in book.worksheets[0].iter_rows() for cell in line)
    led = {cell.hyperlink.location.split("!")[0].strip("'") for cell in cells if cell.hyperlink}
    assert led >= {"Summary", "Lines", "Calendar", "Pending", "Reports", "Fields"}


def test_the_first_sheet_says_of_every_other_what_it_holds(books):
    lines = books[DAYS[1]].worksheets[0].iter_rows(max_col=2)
    silent = [name.value for name, beside in lines if name.hyperlink and not beside.value]
    assert silent == []


def width(sheet, cell) -> float:
    """Return how wide a cell's column is; the file says it once of equal ones side by side."""
    said = (each.width for each in sheet.column_dimensions.values()
            if each.min <= cell.column <= each.max)  # fmt: skip
    return next(said, 8.43)


def test_the_ground_of_the_mark_goes_as_far_as_its_text(books):
    for sheet in books[DAYS[1]].worksheets:
        mark, *beside = sheet[5]
        if mark.value is None or not str(mark.value).startswith("Demonstration data:"):
            continue
        ground = [cell for cell in (mark, *beside) if cell.fill.fill_type]
        wide = sum(width(sheet, cell) for cell in ground)
        assert wide >= len(mark.value), sheet.title


def test_a_text_stands_apart_from_the_number_before_it(books):
    for sheet in books[DAYS[1]].worksheets[1:]:
        cells = list(sheet[FIRST_ROW + 1])
        close = [
            after.value
            for before, after in pairwise(cells)
            if before.alignment.horizontal == "right"
            and after.alignment.horizontal != "right"
            and not after.alignment.indent
        ]
        assert close == [], sheet.title


def test_what_is_set_in_is_said_to_stand_to_the_left(books):
    loose = [
        (sheet.title, cell.coordinate)
        for sheet in books[DAYS[1]].worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.alignment.indent and cell.alignment.horizontal != "left"
    ]
    assert loose == []


def test_no_list_of_countries_is_broken_within_a_code(books):
    sheet = books[DAYS[1]]["Cooperation"]
    head = next(cell for cell in sheet[FIRST_ROW + 1] if cell.value == "For")
    texts_below = [str(cell.value) for cell in sheet[head.column_letter][FIRST_ROW + 1 :]]
    assert width(sheet, head) > max(map(len, texts_below))


def test_the_notes_of_a_sheet_are_folded_under_its_columns(books):
    sheet = books[DAYS[1]]["Method"]
    notes = [merged for merged in sheet.merged_cells.ranges if merged.min_row > FIRST_ROW + 1]
    assert len(notes) >= 2
    assert {(merged.min_col, merged.max_col) for merged in notes} == {(1, 2)}
    wide = width(sheet, sheet["A7"]) + width(sheet, sheet["B7"])
    for merged in notes:
        lines = len(sheet.cell(merged.min_row, 1).value) / (1.05 * wide)
        # What has the height of every row says none.
        assert (sheet.row_dimensions[merged.min_row].height or 15) >= 13 * lines


def test_what_is_pending_stands_longest_first_with_its_day_and_months(books, pictures):
    cells = pictures[DAYS[1]].frame("cells")
    silent = cells.loc[cells["reporting"] == "sin_reporte"]
    found = rows(books[DAYS[1]]["Pending"])
    assert len(found) == len(silent)
    days = [row["Pending since"].date() for row in found]
    assert days == sorted(days)
    assert all(row["Months"] == measures.age(day, DAYS[1])
               for row, day in zip(found, days, strict=True))  # fmt: skip
    assert {(row["Code"], row["Activity"], row["Semester"]) for row in found} == set(
        zip(silent["country"], silent["activity"], silent["semester"], strict=True)
    )


def test_a_selection_limits_every_sheet(pictures):
    taken = pictures[DAYS[1]]
    book = opened(workbook(taken, EN, Selection(line="IV", country="HND")))
    assert "Countries" not in book.sheetnames
    assert [row["Line"] for row in rows(book["Lines"])] == ["IV"]
    own = taken.frame("cells").loc[
        (taken.frame("cells")["line"] == "IV") & (taken.frame("cells")["country"] == "HND")
    ]
    (line,) = rows(book["Lines"])
    assert line["Expected (N)"] == taken.whole(own).expected
    reports = rows(book["Reports"])
    assert {row["Code"] for row in reports} == {"HND"}
    assert all(str(row["Activity"]).startswith("IV.") for row in reports)


def test_an_axis_limits_every_sheet(pictures):
    taken = pictures[DAYS[1]]
    book = opened(workbook(taken, EN, Selection(axis=2)))
    lines = taken.frame("lines")
    own = list(lines.loc[lines["axis"] == 2, "line"])
    assert [row["Line"] for row in rows(book["Lines"])] == own
    assert {row["Line"] for row in rows(book["Results"])} == set(own)
    assert "Axis: 2." in book.properties.subject
    activities = taken.frame("activities").set_index("activity")
    reported = {activities.loc[row["Activity"], "axis"] for row in rows(book["Reports"])}
    assert reported == {2}


def test_a_partner_limits_every_sheet_to_where_its_name_stands_and_is_answered_first(pictures):
    taken, view_of = pictures[DAYS[1]], pictures[DAYS[1]].frame
    support, mentions, reports = (view_of(name) for name in ("cooperation", "mentions", "reports"))
    named = [name for name, codes in zip(reports["activity"], reports["partners"], strict=True)
             if "OIM" in codes.split(";")]  # fmt: skip
    own = {*support.loc[support["partner"] == "OIM", "activity"], *named,
           *mentions.loc[mentions["partner"] == "OIM", "activity"]}  # fmt: skip
    book = opened(workbook(taken, EN, Selection().of_partner(taken, "OIM")))
    assert {row["Activity"] for row in rows(book["Activities"])} == own
    assert {row["Result"] for row in rows(book["Results"])} == {
        code.rpartition(".")[0] for code in own
    }
    others = {row["Activity"] for name in ("Reports", "Cooperation", "Pending")
              for row in rows(book[name])}  # fmt: skip
    assert others <= own
    assert "Activities that concern IOM" in book.properties.subject
    every = ChosenCooperation(support, view_of("activities"))
    said = dossier.finding(taken, EN, "OIM", every, view_of("reports")).sentences
    assert all(sentence in texts(book.worksheets[0]) for sentence in said)


def test_all_reports_in_force_are_there_with_public_fields_only(books, pictures):
    found = rows(books[DAYS[1]]["Reports"])
    assert len(found) == len(pictures[DAYS[1]].frame("reports"))
    assert list(found[0]) == ["Code", "Country", "Activity", "Semester", "State (code)", "State",
                              "Progress", "Narrative", "Reason", "Evidence", "Partners",
                              "Reported on", "Earlier reports"]  # fmt: skip


def test_no_narrative_becomes_a_formula(engine, tmp_path):
    row = {"narrative": '=HYPERLINK("http://x.example","x")', "reported_on": "2018-07-15"}
    import_files(engine, [a_file(tmp_path, row)], by="tests")
    with db.reading(engine) as session:
        content = workbook(view.read(session, DAYS[1]), EN)
    (cell,) = [cell for line in opened(content)["Reports"].iter_rows(min_row=FIRST_ROW + 2)
               for cell in line if str(cell.value).startswith("=HYPER")]  # fmt: skip
    assert cell.data_type == "s"
    with ZipFile(BytesIO(content)) as made:
        assert not any(b"<f>" in made.read(name) for name in made.namelist() if "/sheet" in name)


def test_nothing_tells_who_handed_a_report_in(contents):
    with ZipFile(BytesIO(contents[DAYS[1]])) as made:
        text = made.read("xl/sharedStrings.xml").decode()
    assert not re.search(r"batch_id|imported_by|identity|report_id", text)


def test_the_same_picture_gives_the_same_bytes(contents, pictures):
    assert workbook(pictures[DAYS[0]], EN) == contents[DAYS[0]]


def test_every_column_is_explained_in_spanish(pictures):
    book = opened(workbook(pictures[DAYS[0]], words_for("es"), Selection(line="IV")))
    explained = {(row["Hoja"], row["Columna"]) for row in rows(book["Campos"])}
    assert ("Líneas", "Esperados (N)") in explained
    assert ("Reportes", "Descripción") in explained


@pytest.mark.office
def test_libreoffice_opens_it_and_keeps_its_charts(pictures, tmp_path):
    (tmp_path / "book.xlsx").write_bytes(workbook(pictures[DAYS[1]], EN, Selection(line="IV")))
    with ZipFile(office.converted(tmp_path / "book.xlsx", "ods")) as made:
        charts = [name for name in made.namelist() if name.endswith("content.xml") and "/" in name]
        text = made.read("content.xml").decode()
    assert len(charts) == 7
    assert "Err:" not in text
    assert "Strategic lines" in text


@pytest.mark.office
def test_printed_it_is_few_pages(pictures, tmp_path):
    (tmp_path / "book.xlsx").write_bytes(workbook(pictures[DAYS[2]], EN))
    pages = [page.extract_text() for page in
             pypdf.PdfReader(office.converted(tmp_path / "book.xlsx", "pdf")).pages]  # fmt: skip
    assert len(pages) <= 40
    assert sum("Reports in force" in page for page in pages) <= 2
    assert "What it shows" in pages[0]
    assert not any("What it shows" in page for page in pages[2:])
