"""The list of activities: its search, its filters, what is found, the same as a table."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from crmdata.content import due, measured_rows, names, wording
from crmdata.content.activities import listing
from crmdata.content.names import activity_text
from crmdata.content.parts import Section
from crmdata.errors import N_
from crmdata.labels import label
from crmdata.measures import Measured, silent
from crmdata.terms import SIN_REPORTE
from crmdata.web.activities import narrowing, passages, selection
from crmdata.web.choices.chosen import Chosen
from crmdata.web.data.made_once import made_once
from crmdata.web.kit import activity_rows, page_sections
from crmdata.web.kit.components import Piece
from crmdata.web.origin import headlines, provenance
from crmdata.web.origin.headlines import Counted, OfHeadline
from crmdata.web.origin.origins import OfCells
from crmdata.web.shell import searching


def pieces(chosen: Chosen) -> Iterator[str | Piece]:
    """Yield the page: search and filters, what is found or why nothing is, the way out."""
    selected = selection.select(chosen)
    yield page_sections.over(chosen, narrowing.html(chosen, selected), searching.line(chosen))
    if not selected.codes:
        yield narrowing.why_nothing(chosen, selected)
        return
    made_of = OfHeadline(N_("Activities found"), _counted, OfCells(("activity",), _cells))
    for section in _sections(chosen):
        panels = [
            page_sections.table(chosen, section, table),
            page_sections.origin(chosen, section, made_of),
        ]
        yield page_sections.piece(chosen, section, *(panels if section.key == "resultados" else ()))
    yield narrowing.way_out(chosen, selected)


@made_once
def _sections(chosen: Chosen) -> list[Section]:
    return listing.sections(chosen.view, chosen.words, _results(chosen))


@made_once
def _results(chosen: Chosen) -> listing.Results:
    """Return the activities that are left, and what was asked for."""
    found, made = selection.select(chosen), chosen.choices
    country = ""
    if made.pais is not None:
        country = names.of_countries(chosen.frame("countries"), chosen.words)[made.pais].text
    wanted = listing.Results(
        found.codes, selection.cells(chosen), made.buscar or "", country=country,
        filtered=found.filtered, pending=made.estado == SIN_REPORTE, meant=found.meant,
    )  # fmt: skip
    if made.buscar:
        wanted = replace(
            wanted,
            places=passages.places(chosen.words, found.hits),
            passages=passages.passages(chosen, found.hits),
        )
    return wanted


def _cells(chosen: Chosen) -> pd.DataFrame:
    """Return the cells that the list counts."""
    cells = selection.cells(chosen)
    return cells.loc[cells["activity"].isin(selection.select(chosen).codes)]


def _counted(chosen: Chosen) -> Counted:
    """Count the activities that are left, and those with reports pending, as the headline does."""
    words, results, cells = chosen.words, _results(chosen), _cells(chosen)
    owed = silent(cells)["activity"].value_counts()
    pending = headlines.share(
        words, words("Activities with reports pending"),
        words("activities of which at least one expected report is missing"),
        len(owed), len(results.codes),
    )  # fmt: skip
    found = headlines.share(
        words, words("Activities found"), words("activities that the search and filters leave"),
        len(results.codes), len(chosen.frame("activities")),
    )  # fmt: skip
    listed = [code for code in listing.in_order(results) if results.query or code in owed.index]
    called = names.of_activities(chosen.frame("activities"), words)
    notes = due.pending_notes(chosen.view, words, cells)
    rows = [
        {
            words("Activity"): provenance.sheet(chosen, code, called[code].called),
            words("Reports pending"): words.number(int(owed.get(code, 0))),
            words("Pending or next"): notes.get(code, ""),
        }
        for code in listed
    ]
    equations = [found, pending] if results.query else [pending, found]
    return Counted(equations, headlines.activities_behind(words, len(rows)), pd.DataFrame(rows))


@made_once
def table(chosen: Chosen) -> pd.DataFrame:
    """Return what was found as rows: a column a year and a count, numbers as numbers."""
    selected = selection.select(chosen)
    rows = chosen.frame("activities").set_index("activity", drop=False)
    measured = _measured(chosen, selected.codes)
    passages = selected.hits.groupby("activity").size()
    standing = due.pending_notes(chosen.view, chosen.words, selection.cells(chosen))
    return pd.DataFrame([
        dict(_cells_of(chosen, rows.loc[code], measured[code], standing.get(code, ""), passages))
        for code in listing.in_order(_results(chosen))
    ])  # fmt: skip


def _measured(chosen: Chosen, codes: list[str]) -> dict[str, Measured]:
    called: dict[str | int, names.Name] = {code: names.Name(code, code) for code in codes}
    rows = chosen.measured(selection.cells(chosen), "activity")
    return dict(measured_rows.each(measured_rows.aligned(rows, "activity", called)))


def _cells_of(
    chosen: Chosen, row: Any, measured: Measured, standing: str, passages: pd.Series
) -> Iterator[tuple[str, object]]:
    words, code = chosen.words, row["activity"]
    yield words("Code"), code
    yield words("Activity"), activity_text(words, row["text"], row["text_en"])
    yield words("Axis"), int(row["axis"])
    yield words("Line"), row["line"]
    yield words("Result"), row["result"]
    yield words("Reading"), label(words, row["reading"])
    yield from ((str(year), mark) for year, mark in activity_rows.marks(chosen, code).items())
    yield from measured_rows.count_columns(measured, words).items()
    yield words("Coverage"), wording.share(words, measured)
    yield words("Reported progress"), wording.progress(words, measured)
    yield words("Pending or next"), standing
    if chosen.choices.buscar:
        yield words("Passages found"), int(passages.get(code, 0))
