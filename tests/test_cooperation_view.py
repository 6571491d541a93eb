"""Cooperación: where nobody is, whatever is chosen; what names a partner, and whom it supports."""

import re
from urllib.parse import parse_qsl, urlsplit

import pandas as pd
import pytest
from sqlalchemy import Engine

from crmdata import view
from crmdata.content.cooperation import dossier
from crmdata.content.cooperation import gaps as gap_parts
from crmdata.content.cooperation.gaps import ChosenCooperation
from crmdata.content.names import Name
from crmdata.content.parts import EntryGroup, GroupedEntries, ListEntry, Way
from crmdata.i18n import words_for
from crmdata.render.html import sections
from crmdata.render.html.links import Link
from crmdata.store import db, queries
from tests.links import links
from tests.test_pages import said, visit

EN = words_for("en")
CUTOFF = "2019-11-15"
SUPPORTING = {"en_curso", "concluida", "ofrecida"}

pytestmark = pytest.mark.usefixtures("demonstration_shown")


def page(**params: str) -> str:
    app = visit("cooperacion", alone=True, idioma="en", corte=CUTOFF, **params)
    assert not app.exception
    return said(app)


def gaps(html: str) -> list[tuple[str, list[str], str]]:
    """Return the rows of the gaps: line, codes that stand there by name, n of N."""
    table = html.partition('class="crm-groups"')[2].partition("</table>")[0]
    return [
        (re.search(r">([IVX]+)\. ", row)[1], re.findall(r">([IVX]+\.\d+\.\d+)\. ", row),
         re.search(r'crm-total">([^<]*)<', row)[1])
        for row in table.split("<tr>")[2:]
    ]  # fmt: skip


@pytest.fixture
def rows(demo_engine: Engine) -> pd.DataFrame:
    with db.reading(demo_engine) as session:
        return queries.cooperation_in_force(session, pd.Timestamp(CUTOFF).date())


@pytest.fixture
def activities(demo_engine: Engine) -> list[str]:
    with db.reading(demo_engine) as session:
        day = pd.Timestamp(CUTOFF).date()
        return list(queries.activities(session, queries.version_at(session, day).id)["activity"])


def test_every_line_says_how_many_of_its_activities_nobody_supports(rows, activities):
    backed = {row["activity"] for row in rows.to_dict("records")
              if row["state"] in SUPPORTING and isinstance(row["partner"], str)}  # fmt: skip
    counted = {}
    for code in activities:
        n, among = counted.get(code.split(".")[0], (0, 0))
        counted[code.split(".")[0]] = (n + (code not in backed), among + 1)
    wanted = [(line, f"{n} of {among}") for line, (n, among) in counted.items() if n]
    assert [(line, total) for line, _, total in gaps(page())] == wanted


def test_what_is_asked_for_and_nobody_supports_stands_by_name(rows):
    records = rows.to_dict("records")
    backed = {row["activity"] for row in records
              if row["state"] in SUPPORTING and isinstance(row["partner"], str)}  # fmt: skip
    asked = {row["activity"] for row in records
             if row["state"] == "solicitada" and not isinstance(row["partner"], str)}  # fmt: skip
    listed = {code for _, codes, _ in gaps(page()) for code in codes}
    assert asked - backed <= listed
    # The plan names IOM there, and nobody supports it.
    assert listed - asked == {"VI.1.4"}


def test_a_chosen_partner_does_not_hide_where_nobody_is():
    assert gaps(page(socio="OIM")) == gaps(page())


def test_of_a_chosen_line_everything_that_nobody_supports_stands_by_name():
    ((line, codes, total),) = gaps(page(linea="II"))
    assert (line, f"{len(codes)} of 5") == ("II", total)


def test_what_names_a_partner_stands_with_the_words_of_the_plan():
    own = page(socio="OIM").partition("data-main")[2].partition('data-section="nadie"')[0]
    assert (
        "in the plan: «Ministerios de Relaciones Exteriores y OIM»; its support is not registered"
        in own
    )
    assert "in reports of: Guatemala and United States; with its support" in own


@pytest.mark.parametrize(
    ("opened", "params"),
    [
        ("inicio", {}), ("inicio", {"socio": "ACNUR"}), ("cooperacion", {"socio": "ACNUR"}),
        ("lineas", {}), ("lineas", {"socio": "ACNUR"}), ("lineas", {"eje": "2"}),
        ("lineas", {"linea": "IV"}), ("lineas", {"linea": "II", "pais": "HND"}),
    ],
)  # fmt: skip
def test_where_help_is_looked_for_a_link_leads_to_where_nobody_is(opened, params):
    html = said(visit(opened, alone=True, idioma="en", corte=CUTOFF, **params))
    (shown,) = re.findall(r"Without support: (\d+ of \d+) activities</a>", html)
    assert f"<p>{shown} activities are without a partner" in page(**params).replace("h2>", "p>")
    target = next(href for text, href in links(html) if text.startswith("Without support"))
    # Where the page itself has them, the link stays on it.
    there = opened == "cooperacion" or (opened == "inicio" and params)
    assert target.startswith("?" if there else "cooperacion?")
    assert target.endswith("#nadie")
    assert dict(parse_qsl(urlsplit(target).query)) == {"idioma": "en", "corte": CUTOFF} | params


@pytest.mark.parametrize("opened", ["cooperacion", "inicio"])
def test_a_way_to_where_nobody_is_leads_to_a_section_that_is_there(opened):
    html = said(visit(opened, alone=True, idioma="en", corte=CUTOFF, socio="ACNUR"))
    assert html.count('id="nadie"') == 1


def test_where_every_activity_has_support_no_link_leads_to_where_nobody_is(demo_engine):
    with db.reading(demo_engine) as session:
        seen = view.read(session, pd.Timestamp(CUTOFF).date())
    backed = ChosenCooperation(seen.frame("cooperation"), seen.frame("activities"))
    own = backed.activities.loc[~backed.activities["activity"].isin(backed.alone["activity"])]
    assert gap_parts.way(EN, ChosenCooperation(backed.rows, own)) is None
    assert gap_parts.way(EN, backed) is not None


def naive(rows: pd.DataFrame, reports: pd.DataFrame, partner: str) -> dict[str, int]:
    """Count by activity what stands of a partner where, each activity once: the strongest."""
    own = rows.loc[rows["partner"] == partner]
    given = {*own.loc[own["state"].isin(["en_curso", "concluida"]), "activity"]}
    offered = {*own.loc[own["state"] == "ofrecida", "activity"]} - given
    other = {*own["activity"]} - given - offered
    told = {row["activity"] for row in reports.to_dict("records")
            if partner in str(row["partners"] or "").split(";")}  # fmt: skip
    alone = told - given - offered - other
    return {"given": len(given), "offered": len(offered), "other": len(other),
            "alone": len(alone), "told": len(told)}  # fmt: skip


@pytest.mark.parametrize("partner", ["ACNUR", "OIM", "UNICEF"])
@pytest.mark.parametrize("opened", ["cooperacion", "inicio"])
def test_the_numbers_of_a_partner_are_said_so_that_they_add_up(demo_engine, partner, opened):
    day = pd.Timestamp("2020-11-20").date()
    with db.reading(demo_engine) as session:
        rows = queries.cooperation_in_force(session, day)
        reports = queries.reports_in_force(session, day)
        called = {"ACNUR": "UNHCR", "OIM": "IOM"}.get(partner, partner)
    n = naive(rows, reports, partner)
    app = visit(opened, alone=True, idioma="en", corte="2020-11-20", socio=partner)
    html = said(app)
    offers = f" and offers support for {n['offered']} more" if n["offered"] else ""
    assert f"{called} supports {n['given']} of 97 activities{offers}.<" in html
    named = n["given"] + n["offered"] + n["other"] + n["alone"]
    (sentence,) = re.findall(rf"{called} appears in {named} activities: ([^<]*)<", html)
    told = f"{n['alone']} where only reports name it (of {n['told']} where they do)"
    assert sentence.startswith(f"{n['given']} with support in progress or concluded, ")
    assert sentence.endswith(f"and {told}.")
    parts = map(int, re.findall(r"(\d+) (?:with|where only)", sentence))
    assert sum(parts) == named
    # The list of activities with the partner chosen has as many.
    assert f">{called} ({named})</a>" in said(visit("actividades", alone=True, idioma="en",
                                                     corte="2020-11-20"))  # fmt: skip


def test_what_is_only_offered_is_not_counted_as_supported(demo_engine):
    rows = pd.DataFrame(
        [("I.1.1", "OIM", "ofrecida", "HND"), ("I.1.2", "OIM", "en_curso", "HND")],
        columns=["activity", "partner", "state", "countries"],
    )
    with db.reading(demo_engine) as session:
        seen = view.read(session, pd.Timestamp(CUTOFF).date())
        whole = ChosenCooperation(rows, seen.frame("activities"))
        assert dossier.how_much(seen, EN, "OIM", whole) == (
            "IOM supports 1 of 97 activities and offers support for 1 more."
        )


def test_whom_a_partner_supports_stands_with_state_and_countries():
    own = page(socio="OIM").partition('data-section="nadie"')[0]
    assert (
        "Concluded: Canada, Dominican Republic, El Salvador, Guatemala, and United States<" in own
    )


def test_a_partners_own_is_a_table_to_take_along():
    app = visit("cooperacion", alone=True, idioma="en", corte=CUTOFF, socio="OIM",
                abierto="tabla-socio")  # fmt: skip
    assert "Download the table (XLSX)" in [each.label for each in app.get("download_button")]
    table = said(app).partition('class="crm-table')[2].partition("</table>")[0]
    assert table.count("<tr>") - 1 > 29
    assert "Concluded: Canada, Dominican Republic" in table


@pytest.mark.parametrize("offers", [True, False])
def test_who_speaks_for_a_partner_is_led_to_offer_beside_each_gap(demo_engine, offers):
    with db.reading(demo_engine) as session:
        seen = view.read(session, pd.Timestamp(CUTOFF).date())
        whole = ChosenCooperation(seen.frame("cooperation"), seen.frame("activities"))
        found = gap_parts.groups(seen, EN, whole, whole=False, may_offer=offers)
    actions = [entry.actions for group in found.groups for entry in group.entries]
    assert [bool(each) for each in actions] == [offers] * len(actions)
    assert actions


def test_where_the_support_of_a_partner_goes_has_its_own_lines_alone():
    table = page(socio="ACNUR").partition('data-chart="paises"')[2].partition("</table>")[0]
    shown = re.findall(r">([IVX]+)\. ", table)
    assert shown == ["I", "V", "XIV", "XV", "XVI"]


def test_where_nobody_asks_no_zero_is_said():
    html = page(linea="IV", pais="HND")
    assert "12 of 12 activities are without a partner.<" in html
    assert "No cooperation was reported for what is chosen." in html


def test_where_nothing_was_reported_the_gaps_stand_all_the_same():
    html = visit("cooperacion", alone=True, idioma="en", corte="2017-03-17")
    assert "No cooperation was reported" in said(html)
    assert sum(int(total.split()[0]) for _, _, total in gaps(said(html))) == 97


def test_texts_of_the_plan_are_no_markup_among_the_gaps():
    name = Name("I", "<script>alert(1)</script>", numbered=True)
    group = EntryGroup(name, "1 of 1", [ListEntry(name, "<b>x</b>", Way("", {}))], Way("", {}))
    html = sections.draw(
        GroupedEntries("t", [group], of="", total=""), Link(EN, lambda page, _: page)
    )
    assert "<script" not in html
    assert "<b>" not in html
