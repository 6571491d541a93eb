"""Intervals, trends and small trends as HTML: what is drawn lies where the numbers put it."""

import re
from html import unescape
from urllib.parse import unquote

import pytest

from crmdata.content import walls
from crmdata.content.destinations import Way
from crmdata.content.names import Name
from crmdata.content.parts import (
    BarGroup,
    Part,
    ProgressIntervals,
    Reach,
    SmallTrends,
    StateBar,
    Trend,
)
from crmdata.exports.deck import drawn_parts as deck
from crmdata.i18n import words_for
from crmdata.render.html import sections
from crmdata.render.html.links import Link
from crmdata.terms import SIN_REPORTE, State

EN = words_for("en")
LINK = Link(EN, lambda page, _: f"?{page}")
FULL = StateBar(Name("2018-1", "2018-I"), {State.CUMPLIDA: 3, SIN_REPORTE: 1}, "3 of 4 (75%)")
HALF = StateBar(Name("2018-2", "2018-II"), {State.EN_CURSO: 1, SIN_REPORTE: 1}, "1 of 2 (50%)")
NONE = StateBar(Name("2019-1", "2019-I"), {}, "—", why="Nothing was due")


def html(part: Part) -> str:
    return sections.draw(part, LINK)


def bar(name: str, low: float, high: float, progress: float | None) -> StateBar:
    reach = Reach(low, high, progress, "said", "interval")
    return StateBar(Name("I", name), {State.EN_CURSO: 1}, "1 of 1", Way("lineas", {}), reach=reach)


def test_an_interval_lies_between_its_ends_and_the_dot_on_its_progress():
    drawn = html(ProgressIntervals("t", [bar("One", 20, 60, 40)]))
    assert "left: 20.00%; width: 40.00%" in drawn
    assert "left: 40.00%" in drawn


def test_where_progress_is_withheld_there_is_no_dot():
    body = html(ProgressIntervals("t", [bar("One", 20, 60, None)])).partition("</table>")[0]
    assert "crm-span" in body
    assert "crm-dot" not in body


def test_a_group_of_which_nothing_is_expected_says_why():
    assert "Nothing was due" in html(ProgressIntervals("t", [NONE]))


def test_columns_are_as_high_as_what_was_expected_of_the_largest():
    heights = re.findall(r"--high: ([0-9.]+)%", html(Trend("t", [FULL, HALF, NONE])))
    assert heights == ["100.00", "50.00", "0.00"]


def test_the_line_of_the_coverage_runs_through_the_shares_and_stops_where_there_is_none():
    periods = [FULL, HALF, NONE, FULL]
    image = unquote(unescape(re.findall(r'<img[^>]* src="([^"]*)"', html(Trend("t", periods)))[0]))
    lines = re.findall(r'points="([^"]*)"', image)
    assert lines == ["5,25.00 15,50.00", "35,25.00"]


def test_every_period_says_its_n_of_n_and_states_to_who_cannot_see_it():
    drawn = html(Trend("t", [FULL, NONE]))
    for said in ("2018-I: 3 of 4 (75%)", "Fulfilled 3", "2019-I: —; Nothing was due"):
        assert said.lower() in drawn.lower()


def test_all_panels_have_one_scale():
    panels = [BarGroup(Name("I", "One"), "4", [FULL]), BarGroup(Name("II", "Two"), "2", [HALF])]
    heights = re.findall(r"--high: ([0-9.]+)%", html(SmallTrends("t", panels, "One scale")))
    assert heights == ["100.00", "50.00"]


@pytest.mark.parametrize(
    "part",
    [
        ProgressIntervals("t", [bar("<b>x</b>", 0, 1, 1)]),
        Trend("t", [FULL._replace(name=Name("<b>x</b>", "<b>x</b>"))]),
        SmallTrends("t", [BarGroup(Name("I", "<b>x</b>"), "", [FULL])], "<b>x</b>"),
    ],
)
def test_texts_are_never_markup(part):
    assert "<b>x</b>" not in html(part)
    assert "&lt;b&gt;x&lt;/b&gt;" in html(part)


@pytest.mark.parametrize(
    ("part", "times", "lines"),
    [
        (ProgressIntervals("t", [bar("One", 0, 1, 1)] * 9), 2, 9),
        (ProgressIntervals("t", [NONE]), 0, 1),
        (Trend("t", [FULL, HALF]), 1, 2),
        (Trend("t", [NONE]), 0, 1),
        (SmallTrends("t", [BarGroup(Name("I", "One"), "", [FULL])] * 3, ""), 3, 3),
    ],
)
def test_a_wall_shows_them_in_turn_and_says_them_row_by_row(part, times, lines):
    assert len([*walls.turns(part)]) == times
    assert len([*walls.lines(part, EN)]) == lines
    for each in walls.turns(part):
        assert deck.draw.dispatch(type(each)) is not deck.draw.dispatch(object)
