"""Another cut-off and some countries are in view, and the presentation stays as it was begun."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine

from crmdata.i18n import words_for
from crmdata.store import db
from crmdata.view import read as read_view
from crmdata.web.choices.address import Choices
from crmdata.web.choices.chosen import Chosen
from crmdata.web.present import in_view

NOW, BEFORE = date(2019, 11, 15), date(2019, 6, 7)


@pytest.fixture(scope="module")
def begun(demo_engine: Engine) -> Iterator[Chosen]:
    with db.reading(demo_engine) as session:
        yield Chosen("presentar", words_for("en"), Choices(corte=NOW, desde=BEFORE),
                     read_view(session, NOW), "light", narrow=False)  # fmt: skip


def test_a_step_back_and_on_again_is_what_was_begun(begun):
    back, _ = in_view.steps(begun, NOW)
    _, on = in_view.steps(begun, date.fromisoformat(back))
    assert (on, in_view.read(begun, on, "")) == ("", in_view.read(begun, "", ""))
    assert in_view.read(begun, "", "").choices == begun.choices


def test_the_steps_are_the_meetings_before_and_after(begun):
    assert in_view.steps(begun, NOW) == ("2019-06-07", "2020-11-20")


def test_where_no_meeting_was_held_the_ends_of_periods_are_the_steps(engine: Engine):
    with db.reading(engine) as session:
        chosen = Chosen("presentar", words_for("en"), Choices(corte=NOW), read_view(session, NOW),
                        "light", narrow=False)  # fmt: skip
        assert in_view.steps(chosen, NOW) == ("2019-07-01", "2020-01-01")


def test_a_presentation_as_of_any_day_is_a_stop_among_the_others(begun):
    odd = begun.with_view(begun.view.at(date(2019, 8, 20)))
    back, on = in_view.steps(odd, date(2019, 8, 20))
    assert in_view.steps(odd, date.fromisoformat(back))[1] == ""
    assert in_view.steps(odd, date.fromisoformat(on))[0] == ""


def test_what_is_compared_with_unless_chosen_moves_with_the_cutoff(begun):
    assert in_view.read(begun, "2019-06-07", "").choices.desde is None


def test_a_day_chosen_to_compare_with_stays(begun):
    chosen = Choices(corte=NOW, desde=date(2018, 5, 11))
    at = Chosen("presentar", begun.words, chosen, begun.view, "light", narrow=False)
    assert in_view.read(at, "2019-06-07", "").choices.desde == date(2018, 5, 11)


@pytest.mark.parametrize("cutoff", ["2019-06-08", "x", "2019-11-15", "9999-12-31"])
def test_what_is_no_other_stop_is_as_begun(begun, cutoff):
    found = in_view.read(begun, cutoff, "XXX,")
    assert found.changes == {in_view.CUTOFF: "", in_view.COUNTRIES: ""}
    assert (found.view, found.choices) == (begun.view, begun.choices)


def test_countries_in_view_are_alone_and_all_of_the_presentation_are_known_beside_them(begun):
    found = in_view.read(begun, "", "hnd, GTM")
    assert (found.choices.solo, found.begun.solo) == (("GTM", "HND"), ())
