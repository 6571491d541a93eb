"""The calendar, read from its data: what the plan says and nothing it does not."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from crmdata import measures
from crmdata.figures import calendar, style
from crmdata.figures.calendar import Layers, Plan, spans
from crmdata.figures.wording import text_width
from crmdata.i18n import words_for
from crmdata.store import db, queries
from crmdata.terms import MARKS, Period

ES, EN = words_for("es"), words_for("en")
CUTOFF = date(2019, 8, 1)
PAGE_OF_1024 = 960
"""Px for a figure on a page of 1024 px: the page has a margin at each side."""

ACTIVITIES = pd.DataFrame(
    [
        (1, "I", "I.1", "I.1.1", "Campaña <b>grande</b>", "", "exact", ""),
        (1, "I", "I.1", "I.1.2", "Sin fecha aún", "No date yet", "shared", ""),
        (1, "II", "II.1", "II.1.1", "Talleres", "Workshops", "inferred", "Otra lectura: II.1.2."),
        (1, "II", "II.1", "II.1.2", "Guía", "Guide", "exact", ""),
        (2, "IV", "IV.1", "IV.1.1", "Plataforma", "Platform", "exact", ""),
    ],
    columns=["axis", "line", "result", "activity", "text", "text_en", "reading", "note"],
).assign(note_en="")
AXES = pd.DataFrame({"axis": [1, 2], "title": ["Prevención", "Protección"], "title_en": ["", ""]})
LINES = pd.DataFrame(
    {"line": ["I", "II", "IV"], "title": ["Información", "Arraigo", "Coordinación"], "title_en": ""}
)


def marks_of(*cells: tuple[str, int, str]) -> pd.DataFrame:
    rows = [(activity, year, mark, MARKS[mark].value) for activity, year, mark in cells]
    return pd.DataFrame(rows, columns=["activity", "year", "mark", "kind"])


MARKED = marks_of(
    ("I.1.1", 2018, "Continuo"),
    ("I.1.1", 2019, "Continuo"),
    ("I.1.1", 2021, "Continuo"),
    ("I.1.2", 2017, "Por definir"),
    ("I.1.2", 2018, "Por definir"),
    ("I.1.2", 2020, "Por definir"),
    ("II.1.1", 2018, "Dos veces al año"),
    ("II.1.1", 2019, "I Trimestre"),
    ("IV.1.1", 2017, "II Semestre"),
)
PLAN = Plan(AXES, LINES, ACTIVITIES, MARKED, first_year=2017, period_from=2017, period_to=2022)

COUNTRIES = pd.DataFrame({"country": ["BLZ", "HND", "MEX", "USA"]})


def slots_of(plan: Plan) -> pd.DataFrame:
    codes = ACTIVITIES.set_index("activity")[["axis", "line", "result"]]
    places = pd.DataFrame(spans.slot_places(plan.marks, plan).values())
    places = places.rename(columns={"period": "semester"})
    return places[["activity", "semester"]].join(codes, on="activity").assign(quarter=False)


REPORTS = pd.DataFrame(
    [
        (1, "BLZ", "I.1.1", "2018-1", "cumplida", 100.0),
        (2, "HND", "I.1.1", "2018-1", "en_curso", 40.0),
        (3, "MEX", "I.1.1", "2018-1", "no_aplica", float("nan")),
        (4, "BLZ", "I.1.1", "2019-2", "en_curso", 70.0),
    ],
    columns=["report_id", "country", "activity", "semester", "state", "percent"],
).assign(reported_on=date(2019, 7, 20))
CELLS = measures.cells(slots_of(PLAN), COUNTRIES, REPORTS, CUTOFF)
LAYERS = Layers(cells=CELLS, cutoff=CUTOFF)


def drawn(layers: Layers | None = None, plan: Plan = PLAN, **how: Any) -> go.Figure:
    return calendar.figure(plan, layers, **({"words": ES} | how))


def trace(figure: go.Figure, name: str) -> Any:
    [found] = [one for one in figure.data if (one.name or "").endswith(name)]
    return found


def row_of(figure: go.Figure, code: str) -> float:
    """Return the middle of the row whose label begins with this code."""
    axis = figure.layout.yaxis
    [place] = [at for at, text in zip(axis.tickvals, axis.ticktext, strict=True)
               if text.startswith(f"<b>{code}</b>")]  # fmt: skip
    return float(place)


def pieces(bars: Any) -> list[tuple[float, float]]:
    """Return start and end of each bar, to the nearest tenth of a semester."""
    return [
        (round(base, 1), round(base + length, 1))
        for base, length in zip(bars.base, bars.x, strict=True)
    ]


def in_row(figure: go.Figure, bars: Any, code: str) -> list[tuple[float, float]]:
    near = row_of(figure, code)
    return [piece for piece, y in zip(pieces(bars), bars.y, strict=True) if abs(y - near) < 18]


# Marks as bars


def test_continuous_years_on_end_are_one_bar_across_the_boundary() -> None:
    figure = drawn()
    assert (2.0, 6.0) in [(round(a), round(b)) for a, b in
                          in_row(figure, trace(figure, ES("Planned")), "I.1.1")]  # fmt: skip


def test_a_gap_between_continuous_years_stays_a_gap() -> None:
    figure = drawn()
    assert len(in_row(figure, trace(figure, ES("Planned")), "I.1.1")) == 2


def test_only_the_run_that_reaches_the_last_column_has_an_open_end() -> None:
    [open_end] = [span for span in spans.spans(MARKED, PLAN) if span.open_end]
    assert (open_end.activity, open_end.start, open_end.end) == ("I.1.1", 8, 10)


def test_both_semesters_are_two_cells() -> None:
    own = [span for span in spans.spans(MARKED, PLAN) if span.activity == "II.1.1"]
    assert [(span.start, span.end) for span in own][:2] == [(2, 3), (3, 4)]


def test_a_quarter_is_half_a_semester() -> None:
    place = spans.slot_places(MARKED, PLAN)["II.1.1", "2019-1"]
    assert place.end - place.start == 0.5


def test_what_is_to_be_defined_is_never_a_bar() -> None:
    figure = drawn(LAYERS)
    row = row_of(figure, "I.1.2")
    bars = [one for one in figure.data if one.type == "bar" and one.marker.color != style.CLEAR]
    assert not [y for bar in bars for y in bar.y if y is not None and abs(y - row) < 18]


def test_the_years_to_be_defined_stand_in_a_lane_beyond_the_semesters() -> None:
    figure = drawn()
    [lane] = [one for one in figure.data if one.type == "scatter" and "2017–18, 2020" in
              (one.text or ())]  # fmt: skip
    assert min(lane.x) > PLAN.width


def test_each_band_counts_its_activities_to_be_defined() -> None:
    figure = drawn()
    [lane] = [one for one in figure.data if one.type == "scatter" and "2017–18, 2020" in
              (one.text or ())]  # fmt: skip
    assert [text for text in lane.text if text.startswith("<b>")] == ["<b>1</b>", "<b>1</b>"]


def test_an_activity_without_a_mark_says_unscheduled() -> None:
    figure = drawn()
    [word] = [one for one in figure.data if one.type == "scatter" and
              (one.text or ("",))[0] == f"<i>{ES('unscheduled')}</i>"]  # fmt: skip
    assert list(word.y) == [row_of(figure, "II.1.2")]


def test_the_mark_stands_verbatim_in_the_hover() -> None:
    hovers = [text for one in drawn().data if one.hovertext is not None for text in one.hovertext]
    assert any("«I Trimestre»" in text for text in hovers)


@pytest.mark.parametrize(
    ("years", "written"),
    [([2017, 2018, 2019], "2017–19"), ([2017, 2019], "2017, 2019"), ([2020], "2020")],
)
def test_years_are_written_in_short(years: list[int], written: str) -> None:
    assert spans.years_text(years) == written


# The axis


def test_the_header_has_years_over_semesters() -> None:
    texts = [list(one.text) for one in drawn().data if one.type == "scatter" and one.text]
    assert [f"<b>{year}</b>" for year in range(2017, 2023)] in texts
    assert ["I", "II"] * 6 in texts


def test_the_year_without_a_column_is_there_and_says_so() -> None:
    plan = PLAN.only(pd.concat([ACTIVITIES] * 2).drop_duplicates("activity"))
    figure = drawn(plan=plan)
    notes = [note.text for note in figure.layout.annotations]
    assert EN("The source has no column for {year}", year=2022) in {
        note.text for note in drawn(plan=plan, words=EN).layout.annotations
    }
    assert len(notes) == 1


def test_no_bar_reaches_into_the_year_without_a_column() -> None:
    assert max(span.end for span in spans.spans(MARKED, PLAN)) <= PLAN.place("2022-1")


def test_another_first_year_moves_the_empty_year() -> None:
    assert replace(PLAN, first_year=2018).empty_years == [2017]


@pytest.mark.parametrize(
    ("day", "place"),
    [(date(2017, 1, 1), 0), (date(2018, 7, 1), 3), (date(2019, 12, 31), 5.995)],
)
def test_a_day_lies_in_its_semester(day: date, place: float) -> None:
    assert PLAN.place_of_day(day) == pytest.approx(place, abs=0.01)


def test_the_cut_off_is_a_line_through_rows_and_header() -> None:
    [line] = [shape for shape in drawn(LAYERS).layout.shapes if shape.type == "line"]
    assert line.x0 == line.x1 == PLAN.place_of_day(CUTOFF)
    assert line.y0 < 0 < line.y1


def test_a_cut_off_beyond_the_plan_draws_no_line() -> None:
    figure = drawn(Layers(cutoff=date(2030, 1, 1)))
    assert not [shape for shape in figure.layout.shapes if shape.type == "line"]


def test_meetings_are_diamonds_in_the_header() -> None:
    meetings = pd.DataFrame(
        {"meeting": ["R1"], "name_es": ["Reunión"], "name_en": ["Meeting"],
         "held_on": [date(2018, 7, 1)], "corte": [date(2018, 6, 15)]}
    )  # fmt: skip
    diamond = trace(drawn(Layers(meetings=meetings)), ES("Meeting"))
    assert (diamond.marker.symbol, diamond.x[0]) == ("diamond", 3)
    assert diamond.y[0] < 0


# Rows


def test_rows_stand_under_bands_of_axis_and_line() -> None:
    labels = drawn(words=EN).layout.yaxis.ticktext
    plain = [label.split(">")[2 if "span" in label else 1].split("<")[0] for label in labels]
    assert [text[:6] for text in plain] == [
        "Axis 1", "I. Inf", "I.1.1", "I.1.2", "II. Ar", "II.1.1", "II.1.2",
        "Axis 2", "IV. Co", "IV.1.1",
    ]  # fmt: skip


def test_a_band_counts_its_activities() -> None:
    assert "1\N{NO-BREAK SPACE}activity" in drawn(words=EN).layout.yaxis.ticktext[-2]


def test_a_folded_line_hides_its_activities() -> None:
    labels = drawn(Layers(folded=frozenset({"II"}))).layout.yaxis.ticktext
    assert not [label for label in labels if "II.1.1" in label]


def test_a_folded_line_shows_what_its_activities_reported() -> None:
    layers = Layers(cells=CELLS, cutoff=CUTOFF, folded=frozenset({"I"}))
    figure = drawn(layers)
    [place] = [at for at, text in zip(figure.layout.yaxis.tickvals, figure.layout.yaxis.ticktext,
                                      strict=True) if "▸" in text]  # fmt: skip
    assert [y for y in trace(figure, ES("Fulfilled")).y if abs(y - place) < 18]


def test_a_narrow_calendar_labels_its_rows_by_code() -> None:
    labels = drawn(words=EN, narrow=True).layout.yaxis.ticktext
    assert labels[:3] == ("<b>Axis 1</b>", "<b>I</b>", "<b>I.1.1</b>")


def test_text_of_the_plan_is_never_markup() -> None:
    assert "<b>grande</b>" not in drawn(LAYERS).to_json().replace("\\u003c", "<").replace(
        "\\u003e", ">"
    )


def test_header_and_body_have_the_same_margins_and_extent() -> None:
    header, body = calendar.halves(PLAN, LAYERS, words=ES)
    assert (header.layout.margin.l, header.layout.margin.r) == (
        body.layout.margin.l, body.layout.margin.r,
    )  # fmt: skip
    assert header.layout.xaxis.range == body.layout.xaxis.range


def test_the_legend_stands_in_the_header_alone() -> None:
    header, body = calendar.halves(PLAN, LAYERS, words=ES)
    assert not [one for one in body.data if one.showlegend]
    assert [one.name for one in header.data if one.showlegend] == [
        one.name for one in drawn(LAYERS).data if one.showlegend
    ]


def test_the_hover_of_a_row_has_its_note_however_sure_its_reading_is() -> None:
    exact = ACTIVITIES["activity"].eq("II.1.2")
    noted = ACTIVITIES.assign(note=ACTIVITIES["note"].mask(exact, "La fuente lo repite."))
    figure = drawn(plan=replace(PLAN, activities=noted))
    assert any("La fuente lo repite." in str(trace) for trace in figure.data)


def test_the_sign_of_a_reading_stands_at_its_row_with_the_other_reading() -> None:
    [gutter] = [one for one in drawn().data if one.customdata is not None
                and one.type == "scatter" and "‡" in (one.text or ())]  # fmt: skip
    signs = dict(zip((key[0] for key in gutter.customdata), gutter.text, strict=True))
    notes = dict(zip((key[0] for key in gutter.customdata), gutter.hovertext, strict=True))
    assert (signs["I.1.2"], signs["II.1.1"], signs.get("II.1.2")) == ("‡", "†", None)
    assert "Otra lectura: II.1.2." in notes["II.1.1"]


def test_pages_hold_every_activity_once_and_never_two_axes() -> None:
    pages = calendar.pages(PLAN, 150, words=ES)
    codes = [code for page in pages for code in page.activities["activity"]]
    assert codes == list(ACTIVITIES["activity"])
    assert all(page.activities["axis"].nunique() == 1 for page in pages)


# Results


RESULTS = pd.DataFrame(
    {"axis": [1, 1, 2], "line": ["I", "II", "IV"], "result": ["I.1", "II.1", "IV.1"],
     "title": ["Informados", "Arraigados", "Coordinados"], "title_en": ""}
)  # fmt: skip
WITH_RESULTS = replace(PLAN, results=calendar.deliveries(PLAN, RESULTS))


def test_a_result_is_delivered_in_the_last_semester_with_a_slot_of_its_activities() -> None:
    found = calendar.deliveries(PLAN, RESULTS)
    assert dict(zip(found["result"], found["semester"], strict=True)) == {
        "I.1": "2021-2", "II.1": "2019-1", "IV.1": "2017-2",
    }  # fmt: skip


def test_a_result_without_slots_has_no_delivery() -> None:
    bare = replace(PLAN, marks=MARKED[MARKED["activity"] != "IV.1.1"])
    assert calendar.deliveries(bare, RESULTS)["semester"].iloc[2] is None


def test_a_filter_moves_no_delivery() -> None:
    table = calendar.table(WITH_RESULTS.only(ACTIVITIES.iloc[1:2]), words=EN)
    assert list(table["Result and its delivery"]) == ["I.1: 2021-II"]


def test_a_delivery_is_a_spot_on_the_band_of_its_line() -> None:
    figure = drawn(plan=WITH_RESULTS)
    spots = trace(figure, ES("Delivery of a result, by its number"))
    assert [key[0] for key in spots.customdata] == ["I.1", "II.1", "IV.1"]
    assert list(spots.x) == [9.5, 4.5, 1.5]


def test_a_folded_axis_counts_its_deliveries() -> None:
    figure = drawn(Layers(folded=frozenset({"1"})), plan=WITH_RESULTS)
    spots = trace(figure, ES("Delivery of a result, by its number"))
    assert [key[0] for key in spots.customdata] == ["1", "1", "IV.1"]


def test_the_summary_names_results_without_a_delivery() -> None:
    bare = replace(PLAN, marks=MARKED[MARKED["activity"] != "IV.1.1"])
    plan = replace(bare, results=calendar.deliveries(bare, RESULTS))
    said = calendar.summary(plan, words=EN)
    assert "2 of 3 results have a semester of delivery. Without any: IV.1." in said


def test_labels_lead_where_they_are_told() -> None:
    figure = drawn(Layers(addresses={"I.1.1": "a?b=1", "1": "c?d=2"}))
    links = [text for text in figure.layout.yaxis.ticktext if "<a " in text]
    assert ['href="c?d=2"' in links[0], 'href="a?b=1"' in links[1]] == [True, True]


def test_an_earlier_plan_stands_in_the_table() -> None:
    earlier = marks_of(("IV.1.1", 2018, "I Semestre"))
    table = calendar.table(PLAN, Layers(earlier_marks=earlier), words=EN).set_index("Code")
    assert table.loc["IV.1.1", "Earlier version"] == "2017: —; 2018: «I Semestre»"


def test_labels_take_no_place_under_the_pointer() -> None:
    assert drawn().layout.yaxis.shift is None


# What was reported


def test_a_slot_is_stacked_by_what_its_countries_said() -> None:
    figure = drawn(LAYERS)
    shares = {
        name: [b - a for a, b in in_row(figure, trace(figure, ES(name)), "I.1.1") if 2 <= a < 3]
        for name in ("Fulfilled", "In progress", "No report", "Not applicable")
    }
    assert all(len(found) == 1 for found in shares.values())


def test_silence_is_drawn_where_due_and_nowhere_else() -> None:
    figure = drawn(LAYERS)
    silence = in_row(figure, trace(figure, ES("No report")), "I.1.1")
    assert max(end for _, end in silence) <= PLAN.place(Period.of(CUTOFF))


def test_an_early_report_is_drawn_before_its_slot_is_due() -> None:
    figure = drawn(LAYERS)
    reported = in_row(figure, trace(figure, ES("In progress")), "I.1.1")
    assert [round(start, 1) for start, _ in reported] == [2.3, 5.0]


def test_what_was_reported_lies_under_what_was_planned() -> None:
    figure = drawn(LAYERS)
    planned, said = trace(figure, ES("Planned")), trace(figure, ES("No report"))
    row = row_of(figure, "I.1.1")
    assert {y < row for y in planned.y if abs(y - row) < 18} == {True}
    assert {y > row for y in said.y if abs(y - row) < 18} == {True}


def test_one_country_shows_its_symbol_in_each_slot() -> None:
    figure = drawn(Layers(cells=CELLS[CELLS["country"] == "BLZ"], cutoff=CUTOFF))
    texts = [text for one in figure.data if one.type == "scatter" and one.text for text in one.text]
    assert "<b>●</b>" in texts
    assert "<b>··</b>" in texts


def test_the_hover_of_a_slot_counts_its_countries() -> None:
    hovers = [text for one in drawn(LAYERS, words=EN).data if one.hovertext is not None
              for text in one.hovertext]  # fmt: skip
    [said] = [text for text in hovers if text.startswith("<b>I.1.1 · 2018-I<")]
    assert said.endswith("2/3 (67%): ●\N{NO-BREAK SPACE}1 · ◐\N{NO-BREAK SPACE}1 · "
                         "··\N{NO-BREAK SPACE}1 · —\N{NO-BREAK SPACE}1")  # fmt: skip


def test_early_reports_of_an_open_slot_have_no_share() -> None:
    listed = calendar.as_list(PLAN, LAYERS, words=EN)
    row = listed[(listed["Code"] == "I.1.1") & (listed["Semester"] == "2019-II")]
    assert list(row["Reported"]) == ["Within the period: ◐\N{NO-BREAK SPACE}1"]


def test_a_click_on_a_slot_gives_activity_and_semester() -> None:
    keys = [tuple(key) for one in drawn(LAYERS).data if one.customdata is not None
            for key in one.customdata]  # fmt: skip
    assert ("IV.1.1", "2017-2") in keys


def test_reports_without_a_slot_are_crosses() -> None:
    outside = pd.DataFrame({"activity": ["II.1.2"], "semester": ["2018-2"]})
    cross = trace(drawn(Layers(cells=CELLS, outside=outside)), ES("Outside the calendar"))
    assert list(cross.x) == [3.5]


def test_what_an_earlier_plan_had_otherwise_is_a_dotted_ghost() -> None:
    earlier = marks_of(("IV.1.1", 2018, "I Semestre"), ("II.1.1", 2018, "Dos veces al año"))
    ghost = trace(drawn(Layers(earlier_marks=earlier)), ES("Earlier version"))
    assert ghost.line.dash == "dot"
    assert (min(x for x in ghost.x if x is not None), len(ghost.x)) == (2.05, 6)


def test_support_that_overlaps_stands_in_lanes() -> None:
    cooperation = pd.DataFrame(
        {"partner": ["OIM", "ACNUR"], "activity": "IV.1.1", "countries": "CRM",
         "semester_from": ["2018-1", "2018-2"], "semester_to": ["2019-1", None],
         "modality": "tecnica", "state": "en_curso"}
    )  # fmt: skip
    bars = trace(drawn(Layers(cooperation=cooperation)), ES("In progress"))
    assert len(set(bars.y)) == 2
    assert pieces(bars)[1][1] == pytest.approx(PLAN.width, abs=0.1)


SUPPORT = pd.DataFrame(
    [
        ("OIM", "I.1.1", "2018-1", "2018-2", "ofrecida"),
        ("ACNUR", "I.1.1", "2018-2", "2018-2", "en_curso"),
        (None, "II.1.1", "2018-1", "2018-1", "solicitada"),
        ("OIM", "IV.1.1", "2018-1", None, "en_curso"),
    ],
    columns=["partner", "activity", "semester_from", "semester_to", "state"],
).assign(countries="CRM", modality="tecnica")


@pytest.mark.parametrize(("folded", "share"), [("1", 1 / 4), ("I", 1 / 2)])
def test_a_folded_band_shows_how_many_of_its_activities_have_support(folded, share) -> None:
    layers = Layers(cooperation=SUPPORT, folded=frozenset({folded}))
    offered = trace(drawn(layers), ES("Offered"))
    assert list(offered.x) == [pytest.approx(0.9 * share, abs=0.001)]
    assert list(offered.customdata[0]) == [folded, "axis" if folded == "1" else "line"]


def test_an_activity_of_a_folded_band_is_counted_once_in_its_strongest_state() -> None:
    figure = drawn(Layers(cooperation=SUPPORT, folded=frozenset({"1"})), words=EN)
    (hover,) = [text for text in trace(figure, "In progress").hovertext if "2018-II" in text]
    assert "1 of 4 activities with support or a request" in hover
    assert hover.endswith("In progress: 1")


@pytest.mark.parametrize("folded", [frozenset(), frozenset({"I"})])
def test_spots_of_a_semester_stand_clear_of_each_other_on_a_page_of_1024_px(folded) -> None:
    results = pd.concat([RESULTS, RESULTS.iloc[:1].assign(result="I.2")])
    activities = ACTIVITIES.copy()
    activities.loc[1, "result"] = "I.2"
    marks = pd.concat([MARKED, marks_of(("I.1.2", 2021, "Continuo"))])
    plan = replace(PLAN, activities=activities, marks=marks)
    plan = replace(plan, results=calendar.deliveries(plan, results))
    figure = drawn(Layers(folded=folded), plan=plan)
    spots = trace(figure, ES("Delivery of a result, by its number"))
    at = {key[0]: x for key, x in zip(spots.customdata, spots.x, strict=True)}
    first, last = figure.layout.xaxis.range
    px = (PAGE_OF_1024 - figure.layout.margin.l - figure.layout.margin.r) / (last - first)
    assert (at["I.2"] - at["I.1"]) * px > spots.marker.size


# Words and tables


def test_the_table_holds_the_marks_verbatim() -> None:
    table = calendar.table(PLAN, words=EN)
    row = table.set_index("Code").loc["II.1.1"]
    assert (row["2018"], row["2019"], row["2020"]) == ("Dos veces al año", "I Trimestre", "")


def test_the_table_marks_the_year_without_a_column() -> None:
    assert set(calendar.table(PLAN, words=EN)["2022"]) == {"—"}


def test_the_table_says_how_much_was_reported() -> None:
    table = calendar.table(PLAN, LAYERS, words=EN).set_index("Code")
    assert table.loc["I.1.1", "Reported"] == "2/11 (18%)"
    assert table.loc["II.1.2", "Reported"] == "—"


def test_the_list_goes_by_semester() -> None:
    listed = calendar.as_list(PLAN, LAYERS, words=EN)
    assert list(listed["Semester"]) == sorted(listed["Semester"])
    assert len(listed) == len(spans.slot_places(MARKED, PLAN))


def test_what_has_no_date_is_listed_with_its_years() -> None:
    table = calendar.undated(PLAN, words=EN)
    assert list(table["Years to be defined"]) == ["2017, 2018, 2020"]


def test_what_has_no_mark_is_listed_with_a_reason() -> None:
    table = calendar.unscheduled(PLAN, words=EN)
    assert list(table["Code"]) == ["II.1.2"]
    assert list(table["Why it has no date"]) == [
        "The five year cells of this activity are empty in the source."
    ]


def test_the_summary_counts_dated_undated_and_unmarked() -> None:
    said = calendar.summary(PLAN, LAYERS, words=EN)
    assert said.startswith(
        "The calendar shows 5 activities. Work in at least one semester: 3; a year to be "
        "defined: 1; no mark at all: 1."
    )
    assert said.endswith("Up to August 1, 2019, 2/27 (7%) of the expected reports had arrived.")


# The plan itself


@pytest.fixture(scope="module")
def whole_plan(sqlite_with_plan: Path) -> Plan:
    engine = db.connect(f"sqlite:///{sqlite_with_plan}")
    with db.reading(engine) as session:
        version = queries.version_at(session, date(2020, 1, 1))
        assert version.id is not None
        frames = [ask(session, version.id) for ask in
                  (queries.axes, queries.lines, queries.activities, queries.marks)]  # fmt: skip
        plan = Plan(*frames, first_year=version.first_year, period_from=2017, period_to=2022)
    engine.dispose()
    return plan


def test_every_slot_of_the_plan_has_a_place(whole_plan: Plan, sqlite_with_plan: Path) -> None:
    engine = db.connect(f"sqlite:///{sqlite_with_plan}")
    with db.reading(engine) as session:
        slots = queries.slots(session, 1)
    engine.dispose()
    places = spans.slot_places(whole_plan.marks, whole_plan)
    assert set(places) == set(zip(slots["activity"], slots["semester"], strict=True))


def test_the_whole_plan_has_a_row_for_each_activity_and_band(whole_plan: Plan) -> None:
    assert len(calendar.halves(whole_plan, words=ES).body.layout.yaxis.ticktext) == 97 + 16 + 5


def test_the_eight_activities_without_a_mark_are_listed(whole_plan: Plan) -> None:
    assert list(calendar.unscheduled(whole_plan, words=ES).iloc[:, 0]) == [
        "I.1.4", "IV.2.1", "IV.5.1", "IV.5.2", "IV.5.3", "VI.1.4", "X.1.4", "XIV.1.2",
    ]  # fmt: skip


def test_no_row_label_is_wider_than_its_room(whole_plan: Plan) -> None:
    figure = calendar.halves(whole_plan, words=ES).body
    lines = [line for label in figure.layout.yaxis.ticktext for line in label.split("<br>")]
    # The estimate is generous: it may pass the room by a little, the drawn text does not.
    assert max(text_width(line, style.SIZE) for line in lines if "<" not in line) < 400
