"""The calendar, read from its data and from its board: what the plan says, nothing it does not."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from sqlalchemy import Engine

from crmdata import measures, view
from crmdata.content import calendar
from crmdata.content.calendar import Plan, Schedule, phrases, spans
from crmdata.content.calendar.schedule import NO_MARK, Picked
from crmdata.content.calendar.schedule import whole_plan as of_view
from crmdata.content.cooperation.support import supports
from crmdata.i18n import words_for
from crmdata.memo import Memo
from crmdata.render.html import board
from crmdata.render.html.links import Link
from crmdata.store import db, queries
from crmdata.store.queries import Party, PlanFacts
from crmdata.terms import MARKS, MarkKind, Period, Thresholds
from tests.long import rounds
from tests.support import examples

ES, EN = words_for("es"), words_for("en")
CUTOFF = date(2019, 8, 1)

ACTIVITIES = pd.DataFrame(
    [
        (1, "I", "I.1", "I.1.1", "Campaña <b>grande</b>", "", "exact", ""),
        (1, "I", "I.1", "I.1.2", "Sin fecha aún", "No date yet", "shared", ""),
        (1, "II", "II.1", "II.1.1", "Talleres", "Workshops", "inferred", "Otra lectura: II.1.2."),
        (1, "II", "II.1", "II.1.2", "Guía", "Guide", "exact", ""),
        (2, "IV", "IV.1", "IV.1.1", "Plataforma", "Platform", "exact", ""),
    ],
    columns=["axis", "line", "result", "activity", "text", "text_en", "reading", "note"],
).assign(note_en="", brief="", brief_en="")
AXES = pd.DataFrame(
    {"axis": [1, 2], "title": ["Prevención", "Protección"], "title_en": ["", ""]}
).assign(brief="", brief_en="")
LINES = pd.DataFrame(
    {"line": ["I", "II", "IV"], "title": ["Información", "Arraigo", "Coordinación"], "title_en": ""}
).assign(brief="", brief_en="")
RESULTS = pd.DataFrame(
    {"axis": [1, 1, 2], "line": ["I", "II", "IV"], "result": ["I.1", "II.1", "IV.1"],
     "title": ["Informados", "Arraigados", "Coordinados"], "title_en": ""}
)  # fmt: skip


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
WITH_RESULTS = replace(PLAN, results=calendar.deliveries(PLAN, RESULTS))

COUNTRIES = pd.DataFrame(
    [("BLZ", "Belice", "Belize"), ("HND", "Honduras", "Honduras"), ("MEX", "México", "Mexico"),
     ("USA", "Estados Unidos", "United States")],
    columns=["country", "name_es", "name_en"],
)  # fmt: skip


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
SUPPORT = pd.DataFrame(
    [
        ("OIM", "I.1.1", "2018-1", "2018-2", "ofrecida"),
        ("ACNUR", "I.1.1", "2018-2", "2018-2", "en_curso"),
        (None, "II.1.1", "2018-1", "2018-1", "solicitada"),
        ("OIM", "IV.1.1", "2018-1", None, "en_curso"),
        ("OIM", "II.1.2", "2018-1", None, "cancelada"),
    ],
    columns=["partner", "activity", "semester_from", "semester_to", "state"],
).assign(countries="CRM", modality="tecnica")
FRAMES = {
    "axes": AXES,
    "lines": LINES,
    "results": RESULTS,
    "activities": ACTIVITIES,
    "marks": MARKED,
    "countries": COUNTRIES,
    "partners": pd.DataFrame(
        {"partner": ["ACNUR", "OIM"], "acronym_en": ["UNHCR", "IOM"],
         "name_es": ["Refugiados", "Migraciones"], "name_en": ["Refugees", "Migration"]}
    ),
    "meetings": pd.DataFrame(
        {"meeting": ["R1", "R2"], "name_es": ["Reunión", "Otra"], "name_en": ["Meeting", "Next"],
         "held_on": [date(2018, 7, 1), CUTOFF], "corte": [date(2018, 6, 15), CUTOFF]}
    ),
    "cells": CELLS,
    "outside": pd.DataFrame({"activity": ["II.1.2"] * 2, "semester": ["2018-2"] * 2}),
    "cooperation": SUPPORT,
}  # fmt: skip


@dataclass(frozen=True)
class Small(view.View):
    """A view of frames written down here: no store is asked for them."""

    frames: Mapping[str, pd.DataFrame] = field(kw_only=True, compare=False)
    earlier: pd.DataFrame | None = field(default=None, kw_only=True, compare=False)

    plan = PlanFacts(
        version_id=1, plan_id="small", first_year=2017, year_columns=5, period_from=2017,
        period_to=2022, title=("", ""), short_title=("", ""), objective=("", ""),
        principle=("", ""), footnote=("", ""),
    )  # fmt: skip
    region = Party("CRM", ("Región", "Region"))
    thresholds = Thresholds()

    def frame(self, name: str) -> pd.DataFrame:
        return self.frames[name]

    def earlier_marks(self) -> pd.DataFrame | None:
        return self.earlier


def small(cutoff: date = CUTOFF, earlier: pd.DataFrame | None = None, **frames: Any) -> Small:
    """Return a view of the small plan at a cut-off, some of its frames exchanged."""
    held = FRAMES | frames
    if "reports" in held or cutoff != CUTOFF:
        reports = held.get("reports", REPORTS)
        held["cells"] = measures.cells(slots_of(PLAN), COUNTRIES, reports, cutoff)

    def opened(_snapshot: str) -> Any:
        raise AssertionError("the store was asked")

    return Small(
        1, cutoff, plan_id="small", memo=Memo(1), open_session=opened, frames=held,
        earlier=earlier,
    )  # fmt: skip


def link(page: str, changes: Mapping[str, str]) -> str:
    return f"/{page}?{urlencode(changes)}"


@dataclass(frozen=True)
class Drawn:
    """A board as a browser would read it."""

    tree: Any
    schedule: Schedule

    def row(self, code: str) -> Any:
        [found] = self.tree.xpath(".//tbody/tr[@data-code=$code]", code=code)
        return found

    def cells(self, code: str) -> dict[str, Any]:
        """Return a row's cells by period."""
        cells = self.row(code).xpath("./td[@role='gridcell']")
        periods = [period.code for period in self.schedule.periods]
        return dict(zip(periods, cells, strict=True))

    def slots(self, code: str) -> list[str]:
        return [at for at, cell in self.cells(code).items() if "crm-slot" in classes(cell)]

    def bar(self, code: str, period: str) -> dict[str, float]:
        """Return how wide each part of a cell's bar is, by its classes."""
        return {
            " ".join(classes(part)): float(part.get("style").removeprefix("flex:"))
            for part in self.cells(code)[period].xpath("./span[@class='crm-bar']/i")
        }

    def says(self, code: str, period: str) -> str:
        return self.cells(code)[period].get("aria-label", "")

    def text(self, code: str, column: str) -> str:
        """Return what a row says in a column that is of no period."""
        [found] = [cell for cell in self.row(code).xpath("./td") if column in classes(cell)]
        return found.text_content()

    @property
    def shown(self) -> list[str]:
        """The codes of the rows that are not hidden, nor within a body that is."""
        rows = self.tree.xpath(".//tbody[not(@hidden)]/tr[not(@hidden)]")
        return [row.get("data-code") for row in rows]

    @property
    def head(self) -> list[Any]:
        first, _ = self.tree.xpath(".//thead/tr")
        return first.xpath("./th")


def classes(element: Any) -> list[str]:
    return element.get("class", "").split()


def drawn(picked: Picked | None = None, *, of: view.View | None = None, words: Any = EN) -> Drawn:
    schedule = calendar.schedule(of or small(), words)
    written = board.board(schedule, picked or Picked(), Link(words, link))
    return Drawn(html.fragment_fromstring(written), schedule)


# Marks as spans and slots


def test_continuous_years_on_end_are_one_span_across_the_boundary() -> None:
    own = [span for span in spans.spans(MARKED, PLAN) if span.activity == "I.1.1"]
    assert (2, 6) in [(span.start, span.end) for span in own]


def test_a_gap_between_continuous_years_stays_a_gap() -> None:
    assert len([span for span in spans.spans(MARKED, PLAN) if span.activity == "I.1.1"]) == 2


def test_only_the_run_that_reaches_the_last_column_has_an_open_end() -> None:
    [open_end] = [span for span in spans.spans(MARKED, PLAN) if span.open_end]
    assert (open_end.activity, open_end.start, open_end.end) == ("I.1.1", 8, 10)


def test_both_semesters_are_two_spans() -> None:
    own = [span for span in spans.spans(MARKED, PLAN) if span.activity == "II.1.1"]
    assert [(span.start, span.end) for span in own][:2] == [(2, 3), (3, 4)]


def test_a_quarter_is_half_a_semester() -> None:
    place = spans.slot_places(MARKED, PLAN)["II.1.1", "2019-1"]
    assert place.end - place.start == 0.5


@pytest.mark.parametrize(
    ("years", "written"),
    [([2017, 2018, 2019], "2017–19"), ([2017, 2019], "2017, 2019"), ([2020], "2020")],
)
def test_years_are_written_in_short(years: list[int], written: str) -> None:
    assert spans.years_text(years) == written


def test_no_span_reaches_into_the_year_without_a_column() -> None:
    assert max(span.end for span in spans.spans(MARKED, PLAN)) <= PLAN.place("2022-1")


def test_another_first_year_moves_the_empty_year() -> None:
    assert replace(PLAN, first_year=2018).empty_years == [2017]


# Marks as cells


def test_a_mark_is_a_cell_in_each_of_its_periods() -> None:
    shown = drawn()
    assert shown.slots("II.1.1") == ["2018-1", "2018-2", "2019-1"]
    assert shown.slots("I.1.1") == [
        "2018-1", "2018-2", "2019-1", "2019-2", "2021-1", "2021-2",
    ]  # fmt: skip


def test_a_quarter_fills_half_its_cell_and_no_other_mark_does() -> None:
    styles = {at: cell.get("style", "") for at, cell in drawn().cells("II.1.1").items()}
    assert [at for at, style in styles.items() if "--share" in style] == ["2019-1"]
    assert "--share: 50%" in styles["2019-1"]


def test_what_is_to_be_defined_is_never_a_cell() -> None:
    shown = drawn()
    assert shown.slots("I.1.2") == []
    assert not any(shown.bar("I.1.2", at) for at in shown.cells("I.1.2"))


def test_the_years_to_be_defined_stand_in_a_column_of_their_own() -> None:
    shown = drawn()
    assert shown.text("I.1.2", "crm-open-years") == "2017–18, 2020"
    assert shown.head[-2].text_content() == "To be defined"


def test_each_band_counts_its_activities_to_be_defined() -> None:
    shown = drawn()
    said = [shown.text(code, "crm-open-years") for code in ("1", "I", "II", "2", "IV")]
    assert said == ["1", "1", "", "", ""]


def test_a_plan_whose_activities_all_have_a_date_has_no_column_of_open_years() -> None:
    dated = ~ACTIVITIES["activity"].isin(["I.1.2", "II.1.2"])
    marked = MARKED[MARKED["kind"] != "undefined"]
    shown = drawn(of=small(activities=ACTIVITIES[dated], marks=marked))
    assert not shown.tree.xpath(".//*[contains(@class, 'crm-open-years')]")


def test_an_activity_without_a_mark_says_so() -> None:
    assert drawn().text("II.1.2", "crm-open-years") == "No mark"


def test_the_mark_stands_verbatim_in_its_cell_and_in_what_the_cell_says() -> None:
    shown = drawn()
    cell = shown.cells("II.1.1")["2019-1"]
    assert [mark.text for mark in cell.xpath("./small[@class='crm-mark']")] == ["I Trimestre"]
    assert shown.says("II.1.1", "2019-1").startswith("II.1.1, 2019-I: «I Trimestre»; ")


def test_a_period_without_a_slot_says_nothing() -> None:
    assert drawn().says("IV.1.1", "2018-1") == ""


# Columns


def test_the_header_has_years_over_periods() -> None:
    shown = drawn()
    years = [(th.text, th.get("colspan")) for th in shown.head if "crm-year" in classes(th)]
    assert years == [(str(year), "2") for year in range(2017, 2022)]
    _, second = shown.tree.xpath(".//thead/tr")
    assert [span.text for span in second.xpath("./th/span")] == ["I", "II"] * 5


def test_a_year_without_a_column_is_one_narrow_column_that_says_why() -> None:
    shown = drawn()
    [head] = [th for th in shown.head if "crm-no-column" in classes(th)]
    assert (head.text, head.get("title"), head.get("colspan"), head.get("rowspan")) == (
        "2022", "The source has no column for 2022", None, "2",
    )  # fmt: skip
    rows = shown.tree.xpath(".//tbody/tr")
    assert {len(row.xpath("./td[@class='crm-no-column']")) for row in rows} == {1}
    assert len(shown.tree.xpath(".//colgroup/col[@class='crm-col-no']")) == 1


def test_every_row_has_a_cell_under_each_head() -> None:
    shown = drawn()
    heads = sum(int(th.get("colspan", "1")) for th in shown.head)
    assert {len(row) for row in shown.tree.xpath(".//tbody/tr")} == {heads}


def test_the_line_of_the_cut_off_stands_in_its_period_in_every_row_and_the_header() -> None:
    shown = drawn()
    for code in [row.code for row in shown.schedule.rows]:
        cut = [at for at, cell in shown.cells(code).items() if "crm-cut" in classes(cell)]
        assert cut == ["2019-2"]
    [head] = shown.tree.xpath(".//thead//th[contains(@class, 'crm-cut')]")
    assert head.get("aria-label") == "2019-II"
    # The 1st of August, 31 of 183 days after the 1st of July.
    assert head.get("style") == "--cut: 17%"


def test_a_cut_off_beyond_the_plan_draws_no_line() -> None:
    shown = drawn(of=small(date(2030, 1, 1)))
    assert not shown.tree.xpath(".//*[contains(@class, 'crm-cut')]")


def test_meetings_stand_in_the_header_of_their_period_and_lead_to_their_cut_off() -> None:
    [stop] = drawn().tree.xpath(".//thead//th[@aria-label='2018-I']/a")
    assert stop.get("title") == "Cut-off Jun 15, 2018: Meeting"
    assert json.loads(stop.get("data-changes")) == {"corte": "2018-06-15"}
    assert stop.get("href") == "/?corte=2018-06-15"


def test_the_meeting_whose_cut_off_is_shown_is_the_current_one() -> None:
    [current] = drawn().tree.xpath(".//thead//a[@aria-current='true']")
    assert json.loads(current.get("data-changes")) == {"corte": CUTOFF.isoformat()}


# Rows


def test_rows_stand_under_bands_of_axis_and_line() -> None:
    rows = drawn().tree.xpath(".//tbody/tr")
    assert [(row.get("data-code"), row.get("aria-level")) for row in rows] == [
        ("1", "1"), ("I", "2"), ("I.1.1", "3"), ("I.1.2", "3"), ("II", "2"), ("II.1.1", "3"),
        ("II.1.2", "3"), ("2", "1"), ("IV", "2"), ("IV.1.1", "3"),
    ]  # fmt: skip


def test_every_axis_is_a_body_of_its_own() -> None:
    bodies = drawn().tree.xpath(".//tbody")
    assert [body[0].get("data-code") for body in bodies] == ["1", "2"]


def test_the_bar_of_a_band_adds_up_what_its_activities_reported() -> None:
    shown = drawn()
    assert shown.bar("1", "2018-1") == {
        "s-cumplida": 1, "s-en_curso": 1, "s-sin_reporte crm-late": 5, "s-no_aplica": 1,
    }  # fmt: skip


def test_a_folded_line_hides_its_activities_and_keeps_its_bar() -> None:
    folded = drawn(Picked(folded=frozenset({"I"})))
    assert folded.shown == ["1", "I", "II", "II.1.1", "II.1.2", "2", "IV", "IV.1.1"]
    assert folded.row("I").get("aria-expanded") == "false"
    assert folded.bar("I", "2018-1") == drawn().bar("I", "2018-1") != {}


def test_a_folded_axis_hides_its_lines_and_activities() -> None:
    assert drawn(Picked(folded=frozenset({"1"}))).shown == ["1", "2", "IV", "IV.1.1"]


def test_the_head_of_a_band_leads_to_its_fold_and_back() -> None:
    def changes(picked: Picked) -> Any:
        [fold] = drawn(picked).row("I").xpath("./th/a")
        return json.loads(fold.get("data-changes"))

    assert changes(Picked(folded=frozenset({"1"}))) == {"plegado": "1,I"}
    assert changes(Picked(folded=frozenset({"1", "I"}))) == {"plegado": "1"}


def test_the_code_of_an_activity_leads_to_its_sheet() -> None:
    [code] = drawn().row("IV.1.1").xpath("./th/a")
    assert code.text == "IV.1.1"
    assert code.get("href").startswith("/actividades?")
    assert "actividad=IV.1.1" in code.get("href")


@pytest.mark.parametrize(
    ("picked", "codes"),
    [
        (Picked(axis="2"), ["2", "IV", "IV.1.1"]),
        (Picked(line="II"), ["1", "II", "II.1.1", "II.1.2"]),
        (Picked(kind=MarkKind.FIRST_QUARTER.value), ["1", "II", "II.1.1"]),
        (Picked(kind=MarkKind.UNDEFINED.value), ["1", "I", "I.1.2"]),
        (Picked(kind=NO_MARK), ["1", "II", "II.1.2"]),
        (Picked(axis="1", kind=MarkKind.SECOND.value), []),
    ],
)
def test_what_was_not_chosen_is_hidden_with_the_bands_that_hold_nothing_else(picked, codes) -> None:
    assert drawn(picked).shown == codes


def test_a_band_counts_the_chosen_activities_alone() -> None:
    shown = drawn(Picked(kind=MarkKind.FIRST_QUARTER.value))
    assert shown.bar("1", "2018-1") == shown.bar("II.1.1", "2018-1")
    assert shown.text("1", "crm-total") == shown.text("II.1.1", "crm-total")


def test_the_short_name_of_an_activity_stands_beside_its_whole_text() -> None:
    named = ACTIVITIES.assign(brief_en=ACTIVITIES["activity"].map({"IV.1.1": "Hub"}).fillna(""))
    head = drawn(of=small(activities=named)).row("IV.1.1")[0]
    [brief], [whole] = (
        head.xpath("./*[@class='crm-brief']"),
        head.xpath("./span[@class='crm-whole']"),
    )
    assert (brief.text, brief.get("title"), whole.text) == ("Hub", "Platform", "Platform")


def test_the_sign_of_a_reading_stands_at_its_row_with_the_other_reading() -> None:
    shown = drawn()
    signs = {code: [(sup.text, sup.get("title")) for sup in shown.row(code).xpath("./th/sup")]
             for code in ACTIVITIES["activity"]}  # fmt: skip
    assert signs == {
        "I.1.1": [],
        "I.1.2": [("‡", "Shared by the whole result")],
        "II.1.1": [("†", "Inferred. Otra lectura: II.1.2.")],
        "II.1.2": [],
        "IV.1.1": [],
    }


def test_a_row_has_its_note_however_sure_its_reading_is() -> None:
    exact = ACTIVITIES["activity"].eq("II.1.2")
    noted = ACTIVITIES.assign(note=ACTIVITIES["note"].mask(exact, "La fuente lo repite."))
    head = drawn(of=small(activities=noted)).row("II.1.2")[0]
    assert [sup.get("title") for sup in head.xpath("./sup")] == ["La fuente lo repite."]
    assert [note.text for note in head.xpath("./small")] == ["* La fuente lo repite."]


def hostile(name: str) -> str:
    return f"<script>alert(\"{name}\")</script><b onclick='x'>&amp;"


HOSTILE = {
    "axes": AXES.assign(title=hostile("axis")),
    "lines": LINES.assign(title=hostile("line")),
    "activities": ACTIVITIES.assign(
        text=hostile("text"), text_en="", brief=hostile("brief"), note=hostile("note")
    ),
    "marks": MARKED.assign(mark=hostile("mark")),
    "countries": COUNTRIES.assign(name_es=hostile("country"), name_en=""),
    "partners": FRAMES["partners"].assign(acronym_en=hostile("partner")),
    "meetings": FRAMES["meetings"].assign(name_en=hostile("meeting")),
}


@pytest.mark.parametrize("picked", [Picked(), Picked(party="HND"), Picked(by_support=True)])
def test_texts_of_the_plan_and_of_people_are_never_markup(picked: Picked) -> None:
    shown = drawn(picked, of=small(earlier=MARKED, **HOSTILE))
    assert not shown.tree.xpath(".//script | .//*[@onclick]")


def test_texts_that_look_like_markup_are_read_as_they_stand() -> None:
    shown = drawn(of=small(earlier=MARKED, **HOSTILE))
    text = shown.tree.text_content()
    names = ("axis", "line", "text", "brief", "note", "mark")
    assert [name for name in names if hostile(name) not in text] == []
    titles = "".join(shown.tree.xpath(".//thead//a/@title"))
    data = json.loads(shown.tree.get("data-board"))
    assert hostile("meeting") in titles
    assert {name for _, name in data["parties"]} == {hostile("country")}
    assert set(data["partners"].values()) == {hostile("partner")}


# Results


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


def test_a_delivery_stands_by_its_number_on_the_row_of_its_line() -> None:
    shown = drawn()
    spots = {
        (row.code, at): [(spot.text, spot.get("title")) for spot in cell.xpath("./b")]
        for row in shown.schedule.rows
        for at, cell in shown.cells(row.code).items()
    }
    assert {place: said for place, said in spots.items() if said} == {
        ("I", "2021-2"): [("①", "Result to be delivered: I.1")],
        ("II", "2019-1"): [("①", "Result to be delivered: II.1")],
        ("IV", "2017-2"): [("①", "Result to be delivered: IV.1")],
    }


def test_results_of_one_line_and_period_stand_side_by_side() -> None:
    results = pd.concat([RESULTS, RESULTS.iloc[:1].assign(result="I.2")])
    activities = ACTIVITIES.copy()
    activities.loc[1, "result"] = "I.2"
    marks = pd.concat([MARKED, marks_of(("I.1.2", 2021, "Continuo"))])
    shown = drawn(of=small(results=results, activities=activities, marks=marks))
    [spot] = shown.cells("I")["2021-2"].xpath("./b")
    assert (spot.text, spot.get("title")) == ("①②", "Result to be delivered: I.1, I.2")


# An earlier version of the plan


def test_an_earlier_plan_stands_in_the_table() -> None:
    earlier = marks_of(("IV.1.1", 2018, "I Semestre"))
    table = calendar.table(PLAN, words=EN, earlier_marks=earlier).set_index("Code")
    assert table.loc["IV.1.1", "Earlier version"] == "2017: —; 2018: «I Semestre»"


def test_what_only_an_earlier_plan_scheduled_is_marked_in_its_cell() -> None:
    earlier = marks_of(("IV.1.1", 2018, "I Semestre"), ("II.1.1", 2018, "Dos veces al año"))
    shown = drawn(of=small(earlier=earlier))
    marked = [
        (row.code, at)
        for row in shown.schedule.rows
        for at, cell in shown.cells(row.code).items()
        if "crm-earlier" in classes(cell)
    ]
    assert marked == [("IV.1.1", "2018-1")]


def test_what_an_earlier_plan_said_otherwise_is_told_at_its_row() -> None:
    earlier = pd.concat([MARKED, marks_of(("IV.1.1", 2018, "I Semestre"))])
    shown = drawn(of=small(earlier=earlier))
    told = {code: [small.text for small in shown.row(code).xpath("./th/small")]
            for code in ("I.1.1", "IV.1.1")}  # fmt: skip
    assert told == {"I.1.1": [], "IV.1.1": ["Earlier version: 2018: «I Semestre»"]}


def test_without_an_earlier_plan_nothing_is_marked_as_of_one() -> None:
    assert not drawn().tree.xpath(".//*[contains(@class, 'crm-earlier')]")


# What was reported


def test_the_bar_of_a_slot_has_a_part_per_state_as_wide_as_its_count() -> None:
    assert drawn().bar("I.1.1", "2018-1") == {
        "s-cumplida": 1, "s-en_curso": 1, "s-sin_reporte crm-late": 1, "s-no_aplica": 1,
    }  # fmt: skip


def test_silence_is_drawn_where_due_and_nowhere_else() -> None:
    shown = drawn()
    silent = [
        at
        for at in shown.slots("I.1.1")
        if any("s-sin_reporte" in part.split() for part in shown.bar("I.1.1", at))
    ]
    assert silent == ["2018-1", "2018-2", "2019-1"]


def test_a_silence_is_late_only_after_the_days_of_grace() -> None:
    def parts(cutoff: date) -> set[str]:
        return set(drawn(of=small(cutoff)).bar("I.1.1", "2019-1"))

    # The period ends on the 30th of June; sixty days later it is the 29th of August.
    assert parts(date(2019, 8, 29)) == {"s-sin_reporte"}
    assert parts(date(2019, 8, 30)) == {"s-sin_reporte crm-late"}


def test_what_has_a_report_is_never_late() -> None:
    late = drawn(of=small(date(2021, 1, 1))).tree.xpath(".//*[contains(@class, 'crm-late')]")
    assert late
    assert {part.get("class") for part in late} == {"s-sin_reporte crm-late"}


def test_an_early_report_is_drawn_before_its_slot_is_due() -> None:
    assert drawn().bar("I.1.1", "2019-2") == {"s-en_curso": 1, "s-en_plazo": 3}


def test_one_country_shows_its_own_state() -> None:
    shown = drawn(Picked(party="BLZ"))
    assert shown.bar("I.1.1", "2018-1") == {"s-cumplida": 1}
    assert shown.bar("I.1.1", "2018-2") == {"s-sin_reporte crm-late": 1}
    assert shown.says("I.1.1", "2018-1").endswith("; fulfilled")


def test_one_country_shows_its_own_progress() -> None:
    shown = drawn(Picked(party="HND"))
    assert shown.bar("I.1.1", "2018-1") == {"s-en_curso": 40, "s-no_iniciada": 60}
    assert shown.says("I.1.1", "2018-1").endswith("; in progress, 40%")


def test_the_silence_of_a_country_says_since_when_it_is_pending() -> None:
    said = drawn(Picked(party="USA")).says("I.1.1", "2018-1")
    assert said.endswith("; no report, pending since Jun 30, 2018, for 13 months")


def test_a_slot_says_how_many_of_its_countries_reported_what() -> None:
    assert drawn().says("I.1.1", "2018-1") == (
        "I.1.1, 2018-I: «Continuo»; 2 of 3 countries reported (67%): fulfilled 1, in progress 1, "
        "no report 1, not applicable 1, pending since Jun 30, 2018, for 13 months"
    )


def test_an_open_slot_has_no_share_even_where_all_reported_early() -> None:
    early = pd.DataFrame(
        [(at, country, "I.1.1", "2019-2", "cumplida", 100.0)
         for at, country in enumerate(COUNTRIES["country"], start=1)],
        columns=["report_id", "country", "activity", "semester", "state", "percent"],
    ).assign(reported_on=CUTOFF)  # fmt: skip
    shown = drawn(of=small(reports=early))
    assert shown.says("I.1.1", "2019-2") == "I.1.1, 2019-II: «Continuo»; fulfilled 4"
    assert shown.text("I.1.1", "crm-total") == "0 of 12"


def test_reports_without_a_slot_are_marked_in_their_cell_and_counted() -> None:
    shown = drawn()
    marked = [
        (row.code, at, cell.get("data-o"))
        for row in shown.schedule.rows
        for at, cell in shown.cells(row.code).items()
        if cell.get("data-o")
    ]
    assert marked == [("II.1.2", "2018-2", "2")]
    assert shown.says("II.1.2", "2018-2") == "II.1.2, 2018-II: reports outside the calendar: 2"


def test_reports_of_a_year_without_a_column_are_marked_in_its_narrow_cell() -> None:
    outside = pd.DataFrame({"activity": ["IV.1.1"] * 2, "semester": ["2022-1", "2022-2"]})
    shown = drawn(of=small(outside=outside))
    [cell] = shown.row("IV.1.1").xpath("./td[@class='crm-no-column']")
    assert cell.get("data-o") == "2"
    assert cell.get("title") == "IV.1.1, 2022: reports outside the calendar: 2"


def test_a_row_and_its_bands_say_how_many_of_the_expected_reports_came() -> None:
    shown = drawn()
    totals = {code: shown.text(code, "crm-total")
              for code in ("1", "I", "I.1.1", "I.1.2", "II", "II.1.2", "IV.1.1")}  # fmt: skip
    assert totals == {
        "1": "2 of 23", "I": "2 of 11", "I.1.1": "2 of 11", "I.1.2": "—", "II": "0 of 12",
        "II.1.2": "—", "IV.1.1": "0 of 4",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("picked", "said"),
    [
        (Picked(), "25 of 27 expected reports are pending, the oldest of 2017-II."),
        (
            Picked(line="I"),
            "I. Información: 9 of 11 expected reports pending, the oldest of 2018-I.",
        ),
        (
            Picked(axis="2"),
            "Axis 2. Protección: 4 of 4 expected reports pending, the oldest of 2017-II.",
        ),
        (
            Picked(party="HND", axis="1"),
            "Honduras · Axis 1. Prevención: 5 of 6 expected reports pending, the oldest of 2018-I.",
        ),
        (Picked(kind=NO_MARK), "No semester is scheduled: no report is expected."),
        (
            Picked(party="MEX", kind=NO_MARK),
            "Mexico: no semester is scheduled, no report is expected.",
        ),
    ],
)
def test_the_finding_is_of_what_was_chosen_and_names_it(picked: Picked, said: str) -> None:
    assert phrases.finding(calendar.schedule(small(), EN), picked, EN) == said


@pytest.mark.parametrize(
    ("cutoff", "picked", "said"),
    [
        (CUTOFF, Picked(), "2019-II, with 1 of the activities shown, ends on Dec 31, 2019."),
        # Nothing is planned in 2020: what falls due next lies beyond the period that ends next.
        (
            date(2020, 2, 1),
            Picked(),
            "2021-I, with 1 of the activities shown, ends on Jun 30, 2021.",
        ),
        (
            date(2018, 2, 1),
            Picked(kind=MarkKind.FIRST_QUARTER.value),
            "2018-I, with 1 of the activities shown, ends on Jun 30, 2018.",
        ),
    ],
)
def test_what_falls_due_next_is_the_next_period_with_work_of_what_is_shown(
    cutoff: date, picked: Picked, said: str
) -> None:
    found = phrases.upcoming(calendar.schedule(small(cutoff), EN), picked, EN)
    assert found == f"Next: {said}"


def test_where_no_work_is_left_nothing_falls_due() -> None:
    found = phrases.upcoming(calendar.schedule(small(), EN), Picked(line="IV"), EN)
    assert found == "Nothing of what is shown falls due any more."


def test_the_browser_is_told_every_period_that_may_fall_due_next() -> None:
    data = json.loads(drawn().tree.get("data-board"))
    assert [code for code, _ in data["next"]] == ["2019-2", "2020-1", "2020-2", "2021-1", "2021-2"]


def test_the_browser_reads_the_same_states_that_the_bar_shows() -> None:
    shown = drawn()
    data = json.loads(shown.tree.get("data-board"))
    for code in ("I.1.1", "II.1.1", "IV.1.1"):
        for at in shown.slots(code):
            letters = shown.cells(code)[at].get("data-s")
            parts = {part.split()[0]: n for part, n in shown.bar(code, at).items()}
            assert Counter(f"s-{data['letters'][letter]}" for letter in letters) == parts


# SupportSpan


def test_a_cell_shows_the_strongest_state_of_its_support() -> None:
    shown = drawn(Picked(by_support=True))
    assert shown.bar("I.1.1", "2018-1") == {"s-ofrecida": 1}
    assert shown.bar("I.1.1", "2018-2") == {"s-en_curso": 1}
    assert shown.bar("I.1.1", "2019-1") == {}


def test_all_who_support_an_activity_are_named() -> None:
    said = drawn(Picked(by_support=True)).says("I.1.1", "2018-2")
    assert said == "I.1.1, 2018-II: «Continuo»; IOM: offered, UNHCR: in progress"


def test_a_request_that_nobody_answered_says_so() -> None:
    said = drawn(Picked(by_support=True)).says("II.1.1", "2018-1")
    assert said == "II.1.1, 2018-I: «Dos veces al año»; no partner yet: requested"


def test_support_without_an_end_reaches_the_last_column() -> None:
    shown = drawn(Picked(by_support=True))
    held = [at for at in shown.cells("IV.1.1") if shown.bar("IV.1.1", at)]
    assert held == [period.code for period in shown.schedule.periods if period.year >= 2018]


def test_cancelled_support_is_not_drawn() -> None:
    shown = drawn(Picked(by_support=True))
    assert not any(shown.bar("II.1.2", at) for at in shown.cells("II.1.2"))


@pytest.mark.parametrize(("band", "without"), [("1", 3), ("I", 1)])
def test_a_band_shows_how_many_of_its_activities_have_support(band: str, without: int) -> None:
    bar = drawn(Picked(by_support=True)).bar(band, "2018-2")
    assert bar == {"s-en_curso": 1, "s-": without}


def test_one_partner_shows_its_own_support_alone() -> None:
    shown = drawn(Picked(by_support=True, partner="OIM"))
    assert shown.bar("I.1.1", "2018-2") == {"s-ofrecida": 1}
    assert shown.bar("II.1.1", "2018-1") == {}
    assert [shown.text(code, "crm-total") for code in ("1", "I.1.1", "II.1.1")] == [
        "1 of 4", "✓", "",
    ]  # fmt: skip


def test_the_finding_of_support_counts_the_activities_that_have_it() -> None:
    schedule = calendar.schedule(small(), EN)
    said = [phrases.finding(schedule, Picked(by_support=True, partner=partner), EN)
            for partner in ("", "OIM")]  # fmt: skip
    # A request that nobody has answered stands in its cell and is no support.
    assert said == [
        "2 of 5 activities have support, given or offered.",
        "IOM: support for 2 of 5 activities, given or offered.",
    ]


@pytest.mark.parametrize("partner", ["", "ACNUR"])
def test_as_many_activities_have_support_as_cooperacion_counts(at, partner) -> None:
    seen, schedule = at(date(2020, 11, 20))
    own = supports(seen.frame("cooperation"))
    counted = {code for who, code in own if partner in {"", who}}
    said = phrases.finding(schedule, Picked(by_support=True, partner=partner), EN)
    assert f"{len(counted)} of 97 activities" in said


def test_the_key_has_a_sample_of_each_state_and_of_what_is_overdue() -> None:
    reports = html.fragment_fromstring(board.key(EN, by_support=False))
    supports = html.fragment_fromstring(board.key(EN, by_support=True, hidden=True))
    assert "s-sin_reporte crm-late" in reports.xpath("./li/i/@class")
    assert reports.get("hidden") is None
    assert supports.xpath("./li/text()")[:4] == ["In progress", "Concluded", "Offered", "Requested"]
    assert supports.get("hidden") is not None


# Words and tables


def test_the_table_holds_the_marks_verbatim() -> None:
    table = calendar.table(PLAN, words=EN)
    row = table.set_index("Code").loc["II.1.1"]
    assert (row["2018"], row["2019"], row["2020"]) == ("Dos veces al año", "I Trimestre", "")


def test_the_table_marks_the_year_without_a_column() -> None:
    assert set(calendar.table(PLAN, words=EN)["2022"]) == {"—"}


def test_the_table_says_how_much_was_reported() -> None:
    shown = calendar.schedule(small(), EN)
    said = {
        row.code: phrases.coverage(shown, [row], "", EN)
        for row in shown.rows if row.slots is not None
    }  # fmt: skip
    table = calendar.table(PLAN, words=EN, reported=said).set_index("Code")
    assert table.loc["I.1.1", "Reported"] == "2/11 (18%)"
    assert table.loc["II.1.2", "Reported"] == "—"


def test_what_has_no_date_is_listed_with_its_years() -> None:
    table = calendar.undated(PLAN, words=EN)
    assert list(table["Years to be defined"]) == ["2017, 2018, 2020"]


def test_what_has_no_mark_is_listed_with_a_reason() -> None:
    table = calendar.unscheduled(PLAN, words=EN)
    assert list(table["Code"]) == ["II.1.2"]
    assert list(table["Why it has no date"]) == [
        "The five year cells of this activity are empty in the source."
    ]


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


def test_the_eight_activities_without_a_mark_are_listed(whole_plan: Plan) -> None:
    assert list(calendar.unscheduled(whole_plan, words=ES).iloc[:, 0]) == [
        "I.1.4", "IV.2.1", "IV.5.1", "IV.5.2", "IV.5.3", "VI.1.4", "X.1.4", "XIV.1.2",
    ]  # fmt: skip


# The demonstration, whole


@pytest.fixture(scope="module")
def at(demo_engine: Engine) -> Any:
    """Return what reads the demonstration at a cut-off, once each."""

    @cache
    def read(cutoff: date) -> tuple[view.View, Schedule]:
        with db.reading(demo_engine) as session:
            seen = view.read(session, cutoff)
            return seen, calendar.schedule(seen, EN)

    return read


@pytest.fixture(scope="module")
def demonstration(at: Any) -> tuple[view.View, Drawn]:
    seen, schedule = at(date(2019, 11, 15))
    return seen, drawn_of(schedule, Picked())


def drawn_of(schedule: Schedule, picked: Picked) -> Drawn:
    return Drawn(html.fragment_fromstring(board.board(schedule, picked, Link(EN, link))), schedule)


def test_the_whole_plan_has_a_row_for_each_activity_and_band(demonstration) -> None:
    _, shown = demonstration
    assert len(shown.tree.xpath(".//tbody/tr")) == len(shown.shown) == 97 + 16 + 5


def test_every_activity_stands_there_in_full(demonstration) -> None:
    seen, shown = demonstration
    written = {
        row.get("data-code"): row.xpath("string(./th/span[@class='crm-whole'])")
        for row in shown.tree.xpath(".//tr[contains(@class, 'crm-activity')]")
    }
    rows = seen.frame("activities")
    assert written == {row.activity: EN.pick(row.text, row.text_en) for row in rows.itertuples()}


def test_every_mark_stands_verbatim_in_the_cells_of_its_year(demonstration) -> None:
    seen, shown = demonstration
    written = {
        (row.code, at, mark.text)
        for row in shown.schedule.rows
        for at, cell in shown.cells(row.code).items()
        for mark in cell.xpath("./small[@class='crm-mark']")
    }
    assert written == {
        (mark.activity, period.code, mark.mark)
        for mark in seen.frame("marks").itertuples()
        for period in Period.of_mark(MarkKind(mark.kind), mark.year)
    }


def test_every_year_to_be_defined_stands_at_its_activity(demonstration) -> None:
    seen, shown = demonstration
    marks = seen.frame("marks")
    open_marks = marks[marks["kind"] == MarkKind.UNDEFINED]
    years = open_marks.groupby("activity")["year"].apply(list).to_dict()
    assert {code: shown.text(code, "crm-open-years") for code in years} == {
        code: spans.years_text(own) for code, own in years.items()
    }


def test_every_axis_of_the_plan_begins_a_body(demonstration) -> None:
    _, shown = demonstration
    assert [body[0].get("data-code") for body in shown.tree.xpath(".//tbody")] == list("12345")


def test_no_period_that_is_not_due_has_a_share(demonstration) -> None:
    _, shown = demonstration
    open_periods = {period.code for period in shown.schedule.upcoming}
    said = {
        at: shown.says(row.code, at)
        for row in shown.schedule.rows
        if row.slots is not None
        for at in open_periods & set(row.slots)
    }
    assert said
    assert [text for text in said.values() if "countries reported" in text] == []


def test_every_delivery_of_the_plan_is_a_spot(demonstration) -> None:
    seen, shown = demonstration
    spots = shown.tree.xpath(".//b[@class='crm-delivery']")
    named = [code for spot in spots for code in spot.get("title").partition(": ")[2].split(", ")]
    results = of_view(seen).results
    assert sorted(named) == sorted(results.loc[results["semester"].notna(), "result"])
    assert len("".join(spot.text for spot in spots)) == len(named)


# A plain count, against which the board's numbers are held


def chosen_by(seen: view.View, picked: Picked) -> dict[str, tuple[str, str]]:
    """Return axis and line of each activity that is picked, by the frames alone."""
    kinds: dict[str, set[str]] = {}
    for mark in seen.frame("marks").itertuples():
        kinds.setdefault(mark.activity, set()).add(mark.kind)
    return {
        row.activity: (str(row.axis), row.line)
        for row in seen.frame("activities").itertuples()
        if picked.axis in {"", str(row.axis)}
        and picked.line in {"", row.line}
        and picked.kind in {"", *kinds.get(row.activity, {NO_MARK})}
    }


def reported(seen: view.View, picked: Picked) -> dict[str, tuple[int, int]]:
    """Return n and N of each row with an activity, and of all under an empty code."""
    chosen, found = chosen_by(seen, picked), dict[str, tuple[int, int]]()
    for activity, above in chosen.items():
        found |= dict.fromkeys((activity, *above), (0, 0))
    found[""] = (0, 0)
    for cell in seen.frame("cells").itertuples():
        mine = cell.activity in chosen and picked.party in {"", cell.country}
        if not mine or not cell.due or cell.state == "no_aplica":
            continue
        for code in ("", cell.activity, *chosen[cell.activity]):
            n, among = found[code]
            found[code] = (n + (cell.state is not None), among + 1)
    return found


def oldest_missing(seen: view.View, picked: Picked) -> str:
    """Return the first period of which an expected report is missing, as people read it."""
    chosen = chosen_by(seen, picked)
    missing = [
        cell.semester
        for cell in seen.frame("cells").itertuples()
        if cell.activity in chosen and picked.party in {"", cell.country}
        and cell.due and cell.state is None
    ]  # fmt: skip
    return EN.period(min(missing)) if missing else ""


def is_scheduled(seen: view.View, picked: Picked) -> bool:
    """Tell whether any of what is picked has a semester, or nothing is picked."""
    chosen = chosen_by(seen, picked)
    return not chosen or not chosen.keys().isdisjoint(seen.frame("cells")["activity"])


def with_support(seen: view.View, picked: Picked) -> dict[str, tuple[int, int]]:
    """Return the same of support: how many activities have some, of how many."""
    chosen, found = chosen_by(seen, picked), dict[str, tuple[int, int]]()
    lines = seen.frame("cooperation")
    # As Cooperación counts: who asks has no support yet.
    lines = lines[lines["state"].isin(["en_curso", "concluida", "ofrecida"])]
    lines = lines[lines["partner"].notna()]
    if picked.partner:
        lines = lines[lines["partner"] == picked.partner]
    held = set(lines["activity"])
    for activity, above in chosen.items():
        for code in ("", activity, *above):
            n, among = found.get(code, (0, 0))
            found[code] = (n + (activity in held), among + 1)
    return {"": (0, 0)} | found


@st.composite
def picks(draw: Any, seen: view.View) -> Picked:
    def one(*codes: Any) -> str:
        return draw(st.sampled_from(["", *map(str, codes)]))

    by_support = draw(st.booleans())
    return Picked(
        axis=one(*seen.frame("axes")["axis"]),
        line=one(*seen.frame("lines")["line"]),
        kind=one(*MarkKind, NO_MARK),
        party="" if by_support else one(*seen.frame("countries")["country"]),
        by_support=by_support,
        partner=one(*seen.frame("partners")["partner"]) if by_support else "",
    )


CUTOFFS = st.dates(date(2017, 3, 17), date(2023, 6, 30))


@examples(rounds(15, full=50))
@given(cutoff=CUTOFFS, data=st.data())
def test_the_total_of_every_row_is_that_of_a_plain_count_of_the_cells(at, cutoff, data) -> None:
    seen, schedule = at(cutoff)
    picked = data.draw(picks(seen))
    shown = drawn_of(schedule, picked)
    if picked.by_support:
        said = {
            code: f"{n} of {among}" if among > 1 else "✓" * n
            for code, (n, among) in with_support(seen, picked).items()
        }
    else:
        said = {
            code: f"{n:,} of {among:,}" if among else "—"
            for code, (n, among) in reported(seen, picked).items()
        }
    del said[""]
    assert {code: shown.text(code, "crm-total") for code in shown.shown} == said


@examples(rounds(15, full=50))
@given(cutoff=CUTOFFS, data=st.data())
def test_the_finding_is_that_of_a_plain_count_of_the_cells(at, cutoff, data) -> None:
    seen, schedule = at(cutoff)
    picked = data.draw(picks(seen))
    n, among = (with_support if picked.by_support else reported)(seen, picked)[""]
    found = phrases.finding(schedule, picked, EN)
    if picked.by_support:
        noun, verb = ("activity", "has") if among == 1 else ("activities", "have")
        ends = (f"{n} of {among} {noun} {verb} support, given or offered.",
                f"support for {n} of {among} {noun}, given or offered.")  # fmt: skip
    elif not among and is_scheduled(seen, picked):
        ends = ("No report is expected yet.", "no report is expected yet.")
    elif not among:
        ends = ("No semester is scheduled: no report is expected.",
                "no semester is scheduled, no report is expected.")  # fmt: skip
    elif among == 1:
        oldest = oldest_missing(seen, picked)
        ends = (
            (f"1 of 1 expected report is pending, of {oldest}.",
             f"1 of 1 expected report pending, of {oldest}.")
            if n < among else
            ("The 1 expected report has arrived.", "the 1 expected report has arrived.")
        )  # fmt: skip
    else:
        missing = f"{among - n:,} of {among:,} expected reports"
        oldest = oldest_missing(seen, picked)
        ends = (
            (f"{missing} are pending, the oldest of {oldest}.",
             f"{missing} pending, the oldest of {oldest}.")
            if n < among else
            (f"All {among:,} expected reports have arrived.",
             f"all {among:,} expected reports have arrived.")
        )  # fmt: skip
    of_all = not (picked.axis or picked.line or picked.party or picked.partner)
    assert (found if of_all else found.partition(": ")[2]) == ends[not of_all]
