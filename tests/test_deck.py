"""The deck is the model's slides as native PowerPoint, with every number and no text too large."""

import re
import shutil
import subprocess
from datetime import date
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import Any

import pptx
import pytest
from pptx.util import Inches
from sqlalchemy import Engine
from typer.testing import CliRunner

from crmdata import slides
from crmdata.cli.main import app
from crmdata.content import home, walls
from crmdata.content.calendar import Extract
from crmdata.content.cell_tables import FaceTable, Tiles
from crmdata.content.parts import StateBars
from crmdata.exports import deck
from crmdata.exports.deck import drawing, empty_deck, slide_canvas
from crmdata.exports.deck import drawn_parts as on_deck
from crmdata.exports.deck.drawing import Align, Anchor, Paragraph
from crmdata.i18n import words_for
from crmdata.labels import DEMONSTRATION
from crmdata.slides import Deck
from crmdata.steps import Cancelled
from crmdata.store import db
from crmdata.terms import COUNTED, LANGUAGES
from tests import office
from tests.long import sample

CUTOFFS = (date(2018, 5, 11), date(2019, 6, 7), date(2019, 11, 15))
EN = words_for("en")
BASE = "https://follow.example.org"


def made(engine: Engine, cutoff: date, *sections: str, language: str = "en") -> tuple[Deck, Any]:
    words = words_for(language)
    with db.reading(engine) as session:
        data = slides.plenary(session, cutoff)
    content = deck.presentation(data, words, sections, base=BASE)
    return slides.deck(data, words, sections), pptx.Presentation(BytesIO(content))


@pytest.fixture(scope="module")
def decks(demo_engine: Engine) -> dict[date, tuple[Deck, Any]]:
    return {cutoff: made(demo_engine, cutoff) for cutoff in CUTOFFS}


@pytest.fixture(scope="module")
def both(decks) -> tuple[Deck, Any]:
    return decks[CUTOFFS[2]]


def drawn(found: Any, key: str) -> Any:
    """Return the slide of a key: python-pptx keeps a slide's name as it was given."""
    return next(slide for slide in found.slides if slide.name == key)


def table(slide: Any) -> list[list[str]]:
    (frame,) = (shape for shape in slide.shapes if shape.has_table)
    return [[cell.text for cell in row.cells] for row in frame.table.rows]


def charts(slide: Any) -> list[Any]:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def shown(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def pairs(model: Deck, found: Any, kind: type) -> list[tuple[Any, Any]]:
    return [
        (part, drawn(found, slide.key))
        for slide in model.slides
        for part in slide.parts
        if isinstance(part, kind)
    ]


def test_every_slide_of_the_model_is_there_in_its_order(both):
    model, found = both
    assert [slide.name for slide in found.slides] == [slide.key for slide in model.slides]


def test_the_calendars_name_every_activity(demo_engine, both):
    _, found = both
    with db.reading(demo_engine) as session:
        codes = set(slides.plenary(session).view.frame("activities")["activity"])
    notes = "\n".join(
        slide.notes_slide.notes_text_frame.text
        for slide in found.slides
        if "-calendario-" in slide.name
    )
    assert set(re.findall(r"^([IVX]+\.\d+\.\d+)\. ", notes, re.MULTILINE)) == codes


@pytest.mark.parametrize("cutoff", CUTOFFS)
def test_the_bars_hold_the_counts_of_the_model(decks, cutoff):
    model, found = decks[cutoff]
    for part, slide in pairs(model, found, StateBars):
        plot = charts(slide)[0].plots[0]
        for state, series in zip(map(str, COUNTED), plot.series, strict=True):
            expected = [bar.counts[state] if bar.counts else None for bar in part.bars]
            assert list(series.values) == expected


@pytest.mark.parametrize("cutoff", CUTOFFS)
def test_the_intervals_hold_the_ends_and_the_progress_of_the_model(decks, cutoff):
    model, found = decks[cutoff]
    for part, slide in pairs(model, found, StateBars):
        rows = [bar.reach for bar in part.bars if bar.reach]
        series = charts(slide)[1].plots[0].series
        for reach, drawn_one in zip(rows, series, strict=True):
            middle = reach.low if reach.progress is None else reach.progress
            ends = [float(v.text) for v in drawn_one._element.xVal.iter("{*}v")]
            assert ends == [round(value, 1) for value in (reach.low, middle, reach.high)]


def test_every_slide_of_bars_has_two_charts_and_there_are_as_many_as_ever(both):
    model, found = both
    drawn_ones = [charts(slide) for _, slide in pairs(model, found, StateBars)]
    assert {len(each) for each in drawn_ones} == {2}
    # The whole plan, its axes, the lines of which something was due, the countries, each country.
    assert sum(map(len, drawn_ones)) == 2 * (1 + 5 + 13 + 1 + 11)


def test_the_map_of_tiles_is_a_shape_a_country(both):
    [(part, slide)] = pairs(*both, Tiles)
    [group] = [shape for shape in slide.shapes if shape.shape_type == 6]
    assert len(group.shapes) == len(part.tiles) == 11
    for tile, shape in zip(part.tiles, group.shapes, strict=True):
        face = tile.cell.face
        assert shape.text_frame.text == f"{tile.code} {face.main} {face.note}"


@pytest.mark.parametrize("cutoff", CUTOFFS)
def test_the_rows_say_n_of_n_and_progress_as_the_model(decks, cutoff):
    model, found = decks[cutoff]
    for part, slide in pairs(model, found, StateBars):
        expected = [(bar.total, bar.reach.progress_text if bar.reach else "—") for bar in part.bars]
        assert [(row[2], row[4]) for row in table(slide)[1:]] == expected


@pytest.mark.parametrize("cutoff", CUTOFFS)
def test_the_tables_hold_the_faces_of_the_model(decks, cutoff):
    model, found = decks[cutoff]
    for part, slide in pairs(model, found, FaceTable):
        faces = [[part.cells[row, at].face for at in part.columns] for row in part.rows]
        expected = [[" ".join(filter(None, face[1:3])) for face in row] for row in faces]
        drawn_ones = [[cell.replace("\n", " ") for cell in row[1:]] for row in table(slide)[1:]]
        assert drawn_ones == expected


def test_every_chart_table_picture_and_calendar_has_a_text_for_who_cannot_see_it(both):
    for slide in both[1].slides:
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table or shape.shape_type in {6, 13}:
                assert shape.element.xpath(".//p:cNvPr")[0].get("descr"), slide.name


def test_every_slide_bears_the_mark_the_cutoff_its_number_and_a_link(both):
    model, found = both
    for slide in found.slides:
        text = shown(slide)
        assert "Demonstration data" in text
        assert EN.date(model.cutoff, "medium") in text
        assert slide.element.findall(".//{*}fld")
        assert BASE.removeprefix("https://") in text


def test_nothing_hides_that_a_slide_shows_demonstration_data(both):
    for slide in both[1].slides:
        shapes = [*slide.shapes]
        [mark] = [
            each for each in shapes
            if each.has_text_frame and each.text_frame.text == EN(DEMONSTRATION)
        ]  # fmt: skip
        above = shapes[shapes.index(mark) + 1 :]
        assert not [each.name for each in above if each.top < mark.top + mark.height]
        # Neither does it hide anything.
        beneath = shapes[: shapes.index(mark)]
        assert not [each.name for each in beneath if each.top < mark.top + mark.height]


@pytest.mark.parametrize("kind", [StateBars, FaceTable, Tiles, Extract])
def test_the_legend_of_a_picture_says_that_its_data_are_of_a_demonstration(both, kind):
    model, found = both
    shown_on = [slide for _, slide in pairs(model, found, kind)]
    assert shown_on
    for slide in shown_on:
        said = [each.text_frame.text for each in slide.shapes if each.has_text_frame]
        assert "Demonstration data" in said, slide.name


def test_real_data_bear_no_mark(sqlite_with_plan):
    engine = db.connect(f"sqlite:///{sqlite_with_plan}")
    _, found = made(engine, CUTOFFS[2])
    engine.dispose()
    texts = [shown(slide) for slide in found.slides]
    texts += [shown(found.slide_master)]
    assert not [text for text in texts if "Demonstration data" in text]


def test_the_notes_have_the_numbers_behind_the_slide(both):
    model, found = both
    for slide in model.slides:
        notes = drawn(found, slide.key).notes_slide.notes_text_frame.text
        assert all(note in notes for note in slide.notes)


def test_nothing_stands_outside_its_slide(both):
    _, found = both
    right, bottom = Inches(13.334), Inches(7.5)
    for slide in found.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= right, (slide.name, shape.name)
            assert shape.top + shape.height <= bottom, (slide.name, shape.name)


def test_every_text_is_marked_with_its_language(demo_engine):
    _, found = made(demo_engine, CUTOFFS[2], "situacion", language="es")
    runs = [run for slide in found.slides for run in slide.element.iter("{*}rPr")]
    assert runs
    assert {run.get("lang") for run in runs} == {"es-MX"}


def test_without_an_address_that_others_reach_there_is_no_link(demo_engine):
    with db.reading(demo_engine) as session:
        data = slides.plenary(session, CUTOFFS[2])
    content = deck.presentation(data, EN, ("situacion",), base="http://127.0.0.1:8501")
    slide, *_ = pptx.Presentation(BytesIO(content)).slides
    assert "127.0.0.1" not in shown(slide)


def test_a_deck_is_ended_when_asked(demo_engine):
    def stop(done: int, of: int) -> None:
        assert of > 3
        if done == 3:
            raise Cancelled

    with db.reading(demo_engine) as session:
        data = slides.plenary(session, CUTOFFS[2])
    with pytest.raises(Cancelled):
        deck.presentation(data, EN, ("portada", "situacion", "cambios", "vence"), step=stop)


def test_a_text_is_written_as_it_is_and_what_xml_cannot_hold_as_a_space():
    said = Paragraph('a < b & "c"\x0b\x00]]>', 12)
    body = drawing.element(drawing.body([said], Align.LEFT, Anchor.TOP))
    assert [text.text for text in body.iter("{*}t")] == ['a < b & "c"  ]]>']
    written = drawing.identity(1, 'a"b<', "one\ntwo\x01")
    (named,) = drawing.element(f"<p:cNvGrpSpPr>{written}</p:cNvGrpSpPr>")
    assert (named.get("name"), named.get("descr")) == ('a"b<', "one\ntwo ")


def test_no_two_shapes_of_a_slide_have_the_same_number(both):
    for slide in both[1].slides:
        numbers = [each.get("id") for each in slide.element.iter("{*}cNvPr")]
        assert len(numbers) == len(set(numbers)), slide.name


def test_a_calendar_stays_within_its_group(both):
    for slide in both[1].slides:
        for group in (shape for shape in slide.shapes if shape.shape_type == 6):
            for shape in group.shapes:
                assert group.left - 1 <= shape.left, slide.name
                assert shape.left + shape.width <= group.left + group.width + 9, slide.name
                assert group.top - 1 <= shape.top, slide.name
                assert shape.top + shape.height <= group.top + group.height + 9, slide.name


def test_the_command_writes_the_deck_of_a_cutoff_in_a_language(demo_file, tmp_path, monkeypatch):
    copied = shutil.copy(demo_file, tmp_path / "demo.sqlite3")
    monkeypatch.setenv("CRMDATA_DATABASE_URL", f"sqlite:///{copied}")
    file = tmp_path / "deck.pptx"
    args = ["deck", "-o", str(file), "--corte", "2019-11-15", "--desde", "2018-05-11"]
    result = CliRunner().invoke(app, [*args, "--lang", "es"])
    assert result.exit_code == 0, result.output
    text = shown(pptx.Presentation(str(file)).slides[0])
    assert "15 de noviembre de 2019" in text
    assert "11 de mayo de 2018" in text


def test_the_command_compares_no_cutoff_with_itself_and_says_so(demo_file, tmp_path, monkeypatch):
    copied = shutil.copy(demo_file, tmp_path / "demo.sqlite3")
    monkeypatch.setenv("CRMDATA_DATABASE_URL", f"sqlite:///{copied}")
    file = tmp_path / "deck.pptx"
    args = ["deck", "-o", str(file), "--corte", "2019-11-15", "--desde", "2019-11-15"]
    result = CliRunner().invoke(app, [*args, "--lang", "en"])
    assert result.exit_code == 0, result.output
    assert "The cut-off is compared with June 7, 2019 instead." in result.output
    assert "Compared with June 7, 2019" in shown(pptx.Presentation(str(file)).slides[0])


@pytest.mark.office
@pytest.mark.pdftotext
@pytest.mark.parametrize("language", sample(LANGUAGES, 1))
def test_libreoffice_draws_every_slide_and_no_text_runs_into_another(
    demo_engine, tmp_path, language
):
    _, found = made(demo_engine, CUTOFFS[2], language=language)
    file = tmp_path / "deck.pptx"
    found.save(file)
    pages = rendered(file)
    assert len(pages) == len(found.slides)
    for place, page in enumerate(pages, start=1):
        assert all(box[2] <= 960 and box[3] <= 540 for box in page)
        assert not [(place, *pair) for pair in combinations(page, 2) if overlap(*pair)]


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Tell whether two boxes lie one over the other by more than their line's leading."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    least = min(one[3] - one[1], other[3] - other[1])
    return wide > 1 and high > 0.4 * least


def rendered(file: Path) -> list[list[tuple[float, ...]]]:
    """Return left, top, right and bottom in points of every word, page by page."""
    folder = file.parent
    subprocess.run(
        ["pdftotext", "-bbox", office.converted(file, "pdf"), folder / "words"], check=True
    )
    pages = (folder / "words").read_text("utf-8").split("<page ")[1:]
    pattern = re.compile(r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"')
    return [[tuple(map(float, box)) for box in pattern.findall(page)] for page in pages]


def test_strips_are_rows_of_a_native_table(demo_engine):
    with db.reading(demo_engine) as session:
        data = slides.plenary(session, CUTOFFS[2])
    [strips, *_] = walls.turns(home.of_country(data.view, EN, "HND", may_report=False)[0].parts[0])
    made_empty = empty_deck.empty(slides.deck(data, EN, ("portada",)))
    slide = made_empty.slides.add_slide(made_empty.slide_layouts[0])
    on_deck.draw(strips, on_deck.Making(slide_canvas.on(slide), EN), empty_deck.BODY)
    rows = table(slide)
    assert rows[0][1:-1] == [name.short for name in strips.columns]
    assert [(row[0], row[-1]) for row in rows[1:]] == [
        (row.name.called, row.total) for row in strips.rows
    ]
