"""The pictures, read from their data: what is drawn is what was measured, and nothing more."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from html import unescape
from typing import Any

import lxml.html
import pandas as pd
import plotly.graph_objects as go
import pytest

from crmdata import measures
from crmdata.content import (
    cell_tables,
    composition,
    coverage,
    heat,
    measured_rows,
    names,
    order,
    progress,
    tiles,
    wording,
)
from crmdata.content.cell_tables import Face, FaceCell, FaceTable, KeyEntry, Kind, Telling, Tiles
from crmdata.content.cooperation import by_activity, by_country, by_line
from crmdata.content.cooperation.support import EVERYWHERE, NOBODY, Region
from crmdata.content.destinations import Way
from crmdata.content.names import Name, Names
from crmdata.content.parts import StateBars
from crmdata.figures import (
    interval,
    multiples,
    style,
    then_and_now,
    ticks,
    trend,
)
from crmdata.figures import (
    side_by_side as compared_countries,
)
from crmdata.figures.canvas import PHONE
from crmdata.i18n import Words, words_for
from crmdata.palette import PALETTES
from crmdata.render.html import bars as state_bars
from crmdata.render.html import sections
from crmdata.render.html.links import Link
from crmdata.terms import COUNTED, SIN_REPORTE, CooperationState

ES, EN = words_for("es"), words_for("en")
CUTOFF = date(2019, 2, 1)

SLOTS = pd.DataFrame(
    [
        (1, "I", "I.1", activity, semester, False)
        for activity in ("I.1.1", "I.1.2")
        for semester in ("2018-1", "2018-2", "2019-1")
    ]
    + [(2, "IV", "IV.1", "IV.1.1", "2018-1", False), (2, "V", "V.1", "V.1.1", "2020-1", False)],
    columns=["axis", "line", "result", "activity", "semester", "quarter"],
)
COUNTRIES = pd.DataFrame(
    [
        ("BLZ", "Belice", "Belize", 3, 4),
        ("HND", "Honduras", "Honduras", 4, 4),
        ("USA", "Estados Unidos", "United States", 2, 2),
    ],
    columns=["country", "name_es", "name_en", "tile_row", "tile_column"],
)
LINES: dict[str | int, Name] = {
    "I": Name("I", "Derecho a la información", numbered=True),
    "IV": Name("IV", "Coordinación <a href='x'>intersectorial</a> & más", numbered=True),
    "V": Name("V", "Niñez no localizada", numbered=True),
    "VI": Name("VI", "Sinergias", numbered=True),
}
MEMBERS = names.of_countries(COUNTRIES, ES)
REGION = Region("CRM", "CRM")
SEMESTERS = names.of_periods(["2018-1", "2018-2", "2019-1"], ES)


def _report(number: int, country: str, activity: str, semester: str, state: str, percent: float):
    return (number, country, activity, semester, state, percent, date(2018, 12, 1))


REPORTS = pd.DataFrame(
    [
        _report(1, "BLZ", "I.1.1", "2018-1", "cumplida", 100),
        _report(2, "BLZ", "I.1.2", "2018-1", "en_curso", 40),
        _report(3, "BLZ", "I.1.1", "2018-2", "en_curso", 60),
        _report(4, "BLZ", "I.1.2", "2018-2", "no_aplica", float("nan")),
        _report(5, "HND", "I.1.1", "2018-1", "no_iniciada", 0),
        _report(6, "HND", "IV.1.1", "2018-1", "suspendida", 30),
        _report(7, "BLZ", "IV.1.1", "2018-1", "en_curso", 50),
    ],
    columns=["report_id", "country", "activity", "semester", "state", "percent", "reported_on"],
)
CELLS = measures.cells(SLOTS, COUNTRIES, REPORTS, CUTOFF)


PUNCTUAL = measures.punctuality(CELLS, REPORTS, ["country", "semester"], grace_days=60)


def measured(*by: str) -> pd.DataFrame:
    return measures.summary(CELLS, list(by), threshold=0.5)


COOPERATION = pd.DataFrame(
    [
        (1, "OIM", "I.1.1", "BLZ;HND", "2018-1", "2018-2", "tecnica", "en_curso"),
        (2, "OIM", "I.1.1", "CRM", "2018-1", "2019-1", "financiera", "ofrecida"),
        (3, "ACNUR", "IV.1.1", "USA", "2018-2", "2019-1", "tecnica", "ofrecida"),
        (4, "ACNUR", "I.1.1", "USA", "2018-2", "2019-1", "tecnica", "cancelada"),
        (5, None, "V.1.1", "CRM", "2020-1", "2020-2", "tecnica", "solicitada"),
    ],
    columns=[
        "cooperation_id",
        "partner",
        "activity",
        "countries",
        "semester_from",
        "semester_to",
        "modality",
        "state",
    ],
)
PARTNERS: dict[str | int, Name] = {"ACNUR": Name("ACNUR", "…"), "OIM": Name("OIM", "…")}
ACTIVITIES = SLOTS[["axis", "line", "result", "activity"]].drop_duplicates()
ACTIVITY_NAMES: dict[str | int, Name] = {
    code: Name(code, "Actividad", numbered=True) for code in ACTIVITIES["activity"]
}


def side_by_side(chosen: names.Names, **how: Any) -> go.Figure:
    by_country_and_line = measured("line", "country")
    region = measures.region_range(by_country_and_line, ["line"])
    return compared_countries.figure(by_country_and_line, LINES, chosen, region, **how)


def changed(**how: Any) -> go.Figure:
    then = measures.cells(SLOTS, COUNTRIES, REPORTS.iloc[:2], date(2018, 8, 1))
    before = measures.summary(then, ["line"], threshold=0.1)
    now = measures.summary(CELLS, ["line"], threshold=0.1)
    dates = (date(2018, 8, 1), CUTOFF)
    return then_and_now.figure(before, now, LINES, by="line", dates=dates, **how)


Draw = Callable[..., go.Figure]

FIGURES: dict[str, Draw] = {
    "interval": lambda **how: interval.figure(measured("line"), LINES, by="line", **how),
    "trend": lambda **how: trend.figure(measured("semester"), SEMESTERS, **how),
    "side_by_side": lambda **how: side_by_side(MEMBERS, **how),
    "then_and_now": changed,
    "multiples": lambda **how: multiples.figure(
        measured("line", "semester"), LINES, SEMESTERS, by="line", **how
    ),
}
every_figure = pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES)


def way_of(key: Sequence[Any]) -> Way:
    return Way("page", {"key": " ".join(map(str, key))})


def telling(words: Words = EN) -> Telling:
    return Telling(words, "Title", way_of)


def heated(rows: pd.DataFrame | None = None, measure: str = "progress") -> FaceTable:
    rows = measured("line", "country") if rows is None else rows
    return heat.cells(rows, LINES, MEMBERS, measure=measure, how=telling())


def covered() -> FaceTable:
    rows = measured("country", "semester")
    return coverage.cells(rows, PUNCTUAL, MEMBERS, SEMESTERS, how=telling())


def tiled(measure: str = "progress") -> Tiles:
    return tiles.tiles(measured("country"), COUNTRIES, MEMBERS, measure=measure, how=telling())


def supporting() -> FaceTable:
    return by_line.cells(COOPERATION, ACTIVITIES, LINES, PARTNERS, how=telling())


def supported(mentions: pd.DataFrame | None = None) -> FaceTable:
    return by_activity.cells(
        COOPERATION, ACTIVITY_NAMES, PARTNERS, MEMBERS, region="CRM", mentions=mentions,
        how=telling(),
    )  # fmt: skip


def reached(partner: str | None = None) -> FaceTable:
    return by_country.cells(
        COOPERATION, ACTIVITIES, LINES, MEMBERS, region=REGION, partner=partner, how=telling()
    )


TABLES: dict[str, Callable[[], FaceTable]] = {
    "heat": heated,
    "coverage": covered,
    "by_line": supporting,
    "by_activity": supported,
    "by_country": reached,
}
every_table = pytest.mark.parametrize("make", TABLES.values(), ids=TABLES)


def traces(figure: go.Figure, name: str) -> list[Any]:
    return [trace for trace in figure.data if (trace.name or "").endswith(name)]


def drawn_as(figure: go.Figure, mode: str) -> list[Any]:
    """Return the traces of points drawn as `markers` or `text`."""
    return [trace for trace in figure.data if trace.type == "scatter" and trace.mode == mode]


def tile_of(found: Tiles, code: str) -> FaceCell:
    [cell] = [tile.cell for tile in found.tiles if tile.code == code]
    return cell


def entries(key: Iterable[KeyEntry], kind: str) -> list[str]:
    """Return what a key says of a kind of face."""
    return [entry.text for entry in key if entry.kind == kind]


# Every figure


@every_figure
def test_no_axis_is_shifted_since_the_ground_that_feels_a_click_would_move_along(draw: Draw):
    layout = draw(words=ES).to_plotly_json()["layout"]
    axes = [axis for name, axis in layout.items() if name.startswith(("xaxis", "yaxis"))]
    assert axes
    assert [axis["shift"] for axis in axes if "shift" in axis] == []


@every_figure
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_figure_stands_on_the_ground_of_its_theme(draw: Draw, theme: str) -> None:
    layout = draw(words=ES, theme=theme).layout
    assert layout.paper_bgcolor == PALETTES[theme].background


@every_figure
def test_nothing_is_written_across_the_marks(draw: Draw) -> None:
    texts = [mark.text for mark in draw(words=ES).layout.annotations]
    assert ES("Demonstration data") not in texts


@every_figure
def test_text_of_the_data_is_never_markup(draw: Draw) -> None:
    assert "<a href" not in draw(words=ES).to_json().replace("\\u003c", "<")


@every_figure
@pytest.mark.parametrize("narrow", [False, True])
def test_plotly_writes_no_word_of_its_own(draw: Draw, narrow: bool) -> None:
    figure = draw(words=ES, narrow=narrow)
    axes = [figure.layout[key] for key in figure.layout if key[1:5] == "axis"]
    assert all(axis.showticklabels is False or axis.ticktext is not None for axis in axes)


@every_figure
def test_a_hover_says_our_words_or_nothing(draw: Draw) -> None:
    for trace in draw(words=ES).data:
        ours = (trace.hovertemplate or "").endswith("<extra></extra>")
        assert ours or trace.hoverinfo in {"skip", "none"}


@every_figure
def test_a_click_on_the_legend_hides_nothing(draw: Draw) -> None:
    figure = draw(words=ES)
    legends = {trace.legend for trace in figure.data if trace.showlegend}
    assert all(figure.layout[key].itemclick is False for key in legends)


@every_figure
def test_a_figure_fetches_nothing(draw: Draw) -> None:
    kinds = {trace.type for trace in draw(words=ES).data}
    assert kinds <= {"bar", "scatter"}


@every_figure
def test_a_finger_can_scroll_over_a_figure(draw: Draw) -> None:
    figure = draw(words=ES)
    axes = [figure.layout[key] for key in figure.layout if key[1:5] == "axis"]
    assert figure.layout.dragmode is False
    assert all(axis.fixedrange for axis in axes)


@every_figure
def test_a_figure_is_lean(draw: Draw) -> None:
    assert len(draw(words=ES).to_json()) < 40_000


def bare(text: str) -> str:
    return unescape(re.sub("<[^>]*>", "", text))


@every_figure
@pytest.mark.parametrize("words", [ES, EN], ids=["es", "en"])
def test_no_heading_is_wider_than_a_phone(draw: Draw, words: Words) -> None:
    figure = draw(words=words, narrow=True)
    texts = [mark.text for mark in figure.layout.annotations]
    lines = [bare(line) for text in texts for line in text.split("<br>")]
    assert all(wording.text_width(line, style.SIZE) < PHONE for line in lines)


def test_a_folded_heading_stands_above_the_legend() -> None:
    figure = FIGURES["multiples"](words=ES, narrow=True)
    [heading] = figure.layout.annotations
    highest = max(figure.layout[key].y for key in figure.layout if key.startswith("legend"))
    lines = heading.text.count("<br>") + 1
    assert lines == 2
    assert (1 - highest) * figure.layout.height >= 20 * lines


# Composition


def bars(rows: pd.DataFrame | None = None, names: Names | None = None) -> StateBars:
    return composition.bars(
        measured("line") if rows is None else rows, names or LINES, by="line", title="Title",
        words=EN, ways=lambda line: Way("lineas", {"linea": str(line)}),
    )  # fmt: skip


def test_the_bars_of_a_group_add_up_to_its_expected_reports() -> None:
    first = bars().bars[0]
    assert set(first.counts) == {str(state) for state in COUNTED}
    assert sum(first.counts.values()) == measured("line")["expected"].iloc[0]


def test_coverage_stands_beside_every_bar() -> None:
    assert [bar.total for bar in bars().bars] == ["4 of 11 (36%)", "2 of 3 (67%)", "—", "—"]


def test_a_group_without_a_row_keeps_its_place() -> None:
    assert bars().bars[-1].name == LINES["VI"]


def test_an_empty_group_says_why() -> None:
    why = [bar.why for bar in bars().bars if not bar.counts]
    assert why == ["Nothing was due", "No semester is scheduled"]


def test_a_group_where_all_is_not_applicable_says_that() -> None:
    row = (
        measured("line")
        .iloc[[0]]
        .assign(**dict.fromkeys(measured_rows.COUNTS, 0) | {"no_aplica": 2})
    )
    [bar] = bars(row, {"I": LINES["I"]}).bars
    assert bar.why == "Not applicable in every slot that was due"


def test_a_bar_leads_to_its_group() -> None:
    assert bars().bars[0].opens == Way("lineas", {"linea": "I"})


def test_no_number_stands_on_hatched_ground() -> None:
    drawn = lxml.html.fromstring(state_bars.bar({"cumplida": 3, SIN_REPORTE: 9}, words=EN))
    assert [(part.get("class"), part.text) for part in drawn] == [
        ("s-cumplida", "3"), (f"s-{SIN_REPORTE}", None),
    ]  # fmt: skip


def test_the_summary_of_the_composition_says_its_sums() -> None:
    said = composition.summary(measured("line"), LINES, by="line", words=EN, cutoff=CUTOFF)
    assert said.startswith(
        "Up to February 1, 2019, 6 of 14 expected reports had arrived (43%). Fulfilled: 1;"
    )


def test_the_summary_names_the_silent() -> None:
    said = composition.summary(measured("country"), MEMBERS, by="country", words=EN, cutoff=CUTOFF)
    assert "Nothing was reported of what was due: Estados Unidos." in said


def test_the_table_of_the_composition_holds_the_counts() -> None:
    table = composition.table(measured("line"), LINES, by="line", group="Line", words=EN)
    row = table.iloc[0].to_dict()
    assert (row["Expected (N)"], row["Reported (n)"], row["Coverage"]) == (11, 4, "36%")
    assert (row["No report"], row["Not applicable"]) == (7, 1)


def test_a_group_with_two_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="duplicate"):
        bars(pd.concat([measured("line")] * 2))


# Interval


def test_a_withheld_progress_has_an_interval_and_no_dot() -> None:
    figure = interval.figure(measured("line"), LINES, by="line", words=ES)
    [dots] = drawn_as(figure, "markers")
    assert [list(key) for key in dots.customdata] == [["IV"]]


@pytest.mark.parametrize("picture", ["interval", "multiples", "then_and_now"])
def test_a_live_picture_calls_a_line_by_its_few_words_and_says_the_rest_to_who_points(
    picture: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = {code: name._replace(shortened=f"Pocas{code}") for code, name in LINES.items()}
    monkeypatch.setitem(globals(), "LINES", few)
    drawn = FIGURES[picture](words=ES).to_dict()
    hovers = [trace.pop("hovertext", "") for trace in drawn["data"]]
    for name in few.values():
        assert f"Pocas{name.short}" in str(drawn)
        assert name.text not in str(drawn)
    assert any(name.text in str(hovers) for name in few.values())


def test_the_dot_lies_on_its_interval() -> None:
    row = measured_rows.aligned(measured("line"), "line", LINES).loc["IV"]
    assert row["low"] <= row["progress"] <= row["high"]
    figure = interval.figure(measured("line"), LINES, by="line", words=ES)
    [dots] = drawn_as(figure, "markers")
    assert dots.x[0] == row["progress"]


def test_the_interval_of_a_silent_group_is_hatched_over_the_whole_scale() -> None:
    figure = interval.figure(measured("country"), MEMBERS, by="country", words=ES)
    [hatched] = [trace for trace in figure.data
                 if trace.type == "bar" and trace.marker.pattern.shape == "/"]  # fmt: skip
    assert [list(key) for key in hatched.customdata] == [["USA"]]
    assert (hatched.base[0], hatched.x[0]) == (0, 100)


def test_the_table_tells_withheld_silent_and_nothing_apart() -> None:
    rows = pd.concat([measured("line"), measured("country").rename(columns={"country": "line"})])
    table = progress.table(rows, {**LINES, **MEMBERS}, by="line", group="Group", words=EN)
    shown = dict(zip(table["Group"], table["Reported progress"], strict=True))
    assert shown["I. Derecho a la información"] == "withheld"
    assert (shown["Estados Unidos"], shown["V. Niñez no localizada"]) == ("··", "—")


# Trend


def test_a_semester_without_slots_breaks_the_line() -> None:
    semesters = names.of_periods(["2018-1", "2018-2", "2022-1"], ES)
    figure = trend.figure(measured("semester"), semesters, words=ES)
    [line] = [trace for trace in figure.data if trace.type == "scatter"]
    assert line.y[2] is None
    assert line.connectgaps is False


def test_every_semester_says_its_coverage() -> None:
    figure = trend.figure(measured("semester"), SEMESTERS, words=EN)
    assert figure.layout.xaxis.ticktext[0] == "<b>2018-I</b><br>5/9<br>56%"


def test_on_a_phone_neither_a_semester_nor_its_fraction_is_broken() -> None:
    axis = trend.figure(measured("semester"), SEMESTERS, words=EN, narrow=True).layout.xaxis
    assert axis.ticktext[0] == "<b>2018-I</b><br>5/9<br>56%"
    assert axis.tickangle == 0


def test_many_semesters_on_a_phone_are_turned_and_have_the_room() -> None:
    many = names.of_periods([f"{year}-{half}" for year in range(2017, 2023) for half in "12"], ES)
    figure = trend.figure(measured("semester"), many, words=EN, narrow=True)
    texts = [bare(text) for text in figure.layout.xaxis.ticktext]
    assert figure.layout.xaxis.tickangle == 90
    assert texts[2].split() == ["2018-I", "5/9", "56%"]
    widest = max(wording.text_width(text, style.SMALL) for text in texts)
    assert figure.layout.margin.b > widest


@pytest.mark.parametrize("narrow", [False, True])
def test_the_dot_of_no_coverage_stands_clear_of_the_labels(narrow: bool) -> None:
    layout = trend.figure(measured("semester"), SEMESTERS, words=EN, narrow=narrow).layout
    low, high = layout.yaxis2.range
    plot = layout.height - layout.margin.t - layout.margin.b
    lower, upper = layout.yaxis2.domain
    assert plot * (upper - lower) * (0 - low) / (high - low) >= 9


# Every table of cells


@every_table
def test_every_pair_has_a_cell(make: Callable[[], FaceTable]) -> None:
    table = make()
    assert set(table.cells) == {(row, column) for row in table.rows for column in table.columns}


@every_table
def test_a_cell_leads_where_its_row_and_column_say(make: Callable[[], FaceTable]) -> None:
    assert all(cell.way == way_of(key) for key, cell in make().cells.items())


@every_table
def test_a_cell_tells_its_row_and_column_first(make: Callable[[], FaceTable]) -> None:
    table = make()
    for (row, column), cell in table.cells.items():
        assert table.rows[row].full in cell.details[0]
        column_name = table.columns[column]
        assert column_name.full in cell.details[0] or column_name.short in cell.details[0]


@every_table
def test_the_key_says_what_every_face_means_that_is_no_empty_one(
    make: Callable[[], FaceTable],
) -> None:
    table = make()
    kinds = {cell.face.kind for cell in table.cells.values()} - {Kind.NOTHING}
    assert kinds <= {entry.kind for entry in table.key}


@every_table
def test_text_of_the_data_is_never_markup_in_a_table(make: Callable[[], FaceTable]) -> None:
    assert "<a href" not in drawn(make())


@every_table
def test_a_table_is_lean(make: Callable[[], FaceTable]) -> None:
    assert len(drawn(make())) < 40_000


def drawn(part: FaceTable | Tiles) -> str:
    return sections.draw(part, Link(EN, lambda page, _: page))


# Heat, coverage and tiles


def test_a_cell_shows_progress_with_its_n_of_all() -> None:
    assert heated().cells["I", "BLZ"].face == Face(Kind.VALUE, "67%", "3/3", 3)


def test_a_cell_tells_progress_interval_and_coverage() -> None:
    assert list(heated().cells["I", "BLZ"].details) == [
        "Belice · I. Derecho a la información", "Reported progress: 67%", "Interval: 67%",
        "Arrived: 3 of 3 reports (100%)",
    ]  # fmt: skip


def test_a_silent_cell_is_hatched_and_says_so() -> None:
    assert heated().cells["I", "USA"].face == Face(Kind.SILENT, "··", "0/4")


def test_a_cell_of_which_nothing_is_due_holds_a_dash() -> None:
    assert heated().cells["V", "HND"].face == Face(Kind.NOTHING, "—")


def test_a_cell_of_which_nothing_is_due_tells_why() -> None:
    assert list(heated().cells["V", "HND"].details[1:]) == ["Nothing was due"]


def test_a_withheld_cell_shows_its_interval() -> None:
    assert heated().cells["I", "HND"].face == Face(Kind.WITHHELD, "0–75%", "1/4")


def test_a_withheld_cell_tells_that_no_progress_is_shown() -> None:
    told = heated().cells["I", "HND"].details
    assert told[1] == "Progress withheld: coverage is under the threshold"
    assert not any(line.startswith("Reported progress") for line in told)


INTERVAL = "Interval: too few reports for a single figure"


def test_only_progress_has_intervals_in_its_key() -> None:
    intervals = [entries(heated(measure=name).key, Kind.WITHHELD) for name in cell_tables.MEASURES]
    assert intervals == [[INTERVAL], []]


def test_the_key_of_a_measure_holds_its_steps_in_order_then_what_is_no_number() -> None:
    steps = [KeyEntry(Kind.VALUE, text, at) for at, text in enumerate(cell_tables.step_labels(EN))]
    assert list(cell_tables.key_of_measure(EN)) == [
        *steps, KeyEntry(Kind.SILENT, "·· No report"),
        KeyEntry(Kind.WITHHELD, INTERVAL), KeyEntry(Kind.NOTHING, "— Nothing due"),
    ]  # fmt: skip


@pytest.mark.parametrize("value", [19.4, 19.6, 39.5, 39.6, 40.5, 59.6, 79.6, 99.7])
@pytest.mark.parametrize("measure", ["progress", "coverage"])
def test_a_cell_has_the_colour_of_the_value_it_prints(value: float, measure: str) -> None:
    row = measured("line", "country").iloc[[0]].assign(
        line="I", country="BLZ", withheld=False, progress=value, coverage=value / 100,
        expected=1000, reported=round(10 * value),
    )  # fmt: skip
    face = heated(row, measure).cells["I", "BLZ"].face
    printed = int(face.main.lstrip(">").partition("%")[0])
    assert (face.kind, face.step) == (Kind.VALUE, min(4, printed // 20))


def test_coverage_of_nothing_reported_is_zero_and_hatched() -> None:
    face = covered().cells["USA", "2018-1"].face
    assert (face.kind, face.main) == (Kind.SILENT, "0%")


def test_a_cell_of_coverage_says_expected_reported_and_on_time() -> None:
    cells = covered().cells
    # The reports are of December: too late for the first semester, early for the second.
    assert cells["BLZ", "2018-1"].face.note == "3/3\n✓ 0"
    assert cells["BLZ", "2018-2"].face.note == "1/1\n✓ 1"


def test_a_cell_of_coverage_tells_how_many_came_on_time() -> None:
    assert covered().cells["BLZ", "2018-2"].details[-1] == "On time: 1 of 1 reported"


def test_a_cell_of_coverage_of_which_nothing_is_due_says_nothing_of_time() -> None:
    cell = covered().cells["BLZ", "2019-1"]
    assert cell.face == Face(Kind.NOTHING, "—")
    assert not any("On time" in line for line in cell.details)


def test_the_table_of_coverage_has_numbers_and_the_deadline() -> None:
    deadlines = {str(code): measures.deadline(str(code), 60) for code in SEMESTERS}
    table = coverage.table(
        measured("country", "semester"), PUNCTUAL, MEMBERS, SEMESTERS, deadlines=deadlines,
        words=EN,
    )  # fmt: skip
    assert list(table.iloc[0])[2:] == [3, 3, 0, "100%", "Aug 29, 2018"]


def test_countries_by_value_stand_before_those_under_the_threshold() -> None:
    found = order.by_value(measured("country"), MEMBERS, by="country", value="progress")
    assert list(found.ranked) == ["BLZ"]
    assert list(found.rest) == ["USA", "HND"]


def test_countries_of_one_value_keep_their_order() -> None:
    same = measured("country").assign(reported=1, withheld=False, coverage=0.5)
    found = order.by_value(same, MEMBERS, by="country", value="coverage")
    assert list(found.names) == list(MEMBERS)


def test_the_summary_of_coverage_names_who_never_reported() -> None:
    said = coverage.summary(
        measured("country", "semester"), PUNCTUAL, MEMBERS, SEMESTERS, grace_days=60, words=EN,
        cutoff=CUTOFF,
    )  # fmt: skip
    assert said.endswith("Nothing was reported by: Estados Unidos.")


def test_a_table_of_cells_says_measure_and_n_of_all() -> None:
    table = heat.table(measured("line", "country"), LINES, MEMBERS, group="Line", words=EN)
    assert list(table.iloc[0])[1:] == [
        "67% (3 of 3 reports)",
        "·· (0 of 4 reports)",
        "0–75% (1 of 4 reports)",
    ]


def test_tiles_stand_where_the_data_puts_them_counted_from_the_first() -> None:
    places = {tile.code: (tile.row, tile.column) for tile in tiled().tiles}
    assert places == {"BLZ": (2, 3), "HND": (3, 3), "USA": (1, 1)}


def test_a_tile_has_the_face_of_its_measure() -> None:
    shown = [tile_of(tiled(name), "BLZ").face for name in ("progress", "coverage")]
    assert [(face.main, face.note) for face in shown] == [("62%", "4/4"), ("100%", "4/4")]


def test_a_tile_leads_to_its_country_and_tells_its_name() -> None:
    cell = tile_of(tiled(), "HND")
    assert (cell.way, cell.details[0]) == (way_of(["HND"]), "Honduras")


def test_tiles_have_the_key_of_their_measure() -> None:
    for name in cell_tables.MEASURES:
        assert tiled(name).key == cell_tables.key_of_measure(EN, withheld=name == "progress")


# Countries side by side


def test_more_countries_than_can_be_told_apart_are_refused() -> None:
    five = {code: Name(code, code) for code in "ABCDE"}
    with pytest.raises(ValueError, match="5 countries: at least 1, at most 4"):
        side_by_side(five, words=ES)


def test_the_region_is_a_band_behind_the_countries() -> None:
    figure = side_by_side(MEMBERS, words=ES)
    [band] = traces(figure, ES("The region’s range"))
    assert figure.data[0] == band
    assert (band.base[1], band.base[1] + band.x[1]) == (30, 50)


def test_each_country_has_a_shape_of_its_own() -> None:
    figure = side_by_side(MEMBERS, words=ES)
    shapes = [trace.marker.symbol for trace in drawn_as(figure, "markers")]
    assert len(set(shapes)) == len(MEMBERS)


def test_n_of_all_stands_beside_every_country_and_line() -> None:
    figure = side_by_side({"HND": MEMBERS["HND"]}, words=EN)
    assert figure.layout.yaxis2.ticktext[:2] == (
        "<b>HND</b> 0–75% (1 of 4 reports)",
        "<b>HND</b> 30% (1 of 1 report)",
    )


# Change


def test_only_what_both_ends_report_is_compared() -> None:
    figure = changed(words=EN)
    [then, now] = drawn_as(figure, "markers")
    assert [list(key) for key in now.customdata] == [["I"]]
    assert (then.x[0], now.x[0]) == (70, 50)


def test_what_cannot_be_compared_says_why() -> None:
    [notes] = drawn_as(changed(words=EN), "text")
    assert notes.text[1].strip() == "Not reported at both cut-offs"


@pytest.mark.parametrize("words", [ES, EN], ids=["es", "en"])
def test_on_a_phone_a_note_fits_between_the_labels_of_its_row(words: Words) -> None:
    now = measured("line")
    counts = now[["expected", "reported"]] * 40
    now = now.assign(**counts, withheld=True)
    then = now.assign(expected=[0, *now["expected"][1:]])
    figure = then_and_now.figure(
        then, now, LINES, by="line", dates=(CUTOFF, CUTOFF), words=words, narrow=True
    )
    [notes] = drawn_as(figure, "text")
    size = notes.textfont.size or style.SIZE
    lines = [bare(line) for text in notes.text for line in text.split("<br>")]
    room = PHONE - figure.layout.margin.l - figure.layout.margin.r
    assert all(wording.text_width(line, size) <= room for line in lines)
    assert max(text.count("<br>") for text in notes.text) <= 2


def test_an_earlier_point_shows_around_a_later_one_at_the_same_place() -> None:
    [then, now] = drawn_as(changed(words=EN), "markers")
    inside = then.marker.size - then.marker.line.width
    assert inside > now.marker.size + now.marker.line.width + 2


def test_a_change_has_its_sign() -> None:
    assert changed(words=EN).layout.yaxis2.ticktext[0].startswith("<b>\N{MINUS SIGN}20 points</b>")


# Small multiples


def test_all_panels_share_one_scale() -> None:
    figure = multiples.figure(measured("line", "semester"), LINES, SEMESTERS, by="line", words=ES)
    heights: dict[tuple[float, float], float] = {}
    bars = [trace for trace in figure.data if trace.type == "bar" and trace.showlegend]
    corner = {}
    for bar in bars:
        for x, base, height in zip(bar.x, bar.base, bar.y, strict=True):
            if x is not None:
                corner.setdefault(x, base)
                heights[x] = heights.get(x, 0) + height
    # 6 expected in line I, 3 in line IV: half as high.
    assert sorted({round(height, 6) for height in heights.values()}) == [46, 76.666667, 92]


# Cooperation


def test_support_is_counted_by_activity_not_by_line_of_cooperation() -> None:
    table = by_line.table(COOPERATION, ACTIVITIES, LINES, PARTNERS, words=EN)
    assert list(table["OIM"]) == [1, 0, 0, 0]


def test_what_was_cancelled_is_no_support() -> None:
    table = by_line.table(COOPERATION, ACTIVITIES, LINES, PARTNERS, words=EN)
    assert list(table["ACNUR"]) == [0, 1, 0, 0]


def test_what_nobody_supports_is_hatched() -> None:
    assert supporting().cells["I", NOBODY].face == Face(Kind.SILENT, "1/2")


def test_what_nobody_supports_stands_in_the_last_column() -> None:
    assert [list(table.columns)[-1] for table in (supporting(), supported())] == [NOBODY] * 2


def test_a_partner_has_the_colour_of_its_share_of_the_line() -> None:
    assert supporting().cells["I", "OIM"].face == Face(Kind.VALUE, "1/2", step=2)


def test_a_line_of_which_a_partner_supports_nothing_holds_a_zero() -> None:
    assert supporting().cells["I", "ACNUR"].face == Face(Kind.NOTHING, "0")


def test_a_line_tells_how_many_of_its_activities_are_supported_and_how_many_by_nobody() -> None:
    told = [supporting().cells["I", partner].details[1] for partner in ("OIM", NOBODY)]
    assert told == [
        "1 of 2 activities with support, given or offered", "1 of 2 activities without any support",
    ]  # fmt: skip


def test_the_strongest_state_stands_for_a_partner() -> None:
    assert supported().cells["I.1.1", "OIM"].face == Face(
        CooperationState.EN_CURSO, "In progress", "Region"
    )


def test_a_support_counts_its_countries_and_tells_their_names() -> None:
    cell = supported().cells["IV.1.1", "ACNUR"]
    assert cell.face == Face(CooperationState.OFRECIDA, "Offered", "1 country")
    assert cell.details[1] == "Offered in: Estados Unidos"


def test_a_request_without_a_partner_is_a_gap_that_says_so() -> None:
    cell = supported().cells["V.1.1", NOBODY]
    assert cell.face == Face(CooperationState.SOLICITADA, "Requested")
    assert cell.details[1] == "Nobody supports it; support is requested"


def test_an_activity_that_nobody_supports_is_hatched() -> None:
    assert supported().cells["I.1.2", NOBODY].face == Face(Kind.SILENT, "Nobody")


def test_an_activity_that_somebody_supports_is_no_gap() -> None:
    assert supported().cells["I.1.1", NOBODY].face == Face(Kind.NOTHING, "")


MENTIONS = pd.DataFrame({"partner": ["OIM"], "activity": ["IV.1.1"], "quote": ["… y OIM"]})


def test_what_the_plan_says_of_a_partner_is_marked() -> None:
    cells = supported(MENTIONS).cells
    assert [key for key, cell in cells.items() if "¶" in cell.face.note] == [("IV.1.1", "OIM")]


def test_the_words_of_the_plan_are_told() -> None:
    told = supported(MENTIONS).cells["IV.1.1", "OIM"].details
    assert told[-1] == "¶ In the plan: «… y OIM»"


def test_the_mark_of_the_plan_is_in_the_key_only_where_it_stands() -> None:
    keys = [entries(supported(mentions).key, Kind.NOTHING) for mentions in (None, MENTIONS)]
    assert keys == [[], ["¶ Named in the plan"]]


def test_the_region_has_a_column_of_its_own_named_as_its_process() -> None:
    columns = reached().columns
    assert (list(columns)[-1], columns[EVERYWHERE].short) == (EVERYWHERE, "CRM")


def test_a_country_has_the_colour_of_the_share_that_is_supported_there() -> None:
    cells = reached("OIM").cells
    shown = [cells["I", column].face for column in ("BLZ", "USA", EVERYWHERE)]
    assert shown == [Face(Kind.VALUE, "1/2", step=2), Face(Kind.NOTHING, "0"),
                     Face(Kind.VALUE, "1/2", step=2)]  # fmt: skip


def test_a_country_tells_how_many_activities_are_supported_there() -> None:
    assert (
        reached("OIM").cells["I", "BLZ"].details[1]
        == "1 of 2 activities with support, given or offered"
    )


def test_support_of_the_region_is_not_spread_over_the_countries() -> None:
    table = by_country.table(
        COOPERATION, ACTIVITIES, LINES, MEMBERS, region=REGION, partner="OIM", words=EN
    )
    row = table.iloc[0].to_dict()
    assert (row["Belice"], row["Estados Unidos"], row["The whole region"]) == (1, 0, 1)


# Names, numbers and texts


def test_countries_stand_alphabetically_in_the_language_shown() -> None:
    rows = pd.DataFrame({"country": ["USA", "MEX", "DOM", "SLV"],
                         "name_es": ["Estados Unidos", "México", "República Dominicana",
                                     "El Salvador"],
                         "name_en": ["United States", "Mexico", "Dominican Republic",
                                     "El Salvador"]})  # fmt: skip
    assert list(names.of_countries(rows, ES)) == ["SLV", "USA", "MEX", "DOM"]
    assert list(names.of_countries(rows, EN)) == ["DOM", "SLV", "MEX", "USA"]


def test_accents_do_not_change_the_order() -> None:
    named = ["Baco", "Ábaco"]
    rows = pd.DataFrame({"country": ["B", "A"], "name_es": named, "name_en": named})
    assert list(names.of_countries(rows, ES)) == ["A", "B"]


def test_the_spanish_text_stands_where_the_english_lacks() -> None:
    assert names.in_language(EN, "Texto", float("nan")) == "Texto"


@pytest.mark.parametrize(
    ("value", "written"), [(0, "0%"), (0.2, "<1%"), (99.7, ">99%"), (100, "100%"), (41.5, "42%")]
)
def test_what_is_not_quite_nothing_or_all_does_not_say_so(value: float, written: str) -> None:
    assert wording.percent(EN, value) == written


def test_a_hover_folds_and_escapes_a_text() -> None:
    assert wording.hover_text("a <b> & c", width=5) == "a &lt;b&gt;<br>&amp; c"


@pytest.mark.parametrize("top", [1, 7, 60, 431, 12_000])
def test_ticks_are_few_round_and_reach_near_the_top(top: int) -> None:
    values, texts = ticks.counts_up_to(top, EN)
    assert len(values) == len(texts) <= 7
    assert values[0] == 0
    assert values[-1] > top / 2


@pytest.mark.parametrize(
    ("expected", "reported", "withheld", "kind"),
    [
        (0, 0, False, Kind.NOTHING),
        (4, 0, True, Kind.SILENT),
        (4, 1, True, Kind.WITHHELD),
        (4, 3, False, Kind.VALUE),
    ],
)
def test_the_four_faces_of_a_progress(
    expected: int, reported: int, withheld: bool, kind: Kind
) -> None:
    one = measures.Measured(
        expected, reported, 0, reported, 0, 0, expected - reported, 0, 0.5, 40, 10, 85, withheld
    )
    assert cell_tables.progress(EN, one).kind == kind
