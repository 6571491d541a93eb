"""The slides say what the measures say, of every axis and line, and never take silence for zero."""

from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import InvalidRequestError

from crmdata import measures, slides
from crmdata.content import frames, wording
from crmdata.content.faces import Kind
from crmdata.i18n import words_for
from crmdata.slides import WHOLE, Bars, Deck, Grid, Slide
from crmdata.store import db, queries
from crmdata.terms import LANGUAGES
from crmdata.web.choices.address import AddressCodes, read
from crmdata.web.shell.menu import TITLES as PAGES

CUTOFFS = (date(2018, 5, 11), date(2019, 6, 7), date(2019, 11, 15))
EN = words_for("en")


def made(engine: Engine, cutoff: date | None = None, *sections: str, **wishes) -> Deck:
    language = wishes.pop("language", "en")
    with db.reading(engine) as session:
        data = slides.plenary(session, cutoff, **wishes)
    return slides.deck(data, words_for(language), sections)


def of_section(deck: Deck, section: str) -> list[Slide]:
    return [slide for slide in deck.slides if slide.section == section]


def by_key(deck: Deck, key: str) -> Slide:
    return next(slide for slide in deck.slides if slide.key == key)


def bars(slide: Slide) -> Bars:
    (chart,) = slide.charts
    assert isinstance(chart, Bars)
    return chart


def grid(slide: Slide) -> Grid:
    (chart,) = slide.charts
    assert isinstance(chart, Grid)
    return chart


def measured(engine: Engine, cutoff: date, *by: str) -> pd.DataFrame:
    with db.reading(engine) as session:
        plan = queries.version_at(session, cutoff)
        cells = measures.cells(
            queries.slots(session, plan.id), queries.countries(session),
            queries.reports_in_force(session, cutoff), cutoff,
        )  # fmt: skip
    return measures.summary(cells, by, threshold=0.5)


@pytest.fixture(scope="module")
def deck(demo_engine: Engine) -> Deck:
    return made(demo_engine, CUTOFFS[2])


def test_every_section_is_there_in_its_order(deck):
    sections = list(dict.fromkeys(slide.section for slide in deck.slides))
    assert sections == list(slides.SECTIONS)


def test_there_is_one_slide_for_each_of_16_lines_and_5_axes(deck):
    assert len(of_section(deck, "lineas")) == 16
    assert len([slide for slide in of_section(deck, "ejes") if slide.parts == ()]) == 5


def test_the_calendar_of_each_axis_follows_its_slide_and_shows_every_activity_once(deck):
    keys = [slide.key for slide in deck.slides]
    for axis in range(1, 6):
        assert keys[keys.index(f"eje-{axis}") + 1] == f"eje-{axis}-calendario-1"
    shown = [code for slide in deck.slides for part in slide.parts for code in part.codes]
    assert len(shown) == len(set(shown)) == 97


def test_a_hall_reads_seven_rows_and_no_more(deck):
    assert max(len(part.rows) for slide in deck.slides for part in slide.parts) <= 7


def test_the_title_of_a_calendar_counts_what_is_pending_of_its_own_activities(deck, demo_engine):
    slide = by_key(deck, "eje-2-calendario-3")
    own = set(slide.parts[0].codes)
    with db.reading(demo_engine) as session:
        cells = slides.plenary(session, CUTOFFS[2]).cells
    due = cells.loc[cells["activity"].isin(own) & cells["due"] & cells["state"].ne("no_aplica")]
    pending = due.loc[due["state"].isna()]
    oldest = EN.period(pending["semester"].min())
    said = f"{len(pending)} of {len(due)} expected reports pending, the oldest of {oldest}"
    assert slide.title.endswith(said)


def test_keys_are_unique(deck):
    assert len({slide.key for slide in deck.slides}) == len(deck.slides)


@pytest.mark.parametrize("cutoff", CUTOFFS)
def test_the_numbers_of_every_line_are_those_of_the_measures(demo_engine, cutoff):
    expected = measured(demo_engine, cutoff, "line").set_index("line")
    found = made(demo_engine, cutoff, "lineas")
    for line, one in frames.each(expected):
        whole = bars(by_key(found, f"linea-{line}")).measures.loc[WHOLE]
        assert whole[frames.COUNTS].to_list() == [getattr(one, name) for name in frames.COUNTS]


@pytest.mark.parametrize("cutoff", CUTOFFS)
def test_the_numbers_of_every_axis_are_those_of_the_measures(demo_engine, cutoff):
    expected = measured(demo_engine, cutoff, "axis").set_index("axis")
    chart = bars(made(demo_engine, cutoff, "situacion").slides[0])
    for axis, one in frames.each(expected):
        assert chart.measures.loc[axis, frames.SHARES].to_list() == pytest.approx(
            [getattr(one, name) for name in frames.SHARES], nan_ok=True
        )


def test_the_numbers_of_countries_on_a_line_are_those_of_the_measures(deck, demo_engine):
    crossed = measured(demo_engine, CUTOFFS[2], "line", "country")
    expected = crossed.loc[crossed["line"] == "IV"].set_index("country")
    found = bars(by_key(deck, "linea-IV")).measures
    for country, one in frames.each(expected):
        assert found.loc[country, "reported"] == one.reported
        assert found.loc[country, "expected"] == one.expected


def test_the_changes_are_those_of_the_measures(deck, demo_engine):
    with db.reading(demo_engine) as session:
        data = slides.plenary(session, CUTOFFS[2], first=CUTOFFS[1])
    faces = grid(by_key(deck, "cambios")).faces
    changes = measures.change_between(data.view.at(CUTOFFS[1]).frame("cells"), data.cells)
    assert faces[WHOLE, "newly_reported"].main == EN.number(changes["newly_reported"].sum())
    own = changes.loc[changes["country"] == "HND", "newly_silent"]
    assert faces["HND", "newly_silent"].main == EN.number(own.sum())


@pytest.mark.parametrize("asked", [CUTOFFS[2], date(2020, 1, 1)])
def test_a_cutoff_is_never_compared_with_itself_or_with_what_came_later(deck, demo_engine, asked):
    found = made(demo_engine, CUTOFFS[2], first=asked)
    assert found.first == CUTOFFS[1]
    assert grid(by_key(found, "cambios")).faces == grid(by_key(deck, "cambios")).faces


def test_without_an_earlier_date_a_sentence_stands_in_place_of_zeros(demo_engine):
    found = made(demo_engine, date(2017, 1, 1))
    nothing = "There is nothing to compare this cut-off with"
    assert by_key(found, "cambios").lead.startswith(nothing)
    assert by_key(found, "cambios").charts == ()
    (changes,) = [text for text in by_key(found, "linea-IV").texts if text.title == "Changes"]
    assert changes.items[0].startswith(nothing)
    assert not any("Compared with" in item for item in found.slides[0].texts[0].items)


def test_a_silent_country_is_hatched_and_named_and_has_no_zero_percent(deck, demo_engine):
    crossed = measured(demo_engine, CUTOFFS[2], "line", "country")
    silent = crossed.loc[(crossed["expected"] > 0) & (crossed["reported"] == 0)]
    assert len(silent), "the demonstration data has a country that is silent on a line"
    arrived, words = grid(by_key(deck, "paises-lineas")), EN
    for row in silent.itertuples():
        slide = by_key(deck, f"linea-{row.line}")
        chart = bars(slide)
        one = dict(frames.each(chart.measures))[row.country]
        assert wording.progress(words, one) == "··"
        assert any(chart.names[row.country].full in item for item in slide.texts[0].items)
        assert arrived.faces[row.country, row.line].kind == Kind.SILENT


def test_nothing_due_is_no_zero(demo_engine):
    deck = made(demo_engine, date(2017, 3, 17), "lineas")
    for slide in of_section(deck, "lineas"):
        assert slide.numbers == ()
        assert "%" not in slide.coverage


def test_every_percentage_stands_with_its_n_and_n(deck):
    for slide in deck.slides:
        for number in slide.numbers:
            assert "%" not in number.value or "/" in number.of


def test_a_line_without_a_date_lists_its_activities(deck):
    slide = by_key(deck, "linea-XIII")
    assert slide.charts == ()
    assert slide.texts[0].items[0].startswith("XIII.1.1. ")


def test_sections_stand_in_the_order_asked_for(demo_engine):
    deck = made(demo_engine, None, "cambios", "portada", "cambios", "nonsense")
    assert [slide.section for slide in deck.slides] == ["cambios", "portada"]


@pytest.mark.parametrize("first", [None, date(2017, 7, 1), date(2030, 1, 1)])
def test_what_a_deck_compares_with_is_read_before_its_session_ends(demo_engine, first):
    # No meeting lies before this cut-off: it is compared with the wish, or the plan's beginning.
    with db.reading(demo_engine) as session:
        data = slides.plenary(session, date(2017, 12, 31), first=first)
    assert data.first is not None
    assert slides.deck(data, words_for("es")).slides
    with pytest.raises(InvalidRequestError):
        data.view.plan_changes(1)


def test_chosen_countries_limit_every_number(demo_engine):
    deck = made(demo_engine, CUTOFFS[2], "situacion", only=("HND", "GTM"))
    expected = measured(demo_engine, CUTOFFS[2], "country")
    own = expected.loc[expected["country"].isin({"HND", "GTM"}), "expected"].sum()
    assert bars(by_key(deck, "situacion")).measures.loc[WHOLE, "expected"] == own
    assert "Only GTM, HND" in by_key(deck, "situacion").footer


def test_every_slide_names_cutoff_and_demonstration(deck):
    for slide in deck.slides:
        assert slide.footer[0] == "Cut-off Nov 15, 2019"
        assert slide.footer[-1] == "Demonstration data"


def test_every_slide_has_notes(deck):
    assert [slide.key for slide in deck.slides if not slide.notes] == []


def test_every_live_view_is_a_page_and_its_address_reads_without_a_remark(deck, demo_engine):
    with db.reading(demo_engine) as session:
        plan = queries.version_at(session, deck.cutoff)
        lines = queries.lines(session, plan.id)
        known = AddressCodes(
            dict(zip(lines["line"], lines["axis"], strict=True)),
            frozenset(), dict.fromkeys(queries.countries(session)["country"], ("", "")), {}, {},
        )  # fmt: skip
    for slide in deck.slides:
        assert slide.page in PAGES
        assert read(slide.query, known)[1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_slides_speak_the_readers_language(demo_engine, language):
    slide = made(demo_engine, CUTOFFS[2], "situacion", language=language).slides[0]
    assert slide.title == {"es": "Dónde estamos", "en": "Where we stand"}[language]


def test_a_view_of_some_members_holds_what_they_and_the_region_said(demo_engine):
    with db.reading(demo_engine) as session:
        whole = slides.plenary(session, CUTOFFS[2]).view
        own = whole.of_members(["HND", "GTM"])
        parties = ["GTM", "HND", own.region.code]
        assert set(own.frame("countries")["country"]) == {"HND", "GTM"}
        for name in ("cells", "outside", "reports"):
            rows = whole.frame(name)
            expected = rows.loc[rows["country"].isin(parties)].reset_index(drop=True)
            pd.testing.assert_frame_equal(own.frame(name).reset_index(drop=True), expected)
        assert own.of_all == whole
