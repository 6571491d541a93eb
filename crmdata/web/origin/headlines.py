"""Where the number of a headline comes from that counts activities or countries, not reports."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd
import streamlit as st

from crmdata.content import comparison, names, wording
from crmdata.content.records import records
from crmdata.errors import N_
from crmdata.figures import formulas
from crmdata.figures.formulas import Equation
from crmdata.i18n import Words
from crmdata.labels import NO_REPORT
from crmdata.measures.fulfilment import last_states
from crmdata.terms import State
from crmdata.web.choices.chosen import Chosen
from crmdata.web.choices.chosen_groups import within
from crmdata.web.kit import components, report_rows
from crmdata.web.kit.components import Origin
from crmdata.web.origin import provenance
from crmdata.web.origin.origins import OfCells

_HEADLINE, _PICTURE = "headline", "picture"


class Counted(NamedTuple):
    """What a headline counts: its numbers, and under how many `behind` it the rows of them."""

    equations: Sequence[Equation]
    behind: str
    rows: pd.DataFrame


@dataclass(frozen=True)
class OfHeadline:
    """The number that a headline begins with; those of the picture beneath it can be picked.

    `name` is a message of the catalogue.
    """

    name: str
    count: Callable[[Chosen], Counted]
    picture: Origin

    def show(self, chosen: Chosen, key: str) -> None:
        """Draw how the headline counts and all that it counts, or what the picture is made of."""
        words = chosen.words
        labels = {_HEADLINE: self.name, _PICTURE: N_("What the picture shows")}
        picked = st.selectbox(
            words("Number"), [*labels], key=f"number-{key}", filter_mode=None,
            format_func=lambda code: words(labels[code]),
        )  # fmt: skip
        if picked == _PICTURE:
            self.picture.show(chosen, key)
            return
        counted, title = self.count(chosen), words("How it is made")
        provenance.show_facts(chosen, [words(self.name)])
        components.heading(title, 3)
        components.rows(formulas.table([*counted.equations], words), words=words, caption=title)
        components.heading(counted.behind, 3)
        if len(counted.rows):
            components.open_table(chosen, f"detras-{key}", counted.behind, counted.rows)


def share(words: Words, name: str, formula: str, n: int, among: int) -> Equation:
    """Return how many of how many there are, as an equation."""
    of = words("{n} of {N}", n=words.number(n), N=words.number(among))
    return Equation(name, formula, of, words.number(n))


def activities_behind(words: Words, count: int) -> str:
    """Return the heading over so many activities."""
    return words.plural("{n} activity behind it", "{n} activities behind it", count)


def countries_behind(words: Words, count: int) -> str:
    """Return the heading over so many countries."""
    return words.plural("{n} country behind it", "{n} countries behind it", count)


def _reports_behind(words: Words, count: int) -> str:
    return words.plural("{n} report behind it", "{n} reports behind it", count)


def fulfilled(chosen: Chosen) -> Counted:
    """Count the activities that a country last reported fulfilled, and those that every one did."""
    words, called = chosen.words, names.of_activities(chosen.frame("activities"), chosen.words)
    countries = names.of_countries(chosen.frame("countries"), words)
    last = last_states(chosen.frame("states"), chosen.view.members)
    rows, by_all = [], 0
    for code in called:
        own = last.loc[last["activity"].eq(code)]
        done = set(own.loc[own["state"].eq(State.CUMPLIDA), "country"])
        if not done:
            continue
        among = len(countries) - int(own["state"].eq(State.NO_APLICA).sum())
        by_all += len(done) == among
        rows.append({
            words("Activity"): provenance.sheet(chosen, str(code), called[code].called),
            words("Countries"): words("{n} of {N}", n=words.number(len(done)),
                                      N=words.number(among)),
            words("Fulfilled in"): wording.joined(
                words, (name.text for country, name in countries.items() if country in done)),
        })  # fmt: skip
    equations = [
        share(words, words("Activities fulfilled in at least one country"),
              words("activities of which a country's last report says “fulfilled”"),
              len(rows), len(called)),
        share(words, words("Activities fulfilled in every country"),
              words("of these, those that every country reports so to which they apply"),
              by_all, len(rows)),
    ]  # fmt: skip
    return Counted(equations, activities_behind(words, len(rows)), pd.DataFrame(rows))


def standing(chosen: Chosen) -> Counted:
    """Count the activities that the chosen country last reported fulfilled and in progress."""
    words, country = chosen.words, str(chosen.choices.pais)
    codes = list(within(chosen, chosen.frame("activities"), country=False)["activity"])
    latest = comparison.latest(chosen.frame("reports"))
    last = pd.DataFrame([latest[code, country] for code in codes if (code, country) in latest],
                        columns=chosen.frame("reports").columns)  # fmt: skip
    parts = [last.loc[last["state"].eq(state)] for state in (State.CUMPLIDA, State.EN_CURSO)]
    done, under_way = map(len, parts)
    equations = [
        share(words, words("Activities fulfilled"),
              words("activities of which the last report says “fulfilled”"), done, len(codes)),
        share(words, words("Activities in progress"),
              words("activities of which the last report says “in progress”"),
              under_way, len(codes)),
    ]  # fmt: skip
    rows = pd.concat(parts, ignore_index=True)
    return Counted(
        equations, _reports_behind(words, len(rows)), provenance.reports_listed(chosen, rows)
    )


def countries_done(chosen: Chosen) -> Counted:
    """Count the countries that last reported the chosen activity fulfilled; or say of one what."""
    words, code = chosen.words, str(chosen.choices.actividad)
    reports, picked = chosen.frame("reports"), chosen.choices.pais
    parties = chosen.view.members if picked is None else {picked}
    own = reports.loc[reports["activity"].eq(code) & reports["country"].isin(list(parties))]
    last = pd.DataFrame(comparison.latest(own).values(), columns=reports.columns)
    states = last["state"].value_counts()
    among = len(parties) - int(states.get(State.NO_APLICA, 0))
    equations = [
        share(words, name, formula, int(states.get(state, 0)), among)
        for state, name, formula in (
            (State.CUMPLIDA, words("Countries that have fulfilled it"),
             words("countries whose last report says “fulfilled”, of those to which it applies")),
            (State.EN_CURSO, words("Countries at work on it"),
             words("countries whose last report says “in progress”, of those to which it applies")),
        )
    ]  # fmt: skip
    if picked is not None:
        equations = [_said_last(words, last)]
    return Counted(
        equations, _reports_behind(words, len(last)), provenance.reports_listed(chosen, last)
    )


def _said_last(words: Words, last: pd.DataFrame) -> Equation:
    name, formula = words("Its last report"), words("the report on the latest semester")
    if last.empty:
        return Equation(name, formula, "", NO_REPORT)
    [row] = records(last)
    value = wording.value(words, row.state, row.percent)
    return Equation(name, formula, words.period(row.semester), value)


def reporters(chosen: Chosen, cells: pd.DataFrame) -> Counted:
    """Count the countries that reported on these cells, and those that have reports pending."""
    words = chosen.words
    called = report_rows.reporters(chosen)
    measured = chosen.measured(cells, "country").set_index("country")
    due = measured.loc[measured["expected"] > 0]
    equations = [
        share(words, words("Countries that have reported"),
              words("countries of which at least one expected report has arrived"),
              int((due["reported"] > 0).sum()), len(due)),
        share(words, words("Countries with reports pending"),
              words("countries of which at least one expected report is missing"),
              int((due["reported"] < due["expected"]).sum()), len(due)),
    ]  # fmt: skip
    rows = []
    for code, name in called.items():
        if code in due.index:
            n, among = (int(due[column].to_dict()[code]) for column in ("reported", "expected"))
            rows.append({
                words("Country"): provenance.profile(chosen, str(code), name.full),
                words("Expected (N)"): words.number(among),
                words("Reported (n)"): words.number(n),
                words("Pending"): words.number(among - n),
            })  # fmt: skip
    return Counted(equations, countries_behind(words, len(rows)), pd.DataFrame(rows))


OF_COUNTRY = OfHeadline(
    N_("Activities fulfilled and in progress"), standing, OfCells(("line", "semester"))
)
"""What a country's own page begins with: Inicio, and its profile."""
