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
    ComparedGroup,
    Part,
    ProgressChange,
    ProgressChanges,
    ProgressIntervals,
    Reach,
    SideBySide,
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


def changed(name: str = "One", then: float | None = 60, now: float | None = 40) -> ProgressChange:
    return ProgressChange(Name("I", name), then, now, "−20 points", "3/6 → 6/6", why="Why not")


def changes(*rows: ProgressChange) -> ProgressChanges:
    return ProgressChanges("t", ("Nov 15, 2018", "Nov 15, 2019"), rows or [changed()])


def compared(*groups: ComparedGroup) -> SideBySide:
    return SideBySide("t", groups, "The region’s range")


def beside(name: str = "One") -> ComparedGroup:
    bars = [bar("Honduras", 20, 60, 40), bar("Mexico", 0, 100, None)]
    return ComparedGroup(Name("I", name), bars, (10, 90), "10–90%")


def test_a_change_is_a_ring_where_it_was_and_a_dot_where_it_is_joined_by_a_line():
    drawn = html(changes())
    for mark in (
        'class="crm-ring" style="left: 60.00%"',
        'class="crm-dot" style="left: 40.00%"',
        'class="crm-join" style="left: 40.00%; width: 20.00%"',
    ):
        assert mark in drawn


def test_a_change_says_both_ends_to_who_cannot_see_it():
    assert "60% → 40%" in html(changes())


def test_where_a_change_cannot_be_said_stands_why_and_no_mark():
    body = html(changes(changed(then=None, now=None))).partition("</table>")[0]
    assert "Why not" in body
    assert "crm-ring" not in body


def test_the_key_of_changes_says_the_days():
    key = html(changes()).partition("</table>")[2]
    assert key.index("Nov 15, 2018") < key.index("Nov 15, 2019")


def test_what_is_compared_stands_row_by_row_before_the_range_of_all():
    drawn = html(compared(beside()))
    assert drawn.count('class="crm-all" style="left: 10.00%; width: 80.00%"') == 2
    assert drawn.index(">One<") < drawn.index("Honduras") < drawn.index("Mexico")


def test_the_range_of_all_is_said_in_words_too():
    assert "The region’s range: 10–90%" in html(compared(beside()))


def test_where_nobody_shows_a_progress_there_is_no_range():
    body = html(compared(beside()._replace(ends=None))).partition("</table>")[0]
    assert "crm-all" not in body


def test_a_group_of_which_nothing_was_due_is_one_row_that_says_so():
    drawn = html(compared(beside()._replace(bars=[NONE, NONE], ends=None, span="—")))
    assert drawn.count("Nothing was due") == 1


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
        changes(changed("<b>x</b>")),
        compared(beside("<b>x</b>")),
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
        (changes(*[changed()] * 9), 2, 9),
        (changes(changed(then=None, now=None)), 0, 1),
        (compared(beside(), beside()), 2, 4),
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
