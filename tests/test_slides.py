"""The slides say what the measures say, of every axis and line, and never take silence for zero."""

import re
from datetime import date
from itertools import product
from typing import Any, get_args

import pandas as pd
import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import InvalidRequestError

from crmdata import measures, slides, view
from crmdata.content import home, measured_rows, walls
from crmdata.content.calendar import Extract
from crmdata.content.cell_tables import FaceCell, FaceTable, Kind, Tiles
from crmdata.content.names import Name
from crmdata.content.parts import (
    BarGroup,
    Choice,
    Entries,
    EntryGroup,
    GroupedBars,
    GroupedEntries,
    ListEntry,
    Numbers,
    Part,
    Picture,
    Records,
    Speaker,
    StateBar,
    StateBars,
    Statement,
    Statements,
    Terms,
)
from crmdata.exports.deck import drawn_parts as on_deck
from crmdata.i18n import words_for
from crmdata.render.html import bars as bars_as_html
from crmdata.render.html import sections
from crmdata.slides import Deck, Slide, named, whole
from crmdata.store import db, queries
from crmdata.terms import COUNTED, LANGUAGES
from crmdata.web.choices.address import AddressCodes, read
from crmdata.web.present import drawing
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


def bars(slide: Slide) -> dict[str, StateBar]:
    """Return the bars of a slide by what they are called; under "" that of all together."""
    (found,) = [part for part in slide.parts if isinstance(part, StateBars)]
    return {"" if bar.together else bar.name.short: bar for bar in found.bars}


def shown(deck: Deck, kind: type) -> list[tuple[Slide, Any]]:
    return [(slide, part) for slide in deck.slides for part in slide.parts
            if isinstance(part, kind)]  # fmt: skip


def cells(deck: Deck, key: str) -> dict[tuple[Any, Any], FaceCell]:
    """Return the cells of a table and of the slides on which it goes on."""
    return {
        place: table.cells[place]
        for slide, table in shown(deck, FaceTable)
        if re.sub(r"-\d+$", "", slide.key) == key
        for place in product(table.rows, table.columns)
    }


def counted(measured: Any) -> dict[str, int]:
    """Return the counts that a bar has of a group; none where nothing was expected of it."""
    return {str(state): getattr(measured, state) for state in COUNTED} if measured.expected else {}


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
    # No agreement has been noted.
    assert sections == [section for section in slides.SECTIONS if section != "acuerdos"]


def test_there_is_one_slide_for_each_axis_and_for_each_line_of_which_something_was_due(
    deck, demo_engine
):
    due = measured(demo_engine, CUTOFFS[2], "line")["line"]
    assert [slide.query["linea"] for slide in of_section(deck, "lineas")] == list(due)
    axes = [slide.key for slide in of_section(deck, "ejes") if "calendario" not in slide.key]
    assert axes == [f"eje-{axis}" for axis in range(1, 6)]


def test_the_calendar_of_each_axis_follows_its_slide_and_shows_every_activity_once(deck):
    keys = [slide.key for slide in deck.slides]
    for axis in range(1, 6):
        assert keys[keys.index(f"eje-{axis}") + 1] == f"eje-{axis}-calendario-1"
    codes = [code for _, part in shown(deck, Extract) for code in part.codes]
    assert len(codes) == len(set(codes)) == 97


def test_the_title_of_a_calendar_counts_what_is_pending_of_its_own_activities(deck, demo_engine):
    slide = by_key(deck, "eje-2-calendario-3")
    own = set(slide.parts[0].codes)
    with db.reading(demo_engine) as session:
        cells = slides.plenary(session, CUTOFFS[2]).cells
    due = cells.loc[cells["activity"].isin(own) & cells["due"] & cells["state"].ne("no_aplica")]
    pending = due.loc[due["state"].isna()]
    oldest = EN.period(pending["semester"].min())
    said = f"{len(pending)} of {len(due)} expected reports pending, the oldest of {oldest}."
    assert slide.title.endswith(said)


def test_keys_are_unique(deck):
    assert len({slide.key for slide in deck.slides}) == len(deck.slides)


@pytest.mark.parametrize("cutoff", CUTOFFS)
def test_the_numbers_of_every_line_are_those_of_the_measures(demo_engine, cutoff):
    expected = measured(demo_engine, cutoff, "line").set_index("line")
    found = made(demo_engine, cutoff, "lineas")
    drawn = {slide.query["linea"]: bars(slide)[""] for slide, _ in shown(found, StateBars)}
    assert drawn
    for line, one in measured_rows.each(expected):
        assert counted(one) == (dict(drawn[line].counts) if line in drawn else {})


@pytest.mark.parametrize("cutoff", CUTOFFS)
def test_the_numbers_of_every_axis_are_those_of_the_measures(demo_engine, cutoff):
    expected = measured(demo_engine, cutoff, "axis").set_index("axis")
    drawn = bars(made(demo_engine, cutoff, "situacion").slides[0])
    for axis, one in measured_rows.each(expected):
        bar = drawn[str(axis)]
        assert bar.counts == counted(one)
        if one.expected:
            known = one.progress if one.reported and not one.withheld else None
            assert bar.reach[:3] == pytest.approx((one.low, one.high, known), nan_ok=True)


def test_the_numbers_of_countries_on_a_line_are_those_of_the_measures(deck, demo_engine):
    crossed = measured(demo_engine, CUTOFFS[2], "line", "country")
    expected = crossed.loc[crossed["line"] == "IV"].set_index("country")
    found = bars(by_key(deck, "linea-IV"))
    for country, one in measured_rows.each(expected):
        assert found[country].counts == counted(one)


def test_the_changes_are_those_of_the_measures(deck, demo_engine):
    with db.reading(demo_engine) as session:
        data = slides.plenary(session, CUTOFFS[2], first=CUTOFFS[1])
    found = cells(deck, "cambios")
    changes = measures.change_between(data.view.at(CUTOFFS[1]).frame("cells"), data.cells)
    assert found["", "newly_reported"].face.main == EN.number(changes["newly_reported"].sum())
    own = changes.loc[changes["country"] == "HND", "newly_silent"]
    assert found["HND", "newly_silent"].face.main == EN.number(own.sum())


@pytest.mark.parametrize("asked", [CUTOFFS[2], date(2020, 1, 1)])
def test_a_cutoff_is_never_compared_with_itself_or_with_what_came_later(deck, demo_engine, asked):
    found = made(demo_engine, CUTOFFS[2], first=asked)
    assert found.first == CUTOFFS[1]
    assert cells(found, "cambios") == cells(deck, "cambios") != {}


def test_without_an_earlier_date_nothing_is_said_to_have_changed(demo_engine):
    found = made(demo_engine, date(2017, 1, 1))
    assert of_section(found, "cambios") == []
    assert not any("Compared with" in entry.name.text for entry in found.slides[0].parts[0].entries)


def test_a_slide_with_nothing_on_it_is_left_out(demo_engine):
    for cutoff in (date(2017, 1, 1), *CUTOFFS):
        found = made(demo_engine, cutoff)
        assert [slide.key for slide in found.slides if not slide.parts] == []
        assert all(any(bar.counts for bar in part.bars) for _, part in shown(found, StateBars))
        assert all(part.entries for _, part in shown(found, Entries))


def test_of_sections_with_nothing_in_them_the_title_is_shown(demo_engine):
    found = made(demo_engine, date(2017, 1, 1), "cambios", "acuerdos")
    assert [slide.key for slide in found.slides] == ["portada"]


def test_a_hall_reads_seven_rows_and_no_more(deck):
    for kind, rows in ((FaceTable, "rows"), (Entries, "entries"), (Extract, "rows")):
        assert max(len(getattr(part, rows)) for _, part in shown(deck, kind)) <= 7
    # Bars stand in two columns.
    assert max(len(part.bars) for _, part in shown(deck, StateBars)) <= 14


def test_what_is_shown_in_turn_is_shown_whole_and_once(deck, demo_engine):
    with db.reading(demo_engine) as session:
        lines = list(slides.plenary(session, CUTOFFS[2]).view.frame("lines")["line"])
    for key in ("paises-lineas", "cooperacion"):
        rows = [row for slide, part in shown(deck, FaceTable) for row in part.rows
                if re.sub(r"-\d+$", "", slide.key) == key]  # fmt: skip
        assert rows == lines


def test_the_slides_of_the_region_are_the_sections_of_its_home(deck, demo_engine):
    with db.reading(demo_engine) as session:
        sections = home.of_region(slides.plenary(session, CUTOFFS[2]).view, EN)
    main = sections[0]
    assert (by_key(deck, "situacion").title, by_key(deck, "situacion").lead) == (
        main.finding.headline, " ".join(main.finding.sentences[1:])
    )  # fmt: skip
    for section in sections:
        entries = [entry for part in section.parts if isinstance(part, Entries)
                   for entry in part.entries]  # fmt: skip
        on_stage = [entry for slide, part in shown(deck, Entries) for entry in part.entries
                    if slide.key.startswith(f"situacion-{section.key}")]  # fmt: skip
        assert on_stage == (entries if section.key not in whole.ELSEWHERE else [])


def test_a_silent_country_is_hatched_and_named_and_has_no_zero_percent(deck, demo_engine):
    crossed = measured(demo_engine, CUTOFFS[2], "line", "country")
    silent = crossed.loc[(crossed["expected"] > 0) & (crossed["reported"] == 0)]
    assert len(silent), "the demonstration data has a country that is silent on a line"
    arrived = cells(deck, "paises-lineas")
    for row in silent.itertuples():
        slide = by_key(deck, f"linea-{row.line}")
        bar = bars(slide)[row.country]
        assert bar.reach.progress_text == "··"
        assert bar.name.text in slide.lead
        assert arrived[row.line, row.country].face.kind == Kind.SILENT


def test_nothing_due_is_no_zero(demo_engine):
    deck = made(demo_engine, date(2017, 3, 17))
    assert shown(deck, StateBars) == shown(deck, Numbers) == []
    assert not any("%" in slide.title + slide.lead + slide.coverage for slide in deck.slides)


def test_every_percentage_stands_with_its_n_and_n(deck):
    for _, part in shown(deck, Numbers):
        assert all(re.search(r"\d", figure.note) for figure in part.figures)
    for slide in deck.slides:
        if "%" in slide.title and slide.key != "paises-mapa":
            assert re.search(r"[\d,]+ of [\d,]+", slide.title), slide.key
    for _, part in (*shown(deck, FaceTable), *shown(deck, Tiles)):
        faces = part.cells.values() if isinstance(part, FaceTable) else (t.cell for t in part.tiles)
        assert all("%" not in each.face.main or "/" in each.face.note for each in faces)


def test_a_line_without_a_date_has_its_activities_in_the_calendar_of_its_axis_alone(deck):
    assert "linea-XIII" not in {slide.key for slide in deck.slides}
    [row] = [row for _, part in shown(deck, Extract) for row in part.rows
             if row.code == "XIII.1.1"]  # fmt: skip
    assert not row.slots


def test_sections_stand_in_the_order_asked_for(demo_engine):
    deck = made(demo_engine, None, "cambios", "portada", "cambios", "nonsense")
    assert [*dict.fromkeys(slide.section for slide in deck.slides)] == ["cambios", "portada"]


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
    assert sum(bars(by_key(deck, "situacion"))[""].counts.values()) == own
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
            frozenset(), dict.fromkeys(queries.countries(session)["country"], ("", "")),
            dict.fromkeys(queries.partners(session)["partner"], ("", "")), {},
        )  # fmt: skip
    for slide in deck.slides:
        assert slide.page in PAGES
        assert read(slide.query, known)[1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_slides_speak_the_readers_language(demo_engine, language):
    slide = made(demo_engine, CUTOFFS[2], "situacion", language=language).slides[0]
    assert slide.topic == {"es": "Cómo va el plan", "en": "How the plan stands"}[language]


def test_a_view_of_some_members_holds_what_they_and_the_region_said(demo_engine):
    with db.reading(demo_engine) as session:
        everyone = slides.plenary(session, CUTOFFS[2]).view
        own = everyone.of_members(["HND", "GTM"])
        parties = ["GTM", "HND", own.region.code]
        assert set(own.frame("countries")["country"]) == {"HND", "GTM"}
        for name in ("cells", "outside", "reports"):
            rows = everyone.frame(name)
            expected = rows.loc[rows["country"].isin(parties)].reset_index(drop=True)
            pd.testing.assert_frame_equal(own.frame(name).reset_index(drop=True), expected)
        assert own.of_all == everyone


KINDS = [*{*get_args(Part), *Picture.__subclasses__()} - {Picture}]


@pytest.mark.parametrize("kind", sorted(KINDS, key=lambda kind: kind.__name__))
def test_every_kind_of_part_is_shown_in_turn_told_and_drawn(kind):
    asked = [walls.turns, walls.lines, sections.draw]
    # In a hall there is nothing to choose, and what is made of others is shown as those.
    asked += [] if kind in {Choice, *get_args(walls.Compound)} else [on_deck.draw]
    assert [each for each in asked if each.dispatch(kind) is each.dispatch(object)] == []


BAR = StateBar(Name("I.1.1", "Uno", numbered=True), {"cumplida": 3}, "3 of 4")
COMPOUND: list[tuple[Part, str]] = [
    (GroupedBars("Reports", [BarGroup(Name("I", "Eje", numbered=True), "", [BAR])], ""), "I.1.1"),
    (GroupedEntries("Gaps", [
        EntryGroup(Name("I", "Eje", numbered=True), "1 of 2", [ListEntry(BAR.name)]),
        EntryGroup(Name("II", "Dos", numbered=True), "0 of 2", []),
    ], "", ""), "II. Dos"),
    (Statements([Speaker(Name("HND", "Honduras"), [Statement("2018-I", "Se hizo.")])]), "Se hizo."),
    (Terms([("Responsible", "The network")]), "The network"),
]  # fmt: skip


@pytest.mark.parametrize(("part", "said"), COMPOUND)
def test_what_is_made_of_others_is_shown_and_told_as_those(part, said):
    shown = list(walls.turns(part))
    assert shown
    assert {type(each) for each in shown} <= {StateBars, Entries}
    assert said in " ".join(walls.lines(part, EN))


def test_a_table_is_shown_as_a_list_of_its_rows():
    rows = pd.DataFrame([("HND", "2018-I", ""), ("GTM", "2018-II", "Tarde")],
                        columns=["Country", "Semester", "Note"])  # fmt: skip
    [shown] = walls.turns(Records("All", rows))
    assert [(each.name.text, each.note) for each in shown.entries] == [
        ("HND", "Semester: 2018-I"), ("GTM", "Semester: 2018-II; Note: Tarde"),
    ]  # fmt: skip


def test_nothing_on_the_wall_leads_anywhere(deck):
    drawn = [drawing.draw(deck, slide, 1, "") for slide in deck.slides]
    assert [each for each in drawn if "<a " in each or "href" in each] == []


def test_too_few_reports_are_no_mean(demo_engine):
    found = made(demo_engine, CUTOFFS[0], "situacion")
    [(_, numbers)] = shown(found, Numbers)
    [progress] = numbers.figures
    assert "–" in progress.value
    assert progress.note.endswith("are too few for a mean")


def test_a_number_stands_in_a_bar_only_where_it_has_room():
    counts = {"cumplida": 40, "en_curso": 1960}
    drawn = bars_as_html.bar(counts, words=EN, digit=0.05)
    assert re.findall(r">([\d,]+)<", drawn) == ["1,960"]
    assert re.findall(r">([\d,]+)<", bars_as_html.bar(counts)) == []


def test_each_country_has_a_slide_with_the_numbers_of_its_axes(deck, demo_engine):
    crossed = measured(demo_engine, CUTOFFS[2], "country", "axis")
    countries = sorted(set(crossed["country"]))
    assert sorted(slide.query["pais"] for slide in of_section(deck, "pais")) == countries
    for country in countries:
        drawn = bars(by_key(deck, f"pais-{country}"))
        own = crossed.loc[crossed["country"] == country].drop(columns="country")
        for axis, one in measured_rows.each(own.set_index("axis")):
            assert drawn[str(axis)].counts == counted(one)


def test_a_slide_in_turn_says_of_what_it_is_where_nothing_is_found_over_it(deck):
    owing = [slide for slide in deck.slides if slide.key.startswith("situacion-")]
    called = [slide.topic or slide.title for slide in owing]
    assert len(set(called)) == len(called) > 1
    assert not [name for name in called if re.fullmatch(r"\d+ of \d+", name)]


SUPPORTING = ("en_curso", "concluida", "ofrecida")
ACRONYMS = {"ACNUR": "UNHCR", "OIM": "IOM", "UNICEF": "UNICEF"}


def listed(deck: Deck, key: str) -> list[ListEntry]:
    """Return the entries of the slides of a key, in all their turns."""
    turns = [slide for slide in deck.slides if re.fullmatch(rf"{key}(-\d+)?", slide.key)]
    return [entry for slide in turns for entry in slide.parts[0].entries]


@pytest.mark.parametrize(("partner", "acronym"), ACRONYMS.items())
def test_each_partner_has_slides_of_what_it_supports_line_by_line(
    deck, demo_engine, partner, acronym
):
    with db.reading(demo_engine) as session:
        rows = view.read(session, CUTOFFS[2]).frame("cooperation")
    mine = rows.loc[rows["partner"].eq(partner) & rows["state"].isin(SUPPORTING)]
    own = set(mine["activity"])
    given = set(mine.loc[mine["state"] != "ofrecida", "activity"])
    notes = [entry.note for entry in listed(deck, f"socio-{partner}")]
    assert {code for note in notes for code in re.findall(r"[IVX]+\.\d+\.\d+", note)} == own
    noun = r"\((\d+) of (?:1 activity|(?!1 )\d+ activities)\)"
    counts = [int(re.search(noun, note)[1]) for note in notes]
    title = by_key(deck, f"socio-{partner}").title
    offers = f" and offers support for {len(own - given)} more" if own - given else ""
    said = f"{acronym} supports {len(given)} of 97 activities{offers}."
    assert (sum(counts), title) == (len(own), said)


@pytest.mark.parametrize("partner", ACRONYMS)
def test_what_the_plan_names_a_partner_in_without_its_support_stands_by_the_plans_words(
    deck, demo_engine, partner
):
    with db.reading(demo_engine) as session:
        at = view.read(session, CUTOFFS[2])
    rows, named_in = at.frame("cooperation"), at.frame("mentions")
    own = rows.loc[rows["partner"].eq(partner) & rows["state"].isin(SUPPORTING), "activity"]
    alone = named_in["partner"].eq(partner) & ~named_in["activity"].isin(own)
    quotes = [f"«{quote}»" for quote in named_in.loc[alone, "quote"]]
    assert sorted(entry.note for entry in listed(deck, f"socio-{partner}-plan")) == sorted(quotes)


def test_what_is_named_leads_to_the_first_slide_that_shows_it(deck):
    places = {name: deck.slides[place].key for name, place in named.places(deck).items()}
    expected = {
        "linea=VI": "linea-VI", "pais=HND": "pais-HND", "eje=2": "eje-2",
        "novedades": "cambios", "cooperacion": "cooperacion", "socio=ACNUR": "socio-ACNUR",
    }  # fmt: skip
    assert {name: places.get(name) for name in expected} == expected
    at = deck.slides[named.places(deck)["actividad=IV.3.2"]]
    assert "IV.3.2" in at.parts[0].codes
    assert places["buscar=IV.3"].startswith("eje-")


def test_what_a_deck_is_limited_to_is_no_name_of_its_slides(demo_engine):
    alone = made(demo_engine, CUTOFFS[2], "situacion", only=("HND",))
    assert "pais=HND" not in named.places(alone)
