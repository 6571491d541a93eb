"""Since when: each overdue report has its day and age wherever it is listed, longest first."""

import re
from datetime import date

import pytest

from crmdata import measures, plan, view
from crmdata.content import due, findings, names, strips
from crmdata.content.activities import listing, standings
from crmdata.content.news.crossing import crossing
from crmdata.content.papers import country_sheets, line_sheet
from crmdata.i18n import words_for
from crmdata.store import db
from crmdata.terms import LANGUAGES, Period
from tests.support import changed, copied_plan

CUTOFF = date(2019, 11, 15)
ES, EN = words_for("es"), words_for("en")
AGE = re.compile(r"(pending since [A-Z][a-z]+ \d+, \d{4}|pendiente desde el \d+ [a-z]+ \d{4})")


@pytest.fixture(scope="module")
def shown(demo_engine):
    with db.reading(demo_engine) as session:
        yield view.read(session, CUTOFF)


@pytest.fixture(scope="module")
def owing(shown) -> tuple[str, str, str]:
    """Return an activity, a country and a period that have been pending for longest."""
    missing = measures.silent(shown.frame("cells")).sort_values("semester", kind="stable")
    first = missing.to_dict("records")[0]
    return str(first["activity"]), str(first["country"]), str(first["semester"])


def month_count(code: str) -> int:
    """Count the months from a period's end, one by one."""
    day, months = Period.parse(code).ends, 0
    while (day.year + (day.month + months) // 12, (day.month + months) % 12 + 1) <= (
        CUTOFF.year, CUTOFF.month,
    ):  # fmt: skip
        months += 1
    return months - (CUTOFF.day < day.day)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_age_is_the_day_of_the_periods_end_and_the_months_since(language):
    said = findings.pending_since(words_for(language), "2018-2", CUTOFF)
    assert AGE.search(said)
    assert "31" in said
    assert str(month_count("2018-2")) in said


def pending_list(shown, country: str | None) -> list:
    cells = shown.frame("cells")
    if country is not None:
        cells = cells.loc[cells["country"].eq(country)]
    codes = list(dict.fromkeys(measures.silent(cells)["activity"]))
    results = listing.Results(codes, cells, filtered=True, pending=True)
    parts = [part for section in listing.sections(shown, EN, results) for part in section.parts]
    return [group for part in parts for group in part.groups]


@pytest.mark.parametrize("country", [None, "HND", "GTM"])
def test_what_is_pending_stands_longest_first_under_since_when(shown, country):
    cells = shown.frame("cells")
    if country is not None:
        cells = cells.loc[cells["country"].eq(country)]
    oldest: dict[str, str] = {}
    for row in cells.to_dict("records"):
        if row["reporting"] == "sin_reporte":
            code = row["activity"]
            oldest[code] = min(oldest.get(code, "9"), row["semester"])
    groups = pending_list(shown, country)
    stood = [bar.name.short for group in groups for bar in group.bars]
    assert sorted(stood) == sorted(oldest)
    ages = [oldest[code] for code in stood]
    assert ages == sorted(ages)
    for group in groups:
        (period,) = {oldest[bar.name.short] for bar in group.bars}
        assert group.name.text.lower() == findings.pending_since(EN, period, CUTOFF).lower()


def test_a_square_of_a_country_says_since_when_it_waits(shown):
    for country in ("HND", "BLZ"):
        own = shown.frame("cells").loc[lambda rows, code=country: rows["country"].eq(code)]
        picture = strips.of_country(shown, EN, own, country)
        for row in picture.rows:
            for square in filter(None, row.squares):
                assert bool(square.counts.get("sin_reporte")) == bool(AGE.search(square.text))


def test_the_table_of_a_sheet_says_for_how_many_months(shown, owing):
    activity, country, period = owing
    table = standings.grid(shown, EN, activity).set_index("Country")
    name = names.of_countries(shown.frame("countries"), EN)[country].full
    column = names.of_periods([period], EN)[period].text
    assert table.loc[name, column] == f"·· {month_count(period)} months"


def texts(paper) -> str:
    return " ".join(str(part) for chapter in paper.chapters for part in chapter.sections)


def test_paper_says_since_when_the_oldest_report_is_pending(shown, owing):
    _, country, period = owing
    since = findings.pending_since(EN, period, CUTOFF)
    assert since in texts(next(country_sheets(shown, EN, country)))


def test_paper_names_who_owes_with_since_when_and_no_one_first(shown):
    said = texts(line_sheet(shown, EN, "VI"))
    missing = measures.silent(shown.frame("cells").loc[lambda rows: rows["line"].eq("VI")])
    named = names.of_countries(shown.frame("countries"), EN)
    owing = [named[code].full for code in named if code in set(missing["country"])]
    since = findings.pending_since(EN, missing["semester"].min(), CUTOFF)
    if len(owing) == len(named):
        assert f"Every country has at least one report pending; the oldest, {since}." in said
    else:
        assert f"With at least one report pending: {', '.join(owing[:-1])}" in said
        assert f"{owing[-1]}; the oldest, {since}." in said
    assert due.oldest(missing.assign(reporting="sin_reporte"))


# Comparisons across a change of the plan or of its members

BEFORE, AFTER = date(2018, 12, 31), date(2019, 6, 30)


def across(engine, folder, words=EN) -> str:
    plan.load(engine, folder, by="test")
    with db.reading(engine) as session:
        return crossing(view.read(session, AFTER), words, BEFORE)


@pytest.fixture
def folder(tmp_path):
    made = copied_plan(tmp_path)
    changed(made, "plan.toml", "in_force_from = 2017-03-17", "in_force_from = 2019-01-01")
    return made


def test_a_comparison_across_a_rescheduling_says_so(engine, folder):
    changed(
        folder, "activities.csv", "Validar la guía,,,II Semestre,", "Validar la guía,,,Continuo,"
    )
    said = across(engine, folder)
    assert "in force from Jan 1, 2019" in said
    assert "added: 0, withdrawn: 0, rescheduled: 1." in said


def test_a_comparison_across_a_new_member_names_it_in_both_languages(engine, folder):
    changed(folder, "countries.csv", "USA,", "CUB,Cuba,Cuba de prueba,6,6,\nUSA,")
    assert across(engine, folder) == "Among the members from then on: Cuba de prueba."
    with db.reading(engine) as session:
        said = crossing(view.read(session, AFTER), ES, BEFORE)
    assert said == "Desde entonces también son miembros: Cuba."


def test_a_comparison_across_a_member_that_left_names_it(engine, folder):
    text = (folder / "countries.csv").read_text("utf-8")
    row = next(line for line in text.splitlines() if line.startswith("PAN"))
    changed(folder, "countries.csv", f"{row}\n", "")
    assert across(engine, folder) == "No longer among the members: Panamá."


def test_a_comparison_within_one_plan_or_across_other_words_says_nothing(engine, folder):
    with db.reading(engine) as session:
        assert crossing(view.read(session, AFTER), EN, BEFORE) == ""
    changed(folder, "activities.csv", "Validar la guía", "Validar la guía regional")
    assert across(engine, folder) == ""
