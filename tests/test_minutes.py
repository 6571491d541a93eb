"""The minutes say what was shown, in its order and as of which day, and what was agreed on."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from crmdata import slides
from crmdata.access import secretariat
from crmdata.content.papers import Paper, meeting_minutes
from crmdata.content.parts import Note, Records, Section
from crmdata.i18n import words_for
from crmdata.slides.shown import ShownSlide, what_was_prepared, what_was_shown
from crmdata.store import db
from crmdata.view import read as read_view
from crmdata.web.choices.address import Choices
from crmdata.web.choices.chosen import Chosen
from crmdata.web.present import minutes
from crmdata.web.present.desk import what_is_asked
from crmdata.web.present.minutes import MOST, ListedSlide, entries
from crmdata.workflow import agreements
from crmdata.workflow.agreements import Pins

NOW, BEFORE = date(2019, 11, 15), date(2019, 6, 7)
WHEN = datetime(2019, 11, 28, 15, 30, tzinfo=UTC)
EN = words_for("en")


def shown_at(engine: Engine, cutoff: date, *keys: str, record: str = "") -> list[ShownSlide]:
    with db.reading(engine) as session:
        data = slides.plenary(session, cutoff)
    own = {slide.key: slide for slide in slides.deck(data, EN).slides}
    return [ShownSlide(own[key], data.view, data.first, WHEN, record) for key in keys]


def written(engine: Engine, shown: list[ShownSlide], gone: int = 0) -> Paper:
    with db.reading(engine) as session:
        data = slides.plenary(session, NOW)
        return meeting_minutes(data.view, EN, data.first, what_was_shown(EN, shown, gone))


def of_slides(paper: Paper) -> list[Section]:
    return [each for each in paper.sections if each.key.startswith("lamina-")]


def facts(section: Section) -> str:
    return [part.text for part in section.parts if isinstance(part, Note)][-1]


@pytest.fixture(scope="module")
def shown(demo_engine: Engine) -> list[ShownSlide]:
    return [
        *shown_at(demo_engine, NOW, "linea-VI"),
        *shown_at(demo_engine, BEFORE, "linea-VI"),
        *shown_at(demo_engine, NOW, "pais-HND", "linea-VI"),
    ]


def test_what_was_shown_stands_in_its_order_with_the_pictures_of_the_wall(demo_engine, shown):
    found = of_slides(written(demo_engine, shown))
    assert [each.finding.headline for each in found] == [each.slide.title for each in shown]
    assert [each.parts[0] for each in found[:3]] == [each.slide.parts[0] for each in shown[:3]]


def test_each_slide_says_when_and_as_of_which_day_it_was_shown_and_compared_with_which(
    demo_engine, shown
):
    first, second, *_ = of_slides(written(demo_engine, shown))
    assert facts(first).startswith("Shown at 09:30 (UTC-06:00) · Cut-off Nov 15, 2019 · ")
    assert facts(first).endswith("Compared with June 7, 2019")
    assert "Cut-off Jun 7, 2019" in facts(second)
    earlier = shown[1].first
    assert earlier < BEFORE
    assert facts(second).endswith(f"Compared with {EN.date(earlier)}")


def test_the_hour_of_a_slide_is_of_the_datas_zone_and_names_it(demo_engine, shown, monkeypatch):
    monkeypatch.setenv("CRMDATA_TIME_ZONE", "America/Santo_Domingo")
    assert facts(of_slides(written(demo_engine, shown))[0]).startswith("Shown at 11:30 (UTC-04:00)")


def test_a_slide_that_was_shown_again_refers_to_where_it_stands(demo_engine, shown):
    last = of_slides(written(demo_engine, shown))[-1]
    assert last.parts[0] == Note("It stands under number 1.")


def test_a_slide_whose_data_changed_since_says_so(demo_engine):
    [old] = shown_at(demo_engine, NOW, "linea-VI", record="1-000000000000")
    [section] = of_slides(written(demo_engine, [old]))
    assert "it was of record 1-000000000000, and is of record" in facts(section)
    [same] = shown_at(demo_engine, NOW, "linea-VI", record=old.view.chain_head)
    assert "changed since" not in facts(of_slides(written(demo_engine, [same]))[0])


def test_slides_that_are_no_longer_to_be_had_are_counted(demo_engine):
    [count] = [each for each in written(demo_engine, [], 2).sections if each.key == "mostrado"]
    assert count.finding.sentences == (
        "No slide was shown.", "2 more were shown that the data no longer have.",
    )  # fmt: skip


def test_agreements_stand_with_who_answers_for_them_and_by_when(engine):
    agreements.note(engine, secretariat("Eva"), "Share the protocol", Pins(country="HND"),
                    responsible="HND", due_on=date(2020, 3, 31),
                    agreed_on=date(2019, 11, 14))  # fmt: skip
    [agreed] = [each for each in written(engine, []).sections if each.key == "acuerdos"]
    assert agreed.finding.headline == "1 agreement was taken."
    [table] = [part for part in agreed.parts if isinstance(part, Records)]
    [row] = table.rows.to_dict("records")
    assert (row["Agreement"], row["Who answers for it"], row["By when"]) == (
        "Share the protocol", "Honduras", "Mar 31, 2020",
    )  # fmt: skip


def test_minutes_of_which_no_browser_knows_say_that_their_slides_were_prepared(demo_engine):
    with db.reading(demo_engine) as session:
        deck = slides.deck(slides.plenary(session, NOW), EN)
    count, *sections = what_was_prepared(deck).sections
    assert count.finding.headline == f"{len(deck.slides)} slides were prepared."
    assert [each.parts[0] for each in sections] == [
        slide.parts[0] if slide.parts else each.parts[0]
        for each, slide in zip(sections, deck.slides, strict=True)
    ]
    assert not any("Shown at" in facts(each) for each in sections)


ENTRY = {"key": "linea-VI", "vista_corte": "", "vista_paises": "", "record": "8-42", "when": 1e12}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*ENTRY, "x"]), inner),
    max_leaves=12,
)


@given(listed=ANYTHING | st.lists(st.dictionaries(st.sampled_from([*ENTRY]), ANYTHING)))
def test_whatever_a_browser_sends_no_more_is_made_of_it_than_slides_and_moments(listed):
    for entry in entries(listed):
        assert all(isinstance(text, str) and len(text) <= 100 for text in entry[:4])
        assert datetime.fromtimestamp(entry.when / 1000, UTC)


def test_what_a_browser_sends_rightly_is_taken_as_far_as_minutes_go():
    assert len(list(entries([ENTRY] * (MOST + 1)))) == MOST
    assert [entry.key for entry in entries([ENTRY, {**ENTRY, "when": "x"}])] == ["linea-VI"]


@pytest.fixture
def looked_up(demo_engine: Engine) -> Iterator[Callable[..., tuple[list[ShownSlide], int]]]:
    """Return what finds slides of line VI that stood there, each with its cut-off and countries."""
    with db.reading(demo_engine) as session:
        chosen = Chosen("presentar", EN, Choices(corte=NOW), read_view(session, NOW), "light",
                        narrow=False)  # fmt: skip

        def look_up(*pairs: tuple[str, str]) -> tuple[list[ShownSlide], int]:
            listed = [ListedSlide("linea-VI", *pair, "", 0) for pair in pairs]
            return minutes.look_up(session, chosen, listed, lambda *_: None)

        yield look_up


def test_slides_are_found_in_the_order_in_which_they_stood_whatever_was_in_view(looked_up):
    found, gone = looked_up(("", ""), ("2019-06-07", ""), ("", ""))
    assert [each.view.cutoff for each in found] == [NOW, BEFORE, NOW]
    assert gone == 0


def test_beyond_some_cut_offs_with_countries_slides_are_counted_and_no_deck_is_made(
    looked_up, monkeypatch
):
    monkeypatch.setattr(minutes, "MOST_VIEWS", 1)
    found, gone = looked_up(("", ""), ("", "HND"), ("", ""), ("", "HND,GTM"))
    assert (len(found), gone) == (2, 2)


ASKED = {"id": 1_575_000_000_000, "about": {"linea": "VI"}}


@given(told=ANYTHING | st.fixed_dictionaries({"id": ANYTHING | st.just(1), "about": ANYTHING}))
def test_whatever_the_desk_is_asked_it_makes_of_it_no_more_than_a_number_and_codes(told):
    number, about = what_is_asked(told)
    assert isinstance(number, int)
    assert all(isinstance(text, str) for pin in about.items() for text in pin)


def test_what_the_desk_is_asked_rightly_is_taken():
    assert what_is_asked(ASKED) == (ASKED["id"], ASKED["about"])
