"""Which activities pass the search and the filters, and how many each filter would leave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from crmdata import documents
from crmdata.content import answers
from crmdata.content.cooperation.support import by_partner
from crmdata.documents import PassageKind
from crmdata.search import Vocabulary
from crmdata.terms import SIN_REPORTE, Reporting
from crmdata.view import View
from crmdata.web.choices import address, facets
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data.made_once import made_once
from crmdata.web.shell import menu

FACETS = ("eje", "linea", "marca", "lectura", "estado", "socio")
"""The choices that leave out activities. `pais` tells whose reports are looked at."""


@dataclass(frozen=True)
class Found:
    """The activities that are left, the best first, and where the words of the search stand."""

    codes: list[str]
    hits: pd.DataFrame
    sought: list[str]
    facets: facets.Facets
    chosen: Mapping[str, object]
    meant: Sequence[str]
    """The words that a misspelt one was taken for."""

    def counts(self, name: str) -> dict[object, int]:
        """Return how many activities each value of a facet would leave."""
        return facets.counts(self.sought, self.facets, self.chosen, name)

    @property
    def filtered(self) -> bool:
        """Whether a filter is chosen."""
        return any(value is not None for value in self.chosen.values())


@made_once
def select(chosen: Chosen) -> Found:
    """Return the activities that pass."""
    picked = chosen.choices
    every = list(chosen.frame("activities")["activity"])
    search, sought = _hits(chosen), every
    hits = search.rows
    if picked.buscar:
        weight = {kind.value: place for place, kind in enumerate(PassageKind)}
        best = hits["kind"].map(weight).groupby(hits["activity"]).min().to_dict()
        # A stable sort: those alike keep the order of the plan.
        sought = sorted((code for code in every if code in best), key=best.__getitem__)
    wanted = {name: getattr(picked, name) for name in FACETS}
    by_facet = _facets(chosen)
    codes = facets.matching(sought, by_facet, wanted)
    within = hits.loc[hits["activity"].isin(codes)]
    return Found(codes, within, sought, by_facet, wanted, search.meant)


def _vocabulary(view: View) -> Vocabulary:
    return answers.index_of(view, menu.TITLES).vocabulary


def _hits(chosen: Chosen) -> documents.Search:
    """Return where the words stand: in the plan, and in the reports of the chosen country."""
    country = chosen.choices.pais
    texts = _documents(chosen.view, country)
    return documents.search_in(texts, chosen.choices.buscar or "", _vocabulary(chosen.view))


@made_once
def _documents(view: View, country: str | None) -> pd.DataFrame:
    reports = view.frame("reports")
    if country is not None:
        reports = reports.loc[reports["country"] == country]
    return documents.documents(view.frame("activities"), view.frame("results"), reports)


def _facets(chosen: Chosen) -> dict[str, pd.DataFrame]:
    rows, marks = chosen.frame("activities"), chosen.frame("marks")
    bare = rows.loc[~rows["activity"].isin(marks["activity"]), "activity"]
    kinds = [*marks["kind"], *(address.UNSCHEDULED for _ in bare)]
    of_partners = by_partner(chosen.view)
    return {
        "eje": facets.pairs(rows["activity"], rows["axis"]),
        "linea": facets.pairs(rows["activity"], rows["line"]),
        "marca": facets.pairs([*marks["activity"], *bare], kinds),
        "lectura": facets.pairs(rows["activity"], rows["reading"]),
        "estado": _standings(cells(chosen)),
        "socio": facets.pairs(of_partners["activity"], of_partners["partner"]),
    }


def cells(chosen: Chosen) -> pd.DataFrame:
    """Return the cells of the chosen country, or of all."""
    rows, country = chosen.frame("cells"), chosen.choices.pais
    return rows if country is None else rows.loc[rows["country"] == country]


def _standings(rows: pd.DataFrame) -> pd.DataFrame:
    """Pair each activity with every state that counts for it, and with its silence."""
    due = rows.loc[rows["due"]]
    reported = due.loc[due["state"].notna(), "activity"]
    ahead = rows.loc[~rows["activity"].isin(due["activity"]), "activity"].unique()
    return facets.pairs(
        [*due["activity"], *reported, *ahead],
        [*due["state"].fillna(SIN_REPORTE), *(Reporting.REPORTADO.value for _ in reported),
         *(Reporting.AUN_NO_VENCE.value for _ in ahead)],
    )  # fmt: skip
