"""What Actividades shows: the activities that pass the search and the filters, with counts."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from crmdata import documents
from crmdata.content import names
from crmdata.content.names import Name, Names
from crmdata.documents import PassageKind
from crmdata.files import SEPARATOR
from crmdata.i18n import Words
from crmdata.labels import SYMBOLS, label
from crmdata.render.html import markup
from crmdata.terms import SIN_REPORTE, MarkKind, Reading, Reporting
from crmdata.view import View
from crmdata.web.choices import address, choices, facets, filters, links
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data.kept import kept
from crmdata.web.kit import components, draw
from crmdata.web.kit.components import Empty

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

    def counts(self, name: str) -> dict[object, int]:
        """Return how many activities each value of a facet would leave."""
        return facets.counts(self.sought, self.facets, self.chosen, name)

    @property
    def filtered(self) -> bool:
        """Whether a filter is chosen."""
        return any(value is not None for value in self.chosen.values())


@kept
def found(chosen: Chosen) -> Found:
    """Return the activities that pass."""
    picked = chosen.choices
    every = list(chosen.frame("activities")["activity"])
    hits, sought = _hits(chosen), every
    if picked.buscar:
        weight = {kind.value: place for place, kind in enumerate(PassageKind)}
        best = hits["kind"].map(weight).groupby(hits["activity"]).min().to_dict()
        # A stable sort: those alike keep the order of the plan.
        sought = sorted((code for code in every if code in best), key=best.__getitem__)
    wanted = {name: getattr(picked, name) for name in FACETS}
    made = _facets(chosen)
    codes = facets.passing(sought, made, wanted)
    return Found(codes, hits.loc[hits["activity"].isin(codes)], sought, made, wanted)


def _hits(chosen: Chosen) -> pd.DataFrame:
    """Return where the words stand: in the plan, and in the reports of the chosen country."""
    country = chosen.choices.pais
    texts = _documents(chosen.view, country)
    return documents.found(texts, chosen.choices.buscar or "")


@kept
def _documents(view: View, country: str | None) -> pd.DataFrame:
    reports = view.frame("reports")
    if country is not None:
        reports = reports.loc[reports["country"] == country]
    return documents.documents(view.frame("activities"), view.frame("results"), reports)


def _facets(chosen: Chosen) -> dict[str, pd.DataFrame]:
    rows, marks = chosen.frame("activities"), chosen.frame("marks")
    bare = rows.loc[~rows["activity"].isin(marks["activity"]), "activity"]
    kinds = [*marks["kind"], *(address.UNSCHEDULED for _ in bare)]
    return {
        "eje": facets.pairs(rows["activity"], rows["axis"]),
        "linea": facets.pairs(rows["activity"], rows["line"]),
        "marca": facets.pairs([*marks["activity"], *bare], kinds),
        "lectura": facets.pairs(rows["activity"], rows["reading"]),
        "estado": _standings(cells(chosen)),
        "socio": _partners(chosen),
    }


def cells(chosen: Chosen) -> pd.DataFrame:
    """Return the cells of the chosen country, or of all."""
    rows, country = chosen.frame("cells"), chosen.choices.pais
    return rows if country is None else rows.loc[rows["country"] == country]


def _standings(rows: pd.DataFrame) -> pd.DataFrame:
    """Pair each activity with every state that counts for it, and with its silence."""
    due = rows.loc[rows["due"]]
    ahead = rows.loc[~rows["activity"].isin(due["activity"]), "activity"].unique()
    return facets.pairs(
        [*due["activity"], *ahead],
        [*due["state"].fillna(SIN_REPORTE), *(Reporting.AUN_NO_VENCE.value for _ in ahead)],
    )


def _partners(chosen: Chosen) -> pd.DataFrame:
    """Pair activities with the partners that support them, by cooperation, report or plan."""
    support, reports = chosen.frame("cooperation"), chosen.frame("reports")
    support = support.loc[support["partner"].notna()]
    named = reports.assign(partner=reports["partners"].str.split(SEPARATOR)).explode("partner")
    named = named.loc[named["partner"].fillna("").ne("")]
    mentions = chosen.frame("mentions")
    parts = [rows[["activity", "partner"]] for rows in (support, named, mentions)]
    every = pd.concat(parts, ignore_index=True)
    return facets.pairs(every["activity"], every["partner"])


def show_filters(chosen: Chosen, found: Found) -> None:
    """Draw the search and the filters, each value with how many activities it leaves."""
    words, view, picked = chosen.words, chosen.view, chosen.choices
    _show_search(chosen)
    lines = view.frame("lines")
    if picked.eje is not None:
        lines = lines.loc[lines["axis"] == picked.eje]
    partners = names.of_partners(view.frame("partners"), words)
    offered: list[tuple[str, str, Names, str]] = [
        ("eje", words("Axis"), names.of_axes(view.frame("axes"), words), words("All axes")),
        ("linea", words("Line"), names.of_lines(lines, words), words("All lines")),
        ("marca", words("Mark"), _mark_names(words), words("All marks")),
        ("lectura", words("Reading of the source"), _reading_names(words), words("All readings")),
        ("estado", words("State, at least once"), _standing_names(words), words("Any state")),
        ("socio", words("Partner"), _plain({str(code): name.short
                                            for code, name in partners.items()}),
         words("All partners")),
    ]  # fmt: skip
    chips = [
        filters.one(chosen, field, title, _counted(words, named, found.counts(field)), every=every)
        for field, title, named, every in offered
    ]
    country = filters.country(chosen, every=words("The whole region"))
    filters.show(chosen, [*chips[:4], country, *chips[4:]])


def _show_search(chosen: Chosen) -> None:
    words, key = chosen.words, "choose-buscar"
    st.session_state[key] = chosen.choices.buscar or ""

    def write() -> None:
        typed = " ".join((st.session_state[key] or "").split())[: address.LONGEST_QUERY]
        choices.choose(buscar=typed.strip() or None)

    st.text_input(
        words("Search in activities, results, reports and evidence"),
        key=key,
        type="search",
        icon=":material/search:",
        placeholder=words("Words in any order, or a code"),
        on_change=write,
    )


def _counted(words: Words, named: Names, counts: Mapping[object, int]) -> dict[str, str]:
    """Return names that say how many activities they leave."""
    return {
        str(code): words("{name} ({count})", name=name.full,
                         count=words.number(counts.get(code, 0)))
        for code, name in named.items()
    }  # fmt: skip


def _mark_names(words: Words) -> Names:
    labels = {kind.value: label(words, kind) for kind in MarkKind}
    labels[address.UNSCHEDULED] = words("Without any mark")
    return _plain(labels)


def _reading_names(words: Words) -> Names:
    return _plain({reading.value: label(words, reading) for reading in Reading})


def _standing_names(words: Words) -> Names:
    return _plain({code: _with_symbol(words, code) for code in address.STANDINGS})


def _with_symbol(words: Words, code: str) -> str:
    return f"{SYMBOLS[code]} {label(words, code)}" if code in SYMBOLS else label(words, code)


def _plain(labels: Mapping[str, str]) -> dict[str | int, Name]:
    return {code: Name(text, text) for code, text in labels.items()}


def show_nothing(chosen: Chosen, found: Found) -> None:
    """Say why no activity is left, and the way out."""
    words, query = chosen.words, chosen.choices.buscar
    if not query:
        components.empty(words, Empty.FILTERED)
    elif found.sought:
        said = words.plural(
            "“{query}” stands in {n} activity, but not in any that the filters leave.",
            "“{query}” stands in {n} activities, but not in any that the filters leave.",
            len(found.sought), query=query,
        )  # fmt: skip
        draw.html(markup.element("p", said, css="crm-empty", role="status"))
    else:
        said = words(
            "Nothing matches “{query}”: no activity, result, report or evidence up to this "
            "cut-off has all these words. Try fewer words, or the beginning of one.",
            query=query,
        )
        draw.html(markup.element("p", said, css="crm-empty", role="status"))
    show_way_out(chosen, found)


def show_way_out(chosen: Chosen, found: Found) -> None:
    """Draw links that let go of the filters, and of the search."""
    words = chosen.words
    nothing: dict[str, str | None] = dict.fromkeys(FACETS)
    ways = []
    if found.filtered and chosen.choices.buscar:
        ways.append(links.link(words("Search without the filters"), chosen.links.href(**nothing)))
    if found.filtered or chosen.choices.buscar:
        ways.append(
            links.link(words("Show all activities"), chosen.links.href(**nothing, buscar=None))
        )
    if ways:
        draw.html(markup.wrapped("p", ways, css="crm-ways"))
